"""Parsed reports against UPR Info's transcription of the same reviews: what was found, and every row that was not.

The unit is recommendation x recommending State, as UPR Info writes its rows. UPR Info splits compound paragraphs
and partial positions into rows of their own, so several of its rows may meet one parsed clause.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process

from pipeline.text import fold

PARSED = ["state", "session", "paragraph", "clause", "recommending", "text", "text_original", "position"]
EXPECTED = ["state", "session", "recommending", "text", "position"]
_SAME = 60.0  # similarity in per cent from which two texts of one recommending State are one recommendation
_LIKE = 85.0  # the same whichever State recommends
_WITHIN = 88.0  # similarity of a row to a part of a longer text
_AGREES = 90.0  # from which the wording counts as the same
_AIM = 0.98


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row a review with its figures; and each row of either side without a partner, with its class."""

    reviews: pd.DataFrame
    unmatched: pd.DataFrame
    differing: pd.DataFrame


def compare_documents(
    parsed: pd.DataFrame, expected: pd.DataFrame, documents: Mapping[Hashable, str] | None = None
) -> Comparison:
    """Return how the parsed recommendations of each review agree with the expected rows.

    Args:
        parsed: one row a clause and recommending State, columns `PARSED`; States as ISO3, recommending null if none.
        expected: one row a recommending State, columns `EXPECTED`.
        documents: (state, session) -> the document's whole text, to tell what stands in it from what does not.
    """
    reviews, unmatched, differing = [], [], []
    ours = dict(list(parsed.groupby(["state", "session"], sort=True)))
    theirs = dict(list(expected.groupby(["state", "session"], sort=True)))
    for review in sorted(set(ours) & set(theirs)):
        whole = fold((documents or {}).get(review, ""))
        figures, lost, other = _review(
            ours[review].reset_index(drop=True), theirs[review].reset_index(drop=True), whole
        )
        state, session = ours[review][["state", "session"]].iloc[0]
        reviews.append({"state": state, "session": session, **figures})
        unmatched.append(lost)
        differing.append(other)
    return Comparison(
        pd.DataFrame(reviews),
        pd.concat(unmatched, ignore_index=True) if unmatched else pd.DataFrame(),
        pd.concat(differing, ignore_index=True) if differing else pd.DataFrame(),
    )


def _review(
    ours: pd.DataFrame, theirs: pd.DataFrame, whole: str
) -> tuple[dict[str, object], pd.DataFrame, pd.DataFrame]:
    """Return the figures of one review, its unmatched rows and the matched ones whose position differs."""
    texts, originals = [fold(text) for text in ours["text"]], [fold(text) for text in ours["text_original"]]
    rows = []
    for row in theirs.itertuples():
        own = [at for at, name in enumerate(ours["recommending"]) if name == row.recommending]
        wanted = fold(str(row.text))
        same_state = _best(wanted, texts, originals, own, _SAME)
        rows.append(same_state or _best(wanted, texts, originals, range(len(texts)), _LIKE))
    matched = theirs.assign(
        ours=pd.array([hit[0] if hit else pd.NA for hit in rows], dtype="Int64"),
        similarity=pd.array([hit[1] if hit else pd.NA for hit in rows], dtype="Float64"),
    )
    lost = pd.concat([_lost(matched, whole), _extra(ours, matched, theirs)], ignore_index=True)
    found = matched.dropna(subset=["ours"])
    partner = ours.loc[found["ours"].astype(int)].reset_index(drop=True)
    found = found.reset_index(drop=True)
    state_right = partner["recommending"] == found["recommending"]
    stated = partner["position"].notna() & ~partner["position"].isin(["pending", "unknown"])
    right = (partner["position"] == found["position"]) | (partner["position"] == "partially_supported")
    figures: dict[str, object] = {
        "expected": len(theirs),
        "found": len(found),
        "recall": len(found) / len(theirs),
        "parsed": len(ours),
        "parsed_unmatched": int((lost["side"] == "document").sum()),
        "text_agreement": float((found["similarity"] >= _AGREES).mean()) if len(found) else 0.0,
        "states_right": float(state_right.mean()) if len(found) else 0.0,
        "positions_stated": int(stated.sum()),
        "positions_right": float(right[stated].mean()) if stated.any() else None,
        "positions_pending": int((~stated).sum()),
    }
    other = found[["state", "session", "recommending", "text", "position"]].assign(
        parsed_position=partner["position"], paragraph=partner["paragraph"],
        parsed_recommending=partner["recommending"], parsed_text=partner["text"],
    )  # fmt: skip
    differs = (stated & ~right) | ~state_right
    figures["reason"] = _reason(figures, lost)
    return figures, lost, other[differs]


def _best(
    wanted: str, texts: Sequence[str], originals: Sequence[str], among: Sequence[int] | range, least: float
) -> tuple[int, float] | None:
    """Return the text most like the one wanted, with its similarity: whole against whole, or a part of a paragraph."""
    if not among:
        return None
    candidates = {at: texts[at] for at in among}
    whole = process.extractOne(wanted, candidates, scorer=fuzz.ratio, score_cutoff=least)
    if whole and whole[1] >= _AGREES:
        return int(whole[2]), float(whole[1])
    parts = [
        (fuzz.partial_ratio(wanted, text), at)
        for at in among
        for text in (texts[at], originals[at])
        if len(text) >= 0.8 * len(wanted) or len(wanted) > 1.25 * len(text) > 25
    ]
    similarity, at = max(parts, default=(0.0, -1))
    if similarity >= _WITHIN and (whole is None or similarity > whole[1]):
        return at, float(similarity)
    if whole:
        return int(whole[2]), float(whole[1])
    words = process.extractOne(wanted, candidates, scorer=fuzz.token_set_ratio, score_cutoff=max(least, 75.0))
    return (int(words[2]), float(words[1])) if words else None


def _lost(matched: pd.DataFrame, whole: str) -> pd.DataFrame:
    """Return the expected rows without partner, classed by whether their words stand in the document."""
    rows = matched[matched["ours"].isna()]
    classes = []
    for text in rows["text"]:
        similarity = fuzz.partial_ratio(fold(str(text)), whole) if whole else 0.0
        classes.append("in the document, not read" if similarity >= _WITHIN else "other words than the document's")
    columns = ["state", "session", "recommending", "text", "position"]
    return rows[columns].assign(side="upr_info", paragraph=None, **{"class": classes})


def _extra(ours: pd.DataFrame, matched: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """Return the parsed rows without partner, classed by what UPR Info has instead."""
    rows = ours[~ours.index.isin(set(matched["ours"].dropna().astype(int)))]
    wanted = [fold(str(text)) for text in theirs["text"]]
    pairs = set(zip(theirs["recommending"], wanted, strict=True))
    classes = []
    for row in rows.itertuples():
        text = fold(str(row.text))
        if not isinstance(row.recommending, str):
            classes.append("no recommending State read")
        elif any(name == row.recommending and _alike(text, other) for name, other in pairs):
            classes.append("UPR Info has it as one row with another clause")
        elif any(_alike(text, other) for other in wanted):
            classes.append("UPR Info has the text by other States only")
        else:
            classes.append("UPR Info has no such row")
    columns = ["state", "session", "recommending", "text", "position", "paragraph"]
    return rows[columns].assign(side="document", **{"class": classes})


def _alike(left: str, right: str) -> bool:
    """Return whether one text is, or is a part of, the other."""
    return fuzz.ratio(left, right) >= _LIKE or (
        min(len(left), len(right)) > 20 and fuzz.partial_ratio(left, right) >= _WITHIN
    )


def _reason(figures: Mapping[str, object], lost: pd.DataFrame) -> str | None:
    """Return why a review misses the aim, None if it does not: the figures below it and the classes of lost rows."""
    low = [
        f"{name} {value:.3f}"
        for name in ("recall", "states_right", "positions_right")
        if isinstance(value := figures[name], float) and value < _AIM
    ]
    if not low:
        return None
    counts = lost.loc[lost["side"] == "upr_info", "class"].value_counts()
    return "; ".join([*low, *(f"{count} {name}" for name, count in counts.items())])
