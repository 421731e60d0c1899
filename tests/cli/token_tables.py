"""What is read off the weights token by token (bigrams, skip-trigrams), against tables written out
in full, and induction on random tokens and on texts."""
import hashlib
import json
import math
import pathlib

from circuits import heads_of, product, read_through, transposed
from commands import induction_model
from harness import expect, has_keys, ids_of, near
from models import Model, byte_tokenizer, log_softmax

COUNTS = {"tokens": [5, 2, 9], "totals": [100, 50, 40],
          "next": [[1, 20, 3, 50, 6, 10], [5, 50], [0, 11, 9, 12]]}


def direct_logits(model):
    """Row t: W_U W_E of token t."""
    return product(model.get("embed.W_E"),
                   read_through(model, "ln_final", model.get("unembed.W_U")))


def correlation(pairs):
    mean_x, mean_y = (sum(values) / len(pairs) for values in zip(*pairs))
    xy = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    xx, yy = sum((x - mean_x) ** 2 for x, _ in pairs), sum((y - mean_y) ** 2 for _, y in pairs)
    return xy / math.sqrt(xx * yy)


def counted_pairs(counts):
    """{(token, next): log-probability}"""
    return {(token, row[i]): math.log(row[i + 1] / total)
            for token, total, row in zip(counts["tokens"], counts["totals"], counts["next"])
            for i in range(0, len(row), 2)}


def write_counts(path, counts):
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(path).write_text(json.dumps(counts))
    return str(path)


def test_bigrams_are_the_direct_path_beside_the_counts(program):
    for normalization in [None, "LN", "LNPre"]:
        model = Model.random(21, biases=True, normalization_type=normalization)
        counts = write_counts(program.path("counts.json"), COUNTS)
        answer = program.json("bigrams", "--model", model.write(program.path()), "--id", "5",
                              "--top", "29", "--counts", counts, "--pairs")
        has_keys(answer, ["token", "next", "correlation", "token_correlation", "pairs_counted",
                          "token_pairs_counted", "pairs"] + ["folded"] * bool(normalization),
                 "bigrams")
        logits = direct_logits(model)
        log_probs, pairs = [log_softmax(row) for row in logits], counted_pairs(COUNTS)
        order = sorted(range(29), key=lambda t: -logits[5][t])
        expect(answer["token"] == {"id": 5, "text": "#5"}, "token")
        expect(ids_of(answer["next"]) == order, "order")
        for each in answer["next"]:
            has_keys(each, ["id", "text", "logit", "log_prob", "counted"], "next")
            near(each["logit"], logits[5][each["id"]], 1e-4, "logit")
            near(each["log_prob"], log_probs[5][each["id"]], 1e-4, "log_prob")
            near(each["counted"], pairs.get((5, each["id"])), 1e-5, "counted")
        points = {pair: (log_probs[pair[0]][pair[1]], counted) for pair, counted in pairs.items()}
        near(answer["correlation"], correlation(list(points.values())), 1e-4, "correlation")
        near(answer["token_correlation"],
             correlation([points[5, b] for b in (1, 3, 6)]), 1e-4, "token_correlation")
        expect((answer["pairs_counted"], answer["token_pairs_counted"]) == (6, 3), "pairs")
        expect(ids_of(answer["pairs"]) == [3, 1, 6], "pairs, likeliest first")


def test_bigrams_find_the_counts_of_the_models_tokenizer(program):
    """In data/ beside the model or one level up, bigrams.json in its folder, and no other."""
    model = Model.random(22, d_vocab=257)
    tokenizer = byte_tokenizer([("t", "h")])
    named = {**COUNTS, "tokenizer_sha256": hashlib.sha256(json.dumps(tokenizer).encode()).hexdigest()}
    for place in ["data/xx-bigrams.json", "../data/yy-bigrams.json", "model/bigrams.json"]:
        base = program.path("set") / "inner"
        base.mkdir(parents=True)
        folder = model.write(base / "model", tokenizer=tokenizer)
        bigrams = lambda *more: program.json("bigrams", "--model", folder, "--token", "th", *more)
        write_counts(base / "data/other-bigrams.json", {**named, "tokenizer_sha256": "0" * 64})
        write_counts(base / "data/bigrams.txt", {})
        none = bigrams()
        expect(none["correlation"] is None and "tokenizer" in none["reason"], str(none))
        expect(none["token"] == {"id": 256, "text": "th"}, str(none["token"]))
        expect({each["counted"] for each in none["next"]} == {None}, "counted")
        write_counts((base / place).resolve(), named)
        found = bigrams()
        expect(found["pairs_counted"] == 6 and "reason" not in found, f"{place}: {found}")
        one_file = bigrams("--counts", str((base / place).resolve()))
        expect(one_file == found, f"--counts {place}")


def test_bigrams_refuse_counts_of_another_tokenizer_and_what_is_none(program):
    folder = Model.random(22, d_vocab=257).write(program.path(), tokenizer=byte_tokenizer([("t", "h")]))
    ask = ["bigrams", "--model", folder, "--id", "1"]
    other = write_counts(program.path("c.json"), {**COUNTS, "tokenizer_sha256": "ab"})
    program.refuses(*ask, "--counts", other, names=["tokenizer.json", "ab"])
    program.refuses(*ask, "--counts", "nowhere.json", names=["nowhere.json"])
    program.refuses(*ask, "--counts", "README.md", names=["README.md", "bigram counts", "not JSON"])
    program.refuses(*ask, "--counts", write_counts(program.path("c.json"), {}), names=["c.json", "tokens"])
    large = {**COUNTS, "tokens": [5, 2, 257]}
    program.refuses(*ask, "--counts", write_counts(program.path("c.json"), large), names=["c.json", "257"])
    program.refuses("bigrams", "--model", folder, names=["token"])
    program.refuses(*ask, "--token", "t", names=["one of the two"])
    program.refuses("bigrams", "--model", folder, "--id", "257", names=["257"])
    program.refuses("bigrams", "--model", folder, "--token", "thing", names=["thing"])


def test_the_shipped_counts_are_read(program):
    """They name models/tokenizer/*.json, whatever model ships with it."""
    for language in ["en", "zh"]:
        tokenizer = pathlib.Path(f"models/tokenizer/{language}.json")
        tokenizer = pathlib.Path(__file__).resolve().parents[2] / tokenizer
        model = Model.random(23, d_vocab=4096, d_model=4, n_layers=0)
        folder = pathlib.Path(model.write(program.path()))
        (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
        answer = program.json("bigrams", "--model", str(folder), "--id", "300", "--counts",
                              f"models/data/{language}-bigrams.json")
        expect(answer["pairs_counted"] > 50000 and abs(answer["correlation"]) < 0.5, str(answer))


def test_bigrams_for_people_fit_the_terminal(program):
    folder = Model.random(21, normalization_type="LN").write(program.path())
    counts = write_counts(program.path("counts.json"), COUNTS)
    text = program.text("bigrams", "--model", folder, "--token", "#5", "--top", "4",
                        "--counts", counts)
    for words in ["after #5", "counted", "over 6 pairs", "over 3 pairs", "LayerNorm"]:
        expect(words in text, f"{words}: {text}")
    expect("no counts" in program.text("bigrams", "--model", folder, "--id", "5"), "reason")


def tables_of(model, head):
    """qk[destination][source] and ov[output][source], less what softmax ignores."""
    W_E = model.get("embed.W_E")
    W_U = read_through(model, "ln_final", model.get("unembed.W_U"))
    qk = product(W_E, head.QK, transposed(W_E))
    scale = model.config.get("attn_scale", math.sqrt(model.config["d_head"]))
    qk = [[(x - sum(row) / len(row)) / scale for x in row] for row in qk]
    by_source = [[x - sum(row) / len(row) for x in row] for row in product(W_E, head.OV, W_U)]
    return qk, transposed(by_source)


def strongest(qk, ov):
    """(strength, source, destination, output) of each source where both are positive."""
    found = []
    for source in range(len(qk)):
        destination = max(range(len(qk)), key=lambda d: qk[d][source])
        output = max(range(len(ov)), key=lambda o: ov[o][source])
        if qk[destination][source] > 0 and ov[output][source] > 0:
            found.append((qk[destination][source] * ov[output][source], source, destination, output))
    return sorted(found, reverse=True)


def test_skip_trigrams_are_the_strongest_of_the_whole_tables(program):
    for normalization in [None, "LN"]:
        model = Model.random(24, biases=True, normalization_type=normalization)
        folder = model.write(program.path())
        for name, head in heads_of(model).items():
            answer = program.json("skip-trigrams", "--model", folder, "--head", name, "--top", "7")
            has_keys(answer, ["head", "entries"] + ["direct_path"] * (name[1] > "0") +
                     ["folded"] * bool(normalization), "skip-trigrams")
            qk, ov = tables_of(model, head)
            want = strongest(qk, ov)[:7]
            expect(len(answer["entries"]) == len(want), f"{name}: {len(answer['entries'])} entries")
            for entry, (strength, source, destination, output) in zip(answer["entries"], want):
                copies = source == output
                has_keys(entry, ["source", "destination", "output", "qk", "ov", "strength"] +
                         ["kind"] * copies, "entry")
                expect(entry.get("kind") == ("copying" if copies else None), f"{name}: {entry}")
                expect((entry["source"]["id"], entry["destination"]["id"], entry["output"]["id"]) ==
                       (source, destination, output), f"{name}: {entry}, expected {source}")
                near(entry["qk"], qk[destination][source], 1e-4, "qk")
                near(entry["ov"], ov[output][source], 1e-4, "ov")
                near(entry["strength"], strength, 1e-4, "strength")


def test_skip_trigrams_of_one_source(program):
    model = Model.random(24)
    folder = model.write(program.path())
    ask = ["skip-trigrams", "--model", folder, "--head", "L0H1", "--top", "29"]
    answer = program.json(*ask, "--source", "6")
    has_keys(answer, ["head", "source", "destinations", "outputs", "lowest_outputs"], "one source")
    qk, ov = tables_of(model, heads_of(model)["L0H1"])
    for key, column, value, sign in [("destinations", [row[6] for row in qk], "qk", -1),
                                     ("outputs", [row[6] for row in ov], "ov", -1),
                                     ("lowest_outputs", [row[6] for row in ov], "ov", 1)]:
        expect(ids_of(answer[key]) == sorted(range(29), key=lambda t: sign * column[t]), key)
        near([each[value] for each in answer[key]], sorted(column, reverse=sign < 0), 1e-4, key)
    expect(program.json(*ask, "--source-token", "#6") == answer, "--source-token")
    text = program.text(*ask[:-2], "--source", "6")
    expect("source #6" in text and "lowers" in text, text)


def test_skip_trigrams_for_people_and_what_is_refused(program):
    folder = Model.random(24).write(program.path())
    text = program.text("skip-trigrams", "--model", folder, "--head", "L1H2", "--top", "3")
    expect("strength" in text and "direct path alone" in text, text)
    expect(sum("…" in line and "→" in line for line in text.splitlines()) == 4, text)
    program.refuses("skip-trigrams", "--model", folder, names=["head"])
    program.refuses("skip-trigrams", "--model", folder, "--head", "L7H0", names=["L7H0"])
    program.refuses("skip-trigrams", "--model", folder, "--head", "L0H0", "--source", "29",
                    names=["29"])
    program.refuses("skip-trigrams", "--model", folder, "--head", "L0H0", "--top", "0",
                    names=["top"])


def test_induction_on_random_tokens_has_losses_and_scores(program):
    folder = induction_model().write(program.path())
    answer = program.json("induction", "--model", folder, "--length", "4", "--sequences", "5")
    has_keys(answer, ["length", "sequences", "seed", "loss_first", "loss_second",
                      "accuracy_second", "loss_by_position", "heads"], "induction")
    expect(len(answer["loss_by_position"]) == 7, "loss_by_position")
    near(sum(answer["loss_by_position"][:3]) / 3, answer["loss_first"], 1e-4, "loss_first")
    near(sum(answer["loss_by_position"][4:]) / 3, answer["loss_second"], 1e-4, "loss_second")
    expect(answer["loss_second"] < 0.5 < 5 < answer["loss_first"], str(answer))
    for head in answer["heads"]:
        has_keys(head, ["head", "induction", "previous_token", "duplicate_token"], "head")
    # The first token has none before it and stands for its own: of its second copy's attention, half.
    near([answer["heads"][0]["previous_token"], answer["heads"][1]["induction"]], [1, 3.5 / 4], 1e-3,
         "scores")
    again = ["induction", "--model", folder, "--length", "4", "--sequences", "5", "--seed"]
    expect(program.json(*again, "1") == answer, "seed 1 is the default")
    cut = program.json(*again, "1", "--cut", "L0H0>L1H0:K")
    expect(cut["heads"][1]["induction"] < 0.5 and cut["accuracy_second"] < 0.5, str(cut))
    frozen = program.json(*again, "1", "--cut", "L0H0>L1H0:K", "--frozen")
    expect(frozen["heads"] == answer["heads"], "--frozen")
    other = ["induction", "--model", Model.random(25).write(program.path()), "--seed"]
    expect(program.json(*other, "2")["heads"] != program.json(*other, "1")["heads"], "seed 2")
    text = program.text("induction", "--model", folder)
    expect("first copy" in text and "L1H0" in text, text)


def test_induction_on_a_text_says_what_came_next_and_what_heads_do(program):
    """Kind C13: of two earlier places both are told."""
    folder = induction_model().write(program.path())
    ask = ["induction", "--model", folder, "--ids", "1,7,2,3,7,4,1,7"]
    answer = program.json(*ask)
    has_keys(answer, ["tokens", "induction_heads", "positions"], "induction")
    expect(answer["induction_heads"] == ["L1H0"], "heads")
    logits = program.json("logits", "--model", folder, "--ids", "1,7,2,3,7,4,1,7", "--full")["logits"]
    without = program.json("logits", "--model", folder, "--ids", "1,7,2,3,7,4,1,7", "--full",
                           "--cut", "L1H0")["logits"]
    last = answer["positions"][7]
    has_keys(last, ["position", "earlier", "next", "attention", "probability",
                    "probability_without", "others"], "position")
    for place, earlier, token in [(last, 4, 4), (last["others"][0], 1, 2)]:
        expect((place["earlier"], place["next"]["id"]) == (earlier, token), str(place))
        near(place["attention"][0]["weight"], 0.5, 1e-3, "weight")
        near(place["probability"], math.exp(log_softmax(logits[7])[token]), 1e-4, "with")
        near(place["probability_without"], math.exp(log_softmax(without[7])[token]), 1e-4, "without")
    first = answer["positions"][2]
    expect(first == {"position": 2, "earlier": None, "next": None, "attention": [],
                     "probability": None, "probability_without": None}, str(first))
    expect(len(answer["positions"]) == 8, "positions")
    text = program.text(*ask)
    expect(text.count("L1H0 0.50") == 3, text)
    program.refuses(*ask, "--length", "4", names=["without a text"])
    program.refuses(*ask, "--text", "1", names=["twice"])
    program.refuses("induction", "--model", folder, "--length", "5", names=["length", "8"])
    program.refuses("induction", "--model", folder, "--seed", "x", names=["seed"])
    expect("no token" in program.text("induction", "--model", folder, "--ids", "1,2"), "no repeats")
    expect(program.json("induction", "--model", folder, "--text", "")["positions"] == [], "empty")
