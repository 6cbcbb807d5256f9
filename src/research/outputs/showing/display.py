"""What a notebook shows: tables, figures and findings as static HTML with all text escaped, and as plain text.

The HTML needs no script and no style sheet, so that JupyterLab shows it in a notebook that it does not trust, and
GitHub and nbviewer show it as well. A script that sorts and filters the tables of a notebook is shown once, by itself:
it runs where the notebook was run, and elsewhere the tables say the same without it. Cells have both ``align`` and
``style``: GitHub keeps only the former, and JupyterLab's style sheet overrides it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from research.analysis.evidence import Passage
from research.analysis.figures import Figure, NotComputable
from research.analysis.findings import STATUSES, Finding
from research.analysis.wording import in_brief, plural
from research.outputs.citing.citations import Pasted
from research.outputs.showing import cells
from research.outputs.showing.rendering import png

if TYPE_CHECKING:
    import pandas as pd

Bundle = dict[str, Any]
"""A representation by MIME type, as Jupyter displays it."""

ROWS = 20
"""Rows of a table that are shown."""
PASSAGES = 5
PIXELS_PER_INCH = 100
"""The size of a picture on the page; its file has more pixels, for sharp screens and for print."""


def show(bundle: Bundle, metadata: dict[str, Any] | None = None) -> None:
    """Show a bundle in the notebook, or as plain text outside one."""
    from IPython.display import display

    display(bundle, raw=True, metadata=metadata or {})  # type: ignore[no-untyped-call]


def show_script() -> None:
    """Make the columns of the tables in this notebook sort and its rows be filtered; nothing outside a notebook."""
    from IPython import get_ipython

    if getattr(get_ipython(), "kernel", None) is not None:
        show({"text/html": f"<script>\n{script()}</script>", "text/plain": ""})


@cache
def script() -> str:
    """The script that sorts and filters tables, in notebooks and on the pages of a report."""
    return Path(__file__).with_name("tables.js").read_text(encoding="utf-8")


def heading(text: str) -> Bundle:
    """A heading between findings."""
    return {"text/html": f"<h3>{escape(text)}</h3>", "text/plain": text}


def note(text: str) -> Bundle:
    """A note to read before the numbers."""
    return {"text/html": f"<p><strong>Note.</strong> {escape(text)}</p>", "text/plain": f"Note. {text}"}


def table(
    frame: pd.DataFrame, caption: str, rows: int = ROWS, cited: Pasted | None = None, *, kept: bool = False
) -> Bundle:
    """The first rows of a table under its caption; its citation, and how to follow a row, unfold.

    ``kept`` says whether a run folder has the whole table; a citation says so as well.
    """
    kept = kept or (cited is not None and cited.kept)
    whole = "the run folder has all" if kept else "set run to a folder to save all"
    more = "" if len(frame) <= rows else f" The first {rows} of {len(frame):,} rows are shown; {whole}."
    title = f"<p><strong>{escape(caption)}</strong>{escape(more)}</p>"
    cite = "Cite this table" + (", or follow a row of it" if _addressed(frame) and cited and cited.kept else "")
    html, plain = _citing(cited, cite, _for_a_row(frame))
    shown = cells.columns_of(frame, rows)
    return {
        "text/html": title + _html_rows(shown, len(frame)) + html,
        "text/plain": f"{caption}{more}\n{_plain_rows(shown)}{plain}",
    }


def _addressed(frame: pd.DataFrame) -> bool:
    return cells.ADDRESS in frame.columns and len(frame) > 0


def _for_a_row(frame: pd.DataFrame) -> Pasted | None:
    """The commands that follow and cite a row, with the first row as the example."""
    if not _addressed(frame):
        return None
    address = frame[cells.ADDRESS].iloc[0]
    said = "The last two lines follow and cite the first row. Every row has its own address, in the last column."
    return Pasted([f"research why RUN {address}", f"research cite RUN {address}"], said, kept=True)


def _citing(cited: Pasted | None, title: str, further: Pasted | None = None) -> tuple[str, str]:
    """A citation to copy, as HTML that unfolds and as text; empty if there is none."""
    if cited is None:
        return "", ""
    parts = [cited, further] if further is not None and cited.kept else [cited]
    lines = [line for part in parts for line in part.lines]
    said = " ".join(part.said for part in parts)
    html = (
        f"<details><summary>{escape(title)}</summary><pre>{escape(chr(10).join(lines))}</pre>"
        f"<p><small>{escape(said)}</small></p></details>"
    )
    return html, "".join(f"\n  {line}" for line in (f"{title}:", *lines))


def picture(figure: Figure, number: str) -> tuple[Bundle, dict[str, Any]]:
    """The picture of a figure with its alternative text, and the metadata that say the same to converters.

    JupyterLab gives a bare PNG an empty alternative text, whatever the metadata say. It prefers HTML, as nbviewer,
    exported HTML and VS Code do, and lets an ``<img>`` with a data URI through in notebooks that it does not trust. The
    bare PNG is for exports to LaTeX, PDF and Word, which take no HTML.
    """
    width = round(figure.plot.get_figwidth() * PIXELS_PER_INCH)
    pixels = png(figure)
    address = f"data:image/png;base64,{b64encode(pixels).decode()}"
    html = f'<img src="{address}" width="{width}" alt="{escape(" ".join(figure.alt.split()))}">'
    bundle = {"text/html": html, "image/png": pixels, "text/plain": f"[{number}]"}
    return bundle, {"image/png": {"width": width, "alt": figure.alt}}


def caption(figure: Figure, number: str, cited: Pasted | None = None) -> Bundle:
    """The caption under a picture; its data and its alternative text unfold, so that no reader hears the text twice."""
    shown = cells.columns_of(figure.data, ROWS)
    more = "" if len(figure.data) <= ROWS else f", the first {ROWS} of {plural(len(figure.data), 'row')}"
    citing, citing_plain = _citing(cited, "Cite this figure")
    html = (
        f"<p><strong>{escape(number)}.</strong> {escape(figure.caption)}</p>"
        f"<details><summary>This figure in words, and its data{more}</summary>"
        f"<p>{escape(figure.alt)}</p>{_html_rows(shown, len(figure.data))}</details>{citing}"
    )
    plain = f"{number}. {figure.caption}\nIn words: {figure.alt}\nData{more}:\n{_plain_rows(shown)}{citing_plain}"
    return {"text/html": html, "text/plain": plain}


def no_figure(missing: NotComputable) -> Bundle:
    """The notice in place of a figure that cannot be computed."""
    html = f"<p><strong>No figure: not computable.</strong> {escape(missing.reason)}</p>"
    return {"text/html": html, "text/plain": f"No figure: not computable. {missing.reason}"}


def finding(it: Finding, cited: Pasted | None = None, dates: Mapping[str, str | None] | None = None) -> Bundle:
    """A finding: its sentence, key and status; its method, first passages and citation unfold.

    ``dates`` are those of the documents by their ids.
    """
    counted, first = 0, []
    for row in it.evidence:
        if row.role == "counted":
            counted += 1
            first += [row] if counted <= PASSAGES else []
    status = f"{it.status}: {STATUSES[it.status]}" if it.status in STATUSES else it.status
    facts = [f"key {it.key}", status, f"n = {it.n:,} in {plural(it.n_documents, 'document')}"]
    errs = "Measured accuracy of the model: " + "; ".join(map(str, it.accuracy)) + "." if it.accuracy else ""
    errs = " ".join(filter(None, (errs, it.accuracy_note)))
    judged = "" if it.corrected is None else it.corrected.sentence
    by = "" if it.corrected is None or not it.corrected.method else f" {it.corrected.method}"
    computed = "" if it.computation is None else f" Computed from {it.computation}."
    citing, citing_plain = _citing(cited, "Cite this finding")
    html = (
        f"<p><strong>{escape(it.statement)}</strong><br>"
        f"{f'{escape(judged)}<br>' if judged else ''}"
        f"<code>{escape(it.key)}</code> · {escape(' · '.join(facts[1:]))}"
        f"{f'<br><small>{escape(errs)}</small>' if errs else ''}</p>"
        f"<details><summary>How it was computed{', and from which passages' if counted else ''}</summary>"
        f"<p>{escape(it.method)}{escape(computed)}{escape(by)}</p>"
        f"{_html_passages(it.key, first, counted, dates or {}, kept=cited is None or cited.kept)}</details>"
        f"{citing}"
    )
    said = f"{it.statement}\n  {judged}" if judged else it.statement
    plain = f"{said}\n  {'; '.join(facts)}\n  {it.method}{computed}{by}" + (f"\n  {errs}" if errs else "")
    return {"text/html": html, "text/plain": plain + citing_plain}


def _html_passages(
    key: str, first: Sequence[Passage], counted: int, dates: Mapping[str, str | None], *, kept: bool
) -> str:
    """The first passages that were counted, in their context, and where to see all of them."""
    if not first:
        return ""
    names = ("document", "date", "characters", "passage")
    head = "".join(_html_cell("th", name, "left") for name in names)
    rows = "".join(f"<tr>{_html_passage(row, dates)}</tr>" for row in first)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if counted <= len(first):
        return table
    whole = "Set run to a folder to save all of them."
    if kept:
        whole = f"<code>research why RUN {escape(key)} --all</code> shows all of them; RUN is the run folder."
    return (
        f"<p>The first {len(first)} of {counted:,} passages:</p>{table}"
        f"<p>and {counted - len(first):,} more. {whole}</p>"
    )


def _html_passage(row: Passage, dates: Mapping[str, str | None]) -> str:
    texts = (row.doc_id, dates.get(row.doc_id) or cells.MISSING, f"{row.start:,}–{row.end:,}")
    place = "".join(_html_cell("td", text, "left") for text in texts)
    exact = f"<mark><strong>{escape(in_brief(row.exact))}</strong></mark>"  # GitHub removes <mark>
    words = f"…{escape(row.prefix)}{exact}{escape(row.suffix)}…"
    return f"{place}{_html_cell('td', words, 'left', escaped=True)}"


def _html_rows(columns: Sequence[cells.Column], total: int) -> str:
    """The rows that are shown of a table that has so many."""
    if not any(column.cells for column in columns):
        return "<p>None.</p>"
    widths = _widths(columns)
    head = "".join(
        _html_cell("th", column.name, column.side, style=width) for column, width in zip(columns, widths, strict=True)
    )
    rows = zip(*map(_html_column, columns), strict=True)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    start = f'<table class="sortable" data-rows="{total}">'
    return f"{start}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


_PROSE, _LONG = 4, 40
"""Words of a cell on average, and characters of the longest one, from which a column is read as prose."""
_WIDEST, _FOR_PROSE = 23, 36
"""The least width of a column of prose, and of all of them together, in em: about 45 and 70 characters. With 23 em, the
list of all findings fits the page of a laptop (1366 pixels)."""
_IN_ONE_LINE = 12


def _widths(columns: Sequence[cells.Column]) -> list[str]:
    """The style that keeps columns of prose from being squeezed by many others; each is as wide as its cells are long.

    JupyterLab gives a table the width of the page and lets a wider one scroll.
    """
    longest = {column.name: max(map(len, column.cells)) for column in columns if _is_prose(column)}
    shares = {name: _FOR_PROSE * length // sum(longest.values()) for name, length in longest.items()}
    widths = [min(_WIDEST, shares.get(column.name, 0)) for column in columns]
    return [f"; min-width: {width}em" if width else "" for width in widths]


def _is_prose(column: cells.Column) -> bool:
    words = sum(len(cell.split()) for cell in column.cells if cell != cells.MISSING)
    return words >= _PROSE * len(column.cells) and max(map(len, column.cells)) >= _LONG


def _html_column(column: cells.Column) -> list[str]:
    """The cells of a column. A date or another short text is not broken at its hyphens or blanks."""
    short = not column.right and all(len(cell) <= _IN_ONE_LINE for cell in column.cells)
    style = "; white-space: nowrap" if short and any(set("- ") & set(cell) for cell in column.cells) else ""
    return [_html_cell("td", cell, column.side, style=style) for cell in column.cells]


def _html_cell(tag: str, text: str, side: str, *, escaped: bool = False, style: str = "") -> str:
    content = text if escaped else escape(text)
    return f'<{tag} align="{side}" style="text-align: {side}{style}">{content}</{tag}>'


def _plain_rows(columns: Sequence[cells.Column]) -> str:
    return "\n".join(cells.lines(columns)) if any(column.cells for column in columns) else "None."
