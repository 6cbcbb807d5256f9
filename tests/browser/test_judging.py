"""Sentences are judged by keys alone in a real JupyterLab; nothing is lost where it is killed, closed or disturbed."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from research.loading.judgements import Judgement, read_judgements
from tests.browser import test_jupyterlab
from tests.browser.test_jupyterlab import (
    KERNEL_IS_IDLE,
    NOTEBOOKS,
    ROOT,
    TOKEN,
    asked_elsewhere,
    choose,
    connected,
    errors,
    fetch,
    screenshot,
    wait_for,
)

pytestmark = pytest.mark.browser

chromium, server, workspace = test_jupyterlab.chromium, test_jupyterlab.server, test_jupyterlab.workspace

SIZE = 10
SHOWN = "return document.querySelector('.judging .head strong').textContent"
QUESTION = "return document.querySelector('.judging .question')?.textContent"
FOUND = "return document.querySelectorAll('.judging .found li').length"
FOCUS = "return document.activeElement"


def kept(file: Path) -> list[Judgement]:
    return list(read_judgements(file.read_bytes()).entries) if file.exists() else []


def whole(file: Path) -> list[Judgement]:
    return [it for it in kept(file) if it.judged == "sentence"]


def opened(driver: Any, server: str, corpus: Path, name: str) -> None:
    """Open 08_accuracy with ``judge = True`` on a corpus, and run it."""
    notebook = nbformat.read(next(path for path in NOTEBOOKS if path.stem == "08_accuracy"), as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if cell.id == "parameters":
            asked = (f'source = "../{corpus.name}"', "judge = True", f"size = {SIZE}", 'coder = "Ann"')
            cell.source = "\n".join([cell.source, *asked])
    path = corpus.parent / "notebooks" / name
    nbformat.write(notebook, path)
    ask = driver.execute_script
    driver.get(f"{server}/lab/tree/notebooks/{name}?token={TOKEN}&reset")
    wait_for("the kernel to be connected", lambda: connected(server, path) and ask(KERNEL_IS_IDLE))
    choose(driver, "Run", "Run All Cells")
    wait_for("the panel", lambda: ask("return document.querySelectorAll('.judging').length === 1"), seconds=180)
    wait_for("the kernel to be idle", lambda: ask(KERNEL_IS_IDLE), seconds=180)


STATUS = "return document.querySelector('.judging .status').textContent"


def focus(driver: Any) -> None:
    driver.execute_script("document.querySelector('.judging').focus()")


def judge_one(driver: Any, file: Path, done: int) -> None:
    """Say that everything in the sentence that is shown is right."""
    press(driver, "\ue007")  # Enter
    saved_and_next(driver.execute_script, file, done)


def kernels(server: str) -> list[str]:
    return [it["id"] for it in fetch(f"{server}/api/kernels")]


def kill_kernels(server: str) -> None:
    """Kill every kernel at once, as a system without memory does."""
    for kernel in kernels(server):
        found = subprocess.run(["pgrep", "-f", f"kernel-{kernel}"], capture_output=True, text=True, check=True)
        for pid in found.stdout.split():
            os.kill(int(pid), signal.SIGKILL)


def saved_and_next(ask: Callable[[str], Any], file: Path, done: int) -> None:
    """Wait until a sentence is in the file and the next one is shown."""
    wait_for(f"{done} to be saved", lambda: len(whole(file)) == done)
    wait_for("the next one", lambda: ask(SHOWN) != f"Sentence {done} of {SIZE}")


def press(driver: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(driver).send_keys(*keys).perform()


def with_shift(driver: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains, Keys

    ActionChains(driver).key_down(Keys.SHIFT).send_keys(*keys).key_up(Keys.SHIFT).perform()


def test_ten_sentences_are_judged_by_keys(server: str, chromium: Any, workspace: Path) -> None:
    from selenium.webdriver import Keys

    corpus = workspace / "judged"
    shutil.copytree(ROOT / "examples" / "corpus", corpus)
    file = corpus / "judgements.csv"
    file.unlink(missing_ok=True)
    (corpus / "hostile.txt").write_text(
        "<img src=x onerror=hacked=1> “<b>We stay</b>,” Ann Lee said.", encoding="utf-8"
    )
    ask = chromium.execute_script
    chromium.get_log("performance")
    opened(chromium, server, corpus, "judging.ipynb")
    cells = ask("return document.querySelectorAll('.jp-Cell').length")
    assert ask(SHOWN) == f"Sentence 1 of {SIZE}"
    panel = chromium.find_element("css selector", ".judging")
    assert panel.accessible_name == "Judge sentences"
    ask("document.querySelector('.judging').focus()")
    outline = ask("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus is seen"

    # Words that were missed, with a speaker from the list.
    press(chromium, Keys.ARROW_RIGHT)
    with_shift(chromium, Keys.ARROW_RIGHT)
    selected = ask("return [...document.querySelectorAll('.judging .selected')].map(e => e.textContent).join('')")
    press(chromium, "m")
    assert ask("return document.activeElement.tagName") == "INPUT"
    names = ask("return [...document.querySelectorAll('.judging datalist option')].map(e => e.value)")
    assert "Tomas Abelard" in names
    press(chromium, "Tomas Abelard", Keys.ENTER)
    screenshot(chromium, "judging")
    press(chromium, Keys.ENTER)
    saved_and_next(ask, file, 1)
    missed = next(it for it in kept(file) if it.judged == "missed")
    assert (missed.exact, missed.right_speaker) == (selected, "Tomas Abelard")
    assert whole(file)[0].verdict == "wrong"

    # Skipped, gone back to, and judged after all.
    press(chromium, "s")
    wait_for("the second to be skipped", lambda: [it.verdict for it in whole(file)].count("skipped") == 1)
    wait_for("the third", lambda: ask(SHOWN) == f"Sentence 3 of {SIZE}")
    press(chromium, "b")
    wait_for("the second again", lambda: ask(SHOWN) == f"Sentence 2 of {SIZE}")
    for done in range(2, SIZE + 1):
        assert ask(SHOWN) == f"Sentence {done} of {SIZE}"
        for _ in range(max(1, ask(FOUND))):
            assert ask(QUESTION)
            press(chromium, "r")
        saved_and_next(ask, file, done)
    assert ask(QUESTION).startswith(f"All {SIZE} sentences are judged.")
    assert [it.verdict for it in whole(file)].count("right") == SIZE - 1
    assert {it.coder for it in kept(file)} == {"Ann"}
    assert ask("return document.querySelectorAll('.jp-Cell').length") == cells, "no key was a command of the notebook"
    assert errors(ask) == []
    assert asked_elsewhere(chromium, server) == []


def test_a_key_pressed_while_an_answer_is_saved_judges_no_sentence_that_was_not_shown(
    server: str, chromium: Any, workspace: Path
) -> None:
    corpus = workspace / "hasty"
    corpus.mkdir()
    (corpus / "a.txt").write_text("".join(f"It rained on day {n}. " for n in range(2, 14)), encoding="utf-8")
    file = corpus / "judgements.csv"
    ask = chromium.execute_script
    opened(chromium, server, corpus, "hasty.ipynb")
    focus(chromium)
    press(chromium, "s", "s", "s")
    wait_for("the second", lambda: ask(SHOWN) == f"Sentence 2 of {SIZE}")
    said = "You pressed S before this sentence was shown, so it does not count."
    wait_for("the panel to say so", lambda: ask(STATUS).startswith(said))
    screenshot(chromium, "judging-hasty")
    time.sleep(0.5)
    assert len(whole(file)) == 1, "nobody has read the second and the third"
    press(chromium, "s")
    wait_for("the third", lambda: ask(SHOWN) == f"Sentence 3 of {SIZE}")
    assert ask(STATUS) == ""
    # Going back judges nothing, so it is done once the answer is saved; the key is lost for nobody.
    press(chromium, "s", "b", "b")
    wait_for("the second, by two steps back", lambda: ask(SHOWN) == f"Sentence 2 of {SIZE}")
    assert len(whole(file)) == 3
    # A key that is held down judges one sentence at most.
    ask(
        "const panel = document.querySelector('.judging');"
        "for (const repeat of [false, true, true]) panel.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 's', bubbles: true, repeat}));"
    )
    wait_for("the fourth", lambda: ask(SHOWN) == f"Sentence 4 of {SIZE}")
    ask("document.querySelector('.judging').dispatchEvent(new KeyboardEvent('keydown', {key: 's', repeat: true}))")
    time.sleep(0.5)
    assert ask(SHOWN) == f"Sentence 4 of {SIZE}"
    assert (len(whole(file)), ask("return document.querySelector('.judging').ariaBusy")) == (3, None)


def test_a_session_goes_on_where_it_stopped_and_texts_are_no_html(server: str, chromium: Any, workspace: Path) -> None:
    corpus = workspace / "hostile"
    corpus.mkdir()
    (corpus / "a.txt").write_text(
        "“<img src=x onerror=hacked=1>We stay,” Ann <b>Lee</b> said. Nobody clapped. It rained all day.",
        encoding="utf-8",
    )
    file = corpus / "judgements.csv"
    ask = chromium.execute_script
    opened(chromium, server, corpus, "first.ipynb")
    ask("document.querySelector('.judging').focus()")
    press(chromium, "s")
    wait_for("one to be saved", lambda: len(whole(file)) == 1)
    opened(chromium, server, corpus, "second.ipynb")
    wait_for("the second", lambda: ask(SHOWN).startswith("Sentence 2 of"))
    time.sleep(0.5)
    assert "<img src=x onerror=hacked=1>" in ask("return document.querySelector('.judging .text').textContent")
    assert ask("return document.querySelectorAll('.judging :is(img, .text b)').length") == 0
    assert ask("return typeof window.hacked") == "undefined"


def test_a_figure_that_was_missed_is_marked_by_keys(server: str, chromium: Any, workspace: Path) -> None:
    from selenium.webdriver import Keys

    corpus = workspace / "figures"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Half the town came to the pier. It rained all day.", encoding="utf-8")
    file = corpus / "judgements.csv"
    opened(chromium, server, corpus, "figures.ipynb")
    focus(chromium)
    while chromium.execute_script("return document.querySelector('.judging .inside').textContent") != "Half":
        press(chromium, "s")
        wait_for("the next", lambda: len(whole(file)) > 0)
        time.sleep(0.5)
    press(chromium, Keys.ARROW_RIGHT)
    with_shift(chromium, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    press(chromium, "f")
    label = chromium.execute_script("return document.activeElement.closest('label').textContent")
    assert label == "The value, unit and period (25000000000 USD 2022)"
    press(chromium, "half", Keys.ENTER, Keys.ENTER)
    said = "The value of the missed figure is 'half', which is no number in digits."
    wait_for("the refusal", lambda: chromium.execute_script(STATUS).startswith(said))
    screenshot(chromium, "judging-figure")
    press(chromium, "u")
    press(chromium, Keys.ARROW_RIGHT)
    with_shift(chromium, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    press(chromium, "f")
    press(chromium, "50 %", Keys.ENTER, Keys.ENTER)
    wait_for("the figure to be saved", lambda: any(it.judged == "missed figure" for it in kept(file)))
    [row] = [it for it in kept(file) if it.judged == "missed figure"]
    assert (row.exact, row.right_value) == ("Half the town", "50 %")


def test_a_killed_kernel_loses_nothing_and_is_said(server: str, chromium: Any, workspace: Path) -> None:
    corpus = workspace / "killed"
    shutil.copytree(ROOT / "examples" / "corpus", corpus)
    file = corpus / "judgements.csv"
    file.unlink(missing_ok=True)
    ask = chromium.execute_script
    opened(chromium, server, corpus, "killed.ipynb")
    focus(chromium)
    judge_one(chromium, file, 1)
    judge_one(chromium, file, 2)
    before = file.read_bytes()
    kill_kernels(server)
    dialog = "return document.querySelector('.jp-Dialog')?.textContent ?? ''"
    wait_for("JupyterLab to say it", lambda: "died" in ask(dialog))
    screenshot(chromium, "judging-died")
    press(chromium, "\ue007")
    wait_for("the message to be closed", lambda: not ask(dialog))
    focus(chromium)
    press(chromium, "\ue007")
    wait_for("the panel to say so", lambda: ask(STATUS).startswith("The notebook does not answer"), seconds=30)
    screenshot(chromium, "judging-killed")
    assert file.read_bytes() == before
    opened(chromium, server, corpus, "killed.ipynb")
    assert ask(SHOWN) == f"Sentence 3 of {SIZE}"
    focus(chromium)
    judge_one(chromium, file, 3)


def test_a_closed_browser_loses_nothing(server: str, chromium: Any, workspace: Path) -> None:
    corpus = workspace / "killed"
    file = corpus / "judgements.csv"
    before = len(whole(file))
    assert before == 3
    chromium.switch_to.new_window("tab")
    chromium.close()
    chromium.switch_to.window(chromium.window_handles[0])
    chromium.get("about:blank")
    opened(chromium, server, corpus, "closed.ipynb")
    assert chromium.execute_script(SHOWN) == f"Sentence 4 of {SIZE}"


def test_two_tabs_at_once_and_another_program_lose_nothing(server: str, chromium: Any, workspace: Path) -> None:
    corpus = workspace / "killed"
    file = corpus / "judgements.csv"
    ask = chromium.execute_script
    opened(chromium, server, corpus, "one.ipynb")
    first = chromium.current_window_handle
    chromium.switch_to.new_window("tab")
    opened(chromium, server, corpus, "two.ipynb")
    assert ask(SHOWN) == f"Sentence 4 of {SIZE}"
    focus(chromium)
    judge_one(chromium, file, 4)
    second = chromium.current_window_handle
    chromium.switch_to.window(first)
    focus(chromium)
    press(chromium, "\ue007")
    said = "This sentence was judged elsewhere meanwhile, and that answer is shown."
    wait_for("the panel to say so", lambda: ask(STATUS).startswith(said))
    screenshot(chromium, "judging-two-tabs")
    press(chromium, "\ue007")
    wait_for("the next", lambda: ask(SHOWN) == f"Sentence 5 of {SIZE}")
    judge_one(chromium, file, 5)

    # Made read-only, and writable again.
    before = file.read_bytes()
    file.chmod(0o444)
    press(chromium, "\ue007")
    wait_for(
        "the panel to say so", lambda: ask(STATUS).startswith("judgements.csv is read-only, so nothing was saved.")
    )
    screenshot(chromium, "judging-read-only")
    assert file.read_bytes() == before
    file.chmod(0o644)

    # A row is damaged, and another program adds a column.
    text = file.read_text("utf-8").replace('"right"', '"rihgt"', 1)
    file.write_text(text, "utf-8")
    press(chromium, "\ue007")
    wait_for("the panel to say so", lambda: ask(STATUS).startswith("judgements.csv, line 2: "))
    screenshot(chromium, "judging-damaged")
    assert '"rihgt"' in file.read_text("utf-8")
    chromium.switch_to.window(second)
    chromium.close()
    chromium.switch_to.window(first)
