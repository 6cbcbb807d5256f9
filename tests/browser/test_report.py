"""The report in Chromium: read by keyboard alone, by everybody, on paper, and with nothing of a document run.

ON_THE_RECORD_SCREENSHOTS names a folder for pictures of it.
"""

import base64
import importlib.util
import io
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from research.loading import load
from research.outputs.folder.run_folder import RunFolder
from research.outputs.pages import report
from tests.planted import MARK, report_again

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
WIDTHS = (360, 768, 1440)
MODES = ("light", "dark")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """The reference run with its report."""
    folder = RunFolder(Path(shutil.copytree(ROOT / "outputs" / "seeds", tmp_path_factory.mktemp("outputs") / "seeds")))
    report_again(folder, load(ROOT / "seeds"))
    return folder


@pytest.fixture(scope="module")
def on_pages(seeds: RunFolder, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """The same, with its texts and passages on pages beside the report."""
    folder = RunFolder(Path(shutil.copytree(seeds.path, tmp_path_factory.mktemp("outputs") / "pages")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "IN_ONE_FILE", 0)
        report_again(folder, load(ROOT / "seeds"))
    return folder


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in ("headless", "no-sandbox", "disable-gpu", "disable-background-networking", "disable-dev-shm-usage"):
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    driver.set_script_timeout(180)
    yield driver
    driver.quit()


def opened(driver: Any, folder: RunFolder, path: str = "report.html", width: int = 1440, mode: str = "light") -> None:
    """Open a page of a report as wide as that, in light or dark."""
    scheme = {"name": "prefers-color-scheme", "value": mode}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get("about:blank")  # an address that differs in its anchor alone would not be loaded again
    driver.get((folder.path / path).as_uri())


def pressed(driver: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(driver).send_keys(*keys).perform()


# --- by keyboard ---

FOLLOWED = [
    "corpus.documents",
    "corpus.latest",
    "statements.attributions",
    "statements.direct",
    "language.count.kazakhstan",
]
FOCUSED = "const it = document.activeElement; return "


def tab_to(driver: Any, what: str) -> None:
    """Press the tabulator until what has the focus is this, as JavaScript says of ``it``."""
    from selenium.webdriver import Keys

    for _ in range(400):
        pressed(driver, Keys.TAB)
        if driver.execute_script(f"{FOCUSED}{what}"):
            return
    pytest.fail(f"no tabulator leads to {what}")


@pytest.mark.parametrize("key", FOLLOWED)
@pytest.mark.parametrize("form", ["seeds", "on_pages"])
def test_a_finding_is_followed_to_its_passage_and_back_by_keyboard_alone(
    form: str, key: str, chromium: Any, request: pytest.FixtureRequest
) -> None:
    from selenium.webdriver import Keys

    folder: RunFolder = request.getfixturevalue(form)
    opened(chromium, folder)
    if key.startswith("corpus."):  # the passages of findings about the corpus are folded
        tab_to(chromium, f"it.matches('summary') && it.closest('article')?.id === '{key}'")
        pressed(chromium, Keys.ENTER)
    tab_to(chromium, f"it.closest('li') !== null && it.closest('article')?.id === '{key}'")
    assert chromium.execute_script(f"{FOCUSED}getComputedStyle(it).outlineStyle") == "solid", "the focus is not seen"
    words = chromium.execute_script(f"{FOCUSED}it.textContent")

    pressed(chromium, Keys.ENTER)
    wait_for(
        chromium, "document.querySelector(':target') !== null && document.querySelector(':target').matches('mark')"
    )
    told = "const it = document.querySelector(':target'); const copy = it.cloneNode(true);"
    told += "copy.querySelectorAll('sup').forEach(sup => sup.remove()); return copy.textContent"
    assert clipped(chromium.execute_script(told)) == clipped(words)
    assert chromium.execute_script("return document.activeElement === document.querySelector(':target')")
    assert chromium.execute_script(IN_VIEW), "the passage is not to be seen"
    assert words.rstrip("…") in " ".join(row.exact for row in folder.finding(key).evidence)

    tab_to(chromium, f"it.closest('sup') !== null && it.hash === '#{key}'")
    assert chromium.execute_script(f"{FOCUSED}it.getAttribute('aria-label')").startswith("Back to finding ")
    pressed(chromium, Keys.ENTER)
    wait_for(chromium, f"document.querySelector(':target')?.id === '{key}'")
    assert chromium.execute_script(f"{FOCUSED}it.id") == key
    assert chromium.execute_script(IN_VIEW)


IN_VIEW = """
    const box = document.querySelector(':target').getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight && box.height > 0
"""


def wait_for(driver: Any, condition: str) -> None:
    end = time.monotonic() + 20
    while not driver.execute_script(f"return document.readyState === 'complete' && {condition}"):
        assert time.monotonic() < end, condition
        time.sleep(0.05)


def clipped(text: str) -> str:
    """The beginning of a text, which a list may have cut."""
    return " ".join(text.split()).removesuffix("…")[:200]


def test_the_first_tabulator_leads_past_the_contents(seeds: RunFolder, chromium: Any) -> None:
    from selenium.webdriver import Keys

    opened(chromium, seeds)
    pressed(chromium, Keys.TAB)
    assert chromium.execute_script(f"{FOCUSED}it.textContent") == "Skip to the content"
    assert chromium.execute_script(f"{FOCUSED}it.getBoundingClientRect().top") >= 0
    pressed(chromium, Keys.ENTER)
    wait_for(chromium, "document.activeElement.matches('main')")


# --- by everybody ---


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core, from a package of the browser group that is made for another driver: only this file of it is read."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found
    assert found.origin
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


AXE = """
    const done = arguments[arguments.length - 1];
    document.querySelectorAll('details').forEach(it => { it.open = true; });
    axe.run(document, {resultTypes: ['violations']}).then(found => done([
        found.passes.length,
        found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`)),
    ]));
"""
CHECKED = [("seeds", "report.html"), ("on_pages", "report/texts-001.html"), ("on_pages", "report/passages-*-001.html")]


@pytest.mark.parametrize("look", [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")])
@pytest.mark.parametrize("page", CHECKED)
def test_axe_finds_no_fault(
    page: tuple[str, str], look: tuple[int, str], chromium: Any, axe: str, request: pytest.FixtureRequest
) -> None:
    folder: RunFolder = request.getfixturevalue(page[0])
    path = min(folder.path.glob(page[1])).relative_to(folder.path).as_posix()
    opened(chromium, folder, path, *look)
    chromium.execute_script(axe)
    passes, faults = chromium.execute_async_script(AXE)
    assert faults == []
    assert passes > 20


def test_axe_would_find_one(seeds: RunFolder, chromium: Any, axe: str) -> None:
    opened(chromium, seeds)
    chromium.execute_script(axe)
    chromium.execute_script("document.querySelector('img').removeAttribute('alt')")
    _, faults = chromium.execute_async_script(AXE)
    assert [fault.partition(":")[0] for fault in faults] == ["image-alt"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("form", "path"), [("seeds", "report.html"), *CHECKED[1:], ("hostile", "report.html")])
def test_no_page_is_wider_than_the_window(
    form: str, path: str, width: int, chromium: Any, request: pytest.FixtureRequest
) -> None:
    for mode in MODES:
        opened(chromium, request.getfixturevalue(form), path, width, mode)
        chromium.execute_script("document.querySelectorAll('details').forEach(it => { it.open = true; })")
        narrow = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert chromium.execute_script(narrow)
        assert chromium.execute_script("return [...document.images].every(it => it.complete && it.naturalWidth > 0)")
        screenshot(chromium, f"report-{form}-{Path(path).stem}-{width}-{mode}")


def test_the_words_of_a_figure_are_heard_once(seeds: RunFolder, chromium: Any) -> None:
    opened(chromium, seeds)
    nodes = chromium.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    heard = [(it["role"]["value"], str(it["name"]["value"])) for it in nodes if not it["ignored"] and "name" in it]
    alts = [seeds.figure_said(path.stem)[1] for path in (seeds.path / "figures").glob("*.svg")]
    assert alts
    for alt in alts:
        assert [role for role, name in heard if alt in name] == ["image"]


TABLES = """
    return [...document.querySelectorAll('.scroll')].map(it => {
        const note = it.querySelector('.sideways');
        return {
            name: it.getAttribute('aria-label') ?? it.getAttribute('aria-labelledby'),
            wide: it.scrollWidth > it.clientWidth,
            noted: note !== null && note.getBoundingClientRect().height > 0,
            reached: it.tabIndex === 0 && it.getAttribute('role') === 'region',
        };
    })
"""


@pytest.mark.parametrize("width", [360, 1366])
def test_a_table_that_is_wider_than_its_column_says_so_and_is_scrolled_by_keyboard(
    seeds: RunFolder, chromium: Any, width: int
) -> None:
    from selenium.webdriver import Keys

    opened(chromium, seeds, width=width)
    chromium.execute_script("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    # The page marks its wide tables when each has its size.
    marked = "[...document.querySelectorAll('.scroll')].every(it => it.classList.contains('wide') === wide(it))"
    wait_for(chromium, f"(() => {{ const wide = it => it.scrollWidth > it.clientWidth; return {marked}; }})()")
    tables = chromium.execute_script(TABLES)
    assert len(tables) > 15
    assert all(it["noted"] == it["wide"] for it in tables), tables
    assert all(it["reached"] and it["name"] for it in tables)
    if width == 1366:
        wide = [it["name"] for it in tables if it["wide"]]
        assert len(wide) <= len(tables) / 5, f"most tables fit a usual screen, not {wide}"
    chromium.execute_script("document.querySelector('.scroll.wide').focus()")
    pressed(chromium, *[Keys.ARROW_RIGHT] * 5)
    wait_for(chromium, "document.activeElement.scrollLeft > 0")


def test_a_click_copies_the_address_of_a_row(seeds: RunFolder, chromium: Any) -> None:
    from selenium.webdriver import ActionChains, Keys

    opened(chromium, seeds)
    chromium.execute_script("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    buttons = chromium.find_elements("css selector", "[id='tables/statements.kinds'] button.address")
    written = seeds.table("statements.kinds")["address"].tolist()
    assert [it.get_attribute("value") for it in buttons] == written
    assert [it.accessible_name for it in buttons] == [f"Copy the address #{it.partition('#')[2]}" for it in written]
    field = "const it = document.createElement('textarea'); it.id = 'field'; document.body.append(it);"
    chromium.execute_script(field)
    for button, press in zip(buttons, ("click", "Enter"), strict=False):
        chromium.execute_script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].focus()", button)
        button.click() if press == "click" else pressed(chromium, Keys.ENTER)
        address = button.get_attribute("value")
        wait_for(chromium, f"document.getElementById('status').textContent === 'Copied {address}'")
        chromium.execute_script("const it = document.getElementById('field'); it.value = ''; it.focus()")
        ActionChains(chromium).key_down(Keys.CONTROL).send_keys("v").key_up(Keys.CONTROL).perform()
        assert chromium.execute_script("return document.getElementById('field').value") == address


def screenshot(driver: Any, name: str) -> None:
    """A picture of the upper part of the page, when a folder for it is named."""
    if folder := os.environ.get("ON_THE_RECORD_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        driver.save_screenshot(str(Path(folder) / f"{name}.png"))


def printed(driver: Any) -> tuple[str, int]:
    """What the page has on paper, and on how many sheets.

    Fonts that have a sign for "fi" put it into the file; it is read as two letters.
    """
    made = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    pages = PdfReader(io.BytesIO(base64.b64decode(made["data"]))).pages
    text = " ".join(page.extract_text() for page in pages).replace("\ufb01", "fi").replace("\ufb02", "fl")
    return " ".join(text.split()), len(pages)


def test_it_prints_what_is_to_be_read(seeds: RunFolder, chromium: Any) -> None:
    opened(chromium, seeds)
    text, pages = printed(chromium)
    assert 5 < pages < 26
    for finding in seeds.findings:
        assert finding.display in text
        assert finding.key in text
    assert "1 more passage counted, in evidence/statements.csv" in text
    assert "Printed without folded content" in text
    assert re.search(r"The full texts, 2,\d{3} characters, are not printed", text)
    for on_screen_alone in (
        *("Skip to the content", "Print this report", "Passages that findings count are highlighted"),
        "@misc{otr.seeds.corpus",
    ):
        assert on_screen_alone not in text


def test_what_was_unfolded_before_is_printed(seeds: RunFolder, chromium: Any) -> None:
    opened(chromium, seeds)
    key = "statements.attributions"
    chromium.execute_script(f"document.querySelector('[id=\"{key}\"] .cite').open = true")
    text, _ = printed(chromium)
    assert f"@misc{{otr.seeds.{key}," in text
    assert "@misc{otr.seeds.corpus.words," not in text


def test_all_of_it_is_printed_where_that_is_chosen_by_keyboard(seeds: RunFolder, chromium: Any) -> None:
    from selenium.webdriver import Keys

    opened(chromium, seeds)
    sheets = [printed(chromium)[1]]
    tab_to(chromium, "it.textContent === 'Print this report'")
    pressed(chromium, Keys.ENTER)
    for name in ("print-folded", "print-texts"):
        tab_to(chromium, f"it.id === '{name}'")
        pressed(chromium, Keys.SPACE)
        text, pages = printed(chromium)
        sheets.append(pages)
    assert sheets == sorted(sheets)
    assert sheets[0] < sheets[-1], "the choices add some"
    assert sheets[-1] < 60
    assert "@misc{otr.seeds.corpus.words," in text
    assert "Passages that findings count are highlighted" in text
    assert "not printed" not in text
    assert "Printed without folded content" not in text


def test_hundreds_of_passages_are_set_closely_on_paper(seeds: RunFolder, chromium: Any) -> None:
    """Those that are unfolded are in two columns, smaller than the first ones."""
    opened(chromium, seeds)
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    chromium.execute_script("document.querySelectorAll('.passages details').forEach(it => { it.open = true; })")
    sizes = """return ['.passages > ol li', '.passages details li'].map(it => {
        const item = document.querySelector(it);
        return [parseFloat(getComputedStyle(item).fontSize), item.getBoundingClientRect().width];
    })"""
    (size, width), (smaller, narrower) = chromium.execute_script(sizes)
    assert smaller < size
    assert narrower < width * 0.6


# --- what must not run ---

# What a page that was opened has become, and what it would not be if a trick had worked.
STATE = f"""
    return [window.{MARK} ?? null, document.scripts.length, document.styleSheets.length, document.forms.length,
            document.querySelectorAll('iframe, object, embed, link, base, svg, [style], [autofocus]').length,
            document.querySelectorAll('button:not(.address, .sort)').length,
            getComputedStyle(document.querySelector('h1')).display, document.activeElement === document.body]
"""
UNTOUCHED = [None, 1, 1, 0, 0, 0, "block", True]


def visited(driver: Any) -> tuple[Any, list[str]]:
    """What became of the page when it was looked at, pointed at and focused, and which addresses it asked for."""
    driver.execute_script("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    state = driver.execute_script(STATE)
    events = "['mouseover', 'focus', 'error', 'load', 'click', 'animationstart', 'toggle']"
    driver.execute_script(
        f"document.querySelectorAll('main *:not(a):not(summary)').forEach("
        f"it => {events}.forEach(name => it.dispatchEvent(new Event(name))))"
    )
    assert driver.execute_script(f"return window.{MARK} ?? null") == state[0]
    asked = re.findall(r'"url":"([^"]+)"', " ".join(entry["message"] for entry in driver.get_log("performance")))
    return state, [address for address in asked if not address.startswith(("file:", "data:", "about:", "chrome"))]


@pytest.mark.parametrize("form", ["one file", "pages", "one file, no policy", "pages, no policy"])
def test_nothing_of_a_document_runs_or_calls_out(
    form: str, hostile: RunFolder, chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Escaped as it is, nothing would run without the policy either."""
    split, guarded = form.startswith("pages"), "no policy" not in form
    folder = RunFolder(Path(shutil.copytree(hostile.path, tmp_path / "planted")))
    if split:
        monkeypatch.setattr(report, "IN_ONE_FILE", 0)
        report_again(folder, load(hostile.path.parents[1] / "planted"))
    pages = [folder.path / "report.html", *sorted(folder.path.glob("report/*.html"))]
    assert len(pages) > 3 or not split
    for page in pages:
        if not guarded:
            text = page.read_text(encoding="utf-8")
            bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
            assert bare != text
            page.write_text(bare, encoding="utf-8")
        chromium.get_log("performance")
        opened(chromium, folder, page.relative_to(folder.path).as_posix())
        state, asked = visited(chromium)
        assert state == UNTOUCHED
        assert asked == []
        assert chromium.execute_script("return [...document.links].every(it => it.protocol === 'file:')")


@pytest.mark.parametrize("guarded", [True, False])
def test_what_is_not_escaped_would_run_but_for_the_policy(
    guarded: bool, seeds: RunFolder, chromium: Any, tmp_path: Path
) -> None:
    """So the tests above would see it, and the policy holds where the escaping should fail."""
    text = (seeds.path / "report.html").read_text(encoding="utf-8")
    if not guarded:
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    planted = (
        f"<script>window.{MARK} = 1</script><img src='http://planted.invalid/picture' onerror='window.{MARK} = 2'>"
    )
    planted += "<style>h1 { display: none }</style>"
    folder = RunFolder(tmp_path)
    (folder.path / "report.html").write_text(text.replace("<h1>", f"{planted}<h1>"), encoding="utf-8")
    chromium.get_log("performance")
    opened(chromium, folder)
    ran = f"window.{MARK} !== undefined && getComputedStyle(document.querySelector('h1')).display === 'none'"
    if not guarded:
        wait_for(chromium, ran)
        return
    time.sleep(0.5)
    assert chromium.execute_script(f"return window.{MARK} ?? null") is None
    assert chromium.execute_script("return getComputedStyle(document.querySelector('h1')).display") == "block"
