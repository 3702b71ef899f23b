"""How a candidate differs from the released model: text by text where both were measured on the same, else by figures."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import held_out, model_folder
from pipeline.classifier.calibration import PrecisionCurve
from pipeline.promotion.alignment import on_common_texts
from pipeline.promotion.by_figures import by_figures
from pipeline.promotion.difference import Comparison
from pipeline.promotion.paired import paired


def compare(candidate: Path, released: Path, *, wanted: float | None, common_share: float, seed: int) -> Comparison:
    """Return how the measured model in `candidate` differs from the one in `released`.

    `wanted` is the precision asked of `auto` (None: nothing is tagged): a model that keeps it loses nothing by being
    less precise than another. Compared text by text if the released model was measured on a `common_share` (0-1) of the
    candidate's texts.
    """
    folders = (candidate, released)
    if wanted is not None and all((folder / model_folder.OUTCOMES).exists() for folder in folders):
        new, old = (held_out.load(folder, name=model_folder.OUTCOMES) for folder in folders)
        common = on_common_texts(new, old)
        if len(common[0].row_ids) >= max(common_share * len(new.row_ids), 1):
            starts = _auto_from(candidate, wanted), _auto_from(released, wanted)
            return paired(*common, starts=starts, concepts=_concepts(candidate, released), wanted=wanted, seed=seed)
    return by_figures(_metrics(candidate), _metrics(released), wanted=wanted)


def _metrics(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / model_folder.METRICS).read_text(encoding="utf-8"))
    return found


def _auto_from(folder: Path, wanted: float) -> float | None:
    return PrecisionCurve(**model_folder.read(folder)["precision_curve"]).auto_from(wanted)


def _concepts(candidate: Path, released: Path) -> pd.DataFrame:
    """Return `label` and `level` of the concepts of either model, by id."""
    tables = [pd.read_csv(folder / model_folder.PER_LABEL) for folder in (candidate, released)]
    joined = pd.concat(tables).drop_duplicates("concept_id").set_index("concept_id")
    return joined.reindex(columns=["label", "level"])
