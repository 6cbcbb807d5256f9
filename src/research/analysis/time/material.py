"""What is counted over time: the documents with their periods, and each series as counts of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.actors.headlines import ACTORS_ASKED
from research.analysis.actors.tables import actors_called, itself
from research.analysis.actors.tables import mentions as mention_table
from research.analysis.corpus.tables import in_english
from research.analysis.declaring import kept
from research.analysis.language.categories import category_passages, dictionary_of
from research.analysis.language.tables import TERMS, chosen_terms, concordance, frequencies
from research.analysis.language.words import forget_words
from research.analysis.parameters import DATE, LEAST_CONFIDENCE, Parameter, choice
from research.analysis.statements.headlines import SPEAKERS_ASKED, headline_speakers
from research.analysis.statements.tables import speakers as speaker_table
from research.analysis.statements.tables import statements as statement_table
from research.analysis.statistics.periods import UNITS, Periods, Unit, fitting, number_of, periods, span
from research.analysis.statistics.series import Counts
from research.errors import ParameterError
from research.nlp.accuracy import TURN
from research.nlp.annotate import Annotations
from research.nlp.groups.nearest import nearest_names

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


def _check_number(by: str, annotations: Annotations, _: Mapping[str, Any]) -> None:
    """Raise ``ParameterError`` for periods of which there are too many."""
    if by != "auto":
        _unit([it.document.date for it in annotations], by)


BY = Parameter(
    "by",
    choice("auto", *UNITS),
    "auto",
    "The periods: auto, day, week, month, quarter, year or decade; auto: the finest that the documents fill",
    check_annotations=_check_number,
)
DATE_NAMED = Parameter("date", DATE, None, "A day, month or year to compare before and after; None: no comparison")

CORPUS, TERM, SPEECH, SPEAKER, COUNTRY = "corpus", "term", "speech", "speaker", "country"
CATEGORY, ACTOR = "category", "actor"
"""What a series can be of; an actor is one that is no country."""
DIRECT = "direct speech"
DOCUMENTS, WORDS = "documents", "words"
SHARE_OF_STATEMENTS, SHARE_OF_DOCUMENTS, PER_1000 = "share of statements", "share of documents", "per 1,000 words"
MOST_SPEAKERS = 2
"""The speakers with the most words that have a series where none are asked for."""
MOST_COUNTRIES = 2
"""The countries named in the most documents that have a series."""
MOST_CATEGORIES = 12
"""The categories of a dictionary that have a series, the most frequent ones: each more makes every p-value larger."""
MOST_PERIODS = 400
"""The most periods that a table and a figure can have."""


class Series(NamedTuple):
    """A series: what it is of, and its name."""

    of: str
    name: str

    @property
    def unit(self) -> str:
        """What its values are, as a table says it."""
        if self.of == CORPUS:
            return self.name
        if self.is_rate:
            return PER_1000
        return SHARE_OF_DOCUMENTS if self.names_actor else SHARE_OF_STATEMENTS

    @property
    def is_rate(self) -> bool:
        """Whether its values are occurrences per 1,000 words; of words, without a model."""
        return self.of in (TERM, CATEGORY)

    @property
    def names_actor(self) -> bool:
        """Whether its values are the share of documents that name an actor."""
        return self.of in (COUNTRY, ACTOR)

    @property
    def per(self) -> float:
        """The factor of its values."""
        return 1000.0 if self.is_rate else 1.0

    @property
    def base(self) -> str:
        """The column of ``documents`` that it is a part or a rate of."""
        if self.is_rate:
            return "words"
        return {SPEECH: "outside_turns", SPEAKER: "statements", COUNTRY: "english", ACTOR: "english"}[self.of]


@kept
def documents(annotations: Annotations, least_confidence: Any = LEAST_CONFIDENCE.default) -> pd.DataFrame:
    """Return what can be counted in each document: ``doc_id, date, words, english, statements, outside_turns``.

    ``english`` is 1 for a document in English, or too short to say; ``outside_turns`` are the statements that are no
    turns of a transcript.
    """
    import pandas as pd

    rows = [(it.document.id, it.document.date, it.language, it.n_words) for it in annotations]
    table = pd.DataFrame(rows, columns=["doc_id", "date", "language", "words"]).astype({"words": "int64"})
    said = statement_table(annotations, least_confidence)
    return table.assign(
        english=in_english(table).astype("int64"),
        statements=_in_each(said, table),
        outside_turns=_in_each(said[said["kind"] != TURN], table),
    ).drop(columns="language")


def _in_each(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.Series[int]:
    """Return the number of rows of each document."""
    return documents["doc_id"].map(rows["doc_id"].value_counts()).fillna(0).astype("int64")


class Dated(NamedTuple):
    """The documents of a corpus (see ``documents``) with their periods.

    ``at`` is the number of each document's period, -1 for one without a date, or with one that is too coarse.
    """

    documents: pd.DataFrame
    periods: Periods
    at: NDArray[np.int64]


def dated(annotations: Annotations, by: Any = BY.default, least_confidence: Any = LEAST_CONFIDENCE.default) -> Dated:
    """Return the documents with their periods. Raises ``ParameterError`` where there are too many of them."""
    import numpy as np

    table = documents(annotations, LEAST_CONFIDENCE.read(least_confidence))
    dates = [it if isinstance(it, str) else None for it in table["date"]]
    found = periods(dates, _unit(dates, BY.read(by)))
    return Dated(table, found, np.array([-1 if it is None else it for it in found.at], dtype=np.int64))


@dataclass(frozen=True)
class Material:
    """The documents of a corpus with their periods, and its series. ``documents, periods, at`` are as in ``Dated``."""

    annotations: Annotations
    least_confidence: float
    documents: pd.DataFrame
    periods: Periods
    at: NDArray[np.int64]
    series: Sequence[Series]
    asked: frozenset[Series]
    """The series that a parameter asks for by name, or a dictionary by its categories."""
    dictionary: Any = None
    """As the parameter gives it."""

    @property
    def complete(self) -> bool:
        """Whether the documents are a full population."""
        return self.annotations.corpus.complete

    @property
    def tested(self) -> list[Series]:
        """The series in which changes are looked for: all that are about what the documents say."""
        return [it for it in self.series if it.of != CORPUS]

    @property
    def n_dated(self) -> int:
        """The number of documents with a period."""
        return int((self.at >= 0).sum())

    def nearest(self, series: Series) -> list[str]:
        """Return the names that may have been meant by that of a speaker or an actor whom no document has."""
        if series.of not in (SPEAKER, ACTOR) or len(self.rows(series)):
            return []
        if series.of == ACTOR:
            known = mention_table(self.annotations, self.least_confidence)["actor"]
        else:
            known = statement_table(self.annotations, self.least_confidence)["speaker"].dropna()
        return nearest_names(series.name, sorted(set(known)))

    def counts(self, series: Series) -> Counts:
        """Return the counts of a series in the documents with a period that have something to count in."""
        return self.counts_where(series, self.at >= 0)

    def counts_where(self, series: Series, chosen: NDArray[np.bool_]) -> Counts:
        """Return the counts of a series in the chosen documents that have something to count in."""
        return self._all(series).take(chosen & self.takes_part(series))

    def takes_part(self, series: Series) -> NDArray[np.bool_]:
        """Return which documents have something to count in: words, statements, or English text."""
        base: NDArray[np.bool_] = self.documents[series.base].to_numpy() > 0
        return base

    def _all(self, series: Series) -> Counts:
        import numpy as np

        rows = self.rows(series)
        counted = _in_each(rows.drop_duplicates("doc_id") if series.names_actor else rows, self.documents)
        base = self.documents[series.base]
        return Counts(self.at, np.asarray(counted, dtype=np.float64), np.asarray(base, dtype=np.float64), series.per)

    def rows(self, series: Series) -> pd.DataFrame:
        """Return what is counted: rows of a concordance, of the statements, or of the mentions of actors."""
        match series.of:
            case "term":
                found = concordance(self.annotations, [it.name for it in self.series if it.of == TERM])
                return found[found["term"] == series.name]
            case "category":
                found = category_passages(self.annotations, self.dictionary)
                return found[found["category"] == series.name]
            case "country" | "actor":
                found = mention_table(self.annotations, self.least_confidence)
                return found[found["actor"] == series.name]
        found = statement_table(self.annotations, self.least_confidence)
        return found[found["kind"] == "direct"] if series.of == SPEECH else found[found["speaker"] == series.name]


def material(
    annotations: Annotations,
    by: Any = BY.default,
    terms: Any = None,
    speakers: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    *,
    dictionary: Any = None,
    actors: Any = None,
) -> Material:
    """Return the documents and the series of a corpus, those that are asked for first. Raises ``ParameterError``."""
    least = LEAST_CONFIDENCE.read(least_confidence)
    # The series are those of the annotations with what people judged, of the model alone as well.
    judged = annotations.with_judgements
    found = [
        (TERMS.read(terms) is not None, _of_terms(judged, terms)),
        (True, _of_categories(judged, dictionary)),
        (SPEAKERS_ASKED.read(speakers) is not None, _of_speakers(judged, speakers, least)),
        (False, [Series(SPEECH, DIRECT)]),
        (ACTORS_ASKED.read(actors) is not None, _of_actors(judged, actors, least)),
    ]
    asked, others = ([it for is_asked, its in found for it in its if is_asked is wanted] for wanted in (True, False))
    series = [*(Series(CORPUS, name) for name in (DOCUMENTS, WORDS)), *asked, *others]
    return Material(annotations, least, *dated(annotations, by, least), series, frozenset(asked), dictionary)


def _unit(dates: Sequence[str | None], by: str) -> Unit:
    unit = fitting(dates) if by == "auto" else next(it for it in UNITS if it == by)
    if (n := span(dates, unit)) <= MOST_PERIODS:
        return unit
    longer = next((it for it in UNITS[UNITS.index(unit) :] if span(dates, it) <= MOST_PERIODS), "decade")
    dated = sorted(it for it in dates if it is not None and number_of(it, unit) is not None)
    raise ParameterError(
        f"The parameter by is {unit!r}, and from {dated[0]} to {dated[-1]} there are {n:,} {unit}s, of which a table "
        f"and a figure can have {MOST_PERIODS} at most. Take {longer!r}, or fewer documents."
    )


def _of_terms(annotations: Annotations, terms: Any) -> list[Series]:
    asked = TERMS.read(terms)
    words = chosen_terms(frequencies(annotations) if asked is None else _no_frequencies(), terms)
    forget_words(annotations)  # of them no more than their frequencies is asked for, which are kept
    return [Series(TERM, word) for word in words]


def _of_categories(annotations: Annotations, dictionary: Any) -> list[Series]:
    """Return the most frequent categories of a dictionary, in its order."""
    asked = dictionary_of(dictionary)
    if asked is None:
        return []
    counts = category_passages(annotations, dictionary)["category"].value_counts()
    often = sorted(asked.categories, key=lambda name: -int(counts.get(name, 0)))[:MOST_CATEGORIES]
    return [Series(CATEGORY, name) for name in asked.categories if name in often]


def _of_speakers(annotations: Annotations, speakers: Any, least: float) -> list[Series]:
    names = headline_speakers(speaker_table(statement_table(annotations, least)), speakers)
    return [Series(SPEAKER, name) for name in (names if SPEAKERS_ASKED.read(speakers) else names[:MOST_SPEAKERS])]


def _of_actors(annotations: Annotations, actors: Any, least: float) -> list[Series]:
    """Return the actors that are asked for, by their names in 03_actors, or else the countries named most widely."""
    mentions = mention_table(annotations, least)
    asked = ACTORS_ASKED.read(actors)
    if asked is None:
        named = itself(mentions).groupby("actor")["doc_id"].nunique()
        first = sorted(named.index, key=lambda name: (-int(named[name]), str(name)))[:MOST_COUNTRIES]
        return [Series(COUNTRY, str(name)) for name in first]
    return [Series(COUNTRY if group == COUNTRY else ACTOR, name) for name, group in actors_called(mentions, asked)]


def _no_frequencies() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({"word": []})
