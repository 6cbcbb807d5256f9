"""A speech has a speaker, told by its own fields or its heading; news and transcripts have none."""

import pytest

from research.loading import Document, Origin, Span
from research.nlp.statements.turns import turns
from research.nlp.statements.whose import kind_of, speaker_of, state_called

WORDS = "We will pay for the docks this year. I said so in May, and I say so again today."


def document(
    text: str, title: str | None = None, speaker: str | None = None, kind: str | None = None, **metadata: str
) -> Document:
    fields = {name.replace("_", "-"): value for name, value in metadata.items()}
    origin = Origin("a.txt", "0" * 64, "utf-8")
    return Document("a", text, Span(0, len(text)), origin, title=title, speaker=speaker, kind=kind, metadata=fields)


def kind(it: Document) -> str:
    return kind_of(it, turns(it))


def whose(it: Document) -> tuple[str, str | None] | None:
    found = speaker_of(it, kind(it))
    return None if found is None else (found.name, found.office)


@pytest.mark.parametrize(
    ("heading", "name", "office"),
    [
        ("Remarks by President Ada Okell at the Harbour", "Ada Okell", "President"),
        ("Remarks by President Okell on the Docks", "Okell", "President"),
        ("Remarks As Prepared for Delivery by First Lady Ada Okell", "Ada Okell", "First Lady"),
        (
            "Address by H.E. Mr. Jon Brandt, President of the Republic of Varn",
            "Jon Brandt",
            "President of the Republic of Varn",
        ),
        ("Address by His Excellency Mr. Jon Brandt, President of Varn", "Jon Brandt", "President of Varn"),
        ("Statement by the Minister of Transport, Ana Weiss", "Ana Weiss", "Minister of Transport"),
        ("Statement by the Minister of Transport", "Minister of Transport", "Minister of Transport"),
        ("Statement of Senator Rita Dole", "Rita Dole", "Senator"),
        (
            "Keynote speech by Ana Weiss, Governor of the Bank of Varn, at the docks",
            "Ana Weiss",
            "Governor of the Bank of Varn",
        ),
        ("Speech delivered by Mayor Olga Brandt", "Olga Brandt", "Mayor"),
        ("Opening statement by Dr. Ana Weiss", "Ana Weiss", None),
        (
            "SPEECH BY THE PRIME MINISTER, THE HON. VERA ORLOVA MP, OPENING OF THE DOCKS",
            "Vera Orlova",
            "Prime Minister",
        ),
        ("STATEMENT BY THE ACTING PRIME MINISTER, JON BRANDT", "Jon Brandt", "Acting Prime Minister"),
        ("Senator Dole Statement on Harbour Bill", "Dole", "Senator"),
        ("Prime Minister Vera Orlova’s speech at the harbour", "Vera Orlova", "Prime Minister"),
        ("Message from the Secretary-General", "Secretary-General", "Secretary-General"),
    ],
)
@pytest.mark.parametrize("in_title", [True, False])
def test_a_heading_tells_whose_words_a_speech_is(heading: str, name: str, office: str | None, in_title: bool) -> None:
    before = heading.startswith(("Senator", "Prime"))
    if before and not in_title:
        pytest.skip("this form is looked for in titles alone")
    it = document(WORDS, heading) if in_title else document(f"{heading}\n\nVarn, 12 May 2031\n\n{WORDS}")
    assert kind(it) == "speech"
    assert whose(it) == (name, office)
    found = speaker_of(it, "speech")
    assert found is not None
    assert found.inferred


def test_a_heading_may_go_over_two_lines() -> None:
    it = document(f"OPENING OF THE DOCKS\nStatement by the Prime Minister, the Rt. Hon. Vera\nOrlova\n\n{WORDS}")
    assert whose(it) == ("Vera Orlova", "Prime Minister")


@pytest.mark.parametrize(
    "text",
    [
        f"Ada Okell spoke.\n\nIn a statement by the minister of transport, the docks are open.\n\n{WORDS}",
        "Ada Okell said that the docks are open. “I am pleased,” she said.",
        "By Ana Weiss\n\nThe mayor, Ada Okell, said that the docks are open.",
    ],
)
def test_news_has_no_speaker(text: str) -> None:
    assert kind(document(text, "Harbour opens")) == "news"
    assert whose(document(text, "Harbour opens")) is None


@pytest.mark.parametrize(
    "title", ["Joint press conference with Prime Minister Vera Orlova", "Interview with Ada Okell"]
)
def test_what_is_said_in_turns_has_no_speaker(title: str) -> None:
    text = "\n\n".join(f"{label}: Will the docks open? They will, and soon." for label in ("Q", "MS. OKELL") * 3)
    it = document(text, title)
    assert kind(it) == ("interview" if "Interview" in title else "transcript")
    assert whose(it) is None


def test_two_who_speak_together_are_no_speaker() -> None:
    assert whose(document(WORDS, "Remarks by President Ada Okell and Mayor Jon Brandt")) is None


def test_the_documents_own_field_comes_first() -> None:
    it = document(WORDS, "Remarks by President Ada Okell", speaker="Jon Brandt")
    found = speaker_of(it, kind(it))
    assert found is not None
    assert not found.inferred
    assert tuple(found) == ("Jon Brandt", None, "document")
    assert kind(document(WORDS, speaker="Jon Brandt")) == "speech"


def test_the_owner_says_the_kind() -> None:
    assert kind(document(WORDS, "Remarks by Ada Okell", kind="news")) == "news"
    assert whose(document(WORDS, "Remarks by Ada Okell", kind="news")) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *(("Speech", "speech"), ("Media Release", "speech"), ("Op-ed", "speech"), ("Press Conference", "news")),
        *(("Article", "news"), ("speech", "speech")),
    ],
)
def test_a_field_tells_the_kind(value: str, expected: str) -> None:
    found = kind(document("The docks are open.", release_type=value))
    assert found == ("transcript" if value == "Press Conference" else expected)


def test_a_field_for_an_office_tells_who_speaks() -> None:
    it = document(WORDS, "The docks", release_type="Speech", prime_minister="Orlova, Vera")
    assert whose(it) == ("Vera Orlova", "Prime Minister")
    by_office = document(WORDS, "Speech by the Prime Minister at the docks", prime_minister="Orlova, Vera")
    assert whose(by_office) == ("Vera Orlova", "Prime Minister")
    another = document(WORDS, "Speech by the Prime Minister of Varn, Jon Brandt", prime_minister="Orlova, Vera")
    assert whose(another) == ("Jon Brandt", "Prime Minister of Varn")


@pytest.mark.parametrize(
    "end",
    [
        "Yours sincerely,\nAda Okell\nMayor of Varn",
        "— Ada Okell",
        "(signed) Ada Okell",
        "Sincerely,\n\nMayor Ada Okell",
    ],
)
def test_a_signature_tells_who_speaks(end: str) -> None:
    it = document(f"Ladies and gentlemen, we will pay.\n\n{WORDS}\n\n{end}")
    found = speaker_of(it, kind(it))
    assert found is not None
    assert (found.name, found.told_by) == ("Ada Okell", "signature")


def test_a_byline_tells_who_speaks_in_an_opinion_piece() -> None:
    it = document(f"By Ada Okell\n\n{WORDS}", section="Opinion")
    found = speaker_of(it, kind(it))
    assert found is not None
    assert (found.name, found.told_by) == ("Ada Okell", "byline")


def test_a_speech_may_begin_with_a_salutation() -> None:
    assert kind(document(f"Mr. President, Excellencies, I thank you.\n\n{WORDS}")) == "speech"
    assert kind(document(f"“Mr. President, I thank you,” Ada Okell said.\n\n{WORDS}")) == "news"


def test_a_text_that_says_i_and_we_throughout_is_no_news() -> None:
    own = "We will open our docks, and I thank my friends for what they did for us. " * 10
    assert kind(document(own)) == "speech"
    assert whose(document(own)) is None, "nothing tells whose words they are"
    assert kind(document(f"“{own}”")) == "news"
    assert kind(document(own.replace("thank", "said to"))) == "news"


def test_a_code_names_a_state() -> None:
    assert [state_called(code) for code in ("KAZ", "GBR", "MMR", "XQZ", "Kaz", "KAZA")] == [
        *("Kazakhstan", "United Kingdom", "Myanmar", None, None, None),
    ]
    assert whose(document(WORDS, speaker="KAZ")) == ("Kazakhstan", None)


def test_a_state_has_the_name_that_texts_give_it_and_former_states_have_one() -> None:
    assert [state_called(code) for code in ("COD", "COG", "TTO", "STP", "VCT", "CSK", "YUG")] == [
        *("Democratic Republic of the Congo", "Republic of the Congo", "Trinidad and Tobago", "São Tomé and Príncipe"),
        *("Saint Vincent and the Grenadines", "Czechoslovakia", "Yugoslavia"),
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Speech by Mr. Louis Marchand, Mayor of Laval", "Louis Marchand"),
        ("Speech by Ada Okell", "Ada Okell"),
        ("Speech by the Prime Minister", "Ada Okell"),
        ("Speech by the Governor", "Ada Okell"),
        ("The harbour", "Ada Okell"),
    ],
)
def test_a_guest_speaks_where_the_speaker_is_told_by_an_office(title: str, expected: str) -> None:
    found = whose(document(WORDS, title, speaker="Ada Okell", prime_minister="Okell, Ada"))
    assert found is not None
    assert found[0] == expected
