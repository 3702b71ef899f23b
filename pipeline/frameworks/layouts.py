"""The two layouts of a framework's file: one row an activity or output with all above it, and one row an item."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.sources.grid import Columns, Row, header_key, matched
from pipeline.sources.record import SourceError

UN_INFO, RESULTS_MATRIX = "un_info", "results_matrix"

_SHARED = {
    "state": ["Country", "State", "State under review", "Pays", "País", "Estado", "État", "Country name", "Estado examinado"],
    "plan": ["Plan name", "Plan", "plan_name", "Framework", "Nom du plan", "Nombre del plan", "Nome do plano", "Cooperation Framework"],
    "priority": ["Strategic priority", "strategic_priority", "Priority", "Priorité stratégique", "Prioridad estratégica", "Prioridade estratégica", "Pillar"],
    "sdg_targets": ["SDG Targets", "sdg_targets", "SDG target", "Cibles ODD", "Metas ODS", "SDGs", "SDG", "ODD", "ODS"],
    "agencies": ["Agency abbreviations", "agencies", "Agencies", "UN agencies", "Agences", "Agencias", "Agências", "Agency"],
    "lnob": ["LNOB groups targeted", "lnob", "LNOB", "lnob_groups", "LNOB groups", "Groups left behind"],
    "years": ["Years", "Period", "Plan period", "Cycle", "Années", "Años", "Anos", "Période", "Periodo", "Período"],
    "start_year": ["Start year", "Plan start", "start_year", "Plan start date", "Année de début"],
    "end_year": ["End year", "Plan end", "end_year", "Plan end date", "Année de fin"],
}  # fmt: skip
_WIDE = _SHARED | {
    "priority_code": ["Strategic priority code", "Priority code"],
    "outcome": ["Outcome", "Outcome text", "Effet", "Résultat", "Efecto directo", "Resultado", "Efecto", "Efeito"],
    "outcome_code": ["Outcome code"],
    "output": ["Output", "Output text", "Produit", "Producto", "Produto"],
    "output_code": ["Output code"],
    "activity": ["Sub-Output", "Key activity"],
}  # fmt: skip
_LONG = _SHARED | {
    "level": ["level", "Type", "Result level", "Niveau", "Nivel", "Nível", "Item level"],
    "text": ["text", "Result", "Results", "Description", "Statement", "Wording", "Texte", "Texto", "Libellé", "Enunciado", "Formulation"],
    "code": ["code", "Código", "Codigo", "Number", "No.", "Numéro", "Número", "Result code", "N°", "Nº"],
    "parent_code": ["parent_code", "Parent", "Parent code", "Code parent", "Código padre", "Código pai", "Belongs to"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout, its columns by our names and those it cannot do without."""

    name: str
    synonyms: dict[str, list[str]]
    needed: tuple[str, ...]
    shown: tuple[str, ...]


LAYOUTS = (
    Layout(UN_INFO, _WIDE, ("outcome", "output"), ("Country", "Plan name", "Outcome", "Output")),
    Layout(RESULTS_MATRIX, _LONG, ("level", "text"), ("state", "plan_name", "code", "level", "parent_code", "text")),
)


def recognised(rows: Sequence[Row]) -> tuple[Layout, Row, Columns] | None:
    """Return the first row that is the header of a layout, with that layout and its columns."""
    for row in rows:
        for layout in reversed(LAYOUTS):
            columns = matched(row, layout.synonyms)
            if all(name in columns for name in layout.needed):
                return layout, row, columns
    return None


def unknown_header(path: Path, rows: Sequence[Row]) -> SourceError:
    """Return an error that shows the header found and the columns of both layouts, with the likeliest misspelling."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return SourceError(path, "the whole file", "has no rows", "Put a file with a header and rows here")
    header = max(filled[:10], key=lambda row: sum(bool(cell.strip()) for cell in row))
    keys = {header_key(cell): cell.strip() for cell in header if cell.strip()}
    hints = []
    for name in {name for layout in LAYOUTS for name in layout.shown}:
        near = difflib.get_close_matches(header_key(name), keys, n=1, cutoff=0.85)
        if near and header_key(name) not in keys:
            hints.append(f"'{keys[near[0]]}' may be meant for '{name}'")
    shown = ", ".join(cell.strip()[:40] for cell in header[:12] if cell.strip())
    wanted = " or ".join(", ".join(layout.shown) for layout in LAYOUTS)
    return SourceError(
        path, "the header", f"is not that of a framework. Found: {shown}{'; ' + '; '.join(sorted(hints)) if hints else ''}",
        f"Rename the columns to {wanted} (docs/frameworks.md); recommendations belong in data/raw/sources",
    )  # fmt: skip
