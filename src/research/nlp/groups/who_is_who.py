"""Who is who across documents: the speaker of a statement, as ``speakers.csv`` says.

An annotation depends on its document alone, so names are joined where tables are made. Nothing is joined that the
analyst did not write down; ``suggestions`` lists what could be.
"""

from __future__ import annotations

from research.loading import Document, Person, Speakers
from research.loading.speakers import same_name
from research.nlp.records import Attribution
from research.nlp.statements.whose import Whose


def speaker_of(found: Attribution, document: Document, owner: Whose | None, people: Speakers) -> Person | None:
    """Return who made a statement of a document; None where ``speakers.csv`` does not name its speaker.

    What the text calls a source without a name counts as well as a name. So does the label of a turn, even where the
    document gives the speaker a name, unless that name has all words of the label: "PRIME MINISTER" may have been taken
    for somebody who is only mentioned, but "ODUYA" is Ada Oduya where the document says so. For the statements of the
    ``owner``, whose words the whole document is, the document's own field counts as well: "KAZ" in a file's name.
    """
    if not people.entries:
        return None
    name, called = found.speaker, found.speaker_label
    asked = [name]
    if called is not None and (name is None or (found.kind == "turn" and not _is_within(called, name))):
        asked.insert(0, called)
    if owner is not None and name == owner.name:
        asked.append(document.speaker)
    people_found = (people.find(it, document.date) for it in asked if it)
    return next((person for person in people_found if person is not None), None)


def owner_name(owner: Whose, document: Document, people: Speakers) -> str:
    """Return the name of the speaker of a whole document: as ``speakers.csv`` has it, or else as the document does."""
    asked = (name for name in (owner.name, document.speaker) if name and people.entries)
    known = (people.find(name, document.date) for name in asked)
    return next((person.name for person in known if person is not None), owner.name)


def _is_within(called: str, name: str) -> bool:
    return set(same_name(called).split()) <= set(same_name(name).split())
