"""``corpus.toml``: what the owner of a collection says about it.

::

    language = "en"
    date_format = "dd/mm/yyyy"    # or mm/dd/yyyy
    complete = true               # all documents that exist, not a selection
    file_names = "{source}_{date}_{title}"    # the parts of file names; "{source}/{}" includes the folder

    kind = "speech"               # what the documents are: news, speech, transcript or interview
    dollar = "AUD"                # the currency of a bare "$"
    judgements = "ours.csv"       # the file of judgements, by its path from the folder of the documents

    [columns]                     # of tables: text, date, title, source, speaker, language
    text = "Full story"

    [xml]                         # names or paths of elements: document, and the same six
    document = "item"
    text = "body/content"

    [citation]                    # author, title, date, doi, url, version of the collection
    title = "Speeches of the harbour council"

    [report]                      # the analyst who makes the findings; several as in [citation]
    author = "Weiss, Ana; Kolb, Jon"
"""

from __future__ import annotations

import hashlib
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from research.errors import SourceError
from research.loading.dates import Order, read_date
from research.loading.documents import KINDS

NAME = "corpus.toml"
PARTS = ("text", "date", "title", "source", "speaker", "language")
"""The parts of a document that a column or an element can hold."""

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
    """The settings of a collection, or the defaults. ``written`` is the file itself, ``sha256`` that of its bytes."""

    columns: Mapping[str, str] = field(default_factory=dict)
    xml: Mapping[str, str] = field(default_factory=dict)
    citation: Mapping[str, str] = field(default_factory=dict)
    report: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    language: str | None = None
    complete: bool = False
    file_names: str | None = None
    kind: str | None = None
    dollar: str | None = None
    judgements: str | None = None
    written: str = ""
    sha256: str = ""

    def told_by(self, path: str) -> dict[str, str]:
        """What a file's name, without suffix, says of its document; empty for a name of another pattern.

        As many folders count with the name as ``file_names`` has: ``{source}/{date}``.
        """
        if self.file_names is None:
            return {}
        name = "/".join(path.split("/")[-1 - self.file_names.count("/") :])
        found = _pattern(self.file_names).fullmatch(name)
        return {} if found is None else found.groupdict()


def read_own(folder: Path, name: str, most: int) -> bytes | None:
    """Read a file of the analyst's own beside the documents, up to one byte more than ``most``; None without it.

    Raises ``SourceError`` where it is there and cannot be read.
    """
    place = folder / name
    try:
        kind = place.stat().st_mode
        if place.is_symlink() and not place.resolve().is_relative_to(folder.resolve()):
            raise SourceError(f"{name} is a link that leads out of the folder. Copy the file itself into it.")
        if not stat.S_ISREG(kind):
            raise SourceError(f"{name} is not a regular file. Replace it with a text file, or remove it.")
        with place.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not place.is_symlink():
            return None
        why = " ".join(str(error.strerror or error).split())
        raise SourceError(f"{name} cannot be opened ({why}). Check that it exists and that you may read it.") from None


def understood(data: bytes) -> Settings:
    """Return the settings in the bytes of a ``corpus.toml``.

    Raises ``SourceError`` for a setting that is not understood, and for a ``corpus.toml`` that cannot be read whole: a
    setting that is ignored would change the findings.
    """
    if len(data) > LARGEST:
        raise SourceError(f"{NAME} is too large (over {LARGEST / 1e6:,.0f} MB). Keep only settings in it.")
    try:
        written = data.decode("utf-8-sig")
        content = tomllib.loads(written)
    except (ValueError, RecursionError) as error:  # of TOML, of UTF-8, of an integer with thousands of digits
        why = " ".join(str(error).split())[:200]
        raise SourceError(f"{NAME} is not valid TOML: {why}. Correct it, or remove it.") from None
    return replace(_checked(content, written), sha256=hashlib.sha256(data).hexdigest())


def _checked(content: Mapping[str, Any], written: str) -> Settings:
    simple: dict[str, type] = {
        **dict.fromkeys(("language", "date_format", "file_names", "kind", "dollar", "judgements"), str),
        "complete": bool,
    }
    for name, value in content.items():
        if name in _TABLES:
            _check_table(name, value)
        elif name not in simple:
            raise _wrong(f"{name!r} is not a setting", f"The settings are {_listed([*simple, *_TABLES])}.")
        elif not isinstance(value, simple[name]):
            raise _wrong(f"{name} = {value!r} has the wrong kind of value", f"Give {_KINDS[simple[name]]}.")
    date_format = content.get("date_format")
    if date_format is not None and date_format not in _ORDERS:
        raise _wrong(f"the date_format {date_format!r} is unknown", f"Give {' or '.join(_ORDERS)}.")
    if (kind := content.get("kind")) is not None and kind not in KINDS:
        raise _wrong(f"the kind {kind!r} is unknown", f"Give {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    if (dollar := content.get("dollar")) is not None and dollar not in _currencies():
        raise _wrong(f"the dollar {dollar!r} is unknown", "Give the ISO 4217 code of its currency, such as AUD or USD.")
    if (file_names := content.get("file_names")) is not None:
        _check_file_names(file_names)
    if (judgements := content.get("judgements")) is not None and not _is_path_of_csv(judgements):
        raise wrong_judgements(judgements, "is no path of a CSV file from the folder of the documents")
    return Settings(
        columns=content.get("columns", {}),
        xml=content.get("xml", {}),
        citation={name: _citation_value(name, value) for name, value in content.get("citation", {}).items()},
        report=content.get("report", {}),
        order=None if date_format is None else _ORDERS[date_format],
        language=content.get("language"),
        complete=content.get("complete", False),
        file_names=file_names,
        kind=kind,
        dollar=dollar,
        judgements=judgements,
        written=written,
    )


def _is_path_of_csv(written: str) -> bool:
    """Whether it can be a path from a folder: no place of one machine, and nothing that another system reads apart."""
    path = PurePosixPath(written)
    return path.suffix.lower() == ".csv" and not (
        path.is_absolute() or {":", "\\"} & set(written) or CONTROL.search(written) or written.startswith("~")
    )


def wrong_judgements(written: str, why: str) -> SourceError:
    """Return the error for a file of judgements that cannot be one, for a reason."""
    return _wrong(f"judgements = {written!r} {why}", 'Give one such as "ours.csv" or "../judged/ours.csv".')


@cache
def _currencies() -> frozenset[str]:
    """Every code of a currency in the Unicode CLDR."""
    from babel import Locale

    return frozenset(Locale("en").currencies)


_NAMED = ("source", "speaker", "date", "title", "language")
"""What a file name can say. Most dates in it are found without being told (``dates.dates_in_names``)."""
_PART = re.compile(r"\{([^{}]*)\}")


def _check_file_names(pattern: str) -> None:
    literal, parts = _pieces(pattern)
    named = [part for part in parts if part]
    if not parts or not set(named) <= set(_NAMED) or len(set(named)) < len(named) or "" in literal[1:-1]:
        raise _wrong(
            f"file_names = {pattern!r} cannot be understood",
            f'Give each part once, with a character between, such as "{{source}}_{{date}}_{{title}}". The parts are '
            f"{_listed(_NAMED)}; {{}} is any other.",
        )


def _pieces(file_names: str) -> tuple[list[str], list[str]]:
    """The text around the parts of a pattern, and the parts."""
    pieces = _PART.split(file_names)
    return pieces[::2], pieces[1::2]


@cache
def _pattern(file_names: str) -> re.Pattern[str]:
    """The pattern of file names; each part ends at the first place where the text after it occurs."""
    literal, parts = _pieces(file_names)
    groups = [f"(?P<{part}>.+?)" if part else "(?:.+?)" for part in parts]
    # Atomic groups decide in one pass whether a name has this pattern.
    steps = [f"(?>{group}{re.escape(text)})" for group, text in zip(groups[:-1], literal[1:-1], strict=True)]
    last = groups[-1].replace(".+?", ".+")
    return re.compile(re.escape(literal[0]) + "".join(steps) + last + re.escape(literal[-1]), re.DOTALL)


_KINDS = {str: "a text in quotation marks", bool: "true or false"}


def _check_table(name: str, table: Any) -> None:
    if not isinstance(table, dict):
        raise _wrong(f"{name} is not a table", f"Write [{name}] on a line of its own, and its settings below.")
    for key, value in table.items():
        if key not in _TABLES[name]:
            raise _wrong(f"[{name}] has no setting {key!r}", f"It may have {_listed(_TABLES[name])}.")
        if name == "citation" and isinstance(value, int | date) and not isinstance(value, bool):
            continue  # date = 2020, or date = 2020-05-17, without quotation marks
        if not isinstance(value, str) or not value.strip():
            raise _wrong(f"{key} in [{name}] has the wrong kind of value", f"Give {_KINDS[str]}.")
        if (control := CONTROL.search(value)) is not None:
            raise _wrong(f"{key} in [{name}] has the control character U+{ord(control[0]):04X}", "Remove it.")


# Control characters, and the signs that turn the direction of writing: neither has a place in a name or a title.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# Some DOIs have "<1::AID-…>" in them; a tag of HTML never begins with a digit.
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)?10\.[0-9]{4,9}/(?:[^\s<]|<(?=[0-9]))+", re.IGNORECASE)
_ISO = re.compile(r"[0-9]{4}(?:-[0-9]{1,2}){0,2}")


def _citation_value(name: str, value: Any) -> str:
    """A value of ``[citation]`` as text. Raises ``SourceError`` where a date, an address or a DOI cannot be one."""
    written = value.date().isoformat() if isinstance(value, datetime) else str(value)
    if name == "date" and _ISO.fullmatch(written.strip()) and read_date(written) is None:
        raise _wrong(
            f"the date {written!r} in [citation] is not in the calendar", "Give one such as 2023-09-29 or 2023."
        )
    if name == "url" and not _ADDRESS.fullmatch(written.strip()):
        raise _wrong(
            f"the url {written!r} in [citation] is no web address", "Give one such as https://example.org/news."
        )
    if name == "doi" and not _DOI.fullmatch(written.strip()):
        raise _wrong(f"the doi {written!r} in [citation] is no DOI", "Give one such as 10.1234/abc.")
    return written


def _wrong(what: str, remedy: str) -> SourceError:
    return SourceError(f"{NAME}: {what}. {remedy}")


def _listed(names: Any) -> str:
    return ", ".join(names)
