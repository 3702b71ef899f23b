"""Read and write validated tables; a table on disk is always whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from pipeline.schemas import Table


class TableError(ValueError):
    """A table does not keep its schema: names the table, the column and the rows."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; on success it takes the place of `path` in one step.

    Whatever fails or is killed in between leaves the earlier file whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folders(*folders: Path) -> Iterator[Path]:
    """Yield a temporary folder beside `folders`; on success each takes the place of the earlier one by its name in it.

    What was not written in between becomes an empty folder. Whatever fails or is killed before the end leaves the earlier
    folders; one killed between two renames leaves the earlier under its aside name, and the next call puts it back first.
    """
    parent = folders[0].parent
    parent.mkdir(parents=True, exist_ok=True)
    for folder in folders:
        aside = folder.with_name(f".{folder.name}.earlier")
        if aside.exists() and not folder.exists():
            aside.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folders[0].name}.", dir=parent))
    try:
        yield fresh
        for folder in folders:
            aside = folder.with_name(f".{folder.name}.earlier")
            (fresh / folder.name).mkdir(exist_ok=True)
            if folder.exists():
                folder.rename(aside)
            (fresh / folder.name).rename(folder)
            shutil.rmtree(aside, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def conform(frame: pd.DataFrame, schema: type[Table], *, in_order: bool = False) -> pd.DataFrame:
    """Return `frame` with the schema's columns first and their types; sorted by key unless `in_order`.

    Raises:
        TableError: a column is missing, a value breaks the schema or a key occurs twice.
    """
    import pandera.errors

    names = list(schema.to_schema().columns)
    if missing := [name for name in names if name not in frame.columns]:
        raise TableError(f"{schema.__name__} lacks the columns {', '.join(missing)}")
    extra = [name for name in frame.columns if name not in names]
    try:
        valid = schema.validate(frame[names + extra], lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases[["column", "check", "failure_case", "index"]].head(5)
        raise TableError(f"{schema.__name__} breaks its schema:\n{cases.to_string(index=False)}") from error
    if (twice := valid.duplicated(schema.key())).any():
        example = valid.loc[twice, schema.key()].iloc[0].to_dict()
        raise TableError(f"{schema.__name__}: a key occurs twice, e.g. {example}")
    return valid if in_order else valid.sort_values(schema.key(), kind="stable", ignore_index=True)


def write_table(frame: pd.DataFrame, path: Path, schema: type[Table], *, in_order: bool = False) -> None:
    """Validate `frame` and write it as parquet to `path`, in one step; see `conform`."""
    valid = conform(frame, schema, in_order=in_order)
    with replacing(path) as temporary:
        valid.to_parquet(temporary, index=False)


def read_table(path: Path) -> pd.DataFrame:
    """Return the table at `path`.

    Raises:
        TableError: it does not exist yet: names the stage to run.
    """
    if not path.exists():
        raise TableError(f"{path} does not exist yet; run `dvc repro` (or `upr run`) first")
    return pd.read_parquet(path)


def empty(schema: type[Table]) -> pd.DataFrame:
    """Return a table of `schema` without rows."""
    return schema.empty()
