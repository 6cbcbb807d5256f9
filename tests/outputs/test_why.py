"""`research why` lists every passage behind a finding, and counts again."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from research.errors import RunError, UsageError
from research.outputs.folder import RunFolder
from research.outputs.why import Explanation


def lines(made: RunFolder, key: str) -> str:
    return "\n".join(Explanation(made, key).lines())


def keys(made: RunFolder) -> Iterator[str]:
    return (finding.key for finding in made.findings)


def test_every_finding_is_counted_again_to_the_same_value(made: RunFolder) -> None:
    assert len(list(keys(made))) >= 8
    for key in keys(made):
        explanation = Explanation(RunFolder(made.path), key)
        assert explanation.agrees, key
        assert "NOT" not in lines(made, key)


def test_every_passage_is_listed_with_its_place_and_date(made: RunFolder, dispatches: Path) -> None:
    text = lines(made, "language.count.harbour")
    assert "“harbour” stands in 4 places of 3 documents." in text
    assert "recount  4: the same" in text
    assert "4 passages counted:" in text
    for number, place in enumerate(Explanation(made, "language.count.harbour").finding.evidence, start=1):
        assert f"  {number}. {place.doc_id} (" in text
        assert f"characters {place.start:,} to {place.end:,}" in text
        assert f"[{place.exact}]" in text
        whole = (dispatches / f"{place.doc_id}.txt").read_text(encoding="utf-8")
        assert whole[place.start : place.end] == place.exact
    assert "harbour (2021-03-04), characters" in text
    assert "letters/reply (no date), characters" in text


def test_the_base_of_a_share_is_listed_beside_what_was_counted(made: RunFolder) -> None:
    text = lines(made, "corpus.dated")
    assert "2 passages counted:" in text
    assert "3 passages in the base:" in text


def test_a_statistic_is_shown_with_its_table(made: RunFolder) -> None:
    text = lines(made, "corpus.words")
    assert "Computed as sum of the column words of tables/corpus.documents.csv (3 rows):" in text
    assert "letters/reply" in text


def test_what_is_not_computable_has_nothing_to_count(made: RunFolder) -> None:
    text = lines(made, "language.flesch_reading_ease")
    assert "status   not computable" in text
    assert "there is no value to count again" in text


def test_programs_get_the_same_passages(made: RunFolder) -> None:
    explanation = Explanation(made, "language.count.harbour")
    assert [(row["doc_id"], row["start"], row["exact"]) for row in explanation.rows()] == [
        (row.doc_id, row.start, row.exact) for row in explanation.finding.evidence
    ]
    assert [row["date"] for row in explanation.rows()] == ["2021-03-04", "2021-03-04", None, "2021-05-17"]


def test_a_value_that_its_evidence_does_not_carry_is_said(made: RunFolder) -> None:
    path = made.path / "findings.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    next(entry for entry in content if entry["key"] == "language.count.harbour")["value"] = 5
    path.write_text(json.dumps(content), encoding="utf-8")
    explanation = Explanation(made, "language.count.harbour")
    assert not explanation.agrees
    assert "recount  4: NOT the value of the finding, which is 5. Run it again." in "\n".join(explanation.lines())


def test_a_passage_that_is_gone_is_missed_in_the_recount(made: RunFolder) -> None:
    path = made.path / "evidence" / "language.csv"
    kept = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(kept[:1] + kept[2:]), encoding="utf-8")
    assert not Explanation(made, "language.count.harbour").agrees


def test_a_table_without_the_column_is_said(made: RunFolder) -> None:
    (made.path / "tables" / "corpus.documents.csv").write_text('"doc_id"\n"a"\n', encoding="utf-8")
    with pytest.raises(RunError, match=r"The evidence of corpus\.words does not carry its value"):
        Explanation(made, "corpus.words")


def test_a_table_of_texts_is_said(made: RunFolder) -> None:
    (made.path / "tables" / "corpus.documents.csv").write_text('"doc_id","words"\n"a","many"\n', encoding="utf-8")
    with pytest.raises(RunError, match=r"The evidence of corpus\.words does not carry its value"):
        Explanation(made, "corpus.words")


def test_a_function_that_is_not_known_is_said(made: RunFolder) -> None:
    path = made.path / "findings.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"sum"', '"system"'), encoding="utf-8")
    with pytest.raises(RunError, match=r"The evidence of corpus\.words does not carry its value"):
        Explanation(made, "corpus.words")


@pytest.mark.parametrize("table", ["../../secret", "{}/secret"])
def test_a_table_outside_the_run_folder_is_not_read(made: RunFolder, table: str) -> None:
    secret = made.path.parent / "secret.csv"
    secret.write_text('"doc_id","words"\n"a",1\n', encoding="utf-8")
    table = table.format(secret.parent)
    path = made.path / "findings.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"table": "corpus.documents"', f'"table": "{table}"'), encoding="utf-8"
    )
    with pytest.raises(RunError, match="is missing"):
        Explanation(made, "corpus.words")


def test_evidence_outside_the_run_folder_is_not_read(made: RunFolder) -> None:
    secret = made.path.parent / "secret.csv"
    (made.path / "evidence" / "corpus.csv").rename(secret)
    path = made.path / "findings.json"
    key = secret.as_posix().removesuffix(".csv")
    path.write_text(path.read_text(encoding="utf-8").replace('"key": "corpus.', f'"key": "{key}.'), encoding="utf-8")
    with pytest.raises(RunError, match="cannot be read"):
        Explanation(made, f"{key}.words")


def test_an_unknown_key_is_refused_with_the_nearest(made: RunFolder) -> None:
    with pytest.raises(UsageError, match=r"Did you mean language\.count\.harbour\?"):
        Explanation(made, "language.count.harbours")
