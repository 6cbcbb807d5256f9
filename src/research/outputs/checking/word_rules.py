"""The rules for words: direction and order, certainty, and results of findings that have none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from research.analysis.findings import Finding
from research.outputs.checking.cases import Case, Problem
from research.outputs.checking.cited import Target
from research.outputs.checking.facts import Fit
from research.outputs.checking.matching import best
from research.outputs.checking.names import names_of
from research.outputs.checking.subject import speaks_of


class _Pair(NamedTuple):
    """Words for one direction and for the other one."""

    one: re.Pattern[str]
    other: re.Pattern[str]


def _pair(one: str, other: str) -> _Pair:
    return _Pair(*(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in (one, other)))


_NO_BOUND = (
    r"(?!\s(?:(?:an?|the|our|its|their)\s)?(?:[0-9$€£]|half\b|third|quarter|fifth|tenth|dozen|one\b|two|three|four|five|six|seven|eight|"
    r"nine|ten|"
    r"eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred|thousand|million|billion))"
)
"""What follows "more than" where it is the bound of a number."""
_NO_RANK = (
    r"(?!\s?[,:]|\s(?:and foremost|impression|glance|sight|look|reading|step|part|point|question|of all|time|name|"
    r"two|three|few|things|chapter|section|sentence|paragraph|table|figure|column|row|page|week|month|year|summer|autumn|"
    r"winter|spring|night|[0-9]))"
)
"""What follows "first" and "last" where they rank nothing."""
_RANKS = r"(?:comes?|came|ranks?|ranked|stands?)"
_PAIRS = (
    _pair(
        r"rose|risen|rises?|rising|grew|grown|grows?|growing|increas\w+|climb\w*|jump(?:s|ed|ing)?|surg(?:ed|es|"
        r"ing)|up from|gain(?:s|ed)|"
        r"expand(?:s|ed)|doubl(?:ed|es|ing)|tripl(?:ed|es|ing)",
        r"fell|fallen|falls?|falling|decreas\w+|declin\w+|drop(?:s|ped|ping)?|shr(?:ank|unk|inks?)|sank|slump\w*|"
        r"plung\w+|down from|"
        r"halv(?:ed|es|ing)|lost ground|contract(?:s|ed)",
    ),
    _pair(
        rf"more (?:often )?than{_NO_BOUND}|most often|most frequent(?:ly)?|more frequent(?:ly)? than",
        rf"(?:less|fewer) (?:often )?than{_NO_BOUND}|least often|least frequent(?:ly)?|fewest|rarest|rarer than|"
        rf"less frequent(?:ly)? than",
    ),
    _pair(r"highest|largest|biggest|greatest|longest|the most", r"lowest|smallest|shortest|the least|the fewest"),
    _pair(
        rf"earliest|{_RANKS} first|(?<!at )first{_NO_RANK}|oldest",
        rf"latest|{_RANKS} last|(?<!at )last{_NO_RANK}|newest|most recent",
    ),
    _pair(r"above|exceed(?:s|ed)?", r"below"),
    _pair(r"very easy|easier|easy", r"very hard|harder|hard"),
)
_MOST = re.compile(
    r"(?<!\bthe )(?<!\bat )\b(?P<most>most|a majority|the majority|most of|more than half|over half|"
    r"the bulk)\s(?:of\s(?:the\s|all\s|these\s)*(?:[a-z-]+\s){0,2}?|of\s|the\s|all\s|attributed\s|named\s|english\s)*"
    r"(?P<noun>statements?|passages|documents|words|quotations|figures|claims|texts|articles|speakers|sentences|"
    r"attributed words|it|them)\b",
    re.IGNORECASE,
)
_FEW = re.compile(
    r"\b(?:a minority|the minority|less than half|fewer than half|under half|only a few|few|hardly any|"
    r"none)\s(?:of\s(?:the\s|all\s|these\s)*(?:[a-z-]+\s){0,2}?|of\s|the\s|all\s|attributed\s|named\s)*"
    r"(?P<noun>statements?|passages|documents|words|quotations|figures|claims|texts|articles|speakers|sentences|it|"
    r"them)\b",
    re.IGNORECASE,
)


def directions_agree(case: Case) -> Iterator[Problem]:
    """Yield a problem for a word of direction or order that contradicts a finding."""
    if case.supported:
        return
    words = case.own_words
    told = [pair for pair in _PAIRS if pair.one.search(words) or pair.other.search(words)]
    for target in case.cited:
        finding = target.finding
        assert finding is not None  # noqa: S101
        source = _source_of(target) if told else ""
        for pair in told:
            yield from _contradicted(case, target, words, source, pair)
        if finding.measure == "share" and isinstance(finding.value, int | float) and len(case.cited) == 1:
            yield from _share(case, target, words, float(finding.value))
    yield from _order(case)


def _source_of(target: Target) -> str:
    """Return the words that give a finding its direction: its sentence, and the passage of a value."""
    finding = target.finding
    assert finding is not None  # noqa: S101
    if finding.measure != "value" or target.run is None:
        return finding.statement
    its = target.run.passages(finding)[:3]
    return " ".join([finding.statement, *(f"{it.prefix}{it.exact}{it.suffix}" for it in its)])


def _contradicted(case: Case, target: Target, words: str, source: str, pair: _Pair) -> Iterator[Problem]:
    for mine, opposite in (pair, (pair.other, pair.one)):
        said, its = mine.search(words), opposite.search(source)
        if said and its and not mine.search(source) and not opposite.search(words):
            finding = target.finding
            assert finding is not None  # noqa: S101
            if len(case.cited) > 1 and not _is_next(case, target, said.start() + case.sentence.start):
                continue
            start = case.sentence.start + said.start()
            if _is_compared_with(case, finding, start + len(said[0])):
                continue
            message = f"says “{said[0]}”; {target.key} says “{its[0]}”"
            yield Problem(start, start + len(said[0]), "direction", "error", target.key, message, finding.statement)


def _is_compared_with(case: Case, finding: Finding, at: int) -> bool:
    """Whether the finding is what something else is compared with: "less often than “Minister”"."""
    behind = case.block_text[at : min(case.sentence.end, at + 40)]
    named = [*names_of(finding), finding.term]
    return any(name and name in behind for name in named)


def _is_next(case: Case, target: Target, at: int) -> bool:
    """Whether a citation is the next one behind an offset."""
    segment = case.segment_of(at)
    return segment is not None and case.cited.index(target) in segment.targets


def _share(case: Case, target: Target, words: str, share: float) -> Iterator[Problem]:
    finding = target.finding
    assert finding is not None  # noqa: S101
    for pattern, wrong in ((_MOST, share < 0.5), (_FEW, share > 0.5)):
        found = pattern.search(words)
        if (
            found
            and wrong
            and not pattern.search(finding.statement)
            and not _is_object(words[: found.start()], found[0])
        ):
            start = case.sentence.start + found.start()
            message = f"says “{' '.join(found[0].split())}”; {target.key} says {finding.display}"
            yield Problem(start, start + len(found[0]), "direction", "error", target.key, message, finding.statement)


_OTHERS = re.compile(
    r"\b(?:among|of|in|like|than|with|not|whereas|while|but|other|the others|unlike)\s(?:the )?\Z", re.IGNORECASE
)


_APPEARS_IN = re.compile(r"\b(?:named|mentioned|occurs?|appears?|found)\s(?:only )?in\s\Z")


def _is_object(before: str, said: str) -> bool:
    """Whether what a share is said of is something else: "unlike most documents", "but most of it"."""
    if not said.lower().startswith("most") and _APPEARS_IN.search(before):  # "who is named in most documents" is a rank
        return False
    return _OTHERS.search(before) is not None


_COMPARED = re.compile(
    r"\b(?:(?P<more>more|higher|larger|greater|longer|bigger|ahead of|exceeds?|outnumbers?|above)|"
    r"(?P<less>fewer|less|lower|smaller|shorter|rarer|behind|falls? short of|below))\b",
    re.IGNORECASE,
)


def _order(case: Case) -> Iterator[Problem]:
    """Yield the problem that two findings are compared the wrong way round: "A has more words than B"."""
    pairs = [it.targets for it in case.segments if len(it.targets) == 2]
    for pair in [tuple(range(2))] if len(case.cited) == 2 else pairs:
        yield from _compared(case, [case.cited[n] for n in pair])


def _compared(case: Case, targets: Sequence[Target]) -> Iterator[Problem]:
    named = [it for target in targets if (it := _placed(case, target)) is not None]
    if len(named) != 2:
        return
    (first_at, first, target), (second_at, second, _) = sorted(named, key=lambda it: it[0])
    found = _COMPARED.search(case.own_words, first_at, second_at)
    if found is None or first == second or not _THAN.search(case.own_words, found.end() - len("exceeds"), second_at):
        return
    between = case.own_words[found.end() : second_at]
    if _NEAR.fullmatch(found[0]) and (len(between.split()) > _NEXT_WORDS or re.search("[;:,.]", between)):
        return  # "above the mean; …"
    if bool(found["more"]) != (first > second):
        start = case.sentence.start + found.start()
        message = f"says “{found[0]}”; the two findings are in the other order ({target.key} first)"
        yield Problem(start, start + len(found[0]), "direction", "error", target.key, message)


_NEAR, _NEXT_WORDS = re.compile(r"above|below|behind|ahead of", re.IGNORECASE), 3
"""Words that compare with what follows them at once, and how many words may stand between."""
_THAN = re.compile(r"\b(?:than|of|behind|exceeds?|outnumbers?|below|above)\b")


def _placed(case: Case, target: Target) -> tuple[int, float, Target] | None:
    """Return where the one name that a finding is about occurs in the sentence, and its value."""
    finding = target.finding
    assert finding is not None  # noqa: S101
    names = names_of(finding) or [finding.term]
    if len(names) != 1 or not names[0] or not isinstance(finding.value, int | float):
        return None
    text = case.text.casefold()
    at = [text.find(part.casefold()) for part in (names[0], names[0].split()[-1])]
    place = next((it for it in at if it >= 0), -1)
    return None if place < 0 else (place, float(finding.value), target)


# --- certainty ---

_CERTAIN = re.compile(
    r"\b(?:prov(?:e|ed|ing),? (?:(?:\w+, )?that|beyond|how|once)|proves|proven|proof that|conclusively|undoubtedly|"
    r"unquestionably|undeniabl[ey]|indisputabl[ey]|"
    r"without (?:any |a )?(?:doubt|question)|(?:beyond|out of) (?:any |all |reasonable )*(?:doubt|question|dispute)|"
    r"no (?:doubt|denying|question (?:that|about|but))|(?:irrefutabl|incontrovertibl|incontestabl|"
    r"unmistakabl)[ey]|unequivocal(?:ly)?|"
    r"(?:it|this|that|thing|much|what) is (?:absolutely |quite |entirely |now )?(?:certain|a certainty|undisputed)|"
    r"can be (?:quite )?(?:certain|sure)|"
    r"(?:absolutely|100% |entirely |now )certain(?!ly)|as certain as|"
    r"with (?:absolute |complete |full )?certainty|for certain|"
    r"for a fact|(?:it is|as) a (?:proven |known |plain )?fact|"
    r"the fact is|(?<!no )conclusive (?:proof|evidence)|"
    r"certainly|definitively|definitely|always|never|invariably|"
    r"without exception|once and for all|guarantees?|in every case|everyone|everybody|nobody|no one)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?<!\bof )(?<!\bin )(?<!\bnot )(?<!\bfor )(?<!\bacross )\b(?P<all>all|every|each|none of|"
    r"no)\s(?:of\s)?(?:the\s|these\s|its\s|their\s)?(?:attributed\s|named\s|single\s|direct\s)?"
    r"(?:statements?|passages?|documents?|words|quotations?|figures?|claims?|texts?|articles?|speakers?|sentences?|"
    r"sources?|critics|media|politicians|journalists)\b",
    re.IGNORECASE,
)


def certainty_is_the_findings(case: Case) -> Iterator[Problem]:
    """Yield a warning for a certainty that no cited finding has."""
    if case.supported or not case.cited:
        return
    said = " ".join(it.finding.statement for it in case.cited if it.finding is not None)
    for pattern in (_CERTAIN, _ALL):
        found = pattern.search(case.own_words)
        if found is None or found[0].lower() in said.lower() or (pattern is _ALL and _has_all(case)):
            continue
        start = case.sentence.start + found.start()
        key = case.cited[0].key
        message = f"says “{found[0]}”, a certainty that {key} does not have"
        yield Problem(start, start + len(found[0]), "certainty", "warning", key, message)


def _has_all(case: Case) -> bool:
    """Whether a finding says something of everything: a share of all or nothing, a count of none, or "all"."""
    for target in case.cited:
        finding = target.finding
        assert finding is not None  # noqa: S101
        whole = finding.measure == "share" and finding.value in (0, 1)
        if (
            whole
            or finding.value == 0
            or re.search(r"\b(?:all|every|each|no|none)\b", finding.statement, re.IGNORECASE)
        ):
            return True
    return False


# --- findings without a result ---

_ADMITS = re.compile(
    r"\b(?:not comput\w+|no(?:t)? (?:value|figure|result|interval|number|enough|sufficient)|too (?:few|little|small|"
    r"short)|cannot|can ?not|could not|couldn[’']t|"
    r"can[’']t|insufficient|not enough|unknown|no such|not possible|impossible|nothing|without a|undetermined|"
    r"not measured|no \w+ (?:is|are|was|were)|does not|do not|did not|"
    r"n/a|(?:not|never) (?:be )?(?:comput|calculat|estimat|determin|establish|report|available|applicable|defined|"
    r"given|possible|feasible)\w*|"
    r"(?:no|neither)\b[^.;:]{0,60}?\b(?:can|could|may|is to|are to) be \w+|"
    r"fewer than (?:[0-9]+|[a-z-]+)(?!\s?(?:%|per))|below the (?:minimum|threshold)|"
    r"would (?:need|require|take)|lack(?:s|ed|ing)?|missing|"
    r"out of reach|ruled out|(?:remains?|left) (?:open|blank|empty)|withheld|omitted|unclear|untested|uncertain)\b",
    re.IGNORECASE,
)


def results_are_computable(case: Case) -> Iterator[Problem]:
    """Yield a problem for a finding without a value that is cited as a result."""
    if case.supported:
        return
    for target in case.cited:
        finding = target.finding
        assert finding is not None  # noqa: S101
        if finding.status != "not computable" or case.repeated or _ADMITS.search(case.own_words):
            continue
        if not re.search(r"[A-Za-z0-9]", case.own_words) or case.text.rstrip().endswith("?"):
            continue
        if _is_admitted_in_company(case, finding):
            continue
        said = f"cites {target.key} as a result; it is not computable"
        yield Problem(
            case.sentence.start, case.sentence.end, "not computable", "error", target.key, said, finding.statement
        )


def _is_admitted_in_company(case: Case, finding: Finding) -> bool:
    """Whether another sentence under the same citation says that there is no result, or this one is of something else.

    "Table 2 repeats what the run says: …" gives no result; with a number in the finding's subject matter it does.
    """
    company = case.sentence.company or case.sentence.lead
    around = case.block_text[slice(*company)] if company else ""
    admitted = bool(_ADMITS.search(around)) or " ".join(finding.statement.rstrip(".").split()) in around
    results = [it for it in case.numbers if not it.incidental and it.period is None]
    others = [it for it in case.facts if it.finding is not finding]
    if admitted or case.sentence.is_covered:
        return not (results and speaks_of(case, finding))
    return bool(others and results) and all(best(case, it, others)[0] != Fit.NO for it in results)
