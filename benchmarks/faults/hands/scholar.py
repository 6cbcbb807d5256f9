"""A scholar: long sentences, the passive voice, results between commas and in parentheses."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

SCHOLAR = Hand(
    name="scholar",
    patterns={
        "corpus.documents": [
            "The analysis that follows is based on a corpus of {v} {u:documents}",
            "In total, {v} {u:documents} met the criteria of selection",
        ],
        "corpus.words": [
            "The size of the corpus, {v} {u:words}, is modest by current standards",
            "With {r} {u:words}, it lies between a novel and an encyclopaedia",
        ],
        "corpus.earliest": [
            "The period of observation opens in {year}",
            "As regards time, the first item in the corpus bears the date {date}",
        ],
        "corpus.latest": [
            "The period of observation closes in {year}",
            "As regards time, the last item in the corpus bears the date {date}",
        ],
        "statements.attributions": [
            "A total of {v} attributed statements could be identified (across {nd} {u:documents})",
            "The extraction yielded {r} attributed statements",
        ],
        "statements.speakers": [
            "Among the sources, {v} {u:speakers} are identifiable by name",
            "It was possible to identify {v} {u:speakers}",
        ],
        "statements.direct": [
            "Direct quotation, at {p} of attributed statements, is the exception or the rule, as one likes",
            "As many as {of} attributed statements take the form of direct quotations",
            "The proportion of direct quotations amounts to {p} (CI: {lo}–{hi})",
            (
                "We estimate the proportion of direct quotations among attributed statements at {p}, {lo} and {hi} "
                "being the limits of the confidence interval"
            ),
            "{f} of the attributed statements were rendered verbatim",
        ],
        "statements.words": [
            "It is {who} to whom {p} of the attributed words belong",
            "{who} is credited with {of} attributed words",
            "The share of attributed words that falls to {who}, namely {p}, should be read with its interval: {range}",
            "{in:attributed word} is due to {who}",
        ],
        "statements.floor": ["In the transcripts, {p} of the words in turns are spoken by {who}"],
        "statements.turns": ["The transcripts comprise {v} {u:turns}"],
        "statements.questions": ["A count of {v} {u:questions} by journalists was obtained"],
        "claims.figures": [
            "Numerical information is not scarce: {v} {u:figures} are asserted in {nd} {u:documents}",
            "The number of {u:figures} that are asserted was found to be {v}",
        ],
        "claims.claims": ["Of potential interest to a fact-checker are {v} {u:claims}"],
        "claims.with_figures": [
            "A figure underlies {p} of the claims that merit verification",
            "A figure underlies {of} claims that merit verification",
            "{d:The majority} of the claims that merit verification are underpinned by a figure",
            "{f} of the claims that merit verification are underpinned by a figure",
        ],
        "claims.named": [
            "The origin of {p} of the figures is a named speaker",
            "For {of} figures, the origin is a named speaker",
        ],
        "claims.figures_of": [
            "{p} of the figures are attributable to {who} (CI: {lo}–{hi})",
            "To {who} are attributable {of} figures",
        ],
        "actors.documents": [
            "References to {subject} are present in {p} of the documents",
            "{subject} is referred to in {of} documents",
            "The proportion of documents in which {subject} is referred to ({p}; CI: {lo}–{hi}) speaks for itself",
        ],
        "actors.mentions": ["There are {v} references to {subject}"],
        "actors.countries": ["References were found to {v} {u:countries}"],
        "language.count": [
            "The frequency of {term} is {v}, spread over {nd} {u:documents}",
            "There are {r} occurrences of {term}",
            "{term}, with {v} occurrences, deserves a comment",
        ],
        "language.rate": [
            "The relative frequency of {term} amounts to {v} per thousand words",
            "Relative to 1,000 words, {term} has a frequency of {v} (CI: {lo}–{hi})",
        ],
        "language.words_per_sentence": [
            "Mean sentence length was {v} words",
            "Mean sentence length: {v} ± {pm} words",
            "The mean length of a sentence is estimated at {v} words (CI: {lo}–{hi})",
        ],
        "language.flesch_reading_ease": [
            "The Flesch index stands at {v}",
            "Readability, as measured by Flesch reading ease, is {v} ± {pm}",
        ],
    },
    whole=[
        "Suffice it to quote {who}: {quote}",
        "{quote,} to quote {who}",
        "In this connection, the following was stated by {who}: {quote}",
        "{quote}: thus {who}",
    ],
    part=["{who} refers to {quote}", "The phrase {quote}, which {who} uses, is revealing"],
    unnamed=["one of the sources", "the document in question"],
    compared={
        "language.count": ("{term} is {d} {term}", "more common than", "less common than"),
        "language.rate": (
            "The relative frequency of {term} {d} that of {term}",
            "exceeds",
            "falls short of",
        ),
        "statements.words": (
            "{who} accounts for {d} {who}",
            "a larger portion of attributed words than",
            "a smaller portion of attributed words than",
        ),
        "actors.documents": (
            "{subject} is referred to in {d} {subject}",
            "a greater number of documents than",
            "a smaller number of documents than",
        ),
        "actors.mentions": ("{subject} is referred to {d} {subject}", "more frequently than", "less frequently than"),
        "claims.figures_of": (
            "To {who} are attributable {d} {who}",
            "more figures than to",
            "fewer figures than to",
        ),
    },
    contrary={"The majority": "The minority"},
    sure=["It follows with certainty that ", "It has thus been proven that ", "Indisputably, "],
    leads=[
        "",
        "",
        "The relevant finding {c} reads as follows: ",
        "To summarise section 4.2, ",
        "As was noted by Kessler and Oduro (2019, p. 212), context matters; here, ",
        "With the caveats of chapter 2 in mind: ",
    ],
    joints=["; by contrast, ", ", whilst ", "; at the same time, "],
    spans=[
        "The corpus spans the years {year} {c} to {year}{c}",
        "Our observations extend from {date} {c} up to {date}{c}",
    ],
)
"""Written after the misses of ``desk`` were mended, and measured once."""
