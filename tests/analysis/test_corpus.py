"""What is in a corpus: its tables, findings and figures, counted by hand."""

from pathlib import Path

import pytest

from research import Annotations, annotate, load
from research.analysis import corpus, language
from research.analysis.corpus.tables import left_out
from research.analysis.recount import recount
from research.loading import Rejected
from tests.analysis.conftest import TWELVE, AnnotationsOf

# --- tables ---


def test_the_table_of_documents_adds_their_sizes(annotated: AnnotationsOf) -> None:
    annotations = annotated({"b.txt": "date 2024-05-01 One two. Three!", "a.txt": "\ufeffFour"})
    table = corpus.documents(annotations)
    chosen = [
        "doc_id",
        "words",
        "counted_words",
        "sentences",
        "characters",
        "encoding",
        "path",
        "body_start",
        "body_end",
    ]
    assert table[chosen].values.tolist() == [
        ["a", 1, 1, 1, 4, "utf-8-sig", "a.txt", 0, 4],
        ["b", 3, 3, 2, 31, "utf-8", "b.txt", 16, 31],
    ]


STORY = (
    "The council of Varn approved the harbour budget on Monday after a long debate about the price of the new cranes. "
    "The mayor called the vote a good day for the port and for everyone who works in it, from the pilots to the cooks."
)
ACCENT = (
    "Le conseil de Varn a approuvé lundi le budget du port après un long débat sur le prix des nouvelles grues, "
    "et le maire a salué un bon jour pour tous ceux qui y travaillent depuis des années."
)
FORECAST = (
    "Der Rat der Stadt hat am Montag nach langer Debatte den Haushalt des Hafens beschlossen, und die Fischer warten."
)


def test_paragraphs_in_another_language_are_named_with_their_words(annotated: AnnotationsOf) -> None:
    mixed = f"{STORY}\n\n{ACCENT}\n\n{FORECAST}\n\n{STORY}"
    table = corpus.documents(
        annotated({"a.txt": mixed, "b.txt": STORY, "c.txt": ACCENT, "d.txt": f"{STORY}\n{ACCENT}"})
    )
    french, german, english = (len(text.split()) for text in (ACCENT, FORECAST, STORY))
    assert corpus.foreign_paragraphs(table).values.tolist() == [
        ["a", "de; fr", 2, french + german, 2 * english + french + german],
        ["d", "fr", 1, french, english + french],
    ]
    assert table["foreign_words"].tolist() == [french + german, 0, 0, french]


def test_a_line_that_says_too_little_is_in_the_language_that_its_document_is_said_to_be_in(
    annotated: AnnotationsOf,
) -> None:
    short = "“We stay,” Lee said."
    said = f"---\nlanguage: en\n---\n{ACCENT}\n\n{ACCENT}\n\n{short}\n"
    (row,) = corpus.documents(annotated({"a.md": said})).itertuples()
    assert (row.language, row.foreign_paragraphs) == ("en", 2)
    assert row.foreign_words == 2 * len(ACCENT.split())


def test_a_document_without_a_word_is_in_the_language_that_it_is_said_to_be_in(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.md": "---\nlanguage: fr\n---\n…\n", "b.txt": STORY})
    table = language.readability(annotations)
    assert language.not_in_english(table)["doc_id"].tolist() == ["a"]
    found = {it.key: it for it in corpus.findings(annotations)}
    assert found["corpus.not_english"].value == 1


TOLD_TWICE = {
    "later.txt": f"date 2024-05-02 A new headline. {STORY}",
    "first.txt": f"date 2024-05-01 {STORY}",
    "other.txt": "date 2024-05-03 Nobody came.",
    "french.txt": f"date 2024-05-03 {ACCENT}",
}


def test_a_story_that_is_told_twice_counts_once(annotated: AnnotationsOf) -> None:
    annotations = annotated(TOLD_TWICE)
    table = corpus.documents(annotations)
    assert corpus.copies(table)[["doc_id", "copy_of", "copy_kind"]].values.tolist() == [["later", "first", "near"]]
    assert corpus.counted(table)["doc_id"].tolist() == ["first", "french", "other"]
    assert [it.document.id for it in annotations] == ["first", "french", "other"]
    found = {it.key: it for it in corpus.findings(annotations)}
    assert found["corpus.documents"].value == 4
    assert found["corpus.words"].value == table["words"].sum() - table.set_index("doc_id")["words"]["later"]
    assert found["corpus.copies"].statement == "1 of 4 documents repeats another and is not counted again."
    assert [row.doc_id for row in found["corpus.copies"].evidence] == ["later"]


def test_copies_count_where_they_are_asked_to(annotated: AnnotationsOf) -> None:
    annotations = Annotations(annotated(TOLD_TWICE).corpus, with_copies=True)
    table = corpus.documents(annotations)
    assert len(list(annotations)) == len(corpus.counted(table)) == 4
    found = {it.key: it for it in corpus.findings(annotations)}
    assert found["corpus.words"].value == table["words"].sum()
    assert found["corpus.copies"].statement.endswith("repeats another and is counted too.")


def test_what_is_not_english_is_counted_and_named(annotated: AnnotationsOf) -> None:
    annotations = annotated(TOLD_TWICE)
    table = corpus.documents(annotations)
    languages = corpus.languages(table)
    assert languages[["language", "documents", "statements"]].values.tolist() == [
        ["en", 2, "extracted"],
        ["too short to say", 1, "extracted"],
        ["fr", 1, "not extracted"],
    ]
    (french,) = [it for it in annotations if it.document.id == "french"]
    assert french.language == "fr"
    assert french.words
    assert french.attributions == []
    assert french.mentions == []
    found = {it.key: it for it in corpus.findings(annotations)}
    assert found["corpus.not_english"].statement == (
        "1 of 4 documents is not in English, and statements are extracted from English only; 1 is too short to tell."
    )
    assert [row.doc_id for row in found["corpus.not_english"].evidence] == ["french"]


def test_reasons_are_counted_whatever_their_numbers() -> None:
    rejected = [
        Rejected("a.txt", "the file is too large (120.5 MB; up to 100 MB are read)", "Split it."),
        Rejected("b.txt", "the file is empty", "Remove it."),
        Rejected("c.txt", "the file is too large (1,200 MB; up to 100 MB are read)", "Split it."),
    ]
    assert corpus.reasons(rejected).values.tolist() == [
        ["the file is too large", 2, 0, "a.txt"],
        ["the file is empty", 1, 0, "b.txt"],
    ]
    details = ["(a PNG picture)", "(it has NUL bytes)", "(byte 1 cannot be decoded), and more"]
    assert corpus.reasons([Rejected(f"{it}.txt", f"it is no text {it}", "") for it in details])["reason"].tolist() == [
        "it is no text",
        "it is no text, and more",
    ]
    rows = [Rejected(f"a.csv#{n}", "the record holds no text", "") for n in (1, 2)]
    assert corpus.reasons([*rows, *rejected]).values.tolist()[:2] == [
        ["the file is too large", 2, 0, "a.txt"],
        ["the record holds no text", 0, 2, "a.csv#1"],
    ]
    assert corpus.reasons([]).empty


# --- findings ---


def test_the_findings_of_the_seed_document(seed: Annotations) -> None:
    assert [(it.key, it.value, it.statement) for it in corpus.findings(seed)] == [
        ("corpus.documents", 1, "The corpus holds 1 document."),
        ("corpus.words", 340, "The corpus holds 340 words."),
        ("corpus.kind.news", 1, "The only document (1 of 1) is news."),
        ("corpus.copies", 0, "No document repeats another."),
        ("corpus.not_english", 0, "All documents are in English."),
        ("corpus.dated", 1, "The only document (1 of 1) has a date."),
        ("corpus.earliest", "2023-09-29", "The earliest document is dated 29 September 2023."),
        ("corpus.latest", "2023-09-29", "The latest document is dated 29 September 2023."),
    ]


def test_the_findings_of_twelve_texts(twelve: Annotations) -> None:
    documents, words, _, _, _, dated, earliest, latest = corpus.findings(twelve)
    assert documents.value == len(documents.evidence) == 12
    assert documents.evidence[0].exact == "The council met on Monday."
    assert words.value == sum(
        any(map(str.isalnum, w)) for it in twelve for w in it.document.text[it.document.body.start :].split()
    )
    assert (dated.value, dated.display, dated.unit, dated.measure) == (10, "10", "documents", "documents")
    assert dated.statement == "10 of 12 documents have a date."
    assert [row.doc_id for row in dated.evidence] == [n[:2] for n in TWELVE if n[:2] not in ("05", "09")]
    assert (earliest.value, latest.value) == ("2024-01-05", "2025-01-08")
    assert [row.doc_id for row in (*earliest.evidence, *latest.evidence)] == ["01", "12"]


def test_what_is_counted_of_the_corpus_has_no_interval(twelve: Annotations, annotated: AnnotationsOf) -> None:
    whole = annotated(TWELVE | {"corpus.toml": "complete = true"})
    for annotations in (twelve, whole):
        found = corpus.findings(annotations)
        assert {(it.status, it.interval) for it in found} == {("descriptive", None)}
        assert not any("interval" in it.method for it in found)
    [note] = whole.corpus.notes
    assert "complete = true" in note


def test_a_year_beside_a_day_in_it_claims_no_order(annotated: AnnotationsOf) -> None:
    read = annotated({"a.txt": "date 2016-03-01 One.", "b_2016.txt": "Two.", "c.txt": "date 2016-05-02 Three."})
    found = {it.key: it for it in corpus.findings(read)}
    table = corpus.documents(read)
    first, last = found["corpus.earliest"], found["corpus.latest"]
    assert first.statement == ("The earliest document is dated 2016; 1 March 2016 is within it and may be earlier.")
    assert last.statement == "The latest document is dated 2016; 2 May 2016 is within it and may be later."
    assert [it.evidence[0].doc_id for it in (first, last)] == ["b_2016", "b_2016"]
    assert [recount(it, table) for it in (first, last)] == ["2016", "2016"]


def test_rejected_files_are_told(annotated: AnnotationsOf) -> None:
    one, two = ({"a.txt": "A", "b.pdf": "B"}, {"a.txt": "A", "b.pdf": "B", "c.txt": ""})
    statements = [corpus.findings(annotated(texts))[0].statement for texts in (one, two)]
    assert statements == [
        "The corpus holds 1 document; 1 file was rejected.",
        "The corpus holds 1 document; 2 files were rejected.",
    ]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (["a.csv#1"], "1 row of a table was rejected"),
        (["a.csv#1", "a.csv#2", "b.doc"], "1 file and 2 rows of tables were rejected"),
        (["a.xlsx#sheet A", "a.xlsx#3", "b", "c"], "2 files, 1 sheet of a table and 1 row of a table were rejected"),
    ],
)
def test_files_and_rows_are_told_apart(files: list[str], said: str) -> None:
    assert left_out([Rejected(file, "", "") for file in files]) == [said]


def test_a_full_population_of_which_some_was_not_read_is_not_called_complete(annotated: AnnotationsOf) -> None:
    whole = annotated(TWELVE | {"corpus.toml": "complete = true", "b.pdf": "B", "c.csv": 'text\nOne.\n""\n'})
    found = {it.key: it for it in corpus.findings(whole)}
    assert found["corpus.documents"].statement == (
        "The corpus holds 13 documents; 1 file and 1 row of a table were rejected, so the documents may not be "
        "complete."
    )
    assert "2 files or parts of files could not be read" in whole.corpus.notes[0]


def test_hidden_files_of_the_system_are_told_apart_from_rejected_ones(annotated: AnnotationsOf) -> None:
    read = annotated({"a.txt": "A", "._a.txt": "x", ".DS_Store": "x", "b.pdf": "B"})
    assert [it.is_hidden for it in read.corpus.rejected] == [True, True, False]
    assert corpus.findings(read)[0].statement == (
        "The corpus holds 1 document; 1 file was rejected; 2 hidden system files were skipped."
    )


def test_without_a_date_the_ends_are_not_computable(annotated: AnnotationsOf) -> None:
    *_, dated, earliest, latest = corpus.findings(annotated({"a.txt": "A", "b.txt": "date 2024-02-30 B"}))
    assert (dated.value, dated.statement, recount(dated)) == (0, "No document has a date.", 0)
    for it in (earliest, latest):
        assert (it.status, it.value, recount(it)) == ("not computable", None, None)
        assert it.statement.endswith("is not computable: no date in 2 documents.")


@pytest.mark.parametrize(
    ("dates", "statement"),
    [
        ([0], "No document has a date."),
        ([1], "The only document (1 of 1) has a date."),
        ([1, 0], "1 of 2 documents has a date."),
        ([1, 1, 0], "2 of 3 documents have a date."),
        ([1, 1], "2 of 2 documents have a date."),
        ([1, 1, 1], "All 3 documents have a date."),
    ],
)
def test_the_verb_agrees_with_the_number_of_documents(
    annotated: AnnotationsOf, dates: list[int], statement: str
) -> None:
    texts = {f"{n}.txt": "date 2024-05-01 Text." if dated else "Text." for n, dated in enumerate(dates)}
    found = {it.key: it for it in corpus.findings(annotated(texts))}
    assert found["corpus.dated"].statement == statement


def test_keys_stay_when_a_document_is_added(annotated: AnnotationsOf, twelve: Annotations) -> None:
    more = annotated(TWELVE | {"00.txt": "Another text.", "13.txt": "date 1999-01-01 An old text."})
    assert [it.key for it in corpus.findings(more)] == [it.key for it in corpus.findings(twelve)]


def test_of_several_documents_with_one_date_the_choice_is_always_the_same(annotated: AnnotationsOf) -> None:
    annotations = annotated({f"{name}.txt": "date 2024-05-01 Text." for name in "cab"})
    *_, earliest, latest = corpus.findings(annotations)
    assert [it.evidence[0].doc_id for it in (earliest, latest)] == ["a", "c"]


def test_dates_from_outside_the_text_count_as_well(annotated: AnnotationsOf) -> None:
    texts = {
        "a_2020.txt": "The harbour opened.",
        "b_2020.txt": "The harbour closed.",
        "c.txt": "---\ndate: 4 March 2021\n---\nThe harbour reopened.",
        "d.txt": "date 2021-01-01 The harbour froze.",
        "e.txt": "Undated.",
    }
    annotations = annotated(texts)
    *_, dated, earliest, latest = corpus.findings(annotations)
    table = corpus.documents(annotations)
    assert (dated.value, recount(dated)) == (4, 4)
    assert "given with it" in dated.method
    assert (earliest.value, earliest.measure, recount(earliest, table)) == ("2020", "statistic", "2020")
    assert (latest.value, latest.measure, recount(latest, table)) == ("2021-03-04", "statistic", "2021-03-04")
    assert [row.exact for row in (*earliest.evidence, *latest.evidence)] == ["The harbour opened.", "4 March 2021"]


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        ({"a.txt": "A"}, "Corpus: 1 document (news report), 1 word, undated; no document repeats another."),
        (
            {"a.txt": f"date 2024-05-01 {STORY}", "b.txt": f"date 2024-06-02 {STORY}", "c.txt": ACCENT},
            (
                "Corpus: 3 documents (all news reports), {words} words, dated 1 May 2024 to 2 June 2024, 1 without a "
                "date; 1 document repeats another and is not counted again; 1 document is not in English."
            ),
        ),
    ],
)
def test_one_line_sums_up_the_corpus(texts: dict[str, str], line: str, annotated: AnnotationsOf) -> None:
    found = corpus.findings(annotated(texts))
    words = next(it.display for it in found if it.key == "corpus.words")
    assert corpus.in_one_line(found) == line.format(words=words)


SPEECH = "Remarks by President Ada Okell\n\nFellow citizens, we have built a harbour, and we are proud of it.\n"
BRIEFING = "Q: Will it open?\n\nMAYOR OKELL: In May.\n\nQ: Who pays?\n\nMAYOR OKELL: We all do.\n"


def test_documents_are_counted_by_kind(annotated: AnnotationsOf) -> None:
    texts = {"a.txt": SPEECH, "b.txt": BRIEFING, "c.txt": "The harbour opened.", "d.txt": "It is full."}
    annotations = annotated(texts)
    table = corpus.documents(annotations)
    assert table["kind"].tolist() == ["speech", "transcript", "news", "news"]
    assert corpus.kinds(table)[["kind", "documents"]].values.tolist() == [["news", 2], ["speech", 1], ["transcript", 1]]
    assert corpus.kinds(table)["words"].sum() == table["words"].sum()
    found = corpus.findings(annotations)
    assert [(it.key, it.value, it.statement, recount(it)) for it in found if it.key.startswith("corpus.kind.")] == [
        ("corpus.kind.news", 2, "2 of 4 documents are news.", 2),
        ("corpus.kind.speech", 1, "1 of 4 documents is a speech or statement.", 1),
        ("corpus.kind.transcript", 1, "1 of 4 documents is a transcript.", 1),
    ]
    line = "Corpus: 4 documents (2 news reports, 1 speech or statement, 1 transcript), "
    assert corpus.in_one_line(found).startswith(line)
    alone = corpus.in_one_line(corpus.findings(annotated({name: SPEECH + name for name in ("a.txt", "b.txt")})))
    assert alone.startswith("Corpus: 2 documents (all speeches and statements), ")


def test_the_owner_sets_the_kind(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": "The harbour opened.", "corpus.toml": 'kind = "interview"'})
    assert corpus.documents(annotations)["kind"].tolist() == ["interview"]
    assert "The only document (1 of 1) is an interview." in [it.statement for it in corpus.findings(annotations)]


def test_a_single_file_is_a_corpus_as_well(root: Path) -> None:
    [path] = (root / "seeds").iterdir()
    assert [it.value for it in corpus.findings(annotate(load(path)))][:2] == [1, 340]
