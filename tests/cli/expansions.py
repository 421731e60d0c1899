"""What path expansion tells of a whole text, of scores, and of its terms as tensors."""
import math

from harness import expect, has_keys, near
from models import Model

IDS = [3, 7, 1, 7, 20, 0, 5]
TEXT = ",".join(map(str, IDS))


def test_importance_is_the_loss_without_each_term(program):
    folder = Model.random(21, biases=True, normalization_type="LN", n_layers=3,
                          n_heads=2).write(program.path())
    common = ["--model", folder, "--ids", TEXT]
    answer = program.json("importance", *common)
    has_keys(answer, ["tokens", "loss_uniform", "loss_by_order", "loss", "heads", "virtual"],
             "importance")
    loss = program.json("loss", *common)["loss"]
    near(answer["loss"], loss, 1e-5, "loss")
    near(answer["loss_uniform"], math.log(29), 1e-6, "loss_uniform")
    expect(answer["tokens"] == len(IDS), "tokens")
    expect(len(answer["loss_by_order"]) == 4, "loss_by_order")
    near(answer["loss_by_order"][3], loss, 1e-5, "the last order")
    for term in answer["heads"]:
        has_keys(term, ["head", "nats"], "head")
    for term in answer["virtual"]:
        has_keys(term, ["path", "nats"], "virtual")
    terms = {term["head"]: term["nats"] for term in answer["heads"]}
    terms |= {"-".join(term["path"]): term["nats"] for term in answer["virtual"]}
    heads = [f"L{layer}H{head}" for layer in range(3) for head in range(2)]
    pairs = [f"{a}-{b}" for a in heads for b in heads if a[1] < b[1]]
    expect(list(terms) == heads + pairs, f"terms {list(terms)}")
    for path, nats in terms.items():
        without = program.json("loss", *common, "--cut", f"path:{path}")["loss"]
        near(nats, without - loss, 3e-5, path)


def test_importance_of_orders_leaves_out_longer_paths(program):
    folder = Model.random(22).write(program.path())
    common = ["--model", folder, "--ids", TEXT]
    answer = program.json("importance", *common)
    longer = ["path:" + "-".join(term["path"]) for term in answer["virtual"]]
    heads = ["path:" + term["head"] for term in answer["heads"]]
    for order, gone in [(1, longer), (0, longer + heads)]:
        cuts = [option for path in gone for option in ["--cut", path]]
        near(answer["loss_by_order"][order], program.json("loss", *common, *cuts)["loss"], 1e-5,
             f"order {order}")


def test_importance_describes_the_cut_run(program):
    folder = Model.random(23).write(program.path())
    common = ["--model", folder, "--ids", TEXT, "--cut", "L0H1>*:K"]
    answer = program.json("importance", *common)
    near(answer["loss"], program.json("loss", *common)["loss"], 1e-5, "loss")
    frozen = program.json("importance", *common, "--frozen")
    near(frozen["loss"], program.json("loss", *common[:4])["loss"], 1e-5, "frozen")
    silent = program.json("importance", *common[:4], "--cut", "L0H1")
    expect(silent["heads"][1] == {"head": "L0H1", "nats": 0}, "a head that is cut")


def test_importance_takes_a_text_of_any_length_but_one_token(program):
    folder = Model.random(24).write(program.path())
    ids = ",".join(str(i * i % 29) for i in range(40))
    answer = program.json("importance", "--model", folder, "--ids", ids)
    near(answer["loss"], program.json("loss", "--model", folder, "--ids", ids)["loss"], 1e-5, "loss")
    text = program.text("importance", "--model", folder, "--ids", ids, "--top", "2")
    expect("33 predictions in windows of 12 tokens" in text, text)
    expect("the model's loss" in text and "4 more" in text and "7 more" in text, text)
    program.refuses("importance", "--model", folder, "--ids", "3", names=["2 or more"])
    program.refuses("importance", "--model", folder, "--ids", "3,4", "--cut", "L5H0", names=["cut"])
    none = Model.random(24, n_layers=0).write(program.path())
    answer = program.json("importance", "--model", none, "--ids", TEXT)
    expect(answer["loss_by_order"] == [answer["loss"]] and answer["heads"] == [], "no layers")
    program.text("importance", "--model", none, "--ids", TEXT)
