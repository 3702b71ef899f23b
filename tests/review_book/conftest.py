"""A small workbook to judge in, and a way to fill it in."""

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.judgements import text_hash
from pipeline.paths import ROOT
from pipeline.review_book import Choices, choices_of, framework_choices, read_review, write_review
from pipeline.review_book.form import FRAMEWORK_SHEET, PAIRS, READ_ME, TAGS
from pipeline.schemas import SCHEMES
from pipeline.sources import Limits
from pipeline.taxonomy import load_taxonomy

TODAY = date(2026, 3, 1)
LIMITS = Limits(100_000, 100 << 20)
TEXTS = {
    "1e5": "=Ratify the convention on the rights of judges",
    "00123456789a": "Protect women judges from attacks",
    "12e4567890ab": "Close the old prison of Lume\nand open no other",
}
"""Recommendation id -> text; ids a spreadsheet would like to take for numbers, a text it would like to compute."""

ITEMS = pd.DataFrame(
    [("XAA-1", "p1", "priority", "1", "Justice"), ("XAA-1", "o1", "outcome", "1.1", "Courts are independent"),
     ("XAA-1", "o2", "outcome", "1.2", "Prisons are humane")],
    columns=["framework_id", "item_id", "level", "code", "text"],
).assign(state="XAA", years="2021-2025", plan_name="Plan of Arvandia")  # fmt: skip


def hash_of(recommendation: str) -> str:
    return text_hash("XAA", TEXTS[recommendation])


def tag_sheet() -> pd.DataFrame:
    tags = [("1e5", "sdgs", "sdg:5.2"), ("1e5", "groups", "uhri-person:women-girls"), ("1e5", "action", "upr-action:4"),
            ("00123456789a", "sdgs", "sdg:16"), ("12e4567890ab", "themes", "upr-info:death-penalty")]  # fmt: skip
    rows = pd.DataFrame(tags, columns=["recommendation_id", "dimension_id", "concept_id"])
    return rows.assign(
        state_name="Arvandia", paragraph="A/HRC/1/2, para. 1", text=rows["recommendation_id"].map(TEXTS), dimension=rows["dimension_id"],
        label=rows["concept_id"], score=0.5, evidence="=words", why="a close call", labels_now=None,
        text_hash=rows["recommendation_id"].map(hash_of),
    )  # fmt: skip


def pair_sheet() -> pd.DataFrame:
    one, two = "00123456789a", "12e4567890ab"
    return pd.DataFrame([{
        "state_name": "Arvandia", "left_text": TEXTS[one], "right_text": TEXTS[two], "left_id": one, "right_id": two,
        "left_text_hash": hash_of(one), "right_text_hash": hash_of(two), "score_same_ask": 0.4, "reason": "differ in act",
        "grouped": "two asks", "why": "a close call", "left_where": "", "right_where": "",
    }])  # fmt: skip


def item_sheet() -> pd.DataFrame:
    one = "12e4567890ab"
    return pd.DataFrame([{
        "state_name": "Arvandia", "paragraph": "", "text": TEXTS[one], "recommendation_id": one, "dimension_id": "framework",
        "concept_id": "XAA-1/o1", "label": "1.1 Courts are independent", "score": 0.3, "evidence": None, "level": "outcome",
        "plan_name": "Plan of Arvandia", "text_hash": hash_of(one),
    }])  # fmt: skip


class Filled:
    """A workbook on disk: cells are named by sheet, heading and row of the export (1 is the first below the headings)."""

    def __init__(self, path: Path, choices: dict[str, Choices]) -> None:
        self.path, self.choices = path, choices
        self.book = openpyxl.load_workbook(path)

    def page(self, sheet: str = "Tags") -> Worksheet:
        return self.book[sheet]

    def column(self, heading: str, sheet: str = "Tags") -> int:
        return next(cell.column for cell in self.page(sheet)[1] if cell.value == heading)

    def put(self, heading: str, row: int, value: object, sheet: str = "Tags") -> None:
        self.page(sheet).cell(row + 1, self.column(heading, sheet)).value = value

    def sign(self, name: str = "Ada Berg", day: object = date(2026, 2, 28)) -> None:
        page = self.book[READ_ME]
        for cell in page["A"]:
            if cell.value in ("Reviewer", "Date"):
                page.cell(cell.row, 2).value = name if cell.value == "Reviewer" else day

    def save(self) -> None:
        self.book.save(self.path)

    def read(self, path: Path | None = None):
        return read_review(path or self.path, self.choices, today=TODAY, limits=LIMITS)

    def saved_and_read(self):
        self.save()
        return self.read()


@pytest.fixture(scope="session")
def offered() -> dict[str, Choices]:
    found = {name: choices_of(load_taxonomy(ROOT / "configs" / "taxonomies" / f"{scheme.replace('-', '_')}.yaml"))
             for name, scheme in SCHEMES.items()}  # fmt: skip
    return found | {"framework": framework_choices(ITEMS)}


@pytest.fixture
def filled(tmp_path: Path, offered: dict[str, Choices]) -> Filled:
    """Return a workbook with all sheets, signed on the first."""
    path = tmp_path / "review.xlsx"
    write_review({TAGS.name: tag_sheet(), PAIRS.name: pair_sheet(), FRAMEWORK_SHEET.name: item_sheet()}, offered, path)
    book = Filled(path, offered)
    book.sign()
    return book
