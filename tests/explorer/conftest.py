"""One explorer of the invented tables, for all tests of its pages."""

from pathlib import Path

import pytest

from pipeline.explorer import write_explorer, write_states
from tests.explorer.tables import frameworks, tables

METRICS = {
    "themes": {"all": {"micro_f1": 0.9, "micro_f1_95": [0.88, 0.92], "macro_f1": 0.8, "texts": 100}, "auto": {"wanted": 0.95}},
    "same_ask": {"headlines": {"pairs, same ask": {"f1": 0.7, "f1_95": [0.6, 0.8], "precision": 0.6, "recall": 0.8,
                                                   "measured_on": "10 States, each held out"}}},
}  # fmt: skip
RUN = {"version": "0.1.0", "commit": "abcdef0123456789", "written": "2024-05-01T10:00:00+00:00"}


def written(report: Path, *, with_frameworks: bool) -> Path:
    """Write the explorer into `report` and return its page."""
    given = tables() | (frameworks() if with_frameworks else {})
    write_states(given, report, themes=5, groups=5, nearest=3)
    figures = {"XAA_timeline.svg": "figures", "XAA_goals.png": "charts"}
    write_explorer(given, report, metrics=METRICS, run=RUN, figures=figures, rows_per_file=5, examples=5)
    return report / "index.html"


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of an explorer without frameworks."""
    return written(tmp_path_factory.mktemp("plain"), with_frameworks=False)


@pytest.fixture(scope="session")
def page_with_frameworks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of an explorer with a framework."""
    return written(tmp_path_factory.mktemp("mapped"), with_frameworks=True)
