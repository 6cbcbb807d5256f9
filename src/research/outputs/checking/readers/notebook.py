"""Jupyter notebooks: their Markdown cells. A place is a cell and a line in it."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import replace

from research.outputs.checking.blocks import Block, Malformed, Report
from research.outputs.checking.readers.markdown import blocks


def read_notebook(path: str, text: str) -> Report:
    """Return a notebook. Raises ``Malformed`` for a file that is none."""
    try:
        cells = json.loads(text)["cells"]
        sources = ["".join(it["source"]) if it["cell_type"] == "markdown" else None for it in cells]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Malformed(
            "The file is no Jupyter notebook: its JSON cannot be read. Save it again in Jupyter."
        ) from error
    whole, found, firsts, numbers = "", [], [], []
    parts: list[str] = []
    size = lines = 0
    for number, source in enumerate(sources, start=1):
        if source is None:
            continue
        firsts.append(lines + 1)
        numbers.append(number)
        found += [_moved(block, size) for block in blocks(source)]
        parts.append(f"{source}\n\n")
        size += len(parts[-1])
        lines += _lines(parts[-1])
    whole = "".join(parts)

    def place(line: int) -> str:
        return f"cell {numbers[bisect_right(firsts, line) - 1]}" if firsts else ""

    return Report(path, whole, found, place=place, first_lines=firsts)


def _lines(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _moved(block: Block, by: int) -> Block:
    return replace(block, pieces=[(begin, source + by, length) for begin, source, length in block.pieces])
