"""The names that a finding is about, those that a run knows, and how a text may call somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from research.analysis.findings import Finding, slug
from research.nlp.names.forms import person_form
from research.outputs.checking.cited import Run


def names_of(finding: Finding) -> list[str]:
    """Return the names that a finding is about: its speaker, or the actors that its key and its sentence name."""
    if speaker := finding.parameters.get("speaker"):
        return [str(speaker)]
    if finding.term:
        return []
    return _names_in_key(finding.key, finding.statement)


@lru_cache(maxsize=1 << 12)
def _names_in_key(key: str, statement: str) -> list[str]:
    parts = set(key.split(".")[2:])
    words = list(CAPITALISED.finditer(statement))
    found = [it[0] for it in words if slug(it[0]) in parts]
    if not found:  # a longer run of capitals holds the name
        found = [run for it in words for run in _runs_in(it[0].split(), parts)]
    return list(dict.fromkeys(found))


def _runs_in(words: list[str], parts: set[str]) -> Iterator[str]:
    """Yield the longest names of a key that a run of words holds, one behind the other: "Maravel and Ordania"."""
    first = 0
    while first < len(words):
        ends = (end for end in range(len(words), first, -1) if slug(" ".join(words[first:end])) in parts)
        end = next(ends, None)
        if end is not None:
            yield " ".join(words[first:end])
        first = first + 1 if end is None else end


CAPITALISED = re.compile(
    r"[^\W\d_a-zà-ÿ][\w.'’-]*(?:\s(?:of|the|and|de|al|bin|van|von|"
    r"da)(?=\s[^\W\d_a-zà-ÿ]))*(?:\s[^\W\d_a-zà-ÿ][\w.'’-]*)*"
)


@lru_cache(maxsize=16)
def known_names(run: Run, kind: str) -> Mapping[str, str]:
    """Return the names that may be in the place of a finding's: everybody who speaks, or the actors of its kind."""
    if kind == "speaker":
        names = set(run.speakers)
    else:
        names = {name for it in run.findings.values() if kind_of(it) == kind for name in names_of(it)}
        names |= {str(it.parameters["speaker"]) for it in run.findings.values() if it.parameters.get("speaker")}
    found: dict[str, str] = {}
    surnames: dict[str, set[str]] = {}
    for name in sorted(names):
        found[name] = name
        if surname := _surname(name):
            surnames.setdefault(surname, set()).add(name)
    for surname, its in sorted(surnames.items()):
        if len(its) == 1:
            found.setdefault(surname, next(iter(its)))
    return found


def kind_of(finding: Finding) -> str:
    """Return what kind of thing a finding is about: a speaker, or what the beginning of its key names."""
    return "speaker" if finding.parameters.get("speaker") else ".".join(finding.key.split(".")[:2])


def _surname(name: str) -> str:
    words = person_form(name).words
    last = words[-1] if words else ""
    return last if len(words) > 1 and len(last) > 2 and last[:1].isupper() else ""


def forms_of(name: str) -> set[str]:
    """Return how a text may call somebody: by the whole name, its last word, or its first one."""
    words = person_form(name).words
    return {name, " ".join(words), *(word for word in words if len(word) > 2 and word[:1].isupper())}
