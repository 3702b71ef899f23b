"""Everything the tables say of one recommendation, as text for the terminal."""

from collections.abc import Iterable, Iterator

import pandas as pd

from pipeline.paths import Workspace
from pipeline.tables import TableError, read_table


def explain(recommendation_id: str, workspace: Workspace) -> str:
    """Return the recommendation with its sources, States, position, tags with reasons, ask and merges.

    Raises:
        TableError: no recommendation has this id; names the nearest.
    """
    recommendations = read_table(workspace.table("recommendations"))
    row = recommendations[recommendations["recommendation_id"] == recommendation_id]
    if row.empty:
        near = recommendations["recommendation_id"][recommendations["recommendation_id"].str.startswith(recommendation_id[:4])]
        hint = f"; near: {', '.join(near.head(3))}" if len(near) else ""
        raise TableError(f"no recommendation '{recommendation_id}' in {workspace.processed}{hint}")
    sections = (
        ("", _headline(row.iloc[0])),
        ("Recommending States", _states(_of(workspace, "recommending_states", recommendation_id))),
        ("Read from", _sources(_of(workspace, "recommendation_sources", recommendation_id))),
        ("Sources disagree", _conflicts(_of(workspace, "source_conflicts", recommendation_id))),
        ("Tags, with their reasons", _tags(_of(workspace, "tags", recommendation_id))),
        ("Judged by people", _judged(_of(workspace, "labels", recommendation_id))),
        ("Ask", _ask(workspace, recommendations, recommendation_id)),
        ("Compared with", _pairs(workspace, recommendations, recommendation_id)),
    )
    return "\n".join(line for title, lines in sections for line in _section(title, lines))


def _of(workspace: Workspace, table: str, recommendation_id: str) -> pd.DataFrame:
    frame = read_table(workspace.table(table))
    return frame[frame["recommendation_id"] == recommendation_id]


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found and title:
        yield f"\n{title}"
    yield from (f"  {line}" if title else line for line in found)


def _known(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if pd.notna(part))


def _headline(row: "pd.Series[object]") -> Iterator[str]:
    yield str(row["text"])
    yield _known(row["state_name"], row["mechanism"], row["body"], row["document_symbol"],
                 None if pd.isna(row["paragraph"]) else f"para. {row['paragraph']}",
                 None if pd.isna(row["session"]) else f"session {row['session']}",
                 None if pd.isna(row["cycle"]) else f"cycle {row['cycle']}", row["year"])  # fmt: skip
    said = f" ({row['position_source']}: “{row['position_quote']}”)" if pd.notna(row["position_quote"]) else ""
    yield f"Position: {row['position']}{said}"


def _states(frame: pd.DataFrame) -> Iterator[str]:
    for row in frame.itertuples(index=False):
        resolved = row.state_name if pd.notna(row.state_name) else "not known: add it to configs/states.csv"
        yield row.state_raw if row.state_raw == resolved else f"{row.state_raw} -> {resolved}"


def _sources(frame: pd.DataFrame) -> Iterator[str]:
    for row in frame.itertuples(index=False):
        yield f"{row.source_file} row {row.source_row} ({row.source}): {row.fields if pd.notna(row.fields) else 'confirms'}"


def _conflicts(frame: pd.DataFrame) -> Iterator[str]:
    for row in frame.itertuples(index=False):
        yield f"{row.field}: {row.source_a} says {row.value_a}; {row.source_b} says {row.value_b}; stands: {row.chosen} ({row.rule})"


def _tags(frame: pd.DataFrame) -> Iterator[str]:
    for row in frame.sort_values(["dimension", "score"], ascending=[True, False]).itertuples(index=False):
        why = f" because of “{row.evidence}”" if pd.notna(row.evidence) else ""
        yield f"{row.dimension}: {row.label} [{row.concept_id}] {row.score:.0%}, {row.decision}, by {row.method}{why}"


def _judged(frame: pd.DataFrame) -> Iterator[str]:
    for row in frame[frame["origin"] == "human"].itertuples(index=False):
        yield f"{row.dimension}: {row.label} by {row.reviewer} on {row.date}"


def _ask(workspace: Workspace, recommendations: pd.DataFrame, recommendation_id: str) -> Iterator[str]:
    asks = read_table(workspace.table("asks"))
    own = asks[asks["recommendation_id"] == recommendation_id]
    if own.empty:
        yield "not compared (a voluntary pledge asks nothing of the State)"
        return
    ask_id, family_id = own.iloc[0][["ask_id", "family_id"]]
    members = asks[asks["ask_id"] == ask_id].merge(recommendations, on="recommendation_id").sort_values("year")
    yield f"{ask_id} of family {family_id}: {len(members)} recommendation(s)"
    for row in members.itertuples(index=False):
        mark = "*" if row.is_representative else " "
        yield f"{mark} {_known(row.year, row.position)}: {row.text} [{row.recommendation_id}] {row.reason}"


def _pairs(workspace: Workspace, recommendations: pd.DataFrame, recommendation_id: str) -> Iterator[str]:
    pairs = read_table(workspace.table("pairs"))
    texts = recommendations.set_index("recommendation_id")["text"]
    near = pairs[(pairs["left_id"] == recommendation_id) | (pairs["right_id"] == recommendation_id)]
    for row in near.nlargest(5, "score_same_ask").itertuples(index=False):
        other = row.right_id if row.left_id == recommendation_id else row.left_id
        yield f"{row.score_same_ask:.0%} same ask, {row.score_same_family:.0%} same family [{other}] {texts[other]} ({row.reason})"
