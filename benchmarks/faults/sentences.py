"""Honest sentences that cite findings, in the words of the finding and in those of an analyst.

A sentence is a sequence of parts. The role of a part says what it is, so that exactly one thing can be made wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from benchmarks.faults import writing
from benchmarks.faults.hands import Hand
from benchmarks.faults.known import NUMBER, Fact, Quotable


@dataclass(frozen=True)
class Part:
    """A piece of a sentence.

    ``role`` is ``text``, ``cite`` (``text`` has the keys, one a line), ``value``, ``rounded``, ``bound``, ``own``
    (another number of the finding), ``fraction``, ``ratio``, ``half`` (of an interval), ``money``, ``date``, ``unit``,
    ``direction``, ``who``, ``term``, ``quote``, ``estimate`` (a value that judged
    sentences corrected), ``level`` (of an interval) or ``per`` (of so many words).
    ``form`` is a form of ``writing`` and ``number`` what is written in it. ``fact`` counts the facts of the sentence.
    """

    text: str
    role: str = "text"
    form: str = ""
    number: Decimal = Decimal(0)
    step: Decimal = Decimal(0)
    fact: int = 0

    def other(self, number: Decimal) -> Part:
        """The same with another number."""
        return replace(self, text=writing.FORMS[self.form](number), number=number)


@dataclass(frozen=True)
class Sentence:
    """One sentence or several, the facts that they cite, the way in which they were made, and whose hand it is."""

    parts: tuple[Part, ...]
    facts: tuple[Fact, ...]
    way: str
    hand: Hand | None = None

    def allows(self, number: float, step: float = 0) -> bool:
        """Whether a reader could take a number for one of the cited findings."""
        return any(fact.allows(number, step) for fact in self.facts)

    def put(self, at: int, *parts: Part) -> Sentence:
        """The sentence with other parts in the place of one."""
        return replace(self, parts=(*self.parts[:at], *parts, *self.parts[at + 1 :]))


def is_year(part: Part) -> bool:
    """Whether a number can be a year."""
    return part.form == "plain" and 1900 <= part.number <= 2100


_PLACE = re.compile(r"\{(\w+)(?::([^}]*))?\}")
_UNITS = (
    "documents", "speakers", "words", "figures", "sentences", "turns", "questions", "claims", "countries", "statements"
)  # fmt: skip
_DIRECTIONS = ("more than any other", "the most frequent", "most often", "comes first")


class Unfit(Exception):
    """This finding cannot be told in this way."""


# --- in the words of the finding ---


def as_stated(fact: Fact) -> list[Part]:
    """The statement of a finding, its numbers, units, names and directions told apart."""
    text, it = fact.finding.statement.removesuffix("."), fact.finding
    names = [re.escape(name) for name in (fact.speaker,) if name]
    units = "|".join(_UNITS)
    pattern = re.compile(
        rf"(?P<number>{NUMBER.pattern}%?)|(?P<date>\b\d{{4}}-\d\d(?:-\d\d)?\b)|(?P<direction>{'|'.join(_DIRECTIONS)})"
        rf"|(?<=\d )(?P<unit>{units})\b" + (rf"|(?P<who>{'|'.join(names)})" if names else "")
    )
    interval = text.find("95% CI")
    parts, end = [], 0
    for found in pattern.finditer(text):
        parts.append(Part(text[end : found.start()]))
        end = found.end()
        role, written = found.lastgroup or "text", found.group()
        if role != "number":
            parts.append(Part(written, role))
        elif written == "95%" and found.start() == interval:
            parts.append(Part(written, "level"))
        elif written == "1,000" and text[found.end() :].startswith(" words"):
            parts.append(Part(written, "per"))
        else:
            number = Decimal(written.rstrip("%").replace(",", ""))
            if it.value == written:  # a year
                parts.append(Part(written, "date"))
                continue
            in_interval = 0 <= interval < found.start() < text.find(")", interval)
            again = any(part.role == "value" for part in parts)
            role = "value" if written == it.display and not again else "bound" if in_interval else "own"
            form = "percent sign" if written.endswith("%") else "digits"
            plain = form == "digits" and "," not in written
            parts.append(Part(written, role, "plain" if plain else form, number, _step(written)))
    return [*parts, Part(text[end:])]


def _step(written: str) -> Decimal:
    decimals = len(written.rstrip("%").partition(".")[2])
    return Decimal(1).scaleb(-decimals)


# --- in the words of an analyst ---


def as_told(fact: Fact, pattern: str, random: Random) -> list[Part]:
    """A pattern filled from a finding. Raises Unfit."""
    parts, end = [], 0
    for found in _PLACE.finditer(pattern):
        parts.append(Part(pattern[end : found.start()]))
        parts += _filled(fact, found.group(1), found.group(2) or "", random)
        end = found.end()
    return [*parts, Part(pattern[end:])]


def _filled(fact: Fact, place: str, words: str, random: Random) -> list[Part]:  # noqa: PLR0912
    it, value = fact.finding, fact.finding.value
    match place:
        case "u" | "d":
            if place == "d" and not (isinstance(value, float) and 0.5 < value < 0.95):
                raise Unfit
            return [Part(words, "unit" if place == "u" else "direction")]
        case "v" if isinstance(value, int | float) and value > 1:
            number = Decimal(it.display.replace(",", "")) if NUMBER.fullmatch(it.display) else None
            if number is None:
                raise Unfit
            form = writing.count_form(number, random)
            return [Part(writing.FORMS[form](number), "value", form, number, _step(it.display))]
        case "p" if it.display.endswith("%") and isinstance(value, float) and value < 1:
            number = Decimal(it.display.rstrip("%"))
            form = writing.percent_form(number, random)
            return [Part(writing.FORMS[form](number), "value", form, number, _step(it.display))]
        case "f" if isinstance(value, float) and (known := writing.fractions(value)):
            hedge, fraction = random.choice(known)
            return [Part(hedge), Part(fraction, "fraction")]
        case "r" if isinstance(value, int | float) and (known_round := writing.rounded(Decimal(str(value)), random)):
            hedge, number, step = known_round
            form = "digits" if number >= 1000 else "plain"
            return [Part(hedge), Part(writing.FORMS[form](number), "rounded", form, number, step)]
        case "w" | "i" | "ip" | "k" | "dec":
            return [_otherwise(fact, place, random)]
        case "est" | "elo" | "ehi" | "alone" | "judged":
            return [_estimated(fact, place)]
        case "one" | "other" if found := re.match(r"(.+) and (.+) are named together", it.statement):
            if " and " in found[1] + found[2] + " ":
                raise Unfit
            return [Part(found[1 if place == "one" else 2], "who")]
        case "nd" if it.n_documents > 1:
            return [Part(str(it.n_documents), "own", "plain", Decimal(it.n_documents), Decimal(1))]
        case "lo" | "hi" if it.interval is not None:
            return [_bound(fact, place == "lo")]
        case "range" if it.interval is not None:
            return _range(fact, random)
        case "who" if fact.speaker:
            return [_named(fact, random)]
        case "term" if fact.term:
            return [Part("“"), Part(fact.term, "term"), Part("”")]
        case "subject" if " is named " in it.statement:
            return [Part(it.statement.partition(" is named ")[0], "who")]
        case "of" if found := re.search(r"(?<!\w)\d[\d,]* of \d[\d,]*", it.statement):
            return _counted(found.group())
        case "in" if isinstance(value, float) and (base := writing.one_in(value)):
            return [
                Part("one " + words + " in "),
                Part(writing.in_words(base), "ratio", "words", Decimal(base), Decimal(1)),
            ]
        case "pm" if it.interval is not None and (half := writing.half_of(it.display, it.interval_display)):
            return [Part(half, "half", "plain", Decimal(half.rstrip("%")), _step(half))]
        case "year" if isinstance(value, str) and re.match(r"\d{4}", value):
            return [Part(value[:4], "date")]
        case "date" if isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
            return [Part(random.choice(writing.date_forms(value)), "date")]
    raise Unfit


def _otherwise(fact: Fact, place: str, random: Random) -> Part:
    """The value in words, rounded to a whole number, in thousands, or as a decimal fraction. Raises Unfit."""
    it = fact.finding
    plain = it.display.rstrip("%").replace(",", "")
    if not isinstance(it.value, int | float) or not NUMBER.fullmatch(plain):
        raise Unfit
    number, share = Decimal(plain), it.display.endswith("%")
    whole = Decimal(round(it.value * (100 if share else 1)))
    match place:
        case "w" if not share and number == int(number) and 1 < number < 1_000_000:
            return Part(writing.in_words(int(number)), "value", "words", number, Decimal(1))
        case "i" if not share and number != int(number) and whole > 1 and number % 1 != Decimal("0.5"):
            return Part(str(whole), "value", "plain", whole, Decimal(1))
        case "ip" if share and 2 < whole < 100 and number % 1 != Decimal("0.5"):
            form = writing.percent_form(whole, random)
            return Part(writing.FORMS[form](whole), "value", form, whole, Decimal(1))
        case "k" if not share and (known := writing.in_thousands(number)):
            return Part(writing.FORMS["thousands"](known[0]), "rounded", "thousands", *known)
        case "dec" if share and 0 < number < 100:
            return Part(writing.FORMS["decimal"](number), "value", "decimal", number, _step(plain))
    raise Unfit


def _estimated(fact: Fact, place: str) -> Part:
    """A number of the correction by judged sentences: the estimate, a bound, the model's own value. Raises Unfit."""
    known = fact.finding.corrected
    if known is None or known.value is None or known.model_display == known.display:
        raise Unfit
    low, _, high = known.interval_display.partition(" to ")
    texts = {"est": known.display, "alone": known.model_display, "elo": low, "ehi": high, "judged": str(known.judged)}
    written = texts[place]
    if not NUMBER.fullmatch(written.rstrip("%")):
        raise Unfit
    role = "own" if place == "judged" else "bound" if place in ("elo", "ehi") else "estimate"
    form = "percent sign" if written.endswith("%") else "digits" if "," in written else "plain"
    return Part(written, role, form, Decimal(written.rstrip("%").replace(",", "")), _step(written))


def _counted(written: str) -> list[Part]:
    """What is counted of the base: 231 of 277."""
    numbers = [Decimal(it.replace(",", "")) for it in written.split(" of ")]
    forms = ["digits" if number >= 1000 else "plain" for number in numbers]
    counted, base = (
        Part(writing.FORMS[form](number), "own", form, number, Decimal(1))
        for form, number in zip(forms, numbers, strict=True)
    )
    return [counted, Part(" of "), base]


def _bound(fact: Fact, low: bool) -> Part:
    written = fact.finding.interval_display.split(" to ")[0 if low else 1]
    form = "percent sign" if written.endswith("%") else "plain"
    return Part(written, "bound", form, Decimal(written.rstrip("%").replace(",", "")), _step(written))


def _range(fact: Fact, random: Random) -> list[Part]:
    """The interval as one range: 14–20%, 14 to 20 percent, between 14% and 20%."""
    low, high = _bound(fact, True), _bound(fact, False)
    if low.form != "percent sign":
        return [low, Part("–"), high]
    bare = replace(low, form="plain", text=str(low.number))
    match random.choice(["dash", "words", "between"]):
        case "dash":
            return [bare, Part("–"), high]
        case "words":
            return [bare, Part(" to "), replace(high, form="percent", text=f"{high.number} percent")]
    return [Part("between "), low, Part(" and "), high]


def _named(fact: Fact, random: Random) -> Part:
    """The speaker by full name or, as in later mentions, by the last name."""
    names = fact.speaker.split()
    short = len(names) in (2, 3) and all(name[0].isupper() for name in names) and random.random() < 0.3
    return Part(names[-1] if short else fact.speaker, "who")


def value_of_passage(fact: Fact, random: Random) -> list[Part]:
    """A finding that is read off one passage: "X puts Y at Z", with Z in any usual writing. Raises Unfit."""
    it = fact.finding
    found = re.fullmatch(rf"(.+ puts? .+ at ){re.escape(it.display)}((?: (?:in|for|from) .+)?)\.", it.statement)
    if not found or not fact.speaker:
        raise Unfit
    begin = found.group(1)
    if not begin.startswith(fact.speaker):
        raise Unfit
    written = random.choice(writing.money_forms(it.display))
    return [
        Part(fact.speaker, "who"),
        Part(begin.removeprefix(fact.speaker)),
        Part(written, "money"),
        Part(found.group(2)),
    ]


# --- quotations ---


def quotation(fact: Fact, passage: Quotable, random: Random, hand: Hand) -> list[Part]:
    """A passage quoted whole, in part, with an omission or an insertion, after or before its speaker."""
    words = passage.text.split()
    ways = ["whole", "part", "omission", "insertion"] if len(words) > 14 else ["whole", "insertion"]
    way = random.choice(ways)
    text = passage.text
    if way == "part":
        length = random.randint(6, 12)
        first = random.randint(1, len(words) - length - 1)
        text = " ".join(words[first : first + length]).rstrip(",;:.!?")
    elif way == "omission":
        first = random.randint(3, 5)
        text = " ".join([*words[:first], "[…]", *words[first + random.randint(1, 3) :]])
    elif way == "insertion":
        first = random.randint(2, len(words) - 2)
        text = " ".join(
            [*words[:first], random.choice(["[again]", "[the author’s emphasis]", "[sic]"]), *words[first:]]
        )
    marks = random.choice([("“", "”"), ("“", "”"), ('"', '"')])
    frame = random.choice(hand.part if way == "part" else hand.whole)
    # it is known of the passages of a speaker's share; the others in its base are the words of all
    mine = fact.speaker and fact.family == "statements.words" and passage.counted
    who = _named(fact, random) if mine else Part(random.choice(hand.unnamed))
    return _framed(frame, who, (text, *marks), random)


def _framed(frame: str, who: Part, quoted: tuple[str, str, str], random: Random) -> list[Part]:
    """A frame filled: ``{quote}`` with a quotation, ``{quote,}`` with one and a comma, ``{who}`` with who says it."""
    text, opening, closing = quoted
    parts: list[Part] = []
    for piece in re.split(r"(\{[^}]+\})", frame):
        if piece == "{who}":
            parts.append(who)
        elif piece.startswith("{quote"):
            comma = piece.endswith(",}")
            ends = random.choice([f",{closing}", f"{closing},"]) if comma else closing
            parts += [Part(opening), Part(text, "quote"), Part(ends)]
        else:
            parts.append(Part(piece))
    return parts


# --- put together ---


def cited(parts: Sequence[Part], facts: Sequence[Fact], way: str, lead: str = "") -> Sentence:
    """The sentence with its citation before the full stop, or within a lead where that has a ``{c}``."""
    keys = "\n".join(fact.key for fact in facts)
    before, here, after = lead.partition("{c}")
    first = parts if lead or not parts else [_capital(parts[0]), *parts[1:]]
    citation = Part(keys, "cite")
    if here:
        whole = (Part(before), citation, Part(after), *parts, Part("."))
    else:
        whole = (Part(lead), *first, Part(" "), citation, Part("."))
    return Sentence(tuple(it for it in whole if it.text), tuple(facts), way)


def _capital(part: Part) -> Part:
    if part.role == "text" and part.text and part.text[0].islower():
        return replace(part, text=part.text[0].upper() + part.text[1:])
    return part


def tellings(fact: Fact, random: Random, hand: Hand) -> Iterator[tuple[str, list[Part]]]:
    """Every way to tell one finding, without its citation."""
    yield "as stated", as_stated(fact)
    patterns = hand.patterns.get(fact.finding.key, hand.patterns.get(fact.family, []))
    for number, pattern in enumerate(patterns if fact.computable else []):
        try:
            yield f"told {number}", as_told(fact, pattern, random)
        except Unfit:
            continue
    with suppress(Unfit):
        yield "value", value_of_passage(fact, random)
    if fact.passages:
        yield "quotation", quotation(fact, random.choice(fact.passages), random, hand)


def told(fact: Fact, random: Random, hand: Hand, besides: str = "") -> tuple[str, list[Part]]:
    """One way to tell a finding, drawn so that quotations and an analyst's words come up often.

    ``besides`` is a way that is taken already.
    """
    known = dict(tellings(fact, random, hand))
    known = {way: parts for way, parts in known.items() if way != besides} or known
    weights = [3 if way in ("quotation", "value") else 2 if way.startswith("told") else 1 for way in known]
    (way,) = random.choices(list(known), weights)
    return way, known[way]


def single(facts: Sequence[Fact], random: Random, hand: Hand) -> Sentence:
    """One finding in one sentence."""
    way, parts = told(facts[0], random, hand)
    lead = random.choice(hand.leads) if way == "as stated" else ""
    return cited(parts, facts[:1], way, lead)


def pair(facts: Sequence[Fact], random: Random, hand: Hand) -> Sentence:
    """Two findings in one sentence, each with its citation."""
    one, two = facts[0], facts[1]
    (_, first), (_, second) = told(one, random, hand), told(two, random, hand)
    parts = [
        _capital(first[0]),
        *first[1:],
        Part(" "),
        Part(one.key, "cite"),
        Part(random.choice(hand.joints)),
    ]
    parts += [replace(it, fact=1) for it in second]
    parts += [Part(" "), Part(two.key, "cite", fact=1), Part(".")]
    return Sentence(tuple(it for it in parts if it.text), (one, two), "pair")


def group(facts: Sequence[Fact], random: Random, hand: Hand) -> Sentence:
    """Two findings in one sentence, cited together at its end."""
    (_, first), (_, second) = told(facts[0], random, hand), told(facts[1], random, hand)
    second = [replace(it, fact=1) for it in second]
    return cited([*first, Part("; "), *second], facts[:2], "group")


def comparables(facts: Sequence[Fact], hand: Hand) -> list[tuple[Fact, Fact]]:
    """Pairs of findings of one kind and unit of which the first has the clearly higher value."""
    return [
        (one, two)
        for one in facts
        for two in facts
        if one.family == two.family in hand.compared
        and isinstance(one.finding.value, int | float)
        and isinstance(two.finding.value, int | float)
        and one.finding.value > 1.3 * two.finding.value > 0
    ]


def comparison(facts: Sequence[Fact], random: Random, hand: Hand) -> Sentence:
    """The order of two findings. Takes two of ``comparables``."""
    pattern, direction, _ = hand.compared[facts[0].family]
    first, second = pattern.split("{d}")
    parts = [*as_told(facts[0], first, random), Part(direction, "direction")]
    parts += [replace(it, fact=1) for it in as_told(facts[1], second, random)]
    return cited(parts, facts[:2], "comparison")


def span(facts: Sequence[Fact], random: Random, hand: Hand) -> Sentence:
    """From the first of two dates to the last, each with its citation."""
    first, second = random.choice(hand.spans).split("{c}")[:2]
    parts = [*as_told(facts[0], first, random), Part(facts[0].key, "cite")]
    parts += [replace(it, fact=1) for it in as_told(facts[1], second, random)]
    parts += [Part(" "), Part(facts[1].key, "cite", fact=1), Part(".")]
    return Sentence(tuple(it for it in parts if it.text), tuple(facts[:2]), "span")


def several(facts: Sequence[Fact], random: Random, hand: Hand) -> Sentence:
    """Two sentences on one finding with one citation behind both."""
    way, first = told(facts[0], random, hand)
    _, second = told(facts[0], random, hand, besides=way)
    ended = [*first, Part(". "), _capital(second[0]), *second[1:]]
    made = cited(ended, facts[:1], "several")
    if random.random() < 0.5:
        return made
    behind = (*made.parts[:-3], Part("."), *made.parts[-3:-1])  # the citation behind the full stop
    return replace(made, parts=behind)


def caption(facts: Sequence[Fact], _random: Random, _hand: Hand) -> Sentence:
    """One finding as it is stated, with its citation, for captions, headings and items of lists."""
    made = cited(as_stated(facts[0]), facts[:1], "as stated")
    return replace(made, parts=made.parts[:-1], way="caption")


def cells(facts: Sequence[Fact], _random: Random, _hand: Hand) -> Sentence:
    """A row of a table: a label, the value as it is displayed, the citation; parts ``|`` stand between the cells."""
    it = facts[0].finding
    number = NUMBER.fullmatch(it.display.removesuffix("%"))
    label = it.unit_display or "value"
    written = it.display
    value = Part(written, "text")
    if number:
        form = "percent sign" if written.endswith("%") else "digits" if "," in written else "plain"
        value = Part(written, "value", form, Decimal(written.rstrip("%").replace(",", "")), _step(written))
    elif facts[0].family == "corpus.earliest" or facts[0].family == "corpus.latest":
        value = Part(written, "date")
    parts = (Part(_label(facts[0], label)), Part("|", "cell"), value, Part("|", "cell"), Part(facts[0].key, "cite"))
    return Sentence(parts, tuple(facts[:1]), "row")


def _label(fact: Fact, unit: str) -> str:
    if fact.term:
        return f"“{fact.term}”, {unit}"
    if fact.speaker:
        return f"{fact.speaker}, {unit}"
    return unit[:1].upper() + unit[1:]
