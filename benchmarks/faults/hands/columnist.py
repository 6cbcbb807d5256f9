"""A columnist: number words, approximations, digressions, irony, hardly a digit."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

COLUMNIST = Hand(
    name="columnist",
    patterns={
        "corpus.documents": [
            "I have on my desk {w} {u:documents}, two cups of tea and a cat",
            "{w} {u:documents}, dear reader, and not one of them funny",
        ],
        "corpus.words": [
            "The whole affair comes to {r} {u:words}, or half a Russian novel",
            "{w} {u:words} were needed to say what my grandmother said in three",
            "It took them {k} {u:words}",
        ],
        "corpus.earliest": ["It all begins in {year}, when the price of bread was still discussed"],
        "corpus.latest": ["It all ends in {year}, and with a whimper", "The last sheet is dated {date}"],
        "corpus.kind.news": ["Call it a newspaper: {of} documents are news"],
        "statements.attributions": [
            "Somebody says something in {w} attributed statements, a dozen of them worth repeating",
            "There are {r} attributed statements in the heap",
        ],
        "statements.speakers": ["The dramatis personae are {w} {u:speakers}", "{w} {u:speakers} walk on and off"],
        "statements.direct": [
            "{f} of the attributed statements are direct quotations, which is to say the remainder are gossip",
            "Direct quotations amount to {p} of the attributed statements",
            "Between {lo} and {hi} of attributed statements are direct quotations, say those who count such things",
            "{in:attributed statement} is a direct quotation",
        ],
        "statements.words": [
            "{f} of the attributed words belong to {who}",
            "{who}, bless the heart, has {p} of the attributed words",
            "{in:attributed word} is the property of {who}",
        ],
        "statements.floor": ["{who} holds the floor for {p} of the words, standing on one leg for all I know"],
        "statements.turns": ["They take turns, {w} {u:turns} in total"],
        "statements.questions": ["The press asked {w} {u:questions}; I would have asked a thirteenth-hour one"],
        "claims.figures": [
            "People who cannot add up offer us {w} {u:figures}",
            "I make it {r} {u:figures}, give or take a decimal point",
        ],
        "claims.claims": ["{w} {u:claims} would be worth checking, if anyone had an afternoon, or seven"],
        "claims.with_figures": [
            "{f} of the claims worth checking rest on a figure",
            "{in:claim worth checking} rests on a figure",
            "Of the claims worth checking, {p} rest on a figure and the rest on goodwill",
        ],
        "claims.named": ["{f} of the figures have a named speaker", "{in:figure} has a named speaker"],
        "claims.figures_of": ["{who} is the father of {f} of the figures", "{in:figure} was brought along by {who}"],
        "actors.documents": [
            "{subject} crops up in {f} of the documents, like a cousin at weddings",
            "{in:document} names {subject}",
        ],
        "actors.mentions": ["{subject} is mentioned {w} times", "I counted {subject} {w} times and then once more"],
        "actors.countries": ["{w} {u:countries} are visited without leaving the chair"],
        "actors.together": ["{one} and {other} share {w} {u:sentences} and, one hopes, an umbrella"],
        "language.count": [
            "They write {term} {w} times, which is nine times more than necessary, in my book",
            "{term} is written {w} times",
        ],
        "language.rate": ["Out of every thousand words, {term} takes up about {i}"],
        "accuracy.precision": ["The machine is right about {f} of what it finds, I am told"],
        "language.words_per_sentence": ["An average sentence has {i} words; this one has six"],
        "language.flesch_reading_ease": ["Dr Flesch awards {i} points for reading ease, out of a hundred"],
    },
    whole=["{quote}, says {who}, and one believes it", "Hear {who}: {quote}", "{who} again: {quote}"],
    part=["{who} talks of {quote}", "When {who} says {quote,} reach for your wallet"],
    unnamed=["some text or other", "the papers"],
    compared={
        "language.count": ("{term} is written {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} is {d} {term}", "commoner than", "rarer than"),
        "statements.words": ("{who} talks {d} {who}", "more than", "less than"),
        "actors.documents": ("{subject} crops up in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is mentioned {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} brings along {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=[
        "As sure as eggs is eggs, it is certain that ",
        "Nobody on earth can deny that ",
        "It is proved, finally, that ",
    ],
    leads=["", "", "Secondly, ", "Let me put it in a nutshell, for the third time: ", "The clever box says {c}: "],
    joints=["; and ", ", whereas ", " – but then "],
    spans=["We travel from {year} {c} to {year}{c}, two centuries if you count the boredom"],
)
"""Written for the fourth round of measurement, before the command was run on any of it."""
