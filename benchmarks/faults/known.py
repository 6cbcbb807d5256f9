"""What a run knows, as a writer of reports would look it up: findings, their numbers, passages that can be quoted."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from research.analysis.findings import Finding
from research.outputs.citing.escaping import citation_key
from research.outputs.folder.run_folder import RunFolder

NUMBER = re.compile(r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w-])")
"""A number in digits; not a part of a date or of a word."""

_IN_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "only": 1, "twice": 2, "once": 1, "no": 0, "half": 0.5,
}  # fmt: skip
_QUOTABLE = re.compile(r"[A-Za-z0-9 ,.;:'’“”\"!?%$€£()/–—-]+")
_SHORTEST, _LONGEST = 6, 45  # words of a quotation


@dataclass(frozen=True)
class Quotable:
    """A passage that a report can quote; ``counted`` where it is one of those that the finding counts."""

    text: str
    counted: bool


@dataclass(frozen=True)
class Fact:
    """A finding of a run, its citation key, and what of its evidence can be quoted."""

    run: str
    finding: Finding
    passages: tuple[Quotable, ...] = ()

    @property
    def key(self) -> str:
        """The key of the citation."""
        return citation_key(self.run, self.finding.key)

    @property
    def family(self) -> str:
        """The key without what the finding is about: ``language.count``."""
        return ".".join(self.finding.key.split(".")[:2])

    @property
    def computable(self) -> bool:
        """Whether there is a value."""
        return self.finding.status != "not computable"

    @property
    def speaker(self) -> str:
        """Whose finding it is; empty for none."""
        return str(self.finding.parameters.get("speaker", ""))

    @property
    def term(self) -> str:
        """The word that is counted; empty for none."""
        return str(self.finding.parameters.get("term", ""))

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number that a sentence on this finding may hold; shares as a fraction and in percent."""
        it = self.finding
        found: list[float] = [float(number.replace(",", "")) for number in NUMBER.findall(it.statement)]
        found += [_IN_WORDS[word] for word in re.findall(r"\w+", it.statement.lower()) if word in _IN_WORDS]
        found += [it.n, it.n_documents]
        found += [] if it.interval is None else [it.interval.low, it.interval.high]
        if isinstance(it.value, int | float):
            found.append(it.value)
        if it.corrected is not None and it.corrected.value is not None:
            known = it.corrected
            found += [float(number.replace(",", "")) for number in NUMBER.findall(known.sentence)]
        found += [100 * number for number in found if number <= 1]
        return frozenset(found)

    def allows(self, number: float, step: float = 0) -> bool:
        """Whether a reader could take a number for one of this finding, rounded in some way."""
        return any(abs(number - one) <= max(step, 0.03 * abs(one)) for one in self.numbers)


@dataclass(frozen=True)
class Known:
    """The findings of a run."""

    name: str
    folder: Path
    facts: tuple[Fact, ...]

    @property
    def speakers(self) -> list[str]:
        """The people that have a finding."""
        return sorted({fact.speaker for fact in self.facts if fact.speaker})

    @property
    def actors(self) -> list[str]:
        """Countries, persons and organisations that have a finding."""
        return sorted(_subjects(self.facts))


def _subjects(facts: tuple[Fact, ...]) -> set[str]:
    return {
        it.finding.statement.partition(" is named ")[0]
        for it in facts
        if it.family in ("actors.documents", "actors.mentions") and " is named " in it.finding.statement
    }


def known(folder: Path) -> Known:
    """Read a run folder. The passages of a finding are those that a report could quote as they are."""
    run = RunFolder(folder)
    name = str(run.manifest()["name"])
    passages: dict[str, list[Quotable]] = defaultdict(list)
    for key, passage in run.passages():
        if len(passages[key]) < 200 and _can_be_quoted(passage.exact):
            passages[key].append(Quotable(passage.exact, passage.role == "counted"))
    return Known(name, folder, tuple(Fact(name, it, tuple(passages[it.key])) for it in run.findings))


def _can_be_quoted(text: str) -> bool:
    """Whether a passage is short, of one paragraph, without quotation marks, and ends in a letter or a digit."""
    words = text.split()
    return (
        _SHORTEST <= len(words) <= _LONGEST
        and bool(_QUOTABLE.fullmatch(text))
        and not re.search("[“”\"]|(?<!\\w)'|''|’(?!\\w)|  ", text)
        and text[-1].isalnum()
        and text[0].isalnum()
    )
