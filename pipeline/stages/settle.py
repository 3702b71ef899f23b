"""Let people's judgements stand over the machine's tags, and queue what is worth a person's look."""

import logging

import pandas as pd

from pipeline import judgements
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.review import reopened, review_queue, unsettled
from pipeline.schemas import DIMENSIONS, SCHEMES, Labels, ReviewQueue, Tags
from pipeline.schemas.judgements import (
    JudgedTexts,
    JudgementConflicts,
    JudgementReport,
    JudgementVerdicts,
    OrphanedJudgements,
)
from pipeline.tables import read_table, write_table
from pipeline.taxonomy import load_taxonomy

log = logging.getLogger(__name__)

_UNIT = ["recommendation_id", "dimension", "concept_id"]


def run(workspace: Workspace, params: Params) -> None:
    """Write `tags` (all dimensions), `labels` and `review_queue`, and the five tables on judgements."""
    tags, weaker = scored_tags(workspace)
    recommendations = read_table(workspace.table("recommendations"))
    names = concept_names(workspace)
    holding = holding_judgements(workspace, recommendations, names)
    found = judgements.verdicts(holding.here)
    labels = judgements.apply_judgements(tags, found, names)
    scored = pd.concat([tags, weaker], ignore_index=True)
    again = reopened(found, holding.orphans, recommendations, scored, names)
    unsure = unsettled(tags, weaker, found, labels)
    queue = review_queue(unsure, recommendations, ask_sizes(workspace), params.settle.review_queue_rows, again)
    write_table(tags, workspace.table("tags"), Tags)
    write_table(labels, workspace.table("labels"), Labels)
    write_table(queue, workspace.table("review_queue"), ReviewQueue, in_order=True)
    write_table(judgements.judged_texts(found, scored, recommendations), workspace.table("judged_texts"), JudgedTexts)
    _report(workspace, holding, found, tags, names)


def scored_tags(workspace: Workspace) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tags of all dimensions, and the weaker candidates."""
    tags, weaker = (
        pd.concat([read_table(workspace.table(f"{kind}/{name}")) for name in DIMENSIONS], ignore_index=True)
        for kind in ("tags", "candidates")
    )
    return tags, weaker


def concept_names(workspace: Workspace) -> dict[str, str]:
    """Return concept id -> label, of all taxonomies."""
    taxonomies = [load_taxonomy(workspace.taxonomy(scheme)) for scheme in SCHEMES.values()]
    return {concept.id: concept.label for taxonomy in taxonomies for concept in taxonomy.concepts}


def holding_judgements(workspace: Workspace, recommendations: pd.DataFrame, names: dict[str, str]) -> judgements.Held:
    """Return the judgements that hold for the recommendations, and says how many do not."""
    said = [
        judgements.read_judgements(workspace.judgements, names.keys()),
        judgements.read_pairs(workspace.judgements),
        judgements.read_items(workspace.judgements),
    ]
    holding = judgements.held(pd.concat(said, ignore_index=True).drop_duplicates(ignore_index=True), recommendations)
    if len(holding.orphans):
        log.warning(
            "%d of %d judgements are kept and not applied: their text changed or is gone (orphaned_judgements)",
            len(holding.orphans), len(holding.orphans) + len(holding.here),
        )  # fmt: skip
    return holding


def ask_sizes(workspace: Workspace) -> "pd.Series[int]":
    """Return recommendation id -> number of recommendations in its ask."""
    asks = read_table(workspace.table("asks"))
    return asks.groupby("ask_id")["recommendation_id"].transform("size").set_axis(asks["recommendation_id"])


def _report(
    workspace: Workspace, holding: judgements.Held, found: pd.DataFrame, tags: pd.DataFrame, names: dict[str, str]
) -> None:
    """Write what stands, where reviewers differ, what lost its text, and how far all agree."""
    told = found.assign(label=found["concept_id"].map(names))
    machine = [tags[_UNIT]]
    if (found["dimension"] == judgements.SAME_ASK).any():
        pairs = read_table(workspace.table("pairs"))
        same = pairs.loc[pairs["same_ask"], ["left_id", "right_id"]].assign(dimension=judgements.SAME_ASK)
        machine.append(same.rename(columns={"left_id": "recommendation_id", "right_id": "concept_id"}))
    compared = judgements.agreement(holding.here, found, pd.concat(machine, ignore_index=True))
    write_table(told, workspace.table("judgement_verdicts"), JudgementVerdicts)
    write_table(judgements.contested(told), workspace.table("judgement_conflicts"), JudgementConflicts)
    write_table(holding.orphans, workspace.table("orphaned_judgements"), OrphanedJudgements)
    write_table(compared, workspace.table("judgement_report"), JudgementReport)
