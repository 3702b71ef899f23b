"""The rows of OHCHR's thematic list: each recommendation under each of its themes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.deliverables.facts import POSITIONS, Facts, Row, in_order, place, source_of_position
from pipeline.deliverables.notes import draft

ASSESSMENT = "Assessment/comments on level of implementation"
LAYOUTS: dict[str, tuple[str, ...]] = {
    "cycle_3": ("Recommendation", "Position", "Full list of themes", ASSESSMENT),
    "cycle_4": (
        "Recommendation and recommending State", "Position of the State under review",
        "Human rights themes and groups of persons", "Relevant SDGs", ASSESSMENT,
    ),
}  # fmt: skip
"""Layout -> its columns; the list of the fourth cycle has the last column added, to be filled in."""
NO_THEME = "(no theme proposed)"


@dataclass(frozen=True, slots=True)
class Section:
    """One theme and its recommendations."""

    theme: str
    rows: tuple[Row, ...]


def sections(facts: Facts, rows: Sequence[Row], dimension: str, order: Mapping[str, int]) -> list[Section]:
    """Return the themes in the taxonomy's order, each with its recommendations; those without a theme come last.

    Args:
        facts: of the State.
        rows: recommendations to list.
        dimension: themes (UPR Info's issues) or uhri_themes.
        order: concept id -> place in the taxonomy.
    """
    found: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        tags = facts.tags.get((row["recommendation_id"], dimension), [])
        for key in {(order.get(tag.concept_id, len(order)), tag.label) for tag in tags} or {(len(order) + 1, NO_THEME)}:
            found.setdefault(key, []).append(row)
    return [
        Section(theme, tuple(in_order(part))) for (_, theme), part in sorted(found.items(), key=lambda item: item[0])
    ]


def request(facts: Facts, row: Row) -> str:
    """Return number, words and recommending States as OHCHR prints them: "121.1 Ratify ... (France) (Lithuania);"."""
    number = f"{row['paragraph']} " if row["paragraph"] else ""
    states = " ".join(f"({name})" for name in facts.made_by.get(row["recommendation_id"], []))
    return f"{number}{row['text'].rstrip(' ;.')}{f' {states}' if states else ''}{draft(row)};"


def translated(facts: Facts, row: Row) -> list[tuple[str, str]]:
    """Return (what it is, the words) of each translation to show: ("sw, official translation", ...)."""
    return [
        (f"{language}, {kind} translation", text)
        for language, kind, text in facts.translations.get(row["recommendation_id"], [])
    ]


def sourced(row: Row) -> str:
    """Return where the position is stated, and where the recommendation stands if it has no number."""
    return source_of_position(row)


def where(row: Row) -> str:
    """Return where a recommendation without paragraph number stands, and the identifier that leads to every table."""
    found = "" if row["paragraph"] else f"{place(row)}, no paragraph number in the sources; "
    return f"{found}id {row['recommendation_id']}"


def position(facts: Facts, row: Row) -> tuple[str, str]:
    """Return the position and, to stand beside it, the strength of the request."""
    return POSITIONS[row["position"]], f"Strength: {facts.strength(row['recommendation_id'])}"


def listed(facts: Facts, row: Row, dimension: str) -> dict[str, list[str]]:
    """Return themes, SDGs and affected persons of a recommendation, with their signs."""
    rid = row["recommendation_id"]
    return {
        "themes": facts.marked(rid, dimension),
        "sdgs": facts.marked(rid, "sdgs"),
        "groups": facts.marked(rid, "groups"),
    }
