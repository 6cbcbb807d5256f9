"""A statistician: designs, effect sizes, correlations, baselines, degrees of freedom, simulations, caveats."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

STATISTICIAN = Hand(
    name="statistician",
    patterns={
        "corpus.documents": [
            "The sampling frame yields {v} {u:documents}; a power of 0.8 would have needed 64 per arm",
            "n = {v} {u:documents}",
        ],
        "corpus.words": [
            "The total is {v} {u:words}",
            "Token counts sum to {v} {u:words} (dispersion index 0.31)",
        ],
        "corpus.earliest": [
            "The series starts on {date}",
            "Observation begins in {year}",
        ],
        "corpus.latest": [
            "The series stops on {date}",
            "Observation ends in {year}, which leaves 2 years for validation",
        ],
        "corpus.kind.news": [
            "News accounts for {of} documents",
        ],
        "corpus.kind.speech": [
            "Speeches and statements account for {of} documents",
        ],
        "statements.attributions": [
            "The extractor returns {v} attributed statements from {nd} {u:documents}",
            "{v} attributed statements are returned, with a kappa of 0.74 between the annotators",
        ],
        "statements.speakers": [
            "There are {v} named {u:speakers} (Gini coefficient 0.66)",
        ],
        "statements.direct": [
            (
                "The proportion of direct quotations among attributed statements is {p} (95% CI {lo} to {hi}; "
                "2,000 bootstrap draws)"
            ),
            "Direct quotations: {of} attributed statements, {p}",
            "We estimate that {p} of attributed statements are direct quotations, r = 0.42 with document length",
            "The proportion of direct quotations is {dec} among attributed statements",
            "With m = {judged} judged sentences, direct quotations are estimated at {est}",
            "Put simply, {f} of attributed statements are direct quotations",
        ],
        "statements.words": [
            (
                "{who} has {p} of attributed words; the interval runs from {lo} to {hi} and was resampled by "
                "document, seed 11"
            ),
            "{who} has {of} attributed words",
            "For {who} the share of attributed words is {p}, some 1.8 standard deviations above the mean",
        ],
        "statements.floor": [
            "{who} has {p} of the words in turns (p < 0.01 against equal shares)",
        ],
        "statements.turns": [
            "The transcripts contain {v} {u:turns}, chi-squared with 3 degrees of freedom",
        ],
        "statements.questions": [
            "{v} {u:questions} come from journalists",
        ],
        "claims.figures": [
            "{v} {u:figures} are asserted in {nd} {u:documents}",
            "The number of {u:figures} is {v} (rate ratio 1.4 for odd pages)",
        ],
        "claims.claims": [
            "{v} {u:claims} are worth checking at a cut-off of 0.35",
        ],
        "claims.with_figures": [
            "{p} of the claims worth checking rest on a figure; a permutation test with 999 draws was run",
            "{of} claims worth checking rest on a figure",
            "Among the claims worth checking {p} rest on a figure, with an interval of {lo} to {hi}",
        ],
        "claims.named": [
            "{p} of the figures have a named speaker",
            "{of} figures have a named speaker (odds ratio 2.6)",
        ],
        "claims.figures_of": [
            "{who} accounts for {p} of the figures",
            "{who} accounts for {of} figures, Cook's distance 0.9",
        ],
        "actors.documents": [
            "{subject} occurs in {p} of the documents",
            "{subject} occurs in {of} documents",
        ],
        "actors.mentions": [
            "{subject} has {v} mentions",
            "{subject} is mentioned {v} times; the Poisson rate would be off by a factor of 2",
        ],
        "actors.countries": [
            "{v} {u:countries} are named",
        ],
        "actors.together": [
            "{one} and {other} co-occur in {v} {u:sentences} (pointwise mutual information 3.2)",
        ],
        "language.count": [
            "{term} has a frequency of {v} in {nd} {u:documents}",
            "{term} occurs {v} times (Juilland's D = 0.83)",
        ],
        "language.rate": [
            "{term} occurs {v} times per 1,000 words (95% CI {lo} to {hi})",
            "The rate of {term} is {v} per 1,000 words, at a correlation of 0.5 with the year",
        ],
        "accuracy.precision": [
            "Precision is {p}; a coin would reach 50%",
            "Precision is {p} at a significance level of 5%",
        ],
        "accuracy.recall": [
            "Recall is {p}, with a margin of 6 points in the validation of 2030",
        ],
        "language.words_per_sentence": [
            "Mean sentence length is {v} words (SD 9.8)",
        ],
        "language.flesch_reading_ease": [
            "Flesch reading ease is {v}, R² of 0.17 with sentence length",
        ],
    },
    whole=[
        "For illustration, {who}: {quote}",
        "Item 12 of the codebook is illustrated by {who}: {quote}",
        "{quote,} writes {who}, a case with leverage 0.2",
    ],
    part=[
        "{who} has {quote}",
        "The string {quote} ({who}) was coded 1",
    ],
    unnamed=[
        "one document",
        "document 17",
    ],
    compared={
        "language.count": (
            "{term} occurs {d} {term}",
            "more often than",
            "less often than",
        ),
        "language.rate": (
            "{term} is {d} {term}",
            "more frequent than",
            "less frequent than",
        ),
        "statements.words": (
            "{who} has {d} {who}",
            "more attributed words than",
            "fewer attributed words than",
        ),
        "actors.documents": (
            "{subject} occurs in {d} {subject}",
            "more documents than",
            "fewer documents than",
        ),
        "actors.mentions": (
            "{subject} has {d} {subject}",
            "more mentions than",
            "fewer mentions than",
        ),
        "claims.figures_of": (
            "{who} accounts for {d} {who}",
            "more figures than",
            "fewer figures than",
        ),
    },
    contrary={},
    sure=[
        "It is proven that ",
        "With certainty, ",
        "There is no doubt whatsoever that ",
    ],
    leads=[
        "",
        "",
        "Result 3. ",
        "Under model (2), ",
        "In the output {c}, ",
        "Remark 1.4. ",
        "Ignoring the 12 outliers would not change it: ",
    ],
    joints=[
        "; ",
        ", and ",
        ", whereas ",
    ],
    spans=[
        "The series runs from {date} {c} to {date}{c}",
    ],
)
"""Written for the seventh round of measurement, before the command was run on any of it."""
