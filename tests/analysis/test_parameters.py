"""A parameter means the same in a cell, by papermill and on the command line, or is refused in one sentence."""

from typing import Any

import pytest

from research.analysis.language.tables import TERMS
from research.analysis.parameters import COPIES, LEAST_CONFIDENCE, Parameter, number
from research.analysis.statements.headlines import SPEAKERS_ASKED
from research.analysis.time.material import BY, DATE_NAMED
from research.errors import ParameterError


@pytest.mark.parametrize(
    ("parameter", "given", "value"),
    [
        *((COPIES, "no", False), (COPIES, " Yes ", True), (COPIES, "FALSE", False), (COPIES, True, True)),
        *((LEAST_CONFIDENCE, "0.5", 0.5), (LEAST_CONFIDENCE, 1, 1.0), (LEAST_CONFIDENCE, 0, 0.0)),
        *((TERMS, "a, b", ["a", "b"]), (TERMS, '["a, b"]', ["a, b"]), (TERMS, ("a", "b"), ["a", "b"])),
        *((TERMS, None, None), (TERMS, "None", None), (TERMS, "null", None)),
        *((TERMS, "2024", ["2024"]), (TERMS, 2024, ["2024"]), (TERMS, ["a", 2024], ["a", "2024"])),
        (TERMS, ["nuclear\n weapons "], ["nuclear weapons"]),
        (SPEAKERS_ASKED, "Ann  Lee", ["Ann Lee"]),
        *((BY, " Month ", "month"), (BY, "auto", "auto"), (DATE_NAMED, None, None), (DATE_NAMED, "null", None)),
        *(
            (DATE_NAMED, 2022, "2022"),
            (DATE_NAMED, "24 February 2022", "2022-02-24"),
            (DATE_NAMED, "2022-02", "2022-02"),
        ),
    ],
)
def test_a_value_means_what_was_meant_however_it_arrives(parameter: Parameter, given: Any, value: Any) -> None:
    read = parameter.read(given)
    assert (read, type(read)) == (value, type(value))
    assert parameter.read(read) == read, "reading twice changes nothing"


@pytest.mark.parametrize(
    ("parameter", "given", "sentence"),
    [
        (COPIES, "maybe", "The parameter copies takes true or false, not 'maybe'."),
        (COPIES, 0, "The parameter copies takes true or false, not 0."),
        (COPIES, None, "The parameter copies takes true or false, not None."),
        (LEAST_CONFIDENCE, "high", "The parameter least_confidence takes a number from 0 to 1, not 'high'."),
        (LEAST_CONFIDENCE, 5, "The parameter least_confidence takes a number from 0 to 1, not 5."),
        (LEAST_CONFIDENCE, -0.1, "The parameter least_confidence takes a number from 0 to 1, not -0.1."),
        (LEAST_CONFIDENCE, "nan", "The parameter least_confidence takes a number from 0 to 1, not 'nan'."),
        (LEAST_CONFIDENCE, True, "The parameter least_confidence takes a number from 0 to 1, not True."),
        (LEAST_CONFIDENCE, [1], "The parameter least_confidence takes a number from 0 to 1, not [1]."),
        *(
            (
                DATE_NAMED,
                given,
                (
                    'The parameter date takes a day, a month or a year, such as "2022-02-24" or "2022", or None, '
                    f"not {given!r}."
                ),
            )
            for given in ("05/06/2022", "soon", True, "2022-02-31")
        ),
        (TERMS, ["a", "…"], "The term '…' has no word to look up. Give a word or a phrase."),
        (
            SPEAKERS_ASKED,
            {"Ann"},
            (
                'The parameter speakers takes a list of names, such as ["Kassym-Jomart Tokayev"], or None, '
                "not {'Ann'}."
            ),
        ),
    ],
)
def test_any_other_value_is_refused_in_one_sentence(parameter: Parameter, given: Any, sentence: str) -> None:
    with pytest.raises(ParameterError) as refused:
        parameter.read(given)
    assert str(refused.value) == sentence
    assert refused.value.__suppress_context__ or refused.value.__context__ is None, "no chain of errors above it"


@pytest.mark.parametrize("given", ["1e400", "-1e400", 10**400])
def test_a_number_without_a_range_is_still_finite(given: Any) -> None:
    with pytest.raises((ValueError, OverflowError)):
        number().read(given)
