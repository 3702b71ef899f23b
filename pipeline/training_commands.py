"""The researcher's path: `upr train`, `evaluate`, `promote`, `measure-scaling`. Nothing released changes before `promote`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.console import DEFAULT_PARAMS, ParamsFile, readable_errors
from pipeline.paths import Workspace

if TYPE_CHECKING:
    from pipeline.params import Params
    from pipeline.promotion import Limits

Name = Annotated[str, typer.Argument(metavar="DIMENSION", help="themes, action, sdgs, ...; or encoder, same_ask.")]
Names = Annotated[list[str], typer.Argument(metavar="DIMENSION...", help="One or more; all are promoted, or none.")]

OTHERS = ("encoder", "same_ask")
"""Candidates that are no dimension, and have stages of their own."""

MOST_LABELS = 8
"""Labels that gain and that lose most, named when a candidate is compared."""

_SIZES = (40_000, 160_000)
"""Recommendations of three cycles, about, and of all that four cycles and other mechanisms may bring."""


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command in (train, evaluate, promote):
        app.command()(command)
    app.command("measure-scaling")(measure_scaling)


def train(
    dimension: Name,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a training that was interrupted.")] = False,
    params_file: ParamsFile = DEFAULT_PARAMS,
) -> None:
    """Train a candidate on data/raw/labelled/; nothing released changes."""
    from pipeline.params import load_params

    with readable_errors():
        if resume and dimension != "encoder":
            raise ValueError(
                f"only the training of the encoder can be resumed: it takes hours. That of {dimension} takes minutes and "
                f"starts anew, with the same result: `upr train {dimension}`"
            )
        space, params = Workspace(), load_params(params_file)
        stage = _stage("train", dimension)
        _prepare(space, params)
        if resume:
            _resume(space, params)
        else:
            _run(stage, space, params)
        typer.echo(f"candidate in {space.candidates / dimension}\n{_regime(space, params, dimension)}".rstrip())
        typer.echo(f"Next: `upr evaluate {dimension}`")


def evaluate(dimension: Name, params_file: ParamsFile = DEFAULT_PARAMS) -> None:
    """Measure the candidate on texts it has not seen, write its card, and show it beside the released model."""
    from pipeline.params import load_params

    with readable_errors():
        space, params = Workspace(), load_params(params_file)
        _run(_stage("evaluate", dimension), space, params)
        _show(space, params, dimension)


def promote(
    dimensions: Names,
    force: Annotated[
        str | None, typer.Option("--force", metavar="REASON", help="Promote against the gate; the reason is kept.")
    ] = None,
    params_file: ParamsFile = DEFAULT_PARAMS,
) -> None:
    """Copy measured candidates to models/released/ if the gate lets them through; a person commits the difference."""
    from pipeline.params import load_params
    from pipeline.promotion import promote as copy

    with readable_errors():
        if force is not None and not force.strip():
            raise ValueError("--force needs a reason in words: it will stand in the model's card")
        space, params = Workspace(), load_params(params_file)
        for path in copy(dimensions, space.candidates, space.released, _limits(params), forced_because=force):
            typer.echo(path)
        typer.echo("Next: read `git diff models/released`, run `make docs`, and commit: a person releases a model.")


def measure_scaling(
    size: Annotated[
        list[int] | None, typer.Option(help="Recommendations to group; may be repeated. [default: 40000 and 160000]")
    ] = None,
    repeats: Annotated[int, typer.Option(min=1, help="Times that all methods take their turn.")] = 3,
    min_cosine: Annotated[
        float, typer.Option(min=0, max=1, help="Threshold of the methods that compare by cosine alone.")
    ] = 0.9,
    processed: Annotated[Path, typer.Option(help="Folder of the tables to grow.")] = Path("data/processed"),
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = Path("models/candidates/same_ask"),
    params_file: ParamsFile = DEFAULT_PARAMS,
) -> None:
    """Time the grouping of many recommendations beside community_detection and SemHash (at 160,000: an hour)."""
    from pipeline.params import load_params
    from pipeline.stages import scaling

    with readable_errors():
        workspace, params = Workspace(processed=processed), load_params(params_file)
        scaling.run(workspace, params, out, sizes=size or _SIZES, repeats=repeats, min_cosine=min_cosine)
        typer.echo((out / scaling.CARD).read_text(encoding="utf-8"))


def _stage(step: str, name: str) -> str:
    """Return the name of the stage.

    Raises:
        ValueError: there is no such dimension.
    """
    from pipeline.schemas import DIMENSIONS

    if name in DIMENSIONS:
        return f"{step}@{name}"
    if name not in OTHERS:
        raise ValueError(f"no dimension '{name}'; there are {', '.join([*DIMENSIONS, *OTHERS])}")
    return f"{step}_{name}"


def _run(stage: str, space: Workspace, params: "Params") -> None:
    from pipeline.stages import run_stage

    run_stage(stage, space, params)


def _resume(space: Workspace, params: "Params") -> None:
    import importlib

    importlib.import_module("pipeline.stages.train_encoder").run(space, params, resume=True)


def _prepare(space: Workspace, params: "Params") -> None:
    """Read the labelled files anew where one is newer than what was read, or nothing was read yet."""
    from pipeline.labelled import READINGS

    made = space.candidates / READINGS
    files = [path for path in (*space.labelled.rglob("*"), space.table("judged_texts")) if path.is_file()]
    if not made.exists() or any(path.stat().st_mtime > made.stat().st_mtime for path in files):
        _run("prepare", space, params)


def _regime(space: Workspace, params: "Params", name: str) -> str:
    """Return in words how far the labelled texts carry the candidate; nothing for what is no dimension."""
    from pipeline import model_folder
    from pipeline.labelled import READINGS
    from pipeline.regime import labelled_texts
    from pipeline.stages.evaluate import regime
    from pipeline.tables import read_table
    from pipeline.taxonomy import load_taxonomy

    if name in OTHERS:
        return ""
    description = model_folder.read(space.candidates / name)
    broader = {c.id: c.broader for c in load_taxonomy(space.taxonomy(description["scheme"])).concepts}
    readings = read_table(space.candidates / READINGS)
    return regime(params, description, labelled_texts(readings, name, broader, description["concepts"])).words


def _limits(params: "Params") -> "Limits":
    from pipeline.promotion import Limits
    from pipeline.schemas import DIMENSIONS

    wanted = {name: getattr(params.tag, name).auto_precision for name in DIMENSIONS}
    return Limits(params.promote.negligible_loss, params.promote.common_share, params.train.seed, wanted)


def _show(space: Workspace, params: "Params", name: str) -> None:
    """Print the candidate beside the released model, and what the gate would say."""
    from pipeline.promotion import refusals, side_by_side

    verdict = refusals(space.candidates / name, space.released / name, _limits(params))
    typer.echo(f"card in {space.candidates / name / 'card.md'}")
    if verdict.comparison is None:
        typer.echo(f"Nothing is released for {name}: there is nothing to compare with.")
    else:
        typer.echo(side_by_side(verdict.comparison, most=MOST_LABELS))
    typer.echo(verdict.told() or f"The gate would let it through: `upr promote {name}`")
