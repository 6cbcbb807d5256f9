"""A doctoral candidate: literature with pages, coefficients, coding rules, ordinals, "two thirds of the coders"."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

CANDIDATE = Hand(
    name="candidate",
    patterns={
        "corpus.documents": [
            "The corpus comprises {v} {u:documents}",
            "The corpus comprises {v} {u:documents}, or 0.4 percent of the population (see Section 3.1)",
        ],
        "corpus.words": [
            "It has {v} {u:words}",
            "It has {v} {u:words}, against 1.9 million in Tadić (2018, pp. 33–35)",
        ],
        "corpus.earliest": [
            "The period of study opens on {date}",
            "The period of study opens in {year}, one legislature after the second enlargement",
        ],
        "corpus.latest": [
            "The period of study closes on {date}",
            "The period of study closes in {year}",
        ],
        "corpus.kind.news": [
            "Of the texts, {of} documents are news",
        ],
        "corpus.kind.speech": [
            "Of the texts, {of} documents are speeches and statements",
        ],
        "statements.attributions": [
            "{v} attributed statements were extracted",
            (
                "{v} attributed statements were extracted from {nd} {u:documents}; two coders with 20 hours "
                "of training checked every tenth"
            ),
        ],
        "statements.speakers": [
            "{v} {u:speakers} are named, which suggests a long tail (exponent 1.7)",
        ],
        "statements.direct": [
            (
                "Direct quotations make up {p} of attributed statements (95 % CI {lo} to {hi}), set against the "
                "50 percent posited by H2"
            ),
            "Direct quotations make up {of} attributed statements",
            (
                "I find that {p} of attributed statements are direct quotations, whereas Bell's (1991) "
                "classic sample of 290 stories has very few"
            ),
            "{f} of attributed statements are direct quotations, a pattern on which 4 of 5 reviewers remarked",
            "The {judged} judged sentences imply that direct quotations make up {est}",
        ],
        "statements.words": [
            "{who} accounts for {p} of attributed words",
            "{who} accounts for {of} attributed words (entropy: 2.3 bits)",
            "At {p} of attributed words, {who} exceeds what the indexing norm predicts by a factor of two or three",
        ],
        "statements.floor": [
            "{who} holds {p} of the words in turns (cf. Figure 4.7)",
        ],
        "statements.turns": [
            "The transcripts contain {v} {u:turns}",
        ],
        "statements.questions": [
            "Journalists ask {v} {u:questions}, of which the first ten served as a pretest",
        ],
        "claims.figures": [
            "{v} {u:figures} are asserted in {nd} {u:documents}",
            "{v} {u:figures} are asserted, with Krippendorff's alpha at 0.81 for their units",
        ],
        "claims.claims": [
            "{v} {u:claims} are deemed worth checking (threshold 0.5)",
        ],
        "claims.with_figures": [
            "{p} of the claims worth checking rest on a figure",
            "{of} claims worth checking rest on a figure",
            "That {p} of the claims worth checking rest on a figure supports H3 at the 5% level",
        ],
        "claims.named": [
            "{p} of the figures are given by a named speaker",
            "{of} figures are given by a named speaker, see Table 5 (column 3)",
        ],
        "claims.figures_of": [
            "{who} gives {p} of the figures",
            "{who} gives {of} figures",
        ],
        "actors.documents": [
            "{subject} is named in {p} of the documents",
            "{subject} is named in {of} documents (rank correlation with trade volume: 0.58)",
        ],
        "actors.mentions": [
            "{subject} is named {v} times",
            "{subject} is named {v} times, about as predicted by model 3",
        ],
        "actors.countries": [
            "{v} {u:countries} are named",
        ],
        "actors.together": [
            "{one} and {other} co-occur in {v} {u:sentences}, a tie of the 1st order",
        ],
        "language.count": [
            "{term} has {v} occurrences",
            "{term} has {v} occurrences in {nd} {u:documents} (window of 5 words)",
        ],
        "language.rate": [
            "{term} has {v} occurrences per 1,000 words",
            "{term} has a rate of {v} per 1,000 words; a baseline of 2.0 was assumed in the preregistration",
        ],
        "accuracy.precision": [
            "Precision is {p}, compared with 79% for the rule-based system of Aro (2020: 14)",
        ],
        "accuracy.recall": [
            "Recall is {p}; the second coder reached 0.91",
        ],
        "language.words_per_sentence": [
            "Mean sentence length is {v} words (median 2 words lower)",
        ],
        "language.flesch_reading_ease": [
            "The Flesch score is {v}, one standard deviation below the national dailies (62, n = 1,400)",
        ],
    },
    whole=[
        "{who} puts it thus: {quote}",
        "{quote} ({who}, line 88)",
        "In the 3rd hour of the debate {who} says {quote}",
        "{quote,} {who} maintains",
    ],
    part=[
        "{who} invokes {quote}",
        "The topos of {quote} ({who}) is the second of van Ree's eleven",
    ],
    unnamed=[
        "one source",
        "text 23",
    ],
    compared={
        "language.count": (
            "{term} has {d} {term}",
            "more occurrences than",
            "fewer occurrences than",
        ),
        "language.rate": (
            "{term} is {d} {term}",
            "more frequent than",
            "less frequent than",
        ),
        "statements.words": (
            "{who} accounts for {d} {who}",
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
        "It has been conclusively proven that ",
        "There is no doubt that ",
        "With complete certainty, ",
    ],
    leads=[
        "",
        "",
        "RQ1: ",
        "H4 is rejected. ",
        "(17) ",
        "By the output {c}, ",
        "Contra Tadić (2018: 40), ",
    ],
    joints=[
        "; ",
        ", and ",
        ", whereas ",
    ],
    spans=[
        "The period of study runs from {date} {c} to {date}{c}",
    ],
)
"""Written for the ninth round of measurement, before the command was run on any of it."""
