"""Small models that the tests make for themselves, and what must come out of them: a plain forward
pass and path expansion in Python's doubles, one position at a time. Standard library only."""
import json
import math
import pathlib
import random
import struct


def float32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def half_bits(x):
    return struct.pack("<e", x)


def bfloat_bits(x):
    """x must be a bfloat16 already: the upper half of its float32."""
    return struct.pack("<f", x)[2:]


PACK = {"F32": lambda x: struct.pack("<f", x), "F64": lambda x: struct.pack("<d", x),
        "F16": half_bits, "BF16": bfloat_bits}


class Tensor:
    def __init__(self, shape, numbers, dtype="F32"):
        self.shape, self.numbers, self.dtype = list(shape), list(numbers), dtype

    def bytes(self):
        return b"".join(map(PACK[self.dtype], self.numbers))

    def rows(self):
        """The last two dimensions as lists of lists; a list of them where there are three."""
        def nest(numbers, shape):
            if len(shape) == 1:
                return numbers
            step = len(numbers) // shape[0]
            return [nest(numbers[i * step:(i + 1) * step], shape[1:]) for i in range(shape[0])]
        return nest(self.numbers, self.shape)


def shapes_of(c, biases):
    """Every tensor of a model with this config: the names and shapes of the design."""
    d, h, k, v, n = c["d_model"], c["n_heads"], c["d_head"], c["d_vocab"], c["n_ctx"]
    shapes = {"embed.W_E": [v, d], "pos_embed.W_pos": [n, d], "unembed.W_U": [d, v]}
    for layer in range(c["n_layers"]):
        at = f"blocks.{layer}.attn."
        shapes.update({at + "W_Q": [h, d, k], at + "W_K": [h, d, k], at + "W_V": [h, d, k],
                       at + "W_O": [h, k, d]})
        if biases:
            shapes.update({at + "b_Q": [h, k], at + "b_K": [h, k], at + "b_V": [h, k],
                           at + "b_O": [d]})
        if c["normalization_type"] == "LN":
            shapes.update({f"blocks.{layer}.ln1.w": [d], f"blocks.{layer}.ln1.b": [d]})
    if c["normalization_type"] == "LN":
        shapes.update({"ln_final.w": [d], "ln_final.b": [d]})
    if biases:
        shapes["unembed.b_U"] = [v]
    return shapes


class Model:
    """A config and tensors by name."""

    def __init__(self, config, tensors):
        self.config, self.tensors = config, tensors

    @staticmethod
    def random(seed, biases=False, scale=1.0, **config):
        c = {"n_layers": 2, "d_model": 10, "n_heads": 3, "d_head": 4, "n_ctx": 12, "d_vocab": 29,
             "normalization_type": None, "positional_embedding_type": "shortformer", **config}
        r = random.Random(seed)
        tensors = {}
        for name, shape in shapes_of(c, biases).items():
            size = math.prod(shape)
            mean = 1 if name.endswith(".w") else 0
            spread = scale if "embed" in name else 1 / math.sqrt(c["d_model"])
            tensors[name] = Tensor(shape, (float32(mean + spread * r.gauss(0, 1))
                                           for _ in range(size)))
        return Model(c, tensors)

    def write(self, folder, header=None, rename=lambda name: name, first=(), tokenizer=None):
        """config.json, model.safetensors and, where given, tokenizer.json in a new folder."""
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True)
        (folder / "config.json").write_text(json.dumps(self.config))
        named = [*first, *((rename(n), t) for n, t in self.tensors.items())]
        (folder / "model.safetensors").write_bytes(safetensors(named, header))
        if tokenizer:
            (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
        return str(folder)

    def get(self, name, default=None):
        return self.tensors[name].rows() if name in self.tensors else default

    def forward(self, ids):
        return Forward(self, ids)


def safetensors(named, header=None, metadata=None):
    """A file's bytes from (name, Tensor or (dtype, shape, bytes)); `header` may rewrite the JSON."""
    entries, body = {}, b""
    if metadata:
        entries["__metadata__"] = metadata
    for name, tensor in named:
        dtype, shape, data = tensor if isinstance(tensor, tuple) else (
            tensor.dtype, tensor.shape, tensor.bytes())
        entries[name] = {"dtype": dtype, "shape": shape,
                         "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(entries, separators=(",", ":")).encode()
    if header:
        text = header(text)
    return struct.pack("<Q", len(text)) + text + body


def read_safetensors(data):
    """{name: (shape, numbers)} of a file of F32."""
    size = struct.unpack("<Q", data[:8])[0]
    body = data[8 + size:]
    tensors = {}
    for name, entry in json.loads(data[8:8 + size]).items():
        if name != "__metadata__":
            assert entry["dtype"] == "F32", entry
            a, b = entry["data_offsets"]
            tensors[name] = (entry["shape"], struct.unpack(f"<{(b - a) // 4}f", body[a:b]))
    return tensors


def times(vector, matrix):
    """A row vector times a matrix given by its rows."""
    return [sum(x * row[j] for x, row in zip(vector, matrix)) for j in range(len(matrix[0]))]


def add(*vectors):
    return [sum(xs) for xs in zip(*vectors)]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def softmax(scores):
    top = max(scores)
    e = [math.exp(s - top) for s in scores]
    return [x / sum(e) for x in e]


def log_softmax(logits):
    top = max(logits)
    total = math.log(sum(math.exp(x - top) for x in logits))
    return [x - top - total for x in logits]


class Forward:
    """TransformerLens's conventions (row vectors), written as one would for one position."""

    def __init__(self, model, ids):
        self.model, self.c = model, model.config
        c, get = self.c, model.get
        W_E, W_pos = get("embed.W_E"), get("pos_embed.W_pos")
        self.standard = c["positional_embedding_type"] == "standard"
        self.positions = W_pos
        self.embedding = [add(W_E[t], W_pos[i]) if self.standard else W_E[t]
                          for i, t in enumerate(ids)]
        self.patterns, self.scores, self.sigma = {}, {}, {}
        stream = self.embedding
        for layer in range(c["n_layers"]):
            stream = self.layer(layer, stream)
        self.logits = []
        for i, x in enumerate(stream):
            x, self.sigma["final", i] = self.norm("ln_final", x)
            logits = times(x, get("unembed.W_U"))
            self.logits.append(add(logits, get("unembed.b_U", [0.0] * len(logits))))

    def norm(self, name, x):
        if self.c["normalization_type"] is None:
            return x, 1.0
        mean = sum(x) / len(x)
        sigma = math.sqrt(sum((v - mean) ** 2 for v in x) / len(x) + self.c.get("eps", 1e-5))
        w = self.model.get(name + ".w", [1.0] * len(x))
        b = self.model.get(name + ".b", [0.0] * len(x))
        return [(v - mean) / sigma * wi + bi for v, wi, bi in zip(x, w, b)], sigma

    def layer(self, layer, stream):
        c, get = self.c, self.model.get
        at = f"blocks.{layer}.attn."
        normed = []
        for i, x in enumerate(stream):
            y, self.sigma[layer, i] = self.norm(f"blocks.{layer}.ln1", x)
            normed.append(y)
        read = normed if self.standard else [add(x, self.positions[i])
                                             for i, x in enumerate(normed)]
        out = [add(x, get(at + "b_O", [0.0] * len(x))) for x in stream]
        zero = [[0.0] * c["d_head"]] * c["n_heads"]
        for h in range(c["n_heads"]):
            def project(x, letter):
                return add(times(x, get(at + "W_" + letter)[h]), get(at + "b_" + letter, zero)[h])
            q, k = ([project(x, letter) for x in read] for letter in "QK")
            v = [project(x, "V") for x in normed]
            scale = c.get("attn_scale", math.sqrt(c["d_head"]))
            scores = [[dot(q[i], k[j]) / scale for j in range(i + 1)] for i in range(len(q))]
            pattern = [softmax(row) for row in scores]
            self.scores[layer, h], self.patterns[layer, h] = scores, pattern
            for i, row in enumerate(pattern):
                z = add(*([a * x for x in v[j]] for j, a in enumerate(row)))
                out[i] = add(out[i], times(z, get(at + "W_O")[h]))
        return out

    def log_probs(self, position):
        return log_softmax(self.logits[position])

    def losses(self, ids):
        return [-self.log_probs(i)[t] for i, t in enumerate(ids[1:])] + [None]

    def sources(self, path, position, target):
        """What a path of heads brings to a logit from each position: models without LayerNorm."""
        assert self.c["normalization_type"] is None
        weights = [1.0 if i == position else 0.0 for i in range(position + 1)]
        for layer, h in reversed(path):
            pattern = self.patterns[layer, h]
            weights = [sum(w * pattern[i][j] for i, w in enumerate(weights) if j <= i)
                       for j in range(position + 1)]
        W_U = self.model.get("unembed.W_U")
        result = []
        for j in range(position + 1):
            x = self.embedding[j]
            for layer, h in path:
                at = f"blocks.{layer}.attn."
                x = times(times(x, self.model.get(at + "W_V")[h]), self.model.get(at + "W_O")[h])
            result.append(weights[j] * dot(x, [row[target] for row in W_U]))
        return result


def byte_alphabet():
    """Each byte's character in byte-level BPE."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in printable]
    return {**{b: chr(b) for b in printable}, **{b: chr(256 + i) for i, b in enumerate(others)}}


def byte_tokenizer(merges=(), pairs=False, normalizer=None):
    """A tokenizer.json whose first 256 tokens are the bytes, in order, then one token a merge.
    Merges are texts such as ("th", "e"), or bytes; `pairs` writes them as lists."""
    alphabet = byte_alphabet()
    spell = lambda text: "".join(alphabet[b] for b in (
        text if isinstance(text, bytes) else text.encode()))
    vocab = {alphabet[b]: b for b in range(256)}
    spelled = [(spell(a), spell(b)) for a, b in merges]
    for a, b in spelled:
        vocab[a + b] = len(vocab)
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True,
             "use_regex": True}
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
            "normalizer": normalizer, "pre_tokenizer": level, "post_processor": None,
            "decoder": level,
            "model": {"type": "BPE", "dropout": None, "unk_token": None,
                      "continuing_subword_prefix": None, "end_of_word_suffix": None,
                      "fuse_unk": False, "byte_fallback": False, "vocab": vocab,
                      "merges": [list(m) if pairs else " ".join(m) for m in spelled]}}
