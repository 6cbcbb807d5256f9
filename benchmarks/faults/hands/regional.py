"""A reporter of a regional daily: people first, local colour, round figures with the exact ones behind them."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

REGIONAL = Hand(
    name="regional",
    patterns={
        "corpus.documents": [
            "Librarian Ruth Hollis, 63, has kept every one of the {v} {u:documents} in shoe boxes",
            "{v} {u:documents} were fed into a computer at the library on Mill Lane last month",
        ],
        "corpus.words": [
            "Put together, that makes {r} {u:words} – {v} to be precise",
            "With {v} {u:words} the boxes hold more than both local papers print in 5 weeks",
        ],
        "corpus.earliest": ["The first sheet was typed on {date}", "It started in {year}, the year of the great flood"],
        "corpus.latest": ["The last sheet was typed on {date}", "The boxes have been closed since {year}"],
        "corpus.kind.news": ["Among them, {of} documents are news"],
        "statements.attributions": [
            "In the boxes, somebody is quoted or paraphrased {v} times, in {nd} {u:documents}",
            "There are {v} attributed statements in the boxes",
        ],
        "statements.speakers": ["Hollis could put a name to {v} {u:speakers}", "{v} {u:speakers} are known by name"],
        "statements.direct": [
            "Only {p} of the attributed statements are direct quotations, the count shows",
            "{f} of the attributed statements – {p}, to be exact – are direct quotations",
            "Of the attributed statements, {of} are direct quotations",
            "The count has direct quotations at {p}; with so few boxes it could be {lo} or {hi}",
        ],
        "statements.words": [
            "The loudest voice in the room was that of {who}, with {p} of the attributed words",
            "{who} has {p} of the attributed words, {of}",
            "{f} of the attributed words came from {who}",
        ],
        "statements.floor": ["Whenever there was a meeting, {who} had {p} of the words"],
        "statements.turns": ["The minutes list {v} {u:turns}"],
        "statements.questions": ["This newspaper and others asked {v} {u:questions}"],
        "claims.figures": ["The boxes are full of figures: {v} {u:figures} in {nd} {u:documents}"],
        "claims.claims": ["{v} {u:claims} are worth checking, a job for the next 2 winters"],
        "claims.with_figures": [
            "{p} of the claims worth checking rest on a figure",
            "{f} of the claims worth checking rest on a figure",
            "Of the claims worth checking, {of} rest on a figure",
        ],
        "claims.named": ["{p} of the figures can be traced to a named speaker", "{of} figures have a named speaker"],
        "claims.figures_of": ["{p} of the figures are from {who}", "{who} supplied {of} figures"],
        "actors.documents": [
            "{subject} turns up in {p} of the documents",
            "{subject} turns up in {of} documents, that is in {f} of them",
            "{subject} turns up in {of} documents",
        ],
        "actors.mentions": ["{subject} is mentioned {v} times"],
        "actors.countries": ["{v} {u:countries} are mentioned, from a town with one bus line"],
        "actors.together": ["{one} and {other} are mentioned together in {v} {u:sentences}"],
        "language.count": [
            "The word {term} was typed {v} times",
            "{v} times someone typed the word {term}, on a machine from 1958",
        ],
        "language.rate": ["In every 1,000 words, {term} stands {v} times"],
        "accuracy.precision": ["The computer gets it right in {p} of cases"],
        "language.words_per_sentence": [
            "The sentences are {v} words long on average",
            "A sentence has {i} words or so",
        ],
        "language.flesch_reading_ease": ["The texts score {v} on the Flesch scale, and 100 would be child's play"],
    },
    whole=[
        "{quote,} {who} told the town hall",
        "{who} can be heard saying: {quote}",
        "On one sheet, {who} says: {quote}",
    ],
    part=["{who} went on record with {quote}", "It was about {quote,} as {who} put it"],
    unnamed=["a typed note", "one of the sheets"],
    compared={
        "language.count": ("The word {term} was typed {d} {term}", "more often than", "less often than"),
        "language.rate": ("The word {term} is {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} has {d} {who}", "more of the words than", "fewer of the words than"),
        "actors.documents": ("{subject} turns up in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is mentioned {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} supplied {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["Everyone in town knows for certain that ", "It has been proved that ", "There is no question that "],
    leads=["", "", "MILL LANE. ", "As this newspaper reported on page 3, ", "The count {c} says it all: "],
    joints=["; ", ", and ", ", while "],
    spans=["The boxes cover the years {year} {c} to {year}{c}"],
)
"""Written for the fifth round of measurement, before the command was run on any of it."""
