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
        yield "| findings | why not | instead |"
        yield "| --- | --- | --- |"
        for keys, why, instead in its:
            listed = ", ".join(f"`{key}`" for key in keys)
            yield f"| {listed} | {escape_markdown(why)} | {escape_markdown(instead)} |"
