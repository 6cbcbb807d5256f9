"""`research why` lists every passage behind a finding, and counts again."""

import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from research import load
from research.analysis import statements
from research.analysis.findings import STATUSES, Computation
from research.errors import RunError, UsageError
from research.nlp.annotate import annotate
from research.outputs.citing import addresses
from research.outputs.citing.why import FindingExplanation, explain
from research.outputs.folder.run_folder import ANCHORS, RunFolder
from research.outputs.folder.writing import sha256_of
from research.outputs.study import open_study


def lines(made: RunFolder, key: str) -> str:
    return "\n".join(explain(made, key).lines())


def keys(made: RunFolder) -> Iterator[str]:
    return (finding.key for finding in made.findings)


def test_every_finding_is_counted_again_to_the_same_value(made: RunFolder) -> None:
    assert len(list(keys(made))) >= 8
    for key in keys(made):
        explanation = explain(RunFolder(made.path), key)
        assert explanation.agrees, key
        assert "NOT" not in lines(made, key)


def test_every_passage_is_listed_with_its_place_and_date(made: RunFolder, dispatches: Path) -> None:
    text = lines(made, "language.count.harbour")
    assert "“harbour” is the most frequent content word: it occurs 4 times in 3 documents." in text
    assert "recount  4, as in the finding" in text
    assert "4 passages counted:" in text
    explanation = explain(made, "language.count.harbour")
    assert isinstance(explanation, FindingExplanation)
    for number, place in enumerate(explanation.finding.evidence, start=1):
        assert f"  {number}. {place.doc_id} (" in text
        assert f"characters {place.start:,} to {place.end:,}" in text
        assert f"[{place.exact}]" in text
        whole = (dispatches / f"{place.doc_id}.txt").read_text(encoding="utf-8")
        assert whole[place.start : place.end] == place.exact
    assert "harbour (2021-03-04), characters" in text
    assert "letters/reply (no date), characters" in text


def test_the_base_of_a_share_is_listed_beside_what_was_counted(made: RunFolder) -> None:
    text = lines(made, "statements.documents")
    assert "2 passages counted:" in text
    assert text.endswith("3 passages in the base:\n  see them with --all")
    assert "strike" not in text, "which is in the base alone"
    everything = "\n".join(explain(made, "statements.documents").lines(99))
    assert "2 passages counted:" in everything
    assert re.search(r"3 passages in the base:(\n  \d\. .*\n     .*){3}$", everything)


def test_people_see_as_many_passages_as_they_like(made: RunFolder, research: Callable[..., Any]) -> None:
    key = "language.count.harbour"
    for options, numbers, more in (
        ([], "1234", ""),
        (["--limit", 1], "1", "and 3 more: see them with --limit or --all"),
        (["--limit", 0], "", "see them with --all"),
        (["--all"], "1234", ""),
    ):
        code, out, _ = research("why", made.path, key, *options)
        assert code == 0
        assert "".join(re.findall(r"^  (\d)\. ", out, flags=re.MULTILINE)) == numbers
        assert more in out
        assert ("see them" in out) == bool(more)


def test_programs_get_every_passage_whatever_people_see(made: RunFolder, research: Callable[..., Any]) -> None:
    _, out, _ = research("why", made.path, "statements.documents", "--limit", 1, "--format", "json")
    assert [it["kind"] for it in json.loads(out)] == ["finding", *["passage"] * 5]


def test_of_many_passages_the_first_twenty_are_shown(made: RunFolder, forge: Callable[..., None]) -> None:
    finding = made.finding("language.count.harbour")
    many = tuple(finding.evidence[0]._replace(start=start, end=start + 7) for start in range(25))
    forge("language.count.harbour", evidence=many, value=25)
    text = lines(made, "language.count.harbour")
    assert re.findall(r"^  (\d+)\. ", text, flags=re.MULTILINE) == [str(n) for n in range(1, 21)]
    assert "  and 5 more: see them with --limit or --all" in text


def test_of_a_long_passage_the_middle_is_left_out(made: RunFolder, forge: Callable[..., None]) -> None:
    finding = made.finding("language.count.harbour")
    long = "First words " + "and more " * 200 + "last words"
    forge("language.count.harbour", evidence=(finding.evidence[0]._replace(exact=long),), value=1)
    text = lines(made, "language.count.harbour")
    assert "[First words and more" in text
    assert "more last words]" in text
    assert " […] " in text
    assert max(map(len, text.splitlines())) < 500
    _, passage = explain(made, "language.count.harbour").entries()
    assert passage["exact"] == long


def test_the_speaker_of_each_statement_is_shown_where_the_run_has_the_table(
    made: RunFolder, dispatches: Path, forge: Callable[..., None]
) -> None:
    key = "statements.attributions"
    assert ": the minister" not in lines(made, key)
    table = statements.statements(annotate(load(dispatches)))
    made.write_table("statements.statements", table)
    forge(key)
    assert table["source"].notna().any()
    for row in table.to_dict("records"):
        who = row["speaker"] if isinstance(row["speaker"], str) else row["source"]
        assert f"{row['doc_id']} (" in lines(made, key)
        if isinstance(who, str):
            assert f"characters {row['start']:,} to {row['end']:,}: {who}" in lines(made, key)


def test_passages_behind_the_first_ones_that_are_astray_are_shown_all_the_same(
    made: RunFolder, now: Path, research: Callable[..., Any]
) -> None:
    (now / "strike.txt").write_text("Another text.", encoding="utf-8")
    code, out, _ = research("why", made.path, "language.count.harbour", "--source", now, "--limit", 1)
    assert code == 1
    assert re.findall(r"^  (\d)\. ", out, flags=re.MULTILINE) == ["1", "4"]
    assert "source   3 of 4 passages there, 1 refused" in out


@pytest.mark.parametrize(
    ("run", "command"),
    [
        ("outputs/nothere", "research run SOURCE --name nothere"),
        ("nothere", "research run SOURCE --name nothere"),
        ("else where/not here", "research run SOURCE --name 'not here' --outputs 'else where'"),
        ("somewhere/..", "research run SOURCE"),
    ],
)
def test_a_run_that_is_not_there_can_be_made_as_the_sentence_says(
    research: Callable[..., Any], run: str, command: str
) -> None:
    code, _, err = research("why", run, "corpus.words")
    assert code == 2
    assert err.endswith(f"Make it with: {command}\n")


def test_the_status_is_said_in_words(made: RunFolder) -> None:
    assert f"status   descriptive: {STATUSES['descriptive']}" in lines(made, "corpus.words")


def test_a_statistic_is_shown_with_its_table(made: RunFolder) -> None:
    text = lines(made, "corpus.words")
    assert "Computed as sum of counted_words in tables/corpus.documents.csv (3 rows):" in text
    assert "letters/reply" in text


def test_what_is_not_computable_has_nothing_to_count(made: RunFolder) -> None:
    text = lines(made, "language.flesch_reading_ease")
    assert "status   not computable" in text
    assert "no value to recount" in text


def test_programs_get_the_same(made: RunFolder) -> None:
    explanation = explain(made, "statements.documents")
    assert isinstance(explanation, FindingExplanation)
    finding, *passages = explanation.entries()
    assert (finding["kind"], finding["key"], finding["recount"], finding["agrees"]) == (
        *("finding", "statements.documents", finding["value"]),
        True,
    )
    assert [(it["kind"], it["role"], it["doc_id"], it["start"], it["exact"]) for it in passages] == [
        ("passage", it.role, it.doc_id, it.start, it.exact) for it in explanation.finding.evidence
    ]
    assert [it["date"] for it in passages if it["role"] == "base"] == ["2021-03-04", None, "2021-05-17"]


def test_programs_get_the_rows_of_the_table(made: RunFolder) -> None:
    _, *rows = explain(made, "corpus.words").entries()
    assert {row["kind"] for row in rows} == {"row"}
    assert [row["cells"]["doc_id"] for row in rows] == ["harbour", "letters/reply", "strike"]


# --- the source as it is now ---


@pytest.fixture
def now(dispatches: Path, tmp_path: Path) -> Path:
    """The documents once more, to be changed."""
    return Path(shutil.copytree(dispatches, tmp_path / "now" / "dispatches"))


def test_passages_are_looked_up_in_a_source(made: RunFolder, now: Path, research: Callable[..., Any]) -> None:
    code, out, _ = research("why", made.path, "language.count.harbour", "--source", now)
    assert code == 0
    assert out.count("in the source: there\n") == 4


def test_passages_of_a_changed_source_are_moved_or_refused(
    made: RunFolder, now: Path, research: Callable[..., Any]
) -> None:
    harbour = now / "harbour.txt"
    harbour.write_text(harbour.read_text(encoding="utf-8").replace("The council", "Last night the council"))
    (now / "letters" / "reply.txt").unlink()
    code, out, _ = research("why", made.path, "language.count.harbour", "--source", now)
    assert code == 1
    assert "recount  4, as in the finding" in out, "the run itself is as it was"
    first, second, reply, strike = re.findall(r"in the source: (.*)", out)
    assert first == "REFUSED. The document has changed, and these words in their context are gone."
    assert re.fullmatch(r"MOVED to characters \d+ to \d+\. The document has changed around these words\.", second)
    start, end = map(int, re.findall(r"\d+", second))
    text = harbour.read_text(encoding="utf-8")
    assert (text[start:end], start) == ("harbour", text.rindex("harbour"))
    assert reply == "REFUSED. The source has no document of this name any more."
    assert strike == "there"


def test_programs_get_where_each_passage_stands_now(made: RunFolder, now: Path, research: Callable[..., Any]) -> None:
    (now / "strike.txt").write_text("Another text.", encoding="utf-8")
    code, out, _ = research("why", made.path, "language.count.harbour", "--source", now, "--format", "json")
    assert code == 1
    _, *passages = json.loads(out)
    assert [it["in_source"] for it in passages] == ["exact", "exact", "exact", "refused"]
    assert [(it["source_start"], it["source_end"]) for it in passages[:3]] == [
        (it["start"], it["end"]) for it in passages[:3]
    ]
    assert passages[3]["source_start"] is None


def test_anchors_that_were_changed_are_not_looked_up(made: RunFolder, now: Path) -> None:
    path = made.path / ANCHORS
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"harbour", b"Harbour")))
    assert explain(made, "language.count.harbour").agrees, "without a source nothing rests on them"
    with pytest.raises(RunError, match=r"annotations\.jsonld\.gz was changed"):
        explain(made, "language.count.harbour", str(now))


# --- runs that were tampered with, by someone who made the manifest and the versions agree ---


@pytest.fixture
def forge(made: RunFolder, rewrite_manifest: Callable[..., None]) -> Callable[..., None]:
    """Changes fields of a finding, or the file of a table, and makes everything else agree with it."""

    def change(key: str, *, table: str = "", **fields: Any) -> None:
        RunFolder(made.path).write_findings(replace(it, **fields) if it.key == key else it for it in made.findings)
        if table:
            (made.path / "tables" / "corpus.documents.csv").write_text(table, encoding="utf-8")
        rewrite_manifest(made, outputs={path: sha256_of(made.path / path) for path in made.files()})
        vars(made).pop("findings", None)

    return change


def test_a_value_that_its_evidence_does_not_carry_is_said(made: RunFolder, forge: Callable[..., None]) -> None:
    forge("language.count.harbour", value=5)
    assert not explain(made, "language.count.harbour").agrees
    assert "recount  4, NOT the value of the finding, which is 5. Run it again." in lines(
        made, "language.count.harbour"
    )


def test_a_passage_that_is_gone_is_missed_in_the_recount(made: RunFolder, forge: Callable[..., None]) -> None:
    forge("language.count.harbour", evidence=made.finding("language.count.harbour").evidence[1:])
    assert not explain(made, "language.count.harbour").agrees


@pytest.mark.parametrize(
    "table", ['"doc_id"\n"a"\n', '"doc_id","words"\n"a","many"\n'], ids=["without the column", "of texts"]
)
def test_a_table_that_does_not_carry_the_value_is_said(made: RunFolder, forge: Callable[..., None], table: str) -> None:
    forge("corpus.words", table=table)
    with pytest.raises(RunError, match=r"The evidence of corpus\.words does not carry its value"):
        explain(made, "corpus.words")


def test_a_function_that_is_not_known_is_said(made: RunFolder, forge: Callable[..., None]) -> None:
    forge("corpus.words", computation=Computation("system", "corpus.documents", ("words",)))
    with pytest.raises(RunError, match=r"The evidence of corpus\.words does not carry its value"):
        explain(made, "corpus.words")


@pytest.mark.parametrize("table", ["../../secret", "{}/secret"])
def test_a_table_outside_the_run_folder_is_not_read(made: RunFolder, forge: Callable[..., None], table: str) -> None:
    secret = made.path.parent / "secret.csv"
    secret.write_text('"doc_id","words"\n"a",1\n', encoding="utf-8")
    forge("corpus.words", computation=Computation("sum", table.format(secret.parent), ("words",)))
    with pytest.raises(RunError, match="is missing"):
        explain(made, "corpus.words")


# --- runs that were tampered with carelessly ---


@pytest.mark.parametrize("file", ["findings.json", "tables/corpus.documents.csv", "manifest.json"])
def test_a_file_that_the_finding_rests_on_must_be_that_of_the_run(made: RunFolder, file: str) -> None:
    path = made.path / file
    path.write_text(path.read_text(encoding="utf-8").replace("harbour", "Harbour"), encoding="utf-8")
    with pytest.raises(RunError, match=r"was changed"):
        explain(made, "corpus.words")


def test_a_changed_file_that_it_does_not_rest_on_is_left_to_verify(made: RunFolder) -> None:
    (made.path / "findings.md").write_text("", encoding="utf-8")
    assert explain(made, "corpus.words").agrees


def test_evidence_outside_the_run_folder_is_not_read(made: RunFolder, rewrite_manifest: Callable[..., None]) -> None:
    secret = made.path.parent / "secret.csv"
    (made.path / "evidence" / "corpus.csv").rename(secret)
    path = made.path / "findings.json"
    key = secret.as_posix().removesuffix(".csv")
    path.write_text(path.read_text(encoding="utf-8").replace('"key": "corpus.', f'"key": "{key}.'), encoding="utf-8")
    rewrite_manifest(made, outputs=made.manifest()["outputs"] | {"findings.json": sha256_of(path)})
    with pytest.raises(RunError, match="cannot be read"):
        explain(made, f"{key}.words")


def test_an_unknown_key_is_refused_with_the_nearest(made: RunFolder) -> None:
    with pytest.raises(UsageError, match=r"Did you mean language\.count\.harbour\?"):
        explain(made, "language.count.harbours")


# --- figures and tables ---


def test_a_figure_leads_to_its_data_its_table_and_its_findings(made: RunFolder) -> None:
    text = lines(made, "figures/corpus.lengths")
    assert lines(made, "corpus.lengths") == text, "where no finding has that name"
    caption, alt = made.figure_said("corpus.lengths")
    rows = len((made.path / "figures" / "corpus.lengths.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert text.startswith(caption)
    assert alt in text
    assert f"  data     figures/corpus.lengths.csv, {rows} rows\n" in text
    assert "  from     tables/corpus.documents.csv\n" in text
    assert "  cite     research cite RUN figures/corpus.lengths\n" in text
    assert "  corpus.words      The corpus holds" in text
    (row,) = re.findall(r"research why RUN (corpus\.documents#r\w+)$", text)
    assert explain(made, row).agrees


def test_a_table_leads_to_its_rows_and_its_findings(made: RunFolder) -> None:
    text = lines(made, "tables/language.readability")
    assert text.startswith("Readability\n  data     tables/language.readability.csv, 3 rows\n")
    assert "\n3 rows:\n" in text
    assert "  language.words_per_sentence " in text
    few = "\n".join(explain(made, "tables/language.readability").lines(2))
    assert "\nThe first 2 of 3 rows (see more with --limit or --all):\n" in few


def test_programs_get_every_row_of_a_figure(made: RunFolder, research: Callable[..., Any]) -> None:
    code, out, _ = research("why", made.path, "figures/corpus.lengths", "--limit", 1, "--format", "json")
    assert code == 0
    figure, *rows = json.loads(out)
    assert figure["kind"] == "figure"
    assert figure["address"] == "figures/corpus.lengths"
    assert figure["tables"] == ["corpus.documents"]
    assert figure["findings"][0] == "corpus.documents"
    assert figure["rows"] == len(rows) == 3
    assert {row["kind"] for row in rows} == {"row"}
    assert sum(row["cells"]["words"] for row in rows) == made.finding("corpus.words").value


def test_a_column_of_a_table_hides_nothing_from_programs(dispatches: Path, tmp_path: Path) -> None:
    study = open_study("corpus", dispatches, tmp_path / "run")
    frame = pd.DataFrame({"kind": ["direct", "mixed"], "words": [3.0, None], "share": [0.123456789012345, 1.0]})
    study.table("kinds", frame, caption="Kinds")
    study.close()
    _, *rows = explain(RunFolder(tmp_path / "run"), "tables/corpus.kinds").entries()
    assert [row.pop("kind") for row in rows] == ["row", "row"]
    columns = ("kind", "words", "share")
    assert [[row["cells"][name] for name in columns] for row in rows] == [
        ["direct", 3, 0.123456789012345],
        ["mixed", None, 1],
    ]


@pytest.mark.parametrize(
    "file", ["figures/corpus.lengths.csv", "figures/corpus.lengths.txt", "tables/corpus.documents.csv"]
)
def test_a_figure_that_was_changed_is_not_explained(made: RunFolder, file: str) -> None:
    with (made.path / file).open("a", encoding="utf-8") as changed:
        changed.write("9\n")
    with pytest.raises(RunError, match=file):
        explain(made, "figures/corpus.lengths")


def test_a_name_of_a_figure_that_is_not_there_is_refused_with_the_nearest(made: RunFolder) -> None:
    with pytest.raises(UsageError, match=r"Did you mean figures/corpus\.lengths\?"):
        explain(made, "figures/corpus.length")
    with pytest.raises(UsageError, match="research show SOURCE letters/reply"):
        explain(made, "documents/letters/reply")
    with pytest.raises(UsageError, match=r"has no findings of its own\. Cite it with: research cite RUN collection"):
        explain(made, "collection")
    with pytest.raises(UsageError, match="no passages to look up"):
        explain(made, "figures/corpus.lengths", source="anywhere")


# --- by the keys that reports cite ---


def test_every_citation_key_of_a_run_is_known(made: RunFolder, research: Callable[..., Any]) -> None:
    cited = re.findall(r"^@misc\{(\S+),$", (made.path / "findings.bib").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(cited) > 15
    for key in cited[1:]:
        if not key.startswith(("otr.dispatches.documents.", "otr.dispatches.collection")):  # they are cited alone
            assert research("why", made.path, key)[0] == 0, key
        code, out, _ = research("cite", made.path, f"[@{key}]", "--style", "bibtex")
        assert code == 0
        assert out.startswith(f"@misc{{{key},\n")


def test_the_citation_key_of_a_row_is_known(made: RunFolder, research: Callable[..., Any]) -> None:
    rows = [next(addresses.rows_of(made, "corpus.documents"))]
    rows += [next(addresses.evidence_rows(made.finding("language.count.harbour")))]
    for row in rows:
        _, out, _ = research("cite", made.path, row.address, "--style", "bibtex")
        key = out.partition("{")[2].partition(",")[0]
        assert research("cite", made.path, key, "--style", "bibtex")[1] == out
        assert lines(made, key) == lines(made, row.address)


def test_the_citation_key_of_another_run_is_refused(made: RunFolder) -> None:
    with pytest.raises(UsageError, match=r"the keys of this run begin with otr\.dispatches"):
        explain(made, "otr.harvest.corpus.words")
