"""embed: the distinct texts, with instrument names in one wording, become vectors; only new texts are encoded."""

import numpy as np
import pandas as pd

from pipeline.encoder import load_encoder
from pipeline.instruments import canonicalise, load_instruments
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.tables import read_table, replacing
from pipeline.vector_cache import cached_vectors, text_hash


def run(workspace: Workspace, params: Params) -> None:
    """Write `embeddings/texts.parquet` (recommendation_id, text, text_hash, row) and `embeddings/vectors.npy`.

    `text` is the canonical wording, encoded once; `row` its place in the vectors. Recommendations keep their text.
    """
    recommendations = read_table(workspace.table("recommendations"))
    instruments = load_instruments(workspace.configs / "instruments.yaml")
    canonical = {text: canonicalise(text, instruments) for text in recommendations["text"].unique()}
    texts = pd.DataFrame({
        "recommendation_id": recommendations["recommendation_id"],
        "text": recommendations["text"].map(canonical),
    }).sort_values("recommendation_id", ignore_index=True)  # fmt: skip
    distinct = sorted(set(texts["text"]))
    texts["text_hash"] = texts["text"].map({text: text_hash(text) for text in distinct})
    texts["row"] = texts["text"].map({text: row for row, text in enumerate(distinct)}).astype("int64")

    embed = params.embed
    encoder = load_encoder(
        embed.model, batch_size=embed.batch_size, max_tokens=embed.max_tokens, half_precision=embed.half_precision
    )
    cache = workspace.cache / "embeddings.sqlite"
    vectors, _ = cached_vectors(cache, encoder.identity, distinct, encoder.encode)

    folder = workspace.processed / "embeddings"
    with replacing(folder / "texts.parquet") as temporary:
        texts.to_parquet(temporary, index=False)
    with replacing(folder / "vectors.npy") as temporary:
        np.save(temporary, vectors.astype(np.float16))
