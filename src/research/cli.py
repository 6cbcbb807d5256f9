"""The command ``research``: parse the command line and make one call into the package."""

from __future__ import annotations

import errno
import json
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from research.errors import ResearchError
from research.outputs.citing.styles import STYLES

if TYPE_CHECKING:
    from research.nlp.cluster.client import Cluster
    from research.outputs.runs import Outcome, Stage


@click.group()
@click.version_option(package_name="on-the-record", message="%(package)s %(version)s")
def app() -> None:
    """Reproducible research on political news and official statements.

    Reads a folder of documents and writes figures, tables and citable findings. Every finding leads back to the exact
    characters of its documents.
    """


_run_argument = click.argument("run", metavar="RUN")
_format_option = click.option(
    "--format",
    "as_format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Text, or the same as a JSON list.",
)
_jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), help="Parallel processes; by default one for each processor."
)
_cluster_option = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Annotate on a Dask cluster: the address of its scheduler, or local:N for N worker processes here.",
)


@app.command("run")
@click.argument("source", default="seeds")
@click.option("--name", help="The name of the run folder; by default the name of SOURCE.")
@click.option("--outputs", default="outputs", help="The folder that holds the run folders; by default outputs.")
@click.option(
    "-p",
    "--parameter",
    "parameters",
    nargs=2,
    multiple=True,
    metavar="KEY VALUE",
    help="Set a parameter; can be repeated.",
)
@click.option(
    "--notebook",
    "notebooks",
    multiple=True,
    metavar="NB",
    help="Run only this notebook, such as 05_language; can be repeated.",
)
@_jobs_option
@_cluster_option
@click.option(
    "--web-annotations/--no-web-annotations",
    default=None,
    help="Write every passage as a W3C Web Annotation (annotations.jsonld.gz); on for a new run.",
)
@click.option("--force", is_flag=True, help="Replace an existing run, even one with other documents or parameters.")
def run_command(
    *,
    source: str,
    name: str | None,
    outputs: str,
    parameters: Sequence[tuple[str, str]],
    notebooks: Sequence[str],
    jobs: int | None,
    cluster: str | None,
    force: bool,
    web_annotations: bool | None,
) -> None:
    """Run the notebooks on a source and write outputs/NAME.

    SOURCE is a file, a folder or an archive of documents; by default the documents that come with this package.
    """
    from research.outputs.runs import run

    with _progress() as stage:
        outcome = run(
            source,
            name=name,
            outputs=outputs,
            parameters=dict(parameters),
            notebooks=notebooks,
            jobs=jobs,
            force=force,
            web_annotations=web_annotations,
            cluster=_cluster(cluster),
            stage=stage,
        )
    _print(_outcome_lines(outcome))
    if outcome.failures or outcome.result == "withheld":
        sys.exit(1)


@app.command()
@click.argument("source")
@click.option("-o", "--output", metavar="FILE", help="The file to write; by default standard output.")
@_jobs_option
@_cluster_option
def extract(source: str, output: str | None, jobs: int | None, cluster: str | None) -> None:
    """Write the statements and mentions of each document as JSON Lines.

    SOURCE is a file or a folder of documents. Each line is one document with its attributions (source, cue, content,
    speaker) and mentions. Offsets count characters of its text, end exclusive.
    """
    from pathlib import Path

    from research.nlp.rejections import load_annotatable
    from research.outputs.extract import extract as extracted
    from research.outputs.folder.writing import write_lines

    its = _cluster(cluster)
    with _progress() as stage:
        if its is not None:
            its.check()  # before the documents are read, which may take minutes
        corpus = load_annotatable(source, lambda done, of: stage("reading", done, of))
        lines = extracted(corpus, lambda done, of: stage("annotating", done, of), jobs or os.cpu_count() or 1, its)
        if output is not None:
            write_lines(Path(output), lines)
        else:
            _print_lines(lines)
    for file, reason, _ in corpus.rejected:
        print(f"rejected: {file}: {reason}", file=sys.stderr)


@app.command()
@click.argument("source")
@click.argument("document_id", metavar="ID")
def show(source: str, document_id: str) -> None:
    """Show a document as this package reads it, with its header separate from its body.

    SOURCE is a file, a folder or an archive of documents. ID is a document's id, as in tables and findings.
    """
    from research.loading import load
    from research.loading.showing import document_of, lines

    with _progress() as stage:
        corpus = load(source, lambda done, total: stage("reading", done, total))
    _print(lines(document_of(corpus, document_id)))


@app.command()
@_run_argument
@click.argument("key", metavar="[KEY]", required=False)
@click.option("--source", metavar="PATH", help="Look up every passage in the current documents at PATH.")
@click.option("--limit", type=click.IntRange(min=0), help="Passages of each kind to show; by default 20.")
@click.option("--all", "everything", is_flag=True, help="Show every passage, including those of the base.")
@_format_option
def why(*, run: str, key: str | None, source: str | None, limit: int | None, everything: bool, as_format: str) -> None:
    """Show the passages behind a finding or a row and recount it, or the data of a figure or table.

    RUN is the path of a run folder, or its name under outputs/. KEY is a finding's key (corpus.words), the address of a
    row (TABLE#ROW), a figure (figures/corpus.lengths), a table (tables/corpus.documents), or the citation key of any of
    them. Without KEY, list all keys and addresses. With --format json every passage and every row is listed.
    """
    from research.outputs.citing.overview import Overview
    from research.outputs.citing.why import explain
    from research.outputs.folder.run_folder import RunFolder

    folder = RunFolder.named(run)
    if key is None:
        if source is not None or limit is not None or everything:
            raise click.UsageError("--source, --limit and --all need a KEY. Without one, why lists all keys.")
        overview = Overview(folder, run)
        _print(overview.lines(), overview.entries() if as_format == "json" else None)
        return
    explanation = explain(folder, key, source)
    lines = explanation.lines(sys.maxsize if everything else limit)
    _print(lines, explanation.entries() if as_format == "json" else None)
    if not (explanation.agrees and explanation.stands):
        sys.exit(1)


@app.command()
@_run_argument
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option(
    "--style",
    type=click.Choice(list(STYLES)),
    default="apa",
    help="The citation style; by default apa, a reference list entry as plain text.",
)
def cite(run: str, keys: Sequence[str], style: str) -> None:
    """Cite a run, its findings, figures, tables, rows and documents, or the collection.

    RUN is the path of a run folder, or its name under outputs/. KEY is a finding's key (corpus.words), figures/NAME,
    tables/NAME, the address of a row (TABLE#ROW), documents/ID, collection, or the citation key of any of them. Without
    KEY, cite the run itself.
    """
    from research.outputs.citing.citations import cite as cited
    from research.outputs.folder.run_folder import RunFolder

    text, notes = cited(RunFolder.named(run), keys, style)
    _print_lines(iter(text.splitlines()))
    for note in notes:
        print(f"note: {note}", file=sys.stderr)


@app.command()
@click.argument("run", metavar="[RUN]", required=False)
@click.option("--size", type=click.IntRange(min=1), default=100, help="Sentences to draw; by default 100.")
@click.option("--seed", type=click.IntRange(min=0), default=1, help="Another seed draws other sentences; by default 1.")
@click.option("-o", "--output", metavar="FILE", help="The file to write: the sheet, or judgements.csv with --read.")
@click.option("--coder", default="", metavar="NAME", help="Who judges; entered in the sheet, or for rows without one.")
@click.option("--read", "filled", metavar="FILE", help="Read a sheet that was filled in, and keep its judgements.")
@click.option("--source", metavar="PATH", help="The current place of the documents.")
def sample(
    *, run: str | None, size: int, seed: int, output: str | None, coder: str, filled: str | None, source: str | None
) -> None:
    """Draw a random sample of a run's sentences for a person to judge, or read it back.

    The sheet is a workbook (.xlsx) or a table (.csv) with a row for each thing that was found in a sentence. The same
    seed gives the same sheet, and a larger one begins with the sentences of a smaller one. With --read, the judgements
    are added to judgements.csv beside the documents; the exit code is 1 if a row was not understood. RUN is the path of
    a run folder, or its name under outputs/; with --read and --source it is not needed.
    """
    from research.outputs.folder.run_folder import RunFolder
    from research.outputs.judging.sampling import read_back, write_sample

    folder = None if run is None else RunFolder.named(run)
    with _progress() as stage:
        if filled is not None:
            outcome = read_back(filled, folder, coder=coder, source=source, output=output, stage=stage)
        elif folder is None:
            raise click.UsageError("Name the RUN to draw from, or a sheet to read with --read.")
        else:
            own = shlex.join(_called_as())
            outcome = write_sample(
                folder, size=size, seed=seed, output=output, coder=coder, source=source, called_as=own, stage=stage
            )
    _print(iter(outcome.lines))
    if not outcome.well:
        sys.exit(1)


@app.command()
@_run_argument
@click.option("--no-rerun", is_flag=True, help="Only check the files; do not run again.")
@click.option("--source", metavar="PATH", help="The current place of the documents.")
@_format_option
def verify(*, run: str, no_rerun: bool, source: str | None, as_format: str) -> None:
    """Check the files of a run, then run it again and compare.

    Every file is checked against the manifest, and the new run against the old one, byte by byte. RUN is the path of a
    run folder, or its name under outputs/.
    """
    from research.outputs.folder.run_folder import RunFolder
    from research.outputs.verify import verify as verify_run

    with _progress() as stage:
        verdict = verify_run(RunFolder.named(run), rerun=not no_rerun, source=source, stage=stage)
    entries = list(verdict.entries())
    _print((entry["message"] for entry in entries), entries if as_format == "json" else None)
    if not verdict.holds:
        sys.exit(1)


@app.command()
@click.argument("reports", metavar="REPORT...", nargs=-1, required=True)
@click.option("--run", "runs", multiple=True, metavar="RUN", help="A run that the reports cite; can be repeated.")
@click.option("--strict", is_flag=True, help="Also list numbers and quotations without a citation.")
@click.option("--fix", is_flag=True, help="Show and write the right values into Markdown and LaTeX.")
@click.option(
    "--format",
    "as_format",
    type=click.Choice(["text", "json", "sarif", "github", "html"]),
    default="text",
    help="Text, a JSON list, SARIF, GitHub annotations, or a page with every sentence marked.",
)
def check(*, reports: Sequence[str], runs: Sequence[str], strict: bool, fix: bool, as_format: str) -> None:
    """Compare every number, quotation and name in a report with the findings that it cites.

    REPORT is a file in Markdown, LaTeX, Word (.docx), OpenDocument (.odt), HTML or plain text, or a notebook. RUN is
    the path of a run folder, or its name under outputs/; by default the runs are those that the citation keys name.
    The exit code is 1 if there is an error; warnings alone leave it at 0.
    """
    from research.outputs.check import check as check_reports
    from research.outputs.checking.telling import FORMS

    def show(diff: Sequence[str]) -> None:
        for line in diff:
            print(_visible(line, _escape), file=sys.stdout if as_format == "text" else sys.stderr)

    outcome = check_reports(reports, runs, strict=strict, fix=fix, show=show)
    lines = FORMS[as_format](outcome, sys.stdout.isatty() and "NO_COLOR" not in os.environ)
    if as_format != "text":
        _print_lines(lines)
    else:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        for line in lines:  # escaped already, but for its colours
            print(line)
    if outcome.exit_code:
        sys.exit(outcome.exit_code)


def main() -> None:
    """Run the command. A problem is one sentence on standard error and an exit code."""
    try:
        app(standalone_mode=False)  # click would end the program itself and print "Aborted!" on Ctrl-C
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in _FULL or error.filename is not None:
            raise
        _print_no_more()
        print(f"research: the output cannot be written ({error.strerror}). Free some space there.", file=sys.stderr)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ResearchError as error:
        print(f"research: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except click.Abort:
        print(
            "research: stopped. Finished steps are kept; the same command resumes.",
            file=sys.stderr,
        )
        sys.stderr.flush()
        os._exit(130)  # do not wait for running notebooks; their kernels end with this process


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The errors of a disk or a quota that is full."""


def _print_no_more() -> None:
    """Let Python, which flushes its buffer at exit, not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(lines: Iterator[str], entries: Sequence[Mapping[str, Any]] | None = None) -> None:
    """Print lines, or the same as a JSON list where ``entries`` are given."""
    escape = _escape
    if entries is not None:
        from research.outputs.folder.writing import json_text

        lines, escape = iter(json_text(entries).splitlines()), _escape_in_json
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    for line in lines:
        print(_visible(line, escape))


def _visible(line: str, escape: Callable[[str], str]) -> str:
    """A line whose characters that a terminal cannot show, or would act on, are escaped."""
    return "".join(c if c.isprintable() or c == "\n" else escape(c) for c in line)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode()


def _escape_in_json(character: str) -> str:
    return json.dumps(character)[1:-1]


def _print_lines(lines: Iterator[str]) -> None:
    """Print lines for other programs, always in UTF-8; the reader may close the pipe early.

    On a terminal the characters that it would act on are escaped, in a way that JSON reads back.
    """
    to_people = sys.stdout.isatty()
    try:
        for written in lines:
            line = _visible(written, _escape_in_json) if to_people else written
            sys.stdout.buffer.write(f"{line}\n".encode())
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        _print_no_more()


def _cluster(address: str | None) -> Cluster | None:
    """The cluster at an address. What it tells is shown above the progress bars."""
    if address is None:
        return None
    from tqdm import tqdm

    from research.nlp.cluster.client import Cluster

    return Cluster(address, lambda said: tqdm.write(f"research: {_visible(said, _escape)}", file=sys.stderr))


@contextmanager
def _progress() -> Iterator[Stage]:
    """Show a progress bar for each stage of a run, with the time it has taken, on the error stream."""
    from tqdm import tqdm

    bars: dict[str, tqdm[Any]] = {}

    def stage(name: str, done: int, total: int) -> None:
        if name not in bars:
            # miniters=0: a stage that reports the same number again has its elapsed time redrawn (a long cell).
            form = "{desc} {bar:24} {n_fmt}/{total_fmt} {elapsed}"
            bars[name] = tqdm(total=total, desc=f"{name:<13}", bar_format=form, miniters=0)
        bars[name].update(done - bars[name].n)
        if done >= total:
            bars.pop(name).close()

    try:
        yield stage
    finally:
        for bar in bars.values():
            bar.close()


def _outcome_lines(outcome: Outcome) -> Iterator[str]:
    from research.analysis.corpus.tables import left_out
    from research.analysis.notebooks import in_brief
    from research.analysis.wording import plural
    from research.outputs.told import what_became_of_it

    corpus, findings = outcome.corpus, outcome.findings
    lost = [entry for entry in corpus.rejected if not entry.is_hidden]
    read = f"{plural(len(corpus), 'document')} read"
    yield f"\n{corpus.name}: {'; '.join((read, *left_out(corpus.rejected)))}"
    if lost:
        reasons = dict.fromkeys(entry.reason for entry in lost)
        more = "; and other reasons" if len(reasons) > 3 else ""
        yield f"  Reason for rejection: {'; '.join(list(reasons)[:3])}{more}. See rejected.csv."
    yield from (f"  {note}" for note in corpus.notes)
    brief = in_brief(findings)
    if findings or not outcome.failures:
        yield f"\n{plural(len(findings), 'finding')}:"
    shown = (brief.answers or brief.not_computable)[:_MOST_LINES]
    width = min(_KEY_WIDTH, max((len(finding.key) for finding in shown), default=0))
    for finding in shown:
        yield f"  {finding.key:<{width}}  {finding.statement}"
    if len(brief.answers) > _MOST_LINES:
        yield f"  and {len(brief.answers) - _MOST_LINES:,} more in findings.md"
    if brief.answers and brief.not_computable:
        yield f"Not computable; findings.md gives the reasons: {', '.join(it.key for it in brief.not_computable)}"
    if brief.line:
        yield brief.line
        yield f"  ({', '.join(finding.key for finding in brief.about_corpus)})"
    yield ""
    yield from what_became_of_it(outcome)
    counted = [finding.key for finding in findings if finding.measure == "count"]
    sound = [finding.key for finding in findings if finding.is_computable]
    for verb, what, keys in (("why", "See the passages behind it:", counted), ("cite", "Cite it in a report:", sound)):
        if keys:
            yield f"{what:<28} {shlex.join([*_called_as(), verb, str(outcome.folder.path), keys[0]])}"


def _called_as() -> list[str]:
    """How to call this command: by its name if the shell finds it, or else as it was called."""
    own = [sys.argv[0]] if sys.argv[0].endswith(("research", "research.exe")) else [sys.executable, "-m", "research"]
    return ["research"] if shutil.which("research") else own


_MOST_LINES, _KEY_WIDTH = 30, 40  # characters; a longer key moves its own statement alone to the right


if __name__ == "__main__":
    main()
