"""Common methods beside the scorer: every threshold comes from the other States."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from pipeline import model_folder
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.stages import compare_same_ask

USUAL = ("XAA", "XBB", "XCC")
"""States in which texts one degree apart ask the same, and texts thirty degrees apart do not."""
LOOSE = "XZZ"
"""A State of many texts in which those fifty degrees apart ask the same too."""


class Angles:
    """An encoder that reads the number of a text as tenths of a degree."""

    identity = "angles"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        angles = np.radians([int(text.split()[1]) / 10 for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def planting(degrees: float) -> str:
    return f"Plant {round(degrees * 10)} trees"


@pytest.fixture
def references(workspace: Workspace, params: Params, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """Return what the stage writes on invented labels, by method and what was measured."""
    groups = [
        (state, planting(place), ask, ask)
        for state in USUAL
        for place, ask in ((0, "p"), (1, "p"), (30, "q"), (31, "q"))
    ]
    groups += [(LOOSE, planting(place), "p", "p") for place in (0, 0.1, 0.2, 50, 50.1, 50.2)]
    pairs = [
        (state, planting(0), planting(5 if level == 3 else 40), level) for state in USUAL for level in (3, 3, 1, 1)
    ]
    pairs += [(LOOSE, planting(0), planting(60), 3)] * 10 + [
        (LOOSE, planting(0), planting(80), 1),
        ("XAA", planting(0), planting(41), 2),
    ]
    pd.DataFrame(groups, columns=["state", "text", "ask", "family"]).to_csv(workspace.labelled / "g.csv", index=False)
    table = pd.DataFrame(pairs, columns=["state_a", "text_a", "text_b", "level"])
    table.assign(state_b=table["state_a"]).to_csv(workspace.labelled / "p.csv", index=False)
    folder = workspace.candidates / "same_ask"
    model_folder.write_json(folder / model_folder.METRICS, {"headlines": {"pairs, same ask": {"f1": 0.7}}})
    monkeypatch.setattr(compare_same_ask, "matching_encoder", lambda *_: Angles())
    monkeypatch.setattr(compare_same_ask, "offline_vectors", lambda _, __, texts: Angles().encode(texts))
    compare_same_ask.run(workspace, params)
    return pd.read_csv(folder / "references.csv").set_index(["what", "method"])


def test_the_threshold_of_a_pair_comes_from_the_other_states(references: pd.DataFrame) -> None:
    row = references.loc["pairs, same ask", "cosine"]
    # the loose State's pairs are missed by the others' threshold, and its own lets the others' wrong pairs pass
    assert (row["precision"], row["recall"]) == pytest.approx((6 / 13, 6 / 16), abs=1e-4)


@pytest.mark.parametrize("method", ["SemHash", "community_detection", "average linkage on the cosine"])
@pytest.mark.parametrize("what", ["asks, pairwise", "families, pairwise"])
def test_the_threshold_of_a_grouping_comes_from_the_other_states(
    references: pd.DataFrame, method: str, what: str
) -> None:
    row = references.loc[what, method]
    # the usual States get a threshold that joins their two asks, the loose one a threshold that parts its one
    assert row["precision"] == pytest.approx((3 * 2 + 6) / (3 * 6 + 6), abs=1e-4)
    assert row["recall"] == pytest.approx((3 * 2 + 6) / (3 * 2 + 15), abs=1e-4)


def test_every_method_is_measured_and_the_scorer_stands_beside_them(references: pd.DataFrame) -> None:
    pairs = {
        "cosine", "cosine, instruments in one wording", "cosine of the encoder of the tags", "token_set", "MinHash",
    }  # fmt: skip
    groupings = {"SemHash", "community_detection", "average linkage on the cosine", "HDBSCAN"}
    methods = {what: set(part.index.get_level_values("method")) for what, part in references.groupby(level="what")}
    assert methods == {
        "pairs, same ask": pairs | {"this project"}, "pairs, same family": pairs,
        "asks, pairwise": groupings, "families, pairwise": groupings,
    }  # fmt: skip
    assert references.loc["pairs, same ask", "this project"]["f1"] == 0.7
    assert references.loc["pairs, same ask"]["f1"].is_monotonic_increasing
