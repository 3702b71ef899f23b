"""Write the invented frameworks of `data/raw/frameworks/sample/` from frameworks.yaml, the same every time.

python -m tests.sample.frameworks
"""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from tests.sample.content import HERE
from tests.sample.documents import BUILT

FRAMEWORKS = HERE.parents[1] / "data" / "raw" / "frameworks" / "sample"
UN_INFO_HEADERS = [
    "Country", "Plan name", "Strategic priority code", "Strategic priority", "Outcome code", "Outcome", "Output code",
    "Output", "Sub-Output publication status", "Sub-Output code", "Sub-Output", "ID", "Description", "Start date",
    "End date", "Status", "Agency abbreviations", "Agencies", "Contributing partners", "Implementation partners",
    "SDG Targets", "SDG Goals", "Geography", "QCPR function", "Humanitarian marker", "Gender marker",
    "Human rights marker", "Human rights marker narrative", "Sustaining peace marker", "LNOB groups targeted",
    "Total required resources", "Total available resources", "Total expenditure resources",
]  # fmt: skip
BROKEN = {"–": "‚Äì", "’": "‚Äô"}
"""UTF-8 that was once read as Mac Roman, as UN INFO's exports have it."""


def contents() -> list[dict[str, Any]]:
    """Return the files of the sample, as frameworks.yaml writes them."""
    files: list[dict[str, Any]] = yaml.safe_load((HERE / "frameworks.yaml").read_text(encoding="utf-8"))
    return files


def _outputs(file: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]]:
    for plan in file["plans"]:
        for priority in plan["priorities"]:
            for outcome in priority["outcomes"]:
                for output in outcome["outputs"]:
                    yield plan["name"], priority, outcome, output


def un_info_rows(file: dict[str, Any]) -> list[list[Any]]:
    """Return one row an activity in UN INFO's layout, its broken characters included."""
    table: list[list[Any]] = [UN_INFO_HEADERS]
    for number, (plan, priority, outcome, output) in enumerate(_outputs(file), 1):
        targets = ",".join(f"{target} In words, as the goal has it, with commas" for target in output["targets"])
        known = {
            "Country": file["state"], "Plan name": plan, "Strategic priority code": priority["code"],
            "Strategic priority": priority["text"], "Outcome code": outcome["code"], "Outcome": outcome["text"],
            "Output code": output["code"], "Output": output["text"], "Sub-Output code": str(number),
            "Sub-Output": f"Activity {number} of the sample", "ID": 9000 + number, "Description": "-",
            "Agency abbreviations": "; ".join(output["agencies"]), "SDG Targets": targets,
            "LNOB groups targeted": output.get("groups", "-"),
        }  # fmt: skip
        table.append([_broken(known.get(header, "-")) for header in UN_INFO_HEADERS])
    return table


def _broken(value: Any) -> Any:
    if isinstance(value, str):
        for char, shown in BROKEN.items():
            value = value.replace(char, shown)
    return value


def matrix_rows(file: dict[str, Any]) -> list[list[Any]]:
    """Return one row an outcome or output, as a person types it."""
    levels = file.get("levels", {})
    table: list[list[Any]] = [file["headers"]]
    for plan in file["plans"]:
        for priority in plan["priorities"]:
            for outcome in priority["outcomes"]:
                for level, item, parent in (
                    ("outcome", outcome, ""), *(("output", output, outcome["code"]) for output in outcome["outputs"]),
                ):  # fmt: skip
                    table.append([
                        file["state"], plan["name"], str(item["code"]), levels.get(level, level), parent, priority["text"],
                        item["text"], "; ".join(map(str, item.get("targets", []))), "; ".join(item.get("agencies", [])),
                    ])  # fmt: skip
    return table


def content(file: dict[str, Any]) -> bytes:
    """Return the bytes of one file of the sample."""
    table = un_info_rows(file) if file["in"] == "un_info" else matrix_rows(file)
    if file["file"].endswith(".csv"):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(table)
        return text.getvalue().encode()
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": BUILT})
        page = book.add_worksheet("Sheet1")
        for number, row in enumerate(table):
            page.write_row(number, 0, row)
    return buffer.getvalue()


def build(folder: Path) -> list[Path]:
    """Write the files to `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in contents():
        (folder / file["file"]).write_bytes(content(file))
    return [folder / file["file"] for file in contents()]


if __name__ == "__main__":
    for path in build(FRAMEWORKS):
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
