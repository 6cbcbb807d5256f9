"""What is known about the errors behind a finding: measured on documents of its kind, or not at all.

A figure that was measured on news says nothing about speeches. A finding therefore quotes the figures of the kinds that
its own passages are of, and says in words for which part of them nothing was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from research.analysis.kinds import NAMES, what_they_are
from research.analysis.wording import listed
from research.loading.documents import TRANSCRIPT
from research.nlp.accuracy import TURN, Accuracy, measured

KINDS: Mapping[str, str] = {kind: several for kind, (_, several) in NAMES.items()} | {TURN: "turns of transcripts"}
"""What each kind is called in a sentence, in the order in which sentences name them."""


class Known(NamedTuple):
    """The figures to quote, and a sentence about the kinds that they hold for; empty where they hold for all."""

    figures: tuple[Accuracy, ...]
    note: str


def known(*names: str, of: Mapping[str, int], unit: str = "statements") -> Known:
    """Return what is known about the errors behind a finding.

    ``names`` are the measures; ``of`` says how many of its passages or documents (``unit``, a plural) are of each kind.

    >>> known("speakers.agreement", of={"speech": 12}).note
    'Nothing is known about how often the model errs in speeches and statements, because nothing was measured there.'
    """
    counts = {kind: of[kind] for kind in KINDS if of.get(kind)}
    figures = measured(*names, kinds=counts)
    covered = {figure.kind for figure in figures}
    unknown = [kind for kind in counts if kind not in covered]
    further = _not_measured(names, [kind for kind in counts if kind in covered and kind != TURN])
    if not unknown:
        parts = _parts(counts, unit) if len(counts) > 1 else ""
        return Known(_once(figures), " ".join(filter(None, (parts, further))))
    nothing = f"Nothing is known about how often the model errs {_in(unknown)}, because nothing was measured there."
    if not covered:
        return Known((), nothing)
    good, total = sum(counts[kind] for kind in counts if kind in covered), sum(counts.values())
    where = _are([kind for kind in counts if kind in covered], counts, unit, good)
    holds = f"These figures hold for the {good:,} of {total:,} {unit} behind the finding that {where}."
    return Known(_once(figures), " ".join(filter(None, (holds, further, nothing))))


def _once(figures: Sequence[Accuracy]) -> tuple[Accuracy, ...]:
    """Return the figures without repetition, as one measurement may count for two kinds."""
    first: dict[Accuracy, Accuracy] = {}
    for figure in figures:
        first.setdefault(figure._replace(name="", kind=""), figure)
    return tuple(first.values())


def _not_measured(names: Sequence[str], kinds: Sequence[str]) -> str:
    """Return which measures were not taken on some kinds of documents on which others were."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for kind in kinds:
        of_documents = [name for name in names if not name.startswith(f"{TURN}s.")]
        without = [name for name in of_documents if not measured(name, kinds=[kind])]
        said = tuple(it.measure for name in without for it in measured(name, kinds=KINDS)[:1])
        if said:
            lacking.setdefault(said, []).append(kind)
    return " ".join(f"Not measured {_in(its, 'or')}: {'; '.join(said)}." for said, its in lacking.items())


def _in(kinds: Sequence[str], word: str = "and") -> str:
    """Return where statements are, by the kinds of their documents."""
    return listed([f"in {KINDS[kind]}" for kind in kinds], word)


def _parts(counts: Mapping[str, int], unit: str) -> str:
    """Return how many are of each kind, where all kinds were measured."""
    parts = listed([f"{n:,} {_are([kind], counts, unit, n)}" for kind, n in counts.items()])
    return f"Of the {sum(counts.values()):,} {unit} behind the finding, {parts}."


def _are(kinds: Sequence[str], counts: Mapping[str, int], unit: str, n: int) -> str:
    """Return what these ``n`` are: documents are speeches, statements are in speeches."""
    verb = "is" if n == 1 else "are"
    if unit != "documents":
        return f"{verb} {_in(kinds)}"
    # Documents with turns are transcripts.
    names = [what_they_are(TRANSCRIPT if kind == TURN else kind, n) + _told_apart(kind, counts) for kind in kinds]
    return f"{verb} {listed(names)}"


def _told_apart(kind: str, counts: Mapping[str, int]) -> str:
    """Return what tells transcripts with turns from those without, where there are both."""
    if not (counts.get(TURN) and counts.get(TRANSCRIPT)):
        return ""
    return {TURN: " with turns", TRANSCRIPT: " without turns"}.get(kind, "")
