"""Quotations that the line above announces, as releases and collections of reactions have them.

    And from Chairwoman Ana Weiss:

    “The sea belongs to all of us.”

    From the desk of Jon Brandt, Vice President, Harbour Fund.

    “Ships will come.”

The line says nothing but who speaks: a name with its office, after "from", "statement by" or the like, or before
"said". The quotation is one or several whole paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from research.loading.documents import Span
from research.nlp.names.descriptions import head_noun, is_office_acronym, roles
from research.nlp.names.located import Located
from research.nlp.records import Attribution, Mention
from research.nlp.statements.layout import CONFIDENCE
from research.nlp.statements.marks import in_lines
from research.nlp.statements.quotations import CLOSING, OPENING, STRAIGHT, paragraphs, quotations
from research.nlp.statements.trimming import trimmed

_LONGEST_LINE = 200
_WORKS = (
    r"(?:statements?|comments?|remarks|reactions?|responses?|messages?|quotes?|quotations?|words?|note|letter|testimony|"
    r"tribute|endorsement)"
)
_FROM = re.compile(
    rf"(?:.{{0,60}}\b)?(?P<cue>{_WORKS}\s(?:(?:is|was|can\sbe|may\sbe)\s)?(?:attribut(?:ed|able)\sto|by|from|of)|"
    r"\Afrom(?:\sthe\s(?:desk|office|pen)\sof)?|\b(?:and|also|or|this|these|next|finally|then),?\sfrom)"
    r"\s(?P<who>(?:the\s)?[A-Z].{1,150})",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?P<who>[A-Z].{2,120}?),?\s(?P<cue>said|says|states|stated|writes|wrote|adds|added|commented|comments|remarked|"
    r"had\sthis\sto\ssay|issued\sthe\sfollowing\sstatement|released\sthe\sfollowing\sstatement)\b[^.“”\"]{0,60}[:.]?"
)
_END = re.compile(r"[\s:.—–-]+\Z")


def with_announced(text: str, found: Sequence[Attribution], mentions: Sequence[Mention]) -> list[Attribution]:
    """Return the attributions of a text with those of announced quotations, in order.

    What the encoder saw in that line stays. A statement within the quotation has level 1.
    """
    located = Located(mentions)
    kept = list(found)
    for source, cue, content in _announced(text, located):
        whole = Span(content[0].start, content[-1].end)
        line = Span(min(source.start, cue.start), whole.start)
        mine = [it for it in kept if _overlaps(it, whole)]
        if any(it.kind == "turn" or _is_told(it, line, whole) for it in mine):
            continue
        rest = [cut for it in mine if (cut := _without(text, it, whole)) is not None]
        within = [replace(it, level=1) for it in mine if it.source is not None and _is_within(it.source, whole)]
        told = Attribution(source=source, cue=cue, content=content, kind="direct", confidence=CONFIDENCE)
        kept = [it for it in kept if it not in mine and it.source != source] + [*rest, *within, told]
    return sorted(kept, key=lambda it: (it.content[0], it.level))


def _overlaps(it: Attribution, span: Span) -> bool:
    return any(part.start < span.end and part.end > span.start for part in it.content)


def _is_within(part: Span, span: Span) -> bool:
    return span.start <= part.start and part.end <= span.end


def _is_told(it: Attribution, line: Span, whole: Span) -> bool:
    """Return whether most of a quotation has its source in that line already, and nothing else has."""
    within = sum(max(0, min(part.end, whole.end) - max(part.start, whole.start)) for part in it.content)
    ours = it.source is not None and _is_within(it.source, Span(line.start, whole.start))
    return ours and 2 * within >= whole.end - whole.start and it.content[-1].end <= whole.end


def _without(text: str, it: Attribution, whole: Span) -> Attribution | None:
    """Return an attribution without the announced quotation; None if nothing is left of it."""
    if it.source is not None and _is_within(it.source, whole):
        return None
    around = [
        part
        for start, end in it.content
        for low, high in ((start, min(end, whole.start)), (max(start, whole.end), end))
        if low < high and (part := trimmed(text, low, high)) is not None
    ]
    return replace(it, content=tuple(around)) if around else None


def _announced(text: str, located: Located) -> Iterator[tuple[Span, Span, tuple[Span, ...]]]:
    """Yield source, cue and content of every announced quotation."""
    spans = _blocks(text)
    closed = {it.start: it.end for it in quotations(text)}
    at = 1
    while at < len(spans):
        if not _is_quoted(text, spans[at], closed):
            at += 1
            continue
        last = at
        while last + 1 < len(spans) and _is_quoted(text, spans[last + 1], closed):
            last += 1
        told = _who(text, spans[at - 1], located)
        content = tuple(part for span in spans[at : last + 1] if (part := trimmed(text, *span)) is not None)
        if told is not None and content:
            yield (*told, content)
        at = last + 1


def _blocks(text: str) -> list[Span]:
    """Return the paragraphs of a text; a line above a quotation is one of its own, with or without a blank line."""
    lined = in_lines(text)
    found = []
    for start, end in paragraphs(lined):
        first = lined.find("\n", start, end)
        if first > 0 and lined[first + 1 : end].lstrip()[:1] in (*OPENING, STRAIGHT) and lined[start] not in _QUOTES:
            found += [Span(start, first), Span(end - len(lined[first + 1 : end].lstrip()), end)]
        else:
            found.append(Span(start, end))
    return found


_QUOTES = (*OPENING, *CLOSING, STRAIGHT)


def _is_quoted(text: str, span: Span, closed: dict[int, int]) -> bool:
    """Return whether a paragraph is nothing but a quotation."""
    end = closed.get(span.start)
    return end is not None and end >= span.end - 1 and not text[end : span.end].strip(" .\n")


def _who(text: str, line: Span, located: Located) -> tuple[Span, Span] | None:
    """Return source and cue of a line that announces who speaks; None for any other line."""
    written = text[line.start : line.end]
    if len(written) > _LONGEST_LINE or "\n" in written.strip() or any(mark in written for mark in _QUOTES):
        return None
    colon = written.rstrip().endswith(":")
    found = _FROM.fullmatch(written) or _SAID.fullmatch(written)
    if found is None:
        named = _END.sub("", written)
        sign = Span(line.start + len(named), line.start + max(len(named) + 1, len(written.rstrip())))
        source = Span(line.start + len(written) - len(written.lstrip()), line.start + len(named))
        bare = colon or not written.rstrip().endswith(".")
        cue = sign if colon else source
        return (source, cue) if bare and _is_name_alone(text, source, located) else None
    who = _END.sub("", found["who"])
    start = line.start + found.start("who")
    source = _up_to_name(text, Span(start, start + len(who)), located)
    at = Span(line.start + found.start("cue"), line.start + found.end("cue"))
    return (source, at) if _is_somebody(text, source, located) else None


def _up_to_name(text: str, source: Span, located: Located) -> Span:
    """Return the words up to the end of a person's name, or all if an office follows: "Ada Okell, the mayor"."""
    number = next((n for n in located.within(*source) if located.mentions[n].type == "PERSON"), None)
    if number is None or text[located.mentions[number].end : source.end].lstrip()[:1] in ("", ",", "("):
        return source
    return Span(source.start, located.mentions[number].end)


def _is_somebody(text: str, source: Span, located: Located) -> bool:
    """Return whether words begin with the name of a person or an organisation, with or without a title before it."""
    number = next(iter(located.within(*source)), None)
    if number is None:
        return False
    first = located.mentions[number]
    before = text[source.start : first.start].split()
    title = [word.strip(",") for word in before if word.lower() not in ("the", "of", "mr.", "ms.", "mrs.", "dr.")]
    in_title = all(word[:1].isupper() or word.lower() in roles().modifiers or roles().noun(word) for word in title)
    return in_title and first.type in ("PERSON", "ORG", "GPE")


def _is_name_alone(text: str, source: Span, located: Located) -> bool:
    """Return whether a line is a person's name in full and at most an office: "Jon Brandt, chair of the fund"."""
    numbers = located.within(*source)
    people = [located.mentions[n] for n in numbers if located.mentions[n].type == "PERSON"]
    if len(people) != 1 or len(text[people[0].start : people[0].end].split()) < 2:
        return False
    before = text[source.start : people[0].start].split()
    after = text[people[0].end : source.end]
    title = not before or head_noun(before) is not None or roles().noun(before[-1]) is not None
    office = [word.strip(",()") for word in after.split()]
    behind = not after or (
        after[0] in ",(" and any(roles().noun(word) or is_office_acronym(word) for word in office[:8])
    )
    return title and behind
