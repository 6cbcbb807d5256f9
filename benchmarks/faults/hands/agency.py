"""A foreign correspondent of an agency: lead, nut graph, background, quotation, every number with its date."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

AGENCY = Hand(
    name="agency",
    patterns={
        "corpus.documents": [
            "Researchers who examined {v} {u:documents} said on Monday they had found a pattern",
            "Their study, released ahead of the June 12 vote, is based on {v} {u:documents}",
        ],
        "corpus.words": [
            "The {u:words} under review number {v}, more than the constitution and its 30 amendments",
            "{r} {u:words} were put through software that was first released in 2029",
        ],
        "corpus.earliest": ["The first of the texts appeared on {date}", "The texts go back to {year}"],
        "corpus.latest": ["The last of the texts appeared on {date}", "They stop in {year}"],
        "corpus.kind.news": ["News stories account for {of} documents"],
        "statements.attributions": [
            "In all, researchers found {v} attributed statements in {nd} {u:documents}",
            "There were {v} attributed statements, they said in a 22-page paper",
        ],
        "statements.speakers": ["A total of {v} {u:speakers} were named", "They put names to {v} {u:speakers}"],
        "statements.direct": [
            "Direct quotations represented {p} of attributed statements, the paper said",
            "The paper put direct quotations at {p} of attributed statements, in a range of {lo} to {hi}",
            "{f} of attributed statements were direct quotations, researchers said",
            "Of the attributed statements, {of} were direct quotations",
            "A manual review of {judged} sentences raised or lowered the share of direct quotations to {est}",
        ],
        "statements.words": [
            "{who} was the source of {p} of attributed words",
            "{who}, 58, was the source of {p} of attributed words",
            "{of} attributed words came from {who}",
            "Attributed words from {who} made up {p} of the total (range: {lo} to {hi})",
        ],
        "statements.floor": ["{who} spoke {p} of the words in turns during the briefings"],
        "statements.turns": ["Transcripts showed {v} {u:turns}"],
        "statements.questions": ["Reporters put {v} {u:questions} at the briefings"],
        "claims.figures": [
            "Researchers collected {v} {u:figures} from {nd} {u:documents}",
            "There were {v} {u:figures} in the texts, according to Table 3 of the paper",
        ],
        "claims.claims": ["They listed {v} {u:claims} worth checking"],
        "claims.with_figures": [
            "{p} of claims worth checking relied on a figure",
            "{of} claims worth checking relied on a figure",
            "{f} of claims worth checking relied on a figure, the study found",
        ],
        "claims.named": ["{p} of figures were given by named speakers", "Named speakers gave {of} figures"],
        "claims.figures_of": ["{who} gave {p} of the figures", "{who} gave {of} figures"],
        "actors.documents": [
            "{subject} appeared in {p} of documents",
            "{subject} appeared in {of} documents, or {p}",
            "{f} of documents mentioned {subject}",
        ],
        "actors.mentions": ["{subject} was mentioned {v} times"],
        "actors.countries": ["The texts mentioned {v} {u:countries}"],
        "actors.together": ["{one} and {other} were mentioned together in {v} {u:sentences}"],
        "language.count": [
            "{term} was used {v} times, in {nd} {u:documents}",
            "Speakers and reporters used the word {term} {v} times",
        ],
        "language.rate": ["{term} was used {v} times per 1,000 words"],
        "accuracy.precision": ["The software was right in {p} of cases, a check of {nd} documents showed"],
        "accuracy.recall": ["It finds an estimated {p} of statements"],
        "language.words_per_sentence": [
            "The average sentence was {v} words long",
            "Sentences ran to {i} words on average",
        ],
        "language.flesch_reading_ease": ["On a readability scale of 0 to 100, the texts scored {v}"],
    },
    whole=["{quote,} {who} said", "{who} said: {quote}", "{quote,} {who} said in remarks carried by state television"],
    part=["{who} described {quote}", "{who} said it was about {quote}"],
    unnamed=["one of the texts", "a text seen by the agency"],
    compared={
        "language.count": ("{term} was used {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} had a {d} {term}", "higher rate than", "lower rate than"),
        "statements.words": ("{who} was the source of {d} {who}", "more words than", "fewer words than"),
        "actors.documents": ("{subject} appeared in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} got {d} {subject}", "more mentions than", "fewer mentions than"),
        "claims.figures_of": ("{who} gave {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["There is no doubt that ", "The study proves that ", "It is undisputed that "],
    leads=[
        "",
        "",
        "* ",
        "KEY POINTS: ",
        "According to the study {c}, published on May 14: ",
        "(Corrects paragraph 4) ",
    ],
    joints=[", while ", "; ", " and "],
    spans=["The texts date from {date} {c} to {date}{c}", "They cover the years {year} {c} to {year}{c}"],
)
"""Written for the fourth round of measurement, before the command was run on any of it."""
