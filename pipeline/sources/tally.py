"""What was odd in the rows of a file, counted, and said in one line each."""

from collections.abc import Iterator
from contextlib import contextmanager

MOST_LINES = 25

SHIFTED = "a separator or quotation mark too many"
SWALLOWED = "a quotation mark is missing"
CUT = "was cut there"
_LOSSES = (SHIFTED, SWALLOWED, CUT)


def tells_of_loss(note: str) -> bool:
    """Return whether a note says that something of the file was not read, though it stands there."""
    return any(loss in note for loss in _LOSSES)


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
