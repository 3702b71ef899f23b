"""Let people's judgements stand over the machine's tags, and queue what is worth a person's look."""

import logging

import pandas as pd

from pipeline import judgements
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.review import reopened, review_queue
from pipeline.schemas import DIMENSIONS, SCHEMES, Labels, ReviewQueue, Tags
from pipeline.schemas.judgements import JudgedTexts, JudgementConflicts, JudgementReport, OrphanedJudgements
from pipeline.tables import read_table, write_table
from pipeline.taxonomy import load_taxonomy

log = logging.getLogger(__name__)

_UNIT = ["recommendation_id", "dimension", "concept_id"]


def run(workspace: Workspace, params: Params) -> None:
    """Write `tags` (all dimensions), `labels` and `review_queue`, and the four tables on judgements."""
    tags = pd.concat([read_table(workspace.table(f"tags/{name}")) for name in DIMENSIONS], ignore_index=True)
    weaker = pd.concat([read_table(workspace.table(f"candidates/{name}")) for name in DIMENSIONS], ignore_index=True)
    recommendations = read_table(workspace.table("recommendations"))
    taxonomies = [load_taxonomy(workspace.taxonomy(scheme)) for scheme in SCHEMES.values()]
    names = {concept.id: concept.label for taxonomy in taxonomies for concept in taxonomy.concepts}
    holding = _holding(workspace, recommendations, names)
    found = judgements.verdicts(holding.here)
    labels = judgements.apply_judgements(tags, found, names)
    scored = pd.concat([tags, weaker], ignore_index=True)
    again = reopened(found, holding.orphans, recommendations, scored, names)
    queue = review_queue(
        _unsure(tags, weaker, found, labels),
        recommendations,
        _ask_sizes(workspace),
        params.settle.review_queue_rows,
        again,
    )
    write_table(tags, workspace.table("tags"), Tags)
    write_table(labels, workspace.table("labels"), Labels)
    write_table(queue, workspace.table("review_queue"), ReviewQueue, in_order=True)
    write_table(judgements.judged_texts(found, scored, recommendations), workspace.table("judged_texts"), JudgedTexts)
    _report(workspace, holding, found, tags, names)


def _holding(workspace: Workspace, recommendations: pd.DataFrame, names: dict[str, str]) -> judgements.Held:
    """Return the judgements that hold for the recommendations, and says how many do not."""
    said = [judgements.read_judgements(workspace.judgements, names.keys()), judgements.read_pairs(workspace.judgements)]
    holding = judgements.held(pd.concat(said, ignore_index=True), recommendations)
    if len(holding.orphans):
        log.warning(
            "%d of %d judgements are kept and not applied: their text changed or is gone (orphaned_judgements)",
            len(holding.orphans), len(holding.orphans) + len(holding.here),
        )  # fmt: skip
    return holding


def _unsure(tags: pd.DataFrame, weaker: pd.DataFrame, found: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Return tags for review and weaker candidates that people settled in no way."""
    unsure = pd.concat([tags[tags["decision"] == "review"], weaker], ignore_index=True)
    settled = pd.MultiIndex.from_frame(found.loc[found["stands"].isin(["yes", "no"]), _UNIT])
    chosen = labels[(labels["dimension"] == "action") & (labels["origin"] == "human")]["recommendation_id"]
    left = pd.MultiIndex.from_frame(unsure[_UNIT]).isin(settled)
    return unsure[~left & ~((unsure["dimension"] == "action") & unsure["recommendation_id"].isin(chosen))]


def _ask_sizes(workspace: Workspace) -> "pd.Series[int]":
    """Return recommendation id -> number of recommendations in its ask."""
    asks = read_table(workspace.table("asks"))
    return asks.groupby("ask_id")["recommendation_id"].transform("size").set_axis(asks["recommendation_id"])


def _report(
    workspace: Workspace, holding: judgements.Held, found: pd.DataFrame, tags: pd.DataFrame, names: dict[str, str]
) -> None:
    """Write where reviewers differ, what lost its text, and how far all agree."""
    differing = judgements.contested(found)
    differing = differing.assign(label=differing["concept_id"].map(names))
    machine = [tags[_UNIT]]
    if (found["dimension"] == judgements.SAME_ASK).any():
        pairs = read_table(workspace.table("pairs"))
        same = pairs.loc[pairs["same_ask"], ["left_id", "right_id"]].assign(dimension=judgements.SAME_ASK)
        machine.append(same.rename(columns={"left_id": "recommendation_id", "right_id": "concept_id"}))
    compared = judgements.agreement(holding.here, found, pd.concat(machine, ignore_index=True))
    write_table(differing, workspace.table("judgement_conflicts"), JudgementConflicts)
    write_table(holding.orphans, workspace.table("orphaned_judgements"), OrphanedJudgements)
    write_table(compared, workspace.table("judgement_report"), JudgementReport)
