"""What people judge, out to a workbook and back in: `upr review export`, `import` and `report`. No stage of a run."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from pipeline import judgements
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.review import reopened, review_queue, unsettled
from pipeline.review_book import (
    Choices,
    ReviewBookError,
    choices_of,
    framework_choices,
    framework_rows,
    pair_rows,
    read_review,
    tag_rows,
    told,
    write_review,
)
from pipeline.review_book.form import FRAMEWORK_SHEET, PAIRS, TAGS
from pipeline.schemas import SCHEMES
from pipeline.sources import Limits
from pipeline.stages.settle import ask_sizes, concept_names, holding_judgements, scored_tags
from pipeline.states import load_states
from pipeline.tables import read_table
from pipeline.taxonomy import load_taxonomy

ITEMS, MAP = "framework_items", "framework_map"


def export(
    workspace: Workspace, params: Params, path: Path, *, wanted: Collection[str], states: Collection[str], rows: int,
    reviewer: str,
) -> dict[str, int]:  # fmt: skip
    """Write the review workbook to `path` and return sheet -> rows.

    Args:
        workspace: of a run that is through.
        params: for the threshold of pairs.
        path: the .xlsx file.
        wanted: dimensions to ask about, `same_ask` and `framework` among them; all if empty.
        states: States under review, ISO3 or name; all if empty.
        rows: most rows of each sheet.
        reviewer: name written on the first sheet.

    Raises:
        ValueError: an unknown dimension or State.
    """
    wanted = _dimensions(wanted)
    recommendations = _addressed_to(states, read_table(workspace.table("recommendations")), workspace)
    names = concept_names(workspace)
    holding = holding_judgements(workspace, recommendations, names)
    found = judgements.verdicts(holding.here)
    choices = choices_offered(workspace)
    sheets: dict[str, pd.DataFrame] = {}
    if tagged := [name for name in wanted if name in SCHEMES]:
        queue, scored, labels = _queue(workspace, recommendations, holding, found, names, tagged, rows)
        shown = {concept: words for name in tagged for words, concept in choices[name].shown.items()}
        sheets[TAGS.name] = tag_rows(queue, recommendations, scored, labels, shown)
    if judgements.SAME_ASK in wanted:
        pairs, asks = (read_table(workspace.table(name)) for name in ("pairs", "asks"))
        threshold = params.match.same_ask_threshold
        sheets[PAIRS.name] = pair_rows(pairs, recommendations, asks, found, threshold=threshold, rows=rows)
    if judgements.FRAMEWORK in wanted and judgements.FRAMEWORK in choices and workspace.table(MAP).exists():
        mapped, items = (read_table(workspace.table(name)) for name in (MAP, ITEMS))
        sheets[FRAMEWORK_SHEET.name] = framework_rows(mapped, items, recommendations, found, rows)
    write_review(sheets, choices, path, reviewer=reviewer)
    return {name: len(frame) for name, frame in sheets.items()}


def _dimensions(wanted: Collection[str]) -> list[str]:
    known = [*SCHEMES, judgements.SAME_ASK, judgements.FRAMEWORK]
    if unknown := [name for name in wanted if name not in known]:
        raise ValueError(f"no dimension '{unknown[0]}'; there are {', '.join(known)}")
    return list(wanted) or known


def _addressed_to(states: Collection[str], recommendations: pd.DataFrame, workspace: Workspace) -> pd.DataFrame:
    """Return the recommendations to these States, all if none is named."""
    if not states:
        return recommendations
    registry, chosen = load_states(workspace.configs / "states.csv"), set()
    for name in states:
        state = registry.find(name)
        if state is None:
            raise ValueError(f"no State '{name}'; nearest: {', '.join(registry.nearest(name))}")
        chosen.add(state.iso3)
    part = recommendations[recommendations["state_under_review"].isin(chosen)]
    if part.empty:
        there = ", ".join(sorted(recommendations["state_under_review"].dropna().unique())[:20])
        raise ValueError(
            f"no recommendation to {', '.join(sorted(chosen))} in {workspace.processed}; there are {there}"
        )
    return part


def _queue(
    workspace: Workspace, recommendations: pd.DataFrame, holding: judgements.Held, found: pd.DataFrame,
    names: dict[str, str], wanted: list[str], rows: int,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Return the queue of these recommendations and dimensions alone, all their scored tags, and all their labels."""
    here = recommendations["recommendation_id"]
    tags, weaker = (part[part["recommendation_id"].isin(here)] for part in scored_tags(workspace))
    scored = pd.concat([tags, weaker], ignore_index=True)
    labels = judgements.apply_judgements(tags, found, names)
    again = reopened(found, holding.orphans, recommendations, scored, names)
    unsure = unsettled(tags, weaker, found, labels)
    unsure, again = (part[part["dimension"].isin(wanted)] for part in (unsure, again))
    return review_queue(unsure, recommendations, ask_sizes(workspace), rows, again), scored, labels


def choices_offered(workspace: Workspace) -> dict[str, Choices]:
    """Return dimension -> what may be added: of all taxonomies, and of the frameworks of the run if it has any."""
    found = {name: choices_of(load_taxonomy(workspace.taxonomy(scheme))) for name, scheme in SCHEMES.items()}
    if workspace.table(ITEMS).exists() and len(items := read_table(workspace.table(ITEMS))):
        found[judgements.FRAMEWORK] = framework_choices(items)
    return found


@dataclass(frozen=True)
class Imported:
    """What an import did: judgements added by file, those known already, what does not hold, who differs, what was withdrawn."""

    added: pd.DataFrame
    known: int
    files: list[Path]
    orphans: pd.DataFrame
    conflicts: pd.DataFrame
    overtaken: int


def import_review(workspace: Workspace, params: Params, path: Path, *, today: date) -> Imported:
    """Add the judgements of a filled-in workbook to data/raw/judgements, all or none.

    Raises:
        ReviewBookError: the file is no review workbook, or cells of it cannot be taken: all are named.
    """
    options = params.ingest
    limits = Limits(options.max_cell_characters, options.max_uncompressed_bytes)
    reading = read_review(path, choices_offered(workspace), today=today, limits=limits)
    if reading.problems:
        lines = "\n".join(f"  {line}" for line in told(reading.problems))
        raise ReviewBookError(
            f"{path.name}: nothing is imported until these cells are mended\n{lines}\n"
            f"{reading.rows} other rows are in order; mend the cells, save, and import the file again"
        )
    appended = judgements.append(workspace.judgements, reading.said)
    names = concept_names(workspace)
    recommendations = _known_recommendations(workspace)
    holding = holding_judgements(workspace, recommendations, names) if recommendations is not None else None
    said = _said(workspace, names) if holding is None else holding.here
    differing = judgements.contested(judgements.verdicts(said))
    return Imported(
        appended.new, len(appended.known), appended.files,
        _of(holding.orphans, reading.said) if holding else reading.said.iloc[:0].assign(reason=""),
        differing.assign(label=differing["concept_id"].map(names)),
        _overtaken(appended.known, said),
    )  # fmt: skip


def _known_recommendations(workspace: Workspace) -> pd.DataFrame | None:
    path = workspace.table("recommendations")
    return read_table(path) if path.exists() else None


def _said(workspace: Workspace, names: dict[str, str]) -> pd.DataFrame:
    folder = workspace.judgements
    parts = [judgements.read_judgements(folder, names), judgements.read_pairs(folder), judgements.read_items(folder)]
    return pd.concat(parts, ignore_index=True)


def _of(orphans: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """Return the orphans that this file brought."""
    return orphans.merge(said.drop_duplicates(), how="inner", on=list(said.columns))


def _overtaken(known: pd.DataFrame, said: pd.DataFrame) -> int:
    """Return how many of the judgements imported before their reviewers have taken back since."""
    last = judgements.last_words(said)
    unit = ["recommendation_id", "dimension", "concept_id", "reviewer"]
    both = known[[*unit, "verdict"]].merge(last[[*unit, "verdict"]], on=unit, suffixes=("", "_last"))
    return int((both["verdict"] != both["verdict_last"]).sum())
