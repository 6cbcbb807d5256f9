"""Coefficients and settings: checked where the cited finding has one of that kind, left alone where it has none."""

from collections.abc import Callable, Sequence

import pytest

Say = Callable[..., Sequence[tuple[str, str, str]]]


@pytest.mark.parametrize(
    "text",
    [
        "Longer documents mention the ferry, with a correlation of 0.52 {association}.",
        "Longer documents mention the ferry (r = 0.52) {association}.",
        "The baseline of 15% comes from the finding itself {association}.",
    ],
)
def test_another_coefficient_than_the_one_in_the_findings_sentence_is_an_error(say: Say, text: str) -> None:
    assert [it[0] for it in say(text)] == ["error"]


def test_another_setting_than_the_one_in_the_findings_method_is_a_warning(say: Say) -> None:
    said = say("Sentences with a confidence below 0.7 are left out {association}.")
    assert [it[:2] for it in said] == [("warning", "number")], said


@pytest.mark.parametrize(
    "text",
    [
        "Longer documents mention the ferry, with a correlation of 0.42 {association}.",
        "Longer documents mention the ferry, against a baseline of 12% {association}.",
        "Sentences with a confidence below 0.5 are left out {association}.",
        "The corpus holds 12 documents, and a correlation of 0.5 is common in such work {documents}.",
        "Okell has 37% of the attributed words, over a baseline of 12% {okell}.",
    ],
)
def test_the_findings_own_coefficient_and_one_of_something_else_are_in_order(say: Say, text: str) -> None:
    assert say(text) == []
