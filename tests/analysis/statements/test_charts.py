"""The figures of statements agree with their tables."""

import pandas as pd
import pytest

from research.analysis import statements
from research.analysis.figures import Figure
from research.analysis.statements.tables import KINDS
from research.outputs.showing.rendering import png, svg
from tests.analysis.conftest import rectangles
from tests.analysis.said import LEE, RAY, Said, Told, many, records

# --- the figures ---


def widths(figure: Figure, panel: int) -> list[float]:
    """The length of each stacked bar of a panel, in percent; each part begins where the one before it ends."""
    axes = figure.plot.axes[panel]
    rows = list(zip(*map(rectangles, axes.containers), strict=True))
    for row in rows:
        assert [bar.get_x() for bar in row[1:]] == pytest.approx([bar.get_x() + bar.get_width() for bar in row[:-1]])
    return [sum(bar.get_width() for bar in row) for row in rows]


def test_the_chart_of_speech_agrees_with_its_tables(table: pd.DataFrame) -> None:
    figure = statements.speech_chart(statements.speakers(table), statements.sources(table))
    assert isinstance(figure, Figure)
    assert widths(figure, 0) == pytest.approx([50, 100 / 6, 100 / 24], rel=1e-4)
    assert widths(figure, 1) == pytest.approx([1700 / 24, 500 / 24, 200 / 24], rel=1e-4)
    assert [axes.get_title(loc="left") for axes in figure.plot.axes] == ["Named speakers", "All sources"]
    assert figure.data["name"].tolist() == [
        *(LEE, RAY, "Lee"),
        *("named speakers", "unnamed sources", "without a source"),
    ]
    assert figure.alt == (
        "Bar charts of 24 attributed words by source. Named speakers 71%, unnamed sources 21%, without a source 8.3%. "
        "Ann Lee 50%, Bo Ray 17%, Lee 4.2%."
    )
    [legend] = figure.plot.legends
    assert [text.get_text() for text in legend.get_texts()] == [kind for kind in KINDS if kind != "turn"], (
        "there is none"
    )


def test_of_many_speakers_twelve_are_drawn_and_the_rest_is_said() -> None:
    table = statements.statements(many(30))
    figure = statements.speech_chart(statements.speakers(table), statements.sources(table))
    assert isinstance(figure, Figure)
    assert len(widths(figure, 0)) == 12
    assert widths(figure, 1) == pytest.approx([100])
    assert "19 more named speakers, with 42% of the words, are only in “named speakers”." in figure.caption
    assert figure.plot.axes[0].get_title(loc="left") == "The 12 named speakers with the most words"


def test_without_a_named_speaker_only_the_sources_are_drawn() -> None:
    table = statements.statements(Told({"a": ("He feared a riot.", [Said(["a riot"], "He", "feared")])}))
    figure = statements.speech_chart(statements.speakers(table), statements.sources(table))
    assert isinstance(figure, Figure)
    assert figure.data["name"].tolist() == ["unnamed sources"]
    assert figure.alt == "Bar charts of 2 attributed words by source. Unnamed sources 100%."
    assert max(figure.plot.axes[0].get_xticks()) == 100, "nothing has more than a hundred percent"


def test_the_chart_of_cues_has_a_bar_a_class_with_the_rest_last(table: pd.DataFrame) -> None:
    figure = statements.cue_chart(statements.cues(table))
    assert isinstance(figure, Figure)
    assert records(figure.data[["cue_class", "attributions"]]) == [
        ["neutral", 3],
        *([name, 1] for name in ("claiming", "denying", "feeling", "pointing out", "other", "none")),
    ]
    assert figure.data["examples"].tolist()[0] == "neutral: report, say, tell"
    assert [bar.get_width() for bar in rectangles(figure.plot.axes[0].patches)] == figure.data["attributions"].tolist()
    assert "Classes without a statement: “showing”, “describing”," in figure.caption


@pytest.mark.parametrize("name", ["$5 bn", "<b>&amp;</b>", "السلام", "😀", "x" * 200, "_hidden", "\x01", "%s"])
def test_any_name_can_be_drawn_the_same_twice(name: str) -> None:
    stories = {"a": (f"{name} : yes.", [Said(["yes"], name, speaker=name)])}
    table = statements.statements(Told(stories))
    drawn = [statements.speech_chart(statements.speakers(table), statements.sources(table)) for _ in range(2)]
    assert isinstance(drawn[0], Figure)
    assert isinstance(drawn[1], Figure)
    assert drawn[0].data["name"].tolist()[0] == name
    assert png(drawn[0]) == png(drawn[1])
    assert svg(drawn[0]) == svg(drawn[1])
