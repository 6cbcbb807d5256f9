"""What judged sentences do not correct, as the last list of ``findings.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from research.analysis.findings import Finding
from research.analysis.judging.corrected import remaining
from research.outputs.citing.escaping import escape_markdown


def not_corrected(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the lines of a table in Markdown; none where no sentence was judged, or all findings are corrected."""
    its = remaining(findings)
    if its:
        yield "\n## Not corrected by judged sentences\n"
        yield "| finding | why not | instead |"
        yield "| --- | --- | --- |"
        yield from (f"| `{it.key}` | {escape_markdown(it.why)} | {escape_markdown(it.instead)} |" for it in its)
