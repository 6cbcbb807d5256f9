"""Without a key, ``research why`` lists everything that it can be asked."""

import json
import re
from collections.abc import Callable
from typing import Any

from research.outputs.folder.run_folder import RunFolder


def test_all_that_can_be_asked_is_listed_and_answered(made: RunFolder, research: Callable[..., Any]) -> None:
    code, out, _ = research("why", made.path)
    assert code == 0
    for finding in made.findings:
        assert re.search(rf"^  {re.escape(finding.key)} +{re.escape(finding.statement[:40])}", out, flags=re.MULTILINE)
    code, listed, _ = research("why", made.path, "--format", "json")
    entries = json.loads(listed)
    assert [it["key"] for it in entries if it["kind"] == "finding"] == [finding.key for finding in made.findings]
    asked = [it.get("key") or it["address"] for it in entries] + [it["row"] for it in entries if it.get("row")]
    assert {it.partition("/")[0] for it in asked if "/" in it} == {"figures", "tables"}
    assert [it for it in asked if research("why", made.path, it)[0] != 0] == []


def test_the_commands_that_are_shown_can_be_called(made: RunFolder, research: Callable[..., Any]) -> None:
    _, out, _ = research("why", made.path)
    (row,) = re.findall(r"^  research why \S+ '?([^'\n]+#[^'\n]+)'?$", out, flags=re.MULTILINE)
    assert research("why", made.path, row)[0] == 0
    assert f"research why {made.path} KEY" in out


def test_what_needs_a_key_is_refused_without_one(made: RunFolder, research: Callable[..., Any]) -> None:
    for option in ("--all", "--limit=3", "--source=x"):
        code, out, err = research("why", made.path, option)
        assert (code, out) == (2, "")
        assert "need a KEY" in err


def test_a_list_that_was_changed_is_refused(made: RunFolder, research: Callable[..., Any]) -> None:
    path = made.path / "figures" / "corpus.lengths.txt"
    path.write_text("Another caption", encoding="utf-8")
    code, _, err = research("why", made.path)
    assert code == 1
    assert "figures/corpus.lengths.txt was changed" in err
