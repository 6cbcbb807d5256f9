"""From scores to attributions: valid paths, whole quotations, every stretch of content with its cue."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from research.loading import Span
from research.nlp.names.recognition import mentions
from research.nlp.records import Attribution
from research.nlp.statements.confidence import Signs, confidence
from research.nlp.statements.decoding import decode
from research.nlp.statements.encoder import STRIDE, Links, Reading, windows
from research.nlp.statements.kinds import quoted_share
from research.nlp.statements.labels import ENTITY_LABELS, ROLES
from research.nlp.statements.paths import best_path, runs
from research.nlp.statements.quotations import quotations
from research.nlp.statements.trimming import trimmed

SURE, UNSURE = np.float32(-0.02), np.float32(-4.0)


def reading(
    text: str,
    spans: Sequence[tuple[str, int, int]],
    links: Sequence[tuple[int, int]] = (),
    entities: Sequence[tuple[str, int]] = (),
) -> Reading:
    """What an encoder that is sure of itself would say; pieces are words and marks.

    `spans` are (role, words from, to), `links` are (word, word) from content to cue, or from cue to source.
    """
    offsets = np.array([match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]).reshape(-1, 2)
    roles = np.full((len(offsets), len(ROLES), 3), UNSURE, dtype=np.float32)
    roles[:, :, 0] = SURE
    for role, start, end in spans:
        rows = roles[start:end, ROLES.index(role)]
        rows[:] = UNSURE
        rows[:, 2] = SURE
        rows[0] = (UNSURE, SURE, UNSURE)
    named = np.full((len(offsets), len(ENTITY_LABELS)), UNSURE, dtype=np.float32)
    named[:, 0] = SURE
    for label, start in entities:
        named[start] = UNSURE
        named[start, ENTITY_LABELS.index(label)] = SURE
    nothing = [(row, -1, UNSURE) for row in range(len(offsets))]
    by_role = {role: {row for name, start, end in spans if name == role for row in range(start, end)} for role in ROLES}

    def gathered(role: str) -> Links:
        kept = nothing + [(start, target, SURE) for start, target in links if start in by_role[role]]
        columns = [np.array(column) for column in zip(*kept, strict=True)] or [np.zeros(0)] * 3
        return Links(columns[0].astype(int), columns[1].astype(int), columns[2], np.ones(len(kept), dtype=np.float32))

    return Reading(text, offsets, roles, named, gathered("content"), gathered("cue"))


def shown(text: str, found: list[Attribution]) -> list[tuple[str | None, str | None, list[str | None], str]]:
    def cut(span: Span | None) -> str | None:
        return None if span is None else text[slice(*span)]

    return [(cut(a.source), cut(a.cue), [cut(part) for part in a.content], a.kind) for a in found]


def test_a_quotation_in_two_parts_is_one_attribution() -> None:
    text = "“We kept our word,” she said. “The rest is weather.”"
    spans = [("content", 1, 5), ("source", 7, 8), ("cue", 8, 9), ("content", 11, 15)]
    links = [*((row, 8) for row in (1, 2, 3, 4, 11, 12, 13, 14)), (8, 7)]
    found = decode(reading(text, spans, links))
    assert shown(text, found) == [("she", "said", ["We kept our word", "The rest is weather."], "direct")]


def test_a_quotation_is_not_cut_where_a_label_flickers() -> None:
    text = "“We kept our word, and more than our word, ever since,” she said."
    spans = [("content", 1, 5), ("content", 8, 14), ("source", 16, 17), ("cue", 17, 18)]
    links = [*((row, 17) for row in range(1, 14)), (17, 16)]
    found = decode(reading(text, spans, links))
    assert shown(text, found) == [("she", "said", ["We kept our word, and more than our word, ever since"], "direct")]


def test_a_cue_may_have_no_source() -> None:
    text = "Asked whether it would close, he left."
    spans = [("cue", 0, 1), ("content", 1, 5)]
    found = decode(reading(text, spans, [(row, 0) for row in range(1, 5)]))
    assert shown(text, found) == [(None, "Asked", ["whether it would close"], "indirect")]


def test_nothing_in_nothing_out() -> None:
    assert decode(reading("", [])) == []
    assert decode(reading("“”", [])) == []


@pytest.mark.parametrize("seed", range(20))
def test_every_path_is_valid(seed: int) -> None:
    chance = np.random.default_rng(seed)
    glued = chance.random(60) < 0.3
    path = best_path(chance.normal(size=(60, 7)), glued)
    for before, label, going_on in zip(path[:-1], path[1:], glued[1:], strict=True):
        if label and label % 2 == 0:
            assert before in (label, label - 1)
        if going_on:
            assert (label == 0) == (before == 0)
            assert label % 2 == 0
    assert sum(end - start for role in range(3) for start, end in runs(path, role)) == np.count_nonzero(path)


def _every_path(glued: npt.NDArray[np.bool_]) -> list[list[int]]:
    """All valid paths through two classes: inside follows its class, and a word is one thing throughout."""
    paths = [[state] for state in (0, 1, 3)]
    for joined in glued[1:]:
        paths = [
            [*path, state]
            for path in paths
            for state in range(5)
            if (state not in (2, 4) or path[-1] in (state, state - 1))
            and not (joined and (state in (1, 3) or (state == 0) != (path[-1] == 0)))
        ]
    return paths


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_the_path_is_the_best_of_all(seed: int, ties: bool) -> None:
    chance = np.random.default_rng(seed)
    # Runs that pay, runs that do not, and texts in which hardly anything does.
    scores = (
        chance.integers(-2, 3, size=(6, 5)).astype(np.float64) if ties else chance.normal(-seed / 20, 2, size=(6, 5))
    )
    glued = chance.random(6) < 0.3

    def rank(path: list[int]) -> tuple[float, list[int]]:
        return sum(scores[np.arange(6), path]), [-state for state in reversed(path)]

    assert best_path(scores, glued).tolist() == max(_every_path(glued), key=rank)


def test_mentions_stand_where_they_say() -> None:
    text = "Anna Okell met the Coastal Union."
    found = mentions(reading(text, [], entities=[("B-PERSON", 0), ("I-PERSON", 1), ("B-ORG", 4), ("I-ORG", 5)]))
    assert [(text[m.start : m.end], m.type) for m in found] == [
        ("Anna Okell", "PERSON"),
        ("Coastal Union", "ORG"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("So said Ada Okell.", "Ada Okell"),
        ("So said Ada Okell Jr.", "Ada Okell Jr."),
        ("So said Ada B.", "Ada B."),
        ("So said Harbour U.K.", "Harbour U.K."),
    ],
)
def test_a_name_ends_before_the_full_stop_of_its_sentence(text: str, name: str) -> None:
    pieces = len(re.findall(r"\w+|[^\w\s]", text))
    labels = [("B-PERSON", 2), *(("I-PERSON", piece) for piece in range(3, pieces))]
    (found,) = mentions(reading(text, [], entities=labels))
    assert text[found.start : found.end] == name


@pytest.mark.parametrize(
    ("text", "spans", "source"),
    [
        (
            "Researchers met Ada Okell. Wessel said it was wrong.",
            [("source", 0, 6), ("cue", 6, 7), ("content", 7, 10)],
            "Wessel",
        ),
        (
            "“It was wrong,” said Ada Okell. Wessel agreed.",
            [("content", 1, 4), ("cue", 6, 7), ("source", 7, 11)],
            "Ada Okell",
        ),
        (
            "Lt. Gov. Ada Okell Jr. said it was wrong.",
            [("source", 0, 8), ("cue", 8, 9), ("content", 9, 12)],
            "Lt. Gov. Ada Okell Jr.",
        ),
    ],
)
def test_a_source_is_of_the_sentence_of_its_cue(text: str, spans: list[tuple[str, int, int]], source: str) -> None:
    places = {role: range(start, end) for role, start, end in spans}
    links = [(piece, places["cue"][0]) for piece in places["content"]] + [(places["cue"][0], places["source"][0])]
    assert [it[0] for it in shown(text, decode(reading(text, spans, links)))] == [source]


@pytest.mark.parametrize(
    ("text", "name", "source"),
    [
        ("But Foreign Minister Ada Okell said it was wrong.", 3, "Foreign Minister Ada Okell"),
        ("This is what President of Varn Ada Okell said again.", 6, "President of Varn Ada Okell"),
        ("The harbour minister, Ada Okell, said it was wrong.", 4, "Ada Okell"),
        ("Yesterday Ada Okell said it was wrong.", 1, "Ada Okell"),
    ],
)
def test_a_name_that_speaks_has_its_title(text: str, name: int, source: str) -> None:
    said = [match.group() for match in re.finditer(r"\w+|[^\w\s]", text)].index("said")
    pieces = reading(
        text,
        [("source", name, name + 2), ("cue", said, said + 1), ("content", said + 1, said + 2)],
        [(said + 1, said), (said, name)],
        [("B-PERSON", name), ("I-PERSON", name + 1)],
    )
    assert [it[0] for it in shown(text, decode(pieces))] == [source]


@pytest.mark.parametrize(
    ("text", "content"),
    [("It rains. This is what Okell said.", [["This is what"]]), ("It rains. This is all Okell said.", [["is all"]])],
)
def test_what_points_back_is_content_as_a_whole_where_the_words_say_so(text: str, content: list[list[str]]) -> None:
    said = [match.group() for match in re.finditer(r"\w+|[^\w\s]", text)].index("said")
    it = reading(text, [("source", said - 1, said), ("cue", said, said + 1)], [(4, said), (said, said - 1)])
    it.roles[3:6, ROLES.index("content")] = [(-0.9, -1.0, -2.0), (-1.4, -1.1, -0.9), (-1.4, -1.2, -0.9)]
    it.roles[4, ROLES.index("content")] = (-2.5, -0.4, -1.6)
    assert [parts for *_, parts, _ in shown(text, decode(it))] == content


@pytest.mark.parametrize(
    ("text", "cue", "content", "shown_cue"),
    [
        ("“It was wrong,” Okell said in Port Avel.", (7, 9), (1, 4), "said"),
        ("“It was wrong,” Okell said in an interview.", (7, 11), (1, 4), "said"),
        ("“It was wrong,” Okell went on.", (7, 9), (1, 4), "went on"),
        ("“It was wrong,” Okell is on the record as saying.", (7, 13), (1, 4), "is on the record as saying"),
        ("Okell believes in lower rates.", (1, 3), (3, 5), "believes in"),
    ],
)
def test_a_cue_ends_before_its_occasion(
    text: str, cue: tuple[int, int], content: tuple[int, int], shown_cue: str
) -> None:
    spans = [("source", cue[0] - 1, cue[0]), ("cue", *cue), ("content", *content)]
    links = [(piece, cue[0]) for piece in range(*content)] + [(cue[0], cue[0] - 1)]
    assert [it[1] for it in shown(text, decode(reading(text, spans, links)))] == [shown_cue]


def test_spans_end_within_punctuation() -> None:
    text = " “So it is,” "
    assert trimmed(text, 0, len(text)) == (2, 10)
    assert text[2:10] == "So it is"
    assert trimmed("“”", 0, 2) is None


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("the plan “a fantasy”", "the plan “a fantasy”"),
        ('the plan "a fantasy," ', 'the plan "a fantasy,"'),
        ("«un rêve»", "un rêve"),
        ('a plan "so bold" and "so dear"', 'a plan "so bold" and "so dear"'),
        ("a plan”", "a plan"),
        ("“A fantasy” is the plan", "“A fantasy” is the plan"),
        ('"A fantasy" is the plan', '"A fantasy" is the plan'),
    ],
)
def test_a_mark_stays_with_the_quotation_that_it_closes(text: str, inner: str) -> None:
    span = trimmed(text, 0, len(text))
    assert span is not None
    assert text[slice(*span)] == inner


def test_the_share_of_quoted_words_is_counted() -> None:
    text = "It was “a very bad” deal."
    assert quoted_share(text, [Span(0, len(text))], quotations(text)) == pytest.approx(0.5)
    assert quoted_share("", [], []) == 0


@pytest.mark.parametrize("count", [0, 1, 253, 254, 255, 446, 447, 1000])
def test_windows_cover_everything(count: int) -> None:
    found = list(windows(count))
    assert {piece for start, end in found for piece in range(start, end)} == set(range(count))
    assert all(end - start <= 254 for start, end in found)
    assert all(late[0] - early[0] == STRIDE for early, late in pairwise(found))


# --- confidence ---


@pytest.mark.parametrize("sign", Signs._fields)
def test_confidence_falls_with_everything_that_is_less_sure(sign: str) -> None:
    sure = Signs(*(0.0,) * len(Signs._fields))
    values = [confidence(sure._replace(**{sign: value})) for value in (0.0, -1.0, -2.0, -4.0)]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(values)
    assert all(0 <= value <= 1 for value in values)


def test_an_attribution_without_link_to_its_source_is_less_sure() -> None:
    text = "They agreed, the mayor said."
    spans = [("content", 0, 2), ("source", 3, 5), ("cue", 5, 6)]
    (linked,) = decode(reading(text, spans, [(0, 5), (1, 5), (5, 3)]))
    (loose,) = decode(reading(text, spans, [(0, 5), (1, 5)]))
    assert linked.confidence > loose.confidence
    assert linked.confidence == round(linked.confidence, 2)
