"""Fields by their usual names: which column, element or line of front matter is the text, the date, the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from research.loading.records import Record

USUAL: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "fulltext", "bodytext", "articletext", "articlebody", "maintext", "article"),
        *("contenttext", "textcontent", "contenthtml", "bodyhtml", "plaintext", "rawtext", "cleantext", "story"),
        *("transcript", "speech", "speechtext", "statement", "statementtext", "remarks", "message", "contents"),
        *("texte", "texto", "testo", "inhalt", "volltext", "artikeltext", "texteintegral", "textocompleto"),
    ),
    "date": (
        *("date", "published", "publishedat", "publishedon", "publisheddate", "publicationdate", "publishdate"),
        *("pubdate", "datepublished", "releasedate", "dateline", "datetime", "timestamp", "createdat", "created"),
        *("webpublicationdate", "articledate", "publishtime", "publishedtime", "publicationtime", "createdutc"),
        *("datum", "fecha", "erscheinungsdatum", "day", "year"),
    ),
    "title": ("title", "headline", "heading", "head", "subject", "webtitle", "titel", "titre", "título", "titolo"),
    "source": (
        *("source", "outlet", "publisher", "publication", "newspaper", "agency", "sitename", "site", "domain"),
        *("outletname", "sourcename", "media", "medium", "quelle", "zeitung", "journal", "periodico", "fuente"),
        *("author", "byline"),
    ),
    "speaker": ("speaker", "speakername"),
    "language": ("language", "lang"),
}
"""The usual names of each part of a document, the likeliest first, without capitals and punctuation."""


_VALUES = frozenset(("date", "main", "name", "rendered", "value"))
"""What the value is called in an object that wraps it: ``{"source": {"id": 7, "name": "Wire"}}``."""


_QUALIFIED = re.compile(r"([^()\[\]]{1,100}) ?[(\[][^()\[\]]{1,100}[)\]]\s{0,9}")


def squeezed(name: str) -> str:
    """A name without capitals and punctuation: ``Publication date`` and ``publication_date`` are the same."""
    return "".join(c for c in name.casefold() if c.isalnum())


def parts_among(names: Iterable[str], chosen: Mapping[str, str] | None = None) -> dict[str, str]:
    """Map each part of a document to the field that holds it: ``chosen`` by the owner, otherwise by usual name.

    A field within an object has its path as its name: ``source.name`` is a source, and so is ``fields.source`` if no
    nearer field is one. ``Statement (English)`` is a statement if no other column is one.
    """
    return dict(_parts_among(tuple(names), tuple((chosen or {}).items())))


@lru_cache(maxsize=64)
def _parts_among(names: tuple[str, ...], chosen: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """``parts_among``, computed once for all records with the same names."""
    itself: dict[str, list[str]] = {}
    valued: dict[str, list[str]] = {}
    within: dict[str, list[str]] = {}
    qualified: dict[str, list[str]] = {}
    for name in names:
        itself.setdefault(squeezed(name), []).append(name)
        if (plain := _QUALIFIED.fullmatch(name)) is not None:
            qualified.setdefault(squeezed(plain[1]), []).append(name)
        above, dot, last = name.rpartition(".")
        if dot and squeezed(last) in _VALUES:
            valued.setdefault(squeezed(above.rpartition(".")[2]), []).append(name)
        elif dot:
            within.setdefault(squeezed(last), []).append(name)
    others = (valued, within, qualified)
    one_alone = ({called: its for called, its in paths.items() if len(its) == 1} for paths in others)
    parts = dict(chosen)
    for nearness in (itself, *one_alone):
        for part, usual in USUAL.items():
            free = [name for name in usual if name in nearness and nearness[name][0] not in parts.values()]
            if part not in parts and free:
                parts[part] = nearness[free[0]][0]
    return parts


def record_of(
    text: str,
    encoding: str,
    values: Mapping[str, str],
    parts: Mapping[str, str],
    date_origin: str = "column {}",
    **more: Any,
) -> Record:
    """Make a record of fields: the known parts, and all others as metadata.

    A field that the owner calls the speaker's is metadata as well: ``prime-minister`` also tells the office.

    ``date_origin`` says where the date was found; ``{}`` in it becomes the name of the field.
    """
    found = {part: values.get(name) for part, name in parts.items() if part != "text"}
    found["date"] = _date_of(values, parts) or found.get("date")
    used = {name for part, name in parts.items() if part != "speaker" or squeezed(name) in USUAL["speaker"]}
    return Record(
        text=text,
        encoding=encoding,
        date=found["date"],
        date_origin=date_origin.format(parts["date"]) if found["date"] else None,
        title=found.get("title"),
        source=found.get("source"),
        speaker=found.get("speaker"),
        language=found.get("language"),
        metadata={name: value for name, value in values.items() if name not in used},
        **more,
    )


def _date_of(values: Mapping[str, str], parts: Mapping[str, str]) -> str | None:
    """A date whose year, month and day are in separate columns; None for any other."""
    if squeezed(parts.get("date", "")) not in ("day", "year"):
        return None
    by_custom = {squeezed(name): value.strip() for name, value in values.items()}
    year, month, day = (by_custom.get(name, "") for name in ("year", "month", "day"))
    if not (year and month):
        return None
    if month.isdecimal():
        return f"{year}-{month}-{day}" if day else f"{year}-{month}"
    return f"{day} {month} {year}".strip()
