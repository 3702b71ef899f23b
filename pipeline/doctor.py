"""Is everything in place to run: the machine, the configuration, the models, the files to read?"""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.paths import Workspace

if TYPE_CHECKING:
    from pipeline.sources import Limits
    from pipeline.states import States

MIN_FREE_GIGABYTES = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `remedy` says how to mend it where it is not ok."""

    ok: bool
    what: str
    remedy: str = ""


def examine(workspace: Workspace) -> list[Finding]:
    """Return what was looked at, in the order in which a person would mend it."""
    return [
        _python(),
        _disk(workspace.processed),
        *_configs(workspace),
        _attempt("the encoder", lambda: _encoder(workspace)),
        _attempt("the same-ask scorer's encoder", lambda: _scorer_s_encoder(workspace)),
        *(_attempt(f"released model of {path.name}", partial(_model, path)) for path in _released(workspace)),
        *_sources(workspace),
    ]


def _attempt(what: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(True, f"{what}: {check()}")
    except Exception as error:
        return Finding(False, what, f"{type(error).__name__}: {error}")


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(sys.version_info >= (3, 11), f"Python {version}", "install Python 3.11 or newer")


def _disk(folder: Path) -> Finding:
    existing = next(path for path in (folder, *folder.resolve().parents) if path.exists())
    free = shutil.disk_usage(existing).free / 1024**3
    return Finding(free > MIN_FREE_GIGABYTES, f"{free:.0f} GB free", f"free at least {MIN_FREE_GIGABYTES} GB")


def _configs(workspace: Workspace) -> Iterator[Finding]:
    from pipeline.follow_up import load_rules
    from pipeline.params import load_params
    from pipeline.sessions import load_sessions
    from pipeline.stages.deliver import ministries_of
    from pipeline.states import load_states

    configs = workspace.configs
    yield _attempt(
        "configs/params.yaml", lambda: f"{len(load_params(configs / 'params.yaml').model_fields_set)} sections"
    )
    yield _attempt("configs/states.csv", lambda: f"{len(load_states(configs / 'states.csv').states)} States")
    yield _attempt("configs/sessions.csv", lambda: f"{len(load_sessions(configs / 'sessions.csv'))} sessions")
    yield _attempt("configs/follow_up.yaml", lambda: f"{len(load_rules(configs / 'follow_up.yaml'))} rules")
    yield _attempt("configs/ministries.csv", lambda: f"{len(ministries_of(configs))} lines")
    for path in sorted((configs / "taxonomies").glob("*.yaml")):
        yield _attempt(f"configs/taxonomies/{path.name}", partial(_concepts, path))


def _concepts(path: Path) -> str:
    from pipeline.taxonomy import load_taxonomy

    return f"{len(load_taxonomy(path).concepts)} concepts"


def _format(path: Path, states: "States", limits: "Limits", columns: Mapping[str, str]) -> str:
    from pipeline.sources import open_source

    return open_source(path, states=states, limits=limits, columns=columns).format


def _encoder(workspace: Workspace) -> str:
    from pipeline.params import load_params
    from pipeline.stages.encoding import matching_encoder

    return matching_encoder(workspace, load_params(workspace.configs / "params.yaml")).identity


def _scorer_s_encoder(workspace: Workspace) -> str:
    from pipeline.model_folder import ModelError, read

    taught, used = read(workspace.released / "same_ask")["encoder"], _encoder(workspace)
    if taught != used:
        raise ModelError(
            f"it was taught with vectors of {taught}, params (embed.model) name {used}: its scores and thresholds do not "
            "hold; name the former, or train and promote same_ask anew (docs/training.md)"
        )
    return "the one that params name"


def _released(workspace: Workspace) -> list[Path]:
    return sorted(path.parent for path in workspace.released.glob("*/model.json"))


def _model(folder: Path) -> str:
    from pipeline.matching import FEATURES
    from pipeline.model_folder import read
    from pipeline.pair_scorer import load_scorer

    if folder.name == "same_ask":
        return f"whole, {len(load_scorer(folder, FEATURES).features)} features"
    return f"whole, {read(folder)['kind']}"


def _sources(workspace: Workspace) -> Iterator[Finding]:
    from pipeline.params import load_params
    from pipeline.reading import source_files
    from pipeline.sources import Limits
    from pipeline.states import load_states

    try:
        files = source_files(workspace.sources)
        options = load_params(workspace.configs / "params.yaml").ingest
        states = load_states(workspace.configs / "states.csv")
    except (ValueError, OSError) as error:
        yield Finding(False, "files to read", str(error))
        return
    limits = Limits(options.max_cell_characters, options.max_uncompressed_bytes)
    for path in files:
        name = path.relative_to(workspace.sources).as_posix()
        columns = options.generic_columns.get(name, {})
        yield _attempt(name, partial(_format, path, states, limits, columns))
