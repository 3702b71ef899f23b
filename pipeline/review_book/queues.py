"""The rows of the workbook's sheets: what to judge, with all that is needed to judge it."""

from collections.abc import Mapping

import pandas as pd

from pipeline.judgements import text_hash
from pipeline.judgements.forms import FRAMEWORK, NO_ITEM, SAME_ASK, item_of
from pipeline.review_book.choices import NONE_COVERS

_UNIT = ["recommendation_id", "dimension", "concept_id"]


def tag_rows(
    queue: pd.DataFrame,
    recommendations: pd.DataFrame,
    scored: pd.DataFrame,
    labels: pd.DataFrame,
    shown: Mapping[str, str],
) -> pd.DataFrame:
    """Return the review queue with context, all tags of a text together, the text with the most useful tag first.

    Args:
        queue: table `ReviewQueue`.
        recommendations: table `Recommendations`; only their tags are returned.
        scored: tags and weaker candidates (table `Tags`), for the words that carry them.
        labels: table `Labels`.
        shown: concept id -> its words in the drop-downs.
    """
    rows = queue[queue["recommendation_id"].isin(recommendations["recommendation_id"])].drop(columns="text")
    evidence = scored.drop_duplicates(_UNIT)[[*_UNIT, "evidence"]]
    rows = rows.merge(evidence, how="left", on=_UNIT)
    first = rows.reset_index().groupby("recommendation_id")["index"].min()
    rows = rows.assign(first=rows["recommendation_id"].map(first)).sort_values("first", kind="stable")
    rows = rows.assign(dimension_id=rows["dimension"], label=rows["concept_id"].map(shown).fillna(rows["label"]))
    rows["labels_now"] = rows["recommendation_id"].map(_labels_now(labels))
    return _in_context(rows, recommendations).reset_index(drop=True)


def _labels_now(labels: pd.DataFrame) -> "pd.Series[str]":
    """Return recommendation id -> one line a dimension with its labels; SDGs as codes."""
    coded = labels["dimension"] == "sdgs"
    words = labels["label"].where(~coded, labels["concept_id"].str.partition(":")[2])
    by = labels.assign(words=words).sort_values([*_UNIT]).groupby(["recommendation_id", "dimension"])["words"]
    lines = by.agg("; ".join).reset_index()
    lines["line"] = lines["dimension"] + ": " + lines["words"]
    return lines.groupby("recommendation_id")["line"].agg("\n".join)


def framework_rows(
    mapped: pd.DataFrame, items: pd.DataFrame, recommendations: pd.DataFrame, found: pd.DataFrame, rows: int
) -> pd.DataFrame:
    """Return up to `rows` links to items of a Cooperation Framework that a person should look at, the closest calls first.

    Of each recommendation and plan the first outcome (or that none covers it) and the first output are asked about; what
    people settled is not asked again.

    Args:
        mapped: table `framework_map`.
        items: table `framework_items`.
        recommendations: table `Recommendations`; only their links are returned.
        found: as `judgements.verdicts` returns them.
        rows: longest list.
    """
    known = mapped["recommendation_id"].isin(recommendations["recommendation_id"])
    unsure = mapped[(mapped["decision"] == "review") & (mapped["rank"] == 1) & known]
    settled = found[(found["dimension"] == FRAMEWORK) & found["stands"].isin(["yes", "no"])]
    done = {(row.recommendation_id, item_of(str(row.concept_id))[0]) for row in settled.itertuples()}
    open_ones = [one not in done for one in zip(unsure["recommendation_id"], unsure["framework_id"], strict=True)]
    unsure = unsure[open_ones].assign(doubt=lambda part: (part["score"].astype(float) - 0.5).abs().fillna(0))
    unsure = unsure.sort_values(["doubt", "recommendation_id", "framework_id", "rank", "item_id"], kind="stable").head(
        rows
    )
    code = items["code"].astype(object).where(items["code"].notna(), "")
    told = items.assign(label=(code + " " + items["text"]).str.strip())
    unsure = unsure.merge(
        told[["framework_id", "item_id", "label", "plan_name"]], on=["framework_id", "item_id"], how="left"
    )
    plans = items.drop_duplicates("framework_id").set_index("framework_id")["plan_name"]
    unsure["plan_name"] = unsure["framework_id"].map(plans)
    unsure["label"] = unsure["label"].where(unsure["item_id"] != NO_ITEM, NONE_COVERS).fillna(unsure["item_id"])
    unsure = unsure.assign(concept_id=unsure["framework_id"] + "/" + unsure["item_id"], dimension_id=FRAMEWORK)
    return _in_context(unsure, recommendations).reset_index(drop=True)


def pair_rows(
    pairs: pd.DataFrame, recommendations: pd.DataFrame, asks: pd.DataFrame, found: pd.DataFrame, *,
    threshold: float, rows: int,
) -> pd.DataFrame:  # fmt: skip
    """Return up to `rows` pairs to judge: those reviewers differ on, those the grouping contradicts, then the closest calls.

    Args:
        pairs: table `Pairs`.
        recommendations: table `Recommendations`; only pairs of them are returned.
        asks: table `Asks`.
        found: as `judgements.verdicts` returns them; pairs people settled are left out.
        threshold: probability from which a pair is said to be the same ask.
        rows: longest list.
    """
    known = recommendations["recommendation_id"]
    part = pairs[pairs["left_id"].isin(known) & pairs["right_id"].isin(known)]
    judged = found[found["dimension"] == SAME_ASK].set_index(["recommendation_id", "concept_id"])["stands"]
    stands = judged.reindex(pd.MultiIndex.from_frame(part[["left_id", "right_id"]])).to_numpy()
    part = part.assign(open=stands == "open")[~pd.Series(stands, index=part.index).isin(["yes", "no"])]
    ask_of = asks.set_index("recommendation_id")["ask_id"]
    together = (part["left_id"].map(ask_of) == part["right_id"].map(ask_of)).fillna(False).astype(bool)
    near = (part["score_same_ask"] - threshold).abs()
    part = part.assign(together=together, against=together != (part["score_same_ask"] >= threshold), near=near)
    order = ["open", "against", "near", "left_id", "right_id"]
    part = part.sort_values(order, ascending=[False, False, True, True, True], kind="stable").head(rows)
    part["grouped"] = part["together"].map({True: "one ask", False: "two asks"})
    part["why"] = [_why(*row) for row in part[["open", "against", "together"]].itertuples(index=False)]
    return _both_in_context(part, recommendations).reset_index(drop=True)


def _why(is_open: bool, against: bool, together: bool) -> str:
    if is_open:
        return "reviewers differ"
    if against:
        return f"alone the pair says {'no' if together else 'yes'}, the group of all says {'yes' if together else 'no'}"
    return "a close call"


def _context(recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return recommendation id -> state_name, paragraph (with its document), text and text_hash."""
    states = recommendations["state_under_review"]
    codes = states.astype(object).where(states.notna(), None)
    places = [
        ", ".join(
            str(part) for part in (symbol, f"para. {number}" if pd.notna(number) else None, year) if pd.notna(part)
        )
        for symbol, number, year in recommendations[["document_symbol", "paragraph", "year"]].itertuples(index=False)
    ]
    context = recommendations[["recommendation_id", "state_name", "text"]].assign(
        paragraph=places, text_hash=[text_hash(*one) for one in zip(codes, recommendations["text"], strict=True)]
    )
    return context.set_index("recommendation_id")


def _in_context(rows: pd.DataFrame, recommendations: pd.DataFrame) -> pd.DataFrame:
    wanted = recommendations[recommendations["recommendation_id"].isin(rows["recommendation_id"])]
    return rows.join(_context(wanted), on="recommendation_id")


def _both_in_context(pairs: pd.DataFrame, recommendations: pd.DataFrame) -> pd.DataFrame:
    ids = set(pairs["left_id"]) | set(pairs["right_id"])
    context = _context(recommendations[recommendations["recommendation_id"].isin(ids)])
    for side in ("left", "right"):
        for name, field in (("text", "text"), ("where", "paragraph"), ("text_hash", "text_hash")):
            pairs = pairs.assign(**{f"{side}_{name}": pairs[f"{side}_id"].map(context[field])})
    return pairs.assign(state_name=pairs["left_id"].map(context["state_name"]))
