"""Turn a file into documents: one reader per format.

``READERS`` is the only place that lists the formats. A reader gets a file and yields records; everything that formats
have in common (ids, dates, checks, provenance) is done here once.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from gzip import BadGzipFile
from lzma import LZMAError
from pathlib import PurePath
from typing import NamedTuple
from zipfile import BadZipFile

from research.loading import downloads, mail, markup, objects, office, richtext, tables
from research.loading.archives import (
    ITSELF,
    Member,
    far_too_much,
    is_archive,
    largest_unpacked,
    members,
    settings_among,
    unpacked,
)
from research.loading.cleaning import damage
from research.loading.dates import Orders, date_of_folders, dates_in_names, is_date, is_unclear, read_date
from research.loading.documents import Document, Origin, Rejected, RejectedRows, Span
from research.loading.encodings import Unreadable, decode
from research.loading.fields import parts_among, record_of
from research.loading.files import LARGEST_RECORD, Input, cannot_open
from research.loading.headers import read_front_matter, read_header, read_header_lines
from research.loading.judgements import NAME as JUDGEMENTS
from research.loading.listing import Listing
from research.loading.names import as_said
from research.loading.others import not_read
from research.loading.records import BadRow, Read, Record
from research.loading.settings import NAME as SETTINGS
from research.loading.speakers import NAME as SPEAKERS

__all__ = ["READERS", "Reader", "Unreadable", "documents_in", "names", "read_plain_text", "reader_of"]


def read_text(file: Input) -> Iterator[Record]:
    """Yield the one document of a text file, or each article of a download of a press archive."""
    data = file.data()
    text, encoding = decode(data, file.facts)
    if not text.strip():
        raise Unreadable("the file holds only white space", "Remove it, or put a text into it.")
    articles = downloads.articles(text, encoding)
    first = next(articles, None)
    if first is None:
        yield _titled(_one_text(text, encoding), file.path)
    else:
        yield first
        yield from articles


def _one_text(text: str, encoding: str) -> Record:
    """A text with or without front matter or a header."""
    front, named = read_front_matter(text), "front matter"
    if front is None:
        front, named = read_header_lines(text), "header"
    if front is None:
        header = read_header(text)
        return Record(text, encoding, header.body_start, header.date, header.date and "header", header.date_span)
    values = {name: field.value for name, field in front.fields.items()}
    parts = {part: name for part, name in parts_among(values).items() if part != "text"}  # which comes last
    date = front.fields.get(parts.get("date", ""))
    return record_of(
        text,
        encoding,
        values,
        parts,
        date_origin=named,
        date_span=date and date.span,
        body_start=front.body_start,
    )


def _titled(record: Record, path: str) -> Record:
    """The record; in Markdown without a title, the heading at the start of the body is the title."""
    heading = (
        _HEADING.match(record.text, record.body_start) if _uncompressed(path).lower().endswith(_MARKDOWN) else None
    )
    return record if record.title or heading is None else replace(record, title=heading[1])


_MARKDOWN = (".md", ".markdown")
_HEADING = re.compile(r"\s{0,80}#[ \t]{1,20}([^\s#][^\r\n]{0,300}?)[ \t#]{0,20}(?=[\r\n])")


class Reader(NamedTuple):
    """A format: its name in ``Origin.reader``, and the version of the reader or of its library.

    ``part`` is what a document is called within a file of many: a ``row``, a ``record``, an ``article``.
    """

    name: str
    read: Read
    part: str
    package: str | None = None
    version: str = "1"

    @property
    def release(self) -> str:
        """The version; for a library, the installed one."""
        return self.version if self.package is None else _release(self.package)


@cache
def _release(package: str) -> str:
    from importlib.metadata import version

    return version(package)


_PLAIN = Reader("plain text", read_text, "article")

READERS: Mapping[str, Reader] = {
    ".txt": _PLAIN,
    ".text": _PLAIN,
    ".md": _PLAIN,
    ".markdown": _PLAIN,
    ".html": Reader("trafilatura", markup.read_html, "article", package="trafilatura"),
    ".htm": Reader("trafilatura", markup.read_html, "article", package="trafilatura"),
    ".xhtml": Reader("trafilatura", markup.read_html, "article", package="trafilatura"),
    ".xml": Reader("XML", markup.read_xml, "record"),
    ".docx": Reader("python-docx", office.read_word, "article", package="python-docx"),
    ".rtf": Reader("striprtf", richtext.read_rtf, "article", package="striprtf"),
    ".eml": Reader("mail", mail.read_mail, "attachment"),
    ".pdf": Reader("pypdf", office.read_pdf, "article", package="pypdf"),
    ".csv": Reader("CSV", tables.read_csv, "row"),
    ".tsv": Reader("TSV", tables.read_tsv, "row"),
    ".xlsx": Reader("openpyxl", tables.read_excel, "row", package="openpyxl"),
    ".xlsm": Reader("openpyxl", tables.read_excel, "row", package="openpyxl"),
    ".json": Reader("JSON", objects.read_json, "record"),
    ".jsonl": Reader("JSON Lines", objects.read_jsonl, "record"),
    ".ndjson": Reader("JSON Lines", objects.read_jsonl, "record"),
    ".parquet": Reader("pyarrow", tables.read_parquet, "row", package="pyarrow"),
}
"""The reader of each file-name suffix, in lower case."""

FORMATS = ", ".join((*READERS, ".zip", ".tar", ".tar.gz", ".tgz", ".gz"))


class Name(NamedTuple):
    """What the name of a file tells, among the names of the others: its id, and the date in it."""

    id: str
    date: str | None


_LIKE_A_ROW = re.compile(r"#[0-9]+\Z")


def names(paths: Collection[str]) -> dict[str, Name]:
    """Return the id of each file and the date in its name.

    The id is the relative path without suffix. Where two files would share an id, both keep their suffix; so does a
    file that would have the path of another as its id (``a.txt.txt`` beside ``a.txt``) or an id like a record's
    (``a#1.txt``).
    """
    stems = {path: path if is_archive(path) else stem(path) for path in paths}
    readable = {path: stem for path, stem in stems.items() if reader_of(path) is not None}
    shared = Counter(readable.values())
    dates = dates_in_names(PurePath(stem).name for stem in readable.values())
    return {
        path: Name(
            path if shared[stem] > 1 or stem in readable or _LIKE_A_ROW.search(stem) else stem,
            dates.get(PurePath(stem).name),
        )
        for path, stem in stems.items()
    }


def stem(path: str) -> str:
    """The path of a file without the suffix that says how it is read."""
    plain = path if reader_of(path) is None else _uncompressed(path)
    return plain[: len(plain) - len(PurePath(plain).suffix)]


def reader_of(path: str) -> Reader | None:
    """The reader for a file of this name, compressed or not; None if there is none."""
    return READERS.get(PurePath(_uncompressed(path)).suffix.lower())


def what_it_was(rejected: Rejected) -> str:
    """What was left out: a ``file``, or a ``row``, ``record``, ``article`` or ``sheet`` of one that was read."""
    path, _, part = rejected.file.rpartition("#")
    reader = reader_of(path)
    if reader is None or not _PART_OF_A_FILE.fullmatch(part):
        return "file"
    return "sheet" if part.startswith("sheet ") else reader.part


_PART_OF_A_FILE = re.compile(r"[0-9]+|(?:attachment|field|sheet) .*", re.DOTALL)


def _uncompressed(path: str) -> str:
    return path[: -len(_GZIP)] if path.lower().endswith(_GZIP) else path


_GZIP = ".gz"


def documents_in(file: Input, orders: Orders | None = None) -> Iterator[Document | Rejected]:
    """Yield every document of a file in order, and ``Rejected`` for whatever gave no document. Raises nothing.

    ``orders`` are the known orders of day and month in dates of numbers. Of very many bad rows the first are yielded,
    and the others at the end, counted (see ``listing``).
    """
    listing = Listing(file.path)
    for found in _everything_in(file, orders):
        if isinstance(found, Document) or not listing.keeps(found):
            yield found
    yield from listing.rest()


def _everything_in(file: Input, orders: Orders | None) -> Iterator[Document | Rejected]:
    try:
        for found in _documents(file, orders or Orders()):
            yield _writable(found) if isinstance(found, Rejected) else found
    except Unreadable as problem:
        yield _writable(Rejected(file.path, problem.reason, problem.remedy))
    except (zlib.error, LZMAError, EOFError, BadGzipFile, BadZipFile) as error:
        yield _writable(Rejected(file.path, f"the file is damaged ({error})", "Get it again from where it came from."))
    except OSError as error:
        yield _writable(Rejected(file.path, *cannot_open("file", error)))
    except MemoryError:
        yield Rejected(file.path, "reading the file takes more memory than there is", "Split it into smaller files.")
    except Exception as error:  # a fault in this package or in a library must not end the run
        why = f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"
        yield _writable(Rejected(file.path, f"{UNFORESEEN} ({why})", "Save it in another format, and report this."))


UNFORESEEN = "reading the file failed"
"""The reason for a file that made a reader fail in a way nobody foresaw; the tests with damaged files expect none."""


def _writable(rejected: Rejected) -> Rejected:
    """The same, with surrogates and control characters in quoted text as escapes."""
    reason, remedy = map(_escaped, rejected[1:])
    if isinstance(rejected, RejectedRows):  # of a table in an archive
        return RejectedRows(rejected.file, reason, remedy, rejected.times)
    return Rejected(rejected.file, reason, remedy)


def _escaped(text: str) -> str:
    known = text.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in known)


def _documents(file: Input, orders: Orders) -> Iterator[Document | Rejected]:
    if is_archive(file.path):
        yield from _documents_in_archive(file, orders)
        return
    reader = reader_of(file.path)
    if reader is not None and file.path.lower().endswith(_GZIP):
        file = file.within(unpacked)
    if reader is None:
        raise Unreadable(*not_read(file.path, FORMATS))
    if reader is _PLAIN and _is_page(file):
        reader = READERS[".html"]
    empty, characters = True, 0
    for found in reader.read(file):
        empty = False
        if isinstance(found, BadRow):
            yield Rejected(f"{file.path}#{_escaped(str(found.row))}", found.reason, found.remedy)
            continue
        characters += len(found.text)
        if characters > largest_unpacked(file.facts.size):  # many rows can share one text
            raise Unreadable(*far_too_much())
        try:
            yield _document(found, file, reader, orders)
        except Unreadable as problem:
            if found.row is None:
                raise
            yield Rejected(f"{file.path}#{found.row}", problem.reason, problem.remedy)
    if empty:
        raise Unreadable("the file holds no record", "Remove it, or put texts into it.")


def _is_page(file: Input) -> bool:
    """Whether a text file is a web page under another name."""
    return file.data()[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def read_plain_text(data: bytes, path: str, document_id: str) -> Iterator[Document]:
    """Yield the one document of a text in memory. Raises ``Unreadable``."""
    file = Input(path, document_id, lambda: io.BytesIO(data))
    yield from (_document(record, file, _PLAIN, Orders()) for record in read_text(file))


def _documents_in_archive(file: Input, orders: Orders) -> Iterator[Document | Rejected]:
    """The documents in an archive. Their paths begin with its path, unless it is itself the source."""
    above = f"{file.id}/" if file.id else ""
    paths = {member.path for member in members(file) if isinstance(member, Member)}
    known = names(paths)
    own = {settings_among(paths, name) for name in (SETTINGS, SPEAKERS, JUDGEMENTS)}
    empty = True
    for member in members(file):
        empty = False
        if isinstance(member, Rejected):
            yield member._replace(file=file.path if member.file == ITSELF else above + member.file)
        elif above or member.path not in own:
            name = known.get(member.path)
            if name is None:
                raise Unreadable("the file changed while it was being read", "Run it again.")
            path, document_id = above + member.path, above + name.id
            inner = Input(path, document_id, member.open, file.settings, size=member.size, name_date=name.date)
            yield from documents_in(inner, orders)
            file.taken += member.packed
    if empty:
        raise Unreadable("the archive holds no file", "Remove it, or put texts into it.")


def _document(record: Record, file: Input, reader: Reader, orders: Orders) -> Document:
    """The document of a record. Raises ``Unreadable`` for a record without a usable text."""
    _check_text(record, reader.part)
    written = _plain(record.date)
    date = read_date(written, orders.of(file.path, written)) if written else None
    date_origin, span = record.date_origin, record.date_span
    told = file.settings.told_by(stem(file.path)) if record.row is None else {}
    in_name = next((it for it in (told.get("date"), file.name_date) if it and is_date(it)), None)
    if date is None and in_name and record.row is None and not (written and is_unclear(written)):
        date, date_origin, span = read_date(in_name, orders.of(file.path, in_name)), "file name", None
        written = in_name if is_unclear(in_name) or written is None else written
    if date is None and written is None and record.row is None:
        date = date_of_folders(PurePath(file.path).parts[:-1])
        date_origin, span = "folder names" if date else None, None
    read_as = reader.name if record.changed is None else f"{reader.name} ({record.changed})"
    read_as = read_as if record.part_of is None else f"{record.part_of} ({read_as})"
    metadata = {name: value for name, text in record.metadata.items() if (value := _plain(text)) and _plain(name)}
    mark = downloads.undivided(record)
    return Document(
        id=file.id if record.row is None else f"{file.id}#{record.row}",
        text=record.text,
        body=Span(record.body_start, len(record.text) if record.body_end is None else record.body_end),
        origin=Origin(file.path, file.facts.sha256, record.encoding, read_as, reader.release, record.row),
        date=date,
        date_span=span if date else None,
        date_origin=date_origin,
        title=_plain(record.title) or _plain(told.get("title")),
        source=_plain(record.source) or _plain(told.get("source")),
        speaker=as_said(speaker) if (speaker := _plain(record.speaker) or _plain(told.get("speaker"))) else None,
        kind=file.settings.kind,
        language=_plain(record.language) or _plain(told.get("language")) or file.settings.language,
        metadata=({DOLLAR: dollar} if (dollar := file.settings.dollar) is not None else {})
        | metadata
        | ({DATE_AS_WRITTEN: written} if written is not None and written != date else {})
        | ({ARTICLE_MARK: mark} if mark is not None else {}),
    )


DATE_AS_WRITTEN = "date as written"
"""The metadata key for a date as its file wrote it, if that is not ISO 8601."""

DOLLAR = "dollar"
"""The metadata key for the currency of a bare "$", an ISO 4217 code: a document's field, or else ``corpus.toml``."""

ARTICLE_MARK = "not divided at"
"""The metadata key for the first mark of a press archive at which a text was not divided."""

_LONGEST_METADATA = 1000


def _plain(text: str | None) -> str | None:
    """A metadata value on one line; None if it is empty, cannot be encoded, or is a text of its own."""
    if text is None or len(text) > _LONGEST_METADATA:
        return None
    value = " ".join(_NOT_IN_A_LINE.sub(" ", text).split())
    return value if value and _can_be_written(value) else None


# Control characters, and those that turn the direction of what follows a name in a sentence.
_NOT_IN_A_LINE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_MANY_CONTROLS = 16


def _check_text(record: Record, part: str) -> None:
    what = "file" if record.row is None else part
    if record.row is not None and len(record.text) > LARGEST_RECORD:
        raise Unreadable(
            f"the text is too long ({len(record.text) / 1e6:,.1f} million characters; "
            f"up to {LARGEST_RECORD / 1e6:,.0f} million are read)",
            "Move it to its own file, or check whether a quotation mark is missing.",
        )
    if not record.text.strip():
        raise Unreadable(f"the {what} holds no text", "Remove it, or put a text into it.")
    if not record.text[record.body_start : record.body_end].strip():
        raise Unreadable(f"the {what} holds only a header", "Remove it, or put a text below the header.")
    if "\0" in record.text:
        raise Unreadable(
            f"the {what} is binary data, not text (it has NUL characters)",
            "Export its text as UTF-8, or remove it from the folder.",
        )
    beginning = record.text[:10_000]
    if (controls := damage(beginning).control) >= _MANY_CONTROLS and 10 * controls > len(beginning):
        raise Unreadable(
            f"the {what} is binary data, not text (every tenth character is a control character)",
            "Export its text as UTF-8, or remove it from the folder.",
        )
    if not _can_be_written(record.text):
        raise Unreadable(f"the text of the {what} holds half of a character", "Export it again as UTF-8.")
