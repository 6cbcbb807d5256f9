"""Web pages and XML: the article and what it states of itself; nothing is fetched, nothing explodes."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from research.loading import Corpus, load

ARTICLE = """
<p>The council approved the <b>harbour</b> budget on Thursday, after a debate of nine hours in the old town hall.</p>
<p>Critics called the harbour too dear. “It will cost us &pound;5m &amp; more,” said a member of the opposition.</p>
<h2>What comes next</h2>
<ul><li>Work on the pier begins in May, if the weather permits.</li><li>The ferry stops for a month.</li></ul>
<p>The mayor, who had opposed the plan,<br>was not available for comment.</p>
"""
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Harbour budget passed | Harbour News</title>
<meta property="og:title" content="Harbour budget passed"><meta property="og:site_name" content="Harbour News">
<meta property="article:published_time" content="2021-03-04T10:00:00+02:00">
<meta name="author" content="A. Reporter">
<script>var tracker = "on";</script></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav>
<article><h1>Harbour budget passed</h1>{ARTICLE}</article>
<aside><a href="/x">Ten things to see in spring</a></aside>
<footer>All rights reserved by nobody</footer></body></html>"""
BLOCKS = [
    "The council approved the harbour budget on Thursday, after a debate of nine hours in the old town hall.",
    "Critics called the harbour too dear. “It will cost us £5m & more,” said a member of the opposition.",
    "What comes next",
    "Work on the pier begins in May, if the weather permits.",
    "The ferry stops for a month.",
    "The mayor, who had opposed the plan,\nwas not available for comment.",
]


def written(folder: Path, name: str, data: str | bytes, settings: str = "") -> Path:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    (folder / "note.txt").write_text("A note.")
    (folder / "corpus.toml").write_text(settings)
    return folder


def loaded(folder: Path, name: str, data: str | bytes, settings: str = "") -> Corpus:
    return load(written(folder, name, data, settings))


# --- prose ---


# --- web pages ---


def test_a_page_gives_its_article_and_what_it_states_of_itself(tmp_path: Path) -> None:
    document = loaded(tmp_path, "page.html", PAGE)["page"]
    assert [block for block in document.text.split("\n\n") if block != "Harbour budget passed"] == BLOCKS
    assert (document.title, document.source, document.language) == ("Harbour budget passed", "Harbour News", "en-GB")
    assert (document.date, document.date_origin, document.date_span) == ("2021-03-04", "metadata", None)
    assert document.metadata["author"] == "A. Reporter"
    assert document.origin.reader == "trafilatura"
    assert document.origin.version


def test_a_page_with_nothing_around_its_text_keeps_all_of_it(tmp_path: Path) -> None:
    twice = "<p>The motion was carried by a large majority of those present.</p>" * 2
    document = loaded(tmp_path, "page.htm", f"<html><body><p>15 June</p>{twice}<p>Ends</p></body></html>")["page"]
    sentence = "The motion was carried by a large majority of those present."
    assert document.text == f"15 June\n\n{sentence}\n\n{sentence}\n\nEnds"
    assert document.date is None


def test_lines_that_are_set_as_such_stay_lines_in_an_article(tmp_path: Path) -> None:
    lines = ["FOR IMMEDIATE RELEASE", "", "The council said on Thursday that the harbour", "would reopen."]
    page = PAGE.replace(ARTICLE, "<pre>" + "\n".join(lines) + "\n</pre>")
    assert loaded(tmp_path, "page.html", page)["page"].text.endswith("\n".join(lines))


RECORD = """
[Council Record Volume 3]
From the Council Record Online [{}]

                       HARBOUR ACT

  Mr. GARTON. This is to express my concern.
  The mayor {} to stand firm.

  Mr. BAND. I thank the Chair.
"""
LINES = (
    "[Council Record Volume 3]\nFrom the Council Record Online [{}]\n\nHARBOUR ACT\n\n"
    "Mr. GARTON. This is to express my concern.\nThe mayor {} to stand firm.\n\nMr. BAND. I thank the Chair."
)


@pytest.mark.parametrize(
    ("links", "words"),
    [
        (("example.org", "vowed"), ("example.org", "vowed")),
        (('<a href="http://example.org">example.org</a>', "vowed"), ("example.org", "vowed")),
        (("<b><i>example</i>.org</b>", "<em>vowed\nand</em> promised"), ("example.org", "vowed\nand promised")),
        (("<!-- no -->example.org", "vowed<br>and promised"), ("example.org", "vowed\nand promised")),
        (("<a>one</a>\n<a>two</a>", "<span>vowed</span>"), ("one\ntwo", "vowed")),
        (("example.org", "<code>vowed\n\n\nand</code>"), ("example.org", "vowed\n\nand")),
    ],
)
@pytest.mark.parametrize("has_menu", [False, True])
def test_preformatted_lines_stay_lines_whatever_is_in_them(
    tmp_path: Path, links: tuple[str, str], words: tuple[str, str], *, has_menu: bool
) -> None:
    menu = "<nav><a href='/'>Home</a></nav>" if has_menu else ""
    page = f"<html><head><title>Record</title></head><body>{menu}<pre>{RECORD.format(*links)}</pre></body></html>"
    text = loaded(tmp_path, "page.html", page)["page"].text
    if has_menu:  # trafilatura may take the lines of the head for something else
        assert LINES.format(*words).partition("HARBOUR ACT")[2] in text
    else:
        assert text == LINES.format(*words)


def test_lines_outside_of_what_is_preformatted_are_joined(tmp_path: Path) -> None:
    page = "<html><body><pre>One\n<b>two</b></pre>\nthree\nfour<p>five\nsix</p></body></html>"
    assert loaded(tmp_path, "page.html", page)["page"].text == "One\ntwo\n\nthree four\n\nfive six"


@pytest.mark.parametrize(
    ("cells", "title", "source"),
    [
        ("<td><b>{}</b>&nbsp;</td><td>{}</td>", "Vote nears", "Ossel Wire"),
        ("<td class='index'> {}\xa0 </td><td><p>{}</p></td>", "Vote nears", "Ossel Wire"),
        ("<th><b>{}</b></th><td><b class='enHeadline'>{}</b></td>", "Vote nears", "Ossel Wire"),
        ("<td>{}\n</td><td><span>{}</span>&nbsp;</td>", "Vote nears\xa0", "Ossel Wire\xa0"),
        ("<td><p><b>{}</b>&#160;</p></td><td>{}</td>", "Vote nears", "Ossel Wire"),
    ],
)
def test_the_codes_of_a_factiva_page_are_no_text(tmp_path: Path, cells: str, title: str, source: str) -> None:
    fields = {
        "HD": "Vote nears",
        "WC": "325 words",
        "PD": "6 June 2031",
        "SN": "Ossel Wire",
        "LP": "One.",
        "TD": "Two.",
    }
    rows = "".join(f"<tr>{cells.format(*it)}</tr>" for it in fields.items())
    page = f"<html><body><div class='article enArticle'><table>{rows}</table></div></body></html>"
    document = loaded(tmp_path, "page.html", page)["page#1"]
    assert (document.title, document.source, document.date) == (title.strip(), source.strip(), "2031-06-06")
    assert document.text[slice(*document.body)].replace("\xa0", "") == "One.\n\nTwo."


@pytest.mark.parametrize("tag", ["b", "span", "h1", "p", "div"])
def test_a_headline_of_factiva_may_be_in_any_element(tmp_path: Path, tag: str) -> None:
    headline = f"<{tag} class='enHeadline'>Vote nears</{tag}>"
    page = (
        f"<html><body><div class='article enArticle'><div>{headline}</div><div>325 words</div><div>6 June 2031</div>"
        "<div>Ossel Wire</div><p class='articleParagraph'>One.</p></div></body></html>"
    )
    document = loaded(tmp_path, "page.html", page)["page#1"]
    assert (document.title, document.source, document.date) == ("Vote nears", "Ossel Wire", "2031-06-06")


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta name="date" content="4 March 2021">', "2021-03-04"),
        ('<meta itemprop="datePublished" content="2021-03">', "2021-03"),
        ('<time itemprop="datePublished" datetime="2021-03-04">today</time>', "2021-03-04"),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2021-03-04T10:00Z"}]}</script>',
            "2021-03-04",
        ),
        ('<script type="application/ld+json">{"datePublished": </script>', None),
        ('<meta property="article:modified_time" content="2021-03-04">', None),
        ('<time datetime="2021-03-04">some day</time>', None),
        ('<meta name="date" content="last week">', None),
    ],
)
def test_the_date_of_a_page_is_the_one_that_it_states(tmp_path: Path, head: str, date: str | None) -> None:
    assert loaded(tmp_path, "page.html", f"<html><head>{head}</head><body><p>Text.</p></body>")["page"].date == date


@pytest.mark.parametrize("charset", ["iso-8859-2", "windows-1252", "utf-16"])
def test_a_page_is_decoded_as_it_declares(tmp_path: Path, charset: str) -> None:
    text = "Dráha é ö" if charset != "iso-8859-2" else "Přístav se otevřel"
    data = f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'.encode(charset)
    document = loaded(tmp_path, "page.html", data)["page"]
    assert document.text == text
    assert data.decode(document.origin.encoding)


@pytest.mark.parametrize(
    "data",
    ["", " ", "<html></html>", "<!-- -->", "<html><body><script>x()</script></body></html>", "<p></p>"],
)
def test_a_page_without_text_is_listed(tmp_path: Path, data: str) -> None:
    [(_, reason, _)] = loaded(tmp_path, "page.html", data).rejected
    assert reason in ("the page holds no text", "the file is empty")


def test_a_page_of_very_many_elements_one_in_another_is_read_or_listed(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, "page.html", "<div>" * 50_000 + "Text." + "</div>" * 50_000)
    assert "page" in corpus or corpus.rejected


# --- XML ---

MAPPING = """
date_format = "dd/mm/yyyy"
[xml]
document = "item"
text = "story/par"
date = "@day"
title = "head"
source = "by/who"
"""
ITEM = '<item day="03/04/2021" n="7"><head>Harbour</head><by><who>The Tide</who></by><place>Port</place>{}</item>'
STORY = "<story><par>One <i>two</i>.</par><par>Three &amp; four.</par></story>"


def test_elements_become_documents_as_the_mapping_says(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, "news.xml", f"<items>{ITEM.format(STORY)}<other/>{ITEM.format(STORY)}</items>", MAPPING)
    assert corpus.ids == ["news#1", "news#2", "note"]
    document = corpus["news#1"]
    assert document.text == "One two.\n\nThree & four."
    assert (document.title, document.source, document.date) == ("Harbour", "The Tide", "2021-04-03")
    assert document.date_origin == "element @day"
    assert document.metadata == {"n": "7", "place": "Port", "date as written": "03/04/2021"}


def test_a_file_of_one_document_gives_it_the_name_of_the_file(tmp_path: Path) -> None:
    assert "news" in loaded(tmp_path, "news.xml", f"<items>{ITEM.format(STORY)}</items>", MAPPING)


MEASURE = """
import re, sys
from pathlib import Path
from research.loading import load
load(sys.argv[1])
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux says how much memory was used")
@pytest.mark.parametrize("name", ["item", "other"], ids=["documents", "anything else"])
def test_a_large_file_is_never_held_as_a_whole(tmp_path: Path, name: str) -> None:
    """Its elements would take twenty times the room of the file."""
    small = f"<{name}>{'<par>x</par>' * 20}</{name}>"
    item = f"<item>{STORY}</item>"
    written(tmp_path, "news.xml", f"<items>{item}{small * 5_000}</items>", MAPPING.replace("story/par", "story"))
    done = subprocess.run([sys.executable, "-c", MEASURE, tmp_path], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 50_000, "Python and what reads XML take 31,000"


def test_names_of_other_namespaces_and_capitals_are_found(tmp_path: Path) -> None:
    data = '<x:Items xmlns:x="urn:x"><x:Item><x:Story><x:Par>Text.</x:Par></x:Story></x:Item></x:Items>'
    assert loaded(tmp_path, "news.xml", data, MAPPING)["news"].text == "Text."


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<![CDATA[<p>One</p>\n<p>two &amp; <b>three</b><br>four</p>]]>", "One\n\ntwo & three\nfour"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;", "One\n\ntwo"),
        ("One\n two &lt; three", "One\n two < three"),
        ("<![CDATA[A & B < C]]>", "A & B < C"),
    ],
)
def test_html_within_an_element_is_read_as_such_and_text_as_it_is(tmp_path: Path, content: str, text: str) -> None:
    corpus = loaded(tmp_path, "a.xml", f"<doc><text>{content}</text></doc>", '[xml]\ntext = "text"')
    assert corpus["a"].text == text


def test_by_custom_names_only_the_document_need_be_named(tmp_path: Path) -> None:
    said = "<title>Harbour</title><pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate>"
    data = f"<rss><item>{said}<body>Text.</body></item></rss>"
    document = loaded(tmp_path, "a.xml", data, '[xml]\ndocument = "item"')["a"]
    assert (document.text, document.title, document.date) == ("Text.", "Harbour", "2021-03-04")


FACTIVA = """<html><head><title>Factiva</title></head><body><div id="head">Result</div>
<div class="article enArticle"><div id="hd"><span class="enHeadline">Vote nears</span></div><div>210 words</div>
<div>16 May 2031</div><div>13:44</div><div>Ossel Wire</div><div>English</div>
<p class="articleParagraph enarticleParagraph">One said &amp; so.</p><p class="articleParagraph">Two.</p>
<p>Document OW0001</p></div>
<div class="article deArticle"><table><tr><td><b>HD</b></td><td>Second</td></tr><tr><td>PD</td><td>17 May 2031</td></tr>
<tr><td>SN</td><td>The Post</td></tr><tr><td>LP</td><td><p>Three.</p></td></tr><tr><td>TD</td><td><p>Four.</p></td></tr>
<tr><td>AN</td><td>Document P2</td></tr></table></div>
<div class="article enArticle"><div>A note without a paragraph</div></div></body></html>"""


def test_a_page_saved_by_factiva_has_many_documents(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, "page.html", FACTIVA)
    _, *articles = corpus
    assert [it.id for it in articles] == ["page#1", "page#2", "page#3"]
    assert [(it.title, it.date, it.source) for it in articles] == [
        ("Vote nears", "2031-05-16", "Ossel Wire"),
        ("Second", "2031-05-17", "The Post"),
        (None, None, None),
    ]
    assert [it.text[slice(*it.body)] for it in articles] == [
        "One said & so.\n\nTwo.",
        "Three.\n\nFour.",
        "A note without a paragraph",
    ]
    assert articles[0].text == (
        "Vote nears\n\n210 words\n\n16 May 2031\n\n13:44\n\nOssel Wire\n\nEnglish\n\nOne said & so.\n\nTwo.\n\n"
        "Document OW0001"
    )
    assert articles[1].text.endswith("\n\nDocument P2")
    assert {it.origin.reader for it in articles} == {"Factiva page (trafilatura)"}


@pytest.mark.parametrize(
    ("before", "inserted", "body"),
    [
        ("Two.</p>", "Two.</p>", "One said & so.\n\nTwo."),
        ("<div>13:44</div>", "<br><div> </div><div>13:44</div>", "One said & so.\n\nTwo."),
        ("<div>210 words</div>", "<script>var words;</script><div>210 words</div>", "One said & so.\n\nTwo."),
        (".</p><p", ".</p><div>A heading</div>bare words<p", "One said & so.\n\nA heading\n\nbare words\n\nTwo."),
        (".</p><p", ".</p><table><tr><td>3</td><td>4</td></tr></table><p", "One said & so.\n\n3\t4\n\nTwo."),
    ],
)
def test_in_an_article_of_factiva_all_stands_where_it_stood(
    tmp_path: Path, before: str, inserted: str, body: str
) -> None:
    assert FACTIVA.count(before) == 1
    article = loaded(tmp_path, "page.html", FACTIVA.replace(before, inserted))["page#1"]
    assert (article.title, article.date, article.source) == ("Vote nears", "2031-05-16", "Ossel Wire")
    assert article.text[: article.body.start].split("\n\n")[:2] == ["Vote nears", "210 words"]
    assert article.text[slice(*article.body)] == body
    assert article.text[article.body.end :] == "\n\nDocument OW0001"


def test_lines_that_are_set_keep_the_signs_within_them(tmp_path: Path) -> None:
    article = f"<article>{ARTICLE}<pre>One\u2028two\nthree</pre></article>"
    page = f"<html><body><nav><a href='/'>Home</a></nav>{article}</body></html>"
    assert "One\u2028two\nthree" in loaded(tmp_path, "page.html", page)["page"].text


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("data", "settings", "reason"),
    [
        ("<a><text>Text.</text></a>", "", "there is none; the file begins with the elements a, text"),
        ("", MAPPING, "the file is empty"),
        ("<items><item></items>", MAPPING, "malformed: it cannot be read as XML"),
        ("no markup", MAPPING, "malformed: it cannot be read as XML"),
        ("<items><thing/></items>", MAPPING, "the file has no element 'item', which corpus.toml names"),
        ("<a><b>x</b><c>y</c></a>", '[xml]\ntitle = "b"', "no element is named like a text; the elements are b, c"),
        ("<items><item><head>x</head></item></items>", MAPPING, "the file holds no text"),
        ("<a><text>&undefined;</text></a>", '[xml]\ntext = "text"', "malformed"),
        (
            f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a><text>&l9;</text></a>',
            '[xml]\ntext = "text"',
            "amplification",
        ),
        (
            '<!DOCTYPE a [<!ENTITY x "ha">]><a><text>&x;</text></a>',
            '[xml]\ntext = "text"',
            "the XML uses entities of its own",
        ),
        (
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><text>&x;</text></a>',
            '[xml]\ntext = "text"',
            "the XML uses entities of its own",
        ),
        ("<a>" * 5000, '[xml]\ntext = "text"', "malformed"),
    ],
)
def test_xml_that_gives_no_document_says_why(tmp_path: Path, data: str, settings: str, reason: str) -> None:
    corpus = loaded(tmp_path, "a.xml", data, settings)
    assert corpus.ids == ["note"]
    [(_, found, remedy)] = corpus.rejected
    assert reason in found
    assert remedy.endswith(".")


def test_a_document_type_from_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "x.dtd").write_text('<!ENTITY x "fetched">')
    for place in ("x.dtd", f"file://{tmp_path}/x.dtd", "http://localhost:9/x.dtd"):
        data = f'<!DOCTYPE a SYSTEM "{place}"><a><text>Text.</text></a>'
        assert loaded(tmp_path, "a.xml", data, '[xml]\ntext = "text"')["a"].text == "Text."


@pytest.mark.parametrize("around", ["", "<nav><a href='/'>Home</a></nav>"])
def test_a_page_of_many_elements_within_each_other_is_read_to_its_end_or_not_at_all(
    tmp_path: Path, around: str
) -> None:
    for name, depth in (("deep", 1500), ("deepest", 3000)):
        words = "".join(f"<div>Word{number} " for number in range(depth))
        page = f"<html><body>{around}{words}<p>The end.</p>{'</div>' * depth}<p>After it.</p></body></html>"
        (tmp_path / f"{name}.html").write_text(page)
    corpus = load(tmp_path)
    text = corpus["deep"].text
    assert [word for number in range(1500) if (word := f"Word{number}") not in text.split()] == []
    assert text.endswith("The end.\n\nAfter it.")
    [rejected] = corpus.rejected
    assert rejected.file == "deepest.html"
    assert rejected.reason.startswith("the page nests its elements too deep")


def test_a_page_of_one_very_long_paragraph_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><body><p>{'word ' * 2_100_000}</p><p>The end.</p></body></html>")
    assert load(tmp_path)["a"].text.endswith("word\n\nThe end.")


@pytest.mark.parametrize("suffix", [".html", ".csv"])
@pytest.mark.parametrize("attribute", ["a{}", "a{}=1", "a{}='>'", 'a{}=">"', "a{} = x>"[:-1]])
def test_a_page_whose_element_has_very_many_attributes_is_listed_at_once(
    tmp_path: Path, suffix: str, attribute: str
) -> None:
    crowded = " ".join(attribute.format(n) for n in range(60_000))  # time grows with the square otherwise
    page = f"<p>One.</p><div {crowded}>Two.</div>"
    data = page if suffix == ".html" else 'text\n"{}"\nThree.\n'.format(page.replace('"', '""'))
    (tmp_path / f"page{suffix}").write_text(data)
    (tmp_path / "note.txt").write_text("A note.")
    corpus = load(tmp_path)
    [rejected] = corpus.rejected
    assert rejected.reason == "an element of the page has more than 5,000 attributes"
    assert "note" in corpus


@pytest.mark.parametrize(
    "around",
    [
        '<img src="data:image/png;base64,{}">',
        "<img src=data:image/png;base64,{}>",
        "<script>'{}' > 1</script>",
    ],
)
def test_a_page_with_a_long_value_or_script_in_it_is_read(tmp_path: Path, around: str) -> None:
    (tmp_path / "page.html").write_text(f"<body>{around.format('ab/c' * 20_000)}<p>The harbour reopened.</p></body>")
    assert "The harbour reopened." in load(tmp_path)["page"].text


@pytest.mark.parametrize(
    "around", ["<script>for(i=0;i<n;i++){{{}}}</script>", "<!-- i<n {} -->", "<style>a<b {}</style>"]
)
def test_less_than_in_a_long_script_begins_no_element(tmp_path: Path, around: str) -> None:
    words = "var a; " * 20_000
    (tmp_path / "page.html").write_text(f"<body>{around.format(words)}<p>The harbour reopened.</p></body>")
    assert "The harbour reopened." in load(tmp_path)["page"].text
    (tmp_path / "page.html").write_text(f"<body>{around.format('ab')}<p>One.<i {words}>Two.</i></p></body>")
    (tmp_path / "note.txt").write_text("A note.")
    assert "attributes" in load(tmp_path).rejected[0].reason


@pytest.mark.parametrize("blocks", [3_500, 12_000])
def test_a_page_of_very_many_blocks_costs_no_more_than_its_bytes(tmp_path: Path, blocks: int) -> None:
    page = f"<nav>Menu</nav>{'<pre>The harbour<br>reopened.</pre>' * blocks}<p>The end.</p>"
    (tmp_path / "page.html").write_text(page)
    begins = time.process_time()
    text = load(tmp_path)["page"].text
    assert text.count("reopened.") == blocks
    assert text.endswith("The end.")
    assert time.process_time() - begins < 30  # time grew with the square
