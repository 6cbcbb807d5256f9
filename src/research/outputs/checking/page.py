"""The page of ``--format html``: the reports with every sentence marked: holds, wrong, doubtful, not cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from research.analysis.wording import plural
from research.outputs.checking.blocks import CELL, WORD
from research.outputs.checking.judging import Judged

if TYPE_CHECKING:
    from research.outputs.check import Checked, Outcome

_STYLE = Markup("""<style>
body { font: 1rem/1.6 Georgia, "Times New Roman", serif; color: #17324d; background: #fff; max-width: 44rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2, .legend, .said { font-family: system-ui, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin-top: 2.5rem; }
.holds { background: #e3f3e6; } .wrong { background: #fbd9d5; font-weight: bold; } .doubtful { background: #fdf0c4; }
.said { font-size: .85rem; margin: .2rem 0 .8rem 1rem; padding: .3rem .6rem; border-left: 4px solid #5b6770; }
.said.error { border-color: #b3261e; } .said.warning { border-color: #8a6d00; }
.passage { color: #445; display: block; } .heading { font-weight: bold; } .mark { font-size: .75em; }
blockquote { margin-left: 1rem; }
</style>
""")
_MEANINGS = {
    "holds": "holds: the finding says the same",
    "wrong": "wrong: the finding says something else",
    "doubtful": "doubtful: see the warning",
    "": "not marked: nothing is cited",
}
_SIGNS = {"holds": "✓", "wrong": "✗", "doubtful": "?"}


def page(outcome: Outcome) -> str:
    """Return the page of all reports: no script, nothing from elsewhere."""
    parts = [
        Markup("<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n"),
        Markup(
            "<meta name='viewport' content='width=device-width, initial-scale=1'>\n<title>Checked reports</title>\n"
        ),
        _STYLE,
        Markup("</head>\n<body>\n<main>\n<h1>Checked reports</h1>\n"),
        Markup("<p class='legend'>"),
        Markup("<br>\n").join(
            Markup("<span class='{}'>{} {}</span>").format(name or "plain", _SIGNS.get(name, "–"), said)
            for name, said in _MEANINGS.items()
        ),
        Markup("</p>\n"),
        *(part for checked in outcome.reports for part in _report(checked)),
        Markup("</main>\n</body>\n</html>\n"),
    ]
    return "".join(parts)


def _report(checked: Checked) -> Iterator[Markup]:
    errors = sum(it.severity == "error" for it in checked.messages)
    warnings = sum(it.severity == "warning" for it in checked.messages)
    yield Markup("<h2>{}</h2>\n<p class='legend'>{}, {}</p>\n").format(
        checked.path, plural(errors, "error"), plural(warnings, "warning")
    )
    for remark in checked.remarks:
        yield Markup("<p class='legend'>{}</p>\n").format(remark)
    if checked.report is None:
        for message in checked.messages:
            yield Markup("<p class='said error'>line {}: {}</p>\n").format(message.line, message.message)
        return
    at = 0
    while at < len(checked.sentences):
        end = at
        while end < len(checked.sentences) and checked.sentences[end].block is checked.sentences[at].block:
            end += 1
        yield from _block(checked, checked.sentences[at:end])
        at = end


def _block(checked: Checked, its: list[Judged]) -> Iterator[Markup]:
    block = its[0].block
    form = Markup("<blockquote>{}</blockquote>\n") if block.kind == "quotation" else Markup("<p class='{1}'>{0}</p>\n")
    yield form.format(Markup(" ").join(_sentence(it) for it in its), block.kind)
    for judged in its:
        for problem in judged.problems:
            assert checked.report is not None  # noqa: S101
            line, _ = checked.report.line_and_column(block.source_at(problem.start))
            passage = Markup("<span class='passage'>{}</span>").format(problem.passage) if problem.passage else ""
            yield Markup("<p class='said {}'>line {}: {}{}</p>\n").format(
                problem.severity, line, problem.message, passage
            )


def _sentence(judged: Judged) -> Markup:
    text = judged.sentence.text.replace(WORD * 6, "[…]").replace(WORD, "…").replace(CELL, "|")
    name = verdict(judged)
    if not name:
        return escape(text)
    sign = Markup(" <span class='mark' aria-hidden='true'>{}</span>").format(_SIGNS[name])
    return Markup("<mark class='{}' title='{}'>{}{}</mark>").format(name, _MEANINGS[name], text, sign)


def verdict(judged: Judged) -> str:
    """Return the mark of a sentence: wrong, doubtful, holds, or nothing for one that cites nothing."""
    weights = {it.severity for it in judged.problems}
    if "error" in weights:
        return "wrong"
    if "warning" in weights:
        return "doubtful"
    return "holds" if judged.cites else ""
