"""The rows of the table: each has a cell for every model that it says something about."""
import functools

from . import files
from .cell import Cell, Unmeasured, at_least, at_most, below, equal
from .model_set import NAMES
from .second_copy import second_copies


class Row:
    def __init__(self, title, cells, failures):
        self.title, self.cells, self.failures = title, cells, failures


def rows_of(models):
    measures = [("loss, data/{own}", functools.partial(loss, models.own, "own", 0.5))]
    if models.valid:
        measures += [("loss, held-out text", functools.partial(loss, models.valid, "valid", 1))]
    return [row_of(title.format(own=models.own.name, other=models.other.name), measure, models)
            for title, measure in [("layers", layers), *measures, *MEASURES]]


def row_of(title, measure, models):
    cells, failures = [], []
    for name in NAMES:
        try:
            # A folder that is missing has failed once, in the first row.
            cells.append(measure(models, name) if models.has(name) or measure is layers else None)
        except (Unmeasured, ValueError, LookupError) as failure:  # or a broken file
            cells.append(Cell("?", "", False))
            what = failure if isinstance(failure, Unmeasured) else repr(failure)
            failures.append(f"{title.strip()}, {name}: {what}")
    return Row(title, cells, failures)


def layers(models, name):
    """First: that the folder is there and holds what its name says."""
    return equal(models[name].ask("info")["config"]["n_layers"], models.models[name].layers)


def loss(text, key, share, models, name):
    """`share` of the margins: half of them on a short text."""
    def of(name):
        answer = models[name].loss(text)
        if answer["predictions"] != models.counts[key + "_predictions"]:
            raise Unmeasured(f"{answer['predictions']} predictions, the counted bigrams' loss is "
                             f"of {models.counts[key + '_predictions']}")
        return answer["loss"]
    if name == "zero-layer":
        return at_most(of(name), models.counts[key + "_loss"] + 0.03 / share)
    simpler, gap = {"one-layer": ("zero-layer", 0.3), "two-layer": ("one-layer", 0.12)}[name]
    return at_most(of(name), of(simpler) - gap * share)


def correlation(models, name):
    if name == "zero-layer":
        token = str(models.counts["tokens"][0])  # the correlation is over all, whichever is named
        answer = models[name].ask("bigrams", "--id", token, "--counts", models.counts_file)
        return at_least(answer["correlation"], 0.97)


def accuracy_second(models, name):
    accuracy = models[name].repeats()["accuracy_second"]
    if name == "two-layer":
        return at_least(accuracy, 0.97)
    return below(accuracy, 0.01 if name == "zero-layer" else 0.2)


def induction(models, name):
    if name == "zero-layer":
        return Cell("none")
    best = models[name].best_head("induction")
    score = models[name].head_score(best, "induction")
    return at_least(score, 0.7) if name == "two-layer" else below(score, 0.1)


def induction_heads(models, name):
    if name == "two-layer":
        number = len(models[name].induction_heads())
        return Cell(str(number), "2 to 6 of 8", 2 <= number <= 6)


def previous_token(models, name):
    """Of one layer, without a bound: what it has of the head that two layers need."""
    if name == "zero-layer":
        return Cell("none")
    score = models[name].head_score(models[name].best_head("previous_token", 0), "previous_token")
    return at_least(score, 0.85) if name == "two-layer" else Cell(f"{score:.4f}")


def k_composition(models, name):
    if name == "two-layer":
        model = models[name]
        best, heads = model.best_head("previous_token", 0), model.induction_heads()
        pairs = model.ask("composition")["pairs"]
        top = max(pairs, key=lambda pair: pair["k"])
        return Cell(f"{top['earlier']}>{top['later']}", f"{best}>induction",
                    top["earlier"] == best and top["later"] in heads)


def copying(models, name):
    """The best induction head must be one of the two-layer model's."""
    if name == "zero-layer":
        return Cell("none")
    heads = models[name].copying()
    if name == "one-layer":
        return Cell(str(len(heads)))
    best = models[name].best_head("induction")
    return Cell(str(len(heads)), f"{best} is one", best in heads)


def sentences_twice(models, name):
    if name == "two-layer":
        sums = second_copies(models[name], models.other)
        return at_least(sums.right / sums.predictions, sums.matched / sums.predictions)


def sentences_once(models, name):
    if name == "two-layer":
        sums = second_copies(models[name], models.other)
        return at_least(sums.once_right / sums.once, 0.9)


MEASURES = [
    ("correlation with counted bigrams", correlation),
    ("random tokens twice: accuracy", accuracy_second),
    ("best induction score", induction),
    ("induction heads (above 0.4)", induction_heads),
    ("best previous-token score, layer 0", previous_token),
    ("strongest K-composition", k_composition),
    ("copying heads (above 0.5)", copying),
    ("sentences of {other} twice", sentences_twice),
    ("    where the token stood once", sentences_once),
    ("model.safetensors, MB", files.size),
    ("    type of its numbers", files.dtype),
    ("tokenizer.json", files.tokenizer),
    ("log.jsonl, reports", files.reports),
    ("    tokens trained on", files.tokens),
    ("    last step of train.json", files.last_step),
]
