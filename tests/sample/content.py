"""What the sample says: the entries of the YAML files beside this module, as each file of the sample shows them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
STATES = ("arvandia", "belmora", "costaverda")
NBSP = "\u00a0"


@dataclass(frozen=True)
class Item:
    """One recommendation, paragraph or pledge as one file shows it."""

    state: dict[str, Any]
    text: str
    mechanism: str = "upr"
    body: str = "UPR"
    kind: str = "Recommendations"
    symbol: str = ""
    date: str = ""
    session: int | None = None
    paragraph: str = ""
    heading: str = ""
    country: str | None = None
    states: tuple[str, ...] = ()
    position: str | None = None
    action: int | None = None
    issues: str = ""
    themes: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    compound: str = ""
    clauses: tuple[dict[str, Any], ...] = field(default=(), repr=False)

    @property
    def uhri_text(self) -> str:
        """Return the text as UHRI prints it: heading, number, request and the States in brackets."""
        if self.mechanism != "upr":
            return (
                f"{self.heading} \n{self.paragraph}. {self.text}" if self.heading else f"{self.paragraph}.{self.text}"
            )
        asked = self.compound or f"{self.text} ({', '.join(self.states)})"
        return f"{self.paragraph}{NBSP if self.paragraph.endswith('2') else ' '}{asked};"

    @property
    def annotation(self) -> str:
        """Return a stable annotation id."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.symbol}|{self.paragraph}|{self.uhri_text}"))


def contents() -> list[dict[str, Any]]:
    """Return the three States' YAML files."""
    return [yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")) for name in STATES]


def _item(state: dict[str, Any], review: dict[str, Any], entry: dict[str, Any], number: int, file: str) -> Item:
    """Return one entry of a review as `file` shows it."""
    entry = {**entry, **entry.get("differs", {}).get(file, {})}
    clauses = tuple(entry.get("clauses", ()))
    asking = entry.get("from") or [name for clause in clauses for name in clause["from"]]
    return Item(
        state=state, text=entry.get("text", ""), symbol=review["symbol"], date=str(review["date"]),
        session=review["session"], paragraph=f"{review['chapter']}.{number}", states=tuple(asking),
        position=entry.get("position") or clauses[0]["position"], action=entry.get("action"),
        issues=entry.get("issues", "").replace(", ", ","), themes=tuple(entry.get("themes", ())),
        persons=tuple(entry.get("persons", ())), sdgs=tuple(entry.get("sdgs", ())),
        compound=entry.get("compound", ""), clauses=clauses,
    )  # fmt: skip


def _review_items(state: dict[str, Any], review: dict[str, Any], file: str) -> Iterator[Item]:
    """Yield a review's recommendations that `file` holds; a split position is a second, numbered one."""
    number = 0
    for entry in review["recommendations"]:
        for shown in [entry, {**entry, **entry["split"], "differs": {}}] if "split" in entry else [entry]:
            number += 1
            if file in entry.get("in", review["files"]):
                yield _item(state, review, shown, number, file)


def items(file: str) -> list[Item]:
    """Return what `file` holds, in order."""
    found: list[Item] = []
    for state in contents():
        for review in state["reviews"]:
            found += _review_items(state, review, file)
        for entry in state["paragraphs"]:
            if file in entry["files"]:
                known = {key: value for key, value in entry.items() if key not in ("files", "why", "type")}
                known |= {key: tuple(known[key]) for key in ("themes", "persons", "sdgs") if key in known}
                known |= {"paragraph": str(entry["paragraph"]), "date": str(entry["date"])}
                found.append(Item(state=state, kind=entry.get("type", "Recommendations"), **known))
    return found


def pledges() -> list[Item]:
    """Return the States' own voluntary commitments."""
    return [
        Item(state, entry["text"], states=(state["state"],), session=entry["session"], action=entry["action"],
             issues=entry["issues"])
        for state in contents()
        for entry in state["pledges"]
    ]  # fmt: skip
