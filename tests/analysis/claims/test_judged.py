"""Figures that a person judged are marked in the table of 04_claims, and missed ones are in it."""

from dataclasses import replace
from pathlib import Path

from research import annotate, load
from research.analysis import claims
from research.analysis.judging.items import Answer, items, rows_of
from research.loading import Span
from research.loading.judgements import written


def test_the_table_says_what_people_decided(tmp_path: Path) -> None:
    (tmp_path / "pier.txt").write_text("The pier cost $3 million, Otto Berg said. Half the town came.", "utf-8")
    model = annotate(load(tmp_path))
    assert "judged" not in claims.quantities(model)
    assert "judged" not in claims.quantity_columns(claims.quantities(model))
    pier, town = sorted(items(model, 10), key=lambda it: it.span)
    assert [it.what for it in pier.found] == ["statement", "figure"]
    half = Span(town.span.start, town.span.start + len("Half the town"))
    rows = rows_of(pier, [Answer(0, True), Answer(1, True, right_value="4000000 USD")], coder="ann")
    rows += rows_of(replace(town, found=()), [], missed_figures=[(half, "50 %")], coder="ann")
    (tmp_path / "judgements.csv").write_text(written(rows), "utf-8")
    table = claims.quantities(annotate(load(tmp_path)))
    its = table[table["judged"].notna()]
    assert list(its[["speaker", "text", "value", "unit", "kind", "judged"]].itertuples(index=False, name=None)) == [
        ("Otto Berg", "$3 million", 4_000_000, "USD", "money", "mended"),
        (None, "Half the town", 50, "%", "percentage", "missed"),
    ]
    assert claims.quantity_columns(table)[:2] == ["speaker", "judged"]
