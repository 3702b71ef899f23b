"""embed: the distinct texts become vectors, for tags as they stand, for matching with instruments in one wording."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.instruments import canonicalise, load_instruments
from pipeline.linking import clause_table
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.slots import load_verbs
from pipeline.stages.encoding import compared_vectors, released_features
from pipeline.tables import read_table, replacing
from pipeline.vector_cache import text_hash


def run(workspace: Workspace, params: Params) -> None:
    """Write `texts.parquet`, `clauses.parquet`, `vectors.npy` and `features.npy` to `embeddings/`.

    `texts.parquet` has recommendation_id, text, text_hash, row, feature_row: `text` is the canonical wording, `row` its
    place in the vectors that matching compares; `feature_row` is the place of the recommendation's own text in the
    features that taggers read (no row where taggers do without an encoder). Recommendations keep their text.
    `clauses.parquet` has recommendation_id, number, clause, row: the single requests of texts that hold several.
    """
    recommendations = read_table(workspace.table("recommendations"))
    instruments = load_instruments(workspace.configs / "instruments.yaml")
    canonical = {text: canonicalise(text, instruments) for text in recommendations["text"].unique()}
    texts = pd.DataFrame({
        "recommendation_id": recommendations["recommendation_id"],
        "text": recommendations["text"].map(canonical),
        "own": recommendations["text"],
    }).sort_values("recommendation_id", ignore_index=True)  # fmt: skip
    asking = ~recommendations.set_index("recommendation_id")["is_pledge"].loc[texts["recommendation_id"]].to_numpy()
    verbs = load_verbs(workspace.configs / "slots.yaml")
    clauses = clause_table(texts.loc[asking, ["recommendation_id", "text"]], verbs, instruments)
    compared, own = sorted({*texts["text"], *clauses["clause"]}), sorted(set(texts["own"]))
    row_of = {text: row for row, text in enumerate(compared)}
    texts["text_hash"] = texts["text"].map({text: text_hash(text) for text in compared})
    texts["row"] = texts["text"].map(row_of).astype("int64")
    clauses["row"] = clauses["clause"].map(row_of).astype("int64")
    texts["feature_row"] = texts["own"].map({text: row for row, text in enumerate(own)}).astype("int64")
    vectors = compared_vectors(workspace, params, compared)
    features = released_features(workspace, params, own) if params.tag.use_encoder else np.zeros((0, 0))

    folder = workspace.processed / "embeddings"
    with replacing(folder / "texts.parquet") as temporary:
        texts.drop(columns="own").to_parquet(temporary, index=False)
    with replacing(folder / "clauses.parquet") as temporary:
        clauses.to_parquet(temporary, index=False)
    _save(folder / "vectors.npy", vectors)
    _save(folder / "features.npy", features)


def _save(path: Path, rows: NDArray[np.floating]) -> None:
    with replacing(path) as temporary:
        np.save(temporary, rows.astype(np.float16))
