"""More recommendations than there are: the tables of a run again under other ids and States, to measure what size costs."""

from collections.abc import Mapping

import pandas as pd

_ID = ["recommendation_id", "left_id", "right_id", "ask_id", "family_id"]
_STATE = ["state_under_review", "state"]


def enlarged(tables: Mapping[str, pd.DataFrame], wanted: int) -> dict[str, pd.DataFrame]:
    """Return the tables with `wanted` recommendations; copies are addressed to States of their own (`SVN2`).

    A table that is not of single recommendations, asks or States stays as it is. Words change a little in each copy,
    so that the copies do not compress to nothing.
    """
    have = len(tables["recommendations"])
    times = -(-wanted // have)
    found = {name: _copies(frame, times) for name, frame in tables.items()}
    kept = set(found["recommendations"]["recommendation_id"].iloc[:wanted])
    asks = found["asks"][found["asks"]["recommendation_id"].isin(kept)]
    found["asks"] = asks
    kinds = {"recommendation_id": kept, "left_id": kept, "right_id": kept, "ask_id": set(asks["ask_id"])}
    return {name: only(frame, kinds) for name, frame in found.items()}


def only(frame: pd.DataFrame, kinds: Mapping[str, set[str]]) -> pd.DataFrame:
    """Return the rows whose ids are among those of `kinds`: column -> ids; a row without an id stays."""
    for column, ids in kinds.items():
        if column in frame:
            frame = frame[frame[column].isin(ids) | frame[column].isna()]
    return frame.reset_index(drop=True)


def _copies(frame: pd.DataFrame, times: int) -> pd.DataFrame:
    if not set(frame.columns) & {*_ID, "state_under_review"}:
        return frame
    return pd.concat([frame, *(_copy(frame, number) for number in range(2, times + 1))], ignore_index=True)


def _copy(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    other = frame.copy()
    for column in [name for name in _ID if name in other]:
        other[column] = other[column].where(other[column].isna(), other[column].astype("str") + f"x{number}")
    for column in [name for name in _STATE if name in other]:
        other[column] = other[column].where(other[column].isna(), other[column].astype("str") + str(number))
    if "state_name" in other and "position" in other:
        other["state_name"] = other["state_name"].astype("str") + f" {number}"
        for column in ("text", "text_original"):
            other[column] = _reworded(other[column], number)
    return other


def _reworded(texts: pd.Series, number: int) -> pd.Series:
    """Return the texts with the words of each turned round by `number` places."""

    def turned(text: str) -> str:
        words = text.split()
        return " ".join([*words[number:], *words[:number]])

    return texts.astype("str").map(turned)
