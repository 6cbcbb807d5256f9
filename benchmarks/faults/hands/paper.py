"""An academic paper: impersonal, with estimates, intervals and definitions in one sentence, and siunitx in LaTeX."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

PAPER = Hand(
    name="paper",
    patterns={
        "corpus.documents": [
            "The final sample comprises N = {v} {u:documents}",
            "After screening by two coders, {v} {u:documents} were retained",
        ],
        "corpus.words": [
            "The sample amounts to {v} running {u:words}",
            "Its length (about {k} {u:words}) is comparable to that of earlier samples (Ilves 2009; Marsh 2017, p. 88)",
        ],
        "corpus.earliest": ["Observations begin on or in {date}", "The left boundary of the sample is {year}"],
        "corpus.latest": ["Observations end on or in {date}", "The right boundary of the sample is {year}"],
        "corpus.kind.news": ["The genre of {of} documents was coded as news (kappa = 0.91)"],
        "statements.attributions": [
            "In sum, {v} attributed statements were extracted from {nd} {u:documents}",
            (
                "The design-based estimate is {est} attributed statements (95% CI {elo} to {ehi}), compared with "
                "{alone} for the uncorrected model"
            ),
        ],
        "statements.speakers": ["The variable source takes {v} distinct values, each a named speaker"],
        "statements.direct": [
            "The proportion of direct quotations among attributed statements is estimated at {dec}",
            "The proportion of direct quotations among attributed statements is {p} (95% CI [{lo}, {hi}])",
            "Direct quotation was observed in {of} attributed statements, {p}",
            (
                "When the estimator of section 3.4 is applied to {judged} judged sentences, the proportion of direct "
                "quotations becomes {est}"
            ),
        ],
        "statements.words": [
            "The share of attributed words produced by {who} is {p} ({range}; 2,000 bootstrap replicates)",
            "{who} contributes {of} attributed words, i.e. {p}",
            "With {p}, {who} contributes to the attributed words what Table 4 calls a first-order share",
        ],
        "statements.floor": ["The floor share of {who} equals {p} of the words in turns"],
        "statements.turns": ["Segmentation yields {v} {u:turns}"],
        "statements.questions": ["Interrogatives by journalists number {v} {u:questions}"],
        "claims.figures": [
            "A total of {v} numerical assertions ({u:figures}) was obtained from {nd} {u:documents}",
            "The {u:figures} that are asserted number {v}",
        ],
        "claims.claims": ["The candidate set for verification has {v} {u:claims}"],
        "claims.with_figures": [
            "Conditional on being worth checking, a claim rests on a figure with relative frequency {dec}",
            "Of the claims worth checking, {p} rest on a figure (i.e. {of})",
        ],
        "claims.named": [
            "The source is a named speaker for {p} (95% CI: {range}) of the figures",
            "The source is a named speaker for {of} figures",
        ],
        "claims.figures_of": ["{who} is the source of {p} of the figures", "{who} is the source of {of} figures"],
        "actors.documents": [
            "{subject} is mentioned at least once in {p} of the documents (95% CI {lo} to {hi})",
            "Document frequency is {of} for {subject}",
        ],
        "actors.mentions": ["Token frequency of {subject}: {v} mentions"],
        "actors.countries": ["Mentions resolve to {v} {u:countries} (ISO 3166-1)"],
        "actors.together": ["The edge between {one} and {other} has weight {v} ({u:sentences} shared)"],
        "language.count": [
            "The lemma {term} has a frequency of {v} in {nd} {u:documents}",
            "Absolute frequency, {term}: {v}",
        ],
        "language.rate": [
            "Normalised to 1,000 words, the frequency of {term} is {v} (95% CI {lo} to {hi})",
            "Normalised to 1,000 words, the frequency of {term} is {v} ± {pm}",
        ],
        "accuracy.precision": ["Estimated precision is {p} (95% CI [{lo}, {hi}])"],
        "accuracy.recall": ["Estimated recall is {p}, with an interval of {range}"],
        "language.words_per_sentence": [
            "Mean sentence length is {v} words (95% CI [{lo}, {hi}])",
            "Mean sentence length is {v} ± {pm} words",
        ],
        "language.flesch_reading_ease": ["Flesch reading ease equals {v} ± {pm}", "Flesch reading ease equals {i}"],
    },
    whole=["Example (1) is from {who}: {quote}", "{quote} ({who})", "{who} states, in the relevant passage, {quote}"],
    part=["The segment {quote} is attributed to {who}"],
    unnamed=["the source text", "another source"],
    compared={
        "language.count": ("{term} is {d} {term}", "attested more often than", "attested less often than"),
        "language.rate": ("The rate of {term} is {d} that of {term}", "higher than", "lower than"),
        "statements.words": ("The share of {who} {d} that of {who}", "is greater than", "is smaller than"),
        "actors.documents": ("The document frequency of {subject} {d} that of {subject}", "exceeds", "is below"),
        "actors.mentions": ("{subject} is {d} {subject}", "mentioned more than", "mentioned less than"),
        "claims.figures_of": (
            "The figures of {who} are {d} those of {who}",
            "more numerous than",
            "less numerous than",
        ),
    },
    contrary={},
    sure=["It is demonstrated conclusively that ", "Without exception, ", "We have proved that "],
    leads=[
        "",
        "",
        "Result 4 (see also Marsh 2017, pp. 101–109): ",
        "Under H1 as preregistered on 4 May 2033, ",
        "The estimate of interest {c} is this: ",
    ],
    joints=["; the corresponding second quantity: ", ", and ", "; moreover, "],
    spans=["The sample covers {year} {c} to {year}{c}"],
)
"""Written for the third round of measurement, before the command was run on any of it."""
