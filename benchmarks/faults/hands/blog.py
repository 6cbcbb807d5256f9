"""A data journalist's blog: chatty, second person, asides, numbers in words and in short forms."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

BLOG = Hand(
    name="blog",
    patterns={
        "corpus.documents": [
            "We threw {v} {u:documents} at a laptop from 2021",
            "Our pile: {v} {u:documents} (yes, we read a few ourselves)",
        ],
        "corpus.words": [
            "That's {k} {u:words}, or 3 mugs of coffee per chapter",
            "Feeling brave? {r} {u:words} await you",
        ],
        "corpus.earliest": ["The time machine starts in {year}", "The first one carries a stamp of {date}"],
        "corpus.latest": ["The time machine stops in {year}", "The last one carries a stamp of {date}"],
        "corpus.kind.news": ["Plain old news? That's {of} documents"],
        "statements.attributions": [
            "Somebody says something {v} times, if you count attributed statements",
            "You get {v} attributed statements out of {nd} {u:documents}, which my editor called 'a lot' at 2 a.m.",
        ],
        "statements.speakers": ["We can name {v} {u:speakers}; the other folks stay in the fog"],
        "statements.direct": [
            "So how much is straight from the horse's mouth? {p} of attributed statements are direct quotations",
            "Think of ten attributed statements on a napkin: {f} of them all are direct quotations",
            "Direct quotations come in at {p}, give or take ({range})",
            (
                "Only a human can tell for sure, so humans checked {judged} sentences; after that, direct quotations "
                "are {est} instead of the model's {alone}"
            ),
        ],
        "statements.words": [
            "{who} hogs {p} of all attributed words",
            "Want a single name? {who}, with {of} attributed words",
            "{who} gets {ip} of the attributed words, and I had bet 20 dollars on somebody else",
        ],
        "statements.floor": ["{who} talks for {p} of the words in turns"],
        "statements.turns": ["{v} {u:turns}, count 'em"],
        "statements.questions": ["Hacks fired off {v} {u:questions}"],
        "claims.figures": [
            "Numbers, numbers: {v} {u:figures} in {nd} {u:documents}",
            "People throw {v} {u:figures} around",
        ],
        "claims.claims": ["My to-do list now has {v} {u:claims} worth checking on it"],
        "claims.with_figures": [
            "{f} of the claims worth checking lean on a figure",
            "Claims worth checking lean on a figure {p} of the time",
        ],
        "claims.named": [
            "You know who to call for {p} of the figures, because a named speaker gave them",
            "You know who to call for {of} figures, because a named speaker gave them",
        ],
        "claims.figures_of": ["{who} alone is good for {p} of the figures", "{who} alone is good for {of} figures"],
        "actors.documents": [
            "{subject} pops up in {f} of the documents",
            "{subject} pops up in {p} of the documents",
        ],
        "actors.mentions": ["{subject}: {v} mentions"],
        "actors.countries": ["Grab an atlas, you'll need {v} {u:countries}"],
        "actors.together": ["{one} and {other} share {v} {u:sentences}"],
        "language.count": [
            "If you drank every time you read {term}, that'd be {v} times",
            "{term}? {v} times, in {nd} {u:documents}",
        ],
        "language.rate": ["You meet {term} {v} times per 1,000 words", "{term} scores {i} per 1,000 words"],
        "accuracy.precision": ["How good is the robot? {p} of what it finds is real"],
        "language.words_per_sentence": ["{v} words: that's your average sentence", "Call it {i} words a sentence"],
        "language.flesch_reading_ease": ["Mr Flesch would give it a {v} for reading ease"],
    },
    whole=["{who}, and I quote: {quote}", "{quote,} says {who}", "Here's {who}: {quote}"],
    part=["{who} goes on about {quote}", "{quote} – that's {who} for you"],
    unnamed=["some text in the pile", "the text"],
    compared={
        "language.count": ("{term} turns up {d} {term}", "more than", "less than"),
        "language.rate": ("{term} is {d} {term}", "way more common than", "way rarer than"),
        "statements.words": ("{who} gets {d} {who}", "more of the words than", "fewer of the words than"),
        "actors.documents": ("{subject} pops up in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} gets {d} {subject}", "more shout-outs than", "fewer shout-outs than"),
        "claims.figures_of": ("{who} throws {d} {who}", "more figures around than", "fewer figures around than"),
    },
    contrary={},
    sure=["Case closed: it's proven that ", "Everybody agrees, always, that ", "Trust me, it's 100% certain that "],
    leads=["", "", "Point 1. ", "TL;DR of the post of 6 June 2034: ", "Straight from the run {c}: "],
    joints=["; then again, ", ", and ", " – meanwhile "],
    spans=["We time-travel from {year} {c} to {year}{c}"],
)
"""Written for the third round of measurement, before the command was run on any of it."""
