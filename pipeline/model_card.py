"""The card of a model: what it is, how good it is, where it fails, what it is for. Rendered, never written by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

_READ_BY = {
    "gold": "a set read under written rules by language-model annotators, not by human experts",
    "uhri": "labels of OHCHR's annotators, of one State for the most part",
}

_USE = """Meant to sort recommendations for people: find, count, prioritise, propose. A tag marked `review` should be
looked at; a tag marked `auto` is as often right as stated above, on texts like those measured. Not meant to judge
States, to stand as a reading of any one recommendation without its text, or to be used on other languages than those
named: there every tag is marked `review`."""


def render(description: Mapping[str, Any], metrics: Mapping[str, Any], labels: pd.DataFrame, title: str) -> str:
    """Return the card in Markdown.

    `description` is model.json, `metrics` metrics.json, `labels` the figures per label, `title` the vocabulary.
    """
    parts = [
        f"# {description['dimension']}: {title}",
        "Rendered by `upr evaluate`; figures are of texts that were not trained on.",
        _what(description),
        _figures(description, metrics),
        "## Calibration\n\n" + _calibration(metrics),
        "## By cycle and session\n\n" + _by("cycle", metrics) + "\n\n" + _by("session", metrics),
        "## By label\n\n" + _weak(labels),
        "## Intended use and misuse\n\n" + _USE,
        "## Made with\n\n"
        + ", ".join(f"{name} {version}" for name, version in sorted(description["versions"].items()))
        + f"; labelled data with SHA-256 {description['data_sha256'][:16]}…",
    ]
    return "\n\n".join(parts) + "\n"


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines: list[Sequence[object]] = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def _what(description: Mapping[str, Any]) -> str:
    training = description["training"]
    first, last = training["sessions"]
    if description["kind"] == "linear":
        measured = description["measured_after_training_on"]["sessions"]
        check = description["validation"]
        return (
            "## What it is\n\n"
            f"A linear support vector machine for each of {len(description['concepts'])} concepts over "
            f"{description['features']:,} n-grams of words and characters, calibrated. The vocabulary holds nothing "
            "that stands in a single text.\n\n"
            f"Trained on {training['rows']:,} texts of sessions {first}-{last} ({training['states']} States). Before "
            f"that, its like was trained on sessions {measured[0]}-{measured[1]} only; thresholds and calibration come "
            f"from its margins on sessions {check['sessions'][0]}-{check['sessions'][1]} ({check['rows']:,} texts), "
            "and so do the figures below: each text's calibration and thresholds were set on other States'.\n\n"
            + _languages(description)
        )
    return (
        "## What it is\n\n"
        "Rules on the words of the text and links from the themes, each with the precision it was measured to have. "
        f"Measured on {training['rows']:,} texts of {training['states']} States "
        f"({_READ_BY[description['measured_on']]}); each text's precisions and thresholds were set on the texts of "
        "others. The rules were written with these texts at hand, so that the figures are those of known material.\n\n"
        + _languages(description)
    )


def _languages(description: Mapping[str, Any]) -> str:
    return f"Languages it was measured in: {', '.join(description['languages'])}."


def _figures(description: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    exclusive = description.get("exclusive", False)
    names = {"all": "all texts", "without_twins": "without texts that also occur in training",
             "broad": "upper level (goals)", "narrow": "lower level (targets)"}  # fmt: skip
    rows: list[list[object]] = [
        [name, metrics[key]["texts"], _interval(metrics[key], "micro_f1"), _interval(metrics[key], "macro_f1")]
        for key, name in names.items()
        if key in metrics
    ]
    auto = metrics["auto"]
    found = (
        f"At the wanted precision of {auto['wanted']:.2f}, tags from a score of {auto['from_score']} on are `auto`: "
        f"precision {auto['precision']:.3f}, and {auto['recall']:.1%} of all true tags are among them."
        if auto["from_score"] is not None
        else f"No score reaches the wanted precision of {auto['wanted']:.2f}: every tag is marked `review`."
    )
    return (
        "## How good it is\n\n"
        + _table(["measured on", "texts", "accuracy" if exclusive else "micro-F1", "macro-F1"], rows)
        + "\n\nIn brackets: 95% bootstrap intervals, whole reviews drawn.\n\n"
        + found
        + f" {metrics['tags_per_text']} tags a text; {metrics['texts_without_tag']:,} texts without a tag."
    )


def _interval(figures: Mapping[str, Any], name: str) -> str:
    low, high = figures[f"{name}_95"]
    return f"{figures[name]:.3f} ({low:.3f}-{high:.3f})"


def _calibration(metrics: Mapping[str, Any]) -> str:
    rows: list[list[object]] = [
        [f"{at['probability']:.2f}", f"{at['right']:.2f}", int(at["texts"])] for at in metrics["reliability"]
    ]
    return (
        f"Expected calibration error of the top tag {metrics['calibration_error_top']:.3f}, of all tags "
        f"{metrics['calibration_error_tags']:.3f}.\n\n"
        + _table(["mean score of the top tag", "share right", "texts"], rows)
    )


def _by(name: str, metrics: Mapping[str, Any]) -> str:
    rows: list[list[object]] = [
        [number, at["texts"], f"{at['micro_f1']:.3f}", f"{at['macro_f1']:.3f}"]
        for number, at in sorted(metrics[f"by_{name}"].items(), key=lambda item: int(item[0]))
    ]
    return _table([f"{name} (0: none named)", "texts", "micro-F1", "macro-F1"], rows)


def _weak(labels: pd.DataFrame) -> str:
    seen = labels[labels["texts"] > 0]
    rows: list[list[object]] = [
        [row.label, row.texts, f"{row.precision:.2f}", f"{row.recall:.2f}", f"{row.f1:.2f}"]
        for row in seen.itertuples()
    ]
    return "The weakest first: known failures are at the top.\n\n" + _table(
        ["label", "texts", "precision", "recall", "F1"], rows
    )
