"""Texts that are what the counts were made of, and sentences out of them."""
import hashlib
import re

from .cell import Cell, Unmeasured

SENTENCES = 100
# A sentence ends after its full stops and the quotes that close there ("Mrs." ends one too).
SENTENCE = re.compile(r"""[^。！？.!?]+[。！？.!?]+[”’"']*""")


def facts_of(models):
    """(What, Cell) for each file whose hash the counts have."""
    files = [("tokenizer_sha256", models.tokenizer), ("own_sha256", models.own),
             ("valid_sha256", models.valid), ("corpus_sha256", models.corpus)]
    facts = []
    for key, file in files:
        if file:
            same = hashlib.sha256(file.read_bytes()).hexdigest() == models.counts[key]
            facts.append((f"{file.name} has the {key} of {models.counts_file.name}",
                          Cell("", "", same)))
    return facts


def sentences_of(file):
    """100 different sentences of 12 to 40 characters, spread evenly over the text."""
    found = [sentence.strip() for line in file.read_text(encoding="utf-8").splitlines()
             for sentence in SENTENCE.findall(line)]
    fit = [sentence for sentence in dict.fromkeys(found) if 12 <= len(sentence) <= 40]
    if len(fit) < SENTENCES:
        raise Unmeasured(f"{file.name} has {len(fit)} sentences of 12 to 40 characters")
    return [fit[i * len(fit) // SENTENCES] for i in range(SENTENCES)]
