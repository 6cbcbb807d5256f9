"""The measured figures are those of the present annotator, and findings can quote them."""

import json

import pytest

from research.nlp import accuracy as subject
from research.nlp.accuracy import ACCURACY, QUOTABLE, Accuracy, fingerprints, measured


def test_the_figures_are_those_of_this_annotator() -> None:
    """The gate: whoever changes the annotator measures it anew."""
    content = json.loads(ACCURACY.read_text(encoding="utf-8"))
    present = fingerprints()
    assert content["annotators"] == {layer: present[layer] for layer in content["annotators"]}, (
        "A layer has changed since its accuracy was measured. "
        "Measure it again: python -m benchmarks.accuracy DATA --write"
    )
    (figure,) = measured("attributions.linked")
    assert figure.annotator == present["statements"]


def test_every_figure_is_a_share_within_its_interval() -> None:
    figures = subject._figures()
    assert set(QUOTABLE) <= figures.keys(), "findings quote all of these"
    for name, figure in figures.items():
        assert figure.name == name
        assert figure.low is not None
        assert figure.high is not None
        assert 0 < figure.low < figure.value < figure.high <= 1
        assert figure.n > 50
        assert figure.data
        assert figure.split


def test_a_figure_says_what_it_is_and_where_it_was_measured() -> None:
    figure = Accuracy("a", "F1 of letters", 0.8, None, None, "own letters", "dev", 12, "0")
    assert str(figure) == "F1 of letters 0.80 (measured on own letters, dev, n = 12)"


def test_figures_are_quoted_for_the_kind_of_text_that_they_were_measured_on() -> None:
    assert {it.kind for it in measured("attributions.found", "turns.person")} == {"news"}
    assert measured("attributions.found", kinds=["turn"]) == ()
    assert [it.name for it in measured("attributions.found", "turns.person", kinds=["turn"])] == ["turns.person"]


def test_what_was_not_measured_is_not_quoted() -> None:
    with pytest.raises(KeyError):
        measured("attributions.beauty")


def test_the_model_card_says_what_was_measured() -> None:
    card = ACCURACY.with_name("MODEL_CARD.md").read_text(encoding="utf-8")
    (row,) = (line for line in card.splitlines() if line.startswith("| dev, all of the annotator |"))
    names = ("content_tokens", "found", "linked", "exact", "direct_found", "direct_source")
    figures = measured(*(f"attributions.{name}" for name in names))
    told = [float(cell) for cell in row.split("|")[2:-1]]
    assert told == pytest.approx([100 * figure.value for figure in figures], abs=0.06)
    for figure in measured("entities.silver", "entities.wnut17", "entities.btc"):
        assert f" {100 * figure.value:.1f} (" in " ".join(card.split())
