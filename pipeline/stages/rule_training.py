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
from pipeline.labelled import OWN, Truth, truth_of
from pipeline.measuring.headlines import scored
from pipeline.metrics import Draws, Outcomes
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.splits import folds, twins
from pipeline.stages.encoding import MEASURED, features_by
from pipeline.stages.fitting import fitting, fitting_by_ridge
from pipeline.stages.tag import CROSSWALKS, found_by_rules, margins_of
from pipeline.taxonomy import load_taxonomy
from pipeline.text import fold as folded

ORIGINS = {"groups": ("gold", "uhri"), "sdgs": ("gold", "un_info"), "uhri_themes": ("uhri",)}
"""Whose readings teach and measure a dimension: the first of these that there are."""

_GOLD_COUNTS = 2.0
"""What a text of a gold set counts beside one of this project's readings; 1 to 3 are alike."""

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
    taught = _with_broader(_and_own(truth, rows, readings, dimension, concepts), concepts, broader)
    texts = taught.rows["text"].tolist()
    themes = _unseen_themes(workspace, params, taught.rows, rows, readings) if dimension in CROSSWALKS else None
    found = found_by_rules(texts, dimension, taxonomy, workspace, themes)
    measure = np.arange(len(texts)) < len(truth.rows)
    fold = _folds(taught.rows, params.train.folds)
    fresh = ~taught.rows["state"].isin(_read_states(workspace, dimension)).to_numpy()
    encoded, encoder = _encoded(workspace, params, texts)
    labels = Labels(
        taught.right, ~taught.uncertain, fold, fresh, measure=measure,
        weights=np.where(measure & ~measure.all(), _GOLD_COUNTS, 1.0), alike=pd.factorize(taught.rows["text"].map(folded))[0],
    )  # fmt: skip
    margins = margins_of(found, concepts, len(texts))
    trained = train(texts, labels, margins, fit=fitting_by_ridge(params, concepts), encoded=encoded)
    measured = _part(taught, measure)
    figures = _fresh_figures(trained, measured, fresh[measure], params.train.seed)
    made = {**figures, **made, "measured_on": origin, "encoder": encoder, "own_readings": int((~measure).sum())}
    _write(workspace, params, trained, measured, fold[measure], taught=taught, made=made)


def _and_own(truth: Truth, rows: pd.DataFrame, readings: pd.DataFrame, dimension: str, concepts: list[str]) -> Truth:
    """Return the truth with the readings of this project behind it; none of a text that is in it already."""
    own = truth_of(rows, readings[readings["origin"] == OWN], dimension, OWN, concepts)
    own = _part(own, ~twins(own.rows["text"], truth.rows["text"]))
    return Truth(
        pd.concat([truth.rows, own.rows], ignore_index=True),
        np.concatenate([truth.right, own.right]), np.concatenate([truth.uncertain, own.uncertain]),
    )  # fmt: skip


def _part(truth: Truth, chosen: Flags) -> Truth:
    return Truth(truth.rows[chosen].reset_index(drop=True), truth.right[chosen], truth.uncertain[chosen])


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
    kept = np.arange(len(truth.rows)) % step == 0
    tqdm.write(f"learning from {kept.sum():,} of {len(kept):,} labelled texts: params say train.most_texts = {most}")
    return _part(truth, kept)


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
    taught: Truth, made: Mapping[str, Any],
) -> None:  # fmt: skip
    """Write the model and what its like said of texts it had not seen."""
    rows = truth.rows
    description = {
        **made, **trained.tagger.describe(), "params": params.train.model_dump(),
        "features": len(trained.tagger.model.ngrams), "labelled": taught.right.sum(axis=0).tolist(),
        "measured_texts": params.train.measured_texts,
        "training": {"rows": len(taught.rows), "states": int(taught.rows["state"].nunique()),
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
