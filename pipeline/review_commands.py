"""The commands on judgements: `upr review export`, `upr review import`, `upr review report`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.console import DEFAULT_PARAMS, ParamsFile, readable_errors
from pipeline.paths import ROOT, Workspace

if TYPE_CHECKING:
    from pipeline.stages.reviewing import Imported

review_app = typer.Typer(no_args_is_help=True, help="What people judge: out to a workbook, and back in.")

Processed = Annotated[Path, typer.Option(help="Folder of the tables of a run.")]
JudgementFolder = Annotated[Path, typer.Option("--judgements", help="Folder of the files of judgements.")]
_SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.add_typer(review_app, name="review")


@review_app.command("export")
def export(
    out: Annotated[Path, typer.Option("-o", "--out", help="The workbook to write, .xlsx.")] = Path("review.xlsx"),
    dimension: Annotated[list[str] | None, typer.Option(help="themes, groups, ..., same_ask, framework; may be repeated.")] = None,
    state: Annotated[list[str] | None, typer.Option(help="State under review, ISO3 or name; may be repeated.")] = None,
    rows: Annotated[int, typer.Option("-n", "--rows", min=1, max=20_000, help="Most rows of each sheet.")] = 200,
    reviewer: Annotated[str, typer.Option(help="Name of who will judge.")] = "",
    processed: Processed = Path("data/processed"),
    judgements: JudgementFolder = Path("data/raw/judgements"),
    params_file: ParamsFile = ROOT / DEFAULT_PARAMS,
) -> None:  # fmt: skip
    """Write a workbook of what is worth a person's look: tags, pairs of asks, framework items."""
    from pipeline.params import load_params
    from pipeline.stages import reviewing

    with readable_errors():
        if out.suffix.lower() != ".xlsx":
            raise ValueError(f"{out} is no .xlsx file; give a name that ends in .xlsx")
        sheets = reviewing.export(
            _space(processed, judgements), load_params(params_file), out, wanted=dimension or [], states=state or [],
            rows=rows, reviewer=reviewer,
        )  # fmt: skip
        typer.echo(f"{out}: " + ", ".join(f"{name} {count} rows" for name, count in sheets.items()))
        typer.echo(f"Fill in the yellow cells, save as .xlsx, then: upr review import {out}")


@review_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The filled-in workbook.", exists=True, dir_okay=False)],
    processed: Processed = Path("data/processed"),
    judgements: JudgementFolder = Path("data/raw/judgements"),
    params_file: ParamsFile = ROOT / DEFAULT_PARAMS,
) -> None:
    """Check a filled-in workbook and keep its judgements in data/raw/judgements/; all or nothing."""
    from datetime import date

    from pipeline.params import load_params
    from pipeline.stages import reviewing

    with readable_errors():
        space = _space(processed, judgements)
        found = reviewing.import_review(space, load_params(params_file), file, today=date.today())
        for line in _told(found):
            typer.echo(line)


@review_app.command("report")
def report(processed: Processed = Path("data/processed")) -> None:
    """Say what people judged in the last run, how far they agree with each other and with the machine, and what is open."""
    from pipeline.stages.review_report import lines

    with readable_errors():
        for line in lines(Workspace(processed=processed)):
            typer.echo(line)


def _space(processed: Path, judgements: Path) -> Workspace:
    project = Workspace()
    return Workspace(
        processed=processed, judgements=judgements, configs=ROOT / project.configs, released=ROOT / project.released
    )


def _told(found: "Imported") -> list[str]:
    """Return what an import did, line by line."""
    by_file = ", ".join(path.name for path in found.files) or "no file changed"
    lines = [f"{len(found.added)} new judgements ({by_file}); {found.known} were known already"]
    if found.overtaken:
        lines.append(
            f"{found.overtaken} of those known were taken back by the same reviewer since, and stay so; to say it again, give a later day"
        )
    lines += _some(found.conflicts, "tags or pairs on which reviewers differ", _conflict)
    lines += _some(found.orphans, "judgements of this file are kept and not applied", _orphan)
    if len(found.added):
        lines.append("Next: `dvc repro` (or `upr run`) applies them; commit data/raw/judgements")
    return lines


def _some(frame: Any, what: str, line: Any) -> list[str]:
    if frame.empty:
        return []
    rows = [f"  {line(row)}" for row in frame.head(_SHOWN).to_dict("records")]
    more = len(frame) - len(rows)
    return [f"{len(frame)} {what}:", *rows, *([f"  and {more} more"] if more else [])]


def _conflict(row: dict[str, str]) -> str:
    what = row["label"] if isinstance(row["label"], str) else row["concept_id"]
    return (
        f"{row['recommendation_id']} {row['dimension']} {what}: yes says {row['said_yes']}, no says {row['said_no']}; "
        f"stands: {row['stands']}"
    )


def _orphan(row: dict[str, str]) -> str:
    return f"{row['recommendation_id']} {row['dimension']} {row['concept_id']}: {row['reason']}"
