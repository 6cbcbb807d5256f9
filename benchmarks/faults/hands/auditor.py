"""An auditor: clauses with references, figures before words, both in numerals and in words."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

AUDITOR = Hand(
    name="auditor",
    patterns={
        "corpus.documents": [
            "The population under review comprises {v} {u:documents}",
            "{w} {u:documents} were examined",
        ],
        "corpus.words": ["Volume: {v} {u:words}", "The volume of {k} {u:words} was considered sufficient"],
        "corpus.earliest": ["Period under review: from {date}", "Our mandate covers the time since {year}"],
        "corpus.latest": ["The period under review closed on or in {date}"],
        "corpus.kind.news": ["Of the population, {of} documents fall into class A (news)"],
        "statements.attributions": [
            "We noted {v} attributed statements ({nd} {u:documents})",
            "Subject to the correction in note 4, there are {est} attributed statements; unadjusted, {alone}",
        ],
        "statements.speakers": ["{v} {u:speakers} could be verified by name"],
        "statements.direct": [
            "Ratio of direct quotations to attributed statements: {dec}",
            "Direct quotations constitute {p} of attributed statements, the tolerable range being {range}",
            "As adjusted, direct quotations constitute {est} (CI {elo} to {ehi})",
            "{in:attributed statement} constitutes a direct quotation",
        ],
        "statements.words": [
            "Concentration: {who} holds {p} of the attributed words",
            "{who} holds {of} attributed words, that is to say {p}",
            "We draw attention to {who}, whose portion of the attributed words is {ip}",
        ],
        "statements.floor": ["Speaking time: {who}, {p} of the words in turns"],
        "statements.turns": ["{w} {u:turns} were logged"],
        "statements.questions": ["{v} {u:questions} were put by journalists"],
        "claims.figures": ["We noted {v} {u:figures} in {nd} {u:documents}", "There were {w} {u:figures}"],
        "claims.claims": ["{v} {u:claims} are recommended for checking"],
        "claims.with_figures": [
            "Of claims recommended for checking, {p} rest on a figure",
            "Of claims recommended for checking, {of} rest on a figure",
        ],
        "claims.named": [
            "The origin was a named speaker for {of} figures",
            "The origin was a named speaker for {p} of the figures",
        ],
        "claims.figures_of": ["{who} accounts for {p} of the figures", "{who} accounts for {of} figures"],
        "actors.documents": [
            "{subject} is referenced in {of} documents",
            "{subject} is referenced in {p} of the documents ({range})",
        ],
        "actors.mentions": ["{subject}: {v} references"],
        "actors.countries": ["{v} {u:countries} are referenced"],
        "actors.together": ["{one} and {other} are jointly referenced in {v} {u:sentences}"],
        "language.count": ["Occurrences of {term}: {v}", "{term} was found {v} times in {nd} {u:documents}"],
        "language.rate": ["Occurrences of {term} per 1,000 words: {v}"],
        "language.words_per_sentence": [
            "Mean sentence length was {v} words (± {pm})",
            "Mean sentence length, rounded, was {i} words",
        ],
        "language.flesch_reading_ease": ["Reading ease according to Flesch was {v} (± {pm})"],
        "accuracy.precision": ["Of the statements that the model finds, {p} are real"],
        "accuracy.recall": ["Of the statements in the documents, the model finds {p}"],
    },
    whole=["{who} submits: {quote}", "The wording used by {who} was {quote}", "Exhibit 3 ({who}): {quote}"],
    part=["{who} submits {quote}"],
    unnamed=["the record", "one of the records"],
    compared={
        "language.count": ("{term} was found {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} is {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} holds {d} {who}", "a larger portion than", "a smaller portion than"),
        "actors.documents": ("{subject} is referenced in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is referenced {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} accounts for {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["We certify with complete certainty that ", "It is undisputed that ", "It is proven that "],
    leads=["", "", "Note 6 (materiality 5%). ", "In accordance with clause 9.1: ", "The finding {c} states: "],
    joints=["; further, ", ", and ", "; likewise, "],
    spans=["The records run from {date} {c} until {date}{c}"],
)
"""Written after the misses of the six were mended, and before the command was run on any of it."""
