"""Tell what was found: as text, JSON, SARIF, GitHub annotations or a page. A new form is one row of ``FORMS``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version

from research.analysis.wording import plural
from research.outputs.check import Message, Outcome
from research.outputs.checking.cases import KINDS
from research.outputs.checking.page import page
from research.outputs.folder.writing import json_text

Form = Callable[[Outcome, bool], Iterator[str]]

_RED, _YELLOW, _DIM, _BOLD, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[1m", "\x1b[0m"


def as_text(outcome: Outcome, colour: bool) -> Iterator[str]:
    """Yield a line a message, with the passage of each key once below it, then a line for each report."""

    def painted(text: str, style: str) -> str:
        return f"{style}{_visible(text)}{_PLAIN}" if colour else _visible(text)

    for checked in outcome.reports:
        shown: set[str] = set()
        yield from (_visible(f"{checked.path}: note: {remark}") for remark in checked.remarks)
        for it in checked.messages:
            weight = painted("warning: ", _YELLOW) if it.severity == "warning" else ""
            place = f"{it.place}: " if it.place else ""
            said = painted(it.message, _RED) if it.severity == "error" else _visible(it.message)
            yield f"{painted(f'{it.file}:{it.line}:', _BOLD)} {place}{weight}{said}"
            if it.passage and it.passage not in shown:
                shown.add(it.passage)
                yield painted(f"    {it.passage}", _DIM)
        if checked.report is not None:
            cites = sum(judged.cites for judged in checked.sentences)
            yield f"{_visible(checked.path)}: {_summary(checked.messages, cites)}"


def _visible(text: str) -> str:
    """Return a text without characters that a terminal would act on."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _summary(messages: list[Message], cites: int) -> str:
    errors = sum(it.severity == "error" for it in messages)
    warnings = sum(it.severity == "warning" for it in messages)
    read = f"{plural(cites, 'sentence')} with a citation"
    if not errors and not warnings:
        return f"{read}, all hold." if cites > 1 else f"{read}, which holds." if cites else f"{read}."
    return f"{read}, {plural(errors, 'error')}, {plural(warnings, 'warning')}."


def as_json(outcome: Outcome, _: bool) -> Iterator[str]:
    """Yield a JSON list of all messages."""
    yield from json_text([it.fields() for it in outcome.messages]).splitlines()


def as_sarif(outcome: Outcome, _: bool) -> Iterator[str]:
    """Yield the messages in SARIF 2.1.0 (OASIS), which code hosts read."""
    used = sorted({it.kind for it in outcome.messages})
    rules = [{"id": _rule(kind), "shortDescription": {"text": KINDS[kind]}} for kind in used]
    results = [
        {
            "ruleId": _rule(it.kind),
            "ruleIndex": used.index(it.kind),
            "level": it.severity,
            "message": {"text": it.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(it.file)},
                        "region": {"startLine": it.line, "startColumn": it.column},
                    }
                }
            ],
            "properties": {"key": it.key},
        }
        for it in outcome.messages
    ]
    driver = {
        "name": "On the Record",
        "version": _version(),
        "rules": rules,
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    yield from json.dumps(log, ensure_ascii=False, indent=1).splitlines()


def _rule(kind: str) -> str:
    return kind.replace(" ", "-")


def _uri(path: str) -> str:
    from pathlib import Path
    from urllib.parse import quote

    return quote(Path(path).as_posix())


def _version() -> str:
    try:
        return version("on-the-record")
    except PackageNotFoundError:
        return "unknown"


def as_github(outcome: Outcome, _: bool) -> Iterator[str]:
    """Yield the messages as commands that GitHub shows beside the lines of a change."""
    for it in outcome.messages:
        place = f"{it.place}: " if it.place else ""
        file = _property(it.file)
        title = _property(f"research check: {it.kind}")
        where = f"file={file},line={it.line},col={it.column},title={title}"
        yield f"::{it.severity} {where}::{_escaped(place + it.message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def as_page(outcome: Outcome, _: bool) -> Iterator[str]:
    """Yield a page with every sentence of the reports marked."""
    yield from page(outcome).splitlines()


FORMS: Mapping[str, Form] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
    "html": as_page,
}
"""Every form by its name."""
