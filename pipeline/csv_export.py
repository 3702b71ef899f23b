"""Tables as CSV files that a spreadsheet opens right and safely."""

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from pipeline.tables import replacing_folders

# What a spreadsheet may run when a cell opens with it (OWASP, "CSV injection"), full-width forms included.
FORMULA_START = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def neutralised(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with an apostrophe before each text that a spreadsheet could take for a formula."""
    safe = frame.copy()
    for name in frame.columns[[not pd.api.types.is_numeric_dtype(dtype) for dtype in frame.dtypes]]:
        texts = frame[name].astype("str")
        risky = texts.str.match(FORMULA_START).fillna(False).astype(bool)
        if risky.any():
            safe[name] = frame[name].mask(risky, "'" + texts)
    return safe


def write_csv_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write each table as `<name>.csv` (UTF-8 with BOM) into `folder`, which is replaced as a whole."""
    with replacing_folders(folder) as fresh:
        for name, frame in tables.items():
            path = fresh / folder.name / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            neutralised(frame).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
