"""A broadcaster's script: written for the ear, figures in words and rounded, one thought a sentence."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

BROADCAST = Hand(
    name="broadcast",
    patterns={
        "corpus.documents": [
            "Our team of three went through {w} {u:documents}",
            "{w} {u:documents} lie on the table in studio 4",
        ],
        "corpus.words": [
            "That's {r} {u:words}, a good nine hours if you read them out on air",
            "In figures: {w} {u:words}",
        ],
        "corpus.earliest": ["It begins with {date}", "The tape, so to speak, starts in {year}"],
        "corpus.latest": ["It ends with {date}", "The tape, so to speak, ends in {year}"],
        "corpus.kind.news": ["News, and nothing else, is what {of} documents are"],
        "statements.attributions": [
            "Listen to this: {w} attributed statements in those pages",
            "We heard {r} attributed statements",
        ],
        "statements.speakers": ["{w} {u:speakers} have a name"],
        "statements.direct": [
            "How much of it is in their own words? {f} of attributed statements are direct quotations",
            "How much of it is in their own words? Direct quotations are {p} of attributed statements",
            "Direct quotations: somewhere between {lo} and {hi}",
            "{in:attributed statement} is a direct quotation, and we have 15 seconds left for the weather",
        ],
        "statements.words": [
            "{who}, that is the voice with {p} of the attributed words",
            "{f} of the attributed words come from {who}",
            "{in:attributed word} comes from {who}",
        ],
        "statements.floor": ["{who} talks, and talks: {p} of the words in turns"],
        "statements.turns": ["The microphone changes hands; {w} {u:turns} in all"],
        "statements.questions": ["Our colleagues asked {w} {u:questions}"],
        "claims.figures": ["There are {w} {u:figures} in it", "{r} {u:figures} are claimed by someone"],
        "claims.claims": ["Worth checking: {w} {u:claims}"],
        "claims.with_figures": [
            "{f} of the claims worth checking rest on a figure",
            "And {ip} of the claims worth checking rest on a figure",
        ],
        "claims.named": ["A named speaker gives {f} of the figures", "A named speaker gives {p} of the figures"],
        "claims.figures_of": ["{who} gives {ip} of the figures"],
        "actors.documents": [
            "{subject} is named in {f} of the documents",
            "{subject} is named in {ip} of the documents",
        ],
        "actors.mentions": ["We say it once, they say it {w} times: {subject}"],
        "actors.countries": ["Around the world in {w} {u:countries}"],
        "actors.together": ["{one} and {other}, in one sentence: that happens in {w} {u:sentences}"],
        "language.count": ["{term}, you hear it {w} times", "{term}, you hear it {r} times"],
        "language.rate": ["Out of a thousand words, {i} are {term}"],
        "language.words_per_sentence": ["A sentence takes {i} words", "Take a breath: {v} words to a sentence"],
        "language.flesch_reading_ease": ["For reading ease Flesch's scale says {v}"],
    },
    whole=["{who}: {quote}", "Hear {who}: {quote}", "{quote,} says {who}, on page one of the file"],
    part=["{who} calls it {quote}"],
    unnamed=["a voice from the file", "somebody in the file"],
    compared={
        "language.count": ("You hear {term} {d} {term}", "more often than", "less often than"),
        "language.rate": ("You hear {term} {d} {term}", "more frequently than", "less frequently than"),
        "statements.words": ("{who} gets {d} {who}", "more of the words than", "less of the words than"),
        "actors.documents": ("{subject} is in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("They name {subject} {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} gives {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["It's proven: ", "Nobody can deny it, ", "One thing is absolutely certain: "],
    leads=["", "", "And now, at eleven minutes past: ", "Story two tonight: ", "Quoting our own count {c}: "],
    joints=["; and ", ", but ", ". Now, "],
    spans=["From {year} {c} all the way to {year}{c}"],
)
"""Written for the third round of measurement, before the command was run on any of it."""
