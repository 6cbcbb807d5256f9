"""A story told twice is found, and two stories are two."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.loading.documents import Document, Origin, Span
from research.loading.duplicates import (
    CONTAINED,
    EXACT,
    NEAR,
    SKETCH,
    Copy,
    Duplicates,
    _Texts,
    compare,
    find,
    sketch,
)
from tests.stories import DISCLAIMER, edited, quoted, reheadlined, shortened, story, text, updated
from tests.strategies import prose

SEEDS = range(100, 106)


def document(doc_id: str, body: str, date: str | None = None, header: str = "") -> Document:
    return Document(doc_id, header + body, Span(len(header), len(header + body)), Origin(doc_id, "", "utf-8"), date)


def duplicates(*texts: str) -> Duplicates:
    """Of texts named a, b, c …, each a day later than the one before."""
    return find(document(chr(ord("a") + i), body, f"2031-05-{i + 1:02}") for i, body in enumerate(texts))


# --- what is found, and of which kind ---


def test_the_same_words_are_exact_whatever_their_case_marks_and_line_ends() -> None:
    lines = story(1)
    again = text(lines, end="\r\n").upper().replace("“", '"').replace("”", '"').replace(", ", " , ")
    assert duplicates(text(lines), again) == {"b": Copy("a", EXACT, 1.0)}


def test_a_composed_letter_is_the_same_as_its_parts() -> None:
    body = "Café owners in Brenn résumé their protest against the harbour tariff on Monday, eight of them said."
    assert duplicates(body, body.replace("é", "e\u0301")) == {"b": Copy("a", EXACT, 1.0)}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_new_headline_makes_no_new_story(seed: int) -> None:
    found = duplicates(text(story(seed)), text(reheadlined(story(seed))))
    assert found["b"].duplicate_of == "a"
    assert found["b"].kind == NEAR
    assert 0.8 < found["b"].similarity < 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_light_update_makes_no_new_story(seed: int) -> None:
    found = duplicates(text(story(seed)), text(updated(story(seed), seed + 1000)))
    assert (found["b"].duplicate_of, found["b"].kind) == ("a", NEAR)


@pytest.mark.parametrize("seed", SEEDS)
def test_words_replaced_here_and_there_make_no_new_story(seed: int) -> None:
    found = duplicates(text(story(seed)), text(edited(story(seed), seed + 1000)))
    assert (found["b"].duplicate_of, found["b"].kind) == ("a", NEAR)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shortened_version_is_contained_in_the_full_one(seed: int) -> None:
    assert duplicates(text(shortened(story(seed))), text(story(seed))) == {"a": Copy("b", CONTAINED, 1.0)}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shortened_version_under_a_new_headline_is_contained(seed: int) -> None:
    found = duplicates(text(story(seed)), text(reheadlined(shortened(story(seed)))))
    assert (found["b"].duplicate_of, found["b"].kind) == ("a", CONTAINED)
    assert found["b"].similarity > 0.85


@pytest.mark.parametrize("times", [2, 4, 8, 12])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_quoted_in_full_is_contained_in_the_longer_article(seed: int, times: int) -> None:
    found = duplicates(text(story(seed)), text(quoted(story(seed), seed + 1000, times)))
    assert found == {"a": Copy("b", CONTAINED, 1.0)}


def test_languages_without_spaces_are_compared_as_well() -> None:
    body = "海港部长星期一在布伦宣布新的关税将于五月四日生效但渔民协会表示反对并要求重新谈判"
    found = duplicates(
        body, body.replace("星期一", "昨天"), "议会今天没有就铁路预算进行表决因为许多议员仍在外地等待渡轮恢复通航"
    )
    assert (found["b"].duplicate_of, list(found)) == ("a", ["b"])


# --- what is left alone ---


@pytest.mark.parametrize("seed", SEEDS)
def test_two_stories_are_two(seed: int) -> None:
    assert duplicates(text(story(seed)), text(story(seed + 1000))) == {}


@pytest.mark.parametrize("sentences", [4, 7, 14])
@pytest.mark.parametrize("seed", SEEDS)
def test_two_stories_with_the_same_disclaimer_are_two(seed: int, sentences: int) -> None:
    first, second = story(seed, sentences), story(seed + 1000, sentences)
    assert duplicates(text([*first, DISCLAIMER]), text([*second, DISCLAIMER])) == {}


@pytest.mark.parametrize("seed", range(200, 220))
def test_a_report_of_which_two_thirds_are_used_in_a_longer_article_counts_itself(seed: int) -> None:
    lines = story(seed, 15)
    longer = quoted([*lines[:10], *story(seed + 2000)[:5]], seed + 1000, 8)
    assert duplicates(text(lines), text(longer)) == {}


def test_a_remark_of_a_few_words_is_no_part_of_the_report_that_quotes_it() -> None:
    remark = "We will mend the canal before the winter and nobody will pay for it twice."
    assert duplicates(remark, text([*story(70), remark])) == {}


def test_a_disclaimer_makes_no_more_than_a_few_pairs_a_document() -> None:
    own_words = (" ".join(f"w{seed}x{i}" for i in range(90)) for seed in range(400))
    sketches = [sketch(document(f"{seed:03}", f"{words} {DISCLAIMER}")) for seed, words in enumerate(own_words)]
    assert 390 <= len(list(_Texts(sketches).candidates())) <= 8 * 400


def test_a_disclaimer_that_hundreds_share_joins_none_and_hides_no_copy() -> None:
    texts = [text([*story(seed, 7), DISCLAIMER]) for seed in range(400)]
    documents = [document(f"{i:03}", body, "2031") for i, body in enumerate([*texts, texts[17], texts[399]])]
    assert find(documents) == {"400": Copy("017", EXACT, 1.0), "401": Copy("399", EXACT, 1.0)}
    documents[-1] = document("401", text([*reheadlined(story(399, 7)), DISCLAIMER]))
    assert find(documents)["401"].duplicate_of == "399"


def test_the_same_few_words_are_nobodys_copy() -> None:
    assert duplicates("We have no comment on that.", "We have no comment on that.") == {}
    longer = "We have no comment on that, said the envoy of Brenn."
    assert duplicates(longer, longer) == {"b": Copy("a", EXACT, 1.0)}


def test_a_header_is_no_part_of_what_is_compared() -> None:
    body = text(story(5))
    documents = [document("a", body, header=" date 2031-05-04 "), document("b", body, header="date: 2031-06-09\n\n")]
    assert find(documents) == {"b": Copy("a", EXACT, 1.0)}


@pytest.mark.parametrize("body", ["", " \n", "… — ?", "\ud800\ud801", "word"])
def test_a_text_with_hardly_a_word_is_nobodys_copy(body: str) -> None:
    assert duplicates(body, body) == {}


def test_no_document_has_no_copy() -> None:
    assert find([]) == {}


# --- which one counts ---


def test_the_earliest_version_counts_then_the_longest_then_the_first_by_id() -> None:
    lines = story(3)
    longer = text([*lines, "More follows at noon."])
    assert find([document("a", text(lines), "2031-05-05"), document("b", longer, "2031-05-04")]).keys() == {"a"}
    assert find([document("a", text(lines), "2031-05-04"), document("b", longer, "2031-05-04")]).keys() == {"a"}
    assert find([document("b", text(lines)), document("a", text(lines))]).keys() == {"b"}


def test_a_vague_date_comes_after_its_days_and_no_date_after_all() -> None:
    body = text(story(4))
    dates = {"a": None, "b": "2031", "c": "2031-05", "d": "2031-05-31", "e": "2032-01-01"}
    found = find(document(doc_id, body, date) for doc_id, date in dates.items())
    assert {copy.duplicate_of for copy in found.values()} == {"d"}
    assert find([document("a", body), document("e", body, "2032-01-01"), document("b", body, "2031")]).keys() == {
        "a",
        "e",
    }


def test_the_longer_text_counts_even_where_it_is_later() -> None:
    short, long = text(story(6)), text(quoted(story(6), 1006))
    assert find([document("a", short, "2031-05-04"), document("b", long, "2031-05-09")]) == {
        "a": Copy("b", CONTAINED, 1.0)
    }


def test_all_versions_of_a_report_go_with_the_article_that_quotes_it() -> None:
    lines = story(8)
    documents = [
        *(
            document(f"wire-{i:02}", text([f"Edition number {i} of the day", *lines]), f"2031-05-{i:02}")
            for i in range(1, 31)
        ),
        document("long", text(quoted(lines, 1008)), "2031-06-01"),
    ]
    found = find(documents)
    assert {copy.duplicate_of for copy in found.values()} == {"long"}
    assert len(found) == 30


def test_two_stories_quoted_in_one_digest_stay_apart_from_each_other() -> None:
    first, second = story(21), story(22)
    digest = text([*first, *second, *story(23)])
    found = duplicates(text(first), text(second), digest)
    assert {doc_id: copy.duplicate_of for doc_id, copy in found.items()} == {"a": "c", "b": "c"}


def test_a_chain_of_small_changes_does_not_join_its_ends() -> None:
    lines, other = story(31, 30), story(32, 30)
    chain = [text([*other[:i], *lines[i:]]) for i in range(0, 31, 5)]
    found = duplicates(*chain)
    assert 0 < len(found) < len(chain) - 1
    for doc_id, copy in found.items():
        pair = [chain[ord(letter) - ord("a")] for letter in (copy.duplicate_of, doc_id)]
        assert duplicates(*pair), "each copy is like the very one that counts"


def test_who_counts_is_no_copy_of_another() -> None:
    texts = [
        make(story(seed))
        for seed in range(40, 50)
        for make in (text, lambda s: text(reheadlined(s)), lambda s: text(shortened(s)))
    ]
    found = duplicates(*texts)
    assert len(found) == 20
    assert not {copy.duplicate_of for copy in found.values()} & found.keys()


# --- the same again ---


def test_the_order_of_the_documents_changes_nothing() -> None:
    lines = story(51)
    documents = [
        document("a", text(lines), "2031-05-04"),
        document("b", text(reheadlined(lines)), "2031-05-03"),
        document("c", text(quoted(lines, 1051)), "2031-05-09"),
        document("d", text(lines).upper()),
        document("e", text(story(52))),
    ]
    answers = [find(order) for order in permutations(documents)]
    assert all(list(answer.items()) == list(answers[0].items()) for answer in answers)
    assert list(answers[0]) == ["a", "b", "d"]


def test_documents_are_read_one_at_a_time_and_let_go() -> None:
    alive = 0

    class Counted(Document):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def stream() -> Iterator[Document]:
        nonlocal alive
        for seed in range(20):
            alive += 1
            assert alive <= 3
            body = text(story(seed % 10))
            yield Counted(f"{seed:02}", body, Span(0, len(body)), Origin("", "", "utf-8"))

    assert len(find(stream())) == 10


def test_sketches_made_apart_give_the_same_answer() -> None:
    documents = [document(f"{seed:02}", text(story(seed % 7))) for seed in range(20)]
    assert compare([sketch(each) for each in documents]) == find(documents)


def test_a_sketch_has_the_same_numbers_in_every_process(root: Path) -> None:
    program = (
        "from research.loading.duplicates import sketch; from research.loading.documents import *;"
        "text = 'The minister of Brenn signed the canal treaty in Port Sable, and Élodie Vess — 海港 — did not.';"
        "print(sketch(Document('a', text, Span(0, len(text)), Origin('', '', ''))).shingles.tolist())"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(answers) == 1
    assert len(answers.pop().split(",")) == 15  # eighteen words, the two of Chinese characters counted each


@pytest.mark.parametrize("size", [40, 333, 1000])
def test_a_text_in_pieces_has_the_sketch_of_the_whole(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    body = text(story(61))
    whole = sketch(document("a", body))
    monkeypatch.setattr("research.loading.duplicates._PIECE", size)
    in_pieces = sketch(document("a", body))
    assert in_pieces.shingles.tolist() == whole.shingles.tolist()
    assert in_pieces.digest == whole.digest


def test_a_sketch_stays_small_and_a_long_text_is_cut_where_no_word_is() -> None:
    chance = [text(story(seed, 40)) for seed in range(400)]
    long = "\n".join(chance)
    assert len(long) > 2_000_000
    kept = sketch(document("a", long))
    assert len(kept.shingles) == SKETCH
    assert kept.words == sum(sketch(document("b", each)).words for each in chance)
    assert find([document("a", long), document("b", long + "\nThe end is near, they said.")])["a"].similarity > 0.99


@given(prose(), prose())
def test_any_two_texts_give_an_answer_that_stands(first: str, second: str) -> None:
    found = duplicates(first, second)
    assert set(found) <= {"a", "b"}
    for doc_id, copy in found.items():
        assert copy.duplicate_of != doc_id
        assert copy.kind in {EXACT, NEAR, CONTAINED}
        assert 0.5 <= copy.similarity <= 1


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, "2031", "2031-05-04", "2031-05-05"])), max_size=8))
def test_every_story_is_counted_exactly_once(told: list[tuple[int, str | None]]) -> None:
    documents = [document(str(i), text(story(seed, 5)), date) for i, (seed, date) in enumerate(told)]
    found = find(documents)
    counted = [seed for i, (seed, _) in enumerate(told) if str(i) not in found]
    assert sorted(counted) == sorted({seed for seed, _ in told})
