"""Invented news articles of about 300 words, with quotations, figures, names, dates and countries, from templates.

The same number always gives the same article. People, places and outlets are made up; the sentences are those of an
agency's report, so that every layer has work to do. About one in fifty articles repeats an earlier one.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

COPIES = 50
"""One article in so many repeats an earlier one."""
FIRST_DAY, DAYS = date(2015, 1, 1), 10 * 365
GIVEN = (
    *("Ada", "Tomas", "Ilse", "Doran", "Miriam", "Pavel", "Helena", "Victor", "Ruth", "Samuel", "Clara", "Anton"),
    *("Nadia", "Oscar", "Elena", "Marcus", "Judith", "Leon", "Vera", "Simon", "Irene", "Hugo", "Paula", "Edwin"),
)
FAMILY = [
    first + last
    for first in ("Bran", "Kest", "Oke", "Hal", "Tarn", "Wick", "Mor", "Sel", "Dray", "Vell", "Ros", "Lind")
    for last in ("by", "ell", "ford", "man", "ova", "son", "aker", "holm")
]
OFFICES = (
    *("Prime Minister", "President", "Finance Minister", "Foreign Minister", "Mayor", "Senator", "Governor"),
    *("Health Secretary", "Interior Minister", "Justice Minister", "Ambassador", "Chancellor"),
)
ROLES = ("a union leader", "an economist", "a spokesman for the ministry", "the opposition leader", "a port official")
COUNTRIES = (
    *("Germany", "France", "Poland", "Canada", "Kenya", "Japan", "Brazil", "India", "Ukraine", "Turkey", "Norway"),
    *("Australia", "Mexico", "Egypt", "Italy", "Spain", "South Africa", "Vietnam"),
)
SUBJECTS = (
    *("the harbour budget", "the pension reform", "the trade agreement", "the new border rules", "the energy bill"),
    *("the housing plan", "the sanctions", "the health service", "the school programme", "the rail contract"),
    *("the grain export deal", "the tax on fuel", "the climate fund", "the wage settlement", "the defence review"),
)
EFFECTS = (
    *(
        "will cost families more than they can afford",
        "has already created thousands of jobs",
        "cannot wait any longer",
    ),
    *("would put the whole region at risk", "is the best that could be reached in the circumstances"),
    *("must be put to a vote before the summer", "was never meant to help those who need it most"),
    *("shows that the government has lost its way", "gives local councils the powers they asked for"),
    *(
        "will be paid for by a levy on imports",
        "does nothing for small firms in the north",
        "will be reviewed next year",
    ),
)
VERBS = ("said", "told reporters", "told parliament", "argued", "warned", "insisted", "added", "announced", "explained")
QUOTED = (
    "“{Subject} {effect},” {who} {verb}.",
    "“{Subject} {effect},” {who} {verb} on {weekday}. “We {deed}.”",
    "{Who} {verb} that {subject} {effect}.",
    "{Who} said {subject} “{effect}”, and that ministers would {deed}.",
    "According to {who}, {subject} {effect}.",
    "“We {deed},” {who} {verb}. “{Subject} {effect}.”",
    "{Who} denied that {subject} {effect}.",
)
PLAIN = (
    "Spending on {subject} rose by {percent} per cent to ${money} million in {year}, the statistics office reported.",
    "Members voted {ayes} to {noes} for {subject} on {day}.",
    "{Country} and {country} have discussed {subject} since {year}, without a result so far.",
    "About {people:,} people marched through the capital of {country} on {weekday} against {subject}.",
    "The share of households that receive support fell from {percent} per cent in {year} to {noes} per cent.",
    "A final decision on {subject} is expected by the end of the year.",
    "Exports to {country} were worth {money} million euros last year, up {percent} per cent.",
    "Officials from {country} declined to comment on {subject}.",
    "Residents of {town} and {other} complained that the {word} works had been closed without a hearing.",
    "A court in {town} will hear the case against the {word} company in {year}.",
)
SYLLABLES = ("ba", "do", "fe", "gri", "ha", "jo", "ka", "lem", "mi", "nor", "pa", "quel", "ra", "sto", "ti", "var")
DEEDS = (
    *("vote against it", "look at every single figure", "publish the contracts in full", "meet the unions next week"),
    *(
        "ask the court for a ruling",
        "stand by what was agreed",
        "take nothing off the table",
        "need an answer by Friday",
    ),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OUTLETS = tuple(
    f"{town} {kind}" for town in ("Ossel", "Castrel", "Bralin", "Vell") for kind in ("Wire", "Post", "Courier")
)


def article(number: int, words: int = 300) -> str:
    """Return the article of this number, of about so many words, with its front matter."""
    draw = random.Random(number)  # noqa: S311  invented texts, the same each time
    day = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
    repeats = number % COPIES == COPIES - 1 and number >= COPIES
    body = _body(number - draw.randrange(1, COPIES) if repeats else number, words)
    subject = draw.choice(SUBJECTS)
    head = f"---\ntitle: Report {number} on {subject}\ndate: {day}\nsource: {draw.choice(OUTLETS)}\n---\n"
    return head + body


def _body(number: int, words: int) -> str:
    draw = random.Random(f"body {number}")  # noqa: S311
    cast = [
        (f"{draw.choice(OFFICES)} {name}", name.split()[-1])
        if draw.random() < 0.7
        else (f"{name}, {draw.choice(ROLES)},", name.split()[-1])
        for name in (f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}" for _ in range(4))
    ]
    met: set[str] = set()
    paragraphs, sentences, so_far = [], [], 0
    while so_far < words:
        full, family = draw.choice(cast)
        who = family if family in met else full
        frame = draw.choice(QUOTED if draw.random() < 0.55 else PLAIN)
        if "{who}" in frame or "{Who}" in frame:
            met.add(family)
        sentence = _sentence(frame, who, draw)
        sentences.append(sentence)
        so_far += len(sentence.split())
        if len(sentences) == 3:
            paragraphs.append(" ".join(sentences))
            sentences = []
    return "\n\n".join([*paragraphs, " ".join(sentences)]).strip() + "\n"


def _sentence(frame: str, who: str, draw: random.Random) -> str:
    subject, country = draw.choice(SUBJECTS), draw.choice(COUNTRIES)
    return frame.format(
        subject=subject,
        Subject=subject[0].upper() + subject[1:],
        effect=draw.choice(EFFECTS),
        who=who,
        Who=who[0].upper() + who[1:],
        verb=draw.choice(VERBS),
        deed=draw.choice(DEEDS),
        weekday=draw.choice(WEEKDAYS),
        percent=round(draw.uniform(1, 40), 1),
        money=draw.randrange(5, 900),
        year=draw.randrange(2005, 2015),
        ayes=draw.randrange(120, 300),
        noes=draw.randrange(10, 119),
        people=draw.randrange(200, 90_000),
        day=f"{draw.randrange(1, 29)} {draw.choice(('March', 'May', 'June', 'October'))}",
        country=country,
        Country=draw.choice(COUNTRIES),
        town=_made_up(draw).capitalize(),
        other=_made_up(draw).capitalize(),
        word=_made_up(draw),
    )


def _made_up(draw: random.Random) -> str:
    """Return one of 65,536 made-up words, some far more often than others, so that a corpus keeps finding new ones."""
    number = int(len(SYLLABLES) ** 4 * draw.random() ** 4)
    return "".join(SYLLABLES[number // len(SYLLABLES) ** place % len(SYLLABLES)] for place in range(4))
