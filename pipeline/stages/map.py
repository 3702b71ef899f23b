"""map: which outcomes and outputs of its State's Cooperation Framework carry each recommendation and ask."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.frameworks.candidates import NamedOutcomes, Requests, features, outcomes_of, outputs_of
from pipeline.frameworks.mapping import Mapped, ask_table, judged, map_table, output_scores
from pipeline.frameworks.model import MapModel, load_map_model
from pipeline.judgements import apply_to_frameworks, read_framework_verdicts
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import FrameworkAskMap, FrameworkMap
from pipeline.stages.comparing import item_vectors, labels_of, subjects_of
from pipeline.stages.tag import MEASURED_MECHANISMS
from pipeline.tables import empty, read_table, write_table

_WRITTEN_WITH = "en"
"""Language the recommendations must be in for a map to be `auto`: those that were read are."""


def run(workspace: Workspace, params: Params) -> None:
    """Write `framework_map` and `framework_ask_map`, both after what people judged."""
    items = read_table(workspace.table("framework_items"))
    recommendations = read_table(workspace.table("recommendations"))
    subjects = subjects_of(workspace)
    model = load_map_model(workspace.released / "framework_map", subjects)
    maps, ask_maps = [], []
    asks = read_table(workspace.table("asks"))
    verdicts = read_framework_verdicts(workspace.judgements, recommendations)
    labels = labels_of(read_table(workspace.table("labels")), "recommendation_id")
    for framework_id, plan in items.groupby("framework_id"):
        own = recommendations[recommendations["state_under_review"] == plan["state"].iloc[0]]
        outcomes, (outputs, outcome_of) = outcomes_of(plan), outputs_of(plan)
        if own.empty or not outcomes:
            continue
        texts = own["text"].tolist()
        ids = own["recommendation_id"].tolist()
        sdgs, groups = ([labels[name].get(one, frozenset()) for one in ids] for name in ("sdgs", "groups"))
        mentions = [subjects.asked(text) for text in texts]
        requests = Requests(texts, _vectors(own["recommendation_id"], workspace), sdgs, groups, mentions)
        named = NamedOutcomes(outcomes, subjects), NamedOutcomes(outputs, subjects)
        vectors = item_vectors(workspace, params, named)
        language = plan["language"].iloc[0]
        mapped = _mapped(str(framework_id), requests, named, outcome_of, vectors, model, comparable=language == "en")
        sure = own["language"].eq(_WRITTEN_WITH) & own["mechanism"].isin(MEASURED_MECHANISMS)
        may = (sure & (language in model.languages)).to_numpy(dtype=bool)
        auto_from = model.auto_from(params.map.auto_precision)
        rows = map_table(mapped, ids, requests.mentions, auto_from=auto_from, may_be_auto=may)
        stands = apply_to_frameworks(rows, verdicts, plan)
        maps.append(stands)
        ask_maps.append(ask_table(judged(mapped, ids, rows, stands), ids, asks, stands))
    made = pd.concat(maps, ignore_index=True) if maps else empty(FrameworkMap)
    write_table(made, workspace.table("framework_map"), FrameworkMap)
    made = pd.concat(ask_maps, ignore_index=True) if ask_maps else empty(FrameworkAskMap)
    write_table(made, workspace.table("framework_ask_map"), FrameworkAskMap)


def _vectors(ids: "pd.Series[str]", workspace: Workspace) -> "np.ndarray":
    """Return the vectors of the recommendations that the stage embed wrote, one row each."""
    folder = workspace.processed / "embeddings"
    places = read_table(folder / "texts.parquet").set_index("recommendation_id")["row"]
    return np.asarray(np.load(folder / "vectors.npy", mmap_mode="r")[places.loc[ids].to_numpy()], dtype=np.float64)


def _mapped(
    framework_id: str, requests: Requests, named: tuple[NamedOutcomes, NamedOutcomes], outcome_of: list[int],
    vectors: Mapping[str, "np.ndarray"], model: MapModel, *, comparable: bool,
) -> Mapped:  # fmt: skip
    outcomes, outputs = named
    pairs, none = features(requests, outcomes, vectors, model.profiles, comparable=comparable)
    scores = model.ranker.probabilities(pairs, none)
    below = np.zeros((len(scores), 0))
    if outputs.outcomes:
        pairs, _ = features(requests, outputs, vectors, model.profiles, comparable=comparable)
        below = output_scores(model.ranker, pairs, outcome_of, scores)
    return Mapped(framework_id, outcomes, outputs, scores, below)
