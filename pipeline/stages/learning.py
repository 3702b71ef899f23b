"""How a learning curve is made and kept. No stage of its own: training stages share it."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline import learning_curve, model_folder
from pipeline.labelled import Truth
from pipeline.params import Params
from pipeline.splits import Split, folds
from pipeline.stages.fitting import fitting
from pipeline.tables import replacing

Flags = NDArray[np.bool_]


def of_linear(
    params: Params, truth: Truth, split: Split, concepts: Sequence[str], *, exclusive: bool, opening: bool,
    whole: Mapping[str, Flags],
) -> pd.DataFrame:  # fmt: skip
    """Return the learning curve of the linear model, learnt from parts of the training rows, on the validation rows.

    `whole` has what each system learnt from all training rows says (validation texts x concepts): it stands at the end of
    the curve, and the linear model is not fitted to all of them again.
    """
    training, measured = truth.rows[split.train], truth.rows[split.validation]
    learner = learning_curve.linear(
        training["text"].tolist(), truth.right[split.train], list(concepts), measured["text"].tolist(),
        partial(fitting, params, opening=opening),
    )  # fmt: skip
    return learning_curve.learning_curve(
        {"linear": learner}, training["state"].tolist(), truth.right[split.validation],
        reviews=(measured["state"] + " " + measured["session"].astype(str)).tolist(),
        folds=folds(measured["state"], params.train.folds), exclusive=exclusive, shares=params.train.learning_curve,
        seed=params.train.seed, whole=whole,
    )  # fmt: skip


def write(folder: Path, curve: pd.DataFrame | None = None) -> None:
    """Write the learning curve to `folder`; without rows for a model that was learnt from no training rows."""
    frame = pd.DataFrame(columns=list(learning_curve.COLUMNS)) if curve is None else curve
    with replacing(folder / model_folder.LEARNING_CURVE) as temporary:
        frame.to_csv(temporary, index=False)
