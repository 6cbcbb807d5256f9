"""A consultant: slides, key takeaways, benchmarks, growth talk, abbreviations, figures without verbs."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

CONSULTANT = Hand(
    name="consultant",
    patterns={
        "corpus.documents": ["Fact base: {v} {u:documents}", "Deep dive into {v} {u:documents} (2-week sprint, 3 FTE)"],
        "corpus.words": ["{k} {u:words} processed end to end", "Volume: {v} {u:words}"],
        "corpus.earliest": ["Coverage from {date}", "Baseline year: {year}"],
        "corpus.latest": ["Coverage until {date}", "Coverage ends {year}; FY34 data to follow in Q3"],
        "corpus.kind.news": ["Mix: {of} documents are news"],
        "corpus.kind.speech": ["Mix: {of} documents are speeches and statements"],
        "statements.attributions": [
            "{v} attributed statements identified across {nd} {u:documents}",
            "Total of {v} attributed statements, i.e. enough for a top-10 ranking",
        ],
        "statements.speakers": ["{v} named {u:speakers} in scope", "Stakeholder map with {v} named {u:speakers}"],
        "statements.direct": [
            "{p} of attributed statements are direct quotations (benchmark: 35%)",
            "Direct quotations: {p} of attributed statements (CI: {lo}–{hi})",
            "Direct quotations: {of} attributed statements",
            "Some {ip} of attributed statements are direct quotations",
            "{f} of attributed statements are direct quotations, vs. a target of 40%",
        ],
        "statements.words": [
            "Share of voice (attributed words): {who}, {p}",
            "{who} leads with a {p} share of attributed words",
            "{who} with {of} attributed words – 80/20 rule applies",
        ],
        "statements.floor": ["{who}: {p} of words in turns"],
        "statements.turns": ["{v} {u:turns} in transcripts"],
        "statements.questions": ["{v} {u:questions} asked by journalists"],
        "claims.figures": ["{v} {u:figures} asserted across {nd} {u:documents}", "{v} {u:figures} in total"],
        "claims.claims": ["Pipeline of {v} {u:claims} worth checking (est. effort: 0.5 days each)"],
        "claims.with_figures": [
            "{p} of claims worth checking rest on a figure (+/- a few points: {lo} to {hi})",
            "{of} claims worth checking rest on a figure",
            "{f} of claims worth checking rest on a figure",
        ],
        "claims.named": ["{p} of figures with a named speaker", "{of} figures with a named speaker"],
        "claims.figures_of": ["{who}: {p} of figures", "{who} accounts for {of} figures"],
        "actors.documents": [
            "{subject} present in {p} of documents",
            "{subject} present in {of} documents ({p}), up to 3x the peer group",
        ],
        "actors.mentions": ["{subject}: {v} mentions"],
        "actors.countries": ["Footprint: {v} {u:countries}"],
        "actors.together": ["Strongest link: {one} and {other} ({v} {u:sentences})"],
        "language.count": ["{term}: {v} hits in {nd} {u:documents}", "{term} used {v} times"],
        "language.rate": ["{term} @ {v} per 1,000 words", "{term}: {v} per 1,000 words ({lo}–{hi})"],
        "accuracy.precision": ["Tool accuracy: {p} (SLA: 80%)"],
        "accuracy.recall": ["Tool recall: {p} vs. 75% in the 2033 release"],
        "language.words_per_sentence": ["Avg. sentence: {v} words", "Avg. sentence: {v} words (best practice: 15)"],
        "language.flesch_reading_ease": ["Flesch score: {v}", "Reading ease {v} ({lo} to {hi})"],
    },
    whole=["Voice of the customer – {who}: {quote}", "{who}: {quote}", "{quote} – {who}"],
    part=["{who} on {quote}", "Key phrase by {who}: {quote}"],
    unnamed=["one document", "interview transcript"],
    compared={
        "language.count": ("{term} used {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} has a {d} {who}", "larger share of words than", "smaller share of words than"),
        "actors.documents": ("{subject} present in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} has {d} {subject}", "more mentions than", "fewer mentions than"),
        "claims.figures_of": ("{who} has a {d} {who}", "larger share of figures than", "smaller share of figures than"),
    },
    contrary={},
    sure=["Proven: ", "Data proves that ", "Undoubtedly, "],
    leads=["", "", "Key takeaway #1: ", "So what? ", "Page 14: ", "Source of truth {c}: ", "Hypothesis 2 confirmed – "],
    joints=["; ", " | ", " and "],
    spans=["Coverage {year} {c} to {year}{c}"],
)
"""Written for the fifth round of measurement, before the command was run on any of it."""
