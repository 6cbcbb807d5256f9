"""The findings about statements: as counted by hand, recounted, and each with its evidence."""

import json

import pandas as pd
import pytest

from research import Annotations, Finding
from research.analysis import statements
from research.analysis.figures import NotComputable
from research.analysis.making import FULL_POPULATION
from research.analysis.recount import recount
from research.analysis.statements.headlines import headline_speakers
from research.analysis.statistics import uncertainty
from research.analysis.wording import percent
from research.errors import ParameterError
from tests.analysis.said import (
    LEE,
    RAY,
    STORIES,
    Said,
    Told,
    many,
    summary_of,
)
from tests.analysis.statements.test_floor import DEBATE

# --- the choice of speakers ---


def test_the_three_with_the_most_words_have_a_finding(table: pd.DataFrame) -> None:
    speakers = statements.speakers(table)
    assert headline_speakers(speakers, None) == [LEE, RAY, "Lee"]
    more = statements.speakers(statements.statements(many(5)))
    assert headline_speakers(more, None) == [LEE, "Speaker 0", "Speaker 1"]


def test_speakers_are_found_as_they_are_asked_for_each_once(table: pd.DataFrame) -> None:
    speakers = statements.speakers(table)
    assert headline_speakers(speakers, ["bo  RAY", "ann lee", "Bo Ray", "Cy Fox"]) == [RAY, LEE, "Cy Fox"]


@pytest.mark.parametrize("asked", [",", True, [1.5], ["Ann Lee", None], {"Ann Lee": 1}, [""], [" "], [["a"]]])
def test_anything_but_a_list_of_names_is_refused(table: pd.DataFrame, asked: object) -> None:
    with pytest.raises(ParameterError, match="takes a list of names"):
        headline_speakers(statements.speakers(table), asked)


# --- findings ---


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["indirect"], "No attributed statement (0 of 1, 0%) is a direct quotation."),
        (["direct"], "The only attributed statement (1 of 1, 100%) is a direct quotation."),
        (["direct", "indirect"], "One in two attributed statements (1 of 2, 50%) is a direct quotation."),
        (["indirect", "indirect"], "No attributed statement (0 of 2, 0%) is a direct quotation."),
        (["direct"] * 2, "All attributed statements (2 of 2, 100%) are direct quotations."),
        (["direct"] * 3 + ["mixed"] * 5, "38% of attributed statements (3 of 8) are direct quotations."),
    ],
)
def test_one_statement_is_and_several_are(kinds: list[str], said: str) -> None:
    stories = {
        f"{number}": ("Ann Lee said: yes indeed.", [Said(["yes indeed"], "Ann Lee", "said", kind, LEE)])
        for number, kind in enumerate(kinds)
    }
    assert summary_of(Told(stories))["statements.direct"].statement == said


def test_a_leading_that_is_counted_as_the_method_says() -> None:
    stories = {"a": ("Ann Lee said that it rains.", [Said(["that it rains"], "Ann Lee", "said", "indirect", LEE)])}
    found = summary_of(Told(stories))["statements.words.ann_lee"]
    assert found.statement == "Ann Lee accounts for 100% of all attributed words (3 of 3)."
    assert "A “that” at the beginning counts as a word" in found.method


def test_a_share_of_words_says_that_turns_are_in_it_and_why_passages_are_more_than_statements() -> None:
    found = summary_of(Told({**STORIES, "f": DEBATE}))["statements.words.ann_lee"]
    assert " of all attributed words, turns of transcripts included (" in found.statement
    assert "indirect speech and the turns of transcripts included" in found.method
    news = summary_of(Told(STORIES))
    assert "turns" not in news["statements.words.ann_lee"].statement + news["statements.words.ann_lee"].method
    assert (
        " A statement in several parts has a passage for each: the 3 statements counted have 4 passages and the 9 "
        "statements in the base have 10 passages. An interval needs"
    ) in news["statements.words.ann_lee"].method
    assert " each: the 9 statements in the base have 10 passages. An" in news["statements.words.lee"].method
    whole = {"a": ("Ann Lee said: yes indeed.", [Said(["yes indeed"], "Ann Lee", "said", "direct", LEE)])}
    assert "several parts" not in summary_of(Told(whole))["statements.words.ann_lee"].method


def test_the_findings_as_counted_by_hand(told: Annotations) -> None:
    found = summary_of(told)
    assert [(key, it.value, it.status, it.statement) for key, it in found.items()] == [
        (
            "statements.words.ann_lee",
            0.5,
            "descriptive",
            (
                "Ann Lee accounts for 50% of all attributed words (12 of 24), more than any other speaker; "
                "“Lee”, possibly the same speaker, is counted separately."
            ),
        ),
        (
            "statements.words.bo_ray",
            0.166667,
            "descriptive",
            "Bo Ray accounts for 17% of all attributed words (4 of 24).",
        ),
        (
            "statements.words.lee",
            0.0416667,
            "descriptive",
            (
                "Lee accounts for 4.2% of all attributed words (1 of 24); “Ann Lee”, possibly the same "
                "speaker, is counted separately."
            ),
        ),
        (
            "statements.direct",
            0.222222,
            "descriptive",
            "22% of attributed statements (2 of 9) are direct quotations.",
        ),
        ("statements.attributions", 9, "descriptive", "The corpus holds 9 attributed statements in 3 documents."),
        (
            "statements.speakers",
            3,
            "descriptive",
            "3 speakers are named; 1 of the names may be a short form of another.",
        ),
        (
            "statements.documents",
            0.75,
            "descriptive",
            "Three in four documents in English (3 of 4, 75%) attribute a statement to a source.",
        ),
    ]
    assert "counted separately: Lee." in found["statements.words.ann_lee"].method
    assert "perhaps" not in found["statements.words.bo_ray"].method


def test_the_parts_of_a_content_are_the_evidence_of_its_words(told: Annotations) -> None:
    evidence = summary_of(told)["statements.words.ann_lee"].evidence
    counted = [row.exact for row in evidence if row.role == "counted"]
    assert counted == ["We will stay", "and we will win", "that it was “over”", "Good"]
    assert sum(row.role == "base" for row in evidence) == 10


def test_a_document_without_a_statement_is_in_the_base_by_its_first_sentence(told: Annotations) -> None:
    evidence = summary_of(told)["statements.documents"].evidence
    assert [(row.doc_id, row.exact[:9]) for row in evidence if row.role == "base"] == [
        ("a", "We will s"),
        ("b", "ANN LEE t"),
        ("c", "Nobody sa"),
        ("d", "Mr. Lee n"),
    ]
    assert [row.doc_id for row in evidence if row.role == "counted"] == ["a", "b", "d"]


def test_a_speaker_is_counted_by_the_first_statement(told: Annotations) -> None:
    evidence = summary_of(told)["statements.speakers"].evidence
    assert [(row.doc_id, row.exact) for row in evidence] == [
        ("a", "We will stay,” the mayor, Ann Lee, said, “and we will win"),
        ("a", "Bo Ray claimed the vote was stolen"),
        ("d", "Mr. Lee noted progress"),
    ]


@pytest.fixture(scope="module")
def all_findings(seed: Annotations, twelve: Annotations) -> list[tuple[Annotations, Finding]]:
    each = [Told(STORIES), seed, twelve, many(12, STORIES["c"])]
    return [(annotations, it) for annotations in each for it in statements.findings(annotations)]


def test_counting_again_gives_the_value_of_every_finding(all_findings: list[tuple[Annotations, Finding]]) -> None:
    assert {it.measure for _, it in all_findings} == {"count", "share"}
    assert {it.unit for _, it in all_findings} == {"passages", "documents", "speakers", "words"}
    for _, it in all_findings:
        assert recount(it) == it.value, it.key


def test_every_passage_stands_where_it_says(all_findings: list[tuple[Annotations, Finding]]) -> None:
    for annotations, it in all_findings:
        documents = {annotated.document.id: annotated.document for annotated in annotations}
        assert it.evidence or it.value == 0
        for row in it.evidence:
            document = documents[row.doc_id]
            assert document.text[row.start : row.end] == row.exact
            assert document.text[max(0, row.start - 32) : row.start] == row.prefix
            assert document.text[row.end : row.end + 32] == row.suffix
            assert document.origin.sha256 == row.sha256


def test_every_finding_is_whole(all_findings: list[tuple[Annotations, Finding]]) -> None:
    for _, it in all_findings:
        assert it.notebook == "statements"
        assert it.statement.endswith(".")
        assert it.display in it.statement or it.value == 0
        assert (it.status == "supported") == (it.interval is not None)
        if it.interval is not None:
            assert it.interval.low <= float(str(it.value)) <= it.interval.high
        counted = {row._replace(role="base") for row in it.evidence if row.role == "counted"}
        base = {row for row in it.evidence if row.role == "base"}
        assert counted <= base if it.measure == "share" else not base
        assert it.n_documents >= len({row.doc_id for row in counted})
        read = Finding.from_fields(json.loads(json.dumps(it.fields())), it.evidence)
        assert (read, read.version) == (it, it.version)


def test_findings_are_the_same_when_they_are_made_again(told: Annotations) -> None:
    assert statements.findings(told) == statements.findings(Told(STORIES))


@pytest.mark.parametrize(("n", "status"), [(9, "descriptive"), (12, "supported")])
def test_intervals_are_over_documents_and_from_ten_on(monkeypatch: pytest.MonkeyPatch, n: int, status: str) -> None:
    """In each document Ann Lee has one word of three, and in one more all of seven."""
    monkeypatch.setattr(uncertainty, "RESAMPLES", 200)
    text = "Ann Lee said it would take seven words."
    found = summary_of(many(n - 1, (text, [Said(["it would take seven words"], "Ann Lee", "said", speaker=LEE)])))
    share, direct = found["statements.words.ann_lee"], found["statements.direct"]
    assert share.value == pytest.approx((n - 1 + 5) / (3 * (n - 1) + 5), rel=1e-5)
    assert direct.value == pytest.approx((n - 1) / (2 * (n - 1) + 1), rel=1e-5)
    assert [it.status for it in (share, direct, found["statements.documents"])] == [status] * 3
    assert found["statements.attributions"].status == "descriptive"
    if share.interval is not None:
        assert share.interval.low < float(str(share.value)) < share.interval.high
        assert "jackknife" in share.method
    else:
        assert "An interval needs 10 documents" in share.method


def test_documents_without_a_statement_say_nothing_of_a_share_of_statements() -> None:
    """Nine documents attribute something, one does not: ten are enough for the share of documents alone."""
    odd = ("Ann Lee said yes.", [Said(["yes"], "Ann Lee", "said", speaker=LEE)])
    found = summary_of(many(8, odd, STORIES["c"]))
    assert found["statements.documents"].value == 0.9
    assert found["statements.documents"].interval is not None
    assert found["statements.words.ann_lee"].interval is found["statements.direct"].interval is None
    found = summary_of(many(9, odd, STORIES["c"]))
    assert found["statements.words.ann_lee"].interval is not None


def test_documents_that_are_all_alike_give_no_interval() -> None:
    found = summary_of(many(10))
    assert (found["statements.words.ann_lee"].interval, found["statements.words.ann_lee"].value) == (None, 0.333333)
    assert found["statements.direct"].interval is None


def test_content_without_a_word_has_attributions_and_no_share() -> None:
    """A stray mark can be all that a content has."""
    stray = Told({"a": ("Ann Lee said “?!”.", [Said(["?!"], "Ann Lee", "said", "direct", LEE)])})
    found = summary_of(stray)
    assert found["statements.direct"].value == 1.0
    assert found["statements.words.ann_lee"].status == "not computable"
    table = statements.statements(stray)
    assert statements.speakers(table)["share"].tolist() == [0.0]
    assert isinstance(statements.speech_chart(statements.speakers(table), statements.sources(table)), NotComputable)


def test_a_speaker_who_is_absent_is_a_finding_too(told: Annotations) -> None:
    found = {it.key: it for it in statements.findings(told, ["Cy Fox", "Ray"])}
    absent = found["statements.words.cy_fox"]
    assert absent.statement == "Cy Fox accounts for 0% of all attributed words (0 of 24); no speaker has this name."
    assert (absent.value, recount(absent)) == (0.0, 0.0)
    other = found["statements.words.ray"]
    assert other.statement == (
        "Ray accounts for 0% of all attributed words (0 of 24); no speaker has this name; the nearest name is Bo Ray."
    )


def test_keys_stay_when_a_document_is_added() -> None:
    """Also that of a speaker whose usual spelling changes with it."""
    words = ("one", "two", "three")
    capitals = [Said([word], cue=f"ANN LEE ({word.upper()}):", speaker="ANN LEE") for word in words]
    text = " ".join(f"ANN LEE ({word.upper()}): {word}." for word in words)
    before, after = summary_of(Told(STORIES)), summary_of(Told({**STORIES, "e": (text, capitals)}))
    assert list(before) == list(after)
    assert before["statements.words.ann_lee"].parameters == {"least_confidence": 0.2, "speaker": "Ann Lee"}
    assert after["statements.words.ann_lee"].parameters == {"least_confidence": 0.2, "speaker": "ANN LEE"}


@pytest.mark.parametrize(
    ("share", "written"),
    [(0, "0%"), (1, "100%"), (0.1, "10%"), (0.0999, "10.0%"), (0.0123, "1.2%"), (0.001, "0.1%"), (0.00042, "0.042%")],
)
def test_a_small_share_has_its_decimals(share: float, written: str) -> None:
    assert percent(share) == written


def test_a_full_population_has_no_interval() -> None:
    stories = {f"{n}{name}": story for n in range(5) for name, story in STORIES.items()}
    sampled, whole = Told(stories), Told(stories, complete=True)
    before, found = (statements.findings(told, [LEE]) for told in (sampled, whole))
    assert [it.status for it in before if it.measure == "share"] == ["supported"] * 4
    shares = [it for it in found if it.measure == "share"]
    assert [(it.value, it.status, it.interval) for it in shares] == [
        (it.value, "descriptive", None) for it in before if it.measure == "share"
    ]
    assert all("CI" not in it.statement and it.method.endswith(FULL_POPULATION) for it in shares)


def test_what_the_model_is_less_sure_of_is_left_out_and_that_is_said() -> None:
    table = statements.statements(Told(STORIES), 0.95)
    assert table.empty, "they were given a confidence of 0.9"
    assert len(statements.statements(Told(STORIES), 0.9)) == len(statements.statements(Told(STORIES)))
    found = summary_of(Told(STORIES), least_confidence="0.95")["statements.attributions"]
    assert found.value == 0
    assert found.parameters == {"least_confidence": 0.95}
    assert "below a confidence of 0.95 are not counted" in found.method


def test_a_document_in_another_language_is_in_no_base() -> None:
    told = Told(STORIES)
    in_french = {"language": ["fr"], "attributions": []}
    told._documents[0].tables.update(in_french)
    (share,) = [it for it in statements.findings(told) if it.key == "statements.documents"]
    assert told._documents[0].document.id not in {row.doc_id for row in share.evidence}
    told = Told(STORIES)
    for it in told:
        it.tables.update(in_french)
    (share,) = [it for it in statements.findings(told) if it.key == "statements.documents"]
    assert share.status == "not computable"


# --- how statements are introduced ---


def introduced_by(*cues: str) -> dict[str, Finding]:
    """The findings on statements, one in each document, with these cues."""
    text = "Ann Lee {} yes indeed."
    stories = {
        f"{number:02}": (text.format(cue), [Said(["yes indeed"], "Ann Lee", cue, "indirect", LEE)])
        for number, cue in enumerate(cues)
    }
    return summary_of(Told(stories))


def test_the_most_frequent_kind_of_verb_has_a_finding_with_the_next_ones() -> None:
    found = introduced_by(*["said"] * 12, *["told"] * 2, *["urged"] * 4, *["denied"] * 2, "waltzed")
    verbs = found["statements.verbs.neutral"]
    assert verbs.statement == (
        "67% of attributed statements with a reporting verb (14 of 21, 95% CI 45% to 83%) use a neutral verb (“say”); "
        "19% a verb of urging (“urge”) and 9.5% a verb of denying (“deny”)."
    )
    assert recount(verbs) == verbs.value
    assert "statements.verbs.urging" in introduced_by(*["said"] * 9, *["urged"] * 12)


def test_few_verbs_have_no_finding() -> None:
    assert not any(key.startswith("statements.verbs") for key in introduced_by(*["said"] * 19))
    assert any(key.startswith("statements.verbs") for key in introduced_by(*["said"] * 20))
