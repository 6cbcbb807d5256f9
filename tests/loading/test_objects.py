"""JSON: every object with a text is read or listed, however deep in its file it is."""

import json
from pathlib import Path

import pytest

from research.loading import files as files_read
from research.loading.readers import what_it_was
from tests.loading.test_tables import loaded, reasons


def test_an_object_with_a_text_is_one_document(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, ".json", b'{"text": "One.", "tags": ["a", "b"], "n": 3, "more": {"x": 1}, "ok": true}')
    assert corpus["news"].text == "One."
    assert corpus["news"].metadata == {"tags": "a, b", "n": "3", "more.x": "1", "ok": "true"}


def test_of_a_record_with_very_many_values_none_is_lost(tmp_path: Path) -> None:
    item = {f"n{number}": number for number in range(1200)} | {"text": "One."}
    [document, _] = loaded(tmp_path, ".jsonl", json.dumps(item).encode())
    assert document.text == "One."
    assert len(document.metadata) == 1200


def test_a_text_may_be_a_list_of_paragraphs(tmp_path: Path) -> None:
    assert loaded(tmp_path, ".json", b'{"body": ["One.", "Two, three."]}')["news"].text == "One.\n\nTwo, three."


def test_the_list_may_be_the_value_of_a_name(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, ".json", b'{"count": 2, "tags": ["a"], "articles": [{"body": "One."}, {"body": "Two."}]}')
    assert [corpus[f"news#{n}"].text for n in (1, 2)] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ({"response": {"docs": [{"body": "One."}, {"body": "Two."}], "meta": {"hits": 2}}}, ["One.", "Two."]),
        ({"message": "success", "data": {"items": [{"text": "One."}]}}, ["One."]),
        ({"wire": [{"text": "One."}], "post": [{"text": "Two."}]}, ["One.", "Two."]),
        ({"a1": {"text": "One."}, "a2": {"text": "Two."}}, ["One.", "Two."]),
        ({"text": "One.", "comments": [{"text": "No."}]}, ["One."]),
        ({"article": {"body": "One."}}, ["One."]),
        ([{"fields": {"bodyText": "One.", "trail": "no"}}], ["One."]),
        (
            [{"text": "One <b>two</b>.\n\nThree & <a href='/x'>four</a>.\n 5 < 6"}],
            ["One two.\n\nThree & four.\n 5 < 6"],
        ),
        ([{"text": "One\n<a\nhref='/x'>two</a>.\nThree."}], ["One\ntwo.\nThree."]),
        ([{"content": {"rendered": "<p>One.</p>\n<p>Two &amp; three.</p>"}}], ["One.\n\nTwo & three."]),
    ],
)
def test_documents_are_found_within_other_objects(tmp_path: Path, content: object, texts: list[str]) -> None:
    corpus = loaded(tmp_path, ".json", json.dumps(content).encode())
    assert [it.text for it in corpus][: len(texts)] == texts
    assert len(corpus) == len(texts) + 1
    passed_over = ["news.json#field comments"] if "comments" in json.dumps(content) else []
    assert [it.file for it in corpus.rejected] == passed_over


def test_json_lines_may_be_called_json(tmp_path: Path) -> None:
    lines = b'{"text": "One.", "date": "2031-05-12"}\r\n\r\n{"text": "Two\xe2\x80\xa8three."}\n{"text": \n'
    corpus = loaded(tmp_path, ".json", lines)
    assert [it.text for it in corpus][:2] == ["One.", "Two\u2028three."]
    assert reasons(corpus).keys() == {"news.json#3"}
    for pretty in (b'{\n"text": "One.",\n"more": {"x": 1}\n}', b'{"articles": [\n{"text": "One."}\n]}'):
        assert next(iter(loaded(tmp_path, ".json", pretty))).text == "One."


def test_a_value_within_an_object_is_a_part_as_well(tmp_path: Path) -> None:
    item = {
        "source": {"id": None, "name": "Ossel Courier"},
        "headline": {"main": "Vote nears", "kicker": "Ports"},
        "date": {"$date": "2031-05-12T09:00:00Z"},
        "body": "One.",
        "image": {"title": "A picture", "url": "x"},
    }
    [document, _] = loaded(tmp_path, ".jsonl", json.dumps(item).encode())
    assert (document.source, document.title, document.date) == ("Ossel Courier", "Vote nears", "2031-05-12")
    assert document.metadata.items() >= {"image.title": "A picture", "headline.kicker": "Ports"}.items()


def test_the_seconds_of_a_computer_are_a_day(tmp_path: Path) -> None:
    lines = [json.dumps({"text": "A.", "published_at": it}) for it in (1936000000, 1936086400.0, 1936172800000)]
    corpus = loaded(tmp_path, ".jsonl", "\n".join(lines).encode())
    assert [it.date for it in corpus][:3] == ["2031-05-08", "2031-05-09", "2031-05-10"]


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_bad_objects_are_rejected_and_the_others_go_on(tmp_path: Path, suffix: str) -> None:
    items = ['{"text": "One."}', "[]", '{"text": "half \\ud800"}', '{"text": "nul \\u0000"}', '{"text": null}', "null"]
    items += ['{"text": "Seven.", "title": "\\ud800"}']
    data = f"[{', '.join(items)}]" if suffix == ".json" else "\n".join(items)
    corpus = loaded(tmp_path, suffix, data.encode())
    assert corpus.ids == ["news#1", "news#7", "note"]
    assert corpus["news#7"].title is None
    found = reasons(corpus)
    assert "not an object" in found[f"news{suffix}#2"]
    assert "half of a character" in found[f"news{suffix}#3"]
    assert "NUL" in found[f"news{suffix}#4"]
    assert found[f"news{suffix}#5"] == "the record holds no text"


def test_a_broken_line_is_rejected_by_its_number(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, ".jsonl", b'{"text": "One."}\n{"text": \n\n{"text": "Three."}')
    assert corpus.ids == ["news#1", "news#3", "note"]
    assert "it is not JSON" in reasons(corpus)["news.jsonl#2"]


def test_a_list_that_must_be_held_as_a_whole_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_read, "LARGEST", 10)
    corpus = loaded(tmp_path, ".json", json.dumps([{"text": "A long text."}]).encode())
    assert reasons(corpus)["news.json"].startswith("the file is too large")


# --- envelopes ---


LONG = "The harbour reopened on Monday, and the council said that it would stay open."


@pytest.mark.parametrize(
    "envelope",
    [
        {"meta": {"message": "OK"}, "articles": "TEXTS"},
        {"status": "ok", "response": {"message": "OK", "docs": "TEXTS"}},
        {"content": "news", "results": "TEXTS"},
        {"transcript": "Debate on ports", "turns": "TEXTS"},
        {"empty": [{"id": number} for number in range(90)], "articles": "TEXTS"},
        {"articles": [{"id": n} for n in range(150)], "more": "TEXTS"},
        {"a": {"b": {"c": {"d": {"e": {"f": "TEXTS"}}}}}},
        [[["TEXTS"]]],
        [{"page": 1, "articles": "TEXTS"}],
        {"message": "Rate limited: " + LONG * 9, "articles": "TEXTS"},
        {"content": [{"title": "a", "text": f"{LONG} 1"}, {"title": "b", "text": f"{LONG} 2"}]},
    ],
)
def test_the_texts_in_an_envelope_are_read(tmp_path: Path, envelope: object) -> None:
    texts = [f"{LONG} {n}" for n in (1, 2)]
    written = json.dumps(envelope).replace('"TEXTS"', json.dumps([{"text": text} for text in texts]))
    corpus = loaded(tmp_path, ".json", written.encode())
    assert [it.text for it in corpus][:-1] == texts
    assert not any("field" in file for file in reasons(corpus))


def test_in_a_list_of_texts_all_items_are_read_or_listed(tmp_path: Path) -> None:
    items: list[object] = [{"id": number} for number in range(90)]
    corpus = loaded(tmp_path, ".json", json.dumps({"articles": [*items, {"text": "One."}, 7, None]}).encode())
    assert corpus.ids == ["news#91", "note"]
    assert corpus.unread == 92


def test_the_texts_that_are_passed_over_are_listed(tmp_path: Path) -> None:
    article = {"text": LONG, "comments": [{"text": "Yes."}, {"text": "No."}], "more": {"deep": [{"body": "Aha."}]}}
    for suffix, content in ((".json", [article, article]), (".json", article), (".jsonl", article)):
        for old in tmp_path.iterdir():
            old.unlink()
        corpus = loaded(tmp_path, suffix, json.dumps(content).encode())
        times = len(content) if isinstance(content, list) else 1
        assert [it.text for it in corpus][:-1] == [LONG] * times
        found = reasons(corpus)
        assert found.keys() == {f"news{suffix}#field comments", f"news{suffix}#field more.deep"}
        assert found[f"news{suffix}#field comments"].startswith(
            f"{2 * times} objects with texts were not read, because"
        )
        assert {what_it_was(it) for it in corpus.rejected} == {"record"}


def test_a_text_that_was_read_is_not_listed_as_unread(tmp_path: Path) -> None:
    words = "The harbour opened again on Monday with a long and loud feast."
    corpus = loaded(tmp_path, ".json", json.dumps({"source": {"text": "A wire."}, "article": {"text": words}}).encode())
    assert [it.text for it in corpus][:2] == ["A wire.", words]
    assert not corpus.rejected


def test_a_text_beside_longer_ones_is_listed(tmp_path: Path) -> None:
    content = {"text": LONG, "turns": [{"text": LONG + LONG}]}
    corpus = loaded(tmp_path, ".json", json.dumps(content).encode())
    assert corpus["news#1"].text == LONG + LONG
    assert reasons(corpus).keys() == {"news.json#field text"}


def test_a_text_that_is_there_in_pieces_as_well_is_read_once(tmp_path: Path) -> None:
    content = {"text": "No, never!", "text_entities": [{"text": "No, "}, {"type": "bold", "text": "never!"}]}
    corpus = loaded(tmp_path, ".jsonl", json.dumps(content).encode())
    assert (corpus["news#1"].text, corpus.rejected) == ("No, never!", [])


def test_a_name_that_occurs_twice_loses_nothing(tmp_path: Path) -> None:
    twice = b'{"articles": [{"text": "One."}], "articles": [{"text": "Two."}, {"text": "A", "text": "B"}]}'
    corpus = loaded(tmp_path, ".json", twice)
    assert [it.text for it in corpus][:-1] == ["One.", "Two."]
    assert reasons(corpus) == {"news.json#3": "the record has two values named 'text'"}
    [document, _] = loaded(tmp_path, ".json", b'{"text": "A", "id": 1, "text": "A", "id": 2, "id": 3}')
    assert document.metadata == {"id": "1", "id (again)": "2", "id (again)2": "3", "text (again)": "A"}


def test_a_chosen_name_finds_the_texts(tmp_path: Path) -> None:
    content = {"content": "news", "results": [{"Full story": "One."}, {"Full story": "Two."}]}
    corpus = loaded(tmp_path, ".json", json.dumps(content).encode(), '[columns]\ntext = "Full story"')
    assert [it.text for it in corpus][:-1] == ["One.", "Two."]


@pytest.mark.parametrize(("opening", "end"), [('{"a":', "}"), ("[", "]"), ('[{"text": "a"}, {"y": ', "}]")])
@pytest.mark.parametrize("depth", [300, 900, 100_000])
def test_depth_ends_nothing(tmp_path: Path, opening: str, end: str, depth: int) -> None:
    corpus = loaded(tmp_path, ".json", (opening * depth + "1" + end * depth).encode())
    assert "note" in corpus
    assert corpus.rejected


@pytest.mark.parametrize(
    ("content", "texts", "listed"),
    [
        ({"message": "OK", "article": {"title": "A", "body": LONG}}, [LONG], []),
        ({"meta": {"message": "OK"}, "first": {"body": LONG}, "second": {"body": LONG}}, [LONG, LONG], []),
        ({"text": "Short.", "data": {"text": LONG}}, [LONG], []),
        ({"data": {"message": "found", "articles": [{"text": LONG}]}, "ok": True}, [LONG], []),
        ({"text": LONG, "related": {"text": "No."}}, [LONG], ["related"]),
        ([{"text": LONG, "more": {"related": {"body": "No."}}}], [LONG], ["more.related"]),
        (
            {"message": "OK", "article": {"body": LONG, "comments": [{"text": "No."}]}},
            [LONG],
            ["article.comments"],
        ),
        ({"text": LONG, "same": {"text": LONG}}, [LONG], []),
    ],
)
def test_a_single_object_with_a_text_in_another_is_read_or_listed(
    tmp_path: Path, content: object, texts: list[str], listed: list[str]
) -> None:
    corpus = loaded(tmp_path, ".json", json.dumps(content).encode())
    assert [it.text for it in corpus][:-1] == texts
    assert [it.file for it in corpus.rejected] == [f"news.json#field {name}" for name in listed]


def test_objects_in_more_objects_than_can_be_read_are_listed(tmp_path: Path) -> None:
    deep = b'{"text": "One.", "more": ' + b'{"more": ' * 100_000 + b"1" + b"}" * 100_001
    corpus = loaded(tmp_path, ".json", deep)
    assert corpus.ids == ["note"]
    assert reasons(corpus)["news.json"].startswith("the file is malformed: ")


@pytest.mark.parametrize("content", ['"One."', "7", "null", "true"])
def test_a_file_that_is_one_value_and_no_object_is_listed(tmp_path: Path, content: str) -> None:
    corpus = loaded(tmp_path, ".json", content.encode())
    assert (corpus.ids, [*reasons(corpus)]) == (["note"], ["news.json"])
