"""Makes the goldens of tests/engine/tokenizer_goldens.test.cpp with PyPI's tokenizers (the Rust ones).

    tokenizer_goldens.py DIR

NAME.json: a tokenizer.json (the shipped ones by their paths), and texts with their ids, one a line.
characters.json: which code points are letters, numbers ... to the regular expressions of the Rust
tokenizers and to Rust itself: first, last, first, last ...
The same bytes each time with the same version of tokenizers.
"""
import json
import pathlib
import sys

import tokenizer_texts
import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

SEED = 4
SHIPPED = {"english": "models/tokenizer/en.json", "chinese": "models/tokenizer/zh.json"}
MADE_WITH = f"tests/oracle/tokenizer_goldens.py, tokenizers {tokenizers.__version__}, seed {SEED}"

CORPUS = (tokenizer_texts.ENGLISH + tokenizer_texts.OTHERS + tokenizer_texts.CODE) * 3
LLAMA = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
         r"|\s*[\r\n]+|\s+(?!\S)|\s+")
QWEN = LLAMA.replace("{1,3}", "")
O200K = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
         r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
         r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
GPT2 = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
DEEPSEEK = (r"[!-/:-~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+"
            r"|\s+(?!\S)|\s+|.")


def byte_level(prefix=False, regex=True):
    return pre_tokenizers.ByteLevel(add_prefix_space=prefix, use_regex=regex)


def sequence(*parts):
    return pre_tokenizers.Sequence(list(parts))


def split(pattern, behavior="isolated", invert=False):
    return pre_tokenizers.Split(pattern, behavior, invert)


def trained(pre_tokenizer, merges, normalizer=None, added=(), special=(), **model):
    """A tokenizer of 256 bytes, some special tokens, and merges learned from CORPUS."""
    made = Tokenizer(models.BPE(**model))
    made.pre_tokenizer = pre_tokenizer
    if normalizer:
        made.normalizer = normalizer
    trainer = trainers.BpeTrainer(
        vocab_size=256 + len(special) + merges, show_progress=False, special_tokens=list(special),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()))
    made.train_from_iterator(CORPUS, trainer)
    made.add_tokens(list(added))
    return json.loads(made.to_str())


def merges_as_strings(tokenizer):
    tokenizer["model"]["merges"] = [" ".join(pair) for pair in tokenizer["model"]["merges"]]
    return tokenizer


def with_model(tokenizer, **changes):
    tokenizer["model"].update(changes)
    return tokenizer


def with_whole_words(tokenizer):
    """Tokens that no merges lead to."""
    vocab = tokenizer["model"]["vocab"]
    for word in ("Ġlamp", "steps", "Ġthe", "æ²³", "ĠferrymanÃ©", "naÃ¯ve"):
        vocab.setdefault(word, len(vocab))
    return tokenizer


def repeated_merges(tokenizer):
    """Of a merge that stands twice, the second counts."""
    merges = tokenizer["model"]["merges"]
    tokenizer["model"]["merges"] = merges + merges[:20:2]
    return tokenizer


FLAGS = [
    AddedToken("<mask>", lstrip=True, normalized=False),
    AddedToken("<end>", rstrip=True, normalized=False, special=True),
    AddedToken("<both>", lstrip=True, rstrip=True, normalized=True),
    AddedToken("word", single_word=True, normalized=False),
    AddedToken("Word", single_word=True, lstrip=True, rstrip=True, normalized=True),
    AddedToken("foo", normalized=False), AddedToken("foobar", normalized=False),
    AddedToken("oba", normalized=True), AddedToken("cafe\u0301", normalized=True),
    AddedToken("e\u0301e", normalized=False), AddedToken("é", normalized=True),
    AddedToken(" x ", normalized=False), AddedToken("河边", normalized=True),
    AddedToken("👩‍👩", normalized=False), AddedToken("\u3000", rstrip=True, normalized=False),
]
FLAG_PIECES = [t.content for t in FLAGS] + ["wo", "rd", "words", "fo", "bar", "cafe", "caf", "\u0301"]
FLAG_PIECES += ["_", "é", "x", " ", " ", "  ", "\n", "\u200d", "\u0903", "Ⓐ", "1", ".", "\x85", "\ufeff"]


def flag_texts(count):
    rng = tokenizer_texts.random.Random(SEED + 1)
    return [tokenizer_texts.mixture(rng, [FLAG_PIECES], 12) for _ in range(count)]


def texts(of_each, seed):
    return tokenizer_texts.make(SEED + seed, of_each)


def split_variants():
    """Each behavior, as it is and inverted, by a string and by a regular expression."""
    for number, behavior in enumerate(
            ["isolated", "removed", "contiguous", "merged_with_previous", "merged_with_next"]):
        for invert in (False, True):
            pattern = "e" if invert else Regex(r"\s") if number % 2 else " "
            made = trained(sequence(split(pattern, behavior, invert), byte_level(regex=False)), 40)
            rng = tokenizer_texts.random.Random(SEED + number)
            tried = ["e", "ee", " ", "  ", " e", "e ", "the  tree ee sees"] + [
                tokenizer_texts.mixture(rng, [["e", " ", "t", "he", "\n", "ee"]], 12) for _ in range(13)]
            yield f"split-{behavior}{'-inverted' if invert else ''}", made, tried


def sets():
    """Name, tokenizer, texts."""
    edges = ["", " ", "\n", "a", "x" * 5000, "the " * 300, "的" * 300, "\ufeffBOM"]
    yield "english", SHIPPED["english"], edges + texts(100, 2)
    yield "chinese", SHIPPED["chinese"], edges + texts(60, 11)
    digits = pre_tokenizers.Digits(individual_digits=True)
    neox = trained(sequence(digits, byte_level()), 200, normalizers.NFC(),
                   [AddedToken(" " * n, normalized=True) for n in range(24, 1, -1)],
                   special=["<|endoftext|>", "<|padding|>"])
    yield "neox-digits", merges_as_strings(neox), ["<|endoftext|>a  b   c<|padding|>"] + texts(12, 3)
    yield "digits-together", trained(sequence(pre_tokenizers.Digits(False), byte_level()), 60), texts(3, 4)
    yield "nfc", trained(byte_level(), 20, normalizers.Sequence([normalizers.NFC()])), [
        t for t in texts(40, 5) if any(m[0] in t for m in tokenizer_texts.MARKS)] + texts(2, 6)
    yield "flags", trained(byte_level(), 60, normalizers.NFC(), FLAGS), flag_texts(150)
    yield "flags-digits", trained(sequence(digits, byte_level()), 30, None, FLAGS), flag_texts(50)
    yield "prefix-space", trained(sequence(digits, byte_level(prefix=True)), 60, added=FLAGS[:2]), (
        texts(3, 7) + flag_texts(20))
    yield "no-regex", trained(byte_level(regex=False), 80), texts(3, 8)
    yield "byte-level-first", trained(sequence(byte_level(), digits, split("Ġ", "merged_with_next")),
                                      30), texts(3, 9)
    for name, pattern in dict(gpt2=GPT2, llama=LLAMA, qwen=QWEN, o200k=O200K, deepseek=DEEPSEEK).items():
        made = trained(sequence(split(Regex(pattern), "isolated"), byte_level(regex=False)), 120)
        yield f"split-by-{name}", made, texts(6, 10)
    yield "ignore-merges", with_whole_words(with_model(trained(byte_level(), 60), ignore_merges=True)), (
        [" lamp", "lamp steps steps", "naïve naïve", "河", " ferrymané"] + texts(2, 11))
    yield "idle-keys", with_model(trained(byte_level(), 40), dropout=0.0, unk_token="a", fuse_unk=True,
                                  byte_fallback=True, continuing_subword_prefix="",
                                  end_of_word_suffix=""), texts(2, 12)
    yield "merges-twice", repeated_merges(trained(byte_level(), 60)), texts(3, 13)
    yield from split_variants()


def ranges(is_member):
    """first, last, first, last ... of the code points."""
    result = []
    for c in range(0x110000):
        if not 0xD800 <= c <= 0xDFFF and is_member(c):
            if result and result[-1] == c - 1:
                result[-1] = c
            else:
                result += [c, c]
    return result


def characters():
    scalars = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]

    def matched(expression):
        kept = set()
        for start in range(0, len(scalars), 4096):
            block = "".join(map(chr, scalars[start:start + 4096]))
            for word, _ in split(Regex(expression), "removed").pre_tokenize_str(block):
                kept.update(map(ord, word))
        return ranges(lambda c: c not in kept)

    digits = pre_tokenizers.Digits(individual_digits=True)
    single = Tokenizer(models.BPE(vocab={"-": 0}, merges=[]))
    single.add_tokens([AddedToken("ab", single_word=True, normalized=False)])
    strip = Tokenizer(models.BPE(vocab={"-": 0}, merges=[]))
    strip.add_tokens([AddedToken("ab", rstrip=True, normalized=False)])
    return {
        **{name: matched(rf"\p{{{name}}}")
           for name in ("L", "N", "M", "P", "S", "Lu", "Ll", "Lt", "Lm", "Lo", "Nd")},
        "White_Space": matched(r"\s"),
        "is_numeric": ranges(lambda c: len(digits.pre_tokenize_str("a" + chr(c) + "a")) == 3),
        "is_word": ranges(lambda c: not single.encode("ab" + chr(c)).ids),
        "is_space": ranges(lambda c: strip.encode("ab" + chr(c)).offsets[0][1] == 3),
    }


def write(path, **content):
    """An object with a line for each key, and for each text."""
    lines = []
    for key, value in content.items():
        if key == "texts":
            rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in value)
            lines.append(f'"texts": [\n{rows}]')
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}")
    path.write_text("{" + ",\n".join(lines) + "}\n")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True)
    write(folder / "characters.json", made_with=MADE_WITH, **characters())
    count = 0
    for name, tokenizer, tried in sets():
        rust = (Tokenizer.from_file(tokenizer) if isinstance(tokenizer, str)
                else Tokenizer.from_str(json.dumps(tokenizer)))
        rows = [[text, rust.encode(text, add_special_tokens=False).ids] for text in tried]
        write(folder / f"{name}.json", made_with=MADE_WITH, tokenizer=tokenizer, texts=rows)
        count += len(rows)
    print(f"{count} texts")


if __name__ == "__main__":
    main()
