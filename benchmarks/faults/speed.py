"""Time on a report of 100 pages, and what is said of malformed reports, in what time.

Times are processor time of the command, which other programs on the machine do not lengthen.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.faults import formats, sentences
from benchmarks.faults.hands.analyst import ANALYST
from benchmarks.faults.known import Known, known
from benchmarks.faults.writing import drawing

CITATIONS, WORDS = 500, 40_000  # a page of a report has about 400 words
LONGEST = 60
"""Seconds of processor time after which a report is given up."""
_FILLER = (
    "The committee met again on 4 May and heard from two members who had read the minutes of the year before.",
    "Nothing of this was new, and the chair said as much.",
    "In section 3.2 we return to the question of who may speak first when a sitting begins.",
)


def measure(command: Sequence[str], run: Path) -> int:
    """Print the times; 1 if one takes too long, or a malformed one stops the command."""
    its, slow = known(run), 0
    with tempfile.TemporaryDirectory() as temporary:
        room = Path(temporary)
        (room / "empty.md").write_text("Nothing is cited here.\n", encoding="utf-8")
        empty, _ = timed(command, room / "empty.md", run)
        print(f"an empty report: {empty:.2f} s")
        for suffix in (".md", ".txt", ".tex", ".html"):
            path = room / f"long{suffix}"
            path.write_text(long_report(its, suffix), encoding="utf-8")
            seconds, _ = timed(command, path, run)
            slow += seconds > 2
            print(f"100 pages, {CITATIONS} citations, {suffix}: {seconds:.2f} s, {path.stat().st_size / 1e6:.2f} MB")
        (room / "line.md").write_bytes(_line("The corpus holds 340 words, and that is all. ", 10))
        print(f"10 MB of prose on one line: {timed(command, room / 'line.md', run)[0]:.2f} s")
        print("\n| malformed report | seconds | four times the size | exit | what is said |")
        print("| --- | ---: | ---: | ---: | --- |")
        for name, make in MALFORMED.items():
            path = room / name.replace(" ", "-").replace(",", "")
            path.write_bytes(make(1))
            one, said = timed(command, path, run)
            path.write_bytes(make(4))
            four, _ = timed(command, path, run)
            slow += said[0] not in (0, 1, 2) or "Traceback" in said[1] or four - empty > 6 * max(one - empty, 0.3)
            print(f"| {name} | {one:.2f} | {four:.2f} | {said[0]} | {said[1][:160]} |", flush=True)
    return int(slow > 0)


def timed(command: Sequence[str], path: Path, run: Path) -> tuple[float, tuple[int, str]]:
    """How long a check takes, and its exit status with what it says: a message where there is one, or an error."""
    call = [*command, "check", str(path), "--run", str(run), "--format", "json"]
    before = _processor_time()
    done = subprocess.run(call, capture_output=True, text=True, check=False, preexec_fn=_limited)
    seconds = _processor_time() - before
    if done.returncode < 0:
        return seconds, (done.returncode, "no answer")
    try:
        found = json.loads(done.stdout)
        said = f"{len(found)} messages" + (f", first: {found[0]['message']}" if found else "")
    except ValueError:
        said = ""
    return seconds, (done.returncode, " / ".join([said, *done.stderr.strip().splitlines()]).replace("|", "¦"))


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def long_report(its: Known, suffix: str) -> str:
    """A report of about WORDS words with CITATIONS citations."""
    random, write = drawing("long"), formats.writer(suffix)
    paragraphs = []
    for at in range(CITATIONS):
        made = write(sentences.single([random.choice(its.facts)], random, ANALYST), drawing(f"long {at}"), True)
        paragraphs.append(" ".join([made, *random.choices(_FILLER, k=4)]))
    text = "\n\n".join(paragraphs)
    return f"<p>{text}</p>".replace("\n\n", "</p>\n\n<p>") if suffix == ".html" else text


# --- malformed ---


def _archive(files: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PACKAGE = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    f'PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
}


def _word(body: str) -> bytes:
    return _archive({**_PACKAGE, "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>"})


def _nested(before: str, after: str, depth: int) -> str:
    return before * depth + "340 words [@otr.seeds.corpus.words]" + after * depth


def _line(unit: str, size: int) -> bytes:
    """A line of so many megabytes."""
    return (unit * (1_000_000 * size // len(unit.encode()) + 1)).encode()


_RUN = "<w:p><w:r><w:t>340 words [@otr.seeds.corpus.words].</w:t></w:r></w:p>"
_WRAP = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
MALFORMED: Mapping[str, Callable[[int], bytes]] = {
    "cut.docx": lambda n: _word(_RUN * 500 * n)[: 600 * n],
    "no archive.docx": lambda n: b"\xd0\xcf\x11\xe0 not an archive " * 1000 * n,
    "no document.docx": lambda n: _archive({"a.txt": "x" * n}),
    "unclosed.docx": lambda n: _word(_RUN * n + "<w:p><w:r>"),
    "deep, 5000 tables.docx": lambda n: _word(_WRAP[0] * 1250 * n + _RUN + _WRAP[1] * 1250 * n),
    "entities.docx": lambda n: _archive(
        {
            **_PACKAGE,
            "word/document.xml": f'<!DOCTYPE x [<!ENTITY a "{"a" * 99 * n}">]><w:document {_W}>&a;</w:document>',
        }
    ),
    "cut.odt": lambda n: _archive({"content.xml": "<a>" * n})[: 30 * n],
    "no content.odt": lambda n: _archive({"mimetype": "application/vnd.oasis.opendocument.text" * n}),
    "no notebook.ipynb": lambda n: b'{"cells": 3}' + b" " * n,
    "cut.ipynb": lambda n: b'{"cells": [{"cell_type": "markdown", "source": ["a' + b"a" * n,
    "deep, 5000 lists.ipynb": lambda n: b'{"cells": ' + b"[" * 1250 * n + b"]" * 1250 * n + b"}",
    "deep, 5000 elements.html": lambda n: _nested("<div>", "</div>", 1250 * n).encode(),
    "unclosed, 5000 elements.html": lambda n: _nested("<b><p>", "", 1250 * n).encode(),
    "open comment.html": lambda n: _line("<!-- ", n),
    "deep, 5000 groups.tex": lambda n: _nested("{", "}", 1250 * n).encode(),
    "deep, 5000 commands.tex": lambda n: _nested(r"\emph{", "}", 1250 * n).encode(),
    "open braces.tex": lambda n: _line(r"{\findingcite{corpus.words ", n),
    "open environments.tex": lambda n: _line(r"\begin{itemize}\item a ", n),
    "open math.tex": lambda n: _line("$x", n),
    "deep, 5000 quotes.md": lambda n: _nested("> ", "", 1250 * n).encode(),
    "deep, 5000 lists.md": lambda n: "\n".join(" " * 2 * at + "- a" for at in range(312 * n)).encode(),
    "open brackets.md": lambda n: _line("[@otr.", n),
    "open emphasis.md": lambda n: _line("*a _b `c ", n),
    "open fences.md": lambda n: _line("``` \n~~~ \n", n),
    "one line of prose.md": lambda n: _line("The corpus holds 340 words, and that is all. ", n),
    "one line of citations.md": lambda n: _line("The corpus holds 340 words [@otr.seeds.corpus.words]. ", n),
    "one sentence of digits.md": lambda n: _line("1,", n),
    "one sentence of number words.md": lambda n: _line("twenty-five billion ", n),
    "one sentence of quotation marks.md": lambda n: _line("“", n),
    "one quotation.md": lambda n: (
        "“".encode() + _line("we will not ", n) + "” [@otr.seeds.statements.direct].".encode()
    ),
    "not text.txt": lambda n: bytes(range(256)) * 1000 * n,
    "utf-16.md": lambda n: ("340 words [@otr.seeds.corpus.words].\n" * n).encode("utf-16"),
}
"""Reports that no program wrote, by what is wrong and the format; the number says how large."""
