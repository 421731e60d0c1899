#!/usr/bin/env python3
"""Counts a corpus's bigrams and measures the best smoothed bigram model on held-out texts.

    bigrams.py TOKENIZER.json TRAIN.txt VALID.txt OWN.txt OUT.json

What the model is held to: modified Kneser-Ney (Chen and Goodman 1998, section 3), interpolated,

    p(b | a) = (c(a,b) - D(c(a,b))) / c(a) + left(a) p(b),    left(a) = sum over b of D(c(a,b)) / c(a)

where D is D1, D2 or D3+ for a count of 1, 2 or more, set by the counts of counts and not tuned, and
p(b) is the share of b among all distinct pairs, with D = 0.75 of each spread over the vocabulary.
The format of OUT.json is in ../data/README.md.
"""
import hashlib
import json
import sys

import numpy as np
from tokenizers import Tokenizer

N_CTX = 256
COMMONEST = 1000
LEAST_COUNT = 10
PIECE = 4 << 20  # bytes encoded at a time, as `pathscope train` does


def tokens_of(tokenizer, data):
    """The ids of a text, encoded in pieces cut at line ends: the stream that training sees."""
    ids, start = [], 0
    while start < len(data):
        end = min(len(data), start + PIECE)
        if end < len(data):
            end = data.rfind(b"\n", start, end + 1) + 1 or end
        ids.append(np.array(tokenizer.encode(data[start:end].decode()).ids, dtype=np.int64))
        start = end
    return np.concatenate(ids)


def pair_counts(ids, d_vocab):
    """counts[a, b]: how often token b follows token a."""
    pairs = ids[:-1] * d_vocab + ids[1:]
    return np.bincount(pairs, minlength=d_vocab * d_vocab).reshape(d_vocab, d_vocab)


def kneser_ney_discounts(counts):
    """D(0), D1, D2, D3+."""
    n1, n2, n3, n4 = (np.count_nonzero(counts == times) for times in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    return np.array([0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])


def kneser_ney_loss(counts, first, second):
    """Mean of -log p(second | first), in nats."""
    discounts = kneser_ney_discounts(counts)
    firsts_of = np.count_nonzero(counts, axis=0)  # distinct tokens seen before each token
    kept = np.maximum(firsts_of - 0.75, 0)
    lower = (kept + (firsts_of - kept).sum() / len(kept)) / firsts_of.sum()
    totals = counts.sum(axis=1)
    by_count = [np.count_nonzero(counts == 1, axis=1), np.count_nonzero(counts == 2, axis=1),
                np.count_nonzero(counts >= 3, axis=1)]
    seen = np.maximum(totals, 1)
    left = np.where(totals > 0, discounts[1:] @ by_count / seen, 1)
    pair = counts[first, second]
    probability = (pair - discounts[np.minimum(pair, 3)]) / seen[first] + left[first] * lower[second]
    return -np.log(probability).mean()


def windows(ids):
    """First and second token of every prediction: windows of N_CTX, the last incomplete one out."""
    whole = ids[:len(ids) // N_CTX * N_CTX].reshape(-1, N_CTX)
    return whole[:, :-1].ravel(), whole[:, 1:].ravel()


def main():
    if len(sys.argv) != 6:
        raise SystemExit(__doc__)
    tokenizer_text, train, valid, own = (open(path, "rb").read() for path in sys.argv[1:5])
    tokenizer = Tokenizer.from_str(tokenizer_text.decode())
    ids = tokens_of(tokenizer, train)
    counts = pair_counts(ids, tokenizer.get_vocab_size())
    valid_pairs, own_pairs = (windows(tokens_of(tokenizer, text)) for text in (valid, own))

    commonest = np.argsort(-counts.sum(axis=1), kind="stable")[:COMMONEST]
    rows = []
    for token in commonest:
        nexts = np.sort(commonest[counts[token, commonest] >= LEAST_COUNT])
        rows.append(np.stack([nexts, counts[token, nexts]], axis=1).ravel().tolist())
    sha256 = lambda data: hashlib.sha256(data).hexdigest()
    head = {
        "tokenizer_sha256": sha256(tokenizer_text),
        "corpus_sha256": sha256(train), "corpus_tokens": len(ids),
        "valid_sha256": sha256(valid), "valid_predictions": len(valid_pairs[0]),
        "valid_loss": round(float(kneser_ney_loss(counts, *valid_pairs)), 4),
        "own_sha256": sha256(own), "own_predictions": len(own_pairs[0]),
        "own_loss": round(float(kneser_ney_loss(counts, *own_pairs)), 4),
        "loss_of": "interpolated modified Kneser-Ney, discounts "
                         + ", ".join(f"{d:.3f}" for d in kneser_ney_discounts(counts)[1:]),
        "least_count": LEAST_COUNT,
        "tokens": commonest.tolist(), "totals": counts.sum(axis=1)[commonest].tolist()}
    compact = {"separators": (",", ":")}
    lines = [f"{json.dumps(key)}:{json.dumps(value, **compact)}" for key, value in head.items()]
    lines.append('"next":[\n' + ",\n".join(json.dumps(row, **compact) for row in rows) + "\n]")
    with open(sys.argv[5], "w", encoding="utf-8") as out:
        out.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
