"""One brief for each recommending State: what it asked, what was answered, what to do next."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipeline.deliverables import word
from pipeline.deliverables.blocks import (
    answer,
    framed,
    framework_cell,
    listed,
    positions_by_strength,
    reading,
    recommendation,
)
from pipeline.deliverables.facts import Facts, Row, in_order
from pipeline.deliverables.notes import footer
from pipeline.deliverables.word_table import Cell, Para, Run, line, table

_HEADS = ("Recommendation", "Position, its source, strength", "Since when", "Who else asks the same",
          "Cooperation Framework", "Suggested follow-up")  # fmt: skip
_WIDTHS = (8.0, 4.4, 2.6, 3.9, 3.4, 4.4)
_EARLIER = ("Recommendation of an earlier review", "Position, its source, strength", "Review", "Suggested follow-up")
_EARLIER_WIDTHS = (11.0, 5.4, 3.3, 7.0)


def write_brief(path: Path, facts: Facts, told: Sequence[Row], *, written: datetime) -> int:
    """Write the brief for one recommending State and return the number of recommendations in it.

    Args:
        path: the .docx file.
        facts: of the State under review.
        told: its rows of `state_briefs` that name one recommending State.
        written: day of the document's properties.
    """
    name = str(told[0]["recommending_state_name"])
    whole = [{**facts.rows[row["recommendation_id"]], **row} for row in told]
    latest = in_order([row for row in whole if row["is_latest_review"]])
    earlier = in_order([row for row in whole if not row["is_latest_review"]])
    earlier.sort(key=lambda row: -(row["session"] or 0))
    page = word.Page(
        title=f"{name}: recommendations to {facts.name}",
        left=f"Brief for {name}",
        centre=f"Universal Periodic Review of {facts.name}",
        footer=footer(facts, whole, f"recommendation made by {name}; one made with others counts once here"),
        written=written,
    )
    document = word.new(page)
    document.add_heading(f"Recommendations of {name} to {facts.name}", 0)
    document.add_paragraph(_summary(name, facts, latest, earlier))
    if latest:
        positions_by_strength(document, facts, latest, page.width)
        document.add_heading(f"The latest review ({_review(latest[0])})", 1)
        mapped = any(row["framework_item"] for row in latest)
        framed(document, _HEADS, _WIDTHS, [_row(facts, row) for row in latest], mapped=mapped)
    if earlier:
        document.add_heading("Earlier reviews", 1)
        table(document, _EARLIER, _EARLIER_WIDTHS, [_earlier_row(facts, row) for row in earlier])
    reading(document)
    word.save(document, path)
    return len(whole)


def _review(row: Row) -> str:
    parts = [f"{name} {row[name]}" for name in ("cycle", "session") if row[name] is not None]
    return ", ".join([*parts, *([str(row["year"])] if row["year"] is not None else [])]) or "not dated"


def _summary(name: str, facts: Facts, latest: Sequence[Row], earlier: Sequence[Row]) -> str:
    """Return the first sentences: how many, which can still move, which were asked again."""
    pending = sum(row["position"] == "pending" for row in latest)
    again = sum(bool(row["prior_positions"]) for row in latest)
    parts = [f"{name} made {_times(len(latest))} in the latest review of {facts.name}"]
    parts.append(f"{_times(len(earlier))} in earlier ones")
    said = " and ".join(parts) + "."
    if pending:
        said += f" {pending} of the latest {'still wait' if pending > 1 else 'still waits'} for an answer."
    if again:
        said += f" {again} of the latest {'repeat asks' if again > 1 else 'repeats an ask'} of an earlier cycle, by any State."
    return said


def _times(number: int) -> str:
    return f"{number or 'no'} recommendation{'' if number == 1 else 's'}"


def _row(facts: Facts, row: Row) -> list[Cell]:
    since = [line(f"First by this State: {row['first_asked']}")] if row["first_asked"] else [line("not known")]
    if row["prior_positions"]:
        since.append(line("Earlier positions on the same ask: " + _cycles(row["prior_positions"]), small=True))
    return [
        recommendation(facts, row, by=False),
        answer(facts, row, quoted=True),
        since,
        _others(row),
        framework_cell(row["framework_item"]),
        [line(row["suggested_follow_up"])],
    ]


def _others(row: Row) -> list[Para]:
    """Return who asks the same now and before, and which other mechanisms do."""
    told = []
    for head, value in (
        ("This review: ", listed(row["co_recommending_states"])),
        ("Earlier: ", listed(row["earlier_recommending_states"])),
        ("Other mechanisms: ", row["other_paragraphs"]),
    ):
        if value:
            told.append(Para((Run(head, bold=True), Run(value))))
    return told or [line("nobody else found")]


def _cycles(told: str) -> str:
    return "; ".join(f"cycle {part}" for part in told.split("; "))


def _earlier_row(facts: Facts, row: Row) -> list[Cell]:
    return [
        recommendation(facts, row, by=False), answer(facts, row, quoted=False), [line(_review(row))],
        [line(row["suggested_follow_up"])],
    ]  # fmt: skip
