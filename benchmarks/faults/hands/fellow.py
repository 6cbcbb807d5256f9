"""A fellow of a foundation: scenarios, spending in % of GDP, other people's surveys, rankings, "one in five"."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

FELLOW = Hand(
    name="fellow",
    patterns={
        "corpus.documents": [
            "This brief draws on {v} {u:documents}, roughly what a desk officer reads in a quarter",
            "Our evidence consists of {v} {u:documents} and 23 background interviews",
        ],
        "corpus.words": [
            "Taken together they amount to {v} {u:words}",
            "At {k} {u:words} the evidence is thicker than the 2019 white paper, which had 212 pages",
        ],
        "corpus.earliest": [
            "Our story opens on {date}, when growth still stood at 3.1 percent",
            "The earliest voice is from {year}",
        ],
        "corpus.latest": [
            "It closes on {date}, two summits later",
            "The most recent voice is from {year}, the year in which defence spending passed 2% of GDP",
        ],
        "corpus.kind.news": [
            "Journalism contributes {of} documents",
        ],
        "corpus.kind.speech": [
            "Podium and press office contribute {of} documents; a typical address lasts 18 minutes",
        ],
        "statements.attributions": [
            "All in all, {v} attributed statements could be recovered",
            (
                "From {nd} {u:documents} we recovered {v} attributed statements, which compares with 1,300 in "
                "the sister study on energy"
            ),
        ],
        "statements.speakers": [
            (
                "{v} named {u:speakers} populate the debate, yet only one in five experts we asked could name "
                "three of them"
            ),
        ],
        "statements.direct": [
            "Direct quotations account for {p} of attributed statements",
            (
                "Direct quotations account for {p} of attributed statements; in the Nordic press, Lund and "
                "Aro (2026) found 44 percent"
            ),
            (
                "The share of direct quotations in attributed statements lies somewhere between {lo} and "
                "{hi}, our best guess being {p}"
            ),
            "In {of} attributed statements the source is quoted directly",
            (
                "About the directness of the debate there is little to add: {f} of attributed statements are "
                "direct quotations"
            ),
            "Adjusting for the {judged} sentences that people judged, direct quotations make up {est}",
        ],
        "statements.words": [
            "{who} commands {p} of attributed words, against a vote share of 27 percent",
            "{who} commands {of} attributed words",
            "It is {who} who commands most attention, if {p} of attributed words is attention",
        ],
        "statements.floor": [
            "With {p} of the words in turns, {who} has the floor; the second chamber meets on 90 days a year",
        ],
        "statements.turns": [
            "{v} {u:turns} are on record",
        ],
        "statements.questions": [
            "Journalists ask {v} {u:questions}, a third of them, we would guess, rhetorical",
        ],
        "claims.figures": [
            "{v} {u:figures} circulate",
            "We logged {v} {u:figures} in {nd} {u:documents}; a comparable exercise for the IMF took 14 people",
        ],
        "claims.claims": [
            "{v} {u:claims} are worth checking, if checkers had the 4.5 hours that a claim takes",
        ],
        "claims.with_figures": [
            "A figure underpins {p} of the claims worth checking",
            "A figure underpins {of} claims worth checking",
            (
                "Of the claims worth checking, {p} ({lo}–{hi}) are underpinned by a figure, fewer than the "
                "two thirds that editors expected"
            ),
        ],
        "claims.named": [
            "{p} of figures can be traced to a named speaker",
            "{of} figures can be traced to a named speaker, not counting footnotes 3 to 8",
        ],
        "claims.figures_of": [
            "{who} supplies {p} of the figures",
            "{who} supplies {of} figures, and chairs 2 of the 5 working groups",
        ],
        "actors.documents": [
            "{subject} features in {p} of the documents",
            "{subject} features in {of} documents, and its 10-year bond yields 4.8 percent",
        ],
        "actors.mentions": [
            "{subject} comes up {v} times",
            "{subject} comes up {v} times, a 1st place it would gladly share",
        ],
        "actors.countries": [
            "The map spans {v} {u:countries}, among them 11 of the 27 member states",
        ],
        "actors.together": [
            "{one} and {other} are paired in {v} {u:sentences}, five years after their last war",
        ],
        "language.count": [
            "{term} crops up {v} times",
            "{term} crops up {v} times in {nd} {u:documents}, and twice in our own title",
        ],
        "language.rate": [
            "{term} runs at {v} per 1,000 words",
            "{term} runs at {v} per 1,000 words, where a corpus of 1.2 billion words of ordinary English has 0.3",
        ],
        "accuracy.precision": [
            "The extractor's precision is {p}, which means that errors remain in every chapter but the 2nd",
        ],
        "accuracy.recall": [
            "Its recall is {p}; human coders in a Dutch study reached 88%",
        ],
        "language.words_per_sentence": [
            "Sentences average {v} words, three or four fewer than in a ruling of the constitutional court",
        ],
        "language.flesch_reading_ease": [
            "Readability stands at {v}, and 30 is where most people give up",
        ],
    },
    whole=[
        "As {who} has it, {quote}",
        "{quote,} {who} once told a room of 40 ambassadors",
        "Consider what {who} said: {quote}",
        "In line 9 of the minutes {who} says: {quote}",
    ],
    part=[
        "{who} calls this {quote}",
        "{quote,} in the words of {who}, sums up the first of our three scenarios",
    ],
    unnamed=[
        "the record",
        "a participant",
    ],
    compared={
        "language.count": (
            "{term} crops up {d} {term}",
            "more often than",
            "less often than",
        ),
        "language.rate": (
            "{term} is {d} {term}",
            "more frequent than",
            "less frequent than",
        ),
        "statements.words": (
            "{who} commands {d} {who}",
            "more attributed words than",
            "fewer attributed words than",
        ),
        "actors.documents": (
            "{subject} features in {d} {subject}",
            "more documents than",
            "fewer documents than",
        ),
        "actors.mentions": (
            "{subject} comes up {d} {subject}",
            "more often than",
            "less often than",
        ),
        "claims.figures_of": (
            "{who} supplies {d} {who}",
            "more figures than",
            "fewer figures than",
        ),
    },
    contrary={},
    sure=[
        "It is undeniable that ",
        "One thing is certain: it has been proven that ",
        "Without any doubt, ",
    ],
    leads=[
        "",
        "",
        "First finding. ",
        "Scenario 2 presupposes this: ",
        "On the evidence {c}, ",
        "To put it in one sentence: ",
        "Ten years on, ",
    ],
    joints=[
        "; ",
        ", and ",
        ", while ",
    ],
    spans=[
        "The evidence stretches from {year} {c} to {year}{c}",
    ],
)
"""Written for the eighth round of measurement, before the command was run on any of it."""
