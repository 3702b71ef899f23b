"""The day in a cell, whichever way a program keeps it."""

from datetime import date, datetime

from openpyxl.utils.datetime import from_excel

from pipeline.review_book.cells import Cell

_SERIALS = (40_000, 80_000)  # 2009 to 2119: a number in a column of days is one


class DayError(ValueError):
    """The cell holds no day that can be meant."""


def day_of(cell: Cell, today: date) -> str:
    """Return the day in ISO form.

    Raises:
        DayError: there is none, it is not written as 2024-05-31, or it is later than `today`.
    """
    value = cell.value
    if isinstance(value, int | float) and _SERIALS[0] < value < _SERIALS[1]:
        value = from_excel(value)
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        if not cell.text:
            raise DayError("on which day? Write it here as 2024-05-31, or once on the sheet Read me")
        try:
            value = date.fromisoformat(cell.text[:10])
        except ValueError as error:
            raise DayError(f"'{cell.text}' is no day; write it as 2024-05-31") from error
    if value > today:
        raise DayError(f"{value} is later than today ({today}); a judgement cannot be of the future")
    return value.isoformat()
