"""One recommendation while it is put together: the rows that say it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.text import fold

TRUST = (
    "working_group_report",
    "ohchr_matrix",
    "uhri_json",
    "uhri_xlsx",
    "upr_info_xls",
    "upr_info_csv",
    "generic_table",
    "addendum",
)
"""Sources from the most to the least trusted for what a recommendation says and who made it."""


class Recommending(NamedTuple):
    """One recommending State as written and as resolved."""

    raw: str
    iso3: str | None
    name: str | None
    region: str | None


@dataclass(frozen=True)
class Row:
    """One row of `Ingested` that is a recommendation or states a position."""

    source: str
    source_file: str
    source_row: int
    clause: int
    mechanism: str
    body: str | None
    document_symbol: str | None
    paragraph: str | None
    session: int | None
    cycle: int | None
    year: int | None
    state_under_review: str | None
    state_name: str | None
    region: str | None
    text: str | None
    text_original: str | None
    language: str | None
    position: str | None
    position_source: str | None
    position_quote: str | None
    is_pledge: bool
    is_provisional: bool
    recommending: tuple[Recommending, ...]
    source_tags: tuple[tuple[str, str], ...]

    @cached_property
    def folded(self) -> str:
        """The text as compared."""
        return fold(self.text or "")

    @cached_property
    def askers(self) -> frozenset[str]:
        """The recommending States as compared: ISO code, or the folded name where unknown."""
        return frozenset(state.iso3 or fold(state.raw) for state in self.recommending)

    @property
    def review(self) -> tuple[str, ...]:
        """What the row belongs to: a State's review in a cycle, or a document.

        A State has one review a cycle, so the cycle holds sources together that know different parts of it.
        """
        state = self.state_under_review or f"?{fold(self.state_name or '')}"
        if self.mechanism == "upr" and self.cycle is not None:
            return (self.mechanism, state, f"cycle {self.cycle}")
        return (self.mechanism, state, self.document_symbol or f"{self.body} {self.year}")

    @property
    def place(self) -> tuple[str, int, str]:
        """Where the row stands: a sort key that does not depend on the order of files."""
        return (self.source_file, self.source_row, f"{self.clause:06}")


@dataclass
class Entity:
    """The rows found to say one recommendation, the most trusted first."""

    rows: list[Row] = field(default_factory=list)

    @property
    def lead(self) -> Row:
        """The row trusted most."""
        return self.rows[0]

    @property
    def askers(self) -> frozenset[str]:
        """All recommending States of all rows."""
        return frozenset().union(*(row.askers for row in self.rows))

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows of a source that is trusted no more than those before."""
        self.rows.extend(rows)
