"""The gate: what a candidate must show before it takes the place of the released model."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline import model_folder
from pipeline.promotion.comparison import compare
from pipeline.promotion.difference import Comparison, Difference
from pipeline.promotion.report import side_by_side
from pipeline.regime import Regime

ENCODER = "encoder"
"""The candidate that others are made with."""


class PromotionError(ValueError):
    """A candidate is not let through: names the figures, the differences and the remedy."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the gate goes by; see `promote` in configs/params.yaml. `wanted` is the precision asked of `auto`, by dimension."""

    negligible_loss: float
    common_share: float
    seed: int
    wanted: dict[str, float]


@dataclass(frozen=True)
class Verdict:
    """One candidate before the gate: how it differs from the released model (None: there is none), what speaks against it."""

    name: str
    comparison: Comparison | None
    refusals: tuple[str, ...]

    def told(self) -> str:
        """Return in words what speaks against the candidate; nothing if nothing does."""
        if not self.refusals:
            return ""
        how = f" (compared {self.comparison.how})" if self.comparison else ""
        return "\n".join([f"The gate refuses {self.name}{how}:", *(f"- {reason}" for reason in self.refusals)])


def refusals(candidate: Path, released: Path, limits: Limits) -> Verdict:
    """Return what the gate says of the measured `candidate`.

    Raises:
        ModelError: the candidate is incomplete, or has not been measured as it is now.
    """
    model_folder.check_measured(candidate)
    found = []
    metrics: dict[str, Any] = json.loads((candidate / model_folder.METRICS).read_text(encoding="utf-8"))
    if "regime" in metrics and (regime := Regime(**metrics["regime"])).name == "few":
        found.append(f"{regime.words} Add labelled texts to data/raw/labelled/ and train again")
    if not (released / model_folder.METRICS).exists():
        return Verdict(candidate.name, None, tuple(found))
    comparison = compare(
        candidate, released, wanted=limits.wanted.get(candidate.name), common_share=limits.common_share,
        seed=limits.seed,
    )  # fmt: skip
    lost = [at for at in comparison.differences if at.lost(limits.negligible_loss)]
    found += [f"{at}: a loss beyond noise" for at in lost]
    return Verdict(candidate.name, comparison, tuple(found))


def promote(
    names: Sequence[str], candidates: Path, released: Path, limits: Limits, *, forced_because: str | None = None
) -> list[Path]:
    """Copy the candidates to `released`, all of them or none, and return the files written.

    `forced_because` lets them through in spite of what the gate says; the reason stays with the model, in
    promotion.json and in its card. What would break the taggers cannot be forced.

    Raises:
        PromotionError: the gate refuses one of them, or taggers and encoder would not fit together.
        ModelError: a candidate is incomplete, or has not been measured as it is now.
    """
    verdicts = [refusals(candidates / name, released / name, limits) for name in names]
    if problems := misfits(names, candidates, released):
        raise PromotionError("\n".join(problems))
    against = [verdict for verdict in verdicts if verdict.refusals]
    if against and not forced_because:
        raise PromotionError(
            "\n".join(verdict.told() for verdict in against)
            + "\nWhat is released stays. See `upr evaluate` for the labels that lose most; train on more texts or with "
            "other parameters. If there is a reason to release it nevertheless (labels were re-read, say), give it: "
            "`upr promote DIMENSION --force REASON`; it will stand in the model's card"
        )
    written = []
    for verdict in verdicts:
        record = _record(verdict, candidates / verdict.name, released / verdict.name, forced_because)
        files = model_folder.promote(candidates / verdict.name, released / verdict.name)
        model_folder.write_json(released / verdict.name / model_folder.PROMOTION, record)
        card = released / verdict.name / model_folder.CARD
        card.write_text(card.read_text(encoding="utf-8") + _section(verdict, record), encoding="utf-8")
        written += [released / verdict.name / name for name in [*files, model_folder.PROMOTION]]
    return written


def misfits(names: Sequence[str], candidates: Path, released: Path) -> list[str]:
    """Return which taggers would be left with another encoder than they were made with, were `names` promoted."""
    folders = {path.parent.name: path.parent for path in released.glob(f"*/{model_folder.DESCRIPTION}")}
    folders |= {name: candidates / name for name in names}
    encoder = folders.pop(ENCODER, None)
    has = model_folder.read(encoder)["sha256"].get(model_folder.ENCODER) if encoder else None
    problems = []
    for name, folder in sorted(folders.items()):
        description = model_folder.read(folder)
        needs = description.get("encoder") if description.get("kind") in ("fused", "stacked") else None
        if needs is not None and needs != has:
            problems.append(
                f"{name} was made with the encoder {str(needs)[:12]}, and {str(has)[:12] if has else 'none'} would be "
                f"released: promote both together, `upr promote {ENCODER} {name}`, after training {name} with that encoder"
            )
    return problems


def _record(verdict: Verdict, candidate: Path, released: Path, forced_because: str | None) -> dict[str, Any]:
    """Return what promotion.json keeps: when, instead of what, compared how, with what result, forced or not."""
    compared = verdict.comparison
    differences: tuple[Difference, ...] = compared.differences if compared else ()
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "model_sha256": model_folder.fingerprint(candidate),
        "replaced_model_sha256": model_folder.fingerprint(released) if compared else None,
        "compared": compared.how if compared else "nothing that was measured was released before",
        "differences": [asdict(difference) for difference in differences],
        "gate_said": list(verdict.refusals),
        "forced_because": forced_because if verdict.refusals else None,
    }


def _section(verdict: Verdict, record: dict[str, Any]) -> str:
    """Return the part of the card that says how the model came to be released."""
    lines = ["", "## Released", "", f"On {record['date']}."]
    if verdict.comparison is None:
        lines.append("Nothing that was measured was released before.")
    if record["forced_because"]:
        lines += ["**Against the gate.** It said:", *(f"- {reason}" for reason in verdict.refusals),
                  "", f"The reason given: {record['forced_because']}"]  # fmt: skip
    if verdict.comparison is not None and verdict.comparison.differences:
        lines += ["", "Beside the model it replaced:", "", "```", side_by_side(verdict.comparison, most=0), "```"]
    return "\n".join(lines) + "\n"
