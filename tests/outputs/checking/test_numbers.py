"""Numbers beside a citation: those of the finding pass in any usual writing, others are told."""

from collections.abc import Callable, Sequence

import pytest

Say = Callable[..., Sequence[tuple[str, str, str]]]

AGREES = [
    "The corpus holds 7,838 words {words}.",
    "The corpus holds 7838 words {words}.",
    "The corpus holds 7 838 words {words}.",
    "The corpus holds 7\u202f838\u00a0words {words}.",
    "The corpus holds 7.8 thousand words {words}.",
    "The corpus holds some 7,800 words {words}.",
    "The corpus holds about 8,000 words {words}.",
    "The corpus holds nearly 8,000 words {words}.",
    "The corpus holds more than 7,500 words {words}.",
    "Seven thousand eight hundred and thirty-eight words were counted {words}.",
    "The 12 documents hold 7,838 words {words}.",
    "Twelve documents were read; one file was rejected {documents}.",
    "Ada Okell puts the earnings at 25 million euros in 2021 {earnings}.",
    "The port earned €25m in 2021 {earnings}.",
    "The port earned EUR 25 million {earnings}.",
    "The port earned 25,000,000 euros {earnings}.",
    "The port earned 25 000 000 euros {earnings}.",
    "The port earned twenty-five million euros {earnings}.",
    "The port earned 25,000 thousand euros {earnings}.",
    "The port earned 0.025 billion euros {earnings}.",
    "The port earned nearly 26 million euros {earnings}.",
    "The port earned more than 24 million euros {earnings}.",
    "The port earned no less than 25 million euros {earnings}.",
    "In an interview in 2023, Okell put the earnings at 25 million euros {earnings}.",
    "The port, which opened in 1887, earned 25 million euros in 2021 {earnings}.",
    "Okell has 37% of the words {okell}.",
    "Okell has 37 per cent of the words (95% CI 31% to 44%) {okell}.",
    "Okell has 37 percent of the words, with an interval of 31 to 44 percent {okell}.",
    "Okell has 36.9% of the words, that is 1,482 of 4,012 {okell}.",
    "Okell's share is 0.37 {okell}.",
    "More than a third of the words are Okell's {okell}.",
    "Well over a third of the words are Okell's {okell}.",
    "Okell has between 31–44% of the words {okell}.",
    "Two thirds of the statements are direct quotations {direct}.",
    "Two in three statements are direct quotations {direct}.",
    "Two out of three statements, 64 of 96, are direct quotations {direct}.",
    "Most statements are direct quotations {direct}.",
    "67 % of 96 statements are direct {direct}.",
    "A good 66.7% are direct {direct}.",
    "The ferry comes up 4.2 times per 1,000 words (95 percent CI: 3.3–5.1) {rate}.",
    "The ferry comes up four times per thousand words {rate}.",
    "A sentence has 18 words on average {sentence}.",
    "A sentence has 18.4 words, up to a maximum that was not recorded {sentence}.",
    "The first document is of 14 February 2022 {earliest}.",
    "The first document is of February 2022 {earliest}.",
    "The first document is of 14 February {earliest}, the last of 30 June.",
    "In section 3 and Table 12 the corpus of 7,838 words is described {words}.",
    "On page 14, resolution 242 is weighed in 7,838 words {words}.",
    "At 10:30 on 3 May 1999 the G7 knew of COVID-19 and 7,838 words {words}.",
    "Okell, 61, has 37% of the words {okell}.",
    "Of the two women, Okell has 37% and Varga 22% {okell} {varga}.",
    "Okell has 37% {okell} and Varga 22% {varga} of 4,012 words.",
    "The corpus holds 12 documents. They have 7,838 words. {words} {documents}",
    "Some novels have 90,000 words. This corpus holds 7,838 words {words}.",
    "@otr.harbour.corpus.words says that there are 7,838 words.",
    "| Words | 7,838 | {words} |",
    "| 1 | Words | 7,838 | {words} |",
    "# A corpus of 7,838 words {words}",
    "1. The corpus holds 7,838 words {words}.\n2. It has 12 documents {documents}.",
    "The corpus holds `999` words, or 7,838 {words}.",
    "The mentions fell by 12% {trend}.",
    "No interval can be given for 3 documents {interval}.",
    "64 of the 96 statements, or about 67%, are direct {direct}.",
    "The port earned 25 million euros in 2021 {earnings}, and will be 135 years old in 2023.",
]

FAILS = [
    ("The corpus holds 7,839 words {words}.", "number"),
    ("The corpus holds 7,383 words {words}.", "number"),
    ("The corpus holds 8,838 words {words}.", "number"),
    ("The corpus holds 78,380 words {words}.", "magnitude"),
    ("The corpus holds more than 7,838 words {words}.", "number"),
    ("The corpus holds more than 8,000 words {words}.", "number"),
    ("The corpus holds nearly 7,000 words {words}.", "number"),
    ("The corpus holds about 9,000 words {words}.", "number"),
    ("Six thousand words were counted {words}.", "number"),
    ("The 13 documents hold 7,838 words {words}.", "number"),
    ("Eleven documents were read {documents}.", "number"),
    ("Okell puts the earnings at 24 million euros {earnings}.", "number"),
    ("Okell puts the earnings at 25 billion euros {earnings}.", "magnitude"),
    ("Okell puts the earnings at 25 thousand euros {earnings}.", "magnitude"),
    ("Okell puts the earnings at 25 million dollars {earnings}.", "unit"),
    ("The port earned €52m {earnings}.", "number"),
    ("The port earned 25 million euros in 2020 {earnings}.", "period"),
    ("The port earned 25 million euros during 2022 {earnings}.", "period"),
    ("The port earned nearly 24 million euros {earnings}.", "number"),
    ("The port earned more than 25 million euros {earnings}.", "number"),
    ("Okell has 38% of the words {okell}.", "rounding"),
    ("Okell has 73% of the words {okell}.", "number"),
    ("Okell has 3.7% of the words {okell}.", "magnitude"),
    ("Okell has 37 percentage points of the words {okell}.", "unit"),
    ("Okell has 37% of the words, that is 1,428 of 4,012 {okell}.", "number"),
    ("Okell has 37% of the words (95% CI 31% to 45%) {okell}.", "number"),
    ("Okell has 37% of the words (90% CI 31% to 44%) {okell}.", "number"),
    ("Half of the words are Okell's {okell}.", "number"),
    ("More than half of the words are Okell's {okell}.", "number"),
    ("Three quarters of the statements are direct quotations {direct}.", "number"),
    ("One in three statements is a direct quotation {direct}.", "number"),
    ("63 of 96 statements are direct quotations {direct}.", "number"),
    ("64 of 97 statements are direct quotations {direct}.", "number"),
    ("Okell has 44% of the words {okell}.", "number"),
    ("Okell has 37% of the words, 1,482 of 4,112 {okell}.", "number"),
    ("Spain is named 41 times in 17 documents {spain}.", "number"),
    ("The ferry comes up 4.3 times per 1,000 words {rate}.", "rounding"),
    ("The ferry comes up 4.2 times per 10,000 words {rate}.", "magnitude"),
    ("A sentence has 18.5 words on average {sentence}.", "rounding"),
    ("A sentence has 17 words on average {sentence}.", "number"),
    ("The first document is of 15 February 2022 {earliest}.", "period"),
    ("The first document is of 14 February 2021 {earliest}.", "period"),
    ("The first document is of 2022-02-13 {earliest}.", "period"),
    ("The first document is of 13 February {earliest}.", "period"),
    ("The corpus holds 96 attributed statements {words}.", "swapped key"),
    ("The corpus holds 7,838 words {said}.", "swapped key"),
    ("It has 7,838 words {documents} in 12 documents, not counting the 96 statements {said}.", "swapped key"),
    ("It has 96 statements {words} in 7,838 words {said}.", "swapped key"),
    ("The corpus holds 13 documents. They have 7,838 words. {words} {documents}", "number"),
    ("Spain is named 42 times {spain}.", "number"),
    ("| Words | 7,383 | {words} |", "number"),
    ("# A corpus of 7,383 words {words}", "number"),
    ("1. The corpus holds 7,383 words {words}.\n2. It has 12 documents {documents}.", "number"),
    ("*The corpus* holds **7,383** words {words}.", "number"),
    ("The corpus holds 7,383 words.[^a]\n\n[^a]: {words}", "number"),
]

DOUBTFUL = [
    "The corpus holds 7,838 words, and 17 cranes {words}.",
    "The corpus holds more than 5,000 words {words}.",
    "The corpus holds 7,838 words by 31 journalists {words}.",
    "It holds 7,383 words. They come from 12 documents {words} {documents}.",
]


@pytest.mark.parametrize("text", AGREES)
def test_a_number_of_the_finding_passes_without_a_message(say: Say, text: str) -> None:
    assert say(text) == []


@pytest.mark.parametrize(("text", "kind"), FAILS)
def test_another_number_is_an_error_of_its_kind(say: Say, text: str, kind: str) -> None:
    assert ("error", kind) in [it[:2] for it in say(text)]


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_number_that_may_be_of_something_else_is_a_warning(say: Say, text: str) -> None:
    assert [it[0] for it in say(text)] == ["warning"]


def test_the_message_says_both_numbers_and_the_key(say: Say) -> None:
    [(_, _, message)] = say("Okell puts the earnings at 24 million euros {earnings}.")
    key = "otr.harbour.claims.value.ada+okell.earnings+of+the+port.2021"
    assert message == f"says 24 million euros; {key} says 25 million euros"


def test_an_unknown_key_is_told_with_the_nearest_one(say: Say) -> None:
    [(severity, kind, message)] = say("The corpus holds 7,838 words [@otr.harbour.corpus.wrods].")
    assert (severity, kind) == ("error", "key")
    assert message.endswith("did you mean otr.harbour.corpus.words?")


@pytest.mark.parametrize("key", ["otr.harbour", "otr.harbour.collection", "otr.harbour.documents.budget"])
def test_the_run_itself_and_its_parts_are_known(say: Say, key: str) -> None:
    assert say(f"The texts [@{key}] were read in 99 days.") == []


INCIDENTAL = [
    "The council met on 3 May 2031. The earliest date of a document is 14 February 2022 {earliest}.",
    "The council met on 3 May 2031. No interval is computed, because there are fewer than 10 documents. {interval}",
    "The survey has 4 parts. Part 2 came out on 11 June 2031. The corpus holds 7,838 words. {words}",
    "A word on method, because 2 readers in 10 skip it: the corpus holds 7,838 words {words}.",
    "Last, and at a last reading: the earliest date of a document is 2022-02-14 {earliest}.",
    "Here is what the run says: No interval is computed, because there are fewer than 10 documents. {interval}",
    "At least 60 ports asked. Two in three attributed statements are direct quotations {direct}.",
    "Spain is named more often than Peru {spain} {peru}.",
]


@pytest.mark.parametrize("text", INCIDENTAL)
def test_what_an_earlier_sentence_or_a_lead_counts_is_no_error(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[0] == "error"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Okell has 39% of the attributed words. She has 37% of all words {okell}.", "number"),
        ("Okell has 37 percentage points of all attributed words. Her share is 37% {okell}.", "unit"),
        ("The corpus holds 7,838 speakers. The texts run to 7,838 words {words}.", "unit"),
        ("The text names Spain forty times {spain}.", "number"),
        ("“harbour” occurs sixty-eight times {harbour}.", "number"),
        ("The corpus holds some 8,200 words {words}.", "number"),
        ("The corpus holds 12 documents; 3 file was rejected {documents}.", "number"),
        ("The corpus holds 12 speakers {documents}.", "unit"),
    ],
)
def test_a_number_of_the_findings_kind_is_an_error_wherever_it_stands(say: Say, text: str, kind: str) -> None:
    assert ("error", kind) in [it[:2] for it in say(text)]
