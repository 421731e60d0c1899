"""Holds every term of `pathscope paths`, and every source of it, to the same path walked in numpy.

    path_terms.py BINARY MODEL_DIR...

Written from the paper and the design in float64, rows as positions, one path after the other and one
source after the other: slow, and nothing in common with the engine but the files it reads.
"""
import itertools
import json
import math
import pathlib
import subprocess
import sys

import numpy
from safetensors.numpy import load_file

TOLERANCE = 1e-4  # absolute, and relative to the value; the engine computes in float32


class Model:
    def __init__(self, folder):
        self.config = json.loads((folder / "config.json").read_text())
        tensors = load_file(folder / "model.safetensors")
        self.tensors = {name: value.astype(float) for name, value in tensors.items()}
        self.layers = range(self.config["n_layers"])
        self.heads = range(self.config["n_heads"])
        self.shortformer = self.config["positional_embedding_type"] == "shortformer"
        self.attn_scale = 1.0
        if self.config.get("use_attn_scale", True):
            self.attn_scale = self.config.get("attn_scale", math.sqrt(self.config["d_head"]))

    def get(self, name):
        """A tensor, or 0 for a bias that the file lacks."""
        return self.tensors.get(name, 0.0)

    def of_head(self, head, name):
        tensor = self.get(f"blocks.{head[0]}.attn.{name}")
        return tensor if isinstance(tensor, float) else tensor[head[1]]

    def centred(self, x):
        if self.config["normalization_type"] is None:
            return x
        return x - x.mean(-1, keepdims=True)

    def sigma(self, x):
        if self.config["normalization_type"] is None:
            return 1.0
        eps = self.config.get("eps", 1e-5)
        return numpy.sqrt((self.centred(x) ** 2).mean(-1, keepdims=True) + eps)

    def norm(self, x, sigma, name, with_b):
        """A LayerNorm with its sigma given; without b: the part of it that is linear."""
        y = self.centred(x) / sigma
        if self.config["normalization_type"] == "LN":
            y = y * self.get(name + ".w") + (self.get(name + ".b") if with_b else 0)
        return y


class Run:
    """Patterns and sigmas of a text, then what flows along paths with these as they are."""

    def __init__(self, model, ids):
        self.model = model
        positions = model.get("pos_embed.W_pos")[: len(ids)]
        self.embedding = model.get("embed.W_E")[ids] + (0 if model.shortformer else positions)
        self.patterns, self.sigmas = {}, []
        x = self.embedding
        for layer in model.layers:
            self.sigmas.append(model.sigma(x))
            y = model.norm(x, self.sigmas[layer], f"blocks.{layer}.ln1", with_b=True)
            seen = y + positions if model.shortformer else y
            for head in itertools.product([layer], model.heads):
                q = seen @ model.of_head(head, "W_Q") + model.of_head(head, "b_Q")
                k = seen @ model.of_head(head, "W_K") + model.of_head(head, "b_K")
                scores = numpy.where(numpy.tri(len(ids)) > 0, q @ k.T / model.attn_scale, -math.inf)
                weights = numpy.exp(scores - scores.max(1, keepdims=True))
                self.patterns[head] = weights / weights.sum(1, keepdims=True)
            writes = [self.write(x, (layer, h), with_biases=True) for h in model.heads]
            x = x + sum(writes) + model.get(f"blocks.{layer}.attn.b_O")
        self.final_sigma = model.sigma(x)
        self.logits = self.unembed(x, with_biases=True)

    def write(self, x, head, with_biases):
        """What a head writes everywhere when it reads x."""
        name = f"blocks.{head[0]}.ln1"
        y = self.model.norm(x, self.sigmas[head[0]], name, with_b=with_biases)
        v = y @ self.model.of_head(head, "W_V")
        if with_biases:
            v = v + self.model.of_head(head, "b_V")
        return self.patterns[head] @ v @ self.model.of_head(head, "W_O")

    def unembed(self, x, with_biases):
        y = self.model.norm(x, self.final_sigma, "ln_final", with_b=with_biases)
        return y @ self.model.get("unembed.W_U") + (
            self.model.get("unembed.b_U") if with_biases else 0
        )

    def token_logits(self, path, source=None):
        """position x vocabulary: what the embedding (of one source) gives along a path."""
        x = self.embedding
        if source is not None:
            x = numpy.zeros_like(x)
            x[source] = self.embedding[source]
        for head in path:
            x = self.write(x, head, with_biases=False)
        return self.unembed(x, with_biases=False)

    def bias_logits(self, path):
        """The same for the biases that enter before the path's heads, or in its first head."""
        below = path[0][0] if path else len(self.model.layers)
        x = numpy.zeros_like(self.embedding)
        for layer in range(below):
            x = x + self.model.get(f"blocks.{layer}.attn.b_O")
        for i, head in enumerate(path):
            x = self.write(x, head, with_biases=i == 0)
        return self.unembed(x, with_biases=not path)


def all_paths(model):
    for length in range(len(model.layers) + 1):
        for layers in itertools.combinations(model.layers, length):
            for heads in itertools.product(model.heads, repeat=length):
                yield tuple(zip(layers, heads))


def ask(binary, folder, ids, position, target):
    command = [binary, "paths", "--model", folder, "--ids", ",".join(map(str, ids))]
    command += ["--position", str(position), "--target", str(target)]
    command += ["--sources", "--top", "1000000", "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def compare(run, answer, position, target):
    """How many numbers were compared, and sentences on those that are off."""
    terms = {(tuple(t["path"]), t["kind"] == "bias"): t for t in answer["terms"]}
    pairs = [("logit", answer["logit"], run.logits[position, target])]
    pairs.append(("sum", answer["sum"], run.logits[position, target]))
    for path in all_paths(run.model):
        names = tuple(f"L{layer}H{head}" for layer, head in path)
        term = terms.pop((names, False))
        pairs.append((names, term["logit"], run.token_logits(path)[position, target]))
        for source in range(position + 1):
            found = term["sources"][source]
            assert found["position"] == source
            expected = run.token_logits(path, source)[position, target]
            pairs.append((f"{names} from {source}", found["logit"], expected))
        bias = terms.pop((names, True), {"logit": 0.0})  # without biases there is no such term
        pairs.append((f"biases {names}", bias["logit"], run.bias_logits(path)[position, target]))
    off = [f"{term}: no path of this model" for term in terms]
    off += [
        f"{name}: {found}, expected {expected:.7g}"
        for name, found, expected in pairs
        if not abs(found - expected) <= TOLERANCE + TOLERANCE * abs(expected)
    ]
    return len(pairs), off


def main(binary, folders):
    failed = 0
    for folder in folders:
        model = Model(pathlib.Path(folder))
        generator = numpy.random.Generator(numpy.random.PCG64(1))
        n = min(model.config["n_ctx"], 14)
        ids = generator.integers(model.config["d_vocab"], size=n).tolist()
        run = Run(model, ids)
        for position in [0, n - 1]:
            target = int(run.logits[position].argmax())
            answer = ask(binary, folder, ids, position, target)
            compared, off = compare(run, answer, position, target)
            print(f"{folder}, position {position}: {compared} numbers, {len(off)} off")
            for sentence in off[:10]:
                print(f"  {sentence}")
            failed += len(off)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
