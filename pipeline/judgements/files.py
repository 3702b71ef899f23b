"""The files of judgements: their two forms, how they are read, and how new judgements are added to them.

A file with the columns left_id and right_id judges pairs: is it the same ask? Every other file judges tags. Both are
read to one form, `SAID`: a judgement of a pair has the dimension `same_ask`, and the second recommendation stands where
the concept of a tag does.
"""

import difflib
from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from pipeline.schemas import SCHEMES
from pipeline.tables import replacing
from pipeline.text import content_id, fold

TAG_COLUMNS = ("recommendation_id", "dimension", "concept_id", "verdict", "reviewer", "date", "note", "text_hash")
PAIR_COLUMNS = (
    "left_id", "right_id", "verdict", "reviewer", "date", "note", "left_text_hash", "right_text_hash",
)  # fmt: skip
SAID = (*TAG_COLUMNS, "other_hash")
"""Columns of a judgement as read; `other_hash` is that of the second recommendation of a pair."""

SAME_ASK = "same_ask"
FRAMEWORK = "framework"
"""Dimension of judgements on the items of a Cooperation Framework: concept ids are `<framework_id>/<item_id>`."""

VERDICTS = ("accept", "reject", "add", "unsure")
PAIR_VERDICTS = ("yes", "no", "unsure")

_NEEDED_OF_TAGS, _NEEDED_OF_PAIRS = TAG_COLUMNS[:6], PAIR_COLUMNS[:5]
_AS_SAID = {"left_id": "recommendation_id", "right_id": "concept_id", "left_text_hash": "text_hash",
            "right_text_hash": "other_hash"}  # fmt: skip
_AS_FILED = {said: filed for filed, said in _AS_SAID.items()}


class JudgementError(ValueError):
    """A file of judgements breaks its form: names the file, the line and the remedy."""


def read_judgements(folder: Path, concepts: Collection[str]) -> pd.DataFrame:
    """Return all judgements of tags (columns `SAID`, text, "" for unknown), oldest first.

    Those of one day stand in the order of their files and lines. `concepts` are the ids of all taxonomies.

    Raises:
        JudgementError: a missing column, an unknown verdict, dimension or concept, no reviewer, no day.
    """
    return _oldest_first(_read_tags(path, concepts) for path in _files(folder) if not _judges_pairs(path))


def read_pairs(folder: Path) -> pd.DataFrame:
    """Return all judgements of pairs (columns `SAID`, the smaller id first), oldest first.

    Raises:
        JudgementError: a missing column, an unknown verdict, no reviewer, no day, or one recommendation compared
            with itself.
    """
    return _oldest_first(_read_pairs(path) for path in _files(folder) if _judges_pairs(path))


def append(folder: Path, said: pd.DataFrame) -> tuple[pd.DataFrame, list[Path]]:
    """Add to the files of `folder` the judgements of `said` that are not there; return these, and the files changed.

    Each reviewer has one file for tags and one for pairs. Earlier lines are never touched, so a file that is imported
    again adds nothing, whatever was said since. A file killed in between stays as it was.

    Args:
        folder: data/raw/judgements.
        said: columns `SAID`.

    Raises:
        JudgementError: a file of that name has other columns.
    """
    added, changed = [said.iloc[:0]], []
    pairs = said["dimension"] == SAME_ASK
    for kind, columns, part in (("tags", TAG_COLUMNS, said[~pairs]), ("pairs", PAIR_COLUMNS, said[pairs])):
        known = _known(folder, columns, pairs=kind == "pairs")
        for name, rows in part.groupby(part["reviewer"].map(_slug)):
            filed = rows.rename(columns=_AS_FILED) if kind == "pairs" else rows
            filed = filed[list(columns)].drop_duplicates()
            fresh = filed[~pd.MultiIndex.from_frame(filed).isin(known)]
            if len(fresh):
                path = folder / f"{kind}-{name}.csv"
                _add_lines(path, fresh)
                added.append(rows.loc[fresh.index])
                changed.append(path)
    return pd.concat(added), changed


def _known(folder: Path, columns: tuple[str, ...], *, pairs: bool) -> pd.MultiIndex:
    """Return what the files hold already, one entry a judgement."""
    frames = [_frame(path) for path in _files(folder) if _judges_pairs(path) == pairs]
    frames = [frame.reindex(columns=list(columns), fill_value="") for frame in frames]
    return pd.MultiIndex.from_frame(pd.concat([pd.DataFrame(columns=list(columns), dtype="str"), *frames]))


def _slug(reviewer: str) -> str:
    """Return the part of a file name that stands for the reviewer."""
    plain = fold(reviewer)
    return "-".join(plain.split())[:40] if plain.isascii() else content_id(plain)


def _add_lines(path: Path, rows: pd.DataFrame) -> None:
    earlier = b""
    if path.exists():
        earlier = path.read_bytes()
        if list(_frame(path).columns) != list(rows.columns):
            raise JudgementError(
                f"{path.name} has other columns than {', '.join(rows.columns)}; rename that file and import again"
            )
        earlier += b"" if earlier.endswith(b"\n") else b"\n"
    text = rows.to_csv(index=False, header=not earlier, lineterminator="\n")
    with replacing(path) as temporary:
        temporary.write_bytes(earlier + text.encode("utf-8" if earlier else "utf-8-sig"))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csv"))


def _frame(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)


def _judges_pairs(path: Path) -> bool:
    return {"left_id", "right_id"} <= set(pd.read_csv(path, nrows=0, encoding="utf-8-sig").columns)


def _oldest_first(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    rows = pd.concat([pd.DataFrame(columns=list(SAID), dtype="str"), *frames], ignore_index=True)
    return rows.sort_values("date", kind="stable", ignore_index=True)


def _read_tags(path: Path, concepts: Collection[str]) -> pd.DataFrame:
    frame = _with_columns(path, _NEEDED_OF_TAGS)
    for line, row in enumerate(frame.to_dict("records"), start=2):
        _check(path, line, row, VERDICTS)
        dimension, concept = row["dimension"], row["concept_id"]
        if dimension == FRAMEWORK:
            continue
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
    frame = _with_columns(path, _NEEDED_OF_PAIRS).reindex(columns=list(PAIR_COLUMNS), fill_value="")
    for line, row in enumerate(frame.to_dict("records"), start=2):
        _check(path, line, row, PAIR_VERDICTS)
        if row["left_id"] == row["right_id"]:
            raise JudgementError(f"{path.name} line {line}: '{row['left_id']}' is compared with itself; give two ids")
    return smaller_first(frame.rename(columns=_AS_SAID).assign(dimension=SAME_ASK)[list(SAID)])


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


def _with_columns(path: Path, needed: tuple[str, ...]) -> pd.DataFrame:
    frame = _frame(path)
    if missing := [name for name in needed if name not in frame.columns]:
        raise JudgementError(f"{path.name} lacks the columns {', '.join(missing)}; see data/raw/judgements/README.md")
    return frame


def _check(path: Path, line: int, row: Mapping[Hashable, str], known: tuple[str, ...]) -> None:
    """Raise what is wrong with what both forms share."""
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
