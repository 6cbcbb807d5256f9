"""Find the words of an anchor again, in the text that it was made of or in a changed one.

An anchor has the selectors of the W3C Web Annotation model: the sha256 of the file, the position, the words, and what
stands before and after them. It is found again where that is certain, and refused where it is not.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from research.loading.documents import Span


class Selectors(Protocol):
    """What an anchor says: a passage of evidence, or a judgement."""

    @property
    def sha256(self) -> str:
        """That of the bytes of the file."""

    @property
    def start(self) -> int:
        """The offset of the first character."""

    @property
    def end(self) -> int:
        """The offset after the last character."""

    @property
    def exact(self) -> str:
        """The words."""

    @property
    def prefix(self) -> str:
        """What stands before them."""

    @property
    def suffix(self) -> str:
        """What stands after them."""


Status = Literal["exact", "moved", "refused"]


class Resolution(NamedTuple):
    """The span that an anchor leads to, None if it is refused, and the reason in one sentence."""

    status: Status
    span: Span | None
    why: str


def resolve(anchor: Selectors, text: str, sha256: str) -> Resolution:
    """Find the words of an anchor in a text whose file has this ``sha256``.

    *exact*: hash, position and quotation agree. *moved*: the file has changed, and the quotation with its context
    occurs exactly once. *refused*: anything else, so that similar words are never taken for it. An anchor without
    context is never moved, because nothing distinguishes its words from the same words elsewhere.
    """
    start, end = anchor.start, anchor.end
    if sha256 == anchor.sha256:
        if _is_there(anchor, text):
            return Resolution("exact", Span(start, end), "Hash, position and quotation agree.")
        return _refused("The anchor is wrong: the document is unchanged, but has other words at this position.")
    quotation = anchor.prefix + anchor.exact + anchor.suffix
    if not anchor.exact or quotation == anchor.exact:
        return _refused("The document has changed, and the anchor has no context to recognise its words by.")
    at = text.find(quotation)
    if at < 0:
        return _refused("The document has changed, and these words in their context are gone.")
    if text.find(quotation, at + 1) >= 0:
        return _refused("The document has changed, and these words in their context now occur several times.")
    start = at + len(anchor.prefix)
    return Resolution("moved", Span(start, start + len(anchor.exact)), "The document has changed around these words.")


def _refused(why: str) -> Resolution:
    return Resolution("refused", None, why)


def _is_there(anchor: Selectors, text: str) -> bool:
    before, after = anchor.start - len(anchor.prefix), anchor.end + len(anchor.suffix)
    quotation = anchor.prefix + anchor.exact + anchor.suffix
    return before >= 0 and anchor.end - anchor.start == len(anchor.exact) and text[before:after] == quotation
