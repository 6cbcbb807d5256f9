"""Prose out of markup: no letter is lost, white space is as in a browser, and escapes are decoded to the last."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from research.loading import load
from research.loading.prose import prose, prose_of, unescaped


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One\n  two</p><p>three</p>", "One two\n\nthree"),
        ("<p>One<br>two<br/><br>three</p>", "One\ntwo\n\nthree"),
        ("<div>One<p>two</p>three</div>", "One\n\ntwo\n\nthree"),
        ("<p>Ha<b>rbo</b>ur <i>news</i> .</p>", "Harbour news ."),
        ("<p>One</p> tail <p>two</p>", "One\n\ntail\n\ntwo"),
        ("<ul><li>One<ul><li>two</li></ul></li><li>three</li></ul>", "One\n\ntwo\n\nthree"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th><td>d</td></tr></table>", "a\tb\n\nc\td"),
        ("<p>One<script>x()</script> two<style>p {}</style></p>", "One two"),
        ("<p>One<!-- no --> two<?php no ?> three</p>", "One two three"),
        ("<pre>One\n  two\n</pre>", "One\ntwo"),
        ("<p>a\u00a0b &lt;c&gt; &amp;amp; &eacute;</p>", "a\u00a0b <c> &amp; é"),
        ("<p> </p><div><br></div>", ""),
    ],
)
def test_prose_has_blocks_lines_and_no_markup(markup: str, text: str) -> None:
    assert prose(html.fromstring(f"<body>{markup}</body>")) == text


@given(
    st.recursive(
        st.text("ab <&\n", max_size=6).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
        lambda inner: st.tuples(st.sampled_from(["p", "div", "b", "li", "td", "pre", "h1"]), st.lists(inner)).map(
            lambda it: f"<{it[0]}>{''.join(it[1])}</{it[0]}>"
        ),
    )
)
def test_no_letter_is_lost_or_moved(markup: str) -> None:
    tree = html.fromstring(f"<body>{markup}</body>")
    assert re.sub(r"\s", "", prose(tree)) == re.sub(r"\s", "", tree.text_content())


# --- escapes ---


@pytest.mark.parametrize(
    ("text", "decoded", "escapes"),
    [
        ("Ports &#150; and ships", "Ports – and ships", 1),
        ("&#145;Yes&#146;, &#x93;no&#x94;", "‘Yes’, “no”", 4),
        ("Ports \x96 and ships", "Ports – and ships", 1),
        ("we&amp;amp;#8217;ve built", "we’ve built", 1),
        ("a &amp;lt; b &amp;amp; c", "a < b & c", 2),
        ("I';ve, don';t, O';Gorman, the 1990';s", "I've, don't, O'Gorman, the 1990's", 4),
        ("he said 'no'; she left", "he said 'no'; she left", 0),
        ("R&D; AT&T, Q&A &nosuch; &copy 2031 ?a=1&lt=2", "R&D; AT&T, Q&A &nosuch; &copy 2031 ?a=1&lt=2", 0),
        ("&amp;" * 3, "&&&", 3),
    ],
)
def test_escapes_are_decoded_until_nothing_changes(text: str, decoded: str, escapes: int) -> None:
    assert unescaped(text) == (decoded, escapes)


def test_the_layers_are_bounded() -> None:
    assert unescaped("&" + "amp;" * 1000).text == "&" + "amp;" * 995


@given(st.text("ab&#x;150", max_size=40), st.integers(0, 5))
def test_no_layer_of_escapes_is_left(text: str, layers: int) -> None:
    plain = text.replace("&", "+").replace("'", "")
    escaped = f"{plain} – {plain}".replace("–", f"&{'amp;' * layers}#150;" if layers < 5 else "–")
    assert unescaped(escaped) == (f"{plain} – {plain}", int(layers < 5))


@pytest.mark.parametrize(
    ("cell", "text", "escapes"),
    [
        ("<p>One &amp;amp; two &amp;#150; three</p>", "One & two – three", 2),
        ("&lt;p&gt;One &amp;amp; two&lt;/p&gt;", "One & two", 5),
        ("a &amp; b", "a &amp; b", 0),
        ("<p>The sign &lt;b&gt; is bold</p>", "The sign <b> is bold", 0),
    ],
)
def test_a_cell_with_html_is_decoded_and_one_without_stays(cell: str, text: str, escapes: int) -> None:
    assert prose_of(cell) == (text, escapes)


@pytest.mark.parametrize(
    "written",
    [
        "We&amp;#8217;ve built &amp;#150; well",
        "<![CDATA[<p>We&amp;#8217;ve built &amp;#150; well</p>]]>",
        "&amp;lt;p&amp;gt;We&amp;#8217;ve built &#150; well&amp;lt;/p&amp;gt;",
        "<p>We&amp;#8217;ve</p> <p>built &#150; well</p>",
    ],
)
def test_xml_whose_text_was_escaped_twice_is_decoded_and_says_so(tmp_path: Path, written: str) -> None:
    (tmp_path / "corpus.toml").write_text('[xml]\ntext = "text"\ntitle = "@title"')
    (tmp_path / "a.xml").write_text(f'<item title="Ports &amp;#150; ships"><text>{written}</text></item>')
    [document] = load(tmp_path)
    assert document.text.replace("\n\n", " ") == "We’ve built – well"
    assert document.title == "Ports – ships"
    assert re.fullmatch(r"XML \([0-9]+ escapes decoded\)", document.origin.reader)


def test_a_page_that_was_escaped_twice_is_decoded_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><title>A &amp;#150; b</title><body><p>We';ve built &amp;#150; well</p></body></html>"
    )
    [document] = load(tmp_path)
    assert (document.text, document.title) == ("We've built – well", "A – b")
    assert document.origin.reader == "trafilatura (2 escapes decoded)"
