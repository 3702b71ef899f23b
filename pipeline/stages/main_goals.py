"""What the model of main goals reads, and what it proposes. No stage of its own: training and `upr tag` share it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline import main_goal, model_folder
from pipeline.classifier.calibration import PrecisionCurve
from pipeline.classifier.evidence import Explainer
from pipeline.classifier.tagger import restore
from pipeline.encoder import OFFLINE_MINILM
from pipeline.main_goal import GOALS, Scale
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.stages.encoding import compared_vectors
from pipeline.stages.tag import tag_texts

FOLDER = "sdg_prose"
"""Folder of the model, below the candidates and the released models."""

Floats = NDArray[np.float64]


def opinions(tags: pd.DataFrame, texts: int) -> Floats:
    """Return texts x goals: the score of the surest tag or candidate of a goal, its targets among them; 0 without one."""
    found = np.zeros((texts, len(GOALS)))
    column = {goal: place for place, goal in enumerate(GOALS)}
    goals = tags["concept_id"].str.split(".").str[0].map(column).to_numpy(dtype=np.int64)
    np.maximum.at(found, (tags["row"].to_numpy(dtype=np.int64), goals), tags["score"].to_numpy(dtype=np.float64))
    return found


def inputs(texts: Sequence[str], workspace: Workspace, params: Params) -> Floats:
    """Return what the model reads of `texts`: vectors of the plain MiniLM, and opinions of the SDG tagger without encoder.

    The fine-tuned encoder has learnt the goals of the very activities the model is measured on, so it has no say.

    Raises:
        ModelError, EncoderError: a model is missing or changed.
    """
    plain = params.model_copy(update={"embed": params.embed.model_copy(update={"model": OFFLINE_MINILM, "int8": True})})
    tags = tag_texts(texts, "sdgs", workspace, params, features=None)
    return main_goal.inputs_of(compared_vectors(workspace, plain, list(texts)), opinions(tags, len(texts)))


def propose(texts: Sequence[str], workspace: Workspace, params: Params) -> pd.DataFrame:
    """Return for each of `texts` its `concept_id` (a goal), `score`, `decision` and `evidence`.

    `auto` only from a score from which `tag.sdgs.auto_precision` of the goals were right in countries held out. The
    evidence is the words that the SDG tagger weighs most for the goal, null if it weighs none.

    Raises:
        ModelError, EncoderError: a model is missing or changed.
    """
    if not texts:
        return pd.DataFrame(columns=["concept_id", "score", "decision", "evidence"])
    folder = workspace.released / FOLDER
    description = model_folder.read(folder)
    model = main_goal.restore(model_folder.read_arrays(folder))
    probabilities = model.probabilities(inputs(texts, workspace, params))
    goals, scores = probabilities.argmax(axis=1), Scale(**description["scale"])(probabilities.max(axis=1))
    start = PrecisionCurve(**description["precision_curve"]).auto_from(params.tag.sdgs.auto_precision)
    tagger = workspace.released / "sdgs"
    explainer = Explainer(restore(model_folder.read(tagger), model_folder.read_arrays(tagger)).model)
    words = [explainer.words(text, [GOALS[goal]])[0] for text, goal in zip(texts, goals, strict=True)]
    decision = np.where(scores >= (np.inf if start is None else start), "auto", "review")
    return pd.DataFrame({"concept_id": [GOALS[goal] for goal in goals], "score": scores, "decision": decision, "evidence": words})  # fmt: skip
