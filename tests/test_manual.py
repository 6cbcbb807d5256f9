"""The manual is short where it should be, its links lead somewhere and its words keep to the style."""

import json
import re
import subprocess

import pytest

from research.analysis.corpus.headlines import in_one_line
from research.analysis.findings import Finding
from tests.manual import MANUAL, OTHERS, ROOT, each_page, fences, inline, prose, text_of

LONGEST_README = 150


# --- the readme ---


def test_the_readme_is_short() -> None:
    assert len(text_of("README.md").splitlines()) <= LONGEST_README


def test_the_readme_begins_with_the_two_commands() -> None:
    assert [line.split()[:2] for line in fences("README.md")[0].body.splitlines()] == [
        ["make", "run"],
        ["make", "test"],
    ]


def test_the_readme_shows_every_finding_of_the_reference_run() -> None:
    findings = json.loads((ROOT / "outputs" / "seeds" / "findings.json").read_text(encoding="utf-8"))
    screen = next(body for language, body in fences("README.md") if language == "console")
    assert screen.startswith("$ make run\n")
    assert findings
    others = [it for it in findings if not it["key"].startswith("corpus.")]
    assert len(others) < len(findings), "the findings about the corpus are summed up in one line"
    missing = [it["key"] for it in others if it["status"] == "not computable"]
    told = [it["statement"] for it in others if it["key"] not in missing]
    assert [said for said in told if said not in screen] == []
    assert f"findings.md gives the reasons: {', '.join(missing)}\n" in screen
    assert in_one_line(map(Finding.from_fields, findings)) in screen


def test_the_readme_ends_the_screen_with_commands_that_can_be_copied() -> None:
    screen = next(body for language, body in fences("README.md") if language == "console")
    commands = [line.partition(":")[2].split() for line in screen.splitlines()[-2:]]
    assert [words[:3] for words in commands] == [
        [".venv/bin/research", "why", "outputs/seeds"],
        [".venv/bin/research", "cite", "outputs/seeds"],
    ]


def test_the_readme_shows_one_picture_and_leads_to_every_page() -> None:
    assert len(re.findall(r"^!\[", text_of("README.md"), flags=re.MULTILINE)) == 1
    linked = set(re.findall(r"\]\(([^)#]+)", text_of("README.md")))
    assert set(MANUAL) - {"README.md"} - linked == set()


# --- design ---


def test_the_folders_beside_the_package_are_those_of_the_repository() -> None:
    _, beside = (body for language, body in fences("docs/design.md") if language == "text")
    named = re.findall(r"^(\w+)/ ", beside, flags=re.MULTILINE)
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not tracked:
        pytest.skip("this is no git checkout")
    there = {path.partition("/")[0] for path in tracked.splitlines() if "/" in path}
    assert set(named) == {name for name in there if not name.startswith(".")} - {"src"}


@each_page
def test_every_file_that_the_manual_names_is_there(page: str) -> None:
    named = [
        it for it in inline(page) if re.fullmatch(r"(src|docs|tests|benchmarks|training|requirements)/[\w./-]+", it)
    ]
    assert [it for it in named if not (ROOT / it).exists()] == []


# --- links ---


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    plain = re.sub(r"`|\*|\[(.*?)\]\(.*?\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors(page: str) -> set[str]:
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)}


@pytest.mark.parametrize("page", [*MANUAL, *OTHERS])
def test_every_link_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (ROOT / page).parent / path if path else ROOT / page
        assert place.exists(), f"{page}: {target}"
        if anchor:
            linked = place.resolve().relative_to(ROOT).as_posix()
            assert anchor in anchors(linked), f"{page}: {target}"


@each_page
def test_every_picture_has_words(page: str) -> None:
    assert [words for words in re.findall(r"!\[(.*?)\]", prose(page)) if len(words) < 20] == []


# --- voice ---


STILTED = re.compile(
    r"\b(stands?|stood|lies|lie|lay) (in|at|on|for|behind|there|as|beside|above|below)\b|\bwhat of\b|\bthat which\b"
    r"|\b(one|a|an) \w+ a (document|notebook|line|row)\b",
    re.IGNORECASE,
)


@each_page
def test_the_manual_keeps_to_the_style(page: str) -> None:
    """The words that docs/style.md asks to do without; what it quotes and what commands print is not looked at."""
    if page == "docs/style.md":
        return
    written = re.sub(r"^<!-- [a-z]+ -->$.*?^<!-- end -->$", "", prose(page), flags=re.MULTILINE | re.DOTALL)
    assert [match[0] for match in STILTED.finditer(written)] == []
