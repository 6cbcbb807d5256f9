"""Markup: the prose of web pages, and that of XML with a mapping from ``corpus.toml``."""

from __future__ import annotations

import json
import logging
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from research.loading.dates import is_day
from research.loading.encodings import Unreadable, decode
from research.loading.fields import parts_among, record_of
from research.loading.files import Input
from research.loading.records import Record, parsing

# --- prose ---

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody"),
        *("tfoot", "thead", "title", "tr", "ul"),
        *("head", "item", "list", "quote", "row"),  # as trafilatura calls headings, lists, quotations and rows
    )
)
_SKIPPED = frozenset(
    ("datalist", "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template")
)
_LINE, _CELL = "\x00", "\x01"
"""Stand for a line break and for the end of a cell until the white space of the markup is gone; no markup has them."""
_SPACE = re.compile("[ \t\r\n\f]+")
_MANY_BREAKS = re.compile("\n{3,}")


def prose(tree: Any, skipped: frozenset[str] = _SKIPPED) -> str:
    """The text of a tree of elements: a blank line between blocks, and white space as a browser shows it."""
    blocks: list[str] = []
    pieces: list[str] = []
    for event, element in _walk(tree, skipped):
        name = _name(element)
        if event == "start":
            if name in _BLOCKS:
                _end_block(pieces, blocks)
            if name in ("br", "lb"):
                pieces.append(_LINE)
            elif name in ("td", "th", "cell") and pieces:
                pieces.append(_CELL)
            pieces.append(_kept_lines(element) if name == "pre" else element.text or "")
        else:
            if name in _BLOCKS:
                _end_block(pieces, blocks)
            if element is not tree:
                pieces.append(element.tail or "")
    _end_block(pieces, blocks)
    return "\n\n".join(blocks)


def _walk(tree: Any, skipped: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """The beginnings and ends of elements in order; of comments and of what is skipped, the end alone."""
    from lxml import etree

    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            yield "end", element
        elif event == "start" and _name(element) in skipped and element is not tree:
            walk.skip_subtree()
        else:
            yield event, element


def _name(element: Any) -> str:
    """The name of an element without its namespace; that of a comment is empty."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _kept_lines(element: Any) -> str:
    return (element.text or "").strip("\r\n").replace("\r\n", _LINE).replace("\n", _LINE)


def _end_block(pieces: list[str], blocks: list[str]) -> None:
    text = _SPACE.sub(" ", "".join(pieces)).replace(_CELL, "\t")
    pieces.clear()
    lines = "\n".join(line.strip(" ") for line in text.split(_LINE)).strip("\n\t ")
    if lines:
        blocks.append(_MANY_BREAKS.sub("\n\n", lines))


def html_tree(text: str) -> Any:
    """The tree of a web page or of a piece of one; None where there is no element in it.

    Raises ``Unreadable`` where its elements lie deeper than the parser goes, for it would leave out the rest.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "surrogatepass"), parser=parser)
    except etree.ParserError:
        tree = None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise Unreadable(
            "the page is built too deep to be read as a whole (over 2,000 elements, each within the one before)",
            "Open it in a browser, and save its text as a text file.",
        )
    return tree


# --- web pages ---

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:-]{1,40})", re.IGNORECASE)

_DATES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate"),
    *("publish-date", "publish_date", "publication_date", "parsely-pub-date", "sailthru.date", "pubdate", "dc.date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.date", "dcterms.created", "citation_publication_date", "date"),
)
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline", "title")
_SOURCES = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name")
_OTHERS = {"author": ("author", "article:author", "dc.creator", "parsely-author"), "url": ("og:url",)}


def read_html(file: Input) -> Iterator[Record]:
    """Yield the one document of a web page: the text of its article, by trafilatura, without what stands around it.

    A page that Factiva saved has many articles, each of which is a document.

    A page with nothing around its text keeps all of it. Title, date, outlet, author and language come from the
    page's metadata (Open Graph, Dublin Core, schema.org); a date is none where the page does not state when it was
    published.
    """
    data = file.data()
    declared = _CHARSET.search(data[:4096])
    text, encoding = decode(data, file.facts, declared[1].decode() if declared else None)
    with parsing("HTML", "Open it in a browser and save it again, or save its text."):
        tree = html_tree(text)
        saved = [] if tree is None else _factiva_articles(tree)
        if saved:
            yield from (_factiva_article(article, encoding, row) for row, article in enumerate(saved, start=1))
            return
        said = {} if tree is None else _metadata(tree)
        article = "" if tree is None else _article(tree)
    if not article:
        raise Unreadable("the page holds no text", "Save its text as a text file, or remove it from the folder.")
    parts: dict[str, str] = {part: part for part in ("date", "title", "source", "language") if part in said}
    yield record_of(article, encoding, said, parts, date_origin="metadata")


_AROUND = ("aside", "button", "footer", "form", "header", "iframe", "input", "menu", "nav", "script")
_MOST_LINKED = 0.2


def _article(tree: Any) -> str:
    """The text of the article in a page; all text of a page that has nothing around it, or no article."""
    body = tree.find("body")
    everything = prose(tree if body is None else body)
    if not _has_surroundings(tree, everything):
        return everything
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it says is not for the screen
    _mark_lines(tree)
    # Words of a statement that are lost cannot be seen; a line too many can.
    found = bare_extraction(tree, with_metadata=False, include_comments=False, favor_recall=True)
    article = getattr(found, "body", None)
    return (prose(article, _SKIPPED - {"head"}) if article is not None else "") or everything


def _mark_lines(tree: Any) -> None:
    """Give text that was set line by line its paragraphs and lines as elements, for trafilatura runs it together."""
    from lxml import etree

    for element in list(tree.iter("pre")):
        if len(element) == 0:
            lines = [line.strip() for line in re.split(r"\r\n|[\r\n]", element.text or "")]
            element.tag, element.text = "div", None
            for block in "\n".join(lines).strip("\n").split("\n\n"):
                paragraph = etree.SubElement(element, "p")
                paragraph.text, *others = block.strip("\n").split("\n")
                for line in others:
                    etree.SubElement(paragraph, "br").tail = line


def _has_surroundings(tree: Any, everything: str) -> bool:
    """Whether a page has more than a text: menus and the like, or links for a good part of it."""
    linked = sum(len(link.text_content()) for link in tree.iter("a"))
    return next(tree.iter(*_AROUND), None) is not None or linked > _MOST_LINKED * len(everything)


def _metadata(tree: Any) -> dict[str, str]:
    named: dict[str, str] = {}
    for element in tree.iter("meta", "time"):
        content = (element.get("content") or element.get("datetime") or "").strip()
        for name in (element.get("property"), element.get("name"), element.get("itemprop")):
            if name and content:
                named.setdefault(name.strip().lower(), content)
    linked = _linked_data(tree)
    titles = [element.text_content() for element in tree.iter("title")] + [linked.get("headline", "")]
    wanted = {"date": _DATES, "title": _TITLES, "source": _SOURCES, **_OTHERS}
    found = {part: next((named[name] for name in names if name in named), "") for part, names in wanted.items()}
    found["date"] = found["date"] or linked.get("datePublished", "")
    found["title"] = found["title"] or next((title for title in titles if title.strip()), "")
    found["language"] = tree.get("lang") or ""
    return {part: value for part, value in found.items() if value.strip()}


def _linked_data(tree: Any) -> dict[str, str]:
    """What a page says of itself as schema.org data (JSON-LD): the first headline and date that stand in it."""
    found: dict[str, str] = {}
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            waiting = deque([json.loads(script.text or "")])
        except (ValueError, RecursionError):  # a page's own mistake, which leaves its text as it is
            continue
        while waiting:
            item = waiting.popleft()
            if isinstance(item, list):
                waiting += [value for value in item if isinstance(value, dict | list)]
            elif isinstance(item, dict):
                for name in ("headline", "datePublished"):
                    if isinstance(item.get(name), str):
                        found.setdefault(name, item[name])
                waiting += [value for value in item.values() if isinstance(value, dict | list)]
    return found


# --- pages saved by Factiva ---


def _factiva_articles(tree: Any) -> list[Any]:
    """The articles of a page that Factiva saved, which have the classes ``article enArticle`` (``de``, ``fr`` …)."""
    return [it for it in tree.iter("div") if "article" in (its := _classes(it)) and any(map(_FACTIVA.fullmatch, its))]


_FACTIVA = re.compile(r"[a-z]{2,6}Article")
_FACTIVA_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AP]M)?", re.IGNORECASE)
_FACTIVA_FIELDS = {"HD": "title", "PD": "date", "SN": "source", "LP": "text", "TD": "text"}
"""What the fields are called where they stand in a table."""


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _factiva_article(article: Any, encoding: str, row: int) -> Record:
    """An article: its head with title, date and source, all from its first paragraph to its last, and what is below."""
    blocks = _factiva_fields(article) or list(_factiva_blocks(article))
    paragraphs = [at for at, (part, _) in enumerate(blocks) if part == "text"]
    if not paragraphs:
        blocks, paragraphs = [("text", prose(article))], [0]
    first, behind = paragraphs[0], paragraphs[-1] + 1
    texts = [text for _, text in blocks]
    head, body = texts[:first], texts[first:behind]
    said = {part: text for part, text in reversed(blocks[:first]) if part}
    start = len("\n\n".join((*head, "")))
    return record_of(
        "\n\n".join(texts),
        encoding,
        said,
        {name: name for name in said},
        date_origin="header",
        row=row,
        body_start=start,
        body_end=start + len("\n\n".join(body)),
        part_of="Factiva page",
    )


def _factiva_fields(article: Any) -> list[tuple[str, str]]:
    """What stands in the table that an article may be: each field with its part; nothing where it is no such table."""
    rows = [[prose(cell) for cell in row.iterchildren("td")] for row in article.iter("tr")]
    fields = [(_FACTIVA_FIELDS.get(row[0], ""), row[1]) for row in rows if len(row) == 2 and row[1]]
    return fields if any(part for part, _ in fields) else []


def _factiva_blocks(article: Any) -> Iterator[tuple[str, str]]:
    """The blocks of an article, each with its part: after the date, which is known by its form, comes the source."""
    found: set[str] = set()
    for classes, text in _leaves(article):
        if not text:
            continue
        part = ""
        if "articleParagraph" in classes:
            part = "text"
        elif any(name.endswith("Headline") for name in classes):
            part = "title"
        elif "date" not in found and is_day(text):
            part = "date"
        elif "date" in found and "source" not in found and not _FACTIVA_TIME.fullmatch(text):
            part = "source"
        found.add(part)
        yield part, text


def _leaves(element: Any) -> Iterator[tuple[list[str], str]]:
    """The blocks within an element that hold no block themselves, and the words between blocks: classes and text."""
    yield [], _SPACE.sub(" ", element.text or "").strip()
    for block in element:
        if any(_name(it) in _BLOCKS for it in block.iterdescendants()):
            yield from _leaves(block)
        elif _name(block) not in _SKIPPED:
            yield [name for it in block.iter("div", "span", "p") for name in _classes(it)], prose(block)
        yield [], _SPACE.sub(" ", block.tail or "").strip()


# --- XML ---

_MAP = 'Say in corpus.toml which elements hold what: [xml] and below it document = "NAME" and text = "NAME".'
_TAG = re.compile(
    r"</?(p|br|div|span|li|ul|ol|h[1-6]|strong|em|b|i|a|u|table|blockquote)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE
)


def read_xml(file: Input) -> Iterator[Record]:
    """Yield a document for each element that ``corpus.toml`` calls one, or the whole file as one.

    Entities are not expanded and nothing is fetched. HTML within an element is read as such.
    """
    if not file.facts.size:
        raise Unreadable("the file is empty", "Remove it, or put a text into it.")
    mapping = file.settings.xml
    if not mapping:
        raise Unreadable(f"XML is read by a mapping, and corpus.toml has none; {_elements_of(file)}", _MAP)
    encoding = _declared_encoding(file)
    records = _elements(file, mapping, encoding)
    first, second = next(records, None), None
    if first is not None:
        second = next(records, None)
        yield first if second is not None else replace(first, row=None)
    if second is not None:
        yield second
        yield from records


def _elements_of(file: Input) -> str:
    """The names of the elements that a file begins with, for who has to say which of them is what."""
    names = dict.fromkeys(_TAG_NAME.findall(file.facts.head.decode("latin-1")))
    return f"it begins with the elements {', '.join(list(names)[:12])}" if names else "it begins with no element"


_TAG_NAME = re.compile(r"<([A-Za-z_][\w:.-]{0,40})")


def _declared_encoding(file: Input) -> str:
    declared = re.search(rb"<\?xml[^>]{0,100}encoding=[\"']([A-Za-z0-9_.-]{1,40})", file.facts.head)
    return declared[1].decode().lower() if declared else file.facts.encoding()


def _elements(file: Input, mapping: Mapping[str, str], encoding: str) -> Iterator[Record]:
    from lxml import etree

    document = mapping.get("document", "").split("/")
    number = 0
    with file.stream() as stream, parsing("XML", "Correct it, or export it again."):
        events = etree.iterparse(stream, ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False)
        within: list[str] = []
        inside = 0  # how many documents the place is in, for one may hold another
        for event, element in events:
            if event == "start":
                within.append(_name(element))
                inside += _ends_with(within, document)
                continue
            inside -= _ends_with(within, document)
            if inside == 0 and _ends_with(within, document):
                number += 1
                yield _of_element(element, mapping, encoding, number)
            if inside == 0:
                _forget(element)
            within.pop()
        if number == 0:
            raise Unreadable(f"there is no element {mapping['document']!r}, which corpus.toml names", _MAP)


def _ends_with(within: list[str], document: list[str]) -> bool:
    """Whether the path of an element is that of a document; with no name given, the root is."""
    if document == [""]:
        return len(within) == 1
    return within[-len(document) :] == [name.lower() for name in document]


def _forget(element: Any) -> None:
    """Let go of an element that was read, and of those before it, so that a large file is never held as a whole."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _of_element(element: Any, mapping: Mapping[str, str], encoding: str, number: int) -> Record:
    values = dict(element.attrib)
    for child in element:
        if _name(child) and len(child) == 0 and child.text:
            values.setdefault(_name(child), _text_of(child))
    parts = parts_among(values)
    chosen = {part: path for part, path in mapping.items() if part != "document"}
    for path in chosen.values():
        found = "\n\n".join(_values_at(element, path))
        values.pop(path.removeprefix("@") if "@" in path else path.lower(), None)
        values[path] = found
    parts |= chosen
    text = values.get(parts.get("text", ""), "")
    if "text" not in parts:
        raise Unreadable(f"no element has the name of a text; there are {', '.join(sorted(values)[:12])}", _MAP)
    return record_of(text, encoding, values, parts, date_origin="element {}", row=number)


def _values_at(element: Any, path: str) -> Iterator[str]:
    """The texts of all elements at a path below an element; its last step may be an ``@attribute``."""
    steps = [step.lower() for step in path.strip("/").split("/")]
    attribute = steps.pop() if steps[-1].startswith("@") else ""
    found = [element]
    for step in steps:
        found = [child for parent in found for child in parent if _name(child) == step]
    for it in found:
        value = it.get(attribute[1:]) or "" if attribute else _text_of(it)
        if value.strip():
            yield value


def _text_of(element: Any) -> str:
    """The text of an element: that of its own elements as prose, HTML that is written in it too, or as it is."""
    from lxml import etree

    if next(element.iter(etree.Entity), None) is not None:
        raise Unreadable("the XML makes use of entities of its own", "Save it without a document type declaration.")
    if len(element):
        return prose(element, frozenset())
    return prose_of(element.text or "")


def prose_of(text: str) -> str:
    """A text as it is, or as prose where HTML is written in it; its lines stay where it marks no more than words."""
    tags = {tag.lower() for tag in _TAG.findall(text)}
    if not tags:
        return text
    if tags.isdisjoint(_BLOCKS | {"br"}):
        text = _TAG.sub(lambda tag: tag[0].replace("\n", " "), text)
        return "\n".join(_prose_of_html(line) if _TAG.search(line) else line for line in text.split("\n"))
    return _prose_of_html(text)


def _prose_of_html(text: str) -> str:
    tree = html_tree(text)
    return "" if tree is None else prose(tree)
