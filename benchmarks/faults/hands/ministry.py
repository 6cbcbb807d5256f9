"""A ministry's memo: numbered paragraphs, file references, deadlines, the passive voice, sums in the millions."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

MINISTRY = Hand(
    name="ministry",
    patterns={
        "corpus.documents": [
            "The evaluation was conducted on the basis of {v} {u:documents}",
            "The Division examined {v} {u:documents} within the period of 15 working days set by the Minister",
        ],
        "corpus.words": ["The material has a volume of {v} {u:words}", "A volume of about {k} {u:words} was processed"],
        "corpus.earliest": ["The oldest document bears the date of {date}", "The file was opened in {year}"],
        "corpus.latest": ["The most recent document bears the date of {date}", "The file was closed in {year}"],
        "corpus.kind.news": ["It is noted that {of} documents are news"],
        "corpus.kind.interview": ["It is noted that {of} documents are interviews"],
        "statements.attributions": [
            "A total of {v} attributed statements was registered in {nd} {u:documents}",
            "The registration of {v} attributed statements was completed on 2 May by 4 members of staff",
        ],
        "statements.speakers": ["The statements are attributable to {v} named {u:speakers}"],
        "statements.direct": [
            "The proportion of direct quotations in attributed statements amounts to {p}",
            "The proportion of direct quotations in attributed statements is, with 95 % confidence, {lo} to {hi}",
            "It was established that {of} attributed statements are direct quotations",
            "Direct quotations constitute {f} of attributed statements",
            "Following the examination of {judged} sentences the proportion of direct quotations was adjusted to {est}",
        ],
        "statements.words": [
            "{who} accounts for {p} of attributed words",
            "The proportion of attributed words of {who} amounts to {p} ({of})",
            "It follows that {p} of attributed words are those of {who}, the margin being {lo} to {hi}",
        ],
        "statements.floor": ["The speaking time of {who} amounts to {p} of the words in turns"],
        "statements.turns": ["The verbatim records comprise {v} {u:turns}"],
        "statements.questions": ["In the press conferences {v} {u:questions} were asked"],
        "claims.figures": [
            "Altogether {v} {u:figures} were cited in {nd} {u:documents}",
            "The number of {u:figures} cited is {v}; for the budget (EUR 2.4 million) see item 5",
        ],
        "claims.claims": ["A review is recommended for {v} {u:claims}"],
        "claims.with_figures": [
            "Of the claims for which a review is recommended, {p} rest on a figure",
            "{of} claims rest on a figure",
            "Claims that rest on a figure constitute {f} of those to be reviewed",
        ],
        "claims.named": [
            "{p} of the figures are attributable to a named speaker",
            "{of} figures are attributable to a named speaker",
        ],
        "claims.figures_of": ["{p} of the figures are attributable to {who}", "{of} figures are attributable to {who}"],
        "actors.documents": [
            "{subject} is mentioned in {p} of the documents",
            "Reference to {subject} is made in {of} documents ({p})",
        ],
        "actors.mentions": ["Reference to {subject} is made {v} times"],
        "actors.countries": ["Reference is made to {v} {u:countries}"],
        "actors.together": ["{one} and {other} are mentioned jointly in {v} {u:sentences}"],
        "language.count": [
            "The term {term} is employed {v} times",
            "The term {term} is employed {v} times in {nd} {u:documents}, cf. § 12 (3) of the Rules of Procedure",
        ],
        "language.rate": ["Per 1,000 words the term {term} is employed {v} times (confidence interval {lo} to {hi})"],
        "accuracy.precision": ["According to the technical division {p} of the statements extracted are correct"],
        "accuracy.recall": ["According to the technical division {p} of all statements were found"],
        "language.words_per_sentence": [
            "The average length of a sentence is {v} words",
            "A sentence has {i} words on average",
        ],
        "language.flesch_reading_ease": ["The reading ease according to Flesch is {v}"],
    },
    whole=["{who} stated as follows: {quote}", "The record reads ({who}): {quote}", "{quote,} it was stated by {who}"],
    part=["{who} made reference to {quote}", "The expression {quote} is that of {who}"],
    unnamed=["a document on file", "the record"],
    compared={
        "language.count": ("The term {term} is employed {d} {term}", "more often than", "less often than"),
        "language.rate": ("The term {term} is {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} accounts for {d} {who}", "more words than", "fewer words than"),
        "actors.documents": ("{subject} is mentioned in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is referred to {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} cites {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["It is established beyond doubt that ", "It is certain that ", "The Division has proved that "],
    leads=[
        "",
        "",
        "Re 2.1: ",
        "With reference to your minute of 28 April (ref. 212-4/34): ",
        "3. ",
        "In the light of the run {c}, ",
    ],
    joints=["; furthermore, ", ", whereas ", ", and "],
    spans=["The documents on file date from {date} {c} to {date}{c}"],
)
"""Written for the fourth round of measurement, before the command was run on any of it."""
