"""Figures of pairs, asks and families: each from the scores that a model without the State gave."""

import json

import numpy as np
import pandas as pd
import pytest

from pipeline import model_folder
from pipeline.labelled_pairs import LabelledPairs, read_labelled_pairs
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.stages import evaluate_same_ask

CLINICS, WARDS, TREES, TAXES = "Open clinics", "Open more clinics", "Plant trees", "Abolish taxes"
GROUPS = [("XAA", CLINICS, "1", "f"), ("XAA", WARDS, "1", "f"), ("XAA", TREES, "2", "f"), ("XAA", TAXES, "3", "g")]
PAIRS = [("XBB", "Free reporters", "Release reporters", 3), ("XBB", "Free reporters", "Tax reporters", 1),
         ("XCC", "Build roads", "Build more roads", 2), ("XCC", "Build roads", "Mend roads", 0)]  # fmt: skip


@pytest.fixture
def labelled(workspace: Workspace) -> LabelledPairs:
    """Write labels of three States and return them as read."""
    groups = pd.DataFrame(GROUPS, columns=["state", "text", "ask", "family"])
    pairs = pd.DataFrame(PAIRS, columns=["state_a", "text_a", "text_b", "level"])
    groups.to_csv(workspace.labelled / "groups.csv", index=False)
    pairs.assign(state_b=pairs["state_a"]).to_csv(workspace.labelled / "pairs.csv", index=False)
    return read_labelled_pairs(workspace.labelled)


def headlines(
    space: Workspace, params: Params, labelled: LabelledPairs, scores: dict[tuple[str, str], float],
    cannot: set[tuple[str, str]], dropped: frozenset[tuple[str, str]] = frozenset(),
) -> dict:  # fmt: skip
    """Return the figures where training scored these pairs, ruled some out and did not look at others."""
    words = [tuple(sorted((labelled.texts[a], labelled.texts[b]))) for a, b in labelled.pairs]
    kept = labelled.of(np.array([pair not in dropped for pair in words]))
    words = [pair for pair in words if pair not in dropped]
    values = np.array([scores.get(pair, 0.01) for pair in words])
    folder = space.candidates / "same_ask"
    facts = {"pairs": 4, "pairs_within_groups": 6, "pairs_for_training_alone": 0, "encoder": "none",
             "pairs_within_groups_for_training_alone": 0}  # fmt: skip
    model_folder.write(folder, facts)
    np.savez(
        folder / "held_out.npz", pairs=kept.pairs, grouped=kept.grouped, cosines=values, same_ask=values,
        same_family=values, cannot=np.array([pair in cannot for pair in words]),
    )  # fmt: skip
    evaluate_same_ask.run(space, params)
    return json.loads((folder / model_folder.METRICS).read_text())["headlines"]


ALIKE = {(CLINICS, WARDS): 0.9, (CLINICS, TREES): 0.9, (WARDS, TREES): 0.9}


def test_what_can_never_be_one_ask_is_kept_apart_before_asks_are_measured(
    workspace: Workspace, params: Params, labelled: LabelledPairs
) -> None:
    free = headlines(workspace, params, labelled, ALIKE, set())
    assert (free["asks, pairwise"]["precision"], free["asks, pairwise"]["recall"]) == (0.3333, 1.0)
    ruled = headlines(workspace, params, labelled, ALIKE, {(CLINICS, TREES), (WARDS, TREES)})
    assert (ruled["asks, pairwise"]["f1"], ruled["asks, pairwise"]["b_cubed"]) == (1.0, 1.0)
    assert ruled["families, pairwise"]["f1"] == free["families, pairwise"]["f1"] == 1.0, (
        "asks kept apart are one family"
    )


def test_a_rule_stands_for_its_own_pair_where_training_left_pairs_out(
    workspace: Workspace, params: Params, labelled: LabelledPairs
) -> None:
    scores = {(CLINICS, WARDS): 0.9, tuple(sorted((TREES, TAXES))): 0.9}
    dropped = frozenset({(CLINICS, TREES), tuple(sorted((CLINICS, TAXES)))})
    found = headlines(workspace, params, labelled, scores, {tuple(sorted((TREES, TAXES)))}, dropped)
    assert found["asks, pairwise"]["f1"] == 1.0


def test_pairs_are_counted_from_the_level_of_each_target(
    workspace: Workspace, params: Params, labelled: LabelledPairs
) -> None:
    scores = {("Free reporters", "Release reporters"): 0.9, ("Build more roads", "Build roads"): 0.9}
    found = headlines(workspace, params, labelled, scores, set())
    assert (found["pairs, same ask"]["precision"], found["pairs, same ask"]["recall"]) == (0.5, 1.0)
    assert (found["pairs, same family"]["precision"], found["pairs, same family"]["recall"]) == (1.0, 1.0)
    assert found["pairs, same ask"]["measured_on"].startswith("4 pairs of 2 States"), "pairs of groups are not counted"


def test_a_pair_read_twice_counts_with_both_readings(
    workspace: Workspace, params: Params, labelled: LabelledPairs
) -> None:
    again = [("XAA", CLINICS, WARDS, 0), ("XDD", "Free reporters", "Release reporters", 1)]
    pairs = pd.DataFrame([*PAIRS, *again], columns=["state_a", "text_a", "text_b", "level"])
    pairs.assign(state_b=pairs["state_a"]).to_csv(workspace.labelled / "pairs.csv", index=False)
    labelled = read_labelled_pairs(workspace.labelled)
    scores = {("Free reporters", "Release reporters"): 0.9, (CLINICS, WARDS): 0.9}
    found = headlines(workspace, params, labelled, scores, set())
    # of three pairs found one is right: the reading in XDD and that of the pair alone say otherwise
    assert (found["pairs, same ask"]["precision"], found["pairs, same ask"]["recall"]) == (0.3333, 1.0)
    assert found["pairs, same ask"]["measured_on"].startswith("6 pairs of 4 States")
    assert found["asks, pairwise"]["f1"] == 1.0, "within its group the two are one ask"


def test_groups_of_one_state_take_nothing_from_equal_texts_of_another(
    workspace: Workspace, params: Params, labelled: LabelledPairs
) -> None:
    twice = [*GROUPS, *(("XEE", *row[1:]) for row in GROUPS)]
    pd.DataFrame(twice, columns=["state", "text", "ask", "family"]).to_csv(
        workspace.labelled / "groups.csv", index=False
    )
    labelled = read_labelled_pairs(workspace.labelled)
    kept = evaluate_same_ask._kept(labelled, labelled.pairs, labelled.grouped)
    scores = np.where(kept.states == "XEE", 0.9, 0.01)
    targets = {"same_ask": scores, "same_family": scores}
    found = evaluate_same_ask._grouped(labelled, kept, targets, np.zeros(len(scores), dtype=bool), params)
    assert found.groupby("state")["ask"].nunique().to_dict() == {"XAA": 4, "XEE": 1}


def test_the_pair_farthest_from_what_was_read_stands_first(
    workspace: Workspace, params: Params, labelled: LabelledPairs
) -> None:
    scores = {("Free reporters", "Release reporters"): 0.4, ("Build roads", "Mend roads"): 0.8}
    headlines(workspace, params, labelled, scores, set())
    worst = pd.read_csv(workspace.candidates / "same_ask" / "worst_pairs.csv")
    assert worst["score_same_ask"].tolist()[:2] == [0.8, 0.4]
    assert "asks, pairwise" in (workspace.candidates / "same_ask" / "card.md").read_text()
