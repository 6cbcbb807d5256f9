"""Word documents as Word, Zotero and colleagues make them: fields in many runs, content controls, tracked changes."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from research.outputs.check import Checked, check

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    '.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
}
BY = 'w:id="1" w:author="Reviewer" w:date="2034-05-01T10:00:00Z"'


def run(text: str, tag: str = "t") -> str:
    """A run of text, or of deleted text."""
    return f'<w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def sign(kind: str) -> str:
    """The beginning, middle or end of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(*instructions: str, shown: str) -> str:
    """A field whose instruction is spread over several runs, as Word saves long ones."""
    words = "".join(f'<w:r><w:instrText xml:space="preserve">{escape(it)}</w:instrText></w:r>' for it in instructions)
    return f"{sign('begin')}{words}{sign('separate')}{run(shown)}{sign('end')}"


def zotero(key: str) -> list[str]:
    """The instruction of a Zotero field in three pieces, cut within words."""
    shown = r"(\\uc0\\u8220{}12 findings\\uc0\\u8221{}, n.d.)"
    dated = '{"date-parts":[["2034",5,1]]}'
    data = f'{{"id":214,"type":"dataset","title":"On 340 things","citation-key":"{key}","issued":{dated}}}'
    item = f'{{"id":214,"uris":["http://zotero.org/users/4711/items/AB12CD34"],"itemData":{data}}}'
    said = (
        f' ADDIN ZOTERO_ITEM CSL_CITATION {{"citationID":"pQ8XhV3d","properties":{{"formattedCitation":"{shown}",'
        f'"plainCitation":"(“12 findings”, n.d.)","noteIndex":0}},"citationItems":[{item}],'
        '"schema":"https://github.com/citation-style-language/schema/raw/master/csl-citation.json"} '
    )
    return [said[:61], said[61:260], said[260:]]


def control(key: str, shown: str) -> str:
    """Word's own citation: a content control around a field."""
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="-1403"/><w:citation/></w:sdtPr><w:sdtContent>'
        f"{field(f' CITATION {key} ', chr(92) + 'l 1033 ', shown=shown)}</w:sdtContent></w:sdt>"
    )


def checked(tmp_path: Path, *paragraphs: str) -> Checked:
    """What is found in a document with these paragraphs, given as runs."""
    body = "".join(f"<w:p>{it}</w:p>" for it in paragraphs)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in {
            **PARTS,
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        }.items():
            archive.writestr(name, text)
    path = tmp_path / "report.docx"
    path.write_bytes(data.getvalue())
    return check([str(path)], ["harbour"]).reports[0]


def said(report: Checked) -> list[str]:
    """The messages."""
    return [it.message for it in report.messages]


WORDS = "otr.harbour.corpus.words"
WRONG = [f"says 99 words; {WORDS} says 7,838 words"]


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    "citation", [field(*zotero(WORDS), shown="(“12 findings”, n.d.)"), control(WORDS, "(Record, n.d.)")]
)
def test_a_citation_in_pieces_is_read_and_what_it_shows_is_not(tmp_path: Path, citation: str) -> None:
    assert said(checked(tmp_path, run("It has 99 words ") + citation + run("."))) == WRONG
    assert said(checked(tmp_path, run("It has 7,838 words ") + citation + run("."))) == []


@pytest.mark.usefixtures("room")
def test_a_number_in_several_runs_is_one_number(tmp_path: Path) -> None:
    its = run("It has 7") + run(",83") + '<w:proofErr w:type="spellStart"/>' + run("8") + run("\u00a0words ")
    assert said(checked(tmp_path, its + field(*zotero(WORDS), shown="(1)") + run("."))) == []


@pytest.mark.usefixtures("room")
def test_two_fields_in_a_sentence_have_each_its_part(tmp_path: Path) -> None:
    documents = field(*zotero("otr.harbour.corpus.documents"), shown="(2)")
    words = field(*zotero(WORDS), shown="(1)")
    right = run("It has 7,838 words ") + words + run(" in 12 documents ") + documents + run(".")
    changed = run("It has 7,838 words ") + documents + run(" in 12 documents ") + words + run(".")
    assert said(checked(tmp_path, right)) == []
    assert [it.kind for it in checked(tmp_path, changed).messages] == ["swapped key"]


@pytest.mark.usefixtures("room")
def test_moved_and_deleted_text_is_read_as_accepted(tmp_path: Path) -> None:
    gone = f"<w:moveFrom {BY}>{run('It has 99 words. ')}</w:moveFrom><w:del {BY}>{run('No. ', 'delText')}</w:del>"
    come = f"<w:moveTo {BY}>{run('It has 7,838 words ')}</w:moveTo>"
    report = checked(tmp_path, gone + come + field(*zotero(WORDS), shown="(1)") + run("."))
    assert said(report) == []
    assert any("tracked changes" in it for it in report.remarks)


@pytest.mark.usefixtures("room")
def test_a_deleted_citation_cites_nothing(tmp_path: Path) -> None:
    gone = f"<w:del {BY}>{run('[otr.harbour.corpus.words]', 'delText')}</w:del>"
    assert said(checked(tmp_path, run("It has 99 words ") + gone + run("."))) == []


@pytest.mark.usefixtures("room")
def test_hidden_text_a_page_field_and_a_table_of_contents_are_no_results(tmp_path: Path) -> None:
    page = field(" PAGE ", shown="14")
    contents = field(' TOC \\o "1-3" \\h ', shown="Words 99")
    its = run("On page ") + page + run(" it has 7,838 words ") + field(*zotero(WORDS), shown="(1)") + run(".")
    assert said(checked(tmp_path, contents, its)) == []
