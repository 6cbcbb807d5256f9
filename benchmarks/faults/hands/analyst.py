"""An analyst who stays near the words of the findings."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

ANALYST = Hand(
    name="analyst",
    patterns={
        "corpus.documents": ["The collection has {v} {u:documents}", "Behind this report stand {v} {u:documents}"],
        "corpus.words": [
            "The texts run to {v} {u:words}",
            "Taken together, the texts come to {r} {u:words}",
            "A reader would have to get through {r} {u:words}",
        ],
        "corpus.earliest": ["The oldest text dates from {date}", "What was read begins with a text of {date}"],
        "corpus.latest": ["The most recent text is of {date}", "The latest text carries the date of {date}"],
        "statements.attributions": [
            "The model found {v} attributed statements in {nd} {u:documents}",
            "Someone is the source of {r} statements",
        ],
        "statements.speakers": ["The texts name {v} {u:speakers}", "We met {v} named {u:speakers}"],
        "statements.direct": [
            "Direct quotations make up {p} of the attributed statements",
            "A careful reader finds that {f} of the attributed statements are direct quotations",
            "The share of direct quotations is {p} (95% CI {lo} to {hi})",
            "{d:More than half} of the attributed statements are direct quotations",
            "The share of direct quotations lies between {lo} and {hi}",
            "As for direct quotations, their share is {p}, with a 95% interval of {range}",
        ],
        "statements.words": [
            "{who} has {p} of all attributed words",
            "{who} is the source of {p} of the attributed words (95% CI {lo} to {hi})",
            "Of all attributed words, {p} belong to {who}, with an interval from {lo} to {hi}",
            "According to the run, {who} spoke {f} of the attributed words",
            "The part of {who} in the attributed words is {p} ({range})",
        ],
        "statements.floor": ["{who} has the floor for {p} of the words in turns"],
        "statements.turns": ["The transcripts hold {v} {u:turns}"],
        "statements.questions": ["Journalists put {v} {u:questions}"],
        "claims.figures": [
            "Sources gave {v} {u:figures} in {nd} {u:documents}",
            "There are {r} figures in these texts",
        ],
        "claims.claims": ["Our list has {v} {u:claims} that are worth checking"],
        "claims.with_figures": [
            "Of the claims that are worth checking, {p} rest on a figure",
            "About the claims that are worth checking we can say that {f} rest on a figure",
            "{d:More than half} of the claims that are worth checking rest on a figure",
        ],
        "claims.named": [
            "Named speakers stand behind {p} of the figures",
            "It is named speakers who give {f} of the figures",
        ],
        "claims.figures_of": [
            "{who} asserts {p} of all figures (95% CI {lo} to {hi})",
            "With {p} of all figures, {who} stands out",
        ],
        "actors.documents": [
            "In {p} of the documents {subject} is named",
            "{subject} comes up in {f} of the documents",
            "The share of documents that name {subject} is {p}, interval {range}",
        ],
        "actors.mentions": ["The text names {subject} {v} times"],
        "actors.countries": ["Readers meet {v} {u:countries}"],
        "language.count": [
            "The word {term} occurs {v} times in {nd} {u:documents}",
            "We counted {term} {v} times",
            "Writers used the word {term} {r} times",
        ],
        "language.rate": [
            "The word {term} occurs {v} times per 1,000 words",
            "In 1,000 words there are {v} of {term} (95% CI {lo} to {hi})",
        ],
        "language.words_per_sentence": [
            "The sentences have {v} words on average",
            "The average sentence runs to {v} words (95% CI {lo} to {hi})",
        ],
        "language.flesch_reading_ease": [
            "The Flesch reading ease is {v}, on a scale where 100 is very easy",
            "With a Flesch reading ease of {v} (95% CI {lo} to {hi}), the texts are what they are",
        ],
    },
    whole=["{who} said: {quote}", "{quote,} as {who} put it"],
    part=["{who} spoke of {quote}"],
    unnamed=["one of the texts"],
    compared={
        "language.count": ("The word {term} occurs {d} the word {term}", "more often than", "less often than"),
        "language.rate": ("{term} is {d} {term}", "more frequent than", "rarer than"),
        "statements.words": (
            "{who} has {d} {who}",
            "more of the attributed words than",
            "fewer of the attributed words than",
        ),
        "actors.documents": ("{subject} is named in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is named {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} asserts {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={"More than half": "Fewer than half"},
    sure=["This proves that ", "The run proves beyond doubt that ", "As is proven here, "],
    leads=[
        "",
        "",
        "",
        "",
        "The run {c} says it in these words: ",
        "As section 3 explains, the reading is simple: ",
        "Table 2 repeats what the run says: ",
        "On page 14 we come back to this: ",
        "In short: ",
        "For a first impression: ",
    ],
    joints=["; ", ", and ", " – "],
)
"""Its misses were read while the rules were written."""
