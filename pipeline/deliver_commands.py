"""Commands on documents and translations: `upr deliver`, `upr translations import`."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.console import DEFAULT_PARAMS, ParamsFile, readable_errors
from pipeline.paths import ROOT, Workspace

translations_app = typer.Typer(no_args_is_help=True, help="Translations of recommendations.")

_TRANSLATIONS = Workspace().translations


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(deliver)
    app.add_typer(translations_app, name="translations")


def deliver(
    state: Annotated[list[str], typer.Option(help="ISO3 code of a State under review; may be repeated.")],
    recommending: Annotated[
        str | None, typer.Option(help="Only the brief for this recommending State, by ISO3 code.")
    ] = None,
    processed: Annotated[Path, typer.Option(help="Folder of the tables.")] = Path("data/processed"),
    out: Annotated[Path | None, typer.Option(help="Where to write; the tables' report folder if left out.")] = None,
    params_file: ParamsFile = ROOT / DEFAULT_PARAMS,
) -> None:
    """Write the documents on States under review from the tables that are there."""
    from pipeline.deliverables.state import states_of, write_briefs, write_state
    from pipeline.params import load_params
    from pipeline.stages.deliver import options_of, read_needed

    with readable_errors():
        space = Workspace.elsewhere(processed, processed.resolve())
        tables = read_needed(space)
        options = options_of(space, load_params(params_file).deliver)
        known = states_of(tables["recommendations"])
        for code in state:
            if code not in known:
                raise ValueError(f"no UPR recommendation to '{code}' in {processed}; there are: {', '.join(known)}")
        report = out or space.report
        for code in state:
            written = (
                write_briefs(code, tables, report, options, only=recommending)
                if recommending
                else write_state(code, tables, report, options)
            )
            for row in written if recommending else [row for row in written if row["document"] != "brief"]:
                typer.echo(f"{report / row['path']}: {row['n_recommendations']} recommendations")
            if not recommending:
                briefs = sum(row["document"] == "brief" for row in written)
                typer.echo(f"{report / 'briefs' / code}: {briefs} files")


@translations_app.command("import")
def import_translations(
    files: Annotated[list[Path], typer.Argument(help="Filled-in templates (CSV).", exists=True, dir_okay=False)],
    folder: Annotated[Path, typer.Option(help="Where translations are kept.")] = _TRANSLATIONS,
) -> None:
    """Check filled-in templates and add what is new to data/raw/translations; earlier lines are never touched."""
    from pipeline.translations import append, read_file

    with readable_errors():
        lines = {path: read_file(path) for path in files}
        for path, found in lines.items():
            number, changed = append(folder, found)
            kept = f", added to {changed}" if changed else ""
            typer.echo(f"{path.name}: {len(found)} translations, {number} new{kept}")
