"""A data blogger in notebooks and pages: code beside the prose, first person, charts, versions, run times."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

DATABLOG = Hand(
    name="datablog",
    patterns={
        "corpus.documents": [
            "So, {v} {u:documents} in the folder, 2 of which I had to convert by hand",
            "`len(docs)` gives {v} {u:documents}",
        ],
        "corpus.words": ["{k} {u:words}. My thesis had more", "{v} {u:words} in total (0.3 s on a 2019 ThinkPad)"],
        "corpus.earliest": ["x axis starts at {date}", "Data from {year} onwards"],
        "corpus.latest": ["x axis ends at {date}", "Data up to {year}"],
        "corpus.kind.news": ["By kind: {of} documents are news"],
        "statements.attributions": [
            "The parser finds {v} attributed statements in {nd} {u:documents} (v2.1 found fewer, I think)",
            "Next: {v} attributed statements, one per row",
        ],
        "statements.speakers": [
            "`speakers.nunique()` is {v}, i.e. {v} named {u:speakers}",
            "We get {v} named {u:speakers}",
        ],
        "statements.direct": [
            "Direct quotations are {p} of attributed statements, see the blue bar in Fig. 2",
            "Share of direct quotations among attributed statements: {dec}",
            "Error bars for direct quotations go from {lo} to {hi}",
            "{of} attributed statements are direct quotations, so {p}",
            "I labelled {judged} sentences on a train; the share of direct quotations is then {est}, not {alone}",
        ],
        "statements.words": [
            "Top of the bar chart: {who} with {p} of attributed words",
            "{who}: {of} attributed words ({p}, error bar {lo} to {hi})",
            "{ip} of attributed words for {who}, rounded",
        ],
        "statements.floor": ["{who} speaks {p} of the words in turns"],
        "statements.turns": ["{v} {u:turns} after splitting on the colon"],
        "statements.questions": ["{v} {u:questions} by journalists, regex and all"],
        "claims.figures": ["The table of {u:figures} has {v} rows", "There are {v} {u:figures} in {nd} {u:documents}"],
        "claims.claims": ["{v} {u:claims} worth checking pop out"],
        "claims.with_figures": [
            "{p} of claims worth checking rest on a figure",
            "{of} claims worth checking rest on a figure",
        ],
        "claims.named": ["Of the figures, {p} have a named speaker", "{of} figures have a named speaker"],
        "claims.figures_of": ["{who} gives {p} of the figures", "{who} gives {of} figures"],
        "actors.documents": [
            "{subject} shows up in {p} of docs, uh, documents",
            "{subject} shows up in {of} documents",
        ],
        "actors.mentions": ["{subject} has {v} mentions"],
        "actors.countries": ["The map shows {v} {u:countries}"],
        "actors.together": ["The thickest edge: {one} and {other}, {v} {u:sentences}"],
        "language.count": ["{term} comes up {v} times", "{term}: n = {v}, in {nd} {u:documents}"],
        "language.rate": [
            "{term} has {v} occurrences per 1,000 words (error bar {lo}–{hi})",
            "{term} is at {v} ± {pm} per 1,000 words",
            "{term} is at roughly {i} per 1,000 words",
        ],
        "accuracy.precision": ["Precision {p}, not bad for 12 MB of weights"],
        "accuracy.recall": ["Recall {p}"],
        "language.words_per_sentence": ["{v} words per sentence, mean not median", "Sentences: {v} ± {pm} words"],
        "language.flesch_reading_ease": ["Flesch says {v}", "Reading ease is {v} ({lo}–{hi})"],
    },
    whole=["Row 1 of the table is {who}: {quote}", "{quote} ({who})", "My favourite, by {who}: {quote}"],
    part=["{who} uses the phrase {quote}", "grep for {quote} and you find {who}"],
    unnamed=["some document", "the corpus"],
    compared={
        "language.count": ("{term} comes up {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} is {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": (
            "{who} has a {d} {who}",
            "taller bar, with more words than",
            "shorter bar, with fewer words than",
        ),
        "actors.documents": ("{subject} shows up in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} has {d} {subject}", "more mentions than", "fewer mentions than"),
        "claims.figures_of": ("{who} gives {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["QED, it is proven that ", "Undoubtedly, ", "This is always true: "],
    leads=["", "", "Step 4. ", "In [7]: ", "Update 2034-06-02: ", "The run {c} has it: ", "Fun fact no. 2 – "],
    joints=[", and ", "; ", ", whereas "],
    spans=["Time range: {date} {c} to {date}{c}", "The data cover {year} {c} to {year}{c}"],
)
"""Written for the fourth round of measurement, before the command was run on any of it."""
