"""Judging in JupyterLab: one sentence at a time, by keys, saved after each into ``judgements.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from research.analysis.accuracy.names import names
from research.analysis.judging.items import items
from research.loading.judgements import NAME
from research.nlp.annotate import Annotations
from research.outputs.judging.session import Session
from research.outputs.showing import display

_HERE = Path(__file__).parent


class Panel(anywidget.AnyWidget):
    """The panel that shows a session and sends it what is answered.

    ``shown`` is what ``Session.shown`` returns, with the number of the ``turn``: the page waits for the next one before
    it sends another answer. Answers arrive as messages; see ``Session.take``.
    """

    _esm = _HERE / "widget.js"
    _css = _HERE / "widget.css"
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, session: Session) -> None:
        super().__init__(shown={**session.shown(), "turn": 0})
        self._session = session
        self.on_msg(self._received)

    def _received(self, _: Any, content: Mapping[str, Any], __: Any) -> None:
        self.shown = {**self._session.take(content), "turn": self.shown["turn"] + 1}


def judge(
    annotations: Annotations,
    *,
    wanted: bool = True,
    size: int = 100,
    seed: int = 1,
    coder: str = "",
) -> None:
    """Show the sentences of a sample of the documents, one after another, to be judged by keys.

    The sample has ``size`` sentences; see ``analysis.judging.items``. Each answer is saved at once into
    ``judgements.csv`` beside the documents, or into the file that the study was opened with. A session goes on where
    the same ``coder`` stopped. Where there is no JupyterLab to show it in, or it is not ``wanted``, one line says so
    and nothing is read.

    One line says so as well where the documents are in no folder and no file is named. Raises ``SourceError`` where
    the file is no table of judgements.
    """
    if not wanted:
        nobody = "" if annotations.corpus.judgements.entries else "Nobody has judged sentences of these documents yet. "
        _tell(f"{nobody}Set judge = True in JupyterLab and run the notebook again to judge sentences here.")
        return
    if not _somebody_is_there():
        _tell("Sentences are judged in JupyterLab, which is not running this notebook.")
        return
    path = annotations.corpus.judgements_in
    if path is None:
        _tell(
            f"These documents are in a single file, so {NAME} has no place beside them. Set judgements to the name of "
            f'a file to write, such as judgements = "{annotations.corpus.name}-{NAME}", and run the notebook again.'
        )
        return
    drawn = items(annotations, size, seed)
    session = Session(
        drawn,
        path,
        coder=coder,
        names=names(annotations, {it.doc_id for it in drawn}),
        more=len(drawn) == size,
    )
    from IPython.display import display as show

    show(Panel(session))  # type: ignore[no-untyped-call]


def _tell(text: str) -> None:
    display.show(display.note(text))


def _somebody_is_there() -> bool:
    """Whether a person runs this cell: JupyterLab says that it can ask for input, papermill and nbval that they cannot.

    A panel in a notebook that nobody looks at would be dead, and its random name another one in each run.
    """
    from IPython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return False
    request = kernel.get_parent("shell")
    return bool(request.get("content", {}).get("allow_stdin"))
