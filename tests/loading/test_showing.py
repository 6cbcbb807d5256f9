"""A document is found by its id; where there is none, it is said why."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from research.errors import UsageError
from research.loading import Span, load
from research.loading.showing import document_of, lines


@pytest.mark.parametrize(
    ("document_id", "said"),
    [
        ("t#2", r"t\.csv#2 gave no document: the row holds no text\."),
        ("t.csv#2", r"t\.csv#2 gave no document"),
        ("letter", r"letter\.doc gave no document: .* save it as \.docx\."),
        ("p#2", r"p\.csv\.gz#2 gave no document: the row holds no text\."),
        ("minutes #3", r"minutes #3\.doc gave no document: "),
        ("t", r"There is no document 't' in .*\. Did you mean t#3 or t#1\?"),
    ],
)
def test_of_what_was_left_out_the_reason_is_told(tmp_path: Path, document_id: str, said: str) -> None:
    (tmp_path / "t.csv").write_text('text\nOne.\n""\nThree.\n')
    (tmp_path / "p.csv.gz").write_bytes(gzip.compress(b'text\nOne.\n""\n'))
    (tmp_path / "letter.doc").write_text("x")
    (tmp_path / "minutes #3.doc").write_text("x")
    with pytest.raises(UsageError, match=said):
        document_of(load(tmp_path), document_id)
    assert document_of(load(tmp_path), "t#3").text == "Three."


def test_what_would_control_a_terminal_is_shown_as_an_escape(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\u202etitle\n---\nOne\x1b[31m two\u2066\tthree\x9b\nfour.", "utf-8")
    shown = "\n".join(lines(document_of(load(tmp_path), "a")))
    assert "One\\x1b[31m two\\u2066\tthree\\x9b\nfour." in shown
    assert not any(sign in shown for sign in "\x1b\u202e\u2066\x9b")


def test_what_follows_the_body_is_shown_apart(tmp_path: Path) -> None:
    text = "---\ntitle: Harbour\n---\nThe harbour reopened.\n"
    (tmp_path / "a.md").write_text(text, "utf-8")
    document = load(tmp_path)["a"]
    end = document.body.end - len(" reopened.")
    shown = "\n".join(lines(replace(document, body=Span(document.body.start, end))))
    assert f"--- after the body (characters {end:,} to {len(document.text):,}) ---\nreopened." in shown
