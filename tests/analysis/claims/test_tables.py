"""What is counted from figures and claims, by hand."""

from research.analysis import claims
from research.analysis.claims import tables
from research.analysis.claims.voices import NOT_NAMED, TEXT, WHOEVER_SPEAKS, Voice, Voices
from research.loading import Speakers
from research.nlp.claims.reasons import REASONS
from tests.analysis.claims import asserted
from tests.analysis.said import LEE, RAY, Said, annotated_by_hand, records

FIGURES = asserted.figures(
    {"speaker": LEE},
    {"speaker": LEE, "kind": "percentage", "unit": "%", "value": 5.0},
    {"speaker": LEE, "kind": "age", "unit": "years", "value": None, "doc_id": "b"},
    {"speaker": RAY, "kind": "count", "unit": "troops", "value": 400.0},
    {"speaker": None, "source": "a report", "value": 30e9},
)


def test_speakers_are_counted_with_the_kinds_of_their_figures() -> None:
    assert records(claims.speakers(FIGURES)) == [
        [LEE, 3, 0.6, 2, 1, 1, 0, 1, 0],
        [RAY, 1, 0.2, 1, 0, 0, 1, 0, 0],
        ["a report", 1, 0.2, 1, 1, 0, 0, 0, 0],
    ]
    assert claims.speakers(FIGURES.head(0)).columns.tolist() == list(claims.SPEAKERS)


def test_units_are_counted_with_their_range() -> None:
    assert records(claims.units(FIGURES)) == [
        ["money", "crowns", 2, 1, 1, 25e9, 30e9],
        ["age", "years", 1, 1, 1, None, None],
        ["count", "troops", 1, 1, 1, 400.0, 400.0],
        ["percentage", "%", 1, 1, 1, 5.0, 5.0],
    ]
    assert claims.units(FIGURES.head(0)).empty


def test_a_claim_counts_for_each_of_its_reasons() -> None:
    table = asserted.claims({"reasons": "figure, trend"}, {"reasons": "trend", "doc_id": "b"}, {"reasons": "denial"})
    assert records(claims.reasons(table)) == [
        ["trend", REASONS["trend"], 2, 0.666667, 2],
        ["denial", REASONS["denial"], 1, 0.333333, 1],
        ["figure", REASONS["figure"], 1, 0.333333, 1],
    ]
    assert claims.reasons(table.head(0)).empty


def test_numbers_of_rows_are_those_that_the_notebook_declares() -> None:
    """A row is counted again from the rows of another table when somebody asks why."""
    for name, made, base in (
        ("speakers", claims.speakers(FIGURES), FIGURES),
        ("units", claims.units(FIGURES), FIGURES),
        ("reasons", claims.reasons(asserted.claims({}, {})), asserted.claims({}, {})),
    ):
        declared = claims.NOTEBOOK.tables[name]
        grouped = declared.grouped(base)
        for row in tables.records(made):
            its = grouped
            for column in declared.identity:
                its = its[its[column] == row[column]]
            for column, count in declared.numbers.items():
                assert count(tables.records(its)) == row[column], (name, column)


# --- whose it is ---

STORY = "Bo Ray said: Ann Lee claims we lost, but I believe we won. Some fear a riot. Prices rose, it was reported."
SAID = [
    Said(["Ann Lee claims we lost, but I believe we won"], "Bo Ray", "said", speaker=RAY),
    Said(["we lost"], "Ann Lee", "claims", speaker=LEE),
    Said(["we won"], "I", "believe"),
    Said(["a riot"], "Some", "fear"),
    Said(["Prices rose"], None, "reported"),
]


def voices(kind: str | None = None, least: float = 0.2) -> Voices:
    return Voices(annotated_by_hand("a", STORY, SAID, kind), Speakers(), least)


def test_a_statement_is_its_speakers_by_name_or_as_the_text_calls_the_source() -> None:
    assert voices().of(0) == Voice(RAY, "Bo Ray")
    assert voices().of(1) == Voice(LEE, "Ann Lee")
    assert voices().of(3) == Voice(None, "Some")


def test_a_pronoun_is_somebody_not_named_and_our_delegation_the_speaker() -> None:
    story = "They fear we lost. Ann Lee said our delegation claims a win."
    said = [
        Said(["we lost"], "They", "fear"),
        Said(["our delegation claims a win"], "Ann Lee", "said", speaker=LEE),
        Said(["a win"], "our delegation", "claims"),
    ]
    its = Voices(annotated_by_hand("a", story, said, None), Speakers(), 0.2)
    assert [its.of(number) for number in (0, 2)] == [Voice(None, NOT_NAMED), Voice(LEE, "Ann Lee")]


def test_i_is_whoever_speaks_around_it() -> None:
    assert voices().of(2) == Voice(RAY, "Bo Ray")


def test_what_no_source_says_is_the_texts_own() -> None:
    assert voices().of(None) == voices().of(4) == Voice(None, TEXT)
    assert voices("speech").of(None) == Voice(None, WHOEVER_SPEAKS)


def test_a_statement_below_the_threshold_has_no_voice() -> None:
    assert voices(least=0.95).of(0) == Voice(None, TEXT)
