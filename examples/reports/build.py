"""Build the reports of this folder into build/reports: one by LaTeX, a web page and a Word document by Pandoc.

    make reports

They cite outputs/seeds and outputs/example, two folders up from where a report lies: so each of them can be built by
hand in this folder as well.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

HERE = Path(__file__).resolve().parent
INK, QUIET = RGBColor(0x17, 0x32, 0x4D), RGBColor(0x5B, 0x67, 0x70)


def seeds(room: Path) -> Path:
    """The LaTeX report: every number in it is a macro of findings.tex."""
    latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "seeds"]
    for words in (latex, ["bibtex", "seeds"], latex, latex):
        _call(words, room, "sudo apt install texlive-latex-extra texlive-fonts-recommended")
    return room / "seeds.pdf"


def river(room: Path) -> Path:
    """The Markdown report, as a web page."""
    return _pandoc(room, "river.md", "river.html", "--standalone", "--css=report.css")


def language(room: Path) -> Path:
    """The Word report, in the styles that ``write_styles`` gives it."""
    write_styles(room / "styles.docx")
    return _pandoc(room, "language.md", "language.docx", "--reference-doc=styles.docx")


REPORTS: Mapping[str, Callable[[Path], Path]] = {"seeds": seeds, "river": river, "language": language}


def build(names: Sequence[str], room: Path) -> list[Path]:
    """Build reports in a folder; ``../../outputs`` from there has to hold the runs that they cite."""
    for run in ("seeds", "example"):
        if not (room / "../../outputs" / run / "findings.bib").exists():
            raise SystemExit(f"outputs/{run} is missing. Make it first: make {'run' if run == 'seeds' else run}")
    for source in HERE.iterdir():
        if source.is_file():
            shutil.copy(source, room)
    return [REPORTS[name](room) for name in names]


def write_styles(path: Path) -> None:
    """Pandoc's own Word document for styles, with other fonts, colours and margins."""
    kept = _call(["pandoc", "--print-default-data-file=reference.docx"], path.parent, _PANDOC)
    document = Document(io.BytesIO(kept))
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(29)
        section.top_margin = section.bottom_margin = Mm(22)
    body, heading = "Georgia", "Arial"
    styles: list[tuple[str, str, float, RGBColor | None, bool]] = [
        *((name, body, 10.5, None, False) for name in ("Normal", "Body Text", "First Paragraph", "Compact")),
        ("Title", heading, 22, INK, True),
        ("Subtitle", body, 12, QUIET, False),
        *((name, heading, size, INK, True) for name, size in (("Heading 1", 13), ("Heading 2", 12))),
        ("Image Caption", body, 9, QUIET, False),
        ("Bibliography", body, 8.5, QUIET, False),
    ]
    by_name = {style.name: style for style in document.styles}
    for name, font, size, colour, bold in styles:
        style = by_name[name]
        style.font.name, style.font.size, style.font.bold = font, Pt(size), bold
        style.element.rPr.rFonts.attrib.clear()  # the theme's fonts would win over the name
        style.font.name = font
        style.font.italic = False
        style.font.color.rgb = colour or RGBColor(0x1A, 0x1A, 0x1A)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    listed = by_name["Bibliography"].paragraph_format
    listed.space_after, listed.left_indent, listed.first_line_indent = Pt(2), Mm(8), Mm(-8)
    listed.tab_stops.add_tab_stop(Mm(8))
    by_name["Verbatim Char"].font.size = Pt(9)
    document.save(str(path))


_PANDOC = "sudo apt install pandoc"


def _pandoc(room: Path, source: str, target: str, *options: str) -> Path:
    bibliography = "../../outputs/example/findings.csl.json"
    cite = ["--citeproc", f"--bibliography={bibliography}", "--csl=numbered.csl"]
    _call(["pandoc", source, *cite, *options, "-o", target], room, _PANDOC)
    return room / target


def _call(words: Sequence[str], room: Path, remedy: str) -> bytes:
    """What a program prints. Ends with one sentence where it is missing or fails."""
    if shutil.which(words[0]) is None:
        raise SystemExit(f"{words[0]} is not installed ({remedy}).")
    done = subprocess.run(words, cwd=room, capture_output=True, check=False)
    if done.returncode or b"WARNING" in done.stderr:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()[-12:]
        raise SystemExit("\n".join([f"{' '.join(words)} failed in {room}:", *said]))
    return done.stdout


if __name__ == "__main__":
    place = HERE.parents[1] / "build" / "reports"
    place.mkdir(parents=True, exist_ok=True)
    for made in build(sys.argv[1:] or list(REPORTS), place):
        print(made.relative_to(HERE.parents[1]))
