"""A parliamentary researcher: numbered paragraphs, "per cent", Members and Committees, no adjectives."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

PARLIAMENT = Hand(
    name="parliament",
    patterns={
        "corpus.documents": [
            "The Library examined {v} {u:documents} at the request of two Members",
            "{v} {u:documents} fell within the terms of reference",
        ],
        "corpus.words": [
            "Members may wish to know that these extend to {v} {u:words}",
            "Members may wish to know that these extend to some {k} {u:words}",
        ],
        "corpus.earliest": ["The earliest paper before the Committee is dated {date}"],
        "corpus.latest": ["The most recent paper before the Committee is dated {date}"],
        "corpus.kind.news": ["Press reports make up {of} documents; see paragraph 7"],
        "statements.attributions": [
            "There were {v} attributed statements in {nd} {u:documents}",
            (
                "The number of attributed statements, as corrected by the Library, is {est} (the software alone gives"
                " {alone})"
            ),
        ],
        "statements.speakers": ["Persons quoted by name numbered {v} {u:speakers}"],
        "statements.direct": [
            "The proportion given verbatim was {p} of attributed statements ({of})",
            "It was {p} of attributed statements that took the form of direct quotations, in an interval of {range}",
            "{in:attributed statement} is a direct quotation",
            "{f} of the attributed statements were direct quotations",
        ],
        "statements.words": [
            "{who} was the source of {p} of attributed words, or {of}",
            "The contribution of {who} to the attributed words was {p}",
            "{f} of the attributed words were those of {who}",
        ],
        "statements.floor": ["{who} spoke {p} of the words in turns"],
        "statements.turns": ["The Official Report records {v} {u:turns}"],
        "statements.questions": ["There were {v} {u:questions} from the press, excluding 3 that were withdrawn"],
        "claims.figures": [
            "Some {v} {u:figures} were put forward",
            (
                "{v} {u:figures} were put forward in {nd} {u:documents}; the Committee took evidence on none of them "
                "in its 5 sessions"
            ),
        ],
        "claims.claims": ["The Library lists {v} {u:claims} which might be checked under Standing Order 14(2)"],
        "claims.with_figures": [
            "Of the claims which might be checked, {p} rest on a figure",
            "Of the claims which might be checked, {of} rest on a figure",
            "{d:The greater part} of the claims which might be checked rest on a figure",
        ],
        "claims.named": [
            "The figures were in {p} of cases given by a named speaker",
            "The figures were in {of} cases given by a named speaker",
        ],
        "claims.figures_of": ["{who} gave {p} of the figures", "{who} gave {of} figures in evidence"],
        "actors.documents": [
            "{subject} is named in {of} documents ({p})",
            "{subject} is named in {p} of the documents, subject to an interval of {range}",
        ],
        "actors.mentions": ["{subject} is named on {v} occasions"],
        "actors.countries": ["The papers name {v} {u:countries}"],
        "actors.together": ["{one} and {other} are named jointly in {v} {u:sentences}"],
        "language.count": [
            "The term {term} is used {v} times",
            "The term {term} is used {v} times in {nd} {u:documents}, not counting the 1998 schedule",
        ],
        "language.rate": ["The term {term} is used {v} times in every thousand words"],
        "accuracy.recall": ["The software is estimated to find {p} of the statements"],
        "language.words_per_sentence": ["A sentence has, on average, {v} words"],
        "language.flesch_reading_ease": ["The reading ease (Flesch) is {v} out of a possible 100"],
    },
    whole=["{who} is reported as follows: {quote}", "In the words of {who}, {quote}", "{quote,} {who} told reporters"],
    part=["{who} referred to {quote}"],
    unnamed=["a paper before the Committee", "one of the papers"],
    compared={
        "language.count": ("{term} is used {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} is used {d} {term}", "at a higher rate than", "at a lower rate than"),
        "statements.words": (
            "{who} was the source of {d} {who}",
            "more attributed words than",
            "fewer attributed words than",
        ),
        "actors.documents": ("{subject} is named in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is named {d} {subject}", "on more occasions than", "on fewer occasions than"),
        "claims.figures_of": ("{who} gave {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={"The greater part": "The lesser part"},
    sure=["It is beyond question that ", "The papers prove that ", "It can be stated with absolute certainty that "],
    leads=[
        "",
        "",
        "Paragraph 12 refers. ",
        "On the second point raised by the hon. Member for Tarn East: ",
        "The finding {c} is in these terms: ",
    ],
    joints=["; ", ", and ", "; by comparison, "],
    spans=["The papers are dated between {year} {c} and {year}{c}"],
)
"""Written for the third round of measurement, before the command was run on any of it."""
