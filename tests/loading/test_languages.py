"""The language of documents and of their paragraphs: named where it is certain, and not named where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.loading.documents import Span
from research.loading.languages import code, language, paragraphs
from tests.strategies import prose

SAID = {
    "en": [
        "The minister announced on Tuesday that the border crossing will open again before the end of the month.",
        "She said that the figures were wrong.",
        "Nobody knows who signed the order, the spokesman added.",
    ],
    "de": [
        "Die Ministerin erklärte am Dienstag, dass der Grenzübergang noch in diesem Monat wieder geöffnet werde.",
        "Die Zahlen seien falsch, sagte sie.",
        "Niemand weiß, wer den Befehl unterschrieben hat, fügte der Sprecher hinzu.",
    ],
    "fr": [
        "La ministre a déclaré mardi que le poste-frontière rouvrirait avant la fin du mois.",
        "Elle a dit que les chiffres étaient faux.",
        "Personne ne sait qui a signé l'ordre, a ajouté le porte-parole.",
    ],
    "es": [
        "La ministra declaró el martes que el paso fronterizo se abriría de nuevo antes de fin de mes.",
        "Dijo que las cifras eran falsas.",
        "Nadie sabe quién firmó la orden, añadió el portavoz.",
    ],
    "pt": [
        "A ministra declarou na terça-feira que a passagem da fronteira reabrirá antes do fim do mês.",
        "Ela disse que os números estavam errados.",
        "Ninguém sabe quem assinou a ordem, acrescentou o porta-voz.",
    ],
    "it": [
        "La ministra ha dichiarato martedì che il valico di frontiera sarà riaperto entro la fine del mese.",
        "Ha detto che le cifre erano sbagliate.",
        "Nessuno sa chi abbia firmato l'ordine, ha aggiunto il portavoce.",
    ],
    "pl": [
        "Minister oświadczyła we wtorek, że przejście graniczne zostanie ponownie otwarte przed końcem miesiąca.",
        "Powiedziała, że liczby są błędne.",
        "Nikt nie wie, kto podpisał rozkaz, dodał rzecznik.",
    ],
    "nl": [
        "De minister verklaarde dinsdag dat de grensovergang voor het einde van de maand weer opengaat.",
        "Ze zei dat de cijfers niet klopten.",
        "Niemand weet wie het bevel heeft ondertekend, voegde de woordvoerder eraan toe.",
    ],
    "tr": [
        "Bakan salı günü sınır kapısının ay sonundan önce yeniden açılacağını açıkladı.",
        "Rakamların yanlış olduğunu söyledi.",
        "Emri kimin imzaladığını kimse bilmiyor, diye ekledi sözcü.",
    ],
    "ru": [
        "Министр заявила во вторник, что пограничный переход снова откроется до конца месяца.",
        "Она сказала, что цифры неверны.",
        "Никто не знает, кто подписал приказ, добавил представитель.",
    ],
    "uk": [
        "Міністерка заявила у вівторок, що прикордонний перехід знову відкриється до кінця місяця.",
        "Вона сказала, що цифри неправильні.",
        "Ніхто не знає, хто підписав наказ, додав речник.",
    ],
    "kk": [
        "Министр сейсенбі күні шекара бекеті айдың соңына дейін қайта ашылатынын мәлімдеді.",
        "Ол сандардың дұрыс емес екенін айтты.",
        "Бұйрыққа кім қол қойғанын ешкім білмейді, деп қосты баспасөз хатшысы.",
    ],
    "ar": [
        "أعلنت الوزيرة يوم الثلاثاء أن المعبر الحدودي سيفتح من جديد قبل نهاية الشهر.",
        "قالت إن الأرقام خاطئة.",
        "لا أحد يعرف من وقع الأمر، أضاف المتحدث.",
    ],
    "fa": [
        "وزیر روز سه‌شنبه اعلام کرد که گذرگاه مرزی پیش از پایان ماه دوباره باز خواهد شد.",
        "او گفت که ارقام نادرست است.",
        "سخنگو افزود هیچ‌کس نمی‌داند چه کسی دستور را امضا کرده است.",
    ],
    "zh": [
        "部长星期二宣布，边境口岸将在月底前重新开放。",
        "她说这些数字是错误的。",
        "发言人补充说，没有人知道是谁签署了这项命令。",
    ],
    "ja": [
        "大臣は火曜日、国境検問所が月末までに再開されると述べた。",
        "彼女はその数字は間違っていると言った。",
        "誰が命令に署名したのか誰も知らない、と報道官は付け加えた。",
    ],
}
"""One short report in sixteen languages."""

ENGLISH, RUSSIAN, FRENCH = " ".join(SAID["en"]), " ".join(SAID["ru"]), " ".join(SAID["fr"])


# --- whole texts ---


@pytest.mark.parametrize("name", SAID)
def test_three_sentences_are_enough(name: str) -> None:
    assert language(" ".join(SAID[name])) == name


@pytest.mark.parametrize("name", SAID)
def test_one_sentence_is_never_taken_for_another_language(name: str) -> None:
    assert {language(sentence) for sentence in SAID[name]} <= {name, None}


def test_nearly_every_single_sentence_is_told() -> None:
    told = [language(sentence) == name for name, sentences in SAID.items() for sentence in sentences]
    assert sum(told) / len(told) > 0.9


@pytest.mark.parametrize(
    "text", ["", "  \n", "Brenn.", "OK", "12,400 – 13,900 (+12 %)", "Nadia Corvin", "外交", "\ud800"]
)
def test_what_says_too_little_has_no_language(text: str) -> None:
    assert language(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("0101101 " * 100, "https://a.example/1?b=2&c=3 " * 9, "<div class='a'><p></p></div>\n" * 20),
        *("qwrt zxcv plkj mnbv " * 10, "aaaa" * 500, "\udc80" * 50),
    ],
)
def test_what_is_no_language_has_none(text: str) -> None:
    assert language(text) is None


def test_capitals_change_nothing() -> None:
    assert language(FRENCH.upper()) == "fr"


def test_a_header_in_another_language_does_not_count() -> None:
    text = FRENCH + RUSSIAN
    assert language(text, Span(len(FRENCH), len(text))) == "ru"


def test_a_long_text_has_the_language_that_most_of_it_is_in() -> None:
    assert language(RUSSIAN + "\n\n" + (ENGLISH + "\n\n") * 30) == "en"
    assert language(ENGLISH + "\n\n" + (RUSSIAN + "\n\n") * 30) == "ru"


def test_all_of_a_text_is_looked_at_and_not_its_beginning_alone() -> None:
    assert language((RUSSIAN + "\n\n") * 10 + (ENGLISH + "\n\n") * 30) == "en"


def test_only_languages_with_a_code_of_two_letters_are_named() -> None:
    assert language("Correction: October 2, 2031, Thursday.") == "en"  # the whole model takes it for Nigerian Pidgin


# --- paragraphs ---


def told(text: str) -> list[tuple[str, str | None]]:
    return [(text[start:end], name) for (start, end), name in paragraphs(text)]


def test_a_mixed_text_is_told_paragraph_by_paragraph() -> None:
    assert told(f"{ENGLISH}\n\n{RUSSIAN}\r\n\r\n{ENGLISH}\n \t\n{FRENCH}\n") == [
        (ENGLISH, "en"),
        (RUSSIAN, "ru"),
        (ENGLISH, "en"),
        (FRENCH, "fr"),
    ]


def test_a_paragraph_is_divided_where_its_lines_change_their_language() -> None:
    assert told(f"{ENGLISH}\n{ENGLISH}\n{FRENCH}\n{ENGLISH}") == [
        (f"{ENGLISH}\n{ENGLISH}", "en"),
        (FRENCH, "fr"),
        (ENGLISH, "en"),
    ]


def test_a_short_line_has_the_language_of_its_paragraph() -> None:
    around = "\n\n".join([ENGLISH] * 8)
    assert told(f"{ENGLISH}\n\n{RUSSIAN}\nТочка.\n\n{around}")[1] == (f"{RUSSIAN}\nТочка.", "ru")
    assert told(f"{ENGLISH}\n\nОткрыто.\n{RUSSIAN}\n\n{around}")[1] == (f"Открыто.\n{RUSSIAN}", "ru")


@pytest.mark.parametrize(
    "line",
    [
        "Brenn.",
        "Nadia Corvin, Sefa Aldin, Teodor Vance, Mireille Haas, Amadou Vess.",
        "Port Sable Canal Vote Delayed Again",
        "Velmora, Tarsk, Sarnow and Isk",
        "Marché de la Liberté, Rue des Moulins, Port Amory",
        "Union des Pêcheurs du Delta, Ansted office",
        "* * *",
        "12,400 13,900",
    ],
)
def test_names_headlines_and_figures_in_an_english_text_are_no_other_language(line: str) -> None:
    assert told(f"{line}\n\n{ENGLISH}\n\n{line}") == [(line, "en"), (ENGLISH, "en"), (line, "en")]


def test_a_foreign_paragraph_with_english_words_in_it_is_foreign() -> None:
    german = " ".join(SAID["de"]) + " Das „Board of Trade“ und die „Bank of the North“ schwiegen."
    assert told(f"{ENGLISH}\n\n{german}")[1][1] == "de"


def test_only_the_body_is_divided() -> None:
    text = f"{RUSSIAN}\n\n{ENGLISH}"
    body = Span(len(RUSSIAN), len(text))
    assert paragraphs(text, body) == [(Span(len(RUSSIAN) + 2, len(text)), "en")]


def test_a_text_of_nothing_has_no_paragraph() -> None:
    assert paragraphs(" \n\n ") == []
    assert told("Brenn.\n\nTarsk.") == [("Brenn.", None), ("Tarsk.", None)]


@given(st.lists(prose() | st.sampled_from([ENGLISH, RUSSIAN, "\n", "\r\n\r\n", "\u2028"]), max_size=4).map("".join))
def test_paragraphs_are_in_order_and_hold_all_that_is_not_blank(text: str) -> None:
    spans = [span for span, _ in paragraphs(text)]
    rest = 0
    for start, end in spans:
        assert not text[rest:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        rest = end
    assert not text[rest:].strip()


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("English", "en"), ("US English", "en"), ("eng", "en"),
        ("fr", "fr"), ("fr-CA", "fr"), ("enm", None), ("und", None), ("unknown", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_what_is_said_of_a_language_is_understood_or_passed_over(said: str | None, known: str | None) -> None:
    assert code(said) == known


def test_a_short_text_has_the_language_that_most_of_its_paragraphs_are_in() -> None:
    first = (
        "The mayor, Ann Lee, said on Sunday that the bridge would close in spring. “There is no other way,” Lee told "
    )
    first += "reporters at the river."
    last = (
        "The owner of the ferry, Tom Rask, denied that the bridge was unsafe. He said that the town had lost its nerve."
    )
    french = (
        "La maire a déclaré dimanche que le pont fermerait au printemps, et que la ville n'avait pas d'autre choix. "
    )
    french += "« Il n'y a pas d'autre voie », a dit l'élue devant les journalistes venus au bord du fleuve ce matin-là."
    assert language(f"{first}\n\n{french}\n\n{last}") == "en"
    assert language(f"{french}\n\n{first[:60]}\n\n{french}") == "fr"
