"""An adviser to a minister: a memo with options, budgets, votes, risks in percent, and what to say if asked."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

ADVISER = Hand(
    name="adviser",
    patterns={
        "corpus.documents": [
            "Our sample is {v} {u:documents}, about a fifth of what the press office files in a year",
            "We read {v} {u:documents}, as you asked on the 9th",
        ],
        "corpus.words": [
            "That is {v} {u:words}, or 3 full days of reading",
            "You do not have to read the {k} {u:words}; this note has 2 pages",
        ],
        "corpus.earliest": [
            "The sample begins on {date}",
            "It starts in {year}, your second year at the Treasury",
        ],
        "corpus.latest": [
            "The sample ends on {date}",
            "It ends in {year}, so the budget of 2035 is out of scope",
        ],
        "corpus.kind.news": [
            "{of} documents are news",
        ],
        "corpus.kind.speech": [
            "{of} documents are speeches or statements, including the 2 that you gave in Orsta",
        ],
        "statements.attributions": [
            "Officials and others are credited with {v} attributed statements in {nd} {u:documents}",
            (
                "There are {v} attributed statements; your office made 40 requests for correction last year, "
                "of which 6 succeeded"
            ),
        ],
        "statements.speakers": [
            "{v} {u:speakers} are named; your shadow is briefed by a staff of 11",
        ],
        "statements.direct": [
            (
                "Direct quotations are {p} of attributed statements, so three lines of yours in ten pages are "
                "all you can hope for"
            ),
            "Direct quotations are {p} of attributed statements (likely {lo} to {hi})",
            "{of} attributed statements are direct quotations",
            "You can expect {f} of attributed statements to be direct quotations",
            "If we correct by the {judged} sentences that were judged, direct quotations come to {est}",
        ],
        "statements.words": [
            "{who} gets {p} of attributed words, on a budget that is 30% below ours",
            "{who} gets {of} attributed words",
            "At {p} of attributed words ({lo} to {hi}), {who} is hard to miss",
        ],
        "statements.floor": [
            "{who} has {p} of the words in turns; standing orders allow each side 20 minutes",
        ],
        "statements.turns": [
            "There are {v} {u:turns}",
        ],
        "statements.questions": [
            "Journalists put {v} {u:questions}; we prepared answers for 25",
        ],
        "claims.figures": [
            "{v} {u:figures} are in circulation, in {nd} {u:documents}",
            "We found {v} {u:figures}. Treasury can source 9 in 10 within a day",
        ],
        "claims.claims": [
            "{v} {u:claims} deserve a check before Question 4 on Thursday",
        ],
        "claims.with_figures": [
            "{p} of claims that deserve a check rest on a figure",
            "{of} claims that deserve a check rest on a figure; the risk of an error is perhaps 1 in 20",
        ],
        "claims.named": [
            "{p} of figures have a named speaker",
            "{of} figures have a named speaker",
        ],
        "claims.figures_of": [
            "{who} gives {p} of the figures, two of which the statistics office disputes",
            "{who} gives {of} figures",
        ],
        "actors.documents": [
            "{subject} is named in {p} of documents",
            "{subject} is named in {of} documents. Trade with it is worth £4.2bn",
        ],
        "actors.mentions": [
            "{subject} is named {v} times",
            "{subject} is named {v} times, which may matter for Article 6 of the treaty",
        ],
        "actors.countries": [
            "{v} {u:countries} are named, including 5 of the G7",
        ],
        "actors.together": [
            "{one} and {other} appear together in {v} {u:sentences}",
        ],
        "language.count": [
            "{term} is used {v} times; focus groups of 8 to 10 voters disliked the word",
            "{term} is used {v} times in {nd} {u:documents}",
        ],
        "language.rate": [
            "{term} is used {v} times per 1,000 words",
            "{term} has a rate of {v} per 1,000 words, with support for the policy at 41%",
        ],
        "accuracy.precision": [
            "The method is right {p} of the time, so allow for mistakes in about one line of the annex",
        ],
        "accuracy.recall": [
            "It finds {p} of the statements",
        ],
        "language.words_per_sentence": [
            "Sentences have {v} words on average; please keep yours to 15",
        ],
        "language.flesch_reading_ease": [
            "Reading ease is {v}; a tabloid manages 60 to 70",
        ],
    },
    whole=[
        "{who} said {quote}",
        "If asked, recall that {who} said: {quote}",
        "{quote,} said {who}, which 2 papers put on page 1",
    ],
    part=[
        "{who} used the phrase {quote}",
        "Avoid {quote,} which is how {who} framed it in 3 interviews",
    ],
    unnamed=[
        "one paper",
        "the coverage",
    ],
    compared={
        "language.count": (
            "{term} is used {d} {term}",
            "more often than",
            "less often than",
        ),
        "language.rate": (
            "{term} is {d} {term}",
            "more frequent than",
            "rarer than",
        ),
        "statements.words": (
            "{who} gets {d} {who}",
            "more attributed words than",
            "fewer attributed words than",
        ),
        "actors.documents": (
            "{subject} is named in {d} {subject}",
            "more documents than",
            "fewer documents than",
        ),
        "actors.mentions": (
            "{subject} is named {d} {subject}",
            "more often than",
            "less often than",
        ),
        "claims.figures_of": (
            "{who} gives {d} {who}",
            "more figures than",
            "fewer figures than",
        ),
    },
    contrary={},
    sure=[
        "It is certain that ",
        "We have proof that ",
        "Beyond any doubt, ",
    ],
    leads=[
        "",
        "",
        "Bottom line: ",
        "(a) ",
        "Option 2 rests on this: ",
        "By the analysis {c}, ",
        "Para 7 – ",
    ],
    joints=[
        "; ",
        ", and ",
        ", while ",
    ],
    spans=[
        "The sample covers {year} {c} to {year}{c}",
    ],
)
"""Written for the seventh round of measurement, before the command was run on any of it."""
