"""Find documents that repeat another, and decide which one of them counts.

Documents are compared by their *shingles*: all runs of four words, ignoring case, punctuation and spacing. Only a
sketch of each document is kept, its 256 shingles with the smallest hashes (bottom-k sketch: Broder 1997, *On the
resemblance and containment of documents*; complete for 256 shingles or fewer). Two sketches estimate how much two
texts share and how much of the shorter one the longer one contains. Ordinary MinHash signatures estimate only the
first, and miss a wire report that a long article quotes in full.

Time and memory grow with the number of documents, not of pairs: a sketch takes a kilobyte, and the search for pairs
about two more per document. Nothing depends on chance or on the order of documents.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from research.loading.documents import Document

EXACT, NEAR, CONTAINED = "exact", "near", "contained"

SHINGLE = 4
"""How many words in a row are compared."""
SKETCH = 256
"""How many shingles of a document are kept: a share of 0.5 is then known to about 0.03."""
NEAR_FROM = 0.5
"""Near: both texts have at least this share of all their shingles (Jaccard)."""
CONTAINED_FROM = 0.8
"""Contained: the longer text has at least this share of the shorter one's shingles, …"""
CONTAINED_UP_TO = 0.8
"""… and the shorter is at most this fraction of the longer. Otherwise they are versions."""
SHORTEST = 10
"""Shorter texts are never called copies: two people may say "We have no comment" independently."""
EVIDENCE = 20
"""How many shingles of the shorter text must be known for a near or contained copy."""

# Scripts that put no space between words: there each character counts as a word (Thai to Burmese, Khmer,
# kana, Chinese characters).
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]{1,64}")
_PIECE = 1_000_000  # characters that are split into words at a time, so that a huge text takes no huge memory
_VOCABULARY = 200_000  # words whose hashes are remembered
_FACTORS = np.array([pow(0x9E3779B97F4A7C15, i, 2**64) for i in range(1, SHINGLE + 1)], dtype=np.uint64)
_FIRST = 8  # a shingle that many documents have (a phrase, a disclaimer) pairs each of them with its first eight
_SHARED = 4  # pairs with fewer common shingles are not looked at
_PARTS = 32  # the search takes so many turns, and holds the pairs of one turn at a time
_LARGEST_HASH = 2**32 - 1
_HALF, _LOWER_HALF = np.uint64(32), np.uint64(_LARGEST_HASH)  # two numbers in one of 64 bits


class Copy(NamedTuple):
    """A document that repeats another, which is counted in its place.

    ``kind`` is ``exact`` (the same words in the same order), ``near`` (another version: a new headline, an update) or
    ``contained`` (shortened, or quoted in full in a longer text). ``similarity`` estimates the share of shingles that
    both texts have; for ``contained``, the share of this document's shingles that the longer one has. It is rounded to
    two digits.
    """

    duplicate_of: str
    kind: str
    similarity: float


Duplicates = dict[str, Copy]
"""The documents that repeat another, by id and in the order of ids. Every other document counts itself."""


class Sketch(NamedTuple):
    """What is kept of a document for comparison: its length, a digest of its words, its smallest shingles."""

    doc_id: str
    date: str | None
    words: int
    digest: bytes
    shingles: NDArray[np.uint32]


def find(documents: Iterable[Document]) -> Duplicates:
    """Find the documents that repeat another, in one pass that keeps no text.

    Of several versions the one with the earliest date counts, then the longest, then the first by id. A document
    without a date comes after all that have one; a year or a month comes after all its days. A text that is contained
    in a longer one never counts, because the longer one includes it. Each copy is compared with the document that
    counts in its place, so no chain of small changes joins two different stories.

    Not found: a text within one that is many times as long (from about sixteen times, for texts of 256 words or more),
    and a text retold in other words. Found although different: texts from one template, such as daily figures, that
    differ in a few numbers only, and stories that consist mostly of a shared disclaimer.
    """
    return compare(map(sketch, documents))


def sketch(document: Document) -> Sketch:
    """Return what ``compare`` needs of a document. It depends only on body, date and id."""
    words = 0
    digest = blake2b(digest_size=16)
    carried = np.empty(0, dtype=np.uint64)
    smallest = np.empty(0, dtype=np.uint32)
    for piece in _word_hashes(document.text, *document.body):
        words += len(piece)
        digest.update(piece.tobytes())
        hashes = np.concatenate((carried, piece))  # a shingle may begin in one piece and end in the next
        carried = hashes[-(SHINGLE - 1) :]
        smallest = np.unique(np.concatenate((smallest, _shingles(hashes))))[:SKETCH]
    return Sketch(document.id, document.date, words, digest.digest(), smallest)


class _Vocabulary(dict[str, int]):
    """The hash of each word, the same in every process. It is emptied when it grows too large."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _VOCABULARY:
            self.clear()
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        value = self[word] = int.from_bytes(digest, "little")
        return value


_VOCABULARY_OF_ALL = _Vocabulary()


def _word_hashes(text: str, start: int, end: int) -> Iterator[NDArray[np.uint64]]:
    """Yield the hashes of the words of a passage in order, in pieces."""
    while start < end:
        stop = min(start + _PIECE, end)
        if stop < end:
            stop = max(text.rfind(" ", start, stop), text.rfind("\n", start, stop)) + 1 or stop
        piece = unicodedata.normalize("NFKC", text[start:stop]).lower()
        words = _WORD.findall(piece)
        yield np.fromiter(map(_VOCABULARY_OF_ALL.__getitem__, words), dtype=np.uint64, count=len(words))
        start = stop


def _shingles(words: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """The hashes of all runs of words; the order of words in a run matters."""
    count = max(len(words) - SHINGLE + 1, 0)
    total = np.zeros(count, dtype=np.uint64)
    for i in range(SHINGLE):
        total += words[i : i + count] * _FACTORS[i]  # wraps at 64 bits, as it should
    return (total >> np.uint64(32)).astype(np.uint32)


def compare(sketches: Iterable[Sketch]) -> Duplicates:
    """Find the documents that repeat another, given their sketches. The rules are those of ``find``."""
    texts = _Texts(sketch for sketch in sketches if sketch.words >= SHORTEST)
    links = _Links(texts)
    links.look_at(texts.candidates())
    links.look_at(links.versions_of_parts())
    copies: Duplicates = {}
    for text, link in sorted(_choose(texts, links).items()):
        counts = texts.tellers[text if link is None else link.other][0]
        kind, similarity = (EXACT, 1.0) if link is None else (link.kind, link.similarity)
        copies |= {teller: Copy(counts, kind, similarity) for teller in texts.tellers[text] if teller != counts}
    return dict(sorted(copies.items()))


class _Texts:
    """Every distinct text once, numbered so that of two versions the one with the smaller number counts.

    ``tellers`` lists for each text the ids of the documents that consist of it, the preferred one first.
    """

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        shingles = array("I")
        spans: dict[bytes, tuple[int, int]] = {}
        words: dict[bytes, int] = {}
        tellers: dict[bytes, list[tuple[str, int, str]]] = defaultdict(list)
        for sketch in sketches:
            if sketch.digest not in spans:
                spans[sketch.digest] = len(shingles), len(shingles) + len(sketch.shingles)
                words[sketch.digest] = sketch.words
                shingles.frombytes(sketch.shingles.tobytes())
            tellers[sketch.digest].append((_when(sketch.date), -sketch.words, sketch.doc_id))
        order = sorted(tellers, key=lambda digest: min(tellers[digest]))
        self.tellers = [[doc_id for _, _, doc_id in sorted(tellers[digest])] for digest in order]
        self.words = [words[digest] for digest in order]
        self._spans = [spans[digest] for digest in order]
        self._shingles = np.frombuffer(shingles, dtype=np.uint32)
        self._in_memory = np.array(sorted(range(len(order)), key=self._spans.__getitem__), dtype=np.uint32)
        self._starts = np.array([self._spans[text][0] for text in self._in_memory], dtype=np.int64)

    def overlap(self, a: int, b: int) -> tuple[int, int, int, bool]:
        """Count the known shingles of two texts: in both, in the first, in the second.

        Only shingles up to the largest hash to which both sketches are complete are counted. The last value says
        whether these are all shingles of both texts.
        """
        of_a, of_b = (self._shingles[slice(*self._spans[text])] for text in (a, b))
        limit = min(_complete_to(of_a), _complete_to(of_b))
        of_a, of_b = (known[: np.searchsorted(known, limit, side="right")] for known in (of_a, of_b))
        return len(np.intersect1d(of_a, of_b, assume_unique=True)), len(of_a), len(of_b), limit == _LARGEST_HASH

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of texts that have some shingles in common, each pair once.

        A shingle that many texts have pairs each of them only with the first few, so that the number of pairs grows
        with the number of shingles and not with its square.
        """
        all_texts, all_firsts, count = [], [], 0
        for part in range(_PARTS):
            texts, firsts = self._common_shingles(part)
            all_texts.append(texts)
            all_firsts.append(firsts + np.uint32(count))
            count += len(texts)
        texts, firsts = np.concatenate(all_texts), np.concatenate(all_firsts)
        del all_texts, all_firsts
        for part in range(_PARTS):
            places = np.flatnonzero(texts % np.uint32(_PARTS) == part)
            pairs = []
            for nth in range(_FIRST):
                places = places[firsts[places] + nth < places]
                pairs.append(texts[firsts[places] + nth].astype(np.uint64) << _HALF | texts[places])
            found, times = np.unique(np.concatenate(pairs), return_counts=True)
            for pair in found[times >= _SHARED].tolist():
                yield pair >> 32, pair & _LARGEST_HASH

    def _common_shingles(self, part: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """The shingles of one part that two or more texts have.

        Returned are the texts with the first of these shingles, in order, then those with the second, and so on, and
        for each text the index where the group of its shingle begins.
        """
        places = np.concatenate(
            [
                start + np.flatnonzero(self._shingles[start : start + _PIECE] % np.uint32(_PARTS) == part)
                for start in range(0, len(self._shingles) + 1, _PIECE)
            ]
        )
        texts = self._in_memory[np.searchsorted(self._starts, places, side="right") - 1]
        keys = self._shingles[places].astype(np.uint64) << _HALF | texts
        keys.sort()
        begins = np.append(np.diff(keys >> _HALF, prepend=np.uint64(2**64 - 1)) != 0, True)
        common = ~(begins[:-1] & begins[1:])
        texts = (keys[common] & _LOWER_HALF).astype(np.uint32)
        firsts = np.flatnonzero(begins[:-1][common]).astype(np.uint32)
        return texts, np.repeat(firsts, np.diff(firsts, append=np.uint32(len(texts))))


def _when(date: str | None) -> str:
    """The sort key of a date: a year or a month after all its days, no date at the end."""
    return "~" if date is None else f"{date}~"


def _complete_to(shingles: NDArray[np.uint32]) -> int:
    """The hash up to which a sketch holds all shingles of its text."""
    return int(shingles[-1]) if len(shingles) == SKETCH else _LARGEST_HASH


class _Link(NamedTuple):
    """How one text relates to another."""

    other: int
    kind: str
    similarity: float


class _Links:
    """The relations of pairs of texts.

    ``of[a][b]`` is how text ``a`` relates to ``b``; ``parts[a]`` are the longer texts that contain text ``a``.
    """

    def __init__(self, texts: _Texts) -> None:
        self._texts = texts
        self.of: dict[int, dict[int, _Link]] = defaultdict(dict)
        self.parts: dict[int, list[int]] = defaultdict(list)

    def look_at(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Compare the texts of each pair, and keep those that are copies."""
        for a, b in pairs:
            shared, in_a, in_b, are_all = self._texts.overlap(a, b)
            shorter, longer = sorted((in_a, in_b))
            if shorter < EVIDENCE:
                continue
            contained, jaccard = round(shared / shorter, 2), round(shared / (in_a + in_b - shared), 2)
            # A share that is known from a sample must be higher by a standard error, lest chance decide.
            enough = round(CONTAINED_FROM + (0 if are_all else 0.5 / sqrt(shorter)), 2)
            if contained >= enough and shorter <= CONTAINED_UP_TO * longer:
                part, whole = (a, b) if in_a == shorter else (b, a)
                self.parts[part].append(whole)
                kind, similarity = CONTAINED, contained
            elif jaccard >= NEAR_FROM:
                kind, similarity = NEAR, jaccard
            else:
                continue
            self.of[a][b] = _Link(b, kind, similarity)
            self.of[b][a] = _Link(a, kind, similarity)

    def versions_of_parts(self) -> list[tuple[int, int]]:
        """Pairs not yet compared: if a text contains another, it probably contains its other versions as well."""
        pairs = {
            (min(version, whole), max(version, whole))
            for part, wholes in self.parts.items()
            for whole in wholes
            for version in self.of[part]
            if version != whole and whole not in self.of[version]
        }
        return sorted(pairs)


def _choose(texts: _Texts, links: _Links) -> dict[int, _Link | None]:
    """Of each text the link to the one that counts in its place, or None where it counts itself.

    Texts that are part of no other choose first, in the order of their numbers; then the parts, the longest first. Each
    joins the most similar of those that count so far; without one it counts itself.
    """
    chosen: dict[int, _Link | None] = {}
    for text in sorted(range(len(texts.tellers)), key=lambda text: _turn(text, texts, links)):
        counted = [link for other, link in links.of.get(text, {}).items() if other in chosen and chosen[other] is None]
        chosen[text] = min(counted, key=lambda link: (-link.similarity, link.other), default=None)
    return chosen


def _turn(text: int, texts: _Texts, links: _Links) -> tuple[bool, int, int]:
    is_part = text in links.parts
    return is_part, -texts.words[text] if is_part else 0, text
