"""One cast a document: whoever speaks under a name is mentioned under it."""

from pathlib import Path

import pytest

from research.loading import Document, Origin, Span, load
from research.nlp.annotate import annotate_document
from research.nlp.names.cast import Cast
from research.nlp.names.casting import cast_of, mentions_of
from research.nlp.names.floor import Floor
from research.nlp.names.speakers import Resolution
from research.nlp.records import Attribution, Mention
from research.nlp.statements import annotator, whose
from research.nlp.statements.layout import with_layout
from research.nlp.statements.turns import turns
from research.nlp.text import sentences
from tests.nlp.statements.talks import document


@pytest.mark.parametrize("source", ["seeds", "examples/corpus"])
def test_every_named_speaker_is_the_entity_of_a_mention(root: Path, source: str) -> None:
    named = 0
    for one in load(root / source):
        tables = annotator.annotate(one, {})
        entities = {it["entity"] for it in tables["names"]}
        owner = whose.speaker_of(one, whose.kind_of(one, turns(one)))
        # Whose words a whole document is may be told by its title or its metadata alone.
        speakers = {it["speaker"] for it in tables["attributions"]} - {None, owner and owner.name}
        assert speakers <= entities, one.id
        named += len(speakers)
    assert named


def cast(text: str, seen: list[Mention], attributions: list[Attribution]) -> Cast:
    return cast_of(text, seen, attributions, Floor(turns(document(text))))


def test_a_name_that_only_a_source_shows_is_a_mention() -> None:
    text = "It rains, Ulrika Sandvik said."
    statement = Attribution(Span(10, 24), Span(25, 29), (Span(0, 8),), "indirect", 0.9)
    found = mentions_of(cast(text, [], [statement]))
    assert [(it.start, it.end, it.entity) for it in found] == [(10, 24, "Ulrika Sandvik")]
    assert mentions_of(cast(text, [], [])) == []


def test_a_name_that_only_a_label_shows_is_a_mention_and_the_speaker() -> None:
    text = "SANDVIK: We sail.\n\nREPORTER: When?\n\nSANDVIK: Soon.\n\nREPORTER: Why?"
    spoken = turns(document(text))
    found, floor = with_layout(text, [], spoken), Floor(spoken)
    members = cast_of(text, [], found, floor)
    reading = Resolution(text, found, members, floor, sentences(text))
    assert [it.name for it in reading.speakers()] == ["Sandvik", None, "Sandvik", None]
    assert {it.entity for it in mentions_of(members, reading.renamed)} == {"Sandvik"}


def test_turns_and_sentences_are_found_once_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ada Okell met the press.\nREPORTER: Will you pay?\nOKELL: We will. This is what I said."
    text += "\nREPORTER: And when?\nOKELL: Soon."
    whole = Document("a", text, Span(0, len(text)), Origin("a", "", ""))
    found: list[str] = []

    def counting(module: str, name: str) -> None:
        make = getattr(__import__(module, fromlist=[name]), name)

        def counted(*arguments: object) -> object:
            if arguments[0] is whole or len(str(arguments[0])) == len(text):
                found.append(name)
            return make(*arguments)

        monkeypatch.setattr(f"{module}.{name}", counted)

    counting("research.nlp.statements.turns", "turns")
    counting("research.nlp.text.segmentation", "_blocks")
    assert annotate_document(whole, ["statements"])["attributions"]
    assert sorted(found) == ["_blocks", "turns"]
