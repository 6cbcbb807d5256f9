"""Packed files of a run: gzip, and the workbook, which is a ZIP archive. Another zlib packs them in other bytes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

PACKED = (".gz", ".xlsx")
"""The ends of the names of packed files."""
UNPACKING_FAILED = (OSError, EOFError, zlib.error, BadZipFile, NotImplementedError, RuntimeError, ValueError)
"""What reading a packed file raises that this package did not write."""
_PIECE = 1_000_000
"""Bytes of a line that are read at once: anybody can write a line that is as long as a disk."""


@contextmanager
def unpacked(path: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file, unpacked, a long one in pieces; those of a workbook are the rows of its sheets.

    Reading them raises one of ``UNPACKING_FAILED``.
    """
    with path.open("rb") as file:
        if path.suffix == ".xlsx":
            yield _lines_of_all(file)
        elif path.suffix == ".gz":
            with gzip.open(file) as lines:
                yield _pieces(lines)
        else:
            yield _pieces(file)


def _lines_of_all(file: BinaryIO) -> Iterator[bytes]:
    with ZipFile(file) as archive:
        for member in archive.infolist():
            with archive.open(member) as lines:
                yield from _pieces(lines)  # type: ignore[arg-type]


def _pieces(lines: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
    return iter(lambda: lines.readline(_PIECE), b"")


def unpack_to_the_same(one: Path, other: Path) -> bool:
    """Whether two packed files hold the same, and are packed in the same way but for their packed bytes."""
    try:
        if one.suffix == ".xlsx":
            return _hold_the_same_files(one, other)
        with one.open("rb") as packed, other.open("rb") as as_packed:
            heads = {packed.read(_HEAD), as_packed.read(_HEAD)}
        with gzip.open(one) as file, gzip.open(other) as as_file:
            return len(heads) == 1 and _are_the_same(file, as_file)
    except UNPACKING_FAILED:
        return False  # one of them is no packed file, so its bytes decide


_HEAD = 8
"""The bytes of a packed file before those that say how well it is packed, and on which system."""


def _hold_the_same_files(one: Path, other: Path) -> bool:
    with ZipFile(one) as archive, ZipFile(other) as as_archive:
        if _listed(archive) != _listed(as_archive) or not (_is_gapless(archive) and _is_gapless(as_archive)):
            return False
        for member in archive.namelist():
            with archive.open(member) as file, as_archive.open(member) as as_file:
                if not _are_the_same(file, as_file):  # type: ignore[arg-type]
                    return False
    return True


def _listed(archive: ZipFile) -> list[object]:
    """All that an archive says of its files but where they are, and how many bytes each takes when packed."""
    return [archive.comment, *([getattr(member, name) for name in _SAID] for member in archive.infolist())]


_SAID = (
    *("filename", "date_time", "compress_type", "comment", "extra", "create_system", "create_version"),
    *("extract_version", "reserved", "flag_bits", "volume", "internal_attr", "external_attr", "CRC", "file_size"),
)


def _is_gapless(archive: ZipFile) -> bool:
    """Whether an archive has nothing but its files, so that no bytes hide between them."""
    at = 0
    for member in archive.infolist():
        if member.header_offset != at:
            return False
        at += _BEFORE_A_NAME + len(member.filename.encode()) + len(member.extra) + member.compress_size
    return at == archive.start_dir


_BEFORE_A_NAME = 30
"""The bytes of what a ZIP archive says of a file before its name."""


def _are_the_same(file: BinaryIO | gzip.GzipFile, other: BinaryIO | gzip.GzipFile) -> bool:
    while (part := file.read(1 << 20)) == other.read(1 << 20):
        if not part:
            return True
    return False
