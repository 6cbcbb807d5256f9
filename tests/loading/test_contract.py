"""Every reader under one contract: texts, offsets, order, origin; nothing is held that was not asked for."""

import gzip
import hashlib
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research.loading import Corpus, Document, load
from research.loading.files import Input
from research.loading.readers import READERS, documents_in
from research.loading.settings import Settings
from research.nlp.annotate import annotate_document
from tests.loading.formats import MAKERS, MANY, TABLES, XML_SETTINGS
from tests.strategies import WORDS, prose

EXACT = (".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet")
"""The formats that keep every character of a text as it is."""

_WORDS = [word for word in WORDS if word != "\ufeff"]
_SENTENCES = st.lists(st.sampled_from([*_WORDS, "reopened", "said", "the harbour"]), min_size=3, max_size=12).map(
    lambda words: f"The council {' '.join(words)}."
)
_PLAIN = st.lists(st.sampled_from(["The", "harbour", "reopened", "(at", "last)", "25", "said", "Tokayev."]), min_size=1)


def texts_for(suffix: str) -> st.SearchStrategy[str]:
    """Texts that a format can hold: any at all, or blocks of sentences, or plain letters."""
    if suffix in EXACT:
        return prose().map(lambda text: f"A {text}.")  # no byte-order mark and no front matter
    if suffix == ".pdf":
        return _PLAIN.map(" ".join)
    return st.lists(_SENTENCES, min_size=1, max_size=4).map("\n\n".join)


def corpus_of(folder: str, suffix: str, texts: Sequence[str]) -> tuple[Corpus, bytes]:
    data = MAKERS[suffix](texts)
    (Path(folder) / f"news{suffix}").write_bytes(data)
    if suffix == ".xml":
        (Path(folder) / "corpus.toml").write_text(XML_SETTINGS)
    return load(folder), data


def test_every_reader_is_tried() -> None:
    assert MAKERS.keys() == READERS.keys()
    assert all(suffix == suffix.lower() for suffix in READERS)


@pytest.mark.parametrize("suffix", READERS)
@settings(max_examples=25)
@given(data=st.data())
def test_the_contract(suffix: str, data: st.DataObject) -> None:
    texts = data.draw(st.lists(texts_for(suffix), min_size=1, max_size=4 if suffix in MANY else 1))
    with tempfile.TemporaryDirectory() as folder:
        corpus, written = corpus_of(folder, suffix, texts)
        documents = list(corpus)
        assert corpus.rejected == []
        assert [it.text for it in documents] == texts
        assert [it.id for it in documents] == corpus.ids
        assert len(set(corpus.ids)) == len(texts)
        assert documents == [corpus[document_id] for document_id in corpus.ids] == list(corpus)
        for number, document in enumerate(documents, start=1):
            assert document.origin.path == f"news{suffix}"
            assert document.origin.sha256 == hashlib.sha256(written).hexdigest()
            assert document.origin.reader == READERS[suffix].name
            assert document.origin.version == READERS[suffix].release
            many = suffix in TABLES or (suffix == ".xml" and len(texts) > 1)
            assert (document.origin.row, document.id) == ((number, f"news#{number}") if many else (None, "news"))
            assert 0 <= document.body.start < document.body.end == len(document.text)
            assert document.text.encode()
        table = corpus.documents
        assert table["doc_id"].tolist() == corpus.ids
        assert table["characters"].tolist() == [len(text) for text in texts]


@pytest.mark.parametrize("suffix", EXACT)
@given(text=texts_for(".txt"))
@settings(max_examples=10)
def test_the_same_text_in_every_format_gives_the_same_annotations(suffix: str, text: str) -> None:
    [plain] = documents_in(Input("a.txt", "a", lambda: io.BytesIO(text.encode())))
    [other] = documents_in(Input(f"a{suffix}", "a", lambda: io.BytesIO(MAKERS[suffix]([text]))))
    assert isinstance(plain, Document)
    assert isinstance(other, Document)
    if plain.body == other.body:  # a date header is one in a file of text, and prose in a cell
        assert (other.digest, annotate_document(other)) == (plain.digest, annotate_document(plain))
    else:
        assert plain.date is not None


BLOCKS = "The harbour reopened on Monday, said Mr. Tokayev.\n\nIt had cost $1.5 bn., and it was late.\n\nNobody came."


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix != ".pdf"])
def test_the_same_article_in_every_format_gives_the_same_annotations(suffix: str) -> None:
    said = Settings(xml={"document": "item", "text": "text"})
    [document] = documents_in(Input(f"a{suffix}", "a", lambda: io.BytesIO(MAKERS[suffix]([BLOCKS])), said))
    assert isinstance(document, Document)
    assert document.text == BLOCKS
    assert len(annotate_document(document)["sentences"]) == 3


class Counting(io.BytesIO):
    """A stream that tells how much of it was read."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.taken = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


@pytest.mark.parametrize(
    ("suffix", "many"), [(".csv", 6_000), (".tsv", 6_000), (".jsonl", 6_000), (".ndjson", 6_000), (".xml", 20_000)]
)
def test_of_a_large_file_no_more_is_read_than_was_asked_for(suffix: str, many: int) -> None:
    """XML is read by the megabyte, other files by less."""
    data = MAKERS[suffix]([f"Text {number} of many, {'more ' * 10}." for number in range(many)])
    opened: list[Counting] = []

    def again() -> Counting:
        opened.append(Counting(data))
        return opened[-1]

    documents = documents_in(Input(f"a{suffix}", "a", again, Settings(xml={"document": "item", "text": "text"})))
    first = next(documents)
    assert isinstance(first, Document)
    assert first.text.startswith("Text 0 of many")
    assert opened[-1].taken < 0.6 * len(data)
    assert sum(1 for _ in documents) == many - 1
    assert opened[-1].taken == len(data)


def test_a_corpus_keeps_no_text(tmp_path: Path) -> None:
    import gc

    marked = "A sentence that is not to be kept."
    (tmp_path / "news.csv").write_bytes(MAKERS[".csv"]([marked] * 50))
    (tmp_path / "a.txt").write_text(marked)
    corpus = load(tmp_path)
    assert len(corpus.documents) == 51
    gc.collect()
    waiting: list[Any] = [corpus.__dict__]
    seen: set[int] = set()
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        assert not (isinstance(item, str | bytes) and marked in str(item))
        if isinstance(item, dict | list | tuple | set):
            waiting += [*item, *(item.values() if isinstance(item, dict) else ())]


@pytest.mark.parametrize("suffix", READERS)
def test_a_compressed_file_is_the_file(tmp_path: Path, suffix: str) -> None:
    text = "The harbour reopened." if suffix == ".pdf" else BLOCKS
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    for folder in (plain, packed):
        folder.mkdir()
        (folder / "corpus.toml").write_text(XML_SETTINGS)
    data = MAKERS[suffix]([text])
    (plain / f"news{suffix}").write_bytes(data)
    (packed / f"news{suffix}.gz").write_bytes(gzip.compress(data))
    [one], [other] = load(plain), load(packed)
    assert (other.id, other.text, other.origin.sha256) == (one.id, one.text, one.origin.sha256)
    assert other.origin.path == f"{one.origin.path}.gz"
