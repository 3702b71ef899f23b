"""Reading the workbook a person filled in: every error by its cell and with its remedy, every row whole or not at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.judgements.forms import SAID
from pipeline.judgements.votes import ANSWERS, EXCLUSIVE
from pipeline.review_book.cells import Cell, Row, default_cells, rows_of
from pipeline.review_book.choices import Choices
from pipeline.review_book.days import DayError, day_of
from pipeline.review_book.form import (
    DATE,
    DIMENSION_OF_PAIRS,
    NOTE,
    PAIRS,
    REVIEWER,
    SHEETS,
    SIDES,
    VERDICTS,
    Sheet,
    check,
)  # fmt: skip
from pipeline.text import clean, fold


class ReviewBookError(ValueError):
    """The file is no workbook of judgements: says which it is and what to do."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, and how to mend it; `row` says which row of the workbook it spoils."""

    address: str
    message: str
    row: tuple[str, int]

    def __str__(self) -> str:
        return f"{self.address}: {self.message}"


@dataclass(frozen=True)
class Said:
    """One judgement (columns `SAID`) and the cell it was read from."""

    values: dict[str, str]
    cell: Cell
    row: tuple[str, int]


@dataclass(frozen=True)
class Reading:
    """Judgements of the rows without problem (columns `SAID`), the problems, and how many rows hold a judgement."""

    said: pd.DataFrame
    problems: list[Problem]
    rows: int


def read_review(path: Path, choices: Mapping[str, Choices], *, today: date) -> Reading:
    """Return what the workbook at `path` says.

    Args:
        path: a workbook that `write_review` wrote and a person filled in, with whatever program.
        choices: dimension -> concepts that may be added.
        today: later days are refused.

    Raises:
        ReviewBookError: the file is no such workbook.
    """
    book = _opened(path)
    defaults = default_cells(book)
    sheets = [sheet for sheet in SHEETS if sheet.name in book.sheetnames]
    if not sheets:
        raise ReviewBookError(
            f"{path.name} has none of the sheets {', '.join(sheet.name for sheet in SHEETS)}; import a file that "
            "`upr review export` wrote"
        )
    said: list[Said] = []
    problems: list[Problem] = []
    for sheet in sheets:
        missing, rows = rows_of(book[sheet.name], sheet)
        if missing:
            raise ReviewBookError(
                f"{path.name}, sheet {sheet.name}: the columns {', '.join(missing)} are gone; copy your verdicts to a "
                "new export, or undo the deletion"
            )
        for row in rows:
            found, wrong = _read_row(row, sheet, choices, defaults, today)
            said.extend(found)
            problems.extend(wrong)
    problems.extend(_contradictions(said))
    spoilt = {problem.row for problem in problems}
    good = [one for one in said if one.row not in spoilt]
    frame = pd.DataFrame([one.values for one in good], columns=list(SAID), dtype="str")
    return Reading(frame.drop_duplicates(ignore_index=True), problems, len({one.row for one in good}))


def _opened(path: Path) -> openpyxl.Workbook:
    try:
        return openpyxl.load_workbook(path, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, OSError) as error:
        raise ReviewBookError(
            f"{path.name} cannot be read as .xlsx ({error}); save it as Excel workbook (.xlsx)"
        ) from error


def _read_row(
    row: Row, sheet: Sheet, choices: Mapping[str, Choices], defaults: Mapping[str, Cell], today: date
) -> tuple[list[Said], list[Problem]]:
    """Return the judgements of one row and what is wrong with it; nothing if nobody filled it in."""
    verdict, note = row[sheet.verdict], row[NOTE]
    adds = [(row[heading], dimension) for heading, dimension in sheet.adds.items() if row[heading].text]
    place = (sheet.name, verdict.number)
    problems: list[tuple[Cell, str]] = []
    if not verdict.text and not adds:
        if note.text:
            problems.append(
                (note, f"a note without verdict; choose a {sheet.verdict.lower().rstrip('?')} or clear the note")
            )
        return [], [Problem(cell.address, message, place) for cell, message in problems]
    problems += _identity(row, sheet)
    reviewer, day = (row[name] if row[name].text else defaults.get(name, row[name]) for name in (REVIEWER, DATE))
    if not fold(reviewer.text):
        problems.append((row[REVIEWER], "who judged? Write the name here, or once on the sheet Read me"))
    iso = ""
    try:
        iso = day_of(day, today)
    except DayError as error:
        problems.append((day, str(error)))
    shared = {"reviewer": clean(reviewer.text), "date": iso, "note": clean(note.text), **_hashes(row, sheet)}
    found: list[Said] = []
    if verdict.text:
        answer = verdict.text.lower()
        if answer in VERDICTS[sheet.verdict]:
            found.append(Said({**_unit(row, sheet), "verdict": answer, **shared}, verdict, place))
        else:
            listed = VERDICTS[sheet.verdict]
            problems.append(
                (verdict, f"'{verdict.text}' is no verdict; choose {', '.join(listed[:-1])} or {listed[-1]}")
            )
    for cell, dimension in adds:
        offered = choices.get(dimension)
        concept = offered.concept(cell.text) if offered else None
        if concept is None:
            near = offered.nearest(cell.text) if offered else []
            hint = f"did you mean {' or '.join(repr(one) for one in near)}?" if near else "choose from the drop-down"
            problems.append((cell, f"'{cell.text}' is not in the taxonomy; {hint}"))
        else:
            unit = {**_unit(row, sheet), "dimension": dimension, "concept_id": concept}
            found.append(Said({**unit, "verdict": "add", **shared}, cell, place))
    return found, [Problem(cell.address, message, place) for cell, message in problems]


def _identity(row: Row, sheet: Sheet) -> list[tuple[Cell, str]]:
    """Return what is wrong with the ids of a row: they are missing, or belong to another text."""
    first = row["recommendation_id" if sheet is not PAIRS else "left_id"]
    hidden = {column.name: row[column.heading] for column in sheet.checked}
    if not first.text or not row["check"].text:
        return [(row[sheet.verdict], "this row has no id: only rows that the export wrote can be judged; clear it")]
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


def _contradictions(said: list[Said]) -> Iterator[Problem]:
    """Yield a problem for each judgement against which the same reviewer says something else on the same day."""
    first: dict[tuple[str, ...], Said] = {}
    for one in said:
        values, answer = one.values, ANSWERS[one.values["verdict"]]
        who = (fold(values["reviewer"]), values["date"], values["recommendation_id"], values["dimension"])
        earlier = first.setdefault((*who, values["concept_id"]), one)
        if ANSWERS[earlier.values["verdict"]] != answer:
            message = (
                f"'{values['verdict']}' contradicts '{earlier.values['verdict']}' in {earlier.cell.address}; clear one"
            )
            yield Problem(one.cell.address, message, one.row)
            yield Problem(earlier.cell.address, f"see {one.cell.address}, which contradicts it", earlier.row)
        if values["dimension"] in EXCLUSIVE and answer == "yes":
            chosen = first.setdefault((*who, "the one that applies"), one)
            if chosen.values["concept_id"] != values["concept_id"]:
                message = f"another {values['dimension']} is chosen in {chosen.cell.address}, and a text has but one; clear one"
                yield Problem(one.cell.address, message, one.row)
                yield Problem(chosen.cell.address, f"see {one.cell.address}, which contradicts it", chosen.row)
