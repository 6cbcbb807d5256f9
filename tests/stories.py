"""Invented news stories for the tests and the benchmark of duplicates: countries, people and events that are nowhere.

``story(7)`` is always the same story. Two stories share subjects and turns of phrase, as news does, and no more.
"""

from __future__ import annotations

import random

PLACES = [
    *("Ostrel Bay", "Meridia", "the Lower Canton", "Tarsk", "Velmora", "Port Sable", "Quill County", "Aldermark"),
    *("the Hollow Coast", "Brenn", "Sarnow", "the Twin Lakes", "Isk", "Marrow Island", "Cadenza", "the Salt Plain"),
]
PEOPLE = [
    *("Ilka Moran", "Teodor Vance", "Sefa Aldin", "Ruben Okello-Strand", "Mireille Haas", "Jonas Petrakis-Wynn"),
    *("Nadia Corvin", "Elias Thorne", "Bao Linden", "Greta Solheim-Ray", "Amadou Vess", "Clara Winterbourne"),
]
OFFICES = [
    *("the harbour minister", "the mayor", "a spokesman for the water board", "the opposition leader", "the auditor"),
    *("the envoy", "the head of the farmers' union", "the transport commissioner", "the governor of the bank"),
]
QUALITIES = [
    *("northern", "disputed", "unfinished", "costly", "ageing", "promised", "smaller", "joint", "emergency", "annual"),
    *("revised", "provincial", "experimental", "leased", "forgotten", "publicly owned", "wartime", "second", "last"),
]
THINGS = [
    *("canal", "tariff", "ferry contract", "school budget", "border post", "grain reserve", "railway", "dam", "treaty"),
    *("pension fund", "fishing quota", "census", "ceasefire", "power line", "housing law", "state airline", "hospital"),
    *("election calendar", "coal mine", "tax on salt", "archive", "prison", "radio licence", "harvest loan", "bridge"),
]
VERBS = [
    *("approved", "rejected", "postponed", "criticised", "defended", "reviewed", "welcomed", "cancelled", "signed"),
    *("suspended", "expanded", "questioned", "inspected", "financed", "described", "withdrew", "renewed", "opposed"),
]
TIMES = [
    *("on Monday", "late on Tuesday", "at dawn", "after a week of talks", "before the recess", "in the spring"),
    *("for the second time", "behind closed doors", "without a vote", "against advice", "as expected", "at noon"),
]
CAUSES = [
    *("because prices had doubled", "after two bridges were closed", "although the figures were not final"),
    *("while crowds waited outside", "since no bidder came forward", "despite a warning from the coast guard"),
    *("when the harvest failed again", "as neighbours looked on", "in spite of the cost", "unless a court objects"),
]
ENDS = [
    *(
        "for the third year",
        "on both banks of the river",
        "and savings ran out",
        "to calm the lenders",
        "at short notice",
    ),
    *(
        "so that repairs could begin",
        "with winter coming",
        "in every district but one",
        "by a margin of two",
        "this week",
    ),
]
SHAPES = [
    "{person}, {office}, {verb} {thing} in {place} {time}, {reason}.",
    "{office} of {place} said that {number} households depended on {thing} and that {person} {verb} it {reason}.",
    "“We {verb} {thing} {reason},” {person} told reporters in {place} {time}.",
    "{number} people in {place} {verb} {thing} {time}, according to {office}.",
    "A report by {person} put the cost of {thing} at {number} crowns and {verb} the plan {reason}.",
    "{time}, {person} {verb} {thing}; {office} in {place} called it a matter of {number} days.",
    "{thing} was to reach {place} {time}, but {office} {verb} it {reason}, and {number} workers went home.",
    "Asked about {thing}, {person} said {time} that {place} had {verb} worse than {number} complaints.",
    "Between {place} and the capital {number} lorries stood {time} {reason}, and {person} {verb} {thing}.",
    "{person} and {office} {verb} {thing} {reason}; both left {place} {time}.",
]

DISCLAIMER = (
    "This service gathers reports from the whole region and is paid for by its readers. It may be quoted with its "
    "name and without changes. Letters to the editors are answered within ten days, corrections are printed on the "
    "second page, and neither the printers nor the owners of the presses answer for opinions that are given here."
)
"""A paragraph that may follow any story."""


def sentence(chance: random.Random) -> str:
    """One invented sentence."""
    words = {
        "person": chance.choice(PEOPLE),
        "office": chance.choice(OFFICES),
        "verb": chance.choice(VERBS),
        "thing": f"the {chance.choice(QUALITIES)} {chance.choice(THINGS)}",
        "place": chance.choice(PLACES),
        "time": chance.choice(TIMES),
        "reason": f"{chance.choice(CAUSES)} {chance.choice(ENDS)}",
        "number": f"{chance.randint(12, 98_000):,}",
    }
    made = chance.choice(SHAPES).format(**words)
    return made[0].upper() + made[1:]


def story(seed: int, sentences: int = 14) -> list[str]:
    """A headline and so many sentences."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    headline = f"{chance.choice(PLACES)}: {chance.choice(OFFICES)} {chance.choice(VERBS)} the {chance.choice(THINGS)}"
    return [headline, *(sentence(chance) for _ in range(sentences))]


def text(lines: list[str], end: str = "\n\n") -> str:
    """The lines of a story as a text."""
    return end.join(lines)


# --- other versions of a story ---


def reheadlined(lines: list[str]) -> list[str]:
    """The same story under another headline and with another agency's name at the end."""
    return ["Officials at odds again over what comes next", *lines[1:], "Reporting by our own staff."]


def shortened(lines: list[str], share: float = 0.6) -> list[str]:
    """The first sentences of a story."""
    return lines[: max(2, round(len(lines) * share))]


def updated(lines: list[str], seed: int) -> list[str]:
    """A story in which one sentence in seven was written anew, and that goes on for a sentence."""
    chance = random.Random(seed)  # noqa: S311
    changed = [sentence(chance) if i % 7 == 3 else line for i, line in enumerate(lines)]
    return [*changed, sentence(chance)]


def edited(lines: list[str], seed: int, share: float = 0.04) -> list[str]:
    """A story of which one word in twenty-five, here and there, was replaced."""
    chance = random.Random(seed)  # noqa: S311
    return [" ".join("rather" if chance.random() < share else word for word in line.split()) for line in lines]


def quoted(lines: list[str], seed: int, times: int = 3) -> list[str]:
    """An article several times as long that gives the whole story in its middle."""
    around = story(seed, sentences=(times - 1) * len(lines))
    middle = len(around) // 2
    return [*around[:middle], "The agency's report in full:", *lines, *around[middle:]]
