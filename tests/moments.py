"""A small invented State for the tests of histories, pending answers, briefs and documents: Arvandia over two reviews."""

import pandas as pd

from pipeline.history import history_counts, state_history
from pipeline.ledger import ask_ledger
from pipeline.schemas import TABLES

# id, mechanism, session, cycle, year, paragraph, position, ask, States, text
REVIEWS = [
    ("a1", "upr", 19, 2, 2014, "104.9", "noted", "A", ["CAN"], "Ratify the treaty on rivers"),
    ("b1", "upr", 19, 2, 2014, "104.10", "supported", "B", ["FRA"], "Open a school in the north"),
    ("a2", "upr", 33, 3, 2019, "121.2", "pending", "A", ["FRA"], "Ratify the treaty on rivers without delay"),
    ("a3", "upr", 33, 3, 2019, "121.10", "pending", "A", ["CAN", "Fenland"], "Become party to the treaty on rivers"),
    ("b2", "upr", 33, 3, 2019, "121.1", "supported", "B", ["CAN"], "Open two schools in the north"),
    ("c1", "upr", 33, 3, 2019, "121.3", "unknown", "C", ["FRA"], "Plant trees along the roads"),
    ("p1", "upr", 33, 3, 2019, "12", "unknown", "C", [], "Arvandia will plant trees"),
    ("t1", "treaty_body", None, None, 2016, "8", "unknown", "A", [], "The Committee asks for the treaty on rivers"),
]  # fmt: skip
NAMES = {"CAN": "Canada", "FRA": "France"}
TAGS = [
    ("a2", "themes", "upr-info:international-instruments", "International instruments", "auto"),
    ("a2", "themes", "upr-info:environment", "Environment", "review"),
    ("b2", "themes", "upr-info:right-to-education", "Right to education", "human"),
    ("b2", "groups", "uhri-person:children", "Children", "auto"),
    ("b2", "sdgs", "sdg:4", "4 - QUALITY EDUCATION", "auto"),
    ("b2", "sdgs", "sdg:4.1", "4.1 - Free schools", "review"),
    ("a2", "action", "upr-action:5", "5", "auto"),
    ("b2", "action", "upr-action:5", "5", "human"),
    ("c1", "action", "upr-action:4", "4", "review"),
]


def filled(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return rows of a table with its columns and types, what is not given left null."""
    schema = TABLES[name]
    frame = pd.DataFrame(rows).reindex(columns=list(schema.to_schema().columns)).astype(object)
    return schema.validate(frame.where(frame.notna(), None))


def tables() -> dict[str, pd.DataFrame]:
    """Return the tables on Arvandia."""
    names = (
        "recommendation_id",
        "mechanism",
        "session",
        "cycle",
        "year",
        "paragraph",
        "position",
        "ask",
        "states",
        "text",
    )
    told = [dict(zip(names, row, strict=True)) for row in REVIEWS]
    recommendations = [
        {**row, "body": "UPR" if row["mechanism"] == "upr" else "CAT", "document_symbol": _symbol(row), "clause": 1,
         "state_under_review": "XAA", "state_name": "Arvandia", "region": "EEG", "text_original": row["text"], "language": "en",
         "position_source": "chapeau" if row["mechanism"] == "upr" else None, "is_pledge": row["recommendation_id"] == "p1",
         "position_quote": f"The list below: {row['position']}", "is_provisional": False}
        for row in told
    ]  # fmt: skip
    made = [{"recommendation_id": row["recommendation_id"], "state_raw": NAMES.get(state, state), "state_iso3": state if state in NAMES else None,
             "state_name": NAMES.get(state)} for row in told for state in row["states"]]  # fmt: skip
    asks = [{"recommendation_id": row["recommendation_id"], "ask_id": row["ask"], "family_id": row["ask"],
             "is_representative": row["recommendation_id"] in ("a1", "b1", "c1"), "reason": "invented"} for row in told]  # fmt: skip
    labels = [{"recommendation_id": rid, "dimension": dimension, "concept_id": concept, "label": label, "score": 0.9,
               "origin": "human" if origin == "human" else "auto"} for rid, dimension, concept, label, origin in TAGS]  # fmt: skip
    tags = [{"recommendation_id": rid, "dimension": dimension, "concept_id": concept, "label": label, "score": 0.9, "method": "rule",
             "decision": "review" if origin == "review" else "auto"} for rid, dimension, concept, label, origin in TAGS]  # fmt: skip
    found = {
        "recommendations": filled("recommendations", recommendations),
        "recommending_states": filled("recommending_states", made),
        "asks": filled("asks", asks),
        "ask_links": TABLES["ask_links"].empty(),
        "labels": filled("labels", labels),
        "tags": filled("tags", tags),
        "translations": TABLES["translations"].empty(),
    }
    found["ask_ledger"] = ask_ledger(
        found["recommendations"], found["recommending_states"], found["asks"], found["ask_links"], found["labels"]
    )
    found["state_history"] = state_history(
        found["recommendations"], found["asks"], found["ask_ledger"], found["labels"]
    )
    found["history_counts"] = history_counts(found["recommendations"], found["asks"], found["labels"])
    return found


def _symbol(row: dict[str, object]) -> str:
    return {19: "A/HRC/27/902", 33: "A/HRC/42/903"}.get(row["session"], "CAT/C/XAA/CO/3")  # type: ignore[call-overload]
