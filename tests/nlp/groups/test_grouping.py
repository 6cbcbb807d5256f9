"""Groups of a corpus: what belongs to each, and what each of them counts."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from research.analysis.language.tables import readability
from research.errors import ParameterError
from research.loading import Span
from research.loading.speakers import read_speakers
from research.nlp.annotated import AnnotatedDocument
from research.nlp.records import Quantity
from tests.nlp.groups.voiced import Collection, document, statement, texts

ANN, BO = "Ann Lee", "Bo Ray"


@pytest.fixture
def wires() -> Collection:
    return Collection(
        document("a", "Prices rose.", source="Wire", date="2021-12-31", metadata={"News desk": "Home"}),
        document("b", "Rents fell.", source="Daily", date="2022", kind="speech", metadata={"news-desk": "World  news"}),
        document("c", "It rained.", source="Daily", date="2022-02", metadata={"News Desk": " "}),
        document("d", "It snowed.", source="Daily", date="2022-03-01"),
        document("e", "It thawed."),
    )


@pytest.fixture
def talks() -> Collection:
    """Ann Lee speaks in two documents, Bo Ray in one, and somebody without a name in one."""
    one = "It is late, said Ann. Sit down, said Bo. He will go, officials say. Rain fell."
    two = "Friends, my critics say that we are late. We are not."
    people = read_speakers(b"name,also_called,country,party\nAnn Lee,A. Lee,ORD,Greens\nBo Ray,,Ruritania,greens\n")
    return Collection(
        document(
            "one",
            one,
            [
                statement(one, "It is late", ANN, "direct"),
                statement(one, "Sit down", BO, "turn"),
                statement(one, "He will go", None),
            ],
        ),
        document("two", two, [statement(two, "we are late", "the critics")], owner="A. Lee", date="2024-01-05"),
        document("three", "It rained."),
        speakers=people,
    )


# --- groups of documents ---


@pytest.mark.parametrize(
    ("what", "groups"),
    [
        ("source", {"Daily": ["b", "c", "d"], "Wire": ["a"]}),
        ("kind", {"news": ["a", "c", "d", "e"], "speech": ["b"]}),
        ("year", {"2021": ["a"], "2022": ["b", "c", "d"]}),
        ("language", {"en": ["a", "b", "c", "d", "e"]}),
        ("news_desk", {"Home": ["a"], "World news": ["b"]}),
        ("News desk", {"Home": ["a"], "World news": ["b"]}),
        ("Source : daily", {"Daily": ["b", "c", "d"], "all others": ["a"]}),
        ("source:WIRE", {"Wire": ["a"], "all others": ["b", "c", "d"]}),
        ("year:2022", {"2022": ["b", "c", "d"], "all others": ["a"]}),
        # 2022 and 2022-02 may be on either side of a day within them, and are then on neither.
        ("period:2022-02-24", {"before 2022-02-24": ["a"], "since 2022-02-24": ["d"]}),
        ("period:2022-01-01", {"before 2022-01-01": ["a"], "since 2022-01-01": ["b", "c", "d"]}),
        ("period:2022-03-01", {"before 2022-03-01": ["a", "c"], "since 2022-03-01": ["d"]}),
        ("period:2022", {"before 2022": ["a"], "since 2022": ["b", "c", "d"]}),
        ("period:2030-01-01", {"before 2030-01-01": ["a", "b", "c", "d"]}),
    ],
)
def test_groups_of_documents(wires: Collection, what: str, groups: dict[str, list[str]]) -> None:
    found = wires.by(what)
    assert found.of_documents
    assert {name: [it.document.id for it in its] for name, its in found.items()} == groups
    assert list(found) == list(groups)
    assert found.n_without == 5 - len({it for its in groups.values() for it in its})


def test_documents_belong_to_groups_as_a_whole(wires: Collection) -> None:
    assert texts(wires.by("source")["Daily"]) == ["Rents fell", "It rained", "It snowed"]


def test_spellings_of_a_value_are_one_group() -> None:
    papers = Collection(
        *(document(str(at), "It rained.", source=it) for at, it in enumerate(("Wire", "DAILY", "Daily", "Daily")))
    )
    assert {name: len(texts(its)) for name, its in papers.by("source:daily").items()} == {"Daily": 3, "all others": 1}
    assert {name: len(texts(its)) for name, its in papers.by("source").items()} == {"Daily": 3, "Wire": 1}
    assert len(texts(papers.where(source="daily"))) == 3


# --- groups of words ---


@pytest.mark.parametrize(
    ("what", "groups"),
    [
        ("speaker", {ANN: ["It is late", "Friends my critics say that We are not"], BO: ["Sit down"]}),
        ("direct", {"direct speech": ["It is late Sit down"], "indirect speech": ["He will go", "we are late"]}),
        ("party", {"Greens": ["It is late Sit down", "Friends my critics say that We are not"]}),
        ("party:GREENS", {"Greens": ["It is late Sit down", "Friends my critics say that We are not"]}),
        ("speaker:ann  lee", {ANN: ["It is late", "Friends my critics say that We are not"]}),
        ("country", {"ORD": ["It is late", "Friends my critics say that We are not"], "Ruritania": ["Sit down"]}),
    ],
)
def test_groups_of_words(talks: Collection, what: str, groups: dict[str, list[str]]) -> None:
    found = talks.by(what)
    assert not found.of_documents
    assert {name: texts(found[name]) for name in groups} == groups


def test_the_groups_with_the_most_documents_come_first(talks: Collection) -> None:
    assert list(talks.by("speaker")) == [ANN, BO, "the critics"]
    assert list(talks.by(f"speaker:{BO}")) == [BO, "all others"]


def test_one_value_of_speakers_and_all_others(talks: Collection) -> None:
    """What nobody named says belongs to neither."""
    found = talks.by(f"speaker:{ANN}")
    assert texts(found["all others"]) == ["Sit down", "we are late"]
    assert found.n_without == 1


def test_states_that_speak_have_a_country_without_speakers_csv() -> None:
    text = "Rain fell, France said. Snow fell, Ann said."
    talk = Collection(
        document("a", text, [statement(text, "Rain fell", "French Republic"), statement(text, "Snow fell", ANN)])
    )
    assert {name: texts(its) for name, its in talk.by("country").items()} == {"France": ["Rain fell"]}


def test_a_speakers_spellings_are_one_group() -> None:
    text = "Rain fell, he said. Snow fell, he said. Hail fell, he said."
    said = zip(("Rain fell", "Snow fell", "Hail fell"), ("Jon Okell", "Jon T. Okell", "Jon Okell"), strict=True)
    talk = Collection(document("a", text, [statement(text, it, name) for it, name in said]))
    assert {name: texts(its) for name, its in talk.by("speaker").items()} == {
        "Jon Okell": ["Rain fell Snow fell Hail fell"]
    }


def test_the_least_confidence_is_that_of_the_grouping() -> None:
    text = "Rain fell, she said. Snow fell, she said."
    said = [statement(text, "Rain fell", ANN, confidence=0.5), statement(text, "Snow fell", ANN, confidence=0.3)]
    talk = Collection(document("a", text, said))
    assert texts(talk.by("speaker")[ANN]) == ["Rain fell Snow fell"]
    assert texts(talk.by("speaker", 0.4)[ANN]) == ["Rain fell"]


# --- what is not there ---


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("Newsdesk", "There is no column 'Newsdesk' to compare by. The nearest is news_desk. A single value is "),
        ("outlet", "Every corpus has source, kind, year, language, speaker, country, direct and period:DATE."),
        ("outlet", "This one also has news_desk."),
        ("source:Herald", "The column source has no value 'Herald'. It has Daily and Wire."),
        (
            "source:Dayly",
            "The column source has no value 'Dayly'. It has Daily and Wire.",
        ),
        ("period", "A period is compared at a date such as period:2022-02-24, not 'nothing'."),
        ("period:2022-02-31", "not '2022-02-31'."),
    ],
)
def test_what_is_not_there_is_refused_with_what_there_is(wires: Collection, what: str, named: str) -> None:
    with pytest.raises(ParameterError) as error:
        list(wires.by(what))
    assert named in str(error.value)


def test_columns_of_speakers_csv_are_named(talks: Collection) -> None:
    with pytest.raises(ParameterError, match=r"direct and period:DATE\. This one also has party\."):
        talks.by("gender")


def test_an_unknown_group_is_refused(wires: Collection) -> None:
    with pytest.raises(
        ParameterError,
        match=r"year has no value '2020'\. It has 2021 and 2022\.",
    ):
        wires.where(year=("2021", "2020"))
    with pytest.raises(KeyError):
        wires.by("source")["daily"]


def test_of_many_groups_three_are_named() -> None:
    papers = Collection(*(document(f"{at:02}", "It rained.", source=f"Paper {at:02}") for at in range(33)))
    with pytest.raises(
        ParameterError, match="to see the largest of 33: Paper 00, Paper 01, Paper 02, Paper 03, Paper 04 and 28 more"
    ):
        papers.where(source="Daily")


# --- parts ---


def test_all_groups_are_read_in_one_pass(talks: Collection) -> None:
    found = talks.by("speaker")
    assert list(found)
    before = talks.passes
    parts = list(found.parts())
    assert talks.passes == before + 1
    for name, its in found.items():
        assert [it.annotated for it in parts if it.group == name] == list(its)
    assert [(it.group, it.annotated.document.id) for it in parts] == [
        *((name, "one") for name in (ANN, BO)),
        *((name, "two") for name in (ANN, "the critics")),
    ]


def test_rows_have_the_group_of_their_place(talks: Collection) -> None:
    found = talks.by("speaker")
    rows = pd.DataFrame(
        [("one", 0), ("one", 10), ("one", 22), ("two", 0), ("three", 0), ("four", 0)], index=range(5, 11)
    )
    groups = found.of(rows.set_axis(["doc_id", "start"], axis=1))
    assert groups.tolist() == [ANN, None, BO, ANN, None, None]
    assert groups.index.tolist() == list(range(5, 11))
    stretches = found.stretches()
    assert found.of(stretches).tolist() == stretches["group"].tolist()


TEXT = "Rain fell. Snow fell, she said. It cost 5 crowns, and it lasted. She paid 7 crowns, he added."


def figure(words: str, attribution: int | None) -> Quantity:
    start = TEXT.index(words)
    return Quantity(
        start,
        start + len(words),
        kind="money",
        unit="crowns",
        value=None,
        low=None,
        high=None,
        approximate=False,
        assumed=False,
        role="level",
        direction=None,
        measure=None,
        verb=None,
        time=None,
        period_start=None,
        period_end=None,
        attribution=attribution,
    )


@pytest.fixture
def counted() -> AnnotatedDocument:
    statements = [
        statement(TEXT, "Snow fell", ANN),
        statement(TEXT, "It cost 5 crowns", BO),
        statement(TEXT, "She paid 7 crowns", ANN),
    ]
    whole = document("a", TEXT, statements)
    quantities = [figure("5 crowns", 1), figure("7 crowns", 2)]
    return replace(whole, tables={**whole.tables, "quantities": [it.record(TEXT) for it in quantities]})


def test_a_part_counts_what_begins_in_it(counted: AnnotatedDocument) -> None:
    part = counted.within([Span(0, TEXT.index("fell, she")), Span(TEXT.index("It cost"), TEXT.index("She"))])
    assert [part[it] for it in part.words] == [
        *("Rain", "fell", "Snow"),
        *("It", "cost", "5", "crowns", "and", "it", "lasted"),
    ]
    assert [part[it] for it in part.sentences] == [
        "Rain fell.",
        "Snow fell, she said.",
        "It cost 5 crowns, and it lasted.",
    ]
    assert (part.n_words, part.n_sentences) == (10, 3)
    assert (counted.n_words, counted.n_sentences) == (19, 4)


def test_statements_are_numbered_as_they_are_in_the_part(counted: AnnotatedDocument) -> None:
    assert [it.attribution for it in counted.records("quantities")] == [1, 2]
    part = counted.within([Span(TEXT.index("It cost"), len(TEXT))])
    assert [(it.speaker, part[it.content[0]]) for it in part.attributions] == [
        (BO, "It cost 5 crowns"),
        (ANN, "She paid 7 crowns"),
    ]
    assert [it.attribution for it in part.records("quantities")] == [0, 1]
    without = counted.within([Span(TEXT.index("5 crowns"), TEXT.index("She"))])
    assert [it.attribution for it in without.records("quantities")] == [None]


def test_the_order_of_restrictions_does_not_matter(talks: Collection) -> None:
    chosen = talks.where(speaker=ANN, direct="direct speech")
    assert texts(chosen) == texts(talks.where(direct="direct speech", speaker=ANN)) == ["It is late"]
    assert texts(talks.where(year="2024", speaker=[ANN, "The Critics"])) == [
        "Friends my critics say that we are late We are not"
    ]


def test_a_part_of_a_part_is_within_both() -> None:
    """A speech whose quotations are taken out does not get the words of the speech back."""
    text = "We are not late, as my critics say. It rained."
    talk = Collection(document("a", text, [statement(text, "It rained", BO)], owner=ANN))
    others = talk.by(f"speaker:{ANN}")["all others"]
    assert texts(others) == texts(others.by("speaker")[BO]) == ["It rained"]
    assert list(others.by("speaker")) == [BO]


def test_a_part_without_the_beginning_of_a_sentence_has_no_sentence_length(counted: AnnotatedDocument) -> None:
    part = counted.within([Span(TEXT.index("cost"), TEXT.index(", and"))])
    assert readability(Collection(part))[["words", "sentences"]].values.tolist() == [[3, 0]]
    assert readability(Collection(part))["words_per_sentence"].isna().all()
