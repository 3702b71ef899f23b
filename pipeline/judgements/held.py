"""Which judgements hold for the recommendations of this run, and which lost the text they were made on."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from pipeline.judgements.files import smaller_first
from pipeline.judgements.forms import SAME_ASK
from pipeline.text import content_id, fold

CHANGED = "its text has changed since: judge it again"
GONE = "no recommendation of this run has its id or its text"
SEVERAL = "its id is gone and several recommendations to the State have its text: judge them again"
ONE = "its two recommendations have become one"


class Held(NamedTuple):
    """Judgements that hold, under the ids of this run, and `orphans`, with the column `reason`."""

    here: pd.DataFrame
    orphans: pd.DataFrame


def text_hash(state: str | None, text: str) -> str:
    """Return the hash by which a judgement knows its text again: of the State under review and the words.

    Case, accents, punctuation and spaces do not count: a text that only gained a full stop is the text that was judged.
    """
    return content_id(state, fold(text))


def hashes(recommendations: pd.DataFrame) -> dict[str, str]:
    """Return recommendation id -> `text_hash`."""
    states = (
        recommendations["state_under_review"].astype(object).where(recommendations["state_under_review"].notna(), None)
    )
    made = [text_hash(state, text) for state, text in zip(states, recommendations["text"], strict=True)]
    return dict(zip(recommendations["recommendation_id"], made, strict=True))


def held(said: pd.DataFrame, recommendations: pd.DataFrame) -> Held:
    """Return which of `said` (columns `SAID`) hold for `recommendations`.

    A judgement is made on words. Where its id has these words, or the judgement names no hash, it holds. Where the words
    stand under one other id to the same State, it follows them. Everything else is an orphan: kept in its file, not applied.
    """
    if said.empty:
        return Held(said, said.assign(reason=pd.Series(dtype="str")))
    now = hashes(recommendations)
    ids_of: dict[str, list[str]] = {}
    for recommendation, value in now.items():
        ids_of.setdefault(value, []).append(recommendation)
    pair = (said["dimension"] == SAME_ASK).to_numpy()
    first = _places(said["recommendation_id"], said["text_hash"], now, ids_of)
    second = _places(said["concept_id"].where(pair, ""), said["other_hash"], now, ids_of)
    reasons = [
        lost or (other_lost if paired else "") or (ONE if paired and place == other else "")
        for (place, lost), (other, other_lost), paired in zip(first, second, pair, strict=True)
    ]
    lost = pd.Series(reasons, index=said.index, dtype="str")
    moved = said.assign(
        recommendation_id=[place for place, _ in first],
        concept_id=[other if paired else concept for (other, _), paired, concept in
                    zip(second, pair, said["concept_id"], strict=True)],
    )[lost == ""]  # fmt: skip
    here = pd.concat([moved[moved["dimension"] != SAME_ASK], smaller_first(moved[moved["dimension"] == SAME_ASK])])
    orphans = said[lost != ""]
    return Held(here.sort_index(), orphans.assign(reason=lost[lost != ""]))


def _places(
    ids: "pd.Series[str]", known_hashes: "pd.Series[str]", now: Mapping[str, str], ids_of: Mapping[str, list[str]]
) -> list[tuple[str, str]]:
    """Return for each judged id where it stands now, and why it does not, "" if it does."""
    return [_place(i, judged, now, ids_of) for i, judged in zip(ids, known_hashes, strict=True)]


def _place(
    recommendation: str, judged: str, now: Mapping[str, str], ids_of: Mapping[str, list[str]]
) -> tuple[str, str]:
    here = now.get(recommendation)
    if here is not None and judged in ("", here):
        return recommendation, ""
    same_words = ids_of.get(judged, [])
    if len(same_words) == 1:
        return same_words[0], ""
    return "", CHANGED if here is not None else SEVERAL if same_words else GONE
