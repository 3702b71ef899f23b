"""Framework items: what stands of the machine's mapping after people judged it."""

from pathlib import Path

import pandas as pd

from pipeline.judgements.files import read_items
from pipeline.judgements.forms import FRAMEWORK, NO_ITEM, item_of
from pipeline.judgements.held import held
from pipeline.judgements.votes import verdicts

_KEY = ["recommendation_id", "framework_id", "item_id"]
_ONE = ["recommendation_id", "framework_id"]


def read_framework_verdicts(folder: Path, recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return what stands of the judgements on framework items, as `verdicts` does, for these recommendations.

    Raises:
        JudgementError: a file breaks its form.
    """
    return verdicts(held(read_items(folder), recommendations).here)


def apply_to_frameworks(mapped: pd.DataFrame, found: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Return the table `framework_map` after judgements, with `origin`, `reviewer` and `date`, ranked anew.

    What people accepted or added stands first in its level, with the origin `human`; its score and evidence stay the
    machine's, null where a machine did not propose it. What they rejected leaves. That nothing covers a recommendation
    (the item `none`) and that an item does cannot both hold: people's word on the one takes the machine's word on the
    other away. A tie keeps what a machine proposed, as `contested`. Everything else is the machine's, `auto`.

    Args:
        mapped: table `framework_map`: a machine's proposals.
        found: as `verdicts` returns them; dimensions but `framework` are not looked at.
        items: table `framework_items`, for the level of an item that only a person named; one that is in none is left out.
    """
    words = _words(found, items)
    both = mapped.assign(_proposed=True).merge(words, how="outer", on=_KEY)
    machine = both["_proposed"].notna()
    both = both[(both["stands"] == "yes") | (machine & (both["stands"] != "no"))].copy()
    both["origin"] = both["stands"].map({"yes": "human", "open": "contested"}).fillna("auto")
    human = both["origin"] == "human"
    none = both["item_id"] == NO_ITEM
    outranked = pd.Series(False, index=both.index)
    for kind in (none, ~none):
        said = both.loc[human & kind, _ONE].drop_duplicates()
        there = pd.MultiIndex.from_frame(both[_ONE]).isin(pd.MultiIndex.from_frame(said))
        outranked |= there & ~kind & ~human
    both = both[~outranked].copy()
    both["level"] = both["level"].fillna(both["_level"])
    both["decision"] = both["decision"].fillna("review")
    silent = both["origin"] == "auto"
    both[["reviewer", "date"]] = both[["reviewer", "date"]].mask(silent)
    both["_human"] = both["origin"] == "human"
    order = [*_ONE, "level", "_human", "rank", "item_id"]
    both = both.sort_values(order, ascending=[True, True, True, False, True, True], kind="stable", ignore_index=True)
    both["rank"] = both.groupby([*_ONE, "level"]).cumcount() + 1
    return both[[*mapped.columns, *(name for name in ("origin", "reviewer", "date") if name not in mapped.columns)]]


def _words(found: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Return what stands by recommendation, framework and item, of items that are there."""
    words = found[found["dimension"] == FRAMEWORK]
    keys = [item_of(key) for key in words["concept_id"]]
    words = words.assign(framework_id=[key[0] for key in keys], item_id=[key[1] for key in keys])
    words = words.astype({"framework_id": "str", "item_id": "str"})
    level = items.set_index(["framework_id", "item_id"])["level"]
    level_of = level.reindex(pd.MultiIndex.from_frame(words[["framework_id", "item_id"]])).to_numpy()
    words = words.assign(_level=pd.Series(level_of, index=words.index, dtype="object"))
    words.loc[(words["item_id"] == NO_ITEM) & words["framework_id"].isin(items["framework_id"]), "_level"] = "outcome"
    words = words[words["_level"].isin(["outcome", "output"])]
    return words[[*_KEY, "stands", "reviewer", "date", "_level"]]
