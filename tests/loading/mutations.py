"""Damaged files of every format, and the law that reading them keeps.

A file may be anything: whatever is in it, reading gives documents and reasons, fails in no way that nobody foresaw,
and costs no more than its size allows. ``try_all`` mutates valid files and counts; run it for long with

    python -m tests.loading.mutations --number 10000
    python -m tests.loading.mutations --seconds 3600 --seed 7
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from random import Random
from types import FrameType
from typing import Any, NamedTuple

from research.errors import ResearchError
from research.loading import Document, Rejected, load
from research.loading.archives import largest_unpacked
from research.loading.files import LONGEST_PATH, Input
from research.loading.readers import UNFORESEEN, documents_in
from research.loading.settings import Settings, understood
from tests.loading.formats import MAKERS, XML_SETTINGS, csv_bytes, pdf_bytes, rtf_bytes

TEXTS = [
    "The harbour reopened on Monday, said Mr. Tokayev.\n\nIt had cost $1.5 bn., and it was late.",
    "“Nobody came,” the café’s owner said.\n\nThe council met again on 12 May 2031.",
]
TOML = b"""language = "en"
date_format = "dd/mm/yyyy"
file_names = "{source}_{date}_{title}"
[columns]
text = "text"
[citation]
title = "Speeches"
date = 2031
doi = "10.1234/abc"
[report]
author = "Weiss, Ana"
"""


def _zipped(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def _tarred(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return written.getvalue()


def _message() -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Date"], message["Subject"], message["From"] = "Mon, 12 May 2031 10:00:00 +0200", "Vote", "Ana Weiß <a@b.c>"
    message.set_content(TEXTS[0])
    message.add_alternative(f"<html><body><p>{TEXTS[1]}</p></body></html>", subtype="html")
    return message.as_bytes()


def valid_files() -> dict[str, bytes]:
    """A file of every format, and some that are special in their format, by name."""
    files = {f"a{suffix}": make(TEXTS) for suffix, make in MAKERS.items()}
    plain = {"news/a.txt": TEXTS[0].encode(), "news/b.csv": csv_bytes([["text", "date"], [TEXTS[1], "2031-05-12"]])}
    envelope = {"meta": {"message": "OK"}, "response": {"docs": [{"text": text, "date": "2031"} for text in TEXTS]}}
    return files | {
        "front.md": f"---\ntitle: Vote\ndate: 12 May 2031\ntags: [a, b]\n---\n# Vote\n\n{TEXTS[0]}".encode(),
        "header.txt": f"date 2031-05-12 {TEXTS[0]}".encode(),
        "western.txt": TEXTS[1].encode("cp1252"),
        "wide.txt": TEXTS[1].encode("utf-16"),
        "download.txt": "".join(
            f"{n} of 2 DOCUMENTS\n\nThe Harbour Post\n\nMay 12, 2031 Tuesday\n\nVote nears\n\nLENGTH: 9 words\n\n"
            f"BODY:\n{text}\n\nLOAD-DATE: May 13, 2031\n"
            for n, text in enumerate(TEXTS, start=1)
        ).encode(),
        "page.html": (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="date" content="2031-05-12">'
            '<script type="application/ld+json">{"headline": "Vote"}</script></head><body><nav><a href="/">Home</a>'
            f"</nav><article><h1>Vote</h1><p>{TEXTS[0]}</p><p>It &amp;#150; {TEXTS[1]}</p></article></body></html>"
        ).encode(),
        "escaped.xml": b"<items><item><text>&lt;p&gt;One &amp;#150; two&lt;/p&gt;</text><date>2031</date></item>"
        b"</items>",
        "envelope.json": json.dumps(envelope).encode(),
        "selected.rtf": rtf_bytes(
            "".join(
                f"Vote nears\n\nThe Harbour Post\n\nMay 12, 2031\n\nLength: 9 words\n\nBody\n\n{text}\n\n"
                "End of Document\n\n"
                for text in TEXTS
            ),
            r"{\info{\title Vote}{\author Weiss}{\creatim\yr2031\mo5\dy12}}{\pict\bin4 }}}}}",
        ),
        "parts.eml": _message(),
        "pages.pdf": pdf_bytes(*TEXTS, "The govern-", "ment met."),
        "news.zip": _zipped(plain),
        "news.tar": _tarred(plain),
        "news.tar.gz": gzip.compress(_tarred(plain)),
        "news.csv.gz": gzip.compress(csv_bytes([["text"], *([text] for text in TEXTS)])),
        "corpus.toml": TOML,
    }


# --- mutations ---

_ODD = (
    *(
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x1a",
        b"\r",
        b'"',
        b"<",
        b">",
        b"&",
        b"&amp;#150;",
        b"]]>",
        b"{",
        b"[",
        b"}",
    ),
    *(b"]", b",", b"\\u0000", b"\\ud800", b"-1", b"0", b"1e999", b"4294967295", b"99999999999999999999", b"utf-16"),
    *(
        b"\\bin99 ",
        b"{\\fonttbl",
        b"\\'9",
        b"\\u-1?",
        b"\\uc0 ",
        b"{\\field{\\*\\fldinst{HYPERLINK",
        b"\r\n\r\n",
        b"--",
    ),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"endobj", b"stream", b"obj", b"/Kids", b"%PDF-", b"PK\x03\x04", b"../", b"'"),
)


def mutated(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    """The data with one to four changes, made inside of what is compressed where there is such a thing."""
    inside = chance.random() < 0.7
    if inside and data.startswith(b"PK\x03\x04"):
        return _mutated_zip(data, chance, others)
    if inside and data.startswith(b"\x1f\x8b"):
        return gzip.compress(mutated(gzip.decompress(data), chance, others))
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_CHANGES)(data, chance, others)
    return data


def _mutated_zip(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    name = chance.choice(list(files))
    files[name] = mutated(files[name], chance, others)
    if chance.random() < 0.1:
        del files[chance.choice(list(files))]
    return _zipped(files)


def _place(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + int(2 ** (chance.random() * 10)))


def _flip(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    changed = bytearray(data or b"x")
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    return data[: chance.randint(0, len(data))]


def _delete(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[start:end] * chance.choice((2, 3, 50, 400)) + data[end:]


def _move(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    start, end = _place(data, chance)
    rest = data[:start] + data[end:]
    at = chance.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def _insert(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(_ODD) * chance.choice((1, 1, 1, 2, 300)) + data[at:]


def _behead(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    length = chance.choice((4, 8, 16, 64, 512))
    return chance.choice(others)[:length] + data[length:]


def _splice(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    other = chance.choice(others)
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _number(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    """A number in the file becomes another one."""
    places = [at for at, byte in enumerate(data) if byte in b"0123456789"]
    if not places:
        return data
    at = chance.choice(places)
    return (
        data[:at] + chance.choice((b"0", b"-1", b"65536", b"1048577", b"1000000000000000", b"9" * 30)) + data[at + 1 :]
    )


_CHANGES: tuple[Callable[[bytes, Random, list[bytes]], bytes], ...] = (
    *(_flip, _cut, _delete, _repeat, _move, _insert, _behead, _splice, _number),
)


# --- the law ---

CALLS, CALLS_PER_BYTE = 2_000_000, 400
"""How many calls of functions a file may cost, by its size; libraries make some hundred thousand to start with."""


class TooCostly(BaseException):
    """Reading made more calls than the size of the file allows; no handler of ``Exception`` may catch it."""


def _counting(limit: int) -> Callable[[FrameType, str, Any], None]:
    calls = 0

    def count(frame: FrameType, event: str, it: Any) -> None:
        nonlocal calls
        calls += event != "return"
        if calls > limit:
            sys.setprofile(None)
            raise TooCostly

    return count


class Outcome(NamedTuple):
    documents: int
    rejected: int
    wrong: str | None


def read(name: str, data: bytes) -> Outcome:
    """Read a file and say whether the law was kept."""
    sys.setprofile(_counting(CALLS + CALLS_PER_BYTE * len(data)))
    try:
        if name == "corpus.toml":
            return Outcome(1, 0, None if isinstance(understood(data), Settings) else "no settings")
        said = Settings(xml={"document": "item", "text": "text"})
        found = list(documents_in(Input(name, "a", lambda: io.BytesIO(data), said)))
    except ResearchError:
        return Outcome(0, 1, None) if name == "corpus.toml" else Outcome(0, 0, "it raised a ResearchError")
    except TooCostly:
        return Outcome(0, 0, "it made too many calls")
    except Exception as error:
        return Outcome(0, 0, f"it raised {type(error).__name__}: {error}")
    finally:
        sys.setprofile(None)
    documents = [it for it in found if isinstance(it, Document)]
    rejected = [it for it in found if isinstance(it, Rejected)]
    return Outcome(len(documents), len(rejected), next(_wrong(documents, rejected, len(data)), None))


def _wrong(documents: list[Document], rejected: list[Rejected], size: int) -> Iterator[str]:
    """What is against the law, if anything is."""
    if not documents and not rejected:
        yield "neither a document nor a reason"
    for it in rejected:
        if UNFORESEEN in it.reason:
            yield it.reason
        if not (it.reason.isprintable() and it.remedy.isprintable() and it.remedy.endswith(".") and it.file):
            yield f"a reason that cannot be shown: {it!r}"
    for document in documents:
        start, end = document.body
        if not document.text[start:end].strip() or len(document.id) > 2 * LONGEST_PATH:
            yield f"a document without a body, or with an endless id: {document.id[:80]}"
        document.text.encode()
    if len({document.id for document in documents}) < len(documents):
        yield "two documents of one id"
    # An archive within its bound may hold texts that are within theirs.
    if sum(len(document.text) for document in documents) > 2 * largest_unpacked(size):
        yield "more text than the size of the file allows"


def read_as_corpus(name: str, data: bytes) -> str | None:
    """Load a folder with this file in it; what is wrong, or None."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corpus.toml").write_text(XML_SETTINGS)
        (Path(folder) / "note.txt").write_text("A note.")
        (Path(folder) / name).write_bytes(data)
        try:
            corpus = load(folder)
        except ResearchError:
            return None if name == "corpus.toml" else "the other file of its folder was not read"
        except Exception as error:
            return f"load raised {type(error).__name__}: {error}"
        if "note" not in corpus:
            return "the other file of its folder was not read"
        if [it.id for it in corpus] != corpus.ids or corpus.changed() is not None:
            return "another reading gave another result"
        its = [it.origin.path for it in corpus] + [it.file for it in corpus.rejected]
        if name != "corpus.toml" and not any(path.startswith(name) for path in its):
            return "the file is neither read nor listed"
    return None


# --- many of them ---


class Tally:
    """How many files of a kind were tried, and what came of it."""

    def __init__(self) -> None:
        self.tried = self.read = self.rejected = self.wrong = 0
        self.slowest = 0.0


def try_all(
    numbers: Iterator[int] | range, seed: int, *, as_corpus_every: int = 10
) -> tuple[dict[str, Tally], list[str]]:
    """Try mutated files by number; return the counts by kind, and what went wrong, to be tried again."""
    files = valid_files()
    others = list(files.values())
    tallies: dict[str, Tally] = defaultdict(Tally)
    wrong: list[str] = []
    for number in numbers:
        chance = Random(f"{seed} {number}")  # noqa: S311
        name = list(files)[number % len(files)]
        data = mutated(files[name], chance, others)
        began = time.process_time()
        outcome = read(name, data)
        problem = outcome.wrong
        if problem is None and chance.randrange(as_corpus_every) == 0:
            problem = read_as_corpus(name, data)
        tally = tallies["".join(PurePath(name).suffixes)]
        tally.tried += 1
        tally.read += bool(outcome.documents)
        tally.rejected += bool(outcome.rejected)
        tally.wrong += problem is not None
        tally.slowest = max(tally.slowest, time.process_time() - began)
        if problem is not None:
            wrong.append(f"--seed {seed} --only {number} ({name}, {len(data):,} bytes): {problem}")
    return tallies, wrong


def _until(seconds: float) -> Iterator[int]:
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        yield number
        number += 1


def main() -> int:
    options = argparse.ArgumentParser(description="Read mutated files of every format and count what goes wrong.")
    options.add_argument("--number", type=int, default=1000, help="how many files (default: 1,000)")
    options.add_argument("--seconds", type=float, help="how long, instead of how many")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", type=int, help="the one file of this number")
    said = options.parse_args()
    numbers = range(said.number) if said.seconds is None else _until(said.seconds)
    if said.only is not None:
        numbers = range(said.only, said.only + 1)
    tallies, wrong = try_all(numbers, said.seed)
    lines = [f"{'format':<10}{'tried':>8}{'right':>8}{'wrong':>8}{'read':>8}{'listed':>8}{'slowest':>10}"]
    for kind, it in sorted(tallies.items()):
        counts = (it.tried, it.tried - it.wrong, it.wrong, it.read, it.rejected)
        lines.append(f"{kind:<10}{''.join(f'{count:>8,}' for count in counts)}{it.slowest:>8.2f} s")
    total = sum(it.tried for it in tallies.values())
    lines.append(f"{'all':<10}{total:>8,}{total - len(wrong):>8,}{len(wrong):>8,}")
    sys.stdout.write("\n".join([*lines, *wrong, ""]))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
