"""frameworks: read the Cooperation Frameworks in data/raw/frameworks to one form: priority, outcome, output."""

import pandas as pd

from pipeline.frameworks.normal_form import normal_form, report_line
from pipeline.frameworks.opening import SAMPLE, framework_files
from pipeline.frameworks.reading import FrameworkFile, read_framework_file
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import FrameworkItems, FrameworkReport
from pipeline.sources import Limits
from pipeline.stages.comparing import with_names
from pipeline.states import States, load_states
from pipeline.tables import empty, read_table, write_table


def run(workspace: Workspace, params: Params) -> None:
    """Write `framework_report` and `framework_items`.

    The sample's frameworks are read where there are no others, and kept for States that a recommendation is addressed to.
    """
    options = params.ingest
    limits = Limits(options.max_cell_characters, options.max_uncompressed_bytes)
    states = load_states(workspace.configs / "states.csv")
    named_files = framework_files(workspace.frameworks, workspace.named_frameworks)
    files = [
        read_framework_file(path, name, limits, default_state=_state_in(path.stem, states))
        for path, name in named_files
    ]
    items, unknown = normal_form(files, states)
    if named_files and all(name.startswith(f"{SAMPLE}/") for _, name in named_files):
        addressed = read_table(workspace.table("recommendations"))["state_under_review"]
        files, items = _addressed(files, items, set(addressed.dropna()))
    lines = [report_line(file, items, unknown.get(file.name, {}), states) for file in files]
    report = pd.DataFrame(lines) if lines else empty(FrameworkReport)
    write_table(report, workspace.table("framework_report"), FrameworkReport)
    items = with_names(items, workspace, params) if len(items) else empty(FrameworkItems)
    write_table(items, workspace.table("framework_items"), FrameworkItems)


def _addressed(
    files: list[FrameworkFile], items: pd.DataFrame, states: set[str]
) -> tuple[list[FrameworkFile], pd.DataFrame]:
    """Return the sample's files and items of the invented States that recommendations are addressed to."""
    kept = items[items["state"].isin(states)]
    names = set(kept["source_file"])
    return [file for file in files if file.name in names], kept.reset_index(drop=True)


def _state_in(stem: str, states: States) -> str:
    """Return the name of the State in a file's name, "" if there is none or more than one."""
    words = stem.replace("_", " ").replace("-", " ").split()
    runs = [" ".join(words[first:last]) for first in range(len(words)) for last in range(len(words), first, -1)]
    found = {state.name for run in runs if len(run) > 2 and (state := states.find(run))}
    return found.pop() if len(found) == 1 else ""
