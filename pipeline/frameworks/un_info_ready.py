"""Columns to copy into UN INFO: SDG targets, groups left behind, and evidence for whoever sets the Human Rights Marker."""

from collections.abc import Sequence

import pandas as pd

from pipeline.frameworks.coverage import Carried, often
from pipeline.frameworks.entries import target_order
from pipeline.schemas.frameworks import UnInfoReady

MOST_TARGETS = 10
"""UN INFO takes at most ten SDG targets an item."""
_MOST_CITED = 12
_QUOTED = 90  # characters of a recommendation that has no paragraph number


def un_info_table(of: Carried, recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `UnInfoReady` for one framework; proposals to check, in the order of the framework."""
    known = recommendations.set_index("recommendation_id")
    rows = []
    for item in of.items[of.items["level"] != "priority"].to_dict("records"):
        column = "item_id" if item["level"] == "outcome" else "output_id"
        part = of.recommendations[of.recommendations[column] == item["item_id"]]
        ids = part["recommendation_id"].tolist()
        targets = proposed_targets(item["sdg_targets"], [of.sdgs.get(one, ()) for one in ids])
        supported = part[part["position"] == "supported"]["recommendation_id"]
        rows.append({
            "framework_id": item["framework_id"], "item_id": item["item_id"], "state": item["state"], "plan_name": item["plan_name"],
            "level": item["level"], "code": item["code"], "text": item["text"],
            "sdg_targets": "; ".join(targets[:MOST_TARGETS]) or None, "n_sdg_targets": len(targets[:MOST_TARGETS]),
            "sdg_targets_left_out": "; ".join(targets[MOST_TARGETS:]) or None,
            "lnob_groups": often([of.groups.get(one, ()) for one in ids], counted=False),
            "human_rights_evidence": cited(known.loc[supported]), "n_recommendations": len(part),
            "n_supported": len(supported),
        })  # fmt: skip
    return pd.DataFrame(rows, columns=[name for name in UnInfoReady.to_schema().columns])


def proposed_targets(given: str | None, named: Sequence[Sequence[str]]) -> list[str]:
    """Return SDG targets, the source's own first, then those that recommendations name, most often first; goals are none."""
    own = [code.strip() for code in given.split(";")] if isinstance(given, str) else []
    counts = pd.Series([code for codes in named for code in set(codes) if "." in code], dtype=str).value_counts()
    more = sorted(counts.index, key=lambda code: (-counts[code], target_order(code)))
    return list(dict.fromkeys([*own, *more]))


def cited(recommendations: pd.DataFrame) -> str | None:
    """Return where supported recommendations stand, by document and paragraph, or by session and their first words."""
    places: dict[str, list[str]] = {}
    for row in recommendations.to_dict("records"):
        if isinstance(row["paragraph"], str) and isinstance(row["document_symbol"], str):
            places.setdefault(f"{row['document_symbol']}, para. ", []).append(row["paragraph"])
            continue
        session = f"UPR session {row['session']}" if pd.notna(row["session"]) else str(row["body"] or row["mechanism"])
        text = row["text"] if len(row["text"]) <= _QUOTED else f"{row['text'][:_QUOTED].rstrip()}..."
        places.setdefault(f"{session}: ", []).append(f"'{text}'")
    cites = [
        head + ", ".join(parts) for head, parts in sorted(places.items()) for parts in [sorted(parts)[:_MOST_CITED]]
    ]
    more = sum(len(parts) - _MOST_CITED for parts in places.values() if len(parts) > _MOST_CITED)
    return ("; ".join(cites) + (f"; and {more} more" if more > 0 else "")) or None
