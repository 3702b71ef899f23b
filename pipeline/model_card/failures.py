"""Where a model fails: weak labels, labels it never finds, labels taken for each other."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.model_card.markdown import table

WEAKEST = 8
"""Labels named as known failures."""


def failures(labels: pd.DataFrame, confused: pd.DataFrame, metrics: Mapping[str, Any]) -> str:
    """Return the known failures: the weakest labels with texts enough to say so, those never found, confused pairs."""
    if labels.empty:
        return ""
    enough = metrics["regime"]["concept_texts"] if "regime" in metrics else 1
    seen = labels[labels["texts"] >= enough]
    never = labels[(labels["texts"] > 0) & (labels["tags"] == 0)]["label"]
    unseen = labels[labels["texts"] == 0]["label"]
    weakest = "; ".join(f"{row.label} (F1 {row.f1:.2f}, {row.texts} texts)" for row in seen.head(WEAKEST).itertuples())
    lines = [f"- Weakest of the labels with {enough} measured texts or more: {weakest}."] if weakest else []
    if len(never):
        lines.append(f"- True of some text and never proposed: {'; '.join(never)}.")
    if len(unseen):
        lines.append(f"- Not measured, for no text carries it: {len(unseen)} labels ({'; '.join(unseen.head(WEAKEST))}"
                     f"{'; …' if len(unseen) > WEAKEST else ''}).")  # fmt: skip
    parts = ["## Known failures", "\n".join(lines)] if lines else ["## Known failures"]
    if not confused.empty:
        rows = [[row.read, row.proposed, row.texts] for row in confused.itertuples()]
        parts.append("Missed and, for the same text, wrongly proposed:")
        parts.append(table(["label read", "label proposed", "texts"], rows))
    return "\n\n".join(parts) if len(parts) > 1 else ""


def by_label(labels: pd.DataFrame) -> str:
    """Return the figures of every label that some text carries, the weakest first."""
    if labels.empty:
        return ""
    rows: list[list[object]] = [
        [row.label, row.texts, f"{row.precision:.2f}", f"{row.recall:.2f}", f"{row.f1:.2f} ({row.f1_low:.2f}-{row.f1_high:.2f})",
         f"{row.labelled:,}"]
        for row in labels[labels["texts"] > 0].itertuples()
    ]  # fmt: skip
    header = ["label", "texts", "precision", "recall", "F1", "labelled texts in all"]
    return "## By label\n\nThe weakest first.\n\n" + table(header, rows)
