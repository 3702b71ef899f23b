"""How far the figures can be trusted: models as their cards measure them, files read, tags unread, sources at odds."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.explorer.core import STATUSES
from pipeline.explorer.payload import plain
from pipeline.explorer.rows import Tables
from pipeline.schemas import DIMENSIONS

_FIGURES = ["micro_f1", "macro_f1", "auto_precision", "auto_recall", "calibration_error"]
_FILES = [
    "source_file", "detected_format", "encoding", "records_read", "recommendations", "skipped", "number_gaps",
    "duplicate_numbers", "unknown_states", "status", "message",
]  # fmt: skip


def quality(rows: pd.DataFrame, tables: Tables, tags: pd.DataFrame, metrics: Mapping[str, Any],
            *, examples: int) -> dict[str, Any]:  # fmt: skip
    """Return what the page on quality shows.

    Args:
        rows: all recommendations.
        tables: the tables by name.
        tags: from `told_tags`.
        metrics: the released models' metrics by name, from `released_metrics`.
        examples: conflicts shown for each field.
    """
    conflicts = tables["source_conflicts"]
    return {
        "models": {name: card_figures(found) for name, found in metrics.items()},
        "files": [plain(row) for row in tables["ingest_report"][_FILES].itertuples(index=False, name=None)],
        "tags": tag_shares(tags),
        "untagged": {name: len(rows) - int(tags[tags["dimension"] == name]["recommendation_id"].nunique())
                     for name in DIMENSIONS},
        "queue": {str(name): int(n) for name, n in tables["review_queue"]["dimension"].value_counts().items()},
        "conflicts": {
            str(field): {
                "n": len(part),
                "examples": [plain(row) for row in part.head(examples)[
                    ["recommendation_id", "source_a", "value_a", "source_b", "value_b", "chosen", "rule"]
                ].itertuples(index=False, name=None)],
            }
            for field, part in conflicts.groupby("field")
        },
        "positions": _pairs(rows[(rows["mechanism"] == "upr") & ~rows["is_pledge"].astype(bool)],
                            "position_source", "position"),
        "languages": _pairs(rows, "language", "mechanism"),
        "skipped": _skipped(tables["records"]),
        "unknown_states": _unknown_states(rows, tables["recommending_states"]),
    }  # fmt: skip


def released_metrics(folder: Path) -> dict[str, Any]:
    """Return metrics.json of each released model by its name."""
    paths = sorted(folder.glob("*/metrics.json"))
    return {path.parent.name: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def card_figures(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """Return the headlines of a model as its card gives them: figures with their 95% intervals, and what they rest on.

    `figures` is {name: [value, low, high]} of a tagger; `tasks` is {task: {f1, f1_95, precision, recall, ...}} of the
    comparison of requests.
    """
    headline = metrics.get("all", {})
    figures = {
        name: [headline[name], *headline.get(f"{name}_95", (None, None))]
        for name in _FIGURES
        if isinstance(headline.get(name), int | float)
    }
    return {
        "figures": figures,
        "texts": headline.get("texts"),
        "wanted": metrics.get("auto", {}).get("wanted"),
        "tasks": metrics.get("headlines", {}),
    }


def tag_shares(tags: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Return for each dimension its tags by who stands behind them: a person, a machine unread, a machine to review."""
    counts = tags.groupby(["dimension", "status"]).size()
    return {name: {status: int(counts.get((name, status), 0)) for status in STATUSES} for name in DIMENSIONS}


def _pairs(rows: pd.DataFrame, left: str, right: str) -> list[list[Any]]:
    """Return how often two values occur together; null where the first is missing."""
    counts = rows.groupby([left, right], dropna=False).size().reset_index(name="n")
    return [plain(row) for row in counts.itertuples(index=False, name=None)]


def _skipped(records: pd.DataFrame) -> list[list[Any]]:
    """Return why rows of the sources became no recommendation, numbers left out, most frequent first."""
    reasons = records["skip_reason"].dropna().str.replace(r"\d+(\.\d+)*", "…", regex=True)
    return [[str(reason), int(n)] for reason, n in reasons.value_counts().head(12).items()]


def _unknown_states(rows: pd.DataFrame, asking: pd.DataFrame) -> list[list[Any]]:
    """Return names of States that are not known, with the times they occur."""
    names = pd.concat([
        asking[asking["state_iso3"].isna()]["state_raw"], rows[rows["state_under_review"].isna()]["state_name"],
    ]).dropna()  # fmt: skip
    return [[str(name), int(n)] for name, n in names.value_counts().head(30).items()]
