"""Judgements are read with the line that is wrong, and added to files whose lines never change."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.judgements import JudgementError, append, read_items, read_judgements, read_pairs, verdicts
from pipeline.judgements.forms import SAID

HEAD = "recommendation_id,dimension,concept_id,verdict,reviewer,date\n"
PAIR_HEAD = "left_id,right_id,verdict,reviewer,date\n"
CONCEPTS = {"sdg:5", "sdg:16", "sdg:4"}


def said(*rows):
    columns = ("recommendation_id", "dimension", "concept_id", "verdict", "reviewer", "date")
    frame = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])
    return frame.reindex(columns=list(SAID), fill_value="").astype("str")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("r1,sdgs,sdg:5,maybe,ada,2026-01-02\n", "a.csv line 2: verdict 'maybe'; write accept, reject, add or unsure"),
        ("r1,sdgs,sdg:55,accept,ada,2026-01-02\n", "line 2: unknown concept 'sdg:55'; did you mean 'sdg:5'"),
        ("r1,sdg,sdg:5,accept,ada,2026-01-02\n", "unknown dimension 'sdg'; did you mean 'sdgs'"),
        ("r1,groups,sdg:5,accept,ada,2026-01-02\n", "'sdg:5' is no concept of the dimension groups"),
        ("r1,sdgs,sdg:5,accept,ada,2.1.2026\n", "'2.1.2026' is no day"),
        ("r1,sdgs,sdg:5,accept, ,2026-01-02\n", "no reviewer"),
    ],
)
def test_a_broken_line_is_named(tmp_path, body, message):
    (tmp_path / "a.csv").write_text(HEAD + body)
    with pytest.raises(JudgementError, match=message):
        read_judgements(tmp_path, CONCEPTS)


def test_a_missing_column_is_named(tmp_path):
    (tmp_path / "a.csv").write_text("recommendation_id,concept_id\n")
    with pytest.raises(JudgementError, match="lacks the columns dimension, verdict"):
        read_judgements(tmp_path, CONCEPTS)


@pytest.mark.parametrize(
    ("body", "message"),
    [("r1,r1,yes,ada,2026-01-02\n", "compared with itself"), ("r1,r2,same,ada,2026-01-02\n", "yes, no or unsure")],
)
def test_a_broken_line_of_pairs_is_named(tmp_path, body, message):
    (tmp_path / "pairs.csv").write_text(PAIR_HEAD + body)
    with pytest.raises(JudgementError, match=message):
        read_pairs(tmp_path)


def test_files_of_tags_and_of_pairs_are_told_apart_by_their_columns(tmp_path):
    (tmp_path / "x.csv").write_text(HEAD + "r1,sdgs,sdg:5,accept,ada,2026-01-02\n")
    (tmp_path / "y.csv").write_text(PAIR_HEAD + "r2,r1,yes,ada,2026-01-02\n")
    assert read_judgements(tmp_path, CONCEPTS)["concept_id"].tolist() == ["sdg:5"]
    pair = read_pairs(tmp_path).iloc[0]
    assert pair[["recommendation_id", "concept_id", "dimension"]].tolist() == ["r1", "r2", "same_ask"]


def test_hashes_of_a_pair_change_sides_with_its_ids(tmp_path):
    head = "left_id,right_id,verdict,reviewer,date,note,left_text_hash,right_text_hash\n"
    (tmp_path / "pairs.csv").write_text(head + "r2,r1,yes,ada,2026-01-02,,two,one\n")
    assert read_pairs(tmp_path).iloc[0][["text_hash", "other_hash"]].tolist() == ["one", "two"]


def test_each_reviewer_has_a_file_of_his_own_and_earlier_lines_stay(tmp_path):
    append(tmp_path, said(("r1", "sdgs", "sdg:5", "accept", "Ada Berg", "2026-01-02")))
    before = (tmp_path / "tags-ada-berg.csv").read_bytes()
    new = said(
        ("r1", "sdgs", "sdg:5", "reject", "Ada Berg", "2026-01-03"), ("r1", "r2", "r2", "yes", "Ben", "2026-01-03")
    )
    new.loc[1, "dimension"] = "same_ask"
    changed = append(tmp_path, new).files
    assert sorted(path.name for path in changed) == ["pairs-ben.csv", "tags-ada-berg.csv"]
    assert (tmp_path / "tags-ada-berg.csv").read_bytes().startswith(before)
    assert read_judgements(tmp_path, CONCEPTS)["verdict"].tolist() == ["accept", "reject"]
    assert read_pairs(tmp_path)["reviewer"].tolist() == ["Ben"]


def test_an_older_file_imported_again_does_not_bring_the_older_word_back(tmp_path):
    older = said(("r1", "sdgs", "sdg:5", "accept", "ada", "2026-01-02"))
    append(tmp_path, older)
    append(tmp_path, said(("r1", "sdgs", "sdg:5", "reject", "ada", "2026-01-02")))
    found = append(tmp_path, older)
    assert (len(found.new), len(found.known), found.files) == (0, 1, [])
    assert verdicts(read_judgements(tmp_path, CONCEPTS))["stands"].tolist() == ["no"]


def test_a_last_line_without_end_does_not_swallow_the_next(tmp_path):
    append(tmp_path, said(("r1", "sdgs", "sdg:5", "accept", "ada", "2026-01-02")))
    path = tmp_path / "tags-ada.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append(tmp_path, said(("r1", "sdgs", "sdg:4", "accept", "ada", "2026-01-02")))
    assert len(read_judgements(tmp_path, CONCEPTS)) == 2


def test_a_file_with_other_columns_is_not_written_to(tmp_path):
    (tmp_path / "tags-ada.csv").write_text(HEAD)
    with pytest.raises(JudgementError, match="tags-ada.csv has other columns"):
        append(tmp_path, said(("r1", "sdgs", "sdg:5", "accept", "ada", "2026-01-02")))


ITEM_HEAD = "recommendation_id,framework_id,item_id,verdict,reviewer,date,note,text_hash\n"


def test_judgements_of_framework_items_have_a_file_and_a_form_of_their_own(tmp_path):
    found = said(("r1", "framework", "XAA-1/outcome-2", "add", "ada", "2026-01-02"))
    append(tmp_path, found)
    text = (tmp_path / "framework-ada.csv").read_text(encoding="utf-8-sig")
    assert text == ITEM_HEAD + "r1,XAA-1,outcome-2,add,ada,2026-01-02,,\n"
    pd.testing.assert_frame_equal(read_items(tmp_path), found)
    assert read_judgements(tmp_path, CONCEPTS).empty
    assert append(tmp_path, found).files == []


@pytest.mark.parametrize(
    ("body", "message"),
    [("r1,f,,add,ada,2026-01-02,,\n", "framework.csv line 2: give framework_id and item_id"),
     ("r1,f,i,other,ada,2026-01-02,,\n", "verdict 'other'; write accept, reject, add, unsure, yes or no")],
)  # fmt: skip
def test_a_broken_line_of_framework_items_is_named(tmp_path, body, message):
    (tmp_path / "framework.csv").write_text(ITEM_HEAD + body)
    with pytest.raises(JudgementError, match=message):
        read_items(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00r\x00"])
def test_a_file_that_is_no_csv_is_named(tmp_path, content):
    (tmp_path / "odd.csv").write_bytes(content)
    with pytest.raises(JudgementError, match="odd.csv is no CSV file in UTF-8"):
        read_judgements(tmp_path, CONCEPTS)


@pytest.mark.parametrize("note", ["=HYPERLINK(A1)", "+1", "@x", "'=1", "plain"])
def test_a_note_that_a_spreadsheet_could_run_is_guarded_in_the_file_and_read_as_it_was_said(tmp_path, note):
    found = said(("r1", "sdgs", "sdg:5", "accept", "ada", "2026-01-02")).assign(note=note)
    append(tmp_path, found)
    kept = pd.read_csv(tmp_path / "tags-ada.csv", encoding="utf-8-sig")["note"].iloc[0]
    assert kept[0] not in "=+@"
    assert read_judgements(tmp_path, CONCEPTS)["note"].tolist() == [note.lstrip("'")]
    assert append(tmp_path, found).files == []


WORDS = st.tuples(
    st.just("r1"), st.just("sdgs"), st.sampled_from(sorted(CONCEPTS)),
    st.sampled_from(["accept", "reject", "add", "unsure"]), st.sampled_from(["ada", "ben"]),
    st.dates().map(str),
)  # fmt: skip


@settings(max_examples=20)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_imported_twice_is_applied_once(tmp_path_factory, drawn):
    folder = tmp_path_factory.mktemp("judgements")
    append(folder, said(*drawn))
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    found = append(folder, said(*drawn))
    assert (len(found.new), found.files) == (0, [])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


@settings(max_examples=20)
@given(st.lists(WORDS, min_size=1, max_size=8), st.integers(0, 8))
def test_two_imports_are_as_good_as_one(tmp_path_factory, drawn, at):
    whole, parts = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("parts")
    append(whole, said(*drawn))
    for part in (drawn[:at], drawn[at:], drawn):
        if part:
            append(parts, said(*part))
    pd.testing.assert_frame_equal(
        verdicts(read_judgements(whole, CONCEPTS)), verdicts(read_judgements(parts, CONCEPTS))
    )
