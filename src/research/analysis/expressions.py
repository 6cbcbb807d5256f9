r"""Regular expressions for words, which take time in proportion to the word, whatever the expression.

Python's own try one way after another, and some expressions have more ways than anybody can wait for. Here they are
those of RE2 (https://github.com/google/re2/wiki/Syntax), which follows all ways at once and therefore has nothing that
needs memory or looks around (``\1``, ``(?=…)``). An expression matches whole words, so ``^`` and ``$`` say nothing.

``\w`` is a letter of any language, a digit or ``_``, and ``\d`` a digit of any script, as in Python; RE2 itself knows
those of ASCII alone.
"""

from __future__ import annotations

import re
from typing import NoReturn

import re2

from research.errors import ParameterError

_MEANT = {"d": r"\p{Nd}", "D": r"\P{Nd}", "w": r"\pL\pN_"}
_PART = re.compile(r"\\.?|\[\^?\]?|.", re.DOTALL)
_SIMPLE = re.compile(r"\\(?:[dDwpP]|[^0-9A-Za-z])", re.DOTALL)


class Expression:
    """A regular expression for whole words. Raises ``ParameterError`` for what it does not know, saying why."""

    def __init__(self, written: str) -> None:
        self._written = written
        options = re2.Options()
        options.log_errors = False
        options.never_capture = True
        try:
            self._pattern = re2.compile(self._of_any_language(), options)
        except re2.error as error:
            (reason,) = error.args
            self._refuse(reason.decode() if isinstance(reason, bytes) else str(reason))
        except UnicodeEncodeError:
            self._refuse("it has half a character")

    def matches(self, word: str) -> bool:
        r"""Return whether the whole word fits.

        >>> Expression("colou?rs?").matches("colors"), Expression("a{2,3}").matches("aaaa")
        (True, False)
        >>> Expression(r"\w+").matches("Çeşme")
        True
        """
        # What is no Unicode text, half of a pair, is one unknown letter to RE2.
        return self._pattern.fullmatch(word.encode(errors="replace").decode()) is not None

    def _of_any_language(self) -> str:
        """Return the expression as RE2 takes it: classes of letters and digits with those of all languages."""
        parts, in_set = [], False
        for part in _PART.findall(self._written):
            if part[0] == "\\":
                parts.append(self._escaped(part, in_set=in_set))
                continue
            in_set = not part.endswith("]") if in_set else part[0] == "["
            parts.append(part)
        return "".join(parts)

    def _escaped(self, part: str, *, in_set: bool) -> str:
        if _SIMPLE.fullmatch(part) is None:
            self._refuse(f"{part} is not offered")
        meant = _MEANT.get(part[1:])
        if meant is None:
            return part
        return f"[{meant}]" if part == r"\w" and not in_set else meant

    def _refuse(self, why: str) -> NoReturn:
        raise ParameterError(f"The expression /{self._written}/ cannot be read: {why}. Change it, or write the words.")
