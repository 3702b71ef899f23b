"""Tags beside the texts of any spreadsheet: the same rows in the same order."""

import csv
from collections.abc import Sequence
from pathlib import Path

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
        by_row = {row: part for row, part in tags.groupby("row")}
        cells = [_cells(by_row.get(place.get(text, -1)), dimension) for text in texts]
        for position, name in enumerate((dimension, f"{dimension}_score", f"{dimension}_decision")):
            columns[name] = [cell[position] for cell in cells]
        if dimension == "sdgs":
            columns |= _main_goals(texts, distinct, languages, tags, workspace, params)
    return pd.DataFrame(columns)


def _main_goals(
    texts: Sequence[str], distinct: Sequence[str], languages: Sequence[str | None], sdgs: pd.DataFrame,
    workspace: Workspace, params: Params,
) -> dict[str, list[object]]:  # fmt: skip
    """Return the columns of the one goal a text is mainly about.

    Of a request that is its surest tag among `sdgs`: the tagger was measured on requests. Of other prose in English the
    model of main goals says it. None where neither can tell.
    """
    verbs = load_verbs(workspace.configs / "slots.yaml")
    asked = [is_request(text, verbs) for text in distinct]
    best = sdgs.sort_values(["score", "concept_id"]).drop_duplicates("row", keep="last").set_index("row")
    found: dict[str, tuple[object, ...]] = {}
    for row, text in enumerate(distinct):
        if asked[row] and row in best.index:
            found[text] = tuple(best.loc[row, ["concept_id", "score", "decision", "evidence"]])
    prose = [
        text for text, ask, language in zip(distinct, asked, languages, strict=True) if not ask and language == "en"
    ]
    found |= dict(
        zip(prose, main_goals.propose(prose, workspace, params).itertuples(index=False, name=None), strict=True)
    )
    columns: dict[str, list[object]] = {f"sdg_main_goal{end}": [] for end in ("", "_score", "_decision", "_evidence")}
    for text in texts:
        concept, score, decision, evidence = found.get(text, (None,) * 4)
        goal = None if concept is None else str(concept).split(":")[1].split(".")[0]
        cells = (goal, None if score is None else round(float(str(score)), 4), decision, evidence)
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
