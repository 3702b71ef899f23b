"""Tags beside the texts of any spreadsheet: the same rows in the same order."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.csv_export import neutralised
from pipeline.language import detect_languages
from pipeline.main_goal import is_request
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import DIMENSIONS
from pipeline.slots import load_verbs
from pipeline.sources.decoding import decoding_of
from pipeline.sources.delimited import separator_of
from pipeline.sources.generic_table import SYNONYMS
from pipeline.sources.grid import header_key
from pipeline.stages import main_goals
from pipeline.stages.encoding import released_features
from pipeline.stages.tag import tag_texts
from pipeline.tables import replacing
from pipeline.text import clean

TITLE_ROWS = 30


class AnnotateError(ValueError):
    """The spreadsheet cannot be read or has no column of texts: names the remedy."""


def annotate_file(file: Path, out: Path, column: str | None, workspace: Workspace, params: Params) -> None:
    """Write the table in `file` with its tags to `out` (.xlsx or .csv).

    Raises:
        AnnotateError: no table, no such column, or another kind of output.
    """
    if out.suffix.lower() not in {".xlsx", ".csv"}:
        raise AnnotateError(f"{out.name}: write to a file that ends in .xlsx or .csv")
    frame, header = _table(file, column)
    texts = [clean(str(value)) if pd.notna(value) else "" for value in frame[header]]
    columns = tag_columns(texts, workspace, params)
    taken = {str(name) for name in frame.columns}
    columns.columns = [name if name not in taken else f"upr_{name}" for name in columns.columns]
    whole = pd.concat([frame, columns.set_index(frame.index)], axis=1)
    with replacing(out) as temporary:
        if out.suffix.lower() == ".csv":
            neutralised(whole).to_csv(temporary, index=False, encoding="utf-8-sig")
        else:
            as_text = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
            with pd.ExcelWriter(temporary, engine="xlsxwriter", engine_kwargs=as_text) as book:
                whole.to_excel(book, index=False, freeze_panes=(1, 0))


def tag_columns(texts: Sequence[str], workspace: Workspace, params: Params) -> pd.DataFrame:
    """Return for each text and dimension the labels, the score of the surest, and the decision; and its main goal.

    The decision is `auto` only where every label is; a text without a label has none.
    """
    distinct = list(dict.fromkeys(text for text in texts if text))
    place = {text: row for row, text in enumerate(distinct)}
    languages = detect_languages(distinct, params.ingest.min_language_probability)
    features = released_features(workspace, params, distinct) if params.tag.use_encoder else None
    columns: dict[str, list[object]] = {}
    themes: pd.DataFrame | None = None
    for dimension in DIMENSIONS:
        tags = tag_texts(distinct, dimension, workspace, params, features=features, languages=languages, themes=themes)
        tags = tags[tags["proposed"]]
        themes = tags if dimension == "themes" else themes
        main = pd.DataFrame()
        if dimension == "sdgs":
            tags, main = _sdgs(distinct, languages, tags, workspace, params)
        by_row = {row: part for row, part in tags.groupby("row")}
        cells = [_cells(by_row.get(place.get(text, -1)), dimension) for text in texts]
        for position, name in enumerate((dimension, f"{dimension}_score", f"{dimension}_decision")):
            columns[name] = [cell[position] for cell in cells]
        if dimension == "sdgs":
            columns |= _main_goals([place.get(text, -1) for text in texts], main)
    return pd.DataFrame(columns)


def _sdgs(
    distinct: Sequence[str], languages: Sequence[str | None], ruled: pd.DataFrame, workspace: Workspace, params: Params
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the SDG tags of the texts, and the one goal each is mainly about, both with the `row` of the text.

    Of a request the tags are those of the tagger (`ruled`), which was measured on requests, and the surest is the main
    one. English prose that requests nothing has both from the model of prose. Other prose keeps its tags, without main
    goal.
    """
    verbs = load_verbs(workspace.configs / "slots.yaml")
    asked = [is_request(text, verbs) for text in distinct]
    prose = [row for row, language in enumerate(languages) if not asked[row] and language == "en"]
    number = {row: place for place, row in enumerate(prose)}
    own = ruled[ruled["row"].isin(prose)]
    found, surest = main_goals.propose(
        [distinct[row] for row in prose], own.assign(row=own["row"].map(number)), workspace, params
    )
    back = np.array(prose, dtype=np.int64)
    found, surest = (
        part.assign(row=back[part["row"].to_numpy(dtype=np.int64)]) if len(part) else part for part in (found, surest)
    )
    requests = ruled[np.array([asked[row] for row in ruled["row"]], dtype=bool)].sort_values(["score", "concept_id"])
    best = requests.drop_duplicates("row", keep="last")
    tags, mains = ([part for part in parts if len(part)]
                   for parts in ((ruled[~ruled["row"].isin(prose)], found), (best, surest)))  # fmt: skip
    empty = ruled.iloc[:0]
    return pd.concat(tags or [empty], ignore_index=True), pd.concat(mains or [empty], ignore_index=True)


def _main_goals(rows: Sequence[int], main: pd.DataFrame) -> dict[str, list[object]]:
    """Return the columns of the goal a text is mainly about, for texts at these `rows` of `main`; None without one."""
    found = {tag.row: tag for tag in main.itertuples(index=False)}
    columns: dict[str, list[object]] = {f"sdg_main_goal{end}": [] for end in ("", "_score", "_decision", "_evidence")}
    for row in rows:
        tag = found.get(row)
        goal = None if tag is None else str(tag.concept_id).split(":")[1].split(".")[0]
        cells = (
            (goal, None, None, None)
            if tag is None
            else (goal, round(float(str(tag.score)), 4), tag.decision, tag.evidence)
        )
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    return columns


def _cells(tags: pd.DataFrame | None, dimension: str) -> tuple[object, object, object]:
    if tags is None:
        return None, None, None
    if dimension == "sdgs":
        labels = sorted((c.split(":")[1] for c in tags["concept_id"]), key=_sdg_order)
    else:
        labels = tags.sort_values(["score", "label"], ascending=[False, True])["label"].tolist()
    decision = "auto" if (tags["decision"] == "auto").all() else "review"
    return "; ".join(labels), round(float(tags["score"].max()), 4), decision


def _sdg_order(code: str) -> tuple[int, str]:
    goal, _, target = code.partition(".")
    return int(goal), target.zfill(2) if target.isdigit() else target


def _table(file: Path, column: str | None) -> tuple[pd.DataFrame, str]:
    """Return the table below its header, and the header of its texts."""
    rows = _rows(file)
    wanted = {header_key(column)} if column else {header_key(name) for name in SYNONYMS["text"]}
    for number, row in enumerate(rows[:TITLE_ROWS]):
        found = [cell for cell in row if isinstance(cell, str) and header_key(cell) in wanted]
        if found:
            frame = pd.DataFrame(
                [_padded(r, len(row)) for r in rows[number + 1 :]], columns=_headers(row), dtype=object
            )
            return frame, next(name for name, cell in zip(frame.columns, row, strict=True) if cell == found[0])
    headers = ", ".join(str(cell) for cell in (rows[0] if rows else []) if cell)
    named = f"no column '{column}'" if column else "no column that is known to hold texts"
    raise AnnotateError(f"{file.name}: {named}; its first row is: {headers or 'empty'}. Name the column with --column")


def _headers(row: Sequence[object]) -> list[str]:
    """Return the headers, each unlike the others."""
    names: list[str] = []
    for number, cell in enumerate(row, start=1):
        name = str(cell).strip() if cell is not None and str(cell).strip() else f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names


def _padded(row: Sequence[object], width: int) -> list[object]:
    return [*row[:width], *[None] * (width - len(row))]


def _rows(file: Path) -> list[list[object]]:
    """Return the cells of the first sheet, or of a delimited text."""
    with file.open("rb") as opened:
        start = opened.read(4)
    try:
        if start in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
            sheet = pd.read_excel(file, header=None, dtype=object)
            return sheet.astype(object).where(sheet.notna(), None).to_numpy().tolist()
        decoding = decoding_of(file)
        separator = separator_of(file, decoding) or ","
        with file.open(encoding=decoding.codec, errors=decoding.errors, newline="") as opened_text:
            return [list(row) for row in csv.reader(opened_text, delimiter=separator)]
    except (ValueError, OSError, csv.Error, KeyError) as error:
        raise AnnotateError(f"{file.name} cannot be read as a spreadsheet ({error}); save it anew as .xlsx") from error
