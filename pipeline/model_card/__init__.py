"""The card of a model: what it is, how good it is, where it fails, what it is for. Rendered, never written by hand."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.model_card import quality
from pipeline.model_card.data import data, made_with
from pipeline.model_card.failures import by_label, failures
from pipeline.model_card.kinds import what

_USE = """## Intended use and misuse

Meant to sort recommendations for people: find, count, prioritise, propose. A tag marked `review` should be looked at; a
tag marked `auto` is as often right as stated above, on texts like those measured.

Not meant to judge or rank States; to stand as a reading of any one recommendation without its text; to publish counts of
rare concepts without looking at the table below; to replace a human-rights officer's judgement in a report; or to be used on
other languages, or other kinds of text, than those named: there every tag is marked `review`. A position of a State, or
the meaning of "noted", follows from nothing here."""

_NOTHING = pd.DataFrame()


def render(
    description: Mapping[str, Any], metrics: Mapping[str, Any], *, title: str, labels: pd.DataFrame = _NOTHING,
    confused: pd.DataFrame = _NOTHING, learning: pd.DataFrame = _NOTHING, figures: str | None = "figures.svg",
) -> str:  # fmt: skip
    """Return the card in Markdown; what was not measured is left out.

    `description` is model.json, `metrics` metrics.json, `title` the vocabulary. `labels` has the figures per label,
    `confused` the concepts taken for each other, `learning` the learning curve; `figures` names the file of plots.
    """
    exclusive = bool(description.get("exclusive", False))
    parts = [
        f"# {description['dimension']}: {title}",
        "Rendered by `upr evaluate`; figures are of texts that were not trained on, with 95% bootstrap intervals in "
        "brackets (whole reviews drawn).",
        what(description),
        data(description, metrics),
        quality.headlines(metrics, exclusive=exclusive),
        quality.systems(metrics, exclusive=exclusive),
        quality.plots(metrics, figures),
        quality.learning_curve(learning),
        quality.calibration(metrics),
        quality.breakdowns(metrics),
        failures(labels, confused, metrics),
        by_label(labels),
        _USE,
        made_with(description),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
