"""Makes the goldens of tests/train/pytorch.test.cpp: gradients and 20 steps of AdamW by PyTorch, in
double, for small attention-only models written here as the paper writes them.

    training_goldens.py DIR

Matrices are in the engine's convention (a layer's heads stacked), as lists of rows.
"""
import json
import math
import pathlib
import sys

import torch

N_HEADS, D_HEAD, D_MODEL, D_VOCAB, N_CTX = 2, 3, 7, 11, 9
STEPS, LEARNING_RATE, WEIGHT_DECAY, BETAS, EPS, CLIP = 20, 0.01, 0.1, (0.9, 0.95), 1e-8, 0.5
# Tokens, and the first prediction whose loss counts.
BATCH = [([1, 4, 2, 2, 7, 9, 10, 0, 3, 5], 0), ([8, 3, 6, 8, 3, 6, 8, 3], 3)]


def start(n_layers, generator):
    """Parameters in the engine's order: W_E, W_pos, each layer's W_Q, W_K, W_V, W_O, W_U."""
    heads = N_HEADS * D_HEAD
    shapes = {"W_E": (D_MODEL, D_VOCAB), "W_pos": (D_MODEL, N_CTX)}
    for layer in range(n_layers):
        for name in ("W_Q", "W_K", "W_V"):
            shapes[f"{layer}.{name}"] = (heads, D_MODEL)
        shapes[f"{layer}.W_O"] = (D_MODEL, heads)
    shapes["W_U"] = (D_VOCAB, D_MODEL)
    return {name: (0.6 * torch.randn(shape, generator=generator, dtype=torch.float64)).requires_grad_()
            for name, shape in shapes.items()}


def logits(weights, n_layers, positions, tokens):
    n = len(tokens)
    pos = weights["W_pos"][:, :n]
    x = weights["W_E"][:, tokens]
    if positions == "standard":
        x = x + pos
    future = torch.triu(torch.ones(n, n, dtype=torch.bool), diagonal=1)  # destination x source
    for layer in range(n_layers):
        qk = x + pos if positions == "shortformer" else x
        q, k, v = weights[f"{layer}.W_Q"] @ qk, weights[f"{layer}.W_K"] @ qk, weights[f"{layer}.W_V"] @ x
        z = []
        for head in range(N_HEADS):
            rows = slice(head * D_HEAD, (head + 1) * D_HEAD)
            scores = (q[rows].T @ k[rows] / math.sqrt(D_HEAD)).masked_fill(future, -math.inf)
            z.append(v[rows] @ scores.softmax(dim=1).T)
        x = x + weights[f"{layer}.W_O"] @ torch.cat(z)
    return weights["W_U"] @ x


def mean_loss(weights, n_layers, positions):
    total, counted = 0, 0
    for tokens, first in BATCH:
        log_probabilities = logits(weights, n_layers, positions, tokens[:-1]).log_softmax(dim=0)
        for i in range(first, len(tokens) - 1):
            total = total - log_probabilities[tokens[i + 1], i]
            counted += 1
    return total / counted


def lists(weights):
    return {name: matrix.detach().tolist() for name, matrix in weights.items()}


def golden(n_layers, positions, seed):
    weights = start(n_layers, torch.Generator().manual_seed(seed))
    made = {"torch": torch.__version__, "seed": seed, "n_layers": n_layers, "positions": positions,
            "n_heads": N_HEADS, "d_head": D_HEAD, "d_model": D_MODEL, "d_vocab": D_VOCAB,
            "n_ctx": N_CTX, "learning_rate": LEARNING_RATE, "weight_decay": WEIGHT_DECAY,
            "betas": BETAS, "eps": EPS, "clip": CLIP, "batch": BATCH, "weights": lists(weights)}
    optimizer = torch.optim.AdamW(weights.values(), lr=LEARNING_RATE, betas=BETAS, eps=EPS,
                                  weight_decay=WEIGHT_DECAY)
    made["losses"], made["norms"] = [], []
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = mean_loss(weights, n_layers, positions)
        loss.backward()
        if step == 0:
            # W_pos has no gradient where nothing reads it.
            made["gradient"] = {name: (matrix.grad if matrix.grad is not None
                                       else torch.zeros_like(matrix)).tolist()
                                for name, matrix in weights.items()}
        for matrix in weights.values():
            if matrix.grad is None:
                matrix.grad = torch.zeros_like(matrix)
        made["norms"].append(float(torch.nn.utils.clip_grad_norm_(weights.values(), CLIP)))
        optimizer.step()
        made["losses"].append(loss.item())
    made["weights_after"] = lists(weights)
    return made


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for n_layers, positions, seed in [(0, "shortformer", 1), (1, "standard", 2), (2, "shortformer", 3)]:
        text = json.dumps(golden(n_layers, positions, seed))
        (folder / f"{n_layers}_{positions}.json").write_text(text + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(pathlib.Path(sys.argv[1]))
