"""Ways of grouping many recommendations, each run in a process of its own on one core. No stage of its own.

All get the same texts in canonical wording and the same vectors, made beforehand and not counted.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.reference_methods import semhash_groups
from pipeline.stages.cluster import Block, grouped
from pipeline.stages.match import match_block
from pipeline.timing import Stopwatch, peak_megabytes

ROWS, VECTORS = "rows.parquet", "vectors.npy"
OURS = "this project"
_FEW = 20
"""Recommendations grouped before the clock runs, so that libraries and models are loaded."""


class Options(NamedTuple):
    """What the methods need beside texts and vectors; `min_cosine` is the threshold of those that know the cosine alone."""

    workspace: Workspace
    params: Params
    min_cosine: float


Vectors = NDArray[np.float32]
Method = Callable[[str, pd.DataFrame, Vectors, Options], list[str]]


def _ours(state: str, rows: pd.DataFrame, vectors: Vectors, options: Options) -> list[str]:
    ids = rows["recommendation_id"].to_numpy()
    pairs, _ = match_block(rows["text"].to_list(), vectors, ids, options.workspace, options.params.match)
    nobody = pd.DataFrame(columns=["left_id", "right_id", "verdict"], dtype=str)
    return grouped(Block(state, rows.assign(mechanism="upr", year=0), pairs, nobody), options.params.cluster).ask_ids


def _communities(state: str, rows: pd.DataFrame, vectors: Vectors, options: Options) -> list[str]:
    from sentence_transformers.util import community_detection

    labels = np.arange(len(rows))
    for group in community_detection(vectors, threshold=options.min_cosine, min_community_size=2):
        labels[group] = group[0]
    return [f"{state}/{label}" for label in labels]


def _semhash(state: str, rows: pd.DataFrame, vectors: Vectors, options: Options) -> list[str]:
    labels = semhash_groups(vectors, options.min_cosine, rows["text"].to_list())
    return [f"{state}/{label}" for label in labels]


METHODS: dict[str, tuple[Method, bool]] = {
    OURS: (_ours, True),
    "community_detection, State by State": (_communities, True),
    "community_detection, all at once": (_communities, False),
    "SemHash, State by State": (_semhash, True),
    "SemHash, all at once": (_semhash, False),
}
"""Name -> what groups a block, and whether a block is one State or all recommendations."""


def measure(name: str, folder: Path, options: Options) -> dict[str, Any]:
    """Return seconds, memory and groups of the method `name` on the rows and vectors in `folder`, run in a new process."""
    with _one_core(), ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_timed, name, folder, options).result()


def _timed(name: str, folder: Path, options: Options) -> dict[str, Any]:
    method, by_state = METHODS[name]
    rows = pd.read_parquet(folder / ROWS)
    vectors = np.load(folder / VECTORS, mmap_mode="r")
    blocks = [(str(state), part) for state, part in rows.groupby("state_under_review")] if by_state else [("", rows)]
    state, first = blocks[0]
    method(state, first.head(_FEW), _of(first.head(_FEW), vectors), options)
    before, start = peak_megabytes(), Stopwatch()
    groups = [group for state, part in blocks for group in method(state, part, _of(part, vectors), options)]
    wall, cpu = start.seconds()
    sizes = pd.Series(groups).value_counts()
    return {
        "wall_s": round(wall, 2), "cpu_s": round(cpu, 2), "peak_mb": peak_megabytes(), "before_mb": before,
        "groups": len(sizes), "in_groups_of_two_or_more": int(sizes[sizes > 1].sum()),
    }  # fmt: skip


def _of(rows: pd.DataFrame, vectors: NDArray[np.float16]) -> Vectors:
    return np.asarray(vectors[rows["row"]], dtype=np.float32)


@contextmanager
def _one_core() -> Iterator[None]:
    """Let processes begun within use one core, where the system knows how: several threads on a shared machine measure it."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
