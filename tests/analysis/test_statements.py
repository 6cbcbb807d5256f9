"""Who speaks, and how: counted by hand on invented texts, then held to laws on texts of all kinds."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from research import Annotations
from research.analysis import statements
from research.analysis.figures import NotComputable
from research.analysis.recount import recount
from research.analysis.statements.tables import KINDS, OMITTED, names_that_end_alike
from research.loading import Span
from research.loading.readers import read_plain_text
from research.nlp.annotated import AnnotatedDocument
from research.nlp.records import Attribution
from tests.analysis.said import LEE, RAY, STORIES, Said, Told, records, with_attributions
from tests.strategies import documents

# --- the statements ---


def test_every_attribution_has_a_row_with_its_words(table: pd.DataFrame) -> None:
    assert records(table[["doc_id", "speaker", "source", "office", "kind", "content", "words"]]) == [
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
    table = statements.statements(seed)
    assert not len(statements.unsure(seed))
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
    columns = ["source", "words", "share", "attributions", "n_documents"]
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
    more = table.iloc[[0, 8, 7]].assign(cue=pd.array(["says", "Waltzed\naround", None], dtype=object))
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


# --- the words of a part, whatever the text ---


@st.composite
def attributed(draw: st.DrawFn) -> AnnotatedDocument:
    """Any document, with up to three attributions of parts that begin and end anywhere in its body."""
    (document,) = read_plain_text(draw(documents()), "a.txt", "a")
    offsets = st.integers(document.body.start, document.body.end)
    found = []
    for speaker in draw(st.lists(st.sampled_from([None, "Ann Lee", "Bo Ray"]), max_size=3)):
        bounds = sorted(draw(st.sets(offsets, min_size=2, max_size=6)) if len(document.text) > 1 else ())
        parts = tuple(map(Span, bounds[::2], bounds[1::2]))
        if parts:
            found.append(Attribution(None, None, parts, draw(st.sampled_from(KINDS)), 0.5, speaker=speaker))
    return with_attributions(document, found)


class AsDrawn(Told):
    def __init__(self, document: AnnotatedDocument) -> None:
        super().__init__({})
        self._documents = [document]


@settings(max_examples=75)
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
