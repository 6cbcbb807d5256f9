"""The rule for quotations: each is in the cited evidence word for word, or the difference is named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from research.analysis.evidence import Passage
from research.loading import Span
from research.outputs.checking.blocks import WORD
from research.outputs.checking.cases import Case, Problem, around
from research.outputs.checking.cited import Run, Target
from research.outputs.checking.documents import text_of_document
from research.outputs.checking.name_rule import another_speaker, gives_it_to
from research.outputs.checking.verbatim import (
    Difference,
    difference,
    goes_beyond,
    is_in,
    pattern_of,
    places_in,
    slip,
    words_of,
)

_PRINTED = re.compile(f"{WORD}+")
"""The stand-in for a value that a macro prints."""
_GROUPS = re.compile(r"(?<=[0-9])[ ,\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
"""What is between the thousands of a number."""
_SHORT = 2
"""A quotation of so few words may be a term, or words that the report keeps its distance from."""
_ALIKE = 0.6
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys|ying)|told|tell(?:s|ing)?|add(?:ed|s|ing)|noted|noting|stated|stating|wr(?:ote|ites|iting)|"
    r"ask(?:ed|s)|"
    r"according to|declar(?:ed|es|ing)|argu(?:ed|es|ing)|insist(?:ed|s)|warn(?:ed|s|ing)|called|claim(?:ed|ing)|"
    r"replied|replies|explain(?:ed|s)|announc(?:ed|es)|stress(?:ed|es)|describ(?:ed|es)|remark(?:ed|s)|put it|"
    r"in (?:his|her|their) words|quot(?:ed|es|ing))\b",
    re.IGNORECASE,
)


def quotations_agree(case: Case) -> Iterator[Problem]:
    """Yield a problem for each quotation that no cited finding has."""
    if not case.cited or case.supported:
        return
    for span in case.sentence.quotations:
        if not case.is_repeated(*span):
            yield from _checked(case, span)


def changed_quotations(case: Case) -> Iterator[Problem]:
    """Yield a problem for each quotation of a sentence without a citation that is nearly one of a later citation."""
    for span in case.sentence.quotations:
        pattern = pattern_of(case.block_text[slice(*span)])
        if len(pattern) <= _LONGER or case.is_repeated(*span) or _is_said_by_findings(case, pattern):
            continue
        windows = [(target, it) for target in case.cited for it in windows_of(target)]
        nearest = difference(pattern, [words_of(_text(it)) for _, it in windows])
        if nearest is not None and nearest.likeness >= _VERY_ALIKE and _run(pattern, windows[nearest.passage][1]):
            yield from (it for it in _checked(case, span) if it.severity == "error" and it.kind == "quotation")


_LONGER = 4


def _run(pattern: Sequence[str], passage: Passage) -> bool:
    """Whether three words in a row of a quotation are in a passage."""
    words = words_of(_text(passage))
    return any(is_in(pattern[at : at + 3], words) for at in range(len(pattern) - 2))


def _checked(case: Case, span: Span) -> Iterator[Problem]:
    quotation = _PRINTED.sub("[…]", case.block_text[slice(*span)])
    pattern = pattern_of(quotation)
    if not pattern or _is_said_by_findings(case, pattern):
        return
    windows = [(target, it) for target in case.cited for it in windows_of(target)]
    holding = [(target, it) for target, it in windows if is_in(pattern, words_of(_text(it)))]
    if not holding:  # where a passage ends within a word of the source: "by Clinton" of "Clinton's"
        holding = [(target, it) for target, it in windows if is_in(pattern, words_of(it.exact))]
    if any(_is_of_evidence(pattern, target, it) for target, it in holding):
        yield from _another_speaker(case, [it for it in holding if is_in(pattern, words_of(it[1].exact))])
        return
    key = case.cited[0].key
    if len(pattern) <= _SHORT and not any(c.isdigit() for word in pattern for c in word):
        if holding:
            return
        its = list(_another_term(case, span, pattern, key))
        yield from its or _slipped(case, span, pattern, windows)
        return
    beyond = [(target, it) for target, it in windows if goes_beyond(pattern, _whole_words(it))]
    nearest = difference(pattern, [_whole_words(it) for _, it in windows])
    near = [*beyond[:_FEW], *([windows[nearest.passage]] if nearest else [])]
    known = list(_surroundings([*near, *(windows if len(windows) <= _FEW else []), *holding[:_FEW]]))
    standing = [(target, it) for target, it in known if is_in(pattern, words_of(it.exact))]
    if any(_is_of_evidence(pattern, target, it) for target, it in standing):
        return
    if holding or standing:
        yield from _beside_the_evidence(case, span, quotation, pattern, (holding or standing)[0])
        return
    in_document = difference(pattern, [words_of(it.exact) for _, it in known])
    if in_document is not None and in_document.likeness >= _ALIKE:
        target, surrounding = known[in_document.passage]
        passage = _passage_in(pattern, target, surrounding)
        said = f"quotes “{_brief(quotation)}”; {in_document.said}"
        yield Problem(*span, "quotation", "error", target.key, said, around(passage))
    elif beyond and not known and not (nearest is not None and _is_settled(nearest, windows[nearest.passage][1])):
        said = f"quotes more than the evidence of {beyond[0][0].key} holds; compare it with the document"
        yield Problem(*span, "quotation", "warning", beyond[0][0].key, said, around(beyond[0][1]))
    elif nearest is not None and nearest.likeness >= _ALIKE:
        target, passage = windows[nearest.passage]
        said = f"quotes “{_brief(quotation)}”; {nearest.said}"
        yield Problem(*span, "quotation", "error", target.key, said, around(passage))
    else:
        yield from _not_in_evidence(case, span, quotation, pattern, key)


def _is_of_evidence(pattern: Sequence[str], target: Target, window: Passage) -> bool:
    """Whether a quotation that is in a window takes in words of a passage that the finding itself rests on."""
    own = _own_spans(target).get(window.doc_id, [])
    for begin, text in ((window.start - len(window.prefix), _text(window)), (window.start, window.exact)):
        for first, last in places_in(pattern, text):
            if any(start < begin + last and begin + first < end for start, end in own):
                return True
    return False


@lru_cache(maxsize=512)
def _spans_by_document(run: Run, key: str) -> Mapping[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for it in run.passages(run.findings[key]):
        found[it.doc_id].append((it.start, it.end))
    return found


def _own_spans(target: Target) -> Mapping[str, list[tuple[int, int]]]:
    """Return where the passages of a finding are, by document."""
    assert target.run is not None  # noqa: S101
    assert target.finding is not None  # noqa: S101
    return _spans_by_document(target.run, target.finding.key)


def _passage_in(pattern: Sequence[str], target: Target, surrounding: Passage) -> Passage:
    """Return the passage of a finding, in a stretch of its document, that is most like a quotation."""
    end = surrounding.start + len(surrounding.exact)
    its = [it for it in windows_of(target) if it.doc_id == surrounding.doc_id and surrounding.start <= it.start < end]
    nearest = difference(pattern, [words_of(_text(it)) for it in its])
    return surrounding if nearest is None else its[nearest.passage]


def _beside_the_evidence(
    case: Case, span: Span, quotation: str, pattern: Sequence[str], found: tuple[Target, Passage]
) -> Iterator[Problem]:
    """Yield the problem that a quotation stands near the cited evidence, though not in it."""
    target, window = found
    for run in case.runs:
        for key, passage in evidence_of(run):
            if passage.doc_id == window.doc_id and is_in(pattern, words_of(passage.exact)):
                other = run.citation(run.findings[key])
                said = f"quotes “{_brief(quotation)}”, which is not in the evidence of {target.key}"
                said += f"; it is in that of {other}"
                yield Problem(*span, "swapped key", "error", target.key, said, around(passage))
                return
    said = f"quotes “{_brief(quotation)}”; {window.doc_id} has it, but beside the evidence of {target.key}"
    yield Problem(*span, "quotation", "error", target.key, said)


def _is_settled(nearest: Difference, passage: Passage) -> bool:
    """Whether a quotation differs from a passage where its words are known, and not only where they end."""
    begins = passage.start - len(passage.prefix) <= 0
    is_open = (nearest.opens and not begins) or nearest.closes
    return nearest.likeness >= _VERY_ALIKE and (nearest.within or not is_open)


def _slipped(
    case: Case, span: Span, pattern: Sequence[str], windows: Sequence[tuple[Target, Passage]]
) -> Iterator[Problem]:
    """Yield the problem that a quoted word or two are those of the evidence, or of the finding, but for a letter."""
    said = [(it, words_of(it.finding.statement)) for it in case.cited if it.finding is not None]
    for target, words in [*((target, words_of(_text(it))) for target, it in windows), *said]:
        if its := slip(pattern, words):
            mine = next(it for it in pattern if it not in words)
            message = f"quotes “{case.block_text[slice(*span)]}”; the source has “{its}” instead of “{mine}”"
            yield Problem(*span, "quotation", "error", target.key, message)
            return


def _not_in_evidence(case: Case, span: Span, quotation: str, pattern: Sequence[str], key: str) -> Iterator[Problem]:
    """Yield the problem that a quotation is like no passage of the cited evidence: another finding may have it."""
    for run in case.runs:
        for finding_key, passage in evidence_of(run):
            if is_in(pattern, words_of(_text(passage))):
                other = run.citation(run.findings[finding_key])
                said = f"quotes “{_brief(quotation)}”, which is not in the evidence of {key}; it is in that of {other}"
                yield Problem(*span, "swapped key", "error", key, said, around(passage))
                return
    own = [it for run in case.runs for _, it in evidence_of(run)]
    nearest = difference(pattern, [words_of(_text(it)) for it in own]) if len(own) < _MANY else None
    if nearest is not None and nearest.likeness >= _VERY_ALIKE:
        said = f"quotes “{_brief(quotation)}”; {nearest.said}"
        yield Problem(*span, "quotation", "error", key, said, around(own[nearest.passage]))
        return
    is_speech = case.sentence.block.kind == "quotation" or _SAYS.search(case.own_words) is not None
    said = f"quotes “{_brief(quotation)}”, which is not in the evidence of {key}"
    yield Problem(*span, "quotation", "error" if is_speech else "warning", key, said)


def _another_speaker(case: Case, holding: Sequence[tuple[Target, Passage]]) -> Iterator[Problem]:
    """Yield the problem that a quotation is put into the mouth of another speaker of the run."""
    said: dict[str, tuple[Run, Target, Passage]] = {}
    for target, it in holding:
        assert target.run is not None  # noqa: S101
        who = target.run.who_speaks.get((it.doc_id, it.start))
        if who is not None:
            said.setdefault(who, (target.run, target, it))
    other = None
    if len(said) == 1:
        [(speaker, (run, target, passage))] = said.items()
        other = another_speaker(case, run, speaker)
    if other is None:
        yield from _of_the_base(case, holding)
    else:
        start, end, name = other
        message = f"quotes {name}; in the evidence of {target.key} {speaker} says this"
        yield Problem(start, end, "who", "error", target.key, message, around(passage))


def _of_the_base(case: Case, holding: Sequence[tuple[Target, Passage]]) -> Iterator[Problem]:
    """Yield the problem that the speaker of a share is given words that only stand in what it is a share of."""
    for target, it in holding[:1]:
        assert target.run is not None  # noqa: S101
        assert target.finding is not None  # noqa: S101
        speaker = str(target.finding.parameters.get("speaker", ""))
        own = target.run.passages(target.finding) if speaker else []
        roles = {one.role for one in own if one.doc_id == it.doc_id and one.start < it.end and it.start < one.end}
        if roles != {"base"} or (place := gives_it_to(case, speaker)) is None:
            continue
        said = f"quotes {speaker}; the evidence of {target.key} does not count this among the words of {speaker}"
        yield Problem(*place, "who", "error", target.key, said, around(it))


_MANY = 20_000
_VERY_ALIKE = 0.75


def _another_term(case: Case, span: Span, pattern: Sequence[str], key: str) -> Iterator[Problem]:
    """Yield the problem that a short quotation is the term of another finding of the same kind."""
    for target in case.cited:
        assert target.finding is not None  # noqa: S101
        assert target.run is not None  # noqa: S101
        term = target.finding.term
        if not term or any(_has_term(other) for other in case.cited if other is not target):
            continue
        for other in target.run.findings.values():
            if other.term not in ("", term) and list(words_of(other.term)) == list(pattern):
                if _mentions(case, term):
                    return
                said = f"speaks of “{case.block_text[slice(*span)]}”; {key} is about “{term}”"
                yield Problem(*span, "who", "error", key, said, target.finding.statement)
                return


def _has_term(target: Target) -> bool:
    return target.finding is not None and bool(target.finding.term)


def _mentions(case: Case, term: str) -> bool:
    return is_in(list(words_of(term)), words_of(case.text))


def _is_said_by_findings(case: Case, pattern: Sequence[str]) -> bool:
    """Whether a quotation repeats what a finding itself says, or the name of a document."""
    for target in case.cited:
        finding = target.finding
        assert finding is not None  # noqa: S101
        own = [finding.statement, finding.method, finding.display, str(finding.value)]
        own += [str(it) for it in finding.parameters.values()]
        plain = [_GROUPS.sub("", it) for it in pattern_of(_GROUPS.sub("", " ".join(pattern)))]
        if any(is_in(pattern, words_of(it)) or is_in(plain, words_of(_GROUPS.sub("", it))) for it in own):
            return True
    titles = (it.get("title") or it["id"] for run in case.runs for it in run.manifest["source"]["documents"][:2000])
    return any(is_in(pattern, words_of(it)) for it in titles)


_LONGEST = 120


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return (
        line
        if len(line) <= _LONGEST
        else f"{line[: _LONGEST - 30].rpartition(' ')[0]} […] {line[-25:].partition(' ')[2]}"
    )


def _whole_words(passage: Passage) -> Sequence[str]:
    """Return the words of a passage in its context, without those that the context cuts."""
    words = words_of(_text(passage))
    return words[1 if passage.prefix else 0 : len(words) - (1 if passage.suffix else 0)]


_AROUND = 1_500
"""Characters of a document on either side of a passage that a quotation may take in."""
_FEW = 50


def _surroundings(windows: Sequence[tuple[Target, Passage]]) -> Iterator[tuple[Target, Passage]]:
    """Yield the stretches of documents around passages, where the documents are at hand."""
    for target, it in {(target.key, it): (target, it) for target, it in windows}.values():
        text = "" if target.run is None else text_of_document(target.run, it.doc_id)
        if text:
            start = max(0, it.start - _AROUND)
            exact = text[start : it.end + _AROUND]
            yield target, it._replace(start=start, end=start + len(exact), exact=exact, prefix="", suffix="")


# --- passages and what is known of the text around them ---


def _text(passage: Passage) -> str:
    return f"{passage.prefix}{passage.exact}{passage.suffix}"


@lru_cache(maxsize=4)
def evidence_of(run: Run) -> list[tuple[str, Passage]]:
    """Return all passages of a run, each place once, with the key of the first finding that counts or has it."""
    run.read_passages(run.findings)
    seen: set[tuple[str, int, int]] = set()
    found = []
    its = [(finding.key, it) for finding in run.findings.values() for it in run.passages(finding) if it.exact]
    for key, it in sorted(its, key=lambda one: one[1].role != "counted"):
        place = it.doc_id, it.start, it.end
        if place not in seen:
            seen.add(place)
            found.append((key, it))
    return found


@lru_cache(maxsize=4)
def _by_document(run: Run) -> Mapping[str, tuple[list[int], list[Passage]]]:
    """Return the passages of a run by document, in the order of the text."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for _, it in evidence_of(run):
        found[it.doc_id].append(it)
    for its in found.values():
        its.sort(key=lambda it: (it.start, it.end))
    return {document: ([it.start for it in its], its) for document, its in sorted(found.items())}


def windows_of(target: Target) -> list[Passage]:
    """Return the passages of a finding with their context, and what other findings show of the same place."""
    assert target.run is not None  # noqa: S101
    assert target.finding is not None  # noqa: S101
    return _known_windows(target.run, target.finding.key)


_MOST_AROUND = 2_000
"""Findings with more passages than this are not looked up in the evidence of others."""


@lru_cache(maxsize=512)
def _known_windows(run: Run, key: str) -> list[Passage]:
    own = [it for it in run.passages(run.findings[key]) if it.exact or it.prefix]
    if len(own) > _MOST_AROUND:
        return own
    found = dict.fromkeys(own)
    for it in own:
        starts, its = _by_document(run).get(it.doc_id, ([], []))
        last = bisect_left(starts, it.end)
        for other in its[max(0, last - 40) : last]:
            if other.end > it.start and other.end - other.start < _LONGEST_AROUND:
                found.setdefault(other)
    return [*found, *_stitched(list(found))]


_LONGEST_AROUND = 4_000


def _stitched(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the text that neighbouring passages of a document give together, where their contexts overlap."""
    rows = sorted(passages, key=lambda it: (it.doc_id, it.start - len(it.prefix), it.end))
    joined: Passage | None = None
    grown = False
    for it in rows:
        low = it.start - len(it.prefix)
        if joined is not None and joined.doc_id == it.doc_id and low <= joined.end:
            text, high = _text(it), it.end + len(it.suffix)
            if high > joined.end:
                joined = joined._replace(exact=joined.exact + text[joined.end - low :], end=high)
                grown = True
        else:
            if joined is not None and grown:
                yield joined
            joined = it._replace(start=low, end=it.end + len(it.suffix), exact=_text(it), prefix="", suffix="")
            grown = False
    if joined is not None and grown:
        yield joined
