"""Regular expressions for words: as Python's own, and in time that grows with the word alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.expressions import MOST_PARTS, Expression
from research.errors import ParameterError

_ONE = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[a-b]", r"\d", r"\w", r"\.", "1"])
_TIMES = st.sampled_from(["", "*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}", "{0,}"])
_EXPRESSIONS = st.recursive(
    st.builds(lambda its: "".join(a + b for a, b in its), st.lists(st.tuples(_ONE, _TIMES), min_size=1, max_size=4)),
    lambda inner: st.one_of(
        st.builds("({}){}".format, inner, _TIMES),
        st.builds("{}|{}".format, inner, inner),
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|)".format, inner),
    ),
    max_leaves=5,
)


@given(_EXPRESSIONS, st.lists(st.text("ab1.", max_size=8), min_size=1, max_size=6))
def test_words_match_as_they_do_in_python(written: str, words: list[str]) -> None:
    ours, pattern = Expression(written), re.compile(written)
    assert [ours.matches(word) for word in words] == [pattern.fullmatch(word) is not None for word in words]


class Letter(str):
    """A letter that counts how often it is looked at."""

    looked_at = 0

    def __eq__(self, other: object) -> bool:
        Letter.looked_at += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


@pytest.mark.parametrize("written", ["(a+)+b", "(a|a)*b", "(a*)*b", "a{0,50}a{0,50}b", "(.*)(.*)(.*)b"])
def test_no_expression_takes_more_than_its_parts_for_each_letter(written: str) -> None:
    """Python's own would try 2 ** 200 ways to part the first of them."""
    expression = Expression(written)
    looks = []
    for length in (100, 200):
        Letter.looked_at = 0

        class Word(str):
            def __iter__(self):  # type: ignore[no-untyped-def]
                return (Letter(it) for it in str(self))

        assert not expression.matches(Word("a" * length))
        looks.append(Letter.looked_at)
    assert looks[1] <= 2.2 * looks[0] + 200
    assert looks[1] <= 200 * 2 * MOST_PARTS


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("(ab", "character 4: a bracket is not closed"),
        ("ab)", "character 3: a bracket is closed that was not opened"),
        ("[ab", "a square bracket is not closed"),
        ("*a", r"character 1: \* repeats nothing"),
        ("a**", "something is repeated twice"),
        (r"(a)\1", r"\\1 is not offered"),
        ("(?=a)b", "looks around, which is not offered"),
        ("^a", "has no meaning here, since whole words are matched"),
        ("a{3,2}", "the least number of times is larger"),
        ("a{0}", "no time at all"),
        ("a{x}", "begins no number of times"),
        ("[z-a]", "runs backwards"),
        ("(((a{50}){50}){50}){50}", "more than 1,000 parts"),
        ("(" * 60 + "a" + ")" * 60, "more than 50 brackets"),
        ("a\\", "is not offered"),
    ],
)
def test_what_is_not_offered_is_refused_with_its_place(written: str, why: str) -> None:
    with pytest.raises(ParameterError, match=why):
        Expression(written)
