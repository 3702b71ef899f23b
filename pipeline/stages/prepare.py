"""Read every labelled file and write the texts to train and measure on."""

from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from pipeline.labelled import READINGS, ROWS, LabelledRows, Readings
from pipeline.labelled_pairs import holds_pairs
from pipeline.labelled_sources import Labelled, is_gold
from pipeline.labelled_workplans import holds_workplan, read_workplan
from pipeline.official_wording import holds_wording
from pipeline.params import Ingest, Params
from pipeline.paths import Workspace
from pipeline.schemas import SCHEMES
from pipeline.sources import Limits, SourceError, open_source
from pipeline.states import States, load_states
from pipeline.tables import TableError, read_table, write_table
from pipeline.taxonomy import load_taxonomy

OWN_READINGS = "sdg_groups.csv"
"""What was read for this project for SDGs and groups, without texts; in the folder of readings."""


def run(workspace: Workspace, params: Params) -> None:
    """Write the tables LabelledRows and Readings from all files of data/raw/labelled, and what reviewers settled.

    Raises:
        TableError: there is no file, or none holds a labelled text.
    """
    files = sorted(path for path in workspace.labelled.rglob("*") if path.is_file() and path.name[0] not in ".~")
    files = [path for path in files if path.name != "README.md"]
    if not files:
        raise TableError(f"{workspace.labelled} holds no files; put exports of UPR Info or UHRI there to train on")
    labelled = Labelled()
    add = _adding(labelled, workspace, load_states(workspace.configs / "states.csv"), params.ingest)
    for path in tqdm(files, desc="reading labelled files", unit="file", disable=None):
        try:
            add(path)
        except SourceError as error:
            labelled.left_out[str(error)] += 1
    if (read := workspace.readings / OWN_READINGS).exists():
        labelled.add_own(read, _concepts(workspace))
    if workspace.table("judged_texts").exists():
        labelled.add_judged(read_table(workspace.table("judged_texts")))
    rows, readings = labelled.frames()
    for reason, count in labelled.left_out.most_common():
        tqdm.write(f"left out: {count} x {reason}")
    if readings.empty:
        raise TableError(
            f"No file in {workspace.labelled} holds a labelled text: columns of issues, actions, themes, persons"
        )
    write_table(rows, workspace.candidates / ROWS, LabelledRows)
    write_table(readings, workspace.candidates / READINGS, Readings)


def _concepts(workspace: Workspace) -> dict[str, dict[str, str]]:
    """Return for each scheme its folded labels and their concept ids."""
    return {scheme: load_taxonomy(workspace.taxonomy(scheme)).by_label() for scheme in SCHEMES.values()}


def _adding(labelled: Labelled, workspace: Workspace, states: States, options: Ingest) -> Callable[[Path], None]:
    """Return the function that adds what a file holds, whichever kind it is of."""
    limits = Limits(options.max_cell_characters, options.max_uncompressed_bytes)
    concepts = _concepts(workspace)

    def state_of(name: str) -> str:
        state = states.find(name)
        return state.iso3 if state else name

    def add(path: Path) -> None:
        if is_gold(path):
            labelled.add_gold(path, concepts, state_of)
        elif holds_pairs(path):
            labelled.left_out["file of labelled pairs, which train_same_ask reads"] += 1
        elif path.suffix == ".csv" and holds_wording(path):
            labelled.left_out["file of official wording, which train_sdg_prose reads"] += 1
        elif holds_workplan(path, limits):
            activities = read_workplan(
                path, limits, min_language_probability=options.min_language_probability, left_out=labelled.left_out
            )
            told = ((activity.state, activity.text, activity.targets) for activity in activities)
            labelled.add_activities(path.name, told, concepts, state_of)
        else:
            source = open_source(path, states=states, limits=limits, columns={})
            labelled.add_records(path.name, source.records, concepts, state_of)

    return add
