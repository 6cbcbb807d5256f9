"""What ``research why`` can be asked about a run: its findings, figures, tables and their rows."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any, NamedTuple

from research.analysis.findings import Finding
from research.analysis.wording import in_brief, plural
from research.outputs.folder.manifest import refuse_changed_files
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import read_rows
from research.outputs.showing import cells


class _Part(NamedTuple):
    """A figure or a table: its address, its caption, and the address of its first row."""

    address: str
    caption: str
    row: str | None


class Overview:
    """The parts of a run that can be explained. Raises ``RunError`` if a file that lists them has changed."""

    def __init__(self, folder: RunFolder, run: str) -> None:
        """``run`` is the run as the user named it, for the commands that are shown."""
        names = {part: folder.names(part) for part in ("figures", "tables")}
        captions = {f"{part}/{name}.txt" for part, its in names.items() for name in its}
        refuse_changed_files(folder, {"manifest.json", "findings.json"} | captions)
        self._run = shlex.quote(run)
        self.findings: list[Finding] = folder.findings
        self.figures = [_Part(f"figures/{it}", folder.figure_said(it)[0], None) for it in names["figures"]]
        self.tables = [_Part(f"tables/{it}", folder.caption(it), _first_row(folder, it)) for it in names["tables"]]

    def entries(self) -> list[dict[str, Any]]:
        """The overview as a list for programs."""
        return [
            *({"kind": "finding", "key": it.key, "statement": it.statement} for it in self.findings),
            *({"kind": "figure", "address": it.address, "caption": it.caption} for it in self.figures),
            *({"kind": "table", "address": it.address, "caption": it.caption, "row": it.row} for it in self.tables),
        ]

    def lines(self) -> Iterator[str]:
        """The overview for people, with a command for each kind."""
        findings = [(it.key, it.statement) for it in self.findings]
        figures, tables = ([(it.address, it.caption) for it in its] for its in (self.figures, self.tables))
        for kind, example, its in (
            ("finding", "KEY", findings),
            ("figure", "figures/NAME", figures),
            ("table", "tables/NAME", tables),
        ):
            yield f"{plural(len(its), kind)}: research why {self._run} {example}"
            width = max((len(name) for name, _ in its), default=0)
            yield from (f"  {name:<{width}}  {in_brief(said)}" for name, said in its)
            yield ""
        first = next((it.row for it in self.tables if it.row), None)
        if first is not None:
            yield "Every row of a table has an address, in the last column of its file and of the report, such as:"
            yield f"  research why {self._run} {shlex.quote(first)}"


def _first_row(folder: RunFolder, table: str) -> str | None:
    columns, rows = read_rows(folder.path / "tables" / f"{table}.csv")
    first = next(rows, None)
    return str(first[columns.index(cells.ADDRESS)]) if first and cells.ADDRESS in columns else None
