"""Numbers beside the value of a finding: an error only where they have the place of one of the finding's own."""

from collections.abc import Callable, Sequence

import pytest

from research.outputs.checking.figures import numbers

Say = Callable[..., Sequence[tuple[str, str, str]]]


@pytest.mark.parametrize(
    "sentence",
    [
        "Okell has 37% of the attributed words, with support for the policy at 41% {okell}.",
        "Okell has 37% of the attributed words (odds ratio 2.6) {okell}.",
        "Okell has 37% of the attributed words. A rival study of newspapers had 52% {okell}.",
    ],
)
def test_a_number_of_something_else_is_no_error(say: Say, sentence: str) -> None:
    assert "error" not in [it[0] for it in say(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Okell has 47% of the attributed words, with support for the policy at 41% {okell}.",
        "Okell has 37% of the attributed words. Okell has 47% of the attributed words {okell}.",
    ],
)
def test_a_wrong_value_is_an_error(say: Say, sentence: str) -> None:
    assert "error" in [it[0] for it in say(sentence)]


def test_the_last_three_digits_of_a_count_begin_no_ratio() -> None:
    assert [it.text for it in numbers("It has a frequency of 1,025 in 60 documents.")] == ["1,025", "60 documents"]
