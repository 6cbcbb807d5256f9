"""``corpus.toml``: what the owner of a collection says about it.

::

    language = "en"
    date_format = "dd/mm/yyyy"    # or mm/dd/yyyy
    complete = true               # all documents there are, not a selection
    file_names = "{source}_{date}_{title}"    # what the parts of a file's name are; "{source}/{}": and of its folder's

    [columns]                     # of tables: text, date, title, source, language
    text = "Full story"

    [xml]                         # names or paths of elements: document, and the same five
    document = "item"
    text = "body/content"

    [citation]                    # author, title, date, doi, url, version of the collection
    title = "Speeches of the harbour council"

    [report]                      # the analyst who makes the findings; several as in [citation]
    author = "Weiss, Ana; Kolb, Jon"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from research.errors import SourceError
from research.loading.dates import Order

NAME = "corpus.toml"
PARTS = ("text", "date", "title", "source", "language")
"""What a document has that a column or an element can hold."""

_TABLES = {
    "columns": PARTS,
    "xml": ("document", *PARTS),
    "citation": ("author", "title", "date", "doi", "url", "version"),
    "report": ("author",),
}
_ORDERS: Mapping[str, Order] = {"dd/mm/yyyy": "dmy", "mm/dd/yyyy": "mdy"}
LARGEST = 1_000_000


@dataclass(frozen=True)
class Settings:
    """What was said, or nothing. ``written`` is the file itself."""

    columns: Mapping[str, str] = field(default_factory=dict)
    xml: Mapping[str, str] = field(default_factory=dict)
    citation: Mapping[str, str] = field(default_factory=dict)
    report: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    language: str | None = None
    complete: bool = False
    file_names: str | None = None
    written: str = ""

    def told_by(self, path: str) -> dict[str, str]:
        """What a file's name, without suffix, says of its document; nothing where it is of another build.

        As many folders count with the name as ``file_names`` has: ``{source}/{date}``.
        """
        if self.file_names is None:
            return {}
        name = "/".join(path.split("/")[-1 - self.file_names.count("/") :])
        found = _pattern(self.file_names).fullmatch(name)
        return {} if found is None else found.groupdict()


def read_settings(folder: Path) -> Settings:
    """Read the ``corpus.toml`` of a folder, if there is one.

    Raises ``SourceError`` where it says something that cannot be understood: a setting that is ignored
    would change what is found.
    """
    place = folder / NAME
    if not place.is_file():
        return Settings()
    try:
        with place.open("rb") as file:
            return understood(file.read(LARGEST))
    except OSError as error:
        raise SourceError(f"{NAME} cannot be opened ({error.strerror}). Check that you may read it.") from None


def understood(data: bytes) -> Settings:
    """What the bytes of a ``corpus.toml`` say. Raises ``SourceError`` as ``read_settings`` does."""
    try:
        written = data.decode("utf-8-sig")
        content = tomllib.loads(written)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError(f"{NAME} is not valid TOML: {error}. Correct it, or remove it.") from None
    return _checked(content, written)


def _checked(content: Mapping[str, Any], written: str) -> Settings:
    simple: dict[str, type] = {"language": str, "date_format": str, "complete": bool, "file_names": str}
    for name, value in content.items():
        if name in _TABLES:
            _check_table(name, value)
        elif name not in simple:
            raise _wrong(f"there is no setting {name!r}", f"The settings are {_listed([*simple, *_TABLES])}.")
        elif not isinstance(value, simple[name]):
            raise _wrong(f"{name} = {value!r} has the wrong kind of value", f"Give {_KINDS[simple[name]]}.")
    date_format = content.get("date_format")
    if date_format is not None and date_format not in _ORDERS:
        raise _wrong(f"the date_format {date_format!r} is not known", f"Give {' or '.join(_ORDERS)}.")
    if (file_names := content.get("file_names")) is not None:
        _check_file_names(file_names)
    return Settings(
        columns=content.get("columns", {}),
        xml=content.get("xml", {}),
        citation={name: str(value) for name, value in content.get("citation", {}).items()},
        report=content.get("report", {}),
        order=None if date_format is None else _ORDERS[date_format],
        language=content.get("language"),
        complete=content.get("complete", False),
        file_names=file_names,
        written=written,
    )


_NAMED = ("source", "date", "title", "language")
"""What a file's name can say; most dates in it are found without being told (``dates.dates_in_names``)."""
_PART = re.compile(r"\{([^{}]*)\}")


def _check_file_names(pattern: str) -> None:
    literal, parts = _pieces(pattern)
    named = [part for part in parts if part]
    if not parts or not set(named) <= set(_NAMED) or len(set(named)) < len(named) or "" in literal[1:-1]:
        raise _wrong(
            f"file_names = {pattern!r} cannot be understood",
            f'Give each part once, with a sign between, such as "{{source}}_{{date}}_{{title}}". The parts are '
            f"{_listed(_NAMED)}; {{}} is any other.",
        )


def _pieces(file_names: str) -> tuple[list[str], list[str]]:
    """What stands around the parts of a pattern, and the parts."""
    pieces = _PART.split(file_names)
    return pieces[::2], pieces[1::2]


@cache
def _pattern(file_names: str) -> re.Pattern[str]:
    """The names of files as a pattern: each part goes to the first place where what follows it stands."""
    literal, parts = _pieces(file_names)
    groups = [f"(?P<{part}>.+?)" if part else "(?:.+?)" for part in parts]
    # Atomic, so that a name of another build is known in one pass.
    steps = [f"(?>{group}{re.escape(text)})" for group, text in zip(groups[:-1], literal[1:-1], strict=True)]
    last = groups[-1].replace(".+?", ".+")
    return re.compile(re.escape(literal[0]) + "".join(steps) + last + re.escape(literal[-1]), re.DOTALL)


_KINDS = {str: "a text in quotation marks", bool: "true or false"}


def _check_table(name: str, table: Any) -> None:
    if not isinstance(table, dict):
        raise _wrong(f"{name} is no table", f"Write [{name}] on a line of its own, and its settings below.")
    for key, value in table.items():
        if key not in _TABLES[name]:
            raise _wrong(f"there is no {key!r} in [{name}]", f"It may hold {_listed(_TABLES[name])}.")
        if name == "citation" and isinstance(value, int | date):
            continue  # date = 2020, or date = 2020-05-17, without quotation marks
        if not isinstance(value, str) or not value.strip():
            raise _wrong(f"{key} in [{name}] has the wrong kind of value", f"Give {_KINDS[str]}.")


def _wrong(what: str, remedy: str) -> SourceError:
    return SourceError(f"{NAME}: {what}. {remedy}")


def _listed(names: Any) -> str:
    return ", ".join(names)
