"""OHCHR's thematic list of recommendations as a Word document."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from pipeline.deliverables import word
from pipeline.deliverables.facts import Facts, Row
from pipeline.deliverables.matrix import LAYOUTS, Section, listed, position, request, sourced, translated, where
from pipeline.deliverables.notes import READING, footer
from pipeline.deliverables.word_table import GREY, Band, Cell, Para, Run, line, table

_WIDTHS = {"cycle_3": (8.2, 2.6, 7.9, 8.0), "cycle_4": (8.6, 2.7, 5.6, 4.3, 5.5)}
_HEADS = {"themes": "", "sdgs": "SDGs:", "groups": "Affected persons:"}


def write_matrix(
    path: Path, facts: Facts, found: Sequence[Section], *, layout: str, dimension: str, written: datetime
) -> int:
    """Write the list to `path` and return the number of recommendations in it.

    Args:
        path: the .docx file.
        facts: of the State.
        found: as `sections` returns them.
        layout: cycle_3 or cycle_4.
        dimension: which themes open the sections and stand in the column of themes.
        written: day of the document's properties.
    """
    rows = {row["recommendation_id"]: row for section in found for row in section.rows}
    review = _review(list(rows.values()))
    page = word.Page(
        title=f"{facts.name}: thematic list of recommendations",
        left=f"UPR of {facts.name} {review}",
        centre="Thematic list of recommendations",
        footer=footer(facts, list(rows.values()), "recommendation (each clause of a compound paragraph is one); "
                      "the same one stands under each of its themes"),
        written=written,
    )  # fmt: skip
    document = word.new(page)
    table(document, LAYOUTS[layout], _WIDTHS[layout], _rows(facts, found, layout, dimension))
    document.add_heading("How to read this list", 1)
    document.add_paragraph(
        f"{len(rows)} recommendations stand {sum(len(section.rows) for section in found)} times under {len(found)} headings. "
        "Sections and themes are "
        + ("UPR Info's issues." if dimension == "themes" else "those of the Universal Human Rights Index.")
    )
    for sentence in READING:
        document.add_paragraph(sentence, style="List Bullet")
    word.save(document, path)
    return len(rows)


def _review(rows: Sequence[Row]) -> str:
    """Return "(3rd cycle – 34th session)", as far as it is known."""
    cycle, session = next(((row["cycle"], row["session"]) for row in rows), (None, None))
    parts = [
        f"{ordinal(number)} {name}" for number, name in ((cycle, "cycle"), (session, "session")) if number is not None
    ]
    return f"({' – '.join(parts)})" if parts else ""


def ordinal(number: int) -> str:
    """Return "1st" of 1."""
    tens = 10 < number % 100 < 14
    return f"{number}{'th' if tens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _rows(facts: Facts, found: Sequence[Section], layout: str, dimension: str) -> Iterator[Sequence[Cell] | Band]:
    for section in found:
        yield Band(f"Theme: {section.theme}")
        for row in section.rows:
            first = _recommendation(facts, row)
            taken, strength = position(facts, row)
            answer = [line(taken, bold=True), line(strength, small=True, colour=GREY)]
            tags = listed(facts, row, dimension)
            if layout == "cycle_3":
                yield [first, answer, _blocks(tags, ("themes", "sdgs", "groups")), []]
            else:
                yield [
                    first,
                    answer,
                    _blocks(tags, ("themes", "groups")),
                    _blocks({"themes": tags["sdgs"]}, ("themes",)),
                    [],
                ]


def _recommendation(facts: Facts, row: Row) -> list[Para]:
    """Return the first cell: the request and where its position is stated, which a reader takes for its end; translations; id."""
    told = [line(request(facts, row)), Para((Run("Source of Position: ", bold=True), Run(sourced(row))))]
    for head, text in translated(facts, row):
        told += [line(f"[{head}]", small=True, colour=GREY), line(text, italic=True)]
    told.append(line(where(row), small=True, colour=GREY))
    return told


def _blocks(tags: dict[str, list[str]], names: Sequence[str]) -> list[Para]:
    """Return the labels as OHCHR lists them, one a line with a dash, a head above each kind but the first."""
    told = []
    for name in names:
        if tags[name] and _HEADS[name]:
            told.append(line(_HEADS[name], bold=True))
        told += [line(f"- {label}") for label in tags[name]]
    return told
