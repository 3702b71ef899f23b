"""Documents against UPR Info's transcription of the same reviews: a measure of the readers, not a stage of dvc.yaml."""

import json
import tempfile
from collections.abc import Hashable
from pathlib import Path

import pandas as pd

from pipeline.compare_documents import EXPECTED, PARSED, Comparison, compare_documents
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.sources import Limits, SourceError
from pipeline.sources.documents import read_document
from pipeline.stages import ingest
from pipeline.states import States, load_states
from pipeline.tables import read_table, replacing


def run(documents: Path, transcripts: Path, out: Path, params: Params) -> Comparison:
    """Compare the reports in `documents` with the UPR Info exports in `transcripts`; write three CSV files to `out`.

    `reviews.csv` has the figures of each review, `unmatched.csv` each row of either side without a partner and its
    class, `differing.csv` each pair that differs in States or position.
    """
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        ours = _ingested(documents, Path(folder) / "ours", params)
        theirs = _ingested(transcripts, Path(folder) / "theirs", params)
    workspace = Workspace.elsewhere(documents, out)
    states = load_states(workspace.configs / "states.csv")
    ours = ours[ours["source"] == "working_group_report"]
    found = compare_documents(
        _by_recommending_state(ours, states)[PARSED],
        _by_recommending_state(theirs, states)[EXPECTED],
        _texts(documents, ours, params),
    )
    for name, frame in (("reviews", found.reviews), ("unmatched", found.unmatched), ("differing", found.differing)):
        with replacing(out / f"{name}.csv") as temporary:
            frame.to_csv(temporary, index=False, encoding="utf-8-sig")
    return found


def _ingested(folder: Path, out: Path, params: Params) -> pd.DataFrame:
    workspace = Workspace.elsewhere(folder.resolve(), out)
    ingest.run(workspace, params)
    return read_table(workspace.table("ingested/records"))


def _by_recommending_state(rows: pd.DataFrame, states: States) -> pd.DataFrame:
    """Return one row a recommending State, as UPR Info writes them."""
    rows = rows[rows["skip_reason"].isna() & rows["text"].notna() & ~rows["is_pledge"]]
    names = [[_code(name, states) for name in json.loads(raw)] or [None] for raw in rows["recommending"]]
    return rows.assign(recommending=pd.Series(names, rows.index), state=rows["state_under_review"]).explode(
        "recommending", ignore_index=True
    )


def _code(name: str, states: States) -> str | None:
    state = states.find(name)
    return state.iso3 if state else name


def _texts(folder: Path, rows: pd.DataFrame, params: Params) -> dict[Hashable, str]:
    """Return (State, session) -> the whole text of its document."""
    limits = Limits(params.ingest.max_cell_characters, params.ingest.max_uncompressed_bytes)
    texts: dict[Hashable, str] = {}
    for name, part in rows.groupby("source_file"):
        first = part.iloc[0]
        try:
            document, _, _ = read_document(folder / str(name), limits)
        except SourceError:
            continue
        texts[first["state_under_review"], first["session"]] = " ".join(line.text for line in document.lines)
    return texts


def summary(found: Comparison) -> pd.DataFrame:
    """Return the overall figures: shares weighted by the rows they count."""
    reviews = found.reviews
    stated = reviews[reviews["positions_stated"] > 0]
    right = (stated["positions_right"] * stated["positions_stated"]).sum() / stated["positions_stated"].sum()
    figures = {
        "reviews": len(reviews),
        "expected rows": int(reviews["expected"].sum()),
        "found": reviews["found"].sum() / reviews["expected"].sum(),
        "wording alike (90% and more)": (reviews["text_agreement"] * reviews["found"]).sum() / reviews["found"].sum(),
        "recommending States right": (reviews["states_right"] * reviews["found"]).sum() / reviews["found"].sum(),
        "positions right, where the document states one": right,
        "parsed rows without a partner": int(reviews["parsed_unmatched"].sum()),
    }
    return pd.DataFrame({"figure": list(figures), "value": list(figures.values())})
