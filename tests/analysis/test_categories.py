"""Categories of a dictionary are counted as terms are: by hand on small texts."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from research.analysis import language
from research.analysis.figures import Figure, NotComputable
from research.analysis.language.categories import DICTIONARY, category_passages, category_table, category_terms
from research.analysis.language.category_headlines import category_chart
from research.analysis.recount import recount
from research.analysis.statistics.uncertainty import rounded
from research.errors import ParameterError
from tests.analysis.conftest import TWELVE, AnnotationsOf
from tests.analysis.test_language import records

RIVER = """\
water:
  works: [dam*, "united dams", canal]
  whole: [water, "*water", river]
states: [united nations, nations, "nations of the delta", absent]
"""
TEXT = "The dams and canals hold water. The United Dams of the river: damaged. Nations of the Delta, United Nations."


@pytest.fixture
def river(tmp_path: Path) -> str:
    path = tmp_path / "river.yaml"
    path.write_text(RIVER, encoding="utf-8")
    return str(path)


def test_each_occurrence_counts_once_in_a_category_and_the_longest_first(annotated: AnnotationsOf, river: str) -> None:
    annotations = annotated({"a.txt": TEXT, "b.txt": "No word of it."})
    found = category_passages(annotations, river)
    assert found[["category", "term", "keyword"]].values.tolist() == [
        ["water.works", "dam*", "dams"],
        ["water.works", "canal", "canals"],
        ["water.whole", "water", "water"],  # "*water" finds it as well
        ["water.works", "united dams", "United Dams"],  # and "dam*" does not count within it
        ["water.whole", "river", "river"],
        ["water.works", "dam*", "damaged"],
        ["states", "nations of the delta", "Nations of the Delta"],
        ["states", "united nations", "United Nations"],
    ]
    rows: Iterable[Any] = found.itertuples()
    for row in rows:
        text = annotations.corpus[str(row.doc_id)].text
        assert text[row.start : row.end] == row.keyword
        assert text.startswith(f"{row.left}{row.keyword}{row.right}", row.start - len(row.left))
    table = category_table(annotations, language.readability(annotations), river)
    assert table.columns.tolist() == [
        *("category", "terms", "terms_found", "count", "per_1000_words", "n_documents", "dp"),
    ]
    words = int(language.readability(annotations)["words"].sum())
    assert records(table) == [
        ["water.works", 3, 3, 4, rounded(4000 / words), 1, None],
        ["water.whole", 3, 2, 2, rounded(2000 / words), 1, None],
        ["states", 4, 2, 2, rounded(2000 / words), 1, None],
    ]


def test_each_term_says_what_it_found(annotated: AnnotationsOf, river: str) -> None:
    annotations = annotated({"a.txt": TEXT, "b.txt": "DAMS, dams."})
    assert records(category_terms(annotations, river)) == [
        ["water.works", "dam*", "dams", 3],
        ["water.works", "dam*", "damaged", 1],
        ["water.works", "united dams", "United Dams", 1],
        ["water.works", "canal", "canals", 1],
        ["water.whole", "water", "water", 1],
        ["water.whole", "river", "river", 1],
        ["water.whole", "*water", None, 0],
        ["states", "united nations", "United Nations", 1],
        ["states", "nations of the delta", "Nations of the Delta", 1],
        ["states", "nations", None, 0],
        ["states", "absent", None, 0],
    ]


def test_of_two_that_overlap_the_longer_counts_whichever_comes_first(annotated: AnnotationsOf, tmp_path: Path) -> None:
    (tmp_path / "chain.txt").write_text("one two\ntwo three four\nfour five\n", encoding="utf-8")
    found = category_passages(annotated({"a.txt": "one two three four five"}), str(tmp_path / "chain.txt"))
    assert found["keyword"].tolist() == ["two three four"]


def test_a_word_of_two_categories_counts_in_both(annotated: AnnotationsOf, tmp_path: Path) -> None:
    (tmp_path / "two.csv").write_text("category,term\na,dam\nb,dam\n", encoding="utf-8")
    found = category_passages(annotated({"a.txt": "A dam."}), str(tmp_path / "two.csv"))
    assert found[["category", "start"]].values.tolist() == [["a", 2], ["b", 2]]


def test_the_findings_name_the_file_and_rest_on_all_passages(annotated: AnnotationsOf, river: str) -> None:
    found = {it.key: it for it in language.findings(annotated({"a.txt": TEXT}), "canal", dictionary=river)}
    keys = [it for it in found if ".category" in it]
    assert keys == ["language.category.water.works", "language.category.water.whole", "language.category.states"]
    works = found["language.category.water.works"]
    assert works.statement == (
        "Terms of the category “water.works” occur 4 times in 1 document, "
        "most often “damaged”, “dams” and “United Dams”."
    )
    digest = hashlib.sha256(RIVER.encode()).hexdigest()
    assert f"the dictionary river.yaml (sha256 {digest[:12]})" in works.method
    assert (works.value, recount(works), [it.exact for it in works.evidence]) == (
        *(4, 4),
        ["dams", "canals", "United Dams", "damaged"],
    )


def test_a_changed_dictionary_changes_the_findings(annotated: AnnotationsOf, river: str) -> None:
    annotations = annotated({"a.txt": TEXT})
    before = {it.key: it.version for it in language.findings(annotations, "canal", dictionary=river)}
    Path(river).write_text(RIVER + "more: [tide]\n", encoding="utf-8")
    after = {it.key: it.version for it in language.findings(annotations, "canal", dictionary=river)}
    assert {key for key in before if before[key] != after[key]} == {key for key in before if ".category." in key}
    assert after.keys() - before.keys() == {"language.category.more"}


def test_six_categories_have_findings_and_an_absent_one_says_so(annotated: AnnotationsOf, tmp_path: Path) -> None:
    rows = [f"c{n},word{n}\n" for n in range(8)]
    (tmp_path / "many.csv").write_text("category,term\n" + "".join(rows), encoding="utf-8")
    annotations = annotated({"a.txt": "word7 word7 word6 word0"})
    found = [
        it for it in language.findings(annotations, dictionary=str(tmp_path / "many.csv")) if ".category" in it.key
    ]
    assert [it.key.rpartition(".")[2] for it in found] == ["c7", "c0", "c6", "c1", "c2", "c3"]
    assert found[0].statement == "Terms of the category “c7” occur twice in 1 document, always as “word7”."
    assert found[3].statement == "No term of the category “c1” occurs in the corpus."
    assert (found[3].value, recount(found[3])) == (0, 0)


def test_ten_documents_give_rates_with_intervals_and_a_figure(annotated: AnnotationsOf, tmp_path: Path) -> None:
    (tmp_path / "town.yml").write_text("council: [council, mayor]\nschools: [school*, teacher]\nsea: tide\n")
    annotations, dictionary = annotated(TWELVE), str(tmp_path / "town.yml")
    found = {it.key: it for it in language.findings(annotations, "council", dictionary=dictionary)}
    rate = found["language.category_rate.council"]
    readable = language.readability(annotations)
    assert (rate.status, rate.value) == ("supported", recount(rate, readable))
    assert re.fullmatch(
        r"Terms of the category “council” occur \S+ times per 1,000 words \(95% CI .+ to .+\)\.", rate.statement
    )
    chart = category_chart(annotations, dictionary)
    assert isinstance(chart, Figure)
    assert chart.data["category"].tolist() == ["council", "schools"]
    assert rate.interval is not None
    assert records(chart.data[["per_1000_words", "low", "high"]])[0] == [rate.value, *rate.interval[:2]]
    assert "95% confidence intervals" in chart.caption


def test_an_empty_category_is_counted_as_none_and_says_so(annotated: AnnotationsOf, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("works: [dam]\nlater:\n", encoding="utf-8")
    annotations, dictionary = annotated({"a.txt": "The dam is open."}), str(tmp_path / "a.yml")
    table = category_table(annotations, language.readability(annotations), dictionary)
    assert table[["category", "terms", "count"]].values.tolist() == [["works", 1, 1], ["later", 0, 0]]
    found = {it.key: it.statement for it in language.findings(annotations, dictionary=dictionary)}
    assert found["language.category.later"] == (
        "The category “later” has no term in the dictionary, so nothing is counted."
    )
    kept = DICTIONARY.read(dictionary)
    assert DICTIONARY.read(kept) == kept


def test_without_a_dictionary_there_is_nothing(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": TEXT})
    assert category_table(annotations, language.readability(annotations)).empty
    assert category_terms(annotations).empty
    assert isinstance(category_chart(annotations), NotComputable)
    assert not any("categor" in it.key for it in language.findings(annotations))


def test_a_run_keeps_the_dictionary_and_no_path_of_this_machine(river: str) -> None:
    kept = DICTIONARY.read(river)
    assert kept == {
        "file": "river.yaml",
        "sha256": hashlib.sha256(RIVER.encode()).hexdigest(),
        "categories": {
            "water.works": ["dam*", "united dams", "canal"],
            "water.whole": ["water", "*water", "river"],
            "states": ["united nations", "nations", "nations of the delta", "absent"],
        },
    }
    Path(river).unlink()
    assert DICTIONARY.read(kept) == kept, "a run can be repeated without the file"


def test_a_relative_path_is_tried_in_the_working_directory(
    tmp_path: Path, river: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert DICTIONARY.read("river.yaml") == DICTIONARY.read(river)


KEPT = {"file": "a.txt", "sha256": "0" * 64, "categories": {"a": ["dam"]}}


@pytest.mark.parametrize(
    "given",
    [
        *(1, True, ["a.yml"], {}, KEPT | {"more": 1}, KEPT | {"sha256": "0"}, KEPT | {"file": 1}),
        *(KEPT | {"categories": {}}, KEPT | {"categories": {"a": []}}, KEPT | {"categories": {"a": "dam"}}),
        *(KEPT | {"categories": {"a": [1]}}, KEPT | {"categories": {"a": ["x" * 201]}}, KEPT | {"categories": []}),
    ],
)
def test_anything_but_a_path_is_refused(given: Any) -> None:
    with pytest.raises(ParameterError, match="takes the path of a dictionary"):
        DICTIONARY.read(given)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yml", "a:\n- *x\n", "The parameter dictionary cannot be used. a.yml, line 2: *x repeats"),
        (
            "a.txt",
            "dam\n's\n",
            "The parameter dictionary cannot be used. a.txt, category 'a': The term \"'s\" has no word",
        ),
        (
            "a.yml",
            "a: [dam]\nb: [/da(m/]\n",
            "The parameter dictionary cannot be used. a.yml, category 'b': The expressi",
        ),
        ("a.dic", "dam", "The parameter dictionary cannot be used. a.dic has no suffix of a dictionary"),
    ],
)
def test_what_a_dictionary_has_wrong_is_said_with_its_place(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        DICTIONARY.read(str(tmp_path / name))
    assert str(caught.value).startswith(said)


def test_a_dictionary_that_does_not_exist_is_said_to_be_so() -> None:
    with pytest.raises(ParameterError, match=r"cannot be used\. There is no file or folder 'absent\.yml'"):
        DICTIONARY.read("absent.yml")
