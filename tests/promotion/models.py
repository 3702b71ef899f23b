"""Models of invented texts, as `train` and `evaluate` would leave them: two hundred texts of twenty reviews."""

from dataclasses import asdict

import numpy as np
import pandas as pd

from pipeline import held_out, model_folder
from pipeline.classifier.calibration import PrecisionCurve
from pipeline.held_out import HeldOut
from pipeline.measuring import measure
from pipeline.measuring.labels import per_label
from pipeline.metrics import Draws, Outcomes
from pipeline.promotion import Limits
from pipeline.regime import regime_of

TEXTS = 200
REVIEWS = [f"XAA {n % 20}" for n in range(TEXTS)]
CONCEPTS = ["x:a", "x:b", "x:c"]
LIMITS = Limits(negligible_loss=0.002, common_share=0.5, seed=1, wanted={"themes": 0.9, "action": 0.9})

_RNG = np.random.default_rng(7)
TRUTH = _RNG.random((TEXTS, 3)) < [0.5, 0.3, 0.2]
_NOISE = _RNG.random((TEXTS, 3))


def said(errors, *, certainty=0.9):
    """What a model says whose decisions are wrong to a share of `errors`."""
    predicted = TRUTH ^ (errors > _NOISE)
    return HeldOut(
        row_ids=[f"row {n}" for n in range(TEXTS)], concepts=CONCEPTS,
        probabilities=np.where(predicted, certainty, 0.1) + _NOISE / 100, predicted=predicted, truth=TRUTH,
        ignored=np.zeros_like(TRUTH), twin=np.arange(TEXTS) % 10 == 0,
    )  # fmt: skip


def write_model(folder, held, *, texts=5000, outcomes=True, **described):
    """Write the folder of a model of which `held` is what it said of unseen texts."""
    curve = PrecisionCurve.of(held.probabilities[held.predicted], held.truth[held.predicted])
    description = {"dimension": folder.name, "kind": "linear", "precision_curve": vars(curve), **described}
    model_folder.write(folder, description, arrays={"predicted": held.predicted})
    about = pd.DataFrame({"review": REVIEWS[: len(held.row_ids)], "session": 1, "cycle": 1, "language": "en"})
    counts = dict.fromkeys(held.concepts, texts // 4)
    metrics = measure(
        held, about, in_use="linear", broader=dict.fromkeys(held.concepts), auto_from=curve.auto_from(0.9), wanted=0.9,
        seed=1,
    ) | {
        "model_sha256": model_folder.fingerprint(folder),
        "regime": asdict(regime_of(texts, counts, few_texts=1000, full_texts=10000, concept_texts=20)),
    }  # fmt: skip
    model_folder.write_json(folder / model_folder.METRICS, metrics)
    per_label(
        Outcomes.of(held.truth, held.predicted), held.concepts, [f"Label {name}" for name in held.concepts],
        Draws.of(about["review"].tolist(), seed=1), levels={}, labelled=counts,
    ).to_csv(folder / model_folder.PER_LABEL, index=False)  # fmt: skip
    (folder / model_folder.OUTCOMES).unlink(missing_ok=True)
    if outcomes:
        held_out.save(held_out.compact(held, about["review"].tolist()), folder, name=model_folder.OUTCOMES)
    (folder / model_folder.CARD).write_text("# card\n", encoding="utf-8")
