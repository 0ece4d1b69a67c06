"""What the Python contestants share: command line, MNIST, the clock, the line they print."""

import argparse
import gzip
import json
import os
import statistics
import sys
import time

import numpy as np

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
MNIST = os.path.join(ROOT, "plugins/datasets/src/main/resources/org/rondoml/datasets/mnist")
BLOCKS = 5  # a value is the median over so many timed blocks


def settings():
    """What compare.py asks of a contestant."""
    options = argparse.ArgumentParser()
    options.add_argument("--batch-size", type=int, default=32, help="of training")
    options.add_argument("--inference", default="1,32,256", help="batch sizes")
    options.add_argument("--threads", type=int, default=os.cpu_count())
    options.add_argument("--seconds", type=float, default=10, help="of a timed part")
    given = options.parse_args()
    given.inference = [int(size) for size in given.inference.split(",")]
    return given


def mnist():
    """The training images as float32 from 0 to 1, and their digits."""
    images = _idx("train-images-idx3-ubyte.gz", offset=16).reshape(-1, 28, 28)
    digits = _idx("train-labels-idx1-ubyte.gz", offset=8)
    return images.astype(np.float32) / np.float32(255), digits.astype(np.int64)


def _idx(name, offset):
    with gzip.open(os.path.join(MNIST, name)) as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset)


def seconds_each(call, seconds):
    """The median time of a call, over blocks of calls that take about so many seconds in all.

    Warm-up comes first: the number of calls doubles until they take as long as a block.
    """
    call()
    count, elapsed = 1, _seconds_of(call, 1)
    while elapsed < seconds / BLOCKS:
        count *= 2
        elapsed = _seconds_of(call, count)
    count = max(1, round(count * seconds / BLOCKS / elapsed))
    return statistics.median(_seconds_of(call, count) / count for _ in range(BLOCKS))


def _seconds_of(call, count):
    start = time.perf_counter()
    for _ in range(count):
        call()
    return time.perf_counter() - start


def best_way(ways, seconds):
    """The name and the time of the fastest of several ways to do the same, by name."""
    times = {name: seconds_each(call, seconds / len(ways)) for name, call in ways.items()}
    name = min(times, key=times.get)
    return name, times[name]


def report(name, version, batch_size, step_seconds, inference_seconds, notes=None):
    """Prints the line that compare.py reads.

    step_seconds is None for who can't train; inference_seconds are those of a call, by batch size.
    """
    line = {"name": name, "version": version}
    if step_seconds is not None:
        line["training"] = {
            "batch": batch_size,
            "ms_per_step": step_seconds * 1e3,
            "us_per_sample": step_seconds * 1e6 / batch_size,
        }
    line["inference"] = {
        str(size): seconds * 1e6 / size for size, seconds in inference_seconds.items()
    }
    if notes:
        line["notes"] = notes
    print(json.dumps(line), flush=True)


def skip(name, reason):
    """Ends the program where this machine can't run it, and says what would lift that."""
    print(json.dumps({"name": name, "skipped": reason}), flush=True)
    sys.exit(0)
