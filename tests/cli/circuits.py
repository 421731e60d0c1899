"""What is read off the weights: heads and composition, against matrices multiplied out in full."""
import math

from commands import induction_model
from harness import expect, has_keys, near
from models import Model


def product(*matrices):
    result, *others = matrices
    for matrix in others:
        columns = list(zip(*matrix))
        result = [[sum(x * y for x, y in zip(row, column)) for column in columns]
                  for row in result]
    return result


def transposed(matrix):
    return [list(column) for column in zip(*matrix)]


def norm(matrix):
    return math.sqrt(sum(x * x for row in matrix for x in row))


def read_through(model, name, matrix):
    """A matrix that reads the stream, with its LayerNorm's centring and w in front of it."""
    d = len(matrix)
    if model.config["normalization_type"] is None:
        return matrix
    w = model.get(name + ".w", [1.0] * d)
    centre = [[((i == j) - 1 / d) * w[j] for j in range(d)] for i in range(d)]
    return product(centre, matrix)


class Head:
    """W_QK and W_OV, d_model x d_model, for row vectors: score = x_dst QK x_src^T, write = x OV."""

    def __init__(self, model, layer, head):
        get = lambda letter: model.get(f"blocks.{layer}.attn.W_{letter}")[head]
        Q, K, V = (read_through(model, f"blocks.{layer}.ln1", get(letter)) for letter in "QKV")
        self.QK, self.OV = product(Q, transposed(K)), product(V, get("O"))


def heads_of(model):
    return {f"L{layer}H{head}": Head(model, layer, head)
            for layer in range(model.config["n_layers"]) for head in range(model.config["n_heads"])}


def composition_scores(earlier, later):
    def ratio(reader):
        return norm(product(earlier.OV, reader)) / norm(earlier.OV) / norm(reader)
    return {"q": ratio(later.QK), "k": ratio(transposed(later.QK)), "v": ratio(later.OV)}


def test_composition_is_the_ratio_of_norms_and_its_baseline_that_of_chance(program):
    for normalization in [None, "LN", "LNPre"]:
        model = Model.random(11, n_layers=3, n_heads=2, normalization_type=normalization)
        answer = program.json("composition", "--model", model.write(program.path()))
        has_keys(answer, ["pairs", "baseline"] + ["folded"] * bool(normalization), "composition")
        heads = heads_of(model)
        found = {(pair["earlier"], pair["later"]): pair for pair in answer["pairs"]}
        expect(set(found) == {(a, b) for a in heads for b in heads if a[1] < b[1]}, "pairs")
        for (earlier, later), pair in found.items():
            has_keys(pair, ["earlier", "later", "q", "k", "v"], "pair")
            for kind, score in composition_scores(heads[earlier], heads[later]).items():
                near(pair[kind], score, 1e-4, f"{kind} of {earlier} {later}")
        for kind in "qkv":
            baseline = answer["baseline"][kind]
            has_keys(baseline, ["mean", "deviation"], "baseline")
            near(baseline["mean"], 1 / math.sqrt(10), 0.05, kind)
            expect(0 < baseline["deviation"] < 0.1, kind)


def test_composition_shows_a_grid_a_kind_and_the_strongest_pairs(program):
    folder = Model.random(11).write(program.path())
    text = program.text("composition", "--model", folder, "--top", "4")
    for words in ["Q-composition", "K-composition", "V-composition", "above chance"]:
        expect(words in text, words)
    expect(sum("→" in line for line in text.splitlines()) == 4, "--top")
    one_layer = Model.random(11, n_layers=1).write(program.path())
    expect("no pairs" in program.text("composition", "--model", one_layer), "one layer")
    expect(program.json("composition", "--model", one_layer)["pairs"] == [], "pairs of one layer")


def power_sums(values, count):
    """Re(sum of z^k) for k = 1 .. count: with conjugates in pairs these are all that there is."""
    numbers, powers, sums = [complex(*value) for value in values], [1] * len(values), []
    for _ in range(count):
        powers = [p * z for p, z in zip(powers, numbers)]
        sums.append(sum(powers).real)
    return sums


def traces(matrix, count):
    power, sums = matrix, []
    for _ in range(count):
        sums.append(sum(power[i][i] for i in range(len(power))))
        power = product(power, matrix)
    return sums


def test_heads_have_the_eigenvalues_of_the_full_circuits(program):
    for normalization in [None, "LN"]:
        model = Model.random(12, d_vocab=17, normalization_type=normalization)
        answer = program.json("heads", "--model", model.write(program.path()))
        has_keys(answer, ["heads"] + ["folded"] * bool(normalization), "heads")
        W_E = model.get("embed.W_E")
        W_U = read_through(model, "ln_final", model.get("unembed.W_U"))
        heads = heads_of(model)
        expect([head["head"] for head in answer["heads"]] == list(heads), "heads")
        for head in answer["heads"]:
            has_keys(head, ["head", "copying", "previous_token", "induction", "duplicate_token",
                            "eigenvalues"], "head")
            weights, values = heads[head["head"]], head["eigenvalues"]
            full = {"ov": product(W_E, weights.OV, W_U),
                    "qk": product(W_E, weights.QK, transposed(W_E))}
            for circuit, matrix in full.items():
                size = max(abs(complex(*value)) for value in values[circuit])
                matrix = [[x / size for x in row] for row in matrix]
                scaled = [[re / size, im / size] for re, im in values[circuit]]
                expect(len(scaled) == 4, f"{circuit}: {len(scaled)} eigenvalues, d_head is 4")
                near(power_sums(scaled, 4), traces(matrix, 4), 1e-4, circuit)
            sizes = [abs(complex(*value)) for value in values["ov"]]
            near(head["copying"], sum(re for re, _ in values["ov"]) / sum(sizes), 1e-4, "copying")


def test_heads_are_scored_and_called_by_what_they_do_on_repeated_tokens(program):
    folder = induction_model().write(program.path())
    previous, induction = program.json("heads", "--model", folder)["heads"]
    near(previous["previous_token"], 1, 1e-3, "L0H0, previous token")
    # Position 0 takes itself for the token before, so that of four looks one is halved.
    near(induction["induction"], 7 / 8, 1e-3, "L1H0, induction")
    near(induction["duplicate_token"], 1 / 8, 1e-3, "L1H0, duplicate token")
    text = program.text("heads", "--model", folder)
    lines = {line.split()[0]: line for line in text.splitlines() if line}
    expect("previous token" in lines["L0H0"], text)
    expect("induction" in lines["L1H0"] and "previous" not in lines["L1H0"], text)
    told = text[text.index("kind       a score above a threshold"):]
    for threshold in ["copying 0.5", "previous token 0.5", "duplicate token 0.5", "induction 0.4"]:
        expect(threshold in " ".join(told.split()), "the thresholds of a kind are told")


def test_models_without_heads_have_none(program):
    folder = Model.random(12, n_layers=0).write(program.path())
    expect(program.json("heads", "--model", folder) == {"heads": []}, "heads")
    program.text("heads", "--model", folder)
    program.text("composition", "--model", folder)


def test_commands_on_weights_take_no_text(program):
    folder = Model.random(12).write(program.path())
    for command in ["heads", "composition"]:
        program.refuses(command, "--model", folder, "--text", "a", names=["--text"])
        program.refuses(command, names=["--model"])
    program.refuses("composition", "--model", folder, "--top", "0", names=["top"])
