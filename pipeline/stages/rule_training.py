"""Learn, on labelled texts, what rules and links are worth beside a classifier, each State judged by a model without it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from tqdm import tqdm

from pipeline import held_out, model_folder
from pipeline.classifier.stacking import Encoded, Labels, Stacked, train
from pipeline.classifier.tagger import Tagger, restore
from pipeline.labelled import Truth, truth_of
from pipeline.measuring.headlines import scored
from pipeline.metrics import Draws, Outcomes
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.splits import folds, twins
from pipeline.stages.encoding import MEASURED, features_by
from pipeline.stages.fitting import fitting
from pipeline.stages.tag import CROSSWALKS, found_by_rules, margins_of
from pipeline.taxonomy import load_taxonomy

ORIGINS = {"groups": ("gold", "uhri"), "sdgs": ("gold", "un_info"), "uhri_themes": ("uhri",)}
"""Whose readings teach and measure a dimension: the first of these that there are."""

_FRESH_TEXTS = 100
"""Texts not read while rules were written that a figure of their own needs."""

Flags = NDArray[np.bool_]


def run(
    workspace: Workspace, params: Params, dimension: str, *, rows: pd.DataFrame, readings: pd.DataFrame,
    made: Mapping[str, Any],
) -> None:  # fmt: skip
    """Write candidates/<dimension> for a dimension of rules, crosswalks and a classifier.

    Raises:
        ValueError: no labelled text was read for the dimension.
    """
    taxonomy = load_taxonomy(workspace.taxonomy(made["scheme"]))
    concepts = [concept.id for concept in taxonomy.concepts]
    broader = {concept.id: concept.broader for concept in taxonomy.concepts}
    origin = _origin(readings, dimension)
    truth = _spread(truth_of(rows, readings, dimension, origin, concepts), params.train.most_texts)
    truth = _with_broader(truth, concepts, broader)
    texts = truth.rows["text"].tolist()
    themes = _unseen_themes(workspace, params, truth.rows, rows, readings) if dimension in CROSSWALKS else None
    found = found_by_rules(texts, dimension, taxonomy, workspace, themes)
    fold = _folds(truth.rows, params.train.folds)
    fresh = ~truth.rows["state"].isin(_read_states(workspace, dimension)).to_numpy()
    encoded, encoder = _encoded(workspace, params, texts)
    trained = train(
        texts, Labels(truth.right, ~truth.uncertain, fold, fresh), margins_of(found, concepts, len(texts)),
        fit=fitting(params, concepts, opening=False), encoded=encoded, cost=params.train.cost, seed=params.train.seed,
    )  # fmt: skip
    figures = _fresh_figures(trained, truth, fresh, params.train.seed)
    _write(workspace, params, trained, truth, fold, made={**figures, **made, "measured_on": origin, "encoder": encoder})


def _read_states(workspace: Workspace, dimension: str) -> set[str]:
    """Return the States whose labelled texts were read while the rules of `dimension` were written."""
    read = pd.read_csv(workspace.configs / "rules_read.csv", dtype=str, keep_default_na=False)
    return set(read.loc[read["dimension"] == dimension, "state"])


def _fresh_figures(trained: Stacked, truth: Truth, fresh: Flags, seed: int) -> dict[str, Any]:
    """Return `fresh`: micro-F1, of the tagger and of rules alone, on the texts not read while rules were written."""
    if fresh.sum() < _FRESH_TEXTS:
        return {"fresh": {"texts": 0}}
    rows = truth.rows[fresh]
    draws = Draws.of((rows["state"] + " " + rows["session"].astype(str)).tolist(), seed=seed)
    ways = {"stacked": trained.checked.predicted, "rules": trained.systems["rules"]}
    outcomes = {name: Outcomes.of(truth.right, tags, truth.uncertain).rows(fresh) for name, tags in ways.items()}
    return {"fresh": {"texts": len(rows), **{name: scored(found, draws) for name, found in outcomes.items()}}}


def _origin(readings: pd.DataFrame, dimension: str) -> str:
    """Return whose readings there are.

    Raises:
        ValueError: there are none.
    """
    there = set(readings.loc[readings["dimension"] == dimension, "origin"])
    for origin in ORIGINS[dimension]:
        if origin in there:
            return origin
    raise ValueError(
        f"no labelled text for {dimension}: put an export of UHRI, or a set read by annotators, in data/raw/labelled "
        "(docs/training.md says which file serves which dimension)"
    )


def _spread(truth: Truth, most: int) -> Truth:
    """Return at most about `most` texts, spread evenly over all by their ids, so that training ends in minutes."""
    step = -(-len(truth.rows) // most)
    if step <= 1:
        return truth
    kept = np.arange(0, len(truth.rows), step)
    tqdm.write(
        f"learning from {len(kept):,} of {len(truth.rows):,} labelled texts: params say train.most_texts = {most}"
    )
    return Truth(truth.rows.iloc[kept].reset_index(drop=True), truth.right[kept], truth.uncertain[kept])


def _folds(rows: pd.DataFrame, count: int) -> NDArray[np.int64]:
    """Return the folds of the labelled rows: by State; by document where States are too few; else by text.

    A document is what one State was recommended in one session.
    """
    by_state = folds(rows["state"], count)
    if len(np.unique(by_state)) == count:
        return by_state
    documents = pd.factorize(rows["state"] + " " + rows["session"].astype(str), sort=True)[0]
    return documents % count if documents.max(initial=0) >= 2 else folds(rows["row_id"], count)


def _encoded(workspace: Workspace, params: Params, texts: list[str]) -> tuple[Encoded | None, str | None]:
    """Return the features of the texts and the hash of the encoder to release; none if there is none.

    Figures are measured with an encoder that has not seen later sessions, where there is one. The released encoder, in
    its place, has learnt the themes and actions of the texts, though not what is asked here: that flatters a little.
    """
    found = (workspace.candidates / "encoder", workspace.released / "encoder")
    release = next((folder for folder in found if (folder / model_folder.DESCRIPTION).exists()), None)
    if release is None:
        return None, None
    measure = release / MEASURED if (release / MEASURED / model_folder.DESCRIPTION).exists() else release
    encoded = Encoded(*(features_by(workspace, params, folder, texts) for folder in (measure, release)))
    return encoded, model_folder.read(release)["sha256"][model_folder.ENCODER]


def _write(
    workspace: Workspace, params: Params, trained: Stacked, truth: Truth, fold: NDArray[np.int64], *,
    made: Mapping[str, Any],
) -> None:  # fmt: skip
    """Write the model and what its like said of texts it had not seen."""
    rows = truth.rows
    description = {
        **made, **trained.tagger.describe(), "params": params.train.model_dump(),
        "features": len(trained.tagger.model.ngrams), "labelled": truth.right.sum(axis=0).tolist(),
        "measured_texts": params.train.measured_texts,
        "training": {"rows": len(rows), "states": int(rows["state"].nunique()),
                     "sessions": [int(rows["session"].min()), int(rows["session"].max())]},
    }  # fmt: skip
    folder = workspace.candidates / made["dimension"]
    model_folder.write(folder, description, arrays=trained.tagger.arrays())
    seen = np.zeros(len(rows), dtype=bool)
    for held in np.unique(fold):
        seen[fold == held] = twins(rows.loc[fold == held, "text"], rows.loc[fold != held, "text"])
    checked = trained.checked
    held_out.save(
        held_out.HeldOut(rows["row_id"].tolist(), description["concepts"], checked.probabilities, checked.predicted,
                         truth.right, truth.uncertain, seen, systems=trained.systems),
        folder,
    )  # fmt: skip


def _with_broader(truth: Truth, concepts: list[str], broader: Mapping[str, str | None]) -> Truth:
    """Return the truth in which a text that carries a target carries its goal."""
    column = {concept: at for at, concept in enumerate(concepts)}
    right, unsure = truth.right.copy(), truth.uncertain.copy()
    for concept, above in broader.items():
        if above:
            right[:, column[above]] |= truth.right[:, column[concept]]
            unsure[:, column[above]] |= truth.uncertain[:, column[concept]]
    return Truth(truth.rows, right, unsure & ~right)


def _unseen_themes(
    workspace: Workspace, params: Params, chosen: pd.DataFrame, rows: pd.DataFrame, readings: pd.DataFrame
) -> pd.DataFrame:
    """Return the theme tags of the `chosen` texts by a linear model that has not seen them, nor texts worded alike.

    The candidate of the dimension themes if it has not; else one fitted on all other texts, with its calibration. Where
    there is no candidate, the released model.
    """
    folder = workspace.candidates / "themes"
    if not (folder / model_folder.DESCRIPTION).exists():
        folder = workspace.released / "themes"
    description = model_folder.read(folder)
    concepts = description["concepts"]
    truth = truth_of(rows, readings, "themes", "upr_info", concepts)
    others = ~twins(truth.rows["text"], chosen["text"])
    tagger = restore(description, model_folder.read_arrays(folder))
    if not others.all():
        fit = fitting(params, concepts, opening=False)
        model = fit(truth.rows.loc[others, "text"].tolist(), truth.right[others])
        tagger = Tagger(model, tagger.alone)
    tags = tagger.propose(chosen["text"].tolist(), floor=1.0)
    return tags[tags["proposed"]].assign(evidence=None)
