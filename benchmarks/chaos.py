"""Does anything wrong come of a run that is killed, disturbed or forged?

    python -m benchmarks.chaos [--seed 1] [--kills 200] [--sources 100] [--caches 50] [--files 10000] [--forgeries]
    python -m benchmarks.chaos --hours 1          # all of it, again and again with other seeds
    python -m benchmarks.chaos --whole ...        # with three notebooks in the place of one
    python -m benchmarks.chaos --kernels ...      # with real kernels, ten times as slow

Every case is drawn from the seed. A corpus of four short texts is run by one notebook; by default that runs within
the process, so that a run takes about a second. Each case ends with a calm run, and what that gives must be, byte by
byte, what a place gives in which nothing ever happened. A case is wrong when it is not; when a run that says it went
well gives anything else; when an error is not one sentence; when a file of the owner is lost; or when verifying is
content with a forgery.

- kills: a run, mostly one that replaces another, is killed at a random moment, or just before a random one of the steps
  by which files come into place. The run folder must be whole: the old one or the new one.
- sources: a document, ``corpus.toml`` or ``speakers.csv`` is changed, added or moved away at a random moment, and put
  back at another.
- caches: the cache, or a part of it, is removed at a random moment.
- files: a file of a random format with random bytes changed, cut or repeated is read. Nothing but a document or one
  sentence may come of it, within a bound of time.
- forgeries: every file of a run is changed in every way below; then again with a manifest that was made to agree; then
  again in a run that claims to be from another machine.

What was measured stands in RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.forgeries import Table, forge
from research.errors import ResearchError
from research.loading import load
from research.outputs import execution, runs
from research.outputs.folder import publishing, steps
from research.outputs.folder.comparing import compare
from research.outputs.folder.run_folder import RunFolder
from tests import quick
from tests.loading.formats import MAKERS

NOTEBOOKS = ["01_corpus"]
TEXTS = {
    "harbour.txt": "date 2031-03-04 The council approved the harbour budget. Critics called the harbour too dear.",
    "letters/reply.txt": "The minister answered within a week. The harbour stays open, said the minister.",
    "quay.md": "# A quay\n\nThe new quay costs four million crowns, the port office reported.",
    "strike.txt": "date 2031-05-17 Dock workers ended their strike. The harbour reopened on Monday.",
}
LONGEST = 20.0
"""Seconds that reading one small mutated file may take on a busy machine."""


class Wrong(Exception):
    """Something that must not happen."""


# --- places and runs ---


class Place:
    """A source, a cache and outputs of their own."""

    def __init__(self, room: Path) -> None:
        self.room, self.source = room, room / "dispatches"
        self.cache, self.outputs = room / "cache", room / "outputs"
        self.run_path = self.outputs / "dispatches"
        for name, text in TEXTS.items():
            (self.source / name).parent.mkdir(parents=True, exist_ok=True)
            (self.source / name).write_text(text, encoding="utf-8")
        (self.source / "corpus.toml").write_text("complete = true\n", encoding="utf-8")

    def run(self) -> RunFolder:
        """Run the notebooks here and now. Raises ``ResearchError``; anything else is a fault."""
        os.environ["RESEARCH_CACHE"] = str(self.cache)
        outcome = runs.run(self.source, outputs=self.outputs, notebooks=NOTEBOOKS, jobs=1)
        if outcome.failures:
            raise outcome.failures[0]
        if outcome.result == "withheld":
            raise Wrong("the same documents gave other results")
        return outcome.folder


Change = tuple[str, Callable[[Path], object], Callable[[Path], object]]


def _writes(name: str, text: str | None, before: str | None) -> Change:
    def put(content: str | None) -> Callable[[Path], object]:
        def do(source: Path) -> None:
            if content is None:
                (source / name).unlink()
            else:
                (source / name).write_text(content, encoding="utf-8")

        return do

    return name, put(text), put(before)


CHANGES: list[Change] = [
    _writes("strike.txt", None, TEXTS["strike.txt"]),
    _writes("strike.txt", "date 2031-05-17 The strike went on.", TEXTS["strike.txt"]),
    _writes("new.txt", "The minister resigned on Friday.", None),
    _writes("photo.txt", "\x00\x01", None),
    _writes("corpus.toml", "complete = false\n", "complete = true\n"),
    _writes("corpus.toml", 'complete = true\nlanguage = "en"\n', "complete = true\n"),
    _writes("speakers.csv", "name,also_called\nAnna Weiss,Weiss\n", None),
]


class Expected:
    """What calm runs give: of the source as it is, and after each of the changes."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._made: dict[int | None, RunFolder] = {}

    def of(self, change: int | None) -> RunFolder:
        """The run of the source after a change, or of the source as it was first."""
        if change not in self._made:
            place = Place(self._room / f"calm-{change}")
            if change is not None:
                CHANGES[change][1](place.source)
            self._made[change] = place.run()
        return self._made[change]

    def among(self, folder: RunFolder, *changes: int | None) -> bool:
        """Whether a run is one of these, byte by byte, but for the files of its owner."""
        return any(compare(self.of(change), without_notes(folder)).level == "identical" for change in changes)


def without_notes(folder: RunFolder) -> RunFolder:
    """A view of a run folder without the owner's file."""

    class View(RunFolder):
        def files(self) -> list[str]:
            return [path for path in super().files() if path != "notes.md"]

    return View(folder.path)


# --- kills ---


STEPS = ("link", "rename", "replace", "unlink", "mkdir", "rmdir")


def in_child(work: Callable[[], object], kill_at: Callable[[int], None], prepare: Callable[[], None]) -> int:
    """Do work in a forked process, which ``kill_at`` may kill; its exit status."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        os.setsid()
        with open(os.devnull, "w", encoding="utf-8") as nothing:  # noqa: PTH123
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        try:
            prepare()
            work()
        except BaseException:
            os._exit(3)
        os._exit(0)
    kill_at(child)
    return os.waitpid(child, 0)[1]


def killed_before(step: int) -> Callable[[], None]:
    """Kill this process just before one of the steps by which files come into place."""
    left = [step]

    def prepare() -> None:
        def deadly(do: Callable[..., Any]) -> Callable[..., Any]:
            def take(*arguments: Any, **options: Any) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return do(*arguments, **options)

            return take

        for name in STEPS:
            setattr(os, name, deadly(getattr(os, name)))
        publishing.exchanged = deadly(publishing.exchanged)

    return prepare


def kill(draw: random.Random, room: Path, expected: Expected) -> str:
    """Kill a run; in most cases one that replaces a run of other documents, with a file of the owner in it."""
    place = Place(room)
    change = draw.choice([None, *range(len(CHANGES))])
    replaces = draw.random() < 0.7
    if replaces:
        shutil.copytree(expected.of(change).path, place.run_path)
        (place.run_path / "notes.md").write_text("mine", encoding="utf-8")
    if draw.random() < 0.6:
        place.cache.mkdir()
        shutil.copytree(expected.of(None).path.parent.parent / "cache", place.cache, dirs_exist_ok=True)
    at_a_step = draw.random() < 0.6
    moment = draw.uniform(0, 2.5)

    def kill_at(child: int) -> None:
        end = time.monotonic() + moment
        while (
            not at_a_step
            and time.monotonic() < end
            and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        ):
            time.sleep(0.01)
        if not at_a_step:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)

    one_step = publishing.exchanged
    if draw.random() < 0.4:
        publishing.exchanged = lambda *_: False  # a file system on which folders cannot change places
    try:
        prepare = killed_before(draw.randrange(90)) if at_a_step else lambda: None
        status = in_child(place.run, kill_at, prepare)
    finally:
        publishing.exchanged = one_step
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise Wrong("the run failed by itself")
    if place.run_path.exists() and not expected.among(RunFolder(place.run_path), change, None):
        raise Wrong("the run folder is neither the old one nor the new one")
    if not expected.among(place.run(), None):
        raise Wrong("the next run is another one")
    if replaces and (place.run_path / "notes.md").read_text(encoding="utf-8") != "mine":
        raise Wrong("the owner's file is lost")
    if [path.name for path in place.outputs.iterdir()] != ["dispatches"]:
        raise Wrong("something is left behind")
    return "at a step" if at_a_step else "at a moment"


# --- the source and the cache ---


def meanwhile(work: Callable[[], Any], moments: list[float], deeds: list[Callable[[], object]]) -> Any:
    """Do work while deeds are done at moments, in seconds from its beginning."""
    begins, ended = time.monotonic(), threading.Event()

    def disturb() -> None:
        for moment, deed in zip(moments, deeds, strict=True):
            ended.wait(max(0.0, begins + moment - time.monotonic()))
            with suppress(OSError):
                deed()

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        return work()
    finally:
        ended.set()
        thread.join()


def outcome(work: Callable[[], Any]) -> str:
    """What work comes to: "done", or the sentence of its error."""
    try:
        work()
    except ResearchError as error:
        if "\n" in str(error) or "Traceback" in str(error):
            raise Wrong(f"more than a sentence: {error}") from error
        return str(error)
    return "done"


def change_source(draw: random.Random, room: Path, expected: Expected) -> str:
    """Change the source while a run is at work, and put it back, in most cases before the run ends."""
    place, number = Place(room), draw.randrange(len(CHANGES))
    _, change, undo = CHANGES[number]
    moments = sorted(draw.uniform(0, length_of_a_run(expected)) for _ in range(2))
    if draw.random() < 0.3:
        moments[1] = 1e6  # after the run
    said = outcome(lambda: meanwhile(place.run, moments, [lambda: change(place.source), lambda: undo(place.source)]))
    if said == "done" and not expected.among(RunFolder(place.run_path), None, number):
        raise Wrong("a run of a source that never was")
    if said != "done" and place.run_path.exists():
        raise Wrong("an error, and a run all the same")
    if not expected.among(place.run(), None):
        raise Wrong("the next run is another one")
    return "done" if said == "done" else "refused"


def remove_cache(draw: random.Random, room: Path, expected: Expected) -> str:
    """Remove the cache, or a part of it, while a run is at work."""
    place = Place(room)
    what = draw.choice(["all", "all", "steps", "a step", "a file", "annotations.sqlite"])
    luck = random.Random(draw.random())  # noqa: S311

    def remove() -> None:
        below = place.cache if what != "a step" else place.cache / "steps"
        found = sorted(path for path in below.rglob("*") if path.is_file() or what == "a step")
        if what in ("a file", "a step") and found:
            chosen = luck.choice(found)
            shutil.rmtree(chosen, ignore_errors=True) if chosen.is_dir() else chosen.unlink()
        elif what == "all":
            shutil.rmtree(place.cache, ignore_errors=True)
        else:
            shutil.rmtree(place.cache / what, ignore_errors=True)
            (place.cache / what).unlink(missing_ok=True)

    moment = draw.uniform(0, length_of_a_run(expected))
    said = outcome(lambda: meanwhile(place.run, [moment], [remove]))
    if said == "done" and not expected.among(RunFolder(place.run_path), None):
        raise Wrong("a run with something missing")
    if not expected.among(place.run(), None):
        raise Wrong("the next run is another one")
    return "done" if said == "done" else "refused"


_length: list[float] = []


def length_of_a_run(expected: Expected) -> float:
    """How long a calm run takes here, in seconds."""
    if not _length:
        expected.of(None)
        with tempfile.TemporaryDirectory() as room:
            begins = time.monotonic()
            Place(Path(room)).run()
            _length.append(time.monotonic() - begins)
    return _length[0]


# --- mutated files ---


def mutated(draw: random.Random, data: bytes) -> bytes:
    """Some bytes of a file changed, cut out, repeated, or the end cut off."""
    made = bytearray(data)
    for _ in range(draw.randrange(1, 6)):
        if not made:
            break
        at, length = draw.randrange(len(made)), draw.randrange(1, 40)
        match draw.randrange(5):
            case 0:
                made[at] = draw.randrange(256)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length] * draw.randrange(1, 30)
            case 3:
                made[at : at + length] = draw.randbytes(length)
            case _:
                del made[at:]
    return bytes(made)


def mutate_file(draw: random.Random, room: Path, _: Expected) -> str:
    """Read a mutated file beside a whole one: the whole one is read, the other is read or listed."""
    suffix = draw.choice(sorted(MAKERS))
    (room / "corpus").mkdir(parents=True)
    (room / "corpus" / "whole.txt").write_text(TEXTS["strike.txt"], encoding="utf-8")
    data = mutated(draw, MAKERS[suffix](list(TEXTS.values())))
    (room / "corpus" / f"odd{suffix}").write_bytes(data)
    begins = time.monotonic()
    corpus = load(room / "corpus")
    texts = [document.text for document in corpus]
    if time.monotonic() - begins > LONGEST:
        raise Wrong(f"{suffix}: {time.monotonic() - begins:.0f} s")
    if TEXTS["strike.txt"] not in texts:
        raise Wrong("the whole file is not read")
    listed = any(it.file.startswith(f"odd{suffix}") for it in corpus.rejected)
    if len(texts) == 1 and not listed and data.strip():
        raise Wrong(f"{suffix} is neither read nor listed: {data!r}")
    return "listed" if listed else "read"


# --- all of it ---

KINDS: Mapping[str, Callable[[random.Random, Path, Expected], str]] = {
    "kills": kill,
    "sources": change_source,
    "caches": remove_cache,
    "files": mutate_file,
}


def cases_of(kind: str, count: int, *, seed: int, room: Path, expected: Expected, table: Table) -> None:
    """So many cases of a kind, each drawn from the seed and its number; what they come to is counted in the table."""
    for number in range(count):
        draw = random.Random(f"{seed} {kind} {number}")  # noqa: S311  no secret
        place = room / f"{kind}-{number}"
        try:
            said = KINDS[kind](draw, place, expected)
        except Exception as error:
            said = "" if isinstance(error, Wrong) else traceback.format_exc(limit=-4)
            table[kind, f"wrong: seed {seed}, case {number}: {type(error).__name__}: {error} {said}"] += 1
        else:
            table[kind, f"right ({said})"] += 1
        shutil.rmtree(place, ignore_errors=True)


def chaos(
    seed: int,
    counts: Mapping[str, int],
    forgeries: int | None,
    *,
    kernels: bool = False,
    table: Table | None = None,
) -> Table:
    """Try so many cases of each kind, and forgeries: all where None; add what they came to, by kind, to a table."""
    table = Counter() if table is None else table
    execute, before = execution.execute, os.environ.get("RESEARCH_CACHE")
    if not kernels:
        setattr(steps, "execute", quick.execute)  # noqa: B010  the step looks it up there
    try:
        with tempfile.TemporaryDirectory(prefix="chaos-") as room:
            expected = Expected(Path(room))
            expected.of(None)  # before any process is forked, so that all is imported
            for kind, count in counts.items():
                cases_of(kind, count, seed=seed, room=Path(room), expected=expected, table=table)
            if forgeries != 0:
                forge(Path(room) / "forged", expected.of(None), table, forgeries, random.Random(seed))  # noqa: S311
    finally:
        setattr(steps, "execute", execute)  # noqa: B010
        if before is None:
            os.environ.pop("RESEARCH_CACHE", None)
        else:
            os.environ["RESEARCH_CACHE"] = before
    return table


def lines(table: Table) -> Iterator[str]:
    """The table for people: how many were tried of each kind, how many were right and wrong, and each that was."""
    yield f"{'':<10} {'tried':>7} {'right':>7} {'wrong':>7}"
    for kind in dict.fromkeys(kind for kind, _ in table):
        its = {said: count for (of, said), count in table.items() if of == kind}
        wrong = sum(count for said, count in its.items() if said.startswith("wrong"))
        ways = ", ".join(f"{count} {said[7:-1]}" for said, count in its.items() if said.startswith("right ("))
        yield f"{kind:<10} {sum(its.values()):>7,} {sum(its.values()) - wrong:>7,} {wrong:>7,}  {ways}".rstrip()
    yield from (f"{kind}: {said}" for kind, said in table if said.startswith("wrong"))


def main() -> None:
    """Try what the command line asks for, print the table, and end with 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    for kind in KINDS:
        parser.add_argument(f"--{kind}", type=int, default=0)
    parser.add_argument("--forgeries", action="store_true")
    parser.add_argument("--kernels", action="store_true")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--hours", type=float, default=0)
    asked = parser.parse_args()
    if asked.whole:
        NOTEBOOKS.extend(["05_language", "09_report"])
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    counts = {kind: getattr(asked, kind) for kind in KINDS}
    end, seed, table = time.monotonic() + asked.hours * 3600, asked.seed, Counter[tuple[str, str]]()
    if asked.hours and not any(counts.values()):
        counts = {"kills": 40, "sources": 20, "caches": 10, "files": 2000}
    with suppress(KeyboardInterrupt):  # what was tried by then is told all the same
        while True:
            chaos(seed, counts, None if asked.forgeries or asked.hours else 0, kernels=asked.kernels, table=table)
            seed += 1
            if time.monotonic() >= end:
                break
            print("\n".join(lines(table)), flush=True)
    print("\n".join(lines(table)))
    sys.exit(any(said.startswith("wrong") for _, said in table))


if __name__ == "__main__":
    main()
