"""Holds goldens made anew by the transformer_lens_*.py that make them against the kept ones.

    transformer_lens_compare.py MADE KEPT

Weights must be the same bit for bit, numbers up to rounding of the digits written. Other versions of
what made them are told, and are no difference.
"""
import json
import pathlib
import sys

import numpy
from safetensors.numpy import load_file

TOLERANCE = 2e-6  # of numbers written with 7 digits


def differences(made, kept, place):
    """Sentences on where two JSON values differ by more than rounding of what was printed."""
    if isinstance(made, (int, float)) and isinstance(kept, (int, float)):
        if abs(made - kept) > TOLERANCE * max(1, abs(kept)):
            yield f"{place}: made {made}, kept {kept}"
    elif isinstance(made, list) and isinstance(kept, list) and len(made) == len(kept):
        for i, (a, b) in enumerate(zip(made, kept)):
            yield from differences(a, b, f"{place}[{i}]")
    elif isinstance(made, dict) and isinstance(kept, dict) and made.keys() == kept.keys():
        for key in made:
            yield from differences(made[key], kept[key], f"{place}.{key}")
    elif made != kept:
        yield f"{place}: made {made!r:.60}, kept {kept!r:.60}"


def compare(made, kept):
    """Prints what differs; 1 if anything does, else 0."""
    files, kept_files = [
        sorted(p.relative_to(folder) for p in folder.glob("*/*")) for folder in (made, kept)
    ]
    if files != kept_files:
        print("made or kept alone:", *sorted(map(str, set(files) ^ set(kept_files))))
        return 1
    found = []
    for file in files:
        if file.suffix == ".json":
            values = [json.loads((folder / file).read_text()) for folder in (made, kept)]
            versions = [value.pop("made_by", None) for value in values]
            found += differences(*values, file)
            if versions[0] != versions[1]:
                print(f"{file}: made by {versions[0]}, kept are by {versions[1]}")
            continue
        tensors = [load_file(folder / file) for folder in (made, kept)]
        if tensors[0].keys() != tensors[1].keys():
            found.append(f"{file}: other tensors")
            continue
        for tensor in tensors[0]:
            if not numpy.array_equal(tensors[0][tensor], tensors[1][tensor]):
                found.append(f"{file}: {tensor} differs")
    for sentence in found[:20]:
        print(sentence)
    print(f"{len(files)} files compared, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(compare(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
