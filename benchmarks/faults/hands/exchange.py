"""A writer whose first language is not English: decimal habits, articles missing, "in the year", long noun chains."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

EXCHANGE = Hand(
    name="exchange",
    patterns={
        "corpus.documents": [
            "For the present work there were taken {v} {u:documents}",
            "In total {v} {u:documents} were taken, by a team from 3 faculties",
        ],
        "corpus.words": [
            "The material has {v} {u:words}",
            "The material has circa {k} {u:words}, so it can be read in ca. 2 weeks",
        ],
        "corpus.earliest": [
            "The first document is from {date}",
            "The material begins in the year {year}, this is 4 years after the reform",
        ],
        "corpus.latest": [
            "The last document is from {date}",
            "The material finishes in the year {year}",
        ],
        "corpus.kind.news": [
            "From the documents {of} are news",
        ],
        "corpus.kind.speech": [
            "From the documents {of} are speeches or statements, some were hold in front of 500 persons",
        ],
        "statements.attributions": [
            "In {nd} {u:documents} it was found {v} attributed statements",
            "It was found {v} attributed statements, for comparison: in the study of Kolm (2021) 2 800",
        ],
        "statements.speakers": [
            "There are {v} {u:speakers} with a name, the most of them men over 50",
        ],
        "statements.direct": [
            "Direct quotations make {p} of the attributed statements",
            "Direct quotations make {p} of the attributed statements (interval from {lo} until {hi})",
            "Direct quotations are {of} attributed statements, what is to be discussed in chapter 6",
            (
                "{f} of the attributed statements are direct quotations, in the television it would be by our "
                "estimation 70%"
            ),
            "By the {judged} judged sentences one comes to {est} for direct quotations",
        ],
        "statements.words": [
            "{who} has {p} of the attributed words",
            "{who} has {of} attributed words, by a party with 12 seats from 101",
            "With {p} of the attributed words is {who} the most audible person since 2 legislative periods",
        ],
        "statements.floor": [
            "{who} has {p} of the words in turns",
        ],
        "statements.turns": [
            "The transcripts contain {v} {u:turns}, every one lasting 1–2 minutes",
        ],
        "statements.questions": [
            "From journalists are {v} {u:questions}",
        ],
        "claims.figures": [
            "In {nd} {u:documents} are {v} {u:figures}",
            "There are {v} {u:figures}; the 5 biggest are printed bold",
        ],
        "claims.claims": [
            "There are {v} {u:claims} which should be checked, for each is needed 1 hour",
        ],
        "claims.with_figures": [
            "{p} of the claims which should be checked rest on a figure",
            (
                "{of} claims which should be checked rest on a figure, nearly every second journalist in our "
                "seminar (9 of 19) had expected more"
            ),
        ],
        "claims.named": [
            "{p} of the figures have a named speaker",
            "{of} figures have a named speaker, as in the first edition of 2028",
        ],
        "claims.figures_of": [
            "From {who} come {p} of the figures",
            "From {who} come {of} figures, whereby he was 5 times minister",
        ],
        "actors.documents": [
            "{subject} is named in {p} of the documents",
            "{subject} is named in {of} documents and has 6,5 million inhabitants",
        ],
        "actors.mentions": [
            "{subject} is named {v} times",
            "{subject} is named {v} times, this corresponds to place 1 of 20 in the list",
        ],
        "actors.countries": [
            "It is named {v} {u:countries}, thereof 8 neighbours",
        ],
        "actors.together": [
            "{one} and {other} stand together in {v} {u:sentences}",
        ],
        "language.count": [
            "The word {term} comes {v} times",
            "The word {term} comes {v} times in {nd} {u:documents}, in the dictionary of 1990 it has 7 meanings",
        ],
        "language.rate": [
            "The word {term} comes {v} times per 1,000 words",
            "With {v} per 1,000 words is {term} frequent, we had expected 1,5",
        ],
        "accuracy.precision": [
            "The precision of the program is {p}, our students had 90 %",
        ],
        "accuracy.recall": [
            "The recall of the program is {p}",
        ],
        "language.words_per_sentence": [
            "A sentence has {v} words on average, a german one would have 3 more",
        ],
        "language.flesch_reading_ease": [
            "The reading ease is {v}, by under 30 one speaks of academic texts",
        ],
    },
    whole=[
        "{who} says: {quote}",
        "{who} has said {quote}",
        "So {who}, after 45 minutes of silence: {quote}",
        "In line 120 says {who} {quote}",
    ],
    part=[
        "{who} speaks about {quote}",
        "The formulation {quote} from {who} comes on 2 places",
    ],
    unnamed=[
        "a document",
        "one of the texts",
    ],
    compared={
        "language.count": (
            "{term} comes {d} {term}",
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
            "{subject} is named in {d} {subject}",
            "more documents than",
            "fewer documents than",
        ),
        "actors.mentions": (
            "{subject} is named {d} {subject}",
            "more often than",
            "less often than",
        ),
        "claims.figures_of": (
            "From {who} come {d} from {who}",
            "more figures than",
            "fewer figures than",
        ),
    },
    contrary={},
    sure=[
        "It is proven, that ",
        "Without doubt ",
        "It is absolutely certain, that ",
    ],
    leads=[
        "",
        "",
        "Ad 2: ",
        "Thesis 4: ",
        "How the run {c} shows, ",
        "To the point 3.2: ",
        "In the 1st step ",
    ],
    joints=[
        "; ",
        ", and ",
        ", while ",
    ],
    spans=[
        "The material goes from {date} {c} until {date}{c}",
    ],
)
"""Written for the ninth round of measurement, before the command was run on any of it."""
