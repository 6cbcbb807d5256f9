"""What one coder judges: which sentence is next, what is shown of it, and the rows that an answer becomes.

Nothing here knows how a sentence is shown; ``widget`` shows it in JupyterLab. An answer is saved before the next
sentence is shown, whole or not at all, and the file is read again before each, so that rows of other coders are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from research.analysis.accuracy.names import Names
from research.analysis.judging.items import Answer, Found, Item, rows_of
from research.analysis.statistics.judged import FEWEST_JUDGED
from research.analysis.wording import one_line, plural
from research.errors import ResearchError
from research.loading import Span
from research.loading.judgements import (
    FIGURE,
    MISSED,
    MISSED_FIGURE,
    NOBODY,
    SENTENCE,
    SKIPPED,
    STATEMENT,
    WRONG,
    Judgement,
)
from research.outputs.judging.answers import problem_of_value
from research.outputs.judging.merging import merge_into, read_file, rows_on
from research.outputs.judging.reading import Judged, decided

PARTS = " […] "
"""Joins the parts of right words, as in the file."""
LONGEST = 500
"""The most characters of a speaker or a value that a coder types."""


class Session:
    """The sentences of a sample in their order, and what one coder says about them.

    ``path`` is the ``judgements.csv``. ``more`` says that the documents may have further sentences. ``at`` is the
    number of the sentence that is shown, from 0; it is the number of
    sentences when all are judged. Raises ``SourceError`` where the file exists and is no table of judgements.
    """

    def __init__(self, items: Sequence[Item], path: Path, *, coder: str = "", names: Names, more: bool = False) -> None:
        self.items = items
        self.next_step = _too_few(len(items)) if more and len(items) < FEWEST_JUDGED else _RUN_AGAIN
        self.path = path
        self._coder, self._names = one_line(coder), names
        self._own: list[list[Judgement]] = []
        self._problems: tuple[str, ...] = ()
        self._file_is_gone = False
        self._read()
        self.at = self._next(0)

    def _read(self) -> None:
        """Take what this coder has said from the file, which other tabs and programs may have changed."""
        kept = read_file(self.path)
        self._own = [rows_on(item, self._coder, kept.by_document.get(item.doc_id, ())) for item in self.items]
        self._problems = kept.problems

    # --- what is shown ---

    @property
    def done(self) -> int:
        """The number of sentences with a verdict of this coder; skipped ones count."""
        return sum(any(row.judged == SENTENCE for row in rows) for rows in self._own)

    def shown(self, problem: str = "") -> dict[str, Any]:
        """Return what is shown now, in JSON's types; ``problem`` says why an answer was not taken.

        Texts are as they are in the document: whoever shows them must escape them.
        """
        skipped = sum(row.verdict == SKIPPED for rows in self._own for row in rows)
        said = {
            "at": self.at,
            "total": len(self.items),
            "done": self.done,
            "skipped": skipped,
            "file": self.path.name,
            "nobody": NOBODY,
            "problem": problem,
            "notice": self._notice(),
            "next": self.next_step,
        }
        if self.at >= len(self.items):
            return said | {"sentence": None}
        item = self.items[self.at]
        shown = _sentence(item) | {"names": self._names.of(item.doc_id)}
        return said | {"sentence": shown, "before": self._before(item)}

    def _notice(self) -> str:
        """Say what is wrong with the rows of the file that are not understood."""
        if not self._problems:
            return ""
        more = f" {len(self._problems) - 1:,} more rows are not understood." if len(self._problems) > 1 else ""
        return f"{self._problems[0]}{more} Such rows are kept, and their sentences are asked again."

    def _before(self, item: Item) -> dict[str, Any] | None:
        """Return what this coder said about a sentence before, in the form of an answer; None for nothing."""
        rows = self._own[self.at]
        if not any(row.judged == SENTENCE and row.verdict != SKIPPED for row in rows):
            return None
        by_place = {(row.judged, row.start, row.end): row for row in rows}
        found = []
        for it in item.found:
            row = by_place.get((it.what, *it.span))
            found.append(
                {
                    "right": row is None or row.verdict != WRONG,
                    "speaker": "" if row is None else row.right_speaker,
                    "words": [] if row is None else [list(span) for span in _places(item, row.right_words)],
                    "value": "" if row is None else row.right_value,
                }
            )
        missed = [
            {"start": row.start, "end": row.end, "speaker": row.right_speaker, "value": row.right_value}
            | {"what": FIGURE if row.judged == MISSED_FIGURE else STATEMENT}
            for row in rows
            if row.judged in (MISSED, MISSED_FIGURE)
        ]
        return {"found": found, "missed": missed}

    # --- what is answered ---

    def take(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Take an answer, save it, and return what is shown next.

        ``given`` says what to ``do`` with sentence ``at``: ``save`` it (with ``found``, an answer for each thing that
        was found, and ``missed``, words and figures), ``skip`` it, or go ``back``. An answer that cannot be taken
        changes nothing; what is shown then says why.
        """
        try:
            self._take(given)
        except JudgedMeanwhile as error:
            return self.shown(str(error)) | {"afresh": True}
        except ResearchError as error:
            return self.shown(str(error))
        return self.shown()

    def _take(self, given: Mapping[str, Any]) -> None:
        if given.get("do") == "back":
            self.at = max(0, self.at - 1)
            return
        if given.get("at") != self.at or self.at >= len(self.items):
            return  # a key that was pressed twice while the first answer was being saved
        item = self.items[self.at]
        if given.get("do") == "skip":
            rows = rows_of(item, [], coder=self._coder, skipped=True)
        else:
            answers = [_answer(item, number, its) for number, its in enumerate(_listed(given, "found"))]
            if len(answers) != len(item.found):
                raise ResearchError("Not everything that was found here has an answer. Answer it, then go on.")
            listed = _listed(given, "missed")
            missed = [_missed(item, its) for its in listed if its.get("what") != FIGURE]
            figures = [_missed_figure(item, its) for its in listed if its.get("what") == FIGURE]
            rows = rows_of(item, answers, missed, figures, coder=self._coder)
        self._save(item, rows)
        self.at = self._next(self.at + 1)

    def _save(self, item: Item, rows: list[Judgement]) -> None:
        """Put the rows on a sentence into the file. Raises ``ResearchError`` where others changed it meanwhile."""
        said_before, judged = self._own, [Judged(self.at, item, self._coder, rows)]
        if not self.path.exists() and any(said_before):
            if not self._file_is_gone:
                self._file_is_gone = True
                raise ResearchError(
                    f"{self.path.name} is not in its folder any more, so nothing was saved. Put it back, or answer "
                    f"again: then a new file is made with the {plural(self.done, 'sentence')} judged so far."
                )
            its = zip(self.items, said_before, strict=True)
            judged = [
                Judged(at, one, self._coder, own) for at, (one, own) in enumerate(its) if own and at != self.at
            ] + judged
        else:
            self._read()
            if _decided(self._own[self.at]) != _decided(said_before[self.at]):
                raise JudgedMeanwhile(
                    "This sentence was judged elsewhere meanwhile, and that answer is shown. Press Enter to keep it, "
                    "or change it."
                )
        merge_into(self.path, judged)
        self._file_is_gone = False
        self._read()

    def _next(self, start: int) -> int:
        """Return the first sentence without a verdict from here on, or else from the beginning, or else the end."""
        order = [*range(start, len(self.items)), *range(min(start, len(self.items)))]
        without = (at for at in order if not any(row.judged == SENTENCE for row in self._own[at]))
        return next(without, len(self.items))


_RUN_AGAIN = "Run the notebook again to see what follows from them. The report says what they change."


def _too_few(n: int) -> str:
    return (
        f"That is too few for shares: {FEWEST_JUDGED} are the least. Set size = {FEWEST_JUDGED} or more and run the "
        f"notebook again: it goes on with sentence {n + 1}. What you mended counts already: "
        "the report says what it changes."
    )


class JudgedMeanwhile(ResearchError):
    """The sentence has other verdicts in the file than those that the coder was shown."""


def _decided(rows: Sequence[Judgement]) -> dict[object, tuple[str, ...]]:
    return {row.key: decided(row) for row in rows}


# --- an answer ---


def _listed(given: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    its = given.get(name, [])
    if not isinstance(its, list) or not all(isinstance(it, Mapping) for it in its):
        raise ResearchError("The answer did not arrive whole. Answer again.")
    return its


def _answer(item: Item, number: int, given: Mapping[str, Any]) -> Answer:
    if number >= len(item.found):
        raise ResearchError("There are more answers than things that were found here. Answer again.")
    it = item.found[number]
    if not given.get("right"):
        return Answer(number, right=False)
    if it.what != STATEMENT:
        value = _typed(given, "value")
        if value and (problem := problem_of_value(value)):
            raise ResearchError(f"The right value is {problem}")
        return Answer(number, right=True, right_value=value)
    speaker = _typed(given, "speaker")
    spans = sorted(_span(item, *pair) for pair in given.get("words") or [])
    words = PARTS.join(one_line(_text(item, span)) for span in spans)
    return Answer(
        number,
        right=True,
        right_speaker="" if speaker == (it.speaker or NOBODY) else speaker,
        right_words="" if tuple(spans) == _content(it) else words,
    )


def _missed_place(item: Item, given: Mapping[str, Any]) -> Span:
    span = _span(item, given.get("start"), given.get("end"))
    if not (item.span.start <= span.start < item.span.end):
        raise ResearchError("Missed words begin in the sentence itself, not in the text around it. Mark them there.")
    return span


def _missed_figure(item: Item, given: Mapping[str, Any]) -> tuple[Span, str]:
    span = _missed_place(item, given)
    value = _typed(given, "value")
    if problem := problem_of_value(value):
        raise ResearchError(f"The value of the missed figure is {problem}")
    return span, value


def _missed(item: Item, given: Mapping[str, Any]) -> tuple[Span, str]:
    span = _missed_place(item, given)
    speaker = _typed(given, "speaker")
    if not speaker:
        raise ResearchError(
            f"“{one_line(_text(item, span))[:60]}” has no speaker yet. Type a name, or {NOBODY} if nobody is named."
        )
    return span, speaker


def _typed(given: Mapping[str, Any], name: str) -> str:
    text = one_line(str(given.get(name) or ""))
    if len(text) > LONGEST:
        raise ResearchError(f"The {name} has more than {LONGEST} characters. Shorten it.")
    return text


def _span(item: Item, start: Any, end: Any) -> Span:
    first = item.span.start - len(item.before)
    last = item.span.end + len(item.after)
    if not (isinstance(start, int) and isinstance(end, int) and first <= start < end <= last):
        raise ResearchError("The marked words are not in the text that is shown. Mark them again.")
    return Span(start, end)


def _text(item: Item, span: tuple[int, int]) -> str:
    """Return the text of a span as far as it is shown."""
    first = item.span.start - len(item.before)
    return f"{item.before}{item.text}{item.after}"[max(0, span[0] - first) : max(0, span[1] - first)]


def _content(it: Found) -> tuple[Span, ...]:
    """Return the parts of a statement's content; of a turn, the stretch that is judged here."""
    return tuple(
        Span(max(part.start, it.span.start), min(part.end, it.span.end))
        for part in it.content
        if part.start < it.span.end and it.span.start < part.end
    )


def _places(item: Item, words: str) -> list[Span]:
    """Return where right words are in the text that is shown, part after part; none where one is not found."""
    first = item.span.start - len(item.before)
    whole = f"{item.before}{item.text}{item.after}"
    spans, at = [], 0
    for part in words.split(PARTS) if words else []:
        written = re.compile(r"\s+".join(map(re.escape, part.split()))).search(whole, at)
        if written is None:
            return []
        at = written.end()
        spans.append(Span(first + written.start(), first + at))
    return spans


# --- a sentence ---

_TOKEN = re.compile(r"\s+|\w+(?:[-'’.]\w+)*|.", re.DOTALL)


def _sentence(item: Item) -> dict[str, Any]:
    return {
        "document": item.doc_id,
        "title": item.title,
        "date": item.date,
        "tokens": tokens(item),
        "found": [_found(item, it) for it in item.found],
    }


def _found(item: Item, it: Found) -> dict[str, Any]:
    content = _content(it)
    return {
        "what": it.what,
        "speaker": it.speaker,
        "source": _text(item, it.source) if it.source else "",
        "cue": _text(item, it.cue) if it.cue else "",
        "words": one_line(it.exact if len(content) < 2 else PARTS.join(_text(item, span) for span in content)),
        "kind": it.kind,
        "confidence": None if it.confidence is None else f"{it.confidence:.2f}",
        "value": " ".join(filter(None, (it.value, it.unit, it.period))),
    }


def tokens(item: Item) -> list[dict[str, Any]]:
    """Return the text that is shown in pieces: words, marks and white space, cut where a mark begins or ends.

    Each has its text and its offsets, ``inside`` if it is of the sentence itself and not of the text around it, and
    ``marks``: pairs of the number of what was found and the part that the piece plays in it.
    """
    first = item.span.start - len(item.before)
    parts = [
        (number, role, span)
        for number, it in enumerate(item.found)
        for role, spans in _roles(it).items()
        for span in spans
    ]
    cuts = {item.span.start, item.span.end, *(edge for _, _, span in parts for edge in span)}
    pieces = []
    for match in _TOKEN.finditer(f"{item.before}{item.text}{item.after}"):
        start, end = first + match.start(), first + match.end()
        edges = [start, *sorted(cut for cut in cuts if start < cut < end), end]
        for left, right in pairwise(edges):
            pieces.append(
                {
                    "text": _text(item, (left, right)),
                    "start": left,
                    "end": right,
                    "inside": item.span.start <= left < item.span.end,
                    "word": not match[0].isspace(),
                    "marks": [[number, role] for number, role, span in parts if span[0] <= left < span[1]],
                }
            )
    return pieces


def _roles(it: Found) -> dict[str, Sequence[Span]]:
    if it.what != STATEMENT:
        return {"figure": [it.span]}
    single = {"source": it.source, "cue": it.cue}
    return {"content": _content(it), **{role: [span] for role, span in single.items() if span is not None}}
