"""The live blog of a regional newspaper: the present tense, clock times, seats and buses, German habits of English."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

LIVEBLOG = Hand(
    name="liveblog",
    patterns={
        "corpus.documents": [
            "For this blog our data team has gone through {v} {u:documents} since Whitsun",
            "{v} {u:documents} – that is what lies on our desk tonight, next to 6 pizzas",
        ],
        "corpus.words": [
            "Altogether that makes {v} {u:words}, or some 40 evenings of reading aloud",
            "Volume of the whole: {k} {u:words}",
        ],
        "corpus.earliest": ["The oldest paper is dated {date}", "The oldest one goes back to {year}"],
        "corpus.latest": ["The newest paper is dated {date}", "The newest one comes from {year}"],
        "corpus.kind.news": ["News stories: {of} of the documents, the remainder comes from offices"],
        "corpus.kind.speech": ["Speeches and statements: {of} of the documents"],
        "statements.attributions": [
            "We count {v} attributed statements, and it is only half past eight",
            "All in all {v} attributed statements stand in {nd} {u:documents}",
        ],
        "statements.speakers": ["{v} {u:speakers} have their say by name; the chamber itself seats 88"],
        "statements.direct": [
            "{p} of the attributed statements are word-for-word quotations – row 3 laughs at that",
            "Word for word: {f} of the attributed statements are direct quotations",
            "{of} attributed statements are direct quotations, the speaking time per group being 12 minutes",
            "{p} of the attributed statements are direct quotations (true value presumably {lo} to {hi})",
            "After two colleagues checked {judged} sentences, direct quotations are put at {est}",
        ],
        "statements.words": [
            "{who} takes {p} of the attributed words, and that after a 14-hour day",
            "{who} takes {of} attributed words, from lectern 2",
            "With {p} of attributed words, {who} leads the field",
        ],
        "statements.floor": ["{who} has the floor for {p} of the words in turns; the bell rings at 10 minutes"],
        "statements.turns": ["The minutes show {v} {u:turns}, broken by 3 points of order"],
        "statements.questions": ["{v} {u:questions} are put, the last one at 21:52"],
        "claims.figures": [
            "{v} {u:figures} are named in {nd} {u:documents}, hardly any of them from memory",
            "In sum {v} {u:figures} fall; somebody in seat 41 keeps a tally",
        ],
        "claims.claims": ["{v} {u:claims} deserve a check; our fact desk of 3 gets through 9 a day"],
        "claims.with_figures": [
            "{p} of the claims worth a check come with a figure",
            "{of} claims worth a check come with a figure, the state debt stands at €11.6 billion",
        ],
        "claims.named": [
            "In {p} of the figures somebody vouches by name",
            "In {of} figures somebody vouches by name; 2 spokesmen have hung up",
        ],
        "claims.figures_of": [
            "{p} of the figures come from {who}, wearing number 7 in the Landtag eleven",
            "{who} supplies {of} figures",
        ],
        "actors.documents": [
            "{subject} appears in {p} of the documents, as of 19:40",
            "{subject} appears in {of} documents",
        ],
        "actors.mentions": [
            "The name {subject} falls {v} times",
            "{subject} falls {v} times, whereas the weather falls to 9 degrees",
        ],
        "actors.countries": ["{v} {u:countries} come up; the town has 4 twin towns"],
        "actors.together": ["{one} and {other} meet in {v} {u:sentences}"],
        "language.count": [
            "The word {term} falls {v} times, not counting the 2 hecklers",
            "{term} falls {v} times in {nd} {u:documents}, bingo on table 5",
        ],
        "language.rate": [
            "{term} falls {v} times per 1,000 words",
            "Per 1,000 words {term} falls {v} times, in the 2030 debate it was 1.9 times",
        ],
        "accuracy.precision": ["Of what the software marks, {p} is right, according to its makers"],
        "accuracy.recall": ["Of what is there, the software finds {p}"],
        "language.words_per_sentence": ["Average sentence: {v} words; our house rule says 18"],
        "language.flesch_reading_ease": ["Readability stands at {v}, a bedtime story reaches 90"],
    },
    whole=[
        "{who}, shortly after eight: {quote}",
        "{quote,} calls {who} from row 2",
        "In minute 34 it gets loud; {who}: {quote}",
        "{who} on the 5.2 percent that the union demands: {quote}",
    ],
    part=["{who} speaks of {quote}", "Word of the evening so far: {quote}, coined by {who}"],
    unnamed=["a document that we have before us", "one of the papers"],
    compared={
        "language.count": ("{term} falls {d} {term}", "more often than", "less often than"),
        "language.rate": ("{term} is {d} {term}", "more frequent than", "less frequent than"),
        "statements.words": ("{who} gets {d} {who}", "more words than", "fewer words than"),
        "actors.documents": ("{subject} appears in {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("{subject} is named {d} {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} supplies {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["It is beyond dispute: ", "This proves it: ", "Once and for all, "],
    leads=["", "", "+++ ", "Update, 20:32: ", "To be exact: ", "As our evaluation {c} shows, "],
    joints=["; ", ", whereas ", " – and "],
    spans=["The papers run from {date} {c} up to {date}{c}"],
)
"""Written for the eighth round of measurement, before the command was run on any of it."""
