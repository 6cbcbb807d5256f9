"""Names, direction, order, certainty and results that cannot be computed."""

from collections.abc import Callable, Sequence

import pytest

Say = Callable[..., Sequence[tuple[str, str, str]]]

AGREES = [
    "Mayor Okell has 37% of the words {okell}.",
    "She has 37% of the words {okell}.",
    "Varga complains that the mayor has 37% of the words {okell}.",
    "Varga, the union leader, says she has 37% of the words {okell}.",
    "The ferry is named less often than the “harbour”, which occurs 58 times {harbour}.",
    "The mayor has 37% of the words, ahead of Varga {okell}.",
    "Unlike Varga, the mayor has 37% of the words {okell}.",
    "Okell has 37% {okell}; Varga, the union leader, follows with 22% {varga}.",
    "Okell has more words than Varga {okell} {varga}.",
    "Varga has fewer words than Okell {varga} {okell}.",
    "According to Okell, the port earned 25 million euros {earnings}.",
    "Maddox put the repairs at 1.2 million euros, Okell's earnings aside {repairs}.",
    "Spain is named 41 times {spain}, Peru 17 times {peru}.",
    "Spain is named 41 times, more than Peru {spain}.",
    "The mentions of the ferry fell by 12% {trend}.",
    "Mentions declined by 12% {trend}.",
    "Most of the statements are direct {direct}.",
    "Okell has more than a third of the words, and less than half of them {okell}.",
    "There are too few documents for an interval {interval}.",
    "No interval is computed {interval}.",
    (
        "Ada Okell accounts for 37% of all attributed words (1,482 of 4,012, 95% CI 31% to 44%), more "
        "than any other speaker {okell}."
    ),
]

FAILS = [
    ("Varga has 37% of the words {okell}.", "who"),
    ("Union leader Cleo Varga accounts for 37% of the attributed words {okell}.", "who"),
    ("According to Varga, the port earned 25 million euros {earnings}.", "who"),
    ("Okell put the repairs at 1.2 million euros {repairs}.", "who"),
    ("“We never asked for more money,” Okell said {varga}.", "who"),
    ("Peru is named 41 times {spain}.", "who"),
    ("Okell has 37% {okell}; Maddox, the treasurer, follows with 22% {varga}.", "who"),
    ("The mentions of the ferry rose by 12% {trend}.", "direction"),
    ("Mentions doubled, by 12% {trend}.", "direction"),
    ("Spain is named 41 times, less than any other country {spain}.", "direction"),
    ("Few of the statements are direct {direct}.", "direction"),
    ("A majority of the words are hers {okell}.", "direction"),
    ("Okell has fewer words than Varga {okell} {varga}.", "direction"),
    ("An interval of 12 points separates the two {interval}.", "not computable"),
]

CERTAIN = [
    "This proves that 67% of the statements are direct {direct}.",
    "All statements are direct quotations {direct}.",
    "Okell never has less than 37% of the words {okell}.",
    "Undoubtedly 96 statements were made {said}.",
    "This settles once and for all that the corpus holds 7,838 words {words}.",
]


@pytest.mark.parametrize("text", AGREES)
def test_what_the_finding_says_in_other_words_passes_without_a_message(say: Say, text: str) -> None:
    assert say(text) == []


@pytest.mark.parametrize(("text", "kind"), FAILS)
def test_what_contradicts_the_finding_is_an_error_of_its_kind(say: Say, text: str, kind: str) -> None:
    assert ("error", kind) in [it[:2] for it in say(text)]


@pytest.mark.parametrize("text", CERTAIN)
def test_more_certainty_than_the_finding_has_is_a_warning(say: Say, text: str) -> None:
    assert ("warning", "certainty") in [it[:2] for it in say(text)]
    assert "error" not in [it[0] for it in say(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Of all attributed words, 37% belong to Cleo Varga {okell}.", "who"),
        ("The part of Ben Maddox in the attributed words is 37% {okell}.", "who"),
        ("Vera Unknown accounts for 37% of all attributed words {okell}.", "who"),
        ("Peru is named more often than Spain {peru} {spain}.", "direction"),
        ("“harbour” is rarer than “ferry” {harbour} {ferry}.", "direction"),
    ],
)
def test_another_name_or_order_is_an_error(say: Say, text: str, kind: str) -> None:
    assert ("error", kind) in [it[:2] for it in say(text)]


def test_what_is_proven_is_a_certainty(say: Say) -> None:
    assert ("warning", "certainty") in [
        it[:2] for it in say("As is proven here, the corpus holds 7,838 words {words}.")
    ]
