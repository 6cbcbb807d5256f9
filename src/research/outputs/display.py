"""What a notebook shows: tables, figures and findings as static HTML, every text escaped, and as plain text.

The HTML needs no script and no style sheet, so that JupyterLab shows it in a notebook that it does not
trust, and GitHub and nbviewer show it as well.
"""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

from research.analysis.figures import Figure, NotComputable
from research.analysis.findings import Finding, Passage, plural
from research.outputs.rendering import png

if TYPE_CHECKING:
    import pandas as pd

Bundle = dict[str, Any]
"""A representation by MIME type, as Jupyter displays it."""

ROWS = 20
"""The rows of a table that are shown; all of them are in the run folder."""
PASSAGES = 5
PIXELS_PER_INCH = 100
"""How large a picture is on the page; the file has more pixels, for sharp screens and for print."""


def show(bundle: Bundle, metadata: dict[str, Any] | None = None) -> None:
    """Show a bundle where the code runs: in a notebook, or as plain text."""
    from IPython.display import display

    display(bundle, raw=True, metadata=metadata or {})  # type: ignore[no-untyped-call]


def heading(text: str) -> Bundle:
    """A heading between findings."""
    return {"text/html": f"<h3>{escape(text)}</h3>", "text/plain": text}


def note(text: str) -> Bundle:
    """A sentence to be read before the numbers."""
    return {"text/html": f"<p><strong>Note.</strong> {escape(text)}</p>", "text/plain": f"Note. {text}"}


def table(frame: pd.DataFrame, caption: str, rows: int = ROWS) -> Bundle:
    """The first rows of a table under its caption."""
    note = "" if len(frame) <= rows else f" The first {rows} of {len(frame):,} rows are shown; the run folder has all."
    title = f"<p><strong>{escape(caption)}</strong>{escape(note)}</p>"
    shown = frame.head(rows)
    return {"text/html": title + _html_rows(shown), "text/plain": f"{caption}{note}\n{_plain_rows(shown)}"}


def picture(figure: Figure, number: str) -> tuple[Bundle, dict[str, Any]]:
    """The picture of a figure, and the metadata that carry its width on the page and its alternative text."""
    width = round(figure.plot.get_figwidth() * PIXELS_PER_INCH)
    return {"image/png": png(figure), "text/plain": f"[{number}]"}, {"image/png": {"width": width, "alt": figure.alt}}


def caption(figure: Figure, number: str) -> Bundle:
    """What stands under the picture: caption, alternative text, and the data, which unfold."""
    shown = figure.data.head(ROWS)
    more = "" if len(figure.data) <= ROWS else f", the first {ROWS} of {plural(len(figure.data), 'row')}"
    html = (
        f"<p><strong>{escape(number)}.</strong> {escape(figure.caption)}</p>"
        f"<p><small>In words: {escape(figure.alt)}</small></p>"
        f"<details><summary>The data of this figure{more}</summary>{_html_rows(shown)}</details>"
    )
    plain = f"{number}. {figure.caption}\nIn words: {figure.alt}\nData{more}:\n{_plain_rows(shown)}"
    return {"text/html": html, "text/plain": plain}


def no_figure(missing: NotComputable) -> Bundle:
    """What stands in the place of a figure that the data are too few for."""
    html = f"<p><strong>No figure: not computable.</strong> {escape(missing.reason)}</p>"
    return {"text/html": html, "text/plain": f"No figure: not computable. {missing.reason}"}


def finding(it: Finding) -> Bundle:
    """A finding: its sentence, key, status and method, and the first passages of its evidence, which unfold."""
    counted, first = 0, []
    for row in it.evidence:
        if row.role == "counted":
            counted += 1
            first += [row] if counted <= PASSAGES else []
    facts = [f"key {it.key}", it.status, f"n = {it.n:,} in {plural(it.n_documents, 'document')}"]
    errs = "Rests on a model that errs: " + "; ".join(map(str, it.accuracy)) + "." if it.accuracy else ""
    computed = "" if it.computation is None else f" Computed from {it.computation}."
    html = (
        f"<p><strong>{escape(it.statement)}</strong><br>"
        f"<code>{escape(it.key)}</code> · {escape(' · '.join(facts[1:]))}"
        f"{f'<br><small>{escape(errs)}</small>' if errs else ''}</p>"
        f"<details><summary>How it was computed{', and from which passages' if counted else ''}</summary>"
        f"<p>{escape(it.method)}{computed}</p>{_html_passages(first, counted)}</details>"
    )
    plain = f"{it.statement}\n  {'; '.join(facts)}\n  {it.method}{computed}" + (f"\n  {errs}" if errs else "")
    return {"text/html": html, "text/plain": plain}


def _html_passages(first: list[Passage], counted: int) -> str:
    if not first:
        return ""
    items = "".join(
        f"<li>…{escape(row.prefix)}<mark>{escape(row.exact)}</mark>{escape(row.suffix)}… "
        f"<small>({escape(row.doc_id)}, characters {row.start:,}–{row.end:,})</small></li>"
        for row in first
    )
    more = f"<p>and {counted - PASSAGES:,} more.</p>" if counted > PASSAGES else ""
    return f"<ol>{items}</ol>{more}"


def _html_rows(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "<p>None.</p>"
    names = [str(name) for name in frame.columns]
    alignments = [_alignment(name, frame[name]) for name in names]
    head = "".join(map(_html_cell, ["th"] * len(names), names, alignments))
    rows = ("".join(map(_html_cell, ["td"] * len(names), row, alignments)) for row in _cells(frame))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_cell(tag: str, text: str, alignment: str) -> str:
    return f'<{tag} style="text-align: {alignment}">{escape(text)}</{tag}>'


def _alignment(name: str, column: pd.Series[Any]) -> str:
    """Numbers stand at the right, texts at the left; the left context of a keyword runs up to the keyword."""
    from pandas.api.types import is_numeric_dtype

    return "right" if name == "left" or is_numeric_dtype(column) else "left"


def _plain_rows(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "None."
    lines = [[str(name) for name in frame.columns]]
    lines += _cells(frame)
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cells(frame: pd.DataFrame) -> list[list[str]]:
    """The cells of a table as they are shown, each on one line; of a fingerprint its beginning is enough."""
    shorten = [str(name) == "sha256" for name in frame.columns]
    return [
        [f"{value[:8]}…" if short else _shown(value) for value, short in zip(row, shorten, strict=True)]
        for row in frame.itertuples(index=False)
    ]


def _shown(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, int) or hasattr(value, "dtype"):
        return f"{value:,}"
    return " ".join(str(value).split())
