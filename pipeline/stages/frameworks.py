"""frameworks: read the Cooperation Frameworks in data/raw/frameworks to one form: priority, outcome, output."""

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import FrameworkItems, FrameworkReport
from pipeline.tables import empty, write_table


def run(workspace: Workspace, params: Params) -> None:
    """Write `framework_report` and `framework_items`."""
    write_table(empty(FrameworkReport), workspace.table("framework_report"), FrameworkReport)
    write_table(empty(FrameworkItems), workspace.table("framework_items"), FrameworkItems)
