"""Reading the workbook a person filled in: every error by its cell and with its remedy, every row whole or not at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from pipeline.judgements.forms import FRAMEWORK, SAID, item_of
from pipeline.review_book.cells import Cell, Row, rows_of
from pipeline.review_book.choices import Choices
from pipeline.review_book.days import DayError, day_of
from pipeline.review_book.form import (
    DATE,
    DIMENSION_OF_PAIRS,
    NOTE,
    PAIRS,
    REVIEWER,
    SIDES,
    VERDICTS,
    Sheet,
    check,
)
from pipeline.review_book.opening import defaults, open_book
from pipeline.review_book.problems import Problem, Said, contradictions
from pipeline.sources import Limits
from pipeline.text import clean, fold

Faults = list[tuple[Cell, str]]


@dataclass(frozen=True)
class Reading:
    """Judgements of the rows without problem (columns `SAID`), the problems, and how many rows hold a judgement."""

    said: pd.DataFrame
    problems: list[Problem]
    rows: int


def read_review(path: Path, choices: Mapping[str, Choices], *, today: date, limits: Limits) -> Reading:
    """Return what the workbook at `path` says.

    Args:
        path: a workbook that `write_review` wrote and a person filled in, with whatever program.
        choices: dimension -> concepts that may be added.
        today: later days are refused.
        limits: of what a file may unpack to.

    Raises:
        ReviewBookError: the file is no such workbook.
    """
    book = open_book(path, limits)
    usual = {name: Cell(value, address, 0) for name, value, address in defaults(book)}
    said: list[Said] = []
    problems: list[Problem] = []
    for page in book.pages:
        for row in rows_of(page):
            found, wrong = _read_row(row, page.sheet, (page.values.title, row["check"].number), choices, usual, today)
            said.extend(found)
            problems.extend(wrong)
    problems.extend(contradictions(said))
    spoilt = {problem.row for problem in problems}
    good = [one for one in said if one.row not in spoilt]
    frame = pd.DataFrame([one.values for one in good], columns=list(SAID), dtype="str")
    return Reading(frame.drop_duplicates(ignore_index=True), problems, len({one.row for one in good}))


def _read_row(
    row: Row,
    sheet: Sheet,
    place: tuple[str, int],
    choices: Mapping[str, Choices],
    usual: Mapping[str, Cell],
    today: date,
) -> tuple[list[Said], list[Problem]]:
    """Return the judgements of one row and what is wrong with it; nothing if nobody filled it in."""
    verdict, note = row[sheet.verdict], row[NOTE]
    adds = [(row[heading], dimension) for heading, dimension in sheet.adds.items() if row[heading].text]
    faults = [(cell, cell.fault) for cell in row.values() if cell.fault]
    if not verdict.text and not adds and not faults:
        if note.text:
            faults.append(
                (note, f"a note without verdict; choose a {sheet.verdict.lower().rstrip('?')} or clear the note")
            )
        return [], [Problem(cell.address, message, place) for cell, message in faults]
    faults += _identity(row, sheet)
    shared = _signed(row, usual, today, faults) | {"note": clean(note.text), **_hashes(row, sheet)}
    found: list[Said] = []
    if verdict.text:
        answer = verdict.text.lower()
        if answer not in VERDICTS[sheet.verdict]:
            listed = VERDICTS[sheet.verdict]
            faults.append((verdict, f"'{verdict.text}' is no verdict; choose {', '.join(listed[:-1])} or {listed[-1]}"))
        found.append(Said({**_unit(row, sheet), "verdict": answer, **shared}, verdict, place))
    for cell, dimension in adds:
        for concept in _concepts(cell, dimension, choices.get(dimension), faults):
            unit = _unit(row, sheet)
            if dimension == FRAMEWORK and item_of(concept)[0] != item_of(unit["concept_id"])[0]:
                faults.append(
                    (cell, "the item belongs to another plan than this row is about; choose one of this plan")
                )
            unit |= {"dimension": dimension, "concept_id": concept}
            found.append(Said({**unit, "verdict": "add", **shared}, cell, place))
    return [] if faults else found, [Problem(cell.address, message, place) for cell, message in faults]


def _signed(row: Row, usual: Mapping[str, Cell], today: date, faults: Faults) -> dict[str, str]:
    """Return reviewer and day of a row, its own or those of the first sheet."""
    reviewer, day = (row[name] if row[name].text else usual.get(name, row[name]) for name in (REVIEWER, DATE))
    if not fold(reviewer.text):
        faults.append((row[REVIEWER], "who judged? Write the name here, or once on the sheet Read me"))
    try:
        iso = day_of(day, today)
    except DayError as error:
        faults.append((day, str(error)))
        iso = ""
    return {"reviewer": clean(reviewer.text), "date": iso}


def _concepts(cell: Cell, dimension: str, offered: Choices | None, faults: Faults) -> Iterator[str]:
    """Yield the concepts that a cell of added ones names; several are separated by a semicolon."""
    if isinstance(cell.value, datetime | date):
        faults.append((cell, "a date stands here, made by the program of what was typed; choose from the drop-down, or "
                             "type the code with an apostrophe before it: '5.2"))  # fmt: skip
        return
    whole = offered.concept(cell.text) if offered else None
    for words in [cell.text] if whole else [part.strip() for part in cell.text.split(";") if part.strip()]:
        concept = offered.concept(words) if offered else None
        if concept is None:
            near = offered.nearest(words) if offered else []
            hint = f"did you mean {' or '.join(repr(one) for one in near)}?" if near else "choose from the drop-down"
            faults.append((cell, f"'{words}' is not in the list of {dimension}; {hint}"))
        elif isinstance(cell.value, float) and offered and (other := offered.concept(f"{cell.text}0")) is not None:
            faults.append((cell, f"the number {cell.text} can have been typed as {cell.text} or as {cell.text}0 ({other}); "
                                 "choose from the drop-down"))  # fmt: skip
        else:
            yield concept


def _identity(row: Row, sheet: Sheet) -> Faults:
    """Return what is wrong with the ids of a row: they are missing, or belong to another text."""
    first = row["recommendation_id" if sheet is not PAIRS else "left_id"]
    hidden = {column.name: row[column.heading] for column in sheet.checked}
    if not first.text or not row["check"].text:
        return [(row[sheet.verdict], "this row has no id: only rows that the export wrote can be judged; clear it")]
    if numbers := [cell for cell in hidden.values() if not isinstance(cell.value, str | None)]:
        return [(cell, "the program made a number or a date of this id, and it cannot be known again; export again and judge "
                       "it there, and save as .xlsx, not by way of CSV") for cell in numbers]  # fmt: skip
    if check({name: cell.text for name, cell in hidden.items()}) != row["check"].text:
        text = row["Text" if sheet is not PAIRS else "First text"]
        return [(text, "text and hidden ids of this row do not belong together (sorted in part, or the text was edited); "
                       "export again and judge it there")]  # fmt: skip
    return []


def _unit(row: Row, sheet: Sheet) -> dict[str, str]:
    if sheet is PAIRS:
        return {**{name: row[hidden].text for hidden, name in SIDES.items()}, "dimension": DIMENSION_OF_PAIRS}
    return {"recommendation_id": row["recommendation_id"].text, "dimension": row["dimension_id"].text,
            "concept_id": row["concept_id"].text}  # fmt: skip


def _hashes(row: Row, sheet: Sheet) -> dict[str, str]:
    if sheet is PAIRS:
        return {"text_hash": row["left_text_hash"].text, "other_hash": row["right_text_hash"].text}
    return {"text_hash": row["text_hash"].text, "other_hash": ""}
