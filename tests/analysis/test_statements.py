"""Who speaks, and how: counted by hand on invented texts, then held to laws on texts of all kinds."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import NamedTuple, cast

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research import Annotations, Finding
from research.analysis import statements
from research.analysis.figures import Figure, NotComputable
from research.analysis.making import FULL_POPULATION
from research.analysis.recount import recount
from research.analysis.statements.headlines import headline_speakers, nearest_names
from research.analysis.statements.tables import KINDS, OMITTED, names_that_end_alike
from research.analysis.statistics import uncertainty
from research.analysis.wording import percent
from research.errors import ParameterError
from research.loading import Corpus, Document, Origin, Span
from research.loading.readers import read_plain_text
from research.nlp.annotate import AnnotatedDocument, annotate_document
from research.nlp.records import Attribution
from research.outputs.showing.rendering import png, svg
from tests.strategies import documents


class Said(NamedTuple):
    """An attribution by the words of its parts, each of which stands once in its text."""

    content: list[str]
    source: str | None = None
    cue: str | None = None
    kind: str = "indirect"
    speaker: str | None = None
    office: str | None = None


class Told(Annotations):
    """Documents with the attributions that a test gives them, so that no model has a say."""

    def __init__(self, stories: dict[str, tuple[str, list[Said]]], *, complete: bool = False) -> None:
        self.corpus = cast(Corpus, SimpleNamespace(complete=complete))
        self._documents = [annotated_by_hand(name, text, said) for name, (text, said) in stories.items()]

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        return iter(self._documents)


def annotated_by_hand(name: str, text: str, said: list[Said]) -> AnnotatedDocument:
    def place(part: str) -> tuple[int, int]:
        assert text.count(part) == 1, part
        return text.index(part), text.index(part) + len(part)

    found = [
        Attribution(
            source=None if it.source is None else place(it.source),
            cue=None if it.cue is None else place(it.cue),
            content=tuple(map(place, it.content)),
            kind=it.kind,
            confidence=0.9,
            speaker=it.speaker,
            speaker_label=it.source,
            office=it.office,
        )
        for it in said
    ]
    return with_attributions(Document(name, text, Span(0, len(text)), Origin(f"{name}.txt", "f" * 64, "utf-8")), found)


def with_attributions(document: Document, found: list[Attribution]) -> AnnotatedDocument:
    by_hand = {"attributions": [it.record() for it in found], "mentions": [], "language": ["en"]}
    return AnnotatedDocument(document, annotate_document(document, ["counts", "text"]) | by_hand)


LEE, RAY = "Ann Lee", "Bo Ray"
FIRST = (
    "“We will stay,” the mayor, Ann Lee, said, “and we will win.” Bo Ray claimed the vote was stolen. "
    "He feared a riot. Prices rose, it was reported."
)
STORIES = {
    "a": (
        FIRST,
        [
            Said(["We will stay", "and we will win"], "the mayor, Ann Lee", "said", "direct", LEE, "mayor"),
            Said(["the vote was stolen"], "Bo Ray", "claimed", speaker=RAY),
            Said(["a riot"], "He", "feared"),
            Said(["Prices rose"], cue="reported"),
        ],
    ),
    "b": (
        "ANN LEE told reporters that it was “over”. The spokesman declined to comment.",
        [
            Said(["that it was “over”"], "ANN LEE", "told reporters", "mixed", "ANN LEE", "mayor"),
            Said(["to comment"], "The spokesman", "declined"),
        ],
    ),
    "c": ("Nobody said a word. The hall was empty.", []),
    "d": (
        "Mr. Lee noted progress. Ann Lee, the candidate: “Good.” the spokesman waltzed around it.",
        [
            Said(["progress"], "Mr. Lee", "noted", speaker="Lee"),
            Said(["Good"], "Ann Lee, the candidate", ":", "direct", LEE, "candidate"),
            Said(["it."], "the spokesman", "waltzed around"),
        ],
    ),
}
"""Nine attributions with 24 words of content; three of the four documents have one."""


@pytest.fixture
def told() -> Annotations:
    return Told(STORIES)


@pytest.fixture
def table(told: Annotations) -> pd.DataFrame:
    return statements.statements(told)


def records(table: pd.DataFrame) -> list[list[object]]:
    return table.astype(object).where(table.notna(), None).values.tolist()


def summary_of(annotations: Annotations, **parameters: object) -> dict[str, Finding]:
    return {it.key: it for it in statements.findings(annotations, **parameters)}


def many(n: int, *others: tuple[str, list[Said]]) -> Annotations:
    """``n`` documents in which a speaker of each one's own says two words and Ann Lee one, and others."""
    own = [
        (
            f"Speaker {number} said: yes indeed. Ann Lee, however, denied it.",
            [
                Said(["yes indeed"], f"Speaker {number}", "said", speaker=f"Speaker {number}"),
                Said(["it"], "Ann Lee", "denied", "direct", LEE),
            ],
        )
        for number in range(n)
    ]
    return Told({f"{number:05}": story for number, story in enumerate([*own, *others])})


# --- the statements ---


def test_every_attribution_has_a_row_with_its_words(table: pd.DataFrame) -> None:
    assert records(table[["doc_id", "speaker", "called", "office", "kind", "content", "words"]]) == [
        ["a", LEE, "the mayor, Ann Lee", "mayor", "direct", "We will stay […] and we will win", 7],
        ["a", RAY, "Bo Ray", None, "indirect", "the vote was stolen", 4],
        ["a", None, "He", None, "indirect", "a riot", 2],
        ["a", None, None, None, "indirect", "Prices rose", 2],
        ["b", LEE, "ANN LEE", "mayor", "mixed", "that it was “over”", 4],
        ["b", None, "The spokesman", None, "indirect", "to comment", 2],
        ["d", "Lee", "Mr. Lee", None, "indirect", "progress", 1],
        ["d", LEE, "Ann Lee, the candidate", "candidate", "direct", "Good", 1],
        ["d", None, "the spokesman", None, "indirect", "it.", 1],
    ]
    assert records(table[["cue", "cue_head", "cue_class"]]) == [
        ["said", "say", "neutral"],
        ["claimed", "claim", "claiming"],
        ["feared", "fear", "feeling"],
        ["reported", "report", "neutral"],
        ["told reporters", "tell", "neutral"],
        ["declined", "decline", "denying"],
        ["noted", "note", "pointing out"],
        [":", None, "none"],
        ["waltzed around", None, "other"],
    ]


def test_every_row_can_be_followed_to_its_source(told: Annotations, seed: Annotations, twelve: Annotations) -> None:
    for annotations in (told, seed, twelve):
        text_of = {it.document.id: it.document for it in annotations}
        rows = statements.statements(annotations).to_dict("records")
        assert rows
        for row in rows:
            document = text_of[row["doc_id"]]
            parts = [slice(*map(int, part.split("-"))) for part in row["content_at"].split()]
            assert OMITTED.join(document.text[part] for part in parts) == row["content"]
            for name in ("source_at", "cue_at"):
                at = row[name]
                assert (at is None) or row["start"] <= int(at.split("-")[0]) < int(at.split("-")[1]) <= row["end"]
            if row["cue"] is not None:
                assert document.text[slice(*map(int, row["cue_at"].split("-")))] == row["cue"]
            assert row["start"] <= min(part.start for part in parts) < max(part.stop for part in parts) <= row["end"]
            assert (row["date"], row["sha256"]) == (document.date, document.origin.sha256)


def test_a_row_runs_from_its_first_character_to_its_last(table: pd.DataFrame) -> None:
    text = STORIES["a"][0]
    first = table.iloc[0]
    assert text[first["start"] : first["end"]] == "We will stay,” the mayor, Ann Lee, said, “and we will win"
    assert [text[slice(*map(int, part.split("-")))] for part in first["content_at"].split()] == STORIES["a"][1][
        0
    ].content


def test_the_seed_document_has_six_attributions(seed: Annotations) -> None:
    sure = statements.statements(seed)["cue"].tolist()
    assert sure == ["said", "asked", "said", "noted", "stressed"], "a cue that few use with a long clause is unsure"
    assert statements.unsure(seed)["cue"].tolist() == ["reminded of"]
    table = statements.statements(seed, least_confidence=0.0)
    assert table["cue"].tolist() == ["said", "asked", "said", "noted", "reminded of", "stressed"]
    assert table["kind"].tolist() == ["indirect", "direct", "direct", "direct", "indirect", "direct"]
    assert table["cue_class"].tolist() == ["neutral", "questioning", "neutral", *["pointing out"] * 3]
    assert table["speaker"][2] == "Kassym-Jomart Tokayev"
    assert table["speaker"].isna()[1], "the correspondent has no name"


def test_every_statement_is_either_counted_or_too_unsure_to_be(seed: Annotations) -> None:
    every = statements.statements(seed, least_confidence=0.0)
    bound = sorted(every["confidence"])[len(every) // 2]
    counted, left = statements.statements(seed, bound), statements.unsure(seed, bound)
    assert len(counted)
    assert len(left) > 1
    assert left["confidence"].is_monotonic_decreasing
    places = [*zip(counted["doc_id"], counted["start"], strict=True), *zip(left["doc_id"], left["start"], strict=True)]
    assert sorted(places) == sorted(zip(every["doc_id"], every["start"], strict=True))


# --- who ---


def test_speakers_are_counted_in_words_attributions_and_documents(table: pd.DataFrame) -> None:
    speakers = statements.speakers(table)
    assert records(speakers) == [
        [LEE, None, "Lee", "mayor", 12, 0.5, 3, 3, 8, 4, 0, 0],
        [RAY, None, None, None, 4, 0.166667, 1, 1, 0, 0, 4, 0],
        ["Lee", None, LEE, None, 1, 0.0416667, 1, 1, 0, 0, 1, 0],
    ]
    assert speakers.columns.tolist()[4:8] == ["words", "share", "attributions", "n_documents"]


def test_sources_without_a_name_are_counted_by_what_they_are_called(table: pd.DataFrame) -> None:
    columns = ["called", "words", "share", "attributions", "n_documents"]
    assert records(statements.unnamed(table)[columns]) == [
        ["the spokesman", 3, 0.125, 2, 2],
        ["He", 2, 0.0833333, 1, 1],
    ]


def test_named_unnamed_and_missing_sources_are_all_there_is(table: pd.DataFrame) -> None:
    sources = statements.sources(table)
    assert records(sources) == [
        ["named speakers", 17, 0.708333, 5, 3, 8, 4, 5, 0],
        ["unnamed sources", 5, 0.208333, 3, 3, 0, 0, 5, 0],
        ["without a source", 2, 0.0833333, 1, 1, 0, 0, 2, 0],
    ]
    assert sources["words"].sum() == table["words"].sum()


def test_words_are_counted_by_kind(table: pd.DataFrame) -> None:
    assert records(statements.kinds(table)) == [
        ["direct", 8, 0.333333, 2, 2],
        ["mixed", 4, 0.166667, 1, 1],
        ["indirect", 12, 0.5, 6, 3],
        ["turn", 0, 0.0, 0, 0],
    ]


def test_a_name_is_one_speaker_in_capitals_and_over_a_line_break() -> None:
    stories = {
        name: (f"{written} said: yes.", [Said(["yes"], written, "said", speaker=written)])
        for name, written in {"a": "Ann Lee", "b": "ANN LEE", "c": "Ann  Lee", "d": "Ann Lee"}.items()
    }
    table = statements.speakers(statements.statements(Told(stories)))
    assert records(table[["speaker", "words", "n_documents"]]) == [["Ann Lee", 4, 4]]


def test_a_last_name_is_never_silently_joined_to_a_full_one() -> None:
    names = ["Ann Lee", "Bo Lee", "Lee", "Mary Ann Lee", "Lee Park", "Sleet", "LeeLee"]
    assert names_that_end_alike(names) == {
        "Ann Lee": ["Lee", "Mary Ann Lee"],
        "Bo Lee": ["Lee"],
        "Lee": ["Ann Lee", "Bo Lee", "Mary Ann Lee"],
        "Mary Ann Lee": ["Ann Lee", "Lee"],
        "Lee Park": [],
        "Sleet": [],
        "LeeLee": [],
    }


# --- how ---


def test_cues_are_counted_by_their_heads(table: pd.DataFrame) -> None:
    more = table.iloc[[0, 8, 7]].assign(cue=["says", "Waltzed\naround", None])
    cues = statements.cues(pd.concat([table, more]))
    assert records(cues.head(3)) == [
        ["neutral", "say", 2, 0.166667, 1, "said"],
        ["other", "waltzed around", 2, 0.166667, 1, "waltzed around"],
        ["claiming", "claim", 1, 0.0833333, 1, "claimed"],
    ]
    assert records(cues[cues["cue_class"] == "none"]) == [
        ["none", ":", 1, 0.0833333, 1, ":"],
        ["none", "–", 1, 0.0833333, 1, None],
    ]
    assert cues["attributions"].sum() == 12


def test_quotations_stand_with_the_most_quoted_first_and_the_unnamed_last() -> None:
    def direct(content: str, source: str, speaker: str | None) -> Said:
        return Said([content], source, kind="direct", speaker=speaker)

    text = (
        "“No,” he said. “Yes, so be it,” Bo Ray said. “Fine,” Ann Lee said. “Good day,” Bo Ray, again, said. It rained."
    )
    said = [
        direct("No", "he", None),
        direct("Yes, so be it", "Bo Ray said. “Fine", RAY),
        direct("Fine", "Ann Lee", LEE),
        direct("Good day", "Bo Ray, again", RAY),
        Said(["It rained"]),
    ]
    table = statements.quotations(statements.statements(Told({"a": (text, said)})))
    assert records(table[["speaker", "quotation", "words"]]) == [
        [RAY, "Yes, so be it", 4],
        [RAY, "Good day", 2],
        [LEE, "Fine", 1],
        [None, "No", 1],
    ]
    assert [text[start:end] for start, end in zip(table["start"], table["end"], strict=True)] == table[
        "quotation"
    ].tolist()


def test_a_quotation_in_parts_has_the_place_of_each(table: pd.DataFrame) -> None:
    first = statements.quotations(table).iloc[0]
    assert first["quotation"] == "We will stay […] and we will win"
    assert STORIES["a"][0][first["start"] : first["end"]] == "We will stay,” the mayor, Ann Lee, said, “and we will win"
    assert first["content_at"] == "1-13 43-58"


# --- the choice of speakers ---


def test_the_three_with_the_most_words_have_a_finding(table: pd.DataFrame) -> None:
    speakers = statements.speakers(table)
    assert headline_speakers(speakers, None) == [LEE, RAY, "Lee"]
    more = statements.speakers(statements.statements(many(5)))
    assert headline_speakers(more, None) == [LEE, "Speaker 0", "Speaker 1"]


def test_speakers_are_found_as_they_are_asked_for_each_once(table: pd.DataFrame) -> None:
    speakers = statements.speakers(table)
    assert headline_speakers(speakers, ["bo  RAY", "ann lee", "Bo Ray", "Cy Fox"]) == [RAY, LEE, "Cy Fox"]


@pytest.mark.parametrize("asked", [",", 5, True, [1], ["Ann Lee", None], {"Ann Lee": 1}, [""], [" "], [["a"]]])
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
    assert "An opening “that” is one of the words" in found.method


def test_the_findings_as_counted_by_hand(told: Annotations) -> None:
    found = summary_of(told)
    assert [(key, it.value, it.status, it.statement) for key, it in found.items()] == [
        (
            "statements.words.ann_lee",
            0.5,
            "descriptive",
            (
                "Ann Lee accounts for 50% of all attributed words (12 of 24), more than any other speaker; "
                "counted separately, perhaps the same speaker: Lee."
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
                "Lee accounts for 4.2% of all attributed words (1 of 24); counted separately, perhaps the same "
                "speaker: Ann Lee."
            ),
        ),
        (
            "statements.direct",
            0.222222,
            "descriptive",
            "22% of attributed statements (2 of 9) are direct quotations.",
        ),
        (
            "statements.speakers",
            3,
            "descriptive",
            "3 speakers are named; 1 of these names may be short for another.",
        ),
        ("statements.attributions", 9, "descriptive", "The corpus holds 9 attributed statements in 3 documents."),
        (
            "statements.documents",
            0.75,
            "descriptive",
            "Three in four documents (3 of 4, 75%) attribute a statement to a source.",
        ),
    ]
    assert "perhaps the same speaker: Lee." in found["statements.words.ann_lee"].method
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
        assert share.interval.low == pytest.approx(1 / 3, rel=1e-5), "a resample without the odd document"
        assert "bootstrap over documents" in share.method


def test_documents_without_a_statement_are_resampled_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine documents attribute something, one does not: ten are enough for an interval, nine would not be."""
    monkeypatch.setattr(uncertainty, "RESAMPLES", 200)
    odd = ("Ann Lee said yes.", [Said(["yes"], "Ann Lee", "said", speaker=LEE)])
    found = summary_of(many(8, odd, STORIES["c"]))
    assert found["statements.documents"].value == 0.9
    assert found["statements.words.ann_lee"].interval is not None
    assert found["statements.direct"].interval is not None


def test_documents_that_are_all_alike_give_no_interval() -> None:
    found = summary_of(many(10))
    assert (found["statements.words.ann_lee"].interval, found["statements.words.ann_lee"].value) == (None, 0.333333)
    assert found["statements.direct"].interval is None


def test_a_corpus_without_an_attribution_says_so() -> None:
    nobody = Told({"c": STORIES["c"]})
    table = statements.statements(nobody)
    assert table.empty
    tables = [
        statements.speakers(table),
        statements.unnamed(table),
        statements.cues(table),
        statements.quotations(table),
    ]
    assert all(it.empty for it in tables)
    assert tables[0].columns.tolist() == statements.speakers(statements.statements(Told(STORIES))).columns.tolist()
    assert statements.sources(table)["words"].tolist() == [0, 0, 0]
    assert statements.kinds(table)["attributions"].tolist() == [0, 0, 0, 0]
    assert isinstance(statements.speech_chart(tables[0], statements.sources(table)), NotComputable)
    assert isinstance(statements.cue_chart(tables[2]), NotComputable)
    found = {it.key: it for it in statements.findings(nobody, [LEE])}
    assert [(it.status, it.value, recount(it)) for it in found.values()] == [
        ("not computable", None, None),
        ("not computable", None, None),
        ("descriptive", 0, 0),
        ("descriptive", 0, 0),
        ("descriptive", 0.0, 0.0),
    ]
    assert found["statements.attributions"].statement == "The corpus holds 0 attributed statements."
    assert found["statements.direct"].statement.endswith("is not computable: the corpus has no attributed statement.")
    assert found["statements.words.ann_lee"].statement.endswith("the corpus has no attributed words.")


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


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("Kassym Tokaev", ["Kassym-Jomart Tokayev", "Tokayev"]),
        ("tokaev", ["Kassym-Jomart Tokayev", "Tokayev"]),
        ("Barak Obama", ["Barack Obama", "Obama"]),
        ("Ann Lee", []),
    ],
)
def test_the_nearest_names_are_those_that_share_a_word_or_are_spelt_alike(asked: str, nearest: list[str]) -> None:
    names = ["Barack Obama", "Kassym-Jomart Tokayev", "Obama", "Tokayev", "Vera Quill"]
    assert nearest_names(asked, names) == nearest


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


# --- the words of a part, whatever the text ---


@st.composite
def attributed(draw: st.DrawFn) -> AnnotatedDocument:
    """Any document, with up to three attributions of parts that begin and end anywhere in its body."""
    (document,) = read_plain_text(draw(documents()), "a.txt", "a")
    offsets = st.integers(document.body.start, document.body.end)
    found = []
    for speaker in draw(st.lists(st.sampled_from([None, "Ann Lee", "Bo Ray"]), max_size=3)):
        bounds = sorted(draw(st.sets(offsets, min_size=2, max_size=6)) if len(document.text) > 1 else ())
        parts = tuple(zip(bounds[::2], bounds[1::2], strict=False))
        if parts:
            found.append(Attribution(None, None, parts, draw(st.sampled_from(KINDS)), 0.5, speaker=speaker))
    return with_attributions(document, found)


class AsDrawn(Told):
    def __init__(self, document: AnnotatedDocument) -> None:
        super().__init__({})
        self._documents = [document]


@settings(max_examples=150)
@given(attributed())
def test_words_recount_and_add_up_wherever_a_part_begins_and_ends(document: AnnotatedDocument) -> None:
    annotations = AsDrawn(document)
    table = statements.statements(annotations)
    words = table["words"].sum()
    assert statements.sources(table)["words"].sum() == statements.kinds(table)["words"].sum() == words
    named, unnamed = statements.speakers(table), statements.unnamed(table)
    assert named["words"].sum() + unnamed["words"].sum() <= words
    by_kind = named[["direct_words", "mixed_words", "indirect_words", "turn_words"]].sum(axis=1)
    assert by_kind.tolist() == named["words"].tolist()
    for it in statements.findings(annotations, [LEE, RAY]):
        assert recount(it) == it.value


# --- the figures ---


def widths(figure: Figure, panel: int) -> list[float]:
    """The length of each stacked bar of a panel, in percent; each part begins where the one before it ends."""
    axes = figure.plot.axes[panel]
    rows = list(zip(*(container.patches for container in axes.containers), strict=True))
    for row in rows:
        assert [bar.get_x() for bar in row[1:]] == pytest.approx([bar.get_x() + bar.get_width() for bar in row[:-1]])
    return [sum(bar.get_width() for bar in row) for row in rows]


def test_the_chart_of_speech_agrees_with_its_tables(table: pd.DataFrame) -> None:
    figure = statements.speech_chart(statements.speakers(table), statements.sources(table))
    assert isinstance(figure, Figure)
    assert widths(figure, 0) == pytest.approx([50, 100 / 6, 100 / 24], rel=1e-4)
    assert widths(figure, 1) == pytest.approx([1700 / 24, 500 / 24, 200 / 24], rel=1e-4)
    assert [axes.get_title(loc="left") for axes in figure.plot.axes] == ["Named speakers", "All sources"]
    assert figure.data["name"].tolist() == [
        *(LEE, RAY, "Lee"),
        *("named speakers", "unnamed sources", "without a source"),
    ]
    assert figure.alt == (
        "Bar charts of 24 attributed words by source. Named speakers 71%, unnamed sources 21%, without a source 8.3%. "
        "Ann Lee 50%, Bo Ray 17%, Lee 4.2%."
    )
    [legend] = figure.plot.legends
    assert [text.get_text() for text in legend.get_texts()] == list(KINDS)


def test_of_many_speakers_twelve_are_drawn_and_the_rest_is_said() -> None:
    table = statements.statements(many(30))
    figure = statements.speech_chart(statements.speakers(table), statements.sources(table))
    assert isinstance(figure, Figure)
    assert len(widths(figure, 0)) == 12
    assert widths(figure, 1) == pytest.approx([100])
    assert "Not drawn one by one: 19 more named speakers with 42% of the words" in figure.caption
    assert figure.plot.axes[0].get_title(loc="left") == "The 12 named speakers with the most words"


def test_without_a_named_speaker_only_the_sources_are_drawn() -> None:
    table = statements.statements(Told({"a": ("He feared a riot.", [Said(["a riot"], "He", "feared")])}))
    figure = statements.speech_chart(statements.speakers(table), statements.sources(table))
    assert isinstance(figure, Figure)
    assert figure.data["name"].tolist() == ["unnamed sources"]
    assert figure.alt == "Bar charts of 2 attributed words by source. Unnamed sources 100%."
    assert max(figure.plot.axes[0].get_xticks()) == 100, "nothing has more than a hundred percent"


def test_the_chart_of_cues_has_a_bar_a_class_with_the_rest_last(table: pd.DataFrame) -> None:
    figure = statements.cue_chart(statements.cues(table))
    assert isinstance(figure, Figure)
    assert records(figure.data[["cue_class", "attributions"]]) == [
        ["neutral", 3],
        *([name, 1] for name in ("claiming", "denying", "feeling", "pointing out", "other", "none")),
    ]
    assert figure.data["examples"].tolist()[0] == "neutral: report, say, tell"
    assert [bar.get_width() for bar in figure.plot.axes[0].patches] == figure.data["attributions"].tolist()
    assert "Classes without a statement: showing, describing," in figure.caption


@pytest.mark.parametrize("name", ["$5 bn", "<b>&amp;</b>", "السلام", "😀", "x" * 200, "_hidden", "\x01", "%s"])
def test_any_name_can_be_drawn_the_same_twice(name: str) -> None:
    stories = {"a": (f"{name} : yes.", [Said(["yes"], name, speaker=name)])}
    table = statements.statements(Told(stories))
    drawn = [statements.speech_chart(statements.speakers(table), statements.sources(table)) for _ in range(2)]
    assert isinstance(drawn[0], Figure)
    assert isinstance(drawn[1], Figure)
    assert drawn[0].data["name"].tolist()[0] == name
    assert png(drawn[0]) == png(drawn[1])
    assert svg(drawn[0]) == svg(drawn[1])


def test_a_full_population_has_no_interval() -> None:
    stories = {f"{n}{name}": story for n in range(5) for name, story in STORIES.items()}
    sampled, whole = Told(stories), Told(stories, complete=True)
    before, found = (statements.findings(told, [LEE]) for told in (sampled, whole))
    assert [it.status for it in before if it.measure == "share"] == ["supported"] * 3
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
