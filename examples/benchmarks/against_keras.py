#!/usr/bin/env python3
"""Times an epoch of the article's network in Rondo and in Keras 3 on TensorFlow, in turn, and prints the ratio.

usage: against_keras.py [--rounds N] [--python PYTHON]

The Python given with --python (this one if not) needs keras and tensorflow-cpu:
pip install tensorflow-cpu==2.21.0 keras==3.15.1. Each round runs both programs for two epochs and times
the second from outside, in the same way: from the line that ends the first to the line that ends it.
Training alone is timed, without validation.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DATA = os.path.join(ROOT, "plugins/datasets/src/main/resources/org/rondoml/datasets/mnist")
SAMPLES = 60_000


def second_epoch(command):
    """Seconds from the line that ends the first epoch to the line that ends the second."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    )
    ends, printed = [], []
    for line in process.stdout:
        printed.append(line)
        if re.search(r"\bloss: \d", line):
            ends.append(time.monotonic())
    if process.wait() != 0 or len(ends) != 2:
        sys.exit(f"{' '.join(command)} failed:\n{''.join(printed)}")
    return ends[1] - ends[0]


def main():
    options = argparse.ArgumentParser(description="Times Rondo against Keras 3 on TensorFlow.")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--python", default=sys.executable)
    given = options.parse_args()
    runs = tempfile.TemporaryDirectory()
    programs = {
        "Rondo": ["./rondo", "train", os.path.join(HERE, "mnist-rows.yaml"), "--progress", "plain", "-o"],
        "Keras": [given.python, os.path.join(HERE, "keras_program.py"), DATA, str(SAMPLES)],
    }
    times = {name: [] for name in programs}
    for round_number in range(given.rounds):
        for name, command in programs.items():
            if name == "Rondo":
                command = [*command, os.path.join(runs.name, str(round_number))]
            times[name].append(second_epoch(command))
            print(f"round {round_number + 1}: {name} {times[name][-1]:.1f} s an epoch", flush=True)
    ratios = [k / r for r, k in zip(times["Rondo"], times["Keras"])]
    print()
    print("| | s an epoch (median) |")
    print("|---|---|")
    for name in programs:
        print(f"| {name} | {statistics.median(times[name]):.1f} |")
    print(f"\nKeras takes {statistics.median(ratios):.2f} times as long as Rondo ({min(ratios):.2f} to {max(ratios):.2f}).")


main()
