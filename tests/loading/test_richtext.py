"""Rich text: its paragraphs as Word shows them, the articles of a download, and nothing of what it embeds."""

import time
from pathlib import Path

import pytest

from research.loading import Corpus, load
from research.loading.downloads import NAME
from research.loading.readers import READERS
from tests.loading.formats import rtf_bytes


def loaded(folder: Path, data: bytes) -> Corpus:
    (folder / "a.rtf").write_bytes(data)
    (folder / "note.txt").write_text("A note.")
    return load(folder)


def rich(content: str, head: str = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}}") -> bytes:
    return f"{{\\rtf1{head} {content}}}".encode("latin-1")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r"One.\par Two.", "One.\n\nTwo."),
        (r"One,\line and more.\par\par\par Two.", "One,\nand more.\n\nTwo."),
        (r"\'93Yes\'94, it\'92s \'80 3.", "“Yes”, it’s € 3."),
        (r"\ldblquote Yes\rdblquote\emdash it\rquote s", "“Yes”—it’s"),
        (r"caf\u233?, \uc2\u9786 ab, \u-10179\'3f\'3f\u-8703\'3f\'3f", "café, ☺, 😁"),
        ("caf\xe9", "café"),  # no escape, as some programs write
        (r"one\tab two\~three\-four\_five", "one\ttwo\xa0threefour-five"),
        (r"\{set\} \\cell", r"{set} \cell"),
        (r"\trowd one\cell two\cell\row three\cell four\cell\row", "one\ttwo\n\nthree\tfour"),
        (r'See {\field{\*\fldinst{HYPERLINK "http://a.b"}}{\fldrslt{\ul the plan}}} now.', "See the plan now."),
        (r"One{\footnote A note.} and{\header Head}{\pict\wmetafile8 0102} two.", "One and two."),
        (r"One{\*\unknown odd} two{\*\bkmkstart a}{\*\bkmkend a}.", "One two."),
        ("One {\\pict\\bin7 }}}}{{\\}and two.", "One and two."),
        (r"One{\v  hidden} two \v and more\v0 three.", "One two three."),
        (r"One {\deleted\i gone }{\revised new} two\deleted  gone too\deleted0 .", "One new two."),
        (r"One {\v a {\b b} \'63 \u233? \{d\} \emdash\tab\par}two.\plain\v no\plain  yes", "One\n\ntwo. yes"),
        (r"{\viewkind4\vern0 One.} \deletedx Two.", "One. Two."),
        (r"\b The {\i harbour\i0} reopened\b0 .", "The harbour reopened."),
    ],
)
def test_the_text_is_what_a_reader_sees(tmp_path: Path, content: str, text: str) -> None:
    document = loaded(tmp_path, rich(content))["a"]
    assert document.text == text
    assert (document.origin.reader, document.origin.version) == ("striprtf", READERS[".rtf"].release)


@pytest.mark.parametrize(
    ("head", "content", "text"),
    [
        (r"\ansi\ansicpg1250{\fonttbl{\f0\fcharset238 Arial;}}\f0", r"\'9fr\'f3d\'b3o", "źródło"),
        (r"\ansi\ansicpg1252{\fonttbl{\f0\fnil\fcharset0 A;}{\f1\fswiss\fprq2\fcharset204{\*\panose 02}B;}}",
         r"\f1 \'cc\'e8\'f0", "Мир"),
        (r"\ansi\ansicpg932", r"\'93\'8c\'8b\'9e", "東京"),
    ],
)  # fmt: skip
def test_characters_are_those_of_the_font_or_the_code_page(tmp_path: Path, head: str, content: str, text: str) -> None:
    assert loaded(tmp_path, rich(content, head))["a"].text == text


def test_its_properties_are_metadata(tmp_path: Path) -> None:
    said = r"{\info{\title Vote n\'e9ars}{\author Weiss, Ana}{\creatim\yr2031\mo5\dy2\hr9}}"
    document = loaded(tmp_path, rich(f"{said}One."))["a"]
    assert (document.title, document.date) == ("Vote néars", None)
    assert document.metadata == {"author": "Weiss, Ana", "created": "2031-05-02"}
    assert loaded(tmp_path, rich(r"{\info{\title Document1.rtf}}One."))["a"].title is None


def test_a_download_is_its_articles(tmp_path: Path) -> None:
    cover = "User Name: Kolb\nJob Number: 1\nDocuments (2)\n1. Vote 1 nears\n2. Vote 2 nears\n"
    article = (
        "Vote {0} nears\nThe Harbour Post (Maravel)\nMay 1{0}, 2031 Monday\nCopyright 2031 The Harbour Post\n"
        "Section: NEWS\nLength:\xa040 words\nByline: Ana Weiss\nBody\n“One” {0}.\nTwo.\nClassification\n"
        "Language: ENGLISH\nEnd of Document\n"
    )
    text = cover + article.format(1) + article.format(2)
    documents = [it for it in loaded(tmp_path, rtf_bytes(text.replace("\n", "\n\n"))) if it.id != "note"]
    assert [(it.id, it.title, it.source, it.date) for it in documents] == [
        ("a#1", "Vote 1 nears", "The Harbour Post (Maravel)", "2031-05-11"),
        ("a#2", "Vote 2 nears", "The Harbour Post (Maravel)", "2031-05-12"),
    ]
    assert [it.text[slice(*it.body)] for it in documents] == [f"“One” {n}.\n\nTwo." for n in (1, 2)]
    assert {it.origin.reader for it in documents} == {f"{NAME} (striprtf)"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"The harbour.", "not rich text"),
        (b"", "not rich text"),
        (b"PK\x03\x04", "not rich text"),
        (b"{\\rtf1\\ansi}", "no text"),
        (b"{\\rtf1\\ansi{\\pict 0102}}", "no text"),
        (b"{\\rtf1\\ansi\\u99999999 }", "malformed"),
        (b"{\\rtf1\\ansi\\uc }", "malformed"),
    ],
)
def test_what_is_no_text_is_rejected(tmp_path: Path, data: bytes, reason: str) -> None:
    corpus = loaded(tmp_path, data)
    assert corpus.ids == ["note"]
    assert reason in corpus.rejected[0].reason


@pytest.mark.parametrize(
    "content",
    [
        '{\\field{\\*\\fldinst{HYPERLINK "' * 8_000,
        "{\\FIELD{\\*\\FLDINST{HYPERLINK " * 8_000,
        "{\\fonttbl" + "\\f1" * 60_000,
        "{\\fonttbl" + "\\f1\\fcharset0" * 20_000 + "}Text.",
        "{" * 200_000,
        "\\pict\\bin1 " * 20_000,
        "\\'e9" * 60_000,
    ],
)
def test_it_costs_no_more_than_its_size(tmp_path: Path, content: str) -> None:
    began = time.process_time()
    loaded(tmp_path, rich(content))
    assert time.process_time() - began < 20
