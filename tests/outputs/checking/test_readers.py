"""Every format: the same sentence is found wrong in each, in its place, and what is no prose is left out."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import nbformat
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from research.errors import UsageError
from research.outputs.check import Message, check
from research.outputs.checking.blocks import Malformed
from research.outputs.checking.readers.formats import FORMATS, read_report
from tests.outputs.checking.conftest import with_keys

Tell = Callable[[str, str | bytes], list[Message]]


@pytest.fixture
def tell(room: Path, tmp_path: Path) -> Tell:
    """Writes a report and returns the messages on it."""

    def told(name: str, content: str | bytes) -> list[Message]:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(with_keys(content), encoding="utf-8")
        return check([str(path)], ["harbour"]).messages

    return told


def places(messages: list[Message]) -> list[tuple[int, str]]:
    return [(it.line, it.kind) for it in messages]


# --- Markdown ---

MARKDOWN = {
    "front matter": ("---\ntitle: 99 words {words}\n---\n\nIt has 7,838 words {words}.", []),
    "a fence": ("It has 7,838 words {words}.\n\n```r\n99 words {words}\n```\n", []),
    "a fence of tildes": ("~~~\n99 words {words}\n```\n~~~\n\n99 words {words}.", [(6, "number")]),
    "a comment": ("<!-- 99 words {words} -->\n\nIt has 7,838 words <!-- 98 --> {words}.", []),
    "a comment over lines": ("<!--\n99 words {words}\n-->\n\nIt has 99 words {words}.", [(5, "number")]),
    "indented code": ("Text.\n\n    99 words {words}\n\nMore.", []),
    "code in a line": ("It has `99 words` and 7,838 words {words}.", []),
    "a link": ("It has [7,838 words](https://example.org/99) {words}, see https://example.org/98.", []),
    "a picture": ("![It has 99 words {words}.](figure_12.png){width=70%}", [(1, "number")]),
    "hard-wrapped": ("The corpus holds\n7,383 words\n{words}.", [(2, "number")]),
    "a list": ("- 7,838 words {words}\n- 99 words {words}\n", [(2, "number")]),
    "a nested list": ("- one\n    - 99 words {words}\n", [(2, "number")]),
    "a heading by its line": ("It has 99 words {words}\n======\n\nText.", [(1, "number")]),
    "a table": ("| what | n |\n|---|---:|\n| Words | 99 {words} |\n| Words | 7,838 {words} |", [(3, "number")]),
    "a caption": (": The 99 words {words}\n", [(1, "number")]),
    "a footnote of its own": ("Text.[^1]\n\n[^1]: It has 99 words {words}.", [(3, "number")]),
    "a footnote that cites": ("It has 99 words.[^n]\n\nText.\n\n[^n]: See {words}.", [(1, "number")]),
    "math": ("It has $7{,}838$ words {words}, or $99$ words {words}.", [(1, "number")]),
    "dollars": ("It cost \\$5, and €25 million were earned {earnings}.", [(1, "number")]),
    "an entity": ("It has 7,838&nbsp;words {words}.", []),
    "emphasis": ("It has **7,838** *words* {words}.", []),
    "several keys": (
        ("It has 7,838 words in 12 documents [see @otr.harbour.corpus.words, p. 9; @otr.harbour.corpus.documents]."),
        [],
    ),
    "a foreign key": ("It has 7,838 words {words} [@smith2020, p. 99].", []),
    "in brackets": ("It has 99 words [otr.harbour.corpus.words].", [(1, "number")]),
    "windows": ("Text.\r\n\r\nIt has 99 words {words}.\r\n", [(3, "number")]),
    "a div": ("::: {.callout}\nIt has 99 words {words}.\n:::\n", [(2, "number")]),
    "a sentence to paste": (
        ("It has 99 words (Findings on “harbour”; n.d.; finding corpus.words, version 0123456789abcdef)."),
        [(1, "number"), (1, "stale")],
    ),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown(tell: Tell, name: str) -> None:
    text, expected = MARKDOWN[name]
    assert places(tell("report.md", text)) == expected


# --- LaTeX ---

LATEX = {
    "a comment": ("It has 7,838 words % 99 words {words}\n{words}.", []),
    "a preamble": (
        ("99 words {words}\n\\begin{document}\nIt has 99 words {words}.\n\\end{document}\n98 {words}"),
        [(3, "number")],
    ),
    "ties and thin spaces": ("It has 7\\,838~words {words} of 12~documents.", []),
    "math": ("It has $7{,}838$ words and $99$ words {words}.", [(1, "number")]),
    "siunitx": ("It has \\num{7838} words {words}, Okell \\SI{37}{\\percent} {okell}.", []),
    "siunitx, wrong": ("Okell has \\qty{38}{\\percent} of the words {okell}.", [(1, "rounding")]),
    "a range": ("Okell has 37\\% (\\SIrange{31}{44}{\\percent}) {okell}.", []),
    "percent": ("Okell has 38\\% of the words {okell}.", [(1, "rounding")]),
    "quotation marks": ("``The harbour will close'', Okell said {okell}.", [(1, "quotation")]),
    "enquote": ("\\enquote{The harbour will \\emph{not} close}, Okell said {okell}.", []),
    "enquote, wrong": ("\\enquote{The harbour will close}, Okell said {okell}.", [(1, "quotation")]),
    "a quote": ("Okell said {okell}:\n\\begin{quote}\nThe harbour will close.\n\\end{quote}", [(3, "quotation")]),
    "verbatim": ("\\begin{verbatim}\n99 words {words} }\n\\end{verbatim}\nText \\verb|99 } words| {words}.", []),
    "a footnote": ("Text.\\footnote{It has 99 words {words}.} More.", [(1, "number")]),
    "a caption": ("\\begin{figure}\\caption{The 99 words {words}.}\\label{f:12}\\end{figure}", [(1, "number")]),
    "a heading": ("\\section{The 99 words {words}}\nText.", [(1, "number")]),
    "a table": (
        ("\\begin{tabular}{lr}\nWords & 99 & {words} \\\\\nWords & 7,838 & {words} \\\\\n\\end{tabular}"),
        [(2, "number")],
    ),
    "an item": (
        ("\\begin{itemize}\n\\item 7,838 words {words}\n\\item[12] 99 words {words}\n\\end{itemize}"),
        [(3, "number")],
    ),
    "a reference": ("In Figure~\\ref{fig12}, section~\\ref{s3}, it has 7,838 words {words}.", []),
    "accents": ("Mayor \\'Elise saw 7,838 words {words}.", []),
    "a value that is printed": ("It has \\finding{corpus.words} words {words}.", []),
    "paragraphs": ("It has 99 words.\n\nText {words}.", []),
}


@pytest.mark.parametrize("name", LATEX)
def test_latex(tell: Tell, name: str) -> None:
    text, expected = LATEX[name]
    assert places(tell("report.tex", with_keys(text, "\\findingcite{{otr.harbour.{}}}"))) == expected


@pytest.mark.parametrize(
    ("text", "line"), [("Text.\n\nAn {open brace {in} 12 words", 3), ("A brace} too many", 1), ("\\textbf{a\n\n}}", 3)]
)
def test_unbalanced_braces_are_one_sentence(tell: Tell, text: str, line: int) -> None:
    [message] = tell("report.tex", text)
    assert (message.kind, message.line) == ("malformed", line)


# --- HTML ---

HTML = {
    "a value": ('<p>It has <b data-finding="otr.harbour.corpus.words">99</b> words.</p>', [(1, "number")]),
    "a short key": ('<p>It has <b data-finding="corpus.words">7,838</b> words.</p>', []),
    "a paragraph": ('<p data-finding="otr.harbour.corpus.words">Text.\nIt has 99\nwords.</p>', [(2, "number")]),
    "a bracket": ("<p>It has\n99 words {words}.</p>", [(2, "number")]),
    "a table": ("<table><tr><td>Words</td><td>99</td><td>{words}</td></tr></table>", [(1, "number")]),
    "a script": (
        ("<script>var a = '<p>99 words {words}</p>'</script><style>p {}</style><p>7,838 words {words}</p>"),
        [],
    ),
    "a comment": ("<!-- 99 words {words} --><p>7,838 words {words}</p>", []),
    "entities": ("<p>It has 7,838&nbsp;words &amp; more {words}.</p>", []),
    "a quotation": ("<p>Okell said <q>The harbour will close</q> {okell}.</p>", [(1, "quotation")]),
    "a block quotation": ("<blockquote>The harbour will close.</blockquote><p>{okell}</p>", [(1, "quotation")]),
    "rendered": (
        ('<p>99 words <span class="citation" data-cites="otr.harbour.corpus.words">(<i>12</i>)</span>.</p>'),
        [(1, "number")],
    ),
    "unclosed": ("<p>It has 99 words {words}.<p>It has 7,838 words {words}", [(1, "number")]),
    "code": ("<p>It has 7,838 words <code>99 words</code> {words}.</p><pre>99 words {words}</pre>", []),
}


@pytest.mark.parametrize("name", HTML)
def test_html(tell: Tell, name: str) -> None:
    text, expected = HTML[name]
    assert places(tell("report.html", text)) == expected


# --- text and notebooks ---


def test_plain_text(tell: Tell) -> None:
    text = (
        "It has 7,838 words\n(see [otr.harbour.corpus.words]).\n\n1. It has\n   99 words "
        "[otr.harbour.corpus.words].\n2. Text."
    )
    assert places(tell("report.txt", text)) == [(5, "number")]


def test_a_notebook_is_read_cell_by_cell(tell: Tell) -> None:
    cells = [
        nbformat.v4.new_code_cell("# 99 words [@otr.harbour.corpus.words]"),
        nbformat.v4.new_markdown_cell(with_keys("It has 7,838 words {words}.")),
        nbformat.v4.new_markdown_cell(with_keys("# Words\n\nIt has 99 words {words}.")),
    ]
    [message] = tell("report.ipynb", nbformat.writes(nbformat.v4.new_notebook(cells=cells)))
    assert (message.line, message.place, message.kind) == (3, "cell 3", "number")


# --- Word ---


def field(paragraph: Any, instruction: str, result: str) -> None:
    """Append a field to a paragraph, as reference managers do."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("result", result), ("end", "")):
        run = paragraph.add_run(result if kind == "result" else "")
        if kind in ("begin", "separate", "end"):
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run._r.append(sign)
        elif not kind:
            words = OxmlElement("w:instrText")
            words.text = text
            run._r.append(words)


def tracked(paragraph: Any, kind: str, text: str) -> None:
    """Append a tracked insertion or deletion."""
    change = OxmlElement(f"w:{kind}")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t" if kind == "ins" else "w:delText")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    change.append(run)
    paragraph._p.append(change)


def saved(document: Any) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_word_paragraphs_tables_and_brackets(tell: Tell) -> None:
    document = docx.Document()
    document.add_heading("Words", 1)
    document.add_paragraph("It has 99 words [otr.harbour.corpus.words].")
    for cell, text in zip(
        document.add_table(1, 3).rows[0].cells, ("Words", "98", "[otr.harbour.corpus.words]"), strict=True
    ):
        cell.text = text
    assert [(it.line, it.place, it.kind) for it in tell("report.docx", saved(document))] == [
        (2, "paragraph 2", "number"),
        (4, "paragraph 4", "number"),
    ]


@pytest.mark.parametrize(
    "instruction",
    [
        'ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems":[{"id":7,"itemData":{"id":"otr.harbour.corpus.words"}}]}',
        "CITATION otr.harbour.corpus.words \\l 1033",
    ],
)
def test_word_fields_of_reference_managers(tell: Tell, instruction: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("It has 99 words ")
    field(paragraph, instruction, "(Findings on 12 “things”, n.d.)")
    paragraph.add_run(".")
    [message] = tell("report.docx", saved(document))
    assert (message.kind, message.key) == ("number", "otr.harbour.corpus.words")


def test_a_zotero_item_without_its_key_is_found_by_its_version(tell: Tell) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("It has 7,838 words ")
    item = {"citationItems": [{"id": 7, "itemData": {"genre": "Finding corpus.words, version 0123456789abcdef"}}]}
    field(paragraph, f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(item)}", "(1)")
    [message] = tell("report.docx", saved(document))
    assert message.kind == "stale"


def test_tracked_changes_are_read_as_accepted_with_a_note(room: Path, tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("It has ")
    tracked(paragraph, "del", "7,838")
    tracked(paragraph, "ins", "99")
    paragraph.add_run(" words [otr.harbour.corpus.words].")
    path = tmp_path / "report.docx"
    path.write_bytes(saved(document))
    outcome = check([str(path)], ["harbour"])
    assert [it.message for it in outcome.messages] == ["says 99 words; otr.harbour.corpus.words says 7,838 words"]
    assert "tracked changes" in outcome.reports[0].remarks[0]


def test_footnotes_of_word(tell: Tell) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("It has 99 words.")
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    paragraph.add_run()._r.append(reference)
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p>'
        "<w:r><w:t>See [otr.harbour.corpus.words].</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    data = io.BytesIO(saved(document))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    assert places(tell("report.docx", data.getvalue())) == [(1, "number")]


BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>{}</mc:AlternateContent></w:r>"""
SHAPE = """<mc:{0}><w:txbxContent><w:p><w:r><w:t>It has 99 words [otr.harbour.corpus.words].</w:t></w:r></w:p>
</w:txbxContent></mc:{0}>"""


def test_a_text_box_and_the_paragraph_around_it_are_read_once(tell: Tell) -> None:
    """Word keeps a text box twice: for itself, and for older programs as a fallback."""
    document = docx.Document()
    paragraph = document.add_paragraph("It has 97 words [otr.harbour.corpus.words]. ")
    paragraph._p.append(parse_xml(BOX.format(SHAPE.format("Choice") + SHAPE.format("Fallback"))))
    paragraph.add_run("It has 98 words [otr.harbour.corpus.words].")
    said = [it.message.partition(";")[0] for it in tell("report.docx", saved(document))]
    assert said == ["says 97 words", "says 99 words", "says 98 words"]


# --- OpenDocument ---

_ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
<office:body><office:text>{}</office:text></office:body></office:document-content>"""


def odt(content: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", _ODT.format(content))
    return data.getvalue()


OPEN = {
    "a paragraph": (
        ("<text:h>Words</text:h><text:p>It has <text:span>99</text:span> words [otr.harbour.corpus.words].</text:p>"),
        [(2, "number")],
    ),
    "a row": (
        (
            "<table:table><table:table-row><table:table-cell><text:p>99</text:p></table:table-cell>"
            "<table:table-cell><text:p>[otr.harbour.corpus.words]</text:p></table:table-cell>"
            "</table:table-row></table:table>"
        ),
        [(1, "number")],
    ),
    "deleted text": (
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>99 words "
            "[otr.harbour.corpus.words]</text:p></text:deletion></text:changed-region>"
            "</text:tracked-changes><text:p>It has 7,838 words [otr.harbour.corpus.words].</text:p>"
        ),
        [],
    ),
    "a note": (
        (
            "<text:p>It has 99 words.<text:note text:id='n1'><text:note-citation>1</text:note-citation>"
            "<text:note-body><text:p>[otr.harbour.corpus.words]</text:p></text:note-body></text:note>"
            "</text:p>"
        ),
        [(1, "number")],
    ),
    "a mark": (
        (
            "<text:p>It has 99 words <text:bibliography-mark text:identifier='otr.harbour.corpus.words'>"
            "[12]</text:bibliography-mark>.</text:p>"
        ),
        [(1, "number")],
    ),
    "Zotero": (
        (
            '<text:p>It has 99 words <text:reference-mark-start text:name="ZOTERO_ITEM CSL_CITATION '
            '{&quot;id&quot;:&quot;otr.harbour.corpus.words&quot;} RND1"/>(12 '
            'things)<text:reference-mark-end text:name="x"/>.</text:p>'
        ),
        [(1, "number")],
    ),
}


@pytest.mark.parametrize("name", OPEN)
def test_opendocument(tell: Tell, name: str) -> None:
    content, expected = OPEN[name]
    assert places(tell("report.odt", odt(content))) == expected


# --- files that cannot be read ---


def with_entities() -> bytes:
    """A Word document that declares an entity, which no program writes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE x [<!ENTITY n "99">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
            'main"><w:body><w:p><w:r><w:t>It has &n; words [otr.harbour.corpus.words].</w:t></w:r></w:p></w:body>'
            "</w:document>",
        )
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", b"PK\x03\x04 broken"),
        ("b.docx", b""),
        ("c.docx", odt("<text:p>x</text:p>")),
        ("d.odt", b"no archive"),
        ("with entities.docx", with_entities()),
        ("e.odt", odt("<text:p>")),
        ("f.ipynb", b"{"),
        ("g.ipynb", b"[]"),
        ("h.md", b"\x89PNG\r\n\x1a\n\0\0\0\r"),
    ],
)
def test_a_malformed_report_is_one_sentence(tell: Tell, name: str, data: bytes) -> None:
    [message] = tell(name, data)
    assert message.kind == "malformed"
    assert message.message[0].isupper()
    assert message.message.count("\n") == 0
    assert "Traceback" not in message.message


def test_deep_nesting_is_read(tell: Tell) -> None:
    assert places(tell("a.html", "<div>" * 20_000 + "<p>It has 99 words {words}.</p>")) == [(1, "number")]
    assert places(tell("a.md", "> " * 5_000 + "It has 99 words {words}.")) == [(1, "quotation")]
    assert places(tell("a.tex", "{" * 20_000 + "It has 99 words {words}." + "}" * 20_000)) == [(1, "number")]
    assert places(tell("a.md", "[" * 50_000 + "It has 99 words {words}.")) == [(1, "number")]


def test_every_suffix_is_read_and_no_other(tmp_path: Path) -> None:
    suffixes = [suffix for form in FORMATS for suffix in form.suffixes]
    assert {".md", ".qmd", ".tex", ".docx", ".odt", ".html", ".ipynb", ".txt"} <= set(suffixes)
    assert len(suffixes) == len(set(suffixes))
    with pytest.raises(UsageError, match="suffix must be one of"):
        read_report(str(tmp_path / "report.pdf"))
    with pytest.raises(UsageError, match="There is no report"):
        read_report(str(tmp_path / "report.md"))
    (tmp_path / "x.md").write_bytes(b"caf\xe9")
    assert read_report(str(tmp_path / "x.md")).source == "café"
    (tmp_path / "x.docx").write_bytes(b"x")
    with pytest.raises(Malformed):
        read_report(str(tmp_path / "x.docx"))
