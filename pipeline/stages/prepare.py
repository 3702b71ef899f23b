"""Read every labelled file and write the texts to train and measure on."""

from tqdm import tqdm

from pipeline.labelled import READINGS, ROWS, LabelledRows, Readings
from pipeline.labelled_pairs import holds_pairs
from pipeline.labelled_sources import Labelled, is_gold
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import SCHEMES
from pipeline.sources import Limits, SourceError, open_source
from pipeline.states import load_states
from pipeline.tables import TableError, write_table
from pipeline.taxonomy import load_taxonomy


def run(workspace: Workspace, params: Params) -> None:
    """Write the tables LabelledRows and Readings from all files of data/raw/labelled.

    Raises:
        TableError: there is no file, or none holds a labelled text.
    """
    files = sorted(path for path in workspace.labelled.rglob("*") if path.is_file() and path.name[0] not in ".~")
    files = [path for path in files if path.name != "README.md"]
    if not files:
        raise TableError(f"{workspace.labelled} holds no files; put exports of UPR Info or UHRI there to train on")
    states = load_states(workspace.configs / "states.csv")
    options = params.ingest
    limits = Limits(options.max_cell_characters, options.max_uncompressed_bytes)
    concepts = {scheme: load_taxonomy(workspace.taxonomy(scheme)).by_label() for scheme in SCHEMES.values()}

    def state_of(name: str) -> str:
        state = states.find(name)
        return state.iso3 if state else name

    labelled = Labelled()
    for path in tqdm(files, desc="reading labelled files", unit="file", disable=None):
        if is_gold(path):
            labelled.add_gold(path, concepts, state_of)
        elif holds_pairs(path):
            labelled.left_out["file of labelled pairs, which train_same_ask reads"] += 1
        else:
            try:
                source = open_source(path, states=states, limits=limits, columns={})
                labelled.add_records(path.name, source.records, concepts, state_of)
            except SourceError as error:
                labelled.left_out[str(error)] += 1
    rows, readings = labelled.frames()
    for reason, count in labelled.left_out.most_common():
        tqdm.write(f"left out: {count} x {reason}")
    if readings.empty:
        raise TableError(
            f"No file in {workspace.labelled} holds a labelled text: columns of issues, actions, themes, persons"
        )
    write_table(rows, workspace.candidates / ROWS, LabelledRows)
    write_table(readings, workspace.candidates / READINGS, Readings)
