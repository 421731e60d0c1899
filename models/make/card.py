#!/usr/bin/env python3
"""Writes the model cards of a language from what was trained and measured:

    models/check --set en --valid valid.txt --corpus train.txt --markdown > table.md
    models/make/card.py en table.md --machine "two cores of ..."

Reads each model's train.json, config.json and log.jsonl, and models/data's hashes.
"""
import argparse
import hashlib
import json
import pathlib

MODELS = pathlib.Path(__file__).resolve().parents[1]
NAMES = {"zero-layer": "no layers", "one-layer": "one layer", "two-layer": "two layers"}
WHAT = {
    "zero-layer": "Embedding and unembedding alone: the token before decides, and W_U W_E comes near "
                  "the bigram statistics of the text.",
    "one-layer": "One attention layer and nothing else: bigrams and skip-trigrams, and copying of what "
                 "stood before; no induction.",
    "two-layer": "Two attention layers and nothing else. Heads of the first compose with heads of the "
                 "second: induction.",
}
TEXTS = {
    "en": """74.2 MB (20.9 M tokens) of public-domain English prose: 161 Project Gutenberg texts (authors
dead before 1955), 170 documents from 8 Standard Ebooks repositories (CC0), 121 State of the Union and
inaugural addresses (US government works). Held out: 16 whole works. Mostly 19th- and early
20th-century fiction, with the words and attitudes of its time; ASCII only. The texts are in the
public domain in the USA; elsewhere it depends on the country.""",
    "zh": """22.0 MB (7.3 M characters) of Chinese prose in simplified characters: modern prose of the 1910s
to 1940s (26 %), vernacular classics (46 %), national laws of the PRC (19 %), government work reports
(9 %). Held out: 9 whole works. Two thirds are fiction and essays from before 1946, with the spelling,
words and views of their time; laws and reports are the only modern part. The authors died in 1945 or
before, laws and reports are outside copyright in the PRC (Copyright Law, art. 5).""",
}
LIMITS = """It writes no sensible text: it is made to be looked at, not used. It knows no facts and no
style but that of its texts, and repeats their prejudices. It sees at most 256 tokens."""


def share(part):
    return f"{100 * part:.0f} %"


def training(config, last):
    tokens, steps, batch = last["tokens"], config["steps"], config["batch"]
    text = (f"{tokens / 1e6:.1f} M tokens in {steps:,} steps of {batch} x {config['model']['n_ctx']}, "
            f"{last['seconds'] / 60:.0f} minutes of wall time, seed {config['seed']}, float32")
    if "repeat_share" in config:
        first, then = config["repeat_share"]
        anneal = config["repeat_anneal"]
        mean = (first + then) / 2 * anneal + then * (1 - anneal)
        text += (f"; of the sequences {share(mean)} synthetic repetition ({share(first)} at first, "
                 f"{share(then)} from {share(anneal)} of the run on)")
    return text


def parameters(model):
    head = 4 * model["d_model"] * model["d_head"]
    count = (2 * model["d_vocab"] * model["d_model"] + model["n_ctx"] * model["d_model"]
             + model["n_layers"] * model["n_heads"] * head)
    return f"{count / 1e6:.2f} M parameters"


def card(language, name, table, machine):
    folder = MODELS / ("zh" if language == "zh" else "") / name
    config = json.loads((folder / "train.json").read_text())
    model = config["model"]
    last = json.loads((folder / "log.jsonl").read_text().splitlines()[-1])
    weights = (folder / "model.safetensors").read_bytes()
    data = json.loads((MODELS / f"data/{language}-bigrams.json").read_text())
    title = {"en": "English", "zh": "Chinese"}[language]
    path = folder.relative_to(MODELS.parent)
    heads = f", {model['n_heads']} heads of {model['d_head']}" if model["n_layers"] else ""
    return f"""# {title}, {NAMES[name]}

{WHAT[name]} A small transformer of the kind studied in "A Mathematical Framework for Transformer
Circuits": no MLP, no LayerNorm, no biases; positions are "shortformer" (W_pos is added to the inputs of
queries and keys only). Trained by Pathscope's own `pathscope train`.

| | |
|---|---|
| shape | {model['n_layers']} layers, d_model {model['d_model']}{heads}, context {model['n_ctx']}, vocabulary {model['d_vocab']:,}; {parameters(model)} |
| file | `model.safetensors`, F16, {len(weights) / 1e6:.2f} MB, TransformerLens's names, W_U centred; sha256 {hashlib.sha256(weights).hexdigest()} |
| tokenizer | byte-level BPE, that of `models/tokenizer/{language}.json` |
| training | {training(config, last)}; {machine} |
| command | `pathscope train --config {path}/train.json --corpus TRAIN --valid VALID --out DIR` |
| sha256 of TRAIN | {data['corpus_sha256']} |
| sha256 of VALID | {data['valid_sha256']} |
| licence of the weights | MIT, as the repository |

## Texts
{TEXTS[language]}

## What it shows
Measured on the shipped file by `models/check`, in brackets the bound; losses in nats a token. The whole
set stands here, for the models are read beside one another.

{table.strip()}

## What it cannot do
{LIMITS}

How it was trained, what its start is, and what was tried: [TRAINING.md](/models/TRAINING.md).
`log.jsonl` is the run's log, `train.json` its config.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("language", choices=list(TEXTS))
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("--machine", required=True)
    asked = parser.parse_args()
    lines = asked.table.read_text().splitlines()
    table = "\n".join(line for line in lines if not line.startswith("### ") and " passed, " not in line)
    for name in NAMES:
        text = card(asked.language, name, table, asked.machine)
        (MODELS / ("zh" if asked.language == "zh" else "") / name / "README.md").write_text(text)


if __name__ == "__main__":
    main()
