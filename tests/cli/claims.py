"""The paper's claims: what the list holds, and what it is measured on."""
import json
import re
import shutil

from commands import induction_model
from harness import REPOSITORY, expect, has_keys, near
from models import Model

IDS = ["residual-sum", "heads-add", "two-operations", "factored", "bandwidth", "zero-bigram",
       "one-layer-sum", "direct-bigram", "skip-trigram", "copying", "copying-context", "bugs",
       "positional", "two-layer-sum", "score-sum", "composition-sparse", "induction-exists",
       "induction-needs-two", "induction-random", "induction-copies", "induction-matches",
       "induction-cause", "in-context", "terms", "layer-1-heads", "composition-counts", "formation"]
KEYS = ["id", "section", "claim", "measurement", "measured", "comparison", "threshold", "holds",
        "reason", "layers"]
MEASURED = ["measurement", "measured", "comparison", "threshold"]
HOLDS = {">=": lambda a, b: a >= b, ">": lambda a, b: a > b,
         "<=": lambda a, b: a <= b, "<": lambda a, b: a < b}


def claims_of(program, *arguments):
    answer = program.json("claims", *arguments)
    has_keys(answer, ["claims"], "claims")
    for claim in answer["claims"]:
        check(claim)
    expect([claim["id"] for claim in answer["claims"]] == IDS, "ids, in the paper's order")
    return {claim["id"]: claim for claim in answer["claims"]}


def check(claim):
    """A verdict that its numbers bear out, or a reason for having none."""
    name = claim["id"]
    has_keys(claim, KEYS + ["also"] * ("also" in claim), name)
    expect(claim["holds"] in (True, False, None), f"{name}: holds is {claim['holds']}")
    expect((claim["reason"] is None) == (claim["holds"] is True), f"{name}: {claim['reason']}")
    numbers = [claim] + claim.get("also", [])
    for number in numbers[1:]:
        has_keys(number, MEASURED, name)
    bounds = [n for n in numbers if n["threshold"] is not None]
    expect(all((n["threshold"] is None) == (n["comparison"] is None) for n in numbers), name)
    if claim["holds"] is not None:
        expect(bounds, f"{name}: a verdict without a threshold")
    if claim["holds"]:
        for n in bounds:
            expect(HOLDS[n["comparison"]](n["measured"], n["threshold"]), f"{name}: {n}")


def write_set(program, **shapes):
    """A folder with the three models; their paths by name."""
    base = program.path("set")
    for layers, name in enumerate(["zero-layer", "one-layer", "two-layer"]):
        Model.random(31 + layers, n_layers=layers, **shapes).write(base / name)
    return base


def test_claims_are_all_there_with_a_verdict_or_a_reason(program):
    for layers in range(4):
        folder = Model.random(30, n_layers=layers).write(program.path())
        claims = claims_of(program, "--model", folder)
        expect(claims["residual-sum"]["holds"] is True, f"{layers} layers: {claims['residual-sum']}")
        expect(claims["two-layer-sum"]["holds"] is (True if layers > 1 else None), "two-layer-sum")
        expect(claims["one-layer-sum"]["holds"] is (True if layers == 1 else None), "one-layer-sum")


def test_claims_are_measured_on_the_set_where_they_need_it(program):
    base = write_set(program)
    beside = claims_of(program, "--model", str(base / "two-layer"), "--ids", "1,2,3,4,5,6,7,8,9")
    expect([beside[name]["layers"] for name in ("one-layer-sum", "copying", "two-layer-sum")] ==
           [1, 1, 2], "layers")
    elsewhere = Model.random(33, n_layers=2).write(program.path())
    alone = claims_of(program, "--model", elsewhere)
    expect(alone["copying"]["holds"] is None and "one-layer" in alone["copying"]["reason"], "alone")
    given = claims_of(program, "--model", elsewhere, "--set", str(base), "--ids",
                      "1,2,3,4,5,6,7,8,9")
    expect(given == beside, "--set is what lies beside")
    heads = program.json("heads", "--model", str(base / "one-layer"))["heads"]
    copying = sum(head["copying"] > 0.5 for head in heads) / len(heads)
    near(beside["copying"]["measured"], copying, 1e-6, "copying")


def test_claims_find_induction_where_it_is(program):
    claims = claims_of(program, "--model", induction_model().write(program.path()))
    for name in ["positional", "induction-exists", "induction-random", "induction-cause"]:
        expect(claims[name]["measured"] > 0.5, f"{name}: {claims[name]}")
    heads = program.json("induction", "--model", induction_model().write(program.path()))["heads"]
    near(claims["induction-exists"]["measured"], heads[1]["induction"], 1e-6, "the best head")


def test_claims_read_the_log_of_the_training(program):
    folder = Model.random(34, n_layers=2, n_heads=1).write(program.path())
    scores = [0, 0.1, 0.2, 0.6]
    log = [{"tokens": 1000 * i, "valid_loss": 4, "in_context": -score, "loss_second": 5,
            "accuracy_second": 0, "heads": [{"head": "L0H0", "induction": 0, "previous_token": 0},
                                            {"head": "L1H0", "induction": score, "previous_token": 0}]}
           for i, score in enumerate(scores)]
    with open(folder + "/log.jsonl", "w") as file:
        file.write("\n".join(map(json.dumps, log)))
    formation = claims_of(program, "--model", folder)["formation"]
    near(formation["measured"], 2 / 3, 1e-5, "formation")
    expect(formation["holds"] is False and "2000" in formation["reason"], formation["reason"])
    with open(folder + "/log.jsonl", "a") as file:
        file.write("\n{")
    program.refuses("claims", "--model", folder, names=["training log", "line 5"])


def test_claims_for_people_have_every_claim_and_a_sum(program):
    text = program.text("claims", "--model", str(write_set(program) / "two-layer"))
    for name in IDS:
        expect(re.search(rf"^(holds|fails|cannot say) +{name} ", text, re.M), name)
    counts = list(map(int, re.search(r"(\d+) hold, (\d+) fail, (\d+) cannot be said", text).groups()))
    expect(sum(counts) == len(IDS) and counts[0] == len(re.findall(r"^holds ", text, re.M)), counts)


def test_claims_refuse_what_is_no_set(program):
    folder = Model.random(30).write(program.path())
    empty = program.path("empty")
    empty.mkdir()
    program.refuses("claims", "--model", folder, "--set", str(empty), names=["no models in"])
    wrong = write_set(program)
    shutil.rmtree(wrong / "one-layer")
    Model.random(35, n_layers=2).write(wrong / "one-layer")
    program.refuses("claims", "--model", folder, "--set", str(wrong), names=["2 layers, expected 1"])
    other = write_set(program, d_vocab=31)
    program.refuses("claims", "--model", folder, "--set", str(other), names=["31", "29"])
    program.refuses("claims", names=["--model"])
    program.refuses("claims", "--model", folder, "--top", "3", names=["--top"])


def test_the_shipped_models_answer_every_claim(program):
    """On the two-layer model, its set, text, counts and log beside it, nothing is left open but what has
    no threshold."""
    claims = claims_of(program, "--model", str(REPOSITORY / "models/two-layer"))
    expect([name for name in IDS if claims[name]["measured"] is None] == [], "unmeasured claims")
    expect([name for name in IDS if claims[name]["holds"] is None] == ["bandwidth"], "open claims")
    for name in ["residual-sum", "heads-add", "two-operations", "factored", "one-layer-sum",
                 "two-layer-sum", "score-sum", "induction-exists", "induction-needs-two",
                 "induction-random"]:
        expect(claims[name]["holds"] is True, f"{name}: {claims[name]}")
