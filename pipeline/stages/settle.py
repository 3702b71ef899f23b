"""Let people's judgements stand over the machine's tags, and queue what is worth a person's look."""

import pandas as pd

from pipeline.judgements import apply_judgements, read_judgements
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.review import review_queue
from pipeline.schemas import DIMENSIONS, SCHEMES, Labels, ReviewQueue, Tags
from pipeline.tables import read_table, write_table
from pipeline.taxonomy import load_taxonomy


def run(workspace: Workspace, params: Params) -> None:
    """Write `tags` (all dimensions), `labels` and `review_queue`."""
    tags = pd.concat([read_table(workspace.table(f"tags/{name}")) for name in DIMENSIONS], ignore_index=True)
    weaker = pd.concat([read_table(workspace.table(f"candidates/{name}")) for name in DIMENSIONS], ignore_index=True)
    recommendations = read_table(workspace.table("recommendations"))
    asks = read_table(workspace.table("asks"))
    taxonomies = [load_taxonomy(workspace.taxonomy(scheme)) for scheme in SCHEMES.values()]
    names = {concept.id: concept.label for taxonomy in taxonomies for concept in taxonomy.concepts}
    judgements = read_judgements(workspace.judgements, names.keys())
    known = judgements[judgements["recommendation_id"].isin(recommendations["recommendation_id"])]
    judged = pd.MultiIndex.from_frame(known[["recommendation_id", "concept_id"]])
    unsure = pd.concat([tags[tags["decision"] == "review"], weaker], ignore_index=True)
    unsure = unsure[~pd.MultiIndex.from_frame(unsure[["recommendation_id", "concept_id"]]).isin(judged)]
    sizes = asks.groupby("ask_id")["recommendation_id"].transform("size").set_axis(asks["recommendation_id"])
    queue = review_queue(unsure, recommendations, sizes, params.settle.review_queue_rows)
    write_table(tags, workspace.table("tags"), Tags)
    write_table(apply_judgements(tags, known, names), workspace.table("labels"), Labels)
    write_table(queue, workspace.table("review_queue"), ReviewQueue, in_order=True)
