"""``corpus.toml``: what the owner of a collection says about it.

::

    language = "en"
    date_format = "dd/mm/yyyy"    # or mm/dd/yyyy
    complete = true               # all documents there are, not a selection

    [columns]                     # of tables: text, date, title, source, language
    text = "Full story"

    [xml]                         # names or paths of elements: document, and the same five
    document = "item"
    text = "body/content"

    [citation]                    # author, title, date, doi, url of the collection
    title = "Speeches of the harbour council"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from research.errors import SourceError
from research.loading.dates import Order

NAME = "corpus.toml"
PARTS = ("text", "date", "title", "source", "language")
"""What a document has that a column or an element can hold."""

_TABLES = {"columns": PARTS, "xml": ("document", *PARTS), "citation": ("author", "title", "date", "doi", "url")}
_ORDERS: Mapping[str, Order] = {"dd/mm/yyyy": "dmy", "mm/dd/yyyy": "mdy"}
_LARGEST = 1_000_000


@dataclass(frozen=True)
class Settings:
    """What was said, or nothing. ``written`` is the file itself."""

    columns: Mapping[str, str] = field(default_factory=dict)
    xml: Mapping[str, str] = field(default_factory=dict)
    citation: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    language: str | None = None
    complete: bool = False
    written: str = ""


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
            return understood(file.read(_LARGEST))
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
    simple: dict[str, type] = {"language": str, "date_format": str, "complete": bool}
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
    return Settings(
        columns=content.get("columns", {}),
        xml=content.get("xml", {}),
        citation={name: str(value) for name, value in content.get("citation", {}).items()},
        order=None if date_format is None else _ORDERS[date_format],
        language=content.get("language"),
        complete=content.get("complete", False),
        written=written,
    )


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
