"""Anchors: every passage of evidence as a W3C Web Annotation, and the way from an anchor back to its words.

``annotations.jsonld`` in a run folder is one annotation collection, an annotation a line. Its anchors have as
much context as it takes to tell their words from every other place of the source, so that a passage whose
source was changed can be said to have moved when that is certain, and is refused when it is not.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, unquote

import numpy as np
from numpy.typing import NDArray

from research.analysis.evidence import Passage
from research.analysis.findings import Finding
from research.errors import RunError
from research.loading import Corpus, Span
from research.loading.corpus import Progress
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import json_line, write_lines

ANCHORS = "annotations.jsonld"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The context that gives the names of an annotation their meaning; it is named here and never fetched."""

Status = Literal["exact", "moved", "refused"]


class Resolution(NamedTuple):
    """Where an anchor leads: the span in the text, None where it is refused, and why in one sentence."""

    status: Status
    span: Span | None
    why: str


class Anchor(NamedTuple):
    """A passage as an annotation has it: whose evidence it is, and the logical path of its source."""

    key: str
    path: str
    passage: Passage


def resolve(anchor: Passage, text: str, sha256: str) -> Resolution:
    """Find the words of an anchor in a text whose file has this ``sha256``.

    *exact*: hash, position and quotation agree. *moved*: the file was changed, and the quotation with its
    context stands in exactly one place. *refused*: anything else, so that no lookalike is ever taken for it. An
    anchor without context on either side has nothing to tell it by, and never moves.
    """
    start, end = anchor.start, anchor.end
    if sha256 == anchor.sha256:
        if _stands(anchor, text):
            return Resolution("exact", Span(start, end), "Hash, position and quotation agree.")
        return Resolution("refused", None, "The source is the same, but other words stand there: the anchor is wrong.")
    quotation = anchor.prefix + anchor.exact + anchor.suffix
    if not anchor.exact or quotation == anchor.exact:
        return Resolution("refused", None, "The source was changed, and no context tells these words from others.")
    at = text.find(quotation)
    if at < 0:
        return Resolution("refused", None, "The source was changed, and these words in their context are gone.")
    if text.find(quotation, at + 1) >= 0:
        return Resolution("refused", None, "The source was changed, and these words now stand in several places.")
    start = at + len(anchor.prefix)
    return Resolution("moved", Span(start, start + len(anchor.exact)), "The source was changed around these words.")


def _stands(anchor: Passage, text: str) -> bool:
    before, after = anchor.start - len(anchor.prefix), anchor.end + len(anchor.suffix)
    quotation = anchor.prefix + anchor.exact + anchor.suffix
    return before >= 0 and anchor.end - anchor.start == len(anchor.exact) and text[before:after] == quotation


# --- context that tells a passage from every other place ---

_WIDTHS = (32, 64, 128, 256, 512, 1024)
"""How many characters of context are tried on either side, the fewest first."""
_HEAD = 32  # a power of two
_CROWD = 100
_FACTORS = {length: np.uint64(pow(0x9E3779B97F4A7C15, length, 2**64)) for length in (1, 2, 4, 8, 16)}


def told_apart(passages: Sequence[Passage], text: str) -> list[Passage]:
    """The passages of a text, each with a context that stands in it once; without one where there is none.

    Refrains and forms repeat themselves over more than the widest context; their passages keep place and
    words alone, and are refused once their source was changed.
    """
    found = [row._replace(prefix="", suffix="") for row in passages]
    undecided = list(range(len(passages)))
    for width in _WIDTHS:
        if not undecided:
            break
        windows = {i: text[max(0, found[i].start - width) : found[i].end + width] for i in undecided}
        once = _standing_once(set(windows.values()), text)
        for i in undecided:
            if windows[i] in once:
                start, end = found[i].start, found[i].end
                before, after = text[max(0, start - width) : start], text[end : end + width]
                found[i] = found[i]._replace(prefix=before, suffix=after)
        undecided = [i for i in undecided if windows[i] not in once]
    return found


def _standing_once(quotations: set[str], text: str) -> set[str]:
    """Those of some quotations from a text that stand in it once, in one pass over the text.

    Of a beginning that stands in very many places, nothing is said to stand once: the work stays in proportion.
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


_PIECE = 1_000_000  # characters that are looked at together, so that a huge text takes no huge memory


def _places(heads: Iterable[str], text: str) -> Iterator[int]:
    """The places of a text, in order, where one of some heads may stand: all where one does, hardly any others."""
    if len(text) <= _HEAD:
        yield 0
        return
    wanted = np.concatenate([_hashes(head) for head in heads])
    for start in range(0, len(text) - _HEAD + 1, _PIECE):
        found = np.isin(_hashes(text[start : start + _PIECE + _HEAD - 1]), wanted)
        yield from (start + at for at in np.flatnonzero(found).tolist())


def _hashes(text: str) -> NDArray[np.uint64]:
    """A hash of every stretch of ``_HEAD`` characters, by way of those of half the length, a quarter, and so on."""
    total = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    length = 1
    while length < _HEAD:
        total = total[:-length] * _FACTORS[length] + total[length:]  # wraps at 64 bits, as it should
        length *= 2
    return total


# --- the file ---


def write_anchors(folder: RunFolder, corpus: Corpus, progress: Progress | None = None) -> None:
    """Write every passage of every finding of a run as an annotation, document by document.

    Raises ``RunError`` where a passage does not stand in its document.
    """
    write_lines(folder.path / ANCHORS, _collection(folder, corpus, progress))


def _collection(folder: RunFolder, corpus: Corpus, progress: Progress | None) -> Iterator[str]:
    total = sum(1 for _ in folder.passages())
    collection = {
        "@context": CONTEXT,
        "id": _named(folder.version),
        "type": "AnnotationCollection",
        "label": f"The passages behind the findings of {corpus.name}",
        "total": total,
    }
    if not total:
        yield json_line(collection)
        return
    page = {"id": f"{_named(folder.version)}#page", "type": "AnnotationPage", "startIndex": 0, "items": []}
    yield json_line({**collection, "first": page}).removesuffix("]}}")
    for written, anchor in enumerate(_anchors(folder, corpus, progress), start=1):
        yield json_line(_annotation(anchor)) + ("," if written < total else "")
    yield "]}}"


def _anchors(folder: RunFolder, corpus: Corpus, progress: Progress | None) -> Iterator[Anchor]:
    for done, (document, rows) in enumerate(folder.evidence_by_document(corpus), start=1):
        for key, row in rows:
            if resolve(row, document.text, document.origin.sha256).status != "exact":
                raise RunError(f"A passage of {key} does not stand in {document.id}. Run it again.")
        passages = told_apart([row for _, row in rows], document.text)
        for (key, _), row in zip(rows, passages, strict=True):
            yield Anchor(key, document.origin.path, row)
        if progress is not None:
            progress(done, len(corpus))


def _annotation(anchor: Anchor) -> dict[str, Any]:
    """An anchor in the words of the Web Annotation model; its id is made of all the rest of it."""
    row = anchor.passage
    context = {"prefix": row.prefix, "suffix": row.suffix} if row.prefix or row.suffix else {}
    content = {
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "value": anchor.key, "purpose": "tagging"},
            {"type": "TextualBody", "value": row.role, "purpose": "classifying"},
        ],
        "target": {
            "source": {
                # A file may hold many documents, in each of which the characters are counted anew.
                "id": f"{_named(row.sha256)}#{quote(row.doc_id, safe='/')}",
                "type": "Text",
                "label": anchor.path,
                "schema:sha256": row.sha256,
            },
            "selector": [
                {"type": "TextQuoteSelector", "exact": row.exact, **context},
                {"type": "TextPositionSelector", "start": row.start, "end": row.end},
            ],
        },
    }
    return {"id": _named(hashlib.sha256(json_line(content).encode()).hexdigest()), **content}


def _named(sha256: str) -> str:
    """The name of something by its hash (RFC 6920), an IRI that needs no place on the web."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


def read_anchors(folder: RunFolder) -> Iterator[Anchor]:
    """The anchors of a run, one after another. Raises ``RunError`` where the file is not what this package writes."""
    path = folder.path / ANCHORS
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith('{"id":'):
                    yield _anchor(json.loads(line.rstrip("\n").removesuffix(",")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RunError(f"{path} is missing or damaged ({error}). Restore it, or run it again.") from error


def _anchor(annotation: Mapping[str, Any]) -> Anchor:
    source, (words, place) = annotation["target"]["source"], annotation["target"]["selector"]
    key, role = (body["value"] for body in annotation["body"])
    row = Passage(
        role=role,
        doc_id=unquote(source["id"].partition("#")[2]),
        sha256=source["schema:sha256"],
        start=place["start"],
        end=place["end"],
        exact=words["exact"],
        prefix=words.get("prefix", ""),
        suffix=words.get("suffix", ""),
    )
    return Anchor(key, source["label"], row)


def anchors_of(finding: Finding, anchors: Iterable[Anchor]) -> list[Passage]:
    """The anchors of one finding, in the order of its evidence. Raises ``RunError`` where one is missing."""
    by_place = {_place(it.passage): it.passage for it in anchors if it.key == finding.key}
    if not by_place.keys() >= set(map(_place, finding.evidence)):
        raise RunError(f"{ANCHORS} lacks passages of {finding.key}. Restore it, or run it again.")
    return [by_place[_place(row)] for row in finding.evidence]


def _place(row: Passage) -> tuple[str, str, int, int]:
    return row.role, row.doc_id, row.start, row.end
