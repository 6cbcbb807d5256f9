"""Records: how their offsets are written."""

from research.loading import Span
from research.nlp.records import Attribution, offsets, spans


def test_offsets_are_written_and_read_in_one_form() -> None:
    assert offsets([(1, 13), None, (43, 58)]) == "1-13 43-58"
    assert spans("1-13 43-58") == [Span(1, 13), Span(43, 58)]
    assert (offsets([None]), spans(None), spans("")) == (None, [], [])


def test_the_parts_of_a_content_are_written_as_all_offsets_are() -> None:
    text = "“We stay,” she said, “and build.”"
    parts = (Span(1, 8), Span(22, 31))
    found = Attribution(Span(11, 14), Span(15, 19), parts, kind="direct", confidence=0.9)
    row = dict(zip(Attribution.columns, found.row(text), strict=True))
    assert spans(row["content_parts"]) == list(parts)
    assert [text[start:end] for start, end in parts] == ["We stay", "and build"]
