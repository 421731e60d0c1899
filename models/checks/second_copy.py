"""What a model and an ideal one-token matcher predict in a sentence typed a second time.

The text is the sentence and, with nothing between, the sentence again. Predictions count from the
first token that begins in the second copy to the last but one token, whose next is the text's last.
The matcher predicts what followed the latest earlier occurrence of the token.
"""
from .cell import Unmeasured
from .texts import SENTENCES, sentences_of


class SecondCopy:
    """Sums over sentences; `once` where the token occurred exactly once before."""

    def __init__(self):
        self.predictions = self.right = self.matched = self.once = self.once_right = 0

    def add(self, ids, guesses, start):
        for i in range(start, len(ids) - 1):
            earlier = [j for j in range(i) if ids[j] == ids[i]]
            right = guesses[i] == ids[i + 1]
            self.predictions += 1
            self.right += right
            self.matched += bool(earlier) and ids[earlier[-1] + 1] == ids[i + 1]
            self.once += len(earlier) == 1
            self.once_right += right and len(earlier) == 1

    def __str__(self):
        return (f"{SENTENCES} sentences twice: {self.predictions} predictions, {self.once} of them "
                "after a token that occurred once before")


def second_copies(model, file):
    sums = SecondCopy()
    for sentence in sentences_of(file):
        answer = model.ask("logits", "--top", "1", "--text", sentence * 2)
        ids = [token["id"] for token in answer["tokens"]]
        guesses = [position["top"][0]["id"] for position in answer["positions"]]
        sums.add(ids, guesses, start_of_second(answer["tokens"], sentence))
    return sums


def start_of_second(tokens, sentence):
    """The first token that begins in the second copy: one may reach over the seam."""
    sizes = [len(bytes_of(token)) for token in tokens]
    if b"".join(map(bytes_of, tokens)) != (sentence * 2).encode():
        raise Unmeasured(f"the tokens are not those of the text {sentence!r}")
    return next(i for i in range(len(tokens)) if sum(sizes[:i]) >= len(sentence.encode()))


def bytes_of(token):
    return bytes.fromhex(token["bytes"]) if "bytes" in token else token["text"].encode()
