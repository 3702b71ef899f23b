"""deliver: Word and Excel documents on each State under review that the parameters choose."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from pipeline.deliverables.state import NEEDED, Options, states_of, write_state
from pipeline.milestones import Spans
from pipeline.ministries import Line, load_ministries
from pipeline.params import Deliver, Params
from pipeline.paths import Workspace
from pipeline.schemas import SCHEMES, Deliveries
from pipeline.sessions import load_sessions
from pipeline.states import load_states
from pipeline.tables import read_table, replacing_folders, write_table
from pipeline.taxonomy import load_taxonomy

log = logging.getLogger(__name__)


def run(workspace: Workspace, params: Params) -> None:
    """Write `report/states` and `report/briefs`, each as a whole, and `deliveries`, which says what was left out."""
    tables = read_needed(workspace)
    options = options_of(workspace, params.deliver)
    chosen, left_out = choose(states_of(tables["recommendations"]), params.deliver)
    with replacing_folders(workspace.state_documents, workspace.briefs) as report:
        rows = [row for state in chosen for row in write_state(state, tables, report, options)]
    for state, why in left_out.items():
        rows.append({"state_under_review": state, "document": "all", "path": f"states/{state}", "n_recommendations": 0,
                     "status": "left_out", "note": why})  # fmt: skip
    if left_out:
        log.warning("no documents for %d States under review: %s", len(left_out), next(iter(left_out.values())))
    columns = list(Deliveries.to_schema().columns)
    write_table(pd.DataFrame(rows, columns=columns), workspace.table("deliveries"), Deliveries)


def choose(states: list[str], wanted: Deliver) -> tuple[list[str], dict[str, str]]:
    """Return the States that get documents, and why each other one gets none."""
    if wanted.states:
        why = f"not among deliver.states; add it there, or call `upr deliver --state {{}}` ({len(wanted.states)} are named)"
        missing = {state: "deliver.states names it, and the sources hold no UPR recommendation to it"
                   for state in wanted.states if state not in states}  # fmt: skip
        others = {state: why.format(state) for state in states if state not in wanted.states}
        return [state for state in states if state in wanted.states], {**others, **missing}
    if len(states) <= wanted.max_states:
        return states, {}
    why = (f"the sources hold {len(states)} States under review, more than deliver.max_states ({wanted.max_states}): name those "
           "you want in deliver.states, or call `upr deliver --state {}`")  # fmt: skip
    return [], {state: why.format(state) for state in states}


def read_needed(workspace: Workspace) -> dict[str, pd.DataFrame]:
    """Return the tables that the documents are made of."""
    return {name: read_table(workspace.table(name)) for name in NEEDED}


def options_of(workspace: Workspace, chosen: Deliver) -> Options:
    """Return what the documents need beside the tables."""
    concepts = {name: load_taxonomy(workspace.taxonomy(scheme)).concepts for name, scheme in SCHEMES.items()}
    sessions = load_sessions(workspace.configs / "sessions.csv")
    return Options(
        dimension=chosen.matrix_themes,
        layout=chosen.matrix_layout,
        order={concept.id: place for place, concept in enumerate(concepts[chosen.matrix_themes])},
        strengths={concept.label: concept.aliases[-1].lower() for concept in concepts["action"]},
        ministries=ministries_of(workspace.configs),
        ends={number: session.last_day for number, session in sessions.items() if session.last_day},
        spans=Spans(chosen.adoption_days, chosen.mid_term_months, chosen.next_review_months),
        written=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
    )


def ministries_of(configs: Path) -> tuple[Line, ...]:
    """Return the lines of `ministries.csv` in the folder `configs`, checked against its taxonomies and States."""
    schemes = [load_taxonomy(path) for path in sorted((configs / "taxonomies").glob("*.yaml"))]
    ids = {concept.id for scheme in schemes for concept in scheme.concepts}
    codes = {state.iso3 for state in load_states(configs / "states.csv").states}
    return load_ministries(configs / "ministries.csv", ids, codes)
