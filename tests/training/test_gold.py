"""The tools for the annotation of our own: marks become offsets, readings are compared, passages are drawn."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from research.nlp.text import sentences

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from training.attributions.gold import agreement, corpora, draw, marks  # noqa: E402

TEXT = (
    "The mayor said that the harbour\nwould reopen. “Nothing is lost,” she said, and Weiss agreed.\n"
    "Kenya and the Kenyan Government, the mayor said, called on Oslo to pay. Kenya can wait."
)


def attribution(**changed: Any) -> dict[str, Any]:
    return {
        "source": ["The mayor"],
        "cue": ["said#1"],
        "content": ["that the harbour would reopen"],
        "speaker": "the mayor",
        "quote": "indirect",
    } | changed


def reading(*attributions: dict[str, Any], names: list[Any] | None = None) -> marks.Reading:
    return marks.read(TEXT, {"id": "p", "attributions": list(attributions), "names": names or []})


def placed(wanted: str) -> str:
    start, end = marks.place(TEXT, wanted)
    return TEXT[start:end]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("that the harbour would reopen", "that the harbour\nwould reopen"),
        ('"Nothing is lost,"', "“Nothing is lost,”"),
        ("that the … reopen", "that the harbour\nwould reopen"),
        ("Kenya and … mayor said#1", "Kenya and the Kenyan Government, the mayor said"),
        ("she", "she"),
    ],
)
def test_a_string_names_its_place(wanted: str, found: str) -> None:
    assert placed(wanted) == found


@pytest.mark.parametrize(
    ("wanted", "number"), [("mayor [[said]] that", 0), ("she [[said]],", 1), ("the mayor [[said]]", 2)]
)
def test_neighbours_name_the_occurrence(wanted: str, number: int) -> None:
    found = [at for at in range(len(TEXT)) if TEXT.startswith("said", at)]
    assert marks.place(TEXT, wanted) == (found[number], found[number] + 4)


def test_a_number_names_the_occurrence() -> None:
    assert [marks.place(TEXT, f"said#{number}")[0] for number in (1, 2, 3)] == [
        found for found in range(len(TEXT)) if TEXT.startswith("said", found)
    ]


@pytest.mark.parametrize(
    ("wanted", "complaint"),
    [
        (
            "said",
            "“said” occurs 3 times; add neighbours, as in “before [[said]] after”, or #number (#1: …The mayor",
        ),
        ("said#4", "“said” occurs 3 times, so there is no #4"),
        ("that the port", "“that the port” does not occur in the passage; “that the” does, so look at “port”"),
        ("harb", "“harb” does not occur in the passage"),
        ("that the … moon", "“moon” does not occur after “that the”"),
        ("that the … said", "“said” occurs 2 times after “that the”; give more last words or #number"),
        ("… reopen", "needs words before and after"),
        (" ", "an empty string"),
    ],
)
def test_what_names_no_single_place_is_refused(wanted: str, complaint: str) -> None:
    with pytest.raises(marks.Misplaced) as problem:
        marks.place(TEXT, wanted)
    assert complaint in str(problem.value)


def test_a_right_reading_has_no_complaints() -> None:
    names = [["Weiss", "PERSON", None], ["Kenya", "GPE", "KE"], ["Kenyan Government", "ORG", "KE"], ["Oslo", "GPE"]]
    found = reading(attribution(), names=[*names, ["Kenya", "GPE", "KE"]])
    assert (found.errors, found.hints) == ([], [])
    assert [TEXT[it["start"] : it["end"]] for it in found.names] == [
        "Weiss",
        "Kenya",
        "Kenyan Government",
        "Oslo",
        "Kenya",
    ]
    assert found.names[4]["start"] > found.names[3]["start"]


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"quote": "free"}, "attribution 1: quote is 'free'"),
        ({"cue": []}, "attribution 1: cue is empty"),
        ({"content": []}, "attribution 1: content is empty"),
        ({"speaker": ""}, "attribution 1: speaker must be a name"),
        ({"source": "The mayor"}, "attribution 1: source must be a list"),
        ({"extra": 1}, "attribution 1: must have the fields"),
        ({"content": ["said that the harbour"]}, "attribution 1: cue and content overlap"),
    ],
)
def test_a_wrong_attribution_is_refused(changed: dict[str, Any], complaint: str) -> None:
    assert any(it.startswith(complaint) for it in reading(attribution(**changed)).errors)


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        ([["Kenya", "PLACE", "KE"]], "'PLACE' is no type"),
        ([["Kenya", "GPE", "KX"]], "'KX' is no code"),
        ([["Oslo", "GPE"], ["Weiss", "PERSON"]], "list names in order"),
        ([["Kenya"]], "must be"),
    ],
)
def test_a_wrong_name_is_refused(names: list[Any], complaint: str) -> None:
    errors = reading(names=names).errors
    assert len(errors) == 1
    assert complaint in errors[0]


def test_a_nested_attribution_and_a_forgotten_name_are_pointed_out() -> None:
    nested = attribution(source=["Weiss"], cue=["agreed"], content=["Kenya can wait"])
    outer = attribution(cue=["she said"], content=["“Nothing … Weiss agreed"], source=[])
    found = reading(nested, outer, names=[["Kenya", "GPE", "KE"]])
    assert any(it.startswith("attribution 1 is partly within the content of 2") for it in found.hints)
    assert any("“Kenya” also occurs at …" in it for it in found.hints)


def test_offsets_count_from_the_start_of_the_document_and_keep_no_text() -> None:
    passage = draw.Passage("p", "ungdc", "speech", "D", 100, 100 + len(TEXT), draw.digest(TEXT), "learn")
    row = marks.resolved(passage, reading(attribution(speaker=None), names=[["Weiss", "PERSON", None]]))
    assert row["attributions"][0]["cue"] == [[100 + TEXT.index("said"), 104 + TEXT.index("said")]]
    assert row["names"] == [
        {"start": 100 + TEXT.index("Weiss"), "end": 105 + TEXT.index("Weiss"), "type": "PERSON", "country": None}
    ]
    assert "harbour" not in json.dumps(row)


def test_a_file_is_checked_line_by_line(tmp_path: Path) -> None:
    class Invented(marks.Texts):
        def __init__(self) -> None:
            self.passages = {"p": draw.Passage("p", "c", "speech", "D", 0, len(TEXT), draw.digest(TEXT), "learn")}

        def __getitem__(self, name: str) -> str:
            return TEXT

    row = json.dumps({"id": "p", "attributions": [attribution()], "names": []})
    path = tmp_path / "a-1.jsonl"
    path.write_text(f'{row}\n{row}\n{{"id": "q"}}\nno json\n', encoding="utf-8")
    readings, complaints = marks.check(path, Invented())
    assert list(readings) == ["p"]
    assert complaints == [
        "line 2: p has been read on an earlier line",
        "line 3: there is no passage 'q'",
        "line 4: not a JSON object on one line",
    ]


# --- agreement -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def score() -> ModuleType:
    """A scorer as small as it can be: words, and what is the same."""
    spec = importlib.util.spec_from_loader("score", None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)

    def words_in(spans: Any, words: Any) -> frozenset[int]:
        return frozenset(n for n, (s, e) in enumerate(words) if any(a <= s and e <= b for a, b in spans))

    def count(gold: Any, predicted: Any) -> dict[str, Any]:
        one, other = gold["p"]["attributions"], predicted["p"]
        same = sum(it in other for it in one)
        recall = {"recall": same / len(one) if one else 0.0}
        return {"gold": len(one), "predicted": len(other)} | dict.fromkeys(agreement.MEASURES, recall)

    vars(module).update(
        words_in=words_in, score=count, word_spans=lambda text: [it.span() for it in draw._WORD.finditer(text)]
    )
    return module


def test_alpha_is_that_of_nltk() -> None:
    from nltk.metrics.agreement import AnnotationTask

    chance = random.Random(3)  # noqa: S311
    labels = ["none", "source", "cue", "content"]
    pairs = [(one, one if chance.random() < 0.7 else chance.choice(labels)) for one in chance.choices(labels, k=300)]
    task = AnnotationTask([(who, n, pair[who]) for n, pair in enumerate(pairs) for who in (0, 1)])
    tally = agreement.Tally()
    tally.pairs.update(pairs)
    assert agreement.alpha(tally) == pytest.approx(task.alpha())


def test_equal_readings_agree_wholly_and_different_ones_do_not(score: ModuleType) -> None:
    one = reading(attribution(), names=[["Weiss", "PERSON"]])
    other = reading(attribution(content=["“Nothing is lost,”"]), names=[["Weiss", "ORG"]])
    same, different = (agreement.compare(score, TEXT, one, it) for it in (one, other))
    assert [value(same) for value in agreement.VALUES.values()] == [1.0] * 5
    assert agreement.f1(different, "linked") == 0.0
    assert agreement.f1(different, "names") == 0.0
    found = agreement.alpha(different)
    assert found is not None
    assert found < 0.6


def test_an_interval_needs_ten_documents() -> None:
    tallies = [
        agreement.Tally(Counter({"linked": n % 2, "attribution first": 1, "attribution second": 1})) for n in range(20)
    ]
    limits = agreement.interval(tallies, agreement.VALUES["linked"])
    assert limits is not None
    assert 0.2 < limits[0] < 0.5 < limits[1] < 0.8
    assert agreement.interval(tallies[:9], agreement.VALUES["linked"]) is None


# --- drawing ---------------------------------------------------------------------------------------


def test_a_passage_is_whole_sentences_of_the_right_length() -> None:
    sentence = "The harbour of the small town was closed for the whole of that long winter, she said."
    text = "\n\n".join(" ".join([sentence] * 4) for _ in range(10))
    spans = sentences(text)
    for start in range(len(spans) - 8):
        found = draw.passage_at(text, spans, start)
        assert found is not None
        first, last = found
        assert draw.SHORTEST <= draw.count_words(text[spans[first][0] : spans[last - 1][1]]) <= draw.LONGEST
        assert first <= start


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (
            "The harbour was closed for the whole winter. She said that it would reopen in the spring of next year.",
            True,
        ),
        ("Bread\nButter\nCheese\nThe list of all goods is kept by the office", False),
        ("FOR MEDIA. The harbour was closed for the whole winter.", False),
        ("THE HARBOUR WAS CLOSED for the whole long winter of that year.", False),
        ("In 1960 12 ships, in 1961 14 ships and in 1962 15 ships came to the harbour.", False),
    ],
)
def test_lists_and_letterheads_are_no_prose(text: str, prose: bool) -> None:
    assert draw.is_prose(text, sentences(text)) is prose


def test_a_quarter_of_the_documents_is_to_measure() -> None:
    names = [f"d{number}" for number in range(40)]
    parts = draw.parts(names, random.Random(1))  # noqa: S311
    assert sorted(parts) == sorted(names)
    assert list(parts.values()).count("measure") == 10


def test_the_passages_are_where_they_were_drawn() -> None:
    passages = draw.read_passages()
    assert len(passages) >= 420
    parts: dict[tuple[str, str, str], set[str]] = {}
    for passage in passages.values():
        # A document may have further and later passages: both are to learn from alone.
        part = "more" if passage.part in ("further", "later") else passage.part
        parts.setdefault((passage.corpus, passage.kind, passage.document), set()).add(part)
        assert 400 < passage.end - passage.start < 1_600
    assert all(len(of) == 1 for of in parts.values())
    read_twice = [passage for passage in passages.values() if passage.part not in ("further", "later")]
    assert 0.2 < sum(passage.part == "measure" for passage in read_twice) / len(read_twice) < 0.3


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (["He", "said", ":", '"', "It", "'s", "late", ".", '"'], 'He said: "It\'s late."'),
        (["the", "neighbours", "'", "house", "(", "old", ")"], "the neighbours' house (old)"),
        (["a", "'", "quiet", "'", "war", ",", "and", "$", "5"], "a 'quiet' war, and $5"),
    ],
)
def test_tokens_are_joined_as_printed(tokens: list[str], text: str) -> None:
    assert corpora.joined(tokens) == text
