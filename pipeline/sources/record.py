"""What every reader of a source yields, whatever the format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


class SourceError(ValueError):
    """A file, or the rest of it, cannot be read: says where and what to do about it."""

    def __init__(self, path: Path, place: str, problem: str, remedy: str) -> None:
        super().__init__(f"{path.name}, {place}: {problem}. {remedy}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before it is taken for damaged or hostile."""

    max_cell_characters: int
    max_uncompressed_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of a source, as written there; names of States and labels are not resolved yet.

    A row that is no recommendation carries `skip_reason`. A row of an addendum may have a paragraph and a
    position without a text. `text` is the request alone (no number, no States in brackets); `text_original` the
    paragraph as written, where it differs. `cycle` is needed only where the
    source gives no session. `clause` counts 1..n the attributed clauses of one row, which share
    `source_row`. `position` is one of the contract's values or None where the source says nothing.
    """

    source_row: int
    clause: int = 1
    mechanism: str = "upr"
    body: str | None = None
    document_symbol: str | None = None
    paragraph: str | None = None
    session: int | None = None
    cycle: int | None = None
    date: str | None = None
    state_raw: str | None = None
    recommending_raw: tuple[str, ...] = ()
    text: str | None = None
    text_original: str | None = None
    position: str | None = None
    position_source: str | None = None
    position_quote: str | None = None
    is_pledge: bool = False
    is_provisional: bool = False
    source_tags: tuple[tuple[str, str], ...] = ()
    skip_reason: str | None = None


@dataclass(slots=True)
class SourceFile:
    """An opened source: what it was taken for, and its records, to be read once."""

    format: str
    records: Iterator[Record]
    encoding: str | None = None
    notes: list[str] = field(default_factory=list)
    number_gaps: int = 0
    duplicate_numbers: int = 0
