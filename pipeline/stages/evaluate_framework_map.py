"""evaluate_framework_map: how well recommendations are mapped in countries whose framework the model had not seen."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline import model_folder
from pipeline.frameworks.measures import HELD_OUT, Country, headline
from pipeline.frameworks.model import auto_from
from pipeline.metrics import calibration_error
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.tables import replacing

_READERS = "readings by language models under written rules, not by human experts"
_SETS = {True: "gold set", False: "readings made for this project"}


def run(workspace: Workspace, params: Params) -> None:
    """Write metrics.json and card.md beside the candidate."""
    folder = workspace.candidates / "framework_map"
    description = model_folder.read(folder)
    with np.load(folder / HELD_OUT) as held:
        names, has_texts, comparable = (held[name] for name in ("countries", "has_texts", "comparable"))
        countries = [Country(str(name), held[f"scores_{n}"], held[f"truth_{n}"]) for n, name in enumerate(names)]
    sets = {
        _SETS[bool(kind)]: [one for one, own in zip(countries, has_texts, strict=True) if own == kind]
        for kind in (True, False)
    }
    sets |= {
        "frameworks in other languages than English": [
            one for one, own in zip(countries, comparable, strict=True) if not own
        ]
    }
    measured = {name: figures(part, params.train.seed) for name, part in sets.items() if part}
    gold = sets[_SETS[True]]
    scores = np.concatenate([one.scores.max(axis=1) for one in gold])
    right = np.concatenate([one.first_named for one in gold])
    start = auto_from(scores, right, params.map.auto_precision)
    auto = scores >= start
    metrics = {
        "data": _READERS, "sets": measured,
        "by_country": {one.name: by_country(one) for one in countries},
        "auto": {"wanted": params.map.auto_precision, "from_score": round(start, 4) if np.isfinite(start) else None,
                 "precision": round(float(right[auto].mean()), 4) if auto.any() else None,
                 "share": round(float(auto.mean()), 4)},
        "calibration_error_first": round(float(calibration_error(scores, right)), 4),
        "model_sha256": model_folder.fingerprint(folder),
    }  # fmt: skip
    model_folder.write_json(folder / model_folder.METRICS, metrics)
    with replacing(folder / model_folder.CARD) as temporary:
        temporary.write_text(card(description, metrics), encoding="utf-8")


def figures(countries: Sequence[Country], seed: int) -> dict[str, Any]:
    """Return the headline of some countries, and what always taking the commonest outcome would give."""
    return {
        **headline(countries, seed), "countries": len(countries),
        "recommendations": sum(len(one.truth) for one in countries),
        "always_commonest": round(float(np.mean([one.commonest for one in countries])), 4),
    }  # fmt: skip


def by_country(one: Country) -> dict[str, float | int]:
    """Return the figures of one country."""
    gaps, found = one.gaps
    return {
        "recommendations": len(one.truth), "outcomes": one.truth.shape[1] - 1,
        "first_outcome": round(float(one.first_named.mean()), 4), "recall_at_3": round(float(one.primary_found.mean()), 4),
        "gaps": int(gaps.sum()), "gaps_found": int((gaps & found).sum()), "gaps_wrong": int((found & ~gaps).sum()),
        "always_commonest": round(one.commonest, 4),
    }  # fmt: skip


def card(description: dict[str, Any], metrics: dict[str, Any]) -> str:
    """Return the model card in Markdown."""
    rows = []
    for name, found in metrics["sets"].items():
        cells = [f"{found[key]['value']:.3f} [{found[key]['interval_95'][0]:.3f}-{found[key]['interval_95'][1]:.3f}]"
                 for key in ("first_outcome", "recall_at_3", "gap_f1")]  # fmt: skip
        rows.append("| " + " | ".join([name, f"{found['countries']} ({found['recommendations']})", *cells,
                                       f"{found['always_commonest']:.3f}"]) + " |")  # fmt: skip
    lines = [
        f"| {name} | {one['recommendations']} | {one['outcomes']} | {one['first_outcome']:.2f} | {one['recall_at_3']:.2f} | "
        f"{one['gaps_found']} of {one['gaps']}, {one['gaps_wrong']} wrong | {one['always_commonest']:.2f} |"
        for name, one in sorted(metrics["by_country"].items())
    ]
    auto = metrics["auto"]
    return "\n".join([
        "# Which outcome carries the recommendation?", "",
        "A choice among the outcomes of one Cooperation Framework and `none`: subjects named (configs/framework_subjects.yaml), likeness "
        "of wording, how much of the usual UPR an outcome draws, shared SDGs and groups, weighed by a conditional logit of "
        f"{len(description['features']) + len(description['none_features'])} weights.", "",
        f"Learnt from {description['recommendations']} recommendations of {description['countries']} countries: {metrics['data']}. Every country "
        "is measured by a model learnt without it; but the words and links of the subjects were written with these countries in view, so "
        "the figures are on the bright side; docs/experiments.md tells what six countries gave before any of their errors were seen.", "",
        "| measured on | countries (recommendations) | first outcome [95%] | primary among three | gap F1 | always the commonest |",
        "|---|---|---|---|---|---|", *rows, "",
        f"`auto` from a score of {auto['from_score']}: {auto['precision']} of first outcomes right, {auto['share']:.0%} of all; expected calibration "
        f"error {metrics['calibration_error_first']:.3f} (gold set, countries held out).", "",
        "| country | recommendations | outcomes | first outcome | among three | gaps found | always the commonest |",
        "|---|---|---|---|---|---|---|", *lines, "",
        "Intended use and misuse: a proposal to a person who knows the framework. Outputs are ranked and were never measured. Frameworks in "
        f"other languages than {', '.join(description['languages'])} and recommendations in other languages than English are always for review. "
        "Readers' conventions differ between frameworks where nothing is named directly; there the map is least sure.", "",
    ])  # fmt: skip
