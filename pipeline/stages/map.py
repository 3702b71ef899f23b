"""map: which outcomes and outputs of its State's Cooperation Framework carry each recommendation and ask."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.frameworks.candidates import NamedOutcomes, Requests, features, outcomes_of, outputs_of
from pipeline.frameworks.mapping import Mapped, ask_table, judged, map_table, output_scores
from pipeline.frameworks.model import MapModel, load_map_model
from pipeline.frameworks.subjects import Subjects
from pipeline.judgements import apply_to_frameworks, read_framework_verdicts
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import FrameworkAskMap, FrameworkMap, Table
from pipeline.stages.comparing import item_vectors, labels_of, subjects_of
from pipeline.stages.encoding import offline_vectors
from pipeline.stages.tag import MEASURED_MECHANISMS
from pipeline.tables import empty, read_table, write_table

_WRITTEN_WITH = "en"
"""The language of the encoder, and of the recommendations that were read: others are for review."""


def run(workspace: Workspace, params: Params) -> None:
    """Write `framework_map` and `framework_ask_map`, both after what people judged."""
    items, recommendations, asks, labels = (
        read_table(workspace.table(name)) for name in ("framework_items", "recommendations", "asks", "labels")
    )
    subjects = subjects_of(workspace)
    model = load_map_model(workspace.released / "framework_map", subjects)
    verdicts = read_framework_verdicts(workspace.judgements, recommendations)
    addressed = recommendations[recommendations["state_under_review"].isin(items["state"])]
    by_state = {str(state): own for state, own in addressed.groupby("state_under_review")}
    mine = items[items["state"].isin(list(by_state))]
    plans = [_plan(part, subjects) for _, part in mine.groupby("framework_id") if (part["level"] == "outcome").any()]
    vectors = item_vectors(workspace, params, [named for plan in plans for named in (plan.outcomes, plan.outputs)])
    requests = _requests(by_state, labels, subjects, workspace, params)
    auto_from = model.auto_from(params.map.auto_precision)
    maps, ask_maps = [], []
    for plan in plans:
        own, asked = by_state[plan.state], requests[plan.state]
        ids = own["recommendation_id"].tolist()
        mapped = _mapped(plan, asked, vectors, model)
        sure = own["language"].eq(_WRITTEN_WITH) & own["mechanism"].isin(MEASURED_MECHANISMS)
        may = (sure & (plan.language in model.languages)).to_numpy(dtype=bool)
        rows = map_table(mapped, ids, asked.mentions, auto_from=auto_from, may_be_auto=may)
        stands = apply_to_frameworks(rows, verdicts, items[items["framework_id"] == plan.id])
        maps.append(stands)
        ask_maps.append(ask_table(judged(mapped, ids, rows, stands), ids, asks, stands))
    _write(maps, workspace, "framework_map", FrameworkMap)
    _write(ask_maps, workspace, "framework_ask_map", FrameworkAskMap)


@dataclass(frozen=True)
class _Plan:
    """One framework and what its outcomes and outputs name; `outcome_of` is the place of the outcome of each output."""

    id: str
    state: str
    language: str | None
    outcomes: NamedOutcomes
    outputs: NamedOutcomes
    outcome_of: list[int]


def _plan(items: pd.DataFrame, subjects: Subjects) -> _Plan:
    outputs, outcome_of = outputs_of(items)
    first = items.iloc[0]
    return _Plan(first["framework_id"], first["state"], first["language"], NamedOutcomes(outcomes_of(items), subjects),
                 NamedOutcomes(outputs, subjects), outcome_of)  # fmt: skip


def _requests(
    by_state: Mapping[str, pd.DataFrame], labels: pd.DataFrame, subjects: Subjects, workspace: Workspace, params: Params
) -> dict[str, Requests]:
    """Return the recommendations of each State with their vectors by the encoder the model knows, labels and subjects."""
    worded = read_table(workspace.processed / "embeddings" / "texts.parquet").set_index("recommendation_id")["text"]
    addressed = pd.Index([one for own in by_state.values() for one in own["recommendation_id"]])
    vectors = offline_vectors(workspace, params, worded.loc[addressed].tolist())
    found = {}
    for state, own in by_state.items():
        ids = own["recommendation_id"]
        known = labels_of(labels[labels["recommendation_id"].isin(ids)], "recommendation_id")
        sdgs, groups = ([known[name].get(one, frozenset()) for one in ids] for name in ("sdgs", "groups"))
        rows = np.asarray(vectors[addressed.get_indexer(pd.Index(ids))], dtype=np.float64)
        mentions = [subjects.asked(text) for text in own["text"]]
        found[state] = Requests(own["text"].tolist(), rows, sdgs, groups, mentions)
    return found


def _mapped(plan: _Plan, requests: Requests, vectors: Mapping[str, NDArray[np.floating]], model: MapModel) -> Mapped:
    comparable = plan.language == _WRITTEN_WITH
    pairs, none = features(requests, plan.outcomes, vectors, model.profiles, comparable=comparable)
    scores = model.ranker.probabilities(pairs, none)
    below = np.zeros((len(scores), 0))
    if plan.outputs.outcomes:
        pairs, _ = features(requests, plan.outputs, vectors, model.profiles, comparable=comparable)
        below = output_scores(model.ranker, pairs, plan.outcome_of, scores)
    return Mapped(plan.id, plan.outcomes, plan.outputs, scores, below)


def _write(parts: list[pd.DataFrame], workspace: Workspace, name: str, schema: type[Table]) -> None:
    write_table(pd.concat(parts, ignore_index=True) if parts else empty(schema), workspace.table(name), schema)
