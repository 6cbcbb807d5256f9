"""Sentences of a report, and which citations each has.

A citation belongs to the sentence that it is in, or right behind. Placed behind the full stop of a sentence, it covers
the sentences before it as well, back to the last citation of the paragraph. A citation within the last sentence of a
paragraph *supports* the sentences before it that have none: their numbers are compared where they have its unit, but a
difference is a warning. A row of a table is one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from research.loading import Span
from research.nlp.text.segmentation import sentences as segmented
from research.outputs.checking.blocks import CELL, WORD, Block, Cite
from research.outputs.checking.figures import numbers
from research.outputs.checking.quoted import quotations


@dataclass
class Sentence:
    """A sentence of a block: its span, its citations, and the quotations in it.

    ``support`` are citations further on in the paragraph, for a sentence that has none. ``company`` is the stretch from
    the first to the last of several sentences that a citation behind them covers, ``lead`` that of the sentences before
    this one that its citation supports, and ``following`` are the citations of the next sentence.
    """

    block: Block
    start: int
    end: int
    citations: list[Cite] = field(default_factory=list)
    quotations: list[Span] = field(default_factory=list)
    support: list[Cite] = field(default_factory=list)
    company: Span | None = None
    lead: Span | None = None
    following: Sequence[Cite] = ()

    @property
    def is_covered(self) -> bool:
        """Whether its citation stands behind a later sentence."""
        return self.company is not None and self.company.end > self.end

    @property
    def text(self) -> str:
        """The sentence."""
        return self.block.text[self.start : self.end]


def sentences(blocks: Sequence[Block], *, all_parted: bool = True) -> list[Sentence]:
    """Return the sentences of all blocks with their citations.

    Without ``all_parted`` a block that can have no citation is one sentence: nothing in it is compared.
    """
    notes = _citing_notes(blocks)
    found: list[Sentence] = []
    for number, block in enumerate(blocks):
        can_cite = block.citations or block.notes or block.kind == "quotation"
        its = list(_of_block(block)) if all_parted or can_cite else [Sentence(block, 0, len(block.text))]
        _give(its, [*block.citations, *_of_notes(block, notes)])
        if block.kind == "quotation" and its and not any(it.citations for it in its):
            _cite_block_quotation(its, found, blocks[number + 1] if number + 1 < len(blocks) else None)
        found += its
    return found


def _of_block(block: Block) -> Iterator[Sentence]:
    quoted = quotations(block)
    spans = [Span(0, len(block.text))] if block.kind == "row" else _spans(block, quoted)
    begins = [it.start for it in quoted]
    for start, end in spans:
        yield Sentence(block, start, end, quotations=quoted[bisect_left(begins, start) : bisect_left(begins, end)])


def _spans(block: Block, marked: Sequence[Span]) -> list[Span]:
    """Return the spans of sentences; one that ends within a quotation goes on."""
    text = block.text.replace(WORD * 6, "Source").replace(WORD, "I").replace(CELL, "|")
    joined: list[Span] = []
    quoted = [it for it in marked if it.end - it.start > 1]
    ends = [it.start for it in quoted]
    for span in segmented(text):
        if (
            joined
            and _ABBREVIATED.search(text, max(0, joined[-1].end - 8), joined[-1].end)
            and text[span.start].isdigit()
        ) or (
            joined
            and (number := bisect_right(ends, joined[-1].end - 1))
            and _inside(quoted[number - 1], joined[-1].end)
        ):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined or ([Span(0, len(block.text))] if block.citations else [])


_ABBREVIATED = re.compile(
    r"\b(?:cols?|vols?|nos?|pp?|ll|paras?|arts?|figs?|eqs?|secs?|chs?|fols?|cl|app)\.\Z", re.IGNORECASE
)
"""Before a number no sentence ends here: "cols. 411–438"."""


def _inside(quotation: Span, end: int) -> bool:
    return quotation.start < end < quotation.end


_WORDS = re.compile(r"\w")


def _give(its: list[Sentence], citations: Sequence[Cite]) -> None:
    """Give every citation to its sentence, and to those that it covers or supports."""
    if not its:
        return
    starts = [it.start for it in its]
    uncited = 0
    ordered = sorted(citations, key=lambda it: it.at)
    for cite, following in zip(ordered, [*ordered[1:], None], strict=False):
        at = cite.at if cite.since is None else max(cite.since, 0)
        number = max(0, bisect_right(starts, at) - 1)
        if cite.since is None and number > 0 and not _WORDS.search(its[number].text, 0, cite.at - its[number].start):
            number -= 1  # at its beginning, perhaps behind a mark: "… of it.† Next"
        last = number if cite.since is None else max(number, bisect_right(starts, max(at, cite.at - 1)) - 1)
        for it in its[number : last + 1]:
            it.citations.append(cite)
        behind = cite.since is None and cite.at >= its[number].end and len(its[number].text) > 1
        for it in its[uncited:number]:
            (it.citations if behind else it.support).append(cite)
        if behind:
            for it in its[uncited : number + 1]:
                it.company = Span(its[min(uncited, number)].start, its[number].end)
        elif uncited < number:
            its[number].lead = Span(its[uncited].start, its[number].start)
        if following is None or following.at > its[last].end + 1:  # the next one is not in the same place
            uncited = last + 1
    for it, after in pairwise(its):
        it.following = after.citations
        ends = max((one.at for one in it.citations), default=it.end)
        if after.citations and after.lead is None and ends + _TAIL < it.end and not it.is_covered:
            after.lead = Span(ends, after.start)


_TAIL = 10
"""Characters behind the last citation of a sentence that the next one's citation may be for."""


# --- footnotes and block quotations ---


_SHORT_NOTE = 10
"""Words of a footnote that only cites: "See the finding on this and the next one"."""


def _citing_notes(blocks: Sequence[Block]) -> Mapping[str, list[Cite]]:
    """Return the citations of the footnotes that say nothing of their own, by their labels."""
    found: dict[str, list[Cite]] = {}
    for block in blocks:
        says = any(c.isdigit() for c in block.text) or len(block.text.split()) > _SHORT_NOTE
        if block.kind == "footnote" and block.citations and not says:
            found.setdefault(block.label, []).extend(block.citations)
    return found


def _of_notes(block: Block, notes: Mapping[str, list[Cite]]) -> Iterator[Cite]:
    for at, label in block.notes:
        for cite in notes.get(label, ()):
            place = at - 1 if block.text[at - 1 : at] == " " else at
            yield cite._replace(at=max(place, 0), since=None)


_FEW_WORDS = 4


def _only_names_a_source(block: Block) -> bool:
    """Whether a line below a block quotation says nothing but where it is from: "— Mayor Okell, in 2022"."""
    text = block.text.strip()
    words = len(text.split())
    if words > _SHORT_NOTE or text[:1] in ("—", "–", "-", "(", "~"):
        return words <= _SHORT_NOTE
    return not numbers(text) and (words <= _FEW_WORDS or not text.endswith("."))


def _cite_block_quotation(its: Sequence[Sentence], before: Sequence[Sentence], following: Block | None) -> None:
    """Let a block quotation have the citation of the sentence that leads to it, or of a line that only cites."""
    cites: Sequence[Cite] = ()
    if following is not None and following.citations and following.kind != "row" and _only_names_a_source(following):
        cites = following.citations
    elif before and before[-1].citations and before[-1].text.rstrip().endswith((":", ",")):
        cites = before[-1].citations
    for it in its:
        it.citations += [cite._replace(at=it.end, since=None) for cite in cites]
