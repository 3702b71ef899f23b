"""The search export of the Universal Human Rights Index: one sheet of sixteen columns, whatever holds it."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.sources.grid import Columns, matched
from pipeline.sources.record import Record
from pipeline.sources.tally import Tally
from pipeline.sources.uhri import SYNONYMS, UNUSED, is_uhri, records_of
from pipeline.sources.values import lines
from pipeline.states import States

HEADERS = (
    "Text", "Countries Concerned", "Reccomending Body", "Document Symbol", "Themes", "Affected Persons", "Sdgs",
    "Document Publication Date", "UPR Reccomending States", "UPR Position", "Type", "OHCHR Annotation Id",
    "UPR Session", "Regions Concerned", "Recommending Regions", "Date of publication on UHRI",
)  # fmt: skip

_NOT_LABELS = {"text", *UNUSED}


def columns_of(header: Sequence[str]) -> Columns | None:
    """Return our field -> index of its column, or None if the header is of another layout."""
    return matched(header, SYNONYMS) if is_uhri(header) else None


def read_row(row: int, fields: Mapping[str, str], states: States, tally: Tally) -> Iterator[Record]:
    """Yield the records of one row of cells: labels are lines that begin with "- "."""
    values = {field: lines(cell) for field, cell in fields.items() if field not in _NOT_LABELS}
    yield from records_of(row, fields.get("text", ""), values, states, tally)
