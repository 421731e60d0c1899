"""The three models of a language, with the texts and counts that they are held to."""
import json
import pathlib

from .cell import Unmeasured
from .program import Model

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
LANGUAGES = {"en": "English", "zh": "Chinese"}
NAMES = ["zero-layer", "one-layer", "two-layer"]


class ModelSet:
    def __init__(self, language, folder, program, valid=None, corpus=None):
        self.language, self.title = language, LANGUAGES[language]
        self.folder = folder if language == "en" else folder / language
        self.models = {name: Model(self.folder / name, layers, program)
                       for layers, name in enumerate(NAMES)}
        self.own, self.valid, self.corpus = DATA / f"{language}.txt", valid, corpus
        self.other = DATA / ("zh.txt" if language == "en" else "en.txt")
        self.tokenizer = DATA.parent / "tokenizer" / f"{language}.json"
        self.counts_file = DATA / f"{language}-bigrams.json"
        self.counts = json.loads(self.counts_file.read_text())

    def has(self, name):
        return self.models[name].folder.is_dir()

    def __getitem__(self, name):
        if not self.has(name):
            raise Unmeasured(f"there is no model folder {self.folder.name}/{name}")
        return self.models[name]
