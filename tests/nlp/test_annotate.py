"""Annotations are where they say, and depend on the document and the annotator alone."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research import annotate, load
from research.loading import Corpus, Document, Origin, Span
from research.loading.readers import read_plain_text
from research.nlp import layers, processes
from research.nlp.annotate import Annotations, annotate_document
from research.nlp.annotated import AnnotatedDocument
from research.nlp.cache import Cache
from research.nlp.layers import Tables
from research.nlp.records import Mention
from research.nlp.statements import annotator as statements
from tests.strategies import documents

TEXTS = {
    "a.txt": "date 2024-05-01 The minister spoke. “We don’t agree,” Mr. Brown said.",
    "b.txt": "Trade grew 😀 by 5 percent.\r\n\r\nNobody objected!",
    "c/d.txt": "\ufeffA headline\n\nA text without a stop",
    "e.txt": "…",
}

Spans = list[tuple[str, list[tuple[int, int]], list[tuple[int, int]]]]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of one's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("RESEARCH_CACHE", str(folder))
    return folder / "annotations.sqlite"


def corpus_of(folder: Path, contents: Mapping[str, str]) -> Corpus:
    for name, text in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return load(folder)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return corpus_of(tmp_path / "texts", TEXTS)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that were annotated and did not come from the cache."""
    asked: list[str] = []
    make = layers.make

    def counting(document: Document, wanted: Iterable[layers.Layer], known: Mapping[str, list[Any]]) -> Tables:
        asked.append(document.id)
        return make(document, wanted, known)

    monkeypatch.setattr(layers, "make", counting)
    return asked


def spans(annotations: Annotations) -> Spans:
    return [(it.document.id, list(it.sentences), list(it.tokens)) for it in annotations]


def read(data: bytes) -> AnnotatedDocument:
    (document,) = read_plain_text(data, "a.txt", "a")
    return AnnotatedDocument(document, annotate_document(document))


def read_text_layer(data: bytes) -> AnnotatedDocument:
    """A document with its sentences and tokens alone, which need no network."""
    (document,) = read_plain_text(data, "a.txt", "a")
    return AnnotatedDocument(document, annotate_document(document, ["sentences", "text"]))


# --- laws ---


@settings(max_examples=150)
@given(documents())
def test_every_sentence_and_token_stands_in_the_body_in_order(data: bytes) -> None:
    annotated = read_text_layer(data)
    start, end = annotated.document.body
    for found in (annotated.sentences, annotated.tokens):
        edges = [edge for span in found for edge in span]
        assert edges == sorted(edges)
        assert all(span.start < span.end for span in found)
        assert all(start <= edge <= end for edge in edges)
        assert all(annotated[span] == annotated[span].strip() for span in found)
        covered = "".join(annotated[span] for span in found)
        assert "".join(covered.split()) == "".join(annotated.document.text[start:end].split())


@given(documents())
def test_every_document_has_a_sentence_and_every_token_lies_in_one(data: bytes) -> None:
    annotated = read_text_layer(data)
    assert annotated.sentences
    assert all(any(s <= start and end <= e for s, e in annotated.sentences) for start, end in annotated.tokens)


@given(documents())
def test_words_are_tokens_with_a_letter_or_a_digit(data: bytes) -> None:
    annotated = read_text_layer(data)
    assert set(annotated.words) <= set(annotated.tokens)
    assert all(any(map(str.isalnum, annotated[span])) for span in annotated.words)


@settings(max_examples=20)
@given(st.lists(documents(), min_size=1, max_size=5))
def test_a_document_is_annotated_the_same_whatever_its_neighbours(data: list[bytes]) -> None:
    together = [read_text_layer(one) for one in data]
    alone = [read_text_layer(one) for one in reversed(data)]
    assert [(it.sentences, it.tokens) for it in together] == [(it.sentences, it.tokens) for it in reversed(alone)]


@settings(max_examples=60)
@given(documents())
def test_attributions_and_mentions_stand_in_the_body_and_survive_being_written(data: bytes) -> None:
    annotated = read(data)
    start, end = annotated.document.body
    for found in annotated.attributions:
        assert found.content, "an attribution without content is none"
        assert all(start <= low < high <= end and annotated[low, high].strip() for low, high in found.spans)
        assert (found.speaker_label is None) == (found.source is None)
        assert 0 <= found.confidence <= 1
    for mention in annotated.mentions:
        assert start <= mention.start < mention.end <= end
        assert mention.entity
    written = json.loads(json.dumps(annotated.record()))
    assert AnnotatedDocument(annotated.document, {**annotated.tables, **written}).attributions == annotated.attributions


# --- one example, counted by hand ---


def test_sentences_words_and_tokens_of_a_small_text() -> None:
    annotated = read(TEXTS["a.txt"].encode())
    assert [annotated[span] for span in annotated.sentences] == [
        "The minister spoke.",
        "“We don’t agree,” Mr. Brown said.",
    ]
    assert [annotated[span] for span in annotated.words] == [
        *("The", "minister", "spoke", "We", "do", "agree", "Mr.", "Brown", "said"),
    ]
    assert annotated.tokens[0] == (16, 19)
    assert annotated[annotated.tokens[3]] == "."


def test_the_header_is_not_annotated(root: Path) -> None:
    [annotated] = annotate(load(root / "seeds"))
    assert annotated.sentences[0].start == annotated.tokens[0].start == 17
    assert len(annotated.sentences) == 15
    # Counted by another way: the texts between white space that have a letter or a digit.
    assert len(annotated.words) == sum(any(map(str.isalnum, piece)) for piece in annotated.document.text[17:].split())


def test_the_table_of_sentences_says_what_the_documents_say(corpus: Corpus) -> None:
    table = annotate(corpus).sentences
    assert table.columns.tolist() == ["doc_id", "start", "end", "text"]
    assert table["doc_id"].tolist() == ["a", "a", "b", "b", "c/d", "c/d", "e"]
    for row in table.to_dict("records"):
        assert corpus[row["doc_id"]].text[row["start"] : row["end"]] == row["text"]


def test_the_attributions_of_the_seed_are_those_of_a_reader(root: Path) -> None:
    """Sources and cues as one reader marked them; contents up to a final full stop."""
    table = annotate(load(root / "seeds")).attributions
    assert list(zip(table["source_text"], table["cue_text"], table["kind"], strict=True)) == [
        ("President of Kazakhstan Kassym-Jomart Tokayev", "said", "indirect"),
        ("the correspondent", "asked", "direct"),
        ("Kassym-Jomart Tokayev", "said", "direct"),
        ("he", "noted", "direct"),
        ("The President", "reminded of", "indirect"),
        ("he", "stressed", "direct"),
    ]
    assert table["content_start"].tolist() == [17, 227, 565, 904, 1583, 1748]
    assert table["content_end"].tolist() == [71, 522, 871, 1543, 1744, 2239]
    tokayev, office = "Kassym-Jomart Tokayev", "President of Kazakhstan"
    assert table["speaker"].fillna("").tolist() == [tokayev, "", *[tokayev] * 4], "not Mishustin, and not the asker"
    assert table["office"].fillna("").tolist() == [office, "", *[office] * 4]
    assert table["speaker_label"].tolist()[1:4] == ["the correspondent", "Kassym-Jomart Tokayev", "he"]
    document = load(root / "seeds")["000_65dcf001ecf1b552"]
    for row in table.to_dict("records"):
        assert document.text[row["start"] : row["end"]] == row["text"]
        assert all(
            document.text[row[f"{r}_start"] : row[f"{r}_end"]] == row[f"{r}_text"] for r in ("source", "cue", "content")
        )


def test_the_countries_that_the_seed_names(root: Path) -> None:
    table = annotate(load(root / "seeds")).mentions
    places = table[table["type"] == "GPE"]
    assert set(places["country"].dropna()) == {"DE", "KZ", "RU", "UA"}
    assert set(places.loc[places["country"] == "KZ", "entity"]) == {"Astana", "Kazakhstan"}


def test_tables_of_a_corpus_without_a_statement_have_their_columns(tmp_path: Path) -> None:
    annotations = annotate(corpus_of(tmp_path / "texts", {"e.txt": "…"}))
    assert annotations.attributions.empty
    assert "speaker" in annotations.attributions.columns
    assert annotations.mentions.columns.tolist() == ["doc_id", *Mention.columns]


def test_turns_are_of_a_kind_of_their_own_and_i_is_who_speaks() -> None:
    text = (
        "Briefing by Press Secretary Jon Carver\n\nMR. CARVER:  Good morning. I said on Tuesday that it is open.\n\n"
        "Q    Is it safe?\n\nMR. CARVER:  It is. (Laughter.)\n\nQ    Thank you.\n\nEND 1:20 P.M. EDT"
    )
    document = Document("a", text, Span(0, len(text)), Origin("a.txt", "", ""))
    annotated = AnnotatedDocument(document, annotate_document(document))
    assert (annotated.kind, annotated.whose) == ("transcript", None)
    turns = [it for it in annotated.attributions if it.kind == "turn"]
    assert [(it.speaker, it.speaker_label) for it in turns] == [("Jon Carver", "MR. CARVER"), (None, "Q")] * 2
    assert [annotated[it.content[-1]] for it in turns][1:] == ["Is it safe?", "It is.", "Thank you."]
    within = [it for it in annotated.attributions if it.level == 1]
    assert {it.speaker for it in within} == {"Jon Carver"}


def test_a_speech_is_its_speakers() -> None:
    text = "We thank the mayor. I said in May that the bridge will open. “I like it,” a driver told me."
    document = Document("a", text, Span(0, len(text)), Origin("a.txt", "", ""), title="Remarks by President Ada Okell")
    annotated = AnnotatedDocument(document, annotate_document(document))
    assert annotated.kind == "speech"
    assert annotated.whose is not None
    assert annotated.whose.name == "Ada Okell"
    own = [it for it in annotated.attributions if it.speaker_label == "I"]
    assert own
    assert {it.speaker for it in own} == {"Ada Okell"}


# --- the same from everywhere ---


def test_the_cache_changes_nothing_but_the_time(corpus: Corpus, counted: list[str]) -> None:
    fresh = [AnnotatedDocument(it, annotate_document(it)) for it in corpus]
    annotations = Annotations(corpus)
    counted.clear()
    assert list(annotations) == list(annotations) == fresh
    assert counted == ["a", "b", "c/d", "e"], "each is annotated once"


def test_annotating_fills_the_cache_and_iterating_only_reads_it(corpus: Corpus, counted: list[str]) -> None:
    told: list[tuple[int, int]] = []
    annotations = annotate(corpus, progress=lambda done, all_: told.append((done, all_)))
    assert counted == corpus.ids
    assert told[-1] == (4, 4)
    assert len(spans(annotations)) == 4
    annotate(corpus)
    assert counted == corpus.ids


def test_a_document_that_changes_is_annotated_again_and_the_others_are_not(
    tmp_path: Path, corpus: Corpus, counted: list[str]
) -> None:
    annotate(corpus)
    counted.clear()
    annotate(corpus_of(tmp_path / "texts", {"b.txt": "Another text."}))
    assert counted == ["b"]


def test_the_same_text_under_another_name_is_known(tmp_path: Path, corpus: Corpus, counted: list[str]) -> None:
    annotate(corpus)
    counted.clear()
    other = annotate(corpus_of(tmp_path / "elsewhere", {"z.txt": TEXTS["b.txt"]}))
    assert spans(other)[0][0] == "z"
    assert counted == []


def test_several_processes_give_what_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_WORTH_A_PROCESS", 2)
    monkeypatch.setattr(processes, "_AHEAD", 1)
    corpus = corpus_of(tmp_path / "texts", {f"{n}/{name}": f"{text} {n}" for name, text in TEXTS.items() for n in "12"})
    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / "one"))
    one = spans(annotate(corpus, jobs=1))
    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / "several"))
    annotations = annotate(corpus, jobs=2)
    monkeypatch.setattr(layers, "make", None)  # all of them are in the cache
    assert spans(annotations) == one


def test_progress_is_told_document_by_document(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path / "texts", {f"{n}.txt": f"Text {n}." for n in range(7)})
    told: list[tuple[int, int]] = []
    annotations = annotate(corpus, progress=lambda done, all_: told.append((done, all_)))
    assert told == [(done, 7) for done in range(1, 8)]
    assert [name for name, *_ in spans(annotations)] == corpus.ids


# --- a cache that fails ---


def test_a_damaged_cache_is_filled_anew(corpus: Corpus, cache: Path, counted: list[str]) -> None:
    annotations = annotate(corpus)
    right = spans(annotations)
    whole = cache.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"rubbish" * 999):
        cache.write_bytes(damaged)
        assert spans(annotations) == right
        counted.clear()
        assert spans(annotations) == right
        assert counted == [], "it was filled anew"


def test_a_damaged_row_is_annotated_again(corpus: Corpus, cache: Path, counted: list[str]) -> None:
    annotations = annotate(corpus)
    right = spans(annotations)
    with Cache() as opened:
        opened._run("update annotations set tables = x'00' where document = ?", corpus["b"].digest)
    counted.clear()
    assert spans(annotate(corpus)) == right
    for it in annotations:
        assert all(it.tables[table] is not None for layer in layers.LAYERS for table in layer.tables)
    assert counted == ["b"] * len(layers.LAYERS), "each layer is kept by itself, and made when it is asked for"
    assert spans(annotations) == right
    assert counted == ["b"] * len(layers.LAYERS)


def test_without_a_place_for_the_cache_the_work_goes_on(
    corpus: Corpus, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = spans(annotate(corpus))
    cache.unlink()
    cache.mkdir()
    assert spans(annotate(corpus)) == right
    monkeypatch.setenv("RESEARCH_CACHE", "/proc/nowhere")
    assert spans(annotate(corpus)) == right


def test_a_new_version_of_the_annotator_uses_nothing_old(
    corpus: Corpus, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    annotations = annotate(corpus)
    counted.clear()
    monkeypatch.setattr(layers, "version", lambda _: "another")
    assert len(spans(annotations)) == 4
    assert counted == corpus.ids


# --- the layers ---


def test_what_is_counted_alone_takes_no_model(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {it.id: annotate_document(it) for it in corpus}
    monkeypatch.setattr(statements, "read", None)
    for chosen in (["counts"], ["text"], ["counts", "text"]):
        for it in annotate(corpus, layers=chosen).stream():
            names = [name for layer in layers.in_order(chosen) for name in layer.tables]
            assert it.tables == {name: whole[it.document.id][name] for name in names}
    with pytest.raises(TypeError):
        annotate(corpus)


def test_a_layer_that_is_asked_for_later_is_made_then_and_kept(corpus: Corpus, counted: list[str]) -> None:
    whole = {it.id: annotate_document(it) for it in corpus}
    annotations = annotate(corpus, layers=["counts"])
    counted.clear()
    for _ in range(2):
        found = list(annotations)  # the stream has ended, and its cache is closed, when they are asked
        assert [it.tables["attributions"] for it in found] == [it["attributions"] for it in whole.values()]
        assert [list(map(list, it.sentences)) for it in found] == [it["sentences"] for it in whole.values()]
    assert counted == corpus.ids, "statements are made once, and the counts have made the sentences that they need"


def test_the_counts_are_those_of_the_words_and_sentences(corpus: Corpus) -> None:
    for it in annotate(corpus):
        assert (it.n_words, it.n_sentences, it.opening) == (len(it.words), len(it.sentences), it.sentences[0])
