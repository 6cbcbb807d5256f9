"""The table of calibration: tenths of confidence, and how far they are from the share that is right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.attributions.gold.calibration import Case, expected_error, shown, tenths


def cases(*pairs: tuple[float, bool]) -> list[Case]:
    return [Case("speech", confidence, right) for confidence, right in pairs]


def test_a_confidence_belongs_to_the_tenth_of_its_first_digit() -> None:
    bins = tenths(cases((0.29, True), (0.3, False), (0.7, True), (0.79, False), (0.95, True), (1.0, True)))
    assert [(it.low, it.n, it.right) for it in bins] == [(0.2, 1, 1), (0.3, 1, 0), (0.7, 2, 1), (0.9, 2, 2)]
    assert bins[2].mean == pytest.approx(0.745)


def test_the_error_is_the_distance_of_tenths_weighted_by_statements() -> None:
    # Four at 0.75, three of them right: no distance. Two at 0.5, none right: 0.5. Weighted: (4 * 0 + 2 * 0.5) / 6.
    found = cases(*[(0.75, True)] * 3, (0.75, False), (0.5, False), (0.5, False))
    assert expected_error(tenths(found)) == pytest.approx(1 / 6)


def test_no_statement_has_no_calibration() -> None:
    with pytest.raises(ValueError, match="at least one statement"):
        expected_error([])


def test_the_table_gives_the_share_with_its_interval() -> None:
    # Wilson's interval of 8 of 10 is 0.490 to 0.943.
    found = cases(*[(0.8, True)] * 8, (0.8, False), (0.8, False))
    head, row = shown("speeches", found)
    assert head == "speeches: 10 statements, expected calibration error 0.000"
    assert " ".join(row.split()) == "0.8 n 10 mean 0.80 right 0.80 (0.49 to 0.94)"


def test_few_statements_have_a_share_without_an_interval() -> None:
    _, row = shown("speeches", cases((0.8, True), (0.8, False)))
    assert " ".join(row.split()) == "0.8 n 2 mean 0.80 right 0.50"
