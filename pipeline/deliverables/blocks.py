"""Parts that several Word documents share: a recommendation with its source, a count of positions by strength, reading notes."""

from collections import Counter
from collections.abc import Sequence

from docx.document import Document as Docx

from pipeline.carrying import SAYS
from pipeline.deliverables.facts import MARKS, POSITIONS, Facts, Row, place, source_of_position
from pipeline.deliverables.matrix import translated
from pipeline.deliverables.notes import READING, draft
from pipeline.deliverables.word_table import GREY, Cell, Para, Run, line, number, table

_QUOTE = 220
FRAMEWORK = "Cooperation Framework"
"""Head of the column on the framework."""


def recommendation(facts: Facts, row: Row, *, by: bool) -> list[Para]:
    """Return the request with its translations, who made it if `by`, and where it stands."""
    number = f"{row['paragraph']} " if row["paragraph"] else ""
    told = [Para((Run(number, bold=True), Run(f"{row['text']}{draft(row)}")))]
    for head, text in translated(facts, row):
        told += [line(f"[{head}]", small=True, colour=GREY), line(text, italic=True)]
    if by and (names := facts.made_by.get(row["recommendation_id"])):
        told.append(line(f"By {', '.join(names)}"))
    return [*told, line(f"{place(row)}; id {row['recommendation_id']}", small=True, colour=GREY)]


def answer(facts: Facts, row: Row, *, quoted: bool) -> list[Para]:
    """Return the position, the strength of the request beside it, and its source with the words that state it."""
    told = [
        line(POSITIONS[row["position"]], bold=True),
        line(f"Strength: {facts.strength(row['recommendation_id'])}"),
        line(source_of_position(row), small=True, colour=GREY),
    ]
    if quoted and row["position_quote"]:
        told.append(line(f"“{shortened(row['position_quote'])}”", small=True, italic=True, colour=GREY))
    return told


def shortened(quote: str) -> str:
    """Return the beginning of a quote; the tables have the whole."""
    plain = " ".join(quote.split())
    return plain if len(plain) <= _QUOTE else plain[:_QUOTE].rsplit(" ", 1)[0] + " …"


def positions_by_strength(document: Docx, facts: Facts, rows: Sequence[Row], width: float) -> None:
    """Add a table of how many recommendations of each strength got each position, with totals."""
    shown = [name for name in POSITIONS if any(row["position"] == name for row in rows)]
    counts = Counter((_strength(facts, row), row["position"]) for row in rows)
    strengths = sorted({strength for strength, _ in counts}, key=lambda found: (found == "", found))
    heads = ["Action strength of the request", *(POSITIONS[name] for name in shown), "All"]
    each = (width - 6.0) / (len(heads) - 1)
    body: list[Sequence[Cell]] = []
    for strength in strengths:
        numbers = [counts[strength, name] for name in shown]
        body.append([[line(facts.word(strength or None))], *([number(count)] for count in (*numbers, sum(numbers)))])
    totals = [sum(counts[strength, name] for strength in strengths) for name in shown]
    body.append([[line("All", bold=True)], *([number(count, bold=True)] for count in (*totals, sum(totals)))])
    table(document, heads, [6.0, *([each] * (len(heads) - 1))], body)


def _strength(facts: Facts, row: Row) -> str:
    found = facts.tags.get((row["recommendation_id"], "action"), [])
    return found[0].label if found else ""


def framework_cell(item: str | None) -> Cell:
    """Return the outcome that carries a recommendation, with the sign of who says so."""
    if item is None:
        return [line("not mapped")]
    origin = next((name for name, end in SAYS.items() if item.endswith(end)), "auto")
    return [line(f"{item.removesuffix(SAYS.get(origin, ''))}{MARKS[origin]}")]


def framed(
    document: Docx, heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[Cell]], *, mapped: bool
) -> None:
    """Add a table with a column on the Cooperation Framework, or without it and its width to the first where none was mapped."""
    if mapped:
        table(document, heads, widths, rows)
        return
    at = heads.index(FRAMEWORK)
    kept = [place for place in range(len(heads)) if place != at]
    wide = [widths[place] + (widths[at] if place == 0 else 0) for place in kept]
    table(document, [heads[place] for place in kept], wide, [[row[place] for place in kept] for row in rows])
    document.add_paragraph(
        "No Cooperation Framework of this State is mapped, so nothing is said of what carries a recommendation."
    )


def reading(document: Docx) -> None:
    """Add how to read the document."""
    document.add_heading("How to read this", 1)
    for sentence in READING:
        document.add_paragraph(sentence, style="List Bullet")


def listed(value: str | None, *, at_most: int = 12) -> str:
    """Return "; "-joined names with commas, the number of those beyond `at_most` in words."""
    names = value.split("; ") if value else []
    rest = f" and {len(names) - at_most} more" if len(names) > at_most else ""
    return ", ".join(names[:at_most]) + rest
