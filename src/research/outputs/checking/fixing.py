"""``--fix``: write the finding's number in place of a wrong one, in the way in which the report writes numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from research.nlp.quantities import values
from research.nlp.quantities.units import MONEY
from research.outputs.checking.facts import Fact, same_unit
from research.outputs.checking.number import Number

_SCALED = re.compile(r"(?P<digits>[0-9].*?)(?P<rest>[-\s]?[A-Za-z]+\.?)?\Z", re.DOTALL)
_SEPARATOR = re.compile(r"[0-9]([,. \u00a0\u202f\u2009'’])[0-9]{3}(?![0-9])")


class Change(NamedTuple):
    """A stretch of the source, and the text that replaces it."""

    start: int
    end: int
    text: str


def rewritten(number: Number, fact: Fact) -> str | None:
    """Return the digits of a number with the value of a fact; None where there is no plain way to write it.

    The scale ("billion") and the sign between thousands stay; the decimals are those of the finding where the report
    shows none.
    """
    if fact.period is not None:
        return _date(number, fact)
    if number.form != "digits" or number.plus_minus or fact.value < 0 or not _is_same(number, fact):
        return None
    written = number.text[number.digits.start - number.start : number.digits.end - number.start]
    parts = _SCALED.match(written)
    if parts is None or len(number.values) > 1:
        return None
    decimals = len(parts["digits"].rpartition(".")[2]) if "." in parts["digits"] else 0
    scale = number.step.scaleb(decimals)
    value = fact.value / scale
    finding_has = re.match(r"[0-9,]+\.([0-9]+)", fact.written)
    known = len(finding_has[1]) if finding_has else 0
    decimals = known if fact.role == "value" and scale == 1 else max(decimals, known if value != int(value) else 0)
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    if decimals > 6 or (scale > 1 and rounded != value):
        return None
    mark = _SEPARATOR.search(parts["digits"])
    separator = mark[1] if mark and mark[1] != "." else ","
    return f"{rounded:,.{decimals}f}".replace(",", separator) + (parts["rest"] or "")


def _date(number: Number, fact: Fact) -> str | None:
    forms = (r"[0-9]{4}", r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
    same = any(re.fullmatch(form, number.text) and re.fullmatch(form, fact.written) for form in forms)
    return fact.written if same else None


def _is_same(number: Number, fact: Fact) -> bool:
    """Whether a number has the unit of the fact, so that its digits alone are wrong."""
    if number.kind == MONEY:
        return fact.kind == MONEY and values.same_unit(number.unit, fact.unit)
    return same_unit(number, fact)


_DIGITS = re.compile(r"[0-9]+(?:(?P<mark>\\[,; ]|\{,\}|~|,)[0-9]{3}(?:(?P=mark)[0-9]{3})*)?(?:\.[0-9]+)?")
"""A number in the source, with LaTeX's signs between its thousands."""


def in_markup(source: str, said: str, text: str) -> tuple[int, int, str] | None:
    r"""Return where in a piece of markup a number stands, and what to write there; None unless it stands there once.

    >>> in_markup(r"\num{7383}", "7383", "7,838"), in_markup(r"$7{,}383$", "7,383", "7,838")
    ((5, 9, '7838'), (1, 8, '7{,}838'))
    """
    found = [it for it in _DIGITS.finditer(source) if _plain(it[0]) == _plain(said)]
    if len(found) != 1 or not re.fullmatch(r"[0-9][0-9., \u00a0\u202f\u2009'’]*", text):
        return None
    [number] = found
    whole, point, rest = _plain(text).partition(".")
    grouped = f"{int(whole):,}".replace(",", number["mark"] or "")
    return number.start(), number.end(), f"{grouped}{point}{rest}"


def _plain(written: str) -> str:
    return re.sub(r"[^0-9.]", "", written)


def changed(source: str, changes: Sequence[Change]) -> str:
    """Return a source with all changes made, everything else as it was."""
    parts, at = [], 0
    for change in sorted(changes):
        if change.start >= at:
            parts += [source[at : change.start], change.text]
            at = change.end
    return "".join([*parts, source[at:]])
