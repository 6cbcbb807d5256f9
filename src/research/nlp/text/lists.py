"""The word lists of the folder ``lexicon``."""

from __future__ import annotations

from pathlib import Path

LEXICON = Path(__file__).parent.parent / "lexicon"


def word_list(name: str) -> dict[str, list[str]]:
    """Return the words of a list under each of its headings."""
    groups: dict[str, list[str]] = {}
    for commented in (LEXICON / name).read_text(encoding="utf-8").splitlines():
        line = commented.partition("#")[0].strip()
        if line.startswith("["):
            group = groups.setdefault(line.strip("[]"), [])
        elif line:
            group.extend(line.split())
    return groups
