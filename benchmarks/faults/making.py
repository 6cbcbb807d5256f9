"""The runs: the seeds, the example, parts of three data sets that do not belong to the project, and silent texts."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from research.outputs import runs
from research.outputs.folder import steps
from tests import quick

ROOT = Path(__file__).resolve().parents[2]
SIZE = 60
_TRANSCRIPTS = """date_format = "dd/mm/yyyy"
[xml]
document = "transcript"
text = "content"
title = "title"
date = "release-date"
"""
_SILENT = {
    "bench.txt": "The bench stands under the lime tree. It is green, and its left leg is short.",
    "gate.txt": "The gate has no lock. Rain has taken the paint, and the hinges are new.",
    "well.txt": "The well is dry in summer. Its rope hangs in the shed beside the ladder.",
}
"""Texts without a date and without a speaker: what is asked of them is not computable."""


def make(data: Path, outputs: Path) -> int:
    """Make every run that is not there yet, within this process; 1 if a notebook failed."""
    setattr(steps, "execute", quick.execute)  # noqa: B010  the step looks it up there
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        room = Path(temporary)
        sources = {
            "seeds": ROOT / "seeds",
            "example": ROOT / "examples" / "corpus",
            "ungdc": _part(data / "ungdc", "[!.]*.txt", room / "ungdc"),
            "polnear": _part(data / "polnear" / "dev" / "text", "*", room / "polnear"),
            "transcripts": _part(data / "pm-transcripts", "*.xml", room / "transcripts"),
            "silent": room / "silent",
        }
        (room / "silent").mkdir()
        for name, text in _SILENT.items():
            (room / "silent" / name).write_text(text, encoding="utf-8")
        (room / "transcripts" / "corpus.toml").write_text(_TRANSCRIPTS, encoding="utf-8")
        for name, source in sources.items():
            if (outputs / name / "manifest.json").exists():
                continue
            done = runs.run(source, name=name, outputs=outputs, jobs=1)
            failed = failed or bool(done.failures)
            print(f"{name}: {outputs / name}", *done.failures, flush=True)
    return int(failed)


def _part(folder: Path, pattern: str, to: Path) -> Path:
    """Copy SIZE files of a folder, spread over the alphabet."""
    to.mkdir()
    files = sorted(path for path in folder.glob(pattern) if path.is_file() and path.stat().st_size)
    for at in range(min(SIZE, len(files))):
        shutil.copy(files[at * len(files) // SIZE if len(files) > SIZE else at], to)
    return to
