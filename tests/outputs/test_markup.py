"""Nothing that a document holds becomes markup, and every character keeps its marks."""

import base64
import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from research.loading import Span, load
from research.outputs.folder.run_folder import RunFolder
from research.outputs.pages.html import cut, visible
from research.outputs.pages.texts import Mark, paragraphs
from tests.outputs.test_pages import PAGE_JS, ROOT, dead_links, pages_of, text_of
from tests.planted import TRICKS, report_again

# --- what must not run ---

ELEMENTS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "script",
        "button",
        "body",
        "a",
        "header",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "code",
        "nav",
        "ol",
    ),
    *(
        "ul",
        "li",
        "main",
        "section",
        "article",
        "span",
        "div",
        "bdi",
        "dl",
        "dt",
        "dd",
        "strong",
        "em",
        "small",
        "mark",
    ),
    *("sup", "details", "summary", "pre", "figure", "figcaption", "img", "table", "caption", "thead", "tbody", "tr"),
    *("th", "td", "footer", "label", "input"),
}
ATTRIBUTES = {
    *(
        "alt",
        "aria-label",
        "aria-labelledby",
        "charset",
        "class",
        "content",
        "data-rows",
        "dir",
        "href",
        "http-equiv",
        "id",
        "lang",
    ),
    *("name", "rel", "role", "scope", "src", "start", "tabindex", "type", "value"),
}


@pytest.mark.parametrize("split", [False, True])
def test_nothing_that_was_planted_becomes_markup(
    hostile: RunFolder, split: bool, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = RunFolder(Path(shutil.copytree(hostile.path, tmp_path / "planted")))
    if split:
        request.getfixturevalue("on_pages")
        report_again(folder, load(hostile.path.parents[1] / "planted"))
    pages = pages_of(folder)
    assert len(pages) > 1 or not split
    for page in pages.values():
        for element in page.iter():
            assert element.tag in ELEMENTS, f"{element.tag} is no element of a report, or a comment"
            assert set(element.keys()) <= ATTRIBUTES, element.keys()
            assert re.fullmatch(r"[\w./%-]*(#[\w./%-]+)?", element.get("href", "")), element.get("href")
            assert element.get("src", "data:image/").startswith("data:image/")
        assert len(page.findall(".//style")) == len(page.findall(".//script")) == 1
        assert page.find(".//script").text == PAGE_JS
    shown = " ".join("".join(map(text_of, pages.values())).split())
    assert all(" ".join(visible(trick).split()) in shown for trick in TRICKS[:-1])
    assert "a bell ␇, an escape ␛[31m, backwards ⟨U+202E⟩exe.cod⟨U+202C⟩" in shown
    assert not dead_links(folder)


def test_the_policy_allows_pictures_the_one_style_sheet_and_the_one_script(made: RunFolder) -> None:
    page = pages_of(made)["report.html"]
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "unsafe" not in policy
    for directive, element in (("style-src", "style"), ("script-src", "script")):
        text = page.find(f".//{element}").text
        known = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{known}'" in policy


def test_signs_that_nobody_could_see_are_shown() -> None:
    for turning in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        assert visible(turning) == f"⟨U+{ord(turning):04X}⟩"
    assert visible("a\0b\x7f\x85\ud83d\ufffe\u202e") == "a␀b␡⟨U+0085⟩⟨U+D83D⟩⟨U+FFFE⟩⟨U+202E⟩"
    assert visible("tab\tline\n é 😀 אב \u200f") == "tab\tline\n é 😀 אב \u200f"


@given(st.text(), st.integers(2, 40))
def test_a_text_that_is_cut_is_never_longer(text: str, longest: int) -> None:
    shown = cut(text, longest)
    assert len(shown) <= longest
    assert "\n" not in shown
    if len(text) <= longest and visible(text) == text:
        assert shown.split() == text.split()


# --- marks within a text ---

TEXTS = st.text(st.sampled_from("ab<&\"' \n\r\t\0\ud83dאé"), max_size=60)


@st.composite
def marked_texts(draw: Callable[..., Any]) -> tuple[str, Span, list[Mark]]:
    """A text with its body, and passages that touch, nest and overlap."""
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    body = Span(*sorted((draw(ends), draw(ends))))
    spans = draw(st.sets(st.tuples(ends, ends).map(sorted).map(tuple).filter(lambda it: it[0] < it[1]), max_size=8))
    return text, body, [Mark(start, end, counted=(number,)) for number, (start, end) in enumerate(sorted(spans), 1)]


def drawn(text: str, body: Span, marks: list[Mark]) -> Any:
    shown = paragraphs(text, body, marks, lambda it: f"m{it.start}-{it.end}", lambda number: f"#f{number}")
    return etree.fromstring("<div>" + "".join(f"<p>{it.html}</p>" for it in shown) + "</div>")


@given(marked_texts())
def test_a_marked_text_is_the_text_with_every_character_in_its_marks(
    case: tuple[str, Span, list[Mark]],
) -> None:
    text, body, marks = case
    root = drawn(text, body, marks)
    depth_at: list[tuple[str, int]] = []
    for piece in root.xpath("//text()[not(ancestor::sup)]"):
        parent = piece.getparent() if piece.is_text else piece.getparent().getparent()
        depth = len(parent.xpath("ancestor-or-self::mark"))
        depth_at += [(character, depth) for character in piece if not character.isspace()]
    expected_depths = [
        (character, sum(mark.start <= at < mark.end for mark in marks))
        for at, character in enumerate(text)
        if not character.isspace()
    ]
    assert depth_at == [(shown, depth) for character, depth in expected_depths for shown in visible(character)]
    assert sorted(root.xpath("//mark/@id")) == sorted(f"m{mark.start}-{mark.end}" for mark in marks)
    assert sorted(root.xpath("//sup/a/text()"), key=int) == [str(mark.counted[0]) for mark in marks]


def test_overlapping_passages_are_closed_and_opened_again() -> None:
    marks = [Mark(0, 8, counted=(1,)), Mark(4, 12, counted=(2,)), Mark(4, 6, base=(3,))]
    root = drawn("one two three", Span(0, 13), marks)
    assert etree.tostring(root, encoding="unicode", method="text").replace("\u2060", "") == "one tw3o 1thre2e"
    assert len(root.xpath("//mark[@id='m0-8']/mark[@id='m4-12']/mark[@id='m4-6' and @class='base']")) == 1
    assert [mark.text for mark in root.xpath("//mark[not(@id)]")] == ["thre"]
    assert root.xpath("//a[text()='3']/@aria-label") == ["Back to finding 3, in its base"]


def test_a_passage_over_several_paragraphs_goes_on_in_each() -> None:
    root = drawn("one\r\n\r\ntwo\n \nthree", Span(0, 18), [Mark(1, 16, counted=(1,))])
    assert [p.xpath("string()").replace("\u2060", "") for p in root] == ["one", "two", "thr1ee"]
    assert [p.xpath("string(.//mark)") for p in root] == ["ne", "two", "thr"]


def test_what_is_no_prose_is_told_apart() -> None:
    shown = list(paragraphs("head\n\nbody", Span(6, 10), [], str, str))
    assert [(str(it.html), it.prose) for it in shown] == [("head", False), ("body", True)]


def test_colours_can_be_read_in_light_and_dark() -> None:
    """WCAG 2.2: at least 4.5 to 1, for every colour of text on every background that it may have."""
    style = (ROOT / "src" / "research" / "outputs" / "pages" / "style.css").read_text(encoding="utf-8")
    blocks = re.findall(r"html \{([^}]*)\}", style)
    palettes = [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in blocks if "--paper:" in block]
    assert len(palettes) == 3
    grounds = {
        "ink": ["paper", "faint", "mark", "inner", "target"],
        "soft": ["paper", "faint"],
        "link": ["paper", "faint", "mark", "inner", "target"],
    }
    for palette in palettes:
        for text, its in grounds.items():
            for ground in its:
                assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground, palette)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
