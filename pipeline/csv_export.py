"""Tables as CSV files that a spreadsheet opens right and safely."""

import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

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
    """Write each table as `<name>.csv` (UTF-8 with BOM) into `folder`, which is replaced as a whole.

    A run killed before the end leaves the earlier folder; one killed between the two renames leaves it under its
    aside name, and the next call puts it back first.
    """
    aside = folder.with_name(f".{folder.name}.earlier")
    if aside.exists() and not folder.exists():
        aside.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, frame in tables.items():
            path = fresh / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            neutralised(frame).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
        fresh.chmod(0o755)
        if folder.exists():
            folder.rename(aside)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)
