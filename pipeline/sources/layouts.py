"""The arrangements of columns known, and what to say of a header that is none of them."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.sources import generic_table, uhri_xlsx, upr_info
from pipeline.sources.grid import Columns, Row, header_key
from pipeline.sources.record import Record, SourceError
from pipeline.sources.tally import Tally
from pipeline.states import States

_FARTHEST = 0.7  # share of a layout's headers missing from which a file is of another kind altogether
_LIKELY_MISSPELT = 0.8  # similarity of two headers from which one counts as the other misspelt


@dataclass(frozen=True, slots=True)
class Layout:
    """One known arrangement of columns and the function that reads its rows."""

    name: str
    format: str
    headers: Sequence[str]
    columns_of: Callable[[Sequence[str]], Columns | None]
    read_row: Callable[[int, Mapping[str, str], States, Tally], Iterable[Record]]


UHRI = Layout("UHRI search export", "uhri_xlsx", uhri_xlsx.HEADERS, uhri_xlsx.columns_of, uhri_xlsx.read_row)
UPR_INFO_XLS = Layout(
    "UPR Info XLS export", "upr_info_xls", upr_info.HEADERS, upr_info.columns_of, upr_info.read_row
)  # fmt: skip
UPR_INFO_CSV = Layout(
    "UPR Info re-saved as CSV", "upr_info_csv", upr_info.RESAVED, upr_info.columns_of, upr_info.read_row
)  # fmt: skip
GENERIC = Layout(
    "generic table", "generic_table", generic_table.HEADERS, generic_table.columns_of, generic_table.read_row
)  # fmt: skip
SPREADSHEET_LAYOUTS = (UHRI, UPR_INFO_XLS, GENERIC)
TEXT_LAYOUTS = (UHRI, UPR_INFO_CSV, GENERIC)


def mapped_layout(path: Path, mapping: Mapping[str, str]) -> Layout:
    """Return the layout a user describes, {our column: their header}.

    Raises:
        SourceError: it names a column that does not exist.
    """
    generic_table.check_mapping(path, mapping)

    def columns_of(header: Sequence[str]) -> Columns | None:
        return generic_table.mapped_columns(header, mapping)

    return Layout(
        "mapping in ingest.generic_columns",
        "generic_table",
        tuple(mapping.values()),
        columns_of,
        generic_table.read_row,
    )


def recognised(rows: Sequence[Row], layouts: Sequence[Layout]) -> tuple[Layout, Row, Columns] | None:
    """Return the first row that is the header of a layout, with that layout and its columns."""
    for row in rows:
        for layout in layouts:
            if columns := layout.columns_of(row):
                return layout, row, columns
    return None


def unknown_header(path: Path, rows: Sequence[Row], layouts: Sequence[Layout]) -> SourceError:
    """Return an error that shows the header found and what the nearest layout has beyond it."""
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return SourceError(path, "the whole file", "has no rows", "Put a file with a header and rows here")
    widest = max(_width(row) for row in filled)
    header = next(row for row in filled if _width(row) >= 0.6 * widest)
    lacks = {layout: _missing(header, layout) for layout in layouts}
    nearest = min(layouts, key=lambda layout: _distance(layout, lacks[layout]))
    if _distance(nearest, lacks[nearest]) > _FARTHEST:
        problem = "is not that of a file of recommendations"
    else:
        problem = f"is of no known layout; the nearest is '{nearest.name}', but it lacks {', '.join(lacks[nearest])}"
    shown = ", ".join(cell[:40] for cell in header[:12] if cell) + (", ..." if len(header) > 12 else "")
    return SourceError(
        path, "the header", f"{problem}. Found: {shown}",
        "Rename the headers, or map them in ingest.generic_columns; a framework belongs in data/raw/frameworks",
    )  # fmt: skip


def _width(row: Row) -> int:
    return sum(map(bool, row))


def _missing(header: Row, layout: Layout) -> list[str]:
    """Return the layout's headers that are not there, each with the one it may be misspelt as."""
    keys = {header_key(cell): cell for cell in header}
    missing = []
    for name in layout.headers:
        if header_key(name) not in keys:
            near = difflib.get_close_matches(header_key(name), keys, n=1, cutoff=_LIKELY_MISSPELT)
            missing.append(f"{name} (here '{keys[near[0]]}'?)" if near else name)
    return missing


def _distance(layout: Layout, missing: Sequence[str]) -> float:
    """Return the share of the layout's headers that are missing; a misspelt one counts half."""
    return sum(0.5 if name.endswith("'?)") else 1.0 for name in missing) / len(layout.headers)
