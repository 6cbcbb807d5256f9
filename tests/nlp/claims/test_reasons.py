"""Why a clause is worth checking: each reason on invented sentences, and what is no reason."""

import re
from typing import Any

import pytest

from research.loading import Span
from research.nlp.claims import reasons
from research.nlp.claims.lexicon import first_words, plain, run_words, words
from research.nlp.claims.reasons import REASONS, Clause, Judged, judged
from research.nlp.text.lists import word_list


def of(said: str, *names: str, **more: Any) -> Judged:
    """Judge a sentence as one clause, with these names in it."""
    found = [{"start": said.index(name), "end": said.index(name) + len(name)} for name in names]
    return judged(Clause(said, Span(0, len(said)), names=found, **more))


def figure(kind: str, value: float | None = 1e6, **more: Any) -> dict[str, Any]:
    return {"start": 0, "end": 1, "kind": kind, "value": value, "low": None, "high": None} | more


@pytest.mark.parametrize(
    ("said", "names", "reason"),
    [
        ("Orland has the longest coast on the continent", ("Orland",), "superlative"),
        ("Never before had so many voted in Castrel", ("Castrel",), "superlative"),
        ("It was the first time that the gates closed", (), "superlative"),
        ("Prices are higher than in Maravel", ("Maravel",), "comparison"),
        ("Imports exceed exports", (), "comparison"),
        ("Trade between the two keeps rising", (), "trend"),
        ("The harvest fell again", (), "trend"),
        ("Wages have dropped since the strike", (), "trend"),
        ("Orland does not sell arms", ("Orland",), "denial"),
        ("We have never closed the border", (), "denial"),
        ("The report is false", (), "denial"),
        ("Maravel violated the treaty", ("Maravel",), "allegation"),
        ("The aggression of Maravel goes on", ("Maravel",), "allegation"),
        ("Orland is a member of the commission", ("Orland",), "present state"),
        ("We will open the bridge by 2040", (), "promise"),
    ],
)
def test_each_reason_is_told_by_its_words(said: str, names: tuple[str, ...], reason: str) -> None:
    assert reason in of(said, *names).reasons


@pytest.mark.parametrize(
    ("said", "names", "reason"),
    [
        ("I bring you the warmest greetings of my people", (), "superlative"),
        ("He is the honest son of a priest from Budapest", (), "superlative"),
        ("We must meet at the earliest possible date", (), "superlative"),
        ("It cost more than 200 crowns", (), "comparison"),
        ("Rather than wait, he left", (), "comparison"),
        ("We must increase our efforts", (), "trend"),
        ("The increase was welcome", (), "trend"),
        ("He fell short of his aim", (), "trend"),
        ("We do not believe in war", (), "denial"),
        ("It is not only a question of money", (), "denial"),
        ("The invasion was long ago and Orland recovered", ("Orland",), "allegation"),
        ("Maravel was occupied for years", ("Maravel",), "allegation"),
        ("It signed the Treaty on Corruption of Ansted", ("Treaty on Corruption of Ansted",), "allegation"),
        ("We will open the bridge", (), "promise"),
        ("The sun is warm", (), "present state"),
    ],
)
def test_words_that_only_look_like_a_reason_are_none(said: str, names: tuple[str, ...], reason: str) -> None:
    assert reason not in of(said, *names).reasons


@pytest.mark.parametrize(
    ("kind", "value", "more_than"),
    [("money", 1e6, 0.5), ("percentage", 3, 0.5), ("count", 4000, 0.4), ("count", 2, 0.1), ("duration", 50, 0.1)],
)
def test_a_sum_of_money_weighs_more_than_two_sides_or_fifty_years(kind: str, value: float, more_than: float) -> None:
    judgement = of("It was so", quantities=[figure(kind, value)])
    assert judgement.reasons == ("figure",)
    assert more_than < judgement.score < more_than + 0.1


def test_a_figure_without_a_value_is_as_heavy_as_its_bounds() -> None:
    assert of("so", quantities=[figure("count", None, low=5000)]) == of("so", quantities=[figure("count", 5000)])


def test_a_clause_with_an_entry_of_the_lexicon_has_its_first_word() -> None:
    groups = [name for name in word_list("claims.txt") if "verbs" not in name]
    for group in groups:
        for entry in word_list("claims.txt")[group]:
            said = f"“{entry.replace('_', ' ')}”, they said"
            if words(group).search(said):
                assert not run_words(said).isdisjoint(first_words(group)), (group, entry)
    assert {"grow", "grows", "grew"} & first_words("trend verbs", "irregular trends")


def test_reasons_come_in_the_order_of_their_weight() -> None:
    judgement = of("Trade with Orland rose to the highest level ever", "Orland", quantities=[figure("money")])
    assert judgement.reasons == ("figure", "superlative", "trend")


def test_several_reasons_make_a_claim_more_worth_checking_and_never_surely_so() -> None:
    one = of("Exports rose", quantities=[figure("money")]).score
    two = of("Exports rose and are higher than imports", quantities=[figure("money")]).score
    assert 0 < of("Exports rose").score < one < two < 1


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("Exports rose", {"asked": True}),
        ("Exports rose", {"hoped": True}),
        ("I thank those by whom exports rose", {}),
        ("Perhaps exports rose", {}),
        ("We hope that exports rose", {}),
        ("They should see that exports rose", {}),
    ],
)
def test_questions_courtesies_wishes_and_opinions_weigh_less(said: str, more: dict[str, Any]) -> None:
    assert 0 < of(said, **more).score < of("Exports rose").score


def test_what_somebody_is_accused_of_is_an_allegation_whatever_its_words() -> None:
    assert of("Orland moves away from us", "Orland", accused=True).reasons[0] == "allegation"


def test_a_promise_may_have_its_date_from_the_layer_of_times() -> None:
    ahead = [{"start": 0, "end": 1, "period_start": "2032-01-01", "period_end": "2032-12-31"}]
    assert "promise" in of("We will open it in a year", times=ahead, date="2031-02-03").reasons
    assert "promise" not in of("We will open it in a year", times=ahead, date="2033-02-03").reasons


@pytest.mark.parametrize(
    "said",
    [
        "We will build 100 schools by 2040",
        "We'll build 100 schools by 2040",
        "My Government will also open the dam in 2040",
        "The ministry will repair the bridge next year",
        "This coalition will not raise tolls before 2040",
        "I will be opening the dam next month",
        "We are going to close the mine by 2040",
        "We’re going to open the dam next year",
        "By 2040 we will have opened the dam",
        "Orland plans to open the dam by 2040",
        "The mayor pledged that tolls end by 2040",
        "We commit ourselves to a ban by 2040",
    ],
)
def test_a_promise_is_what_its_speaker_will_do(said: str) -> None:
    assert {"promise", "forecast"} & set(of(said).reasons) == {"promise"}


@pytest.mark.parametrize(
    "said",
    [
        "The economy will grow by 3 per cent next year",
        "Our economy will grow next year",
        "We will face a drought by 2040",
        "We will have fewer farms by 2040",
        "We shall be celebrating our founding next year",
        "Exports are expected to fall in 2040",
        "The river will rise by 2040, and the government knows it",
        "Orland will be dry before 2040",
        "Under this plan tolls will rise by 2040",
    ],
)
def test_a_forecast_is_what_else_is_to_come(said: str) -> None:
    assert {"promise", "forecast"} & set(of(said).reasons) == {"forecast"}


@pytest.mark.parametrize(
    "said", ["The economy will grow", "The economy grew in 2040", "We expect rain", "The plan of 2040"]
)
def test_without_a_date_or_a_word_of_what_comes_there_is_neither(said: str) -> None:
    assert not {"promise", "forecast"} & set(of(said).reasons)


def test_every_reason_is_weighed_and_explained() -> None:
    assert list(reasons._WEIGH) == list(REASONS)
    assert of("Nothing here") == Judged((), 0.0)


# --- the words ---


def test_the_list_is_in_small_letters_and_has_no_word_twice_under_a_heading() -> None:
    for heading, entries in word_list("claims.txt").items():
        assert len(entries) == len(set(entries)), heading
        assert all(entry == plain(entry) for entry in entries)


def test_verbs_count_in_all_their_regular_forms() -> None:
    found = words("trend verbs").findall("to drop drops dropped dropping, accelerate accelerating, deteriorates")
    assert found == ["drop", "drops", "dropped", "dropping", "accelerate", "accelerating", "deteriorates"]


def test_small_letters_keep_every_offset() -> None:
    said = "İzmir’s TRADE"
    assert len(plain(said)) == len(said)
    assert plain(said).endswith("'s trade")


def test_patterns_take_time_linear_in_the_text() -> None:
    long = "the most the most never does not " * 2_000
    assert of(long).score < 1
    assert re.compile(words("unique").pattern).search(long) is None
