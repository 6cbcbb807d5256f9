"""Every notebook runs from the menu of a real JupyterLab, opened as `make lab` opens it, in Chromium.

ON_THE_RECORD_SCREENSHOTS names a folder for pictures of the whole pages.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
import pandas as pd
import pytest

from research import load
from research.analysis import corpus
from research.nlp.annotate import annotate
from research.outputs.showing import display

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TOKEN = "test"  # noqa: S105 - the server listens on this machine only, for the length of the test
SETTINGS = {
    # All cells are in the page, not only those in view: they can be counted, and the picture is whole.
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
}
WIDTH = 1400
TALLEST = 16_000


def wait_for(what: str, ready: Callable[[], Any], seconds: float = 60) -> Any:
    """The first true value of `ready`; fails by name when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := ready():
            return value
        time.sleep(0.2)
    pytest.fail(f"waited {seconds:.0f} seconds for {what}")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what JupyterLab shows; its notebooks have no outputs, so that all is seen being made."""
    folder = tmp_path_factory.mktemp("workspace")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    (folder / "notebooks").mkdir()
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, folder / "notebooks" / path.name)
    return folder


@pytest.fixture(scope="module")
def server(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab that `make lab` started on the copy."""
    home = tmp_path_factory.mktemp("home")
    for name, values in SETTINGS.items():
        file = home / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={workspace}",
        f"--LabApp.user_settings_dir={home / 'settings'}",
        f"--LabApp.workspaces_dir={home / 'workspaces'}",
    ]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "JUPYTER", "MAKE"))}
    address = f"http://127.0.0.1:{port}"
    with (home / "log.txt").open("w") as log:
        process = subprocess.Popen(
            ["make", "lab", f"LAB={' '.join(options)}"],
            cwd=ROOT,
            env=kept | {"HOME": str(home)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            wait_for("JupyterLab to start", lambda: fetch(f"{address}/api/status"))
            yield address
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def fetch(address: str) -> Any:
    """The JSON at an address of the server, or None while it does not answer."""
    request = urllib.request.Request(address, headers={"Authorization": f"token {TOKEN}"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)
    except OSError:
        return None


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (
        "headless",
        "no-sandbox",
        "disable-gpu",
        "disable-background-networking",
        "disable-dev-shm-usage",
    ):
        options.add_argument(f"--{flag}")
    options.add_argument(f"--window-size={WIDTH},1000")
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


def test_the_question_about_news_is_switched_off(server: str) -> None:
    notification = fetch(f"{server}/lab/api/settings/@jupyterlab/apputils-extension:notification")
    defaults = {name: value["default"] for name, value in notification["schema"]["properties"].items()}
    assert defaults["fetchNews"] == "false"
    assert defaults["checkForUpdates"] is False
    assert fetch(f"{server}/lab/api/news") == {"news": []}
    assert fetch(f"{server}/lab/api/update") == {"notification": None}


def test_the_notebooks_are_what_opens(server: str, chromium: Any, workspace: Path) -> None:
    chromium.get(f"{server}/?token={TOKEN}")
    names = {path.name for path in (workspace / "notebooks").iterdir()}
    assert names
    listed = "return [...document.querySelectorAll('.jp-DirListing-itemName')].map(e => e.textContent)"
    wait_for("the list of notebooks", lambda: names <= set(chromium.execute_script(listed)))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_to_its_end_from_the_menu(server: str, chromium: Any, path: Path) -> None:
    ask = chromium.execute_script
    chromium.get_log("performance")
    chromium.set_window_size(WIDTH, 1000)
    chromium.get(f"{server}/lab/tree/notebooks/{path.name}?token={TOKEN}&reset")
    wait_for("the kernel to be connected", lambda: connected(server, path) and ask(KERNEL_IS_IDLE))
    choose(chromium, "Run", "Run All Cells")

    committed = nbformat.read(path, as_version=4)
    code = [cell for cell in committed.cells if cell.cell_type == "code" and cell.source.strip()]
    done = [f"[{n}]:" for n in range(1, len(code) + 1)]
    wait_for("every code cell to have run", lambda: errors(ask) or ask(PROMPTS) == done, seconds=180)
    wait_for("the kernel to be idle", lambda: ask(KERNEL_IS_IDLE))
    screenshot(chromium, path.stem)

    assert errors(ask) == []
    assert ask(PROMPTS) == done
    pictures = [out for cell in code for out in cell.outputs if "image/png" in out.get("data", {})]
    wait_for("the pictures", lambda: all(ask(PICTURES)), seconds=20)
    assert len(ask(PICTURES)) >= len(pictures)
    names = [it.accessible_name for it in chromium.find_elements("css selector", ".jp-OutputArea img")]
    assert all(len(name) > 20 for name in names), "each picture has its alternative text"
    assert ask("return document.querySelectorAll('.Toastify__toast').length") == 0, "something pops up"
    assert asked_elsewhere(chromium, server) == []


# --- pictures, as a screen reader is given them ---


@pytest.fixture(scope="module")
def pictured(workspace: Path) -> tuple[Path, str]:
    """A notebook with a figure in its outputs, which nobody has trusted, and the figure's alternative text."""
    figure = corpus.lengths(corpus.documents(annotate(load(ROOT / "seeds"))))
    picture, metadata = display.picture(figure, "Figure 1")
    shown = [(picture | {"image/png": b64encode(picture["image/png"]).decode()}, metadata)]
    shown.append((display.caption(figure, "Figure 1"), {}))
    outputs = [nbformat.v4.new_output("display_data", data, metadata=its) for data, its in shown]
    cell = nbformat.v4.new_code_cell("figure", execution_count=1, outputs=outputs)
    path = workspace / "notebooks" / "pictured.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path, figure.alt


def heard(driver: Any) -> list[tuple[str, str]]:
    """The role and name of everything in the accessibility tree of the page."""
    nodes = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return [
        (node["role"]["value"], " ".join(str(node["name"]["value"]).split()))
        for node in nodes
        if not node["ignored"] and "name" in node
    ]


def said_once(driver: Any, alt: str) -> None:
    """Check that a picture of the page has this alternative text, and that nothing else says it."""
    text = " ".join(alt.split())
    saying = [(role, name) for role, name in heard(driver) if text in name]
    assert [name for role, name in saying if role in ("image", "img")] == [text]
    assert [role for role, _ in saying if role not in ("image", "img")] == []


def test_a_picture_has_its_alternative_text_in_a_notebook_that_is_not_trusted(
    server: str, chromium: Any, pictured: tuple[Path, str]
) -> None:
    path, alt = pictured
    ask = chromium.execute_script
    chromium.get(f"{server}/lab/tree/notebooks/{path.name}?token={TOKEN}&reset")
    wait_for("the picture", lambda: ask(PICTURES) and all(ask(PICTURES)))
    assert len(ask(PICTURES)) == 1, "one picture, not one for each of its types"
    said_once(chromium, alt)


def test_a_picture_has_its_alternative_text_in_exported_html(
    chromium: Any, pictured: tuple[Path, str], tmp_path: Path
) -> None:
    """As nbviewer shows it as well."""
    from nbconvert import HTMLExporter

    path, alt = pictured
    page, _ = HTMLExporter().from_filename(str(path))
    (tmp_path / "exported.html").write_text(page, encoding="utf-8")
    chromium.get((tmp_path / "exported.html").as_uri())
    wait_for("the picture", lambda: chromium.execute_script("return document.images.length === 1"))
    said_once(chromium, alt)


@pytest.mark.parametrize("trusted", [True, False])
def test_the_words_of_a_statement_have_room_beside_many_columns(
    server: str, chromium: Any, workspace: Path, trusted: bool
) -> None:
    """On the page of a laptop, whose width twelve columns share; a table that is wider scrolls."""
    words = "that the harbour will stay open until the last of the ferries has come home from the islands"
    narrow = {name: ["Mara Lindqvist", "council-2021"] for name in "abcdefghij"}
    frame = pd.DataFrame({"content": [words, words], "date": ["2021-03-04", "2021-03-05"], **narrow})
    output = nbformat.v4.new_output("display_data", display.table(frame, "Statements"))
    cell = nbformat.v4.new_code_cell("table", execution_count=1, outputs=[output], metadata={"trusted": trusted})
    path = workspace / "notebooks" / f"wide-{trusted}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    ask = chromium.execute_script
    chromium.set_window_size(1366, 768)
    chromium.get(f"{server}/lab/tree/notebooks/{path.name}?token={TOKEN}&reset")
    wait_for("the table", lambda: ask("return document.querySelectorAll('.jp-OutputArea th').length === 12"))
    content, date = ask(
        "return [...document.querySelectorAll('.jp-OutputArea th')].slice(0, 2).map(e => e.offsetWidth)"
    )
    assert content >= 300
    assert 80 <= date < 120, "it is not broken at its hyphens"


WORDS = "return [...document.querySelectorAll('.jp-OutputArea tbody tr')].map(it => it.cells[1].textContent).join('')"
SORTED = """
import pandas as pd
from research.outputs.showing import display
display.show_script()
display.show(display.table(pd.DataFrame({"n": [3, 10, 2, 7, 5, 1, 4], "word": list("abcdefg")}), "Words"))
"""


def test_a_table_sorts_by_keyboard_where_the_notebook_was_run(server: str, chromium: Any, workspace: Path) -> None:
    from selenium.webdriver import ActionChains, Keys

    path = workspace / "notebooks" / "sorted.ipynb"
    cells = [nbformat.v4.new_code_cell(SORTED), nbformat.v4.new_code_cell("1")]
    metadata = nbformat.read(NOTEBOOKS[0], as_version=4).metadata  # it names the kernel
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    ask = chromium.execute_script
    chromium.get(f"{server}/lab/tree/notebooks/{path.name}?token={TOKEN}&reset")
    wait_for("the kernel to be connected", lambda: connected(server, path) and ask(KERNEL_IS_IDLE))
    choose(chromium, "Run", "Run All Cells")
    wait_for("the buttons", lambda: ask("return document.querySelectorAll('button.sort').length === 2"))
    ask("document.querySelector('button.sort').focus()")
    for key, expected in ((Keys.ENTER, "fcagedb"), (Keys.SPACE, "bdegacf")):
        ActionChains(chromium).send_keys(key).perform()
        assert ask(WORDS) == expected
    assert ask("return document.activeElement.matches('button.sort')"), "the notebook took no key for a command"
    ask("document.querySelector('.rows-shown input').focus()")
    ActionChains(chromium).send_keys("d", "d", Keys.BACKSPACE).perform()
    assert ask("return document.querySelector('.rows-shown [role=status]').textContent") == "1 of 7 rows"
    assert ask("return document.querySelectorAll('.jp-CodeCell').length") == 2, "d d deletes a cell"


def test_a_table_is_whole_where_the_notebook_is_not_trusted(server: str, chromium: Any, workspace: Path) -> None:
    frame = pd.DataFrame({"n": [3, 10, 2], "word": list("abc")})
    shown = [{"text/html": f"<script>{display.script()}</script>"}, display.table(frame, "Words")]
    outputs = [nbformat.v4.new_output("display_data", data) for data in shown]
    cell = nbformat.v4.new_code_cell("table", execution_count=1, outputs=outputs)
    path = workspace / "notebooks" / "not-trusted.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    ask = chromium.execute_script
    chromium.get(f"{server}/lab/tree/notebooks/{path.name}?token={TOKEN}&reset")
    wait_for("the table", lambda: ask(WORDS) == "abc")
    time.sleep(1)
    assert ask("return document.querySelectorAll('.jp-OutputArea :is(button, input, script)').length") == 0
    said = ask("return document.querySelector('.jp-OutputArea').textContent")
    assert " ".join(said.split()) == "Wordsnword3a10b2c", "nor a word about a script"


# --- what is asked of the page ---

# The status alone is "idle" before there is a kernel, and running then brings up a question.
KERNEL_IS_IDLE = """
    const panel = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)');
    const name = panel && panel.querySelector('.jp-Toolbar-kernelName');
    const indicator = panel && panel.querySelector('.jp-Notebook-ExecutionIndicator');
    const named = name && name.textContent.startsWith('Python');
    return Boolean(named && indicator && indicator.dataset.status === 'idle');
"""
PROMPTS = "return [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(e => e.textContent.trim())"
PICTURES = """
    return [...document.querySelectorAll('.jp-OutputArea img')].map(e => e.complete && e.naturalWidth > 0)
"""
# The height of the page around the notebook, and that of the notebook down to its last cell.
EXTENT = """
    const outer = document.querySelector('.jp-WindowedPanel-outer');
    const last = [...outer.querySelectorAll('.jp-Cell')].pop().getBoundingClientRect();
    const bottom = last.bottom - outer.getBoundingClientRect().top + outer.scrollTop;
    return [window.outerHeight - outer.clientHeight, Math.ceil(bottom) + 60];
"""
ERRORS = """
    const kinds = ['application/vnd.jupyter.error', 'application/vnd.jupyter.stderr'];
    return [...document.querySelectorAll('.jp-OutputArea [data-mime-type]')]
        .filter(e => kinds.includes(e.dataset.mimeType)).map(e => e.textContent)
"""


def connected(server: str, path: Path) -> bool:
    """Whether the notebook in the page has a kernel of its own."""
    sessions = fetch(f"{server}/api/sessions") or []
    kernels = [session["kernel"] for session in sessions if session["path"] == f"notebooks/{path.name}"]
    return any(kernel["connections"] and kernel["execution_state"] == "idle" for kernel in kernels)


def errors(ask: Callable[[str], Any]) -> list[str]:
    """Errors and warnings below the cells."""
    found: list[str] = ask(ERRORS)
    return found


def choose(driver: Any, menu: str, item: str) -> None:
    """Choose an item from a menu of JupyterLab, as a person does."""
    for selector, label in ((".lm-MenuBar-itemLabel", menu), (".lm-Menu-itemLabel", item)):

        def labelled(selector: str = selector, label: str = label) -> Any:
            found = driver.find_elements("css selector", selector)
            return next((e for e in found if e.text == label and e.is_displayed()), None)

        wait_for(f"the menu item {label}", labelled).click()


def screenshot(driver: Any, name: str) -> None:
    """A picture of the whole notebook, when a folder for it is named."""
    if not (folder := os.environ.get("ON_THE_RECORD_SCREENSHOTS")):
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    frame, bottom = driver.execute_script(EXTENT)
    driver.set_window_size(WIDTH, min(frame + bottom, TALLEST))
    time.sleep(1)  # the page lays itself out anew
    driver.execute_script("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    time.sleep(0.5)
    driver.save_screenshot(str(Path(folder) / f"{name}.png"))


def asked_elsewhere(driver: Any, server: str) -> list[str]:
    """Addresses beyond this server that the page asked for."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in asked if urlsplit(url).scheme in ("http", "https", "ws") and not url.startswith(server)]
