"""Findings that judged sentences do not correct are in one list, with the reason and what to do instead."""

from dataclasses import replace

import pytest

from research.analysis.evidence import Passage
from research.analysis.findings import Finding
from research.analysis.judging.corrected import UNCORRECTED, Change, Corrected, changed, remaining
from research.outputs import report
from research.outputs.citing.not_corrected import not_corrected
from research.outputs.showing import display

FINDING = Finding(
    key="statements.speakers",
    statement="3 speakers are named.",
    value=1,
    display="1",
    unit="speakers",
    measure="count",
    method="Counted.",
    status="descriptive",
    n=1,
    n_documents=1,
    evidence=(Passage("counted", "a", "f" * 64, 0, 3, "Ada", "", ""),),
)
OF_MODEL = replace(FINDING, corrected=Corrected(60, 600, reason=UNCORRECTED["speakers"]))
FEW = replace(FINDING, key="claims.figures", corrected=Corrected(60, 600, reason="a correction takes 12 more"))
DONE = replace(FINDING, key="claims.done", corrected=Corrected(60, 600, value=2, display="2"))


def test_reason_and_remedy_are_apart() -> None:
    speakers, few = remaining([FINDING, DONE, OF_MODEL, FEW])
    assert speakers.why == "a sample of sentences cannot show how many different speakers all of them name"
    assert speakers.instead == "cite the corrected number of statements with it"
    assert (few.keys, few.why) == (("claims.figures",), "a correction takes 12 more")
    assert few.instead.endswith("or judge more sentences")


def test_too_few_sentences_are_one_reason_whatever_their_number() -> None:
    few = ["only 3 judged sentences have what is counted, and a correction takes 42 more"]
    few += ["no judged sentence has what is counted, and a correction takes 405 more"]
    its = [replace(FINDING, key=str(at), corrected=Corrected(60, 600, reason=it)) for at, it in enumerate(few)]
    [together] = remaining(its)
    assert together.keys == ("0", "1")
    assert together.why.startswith("too few judged sentences")


@pytest.mark.parametrize("reason", UNCORRECTED.values())
def test_every_reason_says_what_to_do(reason: str) -> None:
    [its] = remaining([replace(FINDING, corrected=Corrected(60, 600, reason=reason))])
    assert its.why
    assert "cite" in its.instead


def test_markdown_has_a_row_for_each_reason() -> None:
    lines = list(not_corrected([DONE, OF_MODEL, FEW, replace(OF_MODEL, key="statements.others")]))
    assert lines[0] == "\n## Not corrected by judged sentences\n"
    assert [line.split(" | ")[0] for line in lines[3:]] == [
        "| `statements.speakers`, `statements.others`",
        "| `claims.figures`",
    ]
    assert {line.count("|") for line in lines[1:]} == {4}
    assert list(not_corrected([FINDING, DONE])) == []


def test_the_notebook_ends_with_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(display, "show", lambda bundle, *_: shown.append(bundle["text/plain"]))
    report.show([DONE, OF_MODEL])
    assert shown[-1].startswith("Findings that judged sentences do not correct")
    assert "cite the corrected number of statements with it" in shown[-1]
    shown.clear()
    report.show([FINDING])
    assert not any("do not correct" in it for it in shown)


MENDED = replace(
    FINDING, key="a.b", corrected=Corrected(30, 600, reason="it takes 20 more", model_display="2", put_right="1")
)


def test_what_judged_sentences_change_is_said_in_a_sentence_and_finding_by_finding() -> None:
    its = changed([FINDING, OF_MODEL, MENDED, replace(DONE, corrected=Corrected(60, 600, 2, "2", model_display="1"))])
    assert its is not None
    assert its.said == (
        "60 of 600 sentences are judged. Every finding counts them as judged, which changes the value of 1 finding; 1 "
        "finding has a corrected estimate."
    )
    assert its.rows == (Change("a.b", "2", "1", "", ""), Change("claims.done", "1", "1", "2", ""))
    assert changed([FINDING]) is None, "nothing was judged"


def test_the_overview_says_what_judged_sentences_change(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(display, "show", lambda bundle, *_: shown.append(bundle["text/plain"]))
    report.show_overview([FINDING, MENDED])
    assert "30 of 600 sentences are judged. Every finding counts them as judged" in shown[-2]
    assert shown[-1].startswith(report.CHANGED)
    assert "a.b" in shown[-1]
    shown.clear()
    report.show_overview([FINDING])
    assert not any("judged" in it for it in shown)
