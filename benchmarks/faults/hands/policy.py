"""A policy analyst: caveats first, numbered recommendations, the source of everything in a footnote."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

POLICY = Hand(
    name="policy",
    patterns={
        "corpus.documents": [
            "This note draws on {v} {u:documents}, collected by three interns over one summer",
            "Of the material that was requested under the 2005 Act, {v} {u:documents} could be used",
        ],
        "corpus.words": [
            "The evidence base runs to {r} {u:words}, roughly the length of a White Paper and its two annexes",
            "{v} {u:words} were read in full and 10 hours of video were not",
        ],
        "corpus.earliest": [
            "Our evidence goes back no further than {date}",
            "No document was published before {year}, the year in which Regulation 1049 was amended",
        ],
        "corpus.latest": [
            "The cut-off is {date}",
            "Nothing that was published after {year} has been taken into account",
        ],
        "corpus.kind.news": ["News reports make up {of} documents, which limits what can be said of Parliament"],
        "corpus.kind.speech": ["A further {of} documents are speeches and statements"],
        "statements.attributions": [
            "We count {v} attributed statements, spread over {nd} {u:documents}",
            "There are {r} attributed statements to work with, enough for a first assessment under option B",
        ],
        "statements.speakers": [
            "The debate is carried by {v} named {u:speakers}",
            "{v} {u:speakers} can be named; the Group of Seven and the EU-27 are left out, being no persons",
        ],
        "statements.direct": [
            "Direct quotations make up {p} of attributed statements; readers of our 2018 note will recall a third",
            "The share of direct quotations among attributed statements is likely to lie between {lo} and {hi}",
            "At {p}, the share of direct quotations is the first indicator of our three-part test",
            "{f} of attributed statements are direct quotations",
            "Direct quotations account for {of} attributed statements ({p})",
            "Correcting for reviewers' finds brings the share of direct quotations from {alone} to {est}",
        ],
        "statements.words": [
            "{who} alone accounts for {p} of the attributed words",
            "As regards air time, {p} of the attributed words go to {who} (confidence interval: {lo} to {hi})",
            "Measured in words, {who} has {of}",
            "Roughly put, {who} holds {ip} of the attributed words",
        ],
        "statements.floor": ["In hearings {who} holds the floor for {p} of the words"],
        "statements.turns": ["The transcripts of the hearings consist of {v} {u:turns}"],
        "statements.questions": ["Journalists put {v} {u:questions}, against the eight that the protocol allows"],
        "claims.figures": [
            "Altogether {v} {u:figures} are asserted in {nd} {u:documents}",
            "The texts assert {v} {u:figures}, of which a regulator could use perhaps one in four",
        ],
        "claims.claims": ["We identify {v} {u:claims} that merit verification under Article 6(2)"],
        "claims.with_figures": [
            "{p} of the claims that merit checking rest on a figure",
            "A figure underpins {of} claims",
            "{f} of the claims that merit checking rest on a figure",
            "Rather more than guesswork: {p} of claims rest on a figure (CI {lo}–{hi})",
        ],
        "claims.named": [
            "For {p} of figures a named speaker can be held to account",
            "Accountability is possible for {of} figures, namely those with a named speaker behind them",
        ],
        "claims.figures_of": ["{who} is responsible for {p} of the figures", "{who} is the source of {of} figures"],
        "actors.documents": [
            "{subject} features in {p} of documents",
            "{subject} features in {of} documents, i.e. {p}",
            "With a presence in {p} of documents (between {lo} and {hi}), {subject} cannot be ignored",
        ],
        "actors.mentions": ["The number of mentions of {subject} stands at {v}"],
        "actors.countries": ["The geographical scope is {v} {u:countries}"],
        "actors.together": ["{one} and {other} are mentioned together in {v} {u:sentences}"],
        "language.count": [
            "The term {term} is used {v} times in {nd} {u:documents}",
            "Use of {term}: {v} times",
        ],
        "language.rate": [
            "The term {term} is used {v} times for every 1,000 words",
            "Per 1,000 words, {term} occurs {v} times (95% CI {lo}–{hi}), well above the 0.8 of our 2018 note",
        ],
        "accuracy.precision": ["Reviewers confirm {p} of the statements that the software extracts"],
        "accuracy.recall": [
            "The software is estimated to find {p} of all statements, and it missed 11 by our own count"
        ],
        "language.words_per_sentence": [
            "The average sentence is {v} words long, against the 20 that the Plain Language Guide of 2011 recommends",
            "Sentences run to {v} words on average ({range})",
        ],
        "language.flesch_reading_ease": ["On the Flesch scale (0 to 100) the texts reach {v}"],
    },
    whole=[
        "{who} put it as follows: {quote}",
        "According to {who}, {quote}",
        "To cite {who}: {quote}",
    ],
    part=["{who} committed to {quote}", "The wording used by {who}, {quote,} leaves room for interpretation"],
    unnamed=["one of the documents", "the record", "an official text"],
    compared={
        "language.count": ("The term {term} is used {d} {term}", "more often than", "less often than"),
        "language.rate": ("The rate of {term} is {d} that of {term}", "above", "below"),
        "statements.words": ("{who} is given {d} {who}", "more words than", "fewer words than"),
        "actors.documents": ("{subject} features in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is mentioned {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} asserts {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["The evidence proves that ", "It is beyond dispute that ", "We can say with certainty that "],
    leads=[
        "",
        "",
        "(a) ",
        "As to question 3 of the terms of reference: ",
        "Subject to the caveats in paragraph 12, ",
        "According to the run {c}, ",
        "Recommendation 2 rests on one finding: ",
    ],
    joints=[", whereas ", "; at the same time ", ", and "],
    spans=["The reference period is {year} {c} to {year}{c}", "Documents date from {date} {c} to {date}{c}"],
)
"""Written for the fourth round of measurement, before the command was run on any of it."""
