"""A doctoral student: LaTeX, definitions, cross-references, everything with its uncertainty, hedges in every clause."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

DOCTORAL = Hand(
    name="doctoral",
    patterns={
        "corpus.documents": [
            "After deduplication, the corpus has {v} {u:documents}",
            "We follow Marsh (2017) in sampling {v} {u:documents}, split 80/20 by outlet",
        ],
        "corpus.words": [
            "The corpus size is {v} {u:words} (tokens, punctuation excluded)",
            "With its {k} {u:words} the corpus is two orders of magnitude smaller than that of Ilves (2009)",
        ],
        "corpus.earliest": [
            "The earliest observation dates from {date}",
            "The observation period starts in {year}, i.e. after the reform of 1998",
        ],
        "corpus.latest": ["The latest observation dates from {date}", "The observation period closes in {year}"],
        "corpus.kind.news": ["Genre is unbalanced: {of} documents are news"],
        "corpus.kind.transcript": ["A minority of {of} documents are transcripts"],
        "statements.attributions": [
            "The extractor yields {v} attributed statements over {nd} {u:documents}",
            "In what follows, the unit of analysis is the attributed statement (N = {v})",
        ],
        "statements.speakers": [
            "Coreference resolution leaves {v} named {u:speakers}, after a threshold of 0.5 was applied",
            "There are {v} distinct named {u:speakers}",
        ],
        "statements.direct": [
            "The share of direct quotations is {p}, with a 95% bootstrap CI of {range}",
            "We estimate the share of direct quotations among attributed statements at {dec}",
            "Direct quotations: {of}, or {p} of attributed statements",
            "Under the null hypothesis of 50% the observed {p} of direct quotations would call for an explanation",
            "A design-based correction by {judged} judged sentences moves the share of direct quotations to {est}",
            "{f} of attributed statements are direct quotations, consistent with H2",
        ],
        "statements.words": [
            "{who} produces {p} of the attributed words [{lo}, {hi}]",
            "The concentration of voice is high: {who} produces {of} attributed words",
            "{who}, the modal speaker of the first chapter, produces {p} of the attributed words (95% CI: {lo}–{hi})",
        ],
        "statements.floor": ["Of the words in turns, {p} are uttered by {who}"],
        "statements.turns": ["Turn segmentation returns {v} {u:turns} (inter-annotator F1 of 0.97 on a pilot)"],
        "statements.questions": ["Journalists pose {v} {u:questions}"],
        "claims.figures": [
            "We extract {v} {u:figures} from {nd} {u:documents}",
            "The number of asserted {u:figures} is {v}; five were dropped in the pilot study",
        ],
        "claims.claims": ["Check-worthiness (threshold 0.5) holds for {v} {u:claims}"],
        "claims.with_figures": [
            "Given that a claim is check-worthy, it rests on a figure in {p} of cases (95% CI {lo} to {hi})",
            "{of} check-worthy claims rest on a figure",
            "{in:check-worthy claim} rests on a figure",
        ],
        "claims.named": [
            "A named speaker is found for {p} of figures",
            "A named speaker is found for {of} figures (see Table 2 and Section 3.1)",
        ],
        "claims.figures_of": ["{who} contributes {p} of all figures", "{who} contributes {of} figures"],
        "actors.documents": [
            "The document frequency of {subject} is {of}, that is {p}",
            "{subject} is named in {p} of documents (Wilson interval {lo} to {hi})",
            "{subject} is named in {f} of documents",
        ],
        "actors.mentions": ["{subject} is named {v} times"],
        "actors.countries": ["Mentions cover {v} {u:countries}"],
        "actors.together": ["The heaviest edge, between {one} and {other}, stands for {v} shared {u:sentences}"],
        "language.count": [
            "{term} has an absolute frequency of {v} and occurs in {nd} {u:documents}",
            "We observe {term} {v} times",
        ],
        "language.rate": [
            "{term} occurs at a rate of {v} per 1,000 words (95% CI {lo} to {hi}; 1,000 replicates)",
            "The relative frequency of {term} is {v} ± {pm} per 1,000 words",
        ],
        "accuracy.precision": [
            "Precision is estimated at {p} (95% CI {lo}–{hi}), which is above the 0.70 of the baseline"
        ],
        "accuracy.recall": ["Recall is estimated at {p} (95% CI {lo}–{hi})"],
        "language.words_per_sentence": [
            "Mean sentence length is {v} words (95% CI {lo} to {hi})",
            "Mean sentence length is {v} ± {pm} words and its standard deviation was not computed",
        ],
        "language.flesch_reading_ease": [
            "Reading ease (Flesch 1948) is {v}",
            "Reading ease is {v} (95% CI {lo} to {hi}), i.e. between standard prose (60–70) and something else",
        ],
    },
    whole=["As {who} states, {quote}", "Consider the following statement by {who}: {quote}", "{quote} ({who})"],
    part=["{who} employs the formula {quote}", "What {who} terms {quote} is a frame in the sense of Entman (1993)"],
    unnamed=["the source", "one document of the corpus"],
    compared={
        "language.count": ("{term} occurs {d} {term}", "more frequently than", "less frequently than"),
        "language.rate": ("The rate of {term} is {d} that of {term}", "higher than", "lower than"),
        "statements.words": ("The share of {who} is {d} that of {who}", "larger than", "smaller than"),
        "actors.documents": (
            "{subject} has a {d} {subject}",
            "higher document frequency than",
            "lower document frequency than",
        ),
        "actors.mentions": ("{subject} is named {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} contributes {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["We have thus proven that ", "It is undeniable that ", "There can be no doubt that "],
    leads=[
        "",
        "",
        "(RQ1) ",
        "With respect to H3, ",
        "Finding 2. ",
        "As reported in the run {c}, ",
        "Cf. Table 4, row 2: ",
    ],
    joints=[", while ", "; in turn, ", ", and "],
    spans=["The observation period is {year} {c} to {year}{c}"],
)
"""Written for the fourth round of measurement, before the command was run on any of it."""
