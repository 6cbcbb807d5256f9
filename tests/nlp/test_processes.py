"""Worker processes end with the process that started them, however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from research.nlp.processes import MOST_KILLED, Killed, in_order

AT_WORK = """
import os, sys, time
from functools import partial
from pathlib import Path
from research.nlp.processes import MOST_KILLED, Killed, in_order
from tests.nlp.test_processes import tell
if __name__ == "__main__":
    list(in_order([(n, partial(tell, Path(sys.argv[1]))) for n in range(32)], 2, 32))
"""


def tell(room: Path) -> None:
    """Leave the number of this process, and take a long time over a piece of work."""
    (room / str(os.getpid())).touch()
    time.sleep(0.2 if room.name == "short" else 300)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def comes(true: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not true():
        time.sleep(0.05)
    return true()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_the_process_that_started_them(how: signal.Signals, tmp_path: Path, root: Path) -> None:
    script = tmp_path / "at_work.py"
    script.write_text(AT_WORK, encoding="utf-8")
    (tmp_path / "workers").mkdir()
    parent = subprocess.Popen(
        [sys.executable, script, tmp_path / "workers"],
        env=os.environ | {"PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"},
        start_new_session=True,
    )
    try:
        assert comes(lambda: len(list((tmp_path / "workers").iterdir())) == 2)
        workers = [int(path.name) for path in (tmp_path / "workers").iterdir()]
        assert all(map(is_alive, workers))
        parent.send_signal(how)
        parent.wait(timeout=30)
        assert comes(lambda: not any(map(is_alive, workers)), 10)
    finally:
        os.killpg(parent.pid, signal.SIGKILL)


def test_results_come_in_order_from_several_processes() -> None:
    calls = [(number, partial(divmod, number, 7)) for number in range(20)]
    assert list(in_order(calls, 2, len(calls))) == [(number, divmod(number, 7)) for number in range(20)]


def end_or_double(number: int, ended: Path) -> int:
    """Double a number; 5 ends the process."""
    if number == 5:
        with ended.open("a", encoding="utf-8") as file:
            file.write("x")
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def test_what_ends_every_process_is_given_up_and_the_others_are_done(tmp_path: Path) -> None:
    calls = [(number, partial(end_or_double, number, tmp_path / "ended")) for number in range(24)]
    expected = [(number, Killed() if number == 5 else 2 * number) for number in range(24)]
    assert list(in_order(calls, 2, len(calls))) == expected
    assert len((tmp_path / "ended").read_text(encoding="utf-8")) == MOST_KILLED + 1, "once among others, then alone"
