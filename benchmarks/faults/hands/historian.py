"""A historian: long periods, centuries and regnal numbers, footnotes, Latin abbreviations, British number words."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

HISTORIAN = Hand(
    name="historian",
    patterns={
        "corpus.documents": [
            "What survives are {w} {u:documents}, kept in two archives on either bank of the river",
            "The present study rests on {v} {u:documents} from the papers of three cabinets",
        ],
        "corpus.words": [
            "Taken together they amount to {v} {u:words}, which is rather less than the third volume of Ashby's Lives",
            "They amount to {r} {u:words}",
        ],
        "corpus.earliest": [
            "The series opens on {date}, seventeen months after the armistice",
            "The series opens in {year}, in the reign of Edric IV",
        ],
        "corpus.latest": ["The series breaks off on {date}", "The series breaks off in {year}, for reasons unknown"],
        "corpus.kind.news": ["By genre, {of} documents are news"],
        "statements.attributions": [
            "They report {v} attributed statements, in {nd} {u:documents}",
            "One counts {w} attributed statements",
        ],
        "statements.speakers": ["{w} {u:speakers} are named, the first of whom had died by then"],
        "statements.direct": [
            "Of the attributed statements no more and no less than {p} are direct quotations",
            "Direct quotations are found in {of} cases among the attributed statements",
            "The proportion of direct quotations, {p}, is in line with nineteenth-century practice (Orme 1987, 212 f.)",
            "{f} of the attributed statements are direct quotations",
        ],
        "statements.words": [
            "To {who} are owed {p} of the attributed words",
            "{who}, who entered the cabinet at forty-one, is credited with {p} of the attributed words",
            "Pride of place goes to {who}, with {of} attributed words",
        ],
        "statements.floor": ["In debate {who} spoke {p} of the words"],
        "statements.turns": ["The protocols record {v} {u:turns}"],
        "statements.questions": ["The gentlemen of the press put {w} {u:questions}"],
        "claims.figures": ["The documents advance {v} {u:figures}, in {nd} {u:documents}"],
        "claims.claims": ["{w} {u:claims} deserve to be checked against the ledgers of the 1840s"],
        "claims.with_figures": [
            "{f} of the claims worth checking rest on a figure",
            "Of the claims worth checking {p} rest on a figure (between {lo} and {hi})",
        ],
        "claims.named": ["In {p} of cases the figure has a named speaker", "A named speaker is given for {of} figures"],
        "claims.figures_of": ["{who} advanced {p} of the figures", "{who} advanced {of} figures"],
        "actors.documents": [
            "{subject} is named in {f} of the documents",
            "{subject} is named in {p} of the documents, more or less as one would expect after 1815",
            "{subject} is named in {of} documents",
        ],
        "actors.mentions": ["{subject} is named {w} times"],
        "actors.countries": ["{w} {u:countries} are named"],
        "actors.together": ["{one} and {other} are named together in {w} {u:sentences}"],
        "language.count": [
            "The term {term} occurs {v} times, in {nd} {u:documents}",
            "The term {term} occurs {w} times; in the fourth edition it had been struck out",
        ],
        "language.rate": ["The term {term} occurs {v} times per 1,000 words"],
        "accuracy.precision": ["The procedure is correct in {p} of cases"],
        "language.words_per_sentence": ["The periods run to {v} words on average", "The mean sentence has {i} words"],
        "language.flesch_reading_ease": ["Readability, after Flesch (1948), is {v}"],
    },
    whole=["In the words of {who}: {quote}", "{who} wrote, ibid., {quote}", "{quote}, thus {who}"],
    part=["{who} invoked {quote}", "The phrase {quote} recurs with {who}"],
    unnamed=["the manuscript", "a clerk"],
    compared={
        "language.count": ("The term {term} occurs {d} {term}", "more often than", "less often than"),
        "language.rate": ("The term {term} is {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} is credited with {d} {who}", "more words than", "fewer words than"),
        "actors.documents": ("{subject} is named in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is named {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} advanced {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["It is proven beyond all doubt that ", "It is certain that ", "Undeniably, "],
    leads=[
        "",
        "",
        "Secundo, ",
        "§ 14. ",
        "As noted on fol. 12r, ",
        "The run {c} has it thus: ",
        "In volume II we read that ",
    ],
    joints=["; ", ", while ", ", and "],
    spans=["The series extends from {year} {c} to {year}{c}"],
)
"""Written for the fifth round of measurement, before the command was run on any of it."""
