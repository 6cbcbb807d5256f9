"""Tables of the turns of transcripts: who has the floor, who asks, and who answers.

A turn is a statement of the kind ``turn``. All tables are empty where no document has one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from research.analysis.statements.tables import usual
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import most_often, one_line
from research.nlp.accuracy import TURN
from research.nlp.groups.joining import any_case
from research.nlp.statements.label_words import read_label

if TYPE_CHECKING:
    import pandas as pd

JOURNALISTS, CALLERS, OTHERS = "journalists", "callers", "others without a name"
_BY_ROLE = {
    "journalist": JOURNALISTS,
    "caller": CALLERS,
    "chair": "the chair",
    "group": "several together",
    "answer": "whoever answers",
    "unnamed": OTHERS,
}
"""What those are called whom a label gives a role and no name (``label_words.Label``)."""
NOBODY = "nobody"
"""Who answers a question that another question, or the end of the document, follows."""

NOT_IDENTIFIED = " (not identified)"
"""What follows a label without a name that is written like the name of a speaker."""

YES, NO = "yes", "no"
FLOOR = ("who", "office", "named", "turns", "words", "share", "n_documents", "answers")
QUESTIONS = ("asked_by", "answered_by", "turns", "words", "n_documents", "answer_words")


def turns(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the turns, in order, with who takes them.

    Added columns: ``who`` has the floor (a speaker's name, a role such as "journalists", or the label itself, marked
    where it is written like a speaker's name); ``named`` (whether that is a name); ``asks``; ``asked_by``, who asked
    the question that the turn answers (missing where it answers none); ``answered_by``, who answers the question that
    the turn asks (missing where it asks none), and ``answer_words``, the words of that answer.

    A turn of a journalist or caller is a question, with or without a question mark; that of another without a name is
    one where it has a question mark. The next turn of the document answers it, unless that is a question as well.
    """
    table = statements[statements["kind"] == TURN]
    table = table.assign(who=_who(table), named=table["speaker"].notna())
    marked = table["content"].map(lambda said: "?" in str(said)).astype(bool)
    asks = table["who"].isin((JOURNALISTS, CALLERS)) | ((table["who"] == OTHERS) & marked)
    asks &= ~table["named"]
    same = table["doc_id"] == table["doc_id"].shift(1)
    after = (same & asks.shift(1, fill_value=False) & ~asks).astype(bool)
    answered = after.shift(-1, fill_value=False).astype(bool)
    following = table.shift(-1)
    return table.assign(
        asks=asks,
        asked_by=table["who"].shift(1).where(after),
        answered_by=following["who"].where(answered, NOBODY).where(asks),
        answer_words=following["words"].where(answered, 0).fillna(0).where(asks, 0).astype("int64"),
    )


def _who(table: pd.DataFrame) -> pd.Series[Any]:
    """Return who takes each turn: the speaker, or what the label says of somebody without a name."""
    labels = table["source"].map(lambda label: _called(one_line(str(label))))
    written: dict[str, list[str]] = {}
    for label in labels:
        written.setdefault(any_case(label), []).append(label)
    called = {identity: most_often(its) for identity, its in written.items()}
    for identity in called.keys() & {any_case(name) for name in table["speaker"].dropna()}:
        # The label is like a name that another document tells; here it may be somebody else's.
        called[identity] = f"{called[identity]}{NOT_IDENTIFIED}"
    return table["speaker"].where(table["speaker"].notna(), labels.map(lambda label: called[any_case(label)]))


@lru_cache(maxsize=4096)
def _called(label: str) -> str:
    return _BY_ROLE.get(read_label(label, lambda _: False).role, label)


def floor(turns: pd.DataFrame) -> pd.DataFrame:
    """Return who has the floor, those with the most words first.

    Columns: ``who``, a name, a role ("journalists") or a label without a name; ``office`` in its most frequent wording;
    ``named`` (yes or no); ``turns``; ``words`` and their ``share`` in the words of all turns; ``n_documents``;
    ``answers``, the turns that answer a question.
    """
    import pandas as pd

    total = int(turns["words"].sum())
    groups = turns.groupby("who", sort=False)
    table = pd.DataFrame(
        {
            "office": groups["office"].agg(usual),
            "named": groups["named"].any().map({True: YES, False: NO}),
            "turns": groups["words"].size(),
            "words": groups["words"].sum(),
            "n_documents": groups["doc_id"].nunique(),
            "answers": groups["asked_by"].count(),
        }
    )
    table["share"] = [rounded(words / total) if total else 0.0 for words in table["words"]]
    table = table.rename_axis("who").reset_index()
    return table.sort_values(["words", "turns", "who"], ascending=[False, False, True], ignore_index=True)[list(FLOOR)]


def questions(turns: pd.DataFrame) -> pd.DataFrame:
    """Return who asks and who answers, the most frequent pair first.

    Columns: ``asked_by`` ("journalists", "callers", "others without a name"); ``answered_by``, or "nobody" where no
    answer follows; ``turns`` with a question, their ``words`` and ``n_documents``; ``answer_words``.
    """
    import pandas as pd

    groups = turns[turns["asks"]].groupby(["who", "answered_by"], sort=False)
    table = pd.DataFrame(
        {
            "turns": groups["words"].size(),
            "words": groups["words"].sum(),
            "n_documents": groups["doc_id"].nunique(),
            "answer_words": groups["answer_words"].sum(),
        }
    ).astype("int64")
    table = table.rename_axis(["asked_by", "answered_by"]).reset_index()
    order = ["turns", "words", "asked_by", "answered_by"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)[list(QUESTIONS)]


def asked(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the turns that ask, with ``asked_by`` and ``answered_by``, as ``questions`` counts them."""
    table = turns(statements)
    return table[table["asks"]].assign(asked_by=lambda its: its["who"])
