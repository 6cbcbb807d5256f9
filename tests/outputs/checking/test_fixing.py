"""``--fix`` in LaTeX and Markdown: the number within a macro is written anew, and nothing else is touched."""

from pathlib import Path

import pytest

from research.outputs.check import check
from tests.outputs.checking.conftest import with_keys

BEFORE_AND_AFTER = [
    (r"A \num{7383} words {words}.", r"A \num{7838} words {words}."),
    (r"B \qty{38}{\percent} are hers {okell}.", r"B \qty{37}{\percent} are hers {okell}."),
    (r"C \SI{7383}{words} {words}.", r"C \SI{7838}{words} {words}."),
    (r"D $38\%$ of the words are hers {okell}.", r"D $37\%$ of the words are hers {okell}."),
    (r"E $7{,}383$ words {words}.", r"E $7{,}838$ words {words}."),
    (r"F 7\,383~words {words}, 38\,\% {okell}.", r"F 7\,838~words {words}, 37\,\% {okell}."),
    (r"G ``it has 7,383 words'' of 7,383 words {words}.", r"G ``it has 7,383 words'' of 7,838 words {words}."),
    (r"H \enquote{it pays for 5 schools} {okell}.", r"H \enquote{it pays for 5 schools} {okell}."),
    (r"I \textbf{7,383} words {words}. % 7,383", r"I \textbf{7,838} words {words}. % 7,383"),
    (r"J \num{7838} words {words} \verb|7,383 words|.", r"J \num{7838} words {words} \verb|7,383 words|."),
]


@pytest.mark.parametrize(("before", "after"), BEFORE_AND_AFTER, ids=[it[0][0] for it in BEFORE_AND_AFTER])
def test_a_number_in_latex_is_written_anew(room: Path, tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "report.tex"
    its = [
        with_keys(f"\\begin{{document}}\r\n{it}\r\n\\end{{document}}\n", r"\cite{{otr.harbour.{}}}")
        for it in (before, after)
    ]
    path.write_bytes(its[0].encode())
    shown: list[str] = []
    check([str(path)], [str(room / "outputs" / "harbour")], fix=True, show=shown.extend)
    assert path.read_bytes() == its[1].encode()
    assert bool(shown) == (before != after)


def test_what_was_fixed_has_no_error_any_more_and_is_not_changed_again(room: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.tex"
    path.write_text(
        with_keys("\n\n".join(it[0] for it in BEFORE_AND_AFTER), r"\cite{{otr.harbour.{}}}"), encoding="utf-8"
    )
    runs = [str(room / "outputs" / "harbour")]
    first = check([str(path)], runs, fix=True).reports[0]
    text = path.read_bytes()
    second = check([str(path)], runs, fix=True).reports[0]
    assert first.fixes == 9
    assert (second.fixes, path.read_bytes()) == (0, text)
    assert [it.kind for it in second.messages if it.severity == "error"] == ["quotation"]


def test_markdown_keeps_code_links_and_the_end_without_a_line_break(room: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    text = with_keys(
        "*It* has [**7,383**](a_7,383.html) words {words}. `7,383 words`\n\n~~~\n7,383 words {words}\n~~~\n\nEnd"
    )
    path.write_text(text, encoding="utf-8")
    check([str(path)], [str(room / "outputs" / "harbour")], fix=True)
    assert path.read_text(encoding="utf-8") == text.replace("**7,383**", "**7,838**")
