"""Text for people: within 100 columns, nothing invisible, coloured on a terminal only."""
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

from harness import REPOSITORY, expect, width
from models import Model, byte_tokenizer

TEXTS = [
    "The cat sat on the mat. The cat", "", "a", " ", "\n\n\n\t\r\n", "你好，世界。你好，世界",
    "наука 🤗👩‍👩‍👧🇩🇪 e\u0301\u0301 ﬀ", "\x00\x07\x1b[2J\x7f\u202e\u200b\ufeff\ud7ff\U000e0001",
    "int main() { return '\\n'; }", "·\\·", "مرحبا שלום ไทย हिन्दी", "x" * 120 + " " * 120,
    "　全角　\xa0 \u2003\u3000",
]


def models_of(program):
    """The pilot, whose tokens are words; a model of bytes; one whose tokens are long and wide."""
    for words in [[], ["x" * 128, "你好" * 16, " " * 64]]:
        tokenizer = byte_tokenizer(merges_for(words))
        d_vocab = len(tokenizer["model"]["vocab"])
        yield Model.random(4, d_vocab=d_vocab, n_ctx=512).write(program.path(), tokenizer=tokenizer)
    yield "models/two-layer"


def merges_for(words):
    """Merges that make these words, byte by byte."""
    merges = {}
    for word in (w.encode() for w in words):
        for end in range(1, len(word)):
            merges[word[:end + 1]] = word[:end], word[end:end + 1]
    return list(merges.values())


def test_every_command_fits_a_hundred_columns(program):
    for model in models_of(program):
        program.text("info", "--model", model)
        for text in TEXTS:
            options = ["--model", model, "--text-file", "-"]
            data = text.encode("utf-8", "surrogatepass")
            program.text("tokens", *options, stdin=data)
            program.text("logits", *options, stdin=data)
            program.text("attention", *options, stdin=data)
            program.text("attention", *options, "--head", "L1H0", stdin=data)
            if text:
                program.text("paths", *options, stdin=data)
                program.text("paths", *options, "--sources", "--against", "mean", "--top", "40",
                             "--cut", "L0H1", stdin=data)


def test_every_help_fits_a_hundred_columns(program):
    commands = re.findall(r"^  (\S+) ", program.text("--help"), re.MULTILINE)
    expect("skip-trigrams" in commands and "train" in commands, str(commands))
    for command in commands:
        program.text(command, "--help")


def test_tables_of_the_shipped_models_fit(program):
    """Their heads have kinds, their tokens are words, their texts have counts."""
    kinds = set()
    for model in ["models/one-layer", "models/two-layer"]:
        heads = program.json("info", "--model", model)["heads"]
        for head in heads:
            text = program.text("skip-trigrams", "--model", model, "--head", head)
            kinds |= set(re.findall(r"  (copying|spelling)$", text, re.MULTILINE))
        program.text("skip-trigrams", "--model", model, "--head", heads[0], "--source", "300")
        program.text("bigrams", "--model", model, "--id", "300")
        for command in ["heads", "composition", "induction"]:
            program.text(command, "--model", model)
        program.text("induction", "--model", model, "--text", TEXTS[0])
        program.text("importance", "--model", model, "--text", TEXTS[0])
    expect(kinds, "no head of the shipped models has a kind to show")


def test_skip_trigrams_fit_a_narrow_terminal(program):
    heads = [["--head", "L0H1"], ["--head", "L0H7"], ["--head", "L1H0", "--source", "300"]]
    for columns in [60, 77]:
        for head in heads:
            text = on_a_terminal(program, ["skip-trigrams", "--model", "models/two-layer", *head],
                                 columns=columns, NO_COLOR="1")
            for line in text.splitlines():
                expect(width(line) <= columns, f"{width(line)} of {columns} columns: {line!r}")


def test_deep_and_bare_models_fit_too(program):
    deep = Model.random(4, n_layers=6, n_heads=2).write(program.path())
    bare = Model.random(4, n_layers=0).write(program.path())
    symbols = Model.random(4, d_vocab=3)
    symbols.config["symbols"] = ["你", "👩‍👩‍👧", "é"]
    for model in [deep, bare]:
        for command in ["logits", "attention"]:
            program.text(command, "--model", model, "--ids", "1,2,3")
        program.text("paths", "--model", model, "--ids", "1,2,3", "--top", "1000", "--sources")
    program.text("paths", "--model", symbols.write(program.path()), "--text", "你é👩‍👩‍👧你",
                 "--sources", "--top", "100")


def test_blanks_and_what_has_no_shape_are_made_visible(program):
    model = Model.random(4, d_vocab=256, n_ctx=64).write(program.path(), tokenizer=byte_tokenizer())
    lines = program.text("tokens", "--model", model, "--text", "a \n\t\r\x1b\\é").splitlines()[1:]
    shown = [line.split(maxsplit=2)[2] for line in lines]
    expect(shown == ["a", "·", "\\n", "\\t", "\\r", "\\u001b", "\\\\", "\\xc3",
                     "\\xa9  makes é"], str(shown))


def test_columns_stand_under_each_other_in_chinese(program):
    model = Model.random(4, d_vocab=6)
    model.config["symbols"] = ["你", "好", "a", "b", "é", "界"]
    folder = model.write(program.path())
    text = program.text("logits", "--model", folder, "--text", "你好a", "--top", "6")
    places = {width(line[:line.index("%")]) for line in text.splitlines()
              if line.startswith("      ") and "%" in line}
    expect(len(places) == 1, f"the percent signs stand in columns {places}")


def test_the_terms_shown_and_the_rest_add_up_to_the_sum(program):
    model = Model.random(4).write(program.path())
    for top in ["1", "4", "15", "1000"]:
        text = program.text("paths", "--model", model, "--ids", "1,2,3,4", "--top", top)
        rows = text.split("\n\n")[1].splitlines()[1:]
        value = lambda row: float(re.search(r"[+-]\d+\.\d+", row)[0])
        total = next(value(r) for r in rows if r.startswith("sum"))
        parts = [value(r) for r in rows if not r.startswith(("sum", "logit", "error"))]
        expect(len(parts) == min(int(top), 16) + (int(top) < 16), f"{len(parts)} rows")
        expect(abs(sum(parts) - total) < 0.001 * (len(parts) + 1), f"{sum(parts)} != {total}")


def test_bars_point_to_their_sign(program):
    model = Model.random(4).write(program.path())
    text = program.text("paths", "--model", model, "--ids", "1,2,3,4", "--top", "16")
    rows = [r for r in text.splitlines() if "│" in r]
    expect(len(rows) == 16 and len({width(r[:r.index("│")]) for r in rows}) == 1, "no common axis")
    for row in rows:
        number, left, right = re.search(r"([+-]\S+)\s+(\S*)│(.*)$", row).groups()
        expect(not (right if number[0] == "-" else left), row)


def on_a_terminal(program, arguments, columns=0, **variables):
    """What the program writes to a terminal, of so many columns where it is told."""
    parent, child = pty.openpty()
    if columns:
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = {**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, "TERM": "xterm", **variables}
    process = subprocess.Popen([program.binary, *arguments], stdout=child, env=env, cwd=REPOSITORY)
    os.close(child)
    text = b""
    try:
        while block := os.read(parent, 65536):
            text += block
    except OSError:  # the other end was closed
        pass
    os.close(parent)
    expect(process.wait() == 0, "exit")
    return text.decode()


def test_colours_are_for_terminals_and_can_be_declined(program):
    model = Model.random(4).write(program.path())
    arguments = ["paths", "--model", model, "--ids", "1,2,3"]
    coloured = on_a_terminal(program, arguments)
    expect("\x1b[" in coloured, "no colour on a terminal")
    plain = program.text(*arguments)
    expect(re.sub(r"\x1b\[\d*m|\r", "", coloured) == plain, "other words on a terminal")
    expect("\x1b" not in on_a_terminal(program, arguments, NO_COLOR="1"), "NO_COLOR")
    expect("\x1b" not in on_a_terminal(program, arguments, TERM="dumb"), "TERM=dumb")
    expect("\x1b" not in on_a_terminal(program, [*arguments, "--json"]), "JSON has colours")
