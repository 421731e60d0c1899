"""Makes circuits.json of the goldens: TransformerLens's composition scores, and the eigenvalues of
full circuits by its FactoredMatrix.

    transformer_lens_circuits.py DIR

DIR holds model folders as transformer_lens_goldens.py makes them. LayerNorm is folded by
TransformerLens, W_U and what heads write are not centred.
"""
import pathlib
import sys

import golden_json
import torch
from transformer_lens_model import folded, load


def by_place(eigenvalues):
    """In an order that rounding hardly changes: of a pair both real parts are the same bits."""
    return sorted(eigenvalues.tolist(), key=lambda z: (z.real, z.imag))


def heads(model):
    """Rows are what is read and columns what is written, in TransformerLens: all is transposed
    against the paper, which leaves eigenvalues as they are."""
    ov = (model.W_E @ model.OV @ model.W_U).eigenvalues
    qk = (model.W_E @ model.QK @ model.W_E.T).eigenvalues
    copying = ov.sum(-1).real / ov.abs().sum(-1)
    return {
        f"L{layer}H{head}": {
            "ov": by_place(ov[layer, head]),
            "qk": by_place(qk[layer, head]),
            "copying": copying[layer, head],
        }
        for layer in range(model.cfg.n_layers)
        for head in range(model.cfg.n_heads)
    }


def pairs(model):
    """Composition of all heads with those of later layers; qk: the later head's QK circuit that reads
    its keys through the earlier head."""
    cfg = model.cfg
    scores = {letter: model.all_composition_scores(letter) for letter in "QKV"}
    found = []
    for earlier in range(cfg.n_layers):
        for later in range(earlier + 1, cfg.n_layers):
            for e in range(cfg.n_heads):
                for l in range(cfg.n_heads):
                    through = model.QK[later, l] @ model.OV[earlier, e].T
                    found.append(
                        {"earlier": f"L{earlier}H{e}", "later": f"L{later}H{l}"}
                        | {k.lower(): scores[k][earlier, e, later, l] for k in "QKV"}
                        | {"qk": by_place((model.W_E @ through @ model.W_E.T).eigenvalues)}
                    )
    return found


def main(folder):
    for golden in sorted(folder.iterdir()):
        model = folded(load(golden, torch.float64))
        if model.cfg.n_layers == 0:
            continue
        made_by = golden_json.made_by(pathlib.Path(__file__).name)
        circuits = {"made_by": made_by, "heads": heads(model), "pairs": pairs(model)}
        golden_json.write(circuits, golden / "circuits.json")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.set_grad_enabled(False)
    main(pathlib.Path(sys.argv[1]))
