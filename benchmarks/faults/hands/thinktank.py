"""A think tank's brief: first person plural, recommendations, hedged magnitudes."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

THINKTANK = Hand(
    name="thinktank",
    patterns={
        "corpus.documents": [
            "We base our assessment on {v} {u:documents}, collected by two fellows between other duties",
            "This brief draws on {v} {u:documents}",
        ],
        "corpus.words": [
            "That is {r} {u:words}, or a working week of reading at 250 words a minute",
            "All told we processed {v} {u:words}",
        ],
        "corpus.earliest": ["Our window opens with a text from {date}", "We start in {year} for want of older files"],
        "corpus.latest": ["Our window closes with a text from {date}", "We stop in {year}, when the archive does"],
        "corpus.kind.news": [
            "Of our sources, {of} documents are news, which is as it should be in a brief on coverage"
        ],
        "statements.attributions": [
            "We recovered {v} attributed statements, spread over {nd} {u:documents}",
            (
                "Our best estimate after a check by hand is {est} attributed statements; the model on its own "
                "reported {alone}"
            ),
            "At {r} attributed statements, the evidence base is adequate",
        ],
        "statements.speakers": [
            "The debate has {v} named {u:speakers}",
            "Policymakers should note that only {v} {u:speakers} can be named",
        ],
        "statements.direct": [
            "Verbatim speech is {d:the rule}: {p} of attributed statements are direct quotations",
            "We find that {f} of attributed statements are direct quotations, a useful rule of thumb for clause 5",
            "Roughly speaking, the share of direct quotations is {ip}, and it is unlikely to be outside {range}",
            "The share of direct quotations stands at {dec}",
        ],
        "statements.words": [
            "The loudest voices matter: {who} commands {p} of attributed words (interval: {lo} to {hi})",
            "{who}'s {p} of the attributed words should be read with care",
            "In our two-by-two matrix {who}, with {of} attributed words, sits in the upper left",
            "{in:attributed word} is {who}'s",
        ],
        "statements.floor": ["{who} takes up {p} of the words in turns, on our reading of the transcripts"],
        "statements.turns": ["We segmented the transcripts into {v} {u:turns}"],
        "statements.questions": ["Journalists put {v} {u:questions} to office-holders"],
        "claims.figures": [
            "Numbers circulate freely: we count {v} {u:figures} in {nd} {u:documents}",
            "Altogether {v} {u:figures} are asserted",
        ],
        "claims.claims": ["Our first recommendation concerns the {v} {u:claims} worth checking"],
        "claims.with_figures": [
            "A claim worth checking rests on a figure in {p} of cases",
            "Some {ip} of the claims worth checking rest on a figure",
            "{d:Most} of the claims worth checking rest on a figure",
        ],
        "claims.named": [
            "We can put a name to the source of {p} of the figures (CI {lo} to {hi})",
            "For {of} figures the source has a name",
        ],
        "claims.figures_of": ["{who} supplies {p} of the figures", "{of} figures originate with {who}"],
        "actors.documents": [
            "{subject} features in {p} of the documents, ahead of our own expectations in Box 3",
            "{subject} features in {of} documents",
            "{f} of the documents name {subject}",
        ],
        "actors.mentions": ["{subject} is mentioned {v} times"],
        "actors.countries": ["The map in Annex 2 shades the {v} {u:countries} that are named"],
        "actors.together": ["{one} and {other} appear in the same breath in {v} {u:sentences}"],
        "language.count": [
            "Framing is visible in vocabulary: {term} occurs {v} times",
            "We find {term} in {nd} {u:documents}, {v} times in all",
        ],
        "language.rate": [
            "Per 1,000 words, {term} occurs {v} times",
            "{term} occurs at a rate of {v} per thousand words (95% CI {lo} to {hi})",
        ],
        "accuracy.precision": ["We trust {p} of the statements that the model finds to be real"],
        "accuracy.speaker": ["In {p} of cases the model has the right speaker"],
        "language.words_per_sentence": ["At {v} words the average sentence is no obstacle to a busy minister"],
        "language.flesch_reading_ease": [
            "Readability is {v} on the Flesch scale, with 95% confidence between {lo} and {hi}",
            "Readability is {i} on the Flesch scale",
        ],
    },
    whole=["As {who} has it, {quote}", "We note the words of {who}: {quote}", "{who} is on record with {quote}"],
    part=["Take {quote}, a phrase of {who}", "{who} evokes {quote}"],
    unnamed=["one of our texts", "a text in the file"],
    compared={
        "language.count": ("{term} has {d} {term}", "a higher count than", "a lower count than"),
        "language.rate": ("{term} is {d} {term}", "more prominent than", "less prominent than"),
        "statements.words": ("{who} commands {d} {who}", "more of the words than", "less of the words than"),
        "actors.documents": ("{subject} features in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} draws {d} {subject}", "more mentions than", "fewer mentions than"),
        "claims.figures_of": (
            "{who} supplies {d} {who}",
            "a larger share of the figures than",
            "a smaller share of the figures than",
        ),
    },
    contrary={"the rule": "the exception", "Most": "A minority"},
    sure=[
        "We have established beyond dispute that ",
        "Our analysis proves that ",
        "There is no doubt whatsoever that ",
    ],
    leads=["", "", "Take-away no. 3: ", "To anticipate section 4.1: ", "Our headline result {c} is simple: "],
    joints=[", whereas ", "; on our second indicator, ", " – and "],
    spans=["Our window runs from {date} {c} through {date}{c}"],
)
"""Written for the third round of measurement, before the command was run on any of it."""
