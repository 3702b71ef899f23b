"""The tables as an analyst reads them: wide, joined, most useful first."""

from collections.abc import Callable, Mapping

import pandas as pd

from pipeline.schemas import DIMENSIONS, EXPORTED, POSITIONS, SCHEMES
from pipeline.tables import empty
from pipeline.text import paragraph_order

Tables = Mapping[str, pd.DataFrame]
PROGRAM_ONLY = {
    "records",
    "recommendation_sources",
    "recommending_states",
    "labels",
    "asks",
    "pairs",
    "framework_ask_map",
    "state_briefs",
}
"""Tables that a sheet below or a document shows in another form, or that only programs read; all are among the CSV files."""

WIDE: dict[str, str] = {
    "state_name": "State under review",
    "mechanism": "who asks: upr, treaty_body, special_procedure",
    "cycle": "UPR cycle",
    "paragraph": "paragraph number, as text",
    "text": "the request",
    "translations": "of the text, each with its language and who made it: official, human or machine",
    "recommending_states": "who made it",
    "position": "of the State under review; noted is not rejected",
    "times_asked": "recommendations in its ask, this one included",
    "themes": "UPR Info issues after judgements",
    "groups": "affected groups after judgements",
    "sdgs": "goals and targets after judgements, as codes",
    "source_sdgs": "goals and targets as the sources tag them, as codes; not checked",
    "action": "action category after judgements",
    "uhri_themes": "UHRI themes after judgements",
    "session": "session of the UPR Working Group",
    "year": "year of the session or of the document",
    "body": "UPR, treaty body or special procedure",
    "document_symbol": "UN document symbol",
    "is_pledge": "a voluntary commitment of the State itself",
    "is_provisional": "read from a draft report",
    "position_source": "what the position was read from",
    "position_quote": "the words that state the position",
    "language": "ISO 639-1 of the text",
    "ask_id": "the same for recommendations that request the same",
    "recommendation_id": "key into the CSV files",
}
"""Columns of the sheet Recommendations -> meaning."""


def table(tables: Tables, name: str) -> pd.DataFrame:
    """Return the table, or one without rows if the run did not make it."""
    return tables[name] if name in tables else empty(EXPORTED[name])


def _joined(values: pd.Series, keys: pd.Series) -> pd.Series:
    """Return key -> its distinct values, sorted and joined by "; "."""
    frame = pd.DataFrame({"key": keys, "value": values}).dropna().drop_duplicates().sort_values(["key", "value"])
    return _by_key(frame["key"], frame["value"], "; ".join)


def _by_key(keys: pd.Series, values: pd.Series, told: Callable[[list[str]], str]) -> pd.Series:
    """Return key -> its values as `told`; many times as fast as pandas' own groups where each has few rows."""
    found: dict[str, list[str]] = {}
    for key, value in zip(keys.tolist(), values.tolist(), strict=True):
        found.setdefault(key, []).append(value)
    return pd.Series({key: told(own) for key, own in found.items()}, dtype="str")


def _translations(tables: Tables) -> pd.Series:
    """Return recommendation id -> its translations, a line each."""
    rows = table(tables, "translations")
    rows = rows[rows["is_shown"].astype(bool)]
    lines = "[" + rows["language"] + ", " + rows["kind"] + "] " + rows["translation"]
    return lines.groupby(rows["recommendation_id"]).agg("\n".join)


def _sdg_order(code: str) -> tuple[int, int, str]:
    """Return a key that puts goal 2 before 10 and a goal before its targets."""
    goal, _, target = code.partition(".")
    return int(goal) if goal.isdigit() else 99, int(target) if target.isdigit() else 99 * bool(target), target


def _labels(tables: Tables) -> dict[str, pd.Series]:
    """Return dimension -> recommendation id -> labels joined by "; "; SDGs as codes."""
    labels = table(tables, "labels" if "labels" in tables else "tags")
    found = {}
    for dimension in DIMENSIONS:
        part = labels[labels["dimension"] == dimension]
        found[dimension] = _joined(part["label"], part["recommendation_id"])
    return found | {"sdgs": _sdg_codes(labels[labels["dimension"] == "sdgs"])}


def _sdg_codes(sdgs: pd.DataFrame) -> pd.Series:
    """Return recommendation id -> its SDGs as codes, in order, joined by "; "."""
    known = sdgs.dropna(subset="concept_id")
    codes = known["concept_id"].str.replace(r"^[^:]*:", "", regex=True)
    return _by_key(known["recommendation_id"], codes, lambda own: "; ".join(sorted(set(own), key=_sdg_order)))


def recommendations(tables: Tables) -> pd.DataFrame:
    """Return one row a recommendation with the columns `WIDE`, by State, cycle, document and paragraph."""
    wide = table(tables, "recommendations").copy()
    ids = wide["recommendation_id"]
    asking = table(tables, "recommending_states")
    names = asking["state_name"].fillna(asking["state_raw"])
    wide["recommending_states"] = ids.map(_joined(names, asking["recommendation_id"]))
    wide["translations"] = ids.map(_translations(tables))
    for dimension, labels in _labels(tables).items():
        wide[dimension] = ids.map(labels)
    tagged = table(tables, "source_tags")
    wide["source_sdgs"] = ids.map(_sdg_codes(tagged[tagged["scheme"] == SCHEMES["sdgs"]]))
    asks = table(tables, "asks").set_index("recommendation_id")["ask_id"]
    wide["ask_id"] = ids.map(asks)
    wide["times_asked"] = wide["ask_id"].map(asks.value_counts()).astype("Int64")
    wide["_order"] = [paragraph_order(None if pd.isna(number) else number) for number in wide["paragraph"]]
    order = ["state_name", "mechanism", "cycle", "document_symbol", "_order", "clause", "recommendation_id"]
    return wide.sort_values(order, kind="stable", ignore_index=True, na_position="last")[list(WIDE)]


def ask_ledger(tables: Tables) -> pd.DataFrame:
    """Return the ledger, most repeated first; its ids last."""
    ledger = table(tables, "ask_ledger")
    order = ["n_recommendations", "n_recommending_states", "ask_id"]
    ledger = ledger.sort_values(order, ascending=[False, False, True], ignore_index=True)
    first = ["state_under_review", "representative_text", "n_recommendations", "n_recommending_states", "cycles",
             "position_by_cycle", "latest_position", "position_change", "recommending_states",
             "new_recommending_states", "mechanisms"]  # fmt: skip
    last = ["ask_id", "family_id"]
    return ledger[[*first, *(name for name in ledger.columns if name not in {*first, *last}), *last]]


def tags(tables: Tables) -> pd.DataFrame:
    """Return proposed tags beside what stands after judgements (`settled`: auto, human, or rejected)."""
    key = ["recommendation_id", "dimension", "concept_id"]
    labels = table(tables, "labels").rename(columns={"origin": "settled", "label": "label_settled"})
    both = table(tables, "tags").merge(labels.drop(columns="score"), how="outer", on=key)
    both["label"] = both["label"].fillna(both["label_settled"])
    if "labels" in tables:
        both["settled"] = both["settled"].fillna("rejected")
    both = _in_context(both, tables)
    columns = ["state_name", "text", "dimension", "label", "score", "decision", "method", "evidence", "settled",
               "reviewer", "date", "concept_id", "recommendation_id"]  # fmt: skip
    return both.sort_values(["state_name", *key], kind="stable", ignore_index=True)[columns]


def _in_context(frame: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return `frame` with `state_name` and `text` of each recommendation first."""
    known = table(tables, "recommendations").set_index("recommendation_id")
    ids = frame["recommendation_id"]
    added = frame.assign(state_name=ids.map(known["state_name"]), text=ids.map(known["text"]))
    return added[["state_name", "text", *(name for name in frame.columns if name not in ("state_name", "text"))]]


def source_tags(tables: Tables) -> pd.DataFrame:
    """Return the sources' own tags, whether ours `agrees`, and all of `ours` in that dimension, by State."""
    tagged = table(tables, "source_tags")
    tagged = tagged.assign(agrees=tagged.get("agrees"), ours=None)
    labels = _labels(tables)
    for dimension, scheme in SCHEMES.items():
        part = tagged["scheme"] == scheme
        tagged.loc[part, "ours"] = tagged.loc[part, "recommendation_id"].map(labels[dimension])
    columns = ["state_name", "text", "scheme", "label_raw", "agrees", "ours", "concept_id", "recommendation_id"]
    order = ["state_name", "recommendation_id", "scheme", "label_raw"]
    return _in_context(tagged, tables).sort_values(order, kind="stable", ignore_index=True)[columns]


def source_agreement(tables: Tables) -> pd.DataFrame:
    """Return how often ours agree with the sources' tags: each scheme as a whole, then its concepts, the most tagged first."""
    found = table(tables, "source_agreement").drop(columns="share_same")
    whole = found.drop(columns=["concept_id", "label"]).groupby("scheme", as_index=False).sum()
    both = pd.concat([whole.assign(label="(all concepts)", _first=0), found.assign(_first=1)], ignore_index=True)
    both["share_same"] = (both["n_same"] / both["n_source_tags"]).where(both["n_source_tags"] > 0)
    order = ["scheme", "_first", "n_source_tags", "label"]
    both = both.sort_values(order, ascending=[True, True, False, True], ignore_index=True)
    counts = [name for name in both.columns if name.startswith("n_")]
    return both[["scheme", "label", "share_same", *counts, "concept_id"]]


def conflicts(tables: Tables) -> pd.DataFrame:
    """Return the fields on which sources disagree, beside the recommendation's State and text."""
    found = _in_context(table(tables, "source_conflicts"), tables)
    return found[[name for name in found.columns if name != "recommendation_id"] + ["recommendation_id"]]


def skipped_rows(tables: Tables) -> pd.DataFrame:
    """Return the rows of source files that became no recommendation, with the reason."""
    records = table(tables, "records")
    left = records[records["recommendation_id"].isna()]
    return left[["source_file", "source_row", "skip_reason", "source"]].reset_index(drop=True)


def states(tables: Tables) -> pd.DataFrame:
    """Return one row a State under review with its counts, and a last row of totals.

    The unit is the recommendation (a clause of a compound paragraph is one); positions are counted for the UPR
    alone, without voluntary pledges; `asks` and `repeated_asks` (asks made more than once) count asks.
    """
    known = table(tables, "recommendations")
    by = known["state_name"].fillna("(unknown)")
    upr = (known["mechanism"] == "upr") & ~known["is_pledge"].astype(bool)
    parts = {"upr_recommendations": upr}
    parts |= {name: upr & (known["position"] == name) for name in POSITIONS}
    parts["treaty_body"] = known["mechanism"] == "treaty_body"
    parts["special_procedure"] = known["mechanism"] == "special_procedure"
    parts["voluntary_pledges"] = known["is_pledge"].astype(bool)
    counts = pd.DataFrame({name: mask.groupby(by).sum() for name, mask in parts.items()}).astype(int)
    asks = table(tables, "asks")
    sizes = asks.assign(state=asks["recommendation_id"].map(by.set_axis(known["recommendation_id"])))
    sizes = sizes.groupby(["state", "ask_id"]).size().reset_index(name="size")
    for name, part in (("asks", sizes), ("repeated_asks", sizes[sizes["size"] > 1])):
        counts[name] = part["state"].value_counts().reindex(counts.index, fill_value=0)
    counts.loc["All States"] = counts.sum()
    return counts.rename_axis("state_under_review").reset_index()


def documents(tables: Tables) -> str | None:
    """Return a sentence on which States have Word and Excel documents and which were left out; None if none was to be made."""
    rows = table(tables, "deliveries")
    if rows.empty:
        return None
    written = sorted(set(rows.loc[rows["status"] == "written", "state_under_review"]))
    left = rows[rows["status"] == "left_out"]
    said = (
        f"Documents (folders states and briefs beside this file) are written for: {', '.join(written) or 'no State'}."
    )
    if left.empty:
        return said
    return f"{said} Left out: {len(left)} States under review; {left['note'].iloc[0]}. Sheet Deliveries lists them."
