"""Pandoc, LaTeX and LibreOffice take the files of a run into a report."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from research.outputs.folder.run_folder import RunFolder

# --- Pandoc ---


@pytest.mark.pandoc
@pytest.mark.parametrize("bibliography", ["findings.bib", "findings.csl.json"])
def test_pandoc_resolves_every_key(made: RunFolder, tmp_path: Path, bibliography: str) -> None:
    keys = [it["id"] for it in json.loads((made.path / "findings.csl.json").read_text(encoding="utf-8"))]
    report = "\n\n".join(f"Cited [@{key}], and as @{key}." for key in keys)
    done = subprocess.run(
        ["pandoc", "--citeproc", "-t", "plain", "--wrap=none", f"--bibliography={made.path / bibliography}"],
        input=report,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    assert "?" not in done.stdout
    assert "The corpus holds 35 words" in done.stdout
    assert re.search("[“‘]harbour[’”] is the most frequent content word", done.stdout), "no capital was changed"
    assert re.search(r"\bstrike\b", done.stdout, flags=re.IGNORECASE)


@pytest.mark.pandoc
@pytest.mark.parametrize("bibliography", ["findings.bib", "findings.csl.json"])
def test_pandoc_takes_the_last_of_two_entries_of_one_key_as_findings_md_says(
    made: RunFolder, tmp_path: Path, bibliography: str
) -> None:
    """Nothing in the files can make it say so: it looks a reference up by its key alone."""
    its = (made.path / bibliography).read_text(encoding="utf-8")
    (tmp_path / bibliography).write_text(its.replace("holds 35 words", "holds 36 words"), encoding="utf-8")
    options = [f"--bibliography={folder / bibliography}" for folder in (made.path, tmp_path)]
    done = subprocess.run(
        ["pandoc", "--citeproc", "-t", "plain", "--wrap=none", *options],
        input="So many [@otr.dispatches.corpus.words].",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    assert ("holds 35 words" in done.stdout, "holds 36 words" in done.stdout) == (False, True)


@pytest.mark.pandoc
@pytest.mark.parametrize("form", ["plain", "latex", "docx"])
@pytest.mark.parametrize("bibliography", ["findings.bib", "findings.csl.json"])
def test_pandoc_takes_findings_md_in_the_midst_of_a_report(
    made: RunFolder, tmp_path: Path, bibliography: str, form: str
) -> None:
    """Pasted between what an analyst wrote, it comes out as text, with every citation resolved."""
    pasted = (made.path / "findings.md").read_text(encoding="utf-8")
    report = f"---\ntitle: The harbour\n---\n\nBefore.\n\n{pasted}\nAfter.\n\n# References\n"
    made_file = tmp_path / f"report.{form}"
    options = ["--citeproc", f"--bibliography={made.path / bibliography}", "--wrap=none", "--standalone"]
    convert = ["pandoc", *options, "-o", str(made_file), "-t", form]
    done = subprocess.run(convert, input=report, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    read = ["pandoc", "-f", "docx" if form == "docx" else "latex", "-t", "plain", "--wrap=none", str(made_file)]
    text = made_file.read_text(encoding="utf-8") if form == "plain" else subprocess.check_output(read, encoding="utf-8")
    assert "?" not in text
    for finding in made.findings:
        said = finding.statement.removesuffix(".")
        # Without an analyst in corpus.toml a citation is by title; Pandoc's own style takes the long one.
        assert re.search(rf"{re.escape(said)} \([“‘`]+[^()]+(\([^()]+\)[^()]*)*n\.d\.", text.replace("\xa0", " ")), said


@pytest.mark.pandoc
@pytest.mark.libreoffice
def test_a_word_report_with_citations_opens_in_libreoffice(made: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("We count [@otr.dispatches.corpus.words].", encoding="utf-8")
    subprocess.run(
        [
            *("pandoc", "--citeproc", f"--bibliography={made.path / 'findings.csl.json'}"),
            *(str(tmp_path / "report.md"), "-o", str(tmp_path / "report.docx")),
        ],
        check=True,
    )
    office = shutil.which("soffice") or "libreoffice"
    subprocess.run(
        [
            *(office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(tmp_path / "report.docx")),
        ],
        check=True,
        capture_output=True,
    )
    text = (tmp_path / "report.txt").read_text(encoding="utf-8-sig")
    assert re.search(r"We count \([“‘]The corpus holds 35 words,?[”’],? n\.d\.\)\.", text.replace("\xa0", " "))
    assert "Finding corpus.words, version " in text, "the entry in the list of references"


# --- LaTeX ---

PREAMBLES = {
    "plain": "",
    "with the underscore package": r"\usepackage{underscore}",
    "with hyperref": r"\usepackage[T1]{fontenc}\usepackage{hyperref}",
}


@pytest.fixture
def typeset(made: RunFolder, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Typesets a report beside the files of a run: its exit code and its log."""
    for name in ("findings.tex", "findings.bib"):
        shutil.copy(made.path / name, tmp_path / name)

    def run(body: str, preamble: str = "", bibliography: str = "bibtex") -> tuple[int, str]:
        text = f"\\documentclass{{article}}{preamble}\\begin{{document}}\\input{{findings.tex}}{body}\\end{{document}}"
        (tmp_path / "report.tex").write_text(text, encoding="utf-8")
        latex = ["pdflatex" if shutil.which("pdflatex") else "lualatex", "-interaction=nonstopmode", "report"]
        for words in (latex, [bibliography, "report"], latex, latex):
            done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)
        return done.returncode, (tmp_path / "report.log").read_text(encoding="utf-8", errors="replace")

    return run


@pytest.mark.latex
@pytest.mark.parametrize("preamble", PREAMBLES.values(), ids=PREAMBLES)
def test_a_latex_report_shows_values_and_resolves_every_key(
    made: RunFolder, typeset: Callable[..., tuple[int, str]], preamble: str
) -> None:
    shown = " ".join(rf"\typeout{{<\finding{{{it.key}}}>}}\findingcite{{{it.key}}}" for it in made.findings)
    heading, listed = r"\section{On \finding{corpus.words} words}", r"\bibliographystyle{plain}\bibliography{findings}"
    code, log = typeset(rf"{heading}{shown}\nocite{{*}}{listed}", preamble)
    assert code == 0, log
    assert "undefined" not in log.lower()
    values = re.findall(r"<(.*)>", log)
    for finding in made.findings:
        assert finding.display.replace("%", r"\%") in values


@pytest.mark.latex
@pytest.mark.skipif(shutil.which("biber") is None, reason="biber is not installed (sudo apt install biber)")
def test_biber_resolves_every_key(made: RunFolder, typeset: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    preamble = r"\usepackage[style=authoryear,backend=biber]{biblatex}\addbibresource{findings.bib}"
    shown = "".join(rf"\findingcite{{{it.key}}}" for it in made.findings)
    code, log = typeset(rf"{shown}\nocite{{*}}\printbibliography", preamble, "biber")
    assert code == 0, log
    assert "undefined" not in log.lower()
    listed = (tmp_path / "report.bbl").read_text(encoding="utf-8")
    entries = json.loads((made.path / "findings.csl.json").read_text(encoding="utf-8"))
    assert [it["id"] for it in entries if f"\\entry{{{it['id']}}}" not in listed] == []


@pytest.mark.latex
@pytest.mark.parametrize("command", [r"\finding{corpus.wrods}", r"\findingcite{corpus.wrods}"])
def test_latex_stops_at_a_key_that_is_not_there(typeset: Callable[..., tuple[int, str]], command: str) -> None:
    code, log = typeset(f"x{command}")
    assert code != 0
    assert "On the Record: there is no finding corpus.wrods" in log


@pytest.mark.latex
def test_latex_stops_where_another_package_has_the_command(typeset: Callable[..., tuple[int, str]]) -> None:
    code, log = typeset("x", r"\newcommand\finding{something else}")
    assert code != 0
    assert r"Command \finding already defined" in log


@pytest.mark.latex
def test_latex_stops_where_two_runs_have_a_key_and_takes_the_longer_ones(
    made: RunFolder, typeset: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    other = (made.path / "findings.tex").read_text(encoding="utf-8").replace("otr.dispatches", "otr.other")
    (tmp_path / "other.tex").write_text(other.replace("{35}", "{43}"), encoding="utf-8")
    code, log = typeset(r"\input{other.tex}x\finding{corpus.words}")
    assert code != 0
    assert "two runs have a finding corpus.words" in log
    code, log = typeset(
        r"\input{other.tex}\input{findings.tex}"
        r"\typeout{<\finding{otr.other.corpus.words}+\finding{otr.dispatches.corpus.words}>}x"
    )
    assert code == 0
    assert "<43+35>" in log


@pytest.mark.latex
@pytest.mark.parametrize("key", ["corpus.words", "otr.dispatches.corpus.words"])
@pytest.mark.parametrize("command", ["finding", "findingcite"])
def test_latex_stops_where_two_runs_of_one_name_differ(
    made: RunFolder, typeset: Callable[..., tuple[int, str]], tmp_path: Path, command: str, key: str
) -> None:
    version = made.finding("corpus.words").version
    other = (made.path / "findings.tex").read_text(encoding="utf-8")
    assert other.count(version) == 1
    (tmp_path / "elsewhere.tex").write_text(other.replace(version, "0" * 16), encoding="utf-8")
    code, log = typeset(rf"\input{{elsewhere.tex}}x\{command}{{{key}}}")
    assert code != 0
    assert f"On the Record: two runs of one name differ in {key}" in " ".join(log.split())
    code, log = typeset(r"\input{findings.tex}\input{elsewhere.tex}\typeout{<\finding{corpus.dated}>}x")
    assert code == 0, "what they agree on can be cited, and a file can be read twice"
