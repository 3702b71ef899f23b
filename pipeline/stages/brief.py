"""brief: what was asked before, what can still move, and what to say to each recommending State."""

import logging

import pandas as pd

from pipeline.briefs import state_briefs
from pipeline.carrying import carried_by
from pipeline.follow_up import load_rules
from pipeline.history import history_counts, state_history
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.pending import pending
from pipeline.same_ask import same_ask, with_review
from pipeline.schemas import HistoryCounts, Pending, StateBriefs, StateHistory, Translations, WorldwideFamilies
from pipeline.tables import empty, read_table, write_table
from pipeline.translations import read_translations, settled

log = logging.getLogger(__name__)


def run(workspace: Workspace, params: Params) -> None:
    """Write `state_history`, `history_counts`, `pending`, `state_briefs` and `translations`."""
    recommendations = read_table(workspace.table("recommendations"))
    made_by = read_table(workspace.table("recommending_states"))
    asks = read_table(workspace.table("asks"))
    labels = with_review(read_table(workspace.table("labels")), read_table(workspace.table("tags")))
    rules = load_rules(workspace.configs / "follow_up.yaml")
    carried = _carried(workspace)
    context = same_ask(recommendations, made_by, asks, read_table(workspace.table("ask_links")))
    families = _if_there(workspace, "worldwide_families", empty(WorldwideFamilies))
    tables = {
        "state_history": (
            StateHistory, state_history(recommendations, asks, read_table(workspace.table("ask_ledger")), labels)
        ),
        "history_counts": (HistoryCounts, history_counts(recommendations, asks, labels)),
        "pending": (Pending, pending(context, made_by, labels, families, rules, carried)),
        "state_briefs": (StateBriefs, state_briefs(context, made_by, labels, rules, carried)),
        "translations": (Translations, _translations(workspace, recommendations)),
    }  # fmt: skip
    for name, (schema, frame) in tables.items():
        write_table(frame, workspace.table(name), schema, in_order=name in ("state_history", "pending"))


def _if_there(workspace: Workspace, name: str, otherwise: pd.DataFrame) -> pd.DataFrame:
    path = workspace.table(name)
    return read_table(path) if path.exists() else otherwise


def _carried(workspace: Workspace) -> dict[str, str]:
    """Return which outcome carries which recommendation; nothing is known without frameworks."""
    items = _if_there(workspace, "framework_items", pd.DataFrame())
    return carried_by(_if_there(workspace, "framework_map", pd.DataFrame()), items)


def _translations(workspace: Workspace, recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return the table of translations, and say what was left out and how to mend it."""
    lines, problems = read_translations(workspace.translations)
    for problem in problems:
        log.error("left out until it is mended: %s", problem)
    found = settled(lines, recommendations)
    if outdated := int((~found["is_current"].astype(bool)).sum()):
        log.warning("%d of %d translations are kept and not shown: their text changed", outdated, len(found))
    return found
