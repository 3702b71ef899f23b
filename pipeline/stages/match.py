"""match: within each State, pairs of recommendations that may request the same are found, compared and scored."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.cannot_link import cannot_link
from pipeline.instruments import Instruments, in_order, load_instruments
from pipeline.matching import FEATURES, Asked, candidate_pairs, pair_features, reason, slot_table
from pipeline.pair_scorer import PairScorer, load_scorer
from pipeline.parallel import processes, run_every
from pipeline.params import Match, Params
from pipeline.paths import Workspace
from pipeline.request_words import articles, polarity, request_words, stems
from pipeline.schemas import Pairs, Slots
from pipeline.slots import SlotWords, core, load_slot_words, read_slots
from pipeline.tables import empty, read_table, write_table

_FEW = 2000
"""Recommendations below which starting other processes costs more than it saves."""


def run(workspace: Workspace, params: Params) -> None:
    """Write `pairs` and `slots`. Voluntary pledges and recommendations to an unknown State form no pair and have no slots."""
    recommendations = read_table(workspace.table("recommendations"))
    texts = read_table(workspace.processed / "embeddings" / "texts.parquet").set_index("recommendation_id")
    vectors = np.load(workspace.processed / "embeddings" / "vectors.npy", mmap_mode="r")
    asking = recommendations[~recommendations["is_pledge"] & recommendations["state_under_review"].notna()]
    by_state = asking.sort_values("recommendation_id").groupby("state_under_review")["recommendation_id"]
    parts = {str(state): texts.loc[ids] for state, ids in by_state}
    jobs = {
        state: (part["text"].to_list(), np.asarray(vectors[part["row"]], dtype=np.float32), part.index.to_numpy(),
                workspace, params.match)
        for state, part in sorted(parts.items(), key=lambda item: -len(item[1]))
    }  # fmt: skip
    pairs, slots = [empty(Pairs)], [empty(Slots)]
    for _, found in run_every(
        match_block, jobs, processes(len(asking), _FEW),
        lambda state: f"the {len(parts[state])} recommendations to {state} could not be compared",
    ):  # fmt: skip
        pairs.append(found[0])
        slots.append(found[1])
    write_table(pd.concat(pairs), workspace.table("pairs"), Pairs)
    write_table(pd.concat(slots), workspace.table("slots"), Slots)


def match_block(
    texts: list[str], vectors: NDArray[np.float32], ids: NDArray[Any], workspace: Workspace, match: Match
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the scored pairs and the slots of one State, given its canonical texts, their vectors and the recommendations' ids."""
    instruments, words, scorer = tools(workspace.configs, workspace.released / "same_ask")
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    pairs, cosines = candidate_pairs(vectors, match.min_cosine, match.max_neighbours)
    asked = [read_asked(text, instruments, words) for text in texts]
    scores = scorer.scores(pair_features(asked, pairs, cosines, scorer.rarity))
    cannot = [cannot_link(asked[left], asked[right]) for left, right in pairs]
    scores["same_ask"][[why is not None for why in cannot]] = 0.0
    identical = np.array([texts[left] == texts[right] for left, right in pairs], dtype=bool)
    same_ask, same_family = (np.where(identical, 1.0, scores[name]) for name in ("same_ask", "same_family"))
    scored = pd.DataFrame({
        "left_id": ids[pairs[:, 0]],
        "right_id": ids[pairs[:, 1]],
        "score_same_ask": same_ask.round(4),
        "score_same_family": same_family.round(4),
        "same_ask": same_ask >= match.same_ask_threshold,
        "same_family": same_family >= match.same_family_threshold,
        "cosine": cosines.astype(float).round(4),
        "reason": [reason(asked[left], asked[right]) for left, right in pairs],
        "cannot_link": cannot,
    })  # fmt: skip
    return scored, slot_table(ids.tolist(), asked)


def read_asked(text: str, instruments: Instruments, words: SlotWords) -> Asked:
    """Return what a text in canonical wording asks, ready to be compared."""
    named, rest = in_order(text, instruments)
    slots = read_slots(rest, words)
    request = request_words(rest, named, words)
    return Asked(
        strength=slots.strength,
        acts=slots.acts,
        aims=slots.aims,
        first_act=slots.first_act,
        instruments=frozenset(named),
        groups=slots.groups,
        topics=slots.topics,
        names=slots.names,
        numbers=slots.numbers,
        core=core(text, words),
        words=stems(text),
        request=request,
        polarity=polarity(request),
        articles=articles(rest),
    )


@cache
def tools(configs: Path, released: Path) -> tuple[Instruments, SlotWords, PairScorer]:
    """Return what one process needs for all its blocks."""
    return (
        load_instruments(configs / "instruments.yaml"),
        load_slot_words(configs / "slots.yaml"),
        load_scorer(released, FEATURES),
    )
