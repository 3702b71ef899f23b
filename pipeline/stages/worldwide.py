"""worldwide: the asks of all States that request the same, if `match.worldwide` is true: who makes and who supports it."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.cannot_link import cannot_link
from pipeline.matching import Asked, pair_features
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import WorldwideFamilies, WorldwideLedger
from pipeline.stages.match import read_asked, tools
from pipeline.tables import empty, read_table, write_table
from pipeline.worldwide import led_groups, neighbours, worldwide_ledger


def run(workspace: Workspace, params: Params) -> None:
    """Write `worldwide_families` and `worldwide_ledger`; both without rows unless `match.worldwide` is true."""
    ledger = read_table(workspace.table("ask_ledger"))
    if not params.match.worldwide or ledger.empty:
        write_table(empty(WorldwideFamilies), workspace.table("worldwide_families"), WorldwideFamilies)
        write_table(empty(WorldwideLedger), workspace.table("worldwide_ledger"), WorldwideLedger)
        return
    asks = read_table(workspace.table("asks"))
    families = _families(asks[asks["is_representative"]], ledger, workspace, params)
    states = read_table(workspace.table("recommending_states")).merge(asks[["recommendation_id", "ask_id"]])
    made_by = states.assign(name=states["state_name"].fillna(states["state_raw"]))[["ask_id", "name"]]
    summary = worldwide_ledger(families, ledger, read_table(workspace.table("recommendations")), made_by)
    write_table(families, workspace.table("worldwide_families"), WorldwideFamilies)
    write_table(summary, workspace.table("worldwide_ledger"), WorldwideLedger)


def _families(
    representatives: pd.DataFrame, ledger: pd.DataFrame, workspace: Workspace, params: Params
) -> pd.DataFrame:
    """Return the world-wide family of each ask: distinct texts are compared, asks with one text stand together."""
    folder = workspace.processed / "embeddings"
    texts = read_table(folder / "texts.parquet")[["recommendation_id", "text", "row"]]
    known = representatives.merge(texts, on="recommendation_id").sort_values("ask_id", ignore_index=True)
    distinct = known.drop_duplicates("text")
    place = known["text"].map({text: number for number, text in enumerate(distinct["text"])}).to_numpy()
    vectors = np.asarray(np.load(folder / "vectors.npy", mmap_mode="r")[distinct["row"]], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    leader, scores = led_groups(
        neighbours(vectors, params.worldwide.min_cosine),
        np.bincount(place),
        _Comparison(distinct["text"].to_list(), workspace),
        params.worldwide.min_score,
    )
    leading = distinct["ask_id"].to_numpy()[leader[place]]
    return pd.DataFrame({
        "ask_id": known["ask_id"],
        "worldwide_family_id": leading + "-W",
        "is_leader": known["ask_id"] == leading,
        "score": scores[place].round(4),
    }).merge(ledger[["ask_id", "state_under_review", "latest_position"]], on="ask_id")  # fmt: skip


class _Comparison:
    """Compares a leading text with others by the released scorer; each text is read once."""

    def __init__(self, texts: list[str], workspace: Workspace) -> None:
        self._texts = texts
        self._instruments, self._words, self._scorer = tools(workspace.configs, workspace.released / "same_ask")
        self._read: dict[int, Asked] = {}

    def __call__(self, leader: int, others: NDArray[np.int64], cosines: NDArray[np.float32]) -> NDArray[np.float64]:
        asked = [self._asked(place) for place in (leader, *others.tolist())]
        possible = np.array([cannot_link(asked[0], other) is None for other in asked[1:]])
        scores = np.zeros(len(others))
        pairs = np.stack([np.zeros(possible.sum(), dtype=np.int64), np.flatnonzero(possible) + 1], axis=1)
        if len(pairs):
            features = pair_features(asked, pairs, cosines[possible], self._scorer.rarity)
            scores[possible] = self._scorer.scores(features)["same_ask"]
        return scores

    def _asked(self, place: int) -> Asked:
        if place not in self._read:
            self._read[place] = read_asked(self._texts[place], self._instruments, self._words)
        return self._read[place]
