"""The Markdown that compare.py writes: two tables, and what they were made on.

Contestants are those of compare.py; the others are compared with the first.
"""

import datetime
import os
import platform
import statistics
import sys


def markdown(all_contestants, given, sizes):
    """Everything measured so far; sizes are the batch sizes of inference."""
    rounds = max((len(c.results) for c in all_contestants), default=0)
    parts = [
        f"Training, batch {given.batch_size}, a whole step: gathering the batch, forward, backward,"
        " Adam.",
        training_table(all_contestants, given.batch_size),
        "Inference, µs a sample by batch size, and how many times Rondo's.",
        inference_table(all_contestants, sizes),
        *remarks(all_contestants),
        f"{cpu()}, {given.threads} of {os.cpu_count()} cores, {platform.system()}; float32;"
        f" medians of {rounds} round{'' if rounds == 1 else 's'}, ratios within a round with their"
        f" range. {datetime.date.today()}.",
        f"`{command_line()}`",
    ]
    return "\n\n".join(parts) + "\n"


def training_table(all_contestants, batch_size):
    base = all_contestants[0]
    rows = []
    for c in all_contestants:
        times = {r: result.step_ms for r, result in c.results.items() if result.step_ms}
        if times:
            step = statistics.median(times.values())
            cells = [
                digits(step),
                f"{batch_size / step * 1e3:,.0f}",
                ratio(times, {r: result.step_ms for r, result in base.results.items()}),
            ]
        else:
            cells = [absence(c, "no training"), "", ""]
        rows.append([c.label, c.version, *cells])
    return table(["", "version", "ms a step", "samples/s", f"× {base.label}"], rows)


def inference_table(all_contestants, sizes):
    base = all_contestants[0]
    header = ["", "version"]
    for size in sizes:
        header += [f"batch {size}", "×"]
    rows = []
    for c in all_contestants:
        cells = []
        for size in sizes:
            times = sample_times(c, size)
            if times:
                cells.append(digits(statistics.median(times.values())))
                cells.append(ratio(times, sample_times(base, size)))
            else:
                cells += ["", ""]
        if not c.results:
            cells[0] = absence(c, "")
        rows.append([c.label, c.version, *cells])
    return table(header, rows)


def sample_times(contestant, size):
    return {
        r: result.sample_us[size]
        for r, result in contestant.results.items()
        if size in result.sample_us
    }


def ratio(times, base_times):
    """The median of the ratios within rounds, and their range."""
    ratios = [times[r] / base_times[r] for r in times if base_times.get(r)]
    if not ratios:
        return ""
    middle = f"{statistics.median(ratios):.2f}"
    if min(ratios) == max(ratios):
        return middle
    return f"{middle} ({min(ratios):.2f} to {max(ratios):.2f})"


def absence(contestant, otherwise):
    """Why there is no time."""
    if contestant.results:
        return otherwise
    return contestant.failure or "not run yet"


def remarks(all_contestants):
    """What failed though it has results, and what the contestants tell of themselves."""
    found = []
    for c in all_contestants:
        if c.results and c.failure:
            found.append(f"{c.label} failed later: {c.failure}")
        if not c.results:
            continue
        notes = list(c.results.values())[-1].notes
        if "ratio_to_floor" in notes:
            found.append(
                f"{c.label}: a training step takes {notes['ratio_to_floor']:.2f} times what its"
                " matrix products alone would take at the machine's peak"
                + f" of {notes['gemm_peak_gflops']:.0f} GFLOP/s." * ("gemm_peak_gflops" in notes)
            )
        if "inference" in notes:
            calls = ", ".join(f"{size}: {call}" for size, call in notes["inference"].items())
            found.append(f"{c.label}, fastest call by batch size: {calls}.")
    return found


def table(header, rows):
    """A Markdown table; the first two columns are text, the others numbers."""
    lines = [header, ["---"] * 2 + ["---:"] * (len(header) - 2), *rows]
    return "\n".join("| " + " | ".join(cell(c) for c in line) + " |" for line in lines)


def cell(text):
    return " ".join(str(text).split()).replace("|", "\\|")


def digits(value):
    """Three digits that count, none of them after the point where there are more before it."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def cpu():
    """The processor's name."""
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def command_line():
    """How this was called; of absolute paths only the last part, as others have other folders."""

    def shortened(word):
        option, equals, value = word.rpartition("=")
        if os.path.isabs(value):
            value = f"…/{os.path.basename(value)}"
        return option + equals + value

    words = ["examples/benchmarks/compare.py", *sys.argv[1:]]
    return "python3 " + " ".join(shortened(word) for word in words)
