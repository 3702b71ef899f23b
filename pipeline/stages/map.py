"""map: which outcomes and outputs of its State's Cooperation Framework carry each recommendation and ask."""

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import FrameworkAskMap, FrameworkMap
from pipeline.tables import empty, write_table


def run(workspace: Workspace, params: Params) -> None:
    """Write `framework_map` and `framework_ask_map`."""
    write_table(empty(FrameworkMap), workspace.table("framework_map"), FrameworkMap)
    write_table(empty(FrameworkAskMap), workspace.table("framework_ask_map"), FrameworkAskMap)
