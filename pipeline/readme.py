"""The generated parts of README.md: the table of outputs and the figures of the released models."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.measuring.systems import SYSTEMS
from pipeline.schemas import DIMENSIONS, TABLES

NAMES = {
    "themes": "themes (UPR Info issues)",
    "uhri_themes": "UHRI themes",
    "groups": "affected groups (UHRI)",
    "sdgs": "SDGs",
    "action": "action category 1-5",
}

_GOLD = "gold set read by language-model annotators, not human experts, with which the rules were written"


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
    """Return the figures of the released models, with intervals: the headlines, simpler ways beside them, and asks."""
    models = [_Released.read(released / dimension) for dimension in DIMENSIONS]
    parts = [_headlines(models), _systems(models)]
    for name, lines in (("same_ask", _pairs), ("framework_map", _framework_map)):
        metrics = released / name / "metrics.json"
        if metrics.exists():
            parts.append(lines(json.loads(metrics.read_text(encoding="utf-8"))))
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


@dataclass(frozen=True)
class _Released:
    """What a released model says of itself."""

    description: Mapping[str, Any]
    metrics: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path) -> "_Released":
        return cls(
            *(json.loads((folder / name).read_text(encoding="utf-8")) for name in ("model.json", "metrics.json"))
        )

    @property
    def parts(self) -> dict[str, str]:
        """The parts of metrics.json that are told, each with the name of its line."""
        name = NAMES[self.description["dimension"]]
        if "broad" in self.metrics:
            return {"broad": f"{name}: goals", "narrow": f"{name}: targets"}
        return {"all": name}


def _headlines(models: Sequence[_Released]) -> list[str]:
    lines = [
        "| dimension | in use | micro-F1 [95%] | macro-F1 [95%] | without repeated texts | precision and recall of `auto` "
        "| measured on |",
        "|---|---|---|---|---|---|---|",
    ]
    for model in models:
        auto = model.metrics["auto"]
        twins = model.metrics.get("without_twins", {}).get("micro_f1") if "all" in model.parts else None
        for part, name in model.parts.items():
            cells = [
                name,
                str(model.description["kind"]),
                *(_figure(model.metrics[part], figure) for figure in ("micro_f1", "macro_f1")),
                "" if twins is None else f"{twins:.3f}",
                "nothing is `auto`" if auto["from_score"] is None else f"{auto['precision']:.3f}, {auto['recall']:.3f}",
                f"{model.metrics['texts']:,} texts: {_measured_on(model.description)}",
            ]
            lines.append(_row(cells))
    return lines


def _systems(models: Sequence[_Released]) -> list[str]:
    """Return one line a dimension with the micro-F1 of each way of tagging; nothing if none was compared."""
    known = [name for model in models for name in model.metrics.get("systems", {})]
    names = sorted(set(known), key=lambda name: SYSTEMS.index(name) if name in SYSTEMS else len(SYSTEMS))
    if not names:
        return []
    lines = ["On the same texts, micro-F1 [95%] of simpler ways and of the one in use (bold):", "",
             _row(["dimension", *names]), "|---" * (len(names) + 1) + "|"]  # fmt: skip
    for model in (model for model in models if "systems" in model.metrics):
        for part, label in model.parts.items():
            cells = [label]
            for name in names:
                figures = model.metrics["systems"].get(name, {})
                figures = figures if part == "all" else figures.get(part, {})
                cell = _figure(figures, "micro_f1") if figures else ""
                cells.append(f"**{cell}**" if name == model.metrics.get("in_use") else cell)
            lines.append(_row(cells))
    return lines


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _figure(figures: Mapping[str, Any], name: str) -> str:
    low, high = figures[f"{name}_95"]
    return f"{figures[name]:.3f} [{low:.3f}-{high:.3f}]"


def _measured_on(description: Mapping[str, Any]) -> str:
    """Return what the figures of a model were measured on, in words."""
    if before := description.get("measured_after_training_on"):
        tested, trained = description["validation"]["sessions"], before["sessions"]
        return f"sessions {tested[0]}-{tested[1]}, trained on {trained[0]}-{trained[1]}"
    known = "labels of UHRI" if description["scheme"] == "uhri-theme" else _GOLD
    return f"{known}; scores set on other texts"


def _pairs(metrics: Mapping[str, Any]) -> list[str]:
    """Return the figures of the ask scorer and of clustering."""
    lines = ["| same request? | F1 [95%] | measured on |", "|---|---|---|"]
    for name, figures in metrics["headlines"].items():
        low, high = figures["f1_95"]
        lines.append(f"| {name} | {figures['f1']:.3f} [{low:.3f}-{high:.3f}] | {figures['measured_on']} |")
    return lines


def _framework_map(metrics: Mapping[str, Any]) -> list[str]:
    """Return the figures of the map onto Cooperation Frameworks, every country held out."""
    lines = [
        "| which outcome of the framework? | first outcome right [95%] | primary among three [95%] | gaps, F1 [95%] | always the commonest |",
        "|---|---|---|---|---|",
    ]
    for name, figures in metrics["sets"].items():
        measured = (figures[key] for key in ("first_outcome", "recall_at_3", "gap_f1"))
        cells = ["{:.3f} [{:.3f}-{:.3f}]".format(one["value"], *one["interval_95"]) for one in measured]
        title = f"{name}: {figures['recommendations']} recommendations of {figures['countries']} countries"
        lines.append(_row([title, *cells, f"{figures['always_commonest']:.3f}"]))
    return [*lines, "", f"Framework map: {metrics['data']}."]
