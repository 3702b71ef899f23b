"""All documents on one State under review, and what was written."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from pipeline.csv_export import neutralised
from pipeline.deliverables.brief_docx import write_brief
from pipeline.deliverables.facts import Facts, Row, gather, plain
from pipeline.deliverables.history_docx import write_history
from pipeline.deliverables.matrix import sections
from pipeline.deliverables.matrix_docx import write_matrix
from pipeline.deliverables.matrix_xlsx import write_matrix_book
from pipeline.deliverables.pending_docx import write_pending
from pipeline.deliverables.worksheet_xlsx import write_worksheet
from pipeline.milestones import Spans, milestones
from pipeline.ministries import Line, lead_ministries
from pipeline.same_ask import upr_only, with_review
from pipeline.tables import replacing
from pipeline.text import fold
from pipeline.translations import template

NEEDED = ("recommendations", "recommending_states", "labels", "tags", "translations", "state_history", "history_counts",
          "pending", "state_briefs")  # fmt: skip
"""Tables the documents are made of."""

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Options:
    """What documents need beside the tables."""

    dimension: str
    """Themes of the matrix: `themes` or `uhri_themes`."""
    layout: str
    """Of the Word matrix: `cycle_3` or `cycle_4`."""
    order: Mapping[str, int]
    """Concept id of a theme -> its place in the taxonomy."""
    strengths: Mapping[str, str]
    ministries: Sequence[Line]
    ends: Mapping[int, date]
    spans: Spans
    written: datetime


def states_of(recommendations: pd.DataFrame) -> list[str]:
    """Return the States under review with UPR recommendations, by code."""
    return sorted(upr_only(recommendations)["state_under_review"].unique())


def write_state(state: str, tables: Tables, report: Path, options: Options) -> list[Row]:
    """Write the documents on one State below `report` and return rows of `deliveries`.

    Args:
        state: ISO3 code of the State under review.
        tables: those of `NEEDED`.
        report: folder that gets `states/<state>` and `briefs/<state>`.
        options: what else is needed.
    """
    facts = gather(state, tables, options.strengths)
    folder, written = report / "states" / state, options.written
    mine = {
        name: plain(_of(tables[name], state)) for name in ("state_history", "history_counts", "pending", "state_briefs")
    }
    latest = facts.latest()
    found = sections(facts, latest, options.dimension, options.order)
    done: list[tuple[str, Path, int]] = []

    def note(document: str, path: Path, number: int) -> None:
        done.append((document, path, number))

    path = folder / "matrix.docx"
    note(
        "matrix",
        path,
        write_matrix(path, facts, found, layout=options.layout, dimension=options.dimension, written=written),
    )
    path = folder / "matrix.xlsx"
    note("matrix", path, write_matrix_book(path, facts, found, dimension=options.dimension, written=written))
    path = folder / "worksheet.xlsx"
    note("worksheet", path, _worksheet(path, facts, tables, mine["state_briefs"], options))
    path = folder / "history.docx"
    note("history", path, write_history(path, facts, mine["state_history"], mine["history_counts"], written=written))
    if waiting := [row for row in mine["pending"] if row["is_latest_review"]]:
        path = folder / "pending.docx"
        note("pending", path, write_pending(path, facts, waiting, written=written))
    path = folder / "translations_template.csv"
    to_do = template(pd.DataFrame(latest))
    _write_csv(path, list(to_do.columns), plain(neutralised(to_do)))
    note("template", path, len(to_do))
    return [*_rows(done, state, report), *write_briefs(state, tables, report, options, facts=facts)]


def write_briefs(
    state: str, tables: Tables, report: Path, options: Options, *, only: str | None = None, facts: Facts | None = None
) -> list[Row]:
    """Write the briefs on one State, or that for the recommending State `only`, and return rows of `deliveries`.

    Raises:
        ValueError: `only` made no recommendation to the State.
    """
    facts = facts or gather(state, tables, options.strengths)
    briefs = _of(tables["state_briefs"], state)
    if only and only not in set(briefs["recommending_state"]):
        raise ValueError(
            f"{only} made no recommendation to {state} in these tables; write the ISO3 code of one that did"
        )
    order = ["recommending_state", "session", "document_symbol", "recommendation_id"]
    ordered = briefs.sort_values(order, ascending=[True, False, True, True])
    rows, safe = plain(ordered), plain(neutralised(ordered))
    places: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        places.setdefault(row["recommending_state"], []).append(at)
    done = []
    for code, part in places.items():
        if only not in (None, code):
            continue
        path = report / "briefs" / state / f"{file_name(code)}.docx"
        done.append(("brief", path, write_brief(path, facts, [rows[at] for at in part], written=options.written)))
        _write_csv(path.with_suffix(".csv"), list(ordered.columns), [safe[at] for at in part])
        done.append(("brief", path.with_suffix(".csv"), len(part)))
    if not only and places:
        path, overview = report / "briefs" / state / "_overview.csv", _overview(briefs)
        _write_csv(path, list(overview.columns), plain(neutralised(overview)))
        done.append(("brief", path, int(briefs["recommendation_id"].nunique())))
    return _rows(done, state, report)


def file_name(code: str) -> str:
    """Return the name of a brief's files: the ISO3 code, or the words of a name without code."""
    return code if re.fullmatch(r"[A-Z]{3}", code) else "-".join(fold(code).split())[:60] or "unnamed"


def _of(frame: pd.DataFrame, state: str) -> pd.DataFrame:
    return frame[frame["state_under_review"] == state]


def _write_csv(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Write the rows, neutralised already, as a spreadsheet opens them right: UTF-8 with BOM."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def _rows(done: Sequence[tuple[str, Path, int]], state: str, report: Path) -> list[Row]:
    return [
        {"state_under_review": state, "document": document, "path": path.relative_to(report).as_posix(),
         "n_recommendations": number, "status": "written", "note": None}
        for document, path, number in done
    ]  # fmt: skip


def _worksheet(path: Path, facts: Facts, tables: Tables, told: Sequence[Row], options: Options) -> int:
    """Write the worksheet and return the number of recommendations in it."""
    rows = pd.DataFrame(
        [(rid, facts.state) for rid in facts.rows], columns=["recommendation_id", "state_under_review"], dtype=object
    )
    labels = tables["labels"][tables["labels"]["recommendation_id"].isin(rows["recommendation_id"])]
    leads = plain(lead_ministries(rows, with_review(labels, tables["tags"]), options.ministries))
    also: dict[str, dict[str, None]] = {}
    for row in told:
        for column in ("co_recommending_states", "earlier_recommending_states"):
            names = (row[column] or "").split("; ")
            also.setdefault(row["recommendation_id"], {}).update(dict.fromkeys(filter(None, names)))
    framework = {row["recommendation_id"]: row["framework_item"] for row in told if row["framework_item"]}
    latest = facts.latest()
    session = int(latest[0]["session"]) if latest and latest[0]["session"] is not None else None
    spans = options.spans
    rule = (
        "Mid-term and next review are estimates: the Working Group session ended on the day in configs/sessions.csv, adoption is taken "
        f"{spans.adoption_days} days later, the mid-term {spans.mid_term_months} and the next review {spans.next_review_months} months "
        "after the adoption. The Council's calendar decides. They are empty where the days of the session are not known."
    )
    made = {
        rid: ", ".join(name for name in names if name not in facts.made_by.get(rid, ())) for rid, names in also.items()
    }
    by_id = {row["recommendation_id"]: row for row in leads}
    days = milestones(session, options.ends, spans)
    return write_worksheet(path, facts, by_id, made, framework, days, rule, written=options.written)


def _overview(briefs: pd.DataFrame) -> pd.DataFrame:
    """Return one row a recommending State: how many recommendations in the latest review, by position and strength."""
    latest = briefs["is_latest_review"].astype(bool)
    columns = {"n_recommendations": briefs["recommendation_id"].notna(), "n_latest_review": latest}
    for name in ("supported", "partially_supported", "noted", "pending", "unknown"):
        columns[f"n_latest_{name}"] = latest & (briefs["position"] == name)
    columns["n_latest_specific"] = latest & (briefs["action"] == "5")
    columns["n_latest_asked_before"] = latest & briefs["prior_positions"].notna()
    key = ["state_under_review", "recommending_state", "recommending_state_name"]
    found = briefs[key].assign(**columns).groupby(key)[list(columns)].sum().astype(int).reset_index()
    return found.sort_values(["n_latest_review", "recommending_state"], ascending=[False, True], ignore_index=True)
