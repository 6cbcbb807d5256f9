"""A speaker whom a file gives as "Surname, First" has the name in the order in which it is said."""

from pathlib import Path

import pytest

from research.loading import load
from research.loading.names import as_said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Okell, Ada", "Ada Okell"),
        ("Okell, Ada M.", "Ada M. Okell"),
        ("Okell, A.B.", "A.B. Okell"),
        ("O'Dell-Varn, Rita", "Rita O'Dell-Varn"),
        ("van Dole, Rita", "Rita van Dole"),
        ("De la Cruz, Ines", "Ines De la Cruz"),
        ("Brandt, Sir Jon", "Sir Jon Brandt"),
        ("Orlová, Žofie", "Žofie Orlová"),
        ("Weiss, Jordan", "Jordan Weiss"),
    ],
)
def test_a_surname_before_a_comma_goes_behind_the_first_name(written: str, said: str) -> None:
    assert as_said(written) == said


@pytest.mark.parametrize(
    "written",
    [
        "Ada Okell",
        "KAZ",
        "Okell, Jr.",
        "Jon Brandt, Jr.",
        "Okell, MP",
        "Okell, Prime Minister",
        "Ada Okell, Labour",
        "Okell, Labour",
        "Ministry of Transport, Canada",
        "Treasury, Maravel",
        "Foreign Ministry, Maravel",
        "Paris, France",
        "Okell, mayor of Laval",
        "Okell, Brandt, Weiss",
        "Okell, Brandt & Co",
        "Okell,",
        ", Ada",
        ",",
        "Okell, 41",
    ],
)
def test_other_commas_stay(written: str) -> None:
    assert as_said(written) == written


@pytest.mark.parametrize(
    ("files", "settings"),
    [
        ({"a.csv": 'Orator,text\n"Okell, Ada",We pay.'}, '[columns]\nspeaker = "Orator"'),
        (
            {"a.xml": "<all><item><premier>Okell, Ada</premier><body>We pay.</body></item></all>"},
            '[xml]\ndocument = "item"\ntext = "body"\nspeaker = "premier"',
        ),
        ({"a.md": "---\nspeaker: Okell, Ada\n---\nWe pay."}, ""),
    ],
)
def test_whoever_names_the_speaker(tmp_path: Path, files: dict[str, str], settings: str) -> None:
    for name, text in {**files, "corpus.toml": settings}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [it.speaker for it in load(tmp_path)] == ["Ada Okell"]


def test_a_field_that_is_said_to_name_the_speaker_still_tells_the_office(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('premier,speaker,text\n"Okell, Ada",Jon Brandt,We pay.', encoding="utf-8")
    (tmp_path / "corpus.toml").write_text('[columns]\nspeaker = "premier"', encoding="utf-8")
    (document,) = load(tmp_path)
    assert (document.speaker, document.metadata["premier"]) == ("Ada Okell", "Okell, Ada")
