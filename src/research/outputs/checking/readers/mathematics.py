r"""Numbers as mathematics sets them: ``25\,000``, ``25{,}000``, ``2.5 \times 10^{9}``, ``\num{2.5e9}``."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_POWER = re.compile(r"([0-9]+(?:[.][0-9]+)?)\s*(?:\\times|\\cdot|×)\s*10\s*\^\s*(?:\{\s*([0-9]{1,2})\s*\}|([0-9]))")
_GROUPED = re.compile(r"(?<=[0-9])(?:\{\s*,\s*\}|\\[,!;: ]|~|\\thinspace\b\s?)(?=[0-9]{3})")
_SIGNS = {
    r"\%": "%",
    r"\$": "$",
    r"\pm": "±",
    r"\approx": "about ",
    r"\sim": "about ",
    r"\ge": "at least ",
    r"\geq": "at least ",
    r"\le": "at most ",
    r"\leq": "at most ",
    r"\times": "×",
    r"\text": "",
    r"\mathrm": "",
    r"\,": " ",
    r"\ ": " ",
    r"\;": " ",
    r"\:": " ",
    r"\!": "",
}
_HEDGES = frozenset(sign.strip() for sign in _SIGNS.values() if len(sign) > 1)
"""Signs that stand before a number, also where that is outside of the formula: ``$\\sim$84``."""
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")


def plain_math(text: str) -> str:
    r"""Return what a formula prints, as far as numbers need it.

    >>> plain_math(r"25\,000"), plain_math(r"2.5 \times 10^{9}"), plain_math(r"83\,\%")
    ('25,000', '2,500,000,000', '83 %')
    """
    text = _POWER.sub(_in_full, text)
    text = _GROUPED.sub(",", text)
    text = _COMMAND.sub(lambda found: _SIGNS.get(found[0], " "), text)
    plain = re.sub(r"\s+", " ", text.replace("{", "").replace("}", "")).strip()
    return f"{plain} " if plain in _HEDGES else plain


def _in_full(found: re.Match[str]) -> str:
    return f"{Decimal(found[1]).scaleb(int(found[2] or found[3])):,f}"


def plain_number(text: str) -> str:
    r"""Return a number as siunitx prints it: ``25000``, ``2.5e9``, ``12.1(3)``, ``12.1 +- 0.3``.

    >>> plain_number("2.5e9"), plain_number("25000"), plain_number("12.1(3)")
    ('2,500,000,000', '25,000', '12.1')
    """
    text = re.sub(r"\([0-9]+\)", "", text.replace(r"\pm", "+-").strip())
    return " ± ".join(_one(part) for part in text.split("+-"))


def _one(text: str) -> str:
    text = text.strip().replace(" ", "").replace(r"\,", "")
    text = text.replace(",", ".") if re.fullmatch(r"[0-9]+,[0-9]{1,2}", text) else text.replace(",", "")
    text = re.sub("[dDE]", "e", text)
    if not re.fullmatch(r"[+-]?[0-9]{1,20}(?:\.[0-9]{1,15})?(?:e[+-]?[0-9]{1,2})?", text):
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{number:,f}"
