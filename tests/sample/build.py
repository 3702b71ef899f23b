"""Write the sample of `data/raw/sources/sample/` from the YAML files beside this script, the same every time.

python -m tests.sample.build            # writes the eleven files
"""

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
import xlwt
import yaml

from tests.sample.content import HERE, NBSP, Item, contents, items, pledges
from tests.sample.documents import ADDENDUM, BUILT, MATRIX, REPORT, addendum_docx, matrix_docx, report_pdf

SAMPLE = HERE.parents[1] / "data" / "raw" / "sources" / "sample"
CYCLES = {5: 1, 8: 1, 11: 1, 19: 2, 22: 2, 25: 2, 33: 3, 36: 3, 39: 3}
UHRI_POSITIONS = {
    "supported": "Supported", "noted": "Noted", "partially_supported": "Partially supported", "pending": "Pending",
}  # fmt: skip
UPR_INFO_RESPONSES = {"supported": "Accepted", "noted": "Noted", "pending": "Pending"}
FRENCH_POSITIONS = {
    "supported": "Acceptée", "noted": "Notée", "partially_supported": "Partiellement acceptée", "pending": "En suspens",
}  # fmt: skip
MECHANISMS = {"upr": "UPR", "treaty_body": "Treaty body", "special_procedure": "Special procedure"}
UHRI_HEADERS = [
    "Text", "Countries Concerned", "Reccomending Body", "Document Symbol", "Themes", "Affected Persons", "Sdgs",
    "Document Publication Date", "UPR Reccomending States", "UPR Position", "Type", "OHCHR Annotation Id",
    "UPR Session", "Regions Concerned", "Recommending Regions", "Date of publication on UHRI",
]  # fmt: skip


def uhri_json(file: str) -> bytes:
    """Return the rows of `file` in the layout of UHRI's bulk export, its odd blanks and dashes included."""
    rows = [
        {
            "AffectedPersons": list(item.persons), "AnnotationId": item.annotation,
            "AnnotationType": f"- {item.kind}", "Body": f"- {item.body}",
            "Countries": [name for name in [item.state["state"] if item.country is None else item.country] if name],
            "DocumentId": None, "PublicationDate": f"{item.date}T00:00:00", "PublicationDateOnUhri": None,
            "Regions": [item.state["region"]], "Sdgs": list(item.sdgs), "Symbol": item.symbol, "Text": item.uhri_text,
            "Themes": [f"{NBSP}{theme}" if " & " in theme else theme for theme in item.themes],
            "UprCycle": str(CYCLES[item.session]) if item.session else None,
            "UprPositions": [UHRI_POSITIONS[item.position]] if item.position else [],
            "UprRecommendingCountry": list(item.states), "UprRecommendingRegions": [],
            "UprSession": [f"{item.session} Session"] if item.session else [],
        }
        for item in items(file)
    ]  # fmt: skip
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def uhri_xlsx(file: str) -> bytes:
    """Return the rows of `file` in the layout of UHRI's search export: dashes, lines in cells, date serials."""

    def lines(*values: str) -> str | None:
        return "\n".join(f"- {value}" for value in values) or None

    table = [
        [
            item.uhri_text, lines(item.state["state"]), lines(item.body), item.symbol, lines(*item.themes),
            lines(*item.persons), lines(*item.sdgs), _serial(item.date), lines(*item.states),
            lines(UHRI_POSITIONS[item.position]) if item.position else None, lines(item.kind), item.annotation,
            lines(f"{item.session}th Session") if item.session else None, lines(item.state["region"]), None,
            _serial("2024-01-01"),
        ]
        for item in items(file)
    ]  # fmt: skip
    return _xlsx("Sheet1", UHRI_HEADERS, table)


def _serial(day: str) -> int:
    """Return a date as Excel counts it."""
    return (date.fromisoformat(day) - date(1899, 12, 30)).days


def _xlsx(sheet: str, headers: list[str], table: list[list[Any]]) -> bytes:
    """Return one sheet as XLSX, every text as text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": BUILT})
        page = book.add_worksheet(sheet)
        for number, row in enumerate([headers, *table]):
            page.write_row(number, 0, row)
    return buffer.getvalue()


def _upr_info_rows(shown: list[Item], headers: list[str]) -> list[list[Any]]:
    """Return one row a recommending State under `headers`; a compound paragraph becomes its clauses."""
    groups = yaml.safe_load((HERE / "groups.yaml").read_text(encoding="utf-8"))
    table: list[list[Any]] = [headers]
    for item in shown:
        parts = [
            replace(item, text=clause["text"][0].upper() + clause["text"][1:], states=tuple(clause["from"]))
            for clause in item.clauses
        ]
        for part in parts or [item]:
            to = [part.state["state"], part.state["group"], part.state["organisations"]]
            response = UPR_INFO_RESPONSES.get(part.position or "", "Voluntary Pledge")
            for name in part.states:
                by = [name, *groups.get(name, ["", ""])]
                table.append([*to, part.text, *by, response, part.action, part.issues, part.session])
    return table


def upr_info_xls(file: str) -> bytes:
    """Return the rows of `file` in UPR Info's own layout, with its doubled headers."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("UPR Info database export")
    headers = ["SuR", "Rgrp", "Org", "Recommendation", "RS", "Rgrp", "Org", "Response", "Action", "Issue", "Session"]
    for number, row in enumerate(_upr_info_rows(items(file), headers)):
        for column, value in enumerate(row):
            page.write(number, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upr_info_csv(file: str) -> bytes:
    """Return the rows of `file` as UPR Info's CSV re-saves: Mac Roman, bare carriage returns."""
    headers = ["To", "To-Rgrp", "To-Org", "Text", "From", "From-Rgrp", "From-Org", "Response", "Action", "Issue",
               "Session"]  # fmt: skip
    buffer = io.StringIO()
    shown = pledges() if "pledges" in file else items(file)
    csv.writer(buffer, lineterminator="\r").writerows(_upr_info_rows(shown, headers))
    return buffer.getvalue().encode("mac_roman")


def _generic(file: str, positions: dict[str, str]) -> list[list[Any]]:
    """Return the rows of `file` with the columns a person would choose."""
    return [
        [
            item.state["state"], MECHANISMS[item.mechanism], item.body, item.symbol, item.paragraph, item.session,
            item.date, item.text, "; ".join(item.states) or None, positions[item.position] if item.position else None,
        ]
        for item in items(file)
    ]  # fmt: skip


def generic_csv(file: str) -> bytes:
    """Return the rows of `file` as UTF-8 CSV under English headers."""
    headers = ["State under review", "Mechanism", "Body", "Document symbol", "Paragraph", "Session", "Date",
               "Recommendation", "Recommending States", "Position"]  # fmt: skip
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([headers, *_generic(file, UHRI_POSITIONS)])
    return buffer.getvalue().encode()


def generic_xlsx(file: str) -> bytes:
    """Return the rows of `file` as XLSX under French headers."""
    headers = ["État examiné", "Mécanisme", "Organe", "Cote du document", "Paragraphe", "Session", "Date",
               "Recommandation", "États auteurs", "Position"]  # fmt: skip
    return _xlsx("Recommandations", headers, _generic(file, FRENCH_POSITIONS))


def generic_parquet(file: str) -> bytes:
    """Return the rows of `file` as Parquet, the States under review by their codes."""
    names = ["state_under_review", "mechanism", "body", "document_symbol", "paragraph", "session", "date", "text",
             "recommending_states", "position"]  # fmt: skip
    frame = pd.DataFrame(_generic(file, UHRI_POSITIONS), columns=names)
    codes = {state["state"]: state["iso3"] for state in contents()}
    return bytes(frame.assign(state_under_review=frame["state_under_review"].map(codes)).to_parquet(index=False))


FILES: dict[str, Callable[[str], bytes]] = {
    "uhri_export.json": uhri_json,
    "uhri_search.xlsx": uhri_xlsx,
    "upr_info_sessions_5_to_22.xls": upr_info_xls,
    "upr_info_sessions_11_to_25.csv": upr_info_csv,
    "upr_info_pledges.csv": upr_info_csv,
    "generic_english.csv": generic_csv,
    "generic_french.xlsx": generic_xlsx,
    "generic.parquet": generic_parquet,
    REPORT: report_pdf,
    ADDENDUM: addendum_docx,
    MATRIX: matrix_docx,
}


def build(folder: Path) -> list[Path]:
    """Write the files to `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        (folder / name).write_bytes(content(name))
    return [folder / name for name in FILES]


if __name__ == "__main__":
    for path in build(SAMPLE):
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
