"""evaluate_same_ask: how well pairs, asks and families are found in States the model had not seen."""

from collections import defaultdict, deque
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline import model_folder
from pipeline.clustering import group_block
from pipeline.labelled_pairs import LabelledPairs, b_cubed, best_threshold, f1, f1_interval, read_labelled_pairs
from pipeline.pair_scorer import TARGETS
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.stages.train_same_ask import FOLDS, LEVELS, state_folds
from pipeline.tables import replacing

_GOLD = "gold pairs and groups read by language-model annotators under written rules, not by human experts"


def run(workspace: Workspace, params: Params) -> None:
    """Write metrics.json, worst_pairs.csv and card.md beside the candidate."""
    folder = workspace.candidates / "same_ask"
    description = model_folder.read(folder)
    labelled = read_labelled_pairs(workspace.labelled)
    with np.load(folder / "held_out.npz") as held:
        scores = {target: held[target] for target in TARGETS}
        pairs, grouped, cosines, cannot = held["pairs"], held["grouped"], held["cosines"], held["cannot"]
    scores["same_ask"] = np.where(cannot, 0.0, scores["same_ask"])  # as match does
    kept = _kept(labelled, pairs, grouped)
    single = ~grouped
    headlines: dict[str, Any] = {}
    for target, threshold in (
        ("same_ask", params.match.same_ask_threshold),
        ("same_family", params.match.same_family_threshold),
    ):
        truth = kept.levels[single] >= LEVELS[target]
        found = scores[target][single]
        states = kept.states[single]
        measured = f"{len(truth)} pairs of {len(set(states))} States, each State held out"
        headlines[f"pairs, {target.replace('_', ' ')}"] = figures_of(
            truth, found >= threshold, states, measured, params
        )
        nested = found >= nested_thresholds(truth, found, states)
        headlines[f"pairs, {target.replace('_', ' ')}, threshold from the other States"] = figures_of(
            truth, nested, states, measured, params
        )
        plain = cosines[single] >= nested_thresholds(truth, cosines[single], states)
        headlines[f"pairs, {target.replace('_', ' ')}, by cosine alone"] = figures_of(
            truth, plain, states, measured, params
        )
    found_groups = _grouped(labelled, kept, scores, cannot, params)
    for column, name in (("ask", "asks"), ("family", "families")):
        headlines[f"{name}, pairwise"] = pairwise_figures(labelled.groups, found_groups, column, params)
    metrics = {"headlines": headlines, "data": _GOLD}
    model_folder.write_json(folder / model_folder.METRICS, metrics)
    with replacing(folder / "worst_pairs.csv") as temporary:
        _worst(kept, scores["same_ask"]).to_csv(temporary, index=False)
    with replacing(folder / model_folder.CARD) as temporary:
        temporary.write_text(card(description, metrics), encoding="utf-8")


def _kept(labelled: LabelledPairs, pairs: NDArray[np.int64], grouped: NDArray[np.bool_]) -> LabelledPairs:
    """Return the pairs that training kept, in its order; what was read twice, or alone and in a group, is told apart."""
    places: dict[tuple[int, int, bool], deque[int]] = defaultdict(deque)
    for row, (a, b) in enumerate(labelled.pairs.tolist()):
        places[a, b, bool(labelled.grouped[row])].append(row)
    rows = np.array(
        [places[a, b, bool(within)].popleft() for (a, b), within in zip(pairs.tolist(), grouped, strict=True)]
    )
    return LabelledPairs(labelled.texts, labelled.pairs[rows], labelled.states[rows], labelled.levels[rows],
                         labelled.grouped[rows], labelled.groups)  # fmt: skip


def nested_thresholds(
    truth: NDArray[np.bool_], scores: NDArray[np.float64], states: NDArray[np.str_]
) -> NDArray[np.float64]:
    """Return for each pair the threshold that is best on the pairs of the other folds."""
    fold_of = state_folds(states.tolist())
    thresholds = [best_threshold(truth[fold_of != fold], scores[fold_of != fold]) for fold in range(FOLDS)]
    return np.array(thresholds)[fold_of]


def figures_of(
    truth: NDArray[np.bool_], found: NDArray[np.bool_], states: NDArray[np.str_], measured: str, params: Params
) -> dict[str, Any]:
    """Return F1 with its interval, precision and recall; `measured` says on what."""
    low, high = f1_interval(truth, found, states.tolist(), seed=params.train.seed)
    hits = int((truth & found).sum())
    return {
        "f1": round(f1(truth, found), 4),
        "f1_95": [round(low, 4), round(high, 4)],
        "precision": round(hits / max(1, int(found.sum())), 4),
        "recall": round(hits / max(1, int(truth.sum())), 4),
        "measured_on": measured,
    }


def _grouped(
    labelled: LabelledPairs, kept: LabelledPairs, scores: dict[str, NDArray[np.float64]],
    cannot: NDArray[np.bool_], params: Params,
) -> pd.DataFrame:  # fmt: skip
    """Return the asks and families that held-out scores make of each State's groups, rows as in `labelled.groups`."""
    found = labelled.groups[["state"]].assign(ask="", family="")
    for state, part in labelled.groups.groupby("state"):
        items = part["text"].to_numpy()
        chosen = kept.grouped & (kept.states == state)
        table = {
            (int(a), int(b)): row
            for (a, b), row in zip(kept.pairs[chosen].tolist(), np.flatnonzero(chosen), strict=True)
        }
        left, right = np.triu_indices(len(items), 1)
        rows = [table.get((int(items[a]), int(items[b]))) for a, b in zip(left, right, strict=True)]
        known = np.array([row is not None for row in rows])
        places = np.array([row for row in rows if row is not None], dtype=np.int64)
        ids = [f"{row:06d}" for row in part.index]
        grouping = group_block(
            ids, [(0, name) for name in ids], np.stack([left, right], axis=1)[known],
            scores["same_ask"][places], np.maximum(scores["same_family"], scores["same_ask"])[places],
            state=None,
            min_ask_score=params.cluster.min_ask_score, min_family_score=params.cluster.min_family_score,
            cannot=np.stack([left, right], axis=1)[known][cannot[places]],
        )  # fmt: skip
        found.loc[part.index, "ask"] = grouping.ask_ids
        found.loc[part.index, "family"] = grouping.family_ids
    return found


def pairwise_figures(groups: pd.DataFrame, found: pd.DataFrame, column: str, params: Params) -> dict[str, Any]:
    """Return pairwise figures over all States, B-cubed beside them."""
    truth, made, states = [], [], []
    for state, part in groups.groupby("state"):
        left, right = np.triu_indices(len(part), 1)
        one, other = part[column].to_numpy(), found.loc[part.index, column].to_numpy()
        truth.append(one[left] == one[right])
        made.append(other[left] == other[right])
        states.append(np.full(len(left), state))
    measured = f"{len(groups)} recommendations of {groups['state'].nunique()} States, each State held out"
    figures = figures_of(np.concatenate(truth), np.concatenate(made), np.concatenate(states), measured, params)
    keys = groups["state"] + " " + groups[column]
    return {**figures, "b_cubed": round(b_cubed(keys.tolist(), (groups["state"] + found[column]).tolist()), 4)}


def _worst(kept: LabelledPairs, scores: NDArray[np.float64]) -> pd.DataFrame:
    """Return the thirty pairs whose held-out score is farthest from what was read."""
    single = ~kept.grouped
    frame = pd.DataFrame({
        "state": kept.states[single], "level": kept.levels[single], "score_same_ask": scores[single].round(3),
        "text_a": [kept.texts[row] for row in kept.pairs[single, 0]],
        "text_b": [kept.texts[row] for row in kept.pairs[single, 1]],
    })  # fmt: skip
    distance = (frame["score_same_ask"] - (frame["level"] >= LEVELS["same_ask"])).abs()
    return frame.loc[distance.sort_values(ascending=False, kind="stable").index[:30]]


def card(description: dict[str, Any], metrics: dict[str, Any]) -> str:
    """Return the model card in Markdown."""
    rows = []
    for name, figures in metrics["headlines"].items():
        low, high = figures["f1_95"]
        cells = [name, f"{figures['f1']:.3f} [{low:.3f}-{high:.3f}]", f"{figures['precision']:.3f}",
                 f"{figures['recall']:.3f}", str(figures.get("b_cubed", "")), figures["measured_on"]]  # fmt: skip
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join([
        "# Same request?", "",
        "Scores a pair of recommendations to one State: do they request the same (ask), or the same with an element or "
        "the strength changed (family)? Two forests of randomised trees on the cosine of the texts, their words and "
        "slots (act, instrument, group, matter, strength, numbers). Average linkage groups them.", "",
        f"Trained on {description['pairs']} pairs and {description['pairs_within_groups']} pairs within groups: "
        f"{metrics['data']}; and on "
        f"{description['pairs_for_training_alone']} pairs and {description['pairs_within_groups_for_training_alone']} pairs within groups read by a "
        f"language model for training alone (docs/asks.md). Encoder {description['encoder']}; scores hold for no other.", "",
        "| what | F1 [95%, States drawn] | precision | recall | B-cubed | measured on |", "|---|---|---|---|---|---|",
        *rows, "",
        "Limits: English only; a text with several acts has one place; long treaty-body paragraphs are compared whole.",
        "",
    ])  # fmt: skip
