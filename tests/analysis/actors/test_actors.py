"""Who is talked about, by whom and with whom: counted by hand on invented texts."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from research.analysis import actors as subject
from research.analysis.actors.headlines import findings
from research.analysis.actors.tables import mentions as mention_table
from research.analysis.figures import Figure, NotComputable
from research.analysis.recount import recount
from research.analysis.statistics.association import npmi
from research.loading.speakers import read_speakers
from research.nlp.actors import lexicon
from research.nlp.actors.annotator import mentions
from research.nlp.annotated import AnnotatedDocument
from research.nlp.records import Mention
from tests.analysis.said import Said, Told

OKELL = "Ada Okell"
FIRST = "Kenya and Uganda met in Berlin. “Kenya will pay, and so will France,” Ada Okell said. The EU and Kenya agreed."
SECOND = "Ugandan farmers wait. Ada Okell said that Uganda and Kenya would pay. Moscow said nothing."
STORIES: dict[str, tuple[str, list[Said]]] = {
    "a": (FIRST, [Said(["Kenya will pay, and so will France"], OKELL, "said", "direct", OKELL)]),
    "b": (SECOND, [Said(["Uganda and Kenya would pay"], OKELL, "said that", "indirect", OKELL)]),
}


class Named(Told):
    """Documents with statements given by hand, and the countries that the lists find."""

    def __init__(self, stories: dict[str, tuple[str, list[Said]]]) -> None:
        super().__init__(stories)
        self._documents = [with_mentions(it) for it in self._documents]


def with_mentions(annotated: AnnotatedDocument) -> AnnotatedDocument:
    text = annotated.document.text
    its = mentions(text, [], list(lexicon.hits(text, 0, len(text))))
    tables: dict[str, Any] = annotated.tables
    tables["mentions"] = [it.record(text) for it in its]
    return annotated


@pytest.fixture(scope="module")
def named() -> Named:
    return Named(STORIES)


def test_every_mention_has_a_row_with_who_names_it(named: Named) -> None:
    table = mention_table(named)
    assert table[["doc_id", "text", "actor", "group", "country", "said_by"]].to_numpy().tolist() == [
        ["a", "Kenya", "Kenya", "country", "KE", "text"],
        ["a", "Uganda", "Uganda", "country", "UG", "text"],
        ["a", "Berlin", "Berlin", "place", "DE", "text"],
        ["a", "Kenya", "Kenya", "country", "KE", "statement"],
        ["a", "France", "France", "country", "FR", "statement"],
        ["a", "EU", "EU", "bloc", None, "text"],
        ["a", "Kenya", "Kenya", "country", "KE", "text"],
        ["b", "Ugandan", "Uganda", "country", "UG", "text"],
        ["b", "Uganda", "Uganda", "country", "UG", "statement"],
        ["b", "Kenya", "Kenya", "country", "KE", "statement"],
        ["b", "Moscow", "Moscow", "place", "RU", "text"],
    ]
    assert table.loc[table["said_by"] == "statement", "speaker"].unique().tolist() == [OKELL]


def test_the_label_of_a_turn_names_nobody() -> None:
    """“KENYA:” before a turn says who speaks; the words of the turn are about Uganda and Kenya."""
    said = [Said(["Uganda and Kenya will pay."], "KENYA", None, "turn", "Kenya")]
    table = mention_table(Named({"a": ("KENYA: Uganda and Kenya will pay.", said)}))
    assert table["text"].tolist() == ["Uganda", "Kenya"]


def test_the_names_that_the_analyst_gives_a_person_are_one_actor() -> None:
    told = Named({"a": ("Okell met Bo Ray.", [])})
    told.corpus.speakers = read_speakers(b"name,also_called\nAda Okell,Okell\n")
    [document] = told
    seen = [Mention(0, 5, "PERSON", 0.9, "Okell"), Mention(10, 16, "PERSON", 0.9, "Bo Ray")]
    document.tables["mentions"] = [it.record(document.document.text) for it in seen]
    assert mention_table(told)["actor"].tolist() == ["Ada Okell", "Bo Ray"]


@pytest.mark.parametrize(("placed", "group"), [(2, "person"), (3, "place")])
def test_a_name_that_enough_documents_use_as_a_place_is_one(placed: int, group: str) -> None:
    told = Named({f"d{n:02}": ("Velland waits.", []) for n in range(12)})
    for n, annotated in enumerate(told):
        type_ = "GPE" if n < placed else "PERSON"
        annotated.tables["mentions"] = [Mention(0, 7, type_, 0.9, "Velland").record(annotated.document.text)]
    table = subject.actors(mention_table(told))
    assert table[["actor", "group", "n_documents"]].to_numpy().tolist() == [["Velland", group, 12]]


def test_actors_and_countries_are_counted_by_documents(named: Named) -> None:
    table = mention_table(named)
    actors = subject.actors(table)
    assert actors[["actor", "mentions", "n_documents"]].head(3).to_numpy().tolist() == [
        ["Kenya", 4, 2],
        ["Uganda", 3, 2],
        ["Berlin", 1, 1],
    ]
    assert actors.loc[1, "named_as"] == "Uganda; Ugandan"
    counted = ["country", "mentions", "n_documents", "governments", "capitals"]
    assert subject.countries(table)[counted].to_numpy().tolist() == [
        ["KE", 4, 2, 0, 0],
        ["UG", 3, 2, 0, 0],
        ["FR", 1, 1, 0, 0],
        ["DE", 0, 0, 0, 1],
        ["RU", 0, 0, 1, 0],
    ]


def test_who_names_whom(named: Named) -> None:
    about = subject.about(mention_table(named))
    assert about[["speaker", "actor", "mentions", "share"]].to_numpy().tolist() == [
        [OKELL, "Kenya", 2, 0.5],
        [OKELL, "France", 1, 0.25],
        [OKELL, "Uganda", 1, 0.25],
    ]


def test_who_is_named_together_in_a_sentence(named: Named) -> None:
    table = mention_table(named)
    pairs = subject.together(table, subject.actors(table))
    assert pairs.iloc[0][["actor", "other", "sentences", "n_documents"]].tolist() == ["Kenya", "Uganda", 2, 2]
    assert pairs["npmi"].isna().all(), "two documents are too few"


def test_findings_say_what_is_counted_and_can_be_recounted(named: Named) -> None:
    made = findings(named)
    assert [it.statement for it in made] == [
        "Kenya is named 4 times in 2 documents, more than any other country.",
        "Uganda is named 3 times in 2 documents.",
        "Kenya and Uganda are named together in 2 sentences of 2 documents, more than any other two actors.",
        "The documents name 3 countries: Kenya, Uganda and France.",
    ]
    assert [recount(it) for it in made] == [it.value for it in made]
    assert {row.exact for row in made[2].evidence} == {"Kenya and Uganda"} | {"Uganda and Kenya"}


def test_places_take_the_part_of_countries_where_none_is_named() -> None:
    roads = "The road from Oslo to Berlin is long. Trains from Oslo to Berlin are slow, but Oslo pays."
    made = findings(Named({"c": (roads, [])}))
    assert [it.statement for it in made] == [
        "Oslo is named 3 times in 1 document, more than any other place.",
        "Berlin is named twice in 1 document.",
        "Berlin and Oslo are named together in 2 sentences of 1 document, more than any other two actors.",
        "The document names no country on the ISO list.",
    ]
    with_a_country = findings(Named({"c": (f"{roads} Kenya waits, and Kenya does not pay.", [])}))
    assert [it.statement for it in with_a_country] == [
        "Kenya is named twice in 1 document.",
        "The document names 1 country: Kenya.",
    ]


def test_an_actor_that_is_asked_for_has_a_finding_even_without_a_mention(named: Named) -> None:
    first = findings(named, ["uganda", "Kenia"])[:2]
    assert [it.statement for it in first] == [
        "Uganda is named 3 times in 2 documents.",
        "Kenia is not named; the nearest name is Kenya.",
    ]


def test_from_ten_documents_on_documents_are_counted() -> None:
    stories = {f"{number}": STORIES["a" if number < 3 else "b"] for number in range(10)}
    made = {it.key: it for it in findings(Named(stories))}
    france = findings(Named(stories), ["France"])[0]
    assert france.statement == "France is named in 3 of 10 documents (30%, 95% CI 11% to 60%)."
    assert recount(france) == france.value
    by = made["actors.by.ada_okell"]
    assert by.statement.startswith(
        "Ada Okell names Kenya more often than any other country or bloc: in 10 of 20 mentions"
    )
    assert all(recount(it) == it.value for it in made.values())


PAID = "Ada Okell said that Oslo and Berlin would wait for Bo Ray, and that Oslo pays. Cy Fox waits."


def named_by_okell(types: Mapping[str, tuple[str, str | None]]) -> dict[str, Any]:
    """The findings on whom Ada Okell names, of ten documents in which names have these types and countries."""
    said = [Said(["that Oslo and Berlin would wait for Bo Ray, and that Oslo pays"], OKELL, speaker=OKELL)]
    told = Told({f"{number}": (PAID, said) for number in range(10)})
    for annotated in told:
        text = annotated.document.text
        found = [
            Mention(at, at + len(name), type_, 0.9, name, country, named_by="office" if type_ == "PERSON" else "name")
            for name, (type_, country) in types.items()
            for at in (match.start() for match in re.finditer(name, text))
        ]
        annotated.tables["mentions"] = [it.record(text) for it in sorted(found, key=lambda it: it.start)]
    return {it.key: it for it in findings(told)}


def test_speakers_name_people_and_where_there_is_no_country_places() -> None:
    made = named_by_okell(
        {"Oslo": ("GPE", None), "Berlin": ("GPE", None), "Bo Ray": ("PERSON", None), "Cy Fox": ("PERSON", None)}
    )
    by, person_by = made["actors.by.ada_okell"], made["actors.person_by.ada_okell"]
    assert by.statement.startswith(
        "Ada Okell names Oslo more often than any other place or bloc: in 20 of 30 mentions (67%"
    )
    assert person_by.statement.startswith(
        "Ada Okell names Bo Ray more often than any other person: in 10 of 10 mentions of people (100%"
    )
    assert [recount(it) for it in (by, person_by)] == [it.value for it in (by, person_by)]


def test_a_country_is_abroad_only_where_the_speakers_own_is_known() -> None:
    states = {"Oslo": ("GPE", "NO"), "Berlin": ("GPE", "DE")}
    assert "any other country or bloc: in" in named_by_okell(states)["actors.by.ada_okell"].statement
    at_home = named_by_okell({**states, "Ada Okell": ("PERSON", "NO")})
    assert (
        "names Germany more often than any other country or bloc abroad: in 10 of 10"
        in at_home["actors.by.ada_okell"].statement
    )


def test_figures_are_drawn_only_where_they_say_something(named: Named) -> None:
    table = mention_table(named)
    bars = subject.country_chart(subject.countries(table), table)
    assert isinstance(bars, Figure)
    assert "Kenya (4)" in bars.alt
    about = subject.about(table)
    assert isinstance(subject.matrix_chart(about, "speaker", "actor", "Who", "speakers"), NotComputable)
    assert isinstance(
        subject.network_chart(subject.together(table, subject.actors(table)), subject.actors(table)), NotComputable
    )


def test_a_matrix_and_a_network_of_many() -> None:
    text = "Ada Okell said that Kenya and Uganda would pay. Bo Ray said that France, Kenya and Spain would pay."
    said = [
        Said(["that Kenya and Uganda would pay"], OKELL, speaker=OKELL),
        Said(["that France, Kenya and Spain would pay"], "Bo Ray", speaker="Bo Ray"),
    ]
    many = Named({f"{number}": (text, said) for number in range(4)})
    table = mention_table(many)
    actors, about = subject.actors(table), subject.about(table)
    matrix = subject.matrix_chart(about, "speaker", "actor", "Who names whom", "speakers")
    assert isinstance(matrix, Figure)
    assert "Ada Okell names Kenya and Uganda most (50% each)" in matrix.alt
    pairs = subject.together(table, actors)
    assert pairs["sentences"].tolist() == [4, 4, 4, 4]
    assert isinstance(subject.network_chart(pairs, actors), NotComputable), "four actors are a list, not a network"


def test_npmi_has_its_limits() -> None:
    assert npmi(5, 5, 5, 100) == 1
    assert npmi(1, 10, 10, 100) == 0
    assert npmi(0, 3, 4, 100) == -1
    assert npmi(100, 100, 100, 100) == 1
    assert npmi(2, 4, 5, 50) == pytest.approx(0.5)
    with pytest.raises(ValueError, match="cannot be"):
        npmi(4, 3, 5, 50)
