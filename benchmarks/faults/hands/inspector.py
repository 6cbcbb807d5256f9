"""An inspector of a public broadcaster: complaints, rules by paragraph, minutes and seconds, sober verdicts."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

INSPECTOR = Hand(
    name="inspector",
    patterns={
        "corpus.documents": [
            "The inspection extends to {v} {u:documents}, a number agreed with the board on 11 April",
            "Following complaint 17/2034, {v} {u:documents} were drawn",
        ],
        "corpus.words": ["In all, {v} {u:words} were listened to or read", "About {k} {u:words} fall under Rule 6"],
        "corpus.earliest": ["Nothing older than {date} was admitted", "The inspection begins with material of {year}"],
        "corpus.latest": ["Nothing newer than {date} was admitted", "The inspection ends with material of {year}"],
        "corpus.kind.news": ["News programmes are represented with {of} documents"],
        "statements.attributions": [
            "The inspection found {v} attributed statements in {nd} {u:documents}",
            "Per Rule 9, {v} attributed statements were entered in the register",
        ],
        "statements.speakers": ["The register has {v} {u:speakers} by name"],
        "statements.direct": [
            "Direct quotations have a share of {p} in attributed statements; Rule 4 demands at least a tenth",
            "In {of} attributed statements the words are direct quotations",
            "Between {lo} and {hi} of attributed statements are likely to be direct quotations",
            "After {judged} sentences had been checked by two inspectors, direct quotations were set at {est}",
        ],
        "statements.words": [
            "{who} received {p} of the attributed words, which two complainants found excessive",
            "{who} received {of} attributed words",
            "A share of {p} of the attributed words ({lo} to {hi}) is no breach on the part of {who}",
        ],
        "statements.floor": ["{who} had {p} of the words in turns"],
        "statements.turns": ["The recordings have {v} {u:turns}"],
        "statements.questions": ["Presenters and journalists put {v} {u:questions}"],
        "claims.figures": ["{v} {u:figures} were given in {nd} {u:documents}"],
        "claims.claims": ["{v} {u:claims} will have to be checked within 6 weeks"],
        "claims.with_figures": [
            "{p} of the claims that need checking rest on a figure",
            "{of} claims rest on a figure",
        ],
        "claims.named": ["{p} of the figures came from a named speaker", "{of} figures came from a named speaker"],
        "claims.figures_of": ["{who} gave {p} of the figures", "{who} gave {of} figures"],
        "actors.documents": ["{subject} was named in {p} of the documents", "{subject} was named in {of} documents"],
        "actors.mentions": ["{subject} was named {v} times, once in error at 19:42"],
        "actors.countries": ["{v} {u:countries} were named"],
        "actors.together": ["{one} and {other} were named together in {v} {u:sentences}"],
        "language.count": [
            "The word {term} was heard or read {v} times",
            "{term} was used {v} times in {nd} {u:documents}",
        ],
        "language.rate": ["{term} was used {v} times per 1,000 words, down from 9.4 under the former editor"],
        "accuracy.precision": ["The software is right in {p} of cases; an inspector is right in all but 1 of 40"],
        "language.words_per_sentence": ["Sentences have {v} words on average; presenters are told to stay below 14"],
        "language.flesch_reading_ease": ["Reading ease was measured at {v}"],
    },
    whole=["{who} said on air: {quote}", "At minute 12, {who} is heard to say {quote}", "{quote,} {who} said"],
    part=["{who} used the words {quote}", "The complaint concerns {quote,} words of {who}"],
    unnamed=["the recording", "one programme"],
    compared={
        "language.count": ("{term} was used {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} was {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} received {d} {who}", "more words than", "fewer words than"),
        "actors.documents": ("{subject} was named in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} was named {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} gave {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["It has been proved that ", "It is beyond doubt that ", "The board is certain that "],
    leads=["", "", "(7) ", "On the second ground of complaint: ", "By the register {c}, ", "Finding of 2 May: "],
    joints=["; ", ", while ", ", and "],
    spans=["The material is of {year} {c} to {year}{c}"],
)
"""Written for the sixth round of measurement, before the command was run on any of it."""
