"""Holds `pathscope run --out` to TransformerLens's own cache: the same names, shapes and values.

    transformer_lens_run.py BINARY MODEL_DIR...

Random ids go through both.
"""
import pathlib
import subprocess
import sys
import tempfile

import torch
from safetensors.torch import load_file
from transformer_lens_model import load

TOLERANCE = 1e-4  # absolute, and relative to the value: float32 both


def run(binary, folder, ids):
    with tempfile.TemporaryDirectory() as made:
        out = pathlib.Path(made) / "run.safetensors"
        text = ",".join(map(str, ids))
        command = [binary, "run", "--model", str(folder), "--ids", text, "--out", str(out)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return load_file(out)


def complaints(found, expected):
    """Sentences on tensors of other names, shapes or values."""
    for name in sorted(found.keys() - expected.keys()):
        yield f"{name}: not a name of TransformerLens's"
    for name in sorted(expected.keys() - found.keys()):
        yield f"{name}: missing"
    for name in sorted(found.keys() & expected.keys()):
        ours, theirs = found[name], expected[name]
        if ours.shape != theirs.shape:
            yield f"{name}: shape {list(ours.shape)}, expected {list(theirs.shape)}"
        elif not torch.allclose(ours.float(), theirs, rtol=TOLERANCE, atol=TOLERANCE):
            yield f"{name}: off by {(ours - theirs).nan_to_num().abs().max():.2g}"


def main(binary, folders):
    failed = 0
    for folder in map(pathlib.Path, folders):
        model = load(folder, torch.float32)
        generator = torch.Generator().manual_seed(1)
        n = min(model.cfg.n_ctx, 24)
        ids = torch.randint(model.cfg.d_vocab, (n,), generator=generator)
        logits, cache = model.run_with_cache(ids[None])
        found = run(binary, folder, ids.tolist())
        sentences = list(complaints(found, {**cache.cache_dict, "logits": logits}))
        for sentence in sentences:
            print(f"  {sentence}")
        print(f"{folder.name}: {len(found)} tensors, {len(sentences)} unlike TransformerLens's")
        failed += bool(sentences)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    torch.set_grad_enabled(False)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
