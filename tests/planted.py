"""Documents in which everything that a page could be made to run is planted: in texts, titles, names and reasons."""

from __future__ import annotations

import json
from pathlib import Path

from research.analysis import corpus, language
from research.loading import Corpus
from research.outputs.folder.manifest import seal
from research.outputs.folder.run_folder import RunFolder
from research.outputs.pages import write_report
from research.outputs.study import open_study

MARK = "planted"
"""What each of them would set in the window of the page, could it run."""

TRICKS = [
    f"<script>window.{MARK} = 'script'</script>",
    f"</mark></p></article></main><script>window.{MARK} = 'closed'</script>",
    f"</title></style></details><script>window.{MARK} = 'ended'</script>",
    f"<img src=x onerror=\"window.{MARK} = 'error'\">",
    f'" onfocus="window.{MARK} = \'focus\'" autofocus tabindex="0" x="',
    f"' onmouseover='window.{MARK} = 1' x='",
    f"javascript:window.{MARK}='address'",
    f"[a link](javascript:window.{MARK}='link')",
    f'<a href="javascript:window.{MARK}=\'a\'" id="findings">Findings</a>',
    f'<svg onload="window.{MARK} = \'svg\'"><animate onbegin="window.{MARK} = 1" attributeName=x></svg>',
    f"<svg><foreignObject><iframe srcdoc=\"<script>parent.{MARK} = 'frame'</script>\"></iframe></foreignObject></svg>",
    "<style>body { background: url(http://planted.invalid/style) } * { display: none !important }</style>",
    "<link rel=stylesheet href=http://planted.invalid/sheet><base href=http://planted.invalid/>",
    '<div style="position: fixed; inset: 0; background: url(http://planted.invalid/inline)">',
    f"<meta http-equiv=refresh content=\"0; url=javascript:window.{MARK}='refresh'\">",
    "<form action=http://planted.invalid/form><button autofocus>Send</button></form>",
    f"{{{{ 7 * 7 }}}} {{% raw %}} ${{window.{MARK} = 1}} &lt;script&gt; &#60;script&#62;",
    f"<!--<script>--> --!> <![CDATA[<script>window.{MARK} = 'cdata'</script>]]>",
    "a bell \x07, an escape \x1b[31m, backwards \u202eexe.cod\u202c",
]


def plant(folder: Path) -> Path:
    """Write the documents into a folder: a table with hostile titles, a text, a file that is none."""
    folder.mkdir(parents=True)
    rows = [
        {
            "text": f"The council met. {trick} said the council, and the harbour stays open.\n\nאמר הנמל {trick}",
            "title": trick,
            "source": trick,
            "date": f"2031-03-{number + 1:02d}",
        }
        for number, trick in enumerate(TRICKS)
    ]
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    (folder / "rows.jsonl").write_text(lines, encoding="utf-8")
    name = f"<img src=x onerror=window.{MARK}='name'>"
    (folder / f"{name}.txt").write_text("The harbour is closed. " + " ".join(TRICKS), encoding="utf-8")
    (folder / f"picture{name}.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    trick = json.dumps(TRICKS[0])
    settings = f'[citation]\nauthor = {trick}\ntitle = {trick}\nurl = "https://planted.invalid/{MARK}"\n'
    settings += f"[report]\nauthor = {trick}\n"
    (folder / "corpus.toml").write_text(settings, encoding="utf-8")
    return folder


def run_of(source: Path, path: Path) -> RunFolder:
    """A run folder of these documents, made without a kernel; its terms are hostile as well."""
    study = open_study("corpus", source, path)
    documents = corpus.documents(study.annotations)
    study.table("documents", documents, caption="Documents")
    study.table("copies", corpus.copies(documents), caption="Copies")
    study.figure("lengths", corpus.lengths(documents))
    for finding in corpus.findings(study.annotations):
        study.finding(finding)
    study.close()
    terms = ["harbour", "<script>", f"window.{MARK}"]
    study = open_study("language", source, path, terms=terms)
    readability = language.readability(study.annotations)
    concordance = language.concordance(study.annotations, terms)
    study.table("readability", readability, caption="Readability")
    study.table("keyness", language.keyness(study.annotations), caption="Keyness")
    study.table("concordance", concordance, caption="Concordance")
    study.figure("dispersion", language.where_terms_occur(concordance, terms, readability))
    for finding in language.findings(study.annotations, terms):
        study.finding(finding)
    study.close()
    return RunFolder(path)


def report_again(folder: RunFolder, source: Corpus) -> None:
    """Write the report of a run once more, and its manifest."""
    said = folder.manifest()
    write_report(folder, source, said)
    seal(folder, said)
