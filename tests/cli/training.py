"""pathscope train: what it refuses before the first step, what it writes, and how it goes on."""
import json
import signal
import subprocess
import time

from harness import expect, has_keys
from models import byte_tokenizer

SMALL = {
    "model": {"n_layers": 2, "d_model": 16, "n_heads": 2, "d_head": 8, "n_ctx": 24, "d_vocab": 20,
              "normalization_type": None, "positional_embedding_type": "shortformer"},
    "task": "repeat", "batch": 4, "steps": 30, "learning_rate": 0.01, "warmup": 5, "seed": 3,
}


def written(program, config, name="config"):
    folder = program.path(name)
    folder.mkdir()
    (folder / "train.json").write_text(json.dumps(config))
    return folder / "train.json"


def trained(program, config, *options):
    out = program.path("trained")
    return out, program.run("train", "--config", written(program, config), "--out", out, *options)


def test_a_wrong_config_is_refused_by_the_name_of_its_key(program):
    model = SMALL["model"]
    for change, names in [
        ({"learning_rat": 1}, ["learning_rat", "learning_rate"]),
        ({"batch": 0}, ["batch", "0"]),
        ({"steps": "many"}, ["steps", "many"]),
        ({"schedule": "linear"}, ["schedule", "linear", "cosine"]),
        ({"task": "guess"}, ["task", "guess", "repeat"]),
        ({"betas": [0.9]}, ["betas"]),
        ({"repeat_length": [9, 3]}, ["repeat_length", "9", "the shorter first"]),
        ({"repeat_length": [3, 13]}, ["repeat_length ends at 13", "n_ctx / 2 = 12"]),
        ({"repeat_share": [0, 2]}, ["repeat_share", "2"]),
        ({"repeat_byte_share": 0.5, "repeat_letter_share": 0.6}, ["repeat_letter_share", "at most 1"]),
        ({"init": {"W_X": 1}}, ["init", "W_X"]),
        ({"init": {"frequencies": [0.1, 1]}}, ["frequencies", "0.1", "highest"]),
        ({"init": {"frequencies": [1, 0]}}, ["frequencies", "0"]),
        ({"model": {**model, "normalization_type": "LN"}}, ["normalization_type"]),
        ({"model": {**model, "d_head": None}}, ["d_head"]),
        ({"task": "corpus"}, ["has no tokenizer", "expected"]),
    ]:
        out = program.path("out")
        config = written(program, {**SMALL, **change})
        program.refuses("train", "--config", config, "--out", out, names=[str(config), *names])
        expect(not out.exists(), f"{change}: a folder was made")
    broken = program.path("broken")
    broken.write_text("{")
    program.refuses("train", "--config", broken, "--out", program.path(), names=["broken"])
    program.refuses("train", "--config", program.path("none"), "--out", program.path(),
                    names=["none"])
    program.refuses("train", "--out", program.path(), names=["--config"])


def test_a_corpus_is_asked_for_and_must_be_long_enough(program):
    config = {**SMALL, "task": "corpus", "tokenizer": "tokenizer.json",
              "model": {**SMALL["model"], "d_vocab": 257}}
    path = written(program, config)
    (path.parent / "tokenizer.json").write_text(json.dumps(byte_tokenizer()))
    short = program.path("short")
    short.write_text("too short")
    out = program.path("out")
    program.refuses("train", "--config", path, "--out", out, names=["--corpus"])
    program.refuses("train", "--config", path, "--out", out, "--corpus", short, names=["25"])
    program.refuses("train", "--config", path, "--out", out, "--corpus", program.path("none"),
                    names=["none"])
    text = program.path("text")
    text.write_text("the cat sat on the mat. " * 20)
    answer = program.run("train", "--config", path, "--out", out, "--corpus", text, "--valid", text,
                         "--json")
    expect(answer.code == 0, str(answer))
    last = json.loads(answer.out.splitlines()[-2])
    expect(last["valid_loss"] < 5.5 and last["in_context"] is None, str(last))


def test_a_run_writes_a_report_a_line_and_a_model_that_loads(program):
    out, answer = trained(program, SMALL, "--json")
    expect(answer.code == 0, str(answer))
    *reports, end = map(json.loads, answer.out.splitlines())
    expect(end == {"model": str(out)}, f"the end: {end}")
    for report in reports:
        has_keys(report, ["step", "tokens", "seconds", "loss", "valid_loss", "in_context",
                          "loss_first", "loss_second", "accuracy_second", "heads"], "report")
        expect([head["head"] for head in report["heads"]] == ["L0H0", "L0H1", "L1H0", "L1H1"],
               "heads")
    expect(reports[-1]["step"] == 30 and reports[-1]["tokens"] == 30 * 4 * 24, "the last step")
    log = (out / "log.jsonl").read_text().splitlines()
    expect(log == answer.out.splitlines()[:-1], "log.jsonl is what was printed")
    info = program.json("info", "--model", out)
    expect(info["config"]["d_model"] == 16 and info["ignored"] == [], str(info))
    again, same = trained(program, SMALL)
    expect(same.code == 0 and max(map(len, same.out.splitlines())) <= 120, str(same))
    expect((again / "model.safetensors").read_bytes() == (out / "model.safetensors").read_bytes(),
           "the same seed, other weights")


def test_a_run_that_is_interrupted_or_killed_goes_on_to_the_same_weights(program):
    config = {**SMALL, "steps": 1500, "report_every": 100}
    whole, answer = trained(program, config)
    expect(answer.code == 0, str(answer))
    path, out = written(program, config), program.path("cut")
    command = [program.binary, "train", "--config", path, "--out", out]
    for end, code in [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)]:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            run.stdout.readline()  # a report: it is under way
            run.send_signal(end)
            _, error = run.communicate(timeout=60)
        expect(run.returncode == code, f"{end}: exit {run.returncode}")
        if end == signal.SIGINT:
            expect(b"goes on from there" in error, f"Ctrl-C: {error}")
            expect((out / "checkpoint.safetensors").exists(), "Ctrl-C: no checkpoint")
    answer = program.run(*map(str, command[1:]))
    expect(answer.code == 0, str(answer))
    expect((out / "model.safetensors").read_bytes() == (whole / "model.safetensors").read_bytes(),
           "other weights than of a run that was not stopped")
    log, of_whole = ([{**json.loads(line), "seconds": 0} for line in
                      (folder / "log.jsonl").read_text().splitlines()] for folder in (out, whole))
    expect(log == of_whole, "another log than of a run that was not stopped")
    other = written(program, {**config, "learning_rate": 0.02})
    program.refuses("train", "--config", other, "--out", out, names=["another train.json"])


def test_a_loss_that_is_not_finite_ends_the_run_and_keeps_the_last_checkpoint(program):
    # Each step multiplies the weights by 1 - 10 * 10.
    out, answer = trained(program, {**SMALL, "learning_rate": 10, "warmup": 0, "weight_decay": 10,
                                    "schedule": "constant"})
    expect(answer.code == 2 and "diverged" in answer.err, str(answer))
    expect(not (out / "model.safetensors").exists() or program.json("info", "--model", out),
           "no model that loads")


def test_what_trains_but_hardly_as_meant_is_warned_of(program):
    for change, words in [({"repeat_length": [7, 7]}, "by position alone"),
                          ({"warmup": 50}, "within the warmup of 50"),
                          ({"learning_rate": 0}, "learning_rate is 0")]:
        _, answer = trained(program, {**SMALL, "steps": 2, **change})
        expect(answer.code == 0 and words in answer.err, str(answer))


def test_what_the_command_line_asks_is_checked_before_the_first_step(program):
    config, out = written(program, SMALL), program.path("out")
    file = program.path("file")
    file.write_text("no folder")
    run = ["train", "--config", config]
    program.refuses(*run, "--out", out, "--threads", "0", names=["--threads", "0"])
    program.refuses(*run, "--out", file, names=["file"])
    answer = program.run("train", "--config", config, "--out", out, "--threads", "100000")
    expect(answer.code == 0, str(answer))
    (out / "checkpoint.safetensors").write_bytes(b"damaged")
    program.refuses(*run, "--out", out, names=["checkpoint.safetensors", "delete it"])
    tiny = {**SMALL, "model": {**SMALL["model"], "n_ctx": 2}, "repeat_length": [1, 1]}
    program.refuses("train", "--config", written(program, tiny), "--out", program.path("tiny"),
                    names=["n_ctx is 2"])
    letters = {key: value for key, value in SMALL.items() if not key.startswith("repeat")}
    letters = {**letters, "task": "text",
               "model": {key: value for key, value in SMALL["model"].items() if key != "d_vocab"}}
    empty, text = program.path("empty.txt"), program.path("some.txt")
    empty.write_text("")
    text.write_text("a cat sat on a mat. " * 20)
    run = ["train", "--config", written(program, letters), "--out", program.path("letters")]
    program.refuses(*run, "--corpus", empty, names=["empty.txt", "is empty"])
    strange = program.path("strange.txt")
    strange.write_text("THE CAT")
    program.refuses(*run, "--corpus", text, "--valid", strange, names=["strange.txt", "T"])


def test_two_layers_learn_to_repeat_and_one_does_not(program):
    """Issue: width 64, 64 symbols, 4 heads of 16, 64 tokens, from nothing."""
    accuracy = {}
    for layers in (1, 2):
        config = {"model": {"n_layers": layers, "d_model": 64, "n_heads": 4, "d_head": 16,
                            "n_ctx": 64, "d_vocab": 64, "normalization_type": None,
                            "positional_embedding_type": "shortformer"},
                  "task": "repeat", "batch": 16, "steps": 1800, "learning_rate": 0.01,
                  "warmup": 100, "repeat_subset_share": 0, "report_every": 1800}
        _, answer = trained(program, config, "--json")
        expect(answer.code == 0, str(answer))
        accuracy[layers] = json.loads(answer.out.splitlines()[-2])["accuracy_second"]
    expect(accuracy[2] > 0.9 and accuracy[1] < 0.5, f"accuracy_second by layers: {accuracy}")
