r"""Regular expressions for words, which take time in proportion to the word, whatever the expression.

Python's own try one way after another, and some expressions have more ways than anybody can wait for. Here all ways are
followed at once (Thompson 1968, "Regular expression search algorithm", Communications of the ACM 11), so a letter of a
word costs at most one look at each part of the expression.

An expression has letters; ``.`` for any; ``[a-z]`` and ``[^a-z]``; ``\d`` for digits, ``\w`` for letters, digits and
``_``; ``|`` and brackets; ``*``, ``+``, ``?`` and ``{2,4}``. What needs memory or looks around (``\1``, ``(?=…)``,
``^``, ``$``) is refused. An expression matches whole words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

from research.errors import ParameterError

MOST_PARTS = 1_000
"""The most parts of an expression, those that are repeated counted each time."""
_DEEPEST = 50
_COUNTED = re.compile(r"\{(\d{1,4})(?:(,)(\d{1,4})?)?\}")

Accepts = Callable[[str], bool]


class _Piece(NamedTuple):
    """A part of the automaton: its first state, and the states that have no next one yet."""

    first: int
    open: tuple[tuple[int, int], ...]


class Expression:
    """A regular expression for whole words. Raises ``ParameterError`` for what it does not know, saying where."""

    def __init__(self, written: str) -> None:
        self._written, self._at, self._depth = written, 0, 0
        self._accepts: list[Accepts | None] = []
        self._next: list[list[int]] = []
        whole = self._choice()
        if self._at < len(written):
            self._refuse("a bracket is closed that was not opened")
        self._last = self._state(None, 0)
        self._join(whole, self._last)
        self._start = self._reached([whole.first])

    def matches(self, word: str) -> bool:
        """Return whether the whole word fits.

        >>> Expression("colou?rs?").matches("colors"), Expression("a{2,3}").matches("aaaa")
        (True, False)
        """
        states = self._start
        for letter in word:
            found = [self._next[it][0] for it in states if (accepts := self._accepts[it]) and accepts(letter)]
            states = self._reached(found)
            if not states:
                return False
        return self._last in states

    # --- following ---

    def _reached(self, states: Sequence[int]) -> dict[int, None]:
        """Return the states that are reached from some without a letter, each once."""
        found: dict[int, None] = {}
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state not in found:
                found[state] = None
                if self._accepts[state] is None:
                    waiting += self._next[state]
        return found

    # --- building ---

    def _state(self, accepts: Accepts | None, ways: int) -> int:
        if len(self._next) >= 2 * MOST_PARTS:
            self._refuse(f"it has more than {MOST_PARTS:,} parts")
        self._accepts.append(accepts)
        self._next.append([-1] * ways)
        return len(self._next) - 1

    def _join(self, piece: _Piece, state: int) -> None:
        for before, way in piece.open:
            self._next[before][way] = state

    def _choice(self) -> _Piece:
        """Read what ``|`` sets apart."""
        piece = self._row()
        while self._peek() == "|":
            self._at += 1
            other = self._row()
            fork = self._state(None, 2)
            self._next[fork] = [piece.first, other.first]
            piece = _Piece(fork, piece.open + other.open)
        return piece

    def _row(self) -> _Piece:
        """Read what follows one another."""
        empty = self._state(None, 1)
        piece = _Piece(empty, ((empty, 0),))
        while (sign := self._peek()) and sign not in "|)":
            following = self._repeated()
            self._join(piece, following.first)
            piece = _Piece(piece.first, following.open)
        return piece

    def _repeated(self) -> _Piece:
        """Read one thing and how often it may come."""
        begin = self._at
        piece = self._one()
        least, most = self._times()
        if (least, most) == (1, 1):
            return piece
        after = self._at
        if self._peek() and self._peek() in "*+?{":
            self._refuse("something is repeated twice")
        pieces = [piece, *(self._again(begin) for _ in range(max(1, least, most or 0) - 1))]
        self._at = after
        return self._in_a_row(pieces, least, most)

    def _again(self, begin: int) -> _Piece:
        """Read the same part of the expression once more."""
        self._at = begin
        return self._one()

    def _in_a_row(self, pieces: Sequence[_Piece], least: int, most: int | None) -> _Piece:
        """Return copies of a piece in a row, of which ``least`` must come; without a most, the last again and again."""
        start = self._state(None, 1)
        open_: tuple[tuple[int, int], ...] = ((start, 0),)
        left: tuple[tuple[int, int], ...] = ()
        for number, piece in enumerate(pieces):
            last = most is None and number == len(pieces) - 1
            if number >= least and not last:
                fork = self._state(None, 2)
                self._next[fork][0] = piece.first
                self._join(_Piece(start, open_), fork)
                left, open_ = (*left, (fork, 1)), piece.open
            elif last:
                fork = self._state(None, 2)
                self._next[fork][0] = piece.first
                # A piece that must come stands before the fork that repeats it.
                self._join(_Piece(start, open_), piece.first if number < least else fork)
                self._join(piece, fork)
                open_ = ((fork, 1),)
            else:
                self._join(_Piece(start, open_), piece.first)
                open_ = piece.open
        return _Piece(start, open_ + left)

    def _times(self) -> tuple[int, int | None]:
        sign = self._peek()
        if sign in {"*", "+", "?"}:
            self._at += 1
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        if sign != "{":
            return 1, 1
        found = _COUNTED.match(self._written, self._at)
        if found is None:
            self._refuse("{ begins no number of times; write \\{ for the sign")
        self._at = found.end()
        least = int(found[1])
        most = least if found[2] is None else None if found[3] is None else int(found[3])
        if most is not None and not least <= most:
            self._refuse("the least number of times is larger than the most")
        if most == 0:
            self._refuse("something comes no time at all")
        return least, most

    def _one(self) -> _Piece:
        sign = self._peek()
        if sign == "(":
            return self._group()
        if sign == "[":
            accepts = self._set()
        elif sign == "\\":
            accepts = self._escaped()
        elif sign == ".":
            self._at += 1
            accepts = _any
        elif sign in {"*", "+", "?", "{"}:
            self._refuse(f"{sign} repeats nothing")
        elif sign in {"^", "$", "]", "}"}:
            self._refuse(f"{sign} has no meaning here, since whole words are matched; write \\{sign} for the sign")
        else:
            self._at += 1
            accepts = _letter(sign)
        state = self._state(accepts, 1)
        return _Piece(state, ((state, 0),))

    def _group(self) -> _Piece:
        self._at += 1
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse(f"more than {_DEEPEST} brackets are in each other")
        if self._peek() == "?":
            if not self._written.startswith("?:", self._at):
                self._refuse("(? begins something that looks around, which is not offered")
            self._at += 2
        piece = self._choice()
        if self._peek() != ")":
            self._refuse("a bracket is not closed")
        self._at += 1
        self._depth -= 1
        return piece

    def _escaped(self) -> Accepts:
        sign = self._written[self._at + 1 : self._at + 2]
        known = {"d": str.isdecimal, "w": _is_word}.get(sign)
        if known is None and (not sign or sign.isalnum()):
            self._refuse(f"\\{sign} is not offered")
        self._at += 2
        return known or _letter(sign)

    def _set(self) -> Accepts:
        """Read what is in square brackets."""
        self._at += 1
        negated = self._peek() == "^"
        self._at += negated
        accepted: list[Accepts] = []
        while (sign := self._peek()) != "]" or not accepted:
            if not sign:
                self._refuse("a square bracket is not closed")
            if sign == "\\":
                accepted.append(self._escaped())
                continue
            to = self._written[self._at + 2 : self._at + 3]
            if self._written[self._at + 1 : self._at + 2] == "-" and to not in {"", "]"}:
                if to < sign:
                    self._refuse(f"{sign}-{to} runs backwards")
                accepted.append(_between(sign, to))
                self._at += 3
            else:
                accepted.append(_letter(sign))
                self._at += 1
        self._at += 1
        return lambda letter: any(its(letter) for its in accepted) != negated

    def _peek(self) -> str:
        return self._written[self._at : self._at + 1]

    def _refuse(self, why: str) -> NoReturn:
        raise ParameterError(f"The expression /{self._written}/ cannot be read at character {self._at + 1}: {why}.")


def _any(_: str) -> bool:
    return True


def _letter(sign: str) -> Accepts:
    return lambda letter: letter == sign


def _between(first: str, last: str) -> Accepts:
    return lambda letter: first <= letter <= last


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
