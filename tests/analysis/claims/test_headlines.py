"""The findings of 04_claims: what an analyst would say, counted again from the evidence alone."""

from typing import Any

import pytest

from research import Annotations, Finding
from research.analysis import claims
from research.analysis.recount import recount
from research.errors import ParameterError
from tests.analysis.claims.told import Figure, Story, told_of
from tests.analysis.said import LEE, RAY, Said

IN_2030 = ("2030-01-01", "2030-12-31")
MEASURE = "the volume of the Orland trade"
BY_LEE = (
    "“Last year the volume of the Orland trade reached 25 billion crowns,” Ann Lee said. It never fell.",
    [Said(["Last year the volume of the Orland trade reached 25 billion crowns"], "Ann Lee", "said", "direct", LEE)],
    [Figure("25 billion crowns", 25e9, measure=MEASURE, verb="reached", period=IN_2030)],
)
BY_RAY = (
    "Bo Ray said that the volume of the Orland trade was 30 billion crowns in 2030. A third is fish, 9% tea.",
    [Said(["that the volume of the Orland trade was 30 billion crowns in 2030"], "Bo Ray", "said", speaker=RAY)],
    [
        Figure("30 billion crowns", 30e9, measure=MEASURE, verb="was", period=IN_2030),
        Figure("A third", 1 / 3, "", "ratio"),
        Figure("9%", 9.0, "%", "percentage"),
    ],
)
NOTHING: Story = ("The hall was empty.", [], [])


def of(found: Annotations, **parameters: Any) -> dict[str, Finding]:
    made = claims.findings(found, **parameters)
    assert len({it.key for it in made}) == len(made)
    return {it.key.removeprefix("claims."): it for it in made}


@pytest.fixture(scope="module")
def both() -> dict[str, Finding]:
    return of(told_of(BY_LEE, BY_RAY))


def test_a_figure_is_told_in_a_sentence_and_read_off_its_passage(both: dict[str, Finding]) -> None:
    found = both["value.ann_lee.the_volume_of_the_orland_trade.2030"]
    assert found.statement == "Ann Lee puts the volume of the Orland trade at 25 billion crowns in 2030."
    assert (found.value, found.display, found.measure) == ("25 billion crowns", "25 billion crowns", "value")
    assert [row.exact for row in found.evidence] == ["25 billion crowns"]


def test_sources_that_differ_are_named_with_their_values(both: dict[str, Finding]) -> None:
    [key] = [key for key in both if key.startswith("differences.")]
    assert key == "differences.the_volume_of_the_orland_trade_crowns_2030-" + key[-6:]
    assert both[key].statement == (
        "2 figures may disagree on the volume of the Orland trade in 2030: 25 billion crowns (Ann Lee) and 30 "
        "billion crowns (Bo Ray)."
    )
    assert [row.exact for row in both[key].evidence] == ["25 billion crowns", "30 billion crowns"]
    assert both["differences"].statement == "Sources may disagree on 1 measure: 2 figures differ."


def test_the_others_count(both: dict[str, Finding]) -> None:
    said = {key: it.statement for key, it in both.items() if not key.startswith(("value", "differ"))}
    assert said == {
        "figures": "The corpus holds 4 figures in 2 documents: 2 sums of money, 1 percentage and 1 other measure.",
        "named": "50% of the figures (2 of 4) come from named speakers.",
        "claims": "3 claims in 2 documents are worth checking, most often because of a figure.",
        "with_figures": "All 3 claims that are worth checking (100%) rest on a figure.",
    }


def test_every_finding_is_counted_again_from_its_evidence_alone(seed: Annotations) -> None:
    for found in (told_of(BY_LEE, BY_RAY), told_of(NOTHING), told_of(*[BY_LEE] * 12), seed):
        for finding in claims.findings(found):
            assert recount(finding) == finding.value, finding.key
            counted = [row for row in finding.evidence if row.role == "counted"]
            assert finding.measure != "count" or len(counted) == finding.value
            for row in finding.evidence:
                document = next(it.document for it in found if it.document.id == row.doc_id)
                assert document.text[row.start : row.end] == row.exact


def test_the_seed_documents_figure_is_its_first_finding(seed: Annotations) -> None:
    first = claims.findings(seed)[0]
    assert first.key == "claims.value.kassym-jomart_tokayev.the_volume_of_the_kazakh-russian_trade.2022"
    assert first.statement == (
        "Kassym-Jomart Tokayev puts the volume of the Kazakh-Russian trade at 25 billion U.S. dollars in 2022."
    )


def test_too_little_is_not_computable_and_says_why() -> None:
    found = of(told_of(NOTHING))
    assert found["named"].statement == (
        "The share of figures that a named speaker asserts is not computable: the corpus has no figure."
    )
    assert found["with_figures"].status == "not computable"
    assert found["figures"].statement == "The corpus holds 0 figures."
    assert found["differences"].statement == (
        "No two sources give different figures for what looks like the same measure."
    )


def test_intervals_resample_documents_from_ten_on() -> None:
    assert of(told_of(*[BY_LEE] * 5, *[BY_RAY] * 4))["named"].interval is None
    found = of(told_of(*[BY_LEE] * 5, *[BY_RAY] * 5))["named"]
    assert found.interval is not None
    assert found.interval.low < 0.6 < found.interval.high
    assert found.value == 0.5
    assert "95% CI" in found.statement
    assert of(told_of(*[BY_LEE] * 5, *[BY_RAY] * 5, complete=True))["named"].interval is None


def test_whoever_asserts_most_figures_is_named_if_nobody_asserts_as_many() -> None:
    assert not [key for key in of(told_of(BY_LEE, BY_RAY)) if key.startswith("figures_of")]
    found = of(told_of(BY_LEE, BY_RAY, BY_LEE))["figures_of.ann_lee"]
    assert found.statement == "Ann Lee asserts 40% of all figures (2 of 5), more than any other named speaker."


def test_another_document_renames_no_finding() -> None:
    assert of(told_of(BY_LEE, BY_RAY)).keys() <= of(told_of(BY_LEE, BY_RAY, NOTHING, BY_RAY)).keys()


def test_speakers_can_be_asked_for_and_an_unknown_name_is_told_the_nearest() -> None:
    found = of(told_of(BY_LEE, BY_RAY), speakers=["BO RAY", "Anne Lee"])
    values = [it.statement for key, it in found.items() if key.startswith("value")]
    why = "no figure is attributed to this name; the nearest name is Ann Lee"
    assert values == [
        "Bo Ray puts the volume of the Orland trade at 30 billion crowns in 2030.",
        f"A figure asserted by Anne Lee is not computable: {why}.",
    ]


@pytest.mark.parametrize("wrong", [{"speakers": []}, {"units": 5.0}, {"least_confidence": 2}])
def test_parameters_are_checked(wrong: dict[str, Any]) -> None:
    with pytest.raises(ParameterError):
        claims.findings(told_of(BY_LEE), **wrong)


@pytest.mark.parametrize(
    "changed",
    [
        {"measure": "our volume"},
        {"measure": "the volume"},
        {"measure": "the Orland"},
        {"verb": "cut"},
        {"verb": None},
        {"role": "change"},
        {"kind": "duration"},
        {"value": None},
        {"period": ("2030-01-01", None)},
    ],
)
def test_a_figure_that_no_sentence_would_tell_rightly_has_no_finding(changed: dict[str, Any]) -> None:
    text = "Ann Lee said: the volume of our volume the Orland trade cut was 25 billion crowns."
    base = Figure("25 billion crowns", 25e9, measure="the Orland trade", verb="was", period=IN_2030)
    said = [
        Said(["the volume of our volume the Orland trade cut was 25 billion crowns"], "Ann Lee", "said", speaker=LEE)
    ]

    def values(figure: Figure) -> list[str]:
        return [key for key in of(told_of((text, said, [figure]))) if key.startswith("value")]

    assert values(base) == ["value.ann_lee.the_orland_trade.2030"]
    assert values(base._replace(**changed)) == []


@pytest.mark.parametrize(
    ("bounds", "at"),
    [
        ({}, "at 25"),
        ({"low": 25e9, "approximate": True}, "at more than 25"),
        ({"high": 25e9, "approximate": True}, "at less than 25"),
        ({"approximate": True}, "at about 25"),
    ],
)
def test_a_bound_and_an_approximate_value_are_told_as_such(bounds: dict[str, Any], at: str) -> None:
    text, said, [figure] = BY_LEE
    [found] = [it for key, it in of(told_of((text, said, [figure._replace(**bounds)]))).items() if "value" in key]
    assert found.statement == f"Ann Lee puts the volume of the Orland trade {at} billion crowns in 2030."


@pytest.mark.parametrize(
    ("told", "is_told"),
    [
        ("the Orland trade is 25 crowns", True),
        ("the Orland trade is 25 crowns in 2030, no more", True),
        ("the Orland trade is not 25 crowns", False),
        ("the Orland trade isn’t 25 crowns", False),
        ("If it rains, the Orland trade is 25 crowns", False),
        ("the Orland trade is 25 crowns for the poor", False),
        ("the Orland trade is 25 crowns in 2030 for the poor", False),
        ("the Orland trade is a 25 crowns affair", False),
        ("the number of ships in the Orland trade is 25 crowns", False),
    ],
)
def test_a_figure_is_told_only_if_it_holds_for_the_whole_measure(told: str, is_told: bool) -> None:
    said = [Said([told], "Ann Lee", "said", speaker=LEE)]
    figure = Figure("25 crowns", 25.0, measure="the Orland trade", verb="is", period=IN_2030)
    found = of(told_of((f"Ann Lee said: {told}.", said, [figure])))
    assert any(key.startswith("value") for key in found) == is_told
