"""What a page tells of single recommendations: wording, quoted position, every tag with its reason, every source."""

from typing import Any

import pandas as pd

from pipeline.explorer.payload import plain
from pipeline.explorer.rows import Tables

_TAG = ["dimension", "concept_id", "label", "score", "second_score", "status", "method", "evidence", "reviewer", "date"]


def recommendations(rows: pd.DataFrame, tables: Tables, tags: pd.DataFrame) -> dict[str, Any]:
    """Return the details of one State's recommendations, column by column in the order of `rows`.

    Args:
        rows: its recommendations.
        tables: the tables, of this State.
        tags: its labels, from `told_tags`.
    """
    ids = rows["recommendation_id"]
    asks = tables["asks"].set_index("recommendation_id").reindex(ids)
    return {
        "text": rows["text"].tolist(),
        "original": _only_if_other(rows),
        "quote": plain(rows["position_quote"]),
        "position_source": plain(rows["position_source"]),
        "provisional": rows["is_provisional"].astype(int).tolist(),
        "reason": plain(asks["reason"]),
        "tags": _lists(tags.round({"score": 3, "second_score": 3}), _TAG, ids),
        "sources": _lists(tables["recommendation_sources"], ["source", "source_file", "source_row"], ids),
        "source_tags": _lists(tables["source_tags"], ["scheme", "label_raw"], ids),
        "changes": _lists(tables["position_changes"], ["document_symbol", "paragraph", "old", "new", "quote"], ids),
        "conflicts": _lists(
            tables["source_conflicts"],
            ["field", "source_a", "value_a", "source_b", "value_b", "chosen", "rule"], ids,
        ),
        "translations": _translations(tables, ids),
    }  # fmt: skip


def _only_if_other(rows: pd.DataFrame) -> list[str | None]:
    """Return the paragraph as written where the cleaned text is not simply a part of it."""
    pairs = zip(rows["text"], rows["text_original"], strict=True)
    return [None if pd.isna(original) or text in original else original for text, original in pairs]


def _lists(frame: pd.DataFrame, columns: list[str], ids: pd.Series) -> list[list[list[Any]]]:
    """Return for each id its rows of `frame`, reduced to `columns`, in the frame's order."""
    cells = frame[columns].astype("object").where(frame[columns].notna(), None)
    found: dict[str, list[list[Any]]] = {}
    for key, row in zip(frame["recommendation_id"], cells.itertuples(index=False, name=None), strict=True):
        found.setdefault(key, []).append([value.item() if hasattr(value, "item") else value for value in row])
    return [found.get(key, []) for key in ids]


def _translations(tables: Tables, ids: pd.Series) -> list[list[list[Any]]]:
    """Return each one's translations that are shown: language, text, kind, translator; none where the run had none."""
    frame = tables.get("translations")
    if frame is None or frame.empty:
        return [[] for _ in ids]
    return _lists(frame[frame["is_shown"]], ["language", "translation", "kind", "translator"], ids)
