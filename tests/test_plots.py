"""The figures of a card: one small file, the same for the same numbers."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from pipeline.plots import draw

METRICS = {
    "reliability": [{"probability": 0.3, "right": 0.4, "texts": 20}, {"probability": 0.9, "right": 0.88, "texts": 80}],
    "auto": {"wanted": 0.95, "from_score": 0.7, "precision": 0.96, "recall": 0.8},
}
CURVE = pd.DataFrame(
    {"scores": [0.1, 0.7, 1.0], "tags": [100, 80, 0], "precision": [0.9, 0.96, 0.0], "recall": [0.9, 0.8, 0.0]}
)
NOTHING = pd.DataFrame()
LEARNING = pd.DataFrame(
    [("linear", 500, 0.6, 0.5, 0.7), ("linear", 4000, 0.8, 0.75, 0.85), ("fused", 4000, 0.9, 0.85, 0.95)],
    columns=["system", "texts", "micro_f1", "micro_f1_low", "micro_f1_high"],
).assign(macro_f1=0.5, macro_f1_low=0.4, macro_f1_high=0.6)


def titles(path):
    return [node.text for node in ElementTree.parse(path).iter() if node.tag.endswith("text")]


def test_the_same_numbers_give_the_same_file(tmp_path):
    for name in ("one.svg", "two.svg"):
        draw(tmp_path / name, METRICS, CURVE, LEARNING)
    content = (tmp_path / "one.svg").read_bytes()
    assert content == (tmp_path / "two.svg").read_bytes()
    assert b"<dc:date>" not in content
    assert len(content) < 100_000


def test_the_learning_curve_is_drawn_where_there_is_one(tmp_path):
    draw(tmp_path / "with.svg", METRICS, CURVE, LEARNING)
    draw(tmp_path / "without.svg", METRICS, CURVE, NOTHING)
    assert {"Calibration", "Tags from a score on", "Learning curve", "fused, micro-F1"} <= set(
        titles(tmp_path / "with.svg")
    )
    assert "Learning curve" not in titles(tmp_path / "without.svg")


@pytest.mark.parametrize(("score", "shown"), [(0.7, True), (None, False)])
def test_the_score_from_which_tags_are_auto_is_marked(tmp_path, score, shown):
    draw(tmp_path / "figures.svg", {**METRICS, "auto": {**METRICS["auto"], "from_score": score}}, CURVE, NOTHING)
    assert ("auto from 0.7" in titles(tmp_path / "figures.svg")) is shown
