"""Makes differences.json of the goldens: direct attribution of differences of logits, by
TransformerLens's logit_attrs: a token's logit against another's, and against the vocabulary's mean.

    transformer_lens_differences.py DIR

DIR holds model folders as transformer_lens_goldens.py makes them, whose expected.json has the text and
the attributions of plain logits.
"""
import json
import pathlib
import sys

import golden_json
import torch
from transformer_lens_import import ActivationCache
from transformer_lens_model import folded, load


def parts(model, cache):
    """What is written into the residual stream, and by whom: part x 1 x position x d_model."""
    embeddings, labels = cache.decompose_resid(layer=0, return_labels=True)
    if model.cfg.positional_embedding_type == "shortformer":
        # TransformerLens lists W_pos here too, which in a shortformer the stream never holds.
        embeddings = embeddings[[labels.index("embed")]]
    direct = embeddings.sum(0, keepdim=True)
    results, names = cache.stack_head_results(return_labels=True)
    bias = model.accumulated_bias(model.cfg.n_layers, include_mlp_biases=False)
    return torch.cat([direct, results, bias.expand_as(direct)]), ["direct", *names, "bias"]


def attribution(model, tokens, position, target, against):
    """Each part's share of a difference of logits; against: a token, or "mean"."""
    logits, cache = model.run_with_cache(tokens)
    stack, names = parts(model, cache)
    other = None if against == "mean" else against
    # logit_attrs takes ln_final and, where the mean is to be left out, that from W_U as it is.
    unembedding = folded(model, center_unembed=other is None)
    cache = ActivationCache(cache.cache_dict, unembedding)
    shares = cache.logit_attrs(stack, target, other)[:, 0, position]
    b_U = unembedding.b_U
    shares[-1] += b_U[target] if other is None else b_U[target] - b_U[other]
    logits = logits[0, position]
    difference = logits[target] - (logits.mean() if other is None else logits[other])
    assert torch.isclose(shares.sum(), difference, atol=1e-9)
    return {
        "position": position,
        "target": target,
        "against": against,
        "logit": difference,
        "parts": dict(zip(names, shares)),
    }


def main(folder):
    for golden in sorted(folder.iterdir()):
        model = load(golden, torch.float64)
        if model.cfg.n_layers == 0:
            continue
        expected = json.loads((golden / "expected.json").read_text())
        tokens = torch.tensor(expected["tokens"])[None]
        places = {(a["position"], a["target"]) for a in expected["attributions"]}
        attributions = [
            attribution(model, tokens, position, target, against)
            for position, target in sorted(places)
            for against in [(target + 1) % model.cfg.d_vocab, "mean"]
        ]
        made_by = golden_json.made_by(pathlib.Path(__file__).name)
        made = {"made_by": made_by, "attributions": attributions}
        golden_json.write(made, golden / "differences.json")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.set_grad_enabled(False)
    torch.set_default_dtype(torch.float64)  # accumulated_bias adds into a tensor of it
    main(pathlib.Path(sys.argv[1]))
