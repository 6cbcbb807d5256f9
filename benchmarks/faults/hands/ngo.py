"""A campaigning organisation: bullet points, appeals, sums of its own, one figure a line."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

NGO = Hand(
    name="ngo",
    patterns={
        "corpus.documents": [
            "{v} {u:documents} monitored",
            "Our 12 volunteers went through {v} {u:documents} so that you don't have to",
        ],
        "corpus.words": ["{v} {u:words} analysed", "{r} {u:words} read, 0 paid consultants involved"],
        "corpus.earliest": ["Monitoring since: {date}", "The oldest text we found is from {year}"],
        "corpus.latest": ["Most recent text: {date}", "The newest text is from {year}"],
        "corpus.kind.news": ["Type of source – news: {of} documents"],
        "statements.attributions": [
            "{v} attributed statements logged in {nd} {u:documents}",
            "Who said it? We logged {v} attributed statements to find out",
        ],
        "statements.speakers": ["{v} named {u:speakers}", "Only {v} {u:speakers} have a name in the coverage"],
        "statements.direct": [
            "Direct quotations: {p} of attributed statements",
            "Just {p} of attributed statements are direct quotations. The rest is hearsay, 24 hours a day",
            "{f} of attributed statements are direct quotations",
            "{of} attributed statements are direct quotations",
            "{in:attributed statement} is a direct quotation",
        ],
        "statements.words": [
            "{who}: {p} of attributed words",
            "{who} got {p} of the attributed words, and the 4 million people affected got the rest",
            "{who} got {of} attributed words",
        ],
        "statements.floor": ["{who} had the floor for {p} of the words in turns"],
        "statements.turns": ["{v} {u:turns} in transcripts"],
        "statements.questions": ["Questions from the press: {v}"],
        "claims.figures": [
            "{v} {u:figures} asserted in {nd} {u:documents}",
            "We found {v} {u:figures}; our office has room for 3 fact-checkers",
        ],
        "claims.claims": ["{v} {u:claims} worth checking", "That leaves {v} {u:claims} to check for a team of two"],
        "claims.with_figures": [
            "{p} of claims worth checking rest on a figure",
            "Claims worth checking that rest on a figure: {of}",
            "{in:claim worth checking} rests on a figure",
        ],
        "claims.named": ["{p} of figures have a named speaker", "Figures with a named speaker: {of}"],
        "claims.figures_of": ["{p} of figures come from {who}", "{of} figures come from {who}"],
        "actors.documents": [
            "{subject} is named in {p} of documents",
            "{subject} is named in {of} documents – silence in the others",
            "{subject} is named in {f} of documents",
        ],
        "actors.mentions": ["{subject}: {v} mentions", "{v} mentions for {subject}"],
        "actors.countries": ["{v} {u:countries} named"],
        "actors.together": ["{one} and {other} together: {v} {u:sentences}"],
        "language.count": ["{term}: {v} times", "The word {term} was written {v} times, in {nd} {u:documents}"],
        "language.rate": ["{term}: {v} times per 1,000 words", "For every 1,000 words we read {term} {v} times"],
        "accuracy.precision": ["How sure are we? {p} of what the software finds is right ({lo} to {hi})"],
        "language.words_per_sentence": ["Average sentence: {v} words"],
        "language.flesch_reading_ease": ["Reading ease: {v} out of 100"],
    },
    whole=["{who}: {quote}", "In {who}'s own words: {quote}", "{quote,} says {who}"],
    part=["{who} speaks of {quote}", "{who} promised {quote}. We will hold them to it"],
    unnamed=["the press", "one text"],
    compared={
        "language.count": ("{term} is written {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} is {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} got {d} {who}", "more words than", "fewer words than"),
        "actors.documents": ("{subject} is named in {d} {subject}", "more texts than", "fewer texts than"),
        "actors.mentions": ("{subject} has {d} {subject}", "more mentions than", "fewer mentions than"),
        "claims.figures_of": ("{who} has {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["We have proof that ", "It is a fact that nobody can deny: ", "Undeniably, "],
    leads=[
        "",
        "",
        "KEY FACT #3: ",
        "✔ ",
        "Did you know? ",
        "From our database {c}: ",
        "1) ",
        "UPDATE (11/2034): ",
    ],
    joints=[" – and ", ", but ", "; "],
    spans=["Monitoring period: {year} {c} to {year}{c}"],
)
"""Written for the fourth round of measurement, before the command was run on any of it."""
