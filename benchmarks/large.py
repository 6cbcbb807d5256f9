"""Does a very large corpus stream through a notebook in bounded memory, at the same speed from first to last?

    python benchmarks/large.py [--documents N] [--characters N] [--notebook NB] [--jobs N] [--keep FOLDER]

Writes a corpus of N documents (10,000 unless told) of about so many characters (20,000 unless told) into a temporary
folder, runs one notebook over it (01_corpus unless told) with an empty cache, and prints for each stage how many
documents a second it took in each tenth of the corpus, the largest memory of each process and of all together, and
what lies on the disk afterwards. Linux only: memory is read from /proc. What was measured stands in RESULTS.md.

The documents are sentences of made-up words between English ones, drawn at random by Zipf's law with a fixed seed; one
in fifty repeats another one, all are dated.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np

FUNCTION_WORDS = ("the", "of", "and", "to", "in", "that", "for", "with", "was", "which", "from", "by", "on", "their")
SYLLABLES = ("ba", "do", "fe", "gri", "ha", "jo", "ka", "lem", "mi", "nor", "pa", "quel", "ra", "sto", "ti", "var")
WORDS = 20_000
SOURCES = ("Ossel Wire", "Castrel Post", "Bralin Courier", "Port Amory Times")
COPIES = 50
"""One document in so many repeats the one before it."""
STAGES = ("reading", "annotating", "comparing", "notebooks", "writing")
"""The stages of a run, one after another; what a notebook tells of itself lies within the fourth."""
EVERY = 0.1
"""Seconds between two looks at the memory."""


def made_up_words() -> list[str]:
    """Words of three or four syllables, all different."""
    count = len(SYLLABLES)
    return ["".join(SYLLABLES[number // count**place % count] for place in range(4)) for number in range(WORDS)]


def body(number: int, characters: int, words: np.ndarray, chances: np.ndarray) -> str:
    """The sentences of a document, the same for the same number."""
    rng = np.random.default_rng(number)
    size = characters // 7
    drawn = words[np.searchsorted(chances, rng.random(size))]
    little = rng.random(size) < 0.45
    drawn[little] = rng.choice(FUNCTION_WORDS, int(little.sum()))
    ends = np.cumsum(rng.integers(9, 28, size // 9 + 1))
    sentences = (" ".join(drawn[start:end]) for start, end in pairwise([0, *ends.tolist()]) if start < size)
    return "".join(
        f"{sentence[0].upper()}{sentence[1:]}.{' ' if at % 5 else chr(10) * 2}"
        for at, sentence in enumerate(sentences, start=1)
    )


def write_corpus(folder: Path, documents: int, characters: int) -> int:
    """Write the documents, a thousand to a folder; gives how many bytes they have."""
    words = np.array(made_up_words(), dtype=object)
    chances = np.cumsum(1 / np.arange(1, WORDS + 1))
    chances /= chances[-1]
    written = 0
    for number in range(documents):
        told = number - (number % COPIES == COPIES - 1)
        day = date(2031, 1, 1) + timedelta(days=number % 730)
        head = f"---\ndate: {day}\ntitle: Report {number}\nsource: {SOURCES[number % len(SOURCES)]}\n---\n"
        at = folder / f"{number // 1000:04}" / f"report-{number:07}.txt"
        at.parent.mkdir(parents=True, exist_ok=True)
        written += at.write_bytes((head + body(told, characters, words, chances)).encode())
    return written


def child(source: str, outputs: str, notebook: str, jobs: int) -> None:
    """Run the notebook, and tell on the standard output when each hundredth of a stage was done."""
    from research.outputs.runs import run

    last: dict[str, int] = {}

    def stage(name: str, done: int, of: int) -> None:
        if done == of or done // max(1, of // 100) != last.get(name):
            last[name] = done // max(1, of // 100)
            print(json.dumps([name, done, of, time.monotonic()]), flush=True)

    print(json.dumps(["begun", 0, 0, time.monotonic()]), flush=True)
    outcome = run(source, outputs=outputs, notebooks=[notebook], jobs=jobs, stage=stage)
    print(json.dumps(["ended", 0, 0, time.monotonic()]), flush=True)
    for finding in outcome.findings:
        print(f"  {finding.statement}", file=sys.stderr)
    if outcome.failures:
        sys.exit(str(outcome.failures[0]))


class Memory(threading.Thread):
    """Watches how much memory a process and those that it started hold."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._over = threading.Event()
        self.peaks: dict[str, int] = defaultdict(int)

    def run(self) -> None:
        """Look until it is ended."""
        while not self._over.wait(EVERY):
            now: dict[str, list[int]] = defaultdict(list)
            for pid in self._family(self._process):
                role, held = self._look(pid)
                now[role].append(held)
            for role, each in now.items():
                self.peaks[role] = max(self.peaks[role], *each)
            self.peaks["together"] = max(self.peaks["together"], sum(map(sum, now.values())))

    def end(self) -> None:
        """Stop looking."""
        self._over.set()
        self.join()

    def _family(self, process: int) -> list[int]:
        try:
            started = [
                int(pid)
                for task in Path(f"/proc/{process}/task").iterdir()
                for pid in (task / "children").read_text().split()
            ]
        except OSError:  # it has ended in the meantime
            return []
        return [process, *(pid for child in started for pid in self._family(child))]

    def _look(self, pid: int) -> tuple[str, int]:
        """What a process is there for, and the bytes of memory that it holds."""
        try:
            command = Path(f"/proc/{pid}/cmdline").read_text()
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            return "other", 0
        roles = {"ipykernel": "the notebook's", "spawn_main": "an annotator's"}
        role = next((role for word, role in roles.items() if word in command), "other")
        return "the command's" if pid == self._process else role, pages * os.sysconf("SC_PAGE_SIZE")


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(room: Path, documents: int, characters: int, notebook: str, jobs: int) -> None:
    """Make the corpus, run the notebook over it, and print what that took."""
    source, outputs, cache = room / "reports", room / "outputs", room / "cache"
    if not source.exists():
        written = write_corpus(source, documents, characters)
        print(f"{documents:,} documents, {written / 1e6:,.0f} MB", flush=True)
    command = [sys.executable, __file__, "--child", str(source), str(outputs), notebook, str(jobs)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "RESEARCH_CACHE": str(cache)}
    ) as process:
        memory = Memory(process.pid)
        memory.start()
        told = [json.loads(line) for line in process.stdout or ()]
        memory.end()
    if process.returncode:
        sys.exit(f"The run ended with exit code {process.returncode}.")
    report(told)
    for role, peak in memory.peaks.items():
        print(f"memory: {role} {peak / 1e6:,.0f} MB at most")
    steps = size_of(cache / "steps")
    print(f"disk: run folder {size_of(outputs) / 1e6:,.0f} MB, the step that is kept {steps / 1e6:,.0f} MB,")
    print(f"  the cache of annotations {(size_of(cache) - steps) / 1e6:,.0f} MB")


def report(told: list[tuple[str, int, int, float]]) -> None:
    """Print for each stage how long it took, and the documents a second in each tenth of it."""
    begun, ended = told[0][3], told[-1][3]
    at = begun
    stages = [name for name, *_ in told if name in STAGES]
    for name in dict.fromkeys(stages):
        points = [(done, of, when) for stage, done, of, when in told if stage == name]
        of, last = points[-1][1], points[-1][2]
        line = f"{name}: {last - at:,.1f} s"
        if name != "notebooks":
            tenths = [(0, at)]
            for done, _, when in points:
                if done - tenths[-1][0] >= of / 10 or done == of > tenths[-1][0]:
                    tenths.append((done, when))
            rates = [(b[0] - a[0]) / max(1e-9, b[1] - a[1]) for a, b in pairwise(tenths)]
            line += f", {of / (last - at):,.0f} a second; by tenths: {' '.join(f'{rate:,.0f}' for rate in rates)}"
        print(line)
        at = last
    print(f"all: {ended - begun:,.0f} s")


def main() -> None:
    """Measure, in a temporary folder or in one that is kept."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--characters", type=int, default=20_000)
    parser.add_argument("--notebook", default="01_corpus")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="a folder to work in, which stays")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measure(given.keep or Path(temporary), given.documents, given.characters, given.notebook, given.jobs)


if __name__ == "__main__":
    main()
