"""Check reports against the runs that they cite: ``research check``.

A report is read as it is (``checking.readers``), its sentences are compared with the findings that they cite
(``checking.judging``), and what differs is told, a line each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import Any

from research.outputs.checking.blocks import Malformed, Report
from research.outputs.checking.cases import Problem
from research.outputs.checking.cited import Runs
from research.outputs.checking.fixing import Change, changed, in_markup
from research.outputs.checking.judging import Judged, judge
from research.outputs.checking.readers.formats import format_of, read_report, text_of
from research.outputs.folder.writing import write_bytes


@dataclass(frozen=True)
class Message:
    """A problem of a report and its place. ``place`` names a cell or paragraph where the line is none of the file."""

    file: str
    line: int
    column: int
    kind: str
    severity: str
    key: str
    message: str
    passage: str = ""
    place: str = ""

    def fields(self) -> dict[str, Any]:
        """Return what programs get."""
        names = ("file", "line", "column", "kind", "severity", "key", "message")
        return {name: getattr(self, name) for name in names}


@dataclass
class Checked:
    """A report, its sentences with what was found, and the messages in the order of the text.

    ``report`` is None for a file that cannot be read; a message says why. ``diff`` is what ``--fix`` changed.
    """

    path: str
    report: Report | None
    sentences: list[Judged] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    diff: list[str] = field(default_factory=list)
    fixes: int = 0

    @property
    def remarks(self) -> list[str]:
        """How the report was read, where a reader should know."""
        return [] if self.report is None else self.report.remarks


@dataclass
class Outcome:
    """All reports that were checked."""

    reports: list[Checked]

    @property
    def messages(self) -> list[Message]:
        """The messages of all reports."""
        return [message for it in self.reports for message in it.messages]

    @property
    def exit_code(self) -> int:
        """2 if a report cannot be read, 1 if one has an error, 0 otherwise, warnings included."""
        if any(it.report is None for it in self.reports):
            return 2
        return 1 if any(it.severity == "error" for it in self.messages) else 0


def check(
    reports: Sequence[str],
    runs: Sequence[str] = (),
    *,
    strict: bool = False,
    fix: bool = False,
    show: Callable[[Sequence[str]], None] = lambda _: None,
) -> Outcome:
    """Check reports. ``runs`` are run folders, by default those that the keys name under ``outputs/``.

    ``strict`` tells of numbers and quotations without a citation as well. ``fix`` writes the values of findings into
    reports in Markdown and LaTeX; ``show`` gets the lines of each difference before its file is written. Raises
    ``UsageError`` for a report or a run that does not exist, ``RunError`` for a run that was changed.
    """
    for path in reports:
        format_of(path)
    known, told = Runs(runs), set[str]()
    done = []
    for path in reports:
        checked = _checked(path, known, told, strict=strict)
        if fix and checked.report is not None and format_of(path).can_be_fixed and _fix(checked, show):
            diff, fixes = checked.diff, checked.fixes
            checked = _checked(path, known, told, strict=strict)
            checked.diff, checked.fixes = diff, fixes
        done.append(checked)
    return Outcome(done)


def _checked(path: str, runs: Runs, told: set[str], *, strict: bool) -> Checked:
    try:
        report = read_report(path)
    except Malformed as error:
        return Checked(path, None, messages=[Message(path, error.line, 1, "malformed", "error", "", str(error))])
    its = judge(report, runs, strict=strict, told=told)
    messages = [_message(report, judged, problem) for judged in its for problem in judged.problems]
    return Checked(path, report, its, messages)


def _message(report: Report, judged: Judged, problem: Problem) -> Message:
    offset = judged.block.source_at(problem.start)
    line, column = report.line_and_column(offset)
    it = problem
    place = report.place_of(offset)
    return Message(report.path, line, column, it.kind, it.severity, it.key, it.message, it.passage, place)


# --- --fix ---


def _fix(checked: Checked, show: Callable[[Sequence[str]], None]) -> bool:
    """Show and make the changes that are plain; return whether there are any."""
    assert checked.report is not None  # noqa: S101
    source = checked.report.source
    changes = list(_changes(checked.report, checked.sentences))
    if not changes:
        return False
    text = changed(source, changes)
    checked.diff = list(_diff(checked.path, source, text))
    checked.fixes = len(changes)
    show(checked.diff)
    path = Path(checked.path)
    data = path.read_bytes()
    encoding = _encoding(data)
    write_bytes(path, text.encode(encoding))
    return True


def _encoding(data: bytes) -> str:
    """Return the encoding that gives back the bytes of a file, its byte-order mark included."""
    text = text_of(data)
    for name in ("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "cp1252", "utf-16", "latin-1"):
        try:
            if text.encode(name) == data:
                return name
        except UnicodeEncodeError:
            continue
    return "utf-8"


def _changes(report: Report, sentences: Sequence[Judged]) -> Iterator[Change]:
    """Yield the changes of all problems whose stretch the source has as the text has it, or in a macro."""
    for judged in sentences:
        for problem in judged.problems:
            if problem.replacement is None or problem.severity != "error":
                continue
            start, end = judged.block.source_span(problem.start, problem.end)
            said = judged.block.text[problem.start : problem.end]
            written = report.source[start:end]
            if written == said:
                yield Change(start, end, problem.replacement)
            elif (inner := in_markup(written, said, problem.replacement)) is not None:
                yield Change(start + inner[0], start + inner[1], inner[2])


def _diff(path: str, before: str, after: str) -> Iterator[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), path, path, lineterm="", n=0)
    yield from (line for line in lines)


def kinds_of(messages: Sequence[Message]) -> Mapping[str, int]:
    """Return how many messages there are of each kind."""
    found: dict[str, int] = {}
    for it in messages:
        found[it.kind] = found.get(it.kind, 0) + 1
    return dict(sorted(found.items()))
