"""Runs the program and says what is wrong with its answers."""
import json
import pathlib
import subprocess
import unicodedata


REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


class Failure(Exception):
    pass


def expect(condition, message):
    if not condition:
        raise Failure(message)


class Answer:
    def __init__(self, arguments, code, out, err):
        self.arguments, self.code, self.out, self.err = arguments, code, out, err

    def __str__(self):
        return f"{' '.join(map(repr, self.arguments))}: exit {self.code}: {self.err or self.out[:300]}"


class Program:
    def __init__(self, binary, folder):
        self.binary, self.folder, self.made = binary, pathlib.Path(folder), 0

    def path(self, name="model"):
        """A new place for a test's files."""
        self.made += 1
        return self.folder / f"{self.made}-{name}"

    def run(self, *arguments, stdin=b"", env=None):
        done = subprocess.run([self.binary, *arguments], input=stdin, capture_output=True,
                              timeout=900, env=env, cwd=REPOSITORY)  # a busy machine is no failure
        return Answer(arguments, done.returncode, done.stdout.decode("utf-8", "strict"),
                      done.stderr.decode("utf-8", "strict"))

    def json(self, *arguments, **options):
        """The answer in strict JSON, on one line."""
        answer = self.run(*arguments, "--json", **options)
        expect(answer.code == 0, str(answer))
        expect(answer.out.count("\n") == 1 and answer.out.endswith("\n"), f"not one line: {answer}")
        def refuse(constant):
            raise Failure(f"{constant} is no JSON: {answer}")
        return json.loads(answer.out, parse_constant=refuse)

    def text(self, *arguments, **options):
        """The answer for people: at most 100 columns, nothing that moves the cursor."""
        answer = self.run(*arguments, **options)
        expect(answer.code == 0, str(answer))
        for line in answer.out.splitlines():
            expect(width(line) <= 100, f"{width(line)} columns: {line!r}")
            expect(not any(unicodedata.category(c) in ("Cc", "Cf") for c in line),
                   f"control characters: {line!r}")
        return answer.out

    def refuses(self, *arguments, names=(), **options):
        """Exit 2, nothing on standard output, one line on standard error that has these words."""
        answer = self.run(*arguments, **options)
        expect(answer.code == 2 and answer.out == "", str(answer))
        expect(answer.err.count("\n") == 1 and answer.err.endswith("\n"), f"not one line: {answer}")
        expect(not any(unicodedata.category(c) == "Cc" for c in answer.err[:-1]),
               f"control characters: {answer}")
        for name in names:
            expect(name in answer.err, f"does not name {name!r}: {answer}")


def width(line):
    """Columns on a terminal."""
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def near(have, want, tolerance, where=""):
    """Nested lists and objects of numbers; null equals null only."""
    if isinstance(want, list):
        expect(isinstance(have, list) and len(have) == len(want), f"{where}: not {len(want)} items")
        for i, (a, b) in enumerate(zip(have, want)):
            near(a, b, tolerance, f"{where}[{i}]")
    elif want is None:
        expect(have is None, f"{where}: {have}, expected null")
    else:
        expect(have is not None and abs(have - want) <= tolerance * max(1, abs(want)),
               f"{where}: {have}, expected {want}")


def has_keys(json, keys, where):
    expect(sorted(json) == sorted(keys), f"{where} has the keys {sorted(json)}, expected {keys}")


def ids_of(tokens):
    return [t["id"] for t in tokens]
