"""Turn what a reader marks, as exact words of a passage, into offsets; say plainly what cannot be placed.

    python -m training.attributions.gold.marks check FILE --data DATA --statements FOLDER [--batch NAME]
    python -m training.attributions.gold.marks resolve FILE OUT --data DATA --statements FOLDER

FILE holds JSON lines, one a passage, also for a passage in which nothing is marked::

    {"id": "g001", "attributions": [{"source": ["the Minister"], "cue": ["said"], "content": ["that …"],
     "speaker": "who it is, or null", "quote": "direct|indirect|mixed"}], "names": [["Kenya", "GPE", "KE"]]}

Each string must occur in the passage, as whole words. Line breaks count as spaces, and any quotation mark or apostrophe
as its straight form. "said#2" is the second "said" of the passage. "that the … next year" runs from its first words to
the next occurrence of its last words ("that the#2 … year#2": from the second "that the" to the second "year" after it).
`names` lists every mention in order of appearance; each is looked for after the one before.

OUT has the same form with offsets into the document, `[start, end]`, and no text of the passage.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel import Locale

from research.nlp.statements.labels import ENTITY_TYPES, ROLES
from training.attributions.gold import corpora
from training.attributions.gold.draw import Passage, batches, digest, read_passages

QUOTES = ("direct", "indirect", "mixed")
Range = tuple[int, int]


class Misplaced(ValueError):
    """A string that does not name one place of the passage; says why and what to do."""


@dataclass
class Reading:
    """What was marked in one passage, in offsets into the passage, and what is wrong with it."""

    attributions: list[dict[str, Any]] = field(default_factory=list)
    names: list[dict[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    """What may be meant, but should be looked at again."""


# --- finding strings -------------------------------------------------------------------------------

_ALIKE = {"'": "['’‘`´]", '"': '["“”„«»]', "-": "[-‐‑–—]"}
_ALIKE |= dict.fromkeys("’‘`´", _ALIKE["'"]) | dict.fromkeys("“”„«»", _ALIKE['"'])
_ALIKE |= dict.fromkeys("‐‑–—", _ALIKE["-"])
_BRACKETED = re.compile(r"(.*)\[\[(.+)\]\](.*)", re.DOTALL)
_NUMBERED = re.compile(r"(.*\S)#(\d+)\s*", re.DOTALL)


def occurrences(text: str, wanted: str, start: int = 0) -> list[Range]:
    """Return where a string occurs as whole words, from `start`; white space and kinds of marks may differ.

    Of a string with a part in double brackets, the part's places are returned.
    """
    bracketed = _BRACKETED.fullmatch(wanted)
    pieces = bracketed.groups() if bracketed else ("", wanted, "")
    if not pieces[1].strip():
        return []
    before, part, after = map(_pattern, pieces)
    pattern = rf"{before}\s*({part})\s*{after}" if bracketed else f"({part})"
    return [match.span(1) for match in re.finditer(pattern, text) if match.start() >= start]


def _pattern(wanted: str) -> str:
    words = wanted.split()
    if not words:
        return ""
    pattern = r"\s+".join("".join(_ALIKE.get(it, re.escape(it)) for it in word) for word in words)
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    return before + pattern + after


def place(text: str, wanted: str) -> Range:
    """Return the place that a reader's string names. Raises Misplaced where it names none, or several."""
    if not wanted.strip():
        raise Misplaced("an empty string; use [] where there is no source")
    if occurrences(text, wanted) or "…" not in wanted:
        return _one(text, wanted)
    first, _, last = wanted.partition("…")
    if not first.strip() or not last.strip() or "…" in last:
        raise Misplaced(f"“{wanted}” needs words before and after one “…”")
    start, middle = _one(text, first.strip())
    string, number = _split(last.strip())
    ends = occurrences(text, string, middle)
    if not ends:
        raise Misplaced(f"“{string}” does not occur after “{first.strip()}”")
    if number is None and len(ends) > 1 and len(string.split()) < 2:
        raise Misplaced(f"“{string}” occurs {len(ends)} times after “{first.strip()}”; give more last words or #number")
    if number is not None and not 1 <= number <= len(ends):
        raise Misplaced(f"“{string}” occurs {len(ends)} times after “{first.strip()}”, so there is no #{number}")
    return start, ends[(number or 1) - 1][1]


def _split(wanted: str) -> tuple[str, int | None]:
    numbered = _NUMBERED.fullmatch(wanted)
    return (numbered[1], int(numbered[2])) if numbered else (wanted, None)


def _one(text: str, wanted: str) -> Range:
    found, number = occurrences(text, wanted), None
    string = wanted
    if not found:
        string, number = _split(wanted)
        found = occurrences(text, string)
    if not found:
        raise Misplaced(f"“{string}” does not occur in the passage{_near(text, string)}")
    if number is None and len(found) > 1:
        shown = "; ".join(f"#{n}: …{_around(text, it)}…" for n, it in enumerate(found, 1))
        remedy = f"add neighbours, as in “before [[{string}]] after”, or #number"
        raise Misplaced(f"“{string}” occurs {len(found)} times; {remedy} ({shown})")
    if number is not None and not 1 <= number <= len(found):
        raise Misplaced(f"“{string}” occurs {len(found)} times, so there is no #{number}")
    return found[(number or 1) - 1]


def _around(text: str, at: Range) -> str:
    return " ".join(text[max(0, at[0] - 18) : at[1] + 18].split())


def _near(text: str, string: str) -> str:
    """Say up to where a string agrees with the passage."""
    words = string.split()
    for size in range(len(words) - 1, 0, -1):
        if occurrences(text, " ".join(words[:size])):
            return f"; “{' '.join(words[:size])}” does, so look at “{words[size]}”"
    return ""


# --- checking a reading ----------------------------------------------------------------------------


_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "XK", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
"""What Unicode lists besides ISO 3166-1: unions, exceptional reservations, private codes."""


@cache
def _countries() -> frozenset[str]:
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if re.fullmatch("[A-Z]{2}", code)) - _NO_COUNTRIES


def read(text: str, row: Mapping[str, Any]) -> Reading:
    """Place everything that a reader marked in a passage."""
    reading = Reading()
    unknown = set(row) - {"id", "attributions", "names", "note"}
    if unknown:
        reading.errors.append(f"unknown field {', '.join(sorted(unknown))}")
    for number, marked in enumerate(_list(row, "attributions", reading), 1):
        _attribution(text, f"attribution {number}", marked, reading)
    _names(text, _list(row, "names", reading), reading)
    _look_again(text, reading)
    return reading


def _list(row: Mapping[str, Any], name: str, reading: Reading) -> list[Any]:
    value = row.get(name)
    if isinstance(value, list):
        return value
    reading.errors.append(f"“{name}” must be a list, [] where nothing is marked")
    return []


def _attribution(text: str, where: str, marked: Any, reading: Reading) -> None:
    if not isinstance(marked, dict) or set(marked) != {*ROLES, "speaker", "quote"}:
        reading.errors.append(f"{where}: must have the fields source, cue, content, speaker, quote and no other")
        return
    placed: dict[str, Any] = {"speaker": marked["speaker"], "quote": marked["quote"]}
    for role in ROLES:
        strings = marked[role]
        if not isinstance(strings, list) or not all(isinstance(it, str) for it in strings):
            reading.errors.append(f"{where}: {role} must be a list of strings")
            return
        placed[role] = sorted(_placed(text, f"{where}, {role}", strings, reading))
        if role != "source" and not strings:
            reading.errors.append(f"{where}: {role} is empty; an attribution has a cue and a content")
    if marked["quote"] not in QUOTES:
        reading.errors.append(f"{where}: quote is {marked['quote']!r}; it must be one of {', '.join(QUOTES)}")
    if not (marked["speaker"] is None or (isinstance(marked["speaker"], str) and marked["speaker"].strip())):
        reading.errors.append(f"{where}: speaker must be a name or a role, or null")
    spans = sorted((start, end, role) for role in ROLES for start, end in placed[role])
    for (_, end, role), (start, _, other) in pairwise(spans):
        if start < end:
            reading.errors.append(f"{where}: {role} and {other} overlap; split the longer one in two parts")
    reading.attributions.append(placed)


def _placed(text: str, where: str, strings: Sequence[str], reading: Reading) -> Iterator[Range]:
    for string in strings:
        try:
            yield place(text, string)
        except Misplaced as problem:
            reading.errors.append(f"{where}: {problem}")


def _names(text: str, names: Sequence[Any], reading: Reading) -> None:
    after = 0
    for number, name in enumerate(names, 1):
        where = f"name {number}"
        if not (isinstance(name, list) and len(name) in (2, 3) and isinstance(name[0], str)):
            reading.errors.append(f'{where}: must be ["text", "TYPE", "country or null"]')
            continue
        string, kind, country = name[0], name[1], name[2] if len(name) == 3 else None
        if kind not in ENTITY_TYPES:
            reading.errors.append(f"{where}, “{string}”: {kind!r} is no type; types are {', '.join(ENTITY_TYPES)}")
        if country is not None and country not in _countries():
            reading.errors.append(f"{where}, “{string}”: {country!r} is no code of ISO 3166-1 alpha-2")
        try:
            span = place(text, string) if _NUMBERED.fullmatch(string) else _following(text, string, after)
        except Misplaced as problem:
            reading.errors.append(f"{where}: {problem}")
            continue
        if span[0] < after:
            reading.errors.append(f"{where}: “{string}” overlaps or precedes the name before it; list names in order")
        after = span[1]
        reading.names.append({"start": span[0], "end": span[1], "type": kind, "country": country})


def _following(text: str, string: str, after: int) -> Range:
    found = occurrences(text, string, after)
    if found:
        return found[0]
    if occurrences(text, string):
        raise Misplaced(f"“{string}” does not occur after the name before it; list names in order of appearance")
    raise Misplaced(f"“{string}” does not occur in the passage{_near(text, string)}")


def _look_again(text: str, reading: Reading) -> None:
    """Collect hints: nested or overlapping attributions, and occurrences of a name that are not listed."""
    for number, inner in enumerate(reading.attributions, 1):
        for other, outer in enumerate(reading.attributions, 1):
            if number != other and _shared(inner["cue"] + inner["content"], outer["content"]):
                hint = f"attribution {number} is partly within the content of {other}; mark the outermost only"
                reading.hints.append(hint)
    listed = [(it["start"], it["end"]) for it in reading.names]
    for string in sorted({text[start:end] for start, end in listed}):
        free = [it for it in occurrences(text, string) if not _shared([it], listed)]
        if free:
            reading.hints.append(
                f"the name “{string}” also occurs at …{_around(text, free[0])}… and is not listed there"
            )


def _shared(spans: Sequence[Range], others: Sequence[Range]) -> bool:
    return any(start < last and first < end for start, end in spans for first, last in others)


# --- files -----------------------------------------------------------------------------------------


def resolved(passage: Passage, reading: Reading) -> dict[str, Any]:
    """Return a reading in offsets into the document, with the digest of the passage."""
    shift = passage.start
    attributions = [
        {
            **{role: [[start + shift, end + shift] for start, end in it[role]] for role in ROLES},
            "speaker": it["speaker"],
            "quote": it["quote"],
        }
        for it in reading.attributions
    ]
    names = [{**it, "start": it["start"] + shift, "end": it["end"] + shift} for it in reading.names]
    return {"id": passage.id, "digest": passage.digest, "attributions": attributions, "names": names}


def rows(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the number and the content of each line that is not empty; None for a line that is no JSON object."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                row = None
            yield number, row if isinstance(row, dict) else None


class Texts:
    """The texts of the passages, read from their corpora when first needed."""

    def __init__(self, passages: Mapping[str, Passage], data: Path, statements: Path | None) -> None:
        self.passages = passages
        self._read = cache(lambda corpus: corpora.read(corpus, data, statements))

    def __getitem__(self, name: str) -> str:
        """Return the text of a passage. Raises SystemExit where the document is not the one it was drawn from."""
        passage = self.passages[name]
        return self.document(name)[passage.start : passage.end]

    def document(self, name: str) -> str:
        """Return the text of the document of a passage. Raises SystemExit as above."""
        passage = self.passages[name]
        documents = self._read(passage.corpus)
        text = documents[passage.document].text if passage.document in documents else ""
        if digest(text[passage.start : passage.end]) != passage.digest:
            raise SystemExit(f"{passage.corpus}/{passage.document}: not the text that {name} was drawn from.")
        return text


def check(path: Path, texts: Texts) -> tuple[dict[str, Reading], list[str]]:
    """Read a file of marks; return the readings, and complaints about the file itself."""
    readings: dict[str, Reading] = {}
    complaints: list[str] = []
    for number, row in rows(path):
        name = row.get("id") if row is not None else None
        if row is None:
            complaints.append(f"line {number}: not a JSON object on one line")
        elif name not in texts.passages:
            complaints.append(f"line {number}: there is no passage {name!r}")
        elif name in readings:
            complaints.append(f"line {number}: {name} has been read on an earlier line")
        else:
            readings[str(name)] = read(texts[str(name)], row)
    return readings, complaints


def report(readings: Mapping[str, Reading], complaints: Sequence[str], expected: Sequence[str]) -> bool:
    """Print what is wrong, what to look at again, and counts; return whether nothing is wrong."""
    missing = [name for name in expected if name not in readings]
    problems = list(complaints) + [f"{name}: {it}" for name, reading in readings.items() for it in reading.errors]
    if missing:
        problems.append(f"not read yet: {' '.join(missing)}")
    for name, reading in readings.items():
        for hint in reading.hints:
            print(f"look again  {name}: {hint}")
    for problem in problems:
        print(f"WRONG  {problem}")
    attributions = sum(len(it.attributions) for it in readings.values())
    names = sum(len(it.names) for it in readings.values())
    print(f"{len(readings)} passages, {attributions} attributions, {names} names; {len(problems)} problems.")
    return not problems


def main() -> int:
    """Check or resolve a file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("action", choices=("check", "resolve"))
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path, nargs="?", help="resolve: where to write offsets")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--statements", type=Path)
    parser.add_argument("--batch", help="complain about passages of this batch (g1 to m8) that are missing")
    options = parser.parse_args()
    if options.action == "resolve" and options.out is None:
        parser.error("resolve needs the file to write")
    passages = read_passages()
    readings, complaints = check(options.file, Texts(passages, options.data, options.statements))
    expected = [it.id for it in batches(list(passages.values()))[options.batch]] if options.batch else []
    right = report(readings, complaints, expected)
    if options.action == "resolve" and right:
        lines = [json.dumps(resolved(passages[name], it), ensure_ascii=False) for name, it in sorted(readings.items())]
        options.out.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return 0 if right else 1


if __name__ == "__main__":
    raise SystemExit(main())
