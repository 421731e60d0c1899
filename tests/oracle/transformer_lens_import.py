"""TransformerLens without the packages that it names on import for loading data, for training and for
tables alone, which no oracle does: from transformer_lens_import import HookedTransformer
"""
import importlib.machinery
import sys
import types


class Unused(types.ModuleType):
    """Has a class of any name, for annotations and base classes."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


for unused in ["datasets", "datasets.arrow_dataset", "datasets.load", "wandb", "pandas"]:
    sys.modules[unused] = Unused(unused)
    sys.modules[unused].__spec__ = importlib.machinery.ModuleSpec(unused, None)

from transformer_lens import (  # noqa: E402, F401
    ActivationCache,
    HookedTransformer,
    HookedTransformerConfig,
    head_detector,
    utils,
)
