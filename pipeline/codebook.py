"""The codebook: every table and column in words, generated from the schemas."""

import sys
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.schemas import EXPORTED, Table

_TYPES = {"int": "whole number", "float": "number", "bool": "true or false", "date": "date"}


def _type_name(dtype: Any) -> str:
    """Return a column's type in plain words."""
    name = str(dtype).lower()
    return next((words for start, words in _TYPES.items() if name.startswith(start)), "text")


def _allowed(column: Any) -> str:
    """Return the closed list of a column's values, joined by "; ", or "" if it has none."""
    lists = [check.statistics.get("allowed_values") for check in column.checks if check.statistics]
    return "; ".join(str(value) for values in lists if values for value in values)


def codebook(tables: Mapping[str, type[Table]] = EXPORTED) -> pd.DataFrame:
    """Return one row a column: `table, meaning_of_table, unit, key, column, type, may_be_empty, values, meaning`.

    `key` is "key" where the column is part of what is unique in its table.
    """
    rows = []
    for name, schema in tables.items():
        for column in schema.to_schema().columns.values():
            rows.append({
                "table": name,
                "meaning_of_table": (schema.__doc__ or "").strip().splitlines()[0],
                "unit": schema.unit(),
                "key": "key" if column.name in schema.key() else "",
                "column": column.name,
                "type": _type_name(column.dtype),
                "may_be_empty": "yes" if column.nullable else "no",
                "values": _allowed(column),
                "meaning": column.description or "",
            })  # fmt: skip
    return pd.DataFrame(rows)


def codebook_markdown(tables: Mapping[str, type[Table]] = EXPORTED) -> str:
    """Return the codebook as Markdown: one section a table."""
    lines = [
        "# Codebook",
        "",
        "Generated from `pipeline/schemas`; do not edit: `python -m pipeline.codebook > docs/codebook.md`.",
        "Columns in bold are unique together. Unknown is empty, never a word of its own.",
    ]
    for name, part in codebook(tables).groupby("table", sort=False):
        first = part.iloc[0]
        lines += ["", f"## {name}", "", f"{first['meaning_of_table']} One row: {first['unit']}.", ""]
        lines += ["| column | type | may be empty | meaning |", "|---|---|---|---|"]
        for row in part.to_dict("records"):
            column = f"**`{row['column']}`**" if row["key"] else f"`{row['column']}`"
            values = f" ({row['values']})" if row["values"] else ""
            lines.append(f"| {column} | {row['type']} | {row['may_be_empty']} | {row['meaning']}{values} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(codebook_markdown())
