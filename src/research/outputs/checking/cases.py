"""What a rule looks at: one sentence with what it cites; and what it says: a problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from research.analysis.evidence import Passage
from research.analysis.findings import Finding
from research.loading import Span
from research.outputs.checking.cited import Run, Runs, Target
from research.outputs.checking.facts import Facts, facts_of
from research.outputs.checking.figures import numbers
from research.outputs.checking.number import Number
from research.outputs.checking.sentences import Sentence

Severity = Literal["error", "warning", "note"]

KINDS: Mapping[str, str] = {
    "number": "a number that the cited finding does not have",
    "rounding": "a number that is not rounded as the finding rounds it",
    "unit": "the right number with another unit",
    "magnitude": "the right digits with another power of ten",
    "period": "another date or year than that of the finding",
    "quotation": "a quotation that is not in the cited evidence",
    "who": "another speaker, actor or term than that of the finding",
    "direction": "a word of direction or order that contradicts the finding",
    "certainty": "a certainty that the finding does not have",
    "not computable": "a result of a finding that has none",
    "key": "a citation key that no run has",
    "swapped key": "a number or quotation of another finding",
    "stale": "documents, settings, findings or package changed since the run",
    "uncited": "a number or quotation without a citation (with --strict)",
    "malformed": "a report that cannot be read",
}
"""Every kind of problem."""


@dataclass(frozen=True)
class Problem:
    """A problem at a stretch of a sentence: its kind, its weight, the key that it is about, and a sentence on it.

    ``passage`` is what the source says, to be shown once. ``replacement`` is the text for the stretch that ``--fix``
    would write, and None where there is no plain one.
    """

    start: int
    end: int
    kind: str
    severity: Severity
    key: str
    message: str
    passage: str = ""
    replacement: str | None = None


class Segment(NamedTuple):
    """A part of a sentence that ends in citations: its span, and the numbers of those citations."""

    start: int
    end: int
    targets: tuple[int, ...]


@dataclass
class Sources:
    """What the rules know of the runs: facts and passages of findings, read once for all sentences."""

    runs: Runs
    _facts: dict[tuple[str, str], Facts] = field(default_factory=dict)

    def facts(self, target: Target) -> Facts:
        """Return what a finding offers; the numbers of its passages only where its value is read off one."""
        assert target.run is not None and target.finding is not None  # noqa: S101, PT018
        known = self._facts.get((target.run.key, target.finding.key))
        if known is None:
            passages = target.run.passages(target.finding) if target.finding.measure == "value" else ()
            known = self._facts[target.run.key, target.finding.key] = facts_of(target.finding, passages)
        return known


@dataclass
class Case:
    """A sentence with its citations resolved. Offsets are those of its block."""

    sentence: Sentence
    targets: Sequence[Target]
    sources: Sources
    supported: bool = False
    """Whether the citations only support the sentence; see ``sentences``."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.text

    @property
    def block_text(self) -> str:
        """The text of its block."""
        return self.sentence.block.text

    @cached_property
    def cited(self) -> list[Target]:
        """The citations that lead to a finding, each finding once."""
        seen: dict[tuple[str, str], Target] = {}
        for it in self.targets:
            if it.finding is not None and it.run is not None:
                seen.setdefault((it.run.key, it.finding.key), it)
        return list(seen.values())

    @cached_property
    def facts(self) -> list[Facts]:
        """What the findings offer, in the order of ``cited``."""
        return [self.sources.facts(it) for it in self.cited]

    @cached_property
    def runs(self) -> list[Run]:
        """The runs that are cited, each once."""
        return list(dict.fromkeys(it.run for it in self.targets if it.run is not None))

    @cached_property
    def tokens(self) -> list[re.Match[str]]:
        """The words and signs of the sentence, with their offsets in the block."""
        return list(_TOKEN.finditer(self.block_text, self.sentence.start, self.sentence.end))

    @cached_property
    def plain_tokens(self) -> list[str]:
        """The same as they are compared: quotation marks and dashes of one kind."""
        return [_plain(it[0]) for it in self.tokens]

    @cached_property
    def repeated(self) -> list[Span]:
        """Where the sentence repeats the statement of a finding word for word: it holds."""
        return [span for it in self.cited for span in self.repeats(_finding(it))]

    def repeats(self, finding: Finding) -> list[Span]:
        """Return where the sentence repeats the statement of one finding."""
        return list(_occurrences(finding.statement, self))

    @cached_property
    def numbers(self) -> list[Number]:
        """The numbers of the sentence outside quotations, and not within a statement that is repeated."""
        return [it for it in self.all_numbers if not self._is_held(it)]

    @cached_property
    def held_numbers(self) -> list[Number]:
        """The numbers within quotations and repeated statements."""
        return [it for it in self.all_numbers if self._is_held(it)]

    @cached_property
    def all_numbers(self) -> list[Number]:
        """All numbers of the sentence, those within quotations and repeated statements included."""
        return [it for found in numbers(self.text) for it in self._parted(_moved(found, self.sentence.start))]

    def _parted(self, number: Number) -> Iterator[Number]:
        """Yield the two dates of one reading that a citation parts: "from 1959 [@…] to 2012 [@…]"."""
        within = [it.at for it in self.sentence.citations if number.start < it.at < number.end]
        if number.period is None or not within:
            yield number
            return
        for start, end in pairwise([number.start, *within, number.end]):
            yield from (_moved(it, start) for it in numbers(self.block_text[start:end]))

    def _is_held(self, number: Number) -> bool:
        return self.is_quoted(number.start, number.end) or self.is_repeated(number.start, number.end)

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether a stretch is within a quotation."""
        return any(span.start <= start and end <= span.end for span in self.sentence.quotations)

    def is_repeated(self, start: int, end: int) -> bool:
        """Whether a stretch is within a statement that is repeated."""
        return any(span.start <= start and end <= span.end for span in self.repeated)

    @cached_property
    def own_words(self) -> str:
        """The sentence with its quotations, and the statements that it repeats, blanked out; offsets stay."""
        text = list(self.text)
        for span in [*self.sentence.quotations, *self.repeated]:
            for at in range(max(0, span.start - self.sentence.start), min(len(text), span.end - self.sentence.start)):
                text[at] = " "
        return "".join(text)

    @cached_property
    def segments(self) -> list[Segment]:
        """The parts of the sentence that end in citations of findings, with indices into ``cited``."""
        index = {(it.run.key, it.finding.key): n for n, it in enumerate(self.cited) if it.run and it.finding}
        by_place: dict[int, list[int]] = {}
        behind = any(not it.cite.prints for it in self.targets)
        for target in self.targets:
            if target.cite.prints and behind:  # it prints its value; another citation ends the part
                continue
            if target.run is not None and target.finding is not None and target.cite.since is None:
                place = min(max(target.cite.at, self.sentence.start), self.sentence.end)
                by_place.setdefault(place, []).append(index[target.run.key, target.finding.key])
        found: list[Segment] = []
        start = self.sentence.start
        for place in sorted(by_place):
            between = re.search(r"\w", self.block_text[start:place])
            if found and not between:  # the next citation in the same place, perhaps behind a mark: "††"
                found[-1] = Segment(found[-1].start, place, (*found[-1].targets, *by_place[place]))
            else:
                found.append(Segment(start, place, tuple(by_place[place])))
            start = place
        return found

    def segment_of(self, at: int) -> Segment | None:
        """Return the segment that an offset is in; None behind the last citation."""
        return next((it for it in self.segments if it.start <= at < it.end), None)


def _finding(target: Target) -> Finding:
    assert target.finding is not None  # noqa: S101
    return target.finding


def _moved(number: Number, by: int) -> Number:
    from dataclasses import replace

    digits = Span(number.digits.start + by, number.digits.end + by)
    return replace(number, start=number.start + by, end=number.end + by, digits=digits)


_TOKEN = re.compile(r"\w+|[^\w\s]")


def _occurrences(statement: str, case: Case) -> Iterator[Span]:
    """Yield where the words of a statement occur in the sentence; quotation marks may be of another kind."""
    wanted = _tokens_of(statement)
    tokens = case.tokens
    have = case.plain_tokens
    if not wanted or len(wanted) > len(have):
        return
    first = wanted[0].lower()
    for number in range(len(have) - len(wanted) + 1):
        if have[number].lower() == first and have[number + 1 : number + len(wanted)] == wanted[1:]:
            yield Span(tokens[number].start(), tokens[number + len(wanted) - 1].end())


_SAME = str.maketrans(
    {"“": '"', "”": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-", "‑": "-"}
)


@lru_cache(maxsize=1 << 12)
def _tokens_of(statement: str) -> list[str]:
    return [_plain(it[0]) for it in _TOKEN.finditer(statement.rstrip(". "))]


def _plain(token: str) -> str:
    return token.translate(_SAME)


def around(passage: Passage) -> str:
    """Return a passage in its context, to be shown below a message."""
    exact = " ".join(passage.exact.split())
    if len(exact) > 240:
        exact = f"{exact[:140].rpartition(' ')[0]} […] {exact[-80:].partition(' ')[2]}"
    before, after = " ".join(passage.prefix.split()), " ".join(passage.suffix.split())
    gap = " " if passage.prefix[-1:].isspace() else ""
    behind = " " if passage.suffix[:1].isspace() else ""
    return f"…{before}{gap}[{exact}]{behind}{after}… ({passage.doc_id})"


def shown(finding: Finding) -> str:
    """Return the value of a finding as messages give it: 25 billion U.S. dollars, 340 words, 83%."""
    if finding.value is None:
        return "no value"
    if finding.measure == "share":
        return finding.display
    return f"{finding.display} {finding.unit_display}".strip()


def unique(values: Iterable[str]) -> list[str]:
    """Return values once, in order."""
    return list(dict.fromkeys(values))


def hedged(case: Case, number: Number) -> str:
    """Return a number as the report writes it, with the words that hedge it."""
    before = case.block_text[max(case.sentence.start, number.start - 24) : number.start]
    hedge = re.search(
        r"(?:more than|less than|fewer than|at least|at most|up to|close to|just under|just over|nearly|almost|"
        r"about|around|"
        r"over|under|some|roughly|approximately)\s(?:an? )?\Z",
        before,
        re.IGNORECASE,
    )
    return f"{hedge[0] if hedge and number.hedge else ''}{' '.join(number.text.split())}"
