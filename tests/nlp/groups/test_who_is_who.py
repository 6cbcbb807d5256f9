"""Who is who across documents: names are joined as speakers.csv says, and only so."""

from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pandas as pd
import pytest

from research.analysis import statements
from research.analysis.statements.headlines import findings
from research.analysis.statements.suggestions import suggestions
from research.loading import Document, Origin, Span, Speakers
from research.loading.judgements import Judgements
from research.loading.speakers import read_speakers
from research.nlp.groups.who_is_who import speaker_of
from research.nlp.records import Attribution
from research.nlp.statements.whose import Whose
from tests.analysis.said import Said, Told

ROWS = b"""name,also_called,office,group,from,to
Ada Okell,Okell,Mayor,north,,
Jon Brandt,PRIME MINISTER,Prime Minister,south,2030,2031
Mia Carver,Prime Minister,Prime Minister,north,2032,
"""


@pytest.fixture(scope="module")
def people() -> Speakers:
    return read_speakers(ROWS)


class Case(NamedTuple):
    """A statement by the name of its speaker and by its label, in a document of a date; and whose it is."""

    name: str | None
    called: str | None
    kind: str
    date: str | None
    found: str | None


@pytest.mark.parametrize(
    "case",
    [
        Case("Okell", "Okell", "direct", None, "Ada Okell"),
        Case("Ada Okell", "she", "indirect", None, "Ada Okell"),
        Case("Bo Okell", "Okell", "direct", None, None),
        Case("Bo Okell", "OKELL", "turn", None, None),
        Case(None, "PRIME MINISTER", "turn", "2031-05-01", "Jon Brandt"),
        Case(None, "the prime minister", "indirect", "2032-05-01", "Mia Carver"),
        Case(None, "PRIME MINISTER", "turn", "2029-05-01", None),
        Case(None, "PRIME MINISTER", "turn", None, None),
        # A predecessor who is only mentioned does not get the turns.
        Case("Mia Carver", "PRIME MINISTER", "turn", "2031-05-01", "Jon Brandt"),
        Case("Mia Carver", "the prime minister", "direct", "2031-05-01", "Mia Carver"),
        Case(None, "critics", "indirect", None, None),
        Case(None, None, "indirect", None, None),
    ],
)
def test_whose_a_statement_is(people: Speakers, case: Case) -> None:
    document = spoken(date=case.date)
    statement = Attribution(None, None, (Span(0, 2),), case.kind, 0.9, speaker=case.name, speaker_label=case.called)
    person = speaker_of(statement, document, None, people)
    assert (person and person.name) == case.found
    assert speaker_of(statement, document, None, Speakers()) is None


def spoken(date: str | None = None, speaker: str | None = None) -> Document:
    return Document("a", "We pay.", Span(0, 7), Origin("a.txt", "f" * 64, "utf-8"), date=date, speaker=speaker)


def test_the_field_of_a_document_names_its_own_speaker_alone() -> None:
    people = read_speakers(b"name;also_called\nDemocratic Republic of the Congo;COD")
    document, owner = spoken(speaker="COD"), Whose("Congo - Kinshasa", None, "document")
    for name, found in {"Congo - Kinshasa": "Democratic Republic of the Congo", "Ada Okell": None}.items():
        statement = Attribution(None, None, (Span(0, 2),), "indirect", 0.9, speaker=name, speaker_label="We")
        person = speaker_of(statement, document, owner, people)
        assert (person and person.name) == found


# --- in the tables, from documents to numbers ---

TEXTS = {
    "a.txt": "date 2031-05-01 “We will open the harbour again,” Mayor Ada Okell said on Monday.",
    "b.txt": "date 2031-05-03 “Nobody has asked for this,” Okell said. “We wait,” Jon Brandt said.",
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """The statements of the same two texts without a speakers.csv, and with one."""
    from research import annotate, load

    made = {}
    for name in ("without", "with"):
        folder = tmp_path_factory.mktemp(name)
        for file, text in TEXTS.items():
            (folder / file).write_text(text, encoding="utf-8")
        if name == "with":
            (folder / "speakers.csv").write_bytes(ROWS)
        annotations = annotate(load(folder))
        made[name] = statements.statements(annotations)
        made[f"{name}, methods"] = pd.DataFrame({"method": [it.method for it in findings(annotations)]})
    return made


def test_names_are_one_speaker_with_speakers_csv_and_two_without(tables: dict[str, pd.DataFrame]) -> None:
    with_it, without = tables["with"], tables["without"]
    assert set(without["speaker"]) == {"Ada Okell", "Okell", "Jon Brandt"}
    assert set(with_it["speaker"]) == {"Ada Okell", "Jon Brandt"}
    assert with_it["named"].tolist() == without["speaker"].tolist()
    usual = [it for it in without.columns if it not in ("speaker", "office")]
    pd.testing.assert_frame_equal(with_it[usual], without[usual])


def test_what_is_said_of_speakers_is_kept_with_them(tables: dict[str, pd.DataFrame]) -> None:
    table = statements.speakers(tables["with"])
    shown = table[["speaker", "joined", "office", "group", "words"]]
    assert shown.to_numpy().tolist() == [
        ["Ada Okell", "Okell (speakers.csv)", "Mayor", "north", 11],
        ["Jon Brandt", None, "Prime Minister", "south", 2],
    ]
    columns = statements.speaker_columns(table)
    assert columns[:2] == ["speaker", "group"]
    assert set(columns) <= set(table.columns)
    without = statements.speakers(tables["without"])
    assert statements.speaker_columns(without) == list(statements.SPEAKERS)
    assert without["joined"].isna().all(), "nothing is joined by rule here"


def test_words_are_counted_by_every_column_and_add_up(tables: dict[str, pd.DataFrame]) -> None:
    groups = statements.groups(tables["with"])
    assert groups[["column", "value", "words"]].to_numpy().tolist() == [["group", "north", 11], ["group", "south", 2]]
    assert groups["share"].sum() == pytest.approx(1, abs=1e-5)
    assert statements.groups(tables["without"]).empty


def test_the_method_says_who_joined_the_names(tables: dict[str, pd.DataFrame]) -> None:
    assert tables["with, methods"]["method"].str.contains("speakers.csv, which the analyst wrote").any()
    assert not tables["without, methods"]["method"].str.contains("speakers.csv").any()


# --- suggestions ---


def said(*rows: tuple[str | None, str | None, str, str, str | None]) -> pd.DataFrame:
    """Statements by speaker, label, kind, date and office, each in a document of its own."""
    table = pd.DataFrame(rows, columns=["speaker", "source", "kind", "date", "office"], dtype=object)
    return table.assign(doc_id=[f"d{number}" for number in range(len(rows))])


def named(*names: str) -> pd.DataFrame:
    return said(*((name, name, "direct", "2031-05-01", None) for name in names))


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (["Ada Okell", "Okell", "Okell"], {"Ada Okell": "Okell"}),
        (["Ada Okell", "A. Okell", "Okell"], {"Ada Okell": "A. Okell; Okell"}),
        (["Kasim Tokayev", "Kasim Tokaev"], {"Kasim Tokayev": "Kasim Tokaev"}),
        (["William Okell", "Bill Okell"], {"William Okell": "Bill Okell"}),
        (["Ada Okell", "Bo Okell"], {}),
        (["Ada Okell", "Jon Brandt"], {}),
        (["President of Maravel", "Maravel"], {}),
        (["Ada Okell", "ADA OKELL"], {}),
        (["Jo Brandt Sr.", "Jo Brandt Jr."], {}),
        ([], {}),
    ],
)
def test_names_that_may_be_one_are_suggested(names: list[str], joined: dict[str, str]) -> None:
    table = suggestions(named(*names))
    assert dict(zip(table["name"], table["also_called"], strict=True)) == joined


def test_a_suggestion_says_why_and_how_often() -> None:
    (row,) = suggestions(named("Ada Okell", "Okell", "Okell")).to_dict("records")
    assert row["why"] == ("Okell (2031-05-01): the last name alone; to be counted as Ada Okell (2031-05-01)")
    assert row["how_often"] == "Ada Okell: 1 statement in 1 document and Okell: 2 statements in 2 documents"


def test_a_name_that_may_be_several_is_joined_to_none() -> None:
    (row,) = suggestions(named("Ada Okell", "Bo Okell", "Okell")).to_dict("records")
    assert (row["name"], row["also_called"]) == ("Okell", "")
    assert row["why"].startswith("Okell (2031-05-01) may be Ada Okell (2031-05-01) or Bo Okell (2031-05-01);")


def test_a_suggestion_shows_two_people_of_two_times_to_be_two() -> None:
    young = [("Ada Okell", "she", "direct", date, "prime minister") for date in ("2001-05-01", "2003-02", "2001-05-01")]
    (row,) = suggestions(said(("Okell", "Okell", "direct", "1966-01-20", "treasurer"), *young)).to_dict("records")
    assert row["why"] == (
        "Okell (treasurer, 1966-01-20): the last name alone; "
        "to be counted as Ada Okell (prime minister, 2001-05-01 to 2003-02)"
    )
    undated = named("Ada Okell", "Okell").assign(date=None)
    assert suggestions(undated)["why"].tolist() == ["Okell: the last name alone; to be counted as Ada Okell"]


def test_an_office_on_a_label_is_suggested_for_the_time_in_which_documents_say_so() -> None:
    label = (None, "PRIME MINISTER", "turn", "2031-03-01", None)
    holder = [("Jon Brandt", "he", "direct", date, "prime minister") for date in ("2031-05-01", "2031-02-01")]
    (row,) = suggestions(said(label, *holder)).to_dict("records")
    assert [row[it] for it in ("name", "also_called", "from", "to")] == [
        *("Jon Brandt", "PRIME MINISTER"),
        *("2031-02-01", "2031-05-01"),
    ]
    another = ("Mia Carver", "she", "direct", "2031-04-01", "Prime Minister")
    assert suggestions(said(label, *holder, another)).empty, "two at one time"
    assert suggestions(said(*holder)).empty, "nobody is called so without a name"


def test_all_suggestions_can_be_copied_as_they_are(tables: dict[str, pd.DataFrame]) -> None:
    table = suggestions(tables["without"])
    copied = read_speakers(table.to_csv(index=False).encode())
    person = copied.find("Okell", None)
    assert person is not None
    assert person.name == "Ada Okell"
    assert copied.columns == ()
    assert suggestions(tables["with"]).empty, "what is joined is not suggested again"


def test_what_a_rule_joins_has_what_speakers_csv_says_of_the_name_that_it_is_counted_under() -> None:
    told = Told(
        {
            "a": ("Russia said: yes indeed.", [Said(["yes indeed"], "Russia", "said", speaker="Russia")]),
            "b": ("Russia said: not at all.", [Said(["not at all"], "Russia", "said", speaker="Russia")]),
            "c": (
                "The Russian Federation denied all of it.",
                [Said(["all of it"], "The Russian Federation", "denied", speaker="Russian Federation")],
            ),
        }
    )
    told.corpus = cast(
        Any,
        SimpleNamespace(complete=False, speakers=read_speakers(b"name,group\nRussia,east\n"), judgements=Judgements()),
    )
    table = statements.statements(told)
    assert table[["speaker", "speaker_group"]].drop_duplicates().values.tolist() == [["Russia", "east"]]
    assert statements.groups(table)["value"].tolist() == ["east"]
