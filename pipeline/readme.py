"""The generated parts of README.md: the table of outputs and the figures of the released models."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.schemas import DIMENSIONS, TABLES

NAMES = {
    "themes": "themes (UPR Info issues)",
    "uhri_themes": "UHRI themes",
    "groups": "affected groups (UHRI)",
    "sdgs": "SDGs",
    "action": "action category 1-5",
}


class ReadmeError(ValueError):
    """README.md lacks the markers of a generated part."""


def render(readme: str, released: Path) -> str:
    """Return the text of README.md with its generated parts written anew from the schemas and released models.

    Raises:
        ReadmeError: a pair of markers is missing.
    """
    parts = {"outputs": outputs_table(), "quality": quality_table(released)}
    for name, content in parts.items():
        markers = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        match = markers.search(readme)
        if match is None:
            raise ReadmeError(f"README.md has no markers '<!-- {name}: ... -->' and '<!-- end of {name} -->'")
        readme = f"{readme[: match.start()]}{match[1]}{content}\n{match[2]}{readme[match.end() :]}"
    return readme


def outputs_table() -> str:
    """Return one line for each table: meaning, unit of observation, key."""
    lines = ["| table | what it says | one row is a |", "|---|---|---|"]
    for name, schema in TABLES.items():
        meaning = (schema.__doc__ or "").strip().splitlines()[0]
        lines.append(f"| `{name}` | {meaning} | {schema.unit()} |")
    return "\n".join(lines)


def quality_table(released: Path) -> str:
    """Return the headline figures of the released models, with intervals and on what they were measured."""
    lines = [
        "| dimension | micro-F1 [95%] | macro-F1 | without repeated texts | precision and recall of `auto` | measured on |",
        "|---|---|---|---|---|---|",
    ]
    for dimension in DIMENSIONS:
        folder = released / dimension
        metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        description = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        rows = {NAMES[dimension]: metrics}
        if "broad" in metrics:
            rows = {f"{NAMES[dimension]}: goals": metrics | {"all": metrics["broad"]},
                    f"{NAMES[dimension]}: targets": metrics | {"all": metrics["narrow"]}}  # fmt: skip
        lines += [_line(name, figures, description) for name, figures in rows.items()]
    same_ask = released / "same_ask" / "metrics.json"
    return "\n".join(
        lines + (["", *_pairs(json.loads(same_ask.read_text(encoding="utf-8")))] if same_ask.exists() else [])
    )


def _line(name: str, metrics: Mapping[str, Any], description: Mapping[str, Any]) -> str:
    low, high = metrics["all"]["micro_f1_95"]
    auto = metrics["auto"]
    twins = metrics["without_twins"]["micro_f1"] if "broad" not in metrics else None
    cells = [
        name,
        f"{metrics['all']['micro_f1']:.3f} [{low:.3f}-{high:.3f}]",
        f"{metrics['all']['macro_f1']:.3f}",
        "" if twins is None else f"{twins:.3f}",
        f"{auto['precision']:.3f}, {auto['recall']:.3f}" if auto["from_score"] is not None else "nothing is `auto`",
        f"{metrics['texts']} texts: {_measured_on(description)}",
    ]
    return "| " + " | ".join(cells) + " |"


def _measured_on(description: Mapping[str, Any]) -> str:
    """Return what the figures of a model were measured on, in words."""
    if before := description.get("measured_after_training_on"):
        tested, trained = description["validation"]["sessions"], before["sessions"]
        return f"sessions {tested[0]}-{tested[1]}, trained on {trained[0]}-{trained[1]}"
    known = "labels of UHRI" if description["scheme"] == "uhri-theme" else "gold set, rules written with it at hand"
    return f"{known}; scores set on other texts"


def _pairs(metrics: Mapping[str, Any]) -> list[str]:
    """Return the figures of the ask scorer and of clustering."""
    lines = ["| same request? | F1 [95%] | measured on |", "|---|---|---|"]
    for name, figures in metrics["headlines"].items():
        low, high = figures["f1_95"]
        lines.append(f"| {name} | {figures['f1']:.3f} [{low:.3f}-{high:.3f}] | {figures['measured_on']} |")
    return lines
