"""The date of a page is that of its article: where it says so to machines or to readers, and of nothing else on it."""

import json
from pathlib import Path
from typing import Any

import pytest

from research.loading import load

TEXT = "<p>Mayor Olga Brandt said on Monday that the harbour vote would wait until spring, when the council meets.</p>"


def date_of(folder: Path, shown: str = "", head: str = "", around: str = "") -> str | None:
    (folder / "a.html").write_text(
        f"<!doctype html><html><head><title>Vote</title>{head}</head><body><nav><a href='/'>Home</a></nav>{around}"
        f"<article><h1>Vote</h1>{shown}{TEXT}</article><footer>Imprint</footer></body></html>"
    )
    [document] = load(folder)
    return document.date


@pytest.mark.parametrize(
    "shown",
    [
        '<time class="entry-date published" datetime="2031-05-12T11:43:53+02:00">12 May 2031</time>',
        '<time class="entry-date published updated" datetime="2031-05-12">12 May 2031</time>',
        '<time class="updated" datetime="2031-06-01"></time><time class="published" datetime="2031-05-12"></time>',
        '<time pubdate datetime="2031-05-12">Monday</time>',
        '<time pubdate="pubdate" datetime="2031-05-12T09:00Z">Monday</time>',
        '<span itemprop="datePublished" content="2031-05-12">Monday</span>',
        '<p itemprop="datePublished">12 May 2031</p>',
        '<div itemprop="headline datePublished"><b>12 May</b> 2031</div>',
        '<abbr class="published" title="2031-05-12T09:00:00Z">Monday</abbr>',
        '<span property="dcterms:created" content="2031-05-12T09:00:00+02:00">Monday</span>',
        '<span property="dc:date dc:created" content="2031-05-12">Monday</span>',
        '<time itemprop="datePublished" datetime="20310512T132005+0200">Monday</time>',
        '<time class="dt-published" datetime="20310512">Monday</time>',
    ],
)
def test_a_date_that_a_page_shows_as_its_own_is_read(tmp_path: Path, shown: str) -> None:
    assert date_of(tmp_path, shown) == "2031-05-12"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="dcterms.created" content="2031-05-12">',
        '<meta property="dcterms:created" content="20310512T132005+0200">',
        '<meta name="DCTERMS.issued" content="20310512T13:20:05Z">',
        '<meta property="article:published_time" content="2031-05-12T13:20:05+02:00">',
    ],
)
def test_a_date_that_a_page_states_of_itself_is_read(tmp_path: Path, head: str) -> None:
    other = '<time class="published" datetime="2019-01-01"></time>'
    assert date_of(tmp_path, other, head) == "2031-05-12"


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2031-05-12">the day of the vote</time>',
        '<time class="updated" datetime="2031-05-12">changed</time>',
        '<p class="published">12 May 2031</p>',
        '<span itemprop="dateModified" content="2031-05-12"></span>',
        '<span itemprop="startDate" content="2031-05-12"></span>',
        '<span itemprop="datePublished">soon</span>',
        f'<span itemprop="datePublished">{"12 May 2031, " * 20}</span>',
        '<aside><time class="published" datetime="2031-05-12"></time></aside>',
        '<div itemscope itemtype="http://schema.org/Comment"><time itemprop="datePublished">12 May 2031</time></div>',
    ],
)
def test_another_date_on_a_page_is_not_its_own(tmp_path: Path, shown: str) -> None:
    assert date_of(tmp_path, shown) is None


ARTICLE = {"@type": "NewsArticle", "headline": "Harbour vote nears", "datePublished": "2031-05-12"}
OTHER = {"@type": "NewsArticle", "headline": "Bridge repair", "datePublished": "2019-01-01"}


@pytest.mark.parametrize(
    "data",
    [
        {"@graph": [{"@type": "WebPage", "datePublished": "2019-01-01"}, ARTICLE]},
        [{"@type": "WebSite", "datePublished": "2019-01-01"}, ARTICLE],
        {"@graph": [{"@type": "ItemList", "itemListElement": [OTHER]}, ARTICLE]},
        {**ARTICLE, "isPartOf": {"@type": "WebPage", "datePublished": "2019-01-01"}},
        {"@type": "WebPage", "datePublished": "2019-01-01", "mainEntity": ARTICLE},
        {**ARTICLE, "@type": ["Article", "ReportageNewsArticle"], "comment": [OTHER]},
        {**ARTICLE, "@type": "LiveBlogPosting", "liveBlogUpdate": [{**OTHER, "@type": "BlogPosting"}]},
        {"@type": "WebPage", "datePublished": "2031-05-12"},
        {"headline": "Harbour vote nears", "datePublished": "2031-05-12"},
    ],
)  # fmt: skip
def test_of_the_things_that_a_page_describes_the_article_counts(tmp_path: Path, data: Any) -> None:
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert date_of(tmp_path, head=head) == "2031-05-12"
