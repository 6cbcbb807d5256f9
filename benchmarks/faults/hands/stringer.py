"""A stringer of a news agency: who-what-where, ages, distances, casualties, kick-off times, background paragraphs."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

STRINGER = Hand(
    name="stringer",
    patterns={
        "corpus.documents": [
            "Reporters went through {v} {u:documents} over 3 weeks",
            "The {v} {u:documents} were obtained by the agency on Tuesday, 2 days before the vote",
        ],
        "corpus.words": [
            "They run to {v} {u:words}, longer than most novels, which have 80,000 to 100,000",
            "Some {k} {u:words} were searched for this report",
        ],
        "corpus.earliest": [
            "The first of them bears the date {date}",
            "The record starts in {year}, under a coalition of four parties",
        ],
        "corpus.latest": [
            "The last of them bears the date {date}",
            "It stops in {year}, 18 months before the next census",
        ],
        "corpus.kind.news": [
            "{of} of the documents are news stories, the rest is official",
        ],
        "corpus.kind.speech": [
            "{of} of the documents are speeches or statements, delivered in halls that seat up to 2,000",
        ],
        "statements.attributions": [
            (
                "Reporters counted {v} attributed statements, some from sources that had spoken to the agency "
                "20 years ago"
            ),
            "In {nd} {u:documents} there are {v} attributed statements",
        ],
        "statements.speakers": [
            "{v} named {u:speakers} get a hearing, the youngest of them 19, the oldest 91",
        ],
        "statements.direct": [
            (
                "Direct quotations make up {p} of attributed statements, while about 1,500 protesters outside "
                "demanded to be heard"
            ),
            "{f} of the attributed statements are direct quotations",
            "Of the attributed statements {p} are direct quotations, with the truth probably between {lo} and {hi}",
            "Direct quotations make up {of} attributed statements",
            "Once two editors had read {judged} sentences, the figure for direct quotations was put at {est}",
        ],
        "statements.words": [
            "{who}, in office for 7 years, delivers {p} of the attributed words",
            "{who} delivers {of} attributed words, in a campaign that has cost $3.4 million",
            "The lion's share, {p} of attributed words, comes from {who}",
        ],
        "statements.floor": [
            "{who} held the floor for {p} of the words in turns, in a session that began at 09:30",
        ],
        "statements.turns": [
            "The transcripts have {v} {u:turns}, taken down by 6 stenographers",
        ],
        "statements.questions": [
            "Reporters asked {v} {u:questions} in all; the press corps has 110 members",
        ],
        "claims.figures": [
            "{v} {u:figures} are given in {nd} {u:documents}",
            "There are {v} {u:figures} in the file, which weighs 2.1 kilograms",
        ],
        "claims.claims": [
            "{v} {u:claims} would merit a check, a job that takes a desk of 5 about 10 days",
        ],
        "claims.with_figures": [
            "{p} of the claims that merit a check rest on a figure",
            "{of} claims that merit a check rest on a figure, in a country of 19 million",
        ],
        "claims.named": [
            "A named speaker stands behind {p} of the figures",
            "A named speaker stands behind {of} figures; 3 officials declined to comment",
        ],
        "claims.figures_of": [
            "{who}, 58, is the source of {p} of the figures",
            "{who} is the source of {of} figures",
        ],
        "actors.documents": [
            "{subject} is in {p} of the documents",
            "{subject} is in {of} documents, two of them marked secret",
        ],
        "actors.mentions": [
            "{subject} is mentioned {v} times",
            "The files mention {subject} {v} times, although the border is 640 kilometres away",
        ],
        "actors.countries": [
            "{v} {u:countries} are named, of the 193 in the United Nations",
        ],
        "actors.together": [
            "{one} and {other} share {v} {u:sentences}",
        ],
        "language.count": [
            "The word {term} is used {v} times, once within 40 seconds of the opening",
            "{term} comes up {v} times in {nd} {u:documents}, as temperatures reached 38 degrees",
        ],
        "language.rate": [
            "{term} comes up {v} times per 1,000 words",
            "Per 1,000 words, {term} comes up {v} times, against 2.5 in the agency's own wire",
        ],
        "accuracy.precision": [
            "The tool gets {p} right, its makers say; 12 percent of readers in a poll trusted such tools",
        ],
        "accuracy.recall": [
            "The tool finds {p} of what is there",
        ],
        "language.words_per_sentence": [
            "A sentence has {v} words on average; the agency's rule is 25 at most",
        ],
        "language.flesch_reading_ease": [
            "Reading ease is {v}, on a scale that tops out near 120",
        ],
    },
    whole=[
        "{who} told reporters {quote}",
        "{quote,} {who} told a crowd of about 300",
        "On day 3 of the talks, {who} said: {quote}",
        "Asked at 6 p.m. about the 2 missing reports, {who} said: {quote}",
    ],
    part=[
        "{who} spoke of {quote}",
        "{quote} is how {who} put it, to applause that lasted 15 seconds",
    ],
    unnamed=[
        "a document seen by the agency",
        "one of the papers",
    ],
    compared={
        "language.count": (
            "{term} comes up {d} {term}",
            "more often than",
            "less often than",
        ),
        "language.rate": (
            "{term} is {d} {term}",
            "more common than",
            "less common than",
        ),
        "statements.words": (
            "{who} gets {d} {who}",
            "more words in than",
            "fewer words in than",
        ),
        "actors.documents": (
            "{subject} is in {d} {subject}",
            "more documents than",
            "fewer documents than",
        ),
        "actors.mentions": (
            "{subject} is mentioned {d} {subject}",
            "more often than",
            "less often than",
        ),
        "claims.figures_of": (
            "{who} is the source of {d} {who}",
            "more figures than",
            "fewer figures than",
        ),
    },
    contrary={},
    sure=[
        "There can be no question that ",
        "The files prove that ",
        "It is a fact that ",
    ],
    leads=[
        "",
        "",
        "ORSTA, 14 May — ",
        "(Updates para 4) ",
        "Seven weeks before the vote, ",
        "According to the review {c}, ",
    ],
    joints=[
        "; ",
        ", while ",
        ", and ",
    ],
    spans=[
        "The papers reach from {date} {c} to {date}{c}",
    ],
)
"""Written for the seventh round of measurement, before the command was run on any of it."""
