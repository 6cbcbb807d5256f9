"""Web pages, and XML with a mapping from ``corpus.toml``."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from research.loading.dates import is_day
from research.loading.downloads import articles
from research.loading.encodings import Unreadable, decode
from research.loading.fields import parts_among, record_of
from research.loading.files import Input
from research.loading.pages import metadata_of
from research.loading.prose import (
    BLOCKS,
    SKIPPED,
    SPACE,
    Prose,
    element_name,
    html_tree,
    prose,
    prose_of,
    said_of,
    unescaped,
)
from research.loading.records import Record, parsing

# --- web pages ---

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:-]{1,40})", re.IGNORECASE)


def read_html(file: Input) -> Iterator[Record]:
    """Yield the one document of a web page: the text of its article, extracted by trafilatura.

    A page saved by Factiva holds many articles, each of which is a document. A page with nothing around its text keeps
    all of it. Title, date, outlet, author and language come from the page's metadata (Open Graph, Dublin Core,
    schema.org). A page that does not state when it was published has no date.
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
        everything = "" if tree is None else _all_of(tree)
        saved = list(_download(everything, encoding))
        said = {} if tree is None else metadata_of(tree)
        article = "" if tree is None or saved else _article(tree, everything)
    if saved:
        yield from saved
        return
    if not article:
        raise Unreadable("the page holds no text", "Save its text as .txt, or remove it from the folder.")
    parts: dict[str, str] = {part: part for part in ("date", "title", "source", "language") if part in said}
    text, escapes = unescaped(article)
    said = {part: unescaped(value).text for part, value in said.items()}
    yield record_of(text, encoding, said, parts, date_origin="metadata", changed=said_of(escapes))


_AROUND = ("aside", "button", "footer", "form", "header", "iframe", "input", "menu", "nav", "script")
_MOST_LINKED = 0.2
_MANY_BLOCKS, _MOST_BLOCKS = 3_000, 10_000
"""Blocks of a page up to which trafilatura compares its result with that of justext, and up to which it is asked.

Both look at all blocks for each of them: 10,000 short ones took 32 s, and 40,000 without justext 73 s.
"""


def text_of_page(text: str) -> str:
    """The text of a page that has nothing around it."""
    tree = html_tree(text)
    return "" if tree is None else unescaped(_all_of(tree)).text


def _all_of(tree: Any) -> str:
    body = tree.find("body")
    return prose(tree if body is None else body)


def _download(everything: str, encoding: str) -> Iterator[Record]:
    """The articles of a download of a press archive in the form of a page."""
    text, escapes = unescaped(everything)
    return (replace(record, changed=said_of(escapes)) for record in articles(text, encoding))


def _article(tree: Any, everything: str) -> str:
    """The text of the article in a page; all text if the page has nothing around it, no article, or too many blocks."""
    blocks = sum(element_name(it) in BLOCKS for it in tree.iter())
    if blocks > _MOST_BLOCKS or not _has_surroundings(tree, everything):
        return everything
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # keep its messages off the screen
    _mark_lines(tree)
    # A reader can see a line too many, but not a lost one: prefer recall.
    fast = blocks > _MANY_BLOCKS
    found = bare_extraction(tree, with_metadata=False, include_comments=False, favor_recall=True, fast=fast)
    article = getattr(found, "body", None)
    return (prose(article, SKIPPED - {"head"}) if article is not None else "") or everything


def _mark_lines(tree: Any) -> None:
    """Turn preformatted lines into elements, because trafilatura joins them."""
    from lxml import etree

    for element in list(tree.iter("pre")):
        text = prose(element)
        element.clear(keep_tail=True)
        element.tag = "div"
        for block in text.split("\n\n"):
            paragraph = etree.SubElement(element, "p")
            paragraph.text, *others = block.split("\n")
            for line in others:
                etree.SubElement(paragraph, "br").tail = line


def _has_surroundings(tree: Any, everything: str) -> bool:
    """Whether a page has more than a text: menus and the like, or many links."""
    linked = sum(len(link.text_content()) for link in tree.iter("a"))
    return next(tree.iter(*_AROUND), None) is not None or linked > _MOST_LINKED * len(everything)


# --- pages saved by Factiva ---


def _factiva_articles(tree: Any) -> list[Any]:
    """The articles of a page saved by Factiva; their classes are ``article enArticle`` (``de``, ``fr`` …)."""
    return [it for it in tree.iter("div") if "article" in (its := _classes(it)) and any(map(_FACTIVA.fullmatch, its))]


_FACTIVA = re.compile(r"[a-z]{2,6}Article")
_FACTIVA_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AP]M)?", re.IGNORECASE)
_FACTIVA_FIELDS = {"HD": "title", "PD": "date", "SN": "source", "LP": "text", "TD": "text"}
"""The names of fields in the form of a table."""


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _factiva_article(article: Any, encoding: str, row: int) -> Record:
    """An article: its head with title, date and outlet, its paragraphs, and what follows them."""
    blocks = _factiva_fields(article) or list(_factiva_blocks(article))
    paragraphs = [at for at, (part, _) in enumerate(blocks) if part == "text"]
    if not paragraphs:
        blocks, paragraphs = [("text", prose(article))], [0]
    first, behind = paragraphs[0], paragraphs[-1] + 1
    decoded = [unescaped(text) for _, text in blocks]
    texts = [text for text, _ in decoded]
    head, body = texts[:first], texts[first:behind]
    said = {part: text for (part, _), text in reversed(list(zip(blocks, head, strict=False))) if part}
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
        changed=said_of(sum(escapes for _, escapes in decoded)),
    )


def _factiva_fields(article: Any) -> list[tuple[str, str]]:
    """The fields of an article in the form of a table, each with its part; empty for other articles."""
    rows = [[prose(cell) for cell in row.iterchildren("td", "th")] for row in article.iter("tr")]
    fields = [(_FACTIVA_FIELDS.get(row[0].strip(), ""), row[1]) for row in rows if len(row) == 2 and row[1].strip()]
    return fields if any(part for part, _ in fields) else []


def _factiva_blocks(article: Any) -> Iterator[tuple[str, str]]:
    """Yield the blocks of an article, each with its part: the outlet follows the date, which is known by its form."""
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
    """Yield the blocks that hold no other block, and the words between blocks: classes and text."""
    yield [], SPACE.sub(" ", element.text or "").strip()
    for block in element:
        if any(element_name(it) in BLOCKS for it in block.iterdescendants()):
            yield from _leaves(block)
        elif element_name(block) not in SKIPPED:
            yield (
                [name for it in block.iter("b", "div", "h1", "h2", "h3", "p", "span") for name in _classes(it)],
                prose(block),
            )
        yield [], SPACE.sub(" ", block.tail or "").strip()


# --- XML ---

_MAP = 'Map its elements in corpus.toml: write [xml], and below it document = "NAME" and text = "NAME".'


def read_xml(file: Input) -> Iterator[Record]:
    """Yield a document for each element that ``corpus.toml`` names, or the whole file as one.

    Entities are not expanded and nothing is fetched. HTML within an element is read as HTML.
    """
    if not file.facts.size:
        raise Unreadable("the file is empty", "Remove it, or put a text into it.")
    mapping = file.settings.xml
    if not mapping:
        raise Unreadable(f"XML needs a mapping in corpus.toml, and there is none; {_elements_of(file)}", _MAP)
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
    """The names of the elements that a file begins with, for the owner who has to map them."""
    names = dict.fromkeys(_TAG_NAME.findall(file.facts.head.decode("latin-1")))
    return f"the file begins with the elements {', '.join(list(names)[:12])}" if names else "the file has no elements"


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
        inside = 0  # documents can be nested
        for event, element in events:
            if event == "start":
                within.append(element_name(element))
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
            raise Unreadable(f"the file has no element {mapping['document']!r}, which corpus.toml names", _MAP)


def _ends_with(within: list[str], document: list[str]) -> bool:
    """Whether an element's path is that of a document; without a name, the root is the document."""
    if document == [""]:
        return len(within) == 1
    return within[-len(document) :] == [name.lower() for name in document]


def _forget(element: Any) -> None:
    """Free an element that was read and those before it, so that a large file is never held whole."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _of_element(element: Any, mapping: Mapping[str, str], encoding: str, number: int) -> Record:
    values = {str(name): unescaped(value) for name, value in element.attrib.items()}
    for child in element:
        if element_name(child) and len(child) == 0 and child.text:
            values.setdefault(element_name(child), _text_of(child))
    parts = parts_among(values)
    chosen = {part: path for part, path in mapping.items() if part != "document"}
    for path in chosen.values():
        found = list(_values_at(element, path))
        values.pop(path.removeprefix("@") if "@" in path else path.lower(), None)
        values[path] = Prose("\n\n".join(text for text, _ in found), sum(escapes for _, escapes in found))
    parts |= chosen
    if "text" not in parts:
        raise Unreadable(f"no element is named like a text; the elements are {', '.join(sorted(values)[:12])}", _MAP)
    text, escapes = values.get(parts["text"], Prose("", 0))
    written = {name: value.text for name, value in values.items()}
    return record_of(text, encoding, written, parts, date_origin="element {}", row=number, changed=said_of(escapes))


def _values_at(element: Any, path: str) -> Iterator[Prose]:
    """The texts of all elements at a path below an element; the last step may be an ``@attribute``."""
    steps = [step.lower() for step in path.strip("/").split("/")]
    attribute = steps.pop() if steps[-1].startswith("@") else ""
    found = [element]
    for step in steps:
        found = [child for parent in found for child in parent if element_name(child) == step]
    for it in found:
        value = unescaped(it.get(attribute[1:]) or "") if attribute else _text_of(it)
        if value.text.strip():
            yield value


def _text_of(element: Any) -> Prose:
    """The text of an element: its child elements as prose, or its own text, which may be HTML."""
    from lxml import etree

    if next(element.iter(etree.Entity), None) is not None:
        raise Unreadable("the XML uses entities of its own", "Save it without a document type declaration.")
    if len(element):
        return unescaped(prose(element, frozenset()))
    return prose_of(element.text or "", escaped=True)
