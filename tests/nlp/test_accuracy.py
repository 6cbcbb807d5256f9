"""The measured figures are those of the annotator as it stands, and findings can quote them."""

import pytest

from research.nlp import accuracy as subject
from research.nlp.accuracy import Accuracy, annotator_fingerprint, measured


def test_the_figures_are_those_of_this_annotator() -> None:
    """The gate: whoever changes the annotator measures it anew."""
    (figure,) = measured("attributions.linked")
    assert figure.annotator == annotator_fingerprint(), (
        "The annotator has changed since its accuracy was measured. "
        "Measure it again: python benchmarks/accuracy.py DATA --write"
    )


def test_every_figure_is_a_share_within_its_interval() -> None:
    figures = subject._figures()
    assert {"attributions.found", "attributions.linked", "attributions.direct_found"} <= figures.keys()
    for name, figure in figures.items():
        assert figure.name == name
        assert figure.low is not None
        assert figure.high is not None
        assert 0 < figure.low < figure.value < figure.high < 1
        assert figure.n > 100
        assert figure.data
        assert figure.split


def test_a_figure_says_what_it_is_and_where_it_was_measured() -> None:
    figure = Accuracy("a", "F1 of letters", 0.8, None, None, "own letters", "dev", 12, "0")
    assert str(figure) == "F1 of letters 0.80 (measured on own letters, dev, n = 12)"


def test_what_was_not_measured_is_not_quoted() -> None:
    with pytest.raises(KeyError):
        measured("attributions.beauty")
