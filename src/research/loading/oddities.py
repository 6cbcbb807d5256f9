"""How odd the characters of a text are that was decoded with one byte a character: which encoding it was shows in that.

Windows-1252, Mac Roman and the code page of DOS share their letters and differ in where they are, so that any of them
decodes any bytes: “It’s” in Mac Roman is ``ÒItÕsÓ`` in Windows-1252. Letters that change to capitals within a word,
quotation marks that open behind a letter, and signs that hardly any text has are odd.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_MOST_LOOKED_AT = 20_000
_NEVER = frozenset("ˆ˜¤¦¨¬¯¶¸¹¾ƒ†‡‰‹›‚„≠∞≤≥∂∑∏π∫Ω√≈∆◊ı˘˙˚˝˛ˇﬁﬂ\uf8ff⁄‗■")
_GRAPHICS = range(0x2500, 0x2600)
_CONTROLS = range(0x80, 0xA0)
_OPENING, _CLOSING = frozenset("“‘¿¡"), frozenset("”")
_NEVER_BETWEEN_LETTERS = frozenset("£¥¢§©®±µ¼½³²ªº°€™÷×´")
_WORDS_OF_ONE_LETTER = frozenset("àéåæøÀÉÅÆØ")


class Oddities(NamedTuple):
    """How many characters beyond ASCII a text has, how many of them are letters, and how many are odd."""

    beyond: int
    letters: int
    odd: int


def oddities(text: str) -> Oddities:
    """Count the odd characters of a text.

    >>> oddities("“It’s a café,” he said."), oddities("ÒItÕs a cafŽ,Ó he said.")
    (Oddities(beyond=4, letters=1, odd=0), Oddities(beyond=4, letters=4, odd=4))
    """
    padded = f"  {text}  "
    found = list(islice(_BEYOND_ASCII.finditer(padded), _MOST_LOOKED_AT))
    letters = sum(it[0].isalpha() for it in found)
    return Oddities(len(found), letters, sum(_is_odd(padded, it.start()) for it in found))


def _is_odd(text: str, at: int) -> bool:
    sign, before, behind = text[at], text[at - 1], text[at + 1]
    if sign in _NEVER or ord(sign) in _GRAPHICS or ord(sign) in _CONTROLS:
        return True
    if sign in _OPENING:
        return before.isalpha() or (behind.isspace() and before not in "\n ")
    if sign in _CLOSING:
        return behind.isalpha()
    if sign in _NEVER_BETWEEN_LETTERS:
        return before.isalpha() and behind.isalpha()
    return sign.isalpha() and _is_an_odd_letter(text, at)


def _is_an_odd_letter(text: str, at: int) -> bool:
    sign, before, behind = text[at], text[at - 1], text[at + 1]
    if not before.isalpha() and not behind.isalpha():
        return sign not in _WORDS_OF_ONE_LETTER
    if sign.isupper():
        is_before_a_name = behind.isupper() and text[at + 2].islower() and not before.isalpha()
        return before.islower() or is_before_a_name
    return behind.isupper()
