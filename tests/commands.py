"""The command ``research`` called in this process, which takes a hundredth of the time of a new one."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from subprocess import CompletedProcess
from unittest.mock import patch

from research import cli


def research(*words: object) -> CompletedProcess[str]:
    """Call ``research`` with these words; return its exit code and what it printed."""
    written = [io.BytesIO(), io.BytesIO()]
    out, err = (io.TextIOWrapper(stream, encoding="utf-8", write_through=True) for stream in written)
    command = ["research", *map(str, words)]
    code = 0
    with patch.object(sys, "argv", command), redirect_stdout(out), redirect_stderr(err):
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
    printed, said = (stream.getvalue().decode("utf-8") for stream in written)
    return CompletedProcess(command, code, printed, said)
