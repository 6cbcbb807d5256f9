"""A parliament library's briefing paper: impartial, numbered, with votes, clauses, charges and columns of Hansard."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

LIBRARY = Hand(
    name="library",
    patterns={
        "corpus.documents": [
            "The Library examined {v} {u:documents}; 8 others were not available in electronic form",
            "This paper draws on {v} {u:documents}",
        ],
        "corpus.words": ["Between them these contain {v} {u:words}", "They contain some {k} {u:words}"],
        "corpus.earliest": ["The earliest is dated {date}, 3 years after the Act received Royal Assent"],
        "corpus.latest": ["The most recent is dated {date}, before the 6-week recess"],
        "corpus.kind.news": ["Of the documents, {of} are news stories"],
        "corpus.kind.speech": ["Of the documents, {of} are speeches or statements"],
        "statements.attributions": [
            "The Library identified {v} attributed statements, a task for which Members had allowed 4 weeks",
            "There are {v} attributed statements in {nd} {u:documents}",
        ],
        "statements.speakers": ["{v} {u:speakers} are named; the House has 560 Members"],
        "statements.direct": [
            "Direct quotations account for {p} of the attributed statements",
            "Direct quotations account for {f} of the attributed statements",
            "Direct quotations account for {of} attributed statements, section 7(1) notwithstanding",
            "The share of direct quotations among attributed statements is {p}, with an interval from {lo} to {hi}",
            "Following review of {judged} sentences, the share of direct quotations is estimated at {est}",
        ],
        "statements.words": [
            "{who} (Member since 2019) accounts for {p} of the attributed words",
            "{who} accounts for {of} attributed words; the average household bill is £431 a year",
        ],
        "statements.floor": ["{who} held the floor for {p} of the words in turns, in a debate of 5 hours 40 minutes"],
        "statements.turns": ["The Official Report records {v} {u:turns}, in columns 1142 to 1198"],
        "statements.questions": ["{v} {u:questions} were put, of which 6 were on the Order Paper"],
        "claims.figures": ["Speakers gave {v} {u:figures} in {nd} {u:documents}"],
        "claims.claims": ["{v} {u:claims} may merit checking, which lies outside the Library's remit"],
        "claims.with_figures": [
            "{p} of the claims that may merit checking contain a figure",
            "{of} claims that may merit checking contain a figure, as Table 4 of the 2031 paper did not show",
        ],
        "claims.named": [
            "A named speaker is the source of {p} of the figures",
            "A named speaker is the source of {of} figures; 4 peers asked to be left unnamed",
        ],
        "claims.figures_of": ["{p} of the figures were given by {who}", "{of} figures were given by {who}"],
        "actors.documents": [
            "{subject} is referred to in {p} of the documents",
            "{subject} is referred to in {of} documents, against 3 references in the Explanatory Notes",
        ],
        "actors.mentions": ["{subject} is mentioned {v} times", "There are {v} mentions of {subject}"],
        "actors.countries": ["{v} {u:countries} are mentioned; 12 have similar charges"],
        "actors.together": ["{one} and {other} are mentioned together in {v} {u:sentences}"],
        "language.count": [
            "The term {term} occurs {v} times; Clause 2 defines it",
            "The term {term} occurs {v} times in {nd} {u:documents}, though the Bill's 31 clauses avoid it",
        ],
        "language.rate": [
            "{term} occurs {v} times per 1,000 words",
            "Per 1,000 words {term} occurs {v} times; a comparable rate for 1998 is 0.8",
        ],
        "accuracy.precision": ["{p} of what the method marks is correct"],
        "accuracy.recall": ["The method finds {p} of what it should find"],
        "language.words_per_sentence": ["Sentences are {v} words long on average; drafting guidance suggests 20"],
        "language.flesch_reading_ease": ["Reading ease is {v}"],
    },
    whole=[
        "{who} said: {quote}",
        "At column 1150, {who} said: {quote}",
        "Replying to a Question on the 2.5% levy, {who} said: {quote}",
        "{quote,} {who} told the House at 4.18 pm",
    ],
    part=["{who} referred to {quote}", "The expression {quote} was used by {who}"],
    unnamed=["a document deposited in the Library", "an explanatory memorandum"],
    compared={
        "language.count": ("{term} occurs {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} is {d} {term}", "more common than", "less common than"),
        "statements.words": ("{who} accounts for {d} {who}", "more words than", "fewer words than"),
        "actors.documents": (
            "{subject} is referred to in {d} {subject}",
            "more documents than",
            "fewer documents than",
        ),
        "actors.mentions": ("{subject} is mentioned {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} gave {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["It is established beyond doubt that ", "The record proves that ", "There is no question that "],
    leads=["", "", "At Second Reading, ", "In paragraph 22 terms, ", "As the Library's analysis {c} shows, "],
    joints=["; ", ", while ", ", and "],
    spans=["The documents date from {date} {c} to {date}{c}"],
)
"""Written for the eighth round of measurement, before the command was run on any of it."""
