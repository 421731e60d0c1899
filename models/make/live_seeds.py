#!/usr/bin/env python3
"""How often the page's default live run learns to copy, over seeds, and by which composition:
  models/make/live_seeds.py [--steps N] [--seeds N] [--json]
Each seed trains two layers and one layer with build/native/pathscope, on one thread. A run copies
when accuracy_second reaches 0.9. Which composition carries it is asked of the trained model: a wire
is cut between all heads of layer 0 and all of layer 1, for K, Q or V alone, and then for K between
the best previous-token head and them; what matters makes the accuracy fall below half."""
import argparse
import json
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATHSCOPE = ROOT / "build/native/pathscope"
COPIES = 0.9


def live_config(layers, seed, steps):
    """What web/live_settings.js makes of the controls as they stand at first."""
    return {"model": {"n_layers": layers, "d_model": 32, "n_heads": 2, "d_head": 16, "n_ctx": 32,
                      "d_vocab": 28, "normalization_type": None,
                      "positional_embedding_type": "shortformer"},
            "task": "repeat", "batch": 16, "steps": steps, "learning_rate": 0.01,
            "schedule": "constant", "warmup": 50, "seed": seed, "report_every": 10}


def train(folder, config):
    """The model's folder, and the log's lines."""
    (folder / "train.json").write_text(json.dumps(config))
    model = folder / "model"
    subprocess.run([PATHSCOPE, "train", "--config", folder / "train.json", "--out", model,
                    "--threads", "1"], check=True, stdout=subprocess.DEVNULL)
    return model, [json.loads(line) for line in (model / "log.jsonl").read_text().splitlines()]


def accuracy(model, *cuts):
    options = [option for cut in cuts for option in ("--cut", cut)]
    done = subprocess.run([PATHSCOPE, "induction", "--model", model, "--json", *options],
                          check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["accuracy_second"]


def measure(layers, seed, steps):
    with tempfile.TemporaryDirectory() as name:
        model, log = train(pathlib.Path(name), live_config(layers, seed, steps))
        reached = next((at["step"] for at in log if at["accuracy_second"] > COPIES), None)
        row = {"layers": layers, "seed": seed, "reached": reached,
               "best": max(at["accuracy_second"] for at in log), "end": accuracy(model)}
        if layers < 2:
            return row
        first = [head for head in log[-1]["heads"] if head["head"].startswith("L0")]
        previous = max(first, key=lambda head: head["previous_token"])
        row["previous_head"] = previous["head"]
        row["previous_token"] = previous["previous_token"]
        row["induction"] = max(head["induction"] for head in log[-1]["heads"])
        row["without"] = {wire: accuracy(model, f"L0*>*:{wire}") for wire in "KQV"}
        row["without"]["K of the previous-token head"] = accuracy(model, f"{previous['head']}>*:K")
        row["without"]["K of the others"] = accuracy(
            model, *[f"{head['head']}>*:K" for head in first if head is not previous])
        return row


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--steps", type=int, default=1000)
    options.add_argument("--seeds", type=int, default=20)
    options.add_argument("--json", action="store_true", help="a line for each run, as it ends")
    chosen = options.parse_args()
    rows = []
    for seed in range(1, chosen.seeds + 1):
        for layers in (2, 1):
            rows.append(measure(layers, seed, chosen.steps))
            if chosen.json:
                print(json.dumps(rows[-1]), flush=True)
    summary(rows, chosen.steps)


def summary(rows, steps):
    for layers in (2, 1):
        runs = [row for row in rows if row["layers"] == layers]
        reached = sorted(row["reached"] for row in runs if row["reached"] is not None)
        middle = f", half of them by step {reached[(len(reached) - 1) // 2]}, all by {reached[-1]}" if reached else ""
        print(f"{layers} layers: {len(reached)} of {len(runs)} above {COPIES} within {steps} steps"
              f"{middle}; best {max(row['best'] for row in runs):.2f}, "
              f"at the end {min(row['end'] for row in runs):.2f} to {max(row['end'] for row in runs):.2f}")
    copying = [row for row in rows if row["layers"] == 2 and row["reached"] is not None]
    for wire in ("K", "Q", "V", "K of the previous-token head", "K of the others"):
        falls = sum(row["without"][wire] < row["end"] / 2 for row in copying)
        print(f"without {wire}: {falls} of {len(copying)} fall below half of their accuracy")


if __name__ == "__main__":
    main()
