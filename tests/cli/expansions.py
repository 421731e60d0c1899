"""What path expansion tells of a whole text, of scores, and of its terms as tensors."""
import math

from commands import induction_model
from harness import expect, has_keys, ids_of, near
from models import Model, add, dot, times

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


def name_of(side):
    return side if isinstance(side, str) else "-".join(side)


def score_command(folder, head, destination, source):
    return ["scores", "--model", folder, "--ids", TEXT, "--head", head,
            "--destination", str(destination), "--source", str(source)]


def test_scores_are_the_products_of_query_paths_and_key_paths(program):
    """Without LayerNorm and biases: what each head of layer 0 writes, in Python's doubles."""
    model = Model.random(25)
    get, reference = model.get, model.forward(IDS)

    def writes(position):
        result = {"": reference.embedding[position]}
        for head in range(3):
            mixed = add(*([weight * x for x in reference.embedding[source]] for source, weight in
                          enumerate(reference.patterns[0, head][position])))
            result[f"L0H{head}"] = times(times(mixed, get("blocks.0.attn.W_V")[head]),
                                         get("blocks.0.attn.W_O")[head])
        return result | {"position": reference.positions[position]}

    folder = model.write(program.path())
    for destination, source in [(6, 2), (4, 4), (0, 0)]:
        answer = program.json(*score_command(folder, "L1H1", destination, source))
        has_keys(answer, ["score", "sum", "terms"], "scores")
        near(answer["score"], reference.scores[1, 1][destination][source], 1e-5, "score")
        near(answer["sum"], answer["score"], 1e-5, "sum")
        queries = {side: times(x, get("blocks.1.attn.W_Q")[1])
                   for side, x in writes(destination).items()}
        keys = {side: times(x, get("blocks.1.attn.W_K")[1]) for side, x in writes(source).items()}
        found = {(name_of(t["query_path"]), name_of(t["key_path"])): t for t in answer["terms"]}
        expect(set(found) == {(q, k) for q in queries for k in keys}, "terms")
        for (q, k), term in found.items():
            has_keys(term, ["query_path", "key_path", "kind", "score"], "term")
            near(term["score"], dot(queries[q], keys[k]) / 2, 1e-5, f"{q} {k}")
            kind = "position" if "position" in (q, k) else ("Q" if q else "") + ("K" if k else "")
            expect(term["kind"] == (kind or "none"), f"{q} {k}: {term['kind']}")
        sizes = [abs(term["score"]) for term in answer["terms"]]
        expect(sizes == sorted(sizes, reverse=True), "not by falling |score|")


def test_scores_with_norms_biases_and_cuts_add_up(program):
    for normalization, positions in [("LN", "shortformer"), ("LN", "standard"), (None, "standard")]:
        model = Model.random(26, biases=True, n_layers=3, n_heads=2,
                             normalization_type=normalization, positional_embedding_type=positions)
        folder = model.write(program.path())
        for cuts in [[], ["--cut", "L0H1>*:K", "--cut", "L1H0"]]:
            answer = program.json(*score_command(folder, "L2H1", 5, 3), *cuts)
            heads = program.json("attention", "--model", folder, "--ids", TEXT, "--head", "L2H1",
                                 *cuts)["heads"]
            near(answer["score"], heads[0]["scores"][5][3], 1e-5, "score")
            near(sum(t["score"] for t in answer["terms"]), answer["score"], 1e-4, "sum of terms")
            expect(any(t["kind"] == "bias" for t in answer["terms"]), "biases")
            expect(any(t["kind"] == "position" for t in answer["terms"]) ==
                   (positions == "shortformer"), "positions")
            cut = [t for t in answer["terms"] if t.get("cut")]
            expect(bool(cut) == bool(cuts) and all(t["score"] == 0 for t in cut), "cut terms")


def test_an_induction_heads_score_is_k_composition(program):
    folder = induction_model().write(program.path())
    common = ["scores", "--model", folder, "--ids", "1,7,2,3,5,4,1", "--head", "L1H0",
              "--destination", "6", "--source", "1"]
    term = program.json(*common)["terms"][0]
    expect((term["query_path"], term["key_path"], term["kind"]) == ([], ["L0H0"], "K"), str(term))
    near(term["score"], program.json(*common)["score"], 1e-4, "all of the score")
    lines = program.text(*common, "--top", "3").splitlines()
    expect("L1H0" in lines[0] and "#1" in lines[0] and "#7" in lines[0], lines[0])
    expect(any(line.split()[:3] == ["direct", "L0H0", "K"] for line in lines), "the K term")
    expect(any("6 more" in line for line in lines), "the rest")  # 9 terms


def test_scores_name_what_is_missing_or_outside(program):
    folder = Model.random(26).write(program.path())
    whole = score_command(folder, "L1H0", 3, 1)
    program.text(*whole)
    for option in ["--head", "--destination", "--source"]:
        at = whole.index(option)
        program.refuses(*whole[:at], *whole[at + 2:], names=[option[2:]])
    for head, destination, source, names in [("L1H0", 7, 1, ["destination 7", "0 to 6"]),
                                             ("L1H0", 3, 4, ["source 4", "0 to 3"]),
                                             ("L1H0", -1, 0, ["-1"]), ("L2H0", 3, 1, ["L2H0"])]:
        program.refuses(*score_command(folder, head, destination, source), names=names)
    program.refuses("scores", "--model", folder, "--ids", "", "--head", "L1H0", "--destination",
                    "0", "--source", "0", names=["empty"])
    program.refuses(*whole, "--source", "x", names=["--source"])


def test_an_expansion_is_patterns_times_matrices_and_gives_the_terms(program):
    for layers in [1, 2, 3]:
        folder = Model.random(27, n_layers=layers, n_heads=2,
                              normalization_type="LN").write(program.path())
        answer = program.json("expansion", "--model", folder, "--ids", TEXT)
        has_keys(answer, ["tokens", "distinct", "layers", "terms", "folded"], "expansion")
        expect(ids_of(answer["tokens"]) == IDS, "tokens")
        distinct = ids_of(answer["distinct"])
        expect(distinct == [3, 7, 1, 20, 0, 5], f"distinct {distinct}")
        expect(answer["layers"] == layers and len(answer["terms"]) == 3 ** layers, "terms")
        found = {"-".join(term["path"]): term for term in answer["terms"]}
        for target in [7, 5]:
            row = distinct.index(target)
            paths = program.json("paths", "--model", folder, "--ids", TEXT, "--position", "4",
                                 "--target", str(target), "--sources")["terms"]
            for term in paths:
                if term["kind"] == "bias":
                    continue
                tensor = found["-".join(term["path"])]
                has_keys(tensor, ["path", "pattern", "weights"], "term")
                want = [tensor["pattern"][4][source] * tensor["weights"][row][distinct.index(token)]
                        for source, token in enumerate(IDS)]
                near([s["logit"] for s in term["sources"]], want[:5], 1e-4, str(term["path"]))
                near(want[5:], [0, 0], 1e-7, "later positions")


def test_an_expansion_for_people_lists_terms_or_one_at_every_position(program):
    folder = Model.random(28).write(program.path())
    common = ["expansion", "--model", folder, "--ids", TEXT]
    text = program.text(*common, "--top", "3")
    expect("W_U (Id + 3 heads) (Id + 3 heads) W_E = 16 terms" in text, text)
    expect("13 more" in text, text)
    one = program.text(*common, "--path", "L0H1-L1H2")
    expect(one.startswith("L0H1-L1H2") and len(one.splitlines()) == 2 + len(IDS), one)
    term = program.json(*common, "--path", "L0H1-L1H2")["terms"]
    expect([t["path"] for t in term] == [["L0H1", "L1H2"]], "--path")
    for path in ["L1H0-L0H0", "L3H0", "", "L0H0-", "all"]:
        program.refuses(*common, "--path", path, names=[path.split("-")[-1]])
    empty = ["expansion", "--model", folder, "--ids", ""]
    expect(program.json(*empty)["distinct"] == [], "empty text")
    program.text(*empty)
