"""Every error: exit 2, nothing on standard output, one line on standard error that names its cause."""
from harness import expect
from models import Model, byte_tokenizer


def folder_of(program):
    return Model.random(2).write(program.path())


def test_help_is_no_error(program):
    for arguments in [["--help"], ["-h"], *([c, "--help"] for c in
                      ["info", "tokens", "logits", "paths", "attention", "run"])]:
        answer = program.text(*arguments)
        expect("pathscope" in answer, str(arguments))
    for command in ["info", "tokens", "logits", "paths", "attention", "run"]:
        expect(command in program.text("--help"), f"--help lacks {command}")


def test_usage_errors_are_one_line(program):
    model = folder_of(program)
    for arguments, names in [
            ([], ["command", "paths"]),
            (["path"], ["path", "paths"]),
            (["paths"], ["--model"]),
            (["paths", "--model"], ["--model"]),
            (["info", "--model", model, "--colour"], ["--colour"]),
            (["info", "--model", model, "--text", "a"], ["--text"]),
            (["tokens", "--model", model], ["--text", "--ids"]),
            (["tokens", "--model", model, "--ids", "1", "--text", "1"], ["twice"]),
            (["tokens", "--model", model, "--text", "1", "--text", "2"], ["--text"]),
            (["tokens", "--model", model, "stray", "--ids", "1"], ["stray"]),
            (["logits", "--model", model, "--ids", "1", "--top", "0"], ["top", "0"]),
            (["logits", "--model", model, "--ids", "1", "--top", "many"], ["--top", "many"]),
            (["logits", "--model", model, "--ids", "1", "--full"], ["--full", "--json"]),
            (["run", "--model", model, "--ids", "1"], ["--out"]),
            (["run", "--model", model, "--ids", "1", "--cut", "L0H0", "--out", "x"], ["--cut"])]:
        program.refuses(*arguments, names=names)


def test_ids_that_are_none_are_named(program):
    model = folder_of(program)
    for ids in ["29", "-1", "1,,2", "1,x", "1,", ",", "0x1", "1.5", "+1", "99999999999999999999",
                "4294967297", "١"]:
        for command in ["tokens", "logits", "paths"]:
            program.refuses(command, "--model", model, "--ids", ids, names=["id"])


def test_positions_and_targets_outside_are_named_with_what_was_expected(program):
    model = folder_of(program)
    for option, value, names in [
            ("--position", "3", ["3", "0 to 2"]), ("--position", "-1", ["-1", "0 to 2"]),
            ("--position", "two", ["--position", "two"]),
            ("--position", "1.0", ["--position", "1.0"]),
            ("--target", "29", ["29", "28"]), ("--target", "-1", ["-1", "28"]),
            ("--target", "a", ["--target", "a"]), ("--target-token", "a", ["target-token", "a"]),
            ("--against", "29", ["29", "28"]), ("--against", "median", ["median", "mean"])]:
        program.refuses("paths", "--model", model, "--ids", "1,2,3", option, value, names=names)
    program.refuses("paths", "--model", model, "--ids", "1", "--target", "1", "--target-token", "#1",
                    names=["target-token"])


def test_heads_and_cuts_that_are_none_are_named(program):
    model = folder_of(program)
    for head in ["L2H0", "L0H3", "H0", "L0", "", "L0H0 ", "l0h0", "L-1H0", "L0H99999999999"]:
        program.refuses("attention", "--model", model, "--ids", "1", "--head", head,
                        names=[head.strip()])
    for cut in ["L2H0", "L0H0>L0H1:K", "L1H0>L0H0:V", "L0H0>L1H0", "L0H0>L1H0:X", "path:",
                "path:L1H0-L0H0", "path:L0*", "L0H0>", "", "direct", "**", "L0H0>*:", "[L0H0]", "{}"]:
        for command in ["logits", "attention", "paths"]:
            program.refuses(command, "--model", model, "--ids", "1", "--cut", cut, names=["cut"])


def test_heads_of_a_layer_are_named_as_they_were_typed(program):
    model = folder_of(program)
    for cut, names in {"L1H*": ["'L1H*'", "L0* to L1*"], "L9*": ["'L9*'", "L0* to L1*"]}.items():
        program.refuses("logits", "--model", model, "--ids", "1", "--cut", cut, names=names)
        answer = program.run("logits", "--model", model, "--ids", "1", "--cut", cut)
        expect("HH0" not in answer.err and "L9H0" not in answer.err, str(answer))
    bare = Model.random(2, n_layers=0).write(program.path())
    program.refuses("logits", "--model", bare, "--ids", "1", "--cut", "L0*", names=["no heads"])


def test_numbers_out_of_range_are_told_the_range(program):
    model = folder_of(program)
    for number in ["999999999999", "-999999999999"]:
        program.refuses("induction", "--model", model, "--sequences", number,
                        names=["--sequences", number, "-2147483648 to 2147483647"])


def test_a_text_that_should_be_ids_is_told_why(program):
    """What a tokenizer.json has that is not done here, or that there is none."""
    program.refuses("tokens", "--model", folder_of(program), "--text", "hi hi",
                    names=['found "hi"', "read as ids because the model has no tokenizer.json"])
    def changed(**model):
        tokenizer = byte_tokenizer()
        tokenizer["model"].update(model)
        return tokenizer
    regex = byte_tokenizer()
    regex["pre_tokenizer"] = {"type": "Split", "pattern": {"Regex": "\\b\\w+\\b"},
                              "behavior": "Isolated", "invert": False}
    for tokenizer, part in [(changed(dropout=0.1), "dropout 0.1"),
                            (changed(type="WordPiece"), "model WordPiece"),
                            (byte_tokenizer(normalizer={"type": "Lowercase"}),
                             "normalizer Lowercase"),
                            (regex, "pre_tokenizer Split")]:
        model = Model.random(2, d_vocab=257).write(program.path(), tokenizer=tokenizer)
        for command in ["tokens", "logits", "loss"]:
            program.refuses(command, "--model", model, "--text", "hi hi",
                            names=['found "hi"', "because the tokenizer's " + part, "not done here"])
        program.json("tokens", "--model", model, "--text", "1 2")


def test_what_is_missing_in_a_config_is_told_with_what_was_expected(program):
    for key in ["d_model", "n_ctx"]:
        model = Model.random(2)
        del model.config[key]
        program.refuses("info", "--model", model.write(program.path()),
                        names=[f"config.json has no {key}, expected a whole number from 1"])


def test_a_context_of_one_token_predicts_nothing(program):
    model = Model.random(2, n_ctx=1).write(program.path())
    for command in ["loss", "importance"]:
        program.refuses(command, "--model", model, "--ids", "1,2,3", names=["n_ctx", "1"])


def test_a_text_longer_than_the_context_is_refused_with_both_numbers(program):
    """Kind N09: as long as the context is fine, one longer is not; `tokens` takes any length."""
    model = Model.random(2, n_ctx=12).write(program.path())
    ids = [str(i) for i in range(13)]
    for command in ["logits", "attention", "paths"]:
        program.json(command, "--model", model, "--ids", ",".join(ids[:12]))
        program.refuses(command, "--model", model, "--ids", ",".join(ids), names=["12", "13"])
    expect(len(program.json("tokens", "--model", model, "--ids", ",".join(ids))["tokens"]) == 13,
           "tokens")


def test_an_empty_text_has_empty_lists_and_no_paths(program):
    model = folder_of(program)
    for text in [["--text", ""], ["--text="], ["--ids", ""], ["--ids="], ["--text-file", "-"]]:
        expect(program.json("tokens", "--model", model, *text) == {"tokens": []}, str(text))
        expect(program.json("logits", "--model", model, *text, "--full") ==
               {"tokens": [], "positions": [], "logits": []}, str(text))
        attention = program.json("attention", "--model", model, *text)
        expect(attention["tokens"] == [] and len(attention["heads"]) == 6, str(text))
        expect(all(h["pattern"] == h["scores"] == [] for h in attention["heads"]), str(text))
        program.refuses("paths", "--model", model, *text, names=["empty"])
        program.refuses("run", "--model", model, *text, "--out", "x", names=["empty"])
        for command in ["tokens", "logits", "attention"]:
            program.text(command, "--model", model, *text)


def test_a_message_stays_on_its_line_whatever_was_typed(program):
    model = folder_of(program)
    for odd in ["a\nb", "\x1b[31mred", b"\xff\xfe", "中文", "\u202egnol", "x" * 3000]:
        program.refuses("info", "--model", odd, names=["model"])
        program.refuses("attention", "--model", model, "--ids", "1", "--head", odd)
        program.refuses("logits", "--model", model, "--ids", "1", "--cut", odd, names=["cut"])
        program.refuses("tokens", "--model", model, "--ids", odd, names=["ids"])
        program.refuses("tokens", "--model", model, "--text-file", odd)
        program.refuses(odd)


def test_output_that_cannot_be_written_is_an_error(program):
    import subprocess
    model = folder_of(program)
    with open("/dev/full", "wb") as full:
        done = subprocess.run([program.binary, "info", "--model", model, "--json"], stdout=full,
                              stderr=subprocess.PIPE)
    expect(done.returncode == 2 and b"standard output" in done.stderr, str(done))
