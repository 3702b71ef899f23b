"""train_same_ask: learn from labelled pairs which recommendations request the same, State by State held out."""

import hashlib
import logging
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.cannot_link import cannot_link
from pipeline.instruments import canonicalise, load_instruments
from pipeline.labelled import ROWS
from pipeline.labelled_pairs import LabelledPairs, read_labelled_pairs, with_training_groups, with_training_pairs
from pipeline.matching import FEATURES, pair_features
from pipeline.model_folder import versions
from pipeline.pair_scorer import TARGETS, Forest, PairScorer, calibration, fit_forest, probability, save_scorer
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.request_words import stems
from pipeline.slots import load_slot_words
from pipeline.stages.encoding import matching_encoder
from pipeline.stages.match import read_asked
from pipeline.states import load_states
from pipeline.tables import read_table, replacing

log = logging.getLogger(__name__)

LEVELS = {"same_ask": 3, "same_family": 2}
"""The level of the annotation rules from which a pair is one of the target."""

FOLDS = 10
TREES, LEAF = 200, 8
"""Larger leaves are as good and keep the released file small; smaller ones learn single pairs by heart."""
_GROUPED_WEIGHT = 0.5
"""Pairs within groups come by the thousand and most are far apart: each counts for less than a pair read on its own."""
_MIN_TEXTS = 2
"""Texts a word must occur in to have a rarity of its own."""


def run(workspace: Workspace, params: Params) -> None:
    """Write the candidate `same_ask` and, in held_out.npz, the score each pair got from a model without its State."""
    labelled, measured = training_pairs(workspace)
    data_sha256 = content_hash(labelled)
    instruments = load_instruments(workspace.configs / "instruments.yaml")
    words = load_slot_words(workspace.configs / "slots.yaml")
    texts = [canonicalise(text, instruments) for text in labelled.texts]
    encoder = matching_encoder(workspace, params)  # not from the cache: the same data gives the same model
    vectors = encoder.encode(texts)
    cosines = np.einsum("ij,ij->i", vectors[labelled.pairs[:, 0]], vectors[labelled.pairs[:, 1]])
    kept = (cosines >= params.match.min_cosine) | ~labelled.grouped
    measured = int(kept[:measured].sum())
    labelled, cosines = labelled.of(kept), cosines[kept]
    rarity = word_rarity(texts)
    asked = [read_asked(text, instruments, words) for text in texts]
    features = pair_features(asked, labelled.pairs, cosines, rarity)

    cannot = np.array([bool(cannot_link(asked[a], asked[b])) for a, b in labelled.pairs])
    forests, held_out = {}, {}
    for target in TARGETS:
        # What rules keep apart needs no score, and teaches none.
        open_to_score = ~cannot if target == "same_ask" else np.ones(len(cannot), dtype=bool)
        forests[target], held_out[target] = train(
            features, labelled, LEVELS[target], measured, params.train.seed, open_to_score
        )
    folder = workspace.candidates / "same_ask"
    facts = {
        "encoder": encoder.identity,
        "data_sha256": data_sha256,
        "params": {"trees": TREES, "leaf": LEAF, "grouped_weight": _GROUPED_WEIGHT, "seed": params.train.seed},
        "pairs": int((~labelled.grouped[:measured]).sum()),
        "pairs_for_training_alone": int((~labelled.grouped[measured:]).sum()),
        "pairs_within_groups": int(labelled.grouped[:measured].sum()),
        "pairs_within_groups_for_training_alone": int(labelled.grouped[measured:].sum()),
        "versions": versions(),
    }
    save_scorer(PairScorer(FEATURES, rarity, forests), folder, facts)
    with replacing(folder / "held_out.npz") as temporary:
        arrays = {"pairs": labelled.pairs, "grouped": labelled.grouped, "cosines": cosines, **held_out}
        arrays["cannot"] = cannot
        arrays = {name: values[:measured] for name, values in arrays.items()}
        np.savez_compressed(temporary, allow_pickle=False, **arrays)


def training_pairs(workspace: Workspace) -> tuple[LabelledPairs, int]:
    """Return the labelled pairs, and behind the first so many those of `models/readings`, which teach and measure nothing.

    States stand by their code, so that they can be held out. A text that is not among the labelled ones is left out,
    and said.
    """
    labelled = read_labelled_pairs(workspace.labelled)
    measured = len(labelled.pairs)
    states = load_states(workspace.configs / "states.csv")
    codes = [(state.iso3 if (state := states.find(name)) else name) for name in labelled.states.tolist()]
    labelled = replace(labelled, states=np.array(codes, dtype=str))
    rows = workspace.candidates / ROWS
    texts = read_table(rows)["text"].tolist() if rows.is_file() else []
    for name, add in (("same_ask_pairs.csv", with_training_pairs), ("same_ask_groups.csv", with_training_groups)):
        path = workspace.readings / name
        if not (rows.is_file() and path.is_file()):
            log.warning("%s or %s is not there: training goes on without what was read for it", rows, path)
            continue
        labelled, left_out = add(labelled, path, texts)
        if left_out:
            log.warning("%s: %d lines left out, their texts are not among the labelled ones", path, left_out)
    return labelled, measured


def content_hash(labelled: LabelledPairs) -> str:
    """Return the SHA-256 of all labelled pairs in order."""
    rows = zip(labelled.pairs.tolist(), labelled.levels.tolist(), strict=True)
    lines = (f"{labelled.texts[left]}\t{labelled.texts[right]}\t{level}" for (left, right), level in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def word_rarity(texts: Sequence[str]) -> dict[str, float]:
    """Return for each stem in at least two texts how rare it is: the logarithm of texts per text that has it."""
    counts = Counter(stem for text in texts for stem in stems(text))
    size = len(texts) + 1
    return {stem: math.log(size / (count + 1)) for stem, count in counts.items() if count >= _MIN_TEXTS}


def train(
    features: NDArray[np.float64],
    labelled: LabelledPairs,
    level: int,
    measured: int,
    seed: int,
    taught: NDArray[np.bool_],
) -> tuple[Forest, NDArray[np.float64]]:
    """Return a calibrated forest of all pairs, and each pair's score by a forest that saw nothing of its State.

    The first `measured` pairs count for the calibration; those behind them are for training alone, and are held out
    with their State like the others. Pairs that are not `taught` teach nothing; they get a score all the same.
    """
    truth = labelled.levels >= level
    weights = np.where(labelled.grouped, _GROUPED_WEIGHT, 1.0)
    raw = np.zeros(len(truth))
    folds = dict(
        zip(labelled.states[:measured].tolist(), state_folds(labelled.states[:measured].tolist()), strict=True)
    )
    fold_of = np.array([folds.get(state, -1) for state in labelled.states.tolist()])
    for fold in range(FOLDS):
        held = fold_of == fold
        if held.any():
            rest = ~held & taught
            forest = fit_forest(features[rest], truth[rest], weights[rest], trees=TREES, leaf=LEAF, seed=seed)
            raw[held] = forest.raw(features[held])
    counted = taught & (np.arange(len(truth)) < measured)
    curve = calibration(raw[counted], truth[counted])
    scores = probability(raw, *curve)
    final = fit_forest(features[taught], truth[taught], weights[taught], trees=TREES, leaf=LEAF, seed=seed).calibrated(
        *curve
    )
    return final, scores


def state_folds(states: Sequence[str]) -> NDArray[np.int64]:
    """Return a fold for each pair, all pairs of one State in one; States are dealt out by their number of pairs."""
    sizes = Counter(states)
    loads = [0] * FOLDS
    fold_of: dict[str, int] = {}
    for state in sorted(sizes, key=lambda state: (-sizes[state], state)):
        fold_of[state] = loads.index(min(loads))
        loads[fold_of[state]] += sizes[state]
    return np.array([fold_of[state] for state in states], dtype=np.int64)
