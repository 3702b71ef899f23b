"""Leave no one behind: affected groups by the outcome that carries what is asked for them, or by none."""

import pandas as pd

from pipeline.frameworks.coverage import Carried
from pipeline.schemas.frameworks import NOT_COVERED, LnobMatrix
from pipeline.text import fold


def lnob_table(of: Carried) -> pd.DataFrame:
    """Return the rows of `LnobMatrix` for one framework: only cells with a recommendation."""
    items = of.items.set_index("item_id")
    state, framework_id = of.items["state"].iloc[0], of.items["framework_id"].iloc[0]
    named = {item: _named(of.items, item) for item in items.index[items["level"] == "outcome"]}
    pairs = of.recommendations.assign(group=of.recommendations["recommendation_id"].map(of.groups)).explode("group")
    rows = []
    for (group, item), part in pairs.dropna(subset="group").groupby(["group", "item_id"], sort=True):
        commonest = part.sort_values(["ask_size", "recommendation_id"], ascending=[False, True])
        rows.append({
            "group": group, "item_id": item, "code": None if item == NOT_COVERED else items.at[item, "code"],
            "n_recommendations": len(part), "n_asks": part["ask_id"].nunique(),
            "n_supported": int((part["position"] == "supported").sum()),
            "item_names_group": fold(str(group)) in named.get(item, set()),
            "example": commonest["recommendation_id"].iloc[0],
        })  # fmt: skip
    made = pd.DataFrame(rows, columns=[name for name in LnobMatrix.to_schema().columns])
    return made.assign(framework_id=framework_id, state=state)


def _named(items: pd.DataFrame, outcome: str) -> set[str]:
    """Return the groups, folded, that an outcome or its outputs name or are said to target."""
    own = items[(items["item_id"] == outcome) | (items["parent_id"] == outcome)]
    cells = pd.concat([own["named_groups"], own["lnob_groups"]]).dropna()
    return {fold(name) for cell in cells for name in cell.split(";")}
