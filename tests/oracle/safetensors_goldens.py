"""Makes the goldens of tests/engine/safetensors.test.cpp with PyPI's safetensors (the Rust one).

    safetensors_goldens.py DIR

Each NAME.safetensors comes with NAME.json: its metadata, and each tensor's dtype, shape and numbers
as doubles (null for tensors that are no floats). No random numbers, and one key of metadata at most
(their order is not fixed): the same bytes each time.
"""
import json
import pathlib
import struct
import sys

import safetensors

# The format's dtypes that the engine reads, and two that it must step over; as PyPI's names them.
NAMES = {"F32": "float32", "F16": "float16", "BF16": "bfloat16", "F64": "float64", "I64": "int64",
         "BOOL": "bool"}


def pack(dtype, numbers):
    if dtype == "BF16":  # the upper half of a float32; all numbers below are exact in it
        return b"".join(struct.pack("<f", x)[2:] for x in numbers)
    letter = {"F32": "f", "F16": "e", "F64": "d", "I64": "q", "BOOL": "?"}[dtype]
    return struct.pack(f"<{len(numbers)}{letter}", *numbers)


FILES = {
    "mixed": ({}, {
        "half": ("F16", [2, 3], [1.0, -0.5, 65504.0, 2.0**-24, -(2.0**-14), 0.333251953125]),
        "bfloat": ("BF16", [4], [1.0, -3.140625, 2.0**-133, 3.3895313892515355e38]),
        "single": ("F32", [2, 1, 2], [0.5, -2.0**-149, 3.4028234663852886e38, 0.10000000149011612]),
        "double": ("F64", [3], [0.1, -1e-300, 1e38]),
        "number": ("F32", [], [7.0]),
        "nothing": ("F64", [0, 4], []),
    }),
    "odd": ({"note": "\u4e2d\u6587 \"quoted\"\n"}, {
        "mask": ("BOOL", [3], [True, False, True]),
        "blocks.0.attn.W_Q": ("F32", [1, 2], [1.5, 2.5]),
        "steps": ("I64", [1], [-1]),
        "\u540d\u5b57": ("F16", [1], [0.25]),
    }),
    "empty": ({"config": "{}"}, {}),
}


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, (metadata, tensors) in FILES.items():
        stored = {key: {"dtype": NAMES[dtype], "shape": shape, "data": pack(dtype, numbers)}
                  for key, (dtype, shape, numbers) in tensors.items()}
        (folder / f"{name}.safetensors").write_bytes(
            safetensors.serialize(stored, metadata or None))
        expected = {key: {"dtype": dtype, "shape": shape,
                          "numbers": numbers if "F" in dtype else None}
                    for key, (dtype, shape, numbers) in tensors.items()}
        text = json.dumps({"safetensors": safetensors.__version__, "metadata": metadata,
                           "tensors": expected}, indent=1)
        (folder / f"{name}.json").write_text(text + "\n")


main(pathlib.Path(sys.argv[1]))
