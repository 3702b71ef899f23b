"""From the queue to a workbook, to a person, and back into the tables: the whole way, on the sample."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.params import Params
from pipeline.paths import ROOT, Workspace
from pipeline.stages import run_stage
from pipeline.tables import read_table

DAY = "2026-01-31"


@dataclass
class Desk:
    """A copy of the sample's tables, a folder of judgements and a workbook."""

    space: Workspace
    params: Params
    book: Path

    def upr(self, command: str, *args: str) -> Result:
        places = ["--processed", str(self.space.processed)]
        if command != "report":
            places += ["--judgements", str(self.space.judgements)]
        return CliRunner().invoke(app, ["review", command, *args, *places])

    def export(self, *args: str) -> openpyxl.Workbook:
        result = self.upr("export", "-o", str(self.book), *args)
        assert result.exit_code == 0, result.output
        return openpyxl.load_workbook(self.book)

    def fill(self, book: openpyxl.Workbook, sheet: str, row: int, **cells: str) -> dict[str, str]:
        """Fill in a row (1 is the first) and sign it; return its hidden ids. `_` stands for a space in headings."""
        page = book[sheet]
        column = {str(cell.value): cell.column for cell in page[1]}
        for heading, value in {"Reviewer": "Ada Berg", "Date": DAY, **cells}.items():
            page.cell(row + 1, column[heading.replace("_", " ")]).value = value
        book.save(self.book)
        hidden = ("recommendation_id", "dimension_id", "concept_id", "left_id", "right_id")
        return {name: page.cell(row + 1, column[name]).value for name in hidden if name in column}

    def settle(self, *stages: str) -> None:
        for stage in stages or ("settle",):
            run_stage(stage, self.space, self.params)

    def table(self, name: str):
        return read_table(self.space.table(name))

    def explain(self, recommendation: str) -> str:
        return CliRunner().invoke(app, ["explain", recommendation, "--processed", str(self.space.processed)]).output


@pytest.fixture
def desk(ran, tmp_path, params) -> Desk:
    shutil.copytree(ran[1].processed, tmp_path / "out")
    (tmp_path / "judgements").mkdir()
    space = Workspace(
        sources=ran[1].sources, processed=tmp_path / "out", judgements=tmp_path / "judgements", configs=ROOT / "configs",
        released=ROOT / "models" / "released", cache=ran[1].cache,
    )  # fmt: skip
    return Desk(space, params, tmp_path / "review.xlsx")


def test_a_verdict_goes_all_the_way_to_labels_queue_training_and_explain(desk):
    book = desk.export("--dimension", "themes")
    one = desk.fill(book, "Tags", 1, Verdict="reject", Add_SDG="16.10")
    result = desk.upr("import", str(desk.book))
    assert result.exit_code == 0, result.output
    assert "2 new judgements (tags-ada-berg.csv); 0 were known already" in result.output
    desk.settle()
    labels = desk.table("labels")
    mine = labels[labels["recommendation_id"] == one["recommendation_id"]]
    assert one["concept_id"] not in set(mine["concept_id"])
    added = mine.set_index("concept_id").loc["sdg:16.10"]
    assert added[["origin", "reviewer", "date"]].tolist() == ["human", "Ada Berg", DAY]
    queue = desk.table("review_queue")
    asked = set(queue[["recommendation_id", "concept_id"]].itertuples(index=False, name=None))
    assert (one["recommendation_id"], one["concept_id"]) not in asked
    learnt = desk.table("judged_texts")
    assert ("sdg:16.10", True) in set(learnt[["concept_id", "certain"]].itertuples(index=False, name=None))
    told = desk.explain(one["recommendation_id"])
    assert f"[{one['concept_id']}] does not apply (no: Ada Berg ({DAY}))" in told
    assert f"[sdg:16.10] applies (yes: Ada Berg ({DAY}))" in told


def test_a_second_run_and_a_second_import_change_nothing(desk):
    desk.fill(desk.export(), "Tags", 1, Verdict="reject")
    desk.upr("import", str(desk.book))
    desk.settle()
    files = {
        path: path.read_bytes()
        for folder in (desk.space.judgements, desk.space.processed)
        for path in folder.iterdir()
        if path.is_file()
    }
    result = desk.upr("import", str(desk.book))
    assert "0 new judgements (no file changed); 1 were known already" in result.output
    desk.settle()
    assert {path: path.read_bytes() for path in files} == files


def test_nothing_is_kept_of_a_workbook_with_an_error(desk):
    book = desk.export()
    desk.fill(book, "Tags", 1, Verdict="reject")
    desk.fill(book, "Tags", 2, Verdict="maybe")
    desk.fill(book, "Same ask", 1, **{"Same ask?": "perhaps"})
    result = desk.upr("import", str(desk.book))
    assert result.exit_code == 1
    assert "Tags!G3: 'maybe' is no verdict" in result.output
    assert "Same ask!F2: 'perhaps' is no verdict; choose yes, no or unsure" in result.output
    assert "1 other rows are in order" in result.output
    assert list(desk.space.judgements.iterdir()) == []


@pytest.mark.parametrize(("verdict", "together"), [("yes", True), ("no", False)])
def test_what_is_said_of_a_pair_joins_or_parts_its_asks_and_is_explained(desk, verdict, together):
    pairs = desk.table("pairs")
    ask_of = desk.table("asks").set_index("recommendation_id")["ask_id"]
    inside = pairs["left_id"].map(ask_of) == pairs["right_id"].map(ask_of)
    free = pairs[(inside != together) & pairs["cannot_link"].isna()]
    left, right = free.iloc[0][["left_id", "right_id"]]
    head = "left_id,right_id,verdict,reviewer,date\n"
    (desk.space.judgements / "pairs.csv").write_text(f"{head}{left},{right},{verdict},Ada,{DAY}\n")
    desk.settle("cluster", "link", "settle", "ledger")
    now = desk.table("asks").set_index("recommendation_id")
    assert (now.loc[left, "ask_id"] == now.loc[right, "ask_id"]) == together
    told = desk.explain(right)
    assert f"same_ask: as [{left}] {'applies' if together else 'does not apply'} ({verdict}: Ada ({DAY}))" in told
    if together:
        assert "judged one ask by Ada" in told


def test_a_pair_judged_in_the_workbook_is_not_asked_again(desk):
    first = desk.fill(desk.export("--dimension", "same_ask"), "Same ask", 1, **{"Same ask?": "no"})
    desk.upr("import", str(desk.book))
    book = desk.export("--dimension", "same_ask")
    assert book.sheetnames == ["Read me", "Same ask", "Lists"]
    page = book["Same ask"]
    column = {str(cell.value): cell.column - 1 for cell in page[1]}
    asked = {(row[column["left_id"]].value, row[column["right_id"]].value) for row in page.iter_rows(min_row=2)}
    assert (first["left_id"], first["right_id"]) not in asked


def test_reviewers_who_differ_are_told_at_import_listed_in_the_report_and_asked_first(desk):
    one = desk.fill(desk.export(), "Tags", 1, Verdict="reject")
    desk.upr("import", str(desk.book))
    again = openpyxl.load_workbook(desk.book)
    desk.fill(again, "Tags", 1, Verdict="accept", Reviewer="Ben")
    result = desk.upr("import", str(desk.book))
    assert "1 tags or pairs on which reviewers differ" in result.output
    assert f"yes says Ben ({DAY}), no says Ada Berg ({DAY}); stands: open" in result.output
    desk.settle()
    report = desk.upr("report").output
    assert "Ada Berg / Ben" in report
    assert "all reviewers" in report
    assert "reviewers differ" in report
    page = desk.export()["Tags"]
    column = {str(cell.value): cell.column for cell in page[1]}
    assert page.cell(2, column["recommendation_id"]).value == one["recommendation_id"]
    assert "reviewers differ" in page.cell(2, column["Why asked"]).value


def test_a_judgement_on_a_text_that_changed_is_kept_told_and_asked_again(desk):
    one = desk.fill(desk.export(), "Tags", 1, Verdict="reject")
    path = desk.space.table("recommendations")
    known = read_table(path)
    changed = known["recommendation_id"] == one["recommendation_id"]
    known.assign(text=known["text"].mask(changed, "A text of other words")).to_parquet(path)
    result = desk.upr("import", str(desk.book))
    assert "1 judgements of this file are kept and not applied" in result.output
    assert "its text has changed since: judge it again" in result.output
    desk.settle()
    assert desk.table("orphaned_judgements")["recommendation_id"].tolist() == [one["recommendation_id"]]
    assert "kept and not applied" in desk.upr("report").output


def test_what_was_taken_back_does_not_come_back_with_an_older_file(desk):
    desk.fill(desk.export(), "Tags", 1, Verdict="reject")
    desk.upr("import", str(desk.book))
    older = desk.book.read_bytes()
    desk.fill(openpyxl.load_workbook(desk.book), "Tags", 1, Verdict="accept")
    desk.upr("import", str(desk.book))
    desk.book.write_bytes(older)
    result = desk.upr("import", str(desk.book))
    assert "0 new judgements" in result.output
    assert "1 of those known were taken back by the same reviewer since" in result.output


def test_only_the_states_dimensions_and_rows_asked_for_are_written(desk):
    book = desk.export(
        "--state", "Belmora", "--dimension", "groups", "--dimension", "sdgs", "-n", "4", "--reviewer", "Ada"
    )
    assert book.sheetnames == ["Read me", "Tags", "Lists"]
    page = book["Tags"]
    column = {str(cell.value): cell.column for cell in page[1]}
    shown = list(page.iter_rows(min_row=2, values_only=True))
    assert len(shown) == 4
    assert {row[column["State"] - 1] for row in shown} == {"Belmora"}
    assert {row[column["Dimension"] - 1] for row in shown} <= {"groups", "sdgs"}
    assert "Ada" in {row[1].value for row in book["Read me"].iter_rows(max_col=2)}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--state", "Belmorra"), "no State 'Belmorra'; nearest: Belmora"),
        (("--state", "Norway"), "no recommendation to NOR"),
        (("--dimension", "theme"), "no dimension 'theme'; there are themes"),
        (("-o", "review.csv"), "review.csv is no .xlsx file"),
    ],
)
def test_what_cannot_be_exported_is_said(desk, args, message):
    result = desk.upr("export", *args)
    assert result.exit_code == 1
    assert message in result.output


def test_without_a_run_the_commands_say_what_to_do_first(tmp_path):
    for command in ("export", "report"):
        result = CliRunner().invoke(app, ["review", command, "--processed", str(tmp_path)])
        assert result.exit_code == 1
        assert "run `dvc repro` (or `upr run`) first" in result.output


def test_before_anybody_judged_the_report_says_how_to_begin(desk):
    assert "upr review export" in desk.upr("report").output
