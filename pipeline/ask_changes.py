"""What became of asks when more recommendations arrived: which grew, which came together, which fell apart."""

from collections import Counter
from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

COLUMNS = ("previous_ask_id", "ask_id", "kind", "n_before", "n_shared", "n_now")


def changes(before: Mapping[Hashable, str], after: Mapping[Hashable, str]) -> pd.DataFrame:
    """Return one row for each two asks, an earlier and a later, that share recommendations and are not the same.

    `before` and `after` say of each recommendation in which ask it stood and stands. An ask that nothing happened to has
    no row, nor has one that is new or whose recommendations are all gone.

    `kind`: `grew` (all of the earlier ask and new recommendations), `merged` (all of it and of others), `split` (a part
    of it), `moved` (a part of it that joined others), `renamed` (what is left of it, without the one it was named
    after). Counts are of recommendations: of the earlier ask, of those in both, of the later ask.
    """
    shared = Counter((before[item], after[item]) for item in before.keys() & after.keys())
    sizes_before, sizes_now = Counter(before.values()), Counter(after.values())
    kept = Counter(before[item] for item in before.keys() & after.keys())
    sources = Counter(ask for _, ask in shared)
    rows = []
    for (earlier, ask), number in sorted(shared.items()):
        whole, alone = number == kept[earlier], sources[ask] == 1
        kind = ("grew" if alone else "merged") if whole else ("split" if alone else "moved")
        if kind == "grew" and sizes_now[ask] == number:
            if earlier == ask:
                continue
            kind = "renamed"
        rows.append((earlier, ask, kind, sizes_before[earlier], number, sizes_now[ask]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def arrivals(years: pd.Series, is_upr: pd.Series) -> tuple[NDArray[np.int64], list[int]]:
    """Return for each recommendation to one State the number of the step with which it arrived, and the steps' years.

    A step is a review of the State. What other mechanisms addressed to it arrives with the next review, or, after the
    last, with a step of its own; what has no year is there from the first.
    """
    reviews = sorted({int(year) for year in years[is_upr].dropna()})
    known = years.fillna(-1).to_numpy(dtype=np.int64)
    last = int(known.max(initial=-1))
    ends = reviews if reviews and last <= reviews[-1] else [*reviews, last]
    return np.searchsorted(ends, known).astype(np.int64), ends
