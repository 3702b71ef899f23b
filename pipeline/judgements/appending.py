"""New judgements are added to the files of their reviewers; earlier lines are never touched."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from pipeline.judgements.files import FREE, files_of, form_of, frame_of, unguarded
from pipeline.judgements.forms import (
    AS_FILED,
    FRAMEWORK,
    ITEM_COLUMNS,
    PAIR_COLUMNS,
    SAID,
    SAME_ASK,
    TAG_COLUMNS,
    JudgementError,
    item_of,
)
from pipeline.tables import replacing
from pipeline.text import content_id, fold

_FORMULA = r"^(?=[=+\-@\t\r＝＋－＠])"


class Appended(NamedTuple):
    """The judgements that were new, those that stood in the files already (columns `SAID`), and the files changed."""

    new: pd.DataFrame
    known: pd.DataFrame
    files: list[Path]


def append(folder: Path, said: pd.DataFrame) -> Appended:
    """Add to the files of `folder` the judgements of `said` that are not there.

    Each reviewer has one file for tags, one for pairs and one for framework items. What a judgement is known by is a
    hash of all its columns, so that a file that is imported again adds nothing, whatever was said since. A file killed
    in between stays as it was.

    Args:
        folder: data/raw/judgements.
        said: columns `SAID`.

    Raises:
        JudgementError: a file of that name has other columns.
    """
    said = unguarded(said).drop_duplicates(list(SAID), ignore_index=True)
    new, changed = pd.Series(False, index=said.index), []
    parts = (("tags", TAG_COLUMNS, ~said["dimension"].isin([SAME_ASK, FRAMEWORK])),
             ("pairs", PAIR_COLUMNS, said["dimension"] == SAME_ASK),
             ("framework", ITEM_COLUMNS, said["dimension"] == FRAMEWORK))  # fmt: skip
    for kind, columns, chosen in parts:
        known = _known(folder, columns)
        filed = _filed(said[chosen], columns)
        for name, rows in filed.groupby(filed["reviewer"].map(_slug)):
            fresh = rows[[value not in known for value in _hashes(rows)]]
            if len(fresh):
                path = folder / f"{kind}-{name}.csv"
                _add_lines(path, fresh)
                new[fresh.index] = True
                changed.append(path)
    return Appended(said[new], said[~new], changed)


def _filed(said: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return judgements as their file holds them."""
    if columns == PAIR_COLUMNS:
        said = said.rename(columns=AS_FILED)
    if columns == ITEM_COLUMNS:
        items = [item_of(key) for key in said["concept_id"]]
        said = said.assign(framework_id=[item[0] for item in items], item_id=[item[1] for item in items])
    return said[list(columns)].astype("str")


def _hashes(filed: pd.DataFrame) -> list[str]:
    return [content_id(*row, length=32) for row in filed.itertuples(index=False)]


def _known(folder: Path, columns: tuple[str, ...]) -> set[str]:
    """Return the hashes of what the files hold already."""
    frames = [frame_of(path) for path in files_of(folder) if form_of(path) == columns]
    return {value for frame in frames for value in _hashes(frame.reindex(columns=list(columns), fill_value=""))}


def _slug(reviewer: str) -> str:
    """Return the part of a file name that stands for the reviewer."""
    plain = fold(reviewer)
    return "-".join(plain.split())[:40] if plain.isascii() else content_id(plain)


def _add_lines(path: Path, rows: pd.DataFrame) -> None:
    earlier = b""
    if path.exists():
        earlier = path.read_bytes()
        if list(frame_of(path).columns) != list(rows.columns):
            raise JudgementError(
                f"{path.name} has other columns than {', '.join(rows.columns)}; rename that file and import again"
            )
        earlier += b"" if earlier.endswith(b"\n") else b"\n"
    guarded = rows.assign(**{name: rows[name].str.replace(_FORMULA, "'", regex=True) for name in FREE})
    text = guarded.to_csv(index=False, header=not earlier, lineterminator="\n")
    with replacing(path) as temporary:
        temporary.write_bytes(earlier + text.encode("utf-8" if earlier else "utf-8-sig"))
