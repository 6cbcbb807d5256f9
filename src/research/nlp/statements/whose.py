"""What kind of text a document is, and whose words the whole of it are.

A speech, a statement or a release is one person's words from head to end: "I" is that person. The document's metadata
say who it is (``speaker``), or its heading ("Remarks by the President"), its signature, or the byline of an opinion
piece; what is told from these is marked as inferred. News, and what several say in turns, has no such speaker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from research.loading.documents import INTERVIEW, KINDS, NEWS, SPEECH, TRANSCRIPT, Document
from research.nlp.names.descriptions import roles
from research.nlp.statements.full_names import is_first_name, person_in, recased
from research.nlp.statements.label_words import (
    as_office,
    folded,
    is_courtesy,
    is_name_word,
    is_office_word,
    within_two,
    words_of,
)
from research.nlp.statements.marks import in_lines, lines
from research.nlp.statements.people import People
from research.nlp.statements.said import Turn
from research.nlp.text.function_words import FUNCTION_WORDS


class Whose(NamedTuple):
    """Whose words a document is, and what tells so."""

    name: str
    office: str | None
    told_by: str
    """``document`` (its own field), ``metadata``, ``heading``, ``signature`` or ``byline``."""

    @property
    def inferred(self) -> bool:
        """Whether nothing but the text, or a field for an office, tells it."""
        return self.told_by != "document"


_NAMES_OF_KINDS = (
    (INTERVIEW, re.compile(r"\binterview(?:ed|s)?\b|\bin conversation with\b|\bq ?(?:&|and) ?a\b", re.IGNORECASE)),
    (
        TRANSCRIPT,
        re.compile(
            r"\b(?:transcript|press conference|news conference|briefing|gaggle|doorstop|hearings?|debates?|hansard|"
            r"town hall|minutes|question time|oral questions|congressional record)\b",
            re.IGNORECASE,
        ),
    ),
    (
        SPEECH,
        re.compile(
            r"\b(?:speech|speeches|address|remarks|statements?|(?:media|press|news) releases?|message|communiqu[eé]|"
            r"lecture|testimony|broadcast|opinions?|op-?ed|editorial|column|commentary|letter|proclamation|oration|eulogy|toast)\b",
            re.IGNORECASE,
        ),
    ),
)
_FIELDS = (
    "kind",
    "type",
    "releasetype",
    "documenttype",
    "category",
    "genre",
    "doctype",
    "contenttype",
    "section",
    "tags",
)
_FEWEST_IN_TURNS = 0.5
_ONE_VOICE = 0.9
_SALUTATION = re.compile(
    r"(?:\A|[.!\n])[ \n]*(?:ladies and gentlemen|my fellow (?:citizens|americans|\w+s)|(?:mr|mrs|ms|madam)\.? "
    r"(?:president|speaker|chair\w*|secretary-general),|(?:your )?excellenc(?:y|ies),|"
    r"distinguished (?:\w+ )?(?:guests|delegates|members|colleagues)|honou?rable members)",
    re.IGNORECASE,
)
_OPENING = 400


def kind_of(document: Document, spoken: Sequence[Turn]) -> str:
    """The kind of a document: what its owner or its metadata say, then its turns, its heading, and news otherwise."""
    if document.kind in KINDS:
        return document.kind
    said = _said_kind(document)
    text = in_lines(document.text)
    body = text[document.body.start : document.body.end]
    title = document.title or ""
    if spoken:
        words = Counter[str]()
        for turn in spoken:
            words[turn.speaker or turn.role] += sum(end - start for start, end in turn.words)
        if sum(turn.words[-1].end - turn.label.start for turn in spoken) >= _FEWEST_IN_TURNS * len(body.strip()):
            if said == SPEECH and max(words.values()) >= _ONE_VOICE * sum(words.values()):
                return SPEECH
            return INTERVIEW if INTERVIEW in (said, _kind_named(title)) else TRANSCRIPT
        return said or NEWS
    if said in (SPEECH, NEWS):
        return said
    if _heading(document, text) is not None or document.speaker:
        return SPEECH
    addressed = _SALUTATION.search(body[:_OPENING]) is not None and body.lstrip()[:1] not in '"“'
    return SPEECH if addressed or _is_one_voice(body) else said or NEWS


def _is_one_voice(body: str) -> bool:
    """Whether a text says "I" and "we" throughout, quotes little and reports hardly anything as said."""
    own = _QUOTED.sub(" ", body)
    words, all_words = len(_A_WORD.findall(own)), len(_A_WORD.findall(body))
    if words < _FEWEST_WORDS or words < (1 - _MOST_QUOTED) * all_words:
        return False
    return len(_WE.findall(own)) >= _OFTEN * words and len(_REPORTED.findall(own)) <= _SELDOM * words


_A_WORD = re.compile(r"\w+")
_WE = re.compile(r"\b(?:I|me|[Mm]y|[Ww]e|us|[Oo]ur)\b")
_REPORTED = re.compile(r"\b(?:said|says|told|added|asked)\b")
_OFTEN, _SELDOM, _MOST_QUOTED, _FEWEST_WORDS = 0.015, 0.002, 0.05, 100


def _said_kind(document: Document) -> str | None:
    """The kind that a field of the metadata gives."""
    fields = {re.sub(r"[\W_]+", "", key.casefold()): value for key, value in document.metadata.items()}
    for name in _FIELDS:
        value = fields.get(name, "")
        if value.casefold() in KINDS:
            return value.casefold()
        if (named := _kind_named(value)) is not None:
            return named
    return None


def _kind_named(words: str) -> str | None:
    return next((kind for kind, pattern in _NAMES_OF_KINDS if pattern.search(words)), None)


def speaker_of(document: Document, kind: str) -> Whose | None:
    """Whose words a document is; None for news, for what several say in turns, and where nothing tells it."""
    if document.speaker:
        owned = Whose(state_called(document.speaker) or document.speaker, None, "document")
        return _guest(document, kind) or owned
    if kind != SPEECH:
        return None
    text = in_lines(document.text)
    people = People()
    people.add_metadata(document.metadata)
    for key, value in document.metadata.items():
        if re.sub(r"[\W_]+", "", key.casefold()) in ("speaker", "speakername"):
            return Whose(state_called(value) or person_in(value) or value.strip(), None, "document")
    found = _heading(document, text)
    if found is not None:
        return _resolved(found, people)
    holder = people.only_holder()
    if holder is not None:
        return Whose(holder[0], holder[1], "metadata")
    return _signature(document, text) or _byline(document, text)


def _guest(document: Document, kind: str) -> Whose | None:
    """Who else speaks by the heading, where the speaker is told by an office: guests' speeches are filed there too."""
    people = People()
    people.add_metadata(document.metadata)
    holder = people.only_holder()
    if kind != SPEECH or holder is None or holder[0] != document.speaker:
        return None
    heading = _heading(document, in_lines(document.text))
    found = None if heading is None else _resolved(heading, people)
    if found is None or " " not in found.name or found.name == found.office:
        return None
    return None if _alike(folded(found.name.split()[-1]), folded(holder[0].split()[-1])) else found


def state_called(code: str) -> str | None:
    """The state that a code of ISO 3166-1 in three capitals means, as in collections of states' speeches: ``KAZ``."""
    if re.fullmatch(r"[A-Z]{3}", code.strip()) is None:
        return None
    if (former := _FORMER_STATES.get(code.strip())) is not None:
        return former
    from babel import Locale
    from babel.core import get_global

    short = get_global("territory_aliases").get(code.strip(), [])
    if len(short) != 1:
        return None
    name = _NAMES_OF_STATES.get(short[0]) or Locale("en").territories.get(short[0])
    return None if name is None else name.partition(" (")[0].replace(" & ", " and ").replace("St. ", "Saint ")


_NAMES_OF_STATES = {
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "PS": "Palestine",
    "VC": "Saint Vincent and the Grenadines",
}
"""Where Unicode's name is one for lists ("Congo - Kinshasa"), not one that a text has."""
_FORMER_STATES = {
    "CSK": "Czechoslovakia",
    "DDR": "German Democratic Republic",
    "SCG": "Serbia and Montenegro",
    "SUN": "Soviet Union",
    "YMD": "Democratic Yemen",
    "YUG": "Yugoslavia",
    "ZAR": "Zaire",
}
"""States that are no more, which collections of speeches have under their former codes."""


# Headings.

_WORKS = (
    r"(?:remarks|address|speech|statement|lecture|keynote|message|comments|toast|eulogy|testimony|op-?ed|oration|intervention|"
    r"presentation|foreword|greetings|letter|broadcast|communiqu[eé]|article|essay|column)"
)
_BY = re.compile(
    rf"\b{_WORKS}s?(?:[ ,]+(?:as )?(?:prepared|delivered|made|given|issued|written|for delivery))*"
    r"(?:[ ,]+(?:by|from)|[ ]+of(?=[ ]+(?:the|h\.? ?e|his|her|mr|mrs|ms|dr|sir|hon|rt|president|prime|minister|senator|"
    r"governor|secretary|ambassador|premier|chancellor)\b))[ ]+(?P<who>.{3,200})",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\A(?P<who>[A-Z][^:;!?]{2,80}?)(?:['’]s?)?[ ](?:(?:opening|closing|keynote|full|floor|policy|budget|weekly|radio|"
    rf"video|press|campaign|maiden|farewell|inaugural|christmas|new year)[ ]){{0,3}}(?:{_WORKS}|delivers?|floor)\b",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s[-–—|]{1,2}\s|[;:(\[]|\d")
_LONGEST_LINE = 220
_WRAPPED = 40
"""A heading of so many characters may go on in the next line."""
_HEAD_LINES, _HEAD = 14, 1200


class _Heading(NamedTuple):
    who: str
    where: str


def _heading(document: Document, text: str) -> _Heading | None:
    """Whom a heading names: the title, or a line at the head of the text."""
    for line in _headings(document, text):
        found = _BY.search(line)
        if found is not None and (who := _phrase(found["who"])):
            return _Heading(who, "heading")
    title = " ".join((document.title or "").split())
    found = _BEFORE.match(title)
    if found is not None and any(is_office_word(word.rstrip("s’'")) for word in found["who"].split()):
        who = _phrase(re.sub(r"\A(?:transcript|text) of (?:the )?", "", found["who"], flags=re.IGNORECASE))
        return _Heading(who, "heading") if who else None
    return None


def _headings(document: Document, text: str) -> Iterator[str]:
    """The title, and the lines at the head that are no prose, each with the two that follow it."""
    yield " ".join((document.title or "").split())
    start, end = document.body
    head = list(lines(text, start, min(end, start + _HEAD)))[:_HEAD_LINES]
    for number, line in enumerate(head):
        written = text[line.start : line.end].strip(" \t*_#")
        if _PROSE.search(written) or len(written) > _LONGEST_LINE:
            break
        if re.match(rf"(?:\w+[ ]){{0,4}}{_WORKS}", written, re.IGNORECASE):
            following = head[number + 1] if number + 1 < len(head) else None
            wrapped = following is not None and not following.first and len(written) >= _WRAPPED
            more = text[following.start : following.end].strip() if following is not None and wrapped else ""
            yield f"{written} {more}"


_PROSE = re.compile(r"[a-z”\"][.?!](?:\s|\Z)(?<!\b(?:Mr|Ms|Dr|St)\.\s)(?<!\bHon\.\s)(?<!\bMrs\.\s)(?<!\bRt\.\s)")


def _phrase(who: str) -> str:
    """The words of a heading that name somebody, up to a sign that ends them."""
    cut = _CUT.search(who, 3)
    return who[: cut.start()].strip(" ,.-") if cut else who.strip(" ,.-")


_MOST_NAME_WORDS, _MOST_FIELD_WORDS = 4, 8


def _resolved(heading: _Heading, people: People) -> Whose | None:
    """Whom the words of a heading name: one person, or else an office; None where they are two."""
    words = heading.who.split()
    title, at = _leading_title(words)
    name, after = _leading_name(words, at)
    if after < len(words) and words[after].lower() in ("and", "&") and name:
        return None
    office = _written(title)
    holder = people.of_metadata_within(tuple(map(folded, title)))
    if holder is not None and (
        not any(map(is_first_name, name[:-1])) or _alike(folded(name[-1]), folded(holder.split()[-1]))
    ):
        return Whose(holder, office, heading.where)
    if len(name) > 1 or (name and office):
        known = people.full_name(name)
        return Whose(known or recased(name), office or _written_behind(words[after:]), heading.where)
    return Whose(office, office, heading.where) if office and any(map(is_office_word, title)) else None


def _alike(one: str, other: str) -> bool:
    """Whether two surnames may be one, as scanned pages have them."""
    return within_two(one, other) if len(other) > 4 else one == other


def _leading_title(words: Sequence[str]) -> tuple[list[str], int]:
    """The words of an office at the beginning, without courtesy, and where they end."""
    title: list[str] = []
    at = 0
    while at < len(words):
        word = words[at].strip(",")
        if is_courtesy(word) or folded(word) in ("the", "h", "e", "rt", "excellency"):
            at += 1
        elif (
            is_office_word(word)
            or as_office(word) == "minister"
            or (folded(word) in roles().modifiers and _leads_to_office(words, at))
        ):
            title.append(as_office(word) if as_office(word) == "minister" else word)
            at += 1
        elif title and word.lower() in ("of", "for", "to", "and") and at + 1 < len(words):
            stop = _end_of_field(words, at)
            if word.lower() in ("and", "to") and not _leads_to_office(words, at + 1):
                break
            title += [it.strip(",") for it in words[at:stop]]
            at = stop
        else:
            break
    return title, at


def _leads_to_office(words: Sequence[str], at: int) -> bool:
    return any(is_office_word(word.strip(",")) for word in words[at : at + 4])


def _end_of_field(words: Sequence[str], at: int) -> int:
    """Where the field of an office ends: "of the European Commission" at a comma, a preposition or a courtesy."""
    end = at + 1
    while end < min(len(words), at + _MOST_FIELD_WORDS):
        if end > at + 1 and (is_courtesy(words[end]) or words[end].lower() in _ENDS_FIELD):
            break
        end += 1
        if words[end - 1].endswith(","):
            break
    return end


_ENDS_FIELD = frozenset(
    ("on", "at", "in", "to", "by", "before", "after", "during", "following", "with", "upon", "about")
)


def _leading_name(words: Sequence[str], at: int) -> tuple[list[str], int]:
    """The name that begins at a word, and where it ends."""
    name: list[str] = []
    while at < len(words) and len(name) < _MOST_NAME_WORDS:
        word = re.sub(r"['’]s?\Z", "", words[at].strip(","))
        low = folded(word)
        initial = len(word.strip(".")) == 1 and word[:1].isupper()
        stops = (
            low in _ENDS_FIELD
            or low in FUNCTION_WORDS
            or low in words_of("openers")
            or (name and len(name[-1]) > 2 and low.endswith("ing") and len(low) > 5)
        )
        if not initial and (
            not is_name_word(word)
            or stops
            or low.replace(".", "") in words_of("letters after names")
            or (name and _is_work(low))
        ):
            break
        name.append(word)
        at += 1
        if words[at - 1].endswith((",", "'s", "’s")):
            break
    return name, at


def _is_work(low: str) -> bool:
    return re.fullmatch(rf"{_WORKS}s?|opening|launch|interview|press|farewell|national|parliamentary", low) is not None


def _written(title: Sequence[str]) -> str | None:
    """An office as it is written: "Minister of Transport"."""
    if not title:
        return None
    words = recased(title).split()
    return " ".join(
        word.lower() if word.lower() in ("of", "for", "and", "the", "to") else word[:1].upper() + word[1:]
        for word in words
    )


def _written_behind(words: Sequence[str]) -> str | None:
    """The office behind a name: ", President of Maravel"."""
    title, _ = _leading_title(words)
    return _written(title)


# Signatures and bylines.

_CLOSING = re.compile(
    r"[ \t]*(?:yours(?: \w+)?|sincerely(?: yours)?|respectfully(?: \w+)?|(?:kind |best |warm )?regards|"
    r"faithfully(?: yours)?|\(?signed\)?:?|/s/|(?:[—–]|--)(?=[ ]?[A-Z]))",
    re.IGNORECASE,
)
_LAST = 600
_BYLINE = re.compile(r"[ \t*_]*by[: ]{1,2}(?P<who>[^\n]{4,120})", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|my|I['’](?:m|ve|d|ll))\b")
_FEWEST_I = 4
_QUOTED = re.compile(r"[“\"][^“”\"]{0,1000}[”\"]")


def _signature(document: Document, text: str) -> Whose | None:
    """Who signs a text: the name behind "Yours sincerely", "(signed)" or a dash at its end."""
    start, end = document.body
    last = list(lines(text, max(start, end - _LAST), end))[-8:]
    for number, line in enumerate(last):
        closing = _CLOSING.match(text, line.start, line.end)
        if closing is None:
            continue
        rest = text[closing.end() : line.end].strip(" ,")
        for written in (rest, *(text[it.start : it.end] for it in last[number + 1 : number + 3])):
            name = _bare_name(written)
            if name is not None:
                return Whose(name, None, "signature")
    return None


def _byline(document: Document, text: str) -> Whose | None:
    """Who wrote an opinion piece: the byline of a text that its metadata call one, or that says "I" by itself."""
    start, end = document.body
    written = next(
        (value for key, value in document.metadata.items() if key.casefold() in ("author", "byline", "by")), None
    )
    if written is None:
        for line in list(lines(text, start, min(end, start + _HEAD)))[:8]:
            found = _BYLINE.fullmatch(text, line.start, line.end)
            if found is not None:
                written = found["who"]
                break
    name = _bare_name(written) if written else None
    if name is None:
        return None
    opinion = re.search(
        r"\b(?:opinion|op-?ed|comment(?:ary)?|column|viewpoint|perspective|essay)\b",
        " ".join((*document.metadata.values(), document.title or "")),
        re.IGNORECASE,
    )
    own = _QUOTED.sub(" ", text[start:end])
    return Whose(name, None, "byline") if opinion or len(_FIRST_PERSON.findall(own)) >= _FEWEST_I else None


def _bare_name(written: str) -> str | None:
    """The name that a line holds, with a title before it or an office behind it; None for any other line."""
    written = re.sub(r"\A\s*by:?\s+", "", written, flags=re.IGNORECASE).split(",")[0].split("|")[0].strip(" .\t*_—–-")
    words = [word for word in written.split() if not is_courtesy(word)]
    while words and is_office_word(words[0]) and len(words) > 2:
        words = words[1:]
    plain = (
        1 < len(words) <= 4
        and all(map(is_name_word, words))
        and not any(folded(word) in words_of("openers") for word in words)
    )
    return recased(words) if plain and not any(folded(word) in words_of("fields") for word in words[1:]) else None
