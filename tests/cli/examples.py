"""The page's examples, assets/examples.json: each still shows what it says.

"en" and "zh" (the language of the model) list them in the page's order. Of each the page needs:

  name, look_for             {"en", "zh"}: on its button, and what to look at
  model, text                "one-layer", "zh/two-layer"
  position                   a token's index; null or not given: the last
  target, against            a token's text, or its id where it has none; against also "mean"; null or
                             not given: the top, and nothing
  cuts                       as the command line writes them
  head                       the one that the figures show; not given: the one that they showed

and this test "shows", a list of objects. Each holds one of these:

  top                        the token that the model expects most
  probability_at_least, _at_most      of the target
  logit_at_least, _at_most   of the target, read against what the example names; with "term" (the
                             heads passed, [] for the direct path) that term of it; with "source"
                             (a token's index) too, the term's part that starts there
  rank_at_most               how many terms are larger, and 1; with "term"
  weight_at_least            of the attention from the position to "source"; with "head"

All are of the example as it opens. Where an object names model, text, position, target, against or
cuts itself, those take the example's place: {"cuts": [], "top": "w"} is "without the cut".
"""
import json
import math
import re

from harness import REPOSITORY, expect

HEAD = re.compile(r"L\d+H\d+")
LAYERS = ["zero-layer", "one-layer", "two-layer"]
READING = ["model", "text", "position", "target", "against", "cuts"]
KEYS = ["name", "look_for", *READING, "head", "shows"]
EXAMPLES = json.loads((REPOSITORY / "assets/examples.json").read_text("utf-8"))


def ships(model):
    return (REPOSITORY / "models" / model / "model.safetensors").exists()


def models_of(language):
    return [layers if language == "en" else f"{language}/{layers}" for layers in LAYERS]


class Reading:
    """An example's text as it is read: its model, cuts, position, target."""

    def __init__(self, program, example):
        self.program, self.example = program, example
        self.tokens = self.ask("tokens", cuts=[])["tokens"]
        position = example.get("position")
        self.position = len(self.tokens) - 1 if position is None else position

    def ask(self, command, *more, text=None, cuts=None):
        example = self.example
        cuts = example.get("cuts", []) if cuts is None else cuts
        return self.program.json(command, f"--model=models/{example['model']}",
                                 f"--text={example['text'] if text is None else text}",
                                 *(f"--cut={cut}" for cut in cuts), *more)

    def id_of(self, text):
        if isinstance(text, int):
            return text
        tokens = self.ask("tokens", text=text, cuts=[])["tokens"]
        expect(len(tokens) == 1, f"{text!r} is not one token")
        return tokens[0]["id"]

    def top(self):
        return self.ask("logits", "--top=1")["positions"][self.position]["top"][0]

    def target(self):
        named = self.example.get("target")
        return self.top()["id"] if named is None else self.id_of(named)

    def probability(self):
        logits = self.ask("logits", "--full")["logits"][self.position]
        most = max(logits)
        return math.exp(logits[self.target()] - most) / sum(math.exp(x - most) for x in logits)

    def paths(self):
        against = self.example.get("against")
        if against not in (None, "mean"):
            against = self.id_of(against)
        return self.ask("paths", "--sources", f"--position={self.position}",
                        f"--target={self.target()}", *([f"--against={against}"] if against else []))

    def logit(self, term=None, source=None):
        paths = self.paths()
        if term is None:
            return paths["logit"]
        term = paths["terms"][self.rank(term) - 1]
        return term["logit"] if source is None else term["sources"][source]["logit"]

    def rank(self, term):
        return [each["path"] for each in self.paths()["terms"]].index(term) + 1

    def weight(self, head, source):
        return self.ask("attention", f"--head={head}")["heads"][0]["pattern"][self.position][source]


def check(program, example, show):
    """What is not as `show` says, or None."""
    show = dict(show)
    reading = Reading(program, {key: show.pop(key, example.get(key)) for key in READING
                                if key in show or key in example})
    kinds = [key for key in show if key == "top" or key.endswith(("_at_least", "_at_most"))]
    expect(len(kinds) == 1, f"expected one kind of check, found {kinds} in {show}")
    kind, bound = kinds[0], show.pop(kinds[0])
    if kind == "top":
        expect(not show, f"unknown: {show}")
        found = reading.top()["text"]
        return None if found == bound else f"the top is {found!r}"
    quantity, side = kind.split("_at_")
    found = getattr(reading, quantity)(**show)
    return None if (found >= bound if side == "least" else found <= bound) else f"it is {found:.3g}"


def test_every_example_shows_what_it_says(program):
    wrong, missing = [], set()
    for language, examples in EXAMPLES.items():
        for example, show in [(each, show) for each in examples for show in each["shows"]]:
            model = show.get("model", example["model"])
            if not ships(model):
                missing.add(model)
                continue
            found = check(program, example, show)
            if found:
                wrong.append(f"{language}, {example['name']['en']!r}, {show}: {found}")
    missing |= {f"{language}/*" for language, examples in EXAMPLES.items() if not examples}
    if missing:
        print(f"examples: not run, as they do not ship yet: {', '.join(sorted(missing))}")
    expect(not wrong, "\n  ".join(["", *wrong]))


def test_each_language_that_ships_has_twelve_examples(program):
    for language in ["en", "zh"]:
        if all(map(ships, models_of(language))):
            expect(len(EXAMPLES[language]) == 12, f"{language}: {len(EXAMPLES[language])} examples")


def test_examples_have_what_the_page_reads(program):
    for language, examples in EXAMPLES.items():
        for example in examples:
            where = f"{language}, {example['name']['en']!r}"
            expect(set(example) <= set(KEYS), f"{where}: unknown keys in {sorted(example)}")
            expect(example["model"] in models_of(language), f"{where}: {example['model']}")
            expect(example["shows"], f"{where}: nothing is checked")
            expect(HEAD.fullmatch(example.get("head", "L0H0")), f"{where}: {example.get('head')}")
            for words in [example["name"], example["look_for"]]:
                expect(sorted(words) == ["en", "zh"] and all(words.values()), f"{where}: {words}")
        names = [example["name"]["en"] for example in examples]
        expect(len(set(names)) == len(names), f"{language}: two examples of one name")
