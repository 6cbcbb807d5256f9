"""Documents as they come: raw bytes with and without byte-order mark, header, odd line ends, emoji, blanks.

Described once and shared: ``from tests.strategies import documents``.
"""

from __future__ import annotations

from hypothesis import strategies as st

BOM = b"\xef\xbb\xbf"

HEADERS = [
    *("date 2023-09-29 ", " date 2023-09-29 ", "date 1999-12-31\n\n", "\r\n date 2024-02-29\t", "date 0001-01-01\r"),
    *("date 2023-02-30 ", "date 2023-13-01 ", "date 0000-01-01 ", "date 2023-9-29 ", "Date 2023-09-29 ", "date "),
]
"""What a document may begin with: six headers with a date, and five lines that only look like one."""

WORDS = [
    *("Sanctions", "trade", "the", "Mr.", "Tokayev", "U.S.", "dollars", "don’t", "Kazakhstan's", "25", "$1.5", "bn."),
    *("anti-Russia", "naïve", "Қазақстан", "السلام", "שלום", "外交", "हिन्दी", "😀", "👩\u200d🚀", "e\u0301", "\ufeff"),
]
MARKS = [". ", "? ", "… ", ", ", " — ", "“", "”", '"', "'", "(", ")", ": ", ".", "!", "$", "&", "@", "#"]
GAPS = [" ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u2028", "\f", "\x0b", "\x85"]

_ANY_CHARACTER = st.characters(codec="utf-8", exclude_characters="\0")


def prose() -> st.SearchStrategy[str]:
    """Words, marks and white space in any order, now and then any characters at all."""
    pieces = st.sampled_from([*WORDS, *MARKS, *GAPS]) | st.text(_ANY_CHARACTER, max_size=4)
    return st.lists(pieces, max_size=40).map("".join)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """What a file named .txt may hold, when it is UTF-8: also nothing, blanks alone, or a header alone."""
    mark = draw(st.sampled_from([b"", b"", BOM]))
    header = draw(st.just("") | st.sampled_from(HEADERS))
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return mark + (header + draw(prose())).replace("\n", line_end).encode()


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """The bytes of a file that a document can be read from: it has at least one word."""
    data = draw(files())
    return data + draw(st.sampled_from(["end", " 2,000", "\r\nThe End.", " 终"])).encode()


def stray() -> st.SearchStrategy[bytes]:
    """Any bytes at all: pictures, archives, other encodings."""
    return st.binary(max_size=60)
