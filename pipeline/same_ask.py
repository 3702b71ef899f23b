"""What is known of the request behind each UPR recommendation: when it was made before, by whom, with which answers.

Everything here compares by ask: the recommendations of one State under review that request the same thing.
"""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from pipeline.ledger import TAKEN, paragraphs, shared

OTHER_BODIES = ("treaty_body", "special_procedure")


def upr_only(recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return the recommendations of the UPR to a known State, voluntary pledges left out."""
    upr = (recommendations["mechanism"] == "upr") & ~recommendations["is_pledge"].astype(bool)
    return recommendations[upr & recommendations["state_under_review"].notna()]


def latest_session(recommendations: pd.DataFrame) -> pd.Series:
    """Return State under review -> its latest UPR session in the data; pledges count for nothing here."""
    return upr_only(recommendations).dropna(subset="session").groupby("state_under_review")["session"].max()


def is_latest(rows: pd.DataFrame, recommendations: pd.DataFrame) -> "pd.Series[bool]":
    """Return whether each of `rows` belongs to its State's latest review; True where the State has no dated review."""
    last = rows["state_under_review"].map(latest_session(recommendations))
    return (last.isna() | (rows["session"] == last)).fillna(False).astype(bool)


def names_of(recommending_states: pd.DataFrame) -> pd.DataFrame:
    """Return recommendation_id, code (ISO3, or the name as written) and name of each recommending State, once each."""
    known = recommending_states.assign(
        name=recommending_states["state_name"].fillna(recommending_states["state_raw"]),
        code=recommending_states["state_iso3"].fillna(recommending_states["state_raw"]),
    )
    return known[["recommendation_id", "code", "name"]].drop_duplicates(["recommendation_id", "code"])


def actions(labels: pd.DataFrame) -> pd.DataFrame:
    """Return `action` (the digit) and `action_origin` by recommendation id.

    Args:
        labels: with the origins of `with_review`.
    """
    part = labels[labels["dimension"] == "action"].sort_values(["recommendation_id", "concept_id"])
    part = part.drop_duplicates("recommendation_id").set_index("recommendation_id")
    return pd.DataFrame({"action": part["concept_id"].str.split(":").str[-1], "action_origin": part["origin"]})


def with_review(labels: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    """Return `labels` with the origin "review" where a machine proposed and is unsure."""
    unit = ["recommendation_id", "dimension", "concept_id"]
    unsure = pd.MultiIndex.from_frame(tags.loc[tags["decision"] == "review", unit])
    review = pd.MultiIndex.from_frame(labels[unit]).isin(unsure) & (labels["origin"] == "auto")
    return labels.assign(origin=labels["origin"].mask(review, "review"))


def same_ask(
    recommendations: pd.DataFrame, recommending_states: pd.DataFrame, asks: pd.DataFrame, links: pd.DataFrame
) -> pd.DataFrame:
    """Return one row a UPR recommendation (pledges left out) with what is known of its ask.

    Columns beside those of `recommendations`: ask_id, prior_cycles, prior_positions, prior_position_same_ask,
    first_cycle, n_supported_same_review, same_ask_in_treaty_bodies, same_ask_in_special_procedures, other_paragraphs.
    """
    upr = upr_only(recommendations).merge(asks[["recommendation_id", "ask_id"]], on="recommendation_id", how="left")
    counts: dict[str, dict[int, Counter[str]]] = {}
    for ask, cycle, position in zip(upr["ask_id"], upr["cycle"], upr["position"], strict=True):
        if pd.notna(ask) and pd.notna(cycle):
            counts.setdefault(ask, {}).setdefault(int(cycle), Counter())[position] += 1
    before = [_before(counts.get(ask, {}), cycle) for ask, cycle in zip(upr["ask_id"], upr["cycle"], strict=True)]
    names = ["prior_cycles", "prior_positions", "prior_position_same_ask", "first_cycle", "n_supported_same_review"]
    facts = pd.DataFrame(before, columns=names, index=upr.index, dtype=object)
    others = _other_bodies(recommendations, asks, links)
    found = upr.join(facts).merge(others, left_on="ask_id", right_index=True, how="left")
    for mechanism in OTHER_BODIES:
        column = _column(mechanism)
        found[column] = found[column].fillna(0).astype(int)
    return found.reset_index(drop=True)


def _before(
    counts: Mapping[int, Counter[str]], cycle: object
) -> tuple[str | None, str | None, str | None, int | None, int]:
    """Return what was known of an ask before `cycle`: cycles, positions, the last position; its first cycle; support now."""
    if pd.isna(cycle):  # type: ignore[call-overload]
        return None, None, None, min(counts, default=None), 0
    now = int(cycle)  # type: ignore[call-overload]
    earlier = {number: counts[number] for number in sorted(counts) if number < now}
    taken = [position for found in earlier.values() if (position := shared(found, TAKEN))]
    told = "; ".join(f"{number}: {_told(found)}" for number, found in earlier.items())
    supported = counts[now]["supported"] if now in counts else 0
    listed = "; ".join(map(str, earlier))
    return listed or None, told or None, taken[-1] if taken else None, min(counts, default=None), supported


def _told(found: Counter[str]) -> str:
    """Return positions in words, the commonest first, with their number where there are several."""
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    words = [(name.replace("_", " ") if name != "unknown" else "not known", number) for name, number in ordered]
    return ", ".join(f"{name} ({number})" if found.total() > 1 else name for name, number in words)


def _column(mechanism: str) -> str:
    return {"treaty_body": "same_ask_in_treaty_bodies", "special_procedure": "same_ask_in_special_procedures"}[
        mechanism
    ]


def _other_bodies(recommendations: pd.DataFrame, asks: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return, by ask, how many items of other mechanisms request the same, in whole or in a clause, and where they stand."""
    both = pd.concat([asks[["recommendation_id", "ask_id"]], links[["recommendation_id", "ask_id"]]]).drop_duplicates()
    other = recommendations[recommendations["mechanism"].isin(OTHER_BODIES)]
    items = both.merge(other, on="recommendation_id")
    found = {_column(name): (items["mechanism"] == name).groupby(items["ask_id"]).sum() for name in OTHER_BODIES}
    return pd.DataFrame(found).assign(other_paragraphs=paragraphs(items))


def who_else(context: pd.DataFrame, made_by: pd.DataFrame) -> dict[tuple[str, int], dict[str, str]]:
    """Return (ask, cycle) -> code -> name of the States that made it then.

    Args:
        context: as `same_ask` returns it.
        made_by: as `names_of` returns it.
    """
    rows = made_by.merge(context[["recommendation_id", "ask_id", "cycle"]], on="recommendation_id")
    rows = rows.dropna(subset=["ask_id", "cycle"]).sort_values(["name", "code"])
    found: dict[tuple[str, int], dict[str, str]] = {}
    for ask, cycle, code, name in rows[["ask_id", "cycle", "code", "name"]].itertuples(index=False):
        found.setdefault((ask, int(cycle)), {})[code] = name
    return found
