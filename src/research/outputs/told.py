"""What the screen says at the end of a run: where it is, what failed, what is kept, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from research.analysis.wording import listed

if TYPE_CHECKING:
    from research.outputs.runs import Outcome


def what_became_of_it(outcome: Outcome) -> Iterator[str]:
    """Yield the lines about the run folder, below the findings."""
    where = outcome.folder.path
    for failure in outcome.failures:
        yield f"FAILED: {failure}"
    if not outcome.computed:
        yield "Nothing to compute: all notebooks were cached."
    if outcome.described_anew:
        yield "corpus.toml is not as the earlier run recorded it, so the new run has replaced that one."
    failed = listed([it.notebook for it in outcome.failures])
    match outcome.result:
        case "new" | "replaced":
            yield from outcome.changes
            yield f"Written to {where}{f' without {failed}' if failed else ''}. Start with {where / 'report.html'}."
        case "kept" if outcome.comparison and outcome.comparison.level == "same findings":
            yield (
                f"{where} already has the same findings and stays as it was: only the environment or the pixels of "
                f"pictures differ ({', '.join(outcome.comparison.files)})."
            )
        case "kept":
            yield f"{where} already has the same files, byte for byte."
        case "withheld" if failed:
            there = outcome.folder.manifest_path.exists()
            yield f"{where} stays as it was." if there else f"There is no finding, so {where} was not written."
        case "withheld" if outcome.comparison:
            yield (
                f"DIFFERS: the same documents and parameters gave other results than {where}, which stays as it was. "
                f"First difference: {outcome.comparison.first} Replace it with --force."
            )
    if failed:
        yield (
            "The annotations and the finished notebooks are kept. Fix the cause and repeat the command: only "
            f"{failed} and what builds on it is computed then."
        )
