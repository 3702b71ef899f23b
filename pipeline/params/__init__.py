"""The parameters of `configs/params.yaml`, as frozen models: an unknown key is an error that names the nearest.

What each parameter changes is written beside it in the YAML file; the bounds are here.
"""

import difflib
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from pipeline.params.base import Section
from pipeline.params.run import (
    Cluster,
    Deliver,
    Dimension,
    Embed,
    Explore,
    Export,
    Ingest,
    Link,
    Map,
    Match,
    Reconcile,
    Settle,
    Tag,
    Timeline,
    Worldwide,
)
from pipeline.params.training import Promote, TaskWeights, Train, TrainEncoder

__all__ = [
    "Cluster",
    "Deliver",
    "Dimension",
    "Embed",
    "Explore",
    "Export",
    "Ingest",
    "Link",
    "Map",
    "Match",
    "Params",
    "ParamsError",
    "Promote",
    "Reconcile",
    "Section",
    "Settle",
    "Tag",
    "TaskWeights",
    "Timeline",
    "Train",
    "TrainEncoder",
    "Worldwide",
    "load_params",
]


class ParamsError(ValueError):
    """The parameter file breaks its model: names the key, the value and the nearest key."""


class Params(Section):
    """All parameters."""

    ingest: Ingest
    reconcile: Reconcile
    embed: Embed
    tag: Tag
    match: Match
    cluster: Cluster
    link: Link
    worldwide: Worldwide
    settle: Settle
    timeline: Timeline
    map: Map
    deliver: Deliver
    export: Export
    explore: Explore
    train: Train
    promote: Promote


def _model_at(location: tuple[int | str, ...]) -> type[BaseModel] | None:
    """Return the model that holds the key at `location`, if any."""
    model: type[BaseModel] = Params
    for name in location[:-1]:
        field = model.model_fields.get(str(name))
        if field is None or not isinstance(field.annotation, type) or not issubclass(field.annotation, BaseModel):
            return None
        model = field.annotation
    return model


def _explain(path: Path, problem: Any) -> str:
    """Return one line on one problem of the file."""
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] != "extra_forbidden":
        return f"{path}: {key}: {problem['msg']} (found {problem['input']!r})"
    model = _model_at(problem["loc"])
    known = list(model.model_fields) if model else []
    near = difflib.get_close_matches(str(problem["loc"][-1]), known, n=1, cutoff=0.4)
    hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}"
    return f"{path}: unknown key '{key}'; {hint}"


def load_params(path: Path) -> Params:
    """Return the parameters in the YAML file `path`.

    Raises:
        ParamsError: the file is missing or no YAML, or a key is unknown, missing or out of bounds.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ParamsError(f"{path} does not exist; run this from the project's folder") from error
    except yaml.YAMLError as error:
        raise ParamsError(f"{path} is not valid YAML: {error}") from error
    try:
        return Params.model_validate(content)
    except ValidationError as error:
        raise ParamsError("\n".join(_explain(path, problem) for problem in error.errors())) from error
