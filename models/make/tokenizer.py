#!/usr/bin/env python3
"""Trains a byte-level BPE tokenizer of 4,096 tokens on a text, with Hugging Face tokenizers.

    tokenizer.py train.txt en.json                        English: plain BPE on GPT-2's pieces
    tokenizer.py zh-train.txt zh.json --characters 3000   Chinese: characters first, then words

Id 0 is <|endoftext|>, ids 1 to 256 are the bytes, the rest are merges in order of rank.

With --characters N the first N merges only build characters, each from its bytes; the rest join
characters to words of 2 to 4. So every common character is a token, and a word is always read as
its characters first. A word is taken when its two parts stand together at least 5 times as often
as chance would have them; no word holds a punctuation mark, a digit, 的 or 了, but …… and —— are
one token each. The result is an ordinary BPE with the same pre-tokenizer as the English one.
"""
import argparse
import functools
import json

from tokenizers import Regex, Tokenizer, decoders, models, trainers
from tokenizers.pre_tokenizers import ByteLevel, Sequence, Split

END = "<|endoftext|>"
SIZE = 4096
BYTES = sorted(ByteLevel.alphabet())
TIMES_CHANCE = 5

gpt2_pieces = ByteLevel(add_prefix_space=False)
plain_bytes = ByteLevel(add_prefix_space=False, use_regex=False)
single_characters = Sequence([Split(Regex(r".|\n"), "isolated"), plain_bytes])
runs_of_characters = Split(Regex(r"……|——|[^\p{Han}]|[的了]"), "isolated")


def merges_of(documents, pre_tokenizer, alphabet, count, longest=None):
    """The first `count` merges of a BPE trained on the pieces that `pre_tokenizer` makes."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(documents, trainers.BpeTrainer(
        vocab_size=len(alphabet) + count, initial_alphabet=alphabet, max_token_length=longest))
    return [tuple(merge) for merge in json.loads(tokenizer.to_str())["model"]["merges"]]


def word_merges(text, documents, characters, count):
    """`count` merges of tokens that are built of `characters`, in the byte alphabet."""
    occurrences = functools.cache(text.count)
    known, chosen = set(characters), []
    for left, right in merges_of(documents, runs_of_characters, sorted(set(text)), 3 * count, 4):
        expected = occurrences(left) * occurrences(right) / len(text)
        parts = tuple(plain_bytes.pre_tokenize_str(part)[0][0] for part in (left, right))
        if known.issuperset(parts) and occurrences(left + right) >= TIMES_CHANCE * expected:
            known.add("".join(parts))
            chosen.append(parts)
    if len(chosen) < count:
        raise SystemExit(f"too little text: {len(chosen)} words found, expected {count}")
    return chosen[:count]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text")
    parser.add_argument("out")
    parser.add_argument("--characters", type=int, metavar="N")
    options = parser.parse_args()

    text = open(options.text, encoding="utf-8", newline="").read()
    documents = text.split(END)
    count = SIZE - 1 - len(BYTES)
    if options.characters:
        merges = merges_of(documents, single_characters, BYTES, options.characters)
        characters = BYTES + [left + right for left, right in merges]
        merges += word_merges(text, documents, characters, count - len(merges))
    else:
        merges = merges_of(documents, gpt2_pieces, BYTES, count)

    tokens = [END] + BYTES + [left + right for left, right in merges]
    tokenizer = Tokenizer(models.BPE(vocab={token: id for id, token in enumerate(tokens)},
                                     merges=merges))
    tokenizer.pre_tokenizer = gpt2_pieces
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([END])
    assert tokenizer.get_vocab_size() == SIZE
    tokenizer.save(options.out, pretty=False)


if __name__ == "__main__":
    main()
