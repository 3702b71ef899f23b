"""link: the clauses of texts that request several acts are linked to the asks of the same State that request the same."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.cannot_link import cannot_link
from pipeline.linking import best_links, near_asks
from pipeline.matching import pair_features, reason
from pipeline.parallel import processes, run_every
from pipeline.params import Link, Params
from pipeline.paths import Workspace
from pipeline.schemas import AskLinks
from pipeline.stages.match import read_asked, tools
from pipeline.tables import empty, read_table, write_table

_FEW = 2000
"""Clauses below which starting other processes costs more than it saves."""
_Vectors = NDArray[np.float32]


def run(workspace: Workspace, params: Params) -> None:
    """Write `ask_links`: for each recommendation the asks, other than its own, that its clauses request."""
    folder = workspace.processed / "embeddings"
    asks = read_table(workspace.table("asks"))
    recommendations = read_table(workspace.table("recommendations"))
    state_of = recommendations.set_index("recommendation_id")["state_under_review"]
    asks["state"] = asks["recommendation_id"].map(state_of)
    texts = read_table(folder / "texts.parquet")[["recommendation_id", "text", "row"]]
    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    clauses = read_table(folder / "clauses.parquet").merge(asks[["recommendation_id", "ask_id", "state"]])
    by_state = dict(iter(asks[asks["is_representative"]].merge(texts).groupby("state")))
    jobs = {
        str(state): (part, _unit(vectors, part["row"]), by_state[state], _unit(vectors, by_state[state]["row"]),
                     workspace, params.link)
        for state, part in clauses.sort_values(["recommendation_id", "number"]).groupby("state")
    }  # fmt: skip
    largest_first = dict(sorted(jobs.items(), key=lambda job: (-len(job[1][0]), job[0])))
    found = [empty(AskLinks)]
    for _, links in run_every(
        link_block, largest_first, processes(len(clauses), _FEW),
        lambda state: f"the {len(jobs[state][0])} clauses addressed to {state} could not be linked",
    ):  # fmt: skip
        found.append(links)
    write_table(pd.concat(found), workspace.table("ask_links"), AskLinks)


def link_block(
    clauses: pd.DataFrame, vectors: _Vectors, representatives: pd.DataFrame, centres: _Vectors, workspace: Workspace,
    link: Link,
) -> pd.DataFrame:  # fmt: skip
    """Return the links of one State: its clauses with the ask they come from, its asks with their texts, and vectors."""
    instruments, words, scorer = tools(workspace.configs, workspace.released / "same_ask")
    own, asks = clauses["ask_id"].to_list(), representatives["ask_id"].to_list()
    pairs, cosines = near_asks(
        vectors, own, centres, asks, min_cosine=link.min_cosine, max_neighbours=link.max_neighbours
    )
    pairs[:, 1] += len(clauses)
    texts = [*clauses["clause"], *representatives["text"]]
    places, compared = np.unique(pairs, return_inverse=True)
    compared = compared.reshape(-1, 2)
    asked = [read_asked(texts[place], instruments, words) for place in places]
    possible = [cannot_link(asked[left], asked[right]) is None for left, right in compared.tolist()]
    pairs, compared, cosines = (part[np.array(possible, dtype=bool)] for part in (pairs, compared, cosines))
    scores = scorer.scores(pair_features(asked, compared, cosines, scorer.rarity))["same_ask"]
    links = pd.DataFrame({
        "recommendation_id": clauses["recommendation_id"].to_numpy()[pairs[:, 0]],
        "ask_id": [asks[place - len(clauses)] for place in pairs[:, 1]],
        "clause": [texts[place] for place in pairs[:, 0]],
        "score": scores.round(4),
        "reason": [reason(asked[left], asked[right]) for left, right in compared.tolist()],
    })  # fmt: skip
    return best_links(links, link.min_score)


def _unit(vectors: NDArray[Any], rows: pd.Series) -> _Vectors:
    """Return the rows at unit length."""
    chosen = np.asarray(vectors[rows], dtype=np.float32)
    return np.asarray(chosen / np.linalg.norm(chosen, axis=1, keepdims=True))
