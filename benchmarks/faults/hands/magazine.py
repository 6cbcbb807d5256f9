"""A magazine writer: images, subordinate clauses, figures dropped in passing."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

MAGAZINE = Hand(
    name="magazine",
    patterns={
        "corpus.documents": [
            "Spread out on the carpet of a flat on the sixth floor lie {v} {u:documents}",
            "It took three summers to bring together these {v} {u:documents}",
        ],
        "corpus.words": [
            "Anyone who wants to read it through should plan for {r} {u:words} and a good deal of tea",
            "{k} {u:words}, no fewer, were typed, corrected and filed",
        ],
        "corpus.earliest": ["The story begins, on paper at least, with {date}", "The yellowest sheet is from {year}"],
        "corpus.latest": ["It breaks off with {date}", "The freshest sheet is from {year}"],
        "statements.attributions": [
            "Somebody is always quoted in them: {v} attributed statements all told, in {nd} {u:documents}",
            "One loses track somewhere among the {r} attributed statements",
        ],
        "statements.speakers": ["Out of the murmur step {v} {u:speakers} with a name"],
        "statements.direct": [
            "Only what stands between quotation marks is a direct quotation, and that is {p} of attributed statements",
            "Direct quotations, {of} attributed statements to be exact, are what the rest is wrapped around",
            "{f} of attributed statements are direct quotations, whatever the old hands may tell you",
        ],
        "statements.words": [
            "There is {who}, to begin with: {p} of the attributed words",
            "One man or woman in the room, {who}, speaks {of} attributed words",
            (
                "What is left when everyone else has spoken belongs to {who}, and it amounts to {p} of the attributed"
                " words"
            ),
        ],
        "statements.floor": ["Listen long enough and {who} has taken {p} of the words in turns"],
        "statements.turns": ["Back and forth it goes for {v} {u:turns}"],
        "statements.questions": ["The press gets in {v} {u:questions}, some of them good"],
        "claims.figures": ["Figures everywhere: {v} {u:figures} in {nd} {u:documents}, like flies in August"],
        "claims.claims": ["Of all that is claimed, {v} {u:claims} would be worth a telephone call"],
        "claims.with_figures": [
            "Of the claims worth checking {p} lean on a figure as on a cane",
            "{f} of the claims worth checking lean on a figure",
        ],
        "claims.named": ["For {p} of the figures there is a name to ring up"],
        "claims.figures_of": [
            "Nobody likes a figure as much as {who}, the source of {p} of them",
            "Behind {of} figures one finds {who}",
        ],
        "actors.documents": [
            "Hardly have you turned a page when {subject} is named again: it happens in {p} of the documents",
            "{subject} haunts {of} documents",
            "In {f} of the documents the name of {subject} falls",
        ],
        "actors.mentions": ["The name of {subject} falls {v} times"],
        "actors.countries": ["A whole atlas is in there, {v} {u:countries}"],
        "actors.together": ["In {v} {u:sentences} they stand side by side, {one} and {other}"],
        "language.count": [
            "The same word again and again, {term}, and in the end it is there {v} times",
            "{term} recurs {r} times",
        ],
        "language.rate": ["Take any 1,000 words and you will come upon {term} {v} times"],
        "language.words_per_sentence": ["The average sentence walks {v} words before it sits down"],
        "language.flesch_reading_ease": ["By Flesch's measure of reading ease, {v}, it is what it is"],
    },
    whole=["{quote}: that is how {who} remembers it", "And then {who}: {quote}", "{quote,} {who} had written"],
    part=["What stays is a scrap of {who}, {quote}"],
    unnamed=["a page from the pile", "an old cutting"],
    compared={
        "language.count": ("{term} recurs {d} {term}", "more often than", "less often than"),
        "language.rate": ("One meets {term} {d} {term}", "more frequently than", "less frequently than"),
        "statements.words": ("{who} was given {d} {who}", "more of the words than", "fewer of the words than"),
        "actors.documents": ("{subject} haunts {d} {subject}", "more documents than", "fewer documents than"),
        "actors.mentions": ("The name of {subject} falls {d} that of {subject}", "more often than", "less often than"),
        "claims.figures_of": ("{who} brings along {d} {who}", "more figures than", "fewer figures than"),
    },
    contrary={},
    sure=["It is as certain as death that ", "Beyond all doubt, ", "History has proven that "],
    leads=[
        "",
        "",
        "My notebook 7 has it {c} like this: ",
        "At half past ten, over the second cup: ",
        "He reads aloud: ",
    ],
    joints=[", and as for the rest, ", "; what is more, ", ", whereas "],
    spans=["From {year} {c} the road leads to {year}{c}"],
)
"""Written after the misses of the six were mended, and before the command was run on any of it."""
