"""A wire agency: short sentences, the figure early, the source named, times and places as they come."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

WIRE = Hand(
    name="wire",
    patterns={
        "corpus.documents": [
            "The review took in {v} {u:documents}, its authors said on Tuesday",
            "At a 40-minute briefing on Thursday the group released a review of {v} {u:documents}",
        ],
        "corpus.words": [
            "The material runs to {k} {u:words} and was handed to reporters at 0900 GMT",
            "Staff of four read {r} {u:words} in under a fortnight",
            "The texts total {w} {u:words}",
        ],
        "corpus.earliest": [
            "The first item in the file is dated {date}",
            "The file opens in {year}, two governments ago",
        ],
        "corpus.latest": ["The last item in the file is dated {date}", "Nothing in the file is later than {date}"],
        "corpus.kind.news": ["News accounts for {of} documents in the file, the survey showed"],
        "statements.attributions": [
            "It logged {v} attributed statements in {nd} {u:documents}",
            "The count stood at {r} attributed statements when it was closed at 6 p.m.",
        ],
        "statements.speakers": [
            "It identified {v} {u:speakers} by name",
            "{v} {u:speakers} were named, the survey found, against none in the agency's own 2019 test",
        ],
        "statements.direct": [
            "Direct quotations made up {p} of attributed statements, the survey showed",
            "Direct quotations made up {p} of attributed statements, with a margin of {range}",
            "{f} of attributed statements were direct quotations",
            "Direct quotes accounted for {of} attributed statements",
            "After checks by hand the share of direct quotations was put at {est}, against {alone} by the model alone",
        ],
        "statements.words": [
            "{who} led with {p} of attributed words, a share that could lie anywhere from {lo} to {hi}",
            "{who} accounted for {of} attributed words",
            "Nearest the microphone was {who}, who had {p} of the attributed words",
            "{who}'s share of attributed words, corrected for errors found in {judged} sentences, is {est}",
        ],
        "statements.floor": ["In the transcripts {who} held the floor for {p} of the words in turns"],
        "statements.turns": ["Transcripts of the meetings contain {v} {u:turns}"],
        "statements.questions": ["Reporters asked {v} {u:questions}, the transcripts show"],
        "claims.figures": [
            "Sources cited {v} {u:figures}, about what an agency's slot of 90 seconds will hold in a month",
            "{v} {u:figures} were cited in {nd} {u:documents}",
        ],
        "claims.claims": ["The list of claims worth checking has {v} entries"],
        "claims.with_figures": [
            "{p} of claims worth checking rested on a figure",
            "Of claims worth checking, {of} rested on a figure",
        ],
        "claims.named": [
            "Named speakers gave {p} of the figures, the survey showed",
            "Of the figures, {of} came from named speakers",
        ],
        "claims.figures_of": ["{who} cited {p} of all figures, the survey showed", "{who} cited {of} figures"],
        "actors.documents": [
            "{subject} was named in {p} of documents",
            "{subject} was named in {of} documents, the survey showed on Tuesday",
        ],
        "actors.mentions": ["{subject} was named {v} times"],
        "actors.countries": ["{v} {u:countries} were named in all"],
        "actors.together": ["{one} and {other} were named together in {v} {u:sentences}"],
        "language.count": [
            "The word {term} was used {v} times",
            "The word {term} was used {r} times in {nd} {u:documents}",
        ],
        "language.rate": ["The word {term} came up {v} times per 1,000 words"],
        "language.words_per_sentence": [
            "Sentences averaged {v} words, plus or minus {pm}",
            "Sentences averaged {i} words",
        ],
        "language.flesch_reading_ease": ["The texts scored {v} for Flesch reading ease, where 100 is easiest"],
    },
    whole=["{quote,} {who} said", "{who} was quoted as saying: {quote}", "{quote,} said {who}"],
    part=["{who} spoke of {quote}", "It was {quote,} {who} said"],
    unnamed=["an account in the file", "one report"],
    compared={
        "language.count": ("The word {term} was used {d} {term}", "more often than", "less often than"),
        "language.rate": ("The word {term} was {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": (
            "{who} had {d} {who}",
            "a bigger share of the words than",
            "a smaller share of the words than",
        ),
        "actors.documents": ("{subject} was named in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} got {d} {subject}", "more mentions than", "fewer mentions than"),
        "claims.figures_of": ("{who} cited {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={"Most": "Less than half"},
    sure=["It is certain that ", "The survey leaves no doubt that ", "Officials proved that "],
    leads=[
        "",
        "The survey's summary {c} reads: ",
        "In a statement dated 3 May 2034, it said: ",
        "Key point 2 of 6: ",
    ],
    joints=[", while ", ". Separately, ", "; "],
    spans=["The items range from {year} {c} to {year}{c}"],
)
"""Written for the third round of measurement, before the command was run on any of it."""
