"""A model folder in TransformerLens, as anyone would load it: HookedTransformerConfig from its
config.json, load_state_dict from its model.safetensors. From transformer_lens_model import load, folded
"""
import json

from safetensors.torch import load_file
from transformer_lens_import import HookedTransformer, HookedTransformerConfig


def load(folder, dtype):
    config = json.loads((folder / "config.json").read_text())
    config.setdefault("attn_only", True)
    config["dtype"] = dtype
    config["use_attn_result"] = True
    known = HookedTransformerConfig.__dataclass_fields__
    cfg = HookedTransformerConfig(**{key: config[key] for key in config if key in known})
    model = HookedTransformer(cfg)
    weights = load_file(folder / "model.safetensors")
    missing, unexpected = model.load_state_dict(weights, strict=False)
    # What our files may lack: masks, and biases that are zero.
    for name in missing:
        if name.split(".")[-1] not in ("mask", "IGNORE", "b_Q", "b_K", "b_V", "b_O", "b_U"):
            raise ValueError(f"{folder}: no tensor {name}")
    if unexpected:
        raise ValueError(f"{folder}: TransformerLens does not know {unexpected}")
    return model


def folded(model, center_unembed=False):
    """A copy with LayerNorm's w, b and centring in the weights that read through it, by
    TransformerLens's process_weights_. What heads write is left as it is, as in the paper."""
    settings = model.cfg.to_dict()
    has_norm = model.cfg.normalization_type is not None
    if has_norm:  # TransformerLens folds no LNPre, which is an LN of w 1 and b 0, as it starts
        settings["normalization_type"] = "LN"
    copy = HookedTransformer(HookedTransformerConfig.from_dict(settings))
    copy.load_state_dict(model.state_dict(), strict=False)
    copy.process_weights_(
        fold_ln=has_norm, center_writing_weights=False, center_unembed=center_unembed
    )
    return copy
