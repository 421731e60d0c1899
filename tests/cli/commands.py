"""What each command answers: its schema, and its numbers against models.py."""
import itertools
import os
import resource
import subprocess

from harness import expect, has_keys, ids_of, near
from models import Model, Tensor, byte_tokenizer, read_safetensors

IDS = [3, 7, 1, 7, 20, 0, 5]
TEXT = ",".join(map(str, IDS))


def model_of(program, **config):
    model = Model.random(5, **config)
    return model, model.write(program.path())


def key(term):
    return (term["kind"] == "bias", "-".join(term["path"]))


def test_info_names_the_config_the_heads_and_what_was_ignored(program):
    model = Model.random(1)
    model.config["model_name"] = "ours"
    info = program.json("info", "--model", model.write(program.path()))
    has_keys(info, ["config", "parameters", "tokenizer", "heads", "ignored", "notices"], "info")
    for name in ["n_layers", "d_model", "n_heads", "d_head", "n_ctx", "d_vocab",
                 "normalization_type", "positional_embedding_type"]:
        expect(info["config"][name] == model.config[name], name)
    expect(info["parameters"] == sum(len(t.numbers) for t in model.tensors.values()), "parameters")
    expect(info["heads"] == ["L0H0", "L0H1", "L0H2", "L1H0", "L1H1", "L1H2"], "heads")
    expect(info["ignored"] == ["model_name"], f"ignored {info['ignored']}")


def test_tokens_are_ids_and_texts(program):
    folder = Model.random(1, d_vocab=257).write(program.path(),
                                                tokenizer=byte_tokenizer([("a", "b")]))
    tokens = program.json("tokens", "--model", folder, "--text", "abé")
    expect(tokens == {"tokens": [{"id": 256, "text": "ab"},
                                 {"id": 0xc3, "text": "\ufffd", "bytes": "c3"},
                                 {"id": 0xa9, "text": "\ufffd", "bytes": "a9"}]}, str(tokens))


def test_tokens_of_a_model_without_tokenizer_are_ids(program):
    _, folder = model_of(program)
    answer = program.json("tokens", "--model", folder, "--text", "3 7, 1")
    expect(answer == program.json("tokens", "--model", folder, "--ids", "3,7,1"), str(answer))
    expect([t["text"] for t in answer["tokens"]] == ["#3", "#7", "#1"], str(answer))


def test_logits_are_those_of_a_plain_forward_pass(program):
    for positions, normalization, biases in itertools.product(
            ["shortformer", "standard"], [None, "LN", "LNPre"], [False, True]):
        model, folder = model_of(program, biases=biases, normalization_type=normalization,
                                 positional_embedding_type=positions)
        reference = model.forward(IDS)
        answer = program.json("logits", "--model", folder, "--ids", TEXT, "--full", "--top", "4")
        has_keys(answer, ["tokens", "positions", "logits"], "logits")
        near(answer["logits"], reference.logits, 1e-5, f"{positions} {normalization}")
        near([p["loss"] for p in answer["positions"]], reference.losses(IDS), 1e-4, "loss")
        for i, p in enumerate(answer["positions"]):
            has_keys(p, ["position", "loss", "top"], "position")
            order = sorted(range(29), key=lambda t: -reference.logits[i][t])[:4]
            expect(p["position"] == i and ids_of(p["top"]) == order, f"top at {i}")
            near([t["log_prob"] for t in p["top"]],
                 [reference.log_probs(i)[t] for t in order], 1e-4, "log_prob")
            near([t["logit"] for t in p["top"]],
                 [reference.logits[i][t] for t in order], 1e-5, "logit")


def test_logits_lists_ten_unless_told_and_no_full_matrix(program):
    _, folder = model_of(program)
    answer = program.json("logits", "--model", folder, "--ids", TEXT)
    has_keys(answer, ["tokens", "positions"], "logits")
    expect({len(p["top"]) for p in answer["positions"]} == {10}, "not ten")
    many = program.json("logits", "--model", folder, "--ids", TEXT, "--top", "1000")
    expect({len(p["top"]) for p in many["positions"]} == {29}, "more than there are")


def test_attention_is_that_of_a_plain_forward_pass(program):
    model, folder = model_of(program, biases=True, normalization_type="LN")
    reference = model.forward(IDS)
    n = len(IDS)
    answer = program.json("attention", "--model", folder, "--ids", TEXT)
    has_keys(answer, ["tokens", "heads"], "attention")
    expect([h["head"] for h in answer["heads"]] ==
           ["L0H0", "L0H1", "L0H2", "L1H0", "L1H1", "L1H2"], "heads")
    for head in answer["heads"]:
        has_keys(head, ["head", "pattern", "scores"], "head")
        at = int(head["head"][1]), int(head["head"][3])
        near(head["pattern"], [row + [0] * (n - len(row)) for row in reference.patterns[at]],
             1e-5, head["head"])
        near(head["scores"], [row + [None] * (n - len(row)) for row in reference.scores[at]],
             1e-5, head["head"])
    one = program.json("attention", "--model", folder, "--ids", TEXT, "--head", "L1H2")
    expect(one["heads"] == answer["heads"][5:], "--head")


def test_paths_are_the_terms_of_the_expansion(program):
    model, folder = model_of(program, n_layers=3, n_heads=2)
    reference = model.forward(IDS)
    answer = program.json("paths", "--model", folder, "--ids", TEXT, "--position", "4",
                          "--target", "11", "--sources")
    has_keys(answer, ["position", "target", "logit", "sum", "max_abs_error", "terms"], "paths")
    expect(answer["position"] == 4 and answer["target"] == {"id": 11, "text": "#11"}, "header")
    near(answer["logit"], reference.logits[4][11], 1e-5, "logit")
    near(answer["sum"], answer["logit"], 1e-5, "sum")
    expect(0 <= answer["max_abs_error"] < 1e-4, "max_abs_error")
    found = {"-".join(t["path"]): t for t in answer["terms"]}
    for layers in itertools.chain.from_iterable(itertools.combinations(range(3), k)
                                                for k in range(4)):
        for heads in itertools.product(range(2), repeat=len(layers)):
            path = list(zip(layers, heads))
            name = "-".join(f"L{layer}H{head}" for layer, head in path)
            term = found.pop(name)
            has_keys(term, ["path", "kind", "logit", "sources"], name)
            expect(term["kind"] == ["direct", "head", "virtual", "virtual"][len(path)], name)
            want = reference.sources(path, 4, 11)
            expect([s["position"] for s in term["sources"]] == [0, 1, 2, 3, 4], name)
            near([s["logit"] for s in term["sources"]], want, 1e-5, name)
            near(term["logit"], sum(want), 1e-5, name)
    expect(not found, f"terms too many: {list(found)}")
    sizes = [abs(t["logit"]) for t in answer["terms"]]
    expect(sizes == sorted(sizes, reverse=True), "not by falling |logit|")


def test_paths_with_norms_and_biases_add_up_with_bias_terms(program):
    for normalization, positions in itertools.product([None, "LN", "LNPre"],
                                                      ["shortformer", "standard"]):
        model, folder = model_of(program, biases=True, normalization_type=normalization,
                                 positional_embedding_type=positions)
        reference = model.forward(IDS)
        answer = program.json("paths", "--model", folder, "--ids", TEXT, "--target", "3",
                              "--sources")
        near(answer["logit"], reference.logits[-1][3], 1e-5, "logit")
        near(sum(t["logit"] for t in answer["terms"]), answer["logit"], 1e-5, "sum of terms")
        expect(answer["max_abs_error"] < 1e-4, "max_abs_error")
        expect(len({key(t) for t in answer["terms"]}) == len(answer["terms"]), "a term twice")
        for term in answer["terms"]:
            if term["kind"] == "bias":
                expect(term["sources"] == [], "a bias has no sources")
            else:
                near(sum(s["logit"] for s in term["sources"]), term["logit"], 1e-5, "sources")
        expect(any(t["kind"] == "bias" and t["path"] == [] for t in answer["terms"]), "b_U")


def test_paths_defaults_to_the_last_position_and_the_top_token(program):
    model, folder = model_of(program)
    reference = model.forward(IDS)
    answer = program.json("paths", "--model", folder, "--ids", TEXT)
    top = max(range(29), key=lambda t: reference.logits[-1][t])
    expect(answer["position"] == 6 and answer["target"]["id"] == top, "defaults")
    expect("sources" not in answer["terms"][0], "sources without --sources")
    text = program.text("paths", "--model", folder, "--ids", TEXT)
    expect(f"logit of #{top}" in text, "the text names another token")


def test_paths_against_reads_a_difference(program):
    model, folder = model_of(program, biases=True)
    logits = model.forward(IDS).logits[2]
    common = ["paths", "--model", folder, "--ids", TEXT, "--position", "2", "--target", "9"]
    plain = program.json(*common)
    mean = program.json(*common, "--against", "mean")
    other = program.json(*common, "--against", "4")
    near(mean["logit"], logits[9] - sum(logits) / 29, 1e-5, "mean")
    near(other["logit"], logits[9] - logits[4], 1e-5, "token")
    expect(mean["against"] == "mean" and other["against"]["id"] == 4, "against")
    subtrahend = {key(t): t["logit"] for t in
                  program.json(*common[:-1], "4")["terms"]}
    minuend = {key(t): t["logit"] for t in plain["terms"]}
    for term in other["terms"]:
        near(term["logit"], minuend[key(term)] - subtrahend[key(term)], 1e-5, str(key(term)))
    for answer in (mean, other):
        near(sum(t["logit"] for t in answer["terms"]), answer["logit"], 1e-5, "sum")


def test_paths_top_sums_up_the_rest(program):
    _, folder = model_of(program)
    whole = program.json("paths", "--model", folder, "--ids", TEXT)
    part = program.json("paths", "--model", folder, "--ids", TEXT, "--top", "3")
    expect(part["terms"] == whole["terms"][:3], "terms")
    expect(part["rest"]["terms"] == len(whole["terms"]) - 3, "rest")
    near(part["rest"]["logit"], sum(t["logit"] for t in whole["terms"][3:]), 1e-5, "rest")


def test_a_target_can_be_named_by_its_text(program):
    folder = Model.random(1, d_vocab=258).write(
        program.path(), tokenizer=byte_tokenizer([(" ", "a"), (" a", "b")]))
    answer = program.json("paths", "--model", folder, "--text", "x ab", "--target-token", " ab")
    expect(answer["target"] == {"id": 257, "text": " ab"}, str(answer["target"]))
    program.refuses("paths", "--model", folder, "--text", "x ab", "--target-token", "xyz",
                    names=["target-token", "xyz"])


def cut_model(program):
    return model_of(program)


def test_a_cut_head_is_as_a_head_that_writes_nothing(program):
    model, folder = cut_model(program)
    silent = Model(model.config, dict(model.tensors))
    W_O = model.tensors["blocks.0.attn.W_O"]
    size = len(W_O.numbers) // 3
    numbers = [0.0 if size <= i < 2 * size else x for i, x in enumerate(W_O.numbers)]
    silent.tensors["blocks.0.attn.W_O"] = Tensor(W_O.shape, numbers)
    want = silent.forward(IDS).logits
    for command in ["logits", "attention", "paths"]:
        program.json(command, "--model", folder, "--ids", TEXT, "--cut", "L0H1")
    answer = program.json("logits", "--model", folder, "--ids", TEXT, "--full", "--cut", "L0H1")
    near(answer["logits"], want, 1e-5, "L0H1 cut")
    paths = program.json("paths", "--model", folder, "--ids", TEXT, "--target", "2",
                         "--cut", "L0H1")
    near(paths["logit"], want[-1][2], 1e-5, "logit of the cut run")
    near(paths["sum"], want[-1][2], 1e-5, "sum of the cut run")
    for term in paths["terms"]:
        expect(("L0H1" in term["path"]) == bool(term.get("cut")), str(term))
        expect(not term.get("cut") or term["logit"] == 0, str(term))


def test_a_frozen_cut_takes_its_terms_out_and_leaves_the_others(program):
    _, folder = cut_model(program)
    common = ["paths", "--model", folder, "--ids", TEXT, "--target", "2"]
    before = {key(t): t["logit"] for t in program.json(*common)["terms"]}
    after = program.json(*common, "--cut", "L0H1", "--frozen")
    left = sum(v for k, v in before.items() if "L0H1" not in k[1])
    near(after["logit"], left, 1e-5, "frozen logit")
    for term in after["terms"]:
        near(term["logit"], 0 if "L0H1" in term["path"] else before[key(term)], 1e-5, str(term))
    heads = ["attention", "--model", folder, "--ids", TEXT]
    expect(program.json(*heads, "--cut", "L0H1", "--frozen") == program.json(*heads), "patterns")


def test_edges_and_paths_can_be_cut_and_cuts_add_up(program):
    _, folder = cut_model(program)
    common = ["paths", "--model", folder, "--ids", TEXT, "--target", "2"]
    whole = program.json(*common)
    terms = {key(t): t["logit"] for t in whole["terms"]}
    for cut, gone in {"path:direct": [""], "path:L0H2-L1H0": ["L0H2-L1H0"],
                      "L0H2>logits": ["L0H2"], "L0H2>L1H1:V": ["L0H2-L1H1"],
                      "L0H2>*:V": ["L0H2-L1H0", "L0H2-L1H1", "L0H2-L1H2"],
                      "L1*>logits": [k for _, k in terms if "L1" in k]}.items():
        answer = program.json(*common, "--cut", cut)
        near(answer["logit"], sum(v for (_, k), v in terms.items() if k not in gone), 1e-5, cut)
        near(answer["sum"], answer["logit"], 1e-5, cut)
    both = program.json(*common, "--cut", "path:direct", "--cut", "L0H2>logits")
    near(both["logit"], sum(v for (_, k), v in terms.items() if k not in ["", "L0H2"]), 1e-5,
         "both")


def test_a_run_is_written_in_transformer_lens_names_and_shapes(program):
    model, folder = model_of(program, biases=True, normalization_type="LN")
    out = str(program.path("run.safetensors"))
    answer = program.json("run", "--model", folder, "--ids", TEXT, "--out", out)
    has_keys(answer, ["out", "tensors"], "run")
    reference, n = model.forward(IDS), len(IDS)
    with open(out, "rb") as file:
        tensors = read_safetensors(file.read())
    expect({t["name"]: t["shape"] for t in answer["tensors"]} ==
           {name: shape for name, (shape, _) in tensors.items()}, "the answer lists other tensors")
    flat = lambda rows: [x for row in rows for x in row]
    near(list(tensors["logits"][1]), flat(reference.logits), 1e-5, "logits")
    expect(tensors["logits"][0] == [1, n, 29], "logits' shape")
    near(list(tensors["ln_final.hook_scale"][1]),
         [reference.sigma["final", i] for i in range(n)], 1e-5, "ln_final.hook_scale")
    for layer in range(2):
        at = f"blocks.{layer}.attn."
        patterns = flat(row + [0] * (n - len(row)) for h in range(3)
                        for row in reference.patterns[layer, h])
        scores = flat(row + [float("-inf")] * (n - len(row)) for h in range(3)
                      for row in reference.scores[layer, h])
        near(list(tensors[at + "hook_pattern"][1]), patterns, 1e-5, "pattern")
        have = tensors[at + "hook_attn_scores"][1]
        expect(all(a == b or abs(a - b) < 1e-4 for a, b in zip(have, scores)), "scores")
        for name, shape in {"hook_q": [1, n, 3, 4], "hook_z": [1, n, 3, 4],
                            "hook_result": [1, n, 3, 10], "hook_pattern": [1, 3, n, n]}.items():
            expect(tensors[at + name][0] == shape, f"{name} has the shape {tensors[at + name][0]}")
        result, write = tensors[at + "hook_result"][1], tensors[f"blocks.{layer}.hook_attn_out"][1]
        b_O = model.get(at + "b_O")
        sums = [sum(result[(i * 3 + h) * 10 + d] for h in range(3)) + b_O[d]
                for i in range(n) for d in range(10)]
        near(list(write), sums, 1e-5, "attn_out")
        pre, post = (tensors[f"blocks.{layer}.hook_resid_{x}"][1] for x in ("pre", "post"))
        near([a + b for a, b in zip(pre, write)], list(post), 1e-5, "resid_post")
    expect("hook_embed" in tensors and "hook_pos_embed" in tensors and len(tensors) == 2 + 2 * 12 + 3,
           f"{sorted(tensors)}")


def test_a_run_that_cannot_be_written_leaves_nothing_behind(program):
    _, folder = model_of(program)
    place = program.path("full")
    place.mkdir()
    (place / "out.safetensors").mkdir()
    program.refuses("run", "--model", folder, "--ids", TEXT, "--out",
                    str(place / "out.safetensors"), names=["out.safetensors"])
    expect([p.name for p in place.iterdir()] == ["out.safetensors"], "a file was left")
    program.refuses("run", "--model", folder, "--ids", TEXT, "--out", str(place / "no" / "x"),
                    names=["x"])


def test_a_run_is_written_through_links_and_into_pipes(program):
    _, folder = model_of(program)
    run = ["run", "--model", folder, "--ids", TEXT, "--out"]
    plain, place = program.path("plain"), program.path("place")
    program.text(*run, str(plain))
    place.mkdir()
    (place / "file").write_bytes(b"old")
    (place / "link").symlink_to("file")
    program.text(*run, str(place / "link"))
    expect((place / "link").is_symlink(), "the link was replaced")
    expect((place / "file").read_bytes() == plain.read_bytes(), "what the link leads to")
    (place / "loose").symlink_to("nothing")
    program.refuses(*run, str(place / "loose"), names=["loose", "link to nothing"])
    os.mkfifo(place / "pipe")
    with subprocess.Popen(["cat", place / "pipe"], stdout=subprocess.PIPE) as reader:
        program.text(*run, str(place / "pipe"))
        expect((place / "pipe").is_fifo(), "the pipe was replaced")
        expect(reader.communicate(timeout=60)[0] == plain.read_bytes(), "what the pipe brought")
    expect(sorted(p.name for p in place.iterdir()) == ["file", "link", "loose", "pipe"],
           "a file was left")


def test_a_head_can_look_at_two_earlier_occurrences(program):
    """Kind C13: of an earlier token's successors each gets its share."""
    model = induction_model()
    folder = model.write(program.path())
    ids = [1, 7, 2, 3, 7, 4, 1, 7]
    common = ["--model", folder, "--ids", ",".join(map(str, ids))]
    pattern = program.json("attention", *common, "--head", "L1H0")["heads"][0]["pattern"]
    near(pattern[7], [0, 0, .5, 0, 0, .5, 0, 0], 1e-3, "pattern")
    top = program.json("logits", *common, "--top", "2")["positions"][7]["top"]
    expect(sorted(ids_of(top)) == [2, 4], "top")
    terms = program.json("paths", *common, "--target", "4", "--sources")["terms"]
    sources = next(t for t in terms if t["path"] == ["L1H0"])["sources"]
    near([s["logit"] for s in sources], [0, 0, 0, 0, 0, 10, 0, 0], 1e-2, "sources")


def induction_model():
    """Two layers by hand, 8 tokens, one-hot: L0H0 copies the token before into a second place; L1H0
    looks for it there and writes what follows to a third, which the logits read."""
    v, n = 8, 8
    d, k = 3 * v + n, max(v, n)
    def matrix(rows, columns, ones, scale=1.0):
        return [scale if (i, j) in ones else 0.0 for i in range(rows) for j in range(columns)]
    token, before, out, place = 0, v, 2 * v, 3 * v
    eye = range(v)
    t = {"embed.W_E": Tensor([v, d], matrix(v, d, {(i, token + i) for i in eye})),
         "pos_embed.W_pos": Tensor([n, d], matrix(n, d, {(i, place + i) for i in range(n)})),
         "unembed.W_U": Tensor([d, v], matrix(d, v, {(out + i, i) for i in eye}, 20.0))}
    def head(layer, Q, K, V, O, scale):
        at = f"blocks.{layer}.attn."
        t[at + "W_Q"] = Tensor([1, d, k], matrix(d, k, Q, scale))
        t[at + "W_K"] = Tensor([1, d, k], matrix(d, k, K))
        t[at + "W_V"] = Tensor([1, d, k], matrix(d, k, V))
        t[at + "W_O"] = Tensor([1, k, d], matrix(k, d, O))
    read = {(token + i, i) for i in eye}
    head(0, {(place + i, i) for i in range(n)}, {(place + i, i + 1) for i in range(n - 1)}, read,
         {(i, before + i) for i in eye}, 90.0)
    head(1, read, {(before + i, i) for i in eye}, read, {(i, out + i) for i in eye}, 90.0)
    return Model({"n_layers": 2, "d_model": d, "n_heads": 1, "d_head": k, "n_ctx": n, "d_vocab": v,
                  "normalization_type": None, "positional_embedding_type": "shortformer"}, t)


def test_a_long_text_is_answered_at_once(program):
    """Kind P07: 512 tokens. Processor time is measured, since other work may share the machine."""
    model = Model.random(3, n_ctx=512, d_vocab=300, d_model=32, n_heads=4, d_head=8)
    folder = model.write(program.path())
    ids = ",".join(str(i * i % 300) for i in range(512))
    for command in ["paths", "attention"]:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        program.json(command, "--model", folder, "--ids", ids)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime - before.ru_utime
        expect(seconds < 3, f"{command} took {seconds:.1f} s of the processor")
        program.text(command, "--model", folder, "--ids", ids)


def test_the_loss_of_a_text_is_the_mean_of_its_logits_losses(program):
    _, folder = model_of(program)
    answer = program.json("loss", "--model", folder, "--ids", TEXT)
    has_keys(answer, ["tokens", "predictions", "loss", "in_context", "loss_by_position"], "loss")
    positions = program.json("logits", "--model", folder, "--ids", TEXT)["positions"]
    losses = [position["loss"] for position in positions[:-1]]
    near(answer["loss_by_position"], losses, 1e-5, "loss_by_position")
    near(answer["loss"], sum(losses) / len(losses), 1e-5, "loss")
    expect(answer["tokens"] == 7 and answer["predictions"] == 6, str(answer))
    expect("nats a token" in program.text("loss", "--model", folder, "--ids", TEXT), "text")
    cut = program.json("loss", "--model", folder, "--ids", TEXT, "--cut", "L0H0")
    expect(abs(cut["loss"] - answer["loss"]) > 1e-6, "a cut changes the loss")
    program.refuses("loss", "--model", folder, "--ids", "3", names=["2 or more"])
