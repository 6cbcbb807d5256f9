"""The reports in examples/reports: every number is that of the run which it cites, and each of them is built."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pypdf
import pytest

from research.analysis.findings import Finding
from research.analysis.notebooks import NOTEBOOKS
from research.outputs import runs
from research.outputs.check import Message, check
from research.outputs.citing.escaping import citation_key
from research.outputs.citing.why import TableExplanation, explain
from research.outputs.folder import steps
from research.outputs.folder.run_folder import RunFolder
from tests import quick

MARKDOWN = ("river.md", "language.md")


@pytest.fixture(scope="module")
def reports(root: Path) -> Path:
    return root / "examples" / "reports"


@pytest.fixture(scope="module")
def room(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with outputs/seeds and outputs/example, the second made here and now, and build/reports to build in."""
    place = tmp_path_factory.mktemp("checkout")
    run_on(root / "examples" / "corpus", "example", place)
    shutil.copytree(root / "outputs" / "seeds", place / "outputs" / "seeds")
    (place / "build" / "reports").mkdir(parents=True)
    return place


WITH_FINDINGS = [it.name for it in NOTEBOOKS if it.findings is not None]


def run_on(source: Path, name: str, place: Path) -> None:
    """Run the notebooks that have findings on a source, with a cache of their own, into ``place/outputs/name``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESEARCH_CACHE", str(place / "cache"))
        patch.setattr(steps, "execute", quick.execute)
        done = runs.run(source, name=name, outputs=place / "outputs", notebooks=WITH_FINDINGS, jobs=1)
    assert not done.failures, str(done.failures)


@pytest.fixture(scope="module")
def data(root: Path) -> Path:
    """The folder of the data that the project was made with, which are no part of it."""
    return Path(os.environ.get("ON_THE_RECORD_DATA") or root.parent / "shared" / "data")


@pytest.fixture(scope="module")
def findings(room: Path) -> dict[str, Finding]:
    """The findings of both runs by their citation keys."""
    return {
        citation_key(name, finding.key): finding
        for name in ("seeds", "example")
        for finding in RunFolder(room / "outputs" / name).findings
    }


@pytest.fixture(scope="module")
def built(reports: Path, room: Path) -> Callable[[str], Path]:
    """Builds a report by its name; gives what was made."""
    return lambda name: build_module(reports).build([name], room / "build" / "reports")[0]


def build_module(reports: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_reports", reports / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- what the runs say ---


@pytest.mark.parametrize("name", ["seeds", "example"])
def test_every_finding_of_every_notebook_is_counted_again_to_the_same_value(room: Path, name: str) -> None:
    counted_again(RunFolder(room / "outputs" / name))


@pytest.mark.data
def test_every_finding_on_news_of_2016_is_counted_again_to_the_same_value(data: Path, tmp_path: Path) -> None:
    """84 articles that do not belong to the project, so that they are read in their own folder."""
    folder = data / "polnear" / "dev" / "text"
    if not folder.is_dir():
        pytest.skip(f"PolNeAR dev is not in {folder} (ON_THE_RECORD_DATA names the folder of polnear/)")
    run_on(folder, "polnear", tmp_path)
    run = RunFolder(tmp_path / "outputs" / "polnear")
    assert len(run.manifest()["source"]["documents"]) == 84
    counted_again(run)


def counted_again(run: RunFolder) -> None:
    assert {finding.notebook for finding in run.findings} == {it.short for it in NOTEBOOKS if it.findings is not None}
    assert [finding.key for finding in run.findings if not explain(run, finding.key).agrees] == []


@pytest.mark.parametrize("name", ["seeds", "example"])
def test_every_figure_and_every_table_leads_to_findings(room: Path, name: str) -> None:
    """Every one that a notebook makes is listed in ``outputs.addresses``."""
    run = RunFolder(room / "outputs" / name)
    kept = [f"{part}/{path.stem}" for part in ("figures", "tables") for path in (run.path / part).glob("*.csv")]
    assert len(kept) > 20
    explained = {address: explain(run, address) for address in kept}
    tables = {address: it for address, it in explained.items() if isinstance(it, TableExplanation)}
    assert tables.keys() == explained.keys()
    assert [address for address, it in tables.items() if not it.findings] == []
    assert [address for address, it in tables.items() if not it.tables] == []


def test_no_finding_is_said_to_belong_to_a_table_that_no_run_has(room: Path) -> None:
    runs = (RunFolder(room / "outputs" / name) for name in ("seeds", "example"))
    keys = [f"{finding.key}." for run in runs for finding in run.findings]
    begin = {begin for it in NOTEBOOKS for table in it.tables.values() for begin in table.findings}
    # Trends, topics and the like need more documents than the examples have, or a dictionary or a date; and two
    # speakers of the example assert equally many figures.
    begin -= {
        "claims.figures_of",
        "time.change",
        "time.trend",
        "time.trends",
        "time.date",
        "time.left_out",
        "time.measure",
        "time.measure_trend",
        "language.topic",
        "language.category",
    }
    assert [it for it in begin if not any(key.startswith(f"{it}.") for key in keys)] == []


# --- what the reports say ---

NUMBER = re.compile(r"\d+(?:[.,-]\d+)*%?")
CITATION = re.compile(r"\[@([a-z0-9.+-]+)\]")


def claims(markdown: str) -> Iterator[tuple[str, str]]:
    """The text before each citation, back to the one before it in its paragraph or row, and the key."""
    text = re.sub(r"`[^`]*`|\]\([^)]*\)(\{[^}]*\})?", " ", markdown)
    for paragraph in re.split(r"\n\n|\n(?=[|-])", text):
        *cited, rest = re.split(CITATION, paragraph)
        yield from zip(cited[::2], cited[1::2], strict=True)
        yield rest, ""


def stale(markdown: str, findings: dict[str, Finding]) -> list[str]:
    """The numbers of a report that the finding which is cited behind them does not have."""
    found = []
    for said, key in claims(markdown):
        finding = findings.get(key)
        known = set(NUMBER.findall(f"{finding.statement} {finding.display}")) if finding else set()
        found += [
            f"{number} [@{key}] in: {' '.join(said.split())}" for number in NUMBER.findall(said) if number not in known
        ]
    return found


@pytest.mark.parametrize("name", MARKDOWN)
def test_every_number_of_a_report_is_that_of_the_finding_that_it_cites(
    reports: Path, findings: dict[str, Finding], name: str
) -> None:
    report = (reports / name).read_text(encoding="utf-8")
    assert len([key for _, key in claims(report) if key in findings]) >= 5
    assert stale(report, findings) == []


def test_a_number_that_the_run_does_not_have_would_be_found(reports: Path, findings: dict[str, Finding]) -> None:
    report = (reports / "river.md").read_text(encoding="utf-8")
    display = findings["otr.example.statements.direct"].display
    assert report.count(f" {display} are") == 1
    (found,) = stale(report.replace(f" {display} are", " 99.9% are"), findings)
    assert found.startswith("99.9% [@otr.example.statements.direct] in: ")
    assert stale(report.replace("statements.direct]", "corpus.words]"), findings), "the finding counts, not the number"


@pytest.mark.parametrize("name", MARKDOWN)
def test_every_key_of_a_report_is_one_of_the_run(reports: Path, room: Path, name: str) -> None:
    entries = json.loads((room / "outputs" / "example" / "findings.csl.json").read_text(encoding="utf-8"))
    cited = set(CITATION.findall((reports / name).read_text(encoding="utf-8")))
    assert cited <= {entry["id"] for entry in entries}


def test_no_number_is_typed_in_the_latex_report(reports: Path) -> None:
    """What is left without commands, their arguments and what is set in points has no digit."""
    body = (reports / "seeds.tex").read_text(encoding="utf-8").partition(r"\begin{document}")[2]
    for taken in (r"\\renewcommand.*", r"\\[a-z]+\*?(?:\[[^]]*\]|\{[^{}]*\})+", r"\[[^]]*\]"):
        body = re.sub(taken, " ", body)
    assert len(body.split()) > 200, "the prose is not taken away"
    assert re.findall(r".*\d.*", body) == []


# --- research check ---

CHANGED = [
    ("river.md", "28 speakers", "27 speakers", "They name 27 speakers"),
    (
        "language.md",
        "average sentence has 11.9 words",
        "average sentence has 12.4 words",
        "The average sentence has 12.4",
    ),
    ("language.md", "| 9,098 |", "| 9,089 |", "Words, without the copy"),
    ("seeds.tex", r"\finding{language.words_per_sentence}~words", "27.2~words", "Its sentences are long: 27.2"),
]


@pytest.mark.parametrize("name", [*MARKDOWN, "seeds.tex"])
def test_the_reports_pass_the_check_without_a_message(
    reports: Path, room: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(room)
    outcome = check([str(copied(reports, name, room))])
    assert [it.message for it in outcome.messages] == []
    assert sum(it.cites for it in outcome.reports[0].sentences) >= 5


@pytest.mark.parametrize(("name", "before", "after", "sentence"), CHANGED)
def test_a_report_with_one_number_changed_fails_at_its_sentence(  # noqa: PLR0917
    reports: Path, room: Path, monkeypatch: pytest.MonkeyPatch, name: str, before: str, after: str, sentence: str
) -> None:
    monkeypatch.chdir(room)
    report = copied(reports, name, room)
    text = report.read_text(encoding="utf-8")
    assert before in text
    report.write_text(text.replace(before, after), encoding="utf-8")
    outcome = check([str(report)])
    wrong = [it.sentence.text for it in outcome.reports[0].sentences if it.problems]
    assert len(wrong) == 1
    assert wrong[0].startswith(sentence)
    assert outcome.exit_code == 1


def copied(reports: Path, name: str, room: Path) -> Path:
    """A copy of a report in the place that it has in the project, so that it finds its run."""
    place = room / "examples" / "reports"
    place.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(reports / name, place / name))


# --- paragraphs as a journalist would write them ---

PARAGRAPHS = Path(__file__).parent / "reports"
"""Ten on each of three runs, half of them with one fault. ``fails.json`` says where it is, its kind, and what is right.

The run ``ungdc`` is one on forty speeches of the UN General Debate, which do not belong to the project: its findings as
they were, without the passages behind them.
"""
FAULTS = json.loads((PARAGRAPHS / "fails.json").read_text(encoding="utf-8"))


def errors_in(name: str, room: Path) -> list[Message]:
    about = name.split("-")[1]
    run = PARAGRAPHS / "ungdc" if about == "ungdc" else room / "outputs" / about
    return [it for it in check([str(PARAGRAPHS / name)], [str(run)]).messages if it.severity == "error"]


@pytest.mark.parametrize("name", sorted(path.name for path in PARAGRAPHS.glob("agrees-*.md")))
def test_a_paragraph_that_agrees_has_no_error(room: Path, name: str) -> None:
    assert [it.message for it in errors_in(name, room)] == []


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_the_one_fault_of_a_paragraph_is_found_in_its_place(room: Path, name: str) -> None:
    first, last = FAULTS[name]["lines"]
    found = errors_in(name, room)
    assert [it.message for it in found if it.kind in FAULTS[name]["kinds"]], FAULTS[name]["right"]
    assert [it.message for it in found if not first <= it.line <= last] == []


def test_there_are_thirty_paragraphs() -> None:
    names = [path.name for path in PARAGRAPHS.glob("*.md")]
    assert sorted(name for name in names if name.startswith("fails-")) == sorted(FAULTS)
    assert len(names) == 30


# --- built ---


@pytest.mark.latex
def test_the_latex_report_is_typeset_with_every_value_and_every_citation(
    built: Callable[[str], Path], reports: Path, findings: dict[str, Finding]
) -> None:
    pdf = built("seeds")
    log = pdf.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert not re.search(r"undefined|multiply defined|Overfull|^!", log, flags=re.MULTILINE | re.IGNORECASE)
    assert "Warning--" not in pdf.with_suffix(".blg").read_text(encoding="utf-8", errors="replace")
    pages = pypdf.PdfReader(pdf).pages
    assert len(pages) == 2
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    source = (reports / "seeds.tex").read_text(encoding="utf-8").partition(r"\begin{document}")[2]
    for key in re.findall(r"\\finding\{([a-z._-]+)\}", source):
        finding = findings[citation_key("seeds", key)]
        assert finding.display in text
        assert finding.version in text, "its citation is in the list of sources"
    assert "inferred from the text" in text


@pytest.mark.pandoc
def test_the_markdown_report_is_a_page_with_every_number_and_its_source(
    built: Callable[[str], Path], reports: Path, findings: dict[str, Finding]
) -> None:
    page = built("river").read_text(encoding="utf-8")
    assert "???" not in page
    assert "@otr" not in page
    said_and_cited(re.sub(r"<[^>]*>", "", page), (reports / "river.md").read_text(encoding="utf-8"), findings)
    (picture,) = re.findall(r'<img src="([^"]*)"', page)
    assert (reports.parents[1] / "build" / "reports" / picture).resolve().parts[-4:] == (
        *("outputs", "example", "figures"),
        "statements.speech.png",
    )


@pytest.mark.pandoc
@pytest.mark.libreoffice
def test_the_word_report_opens_in_libreoffice_with_every_number_and_its_source(
    built: Callable[[str], Path], reports: Path, findings: dict[str, Finding], tmp_path: Path
) -> None:
    document = built("language")
    office = [shutil.which("soffice") or "libreoffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    for form in ("txt:Text (encoded):UTF8", "pdf"):
        words = [*office, "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(document)]
        subprocess.run(words, check=True, capture_output=True)
    text = (tmp_path / "language.txt").read_text(encoding="utf-8-sig")
    said_and_cited(text, (reports / "language.md").read_text(encoding="utf-8"), findings)
    assert len(pypdf.PdfReader(tmp_path / "language.pdf").pages) == 2


def said_and_cited(text: str, source: str, findings: dict[str, Finding]) -> None:
    """Every number before a citation is in the text, and the version of its finding among the sources."""
    text = " ".join(text.split())
    for said, key in claims(source.partition("---\n\n")[2]):
        assert [number for number in NUMBER.findall(said) if number not in text] == []
        if key in findings:
            assert findings[key].version in text


# --- what the readme says ---


def test_the_readme_tells_of_every_report(reports: Path) -> None:
    readme = (reports / "README.md").read_text(encoding="utf-8")
    made = {path.name for path in reports.iterdir() if path.suffix in {".tex", ".md", ".csl"}} - {"README.md"}
    assert [name for name in sorted(made) if f"`{name}`" not in readme] == []
    assert set(build_module(reports).REPORTS) == {Path(name).stem for name in made if not name.endswith(".csl")}
