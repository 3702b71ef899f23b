"""The card of the encoder: other figures than those of a tagger."""

from collections.abc import Mapping
from typing import Any

from pipeline.model_card.data import made_with
from pipeline.model_card.kinds import what
from pipeline.model_card.markdown import figure, table

_USE = """## Intended use and limits

Meant to give the taggers of this project their features, and to compare recommendations with one another. English only:
of other languages it knows names and little else. Longer texts than the number of tokens above are cut. Themes and
actions are those of UPR Info's database, with its habits; SDG targets are those that country teams of the United Nations
chose for their own activities, more loosely than a reader of the text would. Probabilities of the heads are not
calibrated: the dimensions' models do that.

Not meant to say anything of a person or a State; to be trained on or compared across releases (features of two encoders
have nothing to do with one another); or to be run by other means than `pipeline/features.py`, which cuts texts and puts
them together as it was measured."""


def render(description: Mapping[str, Any], measured: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    """Return the card in Markdown.

    `description` and `measured` are model.json of the released encoder and of the one that has seen early sessions only.
    """
    parts = [
        "# encoder: features of a recommendation",
        "Rendered by `upr evaluate encoder`. Intervals in brackets are 95% bootstrap, whole reviews drawn.",
        f"{what(description)}\n\nBegun from {description['base']}; reads up to "
        f"{description['max_tokens']} tokens; {metrics['megabytes']} MB with tokenizer and heads.",
        _data(description, measured),
        _heads(metrics["headlines"]),
        _fidelity(metrics["fidelity"]),
        _speed(metrics["speed"]),
        _USE,
        made_with(description),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _data(description: Mapping[str, Any], measured: Mapping[str, Any]) -> str:
    kept = description["sha256"] == measured["sha256"]
    if kept and "rows" not in description["training"]:
        first, last = description["training"]["sessions"]
        return (
            f"## Data\n\nExports of UPR Info of sessions {first}-{last} (themes, action), UN INFO's joint work plans and the "
            "official texts of the SDG targets (SDGs); no gold set. Its like, that had learnt earlier sessions only, gave "
            "the figures in the cards of the dimensions.\n\n"
            f"SHA-256 of the labelled texts and their labels: {description['data_sha256'][:16]}…"
        )
    rows = []
    for name, of in (("released", description), ("to measure with", measured))[: 1 if kept else 2]:
        made = of["training"]
        tasks = ", ".join(f"{task} {count:,}" for task, count in made["texts_by_task"].items())
        rows.append([name, f"{made['rows']:,}", made["states"], "{}-{}".format(*made["sessions"]), tasks])
    return (
        "## Data\n\nExports of UPR Info (themes, action), UN INFO's joint work plans and the official texts of the SDG "
        "targets (SDGs). The released encoder goes on from the one to measure with, which has seen neither later "
        "sessions nor the gold sets, nor texts worded as theirs.\n\n"
        + table(["encoder", "labelled texts", "States", "sessions", "texts by task"], rows)
        + f"\n\nSHA-256 of the labelled texts and their labels: {description['data_sha256'][:16]}…"
    )


def _heads(headlines: Mapping[str, Any]) -> str:
    if not headlines:
        return ""
    rows = [
        [name, figure(figures, "f1"), figure(figures, "macro_f1"), figures["measured_on"]]
        for name, figures in headlines.items()
    ]
    return (
        "## What its heads know alone\n\nBy the encoder to measure with, as int8, at probability .5 (action: the likeliest), "
        "before calibration. Micro-F1 of action is accuracy. What is released for a dimension stands in its own card.\n\n"
        + table(["heads", "micro-F1", "macro-F1", "measured on"], rows)
    )


def _fidelity(fidelity: Mapping[str, Any]) -> str:
    if base := fidelity.get("base"):
        return (
            "## What int8 costs\n\nThe float32 network this encoder was made from was not kept. Before fine-tuning, the same "
            f"network made to int8 in the same way has, on {base['texts']:,} texts, features whose cosine to float32 is "
            f"{base['cosine_median']:.4f} in the median and {base['cosine_1st_percentile']:.4f} at the first percentile. A "
            "text has the same features whatever is encoded beside it, on every processor."
        )
    rows = [
        [
            name, of["texts"], f"{of['cosine_median']:.4f}", f"{of['cosine_1st_percentile']:.4f}",
            f"{of['probability_difference_mean']:.4f}", f"{of['probability_difference_largest_median']:.3f}",
            f"{of['probability_difference_largest_99th_percentile']:.3f}", f"{of['decisions_changed']:.2%}",
        ]
        for name, of in fidelity.items()
    ]  # fmt: skip
    return (
        "## What int8 costs\n\nFeatures and probabilities against the same network in float32. A text has the same "
        "features whatever is encoded beside it.\n\n"
        + table(
            ["encoder", "texts", "cosine, median", "1st percentile", "difference of probabilities, mean",
             "largest of a text, median", "99th percentile", "tags at .5 that change"], rows,
        )
    )  # fmt: skip


def _speed(speed: Mapping[str, Any]) -> str:
    rows = [
        [words, f"{speed[name]['texts_per_second']:,.0f}", f"{speed[name]['cpu_ms_per_text']:.1f}",
         f"{speed[name]['peak_mb']:,}"]
        for name, words in (("int8", "int8, onnxruntime"), ("torch_float32", "float32, PyTorch"))
    ]  # fmt: skip
    return f"## Speed\n\n{speed['texts']:,} distinct texts, one run after the other on one machine.\n\n" + table(
        ["encoder", "texts a second", "CPU-ms a text", "peak memory, MB"], rows
    )
