"""Tables of 01_corpus: the documents, what repeats, which languages, and what was rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from research.analysis.declaring import kept
from research.analysis.wording import listed, plural
from research.loading import Rejected
from research.loading.listing import kind_of
from research.loading.readers import what_it_was
from research.nlp.annotate import Annotations
from research.nlp.annotated import AnnotatedDocument
from research.nlp.english import is_english

if TYPE_CHECKING:
    import pandas as pd

SIZES = ("doc_id", "date", "title", "outlet", "kind", "language", "words", "sentences", "copy_of", "sha256")
"""The columns of the documents to read; the others help to find the text again."""

_COLUMNS = (
    *("doc_id", "date", "date_origin", "title", "outlet", "kind", "language"),
    *("words", "counted_words", "sentences"),
    *("foreign_paragraphs", "foreign_words", "foreign_languages"),
    *("copy_of", "copy_kind", "similarity", "characters", "mojibake", "control", "replacement"),
    *("reader", "encoding", "path", "row", "sha256", "body_start", "body_end"),
)


@kept
def documents(annotations: Annotations) -> pd.DataFrame:
    """Return the documents with their sizes, one row a document.

    Columns: ``doc_id, date, date_origin, title, outlet``; ``kind`` (news, speech, transcript, interview: told by the
    owner, the metadata or the layout); ``language`` (declared or recognised); ``words, sentences``;
    ``counted_words`` (0 for a document that repeats another one and is not counted); ``foreign_paragraphs,
    foreign_words, foreign_languages`` (paragraphs in another language within a document in English); ``copy_of,
    copy_kind, similarity`` (see ``loading.duplicates``); ``characters`` of the whole text; damaged characters
    (``mojibake, control, replacement``); ``reader, encoding, path, row, sha256`` of the file; ``body_start, body_end``
    (character offsets of the prose).

    >>> from research import annotate, load
    >>> documents(annotate(load("seeds"), layers=["counts"]))[["words", "sentences"]].values.tolist()
    [[340, 15]]
    """
    import pandas as pd

    copies = annotations.copies
    rows = []
    for it in annotations.stream():
        copy = copies.get(it.document.id)
        words = it.n_words
        counted = words if copy is None or annotations.with_copies else 0
        rows.append(
            (it.kind, it.language, words, counted, it.n_sentences, *_foreign(it), *(copy or (None, None, None)))
        )
    found = ["kind", "language", "words", "counted_words", "sentences", "foreign_paragraphs", "foreign_words"]
    found += ["foreign_languages", "copy_of", "copy_kind", "similarity"]
    said = annotations.corpus.documents.drop(columns=["kind", "language"], errors="ignore").rename(
        columns={"source": "outlet"}
    )
    return said.join(pd.DataFrame(rows, columns=found, index=said.index))[list(_COLUMNS)]


def _foreign(it: AnnotatedDocument) -> tuple[int, int, str | None]:
    """Return the number of paragraphs in another language, their words, and the languages."""
    found = it.foreign
    return len(found), sum(words for _, _, words in found), "; ".join(sorted({name for _, name, _ in found})) or None


def counted(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the documents that are counted: all but the copies, unless copies are counted too."""
    return documents[documents["counted_words"] == documents["words"]]


def copies(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the documents that repeat another one: ``doc_id, copy_of, copy_kind, similarity, date, words``."""
    columns = ["doc_id", "copy_of", "copy_kind", "similarity", "date", "words"]
    return documents.loc[documents["copy_of"].notna(), columns].reset_index(drop=True)


def kinds(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the documents and words of each kind, the most frequent first: ``kind, documents, words``.

    >>> import pandas as pd
    >>> kinds(pd.DataFrame({"kind": ["news", "speech", "news"], "words": [40, 2, 9]})).values.tolist()
    [['news', 2, 49], ['speech', 1, 2]]
    """
    import pandas as pd

    rows = [(name, len(its), int(its["words"].sum())) for name, its in by(documents, "kind")]
    return pd.DataFrame(rows, columns=["kind", "documents", "words"])


TOO_SHORT = "too short to say"
"""The language of a text that is too short to recognise one."""


def languages(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the documents and words of each language: ``language, documents, words, statements``.

    ``statements`` says whether statements are extracted: they are from English only.

    >>> import pandas as pd
    >>> languages(pd.DataFrame({"language": ["en", "en", "fr"], "words": [40, 2, 9]})).values.tolist()
    [['en', 2, 42, 'extracted'], ['fr', 1, 9, 'not extracted']]
    """
    import pandas as pd

    rows = [
        (
            TOO_SHORT if name is None else name,
            len(its),
            int(its["words"].sum()),
            "extracted" if is_english(name) else "not extracted",
        )
        for name, its in by(documents, "language")
    ]
    return pd.DataFrame(rows, columns=["language", "documents", "words", "statements"])


def by(documents: pd.DataFrame, column: str) -> list[tuple[str | None, pd.DataFrame]]:
    """Return the documents by the values of a column, the most frequent value first; None for what is missing."""
    groups = [(None if name == "" else str(name), its) for name, its in documents.groupby(documents[column].fillna(""))]
    return sorted(groups, key=lambda group: (-len(group[1]), group[0] or ""))


def in_english(documents: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows of a table with a column ``language`` are in English, or too short to say."""
    return documents["language"].map(lambda name: is_english(name if isinstance(name, str) else None)).astype(bool)


def foreign_paragraphs(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the documents in English with paragraphs in another language, those with the most such words first.

    Columns: ``doc_id, foreign_languages, foreign_paragraphs, foreign_words, words``. These words are part of the
    document's and of all counts; statements are not extracted from them.
    """
    columns = ["doc_id", "foreign_languages", "foreign_paragraphs", "foreign_words", "words"]
    mixed = documents.loc[documents["foreign_paragraphs"] > 0, columns]
    return mixed.sort_values(["foreign_words", "doc_id"], ascending=[False, True], ignore_index=True)


def reasons(rejected: Sequence[Rejected]) -> pd.DataFrame:
    """Return why files and parts of files were rejected: ``reason, files, parts, first``.

    Reasons that differ only in numbers or in brackets are one. A part is a row or a sheet of a table, a record, or an
    article of a download.

    >>> reasons([Rejected("a.csv#2", "row 2 is empty", ""), Rejected("a.csv#9", "row 9 is empty", "")]).values.tolist()
    [['row … is empty', 0, 2, 'a.csv#2']]
    """
    import pandas as pd

    found: dict[str, list[Rejected]] = {}
    for it in rejected:
        found.setdefault(kind_of(it.reason), []).append(it)
    rows = []
    for reason, its in found.items():
        files = sum(what_it_was(it) == "file" for it in its)
        rows.append((reason, files, sum(it.times for it in its) - files, its[0].file))
    rows.sort(key=lambda row: (-row[1] - row[2], row[0]))
    return pd.DataFrame(rows, columns=["reason", "files", "parts", "first"])


def left_out(rejected: Sequence[Rejected]) -> list[str]:
    """Return what was rejected, as clauses of a sentence: files and each kind of their parts, then hidden files.

    >>> left_out([Rejected("a.csv#2", "", ""), Rejected("b.doc", "", ""), Rejected("c.doc", "", "")])
    ['2 files and 1 row of a table were rejected']
    """
    lost = Counter[str]()
    for it in rejected:
        lost[what_it_was(it)] += 0 if it.is_hidden else it.times
    hidden = sum(it.is_hidden for it in rejected)
    kinds = listed([plural(lost[kind], *its) for kind, its in _KINDS.items() if lost[kind]])
    counts = (
        (lost.total(), kinds, "rejected"),
        (hidden, plural(hidden, "hidden system file"), "skipped"),
    )
    return [f"{what} {'was' if count == 1 else 'were'} {how}" for count, what, how in counts if count]


_KINDS = {
    "file": ("file", "files"),
    "sheet": ("sheet of a table", "sheets of tables"),
    "row": ("row of a table", "rows of tables"),
    "record": ("record of a file", "records of files"),
    "article": ("article of a download", "articles of downloads"),
    "attachment": ("attachment of a message", "attachments of messages"),
}
"""Singular and plural of each kind of what can be rejected."""
