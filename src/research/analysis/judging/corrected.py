"""The value of a finding, corrected by the sentences that people judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol

from research.analysis.statistics.uncertainty import Interval
from research.analysis.wording import plural

Uncorrected = Literal[
    "speakers", "documents", "names", "verbs", "passage", "pairs", "median", "test", "tests", "trend", "other"
]
UNCORRECTED: Mapping[Uncorrected, str] = {
    "speakers": "a sample of sentences cannot show how many different speakers all of them name; cite the corrected "
    "number of statements with it",
    "documents": "people judged sentences and not whole documents; cite the corrected number of statements with it",
    "names": "names of those who are spoken of were not judged; cite the measured error of names with it",
    "verbs": "people judged who says what, and not the verb; cite the corrected number of statements with it",
    "passage": "it is read off one passage; check the passage and cite it",
    "pairs": "a difference takes two figures, and a random sample seldom has both; check the passages and cite them",
    "median": "a sample of sentences has too few of these figures; check the passages behind the median and cite them",
    "test": "a p-value is nothing that a sample of sentences could estimate; cite corrected shares with it",
    "tests": "differences that a test finds clear are counted, not statements; cite corrected shares or differences "
    "with it",
    "trend": "the slope is a median over pairs of periods, most of which have too few judged sentences; cite a "
    "corrected difference before and after a date with it",
    "other": "the value is no sum over statements or figures",
}
"""Why the value of a finding cannot be corrected by judged sentences, as a clause, and what to cite instead."""


_TOO_FEW = "too few judged sentences have what is counted, and each finding says how many more it takes"
_INSTEAD = "cite the value of the model with its measured error, or judge more sentences"


class Remaining(NamedTuple):
    """Findings that judged sentences do not correct: their keys, why, and what to do instead, as clauses."""

    keys: tuple[str, ...]
    why: str
    instead: str


class _Found(Protocol):
    """What a finding has of which ``remaining`` speaks."""

    @property
    def key(self) -> str: ...
    @property
    def display(self) -> str: ...
    @property
    def corrected(self) -> Corrected | None: ...


def remaining(findings: Iterable[_Found]) -> list[Remaining]:
    """Return the findings that rest on the model and stay its own although sentences were judged, by their reason.

    Those of which too few sentences were judged are together, whatever the number that each of them takes.
    """
    keys: dict[str, list[str]] = {}
    for finding in findings:
        if finding.corrected is not None and finding.corrected.value is None:
            reason = finding.corrected.reason
            too_few = reason.startswith(("only ", "no judged "))
            keys.setdefault(_TOO_FEW if too_few else reason, []).append(finding.key)
    its = [(tuple(of), *reason.partition("; ")) for reason, of in keys.items()]
    return [Remaining(of, why, instead or _INSTEAD) for of, why, _, instead in its]


class Change(NamedTuple):
    """What judged sentences change in a finding, each value as written, and empty where there is none.

    ``model`` is the value of the model alone, ``put_right`` that with what was judged put right, and ``corrected`` the
    corrected estimate with its 95% ``interval``.
    """

    key: str
    model: str
    put_right: str
    corrected: str
    interval: str


class Changes(NamedTuple):
    """What judged sentences change in the findings: in one sentence, and finding by finding."""

    said: str
    rows: tuple[Change, ...]


def changed(findings: Iterable[_Found]) -> Changes | None:
    """Return what judged sentences change in the findings; None where no sentence was judged."""
    its = [(it.key, it.display, it.corrected) for it in findings if it.corrected is not None]
    if not its:
        return None
    rows = tuple(
        Change(key, of.model_display or display, display, of.display, of.interval_display)
        for key, display, of in its
        if of.put_right or of.value is not None
    )
    judged, units = max((of.judged, of.units) for _, _, of in its)
    put_right, corrected = sum(bool(of.put_right) for *_, of in its), sum(of.value is not None for *_, of in its)
    said = (
        f"{judged:,} of {plural(units, 'sentence')} {'is' if judged == 1 else 'are'} judged. Every finding counts them "
        f"as judged, which changes the value of {plural(put_right, 'finding')}; {plural(corrected, 'finding')} "
        f"{'has' if corrected == 1 else 'have'} a corrected estimate."
    )
    return Changes(said, rows)


class Place(NamedTuple):
    """Where something is counted: a document and character offsets in it, end exclusive."""

    doc_id: str
    start: int
    end: int


class Side(NamedTuple):
    """One of two groups that are compared: the places of what is counted and of its base, and the base's total.

    Without places the base is known and does not rest on the model, such as the words of some documents. A base
    ``in_words`` is the words at its places.
    """

    counted: Iterable[Place]
    base: Iterable[Place] | None
    total: float
    in_words: bool = False


class Sums(NamedTuple):
    """What a difference between two groups is made of; that of the ratios is multiplied by ``per``."""

    here: Side
    there: Side
    per: float = 1.0


class Against(NamedTuple):
    """What a correction of a difference needs beside that of a ratio: the model's totals of the other group.

    ``occurring`` and ``base_occurring`` are the numbers of sentences in which the model counts something, and has
    something of the base, in the other group; ``own_base_occurring`` is the latter of the group itself. ``known`` says
    that the bases do not rest on the model, ``per`` by what the difference is multiplied.
    """

    counted: float
    base: float
    occurring: int
    base_occurring: int
    own_base_occurring: int
    known: bool
    per: float


class UnitValues(NamedTuple):
    """What a finding counts in one judged sentence: what the model says, and what is right.

    ``model_base`` and ``right_base`` are what a share is of; 0 for a finding that is no share. Those with ``others``
    are the same of the group that is compared with, 0 where nothing is compared. ``weight`` is relative to the other
    sentences of its stratum, of which there are ``units`` in all documents.
    """

    doc_id: str
    start: int
    end: int
    stratum: str
    units: int
    weight: float
    model_counted: float
    right_counted: float
    model_base: float
    right_base: float
    model_others: float = 0.0
    right_others: float = 0.0
    model_others_base: float = 0.0
    right_others_base: float = 0.0


@dataclass(frozen=True)
class Corrected:
    """An estimate that is unbiased whatever the model does, with its 95% interval.

    ``judged`` of ``units`` sentences were judged. ``model`` is the value of the model alone, without what people
    decided, and ``power`` how much of the model the estimate uses (0 to 1). Where the value of the finding itself, in
    which what was judged is put right, differs from the model's, it is in ``put_right``. ``model_counted`` and
    ``model_base`` are the model's totals over all sentences; it counts something in ``occurring`` of them. ``spread``
    is the variance between documents that was added, with its degrees of ``freedom`` and ``third`` moment
    (``statistics.spread``), 0
    for none; of a difference between two groups it is not relative, and ``against`` has the other group. ``unit``
    follows the value in the sentence where a number alone would not say it. Without an estimate ``value`` and
    ``interval`` are None, and ``reason`` says why in a clause. ``rows`` has the judged sentences; they are kept in a
    table.
    """

    judged: int
    units: int
    value: float | None = None
    display: str = ""
    interval: Interval | None = None
    interval_display: str = ""
    model: float | None = None
    model_display: str = ""
    power: float = 0.0
    model_counted: float = 0.0
    model_base: float = 0.0
    occurring: int = 0
    spread: float = 0.0
    freedom: float = 0.0
    third: float = 0.0
    reason: str = ""
    unit: str = ""
    against: Against | None = None
    put_right: str = ""
    rows: tuple[UnitValues, ...] = field(default=(), compare=False)

    @property
    def sentence(self) -> str:
        """What is known, in one sentence."""
        model = f"the model alone gives {self.model_display}"
        if self.put_right:
            model += f", and {self.put_right} once what was judged is put right"
        if self.value is None:
            return (
                f"{model[0].upper()}{model[1:]}; {self.reason}." if self.put_right else f"Model alone: {self.reason}."
            )
        judged = f"{self.judged:,} judged {'sentence' if self.judged == 1 else 'sentences'} of {self.units:,}"
        level = "" if self.interval is None else f" ({self.interval.level:.0%} CI {self.interval_display})"
        shown = f"{self.display} {self.unit}".strip()
        return f"Corrected by {judged}: {shown}{level}; {model}."

    @property
    def method(self) -> str:
        """How the estimate was computed."""
        if self.value is None:
            return ""
        whose = " The spread between documents is in the interval." if self.spread else " It is for these documents."
        return (
            "The judged sentences were drawn at random within strata. The estimate is the difference estimator "
            f"(Särndal et al. 1992) with {self.power:.0%} of the model's value, as PPI++ tunes it (Angelopoulos et "
            f"al. 2023).{whose}"
        )

    def fields(self) -> dict[str, Any]:
        """Return it in JSON's types, without the rows."""
        compared = {} if self.against is None else {"against": self.against._asdict()}
        return {
            **{name: getattr(self, name) for name in self.__dataclass_fields__ if name not in _NESTED},
            "interval": None if self.interval is None else self.interval._asdict(),
            **compared,
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Corrected:
        """Return what ``fields`` wrote. Raises TypeError or KeyError for anything else."""
        interval, against = fields["interval"], fields.get("against")
        nested = {
            "interval": None if interval is None else Interval(**interval),
            "against": None if against is None else Against(**against),
        }
        return cls(**{**fields, **nested})


_NESTED = ("rows", "interval", "against")
