"""Findings of 02_statements: who is reported most, how much is quoted, and how many statements there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.articles import the
from research.analysis.findings import Finding, slug
from research.analysis.judging.corrections import corrected
from research.analysis.making import BY_JACKKNIFE, BY_WILSON, of_count, of_share
from research.analysis.measured import known
from research.analysis.one_speaker import SPEAKER, check_speakers
from research.analysis.parameters import LEAST_CONFIDENCE, Parameter
from research.analysis.parameters import words as list_of
from research.analysis.statements.compared import compared
from research.analysis.statements.floor import turns as turns_of
from research.analysis.statements.floor_headlines import floor_findings
from research.analysis.statements.gathered import HEADLINE_SPEAKERS, Gathered, gathered, over_documents
from research.analysis.statements.tables import names_that_end_alike
from research.analysis.statements.tables import speakers as speaker_table
from research.analysis.statements.tables import statements as statement_table
from research.analysis.statements.verb_headlines import verb_findings
from research.analysis.statements.word_shares import of_words, word_share
from research.analysis.statistics.uncertainty import rounded, wilson
from research.analysis.wording import (
    capitalised,
    confidence,
    fraction,
    listed,
    percent,
    plural,
    quoted,
    share_precision,
)
from research.nlp.accuracy import TURN
from research.nlp.annotate import Annotations
from research.nlp.groups.joining import any_case, names_in
from research.nlp.groups.nearest import nearest_names

if TYPE_CHECKING:
    import pandas as pd

SPEAKERS_ASKED = Parameter(
    "speakers",
    list_of("names", "Kassym-Jomart Tokayev"),
    None,
    "The speakers with a finding of their own; None: those with the most words",
    check_annotations=check_speakers,
)


@corrected
def findings(
    annotations: Annotations,
    speakers: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    compare: Any = None,
    speaker: Any = None,
) -> list[Finding]:
    """Return the findings about statements, those about single speakers first.

    With one ``speaker`` (see ``one_speaker``) there is the finding about this speaker alone, and none about a group.

    >>> from research import annotate, load
    >>> print(findings(annotate(load("seeds")))[-3].statement)
    The corpus holds 6 attributed statements in 1 document.
    """
    table = statement_table(annotations, least_confidence)
    least = LEAST_CONFIDENCE.read(least_confidence)
    evidence = gathered(annotations, table, least)
    # The same speakers with and without what people judged, so that both have the finding.
    judged = statement_table(annotations.with_judgements, least_confidence)
    if (one := SPEAKER.read(speaker)) is not None:
        names = {any_case(it) for it in table["speaker"].dropna()}
        named = headline_speakers(speaker_table(judged), [one])
        return [_speech_of(it, evidence, table) for it in named if any_case(it) in names]
    headline = headline_speakers(speaker_table(judged), speakers)
    return [
        *(_speech_of(speaker, evidence, table) for speaker in headline),
        *compared.findings(annotations, compare, least_confidence),
        *floor_findings(evidence, table, turns_of(table), None if speakers is None else headline),
        _direct_share(evidence, table),
        *verb_findings(evidence, table),
        _attribution_count(evidence, table),
        _speaker_count(evidence, table),
        _attributing_documents(evidence, table),
    ]


def headline_speakers(speakers: pd.DataFrame, asked: Any) -> list[str]:
    """Return the speakers with a finding of their own: all that are asked for, or those with the most words.

    A name that is asked for is given in the spelling of the corpus. Raises ``ParameterError`` for anything but a list
    of names.
    """
    names = SPEAKERS_ASKED.read(asked)
    if names is None:
        return [str(name) for name in speakers["speaker"].head(HEADLINE_SPEAKERS)]
    joined = zip(speakers["speaker"], speakers["joined"], strict=True)
    known = {any_case(other): str(name) for name, others in joined for other in names_in(others)}
    known |= {any_case(name): str(name) for name in speakers["speaker"]}
    return list({any_case(name): known.get(any_case(name), name) for name in names}.values())


_NOT_ENGLISH = "no document is in English"
_NO_STATEMENT = "the corpus has no attributed statement"
_NO_WORD = "the corpus has no attributed words"


# --- who is reported most ---


def _speech_of(speaker: str, evidence: Gathered, statements: pd.DataFrame) -> Finding:
    key, subject = f"statements.words.{slug(any_case(speaker))}", f"The share of words attributed to {the(speaker)}"
    alike = names_that_end_alike({speaker, *statements["speaker"].dropna()})[speaker]
    apart = f" Names that may belong to the same person are counted separately: {'; '.join(alike)}." if alike else ""
    turns = statements["kind"].eq(TURN).any()
    included = "indirect speech and the turns of transcripts included" if turns else "indirect speech included"
    method = (
        f"{evidence.found} Words of content attributed to the speaker, as a share of those of all statements, "
        f"{included}. A “that” at the beginning counts as a word. {evidence.named_by}{apart}"
    )
    if not int(statements["words"].sum()):
        return evidence.too_little(key, subject, _NO_WORD, unit="words", measure="share", method=method)
    is_speaker = statements["speaker"] == speaker
    share = word_share(evidence, statements, is_speaker)
    rest = _said_of_others(speaker, alike, statements) if is_speaker.any() else _said_of_nobody(speaker, statements)
    return of_words(
        key,
        f"{capitalised(the(speaker))} accounts for {share} of all attributed words"
        f"{', turns of transcripts included' if turns else ''} ({share.in_brackets}){rest}.",
        share,
        evidence,
        counted=is_speaker,
        base=is_speaker | True,
        noun="statement",
        method=method,
        n_documents=len(evidence.attributing),
        accuracy=evidence.known(
            *("attributions.linked", "attributions.content_tokens", "speakers.agreement"),
            *("turns.office", "turns.person"),
            rows=statements,
        ),
        parameters={"speaker": speaker},
    )


def _said_of_others(speaker: str, alike: Sequence[str], statements: pd.DataFrame) -> str:
    """Return the end of the sentence about a speaker: whether nobody has more words, and who may be the same."""
    by_speaker = statements.groupby("speaker")["words"].sum()
    others = by_speaker.drop(speaker)
    most = ", more than any other speaker" if not others.empty and by_speaker[speaker] > others.max() else ""
    return most + _counted_separately(alike)


def _counted_separately(alike: Sequence[str]) -> str:
    if not alike:
        return ""
    verb = "is" if len(alike) == 1 else "are"
    return f"; {listed([quoted(name) for name in alike])}, possibly the same speaker, {verb} counted separately"


def _said_of_nobody(name: str, statements: pd.DataFrame) -> str:
    nearest = nearest_names(name, sorted(set(statements["speaker"].dropna())))
    hint = f"; the nearest {'name is' if len(nearest) == 1 else 'names are'} {listed(nearest)}" if nearest else ""
    return f"; no speaker has this name{hint}"


# --- how much is quoted ---


def _direct_share(evidence: Gathered, statements: pd.DataFrame) -> Finding:
    key = "statements.direct"
    method = (
        f"{evidence.found} A statement is direct when at least four fifths of the words of its content are in "
        "quotation marks. Turns of transcripts are not quotations and are left out of the base."
    )
    is_turn = statements["kind"] == TURN
    outside, direct = statements[~is_turn], statements["kind"] == "direct"
    n, n_direct = len(outside), int(direct.sum())
    if not n:
        subject = "The share of direct quotations"
        reason = f"{_NO_STATEMENT} outside the turns of transcripts" if is_turn.any() else _NO_STATEMENT
        return evidence.too_little(key, subject, reason, unit="passages", measure="share", method=method)
    share = rounded(n_direct / n)
    interval = over_documents(evidence, outside.assign(counted=direct, base=1))
    ci = confidence(interval, share_precision(share), before=", ")
    where = " outside turns" if is_turn.any() else ""
    return of_share(
        key,
        _share_sentence(
            n_direct,
            n,
            ci,
            noun=(f"attributed statement{where}", f"attributed statements{where}"),
            predicate=lambda one: "is a direct quotation" if one else "are direct quotations",
        ),
        value=share,
        display=percent(share),
        unit="passages",
        interval=interval,
        interval_by=BY_JACKKNIFE,
        complete=evidence.complete,
        method=method,
        counted=evidence.statements.marked(direct),
        base=evidence.statements.marked(~is_turn).counted_as("base"),
        n_documents=outside["doc_id"].nunique(),
        accuracy=evidence.known("attributions.found", "attributions.direct_found", rows=outside),
        parameters=evidence.parameters,
        additive=True,
    )


def _share_sentence(n_counted: int, n: int, ci: str, *, noun: tuple[str, str], predicate: Callable[[bool], str]) -> str:
    """Return a share as an analyst would say it, with its fraction in words where there is one, and its numbers."""
    one, many = noun
    share = rounded(n_counted / n)
    counts = f"{n_counted:,} of {n:,}"
    if n_counted in (0, n):
        every = "No" if n_counted == 0 else "The only" if n == 1 else "All"
        several = every == "All"
        return f"{every} {many if several else one} ({counts}, {percent(share)}{ci}) {predicate(not several)}."
    if words := fraction(share):
        is_one = words.startswith("one")
        return f"{capitalised(words)} {many} ({counts}, {percent(share)}{ci}) {predicate(is_one)}."
    return f"{percent(share)} of {many} ({counts}{ci}) {predicate(False)}."


# --- how many speakers, statements, documents ---


def _speaker_count(evidence: Gathered, statements: pd.DataFrame) -> Finding:
    first = ~statements["speaker"].duplicated() & statements["speaker"].notna()
    n = int(first.sum())
    named = statements[statements["speaker"].notna()]
    key = "statements.speakers"
    method = (
        f"{evidence.found} {evidence.named_by} All other names are counted separately, even where one may be short for "
        "another. The evidence is the first statement of each speaker."
    )
    if not evidence.documents:
        subject = "The number of speakers"
        return evidence.too_little(key, subject, _NOT_ENGLISH, unit="speakers", measure="count", method=method)
    return of_count(
        key,
        _who_is_named(named["speaker"].unique().tolist()),
        value=n,
        unit="speakers",
        method=method,
        n=len(named),
        n_documents=named["doc_id"].nunique(),
        accuracy=evidence.known(
            "attributions.linked", "speakers.agreement", "turns.office", "turns.person", rows=named
        ),
        parameters=evidence.parameters,
        uncorrected="speakers",
        evidence=evidence.statements.marked(first),
    )


def _who_is_named(speakers: Sequence[str]) -> str:
    if len(speakers) == 1:
        return f"Only 1 speaker is named, {the(speakers[0])}."
    many = plural(len(speakers), "speaker") if speakers else "No speaker"
    return f"{many} {'are' if speakers else 'is'} named{_short_for_another(speakers)}."


def _short_for_another(speakers: Iterable[str]) -> str:
    """Return how many names may be short for another of them, as the rest of a sentence."""
    alike = names_that_end_alike(speakers)
    n = sum(any(len(other) > len(name) for other in others) for name, others in alike.items())
    return f"; {n:,} of the names may be {'a short form' if n == 1 else 'short forms'} of another" if n else ""


def _attribution_count(evidence: Gathered, statements: pd.DataFrame) -> Finding:
    n, n_turns = len(statements), int((statements["kind"] == TURN).sum())
    where = f" in {plural(len(evidence.attributing), 'document')}" if n else ""
    some = "all" if 1 < n == n_turns else f"{n_turns:,}"
    turns = f", {some} of them {'a turn' if n_turns == 1 else 'turns'} of transcripts" if n_turns else ""
    key = "statements.attributions"
    method = (
        f"{evidence.found} Each is one passage, from the first character of its source, cue and content to the last."
    )
    if not evidence.documents:
        subject = "The number of attributed statements"
        return evidence.too_little(key, subject, _NOT_ENGLISH, unit="passages", measure="count", method=method)
    return of_count(
        key,
        f"The corpus holds {plural(n, 'attributed statement')}{where}{turns}.",
        value=n,
        unit="passages",
        method=method,
        n=n,
        n_documents=len(evidence.attributing),
        accuracy=evidence.known("attributions.found", *_TURNS, rows=statements),
        parameters=evidence.parameters,
        additive=True,
        evidence=evidence.statements,
    )


_TURNS = ("turns.office", "turns.person", "turns.unnamed")


def _attributing_documents(evidence: Gathered, statements: pd.DataFrame) -> Finding:
    n, n_counted = len(evidence.documents), len(evidence.attributing)
    key = "statements.documents"
    method = (
        f"{evidence.found} Documents in languages other than English are excluded. The evidence is the first statement "
        "of each document, or its first sentence where it has none."
    )
    if not n:
        subject = "The share of documents with a statement"
        return evidence.too_little(key, subject, _NOT_ENGLISH, unit="documents", measure="share", method=method)
    with_turns = set(statements.loc[statements["kind"] == TURN, "doc_id"])
    kinds = Counter(TURN if doc_id in with_turns else kind for doc_id, kind in evidence.kinds.items())
    interval = wilson(n_counted, n, complete=evidence.complete)
    share = rounded(n_counted / n)
    ci = confidence(interval, share_precision(share), before=", ")
    return of_share(
        key,
        _share_sentence(
            n_counted,
            n,
            ci,
            noun=("document in English", "documents in English"),
            predicate=lambda one: f"{'attributes' if one else 'attribute'} a statement to a source",
        ),
        value=share,
        display=percent(share),
        unit="documents",
        interval=interval,
        interval_by=BY_WILSON,
        complete=evidence.complete,
        method=method,
        counted=evidence.openings.where(lambda row: row.doc_id in evidence.attributing),
        base=evidence.openings.counted_as("base"),
        n_documents=n,
        accuracy=known("attributions.found", *_TURNS, of=kinds, unit="documents"),
        parameters=evidence.parameters,
        uncorrected="documents",
    )
