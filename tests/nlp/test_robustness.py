"""Whatever a document holds: no crash, every span within it, everything in order, the same again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research.loading import Document, load
from research.loading.documents import Origin, Span
from research.nlp.annotate import annotate_document
from research.nlp.layers import Tables
from research.nlp.names.recognition import mentions
from research.nlp.statements import annotator, encoder
from research.outputs.extract import extract

SENTENCE = "“We kept our word,” Ann Lee said on Monday. "

ODD = {
    "nothing": "",
    "a blank": " ",
    "white space": " \t\r\n\u00a0\u2028\u3000" * 300,
    "line breaks": "\n" * 3000,
    "no sentence end": "the minister of trade " * 90,
    "straight marks": '"' * 3000,
    "opening marks": "“" * 3000,
    "closing marks": "”" * 3000,
    "pairs of marks": "“”" * 1500,
    "one letter": "a" * 9000,
    "one letter a line": "a\n" * 1500,
    "quoted letters": "“a” " * 900,
    "nested marks": "“He said ‘she said “they said ‘no’ ” ’ ” " * 20,
    "marks within marks": "“" * 200 + "We go, he said." + "”" * 200,
    "a mark too many": SENTENCE * 5 + '"' + SENTENCE * 5,
    "a mark too few": (SENTENCE * 5).replace("”", "", 1),
    "emoji": "👩‍🚀 said 🇰🇿 is 😀. " * 100,
    "emoji alone": "😀" * 3000,
    "combining marks": "e\u0301" * 1500,
    "a letter under many marks": "a" + "\u0301" * 3000,
    "right to left": "قال الوزير: «لن نوافق على ذلك» يوم الاثنين. " * 12,
    "direction marks": "\u202e“We go,” Ann Lee said.\u202c\u200f " * 20,
    "NUL": "\0" * 300 + SENTENCE + "\0",
    "NUL between letters": "\0".join(SENTENCE),
    "lone surrogates": "\ud83d " + SENTENCE + "\udc00 “\ud800” said Ann Lee.",
    "CRLF": SENTENCE.replace(" ", "\r\n"),
    "CR alone": (SENTENCE + "\r\r") * 3,
    "a long word": SENTENCE + "y" * 20_000 + " " + SENTENCE,
    "a long number": "Ann Lee said 1" + "0" * 9000 + " votes.",
    "a byte-order mark": "\ufeff" + SENTENCE,
    "no characters": "\ufffd\ufffe\uffff" * 300,
    "unassigned": "\u0378\U000e0001" * 300,
    "letters that grow in lower case": "İ said İİ. " * 100,
    "letters that become several": "ﬃ ß ŉ ǰ " * 100,
    "full stops": "." * 3000,
    "commas": ", " * 1500,
    "backquotes": "``" * 900 + "''" * 900,
}


def document(text: str, start: int = 0, end: int | None = None) -> Document:
    body = Span(start, len(text) if end is None else end)
    return Document(id="d", text=text, body=body, origin=Origin("d.txt", "", "utf-8"))


def spans(tables: Tables) -> Iterator[tuple[int, int]]:
    for record in tables["attributions"]:
        yield from (tuple(span) for role in ("source", "cue", "content") for span in record[role])
    for record in tables["mentions"]:
        yield record["start"], record["end"]
    yield from (tuple(span) for kind in ("sentences", "tokens") for span in tables[kind])


def assert_holds(document: Document, tables: Tables) -> None:
    """What holds for the annotations of every document."""
    start, end = document.body
    assert all(start <= low < high <= end for low, high in spans(tables))
    for record in tables["attributions"]:
        assert record["content"]
        assert len(record["source"]) <= 1
        assert len(record["cue"]) <= 1
        assert record["kind"] in {"direct", "indirect", "mixed"}
        edges = [edge for span in record["content"] for edge in span]
        assert edges == sorted(edges), "the parts of content are in order and do not overlap"
        parts = sorted(span for role in ("source", "cue", "content") for span in record[role])
        assert all(one[1] <= other[0] for one, other in pairwise(parts))
    contents = [record["content"][0] for record in tables["attributions"]]
    assert contents == sorted(contents)
    places = [(record["start"], record["end"]) for record in tables["mentions"]]
    assert places == sorted(places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert all(record["text"] == document.text[record["start"] : record["end"]] for record in tables["mentions"])
    json.dumps(tables, allow_nan=False)


# --- odd documents ---


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_document_is_annotated(text: str) -> None:
    odd = document(text)
    tables = annotate_document(odd)
    assert_holds(odd, tables)
    assert annotate_document(odd) == tables


@pytest.mark.parametrize("name", ["nothing", "white space", "line breaks", "straight marks", "emoji alone", "NUL"])
def test_what_says_nothing_has_no_attribution(name: str) -> None:
    tables = annotate_document(document(ODD[name].replace(SENTENCE, "")))
    assert tables["attributions"] == tables["mentions"] == []


@pytest.mark.parametrize(
    "name", ["a mark too many", "a mark too few", "a long word", "a byte-order mark", "NUL", "commas", "emoji alone"]
)
def test_what_is_odd_does_not_hide_what_was_said_elsewhere(name: str) -> None:
    text = ODD[name] + "\n\n" + SENTENCE
    said = [record for record in annotate_document(document(text))["attributions"] if record["kind"] == "direct"]
    assert said, "the last paragraph has nothing odd"
    low, high = said[-1]["content"][-1]
    assert text[low:high] == "We kept our word"


PIECES = [
    *(
        "said",
        "Ann Lee",
        "the minister",
        "told",
        "that",
        "we go",
        "according to",
        "Kazakhstan",
        ". ",
        ", ",
        " ",
        "\n\n",
    ),
    *(
        "“",
        "”",
        '"',
        "‘",
        "’",
        "«",
        "»",
        "„",
        "``",
        "''",
        "\r\n",
        "\0",
        "\ud800",
        "e\u0301",
        "😀",
        "قال",
        "\u202e",
        "y" * 200,
    ),
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join), st.data())
def test_any_text_is_annotated_within_its_body(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    odd = document(text, start, data.draw(st.integers(start, len(text))))
    assert_holds(odd, annotate_document(odd))


@settings(max_examples=20)
@given(st.text(st.sampled_from("“”\"'‘’«» a.\n"), max_size=700))
def test_any_row_of_marks_is_annotated(text: str) -> None:
    odd = document(text)
    assert_holds(odd, annotate_document(odd))


# --- very long ones, made short by short sections ---


def test_a_long_document_is_read_in_sections_and_every_span_stands_where_it_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paragraph = SENTENCE * 3 + "\n\n"
    alone = annotate_document(document(paragraph))["attributions"]
    assert alone
    monkeypatch.setattr(encoder, "SECTION", len(paragraph) + 20)
    long = document(paragraph * 4)
    tables = annotate_document(long)
    assert_holds(long, tables)
    size = len(paragraph)
    moved = [
        [[s - size * n, e - size * n] for s, e in it["content"]] for n in range(4) for it in tables["attributions"]
    ]
    assert len(tables["attributions"]) == 4 * len(alone)
    assert all(it["content"] in moved for it in alone)


def test_a_window_that_repeats_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    run = encoder.Encoder.run

    def counted(self: encoder.Encoder, ids: encoder.Integers, extra: encoder.Integers) -> list[encoder.Floats]:
        runs.append(len(ids))
        return run(self, ids, extra)

    monkeypatch.setattr(encoder.Encoder, "run", counted)
    repeated = "“" * 3000
    reading = annotator.encoder().read(repeated)
    assert len(runs) < 6 < len(list(encoder.windows(len(reading))))
    assert mentions(reading) == []


# --- the same from everywhere ---


def folder_of(path: Path, texts: dict[str, str]) -> Path:
    path.mkdir()
    for name, text in texts.items():
        (path / f"{name}.txt").write_bytes(text.encode())
    return path


TEXTS = {
    name: ODD[name].replace("\0", "")
    for name in ("emoji", "a mark too many", "right to left", "quoted letters", "CRLF", "nested marks", "a long word")
}


def extracted(source: Path, cache: Path, jobs: str, **environment: str) -> bytes:
    """What the command prints in a process of its own, with an empty cache."""
    command = [sys.executable, "-m", "research.cli", "extract", str(source), "--jobs", jobs]
    variables = {**os.environ, "RESEARCH_CACHE": str(cache), **environment}
    return subprocess.run(command, env=variables, stdout=subprocess.PIPE, check=True).stdout


def test_extract_prints_the_same_bytes_whatever_the_processes_threads_and_hash_seed(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "texts", {f"{n} {name}": text for n in range(2) for name, text in TEXTS.items()})
    one = extracted(source, tmp_path / "one", "1", OMP_NUM_THREADS="1", PYTHONHASHSEED="1")
    two = extracted(source, tmp_path / "two", "2", OMP_NUM_THREADS="4", PYTHONHASHSEED="2")
    assert one == two
    assert one.count(b"\n") == 2 * len(TEXTS)


def test_a_line_does_not_depend_on_what_was_annotated_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / "together"))
    together = [json.loads(line) for line in extract(load(folder_of(tmp_path / "texts", TEXTS)))]
    assert len(together) == len(TEXTS)
    for number, line in enumerate(reversed(together)):
        monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / f"{number}"))
        alone = folder_of(tmp_path / f"alone {number}", {line["doc"]: TEXTS[line["doc"]]})
        assert [json.loads(it) for it in extract(load(alone))] == [line]


def test_files_that_hold_no_text_are_left_out_and_the_rest_is_extracted(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "texts", {"empty": "", "blank": "\n \n", "binary": "a\0b", "text": SENTENCE})
    corpus = load(source)
    assert [json.loads(line)["doc"] for line in extract(corpus)] == ["text"]
    assert {Path(entry.file).stem for entry in corpus.rejected} == {"empty", "blank", "binary"}
