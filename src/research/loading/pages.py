"""What a web page states of itself: when it was published, its title, its outlet, its language and author."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Mapping
from typing import Any

from research.loading.dates import is_date

_DATES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate"),
    *("publish-date", "publish_date", "publication_date", "parsely-pub-date", "sailthru.date", "pubdate", "dc.date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.date", "dcterms.created", "citation_publication_date", "date"),
)
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline", "title")
_SOURCES = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name")
_OTHERS = {"author": ("author", "article:author", "dc.creator", "parsely-author"), "url": ("og:url",)}


def metadata_of(tree: Any) -> dict[str, str]:
    """What a page states of itself: date, title, source, language, author and address, as far as it does."""
    named: dict[str, str] = {}
    for element in tree.xpath(f"//meta[@content and not({_OF_A_COMMENT})]"):
        content = element.get("content").strip()
        for name in (element.get("property"), element.get("name"), element.get("itemprop")):
            for word in (name or "").lower().split() if content else ():
                named.setdefault(_PREFIX.sub(r"\1.", word), content)
    linked = linked_data(tree)
    titles = [element.text_content() for element in tree.iter("title")] + [linked.get("headline", "")]
    wanted = {"date": _DATES, "title": _TITLES, "source": _SOURCES, **_OTHERS}
    found = {part: next((named[name] for name in names if name in named), "") for part, names in wanted.items()}
    found["date"] = found["date"] or linked.get("datePublished", "") or _date_shown(tree)
    found["title"] = found["title"] or next((title for title in titles if title.strip()), "")
    found["language"] = tree.get("lang") or ""
    return {part: value for part, value in found.items() if value.strip()}


_PREFIX = re.compile(r"^(dc|dcterms):")
"""Dublin Core writes ``dcterms.created`` in ``<meta>`` and ``dcterms:created`` anywhere."""
_SHOWN_PROPERTIES = frozenset(
    (
        *("datepublished", "article:published_time", "dc:date", "dc:created", "dc:issued"),
        *("dcterms:date", "dcterms:created", "dcterms:issued"),
    )
)
_SHOWN_CLASSES = frozenset(
    (
        *("published", "dt-published", "entry-date", "post-date", "publish-date", "published-date", "pubdate"),
        *("date-published", "updated"),
    )
)
_SHOWN_IN = ("abbr", "span", "time")
_OF_A_COMMENT = "ancestor::*[contains(@itemtype, 'Comment')]"
_AROUND = f"ancestor::nav or ancestor::aside or ancestor::footer or {_OF_A_COMMENT}"


def _date_shown(tree: Any) -> str:
    """The date of publication that a page shows to its readers and names as such; empty if it names none."""
    for element in tree.xpath(f"//*[(@itemprop or @property or @pubdate or @class) and not({_AROUND})]"):
        if _names_its_date(element):
            values = (element.get("content"), element.get("datetime"), element.get("title"), _words(element))
            if date := next((it.strip() for it in values if it and is_date(it.strip())), ""):
                return date
    return ""


def _names_its_date(element: Any) -> bool:
    """Whether an element says that it is the date of publication: by a property, as HTML 5 once did, or by a class."""
    said = f"{element.get('itemprop', '')} {element.get('property', '')}".lower().split()
    if element.get("pubdate") is not None or not _SHOWN_PROPERTIES.isdisjoint(said):
        return True
    classes = _SHOWN_CLASSES.intersection(element.get("class", "").lower().split())
    is_of_a_change = "updated" in classes and "published" not in classes
    return element.tag in _SHOWN_IN and bool(classes) and not is_of_a_change


_LONGEST_DATE = 100


def _words(element: Any) -> str:
    """The text of an element that may be a date; empty for a longer one."""
    words = ""
    for piece in element.itertext():
        words += piece
        if len(words) > _LONGEST_DATE:
            return ""
    return words


_ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*Posting|Report|Review|SpecialAnnouncement|SpeechAct)", re.IGNORECASE)
_OF_OTHERS = frozenset(
    (
        *("citation", "comment", "hasPart", "isBasedOn", "isPartOf", "itemListElement", "liveBlogUpdate", "mentions"),
        *("relatedLink", "review", "subjectOf"),
    )
)
"""The properties of schema.org whose values are other works, and not that of the page."""


def linked_data(tree: Any) -> dict[str, str]:
    """The headline and the date in a page's schema.org data (JSON-LD): the article's, and else the first."""
    articles_first: list[list[dict[str, Any]]] = [[], []]
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().partition(";")[0].strip() != "application/ld+json":
            continue
        try:
            waiting = deque([json.loads(script.text or "")])
        except (ValueError, RecursionError):  # the page's mistake; its text is not affected
            continue
        while waiting:
            item = waiting.popleft()
            if isinstance(item, list):
                waiting += [value for value in item if isinstance(value, dict | list)]
            elif isinstance(item, dict):
                articles_first[not _is_an_article(item)].append(item)
                waiting += [it for name, it in item.items() if name not in _OF_OTHERS and isinstance(it, dict | list)]
    items = [item for kind in articles_first for item in kind]
    named = ("headline", "datePublished")
    return {name: said[0] for name in named if (said := [it[name] for it in items if isinstance(it.get(name), str)])}


def _is_an_article(item: Mapping[str, Any]) -> bool:
    said = item.get("@type")
    types = said if isinstance(said, list) else [said]
    return any(isinstance(it, str) and _ARTICLE_TYPES.fullmatch(it) for it in types)
