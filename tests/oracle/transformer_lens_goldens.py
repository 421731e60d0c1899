"""Makes the goldens of tests/engine/transformer_lens.test.cpp with TransformerLens itself.

    transformer_lens_goldens.py DIR

Builds random attention-only models and asks TransformerLens what they do. A golden is a model
folder (config.json in TransformerLens's words, model.safetensors: its state_dict as it is) and
expected.json. Weights are float32; TransformerLens computes in float64 here, so that what is expected
is exact to all digits written. Nothing is downloaded.
"""
import json
import math
import pathlib
import sys

import golden_json
import numpy
import torch
from safetensors.torch import save_file
from transformer_lens_cuts import hooks
from transformer_lens_import import HookedTransformer, HookedTransformerConfig

# n_layers, d_model, n_heads, d_head, n_ctx, d_vocab, then what differs from TransformerLens's
# defaults (normalization LN, positions standard, attn_scale sqrt(d_head), eps 1e-5).
MODELS = {
    "zero-layer-standard-LN": ((0, 9, 2, 4, 12, 31), {}),
    "one-layer-shortformer": (
        (1, 10, 1, 7, 12, 37),
        dict(normalization_type=None, positional_embedding_type="shortformer"),
    ),
    "one-layer-shortformer-LN": (
        (1, 17, 7, 3, 13, 30),
        dict(positional_embedding_type="shortformer", attn_scale=3.0),
    ),
    "two-layer-shortformer": (
        (2, 20, 3, 7, 14, 41),
        dict(normalization_type=None, positional_embedding_type="shortformer"),
    ),
    "two-layer-shortformer-LN": (
        (2, 13, 5, 4, 12, 33),
        dict(positional_embedding_type="shortformer", eps=1e-3),
    ),
    "two-layer-standard-LN": ((2, 18, 4, 5, 16, 35), dict(use_attn_scale=False)),
    "three-layer-shortformer-LNPre": (
        (3, 16, 2, 6, 12, 30),
        dict(normalization_type="LNPre", positional_embedding_type="shortformer"),
    ),
    "three-layer-standard": ((3, 11, 3, 8, 13, 32), dict(normalization_type=None, attn_scale=7.5)),
}

# By the number of layers: runs with cuts, each expression as on the command line.
CUTS = {
    0: [],
    1: [["L0H0"], ["L0*>logits"]],
    2: [
        ["L0H1"],
        ["L0H1>L1H0:Q"],
        ["L0H1>L1H0:K"],
        ["L0H1>L1H0:V"],
        ["L0H2>logits"],
        ["L0*>L1H1:K"],
        ["L0H0", "L0H1>*:V", "L1H2>logits"],
    ],
    3: [
        ["L1H1"],
        ["L0H1>L2H0:Q"],
        ["L0H0>L1H1:K"],
        ["L1H0>L2H1:V"],
        ["L0H1>L2H0:V"],
        ["L0H1>*:K"],
        ["L1*>logits", "L0H0>*:Q", "L0H0>L1H1:V", "L1H0>L2H0:K"],
    ],
}


def random_weights(model, generator):
    """Every tensor random and none trivial: biases, and means that LayerNorm must take out."""
    cfg = model.cfg
    deviation = {
        "W_E": 1.0, "W_pos": 0.7, "W_U": 1.5 / math.sqrt(cfg.d_model), "b_U": 0.5,
        "W_Q": 1.2 / math.sqrt(cfg.d_model), "W_K": 1.2 / math.sqrt(cfg.d_model),
        "W_V": 1.0 / math.sqrt(cfg.d_model), "W_O": 1.0 / math.sqrt(cfg.d_head),
        "b_Q": 0.4, "b_K": 0.4, "b_V": 0.4, "b_O": 0.3, "w": 0.3, "b": 0.3,
    }  # fmt: skip
    mean = {"W_E": 0.2, "b_O": 0.2, "w": 1.0}
    with torch.no_grad():
        for name, tensor in model.named_parameters():
            kind = name.split(".")[-1]
            values = generator.standard_normal(tensor.shape) * deviation[kind] + mean.get(kind, 0)
            tensor.copy_(torch.from_numpy(values))


def attributions(model, cache, tokens, positions, targets):
    """Direct effects on logits, by TransformerLens's own decomposition of the residual stream."""
    cfg = model.cfg
    final = model.ln_final if cfg.normalization_type == "LN" else None
    embedding = cache["hook_embed"]
    if cfg.positional_embedding_type == "standard":
        embedding = embedding + cache["hook_pos_embed"]
    parts = [embedding[None]]
    names = ["direct"]
    if cfg.n_layers > 0:
        results, labels = cache.stack_head_results(layer=-1, return_labels=True)
        parts.append(results)
        names += labels
    biases = sum((block.attn.b_O for block in model.blocks), torch.zeros_like(embedding[0, 0]))
    parts.append(biases.expand_as(embedding)[None])
    names.append("bias")
    stack = cache.apply_ln_to_stack(torch.cat(parts), layer=-1)  # centred, over the run's sigma
    if final is not None:
        stack = stack * final.w  # TransformerLens expects w to be folded into W_U
    logits = stack[:, 0] @ model.W_U  # part x position x vocabulary
    logits[-1] += model.b_U + (final.b @ model.W_U if final is not None else 0)
    assert torch.allclose(logits.sum(0), model(tokens)[0], atol=1e-9)

    by_source = effects_of_sources(model, cache, tokens)
    return [
        {
            "position": position,
            "target": target,
            "parts": {name: logits[i, position, target] for i, name in enumerate(names)},
            "sources": by_source[: position + 1, position, target],
        }
        for position in positions
        for target in targets
    ]


def effects_of_sources(model, cache, tokens):
    """source x position x vocabulary: what the logits lose without a source's embedding, with all
    patterns and LayerNorm scales as they were."""
    embeddings = ["hook_embed"]
    if model.cfg.positional_embedding_type == "standard":
        embeddings.append("hook_pos_embed")
    frozen = hooks([], model.cfg, frozen=cache)
    whole = model(tokens)[0]
    effects = []
    for source in range(tokens.shape[1]):

        def forget(embedding, hook):
            embedding = embedding.clone()
            embedding[:, source] = 0
            return embedding

        without = model.run_with_hooks(
            tokens, fwd_hooks=frozen + [(name, forget) for name in embeddings]
        )
        effects.append(whole - without[0])
    return torch.stack(effects)


def lower_triangles(cache, hook, cfg):
    """layer x head x destination: the row up to the destination itself."""
    return [
        [
            [row[: destination + 1] for destination, row in enumerate(cache[hook, layer][0, head])]
            for head in range(cfg.n_heads)
        ]
        for layer in range(cfg.n_layers)
    ]


def make_golden(name, seed, folder):
    shape, differences = MODELS[name]
    keys = ["n_layers", "d_model", "n_heads", "d_head", "n_ctx", "d_vocab"]
    settings = dict(zip(keys, shape), attn_only=True, default_prepend_bos=False, device="cpu")
    settings.update(differences)
    generator = numpy.random.Generator(numpy.random.PCG64(seed))

    def build(dtype):
        cfg = HookedTransformerConfig(**settings, dtype=dtype)
        return HookedTransformer(cfg)

    shipped = build(torch.float32)
    random_weights(shipped, generator)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(shipped.state_dict(), folder / "model.safetensors")
    config = {k: str(v) if k == "dtype" else v for k, v in shipped.cfg.to_dict().items()}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")

    model = build(torch.float64)
    model.load_state_dict(shipped.state_dict())
    model.set_use_attn_result(True)
    model.set_use_split_qkv_input(True)
    cfg = model.cfg

    ids = generator.integers(cfg.d_vocab, size=cfg.n_ctx - 1)
    ids[-2:] = ids[1:3]  # something said before
    tokens = torch.tensor(ids)[None]
    logits, cache = model.run_with_cache(tokens)
    assert logits.dtype == torch.float64
    n = len(ids)
    positions = [0, n // 2, n - 1]
    targets = [int(logits[0, -1].argmax()), int(ids[0])]
    runs = []
    for cuts in CUTS[cfg.n_layers]:
        patterns_only = all(cut.endswith((":Q", ":K")) for cut in cuts)  # nothing, once frozen
        for frozen in [None] if patterns_only else [None, cache]:
            with_cuts = model.run_with_hooks(tokens, fwd_hooks=hooks(cuts, cfg, frozen))
            runs.append({"cut": cuts, "frozen": frozen is not None, "logits": with_cuts[0]})
    golden_json.write(
        {
            "made_by": golden_json.made_by(pathlib.Path(__file__).name, seed=seed),
            "tokens": ids,
            "logits": logits[0],
            "scores": lower_triangles(cache, "attn_scores", cfg),
            "patterns": lower_triangles(cache, "pattern", cfg),
            "attributions": attributions(model, cache, tokens, positions, targets),
            "runs": runs,
        },
        folder / "expected.json",
    )


def make(folder):
    torch.set_grad_enabled(False)
    for seed, name in enumerate(MODELS, start=1):
        make_golden(name, seed, pathlib.Path(folder) / name)
        print(name)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    make(sys.argv[1])
