"""Label by label: how good each is, and which are taken for which."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.metrics import Draws, Outcomes, ratio

Flags = NDArray[np.bool_]


def per_label(
    outcomes: Outcomes, concepts: Sequence[str], labels: Sequence[str], draws: Draws, *,
    levels: Mapping[str, Flags], labelled: Mapping[str, int],
) -> pd.DataFrame:  # fmt: skip
    """Return one row a concept, the weakest first.

    Columns: its `level` where the vocabulary has two (see `levels_of`), `texts` that carry it, `tags` proposed, precision, recall and F1 with its 95% interval, and `labelled`: how
    many of all texts at hand carry it.
    """
    drawn = [draws.total(part) for part in (outcomes.right, outcomes.wrong, outcomes.missed)]
    f1s = ratio(2 * drawn[0], 2 * drawn[0] + drawn[1] + drawn[2])
    low, high = np.quantile(f1s[1:], [0.025, 0.975], axis=0)
    right, wrong, missed = (part[0] for part in drawn)
    table = pd.DataFrame(
        {
            "concept_id": list(concepts),
            "label": list(labels),
            "level": np.select(list(levels.values()), list(levels), default="") if levels else "",
            "texts": (right + missed).astype(int),
            "tags": (right + wrong).astype(int),
            "precision": ratio(right, right + wrong).round(4),
            "recall": ratio(right, right + missed).round(4),
            "f1": f1s[0].round(4),
            "f1_low": low.round(4),
            "f1_high": high.round(4),
            "labelled": [labelled.get(concept, 0) for concept in concepts],
        }
    )
    return table.sort_values(["f1", "concept_id"], ignore_index=True)


def levels_of(concepts: Sequence[str], broader: Mapping[str, str | None]) -> dict[str, Flags]:
    """Return which concepts are `broad` (goals) and which stand below them (`narrow`: targets), where there are both."""
    below = np.array([broader[concept] is not None for concept in concepts])
    return {} if below.all() or not below.any() else {"broad": ~below, "narrow": below}


def confused(outcomes: Outcomes, labels: Sequence[str], *, most: int) -> pd.DataFrame:
    """Return the `most` frequent pairs of a concept missed and one wrongly proposed for the same text, with `texts`."""
    counts = outcomes.missed.astype(np.int64).T @ outcomes.wrong.astype(np.int64)
    names = np.array(labels, dtype=object)
    rows, columns = np.nonzero(counts)
    frame = pd.DataFrame({"read": names[rows], "proposed": names[columns], "texts": counts[rows, columns]})
    return frame.sort_values(["texts", "read", "proposed"], ascending=[False, True, True], ignore_index=True).head(most)
