"""Charts as files: the numbers of the page, drawn once."""

from pathlib import Path

from pipeline.explorer.counts import by_cycle
from pipeline.explorer.figures import charts, figure_files
from pipeline.explorer.rows import ordered, told_tags
from pipeline.explorer.strings import load_strings
from tests.explorer.tables import tables


def counted():
    given = tables()
    rows = ordered(given["recommendations"])
    rows = rows[rows["state"] == "XAA"]
    return by_cycle(rows, given["recommending_states"], told_tags(given), given["asks"], themes=5, groups=5)


def test_a_chart_shows_the_counts_of_the_page() -> None:
    drawn = charts("Arvandia", counted(), load_strings()["en"])
    assert list(drawn) == ["positions", "strength", "askers", "heatmap", "goals"]
    values = drawn["positions"].to_dict()["data"]["values"]
    assert [(one["row"], one["position"], one["n"]) for one in values if one["row"].startswith("Cycle 1")] == [
        ("Cycle 1 (2009)", "noted", 1)
    ]
    assert sum(one["n"] for one in values) == 9
    assert {one["goal"]: one["n"] for one in drawn["goals"].to_dict()["data"]["values"]}["5 Gender equality"] == 1


def test_charts_are_written_once_and_again_only_if_they_show_something_else(tmp_path: Path) -> None:
    words = load_strings()["fr"]
    only = {"all": counted()["all"] | {"askers": [], "goals": {}, "actions": {}}, "2": counted()["2"]}
    paths = figure_files("Arvandia & Söhne", only, words, tmp_path / "XAA")
    assert sorted(path.name for path in paths) == sorted(
        f"XAA_{kind}.{ending}" for kind in ("positions", "heatmap") for ending in ("png", "svg")
    )
    svg = (tmp_path / "XAA_positions.svg").read_text(encoding="utf-8")
    assert "Arvandia &amp; Söhne" in svg
    assert "appuyée" in svg
    before = {path: path.stat().st_mtime_ns for path in paths}
    assert figure_files("Arvandia & Söhne", only, words, tmp_path / "XAA") == paths
    assert {path: path.stat().st_mtime_ns for path in paths} == before
    figure_files("Belmora", only, words, tmp_path / "XAA")
    assert (tmp_path / "XAA_positions.png").stat().st_mtime_ns > before[tmp_path / "XAA_positions.png"]
