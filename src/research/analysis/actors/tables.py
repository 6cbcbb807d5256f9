"""Tables of 03_actors: every mention, then actors, countries, and who mentions whom counted from them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.declaring import kept
from research.analysis.parameters import LEAST_CONFIDENCE
from research.analysis.rows import ByDocument, table_of
from research.analysis.statements.tables import statements as statement_table
from research.analysis.statements.tables import usual
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import most_often, one_line
from research.loading import Span
from research.nlp.accuracy import TURN
from research.nlp.actors.lexicon import PART_OF_A_NAME
from research.nlp.actors.references import references
from research.nlp.actors.states import name_of_state, state_called
from research.nlp.annotate import Annotations
from research.nlp.annotated import AnnotatedDocument
from research.nlp.groups.joining import any_case
from research.nlp.groups.voices import Stretch, innermost
from research.nlp.groups.who_is_who import owner_name
from research.nlp.records import Attribution, Mention, spans
from research.nlp.statements.marks import within_one

if TYPE_CHECKING:
    import pandas as pd

COUNTRY, BLOC, BODY, PERSON, PLACE, PEOPLE, EVENT = (
    *("country", "bloc", "organisation", "person", "place", "people", "event"),
)
GROUPS = (COUNTRY, BLOC, BODY, PERSON, PLACE, PEOPLE, EVENT)
"""What an actor can be. A capital is a place; a nationality counts as its country."""
_OF_TYPE = {"ORG": BODY, "PERSON": PERSON, "GPE": PLACE, "LOC": PLACE, "NORP": PEOPLE, "EVENT": EVENT}
_AS_COUNTRY = frozenset(("name", "demonym", "abbreviation", "former name"))
"""The ways of naming a country that mean the country itself; capitals, bodies and persons are counted apart."""

IN_A_STATEMENT, OWN_WORDS, TEXT = "statement", "own words", "text"
"""Who mentions an actor: the source of a statement, the speaker of the whole document, or nobody but the text."""

_WHERE = ("date", "outlet", "title", "doc_id", "start")
MENTIONS = ("actor", "country", "text", "said_by", "speaker", *_WHERE)
ACTORS = ("actor", "group", "country", "mentions", "share", "n_documents", "named_as")
COUNTRIES = ("country", "name", "mentions", "share", "n_documents", "governments", "capitals", "bodies", "people")
ABOUT = ("speaker", "actor", "group", "mentions", "share", "n_documents")
BETWEEN = ("speaker_country", "speaker_name", "country", "name", "mentions", "share", "n_documents")
SHOWN_BETWEEN = ("speaker_name", "name", "mentions", "share", "n_documents")
"""The columns of ``between`` to read."""

_MENTIONS = [
    *("doc_id", "date", "outlet", "title", "start", "end", "text", "type", "actor", "group", "country", "bloc"),
    *("named_by", "stands_for", "said_by", "speaker", "source", "speaker_country", "in_sentence", "sha256"),
]


def acting(actors: pd.DataFrame) -> tuple[str, ...]:
    """Return the groups of a table of actors that act: countries, blocs, organisations and persons.

    Where no country is named, places do: the towns of a local paper, or a state that no list has.
    """
    return (COUNTRY if (actors["group"] == COUNTRY).any() else PLACE, BLOC, BODY, PERSON)


@kept
def mentions(annotations: Annotations, least_confidence: Any = LEAST_CONFIDENCE.default) -> pd.DataFrame:
    """Return every mention of an actor, one row each, in the order of the corpus.

    Columns: ``doc_id, date, outlet, title`` of the document; ``start, end, text`` of the mention and its ``type``
    (PERSON, ORG, GPE, LOC, NORP, EVENT); ``actor``, the name under which it is counted, and the ``group`` of that actor
    (``GROUPS``); ``country`` (ISO 3166-1 alpha-2) and ``bloc``, with how they are named (``named_by``); ``stands_for``,
    "government" for a capital that means one. ``said_by`` says who mentions it: ``statement``, ``own words`` of the
    speaker of the whole document, or the ``text`` itself; ``speaker`` and ``source`` are theirs, as in 02_statements,
    and ``speaker_country`` is the speaker's country. ``in_sentence`` is the number of its sentence, from 0.

    "The President" is a mention of the person whom it means, where the document plainly tells (``actors.references``).
    The names of a country, its nationality and its abbreviations are one actor, and so are the names that
    ``speakers.csv`` gives a person. The label of a turn is no mention. Statements below ``least_confidence`` count as
    the text's own words.

    >>> from research import annotate, load
    >>> mentions(annotate(load("seeds")))["actor"].head(3).tolist()
    ['Kazakhstan', 'Kassym-Jomart Tokayev', 'Kazinform']
    """
    said = ByDocument(statement_table(annotations, least_confidence)[["doc_id", "content_at", "speaker", "source"]])
    rows = (row for annotated in annotations for row in _rows(annotated, said[annotated.document.id], annotations))
    table = table_of(rows, _MENTIONS).astype(dict.fromkeys(("start", "end", "in_sentence"), "int64"))
    return _one_actor_a_name(table)


def _rows(annotated: AnnotatedDocument, said: pd.DataFrame, annotations: Annotations) -> Iterator[tuple[Any, ...]]:
    document = annotated.document
    statements: list[Attribution] = annotated.records("attributions")
    named: list[Mention] = annotated.records("mentions")
    referred = references(document.text, named, statements)
    labels = sorted(it.source for it in statements if it.kind == TURN and it.source)
    found = sorted([*named, *referred], key=lambda it: (it.start, it.end))
    starts = [start for start, _ in annotated.sentences]
    saying, people = _Saying(annotated, said, annotations), annotations.corpus.speakers
    homes = _homes(found)
    for it in found:
        if within_one(labels, it.start):
            continue  # "Mr. Okell:" says who speaks, and is not about him
        how, speaker, source = saying.at(it.start)
        text = annotated[Span(it.start, it.end)]
        actor, group = actor_of(it, text)
        if group == PERSON and people.entries and (known := people.find(actor, document.date)) is not None:
            actor = known.name
        yield (
            *(document.id, document.date, document.source, document.title),
            *(it.start, it.end, text, it.type, actor, group, it.country, it.bloc),
            *(it.named_by, it.stands_for, how, speaker, source),
            saying.country_of(speaker, homes),
            *(bisect_right(starts, it.start) - 1, document.origin.sha256),
        )


def actor_of(mention: Mention, text: str) -> tuple[str, str]:
    """Return the name under which a mention is counted, and its group."""
    if mention.country and mention.named_by in _AS_COUNTRY:
        return name_of_state(mention.country), COUNTRY
    if mention.bloc:
        return mention.bloc, BLOC
    return one_line(mention.entity or text), _OF_TYPE[mention.type]


def _homes(found: Iterable[Mention]) -> Mapping[str, str]:
    """Return the country of each person of a document, by their folded name, where the text gives one."""
    return {any_case(it.entity): it.country for it in found if it.type == "PERSON" and it.entity and it.country}


class _Saying:
    """Who says what is at a place of one document."""

    def __init__(self, annotated: AnnotatedDocument, said: pd.DataFrame, annotations: Annotations) -> None:
        self._people = annotations.corpus.speakers
        self._document = annotated.document
        owner = annotated.whose
        self._own = None if owner is None else owner_name(owner, annotated.document, self._people)
        parts: list[Stretch[tuple[str | None, str | None]]] = []
        for content, *whose in zip(said["content_at"], said["speaker"], said["source"], strict=True):
            speaker, source = (name if isinstance(name, str) else None for name in whose)
            parts += [Stretch(start, end, (speaker, source)) for start, end in spans(content)]
        self._parts = list(innermost(parts))
        self._starts = [it.start for it in self._parts]

    def at(self, place: int) -> tuple[str, str | None, str | None]:
        """Return how a place is said, by which speaker, and how the text calls the source."""
        number = bisect_right(self._starts, place) - 1
        if number >= 0 and place < self._parts[number].end:
            return IN_A_STATEMENT, *self._parts[number].value
        return (TEXT, None, None) if self._own is None else (OWN_WORDS, self._own, None)

    def country_of(self, speaker: str | None, homes: Mapping[str, str]) -> str | None:
        """Return a speaker's country: from ``speakers.csv``, from the name of a state, or as the document tells."""
        if speaker is None:
            return None
        person = self._people.find(speaker, self._document.date) if self._people.entries else None
        stated = None if person is None else person.values.get("country")
        return state_called(stated or "") or state_called(speaker) or homes.get(any_case(speaker))


def _one_actor_a_name(table: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions with one spelling and one group for each name: the most frequent.

    A name that a quarter of its documents, and at least three, use as a place is one, and no person. A place, person or
    body that is called like a country says so in brackets: "Georgia (place)".
    """
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    countries: set[str] = set()
    named = list(zip(table["actor"], table["group"], strict=True))
    documents: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (actor, group), doc_id in zip(named, table["doc_id"], strict=True):
        if group == COUNTRY:
            countries.add(any_case(actor))
        else:
            groups[any_case(actor)][group] += 1
            written[any_case(actor)][actor] += 1
            documents[any_case(actor)][group].add(doc_id)
    usual: dict[str, tuple[str, str]] = {}
    for name, its in groups.items():
        group = min(its, key=lambda it: (-its[it], GROUPS.index(it)))
        if group == PERSON and _is_a_place(documents[name]):
            group = PLACE
        spelling = str(most_often(written[name].elements()))
        usual[name] = (f"{spelling} ({group})" if name in countries else spelling, group)
    found = [(actor, group) if group == COUNTRY else usual[any_case(actor)] for actor, group in named]
    return table.assign(
        actor=_column((actor for actor, _ in found), table), group=_column((group for _, group in found), table)
    )


_FEWEST, _PART = 3, 4


def _is_a_place(documents: Mapping[str, set[str]]) -> bool:
    """Whether enough documents of a name, by its group in them, use it as a place."""
    placed = len(documents.get(PLACE, ()))
    return placed >= _FEWEST and placed * _PART >= len(set().union(*documents.values()))


def _column(values: Iterable[Any], table: pd.DataFrame) -> pd.Series[Any]:
    """Return values as a column of a table, as they are."""
    import pandas as pd

    return pd.Series(list(values), table.index, dtype=object)


def actors_called(mentions: pd.DataFrame, names: Iterable[str]) -> list[tuple[str, str | None]]:
    """Return the actors that are called by some names, each once, with their groups; None for one that nobody names.

    A name is that of an actor, in capitals or not; or else one by which the texts call an actor, of several the one
    that they call so most often; or else that of a country.
    """
    kinds = {any_case(name): (str(name), str(group)) for name, group in mentions[["actor", "group"]].values.tolist()}
    worded: dict[str, Counter[str]] = defaultdict(Counter)
    for text, actor in mentions[["text", "actor"]].values.tolist():
        worded[any_case(text)][actor] += 1
    found: list[tuple[str, str | None]] = []
    for name in names:
        usual = most_often(worded[any_case(name)].elements()) if any_case(name) in worded else name
        code = state_called(name)
        unnamed = (name, None) if code is None else (name_of_state(code), COUNTRY)
        found.append(kinds.get(any_case(name)) or kinds.get(any_case(str(usual))) or unnamed)
    return list(dict.fromkeys(found))


# --- counted from the mentions ---


def actors(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the actors, those named in the most documents first.

    Columns: ``actor, group``; ``country`` (ISO 3166-1 alpha-2), the most frequent one that its mentions give;
    ``mentions`` and their ``share`` of all; ``n_documents``; ``named_as``, the five most frequent wordings.
    """
    groups = mentions.groupby(["actor", "group"], sort=False)
    table = _counted(groups, len(mentions))
    table["country"] = groups["country"].agg(usual).reindex(table.index)
    table["named_as"] = groups["text"].agg(_wordings).reindex(table.index)
    table = table.reset_index().sort_values(
        ["n_documents", "mentions", "actor", "group"], ascending=[False, False, True, True], ignore_index=True
    )
    return table[list(ACTORS)]


def _wordings(texts: pd.Series[str]) -> str:
    counts = Counter(map(one_line, texts))
    first = sorted(counts, key=lambda text: (-counts[text], text))[:_MOST_WORDINGS]
    return "; ".join(first)


_MOST_WORDINGS = 5


def countries(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the countries, those named in the most documents first.

    Columns: ``country`` (ISO 3166-1 alpha-2) and its English ``name`` (Unicode CLDR); ``mentions`` by name, nationality
    or abbreviation, their ``share`` of all such mentions, and ``n_documents`` with one; ``governments``, capitals that
    stand for the government; ``capitals``, other mentions of them; ``bodies``, of ministries, armies, parties and the
    like; ``people``, of persons whose office the text gives. Only ``mentions`` are counted in the share and in the
    documents.
    """
    import pandas as pd

    of_state = mentions.dropna(subset=["country"])
    named = itself(mentions)
    table = _counted(named.groupby("country", sort=False), len(named))
    others = {
        "governments": of_state["stands_for"].notna(),
        "capitals": (of_state["named_by"] == "capital") & of_state["stands_for"].isna(),
        "bodies": (of_state["group"] == BODY) & (of_state["named_by"] != PART_OF_A_NAME),
        "people": (of_state["group"] == PERSON),
    }
    counts = {name: of_state[chosen].groupby("country").size() for name, chosen in others.items()}
    table = table.reindex(sorted(set(of_state["country"])), fill_value=0)
    for name, its in counts.items():
        table[name] = its.reindex(table.index, fill_value=0).astype("int64")
    table = table.rename_axis("country").reset_index()
    table["name"] = pd.Series([name_of_state(code) for code in table["country"]], table.index, dtype=object)
    return table.sort_values(["n_documents", "mentions", "country"], ascending=[False, False, True], ignore_index=True)[
        list(COUNTRIES)
    ]


def itself(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions of countries by name, nationality or abbreviation."""
    return mentions[mentions["group"] == COUNTRY]


def _counted(groups: Any, total: int) -> pd.DataFrame:
    import pandas as pd

    sizes = groups.size()
    return pd.DataFrame(
        {
            "mentions": sizes.astype("int64"),
            "share": [rounded(count / total) for count in sizes],
            "n_documents": groups["doc_id"].nunique().astype("int64"),
        },
        index=sizes.index,
    )


def about(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return who mentions whom: ``speaker, actor, group, mentions``, their ``share`` of the speaker's, ``n_documents``.

    Speakers with the most mentions come first, and of each the actors that they mention most. Mentions without a named
    speaker are left out, and so are those of speakers of themselves.
    """
    return _by_speaker(spoken(mentions), ["speaker"], ["actor", "group"])[list(ABOUT)]


def between(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return which countries' speakers mention which countries, in the order of ``about``.

    Columns: ``speaker_country, speaker_name`` and ``country, name`` (ISO 3166-1 alpha-2 and the English name);
    ``mentions``, their ``share`` of those of all other countries by the speakers of a country, ``n_documents``.
    Mentions of the speaker's own country are left out.
    """
    table = _by_speaker(abroad(mentions), ["speaker_country"], ["country"])
    for code, name in (("speaker_country", "speaker_name"), ("country", "name")):
        table[name] = table[code].map(name_of_state).astype(object)
    return table[list(BETWEEN)]


def spoken(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions by named speakers of others than themselves."""
    named = mentions.dropna(subset=["speaker"])
    themselves = [
        any_case(actor) == any_case(speaker) for actor, speaker in zip(named["actor"], named["speaker"], strict=True)
    ]
    return named[~_column(themselves, named).astype(bool)]


def abroad(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions of countries by speakers of another country."""
    by_speakers = itself(mentions).dropna(subset=["speaker_country"])
    return by_speakers[by_speakers["country"] != by_speakers["speaker_country"]]


def _by_speaker(rows: pd.DataFrame, by: Sequence[str], of: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    groups = rows.groupby([*by, *of], sort=False)
    table = pd.DataFrame(
        {"mentions": groups.size().astype("int64"), "n_documents": groups["doc_id"].nunique().astype("int64")}
    ).reset_index()
    totals = rows.groupby(list(by)).size()
    table["total"] = [int(totals[who]) for who in table[by[0]]]
    table["share"] = [rounded(n / total) for n, total in zip(table["mentions"], table["total"], strict=True)]
    order = ["total", *by, "mentions", "n_documents", *of]
    descending = {"total", "mentions", "n_documents"}
    return table.sort_values(order, ascending=[it not in descending for it in order], ignore_index=True)
