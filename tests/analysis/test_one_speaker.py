"""One speaker out of everybody: by name, by group, and refused where nobody is meant."""

import pandas as pd
import pytest

from research import Annotations
from research.analysis import claims, language, statements
from research.analysis.concordance import concordance
from research.analysis.one_speaker import said_by
from research.analysis.parameters import Parameter
from research.analysis.statements.tables import statements as statement_table
from research.errors import ParameterError
from research.nlp.groups.nearest import nearest_names
from tests.analysis.conftest import AnnotationsOf
from tests.analysis.said import LEE, RAY, records

TEXT = "“Our dams are safe,” Mayor Ada Okell said. “The dams leak,” Otto Berg said. The dam, however, closed."
SPEAKERS = "name,party\nAda Okell,Tide\nOtto Berg,Hill\n"


def test_a_name_in_any_case_has_all_statements_of_the_speaker_and_no_other(
    told: Annotations, table: pd.DataFrame
) -> None:
    its = statements.said_by(told, table, LEE.upper())
    assert records(its) == records(table[table["speaker"] == LEE])
    assert its.index.tolist() == [0, 1, 2], "as a table of its own"
    assert statements.said_by(told, table, None) is table


def test_what_follows_from_the_statements_counts_these_alone(told: Annotations, table: pd.DataFrame) -> None:
    its = statements.said_by(told, table, LEE)
    (row,) = records(statements.speakers(its)[["speaker", "words", "share", "attributions"]])
    assert row == [LEE, 12, 1.0, 3]
    assert statements.quotations(its)["speaker"].unique().tolist() == [LEE]


def test_the_one_finding_is_the_share_of_all_words(told: Annotations) -> None:
    (found,) = statements.findings(told, speaker=LEE.lower())
    everybody = {it.key: it for it in statements.findings(told, speakers=[LEE])}
    assert found.statement == everybody["statements.words.ann_lee"].statement, "the key says the same in a run"
    assert found.key == "statements.words.ann_lee"


def test_a_comparison_counts_the_speaker_alone(annotated: AnnotationsOf) -> None:
    files = {f"{name}.txt": f"Date: {year}\n\n{TEXT}" for name, year in (("a", 2001), ("b", 2002))}
    annotations = annotated(files)
    whole = statements.compared(annotations, "year")
    one = statements.compared(annotations, "year", speaker="Ada Okell")
    counted = {"item": "direct quotations", "group": "2001"}
    for table, base in ((whole, 2), (one, 1)):
        (row,) = records(table.loc[(table[list(counted)] == counted).all(axis=1), ["counted", "base"]])
        assert row == [base, base]
    assert set(whole["item"]) - set(one["item"]) == {"named speakers"}


def test_a_group_is_chosen_by_where_the_words_begin(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": TEXT, "speakers.csv": SPEAKERS})
    table = statement_table(annotations)
    assert table["speaker"].tolist() == ["Ada Okell", "Otto Berg"]
    assert statements.said_by(annotations, table, "party:tide")["speaker"].tolist() == ["Ada Okell"]
    found = concordance(annotations, ["dam"])
    assert language.lines(annotations, found)["speaker"].tolist() == ["Ada Okell", "Otto Berg", None]
    hill = language.lines(annotations, found, context="sentence", speaker="party:Hill")
    assert records(hill[["left", "speaker"]]) == [["“The ", "Otto Berg"]]
    assert language.lines(annotations, found, speaker="ada okell")["left"].tolist() == ["“Our "]


def test_a_speaker_without_such_a_row_has_none(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": TEXT})
    assert language.lines(annotations, concordance(annotations, ["however"]), speaker="Ada Okell").empty


def test_the_analysis_of_language_is_that_of_the_speakers_words(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": TEXT, "speakers.csv": SPEAKERS})
    assert language.spoken_by(annotations) is annotations
    hers = language.spoken_by(annotations, "ada okell")
    assert language.spoken_by(annotations, "Ada Okell") is hers, "so that nothing is counted twice"
    assert language.frequencies(hers)["word"].tolist() == ["dams", "safe"]
    assert concordance(hers, ["dam"])["keyword"].tolist() == ["dams"]
    assert language.frequencies(language.spoken_by(annotations, "party:hill"))["word"].tolist() == ["dams", "leak"]


def test_findings_on_a_speakers_words_say_whose_they_are_and_have_keys_of_their_own(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": TEXT, "speakers.csv": SPEAKERS})
    everybody = {it.key: it for it in language.findings(annotations, ["dam", "boat"])}
    found = {it.key: it for it in language.findings(annotations, ["dam", "boat"], speaker="party:tide")}
    assert not set(found) & set(everybody)
    assert everybody["language.count.dam"].value == 3
    hers = next(it for key, it in found.items() if key.startswith("language.count.dam.of.tide_party"))
    assert (hers.value, hers.parameters["speaker"]) == (1, "Tide (party)")
    assert hers.statement.startswith("In the words of Tide (party): “dam” ")
    assert hers.method.endswith(" Only the words of Tide (party) are counted.")
    assert [it.statement for key, it in found.items() if "boat" in key] == [
        "In the words of Tide (party): “boat” does not occur in these words."
    ]
    assert not [key for key in found if "sentence" in key or "flesch" in key]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Okel", r"No speaker has the name 'Okel'\. The nearest name is Ada Okell\."),
        ("Zz", r"No speaker has the name 'Zz'\. The table of speakers lists all names; a group is written as COLUMN:V"),
        ("period:2022", r"No speaker has the name 'period:2022'\."),
        ("party:Sea", r"party has no value 'Sea'\. It has Hill and Tide\."),
        ("union:Sea", r"There is no column 'union' to compare by\."),
    ],
)
def test_nobody_is_refused_with_the_nearest_names(annotated: AnnotationsOf, asked: str, said: str) -> None:
    annotations = annotated({"a.txt": TEXT, "speakers.csv": SPEAKERS})
    with pytest.raises(ParameterError, match=said):
        said_by(annotations, statement_table(annotations), asked)


def test_findings_of_a_group_are_none_and_a_name_is_never_taken_for_a_group(told: Annotations) -> None:
    assert statements.findings(told, speaker="kind:news") == []
    assert [it.key for it in statements.findings(told, speaker=RAY)] == ["statements.words.bo_ray"]


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("Kassym Tokaev", ["Kassym-Jomart Tokayev", "Tokayev"]),
        ("tokaev", ["Tokayev", "Kassym-Jomart Tokayev"]),
        ("Barak Obama", ["Barack Obama", "Obama"]),
        ("Ann Lee", []),
    ],
)
def test_the_nearest_names_are_those_that_share_a_word_or_are_spelt_alike(asked: str, nearest: list[str]) -> None:
    names = ["Barack Obama", "Kassym-Jomart Tokayev", "Obama", "Tokayev", "Vera Quill"]
    assert nearest_names(asked, names) == nearest


@pytest.mark.parametrize("declared", [statements.headlines.SPEAKERS_ASKED, claims.headlines.SPEAKERS_ASKED])
def test_speakers_are_refused_where_nobody_has_the_name(annotated: AnnotationsOf, declared: Parameter) -> None:
    annotations = annotated({"a.txt": TEXT, "speakers.csv": SPEAKERS})
    for name, nearest in (("Okel", "The nearest name is Ada Okell."), ("Zz", "The table of speakers lists all names.")):
        with pytest.raises(ParameterError) as refused:
            declared.check_annotations(["Ada Okell", name], annotations, {})
        assert str(refused.value) == f"No speaker has the name {name!r}. {nearest}"


def test_speakers_may_be_asked_for_who_are_known_and_say_nothing(annotated: AnnotationsOf) -> None:
    """Of a name that the text or speakers.csv has, nothing said is a finding."""
    annotations = annotated({"a.txt": "Ada Okell said the dam holds. Nils Aaby was silent.", "speakers.csv": SPEAKERS})
    named = [line.split(",")[0] for line in SPEAKERS.splitlines()[1:]]
    statements.headlines.SPEAKERS_ASKED.check_annotations([*named, "ada  OKELL", "nils aaby"], annotations, {})
    statements.headlines.SPEAKERS_ASKED.check_annotations(None, annotations, {})
