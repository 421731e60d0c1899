"""Goldens as JSON of few digits, with what made them: from golden_json import made_by, write"""
import importlib.metadata
import json
import math
import platform

import numpy
import torch

SIGNIFICANT_DIGITS = 7


def made_by(script, **seed):
    return {
        "script": f"tests/oracle/{script}",
        **seed,
        "transformer_lens": importlib.metadata.version("transformer_lens"),
        "torch": torch.__version__,
        "numpy": numpy.__version__,
        "python": platform.python_version(),
        "computed_in": "float64",
    }


def write(value, path):
    """One row of numbers a line; a complex number is [re, im]."""

    def text(value):
        if hasattr(value, "tolist"):
            value = value.tolist()
        if isinstance(value, complex):
            value = [value.real, value.imag]
        if isinstance(value, float):
            assert math.isfinite(value)
            return f"{value:.{SIGNIFICANT_DIGITS}g}"
        if isinstance(value, dict):
            return "{" + ",\n".join(f"{json.dumps(k)}: {text(v)}" for k, v in value.items()) + "}"
        if isinstance(value, (list, tuple)):
            items = [text(item) for item in value]
            plain = not any(item[:1] in "[{" for item in items)
            return "[" + ("," if plain else ",\n").join(items) + "]"
        return json.dumps(value)

    path.write_text(text(value) + "\n")
