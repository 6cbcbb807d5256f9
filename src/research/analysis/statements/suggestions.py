"""Names that may be one person: suggestions for ``speakers.csv``, which only the analyst can decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from research.analysis.wording import listed, most_often, plural
from research.loading.speakers import COLUMNS, NOTES
from research.nlp.groups.joining import any_case
from research.nlp.names.forms import Form, person_form, same_first

if TYPE_CHECKING:
    import pandas as pd

SUGGESTED = (*COLUMNS, *NOTES)
"""The columns of ``suggested_speakers.csv``: those of ``speakers.csv``, why names may be one, and how often."""
SUGGESTED_BY = ("doc_id", "date", "speaker", "source", "office", "kind")
"""The columns of the statements that they follow from."""

_MOST_ALIKE = 200
"""The most names with one last name that are compared in pairs: beyond that, no name is short for only one."""


def suggestions(statements: pd.DataFrame) -> pd.DataFrame:
    """Return rows to copy into ``speakers.csv``, those of the most statements first.

    A row has the fullest name, and in ``also_called`` the names that may be short for it, or another spelling of it,
    and for nobody else's. Where a name may be that of several, the row has the short name, nothing in ``also_called``,
    and in ``why`` whose it may be. ``why`` also gives the office of each name, and the first and last date of its
    documents, so that the analyst sees two people of two times. An office on a label ("PRIME MINISTER") is suggested
    for those whom the documents name with it, from the first to the last of these documents.
    """
    import pandas as pd

    named = statements.dropna(subset=["speaker"])
    counts = Counter(named["speaker"])
    rows = [*_of_names(counts, _told(named)), *_of_offices(statements)]
    names = [[row["name"], *filter(None, row["also_called"].split("; "))] for row in rows]
    counted = _counted(statements)
    often = [listed([counted[name] for name in its]) for its in names]
    table = pd.DataFrame(rows, columns=list(SUGGESTED), dtype=object).assign(how_often=often)
    order = [-sum(counts[name] for name in its) for its in names]
    table = table.assign(order=order).sort_values(["order", "name", "also_called"], ignore_index=True)
    return table.drop(columns="order").fillna("")


# --- names ---


def _of_names(counts: Mapping[str, int], told: Mapping[str, str]) -> list[dict[str, str]]:
    others = _fuller(counts)
    joined: dict[str, dict[str, str]] = defaultdict(dict)
    unclear = []
    for name, fuller in others.items():
        # One of them may be short for another: "A. Okell" of "Ada Okell".
        fullest = [it for it in fuller if not others.get(it)]
        if len(fullest) == 1:
            joined[fullest[0]][name] = fuller[fullest[0]]
        elif fullest:
            unclear.append((name, sorted(fullest)))
    rows = [
        {"name": name, "also_called": "; ".join(sorted(its)), "why": _why(name, its, told)}
        for name, its in joined.items()
    ]
    return rows + [
        {
            "name": name,
            "also_called": "",
            "why": f"{_named(name, told)} may be {_or([_named(it, told) for it in fullest])}; write it into "
            "also_called of one of them, with a period if need be",
        }
        for name, fullest in unclear
    ]


def _or(names: Sequence[str]) -> str:
    shown = names[:6]
    return f"{', '.join(shown[:-1])} or {shown[-1]}" + (f" or {len(names) - 6:,} more" if len(names) > 6 else "")


def _why(name: str, reasons: Mapping[str, str], told: Mapping[str, str]) -> str:
    said = "; ".join(f"{_named(short, told)}: {reason}" for short, reason in sorted(reasons.items()))
    return f"{said}; to be counted as {_named(name, told)}"


def _named(name: str, told: Mapping[str, str]) -> str:
    return f"{name} ({told[name]})" if name in told else name


def _told(named: pd.DataFrame) -> dict[str, str]:
    """Return the usual office of each name, and the first and last date of its documents, as far as either is known."""
    told = {}
    for name, its in named.groupby("speaker", sort=True):
        dates = sorted({date for date in its["date"] if isinstance(date, str)})
        span = [] if not dates else [dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"]
        if parts := [*filter(None, [most_often(its["office"].dropna())]), *span]:
            told[str(name)] = ", ".join(parts)
    return told


def _fuller(counts: Mapping[str, int]) -> dict[str, dict[str, str]]:
    """Return for each name the names that may be its full form, each with the reason."""
    alike: dict[str, list[tuple[str, Form]]] = defaultdict(list)
    for name in sorted(counts):
        form = person_form(name)
        if form.words:
            alike[form.sound[-1]].append((name, form))
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for its in alike.values():
        if len(its) > _MOST_ALIKE:
            continue
        for one, two in combinations(its, 2):
            if any_case(one[0]) == any_case(two[0]) or (reason := _reason(one[1], two[1])) is None:
                continue
            (short, _), (full, _) = sorted((one, two), key=lambda it: (*_fullness(it[1]), counts[it[0]], it[0]))
            found[short][full] = reason
    return found


def _fullness(form: Form) -> tuple[int, int]:
    """Return how full a name is: by its words, then by those that are no initials."""
    return len(form.words), sum(len(word.rstrip(".")) > 1 for word in form.words)


_JOINS = frozenset(("of", "the", "and", "for", "in", "to", "on"))
"""Before them a name goes on with another: the "President of Maravel" is not Maravel."""


def _reason(one: Form, two: Form) -> str | None:
    """Return why two names with one last name may be one person's; None if nothing says so."""
    short, full = sorted((one, two), key=_fullness)
    if one.suffix != two.suffix and one.suffix and two.suffix:
        return None
    if short.key == full.key:
        return "the same name with a title"
    if short.sound == full.sound:
        return "another spelling"
    if short.sound == full.sound[-len(short.sound) :]:
        if full.key[-len(short.sound) - 1] in _JOINS:
            return None
        return "the last name alone" if len(short.words) == 1 else "the end of the name"
    if len(short.words) > 1 and same_first(short.key[0], full.key[0]) and short.sound[-1] == full.sound[-1]:
        middle = {word for word in short.sound[1:-1] if len(word) > 1} - set(full.sound[1:-1])
        if not middle or len(full.words) == 2:
            return "the same last name, and a first name that may be the same"
    return None


# --- offices ---


def _of_offices(statements: pd.DataFrame) -> Iterable[dict[str, str]]:
    """Yield a row for everybody whom documents name with an office that is the label of somebody without a name."""
    import pandas as pd

    labels = statements.loc[statements["speaker"].isna() & (statements["kind"] == "turn"), "source"].dropna()
    by_office = {any_case(label): label for label in sorted(labels)}
    holding = statements.dropna(subset=["speaker", "office"])
    offices = holding["office"].map(any_case)
    holding = holding.assign(held=offices)[offices.isin(by_office)]
    for office, its in holding.groupby("held", sort=True):
        periods = []
        for speaker, documents in its.groupby("speaker", sort=True):
            dates = sorted(date for date in documents["date"] if isinstance(date, str))
            if dates and not pd.isna(documents["date"]).any():
                periods.append((dates[0], dates[-1], str(speaker), documents["doc_id"].nunique()))
        periods.sort()
        clear = all(before[1] < after[0] for before, after in pairwise(periods))
        for first, last, speaker, n in periods if clear else []:
            why = f"the office that {plural(n, 'document')} of these dates {'gives' if n == 1 else 'give'} the speaker"
            yield {"name": speaker, "also_called": by_office[str(office)], "from": first, "to": last, "why": why}


def _counted(statements: pd.DataFrame) -> dict[str, str]:
    """Return in how many statements and documents each speaker, and each source without a name, occurs."""
    counted = {}
    for column, its in (("source", statements[statements["speaker"].isna()]), ("speaker", statements)):
        documents = its.groupby(column)["doc_id"]
        for name, n, n_documents in zip(documents.size().index, documents.size(), documents.nunique(), strict=True):
            counted[str(name)] = f"{name}: {plural(n, 'statement')} in {plural(n_documents, 'document')}"
    return counted
