"""coverage: what each framework carries, what nothing carries, and who is spoken of under which outcome."""

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import FrameworkCoverage, FrameworkGaps, LnobMatrix, UnInfoReady
from pipeline.tables import empty, write_table


def run(workspace: Workspace, params: Params) -> None:
    """Write `framework_coverage`, `framework_gaps`, `lnob_matrix` and `un_info_ready`."""
    write_table(empty(FrameworkCoverage), workspace.table("framework_coverage"), FrameworkCoverage)
    write_table(empty(FrameworkGaps), workspace.table("framework_gaps"), FrameworkGaps)
    write_table(empty(LnobMatrix), workspace.table("lnob_matrix"), LnobMatrix)
    write_table(empty(UnInfoReady), workspace.table("un_info_ready"), UnInfoReady)
