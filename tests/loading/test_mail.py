"""Messages: their text, date, subject and sender; what is attached is listed."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from research.analysis.corpus.tables import left_out
from research.loading import Corpus, load
from research.loading.readers import what_it_was
from tests.loading.formats import mail_bytes


def loaded(folder: Path, data: bytes) -> Corpus:
    (folder / "a.eml").write_bytes(data)
    (folder / "note.txt").write_text("A note.")
    return load(folder)


HEAD = "Date: Mon, 12 May 2031 10:00:00 +0200\nSubject: Vote nears\nFrom: The Harbour Post <news@example.org>\n"


def test_a_message_states_date_title_and_source(tmp_path: Path) -> None:
    document = loaded(tmp_path, f"{HEAD}\nOne.\n\nTwo.\n".encode())["a"]
    assert (document.text, document.body) == ("One.\n\nTwo.", (0, 10))
    assert (document.date, document.date_origin) == ("2031-05-12", "header")
    assert (document.title, document.source) == ("Vote nears", "The Harbour Post")
    assert document.metadata["from"] == "The Harbour Post <news@example.org>"
    assert document.origin.reader == "mail"


@pytest.mark.parametrize(
    ("headers", "title", "source"),
    [
        ("Subject: =?utf-8?q?Caf=C3=A9_vote?=\nFrom: =?iso-8859-1?q?Ana_Wei=DF?= <a@b.c>", "Café vote", "Ana Weiß"),
        ("Subject: =?no-such?q?Vote?=\nFrom: press@example.org", "=?no-such?q?Vote?=", "press@example.org"),
        ("Subject: A long\n subject\nFrom: a@b.c", "A long subject", "a@b.c"),
        ("Subject: Vote", "Vote", None),
        ("From: a@b.c", None, "a@b.c"),
    ],
)
def test_headers_are_decoded(tmp_path: Path, headers: str, title: str | None, source: str | None) -> None:
    document = loaded(tmp_path, f"{headers}\n\nOne.".encode())["a"]
    assert (document.title, document.source, document.date) == (title, source, None)


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        ("Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain", b"Caf=C3=A9 a=\nnd.", "Café and."),
        ("Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8", b"Q2Fmw6k=", "Café"),
        ("Content-Type: text/plain; charset=iso-8859-15", "Café €".encode("iso-8859-15"), "Café €"),
        ("Content-Type: text/plain; format=flowed", b"One \ngoes on.\n\n-- \nAna", "One goes on.\n\n-- \nAna"),
        ("Content-Type: text/html; charset=utf-8", "<p>Café &amp; bar</p><p>Two.</p>".encode(), "Café & bar\n\nTwo."),
        ("MIME-Version: 1.0", b"One.\r\n\r\nTwo.\r\n", "One.\n\nTwo."),
    ],
)  # fmt: skip
def test_the_text_is_what_the_sender_wrote(tmp_path: Path, head: str, body: bytes, text: str) -> None:
    assert loaded(tmp_path, f"{HEAD}{head}\n\n".encode() + body)["a"].text == text


def test_of_two_forms_the_plain_one_is_read_and_what_is_attached_is_listed(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Vote nears"
    message.set_content("One.")
    message.add_alternative("<p>Other.</p>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="vote .pdf")
    corpus = loaded(tmp_path, message.as_bytes())
    assert corpus["a"].text == "One."
    [rejected] = corpus.rejected
    assert (rejected.file, rejected.reason) == ("a.eml#attachment vote .pdf", "an attachment of a message")
    assert what_it_was(rejected) == "attachment"
    assert left_out([rejected]) == ["1 attachment of a message was rejected"]


NESTED = b"Content-Type: multipart/mixed; boundary=a%d\n\n--a%d\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"The harbour reopened.", "no message"),
        (HEAD.encode() + b"\n \n", "no text"),
        (HEAD.encode() + b"Content-Type: image/png\n\n\x89PNG", "no text"),
        (HEAD.encode() + b"".join(NESTED % (n, n) for n in range(300)), "parts"),
    ],
)  # fmt: skip
def test_what_is_no_message_is_rejected(tmp_path: Path, data: bytes, reason: str) -> None:
    corpus = loaded(tmp_path, data)
    assert corpus.ids == ["note"]
    assert reason in corpus.rejected[-1].reason


def test_a_message_is_tried_as_others_write_it(tmp_path: Path) -> None:
    document = loaded(tmp_path, mail_bytes("“Café”\n\nTwo.", Date="12 May 2031 10:00:00 +0200"))["a"]
    assert (document.text, document.date) == ("“Café”\n\nTwo.", "2031-05-12")
