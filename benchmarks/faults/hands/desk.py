"""A news desk: short, active sentences, figures early, quotations late, short quotations within a sentence."""

from __future__ import annotations

from benchmarks.faults.hands import Hand

DESK = Hand(
    name="desk",
    patterns={
        "corpus.documents": [
            "We went through {v} {u:documents} for this story",
            "{v} {u:documents}, no more and no fewer: that is what we had",
        ],
        "corpus.words": [
            "That is {r} {u:words} of small print",
            "All in all, {v} {u:words} were fed into the program",
            "The pile amounts to {v} {u:words}, or a fat paperback",
        ],
        "corpus.earliest": ["The paper trail starts in {year}", "Our first document was issued in {date}"],
        "corpus.latest": ["The trail ends in {year}", "Nothing in the pile is younger than {date}"],
        "corpus.dated": [],
        "statements.attributions": [
            "{v} times somebody is quoted or paraphrased, and that in {nd} {u:documents}",
            "On {r} occasions a source is made to speak",
        ],
        "statements.speakers": ["{v} {u:speakers} get a name", "The cast numbers {v}"],
        "statements.direct": [
            "Only {p} of attributed statements are in quotation marks",
            "{f} of what sources say is quoted word for word",
            "{of} attributed statements are word-for-word quotations",
            "Word-for-word quotations account for somewhere between {lo} and {hi} of all attributed statements",
            (
                "One should not read too much into the {p} that are direct quotations; "
                "the true figure may be as low as {lo} or as high as {hi}"
            ),
            "Paraphrase rules: direct quotations stand at {p} (95% confidence interval: {range})",
        ],
        "statements.words": [
            "{p} of the attributed words came from {who}",
            "No fewer than {of} attributed words came out of the mouth of {who}",
            "{who}: {p} of all that was said, give or take ({lo}–{hi})",
            "{in:attributed word} comes from {who}",
            "{who}, whose share of attributed words is {p}, was hard to overhear",
        ],
        "statements.floor": ["When the transcripts roll, {who} is talking {p} of the time"],
        "statements.turns": ["The speakers took {v} {u:turns} at the microphone"],
        "statements.questions": ["Reporters asked {v} {u:questions}"],
        "claims.figures": [
            "{v} {u:figures} were thrown at the reader",
            "The texts offer {r} {u:figures} in {nd} {u:documents}",
        ],
        "claims.claims": ["Fact-checkers would have {v} {u:claims} to look into", "There were {r} {u:claims} to check"],
        "claims.with_figures": [
            "Figures back {p} of the checkable claims",
            "{of} checkable claims come with a figure",
            "{d:Most} of the checkable claims come with a figure",
            "{f} of the checkable claims come with a figure",
            "{in:checkable claim} comes with a figure",
        ],
        "claims.named": [
            "{p} of figures can be pinned on a person with a name",
            "{in:figure} has a named speaker behind it",
            "{of} figures come from somebody with a name",
        ],
        "claims.figures_of": [
            "{p} of all figures came from {who}",
            "{who} was good for {of} figures",
            "{who} supplied {f} of the figures",
        ],
        "actors.documents": [
            "{subject} made it into {p} of the documents",
            "{of} documents mention {subject}",
            "{subject} turns up in {p} of documents, and the margin of error runs from {lo} to {hi}",
            "{in:document} mentions {subject}",
        ],
        "actors.mentions": ["{subject} was mentioned {v} times"],
        "actors.countries": ["The texts take the reader to {v} {u:countries}"],
        "actors.together": [],
        "language.count": [
            "{term} appears {v} times",
            "The word {term} was used {r} times, in {nd} {u:documents}",
            "{v}: that is how often {term} was written",
        ],
        "language.rate": [
            "For every 1,000 words, {term} comes up {v} times",
            "{term} is used at a rate of {v} per 1,000 words ({lo} to {hi})",
        ],
        "language.words_per_sentence": [
            "At {v} words, the typical sentence is a long one",
            "Sentences average {v} ± {pm} words",
            "A sentence has {v} words, on average, with an uncertainty from {lo} to {hi}",
        ],
        "language.flesch_reading_ease": [
            "The texts score {v} for reading ease",
            "Reading ease: {v} ± {pm}",
            "At {v} (confidence interval {lo}–{hi}), the Flesch reading ease tells editors what they feared",
        ],
    },
    whole=[
        "Our editor read it out: {quote}",
        "{quote,} according to {who}",
        "{quote}, {who} told the audience",
        "Asked about it, {who} replied: {quote}",
        "The words of {who}: {quote}",
    ],
    part=[
        "{who} promised {quote}",
        "What {who} called {quote} deserves a second look",
        "In the words of {who}, it is about {quote}",
    ],
    unnamed=["one document", "the text", "a source"],
    compared={
        "language.count": ("{term} turns up {d} {term}", "more frequently than", "less frequently than"),
        "language.rate": ("Per 1,000 words, {term} scores {d} {term}", "higher than", "lower than"),
        "statements.words": ("{who} got {d} {who}", "more words in than", "fewer words in than"),
        "actors.documents": (
            "{subject} is mentioned in {d} {subject}",
            "a larger share of documents than",
            "a smaller share of documents than",
        ),
        "actors.mentions": (
            "{subject} outscores others: mentioned {d} {subject}",
            "more frequently than",
            "less frequently than",
        ),
        "claims.figures_of": (
            "{who} supplied {d} {who}",
            "a greater share of the figures than",
            "a smaller share of the figures than",
        ),
    },
    contrary={"Most": "A minority"},
    sure=["It is beyond question that ", "This is conclusive proof that ", "Without any doubt, "],
    leads=[
        "",
        "",
        "The bottom line, from {c}: ",
        "Put simply, as on p. 3: ",
        "Here is the 5-second version: ",
        "Our 2019 story had it differently, but now: ",
        "From the data team of 4: ",
        "First things first: ",
    ],
    joints=[", while ", "; meanwhile, ", ", whereas ", " – and "],
    spans=[
        "The documents run from {year} {c} to {year}{c}",
        "The texts were written between {date} {c} and {date}{c}",
        "The period under review is {year} {c} to {year}{c}",
    ],
)
"""Written without a look at the rules; its misses were read afterwards."""
