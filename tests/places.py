"""Places to start whole runs in, each a process of its own with a home and a cache of its own."""

import filecmp
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Ended = subprocess.CompletedProcess[str]
"""What a call of the command returned and printed."""

SPEECHES = [
    "The council of Aldmere approved a harbour budget of 4 million crowns. “We had to,” said Mayor Ilse Brandt.",
    "Critics called the harbour too dear. The opposition, led by Tomas Rhee, asked for a referendum on the budget.",
    "Dock workers in Aldmere began a strike on Monday. Their union demands that wages rise with prices.",
    "The strike ended after nine days. The minister of labour, Ana Novak, said that both sides had given way.",
    "“The harbour stays open,” Novak told reporters. She did not say who would pay for the new quay.",
    "Parliament debated the sanctions for six hours. Rhee warned that grain prices would follow.",
    "The sanctions were adopted with 61 votes to 48. Brandt abstained, her office said in a statement.",
    "Grain prices rose by 7 percent in a month, the statistics office reported. The minister called it passing.",
    "A court in Aldmere suspended the harbour budget. The council had not heard the fishermen, the judges wrote.",
    "The fishermen welcomed the ruling. “Nobody asked us,” said their speaker, Old Joris.",
    "Brandt announced a second hearing about the harbour. The opposition said that it would attend.",
]
HOSTILE = "<img src=x onerror=alert(1)>"
"""A name and a text that would do harm in a page if they were not escaped."""


def a_folder_of_twelve(at: Path) -> Path:
    """Twelve dated texts in two folders, and a picture that calls itself a text."""
    (at / "2022").mkdir(parents=True)
    for number, text in enumerate(SPEECHES, start=1):
        folder = at / "2022" if number > 6 else at
        (folder / f"{number:02}.txt").write_text(f"date {2021 + number // 7}-{number:02}-17 {text}", encoding="utf-8")
    hostile = f"date 2022-12-17 <script>alert(1)</script> The harbour {HOSTILE} closed. The harbour opened again."
    (at / f"{HOSTILE}.txt").write_text(hostile, encoding="utf-8")
    (at / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    return at


@dataclass(frozen=True)
class Place:
    """A machine's surroundings for a run: a folder of its own with home, cache and outputs."""

    room: Path
    settings: dict[str, str]
    working_directory: Path

    @property
    def outputs(self) -> Path:
        return self.room / "outputs"

    @property
    def run(self) -> Path:
        return self.outputs / "speeches"

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "JUPYTER", "MPL", "IPYTHON"))
        }
        own = {"HOME": str(self.room / "home"), "RESEARCH_CACHE": str(self.room / "cache")}
        return kept | own | self.settings

    def start(self, *words: object, **options: Any) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "research.cli", *map(str, words)]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        with heeding_interrupts():
            return subprocess.Popen(
                command,
                cwd=self.working_directory,
                env=self.environment,
                start_new_session=True,
                **{**streams, **options},
            )

    def research(self, *words: object, **options: Any) -> Ended:
        process = self.start(*words, **options)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def run_on(self, source: Path, *words: object, **options: Any) -> Ended:
        """Run the notebooks one after the other, as tests take place side by side."""
        return self.research("run", source, "--outputs", self.outputs, "--jobs", 1, *words, **options)


@contextmanager
def heeding_interrupts() -> Iterator[None]:
    """Start processes that heed Ctrl-C, as from a terminal, even where nohup or a script has it ignored."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def a_place(room: Path, **settings: str) -> Place:
    (room / "home").mkdir(parents=True)
    return Place(room, settings, room)


def same(one: Path, other: Path) -> list[str]:
    """What differs between two folders, byte by byte; nothing, when they are the same."""
    files = sorted({str(path.relative_to(root)) for root in (one, other) for path in root.rglob("*") if path.is_file()})
    _, mismatch, errors = filecmp.cmpfiles(one, other, files, shallow=False)
    return mismatch + errors


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder with its bytes and the time of its last change."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def wait_for(what: str, ready: Callable[[], Any], seconds: float = 120) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := ready():
            return value
        time.sleep(0.02)
    return pytest.fail(f"waited {seconds:.0f} seconds for {what}")


def copied(place: Place, room: Path) -> Place:
    """A copy of a place, to change; its cache goes with it, so that nothing is computed again."""
    for part in ("cache", "outputs", "home"):
        shutil.copytree(place.room / part, room / part)
    return Place(room, place.settings, room)
