"""A run on three invented documents about a harbour, and what checking says of a sentence that cites it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from research.analysis.evidence import Passage
from research.analysis.findings import Finding
from research.analysis.statistics.uncertainty import Interval
from research.outputs.checking.cited import Runs
from research.outputs.checking.judging import judge
from research.outputs.checking.readers.markdown import read_markdown
from research.outputs.folder.manifest import environment, seal
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import sha256_of

TEXTS = {
    "budget.txt": (
        "Mayor Ada Okell told the council that the port earned 25 million euros in 2021. “The harbour will not close,” "
        "Okell said. “It is the oldest port of this coast, and it pays for 4 schools.” Treasurer Ben Maddox called the "
        "figure brave."
    ),
    "strike.txt": (
        "“We never asked for more money,” said union leader Cleo Varga. “We asked for safe cranes, dry sheds and a "
        "doctor on the quay.” Maddox replied that the city's insurer has paid 1.2 million euros for repairs."
    ),
    "letter.txt": "A reader wrote that the ferry is late on 3 days of 5. The mayor's office gave no answer.",
}
SAID = [
    ("budget.txt", "The harbour will not close"),
    ("budget.txt", "It is the oldest port of this coast, and it pays for 4 schools."),
    ("strike.txt", "We never asked for more money"),
    ("strike.txt", "We asked for safe cranes, dry sheds and a doctor on the quay."),
]
DATES = {"budget.txt": "2022-02-14", "strike.txt": "2022-03-01", "letter.txt": "2022-06-30"}


def passage(document: str, words: str, folder: Path) -> Passage:
    """The passage of a document that has these words."""
    text = TEXTS[document]
    start = text.index(words)
    end = start + len(words)
    before, after = text[max(0, start - 32) : start], text[end : end + 32]
    return Passage("counted", document[:-4], sha256_of(folder / document), start, end, words, before, after)


def made(key: str, statement: str, *value: Any, **more: Any) -> Finding:
    """A finding on four passages in three documents, unless more is said."""
    more = {"n": 4, "n_documents": 3, "method": "Counted by hand.", "status": "descriptive", **more}
    return Finding(key, statement, *value, **more)


def findings_of(folder: Path) -> list[Finding]:
    """The findings of the run."""
    return [*claims(folder), *statements(folder), *NAMED, *OTHERS]


def claims(folder: Path) -> list[Finding]:
    """What single figures say."""
    return [
        made(
            "claims.value.ada_okell.earnings_of_the_port.2021",
            "Ada Okell puts the earnings of the port at 25 million euros in 2021.",
            *("25 million euros", "25 million euros", None, "value"),
            n=1,
            n_documents=1,
            parameters={"speaker": "Ada Okell"},
            evidence=(passage("budget.txt", "25 million euros", folder),),
        ),
        made(
            "claims.value.ben_maddox.repairs",
            "Ben Maddox puts the repairs at 1.2 million euros.",
            *("1.2 million euros", "1.2 million euros", None, "value"),
            n=1,
            n_documents=1,
            parameters={"speaker": "Ben Maddox"},
            evidence=(passage("strike.txt", "1.2 million euros", folder),),
        ),
    ]


def statements(folder: Path) -> list[Finding]:
    """Who is quoted."""
    said = [passage(*it, folder) for it in SAID]
    return [
        made(
            "statements.words.ada_okell",
            "Ada Okell accounts for 37% of all attributed words (1,482 of 4,012, 95% CI 31% to 44%), more than any "
            "other speaker.",
            *(0.369392, "37%", "words", "share"),
            n=96,
            n_documents=12,
            parameters={"speaker": "Ada Okell"},
            interval=Interval(0.31, 0.44, 0.95),
            evidence=tuple(said[:2]),
        ),
        made(
            "statements.words.cleo_varga",
            "Cleo Varga accounts for 22% of all attributed words (883 of 4,012, 95% CI 15% to 29%).",
            *(0.22009, "22%", "words", "share"),
            n=96,
            n_documents=12,
            parameters={"speaker": "Cleo Varga"},
            interval=Interval(0.15, 0.29, 0.95),
            evidence=tuple(said[2:]),
        ),
        made(
            "statements.direct",
            "Two in three attributed statements (64 of 96, 67%) are direct quotations.",
            *(0.666667, "67%", "passages", "share"),
            n=96,
            n_documents=12,
            evidence=tuple(said),
        ),
        made(
            "statements.attributions",
            "The corpus holds 96 attributed statements in 12 documents.",
            *(96, "96", "passages", "count"),
            n=96,
            n_documents=12,
            evidence=tuple(said),
        ),
    ]


NAMED = [
    made(
        "actors.mentions.spain",
        ("Spain is named 41 times in 9 documents, more than any other country."),
        41,
        "41",
        "mentions",
        "count",
        n=41,
        n_documents=9,
    ),
    made(
        "actors.mentions.peru",
        "Peru is named 17 times in 6 documents.",
        17,
        "17",
        "mentions",
        "count",
        n=17,
        n_documents=6,
    ),
    made(
        "language.count.harbour",
        "“harbour” occurs 58 times in 11 documents.",
        *(58, "58", "passages", "count"),
        n=58,
        n_documents=11,
        parameters={"term": "harbour"},
    ),
    made(
        "language.count.ferry",
        "“ferry” occurs 33 times in 8 documents.",
        *(33, "33", "passages", "count"),
        n=33,
        n_documents=8,
        parameters={"term": "ferry"},
    ),
    made(
        "language.rate.ferry",
        "“ferry” occurs 4.21 times per 1,000 words (95% CI 3.30 to 5.12).",
        *(4.2103, "4.21", "passages per 1,000 words", "rate"),
        n=33,
        n_documents=8,
        parameters={"term": "ferry"},
        interval=Interval(3.3, 5.12, 0.95),
    ),
]
OTHERS = [
    made(
        "language.words_per_sentence",
        "The average sentence has 18.4 words.",
        18.4211,
        "18.4",
        "words per sentence",
        "statistic",
        n=12,
        n_documents=12,
    ),
    made(
        "language.trend.ferry",
        "Mentions of the ferry fell by 12% from March to June.",
        *(-0.12, "-12%", "mentions", "share"),
    ),
    made(
        "statements.interval",
        "No interval is computed, because there are fewer than 10 documents.",
        *(None, "", None, "share"),
        status="not computable",
    ),
    made("corpus.words", "The corpus holds 7,838 words.", 7838, "7,838", "words", "statistic", n=12, n_documents=12),
    made(
        "corpus.documents",
        "The corpus holds 12 documents; 1 file was rejected.",
        12,
        "12",
        "documents",
        "documents",
        n=12,
        n_documents=12,
    ),
    made(
        "corpus.earliest",
        "The earliest document is dated 14 February 2022.",
        "2022-02-14",
        "14 February 2022",
        None,
        "value",
        n=1,
        n_documents=1,
    ),
    made(
        "corpus.latest",
        "The latest document is dated 30 June 2022.",
        "2022-06-30",
        "30 June 2022",
        None,
        "value",
        n=1,
        n_documents=1,
    ),
    made(
        "language.association.ferry",
        "Documents that mention the ferry are longer (correlation 0.42), against a baseline of 12%.",
        *(0.42, "0.42", None, "statistic"),
        n=12,
        n_documents=12,
        method="Spearman's rank correlation; sentences with a confidence below 0.5 are left out.",
    ),
    made(
        "language.keyness",
        "What sets the corpus apart from the port news of 2016 is above all “crane” and “ferry”.",
        "“crane” and “ferry”",
        "“crane” and “ferry”",
        "terms",
        "statistic",
        n=12,
        n_documents=12,
    ),
]


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents in ``harbour`` and the run in ``outputs/harbour``."""
    room = tmp_path_factory.mktemp("room")
    source = room / "harbour"
    source.mkdir()
    for name, text in TEXTS.items():
        (source / name).write_text(text, encoding="utf-8")
    folder = RunFolder(room / "outputs" / "harbour")
    folder.write_findings(findings_of(source))
    documents = [
        {
            "id": name[:-4],
            "date": DATES[name],
            "path": name,
            "sha256": sha256_of(source / name),
            "title": None,
            "outlet": None,
        }
        for name in sorted(TEXTS)
    ]
    said = {
        "format": "on-the-record run folder 1",
        "name": "harbour",
        "source": {"name": "harbour", "citation": {}, "documents": documents, "rejected": 0},
        "report": {},
        "notebooks": {"corpus": {}},
        "failed": [],
        "environment": environment(),
    }
    seal(folder, said)
    return room


@pytest.fixture
def room(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the run, in which the commands of a test are called."""
    monkeypatch.chdir(harbour)
    return harbour


Found = Sequence[tuple[str, str, str]]


Say = Callable[..., Found]


def saying(run: Path) -> Say:
    """What tells the severity, kind and message of every problem in a text in Markdown; ``{words}`` is a citation."""
    runs = Runs([str(run)])

    def said(text: str, *, strict: bool = False) -> Found:
        report = read_markdown("report.md", with_keys(text))
        told = {str(run.folder.path) for run in runs.all()}
        its = judge(report, runs, strict=strict, told=told)
        return [(it.severity, it.kind, it.message) for judged in its for it in judged.problems]

    return said


@pytest.fixture
def say(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Says what is found where the documents are at hand."""
    monkeypatch.chdir(harbour)
    return saying(harbour / "outputs" / "harbour")


@pytest.fixture
def elsewhere(harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Says what is found where there are no documents."""
    monkeypatch.chdir(tmp_path)
    return saying(harbour / "outputs" / "harbour")


KEYS = {
    "earnings": "claims.value.ada+okell.earnings+of+the+port.2021",
    "repairs": "claims.value.ben+maddox.repairs",
    "okell": "statements.words.ada+okell",
    "varga": "statements.words.cleo+varga",
    "direct": "statements.direct",
    "said": "statements.attributions",
    "spain": "actors.mentions.spain",
    "peru": "actors.mentions.peru",
    "harbour": "language.count.harbour",
    "ferry": "language.count.ferry",
    "rate": "language.rate.ferry",
    "sentence": "language.words+per+sentence",
    "trend": "language.trend.ferry",
    "interval": "statements.interval",
    "words": "corpus.words",
    "documents": "corpus.documents",
    "earliest": "corpus.earliest",
    "latest": "corpus.latest",
    "association": "language.association.ferry",
    "keyness": "language.keyness",
}


def with_keys(text: str, form: str = "[@otr.harbour.{}]") -> str:
    """A text with ``{words}`` and the like replaced by citations."""
    for name, key in KEYS.items():
        text = text.replace(f"{{{name}}}", form.format(key))
    return text
