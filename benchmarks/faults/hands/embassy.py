"""A diplomat's cables and non-papers: terse, numbered, with troops, delegations, tranches and deadlines."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

EMBASSY = Hand(
    name="embassy",
    patterns={
        "corpus.documents": ["Post reviewed {v} {u:documents} with 2 local staff", "Sample: {v} {u:documents}"],
        "corpus.words": ["Sample size is {v} {u:words}", "Sample size is about {k} {u:words}, 5 working days' reading"],
        "corpus.earliest": ["First document: {date}", "The sample opens in {year}, under Resolution 1544"],
        "corpus.latest": ["Last document: {date}", "The sample closes in {year}"],
        "corpus.kind.news": ["News stories are {of} of the documents"],
        "corpus.kind.speech": ["Speeches or statements are {of} of the documents"],
        "statements.attributions": [
            "Post counts {v} attributed statements, in a capital of 1.3 million",
            "Across {nd} {u:documents}, post counts {v} attributed statements",
        ],
        "statements.speakers": ["{v} {u:speakers} are named, 4 of them under sanctions"],
        "statements.direct": [
            "Direct quotations form {p} of the attributed statements",
            "Direct quotations form {f} of the attributed statements",
            "Direct quotations form {of} attributed statements; 2,000 troops remain along the line",
            "Direct quotations form {p} of the attributed statements, give or take ({lo} to {hi})",
            "On a check of {judged} sentences, direct quotations are estimated at {est}",
        ],
        "statements.words": [
            "{who} accounts for {p} of the attributed words, after 31 years in politics",
            "{who} accounts for {of} attributed words; the second tranche, $60 million, is on hold",
        ],
        "statements.floor": ["{who} held the floor for {p} of the words in turns, against the 15 minutes agreed"],
        "statements.turns": ["The transcripts show {v} {u:turns}"],
        "statements.questions": ["{v} {u:questions} were asked, none by the 3 observers"],
        "claims.figures": ["{v} {u:figures} appear in {nd} {u:documents}, with few sources"],
        "claims.claims": ["{v} {u:claims} invite a check before the 1 July deadline"],
        "claims.with_figures": ["{p} of the claims that invite a check contain a figure"],
        "claims.named": ["A named speaker stands behind {p} of the figures, as under Annex 7"],
        "claims.figures_of": ["{p} of the figures are from {who}", "{of} figures are from {who}"],
        "actors.documents": [
            "{subject} comes up in {p} of the documents",
            "{subject} comes up in {of} documents, place 1 of 20 on post's list",
        ],
        "actors.mentions": ["{subject} comes up {v} times", "{subject} comes up {v} times; 6 embassies are closed"],
        "actors.countries": ["{v} {u:countries} come up, of which 9 have a mission here"],
        "actors.together": ["{one} and {other} come up together in {v} {u:sentences}"],
        "language.count": [
            "{term} is heard {v} times, although a 1995 accord bans the word",
            "{term} is heard {v} times in {nd} {u:documents}",
        ],
        "language.rate": ["{term} is heard {v} times per 1,000 words, up from 0.9 in cable 0388"],
        "accuracy.precision": ["The tool is right in {p} of what it marks"],
        "accuracy.recall": ["The tool finds {p} of what is there"],
        "language.words_per_sentence": ["Sentences average {v} words; this cable's limit is 22"],
        "language.flesch_reading_ease": ["Reading ease is {v}"],
    },
    whole=[
        "{who} stated: {quote}",
        "{quote,} {who} told the ambassador over 3 courses",
        "At talks on 12 points, {who}: {quote}",
    ],
    part=["{who} mentioned {quote}", "{who} twice used the phrase {quote}"],
    unnamed=["a draft seen by post", "one paper"],
    compared={
        "language.count": ("{term} is heard {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} is {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} has {d} {who}", "more words than", "fewer words than"),
        "actors.documents": ("{subject} comes up in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} comes up {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} gives {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["It is certain that ", "This proves that ", "There is no doubt that "],
    leads=["", "", "(SBU) ", "Para 3: ", "Per post's count {c}, "],
    joints=["; ", ", while "],
    spans=["The sample runs from {date} {c} to {date}{c}"],
)
"""Written for the ninth round of measurement, before the command was run on any of it."""
