"""ledger: the history of each ask over cycles, mechanisms, recommending States and positions."""

from pipeline.ledger import ask_ledger
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import AskLedger
from pipeline.tables import empty, read_table, write_table


def run(workspace: Workspace, params: Params) -> None:
    """Write `ask_ledger`: one row an ask."""
    asks = read_table(workspace.table("asks"))
    if asks.empty:
        write_table(empty(AskLedger), workspace.table("ask_ledger"), AskLedger)
        return
    ledger = ask_ledger(
        read_table(workspace.table("recommendations")),
        read_table(workspace.table("recommending_states")),
        asks,
        read_table(workspace.table("ask_links")),
        read_table(workspace.table("labels")),
    )
    write_table(ledger, workspace.table("ask_ledger"), AskLedger)
