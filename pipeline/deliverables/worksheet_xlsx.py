"""After a review: the worksheet in which ministries say what they do, by when, and how it is seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipeline.deliverables.facts import MARKS, POSITIONS, Facts, Row, place
from pipeline.deliverables.matrix import translated
from pipeline.deliverables.notes import READING, draft, footer
from pipeline.deliverables.sheets import A3, A4, Column, Look, Value, book, notes, write
from pipeline.milestones import Milestones

STATUSES = ("Not started", "In progress", "Done", "Stopped", "Not planned", "Not known")
_NO_POSITION = "none: not of the UPR"
COLUMNS = (
    Column("Where it stands", 15), Column("Recommendation", 48), Column("Made by", 20), Column("Position", 12),
    Column("Action strength", 13), Column("Lead ministry", 22, to_fill=True), Column("Action", 32, to_fill=True),
    Column("Deadline", 12, to_fill=True), Column("Indicator", 22, to_fill=True),
    Column("Means of verification", 22, to_fill=True), Column("Status", 13, to_fill=True),
    Column("Mid-term (estimate)", 12), Column("Next review (estimate)", 12),
    Column("Also concerned", 22, to_fill=True), Column("Lead because of", 18), Column("Remarks", 26, to_fill=True),
    Column("Themes", 48), Column("Affected groups", 40), Column("SDG targets", 34), Column("Also asked (same ask)", 24),
    Column("Cooperation Framework", 28), Column("Translation", 44), Column("Identifier", 15),
)  # fmt: skip
_PRINTED = 13
_AT = {column.head: at for at, column in enumerate(COLUMNS)}
_SPARE_ROWS = 100
"""Rows below the last in which drop-downs work too, for actions people add."""


def write_worksheet(
    path: Path,
    facts: Facts,
    leads: Mapping[str, Row],
    also: Mapping[str, str],
    framework: Mapping[str, str],
    days: Milestones,
    rule: str,
    *,
    written: datetime,
) -> int:
    """Write the worksheet and return the number of recommendations in it.

    Args:
        path: the .xlsx file.
        facts: of the State under review.
        leads: recommendation id -> lead_ministry, also_concerned, ministry_because.
        also: recommendation id -> who else makes the same ask.
        framework: recommendation id -> the outcome that carries it.
        days: estimated days of the latest review.
        rule: how the days are estimated, in words.
        written: day of the document's properties.
    """
    upr, others = facts.latest(), facts.other_mechanisms()
    shown = [*upr, *others]
    foot = footer(facts, shown, "recommendation")
    with book(path, f"{facts.name}: implementation worksheet", written) as (made, look):
        pages = (("Latest UPR review", upr, days), ("Other mechanisms", others, Milestones(None, None, None)))
        for title, rows, due in pages:
            values = [_values(facts, row, leads, also, framework, due) for row in rows]
            page = made.add_worksheet(title)
            write(page, COLUMNS, values, look, frozen=2, footer=foot[0], printed=_PRINTED, paper=A3)
            page.autofilter(0, 0, max(len(values), 1), len(COLUMNS) - 1)
            _to_choose(page, len(values) + _SPARE_ROWS)
        counts = Counter(leads.get(row["recommendation_id"], {}).get("lead_ministry") or "" for row in upr)
        _by_ministry(made, look, counts, len(upr))
        _choices(made)
        notes(made.add_worksheet("How to use"), "How to use this worksheet", _notes(foot, rule), look)
    return len(shown)


def _values(
    facts: Facts,
    row: Row,
    leads: Mapping[str, Row],
    also: Mapping[str, str],
    framework: Mapping[str, str],
    days: Milestones,
) -> list[Value]:
    rid = row["recommendation_id"]
    lead = leads.get(rid, {})
    positioned = row["mechanism"] == "upr"
    targets = [
        f"{tag.concept_id.split(':')[-1]}{MARKS[tag.origin]}"
        for tag in facts.tags.get((rid, "sdgs"), [])
        if "." in tag.concept_id
    ]
    return [
        place(row), f"{row['text']}{draft(row)}", ", ".join(facts.made_by.get(rid, [])) or row["body"],
        POSITIONS[row["position"]] if positioned else _NO_POSITION, facts.strength(rid),
        lead.get("lead_ministry"), None, None, None, None, None, days.mid_term, days.next_review,
        lead.get("also_concerned"), lead.get("ministry_because"), None,
        "; ".join(facts.marked(rid, "themes")), "; ".join(facts.marked(rid, "groups")), "; ".join(targets),
        also.get(rid), framework.get(rid, "not mapped"),
        "\n".join(f"[{head}] {text}" for head, text in translated(facts, row)), rid,
    ]  # fmt: skip


def _to_choose(page: Worksheet, last: int) -> None:
    """Add the drop-down of statuses, and have deadlines be days."""
    status, deadline = _AT["Status"], _AT["Deadline"]
    page.data_validation(1, status, last, status, {
        "validate": "list", "source": f"=Lists!$A$1:$A${len(STATUSES)}", "error_title": "Status",
        "error_message": "Choose one of the list; empty means that nobody has said.",
    })  # fmt: skip
    page.data_validation(1, deadline, last, deadline, {
        "validate": "date", "criteria": ">", "value": datetime(2000, 1, 1), "error_title": "Deadline",
        "error_message": "Write a day, e.g. 2026-06-30.",
    })  # fmt: skip


def _by_ministry(made: Workbook, look: Look, counts: Mapping[str, int], rows: int) -> None:
    """Add a sheet that counts, by formula, what each ministry has and how far it is; the counts of today stand in it."""
    page = made.add_worksheet("By ministry")
    heads = ("Lead ministry", "Recommendations", *STATUSES, "No status yet")
    page.set_column(0, 0, 44)
    page.set_column(1, len(heads) - 1, 15)
    for at, head in enumerate(heads):
        page.write_string(0, at, head, look.head)
    sheet, end = "'Latest UPR review'", rows + _SPARE_ROWS + 1
    column = {head: xl_col_to_name(_AT[head]) for head in ("Lead ministry", "Status", "Identifier")}
    span = {head: f"{sheet}!${name}$2:${name}${end}" for head, name in column.items()}
    present = f'{span["Identifier"]},"?*"'
    for number, name in enumerate([*sorted(filter(None, counts)), ""], start=1):
        page.write_string(number, 0, name or "(no ministry yet)", look.text)
        match = f"{span['Lead ministry']},$A{number + 1}" if name else f'{span["Lead ministry"]},""'
        today = counts.get(name, 0)
        page.write_formula(number, 1, f"=COUNTIFS({match},{present})", look.number, today)
        for at, status in enumerate(STATUSES, start=2):
            page.write_formula(number, at, f'=COUNTIFS({match},{present},{span["Status"]},"{status}")', look.number, 0)
        unsaid = f'=COUNTIFS({match},{present},{span["Status"]},"")'
        page.write_formula(number, len(heads) - 1, unsaid, look.number, today)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&8Unit: recommendation of the latest UPR review&R&8Page &P of &N")


def _choices(made: Workbook) -> None:
    page = made.add_worksheet("Lists")
    page.write_column(0, 0, STATUSES)
    page.hide()


def _notes(foot: Sequence[str], rule: str) -> list[str]:
    return [
        *foot,
        "Yellow columns are to be filled in. Lead ministry and Also concerned come from configs/ministries.csv, by the theme, group "
        "or SDG named under “Lead because of”; where the table says nothing the cell is empty, and nobody guessed. Overwrite them freely.",
        "Status: choose from the list. Empty means that nobody has said; “Not known” that it was asked and not answered. Done needs "
        "a means of verification.",
        rule,
        *READING,
    ]
