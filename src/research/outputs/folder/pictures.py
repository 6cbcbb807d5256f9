"""The form of a picture: all of it that is no pixel and no coordinate, and so the same on every machine."""

from __future__ import annotations

import re
import struct
import zlib
from base64 import b64decode
from typing import Any

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def picture_form(data: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG but its pixels, which must be as many as it says. Raises ValueError for anything else."""
    if not data.startswith(_SIGNATURE):
        raise ValueError("no PNG")
    chunks: list[tuple[bytes, bytes]] = []
    pixels = _Pixels()
    at = len(_SIGNATURE)
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8].ljust(8, b"\xff"))
        content, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if check != struct.pack(">I", zlib.crc32(kind + content)):
            raise ValueError("a damaged chunk")
        at += 12 + length
        if kind == b"IDAT":
            pixels.add(content)
        else:
            chunks.append((kind, content))
    kinds = [kind for kind, _ in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or len(set(kinds)) < len(kinds):
        raise ValueError("chunks out of order")
    if pixels.size != _size(chunks[0][1]) or not pixels.ended:
        raise ValueError("too many pixels or too few")
    return chunks


class _Pixels:
    """Counts what unpacks, and holds none of it."""

    def __init__(self) -> None:
        self._unpacking = zlib.decompressobj()
        self.size = 0

    def add(self, packed: bytes) -> None:
        try:
            while packed:
                self.size += len(self._unpacking.decompress(packed, 1 << 20))
                packed = self._unpacking.unconsumed_tail
                if self._unpacking.unused_data:
                    raise ValueError("bytes behind the pixels")
        except zlib.error as error:
            raise ValueError(str(error)) from None

    @property
    def ended(self) -> bool:
        return self._unpacking.eof


_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many samples a pixel has, by the type of its colour."""


def _size(header: bytes) -> int:
    width, height, depth, colour = struct.unpack(">IIBB", header[:10])
    return int(height * (1 + (width * depth * _SAMPLES[colour] + 7) // 8))


_OUTLINE = re.compile(r"[MLHVCSQTAZmlhvcsqtaz\d.,eE+\s-]*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
# matplotlib names a marker or a clipping path by a letter and ten signs of a hash of its coordinates.
_MADE_OF_COORDINATES = re.compile(r"\b[a-zA-Z][0-9a-f]{10}\b")
_EMBEDDED = "data:image/png;base64,"


def drawing_form(data: bytes) -> list[Any]:
    """The elements of an SVG in order with their text and their attributes, without coordinates.

    Raises ValueError for what is not XML, and for entities.
    """
    from lxml import etree

    before, root, _ = data.partition(b"<svg")
    if not root or b"<!ENTITY" in before or not data.endswith(b"</svg>\n"):
        raise ValueError("not a drawing of this package")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        drawing = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    return [
        before,
        *((str(it.tag), it.text, it.tail, [_attribute(*pair) for pair in it.items()]) for it in drawing.iter()),
    ]


def _attribute(name: str, value: str) -> tuple[str, Any]:
    if name == "d" and _OUTLINE.fullmatch(value):
        return name, None
    if value.startswith(_EMBEDDED):
        return name, picture_form(b64decode(value.removeprefix(_EMBEDDED)))
    return name, _NUMBER.sub("0", _MADE_OF_COORDINATES.sub("0", value))
