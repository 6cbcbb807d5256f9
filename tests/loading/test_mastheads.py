"""Title, outlet and date of an article are told by what a line is, in either form and however many lines there are."""

import pytest

from research.loading.downloads import articles
from research.loading.records import Record

OLD: dict[str, tuple[()] | tuple[str, str | None]] = {
    "The Harbour Post\n\nMay 12, 2031 Monday\n\nVote nears\n": (),
    "The Harbour Post\n\nMay 12, 2031 Monday\n\nLate Edition - Final\n\nVote nears\n": (),
    "The Harbour Post\n\nMay 12, 2031 Monday\n\nCHICAGOLAND FINAL EDITION; NW EDITION\n\nVote nears\n": (),
    "The Harbour Post\n\nMay 12, 2031 Monday\nEdition 1;\nScotland\n\nVote nears\n": (),
    "The Harbour Post\n\nMay 12, 2031 Monday\n1 - All-round Country Edition\n\nVote nears\n": (),
    "The Harbour Post\n(Sinosphere)\n\nMay 12, 2031 Monday\n\nVote nears\n": (),
    "Copyright 2031 The Harbour Post\n\nThe Harbour Post\n\nMay 12, 2031, Monday, Late Edition\n\n"
    "SECTION: Section A\n\nHEADLINE: Vote nears\n": (),
    "The Harbour Post\n\nMay 12, 2031 Monday 6:10 PM  EST\n\nVote nears\n": (),
    "The Harbour Post\n\nMay 2031\n\nVote nears\n": ("date", "May 2031"),
    "The Harbour Post\n\nCorrection Appended\n\nVote nears\n": ("date", None),
    "The Harbour Post\n\nMay 12, 2031 Monday\nCorrection Appended\n\nVote nears\n": (),
    "The Harbour Post\n\nMay 12, 2031 Monday\n\nHarbour: the vote that nears, in a long\nline and another\n": (
        "title",
        "Harbour: the vote that nears, in a long line and another",
    ),
    "The Harbour Post\n\nMay 12, 2031 Monday\n\nA new edition of the laws\n": ("title", "A new edition of the laws"),
    "The Harbour Post\n\nMay 12, 2031 Monday\n\nUPDATE: vote nears\n": ("title", "UPDATE: vote nears"),
}
NEW: dict[str, tuple[()] | tuple[str, str | None]] = {
    "Vote nears\nThe Harbour Post\nMay 12, 2031 Monday\n": (),
    "Page 1 of 2\nVote nears\nThe Harbour Post\nMay 12, 2031 Monday 10:00 PM GMT\n": (),
    "Vote nears\nThe Harbour Post (Maravel) - FINAL EDITION\nMay 12, 2031\n": (
        "source",
        "The Harbour Post (Maravel) - FINAL EDITION",
    ),
    "Vote nears\nHarbour Post: national edition\nMay 12, 2031\n": ("source", "Harbour Post: national edition"),
    "Vote nears\nHarbour Post National Edition\nMay 12, 2031\n": ("source", "Harbour Post National Edition"),
    "Vote nears\n\nThe Harbour Post\n\nLate Edition\n\nMay 12, 2031\n": (),
    "Vote nears\nThe Harbour Post\n(Sinosphere)\nMay 12, 2031\n": (),
    "Vote nears\nThe Harbour Post\nCorrection Appended\n": ("date", None),
    "Vote nears\nThe Harbour Post\nClarification Appended\nMay 12, 2031\n": (),
    "Vote nears\nThe Harbour Post\nCopyright 2031 The Harbour Post All Rights Reserved\n": ("date", None),
    "May 12, 2031: a day of votes\nThe Harbour Post\nMay 12, 2031 Monday\n": ("title", "May 12, 2031: a day of votes"),
    "Vote nears as the council waits\nfor the spring\nThe Harbour Post\nMay 12, 2031\n": (
        "title",
        "Vote nears as the council waits for the spring",
    ),
    "7. The seventh vote\nThe Harbour Post\nMay 12, 2031\n": ("title", "7. The seventh vote"),
}


def of(head: str, form: str, *, body: str = "Body\n") -> Record:
    """The second of two articles with this head."""
    mark = "{} of 2 DOCUMENTS" if form == "old" else "Document {} of 2"
    fields = (
        "BYLINE: Ana Weiss\n\nLENGTH: 40 words\n\n" if form == "old" else f"Length: 40 words\nByline: Weiss\n{body}"
    )
    article = f"{head}\n{fields}The mayor said so.\n\nLoad-Date: May 13, 2031\n\n"
    return list(articles(f"{mark.format(1)}\n\n{article}{mark.format(2)}\n\n{article}", ""))[1]


@pytest.mark.parametrize(("head", "form"), [*((head, "old") for head in OLD), *((head, "new") for head in NEW)])
def test_what_a_line_is_tells_title_outlet_and_date(head: str, form: str) -> None:
    record = of(head, form)
    expected: dict[str, str | None] = {"title": "Vote nears", "source": "The Harbour Post", "date": "May 12, 2031"}
    said = {"title": record.title, "source": record.source, "date": record.date}
    if other := (OLD if form == "old" else NEW)[head]:
        name, value = other
        expected[name] = value
    assert said == expected
    assert record.text[record.body_start : record.body_end] == "The mayor said so."


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ("LENGTH: 40 words\n\nDATELINE: MARAVEL\n\n", "One."),
        ("LENGTH: 40 words\n\nHIGHLIGHT: The council\nwaits.\n\nBODY:\n", "One."),
        ("LENGTH: 40 words\n\nHIGHLIGHT: The council\nwaits.\n\n", "One."),
        ("LENGTH: 40 words\nBYLINE: Weiss\n", "One."),
        ("SECTION: NEWS\n\nLENGTH:\xa040 words\n\n\n", "One."),
    ],
)
def test_the_fields_of_a_head_are_no_body(fields: str, body: str) -> None:
    head = f"The Harbour Post\n\nMay 12, 2031\n\nVote nears\n\n{fields}{body}\n\n"
    [record] = articles(f"1 of 1 DOCUMENT\n\n{head}Copyright 2031 The Harbour Post\nAll Rights Reserved\n", "")
    assert record.text[record.body_start : record.body_end] == body
    assert record.title == "Vote nears"
