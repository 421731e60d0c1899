"""Makes heads.json of the goldens: what TransformerLens's head detector says of each head on repeated
random tokens, and TransformerLens's losses there.

    transformer_lens_heads.py DIR

DIR holds model folders as transformer_lens_goldens.py makes them. A score is the detector's "mul": the
share of all of a head's attention, 2 * length rows of it, that lies where such a head would look.
detect_head itself asks for a tokenizer and for fewer than n_ctx tokens, so its two halves are called.
"""
import pathlib
import sys

import golden_json
import torch
from repeated_tokens import blocks
from transformer_lens_import import head_detector, utils
from transformer_lens_model import load

SEED, SEQUENCES = 1, 20
LOOKS = {
    "induction": head_detector.get_induction_head_detection_pattern,
    "previous_token": head_detector.get_previous_token_head_detection_pattern,
    "duplicate_token": head_detector.get_duplicate_token_head_detection_pattern,
}


def detected(patterns, tokens, look):
    """The mean score of a head's patterns, sequence x destination x source."""
    scores = [
        head_detector.compute_head_attention_similarity_score(
            pattern,
            detection_pattern=look(ids[None]),
            exclude_bos=False,
            exclude_current_token=False,
            error_measure="mul",
        )
        for pattern, ids in zip(patterns, tokens)
    ]
    return sum(scores) / len(scores)


def repeated(model, length):
    cfg = model.cfg
    drawn = blocks(SEED, SEQUENCES, cfg.d_vocab, length)
    tokens = torch.tensor(drawn).repeat(1, 2)
    logits, cache = model.run_with_cache(tokens)
    losses = model.loss_fn(logits, tokens, per_token=True)
    right = utils.lm_accuracy(logits, tokens, per_token=True).double()
    return {
        "length": length,
        "blocks": drawn,
        "loss_first": losses[:, : length - 1].mean(),
        "loss_second": losses[:, length:].mean(),
        "accuracy_second": right[:, length:].mean(),
        "loss_by_position": losses.mean(0),
        "heads": {
            f"L{layer}H{head}": {
                kind: detected(cache["pattern", layer][:, head], tokens, look)
                for kind, look in LOOKS.items()
            }
            for layer in range(cfg.n_layers)
            for head in range(cfg.n_heads)
        },
    }


def main(folder):
    for golden in sorted(folder.iterdir()):
        model = load(golden, torch.float64)
        if model.cfg.n_layers == 0:
            continue
        length = min(64, model.cfg.n_ctx // 2)
        made_by = golden_json.made_by(pathlib.Path(__file__).name, seed=SEED)
        lengths = [repeated(model, length), repeated(model, length - 3)]
        golden_json.write({"made_by": made_by, "repeated": lengths}, golden / "heads.json")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.set_grad_enabled(False)
    main(pathlib.Path(sys.argv[1]))
