"""The command line, asked once for each question."""
import json
import subprocess

from .cell import Unmeasured


class Program:
    def __init__(self, binary):
        self.binary, self.answers = binary, {}

    def json(self, *arguments):
        if arguments not in self.answers:
            self.answers[arguments] = self.ask(arguments)
        return self.answers[arguments]

    def ask(self, arguments):
        done = subprocess.run([self.binary, *arguments, "--json"], capture_output=True)
        if done.returncode:
            raise Unmeasured(done.stderr.decode("utf-8", "replace").strip()
                             or f"{arguments[0]} ended with status {done.returncode}")
        return json.loads(done.stdout)


class Model:
    """A model folder, and the answers that several rows read."""

    def __init__(self, folder, layers, program):
        self.folder, self.layers, self.program = folder, layers, program

    def ask(self, command, *options):
        return self.program.json(command, "--model", self.folder, *options)

    def loss(self, text):
        return self.ask("loss", "--text-file", text)

    def repeats(self):
        """Random blocks of 64 tokens, twice; heads' scores are the lower of those and of 61."""
        answer = self.ask("induction", "--sequences", "200")
        if answer["length"] != 64:
            raise Unmeasured(f"blocks of {answer['length']} tokens, not 64")
        return answer

    def head_score(self, head, kind):
        return next(h[kind] for h in self.repeats()["heads"] if h["head"] == head)

    def best_head(self, kind, layer=None):
        """The name of the head with the highest score, of one layer or of all."""
        heads = [h for h in self.repeats()["heads"]
                 if layer is None or h["head"].startswith(f"L{layer}H")]
        if not heads:
            raise Unmeasured("the model has no such heads")
        return max(heads, key=lambda h: h[kind])["head"]

    def induction_heads(self):
        """Above layer 0, which reads tokens alone; the threshold is that of `pathscope heads`."""
        return [h["head"] for h in self.repeats()["heads"]
                if h["induction"] > 0.4 and not h["head"].startswith("L0H")]

    def copying(self):
        """Of heads that copy, the score; the threshold is that of `pathscope heads`."""
        return {h["head"]: h["copying"] for h in self.ask("heads")["heads"] if h["copying"] > 0.5}
