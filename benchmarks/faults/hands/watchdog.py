"""An NGO's report with boxes and footnotes: households, volunteers, donors, targets that were missed."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

WATCHDOG = Hand(
    name="watchdog",
    patterns={
        "corpus.documents": [
            "We obtained {v} {u:documents} through 46 requests for information",
            "Our research team read {v} {u:documents}, twice",
        ],
        "corpus.words": ["That is {v} {u:words} of official prose", "That is roughly {k} {u:words} of official prose"],
        "corpus.earliest": ["The trail begins on {date}", "The trail begins in {year}, when 600 wells ran dry"],
        "corpus.latest": ["The trail ends on {date}", "The trail ends in {year}"],
        "corpus.kind.news": ["{of} of the documents are news stories"],
        "corpus.kind.speech": [
            "{of} of the documents are speeches or statements, none of them given in the 9 villages"
        ],
        "statements.attributions": [
            "We found {v} attributed statements, and not one from the 35 families we visited",
            "{nd} {u:documents} contain {v} attributed statements",
        ],
        "statements.speakers": ["{v} {u:speakers} are named, three of whom sit on the board of a water company"],
        "statements.direct": [
            "Only direct quotations let people speak for themselves: they are {p} of the attributed statements",
            "Direct quotations amount to {f} of the attributed statements",
            "Direct quotations amount to {of} attributed statements",
            "We put direct quotations at {p} of the attributed statements (range {lo} to {hi})",
            "Two volunteers then judged {judged} sentences, which puts direct quotations at {est}",
        ],
        "statements.words": [
            "{who} commands {p} of the attributed words, while a litre of water costs 2 days' wages",
            "{who} commands {of} attributed words",
            "A full {p} of attributed words belong to {who}, in office since the drought 8 years ago",
        ],
        "statements.floor": ["{who} speaks {p} of the words in turns; petitioners were given 90 seconds each"],
        "statements.turns": ["The hearings run to {v} {u:turns}, over 5 afternoons"],
        "statements.questions": ["{v} {u:questions} were asked at the hearings, and 17 remain unanswered"],
        "claims.figures": [
            "The papers contain {v} {u:figures} in {nd} {u:documents}",
            "{v} {u:figures} are in these papers, but the number 4,300, our count of dry taps, is not",
        ],
        "claims.claims": ["{v} {u:claims} call for a check; our 2 lawyers have begun"],
        "claims.with_figures": [
            "{p} of the claims that call for a check cite a figure",
            "{of} claims that call for a check cite a figure",
        ],
        "claims.named": [
            "{p} of the figures are given by a named speaker",
            "{of} figures are given by a named speaker, despite a $2 million transparency programme",
        ],
        "claims.figures_of": ["{who} alone gave {p} of the figures", "{who} alone gave {of} figures"],
        "actors.documents": [
            "{subject} features in {p} of the documents",
            "{subject} features in {of} documents, yet has paid 0.7% of its pledge",
        ],
        "actors.mentions": [
            "{subject} is mentioned {v} times",
            "{subject} is mentioned {v} times, the 11 river communities never",
        ],
        "actors.countries": ["{v} {u:countries} are mentioned; our network is active in 58"],
        "actors.together": ["{one} and {other} are mentioned in one breath in {v} {u:sentences}"],
        "language.count": [
            "The word {term} is used {v} times, once for every 3 people who signed our petition in Dorn",
            "The word {term} is used {v} times in {nd} {u:documents}",
        ],
        "language.rate": [
            "{term} is used {v} times per 1,000 words",
            "Per 1,000 words {term} is used {v} times, a rate that our 2029 report put at 1.4",
        ],
        "accuracy.precision": ["{p} of what the tool marks is right, its makers report"],
        "accuracy.recall": ["The tool finds {p} of what is there, its makers report"],
        "language.words_per_sentence": ["Officials write {v} words per sentence, our members prefer 12"],
        "language.flesch_reading_ease": ["The texts score {v} for reading ease; plain language starts at 60"],
    },
    whole=[
        "{who} said: {quote}",
        "Standing before 200 villagers, {who} said: {quote}",
        "{quote,} {who} promised, 4 months before the pumps failed",
        "This is what {who} had to say on the 50-litre minimum: {quote}",
    ],
    part=["{who} called it {quote}", "For {who} this is {quote}"],
    unnamed=["a leaked paper", "one official file"],
    compared={
        "language.count": ("{term} is used {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} is {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} commands {d} {who}", "more words than", "fewer words than"),
        "actors.documents": ("{subject} features in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is mentioned {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} gave {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["Nobody can deny that ", "Our findings prove that ", "It is certain that "],
    leads=[
        "",
        "",
        "Box 3 shows why this matters: ",
        "After 14 months of work we can say: ",
        "Our data {c} are clear: ",
    ],
    joints=["; ", ", while ", ", and "],
    spans=["The papers stretch from {date} {c} to {date}{c}"],
)
"""Written for the eighth round of measurement, before the command was run on any of it."""
