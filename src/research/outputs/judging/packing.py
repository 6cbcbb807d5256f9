"""What a row of a sheet carries so that it can be read back: its sentence, in one cell that nobody needs to read.

The cell is JSON in ASCII with a checksum behind it. No encoding, no separator and no correction of a spreadsheet
changes it, and a cell that was changed all the same is noticed.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any, NamedTuple

from research.analysis.judging.items import Found, Item
from research.loading import Span
from research.outputs.folder.spreadsheet import LONGEST


class Packed(NamedTuple):
    """A row of a sheet: its sentence by number, of how many in the sheet, which of how many parts it is, and of what.

    Numbers begin with 1. ``item`` is the sentence with nothing found in it, and ``found`` what this row is about; None
    where nothing was found.
    """

    number: int
    size: int
    part: int
    parts: int
    item: Item
    found: Found | None


def packed(number: int, size: int, item: Item) -> list[Packed]:
    """Return the rows of a sentence in a sheet of so many: one for each thing that was found, and one for nothing."""
    alone, found = replace(item, found=()), item.found or (None,)
    return [Packed(number, size, part, len(found), alone, it) for part, it in enumerate(found, start=1)]


def whole(rows: Iterable[Packed]) -> Item:
    """Return the sentence of which these are all rows."""
    ordered = sorted(rows, key=lambda row: row.part)
    return replace(ordered[0].item, found=tuple(row.found for row in ordered if row.found is not None))


def pack(row: Packed) -> str:
    """Return a row as the text of one cell."""
    said = [*row[:4], asdict(row.item), None if row.found is None else asdict(row.found)]
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    if len(text) > LONGEST - 10:  # words of many pages
        text = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
    return f"{text}#{_checksum(text)}"


def unpack(cell: str) -> Packed:
    """Return the row of a cell. Raises ValueError for a cell that ``pack`` has not written."""
    text, _, checksum = cell.strip().rpartition("#")
    if _checksum(text) != checksum:
        raise ValueError("it was changed or cut")
    try:
        if not text.startswith("["):
            text = zlib.decompressobj().decompress(base64.b64decode(text), _LONGEST_TEXT).decode()
        number, size, part, parts, item, found = json.loads(text)
        place = int(number), int(size), int(part), int(parts)
        return Packed(*place, _item(item), None if found is None else _found(found))
    except (TypeError, KeyError, AttributeError, ValueError, zlib.error) as error:
        raise ValueError("it was made by another version of this package") from error


_LONGEST_TEXT = 100 * LONGEST


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def _item(its: dict[str, Any]) -> Item:
    return Item(**its | {"span": Span(*its["span"]), "found": ()})


def _found(its: dict[str, Any]) -> Found:
    spans = {name: None if its[name] is None else Span(*its[name]) for name in ("span", "source", "cue")}
    return Found(**its | spans | {"content": tuple(Span(*it) for it in its["content"])})
