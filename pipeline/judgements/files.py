"""The files of judgements, read: every broken line is named."""

import difflib
from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from pipeline.judgements.forms import (
    AS_SAID,
    FRAMEWORK,
    ITEM_COLUMNS,
    ITEM_VERDICTS,
    PAIR_COLUMNS,
    PAIR_VERDICTS,
    SAID,
    SAME_ASK,
    TAG_COLUMNS,
    VERDICTS,
    JudgementError,
    item_key,
)
from pipeline.schemas import SCHEMES
from pipeline.text import fold

FREE = ("reviewer", "note")
"""Columns in which people write freely: an apostrophe stands there before what a spreadsheet could take for a formula."""

_GUARD = r"^'+(?=[=+\-@\t\r＝＋－＠])"
_NEEDED: dict[tuple[str, ...], tuple[str, ...]] = {
    columns: columns[:most] for columns, most in ((TAG_COLUMNS, 6), (PAIR_COLUMNS, 5), (ITEM_COLUMNS, 6))
}


def read_judgements(folder: Path, concepts: Collection[str]) -> pd.DataFrame:
    """Return all judgements of tags (columns `SAID`, text, "" for unknown), oldest first.

    Those of one day stand in the order of their files and lines. `concepts` are the ids of all taxonomies.

    Raises:
        JudgementError: a missing column, an unknown verdict, dimension or concept, no reviewer, no day.
    """
    return _oldest_first(_read_tags(path, concepts) for path in files_of(folder) if form_of(path) == TAG_COLUMNS)


def read_pairs(folder: Path) -> pd.DataFrame:
    """Return all judgements of pairs (columns `SAID`, the smaller id first), oldest first.

    Raises:
        JudgementError: a missing column, an unknown verdict, no reviewer, no day, or one recommendation compared
            with itself.
    """
    return _oldest_first(_read_pairs(path) for path in files_of(folder) if form_of(path) == PAIR_COLUMNS)


def read_items(folder: Path) -> pd.DataFrame:
    """Return all judgements of framework items (columns `SAID`), oldest first.

    Raises:
        JudgementError: a missing column, an unknown verdict, no framework or item, no reviewer, no day.
    """
    return _oldest_first(_read_items(path) for path in files_of(folder) if form_of(path) == ITEM_COLUMNS)


def files_of(folder: Path) -> list[Path]:
    """Return the files of judgements in `folder`, by name."""
    return sorted(folder.glob("*.csv"))


def form_of(path: Path) -> tuple[str, ...]:
    """Return the columns of the form that a file of judgements has."""
    given = set(frame_of(path, rows=0).columns)
    return next(
        (form for form in (PAIR_COLUMNS, ITEM_COLUMNS) if set(form[:2]) <= given and form[2] in given), TAG_COLUMNS
    )


def frame_of(path: Path, rows: int | None = None) -> pd.DataFrame:
    """Return the lines of a file of judgements as text, "" for nothing.

    Raises:
        JudgementError: it is not CSV in UTF-8.
    """
    try:
        frame = pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False, nrows=rows, index_col=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise JudgementError(
            f"{path.name} is no CSV file in UTF-8 ({error}); save it as such, or take it away"
        ) from error
    return unguarded(frame)


def unguarded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` without the apostrophes that keep what people wrote from being run as a formula."""
    names = [name for name in FREE if name in frame.columns]
    return frame.assign(**{name: frame[name].str.replace(_GUARD, "", regex=True) for name in names})


def smaller_first(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return judgements of pairs (columns `SAID`) with the smaller id as `recommendation_id`."""
    swapped = pairs["recommendation_id"] > pairs["concept_id"]
    sides = {"recommendation_id": "concept_id", "text_hash": "other_hash"}
    turned = {
        name: pairs[name].where(~swapped, pairs[other])
        for one, two in sides.items()
        for name, other in ((one, two), (two, one))
    }
    return pairs.assign(**turned)


def _oldest_first(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    rows = pd.concat([pd.DataFrame(columns=list(SAID), dtype="str"), *frames], ignore_index=True)
    return rows.sort_values("date", kind="stable", ignore_index=True)


def _read_tags(path: Path, concepts: Collection[str]) -> pd.DataFrame:
    frame = _with_columns(path, TAG_COLUMNS)
    for line, row in enumerate(frame.to_dict("records"), start=2):
        _check(path, line, row, VERDICTS)
        dimension, concept = row["dimension"], row["concept_id"]
        if dimension not in SCHEMES:
            raise JudgementError(
                f"{path.name} line {line}: unknown dimension '{dimension}'; {_near(dimension, SCHEMES)}"
            )
        if concept not in concepts:
            raise JudgementError(f"{path.name} line {line}: unknown concept '{concept}'; {_near(concept, concepts)}")
        if not concept.startswith(f"{SCHEMES[dimension]}:"):
            raise JudgementError(f"{path.name} line {line}: '{concept}' is no concept of the dimension {dimension}")
    return frame.reindex(columns=list(SAID), fill_value="")


def _read_pairs(path: Path) -> pd.DataFrame:
    frame = _with_columns(path, PAIR_COLUMNS).reindex(columns=list(PAIR_COLUMNS), fill_value="")
    for line, row in enumerate(frame.to_dict("records"), start=2):
        _check(path, line, row, PAIR_VERDICTS)
        if row["left_id"] == row["right_id"]:
            raise JudgementError(f"{path.name} line {line}: '{row['left_id']}' is compared with itself; give two ids")
    return smaller_first(frame.rename(columns=AS_SAID).assign(dimension=SAME_ASK)[list(SAID)])


def _read_items(path: Path) -> pd.DataFrame:
    frame = _with_columns(path, ITEM_COLUMNS).reindex(columns=list(ITEM_COLUMNS), fill_value="")
    for line, row in enumerate(frame.to_dict("records"), start=2):
        _check(path, line, row, ITEM_VERDICTS)
        if not row["framework_id"] or not row["item_id"]:
            raise JudgementError(
                f"{path.name} line {line}: give framework_id and item_id as in the table framework_items, or the item 'none'"
            )
    keys = [item_key(*one) for one in zip(frame["framework_id"], frame["item_id"], strict=True)]
    found = frame.assign(dimension=FRAMEWORK, concept_id=pd.Series(keys, index=frame.index, dtype="str"))
    return found.reindex(columns=list(SAID), fill_value="")


def _with_columns(path: Path, form: tuple[str, ...]) -> pd.DataFrame:
    frame = frame_of(path)
    if missing := [name for name in _NEEDED[form] if name not in frame.columns]:
        raise JudgementError(f"{path.name} lacks the columns {', '.join(missing)}; see data/raw/judgements/README.md")
    return frame


def _check(path: Path, line: int, row: Mapping[Hashable, str], known: tuple[str, ...]) -> None:
    """Raise what is wrong with what all forms share."""
    where = f"{path.name} line {line}"
    if row["verdict"] not in known:
        listed = f"{', '.join(known[:-1])} or {known[-1]}"
        raise JudgementError(f"{where}: verdict '{row['verdict']}'; write {listed}")
    if not fold(row["reviewer"]):
        raise JudgementError(f"{where}: no reviewer; a judgement is somebody's: write who made it")
    try:
        date.fromisoformat(row["date"])
    except ValueError as error:
        raise JudgementError(f"{where}: '{row['date']}' is no day; write it as 2024-05-31") from error


def _near(value: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(value, list(known), n=1, cutoff=0.7)
    return f"did you mean '{near[0]}'?" if near else "see configs/taxonomies"
