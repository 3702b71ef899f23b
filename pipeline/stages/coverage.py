"""coverage: what each framework carries, what nothing carries, and who is spoken of under which outcome."""

from pathlib import Path

import pandas as pd

from pipeline.frameworks.coverage import carried, coverage_table
from pipeline.frameworks.figure import draw
from pipeline.frameworks.gaps import gaps_table
from pipeline.frameworks.lnob import lnob_table
from pipeline.frameworks.picture import picture_of
from pipeline.frameworks.un_info_ready import un_info_table
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import FrameworkCoverage, FrameworkGaps, LnobMatrix, Table, UnInfoReady
from pipeline.tables import empty, read_table, write_table

_TABLES: dict[str, type[Table]] = {
    "framework_coverage": FrameworkCoverage, "framework_gaps": FrameworkGaps, "lnob_matrix": LnobMatrix,
    "un_info_ready": UnInfoReady,
}  # fmt: skip
_IN_ORDER = {"framework_gaps"}


def run(workspace: Workspace, params: Params) -> None:
    """Write `framework_coverage`, `framework_gaps`, `lnob_matrix`, `un_info_ready` and the figures of frameworks."""
    names = ("framework_items", "framework_map", "framework_ask_map", "recommendations", "asks", "labels", "ask_ledger")
    items, rows, ask_rows, recommendations, asks, labels, ledger = (read_table(workspace.table(name)) for name in names)
    text = recommendations.set_index("recommendation_id")["text"]
    made: dict[str, list[pd.DataFrame]] = {name: [] for name in _TABLES}
    drawn: set[Path] = set()
    workspace.framework_figures.mkdir(parents=True, exist_ok=True)
    for framework_id, plan in items.groupby("framework_id"):
        of = carried(plan, rows[rows["framework_id"] == framework_id], recommendations, asks, labels)
        matrix = lnob_table(of)
        matrix["example"] = matrix["example"].map(text)
        coverage = coverage_table(of)
        gaps = gaps_table(of, ask_rows[ask_rows["framework_id"] == framework_id], ledger)
        parts = (coverage, gaps, matrix, un_info_table(of, recommendations))
        for name, part in zip(_TABLES, parts, strict=True):
            made[name].append(part)
        if shown := picture_of(plan, coverage, matrix, params.map.max_figure_rows):
            drawn.update(draw(shown, workspace.framework_figures / f"{framework_id}_groups"))
    for name, schema in _TABLES.items():
        parts_of = [part for part in made[name] if len(part)]
        table = pd.concat(parts_of, ignore_index=True) if parts_of else empty(schema)
        write_table(table, workspace.table(name), schema, in_order=name in _IN_ORDER)
    for path in workspace.framework_figures.iterdir():
        if path not in drawn:
            path.unlink()
