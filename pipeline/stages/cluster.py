"""cluster: within each State, recommendations become asks and asks become families, by average linkage."""

import numpy as np
import pandas as pd

from pipeline.clustering import Grouping, group_block
from pipeline.params import Cluster, Params
from pipeline.paths import Workspace
from pipeline.schemas import Asks
from pipeline.tables import empty, read_table, write_table


def run(workspace: Workspace, params: Params) -> None:
    """Write `asks`: one row a recommendation. Voluntary pledges are no recommendations and stand in none."""
    recommendations = read_table(workspace.table("recommendations"))
    asking = recommendations[~recommendations["is_pledge"]].sort_values("recommendation_id")
    pairs = read_table(workspace.table("pairs"))
    state_of = asking.set_index("recommendation_id")["state_under_review"]
    by_state = dict(iter(pairs.groupby(pairs["left_id"].map(state_of))))
    found = [
        cluster_block(block, by_state.get(state, pairs.iloc[:0]), str(state), params.cluster)
        for state, block in asking.groupby("state_under_review")
    ]
    found += [
        cluster_block(row.to_frame().T, pairs.iloc[:0], None, params.cluster)
        for _, row in asking[asking["state_under_review"].isna()].iterrows()
    ]
    write_table(pd.concat(found) if found else empty(Asks), workspace.table("asks"), Asks)


def cluster_block(block: pd.DataFrame, pairs: pd.DataFrame, state: str | None, cluster: Cluster) -> pd.DataFrame:
    """Return the asks of the recommendations to one State, given the scored pairs between them."""
    place = {name: row for row, name in enumerate(block["recommendation_id"])}
    years = block["year"].astype("Int64").fillna(9999).astype(int)
    grouping = group_block(
        list(place),
        list(zip(years, place, strict=True)),
        np.stack([pairs["left_id"].map(place), pairs["right_id"].map(place)], axis=1).astype(np.int64),
        pairs["score_same_ask"].to_numpy(dtype=float),
        pairs["score_same_family"].to_numpy(dtype=float),
        state=state,
        min_ask_score=cluster.min_ask_score,
        min_family_score=cluster.min_family_score,
    )
    asks = pd.DataFrame({
        "recommendation_id": list(place),
        "ask_id": grouping.ask_ids,
        "family_id": grouping.family_ids,
        "is_representative": grouping.representative,
    })  # fmt: skip
    return asks.assign(reason=_reasons(asks, grouping, pairs))


def _reasons(asks: pd.DataFrame, grouping: Grouping, pairs: pd.DataFrame) -> list[str]:
    """Return for each recommendation, in one line, why it stands in its ask: the comparison with its nearest fellow."""
    ask_of = dict(zip(asks["recommendation_id"], grouping.ask_ids, strict=True))
    inside = pairs[pairs["left_id"].map(ask_of) == pairs["right_id"].map(ask_of)]
    sides = [inside.rename(columns={"left_id": "id", "right_id": "fellow"}),
             inside.rename(columns={"right_id": "id", "left_id": "fellow"})]  # fmt: skip
    nearest = pd.concat(sides).sort_values(["score_same_ask", "fellow"], ascending=[False, True]).drop_duplicates("id")
    lines = dict(zip(nearest["id"], "as " + nearest["fellow"] + ": " + nearest["reason"], strict=True))
    return [lines.get(name, "nothing else asks the same") for name in asks["recommendation_id"]]
