"""What a careful reader holds against a report: a stranger's name, a unit behind a printed value, words nearby."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from research.outputs.check import check

Say = Callable[..., Sequence[tuple[str, str, str]]]


@pytest.mark.parametrize(
    "text",
    [
        "Hedda Marlowe led with 37% of the attributed words {okell}.",
        "To Viktor Brenna are attributable 37% of the attributed words {okell}.",
        "Nearest the microphone was Dr Ines Valdane, who had 37% of the attributed words {okell}.",
        "37% of the attributed words are spoken by Jorund Halvik {okell}.",
        "Tamaris is named 41 times {spain}.",
        "There are 41 mentions of the Republic of Tamaris {spain}.",
        "A named speaker, Agnes Tollivar, has 1,482 of 4,012 attributed words {okell}.",
    ],
)
def test_a_name_that_the_run_does_not_know_is_an_error_in_the_place_of_the_findings(say: Say, text: str) -> None:
    assert [it[:2] for it in say(text)] == [("error", "who")]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor has 37% of the attributed words, as the Library of Tarn found on Monday {okell}.",
        "Her share of the attributed words is 37% in Table 4 {okell}.",
        "Readability apart, 37% of the attributed words are hers {okell}.",
        "The largest share, 37% of the attributed words, was counted in Tarn {okell}.",
        "As Hedda Marlowe says, Okell has 37% of the attributed words {okell}.",
        "The share is 37% (Marsh 2017) {okell}.",
        "EUR 25 million were earned by the port in May 2021 {earnings}.",
    ],
)
def test_another_name_beside_the_findings_or_for_a_place_is_none(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[1] == "who"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Mean sentence length is 18.4 ± 0.9 words, and the rate is 4.21 ± 0.19 per 1,000 words {rate}.",
        "“Ferry” comes up 4.21 times per 1,000 words, plus or minus 0.19 {rate}.",
        "“Ferry” comes up 4.21 times per 1,000 words, give or take 0.3 {rate}.",
    ],
)
def test_a_number_behind_a_plus_minus_that_is_not_half_of_the_interval_is_an_error(say: Say, text: str) -> None:
    assert ("error", "number") in [it[:2] for it in say(text)]


def test_half_of_the_interval_passes_behind_a_plus_minus(say: Say) -> None:
    assert say("“Ferry” comes up 4.21 ± 0.91 times per 1,000 words {rate}.") == []
    assert say("“Ferry” comes up 4.21 times per 1,000 words, plus or minus 0.9 {rate}.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Key point 2 of 6: Okell has 37% of the attributed words {okell}.",
        "5/ Okell has 37% of the attributed words {okell}.",
        "Result 4 (see also Marsh 2017, pp. 101–109): Okell has 37% of the attributed words {okell}.",
        "Example (1) is from Okell, with 37% of the attributed words {okell}.",
        "Okell has 37% of the attributed words (95% CI [31%, 44%]) {okell}.",
        "“Ferry” comes up 4.21 times per 1,000 words (95% CI [3.30, 5.12]) {rate}.",
        "In one passage after the other, 96 passages in all, somebody is quoted {said}.",
    ],
)
def test_a_label_a_bracketed_interval_and_a_determiner_are_no_wrong_numbers(say: Say, text: str) -> None:
    assert say(text) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("One attributed word in three is Okell's {okell}.", False),
        ("One attributed word in five is Varga's {varga}.", True),
        ("One attributed word in six is Varga's {varga}.", False),
        ("Fewer than two in three statements are direct quotations {direct}.", False),
    ],
)
def test_one_in_so_many_is_the_nearest(say: Say, text: str, holds: bool) -> None:
    assert (say(text) == []) is holds


def test_words_of_a_document_that_no_cited_passage_takes_in_are_an_error(say: Say) -> None:
    found = say("“A reader wrote that the ferry is late”, says a letter {okell}.")
    assert [it[0] for it in found] == ["error"]
    beside = say("“Treasurer Ben Maddox called the figure brave” {okell}.")
    assert [(it[0], it[1]) for it in beside] == [("error", "quotation")]
    assert "beside the evidence" in beside[0][2]


def test_a_sentence_around_a_cited_passage_may_be_quoted(say: Say) -> None:
    assert say("“The harbour will not close,” Okell said. {okell}") == []
    assert (
        say("One text has “Mayor Ada Okell told the council that the port earned 25 million euros” {earnings}.") == []
    )


PRINTED = [
    (r"The corpus holds \finding{corpus.words} words.", ""),
    (r"The corpus holds \finding{corpus.words} documents.", "says 7,838 documents"),
    (r"They have \finding{statements.words.ada_okell} of the words.", ""),
    (r"They have \finding{statements.words.ada_okell}\% of the words.", "says 37%%"),
    (r"They have \finding{statements.words.ada_okell} percentage points.", "says 37% percentage points"),
    (r"Spain is named \finding{actors.mentions.spain} times.", ""),
    (r"There are \finding{statements.attributions} speakers.", "says 96 speakers"),
]


@pytest.mark.parametrize(("text", "said"), PRINTED)
def test_the_unit_behind_a_value_that_latex_prints(room: Path, text: str, said: str) -> None:
    report = room / "printed.tex"
    report.write_text(rf"\documentclass{{article}}\begin{{document}}{text}\end{{document}}", encoding="utf-8")
    found = [it for it in check([str(report)], ["harbour"]).messages if it.kind != "stale"]
    assert [(it.kind, it.severity) for it in found] == ([("unit", "error")] if said else [])
    assert all(said in it.message for it in found)


def test_a_term_beside_a_cited_passage_may_be_quoted(say: Say) -> None:
    assert say("“Harbour” occurs 58 times {harbour}, and “Treasurer” is another matter {okell}.") == []


def test_a_changed_number_in_a_quotation_of_two_words_is_an_error(say: Say) -> None:
    assert say("It pays for “4 schools” {okell}.") == []
    assert [it[:2] for it in say("It pays for “5 schools” {okell}.")] == [("error", "quotation")]


def test_another_level_is_an_error_where_only_one_of_two_findings_has_an_interval(say: Say) -> None:
    text = "Okell has 37% of the words (90% CI 31% to 44%); the corpus holds 7,838 words {okell}{words}."
    assert ("error", "number") in [it[:2] for it in say(text)]


def test_the_passage_below_a_message_is_the_one_that_was_quoted(room: Path) -> None:
    report = room / "quoted.md"
    cite = "[@otr.harbour.statements.words.cleo+varga]"
    report.write_text(
        f"“We asked for safe cranes, wet sheds and a doctor on the quay,” she said {cite}.\n", encoding="utf-8"
    )
    [found] = [it for it in check([str(report)], ["harbour"]).messages if it.kind == "quotation"]
    assert "[We asked for safe cranes, dry sheds" in found.passage


@pytest.mark.parametrize(
    "text",
    [
        "The corpus holds 7,838 words {harbour}; “harbour” occurs 58 times in 11 documents {words}.",
        "“Harbour” was counted 58 times {words}, and the texts have 7,838 words {harbour}.",
        "37% of the words are Okell's {varga}, 22% are Varga's {okell}.",
    ],
)
def test_two_citations_that_have_changed_places_are_told(say: Say, text: str) -> None:
    assert ("error", "swapped key") in [it[:2] for it in say(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Spain gets more mentions than Viktor Brenna {spain}{peru}.",
        "Tamaris is named more often than Peru {spain}{peru}.",
        "The frequency of Tamaris exceeds that of Peru {spain}{peru}.",
    ],
)
def test_a_stranger_in_a_comparison_of_two_findings_is_an_error(say: Say, text: str) -> None:
    assert ("error", "who") in [it[:2] for it in say(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The texts begin in 2019, two mayors ago {earliest}.", "period"),
        ("The frequency of Spain is below that of Peru {spain}{peru}.", "direction"),
        ("Spain is named on four occasions {spain}.", "number"),
        ("Sources lean on a figure 67 percentage points of the time {direct}.", "unit"),
    ],
)
def test_a_date_an_order_a_count_and_a_unit_in_other_words(say: Say, text: str, kind: str) -> None:
    assert ("error", kind) in [it[:2] for it in say(text)]


@pytest.mark.parametrize("lead", ["One thing is absolutely certain: ", "It is now certain that ", "For a fact, "])
def test_a_certainty_in_other_words_is_a_warning(say: Say, lead: str) -> None:
    assert [it[:2] for it in say(f"{lead}37% of the attributed words are Okell's {{okell}}.")] == [
        ("warning", "certainty")
    ]


def test_words_in_the_base_of_a_share_are_not_its_speakers(say: Say) -> None:
    assert say("Varga said: “We never asked for more money” {varga}.") == []


def test_a_heading_in_capitals_names_nobody(say: Say) -> None:
    assert say("# Who Has The Most Words: 37% {okell}\n") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The records run from 14 February 2022 {earliest} until 30 June 2024 {latest}.", "period"),
        (
            "Our window stops in 2019, when the archive closed. It closes with a text from 30 June 2022 {latest}.",
            "period",
        ),
        ("“Harbour” occurs 5,800 times in 11 documents. It is a word of the docks {harbour}.", "number"),
        ("Out of the murmur step 28 documents {documents}.", "number"),
    ],
)
def test_a_wrong_end_another_closing_date_and_a_step_are_told(say: Say, text: str, kind: str) -> None:
    assert ("error", kind) in [it[:2] for it in say(text)]


@pytest.mark.parametrize(
    "text",
    [
        "At half past ten, over the second cup: Okell has 37% of the attributed words {okell}.",
        "My notebook 7 has it {okell}: Okell has 37% of the attributed words.",
    ],
)
def test_hours_and_notebooks_are_no_results(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[0] == "error"] == []


def test_a_date_before_the_findings_own_sentence_is_of_something_else(say: Say) -> None:
    assert say("As preregistered on 4 May 2033, The latest date of a document is 2022-06-30 {latest}.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Okell has 37% of the attributed words {okell}; readers of our 2018 note will recall a quarter.",
        "Okell has 37% of the attributed words, against half in our 2018 note {okell}.",
        "Under the null hypothesis of 50% the observed 37% of attributed words would be low {okell}.",
        "The average sentence has 18.4 words, against the 20 that the guide of 2011 recommends {sentence}.",
        "Okell has 37% of the attributed words, not the 90% that a viral post has it {okell}.",
    ],
)
def test_a_number_that_is_compared_with_the_findings_value_is_no_error(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[0] == "error"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Okell has 47% of the attributed words, against a quarter in our 2018 note {okell}.",
        "Okell has 37% of the attributed words, 1,483 of 4,012, against a quarter in our 2018 note {okell}.",
    ],
)
def test_a_wrong_value_beside_such_a_number_is_an_error(say: Say, text: str) -> None:
    assert ("error", "number") in [it[:2] for it in say(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The corpus holds 12 documents (threshold 0.5) {documents}.",
        "The corpus holds 96 attributed statements (inter-annotator F1 of 0.97 on a pilot) {said}.",
        "The corpus holds 12 documents, as Regulation 1049 demands {documents}.",
        "“Ferry” comes up 4.21 times per 1,000 words, with a 95% bootstrap CI of 3.30 to 5.12 {rate}.",
        "The average sentence has 18.4 words; this one has six {sentence}.",
        "The first text is from 2022, i.e. after the reform of 1998 {earliest}.",
    ],
)
def test_settings_names_and_other_years_are_no_results(say: Say, text: str) -> None:
    assert say(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Spain is named in 41 percentage points of the documents {spain}.", "unit"),
        ("A tenth of the attributed words are Okell's {okell}.", "number"),
        (
            "We count “harbour” 59 times. “Harbour” has a frequency of 58 and stands in 11 documents {harbour}.",
            "number",
        ),
        ("The corpus holds 12 documents {documents}.^[It has 99 words {words}.]", "number"),
        ("| Documents^[It has 99 words {words}.] | 12 | {documents} |", "number"),
        ("The port earned 25 million euros.^[The interval is 14% {interval}.]", "not computable"),
    ],
)
def test_a_fault_in_other_words_or_in_a_footnote_in_the_line(say: Say, text: str, kind: str) -> None:
    assert ("error", kind) in [it[:2] for it in say(text)]


@pytest.mark.parametrize(
    "text",
    [
        "No interval can be given, as there are fewer than 10 documents {interval}.",
        "An interval would need 10 documents {interval}.",
        "Interval: n/a {interval}.",
        "The interval was never estimated {interval}.",
        "Neither of the two could be estimated, the interval for want of documents {interval}.",
    ],
)
def test_a_report_that_says_why_there_is_no_result_is_right(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[0] == "error"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fewer than 14% are in the interval {interval}.", "not computable"),
        ("No interval is computed, because there are fewer than 20 documents {interval}.", "number"),
    ],
)
def test_a_result_or_another_reason_where_there_is_none_is_an_error(say: Say, text: str, kind: str) -> None:
    assert ("error", kind) in [it[:2] for it in say(text)]


@pytest.mark.parametrize(
    "text",
    [
        "TARN, May 14 - Okell has 37% of the attributed words {okell}.",
        "TARN, May 14 - One text has it: “The harbour will not close” {okell}.",
        "Tarn, 14 May – Her share of the attributed words is 37% {okell}.",
        "In [7]: Okell has 37% of the attributed words {okell}.",
        "With reference to your minute (212-4/34): the sources say little, 96 passages in all {said}.",
        "The corpus holds 12 documents, more than the constitution has, with its 58 amendments {documents}.",
        "Grep for “The harbour will not close” and you find the mayor {okell}.",
        "> Part 2 of 4\n\nOkell talks most, with 37% of the attributed words {okell}.",
        "> Part 2 of 4\n\nThe corpus has a dozen documents {documents}.",
    ],
)
def test_datelines_references_and_notes_are_no_faults(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[0] == "error"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The words number 7,938, more than the charter and its 30 parts {words}.", "number"),
        ("Claim 2 of 3 – 13 of 12 documents have a date {documents}.", "number"),
        ("The records go back to 2019. The first text is from 14 February 2022 {earliest}.", "period"),
        ("Spain was mentioned twelve times. Spain is named 41 times in 9 documents {spain}.", "number"),
        ("Tamaris was mentioned 41 times, they said in a paper {spain}.", "who"),
        ("The words number 7,838 {spain}, more than the charter; Spain is named 41 times {words}.", "swapped key"),
        ("The search found seventy documents {documents}, against all odds.", "number"),
    ],
)
def test_a_fault_beside_an_aside_is_still_an_error(say: Say, text: str, kind: str) -> None:
    assert ("error", kind) in [it[:2] for it in say(text)]


@pytest.mark.parametrize(
    "text",
    [
        "**20:15** Spain appears in 41 percentage points of the documents {spain}.",
        "The average sentence has 18.0 words {sentence}.",
    ],
)
def test_a_wrong_number_behind_a_time_of_day_or_with_a_zero_behind_the_point_is_an_error(say: Say, text: str) -> None:
    assert "error" in [it[0] for it in say(text)]


@pytest.mark.parametrize(
    "text",
    [
        "**20:10** In 37% of the attributed words we hear Okell {okell}.",
        "**20:10** In 1,482 of 4,012 attributed words we hear Okell {okell}.",
        "**20:10** In 96 attributed statements somebody is heard {said}.",
        "**20:15** Okell accounts for 37% of the attributed words {okell}.",
        "The corpus holds about 7,840 words {words}.",
    ],
)
def test_a_time_of_day_is_no_part_of_a_share(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[0] == "error"] == []
