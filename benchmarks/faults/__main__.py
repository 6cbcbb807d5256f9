"""The command line: see the package."""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.faults import judging, making, speed
from benchmarks.faults.hands.all import HANDS
from benchmarks.faults.known import known


def main() -> int:
    """Run one of the commands; 1 if an honest report got an error or fewer than 99% of the faults were found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--command", default=f"{sys.executable} -m research.cli", help="the command that is tried")
    tasks = parser.add_subparsers(dest="task", required=True)
    make = tasks.add_parser("make", help="make the five runs")
    make.add_argument("data", type=Path, help="the folder with ungdc, polnear and pm-transcripts")
    make.add_argument("outputs", type=Path, help="where the runs are written")
    trial = tasks.add_parser("try", help="plant faults and look which are found")
    trial.add_argument("runs", type=Path, nargs="+")
    trial.add_argument(
        "--hand", choices=sorted(HANDS), nargs="+", default=["analyst"], help="whose templates and phrases"
    )
    trial.add_argument("--seed", type=int, default=1)
    trial.add_argument("--faults", type=int, default=1200)
    trial.add_argument("--variants", type=int, default=3, help="honest reports of each template on each run")
    trial.add_argument("--jobs", type=int, default=1, help="calls of the command side by side")
    trial.add_argument("--list", type=Path, help="a file for every miss and every false error")
    trial.add_argument("--keep", type=Path, help="a folder for the reports")
    quick = tasks.add_parser("speed", help="time a long report and malformed ones")
    quick.add_argument("run", type=Path)
    asked = parser.parse_args()
    command = shlex.split(asked.command)
    match asked.task:
        case "make":
            return making.make(asked.data, asked.outputs)
        case "speed":
            return speed.measure(command, asked.run)
    return _try(command, asked)


def _try(command: list[str], asked: argparse.Namespace) -> int:
    runs = [known(path) for path in asked.runs]
    drafts = [it for hand in asked.hand for it in judging.drafts(runs, HANDS[hand], asked.seed, asked.variants)]
    listing: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        room = asked.keep or Path(temporary)
        room.mkdir(parents=True, exist_ok=True)
        honest = [judging.Case(f"honest-{at:04}{it.suffix}", it) for at, it in enumerate(drafts)]
        said: Counter[str] = Counter()
        for case, _, its in judging.judge(command, honest, room, asked.jobs):
            said.update(str(it["severity"]) for it in its)
            if its:
                listing.append(judging.listed(case, [], its))
        sentences = sum(len(it.sentences) for it in drafts)
        print(
            f"{len(honest)} honest reports, {sentences} cited sentences: {said['error']} errors, "
            f"{said['warning']} warnings\n"
        )
        results, strays = [], 0
        for case, here, elsewhere in judging.judge(
            command, judging.plant(drafts, asked.faults, asked.seed), room, asked.jobs
        ):
            if case.fault is None:
                continue
            found = judging.is_found(case.fault, here)
            wrong = [it for it in elsewhere if it["severity"] == "error"]
            strays += len(wrong)
            results.append((case, case.fault, found))
            if not found or wrong:
                listing.append(judging.listed(case, here, elsewhere))
        print(judging.table(results))
        print(f"\nErrors at other sentences of these reports: {strays}")
    if asked.list:
        asked.list.write_text("\n".join(listing), encoding="utf-8")
    return int(said["error"] > 0 or sum(found for _, _, found in results) < 0.99 * len(results))


if __name__ == "__main__":
    sys.exit(main())
