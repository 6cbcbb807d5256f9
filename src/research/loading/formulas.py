"""Cells that no spreadsheet takes for a formula, and the way back to what they say."""

from __future__ import annotations

# Only the first character counts. LibreOffice 7.4 takes "=1+1" in a CSV file for a formula, and " =1+1" for a text with
# any blank before the sign, also when it is told to evaluate formulas or to trim blanks (see the tests). Excel shows a
# formula with a blank before its sign as text.
# The wide forms of the signs begin a formula where Excel is set to an East Asian language (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""Characters that begin a formula in a spreadsheet, and the apostrophe that prevents it."""


def safe(text: str) -> str:
    """Return a text as a cell: one that a spreadsheet would evaluate is preceded by an apostrophe.

    >>> safe("=1+1"), safe("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def plain(cell: str) -> str:
    """Return the text of a cell that ``safe`` made.

    >>> plain(safe("=1+1")), plain("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
