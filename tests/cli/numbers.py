"""Arithmetic that goes wrong elsewhere."""
import math

from harness import expect, near
from models import Model, Tensor, float32

IDS = [9, 23, 11, 18, 13, 21, 10, 2, 8]
TEXT = ",".join(map(str, IDS))


def test_logits_of_several_hundred_have_probabilities(program):
    """Kind N03: e^200 is no float32, so the largest logit is taken out first."""
    model = Model.random(8, scale=12.0)
    reference = model.forward(IDS)
    expect(max(abs(x) for row in reference.logits for x in row) > 200, "the test's logits are small")
    answer = program.json("logits", "--model", model.write(program.path()), "--ids", TEXT,
                          "--top", "29")
    near([p["loss"] for p in answer["positions"]], reference.losses(IDS), 1e-3, "loss")
    for i, position in enumerate(answer["positions"]):
        near([t["log_prob"] for t in position["top"]],
             sorted(reference.log_probs(i), reverse=True), 1e-3, f"position {i}")


def test_a_shifted_unembedding_is_the_same_model(program):
    """Kind N05: a constant on every row of W_U moves all logits alike; against the mean, or another
    token, every term stays."""
    model = Model.random(8)
    shifted = Model(model.config, dict(model.tensors))
    rows = model.get("unembed.W_U")
    shifted.tensors["unembed.W_U"] = Tensor(
        [10, 29], [float32(x + 3 * math.sin(i)) for i, row in enumerate(rows) for x in row])
    folders = [m.write(program.path()) for m in (model, shifted)]
    losses, means, others = ([program.json(*command, "--model", folder, "--ids", TEXT, *options)
                              for folder in folders] for command, options in
                             [(["logits"], []), (["paths"], ["--target", "5", "--against", "mean"]),
                              (["paths"], ["--target", "5", "--against", "7"])])
    near([p["loss"] for p in losses[1]["positions"]], [p["loss"] for p in losses[0]["positions"]],
         1e-4, "loss")
    for plain, moved in (means, others):
        near(moved["logit"], plain["logit"], 1e-4, "logit")
        terms = {"-".join(t["path"]): t["logit"] for t in plain["terms"]}
        for term in moved["terms"]:
            near(term["logit"], terms["-".join(term["path"])], 1e-4, str(term["path"]))


def test_a_layer_norm_folded_into_the_weights_is_the_same_model(program):
    """Kind N06: w and b of every LayerNorm in the matrices that read it, LNPre in the config. (With
    shortformer positions, which are added after the LayerNorm, Q and K cannot be folded.)"""
    model = Model.random(8, biases=True, normalization_type="LN",
                         positional_embedding_type="standard")
    folded = Model(model.config | {"normalization_type": "LNPre"}, dict(model.tensors))
    for layer in range(2):
        at, norm = f"blocks.{layer}.attn.", f"blocks.{layer}.ln1."
        w, b = model.get(norm + "w"), model.get(norm + "b")
        for letter in "QKV":
            W, bias = model.get(at + "W_" + letter), model.get(at + "b_" + letter)
            folded.tensors[at + "W_" + letter] = Tensor(
                [3, 10, 4], [x * w[i] for head in W for i, row in enumerate(head) for x in row])
            folded.tensors[at + "b_" + letter] = Tensor(
                [3, 4], [x + sum(b[i] * W[h][i][j] for i in range(10))
                         for h, row in enumerate(bias) for j, x in enumerate(row)])
        del folded.tensors[norm + "w"], folded.tensors[norm + "b"]
    w, b, W_U = model.get("ln_final.w"), model.get("ln_final.b"), model.get("unembed.W_U")
    folded.tensors["unembed.W_U"] = Tensor([10, 29], [x * w[i] for i, row in enumerate(W_U)
                                                      for x in row])
    folded.tensors["unembed.b_U"] = Tensor([29], [x + sum(b[i] * W_U[i][j] for i in range(10))
                                                  for j, x in enumerate(model.get("unembed.b_U"))])
    del folded.tensors["ln_final.w"], folded.tensors["ln_final.b"]
    want = model.forward(IDS).logits
    for each in (model, folded):
        folder = each.write(program.path())
        answer = program.json("logits", "--model", folder, "--ids", TEXT, "--full")
        near(answer["logits"], want, 1e-5, each.config["normalization_type"])
        paths = program.json("paths", "--model", folder, "--ids", TEXT, "--target", "3")
        near(paths["sum"], want[-1][3], 1e-5, "sum, biases included")
        expect(paths["max_abs_error"] < 1e-4, "max_abs_error")


def test_the_loss_stands_at_the_position_that_predicts(program):
    """Kind N08."""
    model = Model.random(8)
    folder = model.write(program.path())
    answer = program.json("logits", "--model", folder, "--ids", TEXT, "--full")
    for i, position in enumerate(answer["positions"]):
        expect(position["position"] == i, "position")
        if i + 1 == len(IDS):
            expect(position["loss"] is None, "the last position predicts nothing that is there")
        else:
            near(position["loss"], -model.forward(IDS).log_probs(i)[IDS[i + 1]], 1e-4, f"loss {i}")
    one = program.json("logits", "--model", folder, "--ids", "11")
    expect([p["loss"] for p in one["positions"]] == [None], "one token")


def test_positions_that_agree_in_all_logits_are_listed_by_id(program):
    model = Model.random(8, n_layers=0)
    model.tensors["unembed.W_U"] = Tensor([10, 29], [0.0] * 290)
    top = program.json("logits", "--model", model.write(program.path()), "--ids", "1",
                       "--top", "3")["positions"][0]["top"]
    expect([t["id"] for t in top] == [0, 1, 2], "ties")
    near([t["log_prob"] for t in top], [-math.log(29)] * 3, 1e-5, "uniform")
