"""A sheet is read back as people and spreadsheets leave it: nothing is lost, and each doubt is said with its row."""

import io

import openpyxl
import pytest

from research.errors import UsageError
from research.loading.judgements import Judgement
from research.outputs.judging.reading import Reading, read_sheet
from research.outputs.judging.sheet import ANCHOR, COLUMNS, RIGHT
from tests.outputs.judging.conftest import Cells, answered, of, saved

SAID = "Samir Oduya said"


def read(rows: list[Cells], **how: object) -> Reading:
    return read_sheet("sheet.csv", saved(rows, **how), "anna")  # type: ignore[arg-type]


def verdicts(reading: Reading) -> dict[tuple[str, str], str]:
    """What is said, by what is judged and the words."""
    return {(row.judged, row.exact): row.verdict for judged in reading.judged for row in judged.rows}


def row_of(reading: Reading, judged: str, words: str) -> Judgement:
    [row] = [row for its in reading.judged for row in its.rows if row.judged == judged and words in row.exact]
    return row


# --- answers ---


def test_every_sentence_is_right(rows: list[Cells]) -> None:
    reading = read(answered(rows))
    assert (len(reading.judged), reading.sentences, reading.skipped) == (11, 11, 0)
    assert not [*reading.problems, *reading.unfinished, *reading.notes]
    assert set(verdicts(reading).values()) == {"right"}
    assert {row.coder for judged in reading.judged for row in judged.rows} == {"anna"}
    [sheet] = {row.sheet for judged in reading.judged for row in judged.rows}
    assert sheet.startswith("1-")
    assert ("figure", "$25 million") in verdicts(reading)


def test_no_alone_says_that_it_is_no_statement(rows: list[Cells]) -> None:
    rows = answered(rows)
    of(rows, SAID, "statement")[RIGHT] = "no"
    reading = read(rows)
    assert row_of(reading, "statement", "new pier").verdict == "wrong"
    assert row_of(reading, "sentence", "new pier").verdict == "wrong"
    assert row_of(reading, "figure", "25").verdict == "right"


def test_corrections_mend_what_was_found(rows: list[Cells]) -> None:
    rows = answered(rows)
    of(rows, SAID, "statement").update(
        {RIGHT: "no", "right speaker": " Ada  Okell ", "right words": 'would open "Before the spring"'}
    )
    of(rows, SAID, "figure").update({RIGHT: "no", "right value": "26000000 USD 2031"})
    of(rows, "We have won", "statement").update({RIGHT: "no", "right speaker": "–"})
    reading = read(rows)
    assert not reading.problems
    statement, figure = row_of(reading, "statement", "new pier"), row_of(reading, "figure", "25")
    assert (statement.verdict, statement.right_speaker) == ("mended", "Ada Okell")
    assert statement.right_words == "would open “before the spring”", "as the text has it"
    assert (figure.verdict, figure.right_value) == ("mended", "26000000 USD 2031")
    assert row_of(reading, "statement", "We have won").right_speaker == "-"


def test_yes_with_a_correction_is_a_correction_and_said(rows: list[Cells]) -> None:
    rows = answered(rows)
    of(rows, "We have won")["right speaker"] = "Ada Okell"
    reading = read(rows)
    assert row_of(reading, "statement", "We have won").verdict == "mended"
    assert len(reading.notes) == 1
    assert "'right' is 'yes', but 'right speaker' is filled in" in reading.notes[0].replace("yes,", "'yes',")


def test_what_was_found_is_no_correction(rows: list[Cells]) -> None:
    rows = answered(rows)
    said = of(rows, SAID, "statement")
    said.update({RIGHT: "no", "right words": said["words"]})
    [problem] = read(rows).problems
    assert "'right' is no, but 'right words' has what was found. Write yes, correct 'right words', or empty" in problem
    said["right speaker"] = "Ada Okell"
    reading = read(rows)
    row = row_of(reading, "statement", "new pier")
    assert (row.verdict, row.right_speaker, row.right_words) == ("mended", "Ada Okell", "")
    said.update({RIGHT: "yes", "right speaker": "Samir Oduya"})
    reading = read(rows)
    assert (row_of(reading, "statement", "new pier").verdict, reading.notes) == ("right", [])


def test_a_percentage_is_one_with_and_without_a_blank(rows: list[Cells]) -> None:
    rows = answered(rows)
    of(rows, SAID, "figure").update({RIGHT: "no", "right value": "5%"})
    assert row_of(read(rows), "figure", "25").right_value == "5%"
    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    for row in rows:
        book.active.append([row[name] for name in COLUMNS])
    place = COLUMNS.index("right value") + 1
    [cell] = [cell for [cell] in book.active.iter_rows(min_col=place, max_col=place) if cell.value == "5%"]
    cell.value, cell.number_format = 0.05, "0%"
    data = io.BytesIO()
    book.save(data)
    assert row_of(read_sheet("a.xlsx", data.getvalue()), "figure", "25").right_value == "5 %"


def test_missed_words_are_found_in_the_text_each_with_whose_they_are(rows: list[Cells]) -> None:
    rows = answered(rows)
    of(rows, "The pier is old").update({RIGHT: "no", "missed words": "the pier\nis old", "whose": "Ada Okell\n-"})
    of(rows, SAID, "figure").update({"missed words": "on monday", "whose": "Mara Lindqvist"})
    reading = read(rows)
    assert not reading.problems
    missed = {it.exact: it.right_speaker for its in reading.judged for it in its.rows if it.judged == "missed"}
    assert missed == {"The pier": "Ada Okell", "is old": "-", "on Monday": "Mara Lindqvist"}
    assert row_of(reading, "sentence", "The pier is old").verdict == "wrong"
    assert row_of(reading, "sentence", SAID).verdict == "wrong"
    assert row_of(reading, "figure", "25").verdict == "right"


def test_skipping_one_row_skips_the_sentence(rows: list[Cells]) -> None:
    rows = answered(rows)
    of(rows, SAID, "statement")[RIGHT] = "?"
    of(rows, SAID, "figure")[RIGHT] = ""
    reading = read(rows)
    assert (reading.skipped, len(reading.judged)) == (1, 11)
    assert row_of(reading, "sentence", SAID).verdict == "skipped"
    assert not reading.unfinished


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        *((word, "right") for word in ("yes", "YES", " Yes. ", "y", "ja", "1", "true", "WAHR", "x", "✓", "richtig")),
        *((word, "wrong") for word in ("no", "NO", "n", "Nein", "0", "false", "falsch")),
        *((word, "skipped") for word in ("skip", "?", "Skipped", "unklar")),
    ],
)
def test_yes_and_no_are_understood_as_people_write_them(written: str, verdict: str, rows: list[Cells]) -> None:
    of(rows, "We have won")[RIGHT] = written
    reading = read(rows)
    assert row_of(reading, "sentence", "We have won").verdict == verdict


# --- what is half filled in, removed, sorted, added ---


def test_a_blank_sheet_says_nothing(rows: list[Cells]) -> None:
    reading = read(rows)
    assert (reading.judged, reading.sentences, reading.problems, reading.unfinished) == ([], 11, [], [])


def test_a_half_filled_sentence_does_not_count_and_is_named(rows: list[Cells]) -> None:
    at = rows.index(of(rows, SAID, "figure"))
    rows[at - 1][RIGHT] = "yes"
    reading = read(rows)
    assert reading.judged == []
    [said] = reading.unfinished
    assert said == f"no. {rows[at]['no.']} is half filled in: no answer in row {at + 2}. It does not count yet."


def test_rows_in_another_order_are_the_same(rows: list[Cells]) -> None:
    rows = answered(rows)
    assert verdicts(read(rows[::-1])) == verdicts(read(rows))


def test_a_removed_row_of_a_sentence_is_missed_and_a_removed_sentence_is_said(rows: list[Cells]) -> None:
    rows = answered(rows)
    rows.remove(of(rows, SAID, "figure"))
    rows = [row for row in rows if "Nobody answered" not in row["sentence"]]
    reading = read(rows)
    assert (len(reading.judged), reading.sentences) == (9, 11)
    [problem], [note] = reading.problems, reading.notes
    assert "the row of part 2 was removed, so the sentence is not judged" in problem
    assert note.endswith("is not in the file any more, and is not judged.")


def test_added_and_removed_columns_do_no_harm(rows: list[Cells]) -> None:
    rows = [row | {"my notes": "hm", "": ""} for row in answered(rows)]
    fewer = ["my notes", *(it for it in COLUMNS if it not in ("no.", "sentence", "whose", "coder", "value")), ""]
    assert verdicts(read(rows, columns=fewer)) == verdicts(read(rows))


def test_blank_rows_titles_and_a_second_heading_do_no_harm(rows: list[Cells]) -> None:
    rows = answered(rows)
    heading = {name: name for name in COLUMNS}
    nothing = dict.fromkeys(COLUMNS, "")
    reading = read_sheet("a.csv", b"My sample\r\n\r\n" + saved([nothing, *rows[:3], heading, nothing, *rows[3:]]), "")
    assert (len(reading.judged), reading.problems) == (11, [])


def test_a_copied_row_adds_what_was_missed_and_may_not_contradict(rows: list[Cells]) -> None:
    rows = answered(rows)
    won = of(rows, "We have won")
    rows += [won | {RIGHT: "", "missed words": "Mara Lindqvist said", "whose": "-"}]
    reading = read(rows)
    assert not reading.problems
    assert row_of(reading, "missed", "said").verdict == "mended"
    rows[-1] |= {RIGHT: "no"}
    reading = read(rows)
    assert len(reading.judged) == 10
    [problem] = reading.problems
    assert problem.startswith(f"row {len(rows) + 1}: 'right' is 'no' here and 'yes' in another row")


def test_missed_figures_are_read_with_their_values(rows: list[Cells]) -> None:
    rows = answered(rows)
    of(rows, "The pier is old").update(
        {RIGHT: "no", "missed figure": "pier\nold", "its value": "1 pier\n90 years 2031"}
    )
    of(rows, "We have won").update({"missed figure": "won", "its value": "2,000,000 EUR"})
    reading = read(rows)
    assert not reading.problems
    its = [row for judged in reading.judged for row in judged.rows if row.right_value]
    assert sorted((row.judged, row.exact, row.verdict, row.right_value) for row in its) == [
        ("missed figure", "old", "mended", "90 years 2031"),
        ("missed figure", "pier", "mended", "1 pier"),
        ("missed figure", "won", "mended", "2,000,000 EUR"),
    ]


def test_two_coders_in_one_file_are_told_apart(rows: list[Cells]) -> None:
    both = [row | {"coder": name} for name in ("ben", "") for row in answered(rows)]
    reading = read(both)
    assert {judged.coder for judged in reading.judged} == {"ben", "anna"}
    assert (len(reading.judged), reading.sentences, reading.problems) == (22, 11, [])


def test_a_statement_in_two_sentences_has_one_answer(rows: list[Cells]) -> None:
    rows = answered(rows)
    one, two = (of(rows, words, "statement") for words in ("He would not say more", "In all, 300,000 people"))
    assert one["words"] == two["words"]
    one[RIGHT] = two[RIGHT] = "no"
    assert len(read(rows).judged) == 11
    one[RIGHT] = "yes"
    reading = read(rows)
    [problem] = reading.problems
    assert problem.startswith("no. ")
    assert "have the same statement, “He would not say more. In all, 300,000 people use them”" in problem
    assert problem.endswith(", and different answers. Make them agree.")
    assert len(reading.judged) == 9
    assert not {one["sentence"], two["sentence"]} & {judged.item.text for judged in reading.judged}


# --- what is not understood ---


@pytest.mark.parametrize(
    ("found", "filled", "said"),
    [
        ("statement", {RIGHT: "maybe"}, "'right' is 'maybe', which is not understood. Write yes, no or skip."),
        ("statement", {RIGHT: "", "right speaker": "Ada"}, "something is filled in, but 'right' is empty."),
        ("statement", {RIGHT: "no", "right value": "3"}, "'right value' is filled in, but this is a statement."),
        ("figure", {RIGHT: "no", "right speaker": "Ada"}, "'right speaker' is filled in, but this is a figure."),
        ("statement", {RIGHT: "no", "right words": "the moon"}, "'the moon' in 'right words' is not in the text."),
        ("statement", {"missed words": "the moon", "whose": "-"}, "'the moon' in 'missed words' is not in the text."),
        ("statement", {"missed words": "the new pier"}, "'whose' is empty. Write a name for each, or - if"),
        ("statement", {"missed words": "a\nb\nc", "whose": "A\nB"}, "'whose' has 2 lines, and 'missed words' has 3."),
        ("statement", {"whose": "Ada"}, "'whose' is filled in, but 'missed words' is empty."),
        ("statement", {"missed words": "Nobody answered", "whose": "-"}, "does not begin in the sentence itself"),
        (
            "statement",
            {"missed figure": "Monday", "its value": "one day"},
            "'its value' is 'one day', which is no number",
        ),
        ("statement", {"missed figure": "Monday"}, "'its value' is empty. Write value, unit and period of each."),
        ("statement", {"its value": "1 pier"}, "'its value' is filled in, but 'missed figure' is empty."),
        ("figure", {RIGHT: "no", "right value": "2026-02-01"}, "'right value' is '2026-02-01', a day."),
        ("figure", {RIGHT: "no", "right value": "01. Feb"}, "a day. The spreadsheet may have made it"),
        ("figure", {RIGHT: "no", "right value": "1-Feb"}, "a day. The spreadsheet may have made it"),
        ("figure", {RIGHT: "no", "right value": "many"}, "'right value' is 'many', which is no number in digits."),
        ("figure", {RIGHT: "no", "right value": "26 million USD"}, "Write value, unit and period with blanks between"),
        ("figure", {RIGHT: "no", "right value": "$26"}, "such as 25000000000 USD 2030."),
        ("figure", {RIGHT: "no", "right value": "½ %"}, "'½ %', a fraction. Write it as a decimal number, such as 0.5"),
        ("figure", {RIGHT: "no", "right value": "04:00:00 AM"}, "'right value' is '04:00:00 AM', a time of day. The"),
        (
            "figure",
            {RIGHT: "no", "right value": "25000000 USD"},
            "'right value' has what was found. Write yes, correct",
        ),
        ("figure", {RIGHT: "no", "right value": "25000000"}, "'right value' has what was found. Write yes, correct"),
        ("statement", {RIGHT: "no", "right speaker": "Samir Oduya"}, "'right speaker' has what was found. Write yes,"),
        ("statement", {"no.": "77"}, "'no.' is '77', but the hidden column 'anchor' is of no."),
        ("statement", {ANCHOR: "[]#0"}, "the hidden column 'anchor' is not as it was"),
        ("statement", {ANCHOR: ""}, "the hidden column 'anchor' is empty"),
    ],
)
def test_a_row_in_doubt_is_named_and_the_others_are_read(
    found: str, filled: Cells, said: str, rows: list[Cells]
) -> None:
    rows = answered(rows)
    row = of(rows, SAID, found)
    row.update(filled)
    reading = read(rows)
    problem = reading.problems[0]
    assert problem.startswith(f"row {rows.index(row) + 2}: ")
    assert said in problem
    assert len(reading.judged) == 10
    assert not any(SAID in judged.item.text for judged in reading.judged)


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({RIGHT: "no"}, "'right' is no, so something was missed. Copy a statement into 'missed words', with 'whose', "),
        ({"missed figure": "old", "its value": "3"}, "'right' is yes, but 'missed figure' is filled in. Write no"),
        ({"missed words": "old", "whose": "-"}, "'right' is yes, but 'missed words' is filled in. Write no"),
        ({"right speaker": "Ada"}, "'right speaker' is filled in, but nothing was found in this sentence."),
    ],
)
def test_a_sentence_with_nothing_in_it_may_not_contradict_itself(filled: Cells, said: str, rows: list[Cells]) -> None:
    rows = answered(rows)
    of(rows, "The pier is old").update(filled)
    reading = read(rows)
    [problem] = reading.problems
    assert said in problem
    assert len(reading.judged) == 10


def test_the_page_of_help_saved_as_csv_is_told_from_the_sheet() -> None:
    page = "How to judge,,\r\nSample of town: 11 sentences,,\r\n\r\ncolumn,what to write,for example\r\nright,,yes\r\n"
    with pytest.raises(UsageError, match=r"has only the page “How to judge”\. CSV keeps the one sheet that is shown"):
        read_sheet("a.csv", page.encode())


def test_a_file_without_the_columns_is_no_sheet(rows: list[Cells]) -> None:
    fewer = [name for name in COLUMNS if name != ANCHOR]
    with pytest.raises(UsageError, match="no column 'anchor', the hidden last one"):
        read(rows, columns=fewer)
    with pytest.raises(UsageError, match="no sheet of research sample: it has no column 'right'"):
        read_sheet("a.csv", b"title,text\nA,B\n", "")
    with pytest.raises(UsageError, match=r"a\.xlsx cannot be read: .*Open it in Office"):
        read_sheet("a.xlsx", b"no", "")


# --- what spreadsheets make of it ---


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_writing_of_csv_says_the_same(separator: str, encoding: str, rows: list[Cells]) -> None:
    rows = answered(rows)
    of(rows, SAID, "statement").update({RIGHT: "no", "right words": "would open “before the spring”"})
    assert verdicts(read(rows, separator=separator, encoding=encoding)) == verdicts(read(rows))


def test_a_workbook_that_was_saved_again_says_the_same(rows: list[Cells]) -> None:
    rows = answered(rows)
    of(rows, SAID, "statement")[RIGHT] = "no"
    book = openpyxl.Workbook()
    book.active.append(["Notes of mine"])
    sheet = book.create_sheet("Sample")
    sheet.append([name.title() for name in COLUMNS])
    for row in rows:
        sheet.append([float(row[name]) if name in ("no.", "part") else row[name] or None for name in COLUMNS])
    sheet["A2"], sheet["A3"] = True, 1
    data = io.BytesIO()
    book.save(data)
    reading = read_sheet("sheet.xlsx", data.getvalue(), "anna")
    assert verdicts(reading) == verdicts(read(rows))
    sheet["A4"] = "perhaps"
    book.save(data)
    [problem] = read_sheet("sheet.xlsx", data.getvalue(), "anna").problems
    assert problem.startswith("Sample, row 4: 'right' is 'perhaps'")
