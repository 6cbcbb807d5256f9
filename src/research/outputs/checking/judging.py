"""Judge a report: one rule a function, one list of them. A new rule is one function and one row of ``RULES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from research.outputs.checking.blocks import Block, Report
from research.outputs.checking.cases import Case, Problem, Sources
from research.outputs.checking.cited import Run, Runs, Target, runs_of_report
from research.outputs.checking.name_rule import names_agree
from research.outputs.checking.number_rule import numbers_agree
from research.outputs.checking.printed import printed_units_agree
from research.outputs.checking.quotation_rule import changed_quotations, quotations_agree
from research.outputs.checking.sentences import Sentence, sentences
from research.outputs.checking.settings import settings_agree
from research.outputs.checking.stale import changes
from research.outputs.checking.subject import gives_value_of, speaks_of
from research.outputs.checking.uncited import uncited
from research.outputs.checking.word_rules import certainty_is_the_findings, directions_agree, results_are_computable

Rule = Callable[[Case], Iterator[Problem]]

RULES: Sequence[Rule] = (
    results_are_computable,
    numbers_agree,
    settings_agree,
    printed_units_agree,
    quotations_agree,
    names_agree,
    directions_agree,
    certainty_is_the_findings,
)
"""Every rule for a sentence that cites."""


@dataclass
class Judged:
    """A sentence of a report with what was found in it, and whether it cites a finding."""

    sentence: Sentence
    cites: bool
    problems: list[Problem] = field(default_factory=list)

    @property
    def block(self) -> Block:
        """Its block."""
        return self.sentence.block


def judge(report: Report, runs: Runs, *, strict: bool = False, told: set[str] | None = None) -> list[Judged]:
    """Return every sentence of a report with its problems.

    ``told`` are the runs whose changes were told already, in this report or another one.
    """
    own = runs_of_report(report.runs, report.path)
    sources = Sources(runs)
    seen = set() if told is None else told
    found = []
    for sentence in sentences(report.blocks, all_parted=strict):
        if not (sentence.citations or sentence.support or strict):
            found.append(Judged(sentence, cites=False))
            continue
        targets = [runs.target(cite, own) for cite in sentence.citations]
        judged = Judged(sentence, any(it.finding is not None for it in targets))
        judged.problems += _unknown(sentence, targets, runs, own)
        judged.problems += _outdated(sentence, targets)
        for run in dict.fromkeys(it.run for it in targets if it.run is not None):
            judged.problems += _changed(sentence, run, seen, strict=strict)
        case = Case(sentence, targets, sources)
        if judged.cites:
            for rule in RULES:
                judged.problems += rule(case)
        elif sentence.support and not targets:
            support = Case(sentence, [runs.target(cite, own) for cite in sentence.support], sources, supported=True)
            judged.problems += numbers_agree(support)
            judged.problems += _said_of_a_later_citation(Case(sentence, support.targets, sources))
        if strict and not targets:
            judged.problems += uncited(sentence, [*own, *runs.all()])
        judged.problems = _each_once(judged.problems)
        found.append(judged)
    return found


def _said_of_a_later_citation(case: Case) -> Iterator[Problem]:
    """Yield what is wrong with the quotations, names and directions of a sentence that is cited further on."""
    yield from changed_quotations(case)
    if any(speaks_of(case, it.finding) or gives_value_of(case, it) for it in case.facts):
        yield from names_agree(case)
        yield from directions_agree(case)


def _each_once(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems in the order of the text, one at each place: the gravest."""
    ordered = sorted(problems, key=lambda it: (it.start, it.end, it.severity != "error"))
    kept: dict[tuple[int, int, str], Problem] = {}
    for it in ordered:
        kept.setdefault((it.start, it.end, it.message if it.kind in ("key", "stale") else ""), it)
    return list(kept.values())


def _unknown(sentence: Sentence, targets: Sequence[Target], runs: Runs, own: Sequence[Run]) -> Iterator[Problem]:
    """Yield a problem for each key that no run has."""
    for target in targets:
        if target.run is None:
            near = runs.nearest(target.cite.key, own)
            hint = f"; did you mean {near}?" if near else ""
            at = min(target.cite.at, max(sentence.start, sentence.end - 1))
            said = f"cites {target.cite.key}, which no run has{hint}"
            yield Problem(at, at, "key", "error", target.cite.key, said)


def _outdated(sentence: Sentence, targets: Sequence[Target]) -> Iterator[Problem]:
    """Yield a problem for each finding that is another one than when it was cited."""
    for target in targets:
        finding, version = target.finding, target.cite.version
        if finding is not None and version and version != finding.version:
            said = f"cites version {version} of {target.key}; the run has version {finding.version}"
            at = min(target.cite.at, max(sentence.start, sentence.end - 1))
            yield Problem(at, at, "stale", "error", target.key, said, finding.statement)


def _changed(sentence: Sentence, run: Run, seen: set[str], *, strict: bool) -> Iterator[Problem]:
    """Yield what has changed since a run, once a run."""
    if str(run.folder.path) in seen:
        return
    seen.add(str(run.folder.path))
    for severity, said in changes(run, strict=strict):
        message = f"rests on the run {run.name}, but {said}. Run it again."
        yield Problem(sentence.start, sentence.start, "stale", severity, run.key, message)
