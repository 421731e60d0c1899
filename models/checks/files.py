"""Rows about a model folder's files."""
import json

from .cell import Cell, Unmeasured, at_least, at_most, equal


def read(folder, name):
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise Unmeasured(f"there is no {name}") from None


def size(models, name):
    return at_most(len(read(models[name].folder, "model.safetensors")) / 1e6, 5.5)


def dtype(models, name):
    file = read(models[name].folder, "model.safetensors")
    header = json.loads(file[8:8 + int.from_bytes(file[:8], "little")])
    kinds = {tensor["dtype"] for key, tensor in header.items() if key != "__metadata__"}
    return equal(" ".join(sorted(kinds)), "F16")


def tokenizer(models, name):
    same = read(models[name].folder, "tokenizer.json") == models.tokenizer.read_bytes()
    return Cell("same" if same else "differs", f"= {models.language}.json", same)


def log_of(models, name):
    return list(map(json.loads, read(models[name].folder, "log.jsonl").splitlines()))


def reports(models, name):
    return at_least(len(log_of(models, name)), 50)


def tokens(models, name):
    return Cell(f"{log_of(models, name)[-1]['tokens'] / 1e6:.1f} M")


def last_step(models, name):
    """Trained to the end, and by this config."""
    steps = json.loads(read(models[name].folder, "train.json"))["steps"]
    return equal(log_of(models, name)[-1]["step"], steps)
