"""A clerk of a parliament's research service: sessions, sittings, divisions, columns of Hansard, statutes, annexes."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

CLERK = Hand(
    name="clerk",
    patterns={
        "corpus.documents": [
            "The service analysed {v} {u:documents} received between the 1st and the 14th sitting",
            "{v} {u:documents} were laid before the Committee (HC 214-II)",
        ],
        "corpus.words": [
            "They comprise {v} {u:words}",
            "They comprise about {k} {u:words}; the Official Report adds some 8 million a session",
        ],
        "corpus.earliest": [
            "The oldest paper is dated {date}",
            "The papers go back to {year}, when the House had 615 Members",
        ],
        "corpus.latest": [
            "The newest paper is dated {date}",
            "The papers run up to {year}; those of the 58th Parliament are closed",
        ],
        "corpus.kind.news": [
            "{of} documents are press reports",
        ],
        "corpus.kind.speech": [
            "{of} documents are speeches and statements, each limited to ten minutes under Standing Order No. 47",
        ],
        "statements.attributions": [
            "{v} attributed statements are found in {nd} {u:documents}",
            "{v} attributed statements are found. The Committee heard 31 witnesses over 9 sittings",
        ],
        "statements.speakers": [
            "{v} {u:speakers} are named, including Members of 5 parties",
        ],
        "statements.direct": [
            "{p} of attributed statements are direct quotations (95% confidence interval: {lo} to {hi})",
            "{of} attributed statements are direct quotations",
            "Members asked whether quotation is common: {p} of attributed statements are direct quotations",
            "{f} of attributed statements are direct quotations. Division 112 was carried by 301 votes to 287",
            "On the basis of {judged} judged sentences, the share of direct quotations is {est}",
        ],
        "statements.words": [
            "{who} (Member since 2011) contributes {p} of attributed words",
            "{who} contributes {of} attributed words",
            "{p} of attributed words are those of {who}, who spoke in 14 of the 22 debates on the Bill",
        ],
        "statements.floor": [
            "{who} contributes {p} of the words in turns (cols. 411–438)",
        ],
        "statements.turns": [
            "{v} {u:turns} were counted",
        ],
        "statements.questions": [
            "{v} {u:questions} were asked by journalists; Members tabled 1,906 for written answer",
        ],
        "claims.figures": [
            "{v} {u:figures} are asserted in {nd} {u:documents}",
            "{v} {u:figures} are asserted; the Budget documents alone have 4 volumes",
        ],
        "claims.claims": [
            "{v} {u:claims} are worth checking, of which the service can take on 3 a week",
        ],
        "claims.with_figures": [
            "{p} of the claims worth checking rest on a figure",
            "{of} claims worth checking rest on a figure",
            (
                "The share of claims worth checking that rest on a figure is {p}, rounded to 2 digits as in "
                "all our notes"
            ),
        ],
        "claims.named": [
            "{p} of the figures come from a named speaker",
            "{of} figures come from a named speaker (see Annex C, rows 12–40)",
        ],
        "claims.figures_of": [
            "{who} gives {p} of the figures",
            "{who} gives {of} figures, in answers to Questions 6 and 11",
        ],
        "actors.documents": [
            "{subject} is named in {p} of the documents",
            (
                "{subject} is named in {of} documents. The treaty has 14 parties and entered into force after "
                "9 ratifications"
            ),
        ],
        "actors.mentions": [
            "{subject} is named {v} times",
            "{subject} is named {v} times, as compared with a single mention in the Act of 1973",
        ],
        "actors.countries": [
            "{v} {u:countries} are named; the Committee has visited 7",
        ],
        "actors.together": [
            "{one} and {other} are named together in {v} {u:sentences}",
        ],
        "language.count": [
            "{term} occurs {v} times",
            "{term} occurs {v} times in {nd} {u:documents} and is defined in section 3(2)(b)",
        ],
        "language.rate": [
            "{term} occurs {v} times per 1,000 words",
            "{term} occurs {v} times per 1,000 words; in debates of the 1990s the Library found a rate below 1",
        ],
        "accuracy.precision": [
            "The tool's precision is {p}. The Library requires 75% for internal use",
        ],
        "accuracy.recall": [
            "The tool's recall is {p}",
        ],
        "language.words_per_sentence": [
            "Sentences have {v} words on average. Statutes have been found to average 46",
        ],
        "language.flesch_reading_ease": [
            "The reading ease is {v}, where plain English starts at 60",
        ],
    },
    whole=[
        "{who} stated: {quote}",
        "{quote,} {who} stated (Q117)",
        "In reply to Question 34, {who} stated {quote}",
        "At column 1021 {who} is recorded as saying {quote}",
    ],
    part=[
        "{who} referred to {quote}",
        "The expression {quote,} used by {who}, occurs on page 3",
    ],
    unnamed=[
        "a written submission",
        "the Official Report",
    ],
    compared={
        "language.count": (
            "{term} occurs {d} {term}",
            "more often than",
            "less often than",
        ),
        "language.rate": (
            "{term} is {d} {term}",
            "more frequent than",
            "less frequent than",
        ),
        "statements.words": (
            "{who} contributes {d} {who}",
            "more attributed words than",
            "fewer attributed words than",
        ),
        "actors.documents": (
            "{subject} is named in {d} {subject}",
            "more documents than",
            "fewer documents than",
        ),
        "actors.mentions": (
            "{subject} is named {d} {subject}",
            "more often than",
            "less often than",
        ),
        "claims.figures_of": (
            "{who} gives {d} {who}",
            "more figures than",
            "fewer figures than",
        ),
    },
    contrary={},
    sure=[
        "It is established beyond dispute that ",
        "The Committee can be certain that ",
        "Evidence proves that ",
    ],
    leads=[
        "",
        "",
        "4.17 ",
        "Paragraph 12. ",
        "(iii) ",
        "As the analysis shows {c}, ",
        "For the Member for Orsta East (3rd reading): ",
    ],
    joints=[
        "; ",
        ", and ",
        ", whereas ",
    ],
    spans=[
        "The papers are dated from {date} {c} to {date}{c}",
    ],
)
"""Written for the eighth round of measurement, before the command was run on any of it."""
