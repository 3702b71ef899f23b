"""What the model of goals of prose reads, and what it proposes. No stage of its own: training and `upr tag` share it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline import goal_network, main_goal, model_folder
from pipeline.classifier.calibration import Calibration, PrecisionCurve
from pipeline.classifier.evidence import Explainer
from pipeline.classifier.tagger import restore
from pipeline.main_goal import GOALS
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.stages.encoding import offline_vectors
from pipeline.stages.tag import tag_texts

FOLDER = "sdg_prose"
"""Folder of the model, below the candidates and the released models."""

TAG_COLUMNS = ["row", "concept_id", "score", "decision", "evidence"]

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
    tags = tag_texts(texts, "sdgs", workspace, params, features=None)
    return main_goal.inputs_of(offline_vectors(workspace, params, texts), opinions(tags, len(texts)))


def propose(
    texts: Sequence[str], ruled: pd.DataFrame, workspace: Workspace, params: Params
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tags of `texts` (TAG_COLUMNS) and their main goals (the same columns, a row a text that has one).

    Goals stand from their threshold on. Of `ruled`, the tags that rules and links propose for recommendations, targets
    of these goals are kept, for review and no surer than their goal: on prose they are right less often. `auto` only from a score from which
    `tag.sdgs.auto_precision` of the goals were right in texts held out. The main goal is the surest of the goals that
    stand; a text without has none. The evidence is what a rule found, else the words that the
    SDG tagger weighs most for the goal, null if it weighs none.

    Raises:
        ModelError, EncoderError: a model is missing or changed.
    """
    if not texts:
        return pd.DataFrame(columns=TAG_COLUMNS), pd.DataFrame(columns=TAG_COLUMNS)
    folder = workspace.released / FOLDER
    description, arrays = model_folder.read(folder), model_folder.read_arrays(folder)
    probabilities = probabilities_of(inputs(texts, workspace, params), arrays)
    wanted = params.tag.sdgs.auto_precision
    found = probabilities >= arrays["thresholds"].astype(np.float64)
    tags = _goals(probabilities, found, description["tags_curve"], wanted)
    main = _goals(probabilities, surest(probabilities, found), description["main_curve"], wanted)
    goals = ruled["concept_id"].str.split(".").str[0]
    spans = ruled.assign(goal=goals).dropna(subset="evidence").sort_values("score", ascending=False)
    reasons = spans.drop_duplicates(["row", "goal"]).set_index(["row", "goal"])["evidence"].to_dict()
    tagger = workspace.released / "sdgs"
    explainer = Explainer(restore(model_folder.read(tagger), model_folder.read_arrays(tagger)).model)
    for part in (tags, main):
        part["evidence"] = [
            reasons.get((row, goal)) or explainer.words(texts[row], [goal])[0]
            for row, goal in zip(part["row"], part["concept_id"], strict=True)
        ]
    sure = tags.set_index(["row", "concept_id"])["score"].to_dict()
    limit = np.array([sure.get(place, -1.0) for place in zip(ruled["row"], goals, strict=True)], dtype=np.float64)
    chosen = (limit >= 0) & (goals != ruled["concept_id"]).to_numpy(dtype=bool)
    targets = ruled[chosen].assign(decision="review", score=np.minimum(ruled["score"], limit)[chosen])
    return pd.concat([tags, targets[TAG_COLUMNS]], ignore_index=True), main


def surest(probabilities: Floats, found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of the goals `found` (texts x goals) is the surest of its text; none where none was found."""
    highest = np.where(found, probabilities, -1).argmax(axis=1)
    return np.asarray(np.eye(len(GOALS), dtype=bool)[highest] & found, dtype=bool)


def probabilities_of(read: Floats, arrays: dict[str, NDArray[np.generic]]) -> Floats:
    """Return texts x goals of what `inputs` gave, calibrated."""
    slopes, offset, curve = (arrays[name].astype(np.float64) for name in ("slopes", "offset", "curve"))
    calibration = Calibration(slopes, offset, exclusive=False, curve=curve)
    return calibration.probabilities(goal_network.restore(arrays).margins(read))


def _goals(
    probabilities: Floats, chosen: NDArray[np.bool_], curve: dict[str, list[float]], wanted: float
) -> pd.DataFrame:
    rows, goals = np.nonzero(chosen)
    scores = probabilities[rows, goals]
    start = PrecisionCurve(**curve).auto_from(wanted)  # type: ignore[arg-type]
    decision = np.where(scores >= (np.inf if start is None else start), "auto", "review")
    return pd.DataFrame(
        {"row": rows, "concept_id": [GOALS[goal] for goal in goals], "score": scores, "decision": decision}
    )
