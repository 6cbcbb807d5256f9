"""A fact-checker: what was claimed, what was said word for word, a verdict, other people's numbers beside the own."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

FACTCHECK = Hand(
    name="factcheck",
    patterns={
        "corpus.documents": [
            "We checked the claim against {v} {u:documents}",
            "Readers sent us 31 links; we ended up with {v} {u:documents}",
        ],
        "corpus.words": ["Together they have {v} {u:words}", "That makes {r} {u:words} to search"],
        "corpus.earliest": ["The first one is dated {date}", "Our search begins in {year}"],
        "corpus.latest": ["The last one is dated {date}", "Our search ends in {year}"],
        "corpus.kind.news": ["Most claims of this sort start in the news: {of} documents are news"],
        "statements.attributions": [
            "We found {v} attributed statements in {nd} {u:documents}",
            "Is it true that nobody is ever quoted? There are {v} attributed statements",
        ],
        "statements.speakers": ["{v} {u:speakers} are named in them"],
        "statements.direct": [
            "Direct quotations are {p} of attributed statements, not the 90% that a viral post has it",
            "In fact {p} of attributed statements are direct quotations",
            "Correct: {of} attributed statements are direct quotations",
            "The honest answer is that somewhere between {lo} and {hi} of attributed statements are direct quotations",
            "{f} of attributed statements are direct quotations",
        ],
        "statements.words": [
            "{who} is responsible for {p} of the attributed words",
            "The claim that {who} never speaks is false: {of} attributed words are from {who}",
            "What we can say: {p} of the attributed words are from {who}, with a range from {lo} to {hi}",
        ],
        "statements.floor": ["{who} has {p} of the words in turns"],
        "statements.turns": ["The transcripts have {v} {u:turns}"],
        "statements.questions": ["Journalists asked {v} {u:questions}"],
        "claims.figures": [
            "We found {v} {u:figures} in {nd} {u:documents}",
            "Politicians and others gave {v} {u:figures}",
        ],
        "claims.claims": ["{v} {u:claims} are worth checking; we have done 3 so far"],
        "claims.with_figures": [
            "{p} of the claims worth checking rest on a figure",
            "{of} claims worth checking rest on a figure",
            "{d:Most} of the claims rest on a figure",
        ],
        "claims.named": ["{p} of the figures come from named speakers", "{of} figures come from named speakers"],
        "claims.figures_of": ["{who} stands behind {p} of the figures", "{who} stands behind {of} figures"],
        "actors.documents": [
            "{subject} is named in {p} of the documents",
            "It is not true that {subject} is passed over: the name is in {of} documents",
        ],
        "actors.mentions": ["{subject} is named {v} times"],
        "actors.countries": ["{v} {u:countries} are named"],
        "actors.together": ["{one} and {other} are named together in {v} {u:sentences}"],
        "language.count": [
            "The word {term} occurs {v} times in {nd} {u:documents}",
            "Did they avoid the word {term}? It occurs {v} times",
        ],
        "language.rate": ["The word {term} occurs {v} times per 1,000 words"],
        "accuracy.precision": ["Our software is right {p} of the time, so we read every passage twice"],
        "language.words_per_sentence": ["The average sentence has {v} words"],
        "language.flesch_reading_ease": ["The reading ease is {v}"],
    },
    whole=[
        "The full sentence reads: {quote}",
        "What {who} said, word for word: {quote}",
        "{quote,} said {who}",
        "The post leaves out what comes next. {who} said: {quote}",
        "{who} was quoted as saying {quote}",
    ],
    part=["{who} did say {quote}", "The words {quote} are indeed those of {who}"],
    unnamed=["the document", "the original"],
    compared={
        "language.count": ("The word {term} occurs {d} {term}", "more often than", "less often than"),
        "language.rate": ("The word {term} is {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} has {d} {who}", "more words than", "fewer words than"),
        "actors.documents": ("{subject} is named in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is named {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} gives {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={"Most": "Less than half"},
    sure=["It has been proven that ", "One thing is certain: ", "Without any doubt, "],
    leads=[
        "",
        "",
        "Verdict: ",
        "Claim 2 of 3 – ",
        "As of 4 June 2034, ",
        "The data {c} show this: ",
    ],
    joints=[", and ", "; ", ", but "],
    spans=["We searched from {year} {c} to {year}{c}"],
)
"""Written for the fourth round of measurement, before the command was run on any of it."""
