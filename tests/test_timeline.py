"""The figure of one State's repeated asks."""

from pathlib import Path

import pandas as pd
import pytest

from pipeline.schemas import POSITIONS
from pipeline.timeline import MARKS, Row, Timeline, draw, timeline

ROWS = [
    Row("abolish the river toll", {1: {"noted": 2}, 2: {"supported": 1, "partially_supported": 1}}, 4, 3, 1, False),
    Row(
        "Open a school in each of the mountain districts " * 9, {1: {"supported": 1}, 2: {"pending": 1}}, 2, 2, 0, True
    ),
]
SHOWN = Timeline("Arvandia", {1: "2009", 2: "2013"}, ROWS, 40, 7)


def tables(*made: tuple[str, str, int | None, str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return recommendations, asks and ledger of (id, ask, cycle, position)."""
    frame = pd.DataFrame(made, columns=["recommendation_id", "ask_id", "cycle", "position"])
    frame["cycle"] = frame["cycle"].astype("Int64")
    recommendations = frame.drop(columns="ask_id").assign(
        mechanism="upr", year=2005 + 4 * frame["cycle"], state_name="Arvandia"
    )
    recommendations["mechanism"] = recommendations["mechanism"].mask(frame["cycle"].isna(), "treaty_body")
    ledger = frame.groupby("ask_id").size().rename("n_recommendations").reset_index()
    ledger = ledger.assign(representative_text="text of " + ledger["ask_id"], n_recommending_states=1, treaty_body_items=1,
                           special_procedure_items=1, pending_again=False)  # fmt: skip
    return recommendations, frame[["recommendation_id", "ask_id"]], ledger


def test_every_position_has_a_shape_and_a_colour_of_its_own() -> None:
    assert set(MARKS) == set(POSITIONS)
    assert (
        len({mark["marker"] for mark in MARKS.values()})
        == len({mark["color"] for mark in MARKS.values()})
        == len(MARKS)
    )


def test_rows_are_the_asks_made_more_than_once_those_of_most_cycles_first() -> None:
    made = tables(("a", "A", 1, "noted"), ("b", "A", 1, "noted"), ("c", "A", 1, "supported"),
                  ("d", "B", 1, "noted"), ("e", "B", 3, "supported"), ("f", "C", 3, "noted"))  # fmt: skip
    found = timeline(*made, max_asks=10)
    assert found is not None
    assert [row.text for row in found.rows] == ["text of B", "text of A"]
    assert [row.answers for row in found.rows] == [
        {1: {"noted": 1}, 3: {"supported": 1}},
        {1: {"noted": 2, "supported": 1}},
    ]
    assert (found.asks, found.repeated, found.cycles) == (3, 2, {1: "2009", 3: "2017"})
    assert found.rows[0].other_items == 2
    assert len(timeline(*made, max_asks=1).rows) == 1


def test_what_came_back_only_from_other_mechanisms_is_no_row() -> None:
    assert timeline(*tables(("a", "A", 1, "noted"), ("b", "A", None, "unknown")), max_asks=5) is None


def test_the_figure_says_what_it_shows(tmp_path: Path) -> None:
    svg, png = draw(SHOWN, tmp_path / "XAA_timeline")
    text = svg.read_text(encoding="utf-8")
    for expected in ("Arvandia: requests that came back", "7 of 40 asks", "5 more are in ask_ledger.csv", "Abolish the river toll",
                     "Cycle 1", "2013", "partially supported", "pending now, supported before", "…"):  # fmt: skip
        assert expected in text
    assert "unknown" not in text
    assert png.read_bytes().startswith(b"\x89PNG")


def test_the_same_rows_give_the_same_files(tmp_path: Path) -> None:
    first, second = (draw(SHOWN, tmp_path / folder / "XAA_timeline") for folder in ("one", "two"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize("missing", [None, "png"])
def test_a_figure_is_drawn_anew_only_if_it_would_differ_or_is_missing(tmp_path: Path, missing: str | None) -> None:
    paths = draw(SHOWN, tmp_path / "XAA_timeline")
    paths[1].write_bytes(b"kept")
    if missing:
        paths[1].unlink()
    draw(SHOWN, tmp_path / "XAA_timeline")
    assert (paths[1].read_bytes() == b"kept") == (missing is None)
    draw(Timeline("Arvandia", SHOWN.cycles, ROWS[:1], 40, 7), tmp_path / "XAA_timeline")
    assert paths[1].read_bytes().startswith(b"\x89PNG")
