"""The command `upr`: one call a stage, and the commands people type. Heavy imports stay inside the commands."""

import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from pipeline import deliver_commands, review_commands, training_commands
from pipeline.console import DEFAULT_PARAMS, ParamsFile, readable_errors
from pipeline.paths import ROOT, Workspace

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="UPR recommendations."
)
states_app = typer.Typer(no_args_is_help=True, help="Names of States.")
app.add_typer(states_app, name="states")

FAILED_FILES = 3
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing unless something is wrong.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]


def _say(message: str, *, quiet: bool, as_json: bool, **facts: object) -> None:
    """Print one line of progress."""
    if as_json:
        typer.echo(json.dumps({"message": message, **facts}, ensure_ascii=False))
    elif not quiet:
        typer.echo(message)


@app.command()
def run(
    sources: Annotated[Path, typer.Option(help="Folder of source files.", exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option(help="Folder for tables and reports.")],
    framework: Annotated[
        list[Path] | None, typer.Option(help="Cooperation Framework file; may be repeated.", exists=True)
    ] = None,
    params_file: ParamsFile = ROOT / DEFAULT_PARAMS,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Run every stage on a folder of files, without DVC.

    Exit code 0: all files read; 3: finished, some files failed, see tables/ingest_report.csv; 1: an error.
    """
    from pipeline.params import load_params
    from pipeline.stages import ORDER, run_stage

    with readable_errors():
        named = tuple(path.resolve() for path in framework or [])
        workspace = Workspace.elsewhere(sources.resolve(), out.resolve(), named)
        params = load_params(params_file)
        for name in ORDER:
            start = time.perf_counter()
            run_stage(name, workspace, params)
            seconds = round(time.perf_counter() - start, 1)
            _say(f"{name:<18} {seconds:>7.1f} s", quiet=quiet, as_json=as_json, stage=name, seconds=seconds)
        _report_files(workspace, quiet=quiet, as_json=as_json)


def _report_files(workspace: Workspace, *, quiet: bool, as_json: bool) -> None:
    """Say what became of each file; exit with 3 where one failed."""
    from pipeline.tables import read_table

    report = read_table(workspace.table("ingest_report"))
    for row in report.to_dict("records"):
        note = f" | {row['message']}" if isinstance(row["message"], str) else ""
        line = (
            f"{row['status']:<8} {row['source_file']}: {row['recommendations']} recommendations of "
            f"{row['records_read']} rows{note}"
        )
        _say(
            line, quiet=quiet and row["status"] == "ok", as_json=as_json, file=row["source_file"], status=row["status"]
        )
    frameworks = _report_frameworks(workspace, quiet=quiet, as_json=as_json)
    if (report["status"] != "ok").any() or not frameworks:
        raise typer.Exit(FAILED_FILES)


def _report_frameworks(workspace: Workspace, *, quiet: bool, as_json: bool) -> bool:
    """Say what became of each file of frameworks; return whether all were read whole."""
    from pipeline.tables import read_table

    path = workspace.table("framework_report")
    if not path.exists():
        return True
    report = read_table(path)
    for row in report.to_dict("records"):
        note = f" | {row['message']}" if isinstance(row["message"], str) else ""
        line = f"{row['status']:<8} {row['source_file']}: {row['items']} items of {row['frameworks']} frameworks{note}"
        _say(
            line, quiet=quiet and row["status"] == "ok", as_json=as_json, file=row["source_file"], status=row["status"]
        )
    return bool((report["status"] == "ok").all())


@app.command()
def files(processed: Annotated[Path, typer.Option(help="Folder of the tables.")] = Path("data/processed")) -> None:
    """Say what became of each file of the last run, and how to mend what was skipped."""
    with readable_errors():
        _report_files(Workspace(processed=processed), quiet=False, as_json=False)


@app.command()
def stage(name: str, params_file: ParamsFile = DEFAULT_PARAMS) -> None:
    """Run one stage of dvc.yaml, e.g. `upr stage ingest` or `upr stage tag@themes`."""
    from pipeline.params import load_params
    from pipeline.stages import run_stage

    with readable_errors():
        run_stage(name, Workspace(), load_params(params_file))


@app.command()
def tag(
    file: Annotated[Path, typer.Argument(help="Spreadsheet with one text a row.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to write: .xlsx or .csv.")],
    column: Annotated[str | None, typer.Option(help="Header of the text column; found by itself if left out.")] = None,
    params_file: ParamsFile = ROOT / DEFAULT_PARAMS,
) -> None:
    """Tag the texts of any spreadsheet: the same rows in the same order, with the tags beside them."""
    from pipeline.annotate import annotate_file
    from pipeline.params import load_params

    with readable_errors():
        annotate_file(file, out, column, Workspace.elsewhere(file.parent, out.parent), load_params(params_file))


@app.command()
def explain(
    recommendation_id: str,
    processed: Annotated[Path, typer.Option(help="Folder of the tables.")] = Path("data/processed"),
) -> None:
    """Show everything known about a recommendation, with the reason for each tag and each merge."""
    from pipeline.explain import explain as text_of

    with readable_errors():
        typer.echo(text_of(recommendation_id, Workspace(processed=processed)))


@app.command()
def doctor() -> None:
    """Check the machine, the configuration, the models and the files to read; say how to mend what is wrong."""
    from pipeline.doctor import examine

    findings = examine(Workspace())
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.ok else 'MEND'} {finding.what}" + ("" if finding.ok else f": {finding.remedy}"))
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@app.command("open")
def open_explorer(
    processed: Annotated[Path, typer.Option(help="Folder of the tables.")] = Path("data/processed"),
) -> None:
    """Open the explorer of the last run in the browser; print its address."""
    import webbrowser

    page = (Workspace(processed=processed).report / "index.html").resolve()
    with readable_errors():
        if not page.exists():
            raise ValueError(f"{page} does not exist yet; run `make run` (or `upr run`) first")
        typer.echo(page.as_uri())
        if not webbrowser.open(page.as_uri()):
            typer.echo("No browser could be started here: open that address, or the file, in one.", err=True)


training_commands.register(app)
deliver_commands.register(app)
review_commands.register(app)


@app.command("compare-documents")
def compare_documents(
    documents: Annotated[Path, typer.Option(help="Folder of Working Group reports.", exists=True, file_okay=False)],
    upr_info: Annotated[Path, typer.Option(help="Folder of UPR Info exports.", exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option(help="Where to write the three tables.")] = Path("data/processed/comparison"),
    params_file: ParamsFile = ROOT / DEFAULT_PARAMS,
) -> None:
    """Measure the readers of documents against UPR Info's rows of the same reviews; list all that differs."""
    from pipeline.params import load_params
    from pipeline.stages.document_comparison import run as compare
    from pipeline.stages.document_comparison import summary

    with readable_errors():
        found = compare(documents, upr_info, out, load_params(params_file))
        typer.echo(summary(found).to_string(index=False))
        below = found.reviews[found.reviews["reason"].notna()]
        typer.echo(
            below[["state", "session", "recall", "states_right", "positions_right", "reason"]].to_string(index=False)
        )


@app.command(hidden=True)
def docs() -> None:
    """Write the generated parts of README.md and docs/codebook.md anew."""
    from pipeline.codebook import codebook_markdown
    from pipeline.readme import render

    with readable_errors():
        readme = ROOT / "README.md"
        readme.write_text(render(readme.read_text(encoding="utf-8"), Workspace().released), encoding="utf-8")
        (ROOT / "docs" / "codebook.md").write_text(codebook_markdown(), encoding="utf-8")


@states_app.command("check")
def states_check(
    processed: Annotated[Path, typer.Option(help="Folder of the tables.")] = Path("data/processed"),
) -> None:
    """List the names of States that the sources use and configs/states.csv does not know."""
    from pipeline.states import load_states
    from pipeline.tables import read_table

    with readable_errors():
        space = Workspace(processed=processed)
        states = load_states(ROOT / "configs" / "states.csv")
        asking = read_table(space.table("recommending_states"))
        addressed = read_table(space.table("recommendations"))
        unknown = asking[asking["state_iso3"].isna()]["state_raw"].tolist()
        unknown += addressed[addressed["state_under_review"].isna()]["state_name"].fillna("(no State)").tolist()
        for name in sorted(set(unknown)):
            typer.echo(f"{name} ({unknown.count(name)}x); nearest: {', '.join(states.nearest(name))}")
        if unknown:
            typer.echo("Add each spelling to `aliases` of its State in configs/states.csv and run again.", err=True)
            raise typer.Exit(1)
        typer.echo("every name of a State is known")


def main() -> None:
    """Entry of the console script; a closed pipe is no error."""
    try:
        app()
    except BrokenPipeError:
        sys.exit(0)
