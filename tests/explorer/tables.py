"""Tables of two invented States, small enough to count by hand; some texts are hostile, and must stay texts."""

from typing import Any

import pandas as pd

from pipeline.schemas import TABLES

SCRIPT = "Repeal <script>document.title='broken'</script> & the \"law\" of 1994 </script><img src=x onerror=alert(1)>"
ARABIC = "التصديق على الاتفاقية الدولية لحماية جميع الأشخاص من الاختفاء القسري"
EMOJI = "Share good practice 👩\u200d👩\u200d👧 with 'neighbours' and a\u202eb"
FORMULA = '=HYPERLINK("x") is no text a State would use, yet it comes'


def rows(name: str, *given: dict[str, Any]) -> pd.DataFrame:
    """Return rows of the table `name`; what is not given is missing."""
    schema = TABLES[name]
    types = {column: str(kind.dtype) for column, kind in schema.to_schema().columns.items()}
    return pd.DataFrame(list(given)).reindex(columns=list(types)) if given else schema.empty()


def recommendation(key: str, paragraph: str, text: str, **given: Any) -> dict[str, Any]:
    """Return a recommendation to Arvandia in its second cycle, supported, unless told otherwise."""
    usual = {
        "recommendation_id": key, "mechanism": "upr", "body": "UPR", "document_symbol": "A/HRC/27/902",
        "paragraph": paragraph, "clause": 1, "session": 19, "cycle": 2, "year": 2014, "state_under_review": "XAA",
        "state_name": "Arvandia", "region": "Africa", "text": text, "text_original": f"{paragraph} {text};",
        "language": "en", "position": "supported", "position_source": "addendum",
        "position_quote": "Arvandia supports these recommendations", "is_pledge": False, "is_provisional": False,
    }  # fmt: skip
    return usual | given


_FIRST = {"cycle": 1, "session": 5, "year": 2009, "document_symbol": "A/HRC/12/91"}
RECOMMENDATIONS = rows(
    "recommendations",
    recommendation("r01", "104.9", "Ratify OP-CAT"),
    recommendation("r02", "104.10", "Ratify OP-CAT without delay", position="noted", position_quote=None),
    recommendation("r03", "12", "Ratify the Optional Protocol to the Convention against Torture", position="noted", **_FIRST),
    recommendation("r04", "104.11", SCRIPT, position="pending"),
    recommendation("r05", "104.12", ARABIC, language="ar", position="partially_supported"),
    recommendation("r06", "104.13", EMOJI, position="unknown", position_source=None, position_quote=None),
    recommendation("r07", "104.14", FORMULA, position="noted"),
    recommendation("r08", "104.15", "Open shelters for women and girls in every prefecture"),
    recommendation("r09", "104.15", "Train the police on violence against women", clause=2),
    recommendation("r10", "1", "Arvandia pledges a national plan", is_pledge=True, position="unknown"),
    recommendation("r11", "45", "Ratify OP-CAT", mechanism="treaty_body", body="CAT", document_symbol="CAT/C/XAA/CO/9",
                   cycle=None, session=None, year=2016, position="unknown", position_source=None, position_quote=None),
    recommendation("r12", "7", "Reduce the crowding of prisons", state_under_review="XBB", state_name="Belmora",
                   region="GRULAC", document_symbol="A/HRC/27/903"),
)  # fmt: skip


def _asked(key: str, *states: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [
        {"recommendation_id": key, "state_raw": name, "state_iso3": code, "state_name": name, "region": region}
        for code, name, region in states
    ]


DENMARK, GHANA, PERU = ("DNK", "Denmark", "WEOG"), ("GHA", "Ghana", "Africa"), ("PER", "Peru", "GRULAC")
_ASKS = {"r01": "XAA-a", "r02": "XAA-a", "r03": "XAA-a", "r11": "XAA-a", "r04": "XAA-b", "r05": "XAA-c", "r06": "XAA-d",
         "r07": "XAA-e", "r08": "XAA-f", "r09": "XAA-g", "r12": "XBB-h"}  # fmt: skip
_TAGS = [
    ("r01", "themes", "upr-info:torture", "Torture", 0.97, "auto"),
    ("r02", "themes", "upr-info:torture", "Torture", 0.95, "auto"),
    ("r08", "themes", "upr-info:womens-rights", "Women's rights", 0.96, "auto"),
    ("r09", "themes", "upr-info:womens-rights", "Women's rights", 0.60, "review"),
    ("r08", "groups", "uhri-person:women-girls", "Women & girls", 0.99, "auto"),
    ("r08", "sdgs", "sdg:5", "5 - GENDER EQUALITY", 0.9, "auto"),
    ("r08", "sdgs", "sdg:5.2", "5.2 - End violence", 0.9, "auto"),
    ("r09", "sdgs", "sdg:16", "16 - PEACE", 0.9, "auto"),
    *((key, "action", f"upr-action:{digit}", digit, 0.9, "auto")
      for key, digit in (("r01", "5"), ("r02", "5"), ("r03", "5"), ("r08", "5"), ("r09", "4"), ("r06", "1"))),
]  # fmt: skip
_HUMAN = ("r02", "themes", "upr-info:torture")


def _ledger() -> pd.DataFrame:
    usual = {"n_linked": 0, "n_recommendations": 1, "n_recommending_states": 1, "mechanisms": "upr", "cycles": "2",
             "first_year": 2014, "last_year": 2014, "position_change": "none", "pending_again": False,
             "treaty_body_items": 0, "special_procedure_items": 0, "paragraphs": "A/HRC/27/902: 104.9"}  # fmt: skip
    texts = dict(zip(RECOMMENDATIONS["recommendation_id"], RECOMMENDATIONS["text"], strict=True))
    names = dict(zip(RECOMMENDATIONS["recommendation_id"], RECOMMENDATIONS["state_under_review"], strict=True))
    made = []
    for key, ask in _ASKS.items():
        if ask not in [line["ask_id"] for line in made]:
            family = "XAA-women-F" if ask in ("XAA-f", "XAA-g") else f"{ask}-F"
            made.append({**usual, "ask_id": ask, "family_id": family, "state_under_review": names[key],
                         "representative_text": texts[key], "latest_position": "supported"})  # fmt: skip
    made[0] |= {"n_recommendations": 4, "n_recommending_states": 3, "first_year": 2009, "last_year": 2016,
                "position_change": "noted_to_mixed", "latest_position": "mixed", "treaty_body_items": 1,
                "mechanisms": "treaty_body; upr", "action": "5", "themes": "Torture"}  # fmt: skip
    return rows("ask_ledger", *made)


def tables() -> dict[str, pd.DataFrame]:
    """Return all tables the explorer needs."""
    tag = ["recommendation_id", "dimension", "concept_id", "label", "score"]
    tagged = [dict(zip([*tag, "decision"], one, strict=True)) for one in _TAGS]
    human = {"origin": "human", "reviewer": "A. Reviewer", "date": "2024-03-01"}
    return {
        "recommendations": RECOMMENDATIONS,
        "recommending_states": rows("recommending_states", *_asked("r01", DENMARK, GHANA), *_asked("r02", DENMARK),
                                    *_asked("r03", PERU), *_asked("r04", GHANA), *_asked("r08", DENMARK),
                                    *_asked("r09", PERU), *_asked("r12", GHANA)),
        "recommendation_sources": rows("recommendation_sources", {
            "recommendation_id": "r01", "source": "working_group_report", "source_file": "arvandia <b>.pdf", "source_row": 9}),
        "source_tags": rows("source_tags", {"recommendation_id": "r01", "scheme": "upr-info", "label_raw": "Torture & CID"}),
        "source_conflicts": rows("source_conflicts", {
            "recommendation_id": "r01", "field": "position", "source_a": "addendum", "value_a": "supported",
            "source_b": "upr_info_csv", "value_b": "noted", "chosen": "supported", "rule": "addendum before UPR Info"}),
        "position_changes": rows("position_changes", {
            "recommendation_id": "r01", "document_symbol": "A/HRC/27/902/Add.1", "paragraph": "3", "old": "pending",
            "new": "supported", "quote": "supports 104.9"}),
        "ingest_report": rows("ingest_report", {
            "source_file": "arvandia <b>.pdf", "detected_format": "working_group_report", "records_read": 12,
            "recommendations": 11, "skipped": 1, "number_gaps": 0, "duplicate_numbers": 0, "unknown_states": 0,
            "status": "partial", "message": "one row without text"}),
        "records": rows("records", {"source": "working_group_report", "source_file": "arvandia <b>.pdf", "source_row": 3,
                                    "skip_reason": "no text in row 3"}),
        "review_queue": rows("review_queue", {
            "recommendation_id": "r09", "text": "Train", "dimension": "themes", "concept_id": "upr-info:womens-rights",
            "label": "Women's rights", "score": 0.6, "why": "unsure"}),
        "tags": rows("tags", *({**one, "method": "model", "evidence": "OP-CAT"} for one in tagged)),
        "labels": rows("labels", *(
            {name: one[name] for name in tag} | (human if tuple(one.values())[:3] == _HUMAN else {"origin": "auto"})
            for one in tagged)),
        "pairs": rows("pairs", {
            "left_id": "r01", "right_id": "r04", "score_same_ask": 0.2, "score_same_family": 0.3, "same_ask": False,
            "same_family": False, "cosine": 0.6, "reason": "same act: -; differs: instrument", "cannot_link": None}),
        "asks": rows("asks", *(
            {"recommendation_id": key, "ask_id": ask, "family_id": f"{ask}-F", "reason": f"as r01: {ask}",
             "is_representative": list(_ASKS.values()).index(ask) == list(_ASKS).index(key)}
            for key, ask in _ASKS.items())),
        "ask_links": rows("ask_links", {
            "recommendation_id": "r04", "ask_id": "XAA-a", "clause": "ratify <OP-CAT>", "score": 0.6, "reason": "same act"}),
        "ask_ledger": _ledger(),
    }  # fmt: skip


def frameworks() -> dict[str, pd.DataFrame]:
    """Return a framework of Arvandia: its first outcome carries the shelters, nothing carries OP-CAT."""
    item = {"framework_id": "XAA-1", "state": "XAA", "plan_name": "Arvandia <2024>", "years": "2024-2028",
            "parent_id": None, "sdg_targets": None, "agencies": "UN Women"}  # fmt: skip
    first = {"framework_id": "XAA-1", "level": "outcome", "rank": 1, "decision": "auto", "evidence": "women"}
    return {
        "framework_items": pd.DataFrame([
            {**item, "item_id": "o1", "level": "outcome", "code": "1", "text": "Women live free of violence"},
            {**item, "item_id": "o2", "level": "outcome", "code": "2", "text": "Clean rivers"},
        ]),
        "framework_map": pd.DataFrame([
            {**first, "recommendation_id": "r08", "item_id": "o1", "score": 0.9},
            {**first, "recommendation_id": "r01", "item_id": "none", "score": 0.7, "decision": "review"},
        ]),
        "framework_coverage": pd.DataFrame([
            {"framework_id": "XAA-1", "state": "XAA", "item_id": "o1", "n_recommendations": 1, "n_supported": 1, "n_noted": 0,
             "n_asks": 1, "n_repeated_asks": 0, "groups": "Women & girls (1)", "sdgs": "5 (1)"},
        ]),
        "framework_gaps": pd.DataFrame([
            {"framework_id": "XAA-1", "state": "XAA", "kind": "ask_without_outcome", "ask_id": "XAA-a", "item_id": None,
             "code": None, "text": "Ratify OP-CAT", "n_recommendations": 4, "latest_position": "mixed", "nearest_text": None},
            {"framework_id": "XAA-1", "state": "XAA", "kind": "outcome_without_recommendation", "ask_id": None,
             "item_id": "o2", "code": "2", "text": "Clean rivers", "n_recommendations": 0, "latest_position": None,
             "nearest_text": None},
        ]),
        "lnob_matrix": pd.DataFrame([
            {"framework_id": "XAA-1", "state": "XAA", "group": "Detainees", "item_id": "none", "n_recommendations": 2,
             "n_asks": 1, "n_supported": 1, "item_names_group": False, "example": "Ratify OP-CAT"},
        ]),
    }  # fmt: skip
