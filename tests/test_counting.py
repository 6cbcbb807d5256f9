"""The counting of work tells linear from quadratic work."""

import pytest

from tests.counting import assert_linear


def test_work_that_grows_with_the_square_is_told() -> None:
    assert_linear(lambda text: [word.lower() for word in text.split()], "a ")
    with pytest.raises(AssertionError):
        assert_linear(lambda text: [text.find(letter) for letter in text for _ in range(len(text) // 100)], "ab")
