"""One coder's session: what is shown, which rows an answer becomes, and where the next session goes on."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from research.analysis.accuracy.names import Names
from research.analysis.judging.items import Found, Item
from research.errors import SourceError
from research.loading import Span
from research.loading.judgements import Judgement, read_judgements, written
from research.outputs.judging.session import Session, tokens

TEXT = "The fog lifted. “We will stay,” the mayor said, and Bo Ray paid\n$5 million. Nobody clapped."
WHOLE = Span(16, 75)
NAMES = Names({"harbour": ["Ann Lee", "Bo Ray"]}, ["Bo Ray", "Cara Moss"])


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def item(at: int = 0) -> Item:
    """A sentence with a statement and a figure; the one before it and the one after it have nothing."""
    spans = (WHOLE, Span(0, 15), Span(76, 91))
    start, end = spans[at]
    found = (
        Found(
            "statement",
            place("We will stay"),
            "We will stay",
            "lifted. “",
            ",” the",
            speaker="Ann Lee",
            source=place("the mayor"),
            cue=place("said"),
            content=(place("We will stay"),),
            kind="direct",
            confidence=0.87,
        ),
        Found("figure", place("$5 million"), "$5 million", "paid ", ". Nobody", value="5000000", unit="USD"),
    )
    return Item(
        "harbour",
        "The harbour",
        "2031-03-04",
        "f" * 64,
        spans[at],
        TEXT[:start],
        TEXT[start:end],
        TEXT[end:],
        "high" if at == 0 else "nothing",
        0.25,
        found if at == 0 else (),
        sheet="1-abcdef",
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "judgements.csv"


def session(path: Path, coder: str = "ann", n: int = 3) -> Session:
    return Session([item(at) for at in range(n)], path, coder=coder, names=NAMES)


def kept(path: Path) -> list[tuple[str, ...]]:
    """What is judged, the verdict and the right values of each row, with its words."""
    its = read_judgements(path.read_bytes()).entries
    return [(it.judged, it.exact, it.verdict, it.right_speaker, it.right_words, it.right_value) for it in its]


RIGHT: dict[str, Any] = {"right": True, "speaker": "", "words": [], "value": ""}
ALL_RIGHT: dict[str, Any] = {"do": "save", "found": [RIGHT, RIGHT], "missed": []}
NOTHING: dict[str, Any] = {"do": "save", "found": [], "missed": []}


def test_what_is_shown_is_json_and_says_where_everything_is(path: Path) -> None:
    shown = session(path).shown()
    assert json.loads(json.dumps(shown)) == shown
    assert (shown["at"], shown["total"], shown["done"]) == (0, 3, 0)
    sentence = shown["sentence"]
    assert "".join(it["text"] for it in sentence["tokens"]) == TEXT
    assert all(TEXT[it["start"] : it["end"]] == it["text"] for it in sentence["tokens"])
    assert sentence["names"] == ["Ann Lee", "Bo Ray", "Cara Moss"]
    statement, figure = sentence["found"]
    assert (statement["speaker"], statement["source"], statement["cue"]) == ("Ann Lee", "the mayor", "said")
    assert (statement["words"], statement["kind"], statement["confidence"]) == ("We will stay", "direct", "0.87")
    assert (figure["words"], figure["value"]) == ("$5 million", "5000000 USD")
    assert not path.exists()


def test_the_pieces_carry_their_marks() -> None:
    marked = {tuple(map(tuple, it["marks"])): "" for it in tokens(item())}
    for it in tokens(item()):
        marked[tuple(map(tuple, it["marks"]))] += it["text"]
    del marked[()]
    assert marked == {
        ((0, "content"),): "We will stay",
        ((0, "source"),): "the mayor",
        ((0, "cue"),): "said",
        ((1, "figure"),): "$5 million",
    }
    assert "".join(it["text"] for it in tokens(item()) if it["inside"]) == TEXT[slice(*WHOLE)]


def test_a_right_sentence_is_saved_and_the_next_one_is_shown(path: Path) -> None:
    shown = session(path).take({"at": 0, **ALL_RIGHT})
    assert (shown["at"], shown["done"], shown["problem"]) == (1, 1, "")
    assert kept(path) == [
        ("sentence", TEXT[slice(*WHOLE)], "right", "", "", ""),
        ("statement", "We will stay", "right", "", "", ""),
        ("figure", "$5 million", "right", "", "", ""),
    ]
    row = read_judgements(path.read_bytes()).entries[0]
    assert (row.coder, row.stratum, row.probability, row.sheet) == ("ann", "high", 0.25, "1-abcdef")


def test_what_is_mended_wrong_and_missed_is_in_the_rows(path: Path) -> None:
    content, paid = place("We will stay"), place("paid\n$5")
    found = [
        {
            "right": True,
            "speaker": " Cara  Moss ",
            "words": [[paid.start, paid.end], [content.start, content.start + 7]],
        },
        {"right": False},
    ]
    missed = [{"start": paid.start, "end": paid.end, "speaker": "-"}]
    assert not session(path).take({"at": 0, "do": "save", "found": found, "missed": missed})["problem"]
    assert kept(path) == [
        ("sentence", TEXT[slice(*WHOLE)], "wrong", "", "", ""),
        ("statement", "We will stay", "mended", "Cara Moss", "We will […] paid $5", ""),
        ("missed", "paid\n$5", "mended", "-", "", ""),
        ("figure", "$5 million", "wrong", "", "", ""),
    ]


def test_an_answer_that_changes_nothing_mends_nothing(path: Path) -> None:
    same = {"right": True, "speaker": "Ann Lee", "words": [list(place("We will stay"))]}
    session(path).take({"at": 0, "do": "save", "found": [same, RIGHT]})
    assert [row[2] for row in kept(path)] == ["right", "right", "right"]


def test_a_figure_is_mended_by_its_value(path: Path) -> None:
    session(path).take({"at": 0, "do": "save", "found": [RIGHT, {"right": True, "value": "6000000 USD 2031"}]})
    assert kept(path)[-1] == ("figure", "$5 million", "mended", "", "", "6000000 USD 2031")


def test_a_missed_figure_has_a_value_and_comes_back(path: Path) -> None:
    one, bo = session(path), place("Bo Ray")
    figure = {"what": "figure", "start": bo.start, "end": bo.end, "speaker": "", "value": "1 person 2031"}
    answer = {"at": 0, "do": "save", "found": [RIGHT, RIGHT]}
    for value in ("", "one person", "1 million people"):
        said = one.take({**answer, "missed": [figure | {"value": value}]})["problem"]
        assert said.startswith(f"The value of the missed figure is {value!r}, which is no number in digits.")
        assert not path.exists()
    assert not one.take({**answer, "missed": [figure]})["problem"]
    assert kept(path)[0][2] == "wrong"
    assert [row for row in kept(path) if row[0] == "missed figure"] == [
        ("missed figure", "Bo Ray", "mended", "", "", "1 person 2031")
    ]
    assert one.take({"at": 1, "do": "back"})["before"]["missed"] == [figure]


def test_a_right_value_without_a_number_in_digits_is_not_taken(path: Path) -> None:
    found = [RIGHT, {"right": True, "value": "6 million USD"}]
    shown = session(path).take({"at": 0, "do": "save", "found": found})
    assert shown["problem"].startswith("The right value is '6 million USD', which is no number in digits. Write value,")
    assert not path.exists()


def test_a_skipped_sentence_is_left_behind(path: Path) -> None:
    one = session(path)
    shown = one.take({"at": 0, "do": "skip"})
    assert (shown["at"], shown["done"], shown["skipped"]) == (1, 1, 1)
    assert [row[2] for row in kept(path)] == ["skipped"]
    assert session(path).at == 1


def test_back_shows_what_was_said_and_another_answer_replaces_it(path: Path) -> None:
    one = session(path)
    content = place("We will stay")
    first = {"right": True, "speaker": "Bo Ray", "words": [[content.start, content.start + 7]], "value": ""}
    missed = [{"what": "statement", "start": 48, "end": 51, "speaker": "Bo Ray", "value": ""}]
    one.take({"at": 0, "do": "save", "found": [first, {**RIGHT, "right": False}], "missed": missed})
    shown = one.take({"at": 1, "do": "back"})
    assert shown["at"] == 0
    assert shown["before"] == {"found": [first, {**RIGHT, "right": False}], "missed": missed}
    shown = one.take({"at": 0, **ALL_RIGHT})
    assert (shown["at"], shown["done"]) == (1, 1)
    assert [row[:3] for row in kept(path)] == [
        ("sentence", TEXT[slice(*WHOLE)], "right"),
        ("statement", "We will stay", "right"),
        ("figure", "$5 million", "right"),
    ]


def test_a_new_session_goes_on_where_the_last_one_stopped(path: Path) -> None:
    session(path).take({"at": 0, **ALL_RIGHT})
    again = session(path)
    assert (again.at, again.done) == (1, 1)
    again.take({"at": 1, **NOTHING})
    end = again.take({"at": 2, **NOTHING})
    assert (end["at"], end["done"], end["sentence"]) == (3, 3, None)
    assert session(path).shown()["sentence"] is None
    assert again.take({"at": 3, "do": "back"})["at"] == 2


def test_coders_do_not_touch_each_other_and_unread_rows_stay(path: Path) -> None:
    one, other = session(path, "ann"), session(path, "ben")
    one.take({"at": 0, **ALL_RIGHT})
    text = path.read_text(encoding="utf-8")
    path.write_text(text + '"harbour","","0","15","The fog lifted.","","","sentence","","rihgt"\n', encoding="utf-8")
    other.take({"at": 0, "do": "save", "found": [{"right": False}, RIGHT]})
    one.take({"at": 1, **NOTHING})
    judgements = read_judgements(path.read_bytes())
    assert sorted((it.coder, it.judged, it.verdict) for it in judgements.entries) == [
        ("ann", "figure", "right"),
        ("ann", "sentence", "right"),
        ("ann", "sentence", "right"),
        ("ann", "statement", "right"),
        ("ben", "figure", "right"),
        ("ben", "sentence", "wrong"),
        ("ben", "statement", "wrong"),
    ]
    assert len(judgements.problems) == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"found": [RIGHT]}, "Not everything that was found here has an answer"),
        ({"found": [RIGHT, RIGHT, RIGHT]}, "more answers than things"),
        ({"found": "yes"}, "did not arrive whole"),
        ({"found": [RIGHT, RIGHT], "missed": [{"start": 48, "end": 51, "speaker": " "}]}, "“and” has no speaker yet"),
        ({"found": [RIGHT, RIGHT], "missed": [{"start": 0, "end": 7, "speaker": "-"}]}, "begin in the sentence itself"),
        ({"found": [RIGHT, RIGHT], "missed": [{"start": 47, "end": 4700, "speaker": "-"}]}, "Mark them again"),
        ({"found": [{**RIGHT, "speaker": "x" * 501}, RIGHT]}, "more than 500 characters"),
    ],
)
def test_an_answer_that_cannot_be_taken_changes_nothing(path: Path, given: dict[str, Any], why: str) -> None:
    shown = session(path).take({"at": 0, "do": "save", **given})
    assert why in shown["problem"]
    assert shown["at"] == 0
    assert not path.exists()


def test_an_answer_to_another_sentence_is_not_taken(path: Path) -> None:
    one = session(path)
    one.take({"at": 0, **ALL_RIGHT})
    before = path.read_bytes()
    assert one.take({"at": 0, **ALL_RIGHT})["at"] == 1, "the key was pressed twice"
    assert path.read_bytes() == before


def test_a_sentence_with_other_words_is_judged_again(path: Path) -> None:
    row = Judgement(
        "harbour", "a" * 64, 0, 15, "The fog settled", "", "", "sentence", "0", "right", coder="ann", probability=1.0
    )
    path.write_text(written([row]), encoding="utf-8")
    assert session(path).done == 0


def test_a_file_that_is_something_else_is_not_overwritten(path: Path) -> None:
    path.write_text("name,age\nAnn,40\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"judgements\.csv has no column document"):
        session(path)
    assert path.read_text(encoding="utf-8") == "name,age\nAnn,40\n"


def test_a_column_that_the_coder_added_stays_when_a_sentence_is_judged_anew(path: Path) -> None:
    one = session(path, n=2)
    one.at = 1
    one.take({"do": "save", "at": 1, "found": [], "missed": []})
    (row,) = read_judgements(path.read_bytes()).entries
    path.write_text(written([replace(row, further={"note": "ask Bo"})]), encoding="utf-8")
    again = session(path, n=2)
    again.at = 1
    again.take({"do": "skip", "at": 1})
    (row,) = read_judgements(path.read_bytes()).entries
    assert (row.verdict, row.further) == ("skipped", {"note": "ask Bo"})


def test_rows_on_a_text_that_has_changed_stay_for_their_words(path: Path) -> None:
    one = session(path, n=2)
    one.at = 1
    one.take({"do": "save", "at": 1, "found": [], "missed": [{"start": 4, "end": 7, "speaker": "Ann Lee"}]})
    rows = read_judgements(path.read_bytes()).entries
    earlier = [replace(it, sha256="0" * 64, exact=it.exact.replace("fog", "mist")) for it in rows]
    path.write_text(written(earlier), encoding="utf-8")
    again = session(path, n=2)
    assert again.done == 0
    again.at = 1
    again.take({"do": "save", "at": 1, "found": [], "missed": []})
    kept = [(it.judged, it.exact) for it in read_judgements(path.read_bytes()).entries]
    assert ("missed", "mist") in kept


# --- what others do to the file meanwhile ---


def test_a_second_session_goes_on_with_what_the_first_has_not_judged(path: Path) -> None:
    one, other = session(path), session(path)
    one.take({"at": 0, **ALL_RIGHT})
    shown = other.take({"at": 0, "do": "save", "found": [{"right": False}, RIGHT]})
    assert shown["problem"].startswith("This sentence was judged elsewhere meanwhile, and that answer is shown.")
    assert (shown["at"], shown["afresh"], shown["before"]["found"][0]["right"]) == (0, True, True)
    assert kept(path)[0][2] == "right", "nothing was replaced"
    one.take({"at": 1, **NOTHING})
    shown = other.take({"at": 0, "do": "save", "found": [{"right": False}, RIGHT]})
    assert (shown["problem"], shown["at"], shown["done"]) == ("", 2, 2)
    assert [row[2] for row in kept(path)] == ["right", "wrong", "wrong", "right"]


def test_what_another_program_changes_meanwhile_is_kept(path: Path) -> None:
    one = session(path)
    one.take({"at": 0, **ALL_RIGHT})
    path.write_text(
        path.read_text("utf-8").replace('"sheet"', '"sheet","remark"').replace('1-abcdef"', '1-abcdef","hm"')
    )
    assert not one.take({"at": 1, **NOTHING})["problem"]
    entries = read_judgements(path.read_bytes()).entries
    assert sorted(it.further.get("remark", "") for it in entries) == ["", "hm", "hm", "hm"]


def test_a_read_only_file_stays_as_it_is(path: Path) -> None:
    one = session(path)
    one.take({"at": 0, **ALL_RIGHT})
    before = path.read_bytes()
    path.chmod(0o444)
    shown = one.take({"at": 1, **NOTHING})
    assert shown["problem"] == (
        "judgements.csv is read-only, so nothing was saved. Allow writing to it, then do it again."
    )
    assert (shown["at"], shown["done"], path.read_bytes()) == (1, 1, before)
    path.chmod(0o644)
    assert one.take({"at": 1, **NOTHING})["done"] == 2


def test_a_damaged_row_is_named_kept_and_its_sentence_asked_again(path: Path) -> None:
    one = session(path)
    one.take({"at": 0, **ALL_RIGHT})
    one.take({"at": 1, **NOTHING})
    text = path.read_text("utf-8")
    damaged = next(line for line in text.splitlines() if '"sentence"' in line and "The fog" in line)
    path.write_text(text.replace(damaged, damaged.replace('"right"', '"rihgt"')), "utf-8")
    shown = one.take({"at": 2, **NOTHING})
    assert shown["notice"].startswith("judgements.csv, line 2: the verdict on a sentence is right, wrong or skipped,")
    assert shown["notice"].endswith("Such rows are kept, and their sentences are asked again.")
    assert (shown["at"], shown["done"]) == (1, 2)
    assert '"rihgt"' in path.read_text("utf-8")
    assert one.take({"at": 1, **NOTHING})["at"] == 3


def test_a_file_that_is_no_table_any_more_is_left_alone(path: Path) -> None:
    one = session(path)
    one.take({"at": 0, **ALL_RIGHT})
    path.write_text("name;party\nAda;Green\n", "utf-8")
    shown = one.take({"at": 1, **NOTHING})
    assert shown["problem"].startswith("judgements.csv has no column document.")
    assert (shown["at"], path.read_text("utf-8")) == (1, "name;party\nAda;Green\n")


def test_a_file_that_is_gone_is_said_and_made_again_with_what_was_judged(path: Path) -> None:
    one = session(path)
    one.take({"at": 0, **ALL_RIGHT})
    before = kept(path)
    path.unlink()
    shown = one.take({"at": 1, **NOTHING})
    assert shown["problem"].startswith("judgements.csv is not in its folder any more, so nothing was saved.")
    assert "with the 1 sentences" not in shown["problem"]
    assert not path.exists()
    assert one.take({"at": 1, **NOTHING})["done"] == 2
    assert [row for row in kept(path) if row in before] == before


def test_sessions_that_save_at_the_same_moment_lose_nothing(path: Path) -> None:
    """Each of eight coders saves three sentences, all at once."""
    from concurrent.futures import ThreadPoolExecutor

    def judge_all(coder: str) -> str:
        one = session(path, coder)
        return "".join(one.take({"at": at, **(NOTHING if at else ALL_RIGHT)})["problem"] for at in range(3))

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(judge_all, "abcdefgh")) == {""}
    assert len([it for it in kept(path) if it[0] == "sentence"]) == 24


@pytest.mark.parametrize(
    ("n", "more", "said"),
    [
        (2, True, "That is too few for shares: 50 are the least. Set size = 50 or more"),
        (2, False, "Run the notebook again"),
        (50, True, "Run the notebook again"),
    ],
)
def test_the_end_says_what_to_do_next(tmp_path: Path, n: int, more: bool, said: str) -> None:
    session = Session([item(at % 3) for at in range(n)], tmp_path / "judgements.csv", names=NAMES, more=more)
    assert str(session.shown()["next"]).startswith(said)
