"""Anchors: every passage of evidence as a W3C Web Annotation, and the way from an anchor back to its words.

``annotations.jsonld.gz`` in a run folder is one annotation collection, compressed, with one annotation a line: each
passage once, tagged with the key of every finding that rests on it. An anchor has as much context as it takes to
distinguish its words from every other place in the document. When a document has changed, a passage is found again
where that is certain and refused where it is not. The file is optional; findings, evidence and report do not need it.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import numpy as np
from numpy.typing import NDArray

from research.analysis.evidence import Passage
from research.analysis.findings import Finding
from research.errors import RunError
from research.loading import Corpus, Document
from research.loading.anchoring import resolve
from research.loading.corpus import Progress
from research.nlp.cache import Cache
from research.outputs.folder.kept import KeptParts
from research.outputs.folder.run_folder import ANCHORS, RunFolder
from research.outputs.folder.writing import json_line, write_lines

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The JSON-LD context that defines the terms of an annotation; it is named here and never fetched."""


class Anchor(NamedTuple):
    """A passage as an annotation has it: the key of a finding that rests on it, and the relative path of its file."""

    key: str
    path: str
    passage: Passage


# --- context that distinguishes a passage from every other place ---

_WIDTHS = (32, 64, 128, 256, 512, 1024)
"""Characters of context that are tried on either side, fewest first."""
_HEAD = 32  # a power of two
_CROWD = 100
_FACTORS = {length: np.uint64(pow(0x9E3779B97F4A7C15, length, 2**64)) for length in (1, 2, 4, 8, 16)}


def told_apart(passages: Sequence[Passage], text: str) -> list[Passage]:
    """The passages of a text, each with a context that occurs once in it, or with none if there is no such context.

    Refrains and forms repeat over more than the widest context. Their passages keep only position and words, and are
    refused once their document has changed.
    """
    widths = _widths_apart([(row.start, row.end) for row in passages], text)
    return [_in_context(row, text, width) for row, width in zip(passages, widths, strict=True)]


def _in_context(row: Passage, text: str, width: int) -> Passage:
    """The passage with so many characters of the text on either side."""
    return row._replace(prefix=text[max(0, row.start - width) : row.start], suffix=text[row.end : row.end + width])


def _widths_apart(places: Sequence[tuple[int, int]], text: str) -> list[int]:
    """How many characters on either side make each place of a text unlike every other; 0 if no number does."""
    found = [0] * len(places)
    undecided = list(range(len(places)))
    for width in _WIDTHS:
        if not undecided:
            break
        windows = {i: text[max(0, places[i][0] - width) : places[i][1] + width] for i in undecided}
        once = _occurring_once(set(windows.values()), text)
        for i in undecided:
            if windows[i] in once:
                found[i] = width
        undecided = [i for i in undecided if windows[i] not in once]
    return found


def _occurring_once(quotations: set[str], text: str) -> set[str]:
    """The quotations that occur exactly once in the text they are from, found in one pass over it.

    A quotation whose first characters occur more than ``_CROWD`` times counts as repeated, which bounds the work.
    """
    size = min(_HEAD, len(text))
    by_head = defaultdict(list)
    for quotation in quotations:
        by_head[quotation[:size]].append(quotation)
    heads: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for at in _places(by_head, text):
        head = text[at : at + size]
        if head not in by_head:
            continue
        heads[head] += 1
        if heads[head] <= _CROWD:
            times.update(quotation for quotation in by_head[head] if text.startswith(quotation, at))
    return {quotation for quotation in quotations if times[quotation] == 1 and heads[quotation[:size]] <= _CROWD}


_PIECE = 1_000_000  # characters searched at once, which bounds the memory for a huge text


def _places(heads: Iterable[str], text: str) -> Iterator[int]:
    """The positions where one of the heads may occur, in order: all that there are, and hardly any others."""
    if len(text) <= _HEAD:
        yield 0
        return
    wanted = np.concatenate([_hashes(head) for head in heads])
    for start in range(0, len(text) - _HEAD + 1, _PIECE):
        found = np.isin(_hashes(text[start : start + _PIECE + _HEAD - 1]), wanted)
        yield from (start + at for at in np.flatnonzero(found).tolist())


def _hashes(text: str) -> NDArray[np.uint64]:
    """A hash of every run of ``_HEAD`` characters, built from those of half the length, a quarter, and so on."""
    total = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    length = 1
    while length < _HEAD:
        total = total[:-length] * _FACTORS[length] + total[length:]  # wraps at 64 bits, as it should
        length *= 2
    return total


# --- the file ---


def write_anchors(folder: RunFolder, corpus: Corpus, progress: Progress | None = None) -> None:
    """Write every passage of every finding of a run as an annotation, document by document.

    Raises ``RunError`` if a passage does not occur in its document.
    """
    write_lines(folder.path / ANCHORS, _collection(folder, corpus, progress), packed=True)


def checked_evidence(folder: RunFolder, corpus: Corpus) -> Iterator[tuple[Document, list[tuple[str, Passage]]]]:
    """Every document with the passages in it (see ``RunFolder.evidence_by_document``).

    Raises ``RunError`` if a passage does not occur in its document.
    """
    for document, rows in folder.evidence_by_document(corpus):
        for key, row in rows:
            if resolve(row, document.text, document.origin.sha256).status != "exact":
                raise RunError(f"A passage of {key} does not occur in {document.id}. Run it again.")
        yield document, rows


def _collection(folder: RunFolder, corpus: Corpus, progress: Progress | None) -> Iterator[str]:
    """The lines of the file. The total comes last, so that the passages need not be counted beforehand."""
    name = _named(folder.version)
    collection = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": f"The passages behind the findings of {corpus.name}",
    }
    page = {"id": f"{name}#page", "type": "AnnotationPage", "startIndex": 0, "items": []}
    total, line = 0, json_line({**collection, "first": page}).removesuffix("]}}")
    for annotation in _annotations(folder, corpus, name, progress):
        yield line + ("," if total else "")
        total, line = total + 1, json_line(annotation)
    if total:
        yield line
        yield f']}},"total":{total}}}'
    else:
        yield json_line({**collection, "total": 0})


def _annotations(folder: RunFolder, corpus: Corpus, name: str, progress: Progress | None) -> Iterator[dict[str, Any]]:
    with Cache() as cache:
        kept = KeptParts(cache, "contexts", ["numpy"])
        for done, (document, rows) in enumerate(checked_evidence(folder, corpus), start=1):
            text = document.text
            groups = [list(group) for _, group in groupby(rows, key=lambda it: (it[1].start, it[1].end))]
            places = [(group[0][1].start, group[0][1].end) for group in groups]
            widths = kept.of(document, places, partial(_widths_apart, places, text)) if places else ()
            for group, width in zip(groups, widths, strict=True):
                row = _in_context(group[0][1], text, width)
                yield _annotation(document, row, [(key, it.role) for key, it in group], name)
            if progress is not None:
                progress(done, len(corpus))


def _annotation(document: Document, row: Passage, behind: Sequence[tuple[str, str]], name: str) -> dict[str, Any]:
    """A passage in the terms of the Web Annotation model; ``behind`` are the keys of findings, each with its role."""
    context = {"prefix": row.prefix, "suffix": row.suffix} if row.prefix or row.suffix else {}
    document_name = quote(row.doc_id, safe="/")
    return {
        "id": f"{name}#{document_name}/{row.start}-{row.end}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "value": key, "purpose": "tagging", "schema:roleName": role} for key, role in behind
        ],
        "target": {
            "source": {
                # The document id is in the name, because a file may hold many documents with offsets of their own.
                "id": f"{_named(row.sha256)}#{document_name}",
                "type": "Text",
                "label": document.origin.path,
                "schema:sha256": row.sha256,
            },
            "selector": [
                {"type": "TextQuoteSelector", "exact": row.exact, **context},
                {"type": "TextPositionSelector", "start": row.start, "end": row.end},
            ],
        },
    }


def _named(sha256: str) -> str:
    """The name of something by its hash (RFC 6920), an IRI that needs no place on the web."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


def read_anchors(folder: RunFolder) -> Iterator[Anchor]:
    """The anchors of a run, one a finding and passage. Raises ``RunError`` if the file is missing or damaged."""
    path = folder.path / ANCHORS
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith('{"id":'):
                    yield from _anchors(json.loads(line.rstrip("\n").removesuffix(",")))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RunError(f"{path} is missing or damaged ({error}). Restore it, or run it again.") from error


def _anchors(annotation: Mapping[str, Any]) -> Iterator[Anchor]:
    source, (words, place) = annotation["target"]["source"], annotation["target"]["selector"]
    for body in annotation["body"]:
        row = Passage(
            role=body["schema:roleName"],
            doc_id=unquote(source["id"].partition("#")[2]),
            sha256=source["schema:sha256"],
            start=place["start"],
            end=place["end"],
            exact=words["exact"],
            prefix=words.get("prefix", ""),
            suffix=words.get("suffix", ""),
        )
        yield Anchor(body["value"], source["label"], row)


def with_context(folder: RunFolder, notebook: str) -> Iterator[tuple[str, Passage]]:
    """The passages of a notebook's findings, each after its key, with the context of their anchors.

    A run without anchors gives the shorter context of its evidence, with which fewer passages can be found again in
    a document that has changed. Raises as ``read_anchors``.
    """
    if ANCHORS not in folder.manifest()["outputs"]:
        yield from folder.passages(notebook)
        return
    keys = {it.key for it in folder.findings if it.notebook == notebook}
    yield from ((it.key, it.passage) for it in read_anchors(folder) if it.key in keys)


def anchors_of(folder: RunFolder, finding: Finding) -> list[Passage]:
    """The evidence of a finding with the context of its anchors. Raises ``RunError`` if an anchor is missing."""
    found = with_context(folder, finding.notebook)
    by_place = {_place(row): row for key, row in found if key == finding.key}
    if not by_place.keys() >= set(map(_place, finding.evidence)):
        raise RunError(f"{ANCHORS} lacks passages of {finding.key}. Restore it, or run it again.")
    return [by_place[_place(row)] for row in finding.evidence]


def _place(row: Passage) -> tuple[str, str, int, int]:
    return row.role, row.doc_id, row.start, row.end
