"""What is put into a run folder comes out of it again, and what is not there is named with the nearest that is."""

import re
import sqlite3
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.typing import RcKeyType

from research.analysis.evidence import Passage, passage
from research.analysis.figures import Figure, new_plot, style
from research.analysis.findings import Computation, Finding
from research.analysis.statistics.uncertainty import Interval
from research.errors import ResearchError, RunError, UsageError
from research.loading import Rejected, Span, load
from research.outputs.folder.run_folder import RunFolder
from research.outputs.showing.rendering import png, svg


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path / "run")


def a_finding(key: str = "language.count.harbour", exact: str = "harbour", **fields: object) -> Finding:
    row = Passage("counted", "strike", "ab" * 32, 40, 40 + len(exact), exact, "The ", " reopened")
    its = {
        "key": key,
        "statement": f"“{exact}” stands in 1 place of 1 document.",
        "value": 1,
        "display": "1",
        "unit": "passages",
        "measure": "count",
        "method": "Every place is counted.",
        "status": "descriptive",
        "n": 1,
        "n_documents": 1,
        "parameters": {"term": exact},
        "evidence": (row,),
    }
    return Finding(**{**its, **fields})  # type: ignore[arg-type]


def a_figure(caption: str = "Length of each document.", alt: str = "Two bars.") -> Figure:
    with style():
        plot, axes = new_plot(height=2)
        axes.barh([0, 1], [3, 4])
    return Figure(plot, pd.DataFrame({"doc_id": ["a", "b"], "words": [3, 4]}), caption=caption, alt=alt)


# --- tables and figures ---


def test_a_table_comes_back_as_it_was(folder: RunFolder) -> None:
    table = pd.DataFrame({"term": ["oil", "-", "=SUM(A1)"], "count": [4, 2, 1], "rate": [1.5, 0.25, 3.0]})
    folder.write_table("language.terms", table)
    pd.testing.assert_frame_equal(folder.table("language.terms"), table)


def test_a_missing_table_is_named(folder: RunFolder) -> None:
    with pytest.raises(RunError, match=r"The table language\.terms is missing .* Run it again\."):
        folder.table("language.terms")


def test_a_damaged_table_is_named(folder: RunFolder) -> None:
    folder.write_table("language.terms", pd.DataFrame({"a": [1], "b": [2]}))
    (folder.path / "tables" / "language.terms.csv").write_text('"a","b"\n1\n', encoding="utf-8")
    with pytest.raises(RunError, match=r"language\.terms.* damaged"):
        folder.table("language.terms")


def test_a_figure_is_drawing_picture_data_and_words(folder: RunFolder) -> None:
    folder.write_figure("corpus.lengths", a_figure())
    at = folder.path / "figures"
    assert sorted(path.name for path in at.iterdir()) == [
        f"corpus.lengths.{kind}" for kind in ("csv", "png", "svg", "txt")
    ]
    assert (at / "corpus.lengths.csv").read_text() == '"doc_id","words"\n"a",3\n"b",4\n'
    assert (at / "corpus.lengths.txt").read_text() == "Length of each document.\n\nTwo bars.\n"
    drawing = ET.parse(at / "corpus.lengths.svg").getroot()  # noqa: S314  our own drawing
    texts = "".join(drawing.itertext())
    assert "Length of each document." in texts
    assert "Two bars." in texts


@pytest.mark.parametrize("draw", [png, svg])
def test_the_same_figure_gives_the_same_bytes_whatever_matplotlib_is_set_to(draw: Callable[[Figure], bytes]) -> None:
    first = draw(a_figure())
    unlike: dict[RcKeyType, Any] = {
        "font.size": 31,
        "savefig.dpi": 50,
        "lines.linewidth": 9,
        "svg.hashsalt": None,
        "axes.grid": False,
    }
    with mpl.rc_context(unlike):
        assert draw(a_figure()) == first


def test_pictures_carry_no_date_and_no_program() -> None:
    assert not re.search(rb"<dc:date>|20\d\d-\d\d-\d\dT|[Mm]atplotlib v", svg(a_figure()))
    assert chunks(png(a_figure())) <= {"IHDR", "IDAT", "IEND", "pHYs", "sBIT", "PLTE"}


def chunks(picture: bytes) -> set[str]:
    """The kinds of block in a PNG; texts and times are in blocks of their own."""
    at, kinds = 8, set()
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        kinds.add(picture[at + 4 : at + 8].decode())
        at += length + 12
    return kinds


@pytest.mark.parametrize(
    "text", ["</dc:title><script>alert(1)</script>", "a \x07 bell", "\x0b and \ufffe", "$x^2$ & $5"]
)
def test_a_drawing_stays_well_formed_whatever_its_texts_hold(text: str) -> None:
    drawing = ET.fromstring(svg(a_figure(caption=text, alt=text)))  # noqa: S314  our own drawing
    assert not [element for element in drawing.iter() if element.tag.endswith("script")]


def test_a_drawing_stays_well_formed_whatever_its_labels_hold() -> None:
    figure = a_figure()
    with style():
        figure.plot.axes[0].set_yticks([0, 1], ["a \x07 bell", "<b>&"])
    # A label is drawn as outlines; its words stand before them in a comment.
    drawing = ET.fromstring(svg(figure), ET.XMLParser(target=ET.TreeBuilder(insert_comments=True)))  # noqa: S314
    labels = {part[0].text: part for part in drawing.iter() if len(part) and cast(object, part[0].tag) is ET.Comment}
    for label, signs in ((" a \ufffd bell ", "abell"), (" &lt;b&gt;&amp; ", "<b>&")):
        assert len(labels[label].findall(".//{*}use")) >= len(signs), label


# --- findings and evidence ---

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@settings(deadline=None, database=None)
@given(exact=WORDS, value=st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS)
def test_a_finding_comes_back_as_it_was(exact: str, value: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "findings"
    finding = a_finding(
        exact=exact,
        value=value,
        interval=Interval(0.1, 0.25, 0.95),
        computation=Computation("sum", "language.readability", ("words",)),
    )
    RunFolder(path).write_findings([finding])
    (back,) = RunFolder(path).findings
    assert back == finding
    assert back.version == finding.version


def test_findings_are_in_the_order_of_the_notebooks_those_about_the_corpus_last(folder: RunFolder) -> None:
    folder.write_findings([a_finding("language.b"), a_finding("corpus.z"), a_finding("language.a")])
    assert [finding.key for finding in folder.findings] == ["language.b", "language.a", "corpus.z"]
    assert sorted(path.name for path in (folder.path / "evidence").iterdir()) == ["corpus.csv", "language.csv"]


def test_evidence_can_be_read_by_any_program(folder: RunFolder) -> None:
    folder.write_findings([a_finding(exact="=A1\r\n")])
    evidence = pd.read_csv(folder.path / "evidence" / "language.csv", lineterminator="\n")
    assert list(evidence) == ["key", "role", "doc_id", "sha256", "start", "end", "exact", "prefix", "suffix"]
    assert list(evidence.loc[0, ["start", "end", "exact"]]) == [40, 45, "'=A1\r\n"]


def test_a_folder_without_findings_has_none(folder: RunFolder) -> None:
    assert folder.findings == []


def test_an_unknown_key_is_refused_with_the_nearest(folder: RunFolder) -> None:
    folder.write_findings([a_finding("language.count.harbour"), a_finding("corpus.words")])
    with pytest.raises(
        UsageError, match=r"no finding 'language\.count\.harbor'\. Did you mean language\.count\.harbour\?"
    ):
        folder.finding("language.count.harbor")


def test_a_key_is_refused_where_there_is_none_near(folder: RunFolder) -> None:
    folder.write_findings([])
    with pytest.raises(UsageError, match=r"has no finding 'corpus\.words'\.$"):
        folder.finding("corpus.words")


def truncated(at: Path) -> None:
    at.write_text(at.read_text(encoding="utf-8")[:-20], encoding="utf-8")


def removed(at: Path) -> None:
    at.unlink()


def emptied(at: Path) -> None:
    at.write_bytes(b"")


def made_binary(at: Path) -> None:
    at.write_bytes(b"\xff\xfe\0")


def made_another_form(at: Path) -> None:
    at.write_text('{"a": [1, null]}' if at.suffix == ".json" else '"a","b"\n"1","2"\n', encoding="utf-8")


DAMAGES = [
    *(
        (file, damage)
        for file in ("findings.json", "evidence/language.csv")
        for damage in (truncated, emptied, made_binary, made_another_form)
    ),
    ("evidence/language.csv", removed),  # without findings.json there are no findings, which verify reports
]


@pytest.mark.parametrize(("file", "damage"), DAMAGES)
def test_findings_that_were_damaged_are_refused_in_a_sentence(
    folder: RunFolder, file: str, damage: Callable[[Path], None]
) -> None:
    folder.write_findings([a_finding()])
    damage(folder.path / file)
    with pytest.raises(RunError, match=r"The findings of .* cannot be read .* Run it again\."):
        list(folder.finding("language.count.harbour").evidence)


def test_rejected_files_are_listed_with_reason_and_remedy(folder: RunFolder) -> None:
    folder.write_rejected([Rejected("=photo.txt", "it is binary data", "Remove it.")])
    assert (folder.path / "rejected.csv").read_text() == (
        '"file","reason","remedy"\n"\'=photo.txt","it is binary data","Remove it."\n'
    )


# --- where a run folder is ---


def test_a_run_is_found_by_path_and_by_name(made: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert RunFolder.named(str(made.path)).path == made.path
    monkeypatch.chdir(made.path.parent.parent)
    assert RunFolder.named("dispatches").path.samefile(made.path)


def test_an_unknown_run_is_refused_with_the_way_to_make_it() -> None:
    with pytest.raises(UsageError, match=r"There is no run 'nowhere': .* research run SOURCE --name nowhere"):
        RunFolder.named("nowhere")


# --- evidence by document ---


def test_evidence_is_given_document_by_document_in_the_order_of_the_text(folder: RunFolder, dispatches: Path) -> None:
    corpus = load(dispatches)
    harbour, _, strike = corpus
    late, early = passage(harbour, Span(20, 24)), passage(harbour, Span(16, 19), "base")
    folder.write_findings(
        [
            a_finding("language.b", evidence=(passage(strike, Span(16, 20)), late, early)),
            a_finding("corpus.a", evidence=(late,)),
        ]
    )
    assert [(document.id, found) for document, found in folder.evidence_by_document(corpus)] == [
        ("harbour", [("language.b", early), ("corpus.a", late), ("language.b", late)]),
        ("letters/reply", []),
        ("strike", [("language.b", passage(strike, Span(16, 20)))]),
    ]


def test_evidence_of_a_document_that_is_not_there_is_said(folder: RunFolder, dispatches: Path) -> None:
    (document, *_) = load(dispatches)
    folder.write_findings([a_finding(evidence=(passage(document, Span(0, 4))._replace(doc_id="nowhere"),))])
    with pytest.raises(RunError, match="rest on documents that are not in the collection, such as 'nowhere'"):
        next(folder.evidence_by_document(load(dispatches)))


def test_evidence_that_does_not_fit_on_the_disk_to_be_sorted_is_said(
    folder: RunFolder, dispatches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = load(dispatches)
    rows = tuple(passage(document, Span(at, at + 9)) for document in corpus for at in range(60))
    folder.write_findings([a_finding(evidence=rows)])

    def small(*_: object, **options: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = connect("", **options)
        database.execute("pragma max_page_count = 5")  # of 4,096 bytes each
        return database

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", small)
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    said = rf"do not fit into the temporary files in {re.escape(str(tmp_path))} \(.*full\)\. Free some space there"
    with pytest.raises(ResearchError, match=said):
        list(folder.evidence_by_document(corpus))


def test_findings_are_read_without_their_evidence_until_it_is_asked_for(folder: RunFolder) -> None:
    folder.write_findings([a_finding()])
    evidence = folder.path / "evidence" / "language.csv"
    whole = evidence.read_text(encoding="utf-8")
    evidence.write_text("nothing to read\n\n", encoding="utf-8")
    (finding,) = RunFolder(folder.path).findings
    assert finding.version == a_finding().version
    evidence.write_text(whole, encoding="utf-8")
    assert finding.evidence == a_finding().evidence


@pytest.mark.parametrize(("before", "after"), [("harbour", "Harbour"), ('"counted"', '"base"'), ("reopened", "closed")])
def test_evidence_that_was_changed_is_noticed_when_it_has_been_read(folder: RunFolder, before: str, after: str) -> None:
    folder.write_findings([a_finding()])
    path = folder.path / "evidence" / "language.csv"
    rows, changed = path.read_text(encoding="utf-8"), path.read_text(encoding="utf-8").replace(before, after)
    assert changed != rows
    path.write_text(changed.replace("count.Harbour", "count.harbour"), encoding="utf-8")
    with pytest.raises(RunError, match=r"language\.count\.harbour was changed: its version does not match"):
        list(RunFolder(folder.path).finding("language.count.harbour").evidence)
