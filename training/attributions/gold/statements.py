"""Choose public statements of parties, unions and citizens' groups from a public archive, and write them to a folder.

    python -m training.attributions.gold.statements REPOSITORY FOLDER

REPOSITORY is a clone of https://github.com/JavaGT/wearetheuniversity.org, which keeps press releases of New Zealand
organisations as Markdown. Half of the chosen ones are on foreign policy, war or refugees, as their titles tell. The
releases belong to their authors: none of their text is kept in this project.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
from pathlib import Path

COMMIT = "e3c5c2c2af8c40ebf7b7b065ec11988e4337da8e"
ARCHIVE = "source/archive/scoop"
SEED = 17
OF_EACH = 80

ORGANISATIONS = frozenset(
    (
        "new-zealand-national-party",
        "new-zealand-labour-party",
        "act-new-zealand",
        "green-party",
        "new-zealand-first-party",
        "te-pati-maori",
        "new-zealand-council-of-trade-unions",
        "nzei",
        "nzusa-new-zealand-union-of-students-associations",
        "peace-action-wellington",
        "palestine-solidarity-network-aotearoa",
        "independent-media-institute",
        "fightback",
        "workers-party-of-new-zealand",
        "free-speech-union",
        "maxim-institute",
        "new-zealand-business-roundtable",
        "association-of-university-staff",
    )
)
_ABROAD = re.compile(
    r"\b(?:war|iraq|iran|gaza|palestin\w*|israel\w*|timor|burma|myanmar|nuclear|peace|ukraine|russia\w*|refugees?|"
    r"troops|afghan\w*|tibet\w*|zimbabwe|fiji|syria|defence|china|un|hostages?|tonga|indonesia\w*|bougainville|"
    r"kosovo|sanctions|ceasefire|genocide|terror\w*|treaty|foreign)\b"
)
_AT_LEAST, _AT_MOST = 1_500, 20_000


def choose(paths: list[str]) -> list[str]:
    """Return the chosen paths: as many on affairs abroad as on others, organisations in turn."""
    chance = random.Random(SEED)  # noqa: S311
    chosen: list[str] = []
    for abroad in (True, False):
        of: dict[str, list[str]] = {}
        for path in sorted(paths):
            organisation, name = path.split("/")[-2:]
            if organisation in ORGANISATIONS and bool(_ABROAD.search(name.replace("-", " "))) == abroad:
                of.setdefault(organisation, []).append(path)
        for group in of.values():
            chance.shuffle(group)
        turns = [path for turn in range(OF_EACH) for group in of.values() for path in group[turn : turn + 1]]
        chosen += turns[:OF_EACH]
    return sorted(chosen)


def _git(repository: Path, *arguments: str) -> str:
    command = ["git", "-C", str(repository), "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Write the chosen files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("repository", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    listed = _git(options.repository, "ls-tree", "-r", "-l", COMMIT, "--", ARCHIVE).splitlines()
    sizes = {line.split("\t")[1]: int(line.split()[3]) for line in listed}
    for path in choose([path for path, size in sizes.items() if _AT_LEAST <= size <= _AT_MOST]):
        target = options.folder / Path(path).relative_to(ARCHIVE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_git(options.repository, "show", f"{COMMIT}:{path}"), encoding="utf-8")


if __name__ == "__main__":
    main()
