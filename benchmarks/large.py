"""Does a very large corpus stream through a notebook in bounded memory, at the same speed from first to last?

    python -m benchmarks.large [--documents N] [--characters N] [--articles] [--notebook NB] [--jobs N]
                               [--cluster ADDRESS] [--keep FOLDER] [--interrupt SHARE] [--change N]

Writes a corpus of N documents (10,000 unless told) of about so many characters (20,000 unless told) into a temporary
folder, calls ``research run`` for one notebook over it (01_corpus unless told; ``all`` for all of them) with an empty
cache, and reads its progress bars. With ``--articles`` the documents are those of ``benchmarks/articles.py``, of about
300 words. Printed are for each stage the time on the clock and of the processors, how many documents a second it took
in each tenth of the corpus and how long the bars stood still at most; the largest memory of each process and of all
together; and what is on the disk afterwards. With ``--interrupt 0.3`` the command is stopped as by Ctrl-C when that
share is annotated, and called once more. With ``--change N`` so many documents get one more sentence in the end, and
the command is called again. Linux only: memory is read from /proc. The results are in RESULTS.md.

The documents are sentences of made-up words between English ones, drawn at random by Zipf's law with a fixed seed, with
quotations, figures and names. Their length varies as that of articles does. One in fifty repeats another one, as it is
or shortened under another headline; one in twenty is undated, one in a hundred in another language; and beside one in
four hundred lies a file that is no document.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.articles import article

LITTLE_WORDS = {
    "English": ["the", "of", "and", "to", "in", "that", "for", "with", "was", "which", "from", "by", "on", "their"],
    "French": ["le", "la", "les", "des", "est", "dans", "pour", "avec", "une", "qui", "que", "sur", "été", "cette"],
    "German": ["der", "die", "das", "und", "mit", "für", "nicht", "wurde", "eine", "auf", "nach", "sich", "über"],
}
SYLLABLES = ("ba", "do", "fe", "gri", "ha", "jo", "ka", "lem", "mi", "nor", "pa", "quel", "ra", "sto", "ti", "var")
WORDS = 20_000
PEOPLE = ("Mayor Doran Vell", "Ana Kest", "Minister Ilse Roem", "Mr. Tarn", "Dr. Oda Wick", "the harbour board", "She")
FRAMES = (
    *["{}."] * 12,
    *("“{},” said {who}.", "{who} said that {}.", "{who} didn’t say whether {}.", "“It’s {},” {who} told reporters."),
    *("{}: it cost ${n} million.", "By {n:,} votes to {n}, {}.", "{} — {who}’s words (see p. {n}).", 'Was "{}" true?'),
)
SOURCES = [
    f"{town} {paper}"
    for town in ("Ossel", "Castrel", "Bralin", "Port Amory", "Vell", "Tarnby", "Kestwick")
    for paper in ("Wire", "Post", "Courier", "Times", "Gazette", "Herald")
]
NO_DOCUMENTS = (
    ("empty.txt", b""),
    ("blank.txt", b" \n\n \n"),
    ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
    ("scan.txt", b"\x89PNG\r\n\x1a\n\0\0"),
    (".DS_Store", b"\0\0\0\1Bud1"),
)
COPIES, UNDATED, FOREIGN, NO_SOURCE, BESIDE = 50, 20, 100, 30, 400
"""One document in so many repeats an earlier one, has no date, is in another language, has no source, is beside a file
that is no document."""
FIRST_DAY, DAYS = date(2021, 1, 1), 12 * 365
STAGES = ("reading", "annotating", "comparing", "notebooks", "rereading", "writing", "anchoring", "report")
"""The stages of a run, one after another; each notebook has a bar of its own within the fourth."""
BAR = re.compile(r"(\w+) +[^\r\n]{24} (\d+)/(\d+)")
EVERY = 0.1
"""Seconds between two looks at the memory."""
SHARED_EVERY = 10
"""Looks of which one counts what processes share once, which takes the system longer."""


def made_up_words() -> list[str]:
    """Words of three or four syllables, all different."""
    count = len(SYLLABLES)
    return ["".join(SYLLABLES[number // count**place % count] for place in range(4)) for number in range(WORDS)]


class Writer:
    """Writes documents; the same number gives the same text."""

    def __init__(self, characters: int) -> None:
        self._characters = characters
        self._words = np.array(made_up_words(), dtype=object)
        chances = np.cumsum(1 / np.arange(1, WORDS + 1))
        self._chances = chances / chances[-1]

    def body(self, number: int) -> str:
        """The sentences of a document."""
        rng = np.random.default_rng(number)
        size = max(20, int(self._characters * min(10, np.exp(0.8 * rng.standard_normal() - 0.32))) // 7)
        drawn = self._words[np.searchsorted(self._chances, rng.random(size))]
        little = rng.random(size) < 0.45
        tongue = ("French", "German")[number // FOREIGN % 2] if number % FOREIGN == 7 else "English"
        drawn[little] = rng.choice(LITTLE_WORDS[tongue], int(little.sum()))
        ends = [0, *np.cumsum(rng.integers(6, 30, size // 6 + 1)).tolist()]
        frames, who, numbers = (rng.integers(0, most, len(ends)).tolist() for most in (len(FRAMES), len(PEOPLE), 5000))
        if tongue != "English":
            frames = [0] * len(ends)
        sentences = (" ".join(drawn[start:end]) for start, end in pairwise(ends) if start < size)
        return "".join(
            self._sentence(FRAMES[frames[at]].format(words, who=PEOPLE[who[at]], n=numbers[at]))
            + (" ", "\n\n")[at % 4 == 3]
            for at, words in enumerate(sentences)
        )

    def _sentence(self, words: str) -> str:
        return words[0].upper() + words[1:]

    def document(self, number: int) -> str:
        """A document with its front matter."""
        rng = np.random.default_rng([number, 1])
        text = self.body(number)
        if number % COPIES == COPIES - 1:
            # Half of the copies are as the first one, half are shortened below a headline.
            text = self.body(number - 1 - int(rng.integers(0, min(number, 1000))))
            if number // COPIES % 2:
                text = f"{self.body(number)[:80]}\n\n{text[: int(0.7 * len(text))]}"
        day = str(FIRST_DAY + timedelta(days=int(DAYS * rng.random() ** 0.7)))
        head = [f"title: Report {number} from {SOURCES[number % len(SOURCES)].partition(' ')[0]}"]
        if number % UNDATED != 3:
            head.append(f"date: {day if number % 31 else day[:7]}")
        if number % NO_SOURCE != 11:
            head.append(f"source: {SOURCES[int(len(SOURCES) * rng.random() ** 2)]}")
        return "\n".join(["---", *head, "---", text])


def write_corpus(folder: Path, documents: int, document: Callable[[int], str]) -> int:
    """Write the documents, a thousand to a folder; gives how many bytes they have."""
    written = 0
    for number in range(documents):
        at = folder / f"{number // 1000:04}" / f"report-{number:07}.txt"
        at.parent.mkdir(parents=True, exist_ok=True)
        written += at.write_bytes(document(number).encode())
        if number % BESIDE == 0:
            name, content = NO_DOCUMENTS[number // BESIDE % len(NO_DOCUMENTS)]
            (at.parent / (name if name.startswith(".") else f"{number:07}-{name}")).write_bytes(content)
    return written


class Point(NamedTuple):
    """What a progress bar said: its stage, how many were done of how many; when, and after how much processor time."""

    stage: str
    done: int
    of: int
    when: float
    processor: float

    @property
    def share(self) -> float:
        """The share that was done."""
        return self.done / self.of


class Watch(threading.Thread):
    """Watches how much memory and processor time a process takes, and those that it started."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._over = threading.Event()
        self._seconds: dict[int, float] = {}
        self.peaks: dict[str, int] = defaultdict(int)

    def run(self) -> None:
        """Look until it is ended."""
        looks = 0
        while not self._over.wait(EVERY):
            now: dict[str, list[int]] = defaultdict(list)
            family = self._family(self._process)
            looks += 1
            if looks % SHARED_EVERY == 0:
                once = "together, what is shared counted once,"
                self.peaks[once] = max(self.peaks[once], sum(map(self._own, family)))
            for pid in family:
                role, held = self._look(pid)
                now[role].append(held)
            for role, each in now.items():
                self.peaks[role] = max(self.peaks[role], *each)
            self.peaks["together"] = max(self.peaks["together"], sum(map(sum, now.values())))

    def interrupt(self) -> None:
        """Do what Ctrl-C does: it reaches every process."""
        for pid in self._family(self._process):
            os.kill(pid, signal.SIGINT)

    def end(self) -> None:
        """Stop looking."""
        self._over.set()
        self.join()

    @property
    def processor(self) -> float:
        """The seconds of processor time that all of them took so far."""
        return sum(list(self._seconds.values()))

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

    def _own(self, pid: int) -> int:
        """The bytes of memory of a process, with its part of what it shares with others."""
        try:
            told = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            return 0
        return next((1024 * int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")), 0)

    def _look(self, pid: int) -> tuple[str, int]:
        """What a process is there for, and the bytes of memory that it holds."""
        try:
            command = Path(f"/proc/{pid}/cmdline").read_text()
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        except (OSError, IndexError, ValueError):
            return "other", 0
        self._seconds[pid] = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        roles = {"ipykernel": "the notebook's", "spawn_main": "an annotator's"}
        role = next((role for word, role in roles.items() if word in command), "other")
        return "the command's" if pid == self._process else role, pages * os.sysconf("SC_PAGE_SIZE")


def change(folder: Path, documents: int) -> None:
    """Add a sentence to so many documents, spread over the corpus."""
    texts = sorted(folder.rglob("report-*.txt"))
    for path in texts[len(texts) // 2 :: max(1, len(texts) // documents)][:documents]:
        with path.open("a", encoding="utf-8") as file:
            file.write("“Nothing else has changed,” Mayor Ilse Moraker said on Friday.\n")


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def call(room: Path, options: Sequence[str], interrupt: float | None) -> None:
    """Call the command with these options, and print what that took; stopped where a share is given."""
    command = [sys.executable, "-m", "research.cli", "run", str(room / "reports"), "--outputs", str(room / "outputs")]
    begun, points, text = time.monotonic(), [], ""
    with subprocess.Popen(
        [*command, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "RESEARCH_CACHE": str(room / "cache")},
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        # What is there so far, without waiting for more: a bar is written over and over on one line.
        while written := os.read(process.stdout.fileno(), 1 << 16) if process.stdout else b"":
            text += written.decode(errors="replace")
            now, processor, end = time.monotonic(), watch.processor, 0
            for found in BAR.finditer(text):
                points.append(Point(found[1], int(found[2]), int(found[3]), now, processor))
                end = found.end()
            text = text[end:]
            if interrupt and points and points[-1].stage == "annotating" and points[-1].share > interrupt:
                print(f"Ctrl-C when {points[-1].done:,} were annotated", flush=True)
                watch.interrupt()
                interrupt = None
        watch.end()
    report(points, begun)
    print(
        f"exit code {process.returncode}, {time.monotonic() - begun:,.0f} s, {watch.processor:,.0f} s of processor time"
    )
    for role, peak in watch.peaks.items():
        print(f"memory: {role} {peak / 1e6:,.0f} MB at most")
    print("\n".join(line for line in text.splitlines() if line.strip()), flush=True)


def report(points: list[Point], begun: float) -> None:
    """Print for each stage how long it took, and the documents a second in each tenth of it."""
    last = Point("", 0, 0, begun, 0.0)
    for name in dict.fromkeys(point.stage for point in points):
        its = [point for point in points if point.stage == name]
        first = last._replace(done=0) if name in STAGES else its[0]
        # A bar that is drawn again where it was has not moved.
        moves = [first, *(after for before, after in pairwise([first, *its]) if after.done != before.done)]
        still = max((after.when - before.when for before, after in pairwise(moves)), default=0)
        line = f"{name}: {its[-1].when - first.when:,.1f} s, "
        line += f"{its[-1].processor - first.processor:,.1f} s of processor time, still for {still:,.1f} s at most"
        if name in STAGES and its[-1].of > 100:
            tenths = [first]
            for point in its:
                if point.done - tenths[-1].done >= point.of / 10 or point.done == point.of > tenths[-1].done:
                    tenths.append(point)
            speeds = [(b.done - a.done) / max(1e-9, b.when - a.when) for a, b in pairwise(tenths)]
            costs = [1e3 * (b.processor - a.processor) / (b.done - a.done) for a, b in pairwise(tenths)]
            line += f"\n  documents a second, by tenths: {' '.join(f'{it:,.0f}' for it in speeds)}"
            line += f"\n  ms of processor time a document: {' '.join(f'{it:.1f}' for it in costs)}"
        print(line)
        last = its[-1] if name in STAGES else last


def main() -> None:
    """Measure, in a temporary folder or in one that is kept."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever called this may have it ignored, by children too
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--characters", type=int, default=20_000)
    parser.add_argument("--articles", action="store_true", help="invented articles of 300 words with quotations")
    parser.add_argument("--notebook", default="01_corpus")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--cluster", metavar="ADDRESS")
    parser.add_argument("--keep", type=Path, help="a folder to work in, which stays")
    parser.add_argument("--interrupt", type=float, metavar="SHARE", help="stop at this share, then call it again")
    parser.add_argument("--change", type=int, metavar="N", help="change so many documents, then call it again")
    given = parser.parse_args()
    options = ["--jobs", str(given.jobs), *(["--cluster", given.cluster] if given.cluster else [])]
    options += [] if given.notebook == "all" else ["--notebook", given.notebook]
    with tempfile.TemporaryDirectory() as temporary:
        room = given.keep or Path(temporary)
        if not (room / "reports").exists():
            document = article if given.articles else Writer(given.characters).document
            written = write_corpus(room / "reports", given.documents, document)
            print(f"{given.documents:,} documents, {written / 1e6:,.0f} MB", flush=True)
        for share in [given.interrupt, None] if given.interrupt else [None]:
            call(room, options, share)
        if given.change:
            change(room / "reports", given.change)
            print(f"called again, {given.change} changed", flush=True)
            call(room, options, None)
        steps = size_of(room / "cache" / "steps")
        print(
            f"disk: run folder {size_of(room / 'outputs') / 1e6:,.0f} MB, the step that is kept {steps / 1e6:,.0f} MB,"
        )
        print(f"  the cache of annotations {(size_of(room / 'cache') - steps) / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
