"""Comparing groups in the notebooks: the table, the figure and the findings, on small corpora counted by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.lines import Line2D

from research import Annotations, Finding
from research.analysis import language, time
from research.analysis.actors.compared import compared as actors_compared
from research.analysis.actors.compared import items as actor_items
from research.analysis.claims.compared import compared as claims_compared
from research.analysis.comparing import Compared, Item, comparison, comparison_chart
from research.analysis.comparing.tables import MOST_GROUPS
from research.analysis.figures import Figure, NotComputable
from research.analysis.language.compared import MOST_CATEGORIES
from research.analysis.recount import statistic
from research.analysis.statements.compared import compared as statements_compared
from research.analysis.statements.compared import items as statement_items
from research.analysis.statistics.ratios import of_ratio
from research.analysis.statistics.uncertainty import wilson
from research.errors import ParameterError
from research.nlp.actors import lexicon
from research.nlp.actors.annotator import mentions
from research.nlp.annotated import AnnotatedDocument
from tests.analysis.claims.told import Figure as Quantity
from tests.analysis.claims.told import told_of
from tests.analysis.said import Said
from tests.nlp.groups.voiced import Collection, document, statement

ANN, BO = "Ann Lee", "Bo Ray"


def outlets(counts: Mapping[str, Sequence[int]], *, complete: bool = False) -> Collection:
    """Documents of ten words each, with so many times "rain" among them, by their outlets."""
    its = [
        document(f"{source} {at:02}", " ".join(["rain"] * n + ["hail"] * (10 - n)), source=source)
        for source, numbers in counts.items()
        for at, n in enumerate(numbers)
    ]
    return Collection(*its, complete=complete)


def rain(annotations: Annotations) -> list[Item]:
    """The word "rain" per 1,000 words, and whether a document has it."""
    found = language.concordance(annotations, ["rain"])
    return [
        Item("rain", "“rain” occurs {} times per 1,000 words", found),
        Item("wet", "it rains in {} of documents", found, of="documents"),
        Item("wet starts", "{} of the rain begins a document", found[found["start"] == 0], found),
    ]


def told(annotations: Annotations, compare: str | None) -> tuple[pd.DataFrame, dict[str, Finding]]:
    words = Compared("language", lambda whole, _: rain(whole))
    table, findings = words(annotations, compare), words.findings(annotations, compare)
    return table, {it.key: it for it in findings}


TWO = {"Wire": [5, 6] * 12, "Daily": [0, 1] * 12}


# --- the table ---


def test_words_documents_and_passages_are_counted_in_each_group() -> None:
    table, _ = told(outlets({"Wire": [5, 0], "Daily": [1, 3, 0]}), "source")
    columns = ["item", "group", "unit", "value", "others", "counted", "base", "n_documents"]
    assert table[columns].values.tolist() == [
        ["rain", "Daily", "per 1,000 words", 133.333, 250.0, 4, 30, 3],
        ["rain", "Wire", "per 1,000 words", 250.0, 133.333, 5, 20, 2],
        ["wet", "Daily", "share of documents", 0.666667, 0.5, 2, 3, 3],
        ["wet", "Wire", "share of documents", 0.5, 0.666667, 1, 2, 2],
        ["wet starts", "Daily", "share", 0.5, 0.2, 2, 4, 2],
        ["wet starts", "Wire", "share", 0.2, 0.5, 1, 5, 1],
    ]


def test_words_have_the_interval_of_a_rate_documents_wilsons_and_passages_that_of_a_share() -> None:
    table, _ = told(outlets({"Wire": [5, 6, 3] * 8, "Daily": [0, 1, 2] * 8}), "source")
    its = table[table["group"] == "Daily"].set_index("item")[["low", "high"]]
    counted, base = np.array([0, 1, 2] * 8), np.full(24, 10)
    assert tuple(its.loc["rain"]) == pytest.approx(of_ratio(counted, base, share=False, per=1000)[:2])  # type: ignore[index]
    assert tuple(its.loc["wet"]) == wilson(16, 24)[:2]  # type: ignore[index]
    starts = of_ratio(np.minimum(1, counted), counted, share=True)
    assert tuple(its.loc["wet starts"]) == starts[:2]  # type: ignore[index]


def test_nothing_is_compared_unless_it_is_asked_for() -> None:
    table, findings = told(outlets(TWO), None)
    assert table.empty
    assert "p_holm" in table.columns
    assert findings == {}
    assert isinstance(comparison_chart(table), NotComputable)


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(ParameterError, match="There is no column 'outlet'"):
        told(outlets(TWO), "outlet")


def test_thirty_groups_have_rows_and_the_others_count_beside_them() -> None:
    sizes = {f"Paper {at:02}": [1] * (3 if at < MOST_GROUPS else 2) for at in range(MOST_GROUPS + 3)}
    table, _ = told(outlets(sizes), "source")
    assert table["group"].nunique() == MOST_GROUPS
    words = table[table["item"] == "rain"]
    assert set(words["base"] + words["others_base"]) == {10 * (3 * MOST_GROUPS + 2 * 3)}
    assert set(words["n_documents"] + words["others_documents"]) == {3 * MOST_GROUPS + 2 * 3}


# --- findings ---


def test_the_clearest_differences_and_their_number_are_findings() -> None:
    table, found = told(outlets(TWO), "source")
    assert list(found) == [
        "language.compared.source.daily.rain",
        "language.compared.source.daily.wet",
        "language.compared.source",
    ]
    rate = found["language.compared.source.daily.rain"]
    assert rate.statement.startswith(
        "In documents from Daily, “rain” occurs 50.00 times per 1,000 words, against 550.00 in documents from Wire "
        "(a difference of -500.00 per 1,000 words, 95% CI -5"
    )
    assert (rate.value, rate.unit, rate.n, rate.n_documents) == (-500.0, "per 1,000 words", 240, 24)
    share = found["language.compared.source.daily.wet"]
    assert share.statement.startswith(
        "In documents from Daily, it rains in 50% of documents, against 100% in documents from Wire (a difference of "
        "-50.0 percentage points, 95% CI "
    )
    assert (share.value, share.unit) == (-50.0, "percentage points")
    assert found["language.compared.source"].statement == (
        "2 of the 2 differences tested by source are larger than chance explains, after correction for their number."
    )
    for it in found.values():
        assert it.computation is not None
        assert statistic(it.computation, table) == it.value


def test_a_period_has_the_test_of_the_same_date_in_06_time() -> None:
    """One comparison has one p-value, whichever notebook makes it."""
    chance = np.random.default_rng(4)
    its = []
    for at, rain in enumerate(chance.integers(0, 7, 40).tolist()):
        text = " ".join(["rain"] * rain + ["hail"] * (3 + at % 5))
        its.append(document(f"{at:02}", text, date="2031-03-01" if at < 14 else "2031-09-01"))
    annotations = Collection(*its)
    [chance_in_time] = time.at_date(annotations, "2031-06", terms=["rain"]).query("of == 'term'")["p"].tolist()
    table = language.compared(annotations, "period:2031-06", terms=["rain"])
    assert table["p"].dropna().tolist() == [chance_in_time]
    assert 0 < chance_in_time < 1


def test_all_other_groups_are_called_so_and_an_interval_may_be_missing() -> None:
    _, found = told(outlets({"Wire": [5, 6] * 6, "Daily": [1, 2, 3] * 4, "Herald": [0] * 12}), "source")
    finding = found["language.compared.source.herald.rain"]
    assert finding.statement == (
        "In documents from Herald, “rain” occurs 0 times per 1,000 words, against 375.00 in all other documents "
        "(a difference of -375.00 per 1,000 words)."
    )
    assert (finding.interval, finding.status) == (None, "descriptive")
    assert "10 documents on each side, of which 7 have what is counted" in finding.method
    assert found["language.compared.source.wire.rain"].status == "supported"


def test_categories_of_a_dictionary_are_compared_beside_the_terms(tmp_path: Path) -> None:
    """Weather has two terms; dry has none that occurs, and one of the categories is called as a term."""
    path = tmp_path / "weather.yaml"
    path.write_text("rain: [rain]\nweather: [rain, ha?l]\ndry: [drought]\n", encoding="utf-8")
    asked = {"terms": ["rain"], "dictionary": str(path)}
    table = language.compared(outlets(TWO), "source", **asked)
    assert table[["item", "group", "value"]].values.tolist() == [
        ["rain", "Daily", 50.0],
        ["rain", "Wire", 550.0],
        ["category: weather", "Daily", 1000.0],
        ["category: weather", "Wire", 1000.0],
        ["category: rain", "Daily", 50.0],
        ["category: rain", "Wire", 550.0],
    ]
    found = {it.key: it for it in language.findings(outlets(TWO), compare="source", **asked)}
    (key,) = (it for it in found if it.startswith("language.compared.source.daily.category_rain"))
    assert found[key].statement.startswith(
        "In documents from Daily, terms of the category “rain” occur 50.00 times per 1,000 words, against 550.00 in "
    )
    assert "language.compared.source.daily.rain" in found


def test_the_thirty_most_frequent_categories_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = [f"{name},{name}" for name in ("hail", "rain")] + [f"c{number},hail" for number in range(40)]
    path.write_text("\n".join(["category,term", *rows]), encoding="utf-8")
    items = language.compared(outlets({"Wire": [7, 7], "Daily": [7]}), "source", dictionary=str(path))["item"].unique()
    named = [it for it in items if it.startswith("category")]
    assert len(named) == MOST_CATEGORIES
    assert named[:2] == ["category: rain", "category: hail"]


def test_keys_do_not_depend_on_how_the_parameter_or_other_groups_are_written() -> None:
    _, found = told(outlets(TWO), "source:daily")
    _, written = told(outlets(TWO | {"Herald": [5, 6]}), "Source:DAILY")
    assert [it for it in found if it.endswith("rain")] == [it for it in written if it.endswith("rain")]
    assert "against 550.00 in all other documents" in next(iter(found.values())).statement


def test_a_period_is_compared_with_the_time_since() -> None:
    its = [
        document(f"{at:02}", " ".join(["rain"] * (at % 3) + ["hail"] * 10), date=f"20{at:02}-05-01")
        if at < 12
        else document(f"{at:02}", " ".join(["rain"] * (5 + at % 3) + ["hail"] * 5), date=f"20{at:02}-05-01")
        for at in range(24)
    ]
    _, found = told(Collection(*its), "period:2012-01-01")
    statement = next(iter(found.values())).statement
    assert statement.startswith("Before 1 January 2012, “rain” occurs ")
    assert " since 1 January 2012 (a difference of " in statement


@pytest.mark.parametrize(
    ("counts", "complete", "reason"),
    [
        ({"Wire": [1] * 12}, False, "the corpus has one group, Wire."),
        ({"Wire": [5, 6] * 6, "Daily": [1] * 3}, False, "and the groups are too small: Wire (12) and Daily (3)."),
        (
            {"Wire": [0] * 12, "Daily": [0] * 11 + [1]},
            False,
            "nothing that is compared has five expected cases in a group",
        ),
        (TWO, True, "the documents are all there are"),
    ],
)
def test_what_cannot_be_tested_says_why(counts: Mapping[str, list[int]], complete: bool, reason: str) -> None:
    _, found = told(outlets(counts, complete=complete), "source")
    (finding,) = found.values()
    assert (finding.key, finding.status) == ("language.compared.source", "not computable")
    assert reason in finding.statement


def test_documents_without_any_group_say_so() -> None:
    _, found = told(Collection(*(document(str(at), "It rained.") for at in range(12))), "source")
    (finding,) = found.values()
    assert "no document has a value to group it by" in finding.statement


# --- the figure ---


def places(line: Line2D) -> list[float]:
    """Where a line of a plot is, from left to right."""
    return [float(it) for it in np.asarray(line.get_xdata())]


def test_a_panel_shows_the_groups_beside_the_corpus() -> None:
    table, _ = told(outlets(TWO | {"Herald": [3] * 3}), "source")
    figure = comparison_chart(table)
    assert isinstance(figure, Figure)
    panels = figure.plot.axes
    assert [it.get_title("left") for it in panels] == ["rain", "wet", "wet starts"]
    assert [it.get_xlabel() for it in panels] == ["per 1,000 words", "percent", "percent"]
    assert [it.get_text() for it in panels[0].get_yticklabels()] == ["Daily", "Wire", "Herald"]
    whole, *lines = panels[0].lines
    # 144 of 480 words, and 9 of 30 of the third outlet
    assert places(whole) == pytest.approx([1000 * 153 / 510] * 2)
    dots = [line for line in lines if line.get_marker() != "None"]
    # thirty words in three documents are too few for a rate, not for a share of documents
    assert [places(it)[0] for it in dots] == [50.0, 550.0]
    assert [it.get_marker() for it in dots] == ["D", "D"]
    assert figure.data.groupby("item").size().to_dict() == {"rain": 2, "wet": 3, "wet starts": 2}
    assert figure.plot.get_suptitle() == "Daily, Wire and Herald compared"
    assert "Holm" in figure.caption
    assert figure.alt.startswith("Dots with intervals for 3 groups in 3 panels: rain, wet and wet starts.")
    assert "Daily in rain" in figure.alt


def test_an_interval_far_beyond_all_values_does_not_stretch_a_panel() -> None:
    table, _ = told(outlets(TWO), "source")
    wide = table.assign(high=table["high"].where(table["item"] != "rain", 250_000.0))
    figure = comparison_chart(wide)
    assert isinstance(figure, Figure)
    assert figure.plot.axes[0].get_xlim()[1] == pytest.approx(1.05 * 2.5 * 550)
    assert "cut off at the edge" in figure.caption
    plain = comparison_chart(table)
    assert isinstance(plain, Figure)
    assert "cut off" not in plain.caption


def test_the_corpus_in_a_figure_has_the_smaller_groups_too() -> None:
    sizes = {f"Paper {at:02}": [1] * 10 for at in range(MOST_GROUPS)} | {"Small": [10, 10]}
    figure = comparison_chart(told(outlets(sizes), "source")[0])
    assert isinstance(figure, Figure)
    assert places(figure.plot.axes[0].lines[0])[0] == pytest.approx(1000 * 320 / 3020)


def test_one_group_has_no_figure_and_six_items_have_one() -> None:
    assert isinstance(comparison_chart(told(outlets({"Wire": [1] * 12}), "source")[0]), NotComputable)
    annotations = outlets(TWO)
    found = language.concordance(annotations, ["rain"])
    items = [Item(f"rain {at}", "", found if at == 7 else found.head(60)) for at in range(8)]
    figure = comparison_chart(comparison(annotations, annotations.by("source"), items))
    assert isinstance(figure, Figure)
    assert len(figure.plot.axes) == 6


# --- what the notebooks compare ---


def spoken(at: int, source: str, direct: bool, named: bool = True) -> AnnotatedDocument:
    text = "Rain fell, she said. Nothing else is known."
    said = [statement(text, "Rain fell", ANN if named else None, "direct" if direct else "indirect")]
    return document(f"{source} {at:02}", text, said, source=source)


def test_02_compares_how_groups_quote() -> None:
    its = [spoken(at, source, direct=at < n) for source, n in (("Wire", 9), ("Daily", 3)) for at in range(12)]
    table = statements_compared(Collection(*its), "source")
    direct = table[table["item"] == "direct quotations"].set_index("group")
    assert direct["value"].to_dict() == {"Daily": 0.25, "Wire": 0.75}
    named = table[table["item"] == "named speakers"]
    assert named["value"].tolist() == [1.0, 1.0]
    rate = table[table["item"] == "statements"]
    assert rate["value"].tolist() == [125.0, 125.0]


def test_02_does_not_compare_speakers_by_what_makes_them_speakers() -> None:
    annotations = Collection(*(spoken(at, "Wire", direct=at % 2 == 0) for at in range(4)))
    assert [it.name for it in statement_items(annotations, annotations.by("speaker"))] == ["direct quotations"]
    assert statement_items(annotations, annotations.by("direct")) == []
    assert statements_compared.findings(annotations) == []


def test_03_compares_whom_documents_name() -> None:
    """Kenya is named by three documents of the Wire and one of the Daily, twice in one of them."""
    texts = {"Wire": ["Kenya won.", "Kenya, Kenya.", "Kenya lost."], "Daily": ["Kenya won.", "It rained."]}
    its = [
        document(f"{source} {at}", it, source=source) for source, some in texts.items() for at, it in enumerate(some)
    ]
    for annotated in its:
        text = annotated.document.text
        found = mentions(text, [], list(lexicon.hits(text, 0, len(text))))
        annotated.tables["mentions"].extend(it.record(text) for it in found)
    table = actors_compared(Collection(*its), "source")
    columns = ["item", "group", "unit", "counted", "base", "value"]
    assert table[columns].values.tolist() == [
        ["Kenya", "Wire", "share of documents", 3, 3, 1.0],
        ["Kenya", "Daily", "share of documents", 1, 2, 0.5],
    ]
    whole = Collection(*its)
    assert [it.clause for it in actor_items(whole, whole.by("source"))] == ["Kenya is named in {} of documents"]


def test_04_compares_figures_by_who_asserts_them() -> None:
    text = "It cost 5 crowns in May, she said. He paid 7 crowns and won 9 crowns, he added."
    said = [Said(["It cost 5 crowns in May"], speaker=ANN), Said(["He paid 7 crowns and won 9 crowns"], speaker=BO)]
    figures = [Quantity("5 crowns", 5), Quantity("7 crowns", 7), Quantity("9 crowns", 9)]
    table = claims_compared(told_of((text, said, figures)), "speaker")
    columns = ["item", "group", "counted", "base", "value"]
    assert table.loc[table["item"] == "figures", columns].values.tolist() == [
        ["figures", ANN, 1, 6, 166.667],
        ["figures", BO, 2, 8, 250.0],
    ]


def test_05_compares_the_terms_that_are_asked_for() -> None:
    table = language.compared(outlets({"Wire": [5, 0], "Daily": [1, 3, 0]}), "source", terms=["rain", "snow"])
    assert table[["item", "group", "counted"]].values.tolist() == [
        ["rain", "Daily", 4],
        ["rain", "Wire", 5],
        ["snow", "Daily", 0],
        ["snow", "Wire", 0],
    ]
