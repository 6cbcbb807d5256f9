"""A campaigner of an NGO: members, donations, petitions, "1 in 3 children", demands, deadlines, degrees of warming."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

CAMPAIGNER = Hand(
    name="campaigner",
    patterns={
        "corpus.documents": [
            "Our 40 volunteers read {v} {u:documents} so you don't have to",
            "We looked at {v} {u:documents}. That took 2 summers and 600 cups of coffee",
        ],
        "corpus.words": [
            "{v} {u:words}! Read aloud at 150 words a minute that is a long weekend",
            "We waded through {k} {u:words}",
        ],
        "corpus.earliest": [
            "It all begins on {date}",
            "The papers begin in {year}; the glacier has lost 11 metres since",
        ],
        "corpus.latest": [
            "And it ends on {date}, 100 days before the deadline",
            "The papers end in {year}",
        ],
        "corpus.kind.news": [
            "{of} documents are news",
        ],
        "corpus.kind.speech": [
            "{of} documents are speeches or statements, and speeches do not cut 1 tonne of carbon",
        ],
        "statements.attributions": [
            "We found {v} attributed statements in {nd} {u:documents}",
            "{v} attributed statements: and how many from the 3.6 billion people most at risk?",
        ],
        "statements.speakers": [
            "{v} {u:speakers} are named, while 14-year-olds strike outside",
        ],
        "statements.direct": [
            "Direct quotations are {p} of attributed statements",
            (
                "Only {of} attributed statements are direct quotations; 1 in 3 people, our poll says, trusts "
                "what is paraphrased"
            ),
            ("{f} of attributed statements are direct quotations, and 82,000 people have signed our petition for more"),
            "Direct quotations: {p} of attributed statements (it could be {lo}, it could be {hi})",
            "After checking {judged} sentences by hand we put direct quotations at {est}",
        ],
        "statements.words": [
            "{who} gets {p} of attributed words. Frontline communities get a footnote on page 88",
            "{who} gets {of} attributed words",
            "{who} gets {p} of attributed words, with a carbon footprint 16 times the average",
        ],
        "statements.floor": [
            "{who} talks for {p} of the words in turns, or so it felt at 2 a.m.",
        ],
        "statements.turns": [
            "{v} {u:turns} of talk",
        ],
        "statements.questions": [
            "Journalists asked {v} {u:questions}; ours has waited 3 years for an answer",
        ],
        "claims.figures": [
            "{v} {u:figures} are thrown around",
            "{v} {u:figures} are thrown around in {nd} {u:documents}. Here is one that is not: 1.5 degrees",
        ],
        "claims.claims": [
            "{v} {u:claims} are worth checking, and we have a budget of €9,500 for it",
        ],
        "claims.with_figures": [
            "{p} of claims worth checking rest on a figure",
            "{of} claims worth checking rest on a figure",
            "Just {p} of claims worth checking rest on a figure, when 97 percent of scientists agree",
        ],
        "claims.named": [
            "{p} of figures have a named speaker",
            "{of} figures have a named speaker. Zero have a named victim",
        ],
        "claims.figures_of": [
            "{who}, aged 61, is behind {p} of the figures",
            "{who} is behind {of} figures",
        ],
        "actors.documents": [
            "{subject} is in {p} of the documents",
            "{subject} is in {of} documents, although it pays less than 0.2% of its income in aid",
        ],
        "actors.mentions": [
            "{subject} is mentioned {v} times",
            "{subject} is mentioned {v} times. The river is mentioned in none of the 12 summit texts since 2016",
        ],
        "actors.countries": [
            "{v} {u:countries} are named, 46 least developed ones not always among them",
        ],
        "actors.together": [
            "{one} and {other} are mentioned together in {v} {u:sentences}",
        ],
        "language.count": [
            "{term} was said {v} times",
            "{term} was said {v} times in {nd} {u:documents}, for 0 euros of new money",
        ],
        "language.rate": [
            "{term}: {v} times per 1,000 words",
            "{term}: {v} times per 1,000 words. Say it 10 times fast",
        ],
        "accuracy.precision": [
            "Our tool is right {p} of the time, which beats 2 of our 3 interns",
        ],
        "accuracy.recall": [
            "It catches {p} of the statements",
        ],
        "language.words_per_sentence": [
            "Sentences drag on for {v} words on average; this one has five",
        ],
        "language.flesch_reading_ease": [
            "Reading ease: {v}. Our leaflets score 75",
        ],
    },
    whole=[
        "{who} promised: {quote}",
        "{quote,} said {who} to the 7 of us who had got in",
        "Remember when {who} said {quote}",
        "Two weeks after the flood that killed 34, {who} said: {quote}",
    ],
    part=[
        "{who} mumbled something about {quote}",
        "{quote,} to quote {who}, is not a plan for 2040",
    ],
    unnamed=[
        "one document",
        "somebody in there",
    ],
    compared={
        "language.count": (
            "{term} was said {d} {term}",
            "more often than",
            "less often than",
        ),
        "language.rate": (
            "{term} is {d} {term}",
            "more common than",
            "rarer than",
        ),
        "statements.words": (
            "{who} gets {d} {who}",
            "more attributed words than",
            "fewer attributed words than",
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
            "{who} is behind {d} {who}",
            "more figures than",
            "fewer figures than",
        ),
    },
    contrary={},
    sure=[
        "There is absolutely no doubt that ",
        "It is proven that ",
        "For certain, ",
    ],
    leads=[
        "",
        "",
        "FACT 3 → ",
        "Demand 1 of 4: ",
        "We checked {c}: ",
        "Did you know? ",
        "9 out of 10 of you asked. ",
    ],
    joints=[
        "; ",
        ", and ",
        ", while ",
    ],
    spans=[
        "The papers take us from {year} {c} to {year}{c}",
    ],
)
"""Written for the eighth round of measurement, before the command was run on any of it."""
