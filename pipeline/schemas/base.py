"""What all tables share: the base model, the description of a column, the closed vocabularies."""

from typing import Any, ClassVar

import pandera.pandas as pa

MECHANISMS = ["upr", "treaty_body", "special_procedure"]
POSITIONS = ["supported", "noted", "partially_supported", "pending", "unknown"]
POSITION_SOURCES = ["chapeau", "paragraph", "addendum", "matrix", "uhri", "upr_info", "generic_table"]
SOURCES = [
    "uhri_json", "uhri_xlsx", "upr_info_xls", "upr_info_csv", "working_group_report", "addendum",
    "ohchr_matrix", "generic_table",
]  # fmt: skip
SCHEMES = {
    "themes": "upr-info",
    "uhri_themes": "uhri-theme",
    "groups": "uhri-person",
    "sdgs": "sdg",
    "action": "upr-action",
}
"""The vocabulary of each dimension."""
DIMENSIONS = list(SCHEMES)
METHODS = ["model", "rule", "crosswalk"]
STATUSES = ["ok", "partial", "failed"]


def col(meaning: str, *, null: bool = False, isin: list[str] | None = None, **checks: Any) -> Any:
    """Return a pandera field whose description is `meaning`; `null` allows unknown values."""
    return pa.Field(description=meaning, nullable=null, isin=isin, **checks)


class Table(pa.DataFrameModel):
    """Base of all tables: columns are coerced to their types; more columns than declared are welcome."""

    _unit: ClassVar[str]
    _key: ClassVar[tuple[str, ...]]

    class Config:
        """Read by pandera."""

        coerce = True
        strict = False

    def __init_subclass__(cls, *, unit: str, key: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]
        cls._unit = unit
        cls._key = tuple(key.split())

    @classmethod
    def unit(cls) -> str:
        """Return what one row stands for."""
        return cls._unit

    @classmethod
    def key(cls) -> list[str]:
        """Return the columns that are unique together."""
        return list(cls._key)
