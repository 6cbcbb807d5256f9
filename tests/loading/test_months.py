"""Month names come from CLDR; every spelling that dates were read with before still gives the same month."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from research.loading import load
from research.loading.dates import dates_in_names, read_date
from research.loading.months import english_months, month_numbers

READ_BEFORE = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
januar februar marts april maj juni juli august september oktober november december
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik - grudzień
ledna února března dubna května června července srpna září října - prosince
leden únor březen duben květen červen červenec srpen září říjen - prosinec
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
jan feb mar apr may jun jul aug sep oct nov dec
- - - - - - - - sept - - -
"""
SPELLINGS = {
    name: number
    for line in READ_BEFORE.strip().split("\n")
    for number, name in enumerate(line.split(), start=1)
    if name != "-"
}


@pytest.mark.parametrize(("name", "number"), SPELLINGS.items())
def test_a_spelling_that_was_read_before_is_read(name: str, number: int) -> None:
    assert read_date(f"12 {name} 2031") == f"2031-{number:02}-12"
    assert read_date(f"{name.capitalize()} 2031") == f"2031-{number:02}"
    assert dates_in_names([f"wire_12_{name}_2031"]) == {f"wire_12_{name}_2031": f"2031-{number:02}-12"}


def test_no_other_name_is_read_than_before() -> None:
    assert dict(month_numbers()) == SPELLINGS


@pytest.mark.parametrize("name", ["listopad", "listopada", "listopadu"])
def test_a_name_that_is_two_months_is_none(name: str) -> None:
    assert read_date(f"12 {name} 2031") is None


PROGRAM = """
import sys
from research import load
from research.loading.dates import read_date
[document] = load(sys.argv[1])
before = "babel" in sys.modules
read_date("12 May 2031")
print(document.date, before, "babel" in sys.modules)
"""


def test_babel_is_imported_for_a_date_that_names_its_month_and_not_before(tmp_path: Path) -> None:
    (tmp_path / "wire_2031-05-12_news.txt").write_text("date 2031-05-11 The harbour reopened on 12 May.")
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2031-05-11", "False", "True"]


def test_the_digest_of_a_corpus_depends_on_the_release_of_babel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    before = load(tmp_path).digest
    monkeypatch.setattr("research.loading.corpus.month_names_release", lambda: "9.99")
    assert load(tmp_path).digest != before


def test_english_months_are_the_english_names_and_abbreviations_alone() -> None:
    months = english_months()
    assert sorted(name for name, number in months.items() if number == 9) == ["sep", "sept", "september"]
    assert {months[name] for name in ("may", "mai", "mayo") if name in months} == {5}
    assert set(months.values()) == set(range(1, 13))
    # Twelve names, of which "may" is its own abbreviation, eleven of three letters, and "sept".
    assert len(months) == 12 + 11 + 1
    assert not {"märz", "mars", "mai", "août", "ene"} & set(months), "these are no English dates"
