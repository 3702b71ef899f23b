"""How good a model is, as sections of its card; each is empty where its figures were not measured."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.model_card.kinds import NAMES
from pipeline.model_card.markdown import difference, figure, table

_PARTS = {
    "all": "all texts",
    "without_twins": "without texts that also occur in training",
    "broad": "upper level (goals)",
    "narrow": "lower level (targets)",
}
_COLUMNS = {
    "micro_f1": "micro-F1",
    "macro_f1": "macro-F1",
    "calibration_error": "calibration error",
    "auto_precision": "precision of `auto`",
    "auto_recall": "recall of `auto`",
}


def headlines(metrics: Mapping[str, Any], *, exclusive: bool) -> str:
    """Return the headline figures, and what `auto` lets through; micro-F1 is accuracy if `exclusive`."""
    if "all" not in metrics:
        return ""
    names = _COLUMNS | ({"micro_f1": "accuracy"} if exclusive else {})
    rows = [
        [words, f"{metrics[part]['texts']:,}", *(figure(metrics[part], name) for name in names)]
        for part, words in _PARTS.items()
        if part in metrics
    ]
    return (
        "## How good it is\n\n"
        + table(["measured on", "texts", *names.values()], rows)
        + f"\n\n{_auto(metrics['auto'])} {metrics['tags_per_text']} tags a text; {metrics['texts_without_tag']:,} texts "
        "without a tag."
    )


def _auto(auto: Mapping[str, Any]) -> str:
    if auto["from_score"] is None:
        return f"No score reaches the wanted precision of {auto['wanted']:.2f}: every tag is marked `review`."
    return (
        f"At the wanted precision of {auto['wanted']:.2f}, tags from a score of {auto['from_score']} on are `auto`: "
        f"precision {auto['precision']:.3f}, and {auto['recall']:.1%} of all true tags are among them. That score was "
        "chosen on the texts measured."
    )


def systems(metrics: Mapping[str, Any], *, exclusive: bool) -> str:
    """Return the table of simpler ways of tagging beside the one in use, by level where there are two."""
    if len(metrics.get("systems", {})) < 2:
        return ""
    micro = "accuracy" if exclusive else "micro-F1"
    levels = [level for level in ("broad", "narrow") if level in metrics]
    rows = []
    for name, figures in metrics["systems"].items():
        in_use = name == metrics["in_use"]
        against = "in use" if in_use else difference(figures["difference"], "micro_f1")
        by_level = [figure(figures[level], "micro_f1") for level in levels]
        rows.append(
            [NAMES.get(name, name), figure(figures, "micro_f1"), figure(figures, "macro_f1"), *by_level, against]
        )
    header = ["way of tagging", micro, "macro-F1", *(f"{_PARTS[level]}, micro-F1" for level in levels)]
    return (
        "## Compared with simpler ways\n\n"
        + table([*header, f"difference to the one in use, {micro}"], rows)
        + "\n\nOn the same texts, each with its own calibration and thresholds set on others; differences are paired: the "
        "same reviews are drawn for both."
    )


def plots(metrics: Mapping[str, Any], name: str | None) -> str:
    """Return the link to the plots in the file `name`."""
    if name is None or "reliability" not in metrics:
        return ""
    return f"![Calibration, precision of the tags from a score on, and learning curve where there is one]({name})"


def learning_curve(learning: pd.DataFrame) -> str:
    """Return what more labelled texts brought so far."""
    if learning.empty:
        return ""
    rows = []
    for at in learning.to_dict("records"):
        figures = {
            name: value for name, value in at.items() if name in ("micro_f1", "macro_f1")
        } | {f"{name}_95": (at[f"{name}_low"], at[f"{name}_high"]) for name in ("micro_f1", "macro_f1")}  # fmt: skip
        rows.append([NAMES.get(at["system"], at["system"]), f"{at['texts']:,}", at["states"],
                     figure(figures, "micro_f1"), figure(figures, "macro_f1")])  # fmt: skip
    return (
        "## Learning curve\n\n"
        + table(["way of tagging", "texts learnt from", "States", "micro-F1", "macro-F1"], rows)
        + "\n\nLess is part of more: whole States are added. What the last doubling brought is about what the next may."
    )


def calibration(metrics: Mapping[str, Any]) -> str:
    """Return how far a score can be taken at its word."""
    if "reliability" not in metrics:
        return ""
    rows: list[list[object]] = [
        [f"{at['probability']:.2f}", f"{at['right']:.2f}", int(at["texts"])] for at in metrics["reliability"]
    ]
    return (
        "## Calibration\n\n"
        f"Expected calibration error of the top tag {metrics['calibration_error_top']:.3f}, of all tags "
        f"{metrics['calibration_error_tags']:.3f}.\n\n"
        + table(["mean score of the top tag", "share right", "texts"], rows)
    )


def breakdowns(metrics: Mapping[str, Any]) -> str:
    """Return the figures by cycle, session and language."""
    tables = []
    for name in ("cycle", "session", "language"):
        found = metrics.get(f"by_{name}", {})
        order = sorted(found, key=lambda value: (int(value), "") if value.isdigit() else (0, value))
        rows = [
            [at, f"{found[at]['texts']:,}", figure(found[at], "micro_f1"), figure(found[at], "macro_f1")]
            for at in order
        ]
        if rows:
            words = name if name == "language" else f"{name} (0: none named)"
            tables.append(table([words, "texts", "micro-F1", "macro-F1"], rows))
    return "\n\n".join(["## By cycle, session and language", *tables]) if tables else ""
