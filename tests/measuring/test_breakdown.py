"""metrics.json: all figures of a candidate, part by part."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pipeline.measuring import measure

ABOUT = pd.DataFrame(
    {
        "review": ["XAA 1", "XAA 1", "XBB 1", "XBB 1", "XCC 2", "XCC 2"],
        "session": [1, 1, 1, 1, 2, 2],
        "cycle": [1] * 6,
        "language": ["en"] * 5 + ["fr"],
    }
)


def figures(held, **changed):
    options = {
        "in_use": "linear",
        "broader": dict.fromkeys(held.concepts),
        "auto_from": 0.75,
        "wanted": 0.95,
        "seed": 1,
    }
    return measure(held, ABOUT, **(options | changed))


def test_texts_are_broken_down_by_session_cycle_and_language(held):
    found = figures(held)
    assert {name: part["texts"] for name, part in found["by_session"].items()} == {"1": 4, "2": 2}
    assert found["by_language"]["fr"]["texts"] == 1
    assert found["by_cycle"]["1"]["micro_f1"] == found["all"]["micro_f1"]
    assert (found["texts"], found["reviews"], found["twins"]) == (6, 3, 1)


def test_texts_that_occur_in_training_are_left_out_of_the_second_line(held):
    found = figures(held)
    assert found["without_twins"]["texts"] == 5
    assert found["without_twins"]["micro_f1"] < found["all"]["micro_f1"]


def test_where_every_text_occurs_in_training_there_is_no_second_line(held):
    assert "without_twins" not in figures(replace(held, twin=np.ones(6, dtype=bool)))


def test_auto_says_from_which_score_and_what_it_lets_through(held):
    assert figures(held)["auto"] == {"wanted": 0.95, "from_score": 0.75, "precision": 1.0, "recall": 0.5}
    nothing = figures(held, auto_from=None)["auto"]
    assert (nothing["from_score"], nothing["precision"], nothing["recall"]) == (None, 0.0, 0.0)


def test_two_levels_are_measured_apart(held):
    found = figures(held, broader={"x:a": None, "x:b": "x:a", "x:c": "x:a"})
    assert found["broad"]["micro_f1"] == pytest.approx(6 / 7, abs=1e-4)
    assert "broad" not in figures(held)


def test_texts_without_tag_are_counted(held):
    found = figures(held)
    assert found["texts_without_tag"] == 1
    assert found["tags_per_text"] == pytest.approx(5 / 6, abs=1e-3)
