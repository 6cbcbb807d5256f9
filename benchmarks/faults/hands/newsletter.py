"""The writer of a weekly newsletter: first person, links, reading times, prices, asides in brackets, reader mail."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

NEWSLETTER = Hand(
    name="newsletter",
    patterns={
        "corpus.documents": [
            "I read {v} {u:documents} on the train (2 h 40 each way)",
            "{v} {u:documents}, three coffees, one conclusion",
        ],
        "corpus.words": [
            "That makes {v} {u:words}",
            "That is {k} {u:words}, while this issue has 1,100",
        ],
        "corpus.earliest": [
            "The oldest one is dated {date}",
            "It goes back to {year}, when I was 23 and bread cost 1.80",
        ],
        "corpus.latest": [
            "The newest one is dated {date}",
            "It goes up to {year}, after which 4 of the archives moved behind a paywall",
        ],
        "corpus.kind.news": [
            "News: {of} documents",
        ],
        "corpus.kind.speech": [
            "Speeches and statements: {of} documents, most of them under 20 minutes",
        ],
        "statements.attributions": [
            "There are {v} attributed statements in there",
            "I ended up with {v} attributed statements in {nd} {u:documents} and a headache that lasted 2 days",
        ],
        "statements.speakers": [
            "{v} {u:speakers} have a name; the other half of the world does not",
        ],
        "statements.direct": [
            "{p} of attributed statements are direct quotations (I had bet on 60)",
            "Direct quotations are {of} attributed statements",
            (
                "So {f} of attributed statements are direct quotations, which is what a reader from Tarn "
                "guessed 3 issues ago"
            ),
            (
                "Direct quotations: {p} of attributed statements, give or take, or between {lo} and {hi} if "
                "you want it done properly"
            ),
            "If you believe the {judged} sentences that were judged, direct quotations are at {est}",
        ],
        "statements.words": [
            "{who} takes {p} of attributed words",
            "{who} takes {of} attributed words. My mother, 78, would have been quicker",
            "{p} of attributed words are from {who}, whose podcast has 2.1 million followers",
        ],
        "statements.floor": [
            "{who} speaks {p} of the words in turns",
        ],
        "statements.turns": [
            "I counted {v} {u:turns}, skipping the first half hour of each tape",
        ],
        "statements.questions": [
            "The press asks {v} {u:questions}, or one every 90 seconds at a guess",
        ],
        "claims.figures": [
            "{v} {u:figures} are in it",
            "{v} {u:figures} are in it, in {nd} {u:documents}, and 1 in 7 readers will remember none",
        ],
        "claims.claims": [
            "{v} {u:claims} are worth checking; I checked two",
        ],
        "claims.with_figures": [
            "{p} of claims worth checking rest on a figure",
            "{of} claims worth checking rest on a figure (cf. no. 112, where I wrote about a dozen such cases)",
        ],
        "claims.named": [
            "{p} of figures have a named speaker",
            "{of} figures have a named speaker; for the rest, there is a 50:50 chance that it was a spokesman",
        ],
        "claims.figures_of": [
            "{who} is good for {p} of the figures",
            "{who} is good for {of} figures, after 31 years in politics",
        ],
        "actors.documents": [
            "{subject} turns up in {p} of the documents",
            "{subject} turns up in {of} documents, which is 3 goals to 1 against everybody else",
        ],
        "actors.mentions": [
            "{subject} gets {v} mentions",
            "{subject} gets {v} mentions and zero footnotes",
        ],
        "actors.countries": [
            "{v} {u:countries} get a mention, and I have been to nine",
        ],
        "actors.together": [
            "{one} and {other} share {v} {u:sentences}",
        ],
        "language.count": [
            "{term}: {v} times",
            "{term}: {v} times in {nd} {u:documents} (drinking game: 1 sip each)",
        ],
        "language.rate": [
            "{term}: {v} times per 1,000 words",
            "{term} at {v} per 1,000 words beats my own 0.8 from last week",
        ],
        "accuracy.precision": [
            "The machine is right in {p} of cases. Weather forecasts for day 5 manage about 80",
        ],
        "accuracy.recall": [
            "The machine catches {p}",
        ],
        "language.words_per_sentence": [
            "A sentence takes {v} words on average, and 11 is what I aim for",
        ],
        "language.flesch_reading_ease": [
            "Reading ease is {v}; this newsletter is in the low 70s",
        ],
    },
    whole=[
        "{who}: {quote}",
        "Here is {who} on page 2: {quote}",
        "{quote,} said {who}, 40 minutes late",
        "Quote of week 31 goes to {who}: {quote}",
    ],
    part=[
        "{who} talked of {quote}",
        "{quote} – that is {who}, and it was not even 9 o'clock",
    ],
    unnamed=[
        "one of them",
        "a document",
    ],
    compared={
        "language.count": (
            "{term} is used {d} {term}",
            "more often than",
            "less often than",
        ),
        "language.rate": (
            "{term} is {d} {term}",
            "more common than",
            "less common than",
        ),
        "statements.words": (
            "{who} takes {d} {who}",
            "more of the words than",
            "less of the words than",
        ),
        "actors.documents": (
            "{subject} turns up in {d} {subject}",
            "more documents than",
            "fewer documents than",
        ),
        "actors.mentions": (
            "{subject} gets {d} {subject}",
            "more mentions than",
            "fewer mentions than",
        ),
        "claims.figures_of": (
            "{who} is good for {d} {who}",
            "more figures than",
            "fewer figures than",
        ),
    },
    contrary={},
    sure=[
        "No doubt about it: ",
        "It is certain that ",
        "This proves that ",
    ],
    leads=[
        "",
        "",
        "Number of the week: ",
        "(1/3) ",
        "Reader Ines, 34, wanted to know, so: ",
        "From the run {c}: ",
        "PS 2: ",
    ],
    joints=[
        "; ",
        ", and ",
        ", while ",
    ],
    spans=[
        "It goes from {year} {c} to {year}{c}",
    ],
)
"""Written for the ninth round of measurement, before the command was run on any of it."""
