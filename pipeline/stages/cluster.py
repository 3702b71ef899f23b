"""cluster: within each State, recommendations become asks and asks become families, by average linkage."""

import logging
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipeline.ask_changes import arrivals, changes
from pipeline.clustering import Grouping, Pairs, group_block
from pipeline.judgements import read_same_ask, without_contradictions
from pipeline.params import Cluster, Params
from pipeline.paths import Workspace
from pipeline.schemas import AskChanges, Asks
from pipeline.tables import empty, read_table, write_table

log = logging.getLogger(__name__)

_UNDATED = 9999


class Block(NamedTuple):
    """The recommendations to one State, the pairs of them that were scored, and those that people judged."""

    state: str | None
    rows: pd.DataFrame
    pairs: pd.DataFrame
    judged: pd.DataFrame

    def only(self, ids: set[str]) -> "Block":
        """Return the block with the recommendations of `ids` alone."""
        pairs, judged = (part[part["left_id"].isin(ids) & part["right_id"].isin(ids)] for part in self[2:])
        return Block(self.state, self.rows[self.rows["recommendation_id"].isin(ids)], pairs, judged)


def run(workspace: Workspace, params: Params) -> None:
    """Write `asks`, one row a recommendation, and `ask_changes`. Voluntary pledges ask nothing and stand in none.

    What a review of a State changed is found by grouping its recommendations without that review and the later ones
    too: the same inputs give the same tables, whatever ran before (docs/decisions/0009-ask-identity.md).
    """
    asking, pairs, judged = _read(workspace)
    asks, changed = [empty(Asks)], [empty(AskChanges)]
    for block in _blocks(asking, pairs, judged):
        grouping = grouped(block, params.cluster)
        asks.append(
            pd.DataFrame(
                {
                    "recommendation_id": block.rows["recommendation_id"],
                    "ask_id": grouping.ask_ids,
                    "family_id": grouping.family_ids,
                    "is_representative": grouping.representative,
                }
            )
        )
        if block.state:
            changed.append(_changed(block, grouping, params.cluster))
    found = pd.concat(asks)
    write_table(pd.concat(changed), workspace.table("ask_changes"), AskChanges)
    write_table(found.assign(reason=_reasons(found, pairs, judged)), workspace.table("asks"), Asks)


def _read(workspace: Workspace) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the recommendations that ask, the scored pairs of them, and the pairs that people judged."""
    recommendations = read_table(workspace.table("recommendations"))
    asking = recommendations[~recommendations["is_pledge"]].sort_values("recommendation_id")
    judged = without_contradictions(read_same_ask(workspace.judgements, recommendations))
    state_of = asking.set_index("recommendation_id")["state_under_review"]
    here = (judged["left_id"].map(state_of) == judged["right_id"].map(state_of)).fillna(False).astype(bool)
    if not here.all():
        log.warning("%d judgements of pairs name recommendations that are not here or not to one State", (~here).sum())
    return asking, read_table(workspace.table("pairs")), judged[here]


def _blocks(asking: pd.DataFrame, pairs: pd.DataFrame, judged: pd.DataFrame) -> list[Block]:
    """Return one block a State; a recommendation to an unknown State is one of its own."""
    state_of = asking.set_index("recommendation_id")["state_under_review"]
    of_pairs, of_judged = (dict(iter(frame.groupby(frame["left_id"].map(state_of)))) for frame in (pairs, judged))
    no_pairs, no_judged = pairs.iloc[:0], judged.iloc[:0]
    blocks = [
        Block(str(state), rows, of_pairs.get(state, no_pairs), of_judged.get(state, no_judged))
        for state, rows in asking.groupby("state_under_review")
    ]
    unknown = asking[asking["state_under_review"].isna()]
    return blocks + [Block(None, unknown.iloc[[row]], no_pairs, no_judged) for row in range(len(unknown))]


def grouped(block: Block, cluster: Cluster) -> Grouping:
    """Return the asks of one State.

    A judgement stands over a rule: `yes` joins, `no` keeps apart, and so do words that can never be one ask
    (`cannot_link` in the pairs) where nobody said `yes`.
    """
    ids = pd.Index(block.rows["recommendation_id"])
    years = block.rows["year"].astype("Int64").fillna(_UNDATED).astype(int)
    said_no = block.judged[block.judged["verdict"] == "no"]
    ruled_out = block.pairs[block.pairs["cannot_link"].notna()]
    return group_block(
        ids.to_list(),
        list(zip(block.rows["mechanism"] != "upr", years, ids, strict=True)),
        _places(block.pairs, ids),
        block.pairs["score_same_ask"].to_numpy(dtype=float),
        block.pairs["score_same_family"].to_numpy(dtype=float),
        state=block.state,
        min_ask_score=cluster.min_ask_score,
        min_family_score=cluster.min_family_score,
        must=_places(block.judged[block.judged["verdict"] == "yes"], ids),
        cannot=np.concatenate([_places(said_no, ids), _places(ruled_out, ids)]),
    )


def _places(pairs: pd.DataFrame, ids: pd.Index) -> Pairs:
    return np.stack([ids.get_indexer(pd.Index(pairs[side])) for side in ("left_id", "right_id")], axis=1).astype(
        np.int64
    )


def _changed(block: Block, now: Grouping, cluster: Cluster) -> pd.DataFrame:
    """Return what each review after the first changed in the asks of one State."""
    ids = block.rows["recommendation_id"].to_numpy()
    upr = block.rows["mechanism"] == "upr"
    step, years = arrivals(block.rows["year"], upr)
    asks = []
    for last in range(len(years)):
        there = ids[step <= last]
        found = now if last == len(years) - 1 else grouped(block.only(set(there)), cluster)
        asks.append(dict(zip(there, found.ask_ids, strict=True)))
    rows = [empty(AskChanges)]
    for (before, after), year in zip(pairwise(asks), years[1:], strict=True):
        session = block.rows.loc[upr & (block.rows["year"] == year), "session"].max()
        rows.append(changes(before, after).assign(year=year, session=session, state_under_review=block.state))
    return pd.concat(rows)


def _reasons(asks: pd.DataFrame, pairs: pd.DataFrame, judged: pd.DataFrame) -> list[str]:
    """Return for each recommendation, in one line, why it stands in its ask: judged so, or its nearest fellow."""
    ask_of = asks.set_index("recommendation_id")["ask_id"]
    lines: dict[str, str] = {}
    same = judged[judged["verdict"] == "yes"]
    same = same.assign(reason="judged one ask by " + same["reviewer"] + " on " + same["date"], score_same_ask=1.0)
    for part in (pairs, same):
        inside = part[part["left_id"].map(ask_of) == part["right_id"].map(ask_of)]
        sides = [inside.rename(columns={"left_id": "id", "right_id": "fellow"}),
                 inside.rename(columns={"right_id": "id", "left_id": "fellow"})]  # fmt: skip
        near = pd.concat(sides).sort_values(["score_same_ask", "fellow"], ascending=[False, True]).drop_duplicates("id")
        lines |= dict(zip(near["id"], "as " + near["fellow"] + ": " + near["reason"], strict=True))
    return [lines.get(name, "nothing else asks the same") for name in asks["recommendation_id"]]
