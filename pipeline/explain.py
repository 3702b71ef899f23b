"""Everything the tables say of one recommendation, or the whole history of one ask, as text for the terminal."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from pipeline.ask_history import ask_history
from pipeline.paths import Workspace
from pipeline.tables import TableError, read_table

Rows = list[dict[str, Any]]
PAIRS_SHOWN = 5
_OF_ASKS = ("recommendations", "recommending_states", "asks", "ask_links", "ask_changes", "ask_ledger",
            "worldwide_families", "worldwide_ledger")  # fmt: skip


def explain(known_id: str, workspace: Workspace) -> str:
    """Return a recommendation with its sources, States, position, tags with reasons, ask and merges; or an ask by cycle.

    Raises:
        TableError: no recommendation and no ask has this id; names the nearest.
    """
    recommendations = read_table(workspace.table("recommendations"))
    known = recommendations["recommendation_id"]
    if (known == known_id).any():
        sections = _of_recommendation(known_id, recommendations, workspace)
    elif (asks := read_table(workspace.table("ask_ledger"))["ask_id"]).eq(known_id).any():
        sections = ask_history(known_id, {name: read_table(workspace.table(name)) for name in _OF_ASKS})
    else:
        both = pd.concat([known, asks])
        near = both[both.str.startswith(known_id[:4])].head(3)
        hint = f"; near: {', '.join(near)}" if len(near) else ""
        raise TableError(f"no recommendation '{known_id}' in {workspace.processed}, and no such ask{hint}")
    return "\n".join(line for title, lines in sections for line in _section(title, lines))


def _of_recommendation(
    recommendation_id: str, recommendations: pd.DataFrame, workspace: Workspace
) -> Iterable[tuple[str, Iterable[str]]]:
    """Return title and lines of each section on a recommendation."""

    def of(table: str) -> Rows:
        frame = recommendations if table == "recommendations" else read_table(workspace.table(table))
        return _rows(frame[frame["recommendation_id"] == recommendation_id])

    return (
        ("", _headline(of("recommendations")[0])),
        ("Translations", _translations(workspace, recommendation_id)),
        ("Recommending States", _states(of("recommending_states"))),
        ("Read from", _sources(of("recommendation_sources"))),
        ("Sources disagree", _conflicts(of("source_conflicts"))),
        ("Changed by an addendum", _changes(of("position_changes"))),
        ("Tags, with their reasons", _tags(of("tags"))),
        ("Judged by people", _judged(workspace, recommendation_id)),
        ("Ask", _ask(workspace, recommendations, recommendation_id)),
        ("Further asks, in its clauses", _links(workspace, recommendation_id)),
        ("Compared with", _pairs(workspace, recommendations, recommendation_id)),
    )


def _rows(frame: pd.DataFrame) -> Rows:
    """Return the rows as dictionaries, null as None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found and title:
        yield f"\n{title}"
    yield from (f"  {line}" if title else line for line in found)


def _translations(workspace: Workspace, recommendation_id: str) -> Iterator[str]:
    """Yield each translation with its kind; a run made before there were translations has none."""
    path = workspace.table("translations")
    found = read_table(path) if path.exists() else pd.DataFrame(columns=["recommendation_id"])
    for row in _rows(found[found["recommendation_id"] == recommendation_id]):
        old = "" if row["is_current"] else "; of an earlier text"
        yield f"[{row['language']}, {row['kind']}, {row['translator']}, {row['date']}{old}] {row['translation']}"


def _known(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part is not None)


def _headline(row: dict[str, Any]) -> Iterator[str]:
    yield row["text"]
    named = {"para.": row["paragraph"], "session": row["session"], "cycle": row["cycle"]}
    numbers = [f"{name} {value}" for name, value in named.items() if value is not None]
    yield _known(row["state_name"], row["mechanism"], row["body"], row["document_symbol"], *numbers, row["year"])
    said = f" ({row['position_source']}: “{row['position_quote']}”)" if row["position_quote"] else ""
    yield f"Position: {row['position']}{said}"


def _states(rows: Rows) -> Iterator[str]:
    for row in rows:
        resolved = row["state_name"] or "not known: add it to configs/states.csv"
        yield row["state_raw"] if row["state_raw"] == resolved else f"{row['state_raw']} -> {resolved}"


def _sources(rows: Rows) -> Iterator[str]:
    for row in rows:
        yield f"{row['source_file']} row {row['source_row']} ({row['source']}): {row['fields'] or 'confirms'}"


def _conflicts(rows: Rows) -> Iterator[str]:
    for row in rows:
        yield (
            f"{row['field']}: {row['source_a']} says {row['value_a']}; {row['source_b']} says {row['value_b']}; "
            f"stands: {row['chosen']} ({row['rule']})"
        )


def _changes(rows: Rows) -> Iterator[str]:
    for row in rows:
        yield f"{row['old']} -> {row['new']} by {_known(row['document_symbol'], row['paragraph'])}: “{row['quote']}”"


def _tags(rows: Rows) -> Iterator[str]:
    for row in sorted(rows, key=lambda row: (row["dimension"], -row["score"], row["concept_id"])):
        why = f" because of “{row['evidence']}”" if row["evidence"] else ""
        head = f"{row['dimension']}: {row['label']} [{row['concept_id']}]"
        yield f"{head} {row['score']:.0%}, {row['decision']}, by {row['method']}{why}"


_WORDS = {"yes": "applies", "no": "does not apply", "open": "contested", "unsure": "nobody is sure"}


def _judged(workspace: Workspace, recommendation_id: str) -> Iterator[str]:
    """Yield what people said of its tags, of its framework items, and of pairs it is one of."""
    found = read_table(workspace.table("judgement_verdicts"))
    pair = found["dimension"] == "same_ask"
    mine = (found["recommendation_id"] == recommendation_id) | (pair & (found["concept_id"] == recommendation_id))
    for row in _rows(found[mine]):
        told = "; ".join(f"{word}: {row[said]}" for word, said in (("yes", "said_yes"), ("no", "said_no")) if row[said])
        what = f"{row['label'] or ''} [{row['concept_id']}]".strip()
        if row["dimension"] == "same_ask":
            ends = (row["recommendation_id"], row["concept_id"])
            what = f"as [{ends[1] if ends[0] == recommendation_id else ends[0]}]"
        yield f"{row['dimension']}: {what} {_WORDS[row['stands']]} ({told or row['reviewer']})"


def _ask(workspace: Workspace, recommendations: pd.DataFrame, recommendation_id: str) -> Iterator[str]:
    asks = read_table(workspace.table("asks"))
    own = _rows(asks[asks["recommendation_id"] == recommendation_id])
    if not own:
        yield "not compared: a voluntary pledge asks nothing of the State"
        return
    ask_id = own[0]["ask_id"]
    members = asks[asks["ask_id"] == ask_id].merge(recommendations, on="recommendation_id")
    yield f"{ask_id} of family {own[0]['family_id']}: {len(members)} recommendation(s)"
    for row in _rows(members.sort_values(["year", "recommendation_id"])):
        mark = "*" if row["is_representative"] else " "
        head = f"{mark} {_known(row['year'], row['position'])}: {row['text']}"
        yield f"{head} [{row['recommendation_id']}] {row['reason']}"


def _links(workspace: Workspace, recommendation_id: str) -> Iterator[str]:
    links = read_table(workspace.table("ask_links"))
    texts = read_table(workspace.table("ask_ledger")).set_index("ask_id")["representative_text"]
    for row in _rows(links[links["recommendation_id"] == recommendation_id]):
        yield f"“{row['clause']}” {row['score']:.0%} {row['ask_id']}: {texts[row['ask_id']]} ({row['reason']})"


def _pairs(workspace: Workspace, recommendations: pd.DataFrame, recommendation_id: str) -> Iterator[str]:
    pairs = read_table(workspace.table("pairs"))
    texts = dict(zip(recommendations["recommendation_id"], recommendations["text"], strict=True))
    near = pairs[(pairs["left_id"] == recommendation_id) | (pairs["right_id"] == recommendation_id)]
    for row in _rows(near.nlargest(PAIRS_SHOWN, "score_same_ask")):
        other = row["right_id"] if row["left_id"] == recommendation_id else row["left_id"]
        scores = f"{row['score_same_ask']:.0%} same ask, {row['score_same_family']:.0%} same family"
        yield f"{scores} [{other}] {texts[other]} ({row['reason']})"
