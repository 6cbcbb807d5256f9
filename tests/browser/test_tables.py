"""A table on a page sorts and is filtered, by keyboard as well, and says the same without its script and on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from research.outputs.folder.run_folder import RunFolder
from research.outputs.showing import display
from tests.browser import test_report
from tests.browser.test_report import opened, pressed, printed, tab_to, wait_for

pytestmark = pytest.mark.browser

chromium, seeds = test_report.chromium, test_report.seeds

WORDS = [1200, None, 7, 30.5, 7, None, -4]
NAMES = ["Okell", "ana", "Lind 10", "Lind 9", "", "Órla", "=Vale"]
TABLE = pd.DataFrame({"name": NAMES, "words": WORDS, "place": list("abcdefg")})
LONG = pd.DataFrame({"n": range(1, 31), "word": ["harbour", "strike", "council"] * 10})

Shown = Callable[[], list[str]]


@pytest.fixture
def page(chromium: Any, tmp_path: Path) -> Shown:
    """A page with two tables, as a notebook becomes in exported HTML; gives the rows of the first that are seen."""
    tables = [display.table(TABLE, "Speakers"), display.table(LONG, "Words")]
    shown = "".join(it["text/html"] for it in tables)
    # The script stands before the tables, as it does in a notebook.
    html = f"<!doctype html><html lang='en'><title>x</title><body><script>{display.script()}</script>{shown}</body>"
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    opened(chromium, RunFolder(tmp_path), "page.html")
    wait_for(chromium, "document.querySelectorAll('table.sorts').length === 2")

    def places() -> list[str]:
        rows = "[...document.querySelector('table').tBodies[0].rows].filter(it => it.offsetHeight > 0)"
        found: list[str] = chromium.execute_script(f"return {rows}.map(it => it.cells[2].textContent)")
        return found

    return places


def heading(driver: Any, number: int) -> Any:
    return driver.find_elements("css selector", "table:first-of-type button.sort")[number]


def test_numbers_sort_as_numbers_with_empty_cells_last_and_equal_ones_as_they_were(chromium: Any, page: Shown) -> None:
    assert "".join(page()) == "abcdefg"
    for expected, state in (("gcedabf", "ascending"), ("adcegbf", "descending"), ("abcdefg", None)):
        heading(chromium, 1).click()
        assert "".join(page()) == expected
        assert heading(chromium, 1).find_element("xpath", "..").get_attribute("aria-sort") == state


def test_texts_sort_as_a_person_sorts_them_and_one_column_at_a_time(chromium: Any, page: Shown) -> None:
    heading(chromium, 1).click()
    heading(chromium, 0).click()
    assert "".join(page()) == "gbdcafe", "accents, capitals and numbers within a name"
    assert len(chromium.find_elements("css selector", "[aria-sort]")) == 1


def test_it_is_sorted_and_filtered_by_keyboard_alone(chromium: Any, page: Shown) -> None:
    from selenium.webdriver import Keys

    tab_to(chromium, "it.matches('input[type=search]')")
    field = chromium.switch_to.active_element
    assert field.accessible_name == "Filter rows"
    pressed(chromium, "LIND")
    assert "".join(page()) == "cd"
    line = field.find_element("xpath", "../..")
    assert line.find_element("css selector", "[role=status]").text == "2 of 7 rows"
    tab_to(chromium, "it.textContent === 'name'")
    assert chromium.switch_to.active_element.value_of_css_property("outline-style") == "solid"
    pressed(chromium, Keys.ENTER)
    assert "".join(page()) == "dc"
    pressed(chromium, Keys.SPACE)
    assert "".join(page()) == "cd"
    field.clear()
    pressed(chromium, Keys.SHIFT + Keys.TAB + Keys.NULL)
    field.send_keys("x", Keys.BACKSPACE)
    assert len(page()) == 7
    assert line.find_element("css selector", "[role=status]").text == ""


def test_a_filter_says_that_it_looks_at_the_rows_that_are_shown(chromium: Any, page: Shown) -> None:
    field = chromium.find_elements("css selector", "input[type=search]")[1]
    field.send_keys("strike 1")
    said = field.find_element("xpath", "../..").text
    assert said.endswith("3 of the 20 rows shown here; the whole table has 30"), "11, 14 and 17"
    assert len(page()) == 7, "the other table is as it was"


def test_on_paper_are_all_rows_and_no_controls(chromium: Any, page: Shown) -> None:
    chromium.find_element("css selector", "input[type=search]").send_keys("Okell")
    assert page() == ["a"]
    text, _ = printed(chromium)
    assert "Lind 10" in text
    assert "Filter" not in text


def test_without_its_script_the_page_has_all_rows_in_their_order(chromium: Any, page: Shown) -> None:
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        chromium.refresh()
        assert "".join(page()) == "abcdefg"
        assert chromium.find_elements("css selector", "button, input") == []
    finally:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("width", [360, 1366])
def test_tables_of_a_report_sort_under_its_policy(seeds: RunFolder, chromium: Any, width: int) -> None:
    chromium.get_log("browser")
    opened(chromium, seeds, width=width)
    chromium.execute_script("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    table = "[id='tables/language.frequencies']"
    [field] = chromium.find_elements("css selector", f"{table} input[type=search]")
    assert field.accessible_name == "Filter rows"
    button = chromium.find_elements("css selector", f"{table} button.sort")[0]
    chromium.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    first = f'return [...document.querySelectorAll("{table} tbody tr")].map(it => it.cells[0].textContent)'
    assert chromium.execute_script(first) == sorted(chromium.execute_script(first), key=str.lower)
    narrow = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert chromium.execute_script(narrow)
    assert chromium.get_log("browser") == [], "the policy forbids nothing that the script does"
    test_report.screenshot(chromium, f"tables-{width}")
