"""What was odd in the rows of a file, counted, and said in one line each."""

from collections.abc import Iterator
from contextlib import contextmanager

MOST_LINES = 25


class Tally:
    """Counts oddities by wording; keeps the row of the first of each."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, int]] = {}

    def add(self, what: str, row: int) -> None:
        """Count the oddity `what`, seen in data row `row`."""
        count, first = self._found.get(what, (0, row))
        self._found[what] = (count + 1, first)

    def lines(self) -> list[str]:
        """Return one line for each oddity, in the order first seen; beyond `MOST_LINES` only their number."""
        lines = [
            f"row {row}: {what}" if count == 1 else f"{count} rows, the first is row {row}: {what}"
            for what, (count, row) in self._found.items()
        ]
        more = len(lines) - MOST_LINES
        return [*lines[:MOST_LINES], f"and {more} more kinds of oddity"] if more > 0 else lines


@contextmanager
def tallied(tally: Tally, notes: list[str]) -> Iterator[Tally]:
    """Append the lines of the tally to `notes` when the reading ends, well or not."""
    try:
        yield tally
    finally:
        notes.extend(tally.lines())
