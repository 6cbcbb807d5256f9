"""A term is found in every place where it occurs, and nowhere else."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from research import Annotations, ResearchError
from research.analysis.concordance import concordance
from research.analysis.language import frequencies
from research.analysis.terms import Terms
from research.errors import ParameterError
from research.loading.readers import read_plain_text
from research.nlp.annotate import annotate_document
from research.nlp.annotated import AnnotatedDocument
from research.nlp.text import tokens
from tests.analysis.conftest import AnnotationsOf
from tests.strategies import documents

TEXT = (
    "date 2024-05-01 Sanctions work, Mr. Brown said. A sanction hurts. "
    "The U.S. dollars, and U.S. Dollars again, fell. U.S., dollars. SANCTIONS! Mr. Green has sanctioned it."
)


def keywords(annotations: Annotations, *terms: str) -> list[str]:
    return concordance(annotations, terms)["keyword"].tolist()


@pytest.fixture
def annotations(annotated: AnnotationsOf) -> Annotations:
    return annotated({"a.txt": TEXT})


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("sanctions", ["Sanctions", "sanction", "SANCTIONS"]),
        ("Sanction", ["Sanctions", "sanction", "SANCTIONS"]),
        ("sanctioned", ["sanctioned"]),
        ("U.S. dollars", ["U.S. dollars", "U.S. Dollars"]),  # not over the comma
        ("u.s. DOLLAR", ["U.S. dollars", "U.S. Dollars"]),
        ("  U.S.   dollars ", ["U.S. dollars", "U.S. Dollars"]),
        ("U.S., dollars", ["U.S., dollars"]),  # but where the comma is asked for
        ("U.S.", ["U.S.", "U.S.", "U.S."]),
        ("Mr.", ["Mr.", "Mr."]),
        ("Mr. Brown", ["Mr. Brown"]),
        ("Brown said", ["Brown said"]),
        ("Brown has", []),
        ("sanctions a sanction", []),
        ("work, Mr. Brown", ["work, Mr. Brown"]),
        ("2024-05-01", []),  # the header is no prose
        ("absent", []),
    ],
)
def test_a_term_finds_its_occurrences(annotations: Annotations, term: str, found: list[str]) -> None:
    assert keywords(annotations, term) == found


def test_a_phrase_goes_on_over_a_line_break(annotated: AnnotationsOf) -> None:
    assert keywords(annotated({"a.txt": "The free\r\ntrade zone."}), "free trade") == ["free\r\ntrade"]


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("It doesn’t, it doesn't.", "doesn't", ["doesn’t", "doesn't"]),
        ("Kazakhstan’s plan and Kazakhstan.", "Kazakhstan", ["Kazakhstan", "Kazakhstan"]),
        ("Kazakhstan’s plan and Kazakhstan.", "Kazakhstan's", ["Kazakhstan’s"]),
        ("Countries and a country.", "country", ["Countries", "country"]),
        ("STRASSE and Straße", "straße", ["STRASSE", "Straße"]),
        ("anti-Russia, Russia-Ukraine, Russia", "Russia", ["Russia"]),
        ("They say “no” and no.", "“no”", ["“no”"]),
        ("制裁 and 😀 制裁", "制裁", ["制裁", "制裁"]),
        ("Decree No. 5 says no. See para. 12 and para. three.", "No.", ["No."]),
        ("Decree No. 5 says no. See para. 12 and para. three.", "Decree No. 5", ["Decree No. 5"]),
        ("Decree No. 5 says no. See para. 12 and para. three.", "no", ["no"]),
        ("They met at Acme Inc. in May.", "acme inc.", ["Acme Inc."]),
        ("a a a a", "a a", ["a a", "a a", "a a"]),
    ],
)
def test_words_are_compared_by_their_base_form(
    annotated: AnnotationsOf, text: str, term: str, found: list[str]
) -> None:
    assert keywords(annotated({"a.txt": text}), term) == found


@pytest.mark.parametrize("term", ["", " ", "…", "...", "“”", "$", "'s", "😀", "--"])
def test_a_term_without_a_word_is_refused(annotations: Annotations, term: str) -> None:
    with pytest.raises(ParameterError, match="has no word to look up") as caught:
        concordance(annotations, ["trade", term])
    assert isinstance(caught.value, ResearchError)
    assert repr(term) in str(caught.value)


def test_a_row_says_where_the_term_occurs(annotated: AnnotationsOf) -> None:
    """Positions count the words of the corpus before: here 4 in the first document, 2 in the second."""
    annotations = annotated({"a.txt": "One, two — three… four.", "b.txt": "date 2024-05-01 Five 😀 six seven!"})
    table = concordance(annotations, ["seven", "one"])
    assert sorted(table.columns) == sorted(
        ["term", "doc_id", "date", "outlet", "title", "left", "keyword", "right", "start", "end", "sha256", "position"]
    )
    assert table[["term", "doc_id", "left", "keyword", "right", "start", "end", "position"]].values.tolist() == [
        ["one", "a", "", "One", ", two — three… four.", 0, 3, 0],
        ["seven", "b", "Five 😀 six ", "seven", "!", 27, 32, 6],
    ]
    assert table["date"].tolist()[1] == "2024-05-01"
    assert table["date"].isna().tolist() == [True, False]
    assert table["sha256"].tolist() == [document.origin.sha256 for document in annotations.corpus]


def test_the_context_is_sixty_characters_or_as_far_as_the_text_goes(annotated: AnnotationsOf) -> None:
    text = "x " * 40 + "term" + " y" * 40
    table = concordance(annotated({"a.txt": text, "b.txt": "term", "c.txt": "a term b"}), ["term"])
    assert table[["left", "right"]].values.tolist() == [["x " * 30, " y" * 30], ["", ""], ["a ", " b"]]


def test_a_context_begins_and_ends_with_a_whole_word(annotated: AnnotationsOf) -> None:
    """Sixty characters would begin with "rbour" and end with "harb"."""
    text = f"{'harbour ' * 10}“term”{' harbour' * 10}"
    [[left, right]] = concordance(annotated({"a.txt": text}), ["term"])[["left", "right"]].values.tolist()
    assert (left, right) == ("harbour " * 7 + "“", "”" + " harbour" * 7)


def test_line_breaks_stay_in_the_context_which_is_the_exact_text(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": "harbour\r\n" * 9 + "a term" + " harbour" * 9})
    [row] = concordance(annotations, ["term"]).to_dict("records")
    assert row["left"] == "harbour\r\n" * 6 + "a "
    document = annotations.corpus["a"]
    assert document.text[row["start"] - len(row["left"]) :].startswith(row["left"] + row["keyword"] + row["right"])


@pytest.mark.parametrize("word", ["x" * 90, "港" * 90])
def test_a_word_that_is_longer_than_its_context_is_cut(annotated: AnnotationsOf, word: str) -> None:
    [row] = concordance(annotated({"a.txt": f"{word} term {word}"}), ["term"]).to_dict("records")
    assert (row["left"], row["right"]) == (word[:59] + " ", " " + word[:59])


@pytest.mark.parametrize("before", ["", "Free ", "x " * 29, "x " * 30, "x " * 31, "Free markets " * 5])
def test_the_header_is_no_context(annotated: AnnotationsOf, before: str) -> None:
    [left] = concordance(annotated({"a.txt": f"date 2024-05-01\n\n{before}trade"}), ["trade"])["left"]
    assert left == before[-60:].removeprefix("e ")


def test_a_term_that_is_given_twice_is_looked_up_once(annotations: Annotations) -> None:
    assert keywords(annotations, "Mr.", "Mr.") == ["Mr.", "Mr."]


def test_places_stand_in_the_order_of_the_text_whatever_the_order_of_the_terms(annotated: AnnotationsOf) -> None:
    annotations = annotated({"b.txt": "new york new", "a.txt": "york"})
    there, back = (
        concordance(annotations, terms) for terms in (["new", "york", "new york"], ["new york", "york", "new"])
    )
    assert there[["doc_id", "start"]].values.tolist() == [["a", 0], ["b", 0], ["b", 0], ["b", 4], ["b", 9]]
    assert back.sort_values(["doc_id", "start", "end"])["keyword"].tolist() == [
        "york",
        "new",
        "new york",
        "york",
        "new",
    ]


def test_a_corpus_without_the_terms_gives_an_empty_table_with_its_columns(annotations: Annotations) -> None:
    assert concordance(annotations, []).empty
    assert "keyword" in concordance(annotations, ["absent"]).columns


@pytest.mark.parametrize(
    ("term", "count"),
    [
        *(("Kazakhstan", 6), ("Russia", 4), ("sanctions", 4), ("trade", 4), ("confrontation", 3), ("cooperation", 3)),
        *(("U.S. dollars", 1), ("parallel import", 1), ("Kassym-Jomart Tokayev", 2), ("Mr.", 0), ("the West", 1)),
    ],
)
def test_the_seed_document_as_counted_by_hand(seed: Annotations, term: str, count: int) -> None:
    assert len(concordance(seed, [term])) == count


def test_every_content_word_of_the_frequency_table_is_found_as_often(seed: Annotations, twelve: Annotations) -> None:
    for annotations in (seed, twelve):
        table = frequencies(annotations)
        found = concordance(annotations, table["word"].tolist()).groupby("term").size()
        assert found.reindex(table["word"]).tolist() == table["count"].tolist()


@settings(max_examples=60)
@given(documents(), st.data())
def test_any_word_of_a_document_is_found_where_it_stands(data: bytes, chosen: st.DataObject) -> None:
    (document,) = read_plain_text(data, "a.txt", "a")
    annotated = AnnotatedDocument(document, annotate_document(document, ["sentences", "text"]))
    span = chosen.draw(st.sampled_from(annotated.words))
    assume(len(tokens(f"{annotated[span]} x")) == 2)  # not "cannot", which is two tokens
    assert span in [it.span for it in Terms([annotated[span]]).found_in(annotated)]
