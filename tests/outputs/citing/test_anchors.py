"""An anchor leads to its words, or says that it does not; it never leads to others that look like them."""

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.evidence import Passage, passage
from research.analysis.findings import Finding
from research.errors import RunError
from research.loading import Document, Span, load
from research.loading.anchoring import resolve
from research.loading.documents import Origin
from research.outputs.citing.anchors import CONTEXT, read_anchors, told_apart, write_anchors
from research.outputs.folder.run_folder import ANCHORS, RunFolder
from tests.strategies import prose

OLD, NEW = "ab" * 32, "cd" * 32


def a_document(text: str) -> Document:
    return Document("speech", text, Span(0, len(text)), Origin("speech.txt", OLD, "utf-8"))


def an_anchor(text: str, words: str) -> Passage:
    at = text.index(words)
    (anchor,) = told_apart([passage(a_document(text), Span(at, at + len(words)))], text)
    return anchor


def a_finding(evidence: tuple[Passage, ...]) -> Finding:
    return Finding(
        key="language.count.harbour",
        statement="“harbour” stands in some places.",
        value=len(evidence),
        display=str(len(evidence)),
        unit="passages",
        measure="count",
        method="Every place is counted.",
        status="descriptive",
        n=len(evidence),
        n_documents=len({row.doc_id for row in evidence}),
        evidence=evidence,
    )


# --- one anchor ---

TEXT = "The council approved the harbour budget. Critics called the harbour too dear, and the mayor agreed."


def test_an_anchor_leads_to_its_words() -> None:
    anchor = an_anchor(TEXT, "harbour too dear")
    found = resolve(anchor, TEXT, OLD)
    assert (found.status, found.span) == ("exact", (60, 76))
    assert TEXT[60:76] == "harbour too dear"


def test_words_that_moved_with_their_context_are_followed() -> None:
    anchor = an_anchor(TEXT, "harbour")
    found = resolve(anchor, "From our desk. " + TEXT, NEW)
    assert (found.status, found.span) == ("moved", (40, 47))


def test_words_that_stay_where_they_were_in_a_changed_source_are_said_to_have_moved() -> None:
    found = resolve(an_anchor(TEXT, "council"), TEXT + " A correction was added.", NEW)
    assert (found.status, found.span) == ("moved", (4, 11))
    assert "changed" in found.why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TEXT.replace("harbour budget", "port budget"), "are gone"),
        (TEXT.replace("approved", "adopted"), "are gone"),
        (f"{TEXT} {TEXT}", "occur several times"),
        ("", "are gone"),
    ],
    ids=["the words changed", "the context changed", "the words twice", "nothing left"],
)
def test_words_that_are_not_certain_are_refused(text: str, why: str) -> None:
    found = resolve(an_anchor(TEXT, "harbour"), text, NEW)
    assert (found.status, found.span) == ("refused", None)
    assert why in found.why


def test_the_twin_of_words_that_are_gone_is_not_taken_for_them() -> None:
    """Both passages have the same 32 characters on either side; the first of them is deleted."""
    refrain = "We will rebuild the whole harbour, and we will rebuild it before the winter comes. "
    first, second = f"{refrain}So said the mayor in March. ", f"{refrain}So said the minister in May. "
    text = f"Dear friends. {first}{second}"
    start = text.index("rebuild it")
    anchor = passage(a_document(text), Span(start, start + 7))
    assert text.count(anchor.prefix + anchor.exact + anchor.suffix) == 2
    (told,) = told_apart([anchor], text)
    assert resolve(told, f"Dear friends. {second}", NEW).status == "refused"
    assert resolve(told, f"Friends! {text} Thank you.", NEW).span == (start + 9, start + 16)


@pytest.mark.parametrize(
    "change",
    [{"start": 26, "end": 33}, {"exact": "Harbour"}, {"prefix": "xyz"}, {"suffix": "xyz"}, {"start": -5, "end": 2}],
    ids=str,
)
def test_an_anchor_whose_parts_do_not_agree_is_refused(change: dict[str, Any]) -> None:
    anchor = an_anchor(TEXT, "harbour")._replace(**change)
    found = resolve(anchor, TEXT, OLD)
    assert (found.status, found.span) == ("refused", None)


def test_words_without_any_context_never_move() -> None:
    (anchor,) = told_apart([passage(a_document("ha " * 3000), Span(3, 5))], "ha " * 3000)
    assert (anchor.prefix, anchor.suffix) == ("", "")
    assert resolve(anchor, "ha " * 3000, OLD).status == "exact"
    assert resolve(anchor, "ha ", NEW).status == "refused"


# --- ten thousand anchors ---

PIECES = [
    *("sanctions", "the", "harbour", "Mr.", "Tokayev", "don’t", "25", "$1.5", "bn.", "anti-war", "naïve"),
    *("Қазақстан", "السلام", "שלום", "\u202bעברית\u202c", "外交", "हिन्दी", "e\u0301ta\u0301t", "a\u0308\u0323"),
    *("😀", "👩\u200d🚀", "🏴\u200d☠️", "\ufeff"),
    *("\r\n", "\r\n\r\n", "\n", "\t", "\u2028", "\x85", "\u00a0", ". ", "“", "”", "…", "— "),
    *("We will rebuild it.", "We will rebuild it.", "said the minister, said the minister", "no, no, no, no"),
    "\r\n\r\nApplause.\r\n\r\n",
]
DOCUMENTS, EACH = 250, 40


def a_text(chance: random.Random) -> str:
    """Words and marks, with refrains: whole stretches occur in it two or three times."""
    stretches = ["".join(chance.choice(PIECES) + chance.choice([" ", ""]) for _ in range(40)) for _ in range(5)]
    return "".join(chance.choice(stretches) for _ in range(8))


def some_spans(chance: random.Random, text: str) -> list[Span]:
    starts = [chance.randrange(len(text)) for _ in range(EACH)]
    return [Span(start, min(len(text), start + chance.choice([1, 2, 7, 30, 90]))) for start in starts]


def edited(chance: random.Random, marked: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """A few edits to a text whose every character knows where it stood; what is put in has stood nowhere (-1)."""
    marked = list(marked)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(marked) + 1)
        end = min(len(marked), start + chance.choice([1, 5, 40, 150]))
        part, put_in = marked[start:end], [(c, -1) for c in chance.choice(PIECES)]
        match chance.choice(["insert", "delete", "replace", "move", "copy", "capitals", "line ends"]):
            case "insert":
                marked[start:start] = put_in
            case "delete":
                del marked[start:end]
            case "replace":
                marked[start:end] = put_in
            case "move":
                del marked[start:end]
                at = chance.randrange(len(marked) + 1)
                marked[at:at] = part
            case "copy":
                at = chance.randrange(len(marked) + 1)
                marked[at:at] = part
            case "capitals":
                marked[start:end] = [(c.upper()[0], at if c.upper()[0] == c else -1) for c, at in part]
            case "line ends":
                marked = [(c, at) for c, at in marked if c != "\r"]
    return marked


def stood_there(now: list[tuple[str, int]], span: Span, anchor: Passage) -> bool:
    """Whether the words in a span are those of the anchor: all but what was put in for the very same sign."""
    came_from = [at for _, at in now[slice(*span)]]
    expected = range(anchor.start, anchor.end)
    around = now[span.start - len(anchor.prefix) : span.end + len(anchor.suffix)]
    stayed = sum(at == place for (_, at), place in zip(around, count(anchor.start - len(anchor.prefix)), strict=False))
    return stayed > len(around) / 2 and all(at in (-1, place) for at, place in zip(came_from, expected, strict=True))


def test_ten_thousand_anchors_resolve_and_after_edits_none_to_a_wrong_place() -> None:
    """The oracle follows every character through the edits: words that moved are those that were there before."""
    chance = random.Random(20230929)  # noqa: S311  the same edits in every run of the gate
    statuses: Counter[str] = Counter()
    for _ in range(DOCUMENTS):
        text = a_text(chance)
        document = a_document(text)
        anchors = told_apart([passage(document, span) for span in some_spans(chance, text)], text)
        for anchor in anchors:
            found = resolve(anchor, text, OLD)
            assert (found.status, found.span) == ("exact", (anchor.start, anchor.end))
            statuses["exact"] += 1
        now = edited(chance, list(zip(text, range(len(text)), strict=True)))
        new_text = "".join(c for c, _ in now)
        for anchor in anchors:
            found = resolve(anchor, new_text, NEW)
            statuses[f"then {found.status}"] += 1
            if found.span is not None:
                assert stood_there(now, found.span, anchor), found
    assert statuses["exact"] == DOCUMENTS * EACH == 10_000
    assert statuses["then exact"] == 0
    assert statuses["then moved"] > 3_000, statuses
    assert statuses["then refused"] > 1_000, statuses


@given(prose(), st.data())
def test_a_context_that_tells_words_apart_stands_once(text: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = [Span(*place) for place in data.draw(st.lists(places, max_size=5))]
    rows = [passage(a_document(text), span) for span in spans]
    for row, anchor in zip(rows, told_apart(rows, text), strict=True):
        assert (anchor.start, anchor.end, anchor.exact) == (row.start, row.end, row.exact)
        assert resolve(anchor, text, OLD).status == "exact"
        if anchor.prefix or anchor.suffix:
            quotation = anchor.prefix + anchor.exact + anchor.suffix
            assert [m.start() for m in re.finditer(f"(?={re.escape(quotation)})", text)] == [
                anchor.start - len(anchor.prefix)
            ]


# --- the file of a run ---

TERMS = {
    "AnnotationCollection": {"id", "type", "label", "total", "first"},
    "AnnotationPage": {"id", "type", "startIndex", "items"},
    "Annotation": {"id", "type", "motivation", "body", "target"},
    "TextualBody": {"type", "value", "purpose", "schema:roleName"},
    "TextQuoteSelector": {"type", "exact", "prefix", "suffix"},
    "TextPositionSelector": {"type", "start", "end"},
    "Text": {"id", "type", "label", "schema:sha256"},
}
"""The terms of the Web Annotation model in use here, by the type of what they belong to.

All are terms of its JSON-LD context, in which ``schema:`` is the prefix of schema.org.
"""
PURPOSES = {"tagging", "classifying"}


def collection(run: RunFolder) -> dict[str, Any]:
    return json.loads(gzip.decompress((run.path / ANCHORS).read_bytes()))  # type: ignore[no-any-return]


def check_terms(node: Any) -> int:
    """Check that an object has terms of its type only, down to the last; gives how many objects were checked."""
    if isinstance(node, list):
        return sum(map(check_terms, node))
    if not isinstance(node, dict):
        return 0
    if "type" in node:
        assert set(node) - {"@context"} <= TERMS[node["type"]]
    else:
        assert set(node) == {"source", "selector"}, "the target"
    assert {node.get("motivation"), node.get("purpose")} <= {None, *PURPOSES}
    assert "id" not in node or re.fullmatch(r"ni:///sha-256;[A-Za-z0-9_-]{43}(#[A-Za-z0-9_.~%/-]+)?", node["id"])
    return 1 + sum(map(check_terms, node.values()))


def test_the_file_is_an_annotation_collection(made: RunFolder) -> None:
    its = collection(made)
    assert its["@context"] == CONTEXT == "http://www.w3.org/ns/anno.jsonld"
    assert (its["type"], its["first"]["type"], its["first"]["startIndex"]) == (
        *("AnnotationCollection", "AnnotationPage"),
        0,
    )
    items = its["first"]["items"]
    rows = [row for finding in made.findings for row in finding.evidence]
    assert its["total"] == len(items) == len({(row.doc_id, row.start, row.end) for row in rows}) > 5
    assert sum(len(it["body"]) for it in items) == len(rows) > len(items), "each passage once, with all its findings"
    assert len({it["id"] for it in items}) == len(items)
    assert check_terms(its) == 2 + 5 * len(items) + len(rows)


def test_every_passage_is_an_anchor_that_leads_to_its_words(made: RunFolder, dispatches: Path) -> None:
    anchors = list(read_anchors(made))
    assert Counter((it.key, it.passage.role, it.passage.doc_id, it.passage.start) for it in anchors) == Counter(
        (finding.key, row.role, row.doc_id, row.start) for finding in made.findings for row in finding.evidence
    )
    for it in anchors:
        text = (dispatches / it.path).read_text(encoding="utf-8")
        assert text[it.passage.start : it.passage.end] == it.passage.exact
        assert resolve(it.passage, text, it.passage.sha256).status == "exact"
    assert {it.path for it in anchors} == {"harbour.txt", "letters/reply.txt", "strike.txt"}


def test_the_anchors_are_the_same_bytes_again(made: RunFolder, dispatches: Path) -> None:
    before = (made.path / ANCHORS).read_bytes()
    assert before[3:8] == bytes(5), "no name and no time in the header of gzip"
    write_anchors(RunFolder(made.path), load(dispatches))
    assert (made.path / ANCHORS).read_bytes() == before


def test_a_run_without_findings_has_a_collection_of_nothing(tmp_path: Path, dispatches: Path) -> None:
    write_anchors(RunFolder(tmp_path), load(dispatches))
    its = collection(RunFolder(tmp_path))
    assert its["total"] == 0
    assert "first" not in its
    assert list(read_anchors(RunFolder(tmp_path))) == []


def test_evidence_that_does_not_stand_in_its_document_is_not_made_an_anchor(made: RunFolder, dispatches: Path) -> None:
    finding = made.finding("language.count.harbour")
    first, *others = finding.evidence
    for wrong in (first._replace(start=first.start + 1, end=first.end + 1), first._replace(sha256=NEW)):
        made.write_findings([replace(finding, evidence=(wrong, *others))])
        with pytest.raises(RunError, match=r"A passage of language\.count\.harbour does not occur in harbour"):
            write_anchors(made, load(dispatches))
    made.write_findings([replace(finding, evidence=(first._replace(doc_id="nowhere"),))])
    with pytest.raises(RunError, match="rest on documents that are not in the collection"):
        write_anchors(made, load(dispatches))


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace('"start":', '"begin":', 1),
        lambda text: text.replace('"selector":[', '"selector":[[', 1),
        lambda text: text.replace(',"prefix"', ',,"prefix"', 1),
        lambda text: text.replace('"body":[', '"body":[{},', 1),
    ],
)
def test_anchors_that_were_damaged_are_refused(made: RunFolder, damage: Callable[[str], str]) -> None:
    path = made.path / ANCHORS
    path.write_bytes(gzip.compress(damage(gzip.decompress(path.read_bytes()).decode()).encode()))
    with pytest.raises(RunError, match=r"annotations\.jsonld\.gz is missing or damaged"):
        list(read_anchors(made))


def test_documents_of_one_file_are_told_apart_and_odd_names_come_back(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("a b#1.txt", "Žďár, 100%.txt"):
        (source / name).write_text("The harbour stays open.", encoding="utf-8")
    corpus = load(source)
    run = RunFolder(tmp_path / "run")
    rows = tuple(passage(document, Span(4, 11)) for document in corpus)
    run.write_findings([a_finding(evidence=rows)])
    write_anchors(run, corpus)
    assert [it.passage.doc_id for it in read_anchors(run)] == corpus.ids == ["a b#1.txt", "Žďár, 100%"]
    sources = [it["target"]["source"]["id"] for it in collection(run)["first"]["items"]]
    assert len(set(sources)) == 2
