"""A fault: a sentence in which one thing is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.faults.known import Known
from benchmarks.faults.sentences import Part, Sentence

Severity = str


@dataclass(frozen=True)
class Fault:
    """A sentence that is wrong: what was done to it, and the severity of the message that it must get."""

    kind: str
    sentence: Sentence
    severity: Severity
    was: str
    now: str


def fault(kind: str, sentence: Sentence, at: int, now: Part, severity: Severity = "error") -> Fault:
    """One part of a sentence replaced by a wrong one."""
    return Fault(kind, sentence.put(at, now), severity, sentence.parts[at].text, now.text)


def place_of(sentence: Sentence, random: Random, *roles: str) -> int | None:
    """Where a part of one of these roles is, drawn if there are several."""
    found = [at for at, part in enumerate(sentence.parts) if part.role in roles]
    return random.choice(found) if found else None


Plant = Callable[[Sentence, Random, Known], Fault | None]
"""Plants a fault in a sentence, or gives None where it does not apply."""
