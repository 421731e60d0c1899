"""Our cuts, done with TransformerLens's own hooks: what a researcher would write by hand.

A cut is zero ablation of a head's write: everywhere (`L0H3`: its z is zero), in one input of a later
head (`L0H3>L1H5:K`), or in what the logits read (`L0H3>logits`). `*` stands for all heads of a layer
or, after `>`, for all later heads. Written from the design, not from the engine.
"""
import re

HEAD = re.compile(r"L(\d+)(?:H(\d+)|(\*))$")


def heads(name, cfg):
    """'L0H3' or 'L0*' -> [(layer, head)]"""
    layer, head, every = HEAD.match(name).groups()
    return [(int(layer), h) for h in (range(cfg.n_heads) if every else [int(head)])]


def edges(cut, cfg):
    """'L0H3>L1H5:K' -> [((0, 3), (1, 5), 'k')]; ends in None for the logits."""
    earlier, later = cut.split(">")
    found = []
    for source in heads(earlier, cfg):
        if later == "logits":
            found.append((source, None, None))
            continue
        reader, letter = later.split(":")
        readers = (
            [(l, h) for l in range(source[0] + 1, cfg.n_layers) for h in range(cfg.n_heads)]
            if reader == "*"
            else heads(reader, cfg)
        )
        found += [(source, destination, letter.lower()) for destination in readers]
    return found


def hooks(cuts, cfg, frozen=None):
    """Forward hooks for a model with use_attn_result and use_split_qkv_input.

    frozen: a cache of the run without cuts, whose patterns and LayerNorm scales are put in place.
    """
    written = {}  # (layer, head) -> what it wrote in this very run
    found = []

    def remember(layer):
        def hook(result, hook):
            for head in range(cfg.n_heads):
                written[layer, head] = result[:, :, head].clone()

        return hook

    def silence(head):
        def hook(z, hook):
            z[:, :, head] = 0
            return z

        return hook

    def take_from_input(source, head):
        def hook(inputs, hook):
            inputs = inputs.clone()  # TransformerLens gives all heads views of one residual stream
            inputs[:, :, head] -= written[source]
            return inputs

        return hook

    def take_from_residual(source):
        return lambda residual, hook: residual - written[source]

    for layer in range(cfg.n_layers):
        found.append((f"blocks.{layer}.attn.hook_result", remember(layer)))
    for cut in cuts:
        if ">" not in cut:
            for layer, head in heads(cut, cfg):
                found.append((f"blocks.{layer}.attn.hook_z", silence(head)))
            continue
        for source, destination, letter in edges(cut, cfg):
            if destination is None:
                place = f"blocks.{cfg.n_layers - 1}.hook_resid_post"
                found.append((place, take_from_residual(source)))
            else:
                place = f"blocks.{destination[0]}.hook_{letter}_input"
                found.append((place, take_from_input(source, destination[1])))
    if frozen is not None:
        for name, value in frozen.items():
            if name.endswith(("hook_pattern", "hook_scale")):
                found.append((name, lambda _, hook, value=value: value))
    return found
