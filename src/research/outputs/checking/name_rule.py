"""The rule for names: the speaker, actor or country of a sentence is that of the finding which it cites.

A sentence that gives a finding's result and has neither the finding's name nor a pronoun or an office that could mean
it ("he", "the minister") gives it to the other name that is there, whether the run knows that one or not; a name that
only says where or compared with whom ("in Bralin", "than Rask") is left alone. Where a pronoun or an office might mean
the finding's, another speaker of the run has its place only at the head of the sentence, or after "according to".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from research.analysis.findings import slug
from research.outputs.checking.cases import Case, Problem, Segment
from research.outputs.checking.cited import Run, Target
from research.outputs.checking.facts import Fit, fit, same_unit
from research.outputs.checking.names import CAPITALISED, forms_of, kind_of, known_names, names_of
from research.outputs.checking.proper_names import ProperName, proper_names


def names_agree(case: Case) -> Iterator[Problem]:
    """Yield a problem for each name in the place of the finding's own."""
    if case.supported:
        return
    for n, target in enumerate(case.cited):
        assert target.finding is not None  # noqa: S101
        assert target.run is not None  # noqa: S101
        own = names_of(target.finding)
        if not own:
            continue
        found = _other_name(case, target, own, _segment(case, n))
        if found is None:
            continue
        start, end, name = found
        said = f"speaks of {name}; {target.key} is about {' and '.join(own)}"
        yield Problem(start, end, "who", "error", target.key, said, target.finding.statement)


def _segment(case: Case, n: int) -> Segment:
    """Return the part of the sentence that a citation is for."""
    whole = Segment(case.sentence.start, case.sentence.end, ())
    if len(case.cited) == 1:
        return whole
    return next((it for it in case.segments if n in it.targets), whole)


_JOINT = re.compile(r"\A[\s,;:.–—-]*(?:and|or)\s")
"""What joins a part of a sentence to the part before it, which has its own citation."""
_NOT_THE_SUBJECT = re.compile(
    r"\b(?:to|with|than|of|about|against|like|unlike|from|for|on|at|in|and|or|by|between|after|before|behind|over|"
    r"toward|towards|"
    r"besides|versus|vs\.?|including|whom|criticised|criticized|asked|tells?|told|met|meets|calls?|called|named?|"
    r"names|mentions?|mentioned|the|"
    r"answers?|answered|replied to|replies to|follows|ahead of)\s+(?:(?:(?-i:[A-Z])\w+|president|prime|minister|mr|mrs|"
    r"ms)\.?\s+){0,3}\Z",
    re.IGNORECASE,
)
_THE_PLACE = re.compile(
    r"\b(?:belong(?:s|ed)? to|(?:due|attributable|credited|falls?|references?) to|spoken by|"
    r"(?:documents?|texts?|articles?|speeches|stories|statements?) that "
    r"(?:names?|mentions?|quotes?)|"
    r"(?:part|share|portion|proportion) of|mentions of|(?:words|statements|figures|turns|quotations) (?:of|by|from)|"
    r"(?:is|was) that of|"
    r"(?:texts?|documents?|articles?|collection|corpus) (?:names?|mentions?)|comes? from)\s"
    r"(?:(?:president|prime|minister|mr|mrs|ms|the)\.?\s){0,3}\Z",
    re.IGNORECASE,
)
"""What stands before the name that a measure belongs to."""
_APPOSITION = re.compile(r"\A(?:,[^,]{0,80},|\s\([^()]{0,80}\))")
_RELATIVE = re.compile(r"\A,? (?:(?:to|of|by) )?(?:whose|who|whom)\b")
_SOMEBODY = re.compile(
    r"\b(?:he|she|they(?! (?:said|say|add(?:ed)?|wrote|write|found|report(?:ed)?|note[ds]?))|him|"
    r"whose|whom|(?:the|her|his|their|its) (?:\w+ ){0,2}(?:president|minister|premier|"
    r"chancellor|mayor|leader|chief|"
    r"spokes\w+|head|union|ministry|government|commission|opposition|secretary|senator|governor|chairman|chairwoman|"
    r"director|"
    r"treasurer|king|queen|rival|colleague|successor|predecessor|opponent|neighbour|neighbor))\b",
    re.IGNORECASE,
)


def _may_mean_another(after: str) -> bool:
    """Whether a pronoun or an office behind a name may be somebody else: "Vale complains that the premier has 10%"."""
    apposition = _APPOSITION.match(after) or _RELATIVE.match(after)
    return _SOMEBODY.search(after[apposition.end() if apposition else 0 :]) is not None


_ACCORDING = re.compile(r"\baccording to\s+(?:[\w,.'’-]+\s+){0,4}\Z", re.IGNORECASE)


def _other_name(case: Case, target: Target, own: list[str], segment: Segment) -> tuple[int, int, str] | None:
    """Return where the name of another one is in the place of the finding's own."""
    assert target.run is not None  # noqa: S101
    assert target.finding is not None  # noqa: S101
    begin = segment.start - case.sentence.start
    words = case.own_words[begin : segment.end - case.sentence.start]
    forms = {form for name in own for form in forms_of(name)} - _whole_names_of_others(case, target)
    longer = [it for it in _whole_names_of_others(case, target) if any(form in it and form != it for form in forms)]
    if any(_occurs(form, _without(longer, words)) for form in forms) or any(
        _occurs(form, _without(longer, case.own_words)) and len(case.cited) > 1 for form in own
    ):
        return _one_of_two(words, segment, own, target)
    others = _names_of_others(case, target)
    its_own_part = len(segment.targets) == 1 or not any(_occurs(form, words) for form in others)
    if its_own_part and not _SOMEBODY.search(words):
        return _in_place_of_the_name(case, target, own, segment)
    if others and (third := _third_of_two(case, target, words, segment)) is not None:
        return third
    known = known_names(target.run, kind_of(target.finding))
    for form, name in sorted(known.items(), key=lambda it: -len(it[0])):
        if name in own or form in forms or forms_of(name) & set(own) or forms_of(name) & others:
            continue
        for found in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", words):
            before = _JOINT.sub("", words[: found.start()])
            is_subject = not _NOT_THE_SUBJECT.search(before) or any(
                it.search(before) for it in (_ACCORDING, _THE_PLACE)
            )
            if others and _is_comparison(case, words):
                return segment.start + found.start(), segment.start + found.end(), name
            if is_subject and not _may_mean_another(words[found.end() :]) and _is_about(case, target, segment):
                return segment.start + found.start(), segment.start + found.end(), name
    return None if others else _in_the_words_of_the_finding(target, own, forms, words, segment)


def _without(names: list[str], words: str) -> str:
    """Return words with names blanked out: "Ossel" does not occur in "Ossel Wire" where that is the other finding's."""
    for name in sorted(names, key=lambda it: (-len(it), it)):
        words = words.replace(name, " " * len(name))
    return words


def _third_of_two(case: Case, target: Target, words: str, segment: Segment) -> tuple[int, int, str] | None:
    """Return the name that stands where one of two compared ones should: "X gets more mentions than Y"."""
    if not _is_comparison(case, words) or _SOMEBODY.search(words):
        return None
    named = [it for one in case.cited if one.finding is not None for it in names_of(one.finding)]
    parts = {part for name in named for form in forms_of(name) for part in form.split()}
    for it in proper_names(words):
        if not parts & set(it.name.split()) and target.finding and not _is_of_the_run(target, it.name):
            return segment.start + it.start, segment.start + it.end, it.name
    return None


_BESIDE = re.compile(
    r"\b(?:in|at|on|near|with|than|like|unlike|against|versus|vs\.?|about|before|after|outside|inside|between|across|"
    r"into|onto|via|see|criticised|criticized|asked|met|meets|call(?:ed|s) (?:it|him|her|them)|to whom)\s"
    r"(?:(?:president|prime|minister|mr|mrs|ms|dr|the)\.?\s){0,3}\Z",
    re.IGNORECASE,
)
"""What stands before a name that only says where, when, or compared with whom."""
_OF_A_PLACE = re.compile(r"\b(?:the )?(?:city|town|port|river|dam|valley|province|capital) of\s\Z", re.IGNORECASE)


def _in_place_of_the_name(case: Case, target: Target, own: list[str], segment: Segment) -> tuple[int, int, str] | None:
    """Return the name that a sentence gives a finding's result to, where it says in no way whose it is.

    There is neither the finding's own name nor a pronoun or an office that could mean it, so that any other name in a
    place of one has taken its place, whether the run knows it or not.
    """
    assert target.run is not None  # noqa: S101
    assert target.finding is not None  # noqa: S101
    if not _is_about(case, target, segment):
        return None
    words = case.own_words[segment.start - case.sentence.start : segment.end - case.sentence.start]
    mine = {part for name in own for form in forms_of(name) for part in form.split()}
    known = known_names(target.run, kind_of(target.finding))
    for it in sorted([*proper_names(words), *_occurring(known, words)], key=lambda it: (it.start, -it.end)):
        before = _JOINT.sub("", words[: it.start])
        if any(
            number.start < segment.start + it.end and segment.start + it.start < number.end for number in case.numbers
        ):
            continue  # "EUR 25 million", "12 May"
        aside = _BESIDE.search(before) or _OF_A_PLACE.search(before) or _IN_BRACKETS.search(before)
        if not aside and not mine & set(it.name.split()) and not _is_of_the_run(target, it.name):
            return segment.start + it.start, segment.start + it.end, it.name
    return None


def _occurring(known: Mapping[str, str], words: str) -> Iterator[ProperName]:
    """Yield where a text calls somebody whom the run knows."""
    for form, name in known.items():
        if form in words:
            yield from (
                ProperName(*it.span(), name) for it in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", words)
            )


_IN_BRACKETS = re.compile(r"\((?:see|cf\.?|e\.g\.|as in)?[^()]*\Z")
"""What stands before a name within brackets: "(Marsh 2017)"."""


def _is_of_the_run(target: Target, name: str) -> bool:
    """Whether a name is said in the finding's own sentence, or is that of the run."""
    assert target.finding is not None  # noqa: S101
    assert target.run is not None  # noqa: S101
    return _occurs(name, target.finding.statement) or slug(name) == target.run.name


def _names_of_others(case: Case, target: Target) -> set[str]:
    """Return how a text may call what the other findings of the sentence are about."""
    its = [it.finding for it in case.cited if it.finding is not None and it.finding is not target.finding]
    return {form for finding in its for name in names_of(finding) for form in forms_of(name)}


def _whole_names_of_others(case: Case, target: Target) -> set[str]:
    """Return the names of the other findings of the sentence: "Ossel" may be no short form of "Ossel Wire" then."""
    its = [it.finding for it in case.cited if it.finding is not None and it.finding is not target.finding]
    return {name for finding in its for name in names_of(finding)} - set(names_of(target.finding or its[0]))


_COMPARISON = re.compile(
    r"\b(?:more|fewer|less|larger|smaller|higher|lower|greater|rarer|bigger|oftener)\b.{0,60}\bthan\b|\bas \w+ as\b|"
    r"\b(?:exceeds?|outnumbers?|is (?:below|above)|falls? short of|trails?|ahead of|behind|beats?)\b"
)


def _is_comparison(case: Case, words: str) -> bool:
    """Whether a sentence on two findings of one kind compares them, so that no third one has a place in it."""
    kinds = {kind_of(it.finding) for it in case.cited if it.finding is not None}
    own = [names_of(it.finding) for it in case.cited if it.finding is not None]
    whole = [set(it) for it in own]
    present = [
        any(
            _occurs(form, _without([it for other in own for it in other if form in it and it not in its], words))
            for name in its
            for form in forms_of(name)
            if form in its or form not in set().union(*whole)
        )
        for its in own
    ]
    return len(kinds) == 1 and sorted(present) == [False, True] and _COMPARISON.search(words) is not None


def _in_the_words_of_the_finding(
    target: Target, own: list[str], forms: set[str], words: str, segment: Segment
) -> tuple[int, int, str] | None:
    """Return where a name that the run does not know stands before the words that the finding has behind its own."""
    assert target.finding is not None  # noqa: S101
    if len(own) != 1:
        return None
    behind = re.search(rf"{re.escape(own[0])} (\w+ \w+)", target.finding.statement)
    if behind is None:
        return None
    for found in re.finditer(rf"(?P<name>{CAPITALISED.pattern}) {re.escape(behind[1])}\b", words):
        name = found["name"]
        after_article = re.search(r"\b(?:the|this|that|a|an|his|her|its|their|of|and|or)\s\Z", words[: found.start()])
        if after_article or name.split()[0] in _NO_NAME or set(name.split()) & forms:
            continue
        return segment.start + found.start("name"), segment.start + found.end("name"), name
    return None


_NO_NAME = frozenset(
    [
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "You",
        "This",
        "That",
        "These",
        "Those",
        "One",
        "Nobody",
        "Everybody",
        "Each",
        "Who",
        "The",
        "A",
        "An",
        "His",
        "Her",
        "Its",
        "Their",
        "Our",
        "My",
        "And",
        "But",
        "Neither",
        "Both",
        "Alone",
        "Again",
        "Here",
        "There",
        "President",
        "Minister",
        "Source",
    ]
)

_VERB = (
    r"(?:said|says|told|tells|added|adds|noted|notes|stated|wrote|writes|asked|asks|declared|argued|insisted|warned|"
    r"claimed|"
    r"replied|explained|announced|stressed|remarked|called|calls|recalled|continued|concluded|complained|promised|"
    r"states)"
)


def another_speaker(case: Case, run: Run, speaker: str) -> tuple[int, int, str] | None:
    """Return where a sentence names another speaker of the run beside a verb of saying, and not this one."""
    words = case.own_words
    forms = forms_of(speaker)
    if any(_occurs(form, words) for form in forms):
        return None
    for form, name in sorted(known_names(run, "speaker").items(), key=lambda it: -len(it[0])):
        if speaker in name or name in speaker or form in forms or forms_of(name) & forms:
            continue
        named = re.escape(form)
        behind = rf"\b(?:{_VERB}|[Aa]ccording to) (?P<after>{named})(?![\w-])"
        found = re.search(rf"(?<![\w-])(?P<name>{named})(?:,[^,]{{0,60}},)? {_VERB}\b|{behind}", words)
        if found:
            group = "after" if found["after"] else "name"
            return case.sentence.start + found.start(group), case.sentence.start + found.end(group), name
    return _unknown_speaker(case, forms)


def gives_it_to(case: Case, speaker: str) -> tuple[int, int] | None:
    """Return where a sentence names somebody as the one who says its quotation; None where it does not."""
    words = case.own_words
    for form in sorted(forms_of(speaker), key=lambda it: (-len(it), it)):
        name = rf"(?P<name>(?<![\w-]){re.escape(form)}(?![\w-]))"
        behind = rf"\b(?:{_VERB}|according to|words of|to quote|hear|from)\s(?:[A-Z]\w+\s)*{name}"
        before = rf"{name}\)?(?:,[^,]{{0,60}},)?\s?(?::|{_VERB}|has it|is on record|was quoted|is reported as|puts? it)"
        leads = rf"{name}[^.;:“”\"]{{0,40}}\s(?:{_VERB}|say|saying|that)\b[:,]?\s?[“\"'‘]?\s{{3,}}"
        if found := re.search(behind, words) or re.search(before, words) or re.search(leads, words):
            return case.sentence.start + found.start("name"), case.sentence.start + found.end("name")
    return None


_NAME = r"(?:[^\W\d_a-z][\w'’-]+ )+[^\W\d_a-z][\w'’-]+"
_BESIDE_A_QUOTATION = re.compile(rf"\A[\s,]*(?:(?P<one>{_NAME}) {_VERB}\b|{_VERB} (?P<other>{_NAME})(?=[\s.,;]|\Z))")
_OFFICE = frozenset(
    [
        "Prime",
        "Minister",
        "President",
        "Foreign",
        "Vice",
        "Deputy",
        "Secretary",
        "General",
        "Speaker",
        "Senator",
        "Governor",
        "Mayor",
        "Chancellor",
        "Premier",
        "Representative",
        "Ambassador",
        "King",
        "Queen",
        "The",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Sir",
        "Lord",
        "White",
        "House",
        "State",
    ]
)


def _unknown_speaker(case: Case, forms: set[str]) -> tuple[int, int, str] | None:
    """Return where a full name that the run does not know is right behind a quotation, with a verb of saying."""
    for span in case.sentence.quotations:
        found = _BESIDE_A_QUOTATION.match(case.block_text[span.end : case.sentence.end].lstrip("”\"’'»"))
        if found is None:
            continue
        name = found["one"] or found["other"]
        words = [it for it in name.split() if it not in _OFFICE]
        if len(words) > 1 and not set(words) & {it for form in forms for it in form.split()}:
            start = case.block_text.index(name, span.end)
            return start, start + len(name), name
    return None


def _one_of_two(words: str, segment: Segment, own: list[str], target: Target) -> tuple[int, int, str] | None:
    """Return where one of two names that belong together was replaced: "Russia and China" for Russia and Quorra."""
    if len(own) != 2 or target.run is None or target.finding is None:
        return None
    missing = [name for name in own if not any(_occurs(form, words) for form in forms_of(name))]
    if len(missing) != 1:
        return None
    kept = next(name for name in own if name not in missing)
    for form, name in known_names(target.run, kind_of(target.finding)).items():
        found = re.search(
            rf"(?:{re.escape(kept)} and (?P<two>{re.escape(form)})|"
            rf"(?P<one>{re.escape(form)}) and {re.escape(kept)})(?![\w-])",
            words,
        )
        if found and name not in own:
            group = "one" if found["one"] else "two"
            return segment.start + found.start(group), segment.start + found.end(group), name
    return _stranger_beside(words, segment, kept, missing[0])


_ONE_NAME = r"[^\W\d_a-zà-ÿ][\w’'-]+(?:\s[^\W\d_a-zà-ÿ][\w’'-]+){0,3}"


def _stranger_beside(words: str, segment: Segment, kept: str, missing: str) -> tuple[int, int, str] | None:
    """Return where any other name is joined to the one of two that is kept: "between Russia and Mexico"."""
    for form in sorted(forms_of(kept), key=lambda it: (-len(it), it)):
        mine = rf"(?<![\w-]){re.escape(form)}(?![\w-])"
        found = re.search(rf"{mine},? (?:and|&|with) (?P<two>{_ONE_NAME})", words) or re.search(
            rf"(?<![\w-])(?P<one>{_ONE_NAME}),? (?:and|&|with) (?:the )?{mine}", words
        )
        if found is None:
            continue
        group = "two" if "two" in found.groupdict() else "one"
        name = re.sub(r"[’']s?\Z", "", found[group])
        initials = "".join(it[0] for it in missing.split() if it[0].isupper())
        if name.replace(".", "") != initials and name.split()[0] not in _NO_NAME:
            start = segment.start + found.start(group)
            return start, start + len(name), name
    return None


def _occurs(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def _is_about(case: Case, target: Target, segment: Segment) -> bool:
    """Whether the sentence gives a result of the finding, or says what somebody said: its number, or a quotation."""
    facts = case.facts[case.cited.index(target)]
    value = facts.of_role("value", "statement", "interval")
    numbers = [it for it in case.numbers if segment.start <= it.start < segment.end and not it.incidental]
    quoted = any(segment.start <= it.start < segment.end for it in case.sentence.quotations)
    prints = any(it.cite.prints and it.finding is target.finding for it in case.targets)
    return quoted or prints or any(same_unit(it, fact) and fit(it, fact) == Fit.YES for it in numbers for fact in value)
