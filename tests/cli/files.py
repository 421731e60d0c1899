"""Model files as people have them: odd but right ones are read, wrong ones named."""
import json
import math

from harness import expect, near
from models import Model, Tensor, float32, safetensors

IDS = [4, 3, 23, 14, 17, 18, 21, 0, 14]
TEXT = ",".join(map(str, IDS))


def logits(program, folder):
    return program.json("logits", "--model", str(folder), "--ids", TEXT, "--full")["logits"]


def test_weights_may_lie_at_any_offset(program):
    """Kind F01: numbers that do not start at a multiple of four bytes."""
    model = Model.random(7)
    want = model.forward(IDS).logits
    for blanks in range(8):
        folder = model.write(program.path(), header=lambda text: text + b" " * blanks)
        near(logits(program, folder), want, 1e-5, f"{blanks} blanks")
    odd = [("blocks.0.attn.mask", ("U8", [3], b"\1\1\1"))]
    near(logits(program, model.write(program.path(), first=odd)), want, 1e-5, "three bytes in front")


def test_blanks_around_the_header_are_fine_and_other_things_are_not(program):
    """Kind F02."""
    model = Model.random(7)
    want = model.forward(IDS).logits
    for header in [lambda t: t + b" " * 9, lambda t: t + b"\n\t\r ", lambda t: t]:
        near(logits(program, model.write(program.path(), header=header)), want, 1e-5, "blanks")
    for header in [lambda t: t + b"\0", lambda t: t + b"x", lambda t: t[:-1], lambda t: b"[]"]:
        program.refuses("info", "--model", model.write(program.path(), header=header),
                        names=["model.safetensors"])


def test_prefixes_of_wrappers_are_read_or_named(program):
    """Kind F06: names that torch.compile or data parallelism lengthened."""
    model = Model.random(7)
    want = model.forward(IDS).logits
    for prefix in ["_orig_mod.", "module.", "model."]:
        folder = model.write(program.path(), rename=lambda name: prefix + name)
        answer = program.run("logits", "--model", folder, "--ids", TEXT, "--full", "--json")
        if answer.code == 2:
            expect(prefix in answer.err and answer.err.count("\n") == 1, str(answer))
        else:
            near(json.loads(answer.out)["logits"], want, 1e-5, prefix)
            expect(prefix in answer.err, f"{prefix} was read without a word")


def test_what_is_no_model_is_called_by_its_name(program):
    """Kind F07, and others: a pointer, a page, another program's file in the place of ours."""
    model = Model.random(7)
    pointer = (b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 +
               b"\nsize 123456\n")
    page = b"<!DOCTYPE html>\n<html><head><title>Not found</title></head></html>"
    def with_file(name, data):
        folder = program.path()
        model.write(folder)
        (folder / name).write_bytes(data)
        return str(folder)
    for name in ["model.safetensors", "config.json"]:
        program.refuses("info", "--model", with_file(name, pointer), names=["LFS", name])
        program.refuses("info", "--model", with_file(name, page), names=["web page", name])
        program.refuses("info", "--model", with_file(name, b""), names=["empty", name])
    program.refuses("info", "--model", with_file("tokenizer.json", page),
                    names=["web page", "tokenizer.json"])
    for data in [b"GGUF\3\0\0\0" + b"\0" * 64, b"PK\3\4" + b"\0" * 64, b"\x80\x02}q\0." + b"\0" * 64,
                 b"\0" * 4, b"\xff" * 64]:
        program.refuses("info", "--model", with_file("model.safetensors", data),
                        names=["model.safetensors"])


def test_folders_that_lack_a_file_say_which_is_expected(program):
    model = Model.random(7)
    folder = program.path()
    folder.mkdir()
    program.refuses("info", "--model", str(folder), names=["model.safetensors", "config.json"])
    (folder / "pytorch_model.bin").write_bytes(b"PK")
    program.refuses("info", "--model", str(folder), names=["model.safetensors", "pytorch_model.bin"])
    program.refuses("info", "--model", str(folder / "nothing"), names=["nothing"])
    whole = program.path()
    model.write(whole)
    (whole / "config.json").unlink()
    program.refuses("info", "--model", str(whole), names=["config"])


def test_one_safetensors_with_its_config_inside_is_a_model(program):
    model = Model.random(7)
    path = program.path("model.safetensors")
    path.write_bytes(safetensors(model.tensors.items(),
                                 metadata={"config": json.dumps(model.config)}))
    near(logits(program, path), model.forward(IDS).logits, 1e-5, "one file")
    path.write_bytes(safetensors(model.tensors.items()))
    program.refuses("info", "--model", str(path), names=["config"])
    broken = program.path("broken.safetensors")
    broken.write_bytes(path.read_bytes()[:-1])
    program.refuses("info", "--model", str(broken), names=["broken.safetensors"])
    program.refuses("info", "--model", "/dev/null", names=["/dev/null is empty"])
    folder = model.write(program.path())
    program.refuses("info", "--model", folder + "/model.safetensors",
                    names=["config", "--model " + folder])


def test_a_config_as_transformer_lens_writes_it_is_read(program):
    """Kind F08: keys that change nothing are ignored and listed, those that do are refused."""
    model = Model.random(7)
    harmless = {"act_fn": None, "d_mlp": None, "init_mode": "gpt2", "initializer_range": 0.02,
                "model_name": "custom", "original_architecture": "Transformer", "seed": None,
                "tokenizer_name": None, "device": "cpu", "n_devices": 1, "use_attn_result": True,
                "gated_mlp": False, "final_rms": False, "n_params": 12345}
    neutral = {"attn_only": True, "attention_dir": "causal", "use_attn_scale": True,
               "use_local_attn": False, "scale_attn_by_inverse_layer_idx": False,
               "parallel_attn_mlp": False, "d_vocab_out": 29, "eps": 1e-5,
               "attn_scale": math.sqrt(4), "default_prepend_bos": False}
    model.config.update(harmless | neutral)
    folder = model.write(program.path())
    near(logits(program, folder), model.forward(IDS).logits, 1e-5, "all keys")
    ignored = program.json("info", "--model", folder)["ignored"]
    expect("init_mode" in ignored and "model_name" in ignored, str(ignored))
    for key, value in {"attn_only": False, "attention_dir": "bidirectional", "use_local_attn": True,
                       "scale_attn_by_inverse_layer_idx": True, "d_vocab_out": 30,
                       "positional_embedding_type": "rotary", "parallel_attn_mlp": True}.items():
        other = Model(model.config | {key: value}, model.tensors)
        program.refuses("info", "--model", other.write(program.path()), names=[key])


def test_an_attention_scale_of_ones_own_is_used(program):
    model = Model.random(7)
    for config in [{"attn_scale": 3.5}, {"use_attn_scale": False, "attn_scale": 1.0}]:
        other = Model(model.config | config, model.tensors)
        near(logits(program, other.write(program.path())), other.forward(IDS).logits, 1e-5,
             str(config))


def test_dtypes_may_be_mixed_and_subnormals_count(program):
    """Kind F10: F16 with subnormals, BF16, F64 in one file; what float32 cannot hold is refused."""
    model = Model.random(7, scale=1.0)
    W_U = model.tensors["unembed.W_U"]
    W_U.dtype, W_U.numbers = "F16", [round(x * 64) * 2.0 ** -24 for x in W_U.numbers]
    W_E = model.tensors["embed.W_E"]
    W_E.dtype, W_E.numbers = "BF16", [round(x * 8) / 8 for x in W_E.numbers]
    W_Q = model.tensors["blocks.0.attn.W_Q"]
    W_Q.dtype = "F64"
    W_Q.numbers = [x + 1e-13 for x in W_Q.numbers]
    have, want = logits(program, model.write(program.path())), model.forward(IDS).logits
    largest = max(abs(x) for row in want for x in row)
    expect(0 < largest < 1e-3, "the test's own logits are not small")
    near([[x / largest for x in row] for row in have], [[x / largest for x in row] for row in want],
         1e-5, "logits")
    for number, dtype in [(1e39, "F64"), (float("inf"), "F32"), (float("nan"), "F16")]:
        W_U.dtype, W_U.numbers = dtype, [0.0] * (len(W_U.numbers) - 1) + [number]
        program.refuses("info", "--model", model.write(program.path()), names=["unembed.W_U"])


def test_shapes_that_do_not_fit_are_named_with_both(program):
    model = Model.random(7)
    W_K = model.tensors["blocks.1.attn.W_K"]
    model.tensors["blocks.1.attn.W_K"] = Tensor([3, 4, 10], W_K.numbers)
    program.refuses("info", "--model", model.write(program.path()),
                    names=["blocks.1.attn.W_K", "[3, 10, 4]", "[3, 4, 10]"])
    del model.tensors["blocks.1.attn.W_K"]
    program.refuses("info", "--model", model.write(program.path()), names=["blocks.1.attn.W_K"])


def test_numbers_survive_the_way_to_json(program):
    """A float32 is written with the digits that give it back, and no more."""
    model = Model.random(7, n_layers=0, d_model=1, d_vocab=6)
    model.tensors["embed.W_E"] = Tensor([6, 1], [1.0] * 6)
    numbers = [float32(x) for x in (0.1, 1 / 3, 16777217.0, 1e-30, -2.5e20, 3.0)]
    model.tensors["unembed.W_U"] = Tensor([1, 6], numbers)
    answer = program.run("logits", "--model", model.write(program.path()), "--ids", "0", "--full",
                         "--json")
    have = json.loads(answer.out)["logits"][0]
    expect([float32(x) for x in have] == numbers, f"{have} != {numbers}")
    expect("0.10000000" not in answer.out and "[0.1," in answer.out, answer.out)
