"""Translations of recommendations: the template people fill in, its re-import, and what is shown beside the original.

The files of `data/raw/translations/` only grow: of several lines on one recommendation, language and kind the last one
stands. A translation carries the text it was made of; when the text has changed it is kept and not shown.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Hashable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from pipeline.schemas.moments import KINDS
from pipeline.tables import replacing
from pipeline.text import fold, xml_safe

COLUMNS = ("recommendation_id", "text", "language", "translation", "kind", "translator", "date")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_ID = re.compile(r"[0-9a-f]{6,40}")
_KEY = ["recommendation_id", "language", "kind"]


class TranslationError(ValueError):
    """A file of translations breaks its form: names the file, the line and the remedy."""


def template(recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return what a translator fills in: `COLUMNS`, one row a recommendation, all but the first two empty."""
    rows = recommendations[["recommendation_id", "text"]]
    return rows.assign(**dict.fromkeys(COLUMNS[2:], ""))[list(COLUMNS)]


def read_translations(folder: Path) -> tuple[pd.DataFrame, list[str]]:
    """Return the filled-in lines of the CSV files of `folder` that are in order, and what is wrong with the others.

    The lines have `COLUMNS`, source_file and source_line, oldest first; one without translation is still to be done, and
    left out. A file with a mistake is left out as a whole: what it holds is known once it is mended.
    """
    frames, problems = [pd.DataFrame(columns=[*COLUMNS, "source_file", "source_line"], dtype=object)], []
    for path in sorted(folder.glob("*.csv")):
        try:
            frames.append(read_file(path))
        except TranslationError as error:
            problems.append(str(error))
    return pd.concat(frames, ignore_index=True).sort_values("date", kind="stable", ignore_index=True), problems


def read_file(path: Path) -> pd.DataFrame:
    """Return the filled-in lines of one file, with the columns of `read_translations`.

    Raises:
        TranslationError: all that is wrong in it, line by line.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TranslationError(
            f"{path.name} is not UTF-8; save it from Excel as 'CSV UTF-8', so that no letter is lost"
        ) from error
    head = content.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=max(",;\t", key=head.count))
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        raise TranslationError(
            f"{path.name} lacks the columns {', '.join(missing)}; start from the template of the State"
        )
    rows, wrong, line = [], [], 2
    for row in reader:
        found = {name: _tidy(_plain(row.get(name) or "")) for name in COLUMNS}
        if None in row:
            wrong.append(f'{path.name} line {line}: more cells than columns; put a text with commas in "quotes"')
        elif found["translation"]:
            found["language"], found["kind"] = found["language"].lower(), found["kind"].lower()
            wrong += [f"{path.name} line {line}: {problem}" for problem in _problems(found)]
            rows.append({**found, "source_file": path.name, "source_line": line})
        line = reader.line_num + 1
    if wrong:
        more = f"\n... and {len(wrong) - 20} more" if len(wrong) > 20 else ""
        raise TranslationError("\n".join(wrong[:20]) + more)
    return pd.DataFrame(rows, columns=[*COLUMNS, "source_file", "source_line"], dtype=object)


def _plain(value: str) -> str:
    """Return `value` without the apostrophe that the template puts before a text a spreadsheet could run."""
    return value[1:] if re.match(r"'[=+\-@]", value) else value


def _tidy(value: str) -> str:
    """Return `value` in one line and form; joiners and marks of direction stay, for some scripts need them."""
    return " ".join(xml_safe(unicodedata.normalize("NFC", value)).split())


def _problems(row: Mapping[str, str]) -> list[str]:
    """Return what is wrong with one line, each with its remedy."""
    found = []
    if not _ID.fullmatch(row["recommendation_id"]):
        found.append(f"'{row['recommendation_id']}' is no recommendation_id; copy it from the template")
    if not row["text"]:
        found.append("no text; the original must stand beside its translation, so that a later change is seen")
    if not _LANGUAGE.fullmatch(row["language"]):
        found.append(f"language '{row['language']}'; write its ISO 639 code, e.g. sw, id or pt-br")
    if row["kind"] not in KINDS:
        found.append(f"kind '{row['kind']}'; write {', '.join(KINDS[:-1])} or {KINDS[-1]}")
    if not row["translator"]:
        found.append("no translator; write who translated, or the machine's name and version")
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        found.append(f"'{row['date']}' is no day; write it as 2024-05-31")
    return found


def settled(lines: pd.DataFrame, recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return the table `translations`: the last line of each recommendation, language and kind.

    Lines on recommendations that are not in the data are left out: they belong to other States or to earlier texts.

    Args:
        lines: as `read_translations` returns them.
        recommendations: the table of that name.
    """
    texts = recommendations.set_index("recommendation_id")["text"]
    rows = lines[lines["recommendation_id"].isin(texts.index)].drop_duplicates(_KEY, keep="last").copy()
    today = rows["recommendation_id"].map(texts)
    rows["is_current"] = [fold(made_of) == fold(now) for made_of, now in zip(rows["text"], today, strict=True)]
    trust = rows["kind"].map(KINDS.index).where(rows["is_current"], len(KINDS))
    best = trust.groupby([rows["recommendation_id"], rows["language"]]).transform("min")
    rows["is_shown"] = rows["is_current"].astype(bool) & (trust == best)
    return rows.drop(columns="text").sort_values(_KEY, ignore_index=True)


def append(folder: Path, lines: pd.DataFrame) -> tuple[int, Path | None]:
    """Add to `folder` the lines that no file of it holds; return their number and the file, None if there was nothing new.

    Earlier lines are never touched, so a file that is imported twice adds nothing the second time.
    """
    known = pd.MultiIndex.from_frame(read_translations(folder)[0][list(COLUMNS)].astype("str"))
    fresh = lines[list(COLUMNS)].astype("str").drop_duplicates()
    fresh = fresh[~pd.MultiIndex.from_frame(fresh).isin(known)]
    if fresh.empty:
        return 0, None
    path = folder / "imported.csv"
    earlier = path.read_bytes() if path.exists() else b""
    if earlier and not earlier.endswith(b"\n"):
        earlier += b"\n"
    text = fresh.to_csv(index=False, header=not earlier, lineterminator="\n")
    with replacing(path) as temporary:
        temporary.write_bytes(earlier + text.encode("utf-8" if earlier else "utf-8-sig"))
    return len(fresh), path


def shown(translations: pd.DataFrame) -> dict[Hashable, list[tuple[str, str, str]]]:
    """Return recommendation id -> (language, kind, text) of what stands beside the original, languages in order."""
    rows = translations[translations["is_shown"].astype(bool)].sort_values(["recommendation_id", "language", "kind"])
    return {
        rid: list(part[["language", "kind", "translation"]].itertuples(index=False, name=None))
        for rid, part in rows.groupby("recommendation_id", sort=False)
    }
