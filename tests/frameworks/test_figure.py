"""The figure of one framework."""

from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.frameworks.figure import Picture, draw
from pipeline.frameworks.picture import code_order, picture_of
from tests.frameworks.test_coverage import ASKS, ITEMS, LABELS, RECOMMENDATIONS, ROWS

SHOWN = Picture("Arvandia", "UNSDCF 2021-2025", ["1.1", "none"], ["Rights & courts", "nothing"], ["Women", "Children"],
                np.array([[4, 0], [0, 9]]), np.array([[True, False], [False, False]]), np.array([[3, 1, 0], [9, 0, 0]]), 5, 2)  # fmt: skip


def test_it_is_written_as_svg_with_its_words_and_as_png(tmp_path: Path) -> None:
    svg, png = draw(SHOWN, tmp_path / "XAA-1_groups")
    text = svg.read_text()
    assert png.read_bytes().startswith(b"\x89PNG")
    for words in (
        "Arvandia: UNSDCF 2021-2025",
        "13 recommendations",
        "5 of them",
        "Women",
        "Children",
        "2 groups named less often",
    ):
        assert words in text, words


def test_a_figure_that_shows_the_same_is_left_as_it_is(tmp_path: Path) -> None:
    path = draw(SHOWN, tmp_path / "one")[0]
    before = path.stat().st_mtime_ns
    draw(SHOWN, tmp_path / "one")
    assert path.stat().st_mtime_ns == before


def test_the_same_numbers_give_the_same_file(tmp_path: Path) -> None:
    one, other = draw(SHOWN, tmp_path / "one"), draw(SHOWN, tmp_path / "other")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


def test_the_picture_has_every_outcome_in_order_and_none_last() -> None:
    from pipeline.frameworks.coverage import carried, coverage_table
    from pipeline.frameworks.lnob import lnob_table

    items = ITEMS.assign(state_name="Arvandia", years="2021-2025")
    of = carried(items, ROWS, RECOMMENDATIONS, ASKS, LABELS)
    shown = picture_of(items, coverage_table(of), lnob_table(of), max_groups=1)
    assert shown is not None
    assert list(shown.codes) == ["1.1", "1.2", "none"] and shown.positions.sum() == 6
    assert list(shown.groups) == ["Women & girls"] and shown.groups_left_out == 1
    assert shown.cells.tolist() == [[1, 0, 1]] and shown.named.tolist() == [[True, False, False]]


def test_nothing_mapped_is_no_picture() -> None:
    coverage = pd.DataFrame({"item_id": ["rights"], "level": ["outcome"], "n_recommendations": [0]})
    assert picture_of(ITEMS, coverage, pd.DataFrame(columns=["group", "n_recommendations"]), 5) is None


def test_codes_are_ordered_as_numbers() -> None:
    assert sorted(["O10", "O2", "1.10", "1.9"], key=code_order) == ["1.9", "1.10", "O2", "O10"]
