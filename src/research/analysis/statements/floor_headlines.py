"""Findings of 02_statements about the turns of transcripts: who has the floor, and who answers the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research.analysis.articles import the
from research.analysis.findings import Finding, slug
from research.analysis.making import of_count
from research.analysis.statements.floor import CALLERS, JOURNALISTS, OTHERS
from research.analysis.statements.gathered import HEADLINE_SPEAKERS, Gathered
from research.analysis.statements.word_shares import of_words, word_share
from research.analysis.wording import capitalised, listed, most_often, plural
from research.nlp.accuracy import TURN
from research.nlp.groups.joining import any_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_TOLD = (
    "Turns are told from the labels of a transcript, and whom a label means from the document. Applause, procedure and "
    "other words that nobody says are in no turn."
)


def floor_findings(
    evidence: Gathered, statements: pd.DataFrame, turns: pd.DataFrame, asked: Sequence[str] | None
) -> list[Finding]:
    """Return the findings about turns; none where there are none.

    Speakers that are ``asked`` for have one where they take a turn; by default those with the most words in turns.
    """
    words = turns[turns["named"]].groupby("who")["words"].sum()
    if not int(turns["words"].sum()):
        return []
    most = sorted(words.index, key=lambda name: (-words[name], name))[:HEADLINE_SPEAKERS]
    speakers = most if asked is None else [name for name in asked if name in words.index]
    found = [_floor_of(speaker, evidence, statements, turns) for speaker in speakers]
    found.append(_takers(evidence, statements, turns))
    return [*found, _questions(evidence, statements, turns)] if turns["asks"].any() else found


def _floor_of(speaker: str, evidence: Gathered, statements: pd.DataFrame, turns: pd.DataFrame) -> Finding:
    its = turns["who"] == speaker
    share = word_share(evidence, turns, its, turns["doc_id"].unique())
    in_turn = statements["kind"] == TURN
    return of_words(
        f"statements.floor.{slug(any_case(speaker))}",
        f"{_with_office(speaker, turns.loc[its, 'office'])} has the floor for {share} of the words in turns "
        f"({share.in_brackets}), in {int(its.sum()):,} of {plural(len(turns), 'turn')}.",
        share,
        evidence,
        counted=in_turn & (statements["speaker"] == speaker),
        base=in_turn,
        noun="turn",
        method=f"{_TOLD} The words of the speaker's turns, as a share of the words of all turns. {evidence.named_by}",
        n_documents=turns["doc_id"].nunique(),
        accuracy=evidence.known("turns.office", "turns.person", "turns.unnamed", rows=turns),
        parameters={"speaker": speaker},
    )


def _with_office(speaker: str, offices: pd.Series[str]) -> str:
    """Return a speaker with the usual office: "Prime Minister Ada Okell", "Jon Malm, Leader of the Opposition,"."""
    office = most_often(offices.dropna())
    if office is None or any_case(office) in any_case(speaker):
        return capitalised(the(speaker))
    is_title = len(office.split()) <= _LONGEST_TITLE and not {"of", "for", "to"} & set(office.casefold().split())
    return f"{office} {speaker}" if is_title and office[:1].isupper() else f"{speaker}, {office},"


_LONGEST_TITLE = 2


def _takers(evidence: Gathered, statements: pd.DataFrame, turns: pd.DataFrame) -> Finding:
    n, n_named = len(turns), int(turns["named"].sum())
    people = turns.loc[turns["named"], "who"].nunique()
    take = f"{plural(people, 'named speaker')} {'takes' if people == 1 else 'take'} {n_named:,} of them"
    by = f"; {take}" if people else "; nobody in them has a name"
    documents = turns["doc_id"].nunique()
    return of_count(
        "statements.turns",
        f"{plural(documents, 'document')} {'holds' if documents == 1 else 'hold'} {plural(n, 'turn')}{by}.",
        value=n,
        unit="turns",
        method=f"{_TOLD} Each turn is one passage, from its label to its last word.",
        n=n,
        n_documents=documents,
        accuracy=evidence.known("turns.office", "turns.person", "turns.unnamed", rows=turns),
        parameters=evidence.parameters,
        additive=True,
        evidence=evidence.statements.marked(statements["kind"] == TURN),
    )


def _questions(evidence: Gathered, statements: pd.DataFrame, turns: pd.DataFrame) -> Finding:
    asks = turns[turns["asks"]]
    n, documents = len(asks), asks["doc_id"].nunique()
    who = [name for name in (JOURNALISTS, CALLERS, OTHERS) if name in set(asks["who"])]
    answers = turns.loc[turns["asked_by"].notna() & turns["named"], "who"].value_counts()
    most = sorted(answers.index, key=lambda name: (-answers[name], name))[:1]
    answered = f"; {most[0]} answers {answers[most[0]]:,} of them" if most and n > 1 else ""
    return of_count(
        "statements.questions",
        f"{capitalised(listed(who))} ask {plural(n, 'question')} in {plural(documents, 'document')}{answered}.",
        value=n,
        unit="questions",
        method=f"{_TOLD} Every turn of a journalist or caller without a name is a question, with or without a question "
        "mark; a turn of somebody else without a name is one where it has a question mark. The next turn answers it, "
        "unless that is a question as well. Interviewers with a name are counted as speakers.",
        n=n,
        n_documents=documents,
        accuracy=evidence.known("turns.unnamed", rows=asks),
        parameters=evidence.parameters,
        additive=True,
        evidence=evidence.statements.marked(statements.index.isin(asks.index)),
    )
