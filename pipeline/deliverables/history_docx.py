"""Before a review: what was asked of the State over cycles and mechanisms, as an annex to the country analysis."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from docx.document import Document as Docx

from pipeline.deliverables import word
from pipeline.deliverables.blocks import listed, positions_by_strength, reading, recommendation
from pipeline.deliverables.facts import MARKS, POSITIONS, Facts, Row
from pipeline.deliverables.notes import footer
from pipeline.deliverables.word_table import GREY, Cell, Para, Run, line, number, table

_PERIOD_HEADS = ("Review", "All", "Supported", "Partially", "Noted", "Pending", "Not known", "Specific (strength 5)",
                 "Specific and supported", "Asks", "Asked in an earlier cycle too")  # fmt: skip
_PERIOD_COUNTS = ("n_recommendations", "n_supported", "n_partially_supported", "n_noted", "n_pending", "n_unknown",
                  "n_specific", "n_specific_supported", "n_asks", "n_repeated_asks")  # fmt: skip
_NAMES = {"themes": "Theme", "groups": "Affected group"}
_SHORT = {"treaty bodies": "Treaty bodies", "special procedures": "Spec. proc."}
_OF_POSITIONS = {*_PERIOD_COUNTS[1:6], "n_specific_supported", "n_repeated_asks"}
"""Counts that say nothing of treaty bodies and special procedures."""
_ASK_HEADS = ("Ask (its most central text)", "Asked in", "Positions and strength", "Themes and groups",
              "By other mechanisms", "Where it stands")  # fmt: skip
_ASK_WIDTHS = (8.2, 4.6, 3.8, 4.0, 2.4, 3.7)


def write_history(path: Path, facts: Facts, history: Sequence[Row], counts: Sequence[Row], *, written: datetime) -> int:
    """Write the annex and return the number of UPR recommendations it counts.

    Args:
        path: the .docx file.
        facts: of the State under review.
        history: its rows of `state_history`, in their order.
        counts: its rows of `history_counts`.
        written: day of the document's properties.
    """
    rows = list(facts.rows.values())
    page = word.Page(
        title=f"{facts.name}: what was asked, what was supported",
        left=f"{facts.name}: annex to the country analysis",
        centre="What was asked, what was supported, what is asked again",
        footer=footer(
            facts, rows, "recommendation (each clause of a compound paragraph is one), or ask where so headed"
        ),
        written=written,
    )
    document = word.new(page)
    document.add_heading(f"What {facts.name} was asked", 0)
    repeated = [row for row in history if row["is_open_repeated"]]
    document.add_paragraph(_summary(facts, history, repeated))
    document.add_heading("By review and mechanism", 1)
    _periods(document, [row for row in counts if row["dimension"] == "all"], page.width)
    if latest := facts.latest():
        document.add_heading(f"Positions beside strength, latest review (session {latest[0]['session']})", 1)
        positions_by_strength(document, facts, latest, page.width)
    document.add_heading("Open repeated asks", 1)
    if repeated:
        table(document, _ASK_HEADS, _ASK_WIDTHS, [_ask(facts, row) for row in repeated])
    else:
        document.add_paragraph("None found: no ask of the latest review was made more than once.")
    for dimension in ("themes", "groups"):
        document.add_heading(f"By {_NAMES[dimension].lower()}", 1)
        _by_concept(document, dimension, [row for row in counts if row["dimension"] == dimension], page.width)
    _others(document, facts, page.width)
    reading(document)
    word.save(document, path)
    return sum(row["mechanism"] == "upr" for row in rows)


def _summary(facts: Facts, history: Sequence[Row], repeated: Sequence[Row]) -> str:
    upr = sum(row["mechanism"] == "upr" for row in facts.rows.values())
    asks = sum(row["n_upr"] > 0 for row in history)
    again = sum(row["standing"] == "asked_again" for row in repeated)
    gone = sum(row["standing"] == "not_asked_again" for row in history)
    return (
        f"The sources hold {upr} UPR recommendations to {facts.name}, which make {asks} asks, and "
        f"{len(facts.rows) - upr or 'no'} recommendations of treaty bodies and special procedures. {len(repeated)} asks are open and "
        f"repeated: made in the latest review, and more than once in all. {again} of these were made in an earlier cycle as well. "
        f"{gone} asks of earlier reviews were not made again in the latest; whether they were implemented is not in the sources."
    )


def _periods(document: Docx, counts: Sequence[Row], width: float) -> None:
    """Add the counts of each review and mechanism; other mechanisms have no positions."""
    each = (width - 4.2) / (len(_PERIOD_HEADS) - 1)
    body: list[list[Cell]] = []
    for row in sorted(counts, key=lambda found: (found["mechanism"] != "upr", found["period"])):
        positioned = row["mechanism"] == "upr"
        cells = ["–" if not positioned and name in _OF_POSITIONS else str(row[name]) for name in _PERIOD_COUNTS]
        body.append([[line(row["period"].capitalize())], *([number(cell)] for cell in cells)])
    table(document, _PERIOD_HEADS, [4.2, *([each] * (len(_PERIOD_HEADS) - 1))], body)


def _ask(facts: Facts, row: Row) -> list[Cell]:
    asked = [Para((Run(_cycles(row["asked_by_cycle"])),))]
    asked.append(line(f"by {_states(row['n_recommending_states'])}: {listed(row['recommending_states'])}", small=True))
    strength = f"Strength: {facts.word(row['action'])}{MARKS.get(row['action_origin'] or '', '')}"
    judged = set((row["judged_labels"] or "").split("; "))
    labels = [
        line(", ".join(f"{name}{MARKS['human' if name in judged else 'auto']}" for name in row[column].split("; ")))
        for column in ("themes", "groups")
        if row[column]
    ]
    other = [
        line(f"{row[column]} {name}")
        for column, name in (("treaty_body_items", "treaty bodies"), ("special_procedure_items", "special procedures"))
        if row[column]
    ]
    where = [line(row["paragraphs"], small=True)]
    if row["linked_paragraphs"]:
        where.append(line(f"in a clause: {row['linked_paragraphs']}", small=True))
    return [
        [line(row["text"]), line(f"ask {row['ask_id']}", small=True, colour=GREY)],
        asked,
        [line(_cycles(row["position_by_cycle"])), line(strength)],
        labels,
        other or [line("–")],
        where,
    ]


def _states(number: int) -> str:
    return f"{number} State{'' if number == 1 else 's'}"


def _cycles(told: str | None) -> str:
    """Return "cycle 1: noted; cycle 2: supported (2)" of the ledger's form."""
    words = (told or "").replace("_", " ").replace("unknown", POSITIONS["unknown"].lower())
    return "; ".join(f"cycle {part}" for part in words.split("; ")) if words else "–"


def _by_concept(document: Docx, dimension: str, counts: Sequence[Row], width: float) -> None:
    """Add, for each concept, recommendations with those supported and noted in each review, and the other mechanisms."""
    periods = sorted({row["period"] for row in counts}, key=lambda name: (not name.startswith("cycle"), name))
    found: dict[str, dict[str, Row]] = {}
    for row in counts:
        found.setdefault(row["label"], {})[row["period"]] = row
    ordered = sorted(
        found,
        key=lambda label: (label.startswith("("), -sum(r["n_recommendations"] for r in found[label].values()), label),
    )
    heads = [head for period in periods for head in _heads_of(period)]
    each = (width - 6.2) / max(len(heads), 1)
    body = [
        [
            [line(label)],
            *([number(count)] for period in periods for count in _counts_of(found[label].get(period), period)),
        ]
        for label in ordered
    ]
    document.add_paragraph(
        "Supp.: supported; str. 5: specific requests; what is missing to all is partially supported, pending or not known; –: none "
        "was made. A "
        "recommendation counts under each of its labels; labels are proposed by machine unless judged."
    )
    table(document, [_NAMES[dimension], *heads], [6.2, *([each] * len(heads))], body)


def _heads_of(period: str) -> list[str]:
    """Return the heads of one review, or the one of another mechanism, which has no positions."""
    return (
        [f"{period.capitalize()}: all", "supp.", "noted", "str. 5"] if period.startswith("cycle") else [_SHORT[period]]
    )


def _counts_of(row: Row | None, period: str) -> list[str]:
    names = ("n_recommendations", "n_supported", "n_noted", "n_specific")[: len(_heads_of(period))]
    return [str(row[name]) if row else "–" for name in names]


def _others(document: Docx, facts: Facts, width: float) -> None:
    """Add what treaty bodies and special procedures recommended."""
    document.add_heading("Treaty bodies and special procedures", 1)
    rows = facts.other_mechanisms()
    if not rows:
        document.add_paragraph("The sources read hold none.")
        return
    body = [
        [
            recommendation(facts, row, by=False), [line(" ".join(str(p) for p in (row["body"], row["year"]) if p))],
            [line(", ".join(facts.marked(row["recommendation_id"], "themes")))],
            [line(facts.strength(row["recommendation_id"]))],
        ]
        for row in rows
    ]  # fmt: skip
    table(document, ("Recommendation", "Body and year", "Themes", "Strength"), (width - 13.0, 4.0, 6.0, 3.0), body)
