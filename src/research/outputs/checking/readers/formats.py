"""The formats of reports, a row each. A new format is one row of ``FORMATS``."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from research.errors import UsageError
from research.loading.encodings import Unreadable, decode, probe
from research.outputs.checking.blocks import Malformed, Report
from research.outputs.checking.readers.html import read_html
from research.outputs.checking.readers.latex import read_latex
from research.outputs.checking.readers.markdown import read_markdown
from research.outputs.checking.readers.notebook import read_notebook
from research.outputs.checking.readers.opendocument import read_opendocument
from research.outputs.checking.readers.plain import read_plain
from research.outputs.checking.readers.word import read_word


class Format(NamedTuple):
    """A format: its suffixes, its name, what reads it, and whether ``--fix`` can change it."""

    suffixes: tuple[str, ...]
    name: str
    read_text: Callable[[str, str], Report] | None = None
    read_bytes: Callable[[str, bytes], Report] | None = None
    can_be_fixed: bool = False


FORMATS = (
    Format((".md", ".qmd", ".markdown", ".rmd"), "Markdown", read_markdown, can_be_fixed=True),
    Format((".tex",), "LaTeX", read_latex, can_be_fixed=True),
    Format((".docx",), "Word", read_bytes=read_word),
    Format((".odt",), "OpenDocument", read_bytes=read_opendocument),
    Format((".html", ".htm", ".xhtml"), "HTML", read_html),
    Format((".ipynb",), "Jupyter notebook", read_notebook),
    Format((".txt", ".text"), "plain text", read_plain),
)
LARGEST = 200_000_000
"""The most bytes of a report."""


def format_of(path: str) -> Format:
    """Return the format of a file by its suffix. Raises ``UsageError`` for one that is not read."""
    suffix = Path(path).suffix.lower()
    for it in FORMATS:
        if suffix in it.suffixes:
            return it
    known = " ".join(it for form in FORMATS for it in form.suffixes)
    raise UsageError(f"{path} cannot be checked: its suffix must be one of {known}.")


def read_report(path: str) -> Report:
    """Return a report. Raises ``UsageError`` for a file that is not there, ``Malformed`` for one that is damaged."""
    form = format_of(path)
    try:
        if Path(path).stat().st_size > LARGEST:
            raise Malformed(f"The file is larger than {LARGEST // 1_000_000} MB. Split it.")
        data = Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"There is no report {path}, or it cannot be read ({error.strerror}).") from error
    if form.read_bytes is not None:
        return form.read_bytes(path, data)
    assert form.read_text is not None  # noqa: S101  a format has one of the two
    return form.read_text(path, text_of(data))


def text_of(data: bytes) -> str:
    """Return the text of a file. Raises ``Malformed`` where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return decode(data, probe(io.BytesIO(data)))[0]
    except Unreadable as error:
        raise Malformed(f"The file is no text: {error.reason}. {error.remedy}") from error
