#!/usr/bin/env python3
"""Times the article's network in Rondo and in others, in turn, and writes a Markdown table.

Each round runs every contestant once, each in a process of its own, so that whatever else the
machine does in that time hits all alike. Ratios are taken within a round; shown is their median and
range. README.md beside this file tells how to install the contestants.
"""

import argparse
import dataclasses
import json
import os
import shlex
import shutil
import subprocess
import sys
import typing

import report

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
MODEL = os.path.join(HERE, "mnist-rows.yaml")
INFERENCE = [1, 32, 256]  # batch sizes
PYTHON_PROGRAMS = {
    "keras3": ("run_keras3.py", "Keras 3"),
    "tf_keras": ("run_tf_keras.py", "tf_keras (Keras 2)"),
    "pytorch-fused": ("run_pytorch_fused.py", "PyTorch, nn.LSTM (tanh)"),
    "pytorch-written-out": ("run_pytorch_written_out.py", "PyTorch, written out"),
    "pytorch-compiled": ("run_pytorch_compiled.py", "PyTorch, torch.compile"),
    "onnxruntime": ("run_onnxruntime.py", "ONNX Runtime"),
}
NAMES = ["rondo", *PYTHON_PROGRAMS, "dl4j"]


class Failed(Exception):
    """A contestant that gave no times; the text says why."""


@dataclasses.dataclass
class Result:
    """What one run of a contestant measured."""

    version: str
    step_ms: typing.Optional[float] = None  # None: does not train
    sample_us: dict = dataclasses.field(default_factory=dict)  # by batch size
    notes: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Contestant:
    """How to run one, and what came of it."""

    name: str
    label: str
    command: list
    parse: typing.Callable[[dict], Result]  # of what the program prints
    environment: dict = dataclasses.field(default_factory=dict)
    prepare: typing.Callable[[], None] = lambda: None
    results: dict = dataclasses.field(default_factory=dict)  # by round
    failure: str = ""

    def run(self, timeout):
        """Runs the program once."""
        self.prepare()
        return self.parse(last_json(self.command, self.environment, timeout))

    @property
    def version(self):
        return next((r.version for r in self.results.values()), "")


# ---- running


def last_json(command, environment, timeout):
    """The JSON object that a program prints: all of its output, or the last line that is one."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **environment},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            timeout=timeout,
        )
    except OSError as e:
        raise Failed(f"{os.path.basename(command[0])} can't be run: {e.strerror}")
    except subprocess.TimeoutExpired:
        raise Failed(f"not done after {timeout:g} s")
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        raise Failed(f"{last_line(done.stderr)} (exit status {done.returncode})")
    for text in [done.stdout, *reversed(done.stdout.splitlines())]:
        try:
            found = json.loads(text)
        except ValueError:
            continue
        if isinstance(found, dict):
            return found
    sys.stderr.write(done.stdout + done.stderr)
    raise Failed("printed no JSON object")


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"


def parse_line(line):
    """The result of a program of contestants/ or dl4j/."""
    if "skipped" in line:
        raise Failed(line["skipped"])
    return Result(
        version=line["version"],
        step_ms=line.get("training", {}).get("ms_per_step"),
        sample_us={int(k): v for k, v in line["inference"].items()},
        notes=line.get("notes", {}),
    )


def parse_rondo(printed):
    """The result of `rondo bench --format json`; all that is known of its form is here."""
    training = printed["training"]
    wanted = ["ratio_to_floor"]
    notes = {key: training[key] for key in wanted if training.get(key) is not None}
    if printed.get("gemm_peak_gflops") is not None:
        notes["gemm_peak_gflops"] = printed["gemm_peak_gflops"]
    return Result(
        version=f"{printed['rondo']}, Java {printed['java']}",
        step_ms=training["ms_per_step"],
        sample_us={e["batch_size"]: e["us_per_sample"] for e in printed["inference"]},
        notes=notes,
    )


# ---- the contestants


def contestants(given):
    """All that are asked for, Rondo first: the others are compared with the first."""
    found = [*rondos(given), *python_programs(given), dl4j(given)]
    return [c for c in found if c.name in given.only or c.name.split("@")[0] in given.only]


def rondos(given):
    """Rondo, once for each Java."""
    command = [
        given.rondo,
        *["bench", MODEL, "--format", "json", "--batch-size", str(given.batch_size)],
        *["--inference", ",".join(map(str, INFERENCE))],
        *["--threads", str(given.threads)],
        *shlex.split(given.rondo_options),
    ]
    if not given.java:
        return [Contestant("rondo", "Rondo", command, parse_rondo)]
    return [
        Contestant(
            f"rondo@{name}",
            f"Rondo on {name}",
            command,
            parse_rondo,
            {"RONDO_JAVA": path},
        )
        for name, path in given.java
    ]


def python_programs(given):
    threads = str(given.threads)
    return [
        Contestant(
            name,
            label,
            [given.python, "-B", os.path.join(HERE, "contestants", program), *arguments(given)],
            parse_line,
            {"OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads},
        )
        for name, (program, label) in PYTHON_PROGRAMS.items()
    ]


def dl4j(given):
    folder = os.path.join(HERE, "dl4j")
    target = os.path.join(folder, "target")
    java = java_command()
    return Contestant(
        "dl4j",
        "DL4J",
        [
            java,
            *["-Dorg.bytedeco.javacpp.logger.debug=false", "-Dfile.encoding=UTF-8"],
            *["-cp", os.pathsep.join(os.path.join(target, f) for f in ["dl4j.jar", "lib/*"])],
            "org.rondoml.benchmarks.Dl4jProgram",
            *arguments(given),
        ],
        parse_line,
        {"OMP_NUM_THREADS": str(given.threads), "OPENBLAS_NUM_THREADS": str(given.threads)},
        prepare=lambda: build(folder, os.path.join(target, "dl4j.jar")),
    )


def arguments(given):
    """The command line that all but Rondo have in common."""
    return [
        *["--batch-size", str(given.batch_size), "--threads", str(given.threads)],
        *["--inference", ",".join(map(str, INFERENCE)), "--seconds", str(given.seconds)],
    ]


def java_command():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else "java"


def build(folder, jar):
    """Builds a Maven project unless its jar is newer than its sources."""
    sources = [os.path.join(folder, "pom.xml")]
    for path, _, files in os.walk(os.path.join(folder, "src")):
        sources += [os.path.join(path, file) for file in files]
    if os.path.exists(jar) and os.path.getmtime(jar) > max(map(os.path.getmtime, sources)):
        return
    if shutil.which("mvn") is None:
        raise Failed("Maven is missing, which builds it")
    say("dl4j: building")
    done = subprocess.run(
        ["mvn", "-B", "-ntp", "-q", "package"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout)
        raise Failed("its build fails: run mvn package in examples/benchmarks/dl4j")


# ---- the command


def main():
    for stream in [sys.stdout, sys.stderr]:
        stream.reconfigure(encoding="utf-8")  # for µ and ×, whatever the locale
    given = parse_arguments()
    chosen = contestants(given)
    warn_of_load()
    try:
        compare(chosen, given)
    except KeyboardInterrupt:
        say("interrupted")
        status = 130
    else:
        status = 0 if any(c.results for c in chosen) else 1
    print(report.markdown(chosen, given, INFERENCE))
    sys.exit(status)


def warn_of_load():
    """Says when others compute: threads that wait for each other then wait for them as well."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    if load > os.cpu_count() / 4:
        say(f"The machine is not idle (load {load:.1f}): the times will not be worth much.")


def compare(chosen, given):
    """Runs all rounds and saves after each program."""
    for round_number in range(1, given.rounds + 1):
        for c in chosen:
            if c.failure:
                continue
            try:
                c.results[round_number] = c.run(given.timeout)
            except (Failed, OSError, KeyError, TypeError, ValueError) as e:
                c.failure = str(e) if isinstance(e, Failed) else f"unexpected output: {e!r}"
                say(f"round {round_number}: {c.label}: {c.failure}")
            else:
                say(f"round {round_number}: {c.label}: {summary(c.results[round_number])}")
            save(chosen, given)


def summary(result):
    step = "" if result.step_ms is None else f"{report.digits(result.step_ms)} ms a step; "
    samples = ", ".join(f"{k}: {report.digits(v)}" for k, v in result.sample_us.items())
    return f"{step}{samples} µs a sample"


def save(chosen, given):
    """Writes the table, and what it was made from, so that nothing is lost whatever comes."""
    if given.output is None:
        return
    raw = {
        c.name: {
            "failure": c.failure,
            "rounds": {r: dataclasses.asdict(result) for r, result in c.results.items()},
        }
        for c in chosen
    }
    write(given.output, report.markdown(chosen, given, INFERENCE))
    write(os.path.splitext(given.output)[0] + ".json", json.dumps(raw, indent=2) + "\n")


def write(path, text):
    """Writes a file whole or not at all."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)


def say(text):
    print(text, file=sys.stderr, flush=True)


def parse_arguments():
    options = argparse.ArgumentParser(
        description="Times Rondo against other frameworks on the same network, in turn."
    )
    options.add_argument("--rounds", type=positive(int), default=3)
    options.add_argument("--batch-size", type=positive(int), default=32, help="of training (32)")
    options.add_argument(
        "--seconds",
        type=positive(float),
        default=10,
        help="how long each timed part of a program takes, after as much again of warm-up (10);"
        " Rondo chooses by itself, see --rondo-options",
    )
    options.add_argument(
        "--threads", type=positive(int), default=os.cpu_count(), help="the machine's cores"
    )
    options.add_argument(
        "--only", type=names, default=NAMES, help="some of " + ",".join(NAMES) + " (all)"
    )
    options.add_argument(
        "--python", default=sys.executable, help="the Python that has the frameworks (this one)"
    )
    options.add_argument(
        "--java",
        type=named_path,
        action="append",
        metavar="NAME=JAVA",
        help="a java for Rondo to run on, such as 25=/opt/jdk-25/bin/java; each is a contestant",
    )
    options.add_argument("--rondo", default=os.path.join(ROOT, "rondo"), help="the launcher")
    options.add_argument(
        "--rondo-options", default="", help="more options for rondo bench, in one word"
    )
    options.add_argument(
        "--timeout", type=positive(float), default=1800, help="seconds that a program may take"
    )
    options.add_argument(
        "--output", metavar="FILE.md", help="where to write the table, and FILE.json beside it"
    )
    given = options.parse_args()
    for name in ["python", "rondo"]:
        path = getattr(given, name)
        if os.path.dirname(path):  # programs start in another folder
            setattr(given, name, os.path.abspath(path))
    return given


def positive(number):
    def parse(text):
        value = number(text)
        if not value > 0:
            raise argparse.ArgumentTypeError(f"{text}: expected more than 0")
        return value

    return parse


def names(text):
    found = text.split(",")
    for name in found:
        if name.split("@")[0] not in NAMES:
            raise argparse.ArgumentTypeError(f"'{name}' is none of {', '.join(NAMES)}")
    return found


def named_path(text):
    name, equals, path = text.partition("=")
    if not (name and equals and path):
        raise argparse.ArgumentTypeError(f"'{text}': expected NAME=PATH")
    return name, os.path.abspath(path)


if __name__ == "__main__":
    main()
