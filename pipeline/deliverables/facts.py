"""What the documents on one State under review say of each recommendation, in the words they use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.same_ask import names_of, with_review
from pipeline.text import paragraph_order
from pipeline.translations import shown

POSITIONS = {
    "supported": "Supported", "partially_supported": "Partially supported", "noted": "Noted", "pending": "Pending",
    "unknown": "Not known",
}  # fmt: skip
"""Position -> how a document writes it."""
MARKS = {"auto": "\u00a0*", "review": "\u00a0*?", "human": "\u00a0✓", "contested": "\u00a0±"}
"""Origin of a tag -> the sign after it, which never stands on a line of its own."""
MARKS_SAY = "* proposed by machine; *? proposed by machine, which is unsure; ✓ judged by a person; ± reviewers differ"
_SIGN = re.compile(r"A/HRC/[\w./-]+?(?=, para| - Para|\)|$| )")


@dataclass(frozen=True, slots=True)
class Tag:
    """One label that stands, and who says so."""

    concept_id: str
    label: str
    origin: str

    @property
    def marked(self) -> str:
        """The label with its sign."""
        return f"{self.label}{MARKS[self.origin]}"


Row = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """Everything the documents on one State need, by recommendation id."""

    state: str
    name: str
    rows: dict[str, Row]
    """Recommendations to the State, pledges left out; null as None."""
    made_by: Mapping[str, list[str]]
    tags: Mapping[tuple[str, str], list[Tag]]
    translations: Mapping[Any, list[tuple[str, str, str]]]
    strengths: Mapping[str, str]
    """Action category -> its word: "5" -> "specific"."""
    pledges: int

    def strength(self, rid: str) -> str:
        """Return the action strength with its sign: "5 specific *"; "not known" without a tag."""
        found = self.tags.get((rid, "action"), [])
        return f"{self.word(found[0].label)}{MARKS[found[0].origin]}" if found else "not known"

    def word(self, action: str | None) -> str:
        """Return "5 specific" of "5"."""
        return f"{action} {self.strengths.get(action, '')}".strip() if action else "not known"

    def marked(self, rid: str, dimension: str) -> list[str]:
        """Return the labels of one dimension with their signs."""
        return [tag.marked for tag in self.tags.get((rid, dimension), [])]

    def latest(self) -> list[Row]:
        """Return the UPR recommendations of the latest review, by document and paragraph."""
        upr = [row for row in self.rows.values() if row["mechanism"] == "upr"]
        last = max((row["session"] for row in upr if row["session"] is not None), default=None)
        return in_order([row for row in upr if row["session"] == last])

    def other_mechanisms(self) -> list[Row]:
        """Return what treaty bodies and special procedures recommended, the latest first."""
        rows = in_order([row for row in self.rows.values() if row["mechanism"] != "upr"])
        return sorted(rows, key=lambda row: -(row["year"] or 0))


def in_order(rows: list[Row]) -> list[Row]:
    """Return the rows by document, paragraph and clause."""
    return sorted(
        rows,
        key=lambda row: (row["document_symbol"] or "", paragraph_order(row["paragraph"]), row["clause"] or 0,
                         row["text"], row["recommendation_id"]),
    )  # fmt: skip


def plain(frame: pd.DataFrame) -> list[Row]:
    """Return the rows as dictionaries, null as None."""
    return [
        {str(k): v for k, v in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]


def gather(state: str, tables: Mapping[str, pd.DataFrame], strengths: Mapping[str, str]) -> Facts:
    """Return the facts of one State under review.

    Args:
        state: ISO3 code.
        tables: recommendations, recommending_states, labels, tags, translations.
        strengths: action category -> its word.
    """
    everything = tables["recommendations"]
    to_state = everything[everything["state_under_review"] == state]
    pledged = to_state["is_pledge"].astype(bool)
    asked = to_state[~pledged]
    ids = asked["recommendation_id"]
    mine = {name: tables[name][tables[name]["recommendation_id"].isin(ids)]
            for name in ("recommending_states", "labels", "tags", "translations")}  # fmt: skip
    made_by: dict[str, list[str]] = {}
    for rid, name in (
        names_of(mine["recommending_states"]).sort_values("name")[["recommendation_id", "name"]].itertuples(index=False)
    ):
        made_by.setdefault(rid, []).append(name)
    tags: dict[tuple[str, str], list[Tag]] = {}
    labels = with_review(mine["labels"], mine["tags"]).sort_values(["recommendation_id", "dimension", "concept_id"])
    for rid, dimension, concept, label, origin in labels[
        ["recommendation_id", "dimension", "concept_id", "label", "origin"]
    ].itertuples(index=False):
        tags.setdefault((rid, dimension), []).append(Tag(concept, label, origin))
    return Facts(
        state=state,
        name=str(to_state["state_name"].iloc[0]),
        rows={row["recommendation_id"]: row for row in plain(asked)},
        made_by=made_by,
        tags={key: sorted(found, key=_sdg_order) if key[1] == "sdgs" else found for key, found in tags.items()},
        translations=shown(mine["translations"]),
        strengths=strengths,
        pledges=int(pledged.sum()),
    )


def _sdg_order(tag: Tag) -> tuple[int, int, str]:
    """Return a key that puts goal 2 before 10 and a goal before its targets."""
    goal, _, target = tag.concept_id.split(":")[-1].partition(".")
    return int(goal) if goal.isdigit() else 99, int(target) if target.isdigit() else 99 * bool(target), target


def place(row: Row) -> str:
    """Return where a recommendation stands: "A/HRC/43/15, para. 121.2", or its session where no document is known."""
    if row["document_symbol"]:
        paragraph = f", para. {row['paragraph']}" if row["paragraph"] else ""
        return f"{row['document_symbol']}{paragraph}"
    if row["mechanism"] == "upr":
        return f"UPR session {row['session']}" if row["session"] is not None else "UPR, session not known"
    return " ".join(str(part) for part in (row["body"], row["year"]) if part) or "source not known"


def source_of_position(row: Row) -> str:
    """Return where the position is stated: "A/HRC/43/15/Add.1, para. 3", or the database it was taken from."""
    quote, symbol = row["position_quote"] or "", row["document_symbol"]
    kind = row["position_source"]
    if kind == "addendum" and ": " in quote:
        return str(quote.split(": ", 1)[0])
    if kind == "matrix" and quote.endswith(")") and (inner := _SIGN.search(quote)):
        return str(quote[inner.start() : -1])
    if kind in ("chapeau", "paragraph") and symbol:
        head = (row["paragraph"] or "").partition(".")
        return f"{symbol} - Para. {head[0]}" if kind == "chapeau" and head[2] else symbol
    named = {"uhri": "Universal Human Rights Index", "upr_info": "UPR Info database", "generic_table": "own table"}
    session = f", session {row['session']}" if row["session"] is not None else ""
    return f"{named[kind]}{session}" if kind in named else "not stated in the sources read"
