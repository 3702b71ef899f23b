"""What a person filled in comes back whole from openpyxl and from LibreOffice, through re-saves, formulas, sorting and merging."""

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from pipeline.review_book import told
from pipeline.review_book.form import DATE, TAGS, VERDICTS
from tests.review_book.conftest import TEXTS

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice is not installed: apt-get install libreoffice-calc"
)


def through_libreoffice(path: Path, *kinds: str) -> Path:
    """Return `path` opened and saved by LibreOffice in each of these kinds, the last of them .xlsx."""
    for number, kind in enumerate(kinds):
        out = path.parent / f"saved{number}"
        profile = (path.parent / "profile").as_uri()
        subprocess.run(
            [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", str(out), str(path)],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        path = out / f"{path.stem}.{kind}"
    return path


def fill(filled):
    """Judge with all a person may do that stays readable."""
    filled.put("Verdict", 1, "accept")
    filled.put("Verdict", 2, "reject")
    filled.put("Note", 2, "=HYPERLINK(1)")
    filled.page().cell(3, filled.column("Note")).data_type = "s"
    filled.put("Date", 2, "2026-01-31")
    filled.put("Add SDG", 4, "16.10")
    filled.put("Reviewer", 4, "007")
    filled.put("Right action", 3, "2")
    filled.put("Same ask?", 1, "yes", "Same ask")
    filled.put("Covers it?", 1, "unsure", "Framework")


EXPECTED = [
    ("1e5", "sdgs", "sdg:5.2", "accept", "Ada Berg", "2026-02-28", ""),
    ("1e5", "groups", "uhri-person:women-girls", "reject", "Ada Berg", "2026-01-31", "=HYPERLINK(1)"),
    ("1e5", "action", "upr-action:2", "add", "Ada Berg", "2026-02-28", ""),
    ("00123456789a", "sdgs", "sdg:16.10", "add", "007", "2026-02-28", ""),
    ("00123456789a", "same_ask", "12e4567890ab", "yes", "Ada Berg", "2026-02-28", ""),
    ("12e4567890ab", "framework", "XAA-1/o1", "unsure", "Ada Berg", "2026-02-28", ""),
]


def rows(reading):
    assert told(reading.problems) == []
    return list(reading.said.drop(columns=["text_hash", "other_hash"]).itertuples(index=False, name=None))


def test_through_openpyxl(filled):
    fill(filled)
    filled.save()
    again = openpyxl.load_workbook(filled.path)
    again.save(filled.path)
    assert rows(filled.read()) == EXPECTED


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("kinds", [("xlsx",), ("ods", "xlsx"), ("xls", "xlsx")])
def test_through_libreoffice(filled, kinds):
    fill(filled)
    filled.save()
    saved = through_libreoffice(filled.path, *kinds)
    assert rows(filled.read(saved)) == EXPECTED


@needs_libreoffice
@pytest.mark.slow
def test_formulas_that_libreoffice_computed_and_sorted_merged_renamed_pages(filled):
    at = filled.column("Verdict")
    filled.put("Verdict", 1, "reject")
    filled.put("Verdict", 2, f"={filled.page().cell(2, at).coordinate}")
    filled.put("Verdict", 4, "accept")
    filled.page().merge_cells(start_row=5, end_row=6, start_column=at, end_column=at)
    filled.page().title = "Tags (Ada)"
    filled.save()
    found = rows(filled.read(through_libreoffice(filled.path, "xlsx")))
    assert [(row[0], row[1], row[3]) for row in found] == [
        ("1e5", "sdgs", "reject"), ("1e5", "groups", "reject"), ("00123456789a", "sdgs", "accept"),
        ("12e4567890ab", "themes", "accept"),
    ]  # fmt: skip


@needs_libreoffice
@pytest.mark.slow
def test_libreoffice_keeps_drop_downs_ids_and_texts(filled):
    filled.save()
    book = openpyxl.load_workbook(through_libreoffice(filled.path, "xlsx"))
    page = book["Tags"]
    headings = [cell.value for cell in page[1]]
    lists = {str(rule.sqref).split(":")[0].rstrip("2"): rule.formula1 for rule in page.data_validations.dataValidation}
    verdicts = lists[page.cell(2, headings.index("Verdict") + 1).column_letter]
    sheet, _, area = verdicts.replace("$", "").replace("'", "").rpartition("!")
    assert tuple(row[0].value for row in book[sheet][area]) == VERDICTS["Verdict"]
    assert len(lists) == len(VERDICTS) - 2 + len(TAGS.adds)
    column = headings.index("recommendation_id")
    assert {row[column].value for row in page.iter_rows(min_row=2)} == set(TEXTS)
    texts = {row[headings.index("Text")] for row in page.iter_rows(min_row=2)}
    assert {cell.data_type for cell in texts} == {"s"}
    assert {cell.value for cell in texts} == set(TEXTS.values())
    assert book["Tags"].cell(2, headings.index(DATE) + 1).number_format.replace("\\", "") == "yyyy-mm-dd"
