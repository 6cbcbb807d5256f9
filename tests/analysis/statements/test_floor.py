"""Turns of transcripts: who has the floor, who asks and who answers, as counted by hand; nothing of it for news."""

import pandas as pd
import pytest

from research import Annotations, Finding
from research.analysis import statements
from research.analysis.figures import Figure, NotComputable
from research.analysis.notebooks import table as declared
from research.analysis.recount import recount
from tests.analysis.conftest import rectangles
from tests.analysis.said import LEE, RAY, STORIES, Said, Told, records, summary_of


def turn(content: str, label: str, speaker: str | None = None, office: str | None = None) -> Said:
    return Said([content], label, kind="turn", speaker=speaker, office=office)


# ruff: noqa: ISC004
BRIEFING = (
    "JOURNALIST 1: Will it open? PM LEE: In May. It will be fine. JOURNALIST 2: Who pays? REPORTER: And when? "
    "MR RAY: We all do. CALLER: I love you. MS LEE: Thanks. WOMAN: Is it true? THE PM: Yes. AUDIENCE: Hear, hear.",
    [
        turn("Will it open?", "JOURNALIST 1"),
        turn("In May. It will be fine.", "PM LEE", LEE, "Prime Minister"),
        turn("Who pays?", "JOURNALIST 2"),
        turn("And when?", "REPORTER"),
        turn("We all do.", "MR RAY", RAY, "Head of the Fund"),
        turn("I love you.", "CALLER"),
        turn("Thanks.", "MS LEE", LEE, "Prime Minister"),
        turn("Is it true?", "WOMAN"),
        turn("Yes.", "THE PM"),
        turn("Hear, hear.", "AUDIENCE"),
    ],
)
"""Ten turns with 27 words."""
DEBATE = (
    "RAY: No. WOMAN: I was here first. LEE: Well.",
    [turn("No.", "RAY", RAY), turn("I was here first.", "WOMAN"), turn("Well.", "LEE", LEE)],
)


@pytest.fixture
def held() -> Annotations:
    """A briefing and a debate, beside four documents of news."""
    return Told({**STORIES, "e": BRIEFING, "f": DEBATE})


@pytest.fixture
def table(held: Annotations) -> pd.DataFrame:
    return statements.statements(held)


@pytest.fixture
def found(held: Annotations) -> dict[str, Finding]:
    return summary_of(held)


def test_the_floor_is_counted_by_name_by_role_or_by_label(table: pd.DataFrame) -> None:
    counted = statements.floor(statements.turns(table))
    assert records(counted[["who", "office", "named", "turns", "words", "n_documents", "answers"]]) == [
        [LEE, "Prime Minister", "yes", 3, 8, 2, 2],
        ["journalists", None, "no", 3, 7, 1, 0],
        ["others without a name", None, "no", 2, 7, 2, 0],
        [RAY, "Head of the Fund", "yes", 2, 4, 2, 1],
        ["callers", None, "no", 1, 3, 1, 0],
        ["several together", None, "no", 1, 2, 1, 0],
        ["THE PM", None, "no", 1, 1, 1, 1],
    ]
    assert counted["share"].sum() == pytest.approx(1, abs=1e-5)
    assert counted["share"][0] == pytest.approx(8 / 32, abs=1e-6)


def test_a_question_is_answered_by_the_next_turn_that_is_none(table: pd.DataFrame) -> None:
    assert records(statements.questions(statements.turns(table))) == [
        ["callers", LEE, 1, 3, 1, 1],
        ["journalists", LEE, 1, 3, 1, 6],
        ["others without a name", "THE PM", 1, 3, 1, 1],
        ["journalists", RAY, 1, 2, 1, 3],
        ["journalists", "nobody", 1, 2, 1, 0],
    ]


def test_no_answer_comes_from_another_document() -> None:
    asks, answers = ("Q: Why?", [turn("Why?", "Q")]), ("LEE: Because.", [turn("Because.", "LEE", LEE)])
    made = statements.questions(statements.turns(statements.statements(Told({"a": asks, "b": answers}))))
    assert made["answered_by"].tolist() == ["nobody"]


@pytest.mark.parametrize("label", ["RAY", "Ray"])
def test_a_label_without_a_name_is_not_added_to_a_speaker_of_that_name(label: str) -> None:
    named = (f"{label}: Oh no.", [turn("Oh no.", label, "Ray")])
    nameless = (f"{label}: I was not here.", [turn("I was not here.", label)])
    held = Told({"a": named, "b": nameless})
    counted = statements.floor(statements.turns(statements.statements(held)))
    assert records(counted[["who", "named", "turns", "words"]]) == [
        [f"{label} (not identified)", "no", 1, 4],
        ["Ray", "yes", 1, 2],
    ]
    found = summary_of(held)["statements.floor.ray"]
    assert (found.display, recount(found)) == ("33%", found.value)


@pytest.mark.parametrize("name", ["floor", "questions"])
def test_a_row_counts_the_statements_that_it_is_declared_to_count(table: pd.DataFrame, name: str) -> None:
    """Rows of a run are followed through the table of statements as the run has it, without types."""
    made = {"floor": statements.floor, "questions": statements.questions}[name](statements.turns(table))
    its = declared(f"statements.{name}")
    grouped = its.grouped(table.astype(object).where(table.notna(), None))
    for row in made.to_dict("records"):
        chosen = grouped
        for column in its.identity:
            chosen = chosen[chosen[column] == row[column]]
        assert (len(chosen), chosen["words"].sum()) == (row["turns"], row["words"])


def test_findings_say_who_has_the_floor_and_who_answers(found: dict[str, Finding]) -> None:
    its = {key: it.statement for key, it in found.items() if key.split(".")[1] in ("floor", "turns", "questions")}
    assert its == {
        "statements.floor.ann_lee": (
            "Prime Minister Ann Lee has the floor for 25% of the words in turns (8 of 32), in 3 of 13 turns."
        ),
        "statements.floor.bo_ray": (
            "Bo Ray, Head of the Fund, has the floor for 12% of the words in turns (4 of 32), in 2 of 13 turns."
        ),
        "statements.turns": "2 documents hold 13 turns; 2 named speakers take 5 of them.",
        "statements.questions": (
            "Journalists, callers and others without a name ask 5 questions in 1 document; Ann Lee answers 2 of them."
        ),
    }
    for key in its:
        assert recount(found[key]) == found[key].value, key
    counted = [row.exact for row in found["statements.floor.ann_lee"].evidence if row.role == "counted"]
    assert counted == ["In May. It will be fine.", "Thanks.", "Well."]
    assert [row.exact.rpartition(": ")[2] for row in found["statements.questions"].evidence] == [
        *("Will it open?", "Who pays?", "And when?", "I love you.", "Is it true?"),
    ]


def test_speakers_who_are_asked_for_have_a_finding_where_they_take_a_turn(held: Annotations) -> None:
    keys = summary_of(held, speakers=["bo ray", "Cy Fox"]).keys()
    assert [key for key in keys if ".floor." in key] == ["statements.floor.bo_ray"]


def test_turns_are_not_in_the_base_of_direct_quotations(found: dict[str, Finding], told: Annotations) -> None:
    direct, without = found["statements.direct"], summary_of(told)["statements.direct"]
    assert direct.statement == "22% of attributed statements outside turns (2 of 9) are direct quotations."
    assert (direct.value, direct.n, direct.n_documents) == (without.value, without.n, without.n_documents)
    assert recount(direct) == direct.value
    assert "left out of the base" in direct.method


def test_a_corpus_of_nothing_but_turns_has_no_share_of_quotations() -> None:
    found = summary_of(Told({"f": DEBATE}))["statements.direct"]
    assert found.statement == (
        "The share of direct quotations is not computable: the corpus has no attributed statement outside the turns of "
        "transcripts."
    )


def test_a_corpus_of_nothing_but_turns_says_that_all_its_statements_are_turns() -> None:
    found = summary_of(Told({"f": DEBATE}))["statements.attributions"]
    assert ", all of them turns of transcripts." in found.statement


def test_statements_in_turns_are_told_apart_in_their_number(found: dict[str, Finding]) -> None:
    assert found["statements.attributions"].statement == (
        "The corpus holds 22 attributed statements in 5 documents, 13 of them turns of transcripts."
    )


def test_news_has_no_table_figure_or_finding_about_turns(told: Annotations) -> None:
    turns = statements.turns(statements.statements(told))
    assert statements.floor(turns).empty
    assert statements.questions(turns).empty
    assert isinstance(statements.floor_chart(statements.floor(turns)), NotComputable)
    assert not [key for key in summary_of(told) if key.split(".")[1] in ("floor", "turns", "questions")]


def test_a_share_of_words_in_turns_has_an_interval_over_the_documents_with_turns() -> None:
    stories = {f"{n:02}": DEBATE if n % 2 else BRIEFING for n in range(12)}
    found = summary_of(Told({**STORIES, **stories}))["statements.floor.ann_lee"]
    assert found.n_documents == 12
    assert found.interval is not None
    assert found.status == "supported"


def test_the_chart_of_the_floor_agrees_with_its_table(table: pd.DataFrame) -> None:
    floor = statements.floor(statements.turns(table))
    figure = statements.floor_chart(floor)
    assert isinstance(figure, Figure)
    [axes] = figure.plot.axes
    assert [bar.get_width() for bar in rectangles(axes.patches)] == pytest.approx(
        [100 * words / 32 for words in floor["words"]]
    )
    [legend] = figure.plot.legends
    assert [text.get_text() for text in legend.get_texts()] == ["with a name", "without a name"]
    assert figure.alt.startswith(
        "Bar chart of 32 words in 13 turns by who has the floor. Ann Lee 25%, journalists 22%,"
    )


def test_of_many_the_twelve_with_the_most_words_are_drawn() -> None:
    said = [turn(f"{'word ' * (n + 1)}{n}x", f"S{n:02}", f"Speaker {n:02}") for n in range(20)]
    text = " ".join(f"{it.source}: {it.content[0]}." for it in said)
    figure = statements.floor_chart(
        statements.floor(statements.turns(statements.statements(Told({"a": (text, said)}))))
    )
    assert isinstance(figure, Figure)
    assert len(rectangles(figure.plot.axes[0].patches)) == 12
    assert "Not drawn: 8 more speakers and roles, with 19% of the words." in figure.caption
    assert len(figure.data) == 20
