"""Findings of 03_actors: who is named in how many documents, by whom, and with whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.actors.compared import compared
from research.analysis.actors.gathered import Gathered, gathered
from research.analysis.actors.tables import (
    BLOC,
    BODY,
    COUNTRY,
    PERSON,
    PLACE,
    abroad,
    acting,
    actors_called,
    spoken,
)
from research.analysis.actors.tables import actors as actor_table
from research.analysis.actors.tables import mentions as mention_table
from research.analysis.actors.together import in_one_sentence, most_often_together
from research.analysis.actors.together import together as pair_table
from research.analysis.articles import the
from research.analysis.evidence import joined
from research.analysis.findings import Finding, slug
from research.analysis.judging.corrections import corrected
from research.analysis.making import BY_JACKKNIFE, BY_WILSON, of_count, of_share
from research.analysis.parameters import LEAST_CONFIDENCE, Parameter
from research.analysis.parameters import words as list_of
from research.analysis.statistics.ratios import of_ratio
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, rounded, wilson
from research.analysis.wording import capitalised, confidence, listed, percent, plural, share_precision, times
from research.nlp.annotate import Annotations
from research.nlp.groups.joining import any_case
from research.nlp.groups.nearest import nearest_names

if TYPE_CHECKING:
    import pandas as pd

ACTORS_ASKED = Parameter(
    "actors",
    list_of("names", "Russia"),
    None,
    "The actors with a finding of their own; None: those named in the most documents",
)

_FIRST: Sequence[tuple[tuple[str, ...], int, str]] = (
    ((COUNTRY,), 3, "country"),
    ((PLACE,), 3, "place"),
    ((BLOC, BODY), 1, "bloc or organisation"),
    ((PERSON,), 1, "person"),
)
"""The groups whose first actors have a finding if they are ``acting``, how many, and what one of them is called."""
FEWEST_MENTIONS = 10
"""The fewest mentions by a speaker for a finding about whom the speaker names."""
HEADLINE_SPEAKERS = 2
FEWEST_COUNTRIES = 3
"""The fewest speakers' countries for a finding about who is named from abroad."""

_NAMED = (
    "A model recognises names, and lists add nationalities, abbreviations and former names of countries. All names of "
    "a country count as the country; capitals, ministries and persons do not."
)

_SPOKEN = (
    "Mentions within statements count for the speaker of the statement, others for the speaker of the whole document."
)


@corrected
def findings(
    annotations: Annotations,
    actors: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    compare: Any = None,
) -> list[Finding]:
    """Return the findings about actors, the most telling first.

    >>> from research import annotate, load
    >>> print(findings(annotate(load("seeds")), ["Russia"])[0].statement)
    Russia is named 8 times in 1 document.
    """
    table = mention_table(annotations, least_confidence)
    found = Findings(annotations, table)
    return [
        *(found.named(name, noun) for name, noun in found.headline(actors)),
        *compared.findings(annotations, compare, least_confidence),
        *found.named_from_abroad(),
        *found.named_by_speakers(),
        *found.named_together(),
        found.countries(),
    ]


class _Said(NamedTuple):
    """How a finding speaks of the actors that a speaker names: more than which others, of what, and who is left out."""

    than: str
    of: str
    left_out: str


_ABROAD = _Said("country or bloc abroad", "", "The speaker's own country is left out.")
_ANY_STATE = _Said("country or bloc", "", "The country of the speaker is not known, so none is left out.")
_PLACES = _Said("place or bloc", "", "No country is named, so places count.")
_PEOPLE = _Said("person", " of people", "The speaker is left out.")


class Findings:
    """The findings about the actors of one corpus."""

    def __init__(self, annotations: Annotations, mentions: pd.DataFrame) -> None:
        self._mentions = mentions
        self._actors = actor_table(mentions)
        self._pair = most_often_together(pair_table(mentions, self._actors))
        self._sentences = in_one_sentence(mentions, *(self._pair[:2] if self._pair else ("", "")))
        self._evidence: Gathered = gathered(annotations, mentions, self._sentences)

    def headline(self, asked: Any) -> list[tuple[str, str]]:
        """Return the actors with a finding of their own, and what each is called: those asked for, or the first ones.

        Raises ``ParameterError`` for anything but a list of names.
        """
        names = ACTORS_ASKED.read(asked)
        if names is not None:
            return [(name, "") for name, _ in actors_called(self._mentions, names)]
        first = []
        by = "n_documents" if len(self._evidence.documents) >= FEWEST_DOCUMENTS else "mentions"
        in_order = self._actors.sort_values(by, ascending=False, kind="stable")
        acts = set(acting(self._actors))
        for groups, most, noun in _FIRST:
            its = in_order[in_order["group"].isin(acts.intersection(groups)) & (in_order["mentions"] > 1)].head(most)
            first += [(str(name), noun) for name in its["actor"]]
        return first

    # --- how often ---

    def named(self, actor: str, noun: str) -> Finding:
        """Return in how many documents an actor is named; of fewer than ten documents, how often."""
        if len(self._evidence.documents) < FEWEST_DOCUMENTS:
            return self._mentions_of(actor, noun)
        return self._documents_naming(actor, noun)

    def _mentions_of(self, actor: str, noun: str) -> Finding:
        is_actor = self._mentions["actor"] == actor
        its = self._mentions[is_actor]
        n, n_documents = len(its), its["doc_id"].nunique()
        named = f"is named {times(n)} in {plural(n_documents, 'document')}" if n else "is not named"
        return of_count(
            f"actors.mentions.{slug(any_case(actor))}",
            f"{capitalised(the(actor))} {named}{self._more_than_others(actor, noun, 'mentions')}.",
            value=n,
            unit="mentions",
            method=_NAMED,
            n=n,
            n_documents=n_documents,
            evidence=self._evidence.mentions.marked(is_actor),
            accuracy=self._evidence.known(its),
            uncorrected="names",
        )

    def _documents_naming(self, actor: str, noun: str) -> Finding:
        evidence, is_actor = self._evidence, self._mentions["actor"] == actor
        its, n = self._mentions[is_actor], len(evidence.documents)
        naming = set(its["doc_id"])
        share = rounded(len(naming) / n)
        interval = wilson(len(naming), n, complete=evidence.complete)
        first = evidence.mentions.marked(self._mentions.index.isin(its.index[~its["doc_id"].duplicated()]))
        others = evidence.openings.where(lambda row: row.doc_id not in naming)
        ci = confidence(interval, share_precision(share), before=", ")
        return of_share(
            f"actors.documents.{slug(any_case(actor))}",
            f"{capitalised(the(actor))} is named in {_of_all(len(naming), n)} ({percent(share)}{ci})"
            f"{self._more_than_others(actor, noun, 'n_documents')}.",
            value=share,
            display=percent(share),
            unit="documents",
            interval=interval,
            interval_by=BY_WILSON,
            complete=evidence.complete,
            method=f"{_NAMED} A document counts once. The evidence is the first mention in each document, or the first "
            "sentence of a document without one.",
            counted=first,
            base=joined(first.counted_as("base"), others.counted_as("base")),
            n_documents=n,
            accuracy=evidence.known(its),
            uncorrected="names",
        )

    def _more_than_others(self, actor: str, noun: str, counted: str) -> str:
        """Return the end of a sentence: no other actor of its kind has as many, or nobody has the name."""
        table = self._actors
        if actor not in set(table["actor"]):
            nearest = nearest_names(actor, sorted(table["actor"]))
            return (
                f"; the nearest {'name is' if len(nearest) == 1 else 'names are'} {listed(nearest)}" if nearest else ""
            )
        groups = next((its for its, _, called in _FIRST if called == noun), ())
        same = table[table["group"].isin(groups)].set_index("actor")[counted]
        if actor not in same or len(same) < len((actor, "another")):
            return ""
        return f", more than any other {noun}" if same[actor] > same.drop(actor).max() else ""

    # --- by whom ---

    def named_from_abroad(self) -> list[Finding]:
        """Return the finding on the country that speakers of the most other countries name; none for few countries."""
        rows = abroad(self._mentions)
        n_countries = self._mentions["speaker_country"].nunique()
        if n_countries < FEWEST_COUNTRIES or rows.empty:
            return []
        by_country = rows.groupby("actor")["speaker_country"].nunique()
        most = int(by_country.max())
        name, *others = [str(it) for it, n in by_country.items() if n == most]
        if others:
            return []
        its = rows[rows["actor"] == name]
        code = str(its["country"].iloc[0])
        first = ~its.duplicated("speaker_country")
        counted = self._mentions.index.isin(its.index[first])
        spoken_by = f"{n_countries - (code in set(self._mentions['speaker_country'])):,} other countries"
        return [
            of_count(
                f"actors.abroad.{slug(any_case(name))}",
                f"Speakers of {most:,} of {spoken_by} name {the(name)}, more than any other country, their own aside.",
                value=most,
                unit="countries",
                method=f"{_NAMED} {_SPOKEN} A speaker's country is that in speakers.csv, of the state itself, or of "
                "the office that the document gives. The evidence is the first mention by a speaker of each country.",
                n=len(its),
                n_documents=its["doc_id"].nunique(),
                evidence=self._evidence.mentions.marked(counted),
                accuracy=self._evidence.known(its),
                uncorrected="names",
            )
        ]

    def named_by_speakers(self) -> list[Finding]:
        """Return which countries and which people the speakers who name the most of them name most."""
        import pandas as pd

        rows = spoken(self._mentions)
        of_state = COUNTRY in acting(self._actors)
        states = rows[rows["group"].isin((COUNTRY if of_state else PLACE, BLOC))]
        # One document may tell the country of a speaker where another does not.
        homes = {
            str(name): set(its)
            for name, its in rows.dropna(subset=["speaker_country"]).groupby("speaker")["speaker_country"]
        }
        own = [code in homes.get(name, ()) for name, code in zip(states["speaker"], states["country"], strict=True)]
        states = states[(states["group"] != COUNTRY) | ~pd.Series(own, states.index, dtype=bool)]
        people = rows[rows["group"] == PERSON]

        def of_states(speaker: str) -> _Said:
            return _PLACES if not of_state else _ABROAD if speaker in homes else _ANY_STATE

        return [
            *self._named_most(states, "by", of_states),
            *self._named_most(people, "person_by", lambda _: _PEOPLE),
        ]

    def _named_most(self, rows: pd.DataFrame, key: str, said: Callable[[str], _Said]) -> list[Finding]:
        """Return whom each of the speakers with the most of these mentions names most, where it is one."""
        totals = rows.groupby("speaker").size()
        first = sorted(totals[totals >= FEWEST_MENTIONS].index, key=lambda name: (-int(totals[name]), str(name)))
        its = [
            self._named_by(str(name), rows[rows["speaker"] == name], key, said(str(name)))
            for name in first[:HEADLINE_SPEAKERS]
        ]
        return [it for it in its if it is not None]

    def _named_by(self, speaker: str, its: pd.DataFrame, key: str, said: _Said) -> Finding | None:
        counts = its["actor"].value_counts()
        most = int(counts.max())
        names = sorted(counts.index[counts == most])
        if len(names) > 1 or most == 1:
            return None
        is_named = its["actor"] == names[0]
        share = rounded(most / len(its))
        by_document = its.assign(counted=is_named.astype("int64"), base=1).groupby("doc_id")[["counted", "base"]].sum()
        numbers = (by_document[name].to_numpy() for name in ("counted", "base"))
        interval = of_ratio(*numbers, share=True, complete=self._evidence.complete)
        ci = confidence(interval, share_precision(share), before=", ")
        marked = self._mentions.index.isin
        return of_share(
            f"actors.{key}.{slug(any_case(speaker))}",
            f"{capitalised(the(speaker))} names {the(names[0])} more often than any other {said.than}: "
            f"in {most:,} of {len(its):,} mentions{said.of} ({percent(share)}{ci}).",
            value=share,
            display=percent(share),
            unit="passages",
            interval=interval,
            interval_by=BY_JACKKNIFE,
            complete=self._evidence.complete,
            method=f"{_NAMED} {_SPOKEN} {said.left_out}",
            counted=self._evidence.mentions.marked(marked(its.index[is_named])),
            base=self._evidence.mentions.marked(marked(its.index)).counted_as("base"),
            n_documents=its["doc_id"].nunique(),
            accuracy=self._evidence.known(its),
            uncorrected="names",
            parameters={"speaker": speaker},
        )

    # --- with whom ---

    def named_together(self) -> list[Finding]:
        """Return the pair that is named together most often; none where several are, or where it happens once."""
        if self._pair is None:
            return []
        one, other, n_documents = self._pair
        n = len(self._sentences)
        return [
            of_count(
                f"actors.together.{slug(any_case(one))}.{slug(any_case(other))}",
                f"{capitalised(the(one))} and {the(other)} are named together in {plural(n, 'sentence')} of "
                f"{plural(n_documents, 'document')}, more than any other two actors.",
                value=n,
                unit="sentences",
                method=f"{_NAMED} A sentence counts once. The evidence runs from the first mention in it to the last.",
                n=n,
                n_documents=n_documents,
                evidence=self._evidence.sentences,
                accuracy=self._evidence.known(self._sentences),
                uncorrected="names",
            )
        ]

    # --- how many ---

    def countries(self) -> Finding:
        """Return how many countries are named."""
        its = self._mentions[self._mentions["group"] == COUNTRY]
        first = self._mentions.index.isin(its.index[~its["country"].duplicated()])
        n = int(first.sum())
        return of_count(
            "actors.countries",
            f"The {'document names' if len(self._evidence.documents) == 1 else 'documents name'} "
            f"{plural(n, 'country', 'countries') if n else 'no country on the ISO list'}{_which_countries(its)}.",
            value=n,
            unit="countries",
            method=f"{_NAMED} The evidence is the first mention of each country.",
            n=len(its),
            n_documents=its["doc_id"].nunique(),
            evidence=self._evidence.mentions.marked(first),
            accuracy=self._evidence.known(its),
            uncorrected="names",
        )


_MOST_LISTED = 5


def _of_all(n: int, n_all: int) -> str:
    return f"all {plural(n_all, 'document')}" if n == n_all else f"{n:,} of {plural(n_all, 'document')}"


def _which_countries(mentions: pd.DataFrame) -> str:
    """Return the names of a few countries, the most frequent first, as the rest of a sentence."""
    counts = mentions["actor"].value_counts()
    if not 0 < len(counts) <= _MOST_LISTED:
        return ""
    return f": {listed([the(str(name)) for name in sorted(counts.index, key=lambda name: (-counts[name], name))])}"
