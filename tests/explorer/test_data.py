"""The data beside the page: what is counted, in which unit, and that nothing is lost on the way."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.explorer import write_states
from pipeline.explorer.asks import kept_apart, positions_by_cycle
from pipeline.explorer.core import core
from pipeline.explorer.counts import by_cycle, heatmap
from pipeline.explorer.frameworks import carrying, latest_first
from pipeline.explorer.payload import read_script, script, write_script
from pipeline.explorer.quality import quality, tag_shares
from pipeline.explorer.rows import ordered, paragraph_key, told_tags
from pipeline.explorer.states import of_each, state_file, summary
from tests.explorer.tables import SCRIPT, frameworks, recommendation, rows, tables


@pytest.fixture
def arvandia():
    given_tables = tables()
    placed, tags = ordered(given_tables["recommendations"]), told_tags(given_tables)
    return next((own, part) for own, part in of_each(placed, given_tables, tags) if own["state"].iloc[0] == "XAA")


@given(st.text(), st.lists(st.text()))
def test_what_is_written_is_what_is_read(name: str, texts: list[str]) -> None:
    clean = [text.encode("utf-8", "replace").decode() for text in texts]
    packed = script("rows", clean)
    assert packed.isascii()
    assert "<" not in packed, "no text of a document stands in a script as it is"


def test_a_data_file_is_the_same_each_time_and_reads_back(tmp_path: Path) -> None:
    write_script(tmp_path / "a.js", "texts/0", [SCRIPT, "ä", None, 1.5])
    first = (tmp_path / "a.js").read_bytes()
    write_script(tmp_path / "a.js", "texts/0", [SCRIPT, "ä", None, 1.5])
    assert (tmp_path / "a.js").read_bytes() == first
    assert read_script(tmp_path / "a.js") == [SCRIPT, "ä", None, 1.5]


def test_rows_stand_by_state_then_latest_then_paragraph_as_a_pair_of_numbers() -> None:
    placed = ordered(tables()["recommendations"])
    assert placed["state"].tolist() == ["XAA"] * 11 + ["XBB"]
    second = placed[(placed["cycle"] == 2) & (placed["state"] == "XAA")]["paragraph"].tolist()
    assert second == ["1", "104.9", "104.10", "104.11", "104.12", "104.13", "104.14", "104.15", "104.15"]
    assert placed["mechanism"].iloc[10] == "treaty_body"
    assert paragraph_key("138.9") < paragraph_key("138.10")


def test_a_state_that_no_source_names_has_its_own_file() -> None:
    unknown = recommendation("r99", "3", "Do better", state_under_review=None, state_name=None)
    placed = ordered(pd.concat([tables()["recommendations"], rows("recommendations", unknown)]))
    assert placed["state"].iloc[-1] == "unknown"


def test_a_tag_tells_whether_a_person_or_a_machine_stands_behind_it() -> None:
    told = told_tags(tables()).set_index(["recommendation_id", "concept_id"])["status"]
    assert told["r02", "upr-info:torture"] == "human"
    assert told["r01", "upr-info:torture"] == "auto"
    assert told["r09", "upr-info:womens-rights"] == "review"


def test_a_tag_on_which_reviewers_disagree_is_no_judgement() -> None:
    given_tables = tables()
    given_tables["labels"] = given_tables["labels"].assign(origin="contested")
    assert set(told_tags(given_tables)["status"]) == {"review"}


def test_columns_point_into_their_lists() -> None:
    given_tables = tables()
    placed = ordered(given_tables["recommendations"])
    found = core(placed, given_tables, told_tags(given_tables))
    at = placed.index[placed["recommendation_id"] == "r01"][0]
    column, lists = found["columns"], found["lists"]
    assert lists["positions"][column["position"][at]] == "supported"
    assert lists["symbols"][column["symbol"][at]] == "A/HRC/27/902"
    assert found["asks"]["id"][column["ask"][at]] == "XAA-a"
    assert found["asks"]["n"][column["ask"][at]] == 4
    assert column["action"][at] == 5
    several = found["several"]["from"]
    start = sum(several["n"][:at])
    assert [lists["from"][code][1] for code in several["v"][start : start + several["n"][at]]] == ["Denmark", "Ghana"]
    assert all(sum(part["n"]) == len(part["v"]) for part in found["several"].values())
    assert lists["sdgs"] == [
        ("sdg:5", "5 - GENDER EQUALITY"),
        ("sdg:5.2", "5.2 - End violence"),
        ("sdg:16", "16 - PEACE"),
    ]


def test_a_pledge_and_other_mechanisms_are_no_recommendations_of_the_upr(arvandia) -> None:
    own, part = arvandia
    counted = by_cycle(own, part["recommending_states"], part["told"], part["asks"], themes=5, groups=5)
    assert list(counted) == ["all", "1", "2"]
    whole = counted["all"]
    assert (whole["recommendations"], whole["paragraphs"], whole["pairs"], whole["asks"]) == (9, 8, 7, 7)
    assert whole["repeated_asks"] == 1
    assert whole["unnumbered"] == 0
    assert whole["positions"] == {"supported": 3, "noted": 3, "partially_supported": 1, "pending": 1, "unknown": 1}
    assert counted["1"]["positions"] == {"noted": 1}
    assert whole["actions"]["5"] == {"supported": 2, "noted": 2}
    assert whole["regions"] == [["WEOG", 3], ["Africa", 2], ["GRULAC", 2]]
    assert whole["askers"][0] == ["DNK", "Denmark", 3, 2]
    assert whole["goals"] == {"5": [1, 1], "16": [1, 1]}


def test_recommendations_whose_source_names_no_paragraph_are_not_one_paragraph(arvandia) -> None:
    own, part = arvandia
    unnamed = own.assign(paragraph=None)
    whole = by_cycle(unnamed, part["recommending_states"], part["told"], part["asks"], themes=5, groups=5)["all"]
    assert (whole["paragraphs"], whole["unnumbered"]) == (0, 9)


def test_a_recommendation_without_a_group_has_a_column_of_its_own() -> None:
    found = heatmap(told_tags(tables()), 5, 5)
    assert [label for _, label, _ in found["themes"]] == ["Torture", "Women's rights"]
    assert found["cells"] == [[0, 2], [1, 1]]


def test_an_ask_shows_its_answers_cycle_by_cycle(arvandia) -> None:
    own, part = arvandia
    answers = positions_by_cycle(own[own["mechanism"] == "upr"], part["asks"])
    assert answers["XAA-a"] == {"1": {"noted": 1}, "2": {"noted": 1, "supported": 1}}


def test_asks_that_are_alike_say_what_keeps_them_apart() -> None:
    given_tables = tables()
    near = kept_apart(given_tables["pairs"], given_tables["asks"], 3)
    assert near["XAA-a"] == [["XAA-b", 0.2, "same act: -; differs: instrument"]]
    assert kept_apart(given_tables["pairs"].assign(cannot_link="other group"), given_tables["asks"], 3)["XAA-b"] == [
        ["XAA-a", 0.2, "other group"]
    ]


def test_the_file_of_a_state_holds_its_asks_in_order_and_every_detail(arvandia) -> None:
    own, part = arvandia
    file = state_file(own, part, themes=5, groups=5, nearest=3)
    assert file["asks"]["ask_id"][0] == "XAA-a", "the ask made in most cycles comes first"
    members = [file["recommendations"]["text"][at] for at in file["asks"]["members"][0]]
    assert members[0].startswith("Ratify the Optional Protocol"), "the earliest first"
    assert len(members) == 4
    assert file["recommendations"]["text"][own["text"].tolist().index(SCRIPT)] == SCRIPT
    assert file["bodies"] == [["treaty_body", "CAT", 1, [2016], 1, 1]]
    assert file["frameworks"] is None
    first = own["recommendation_id"].tolist().index("r01")
    assert file["recommendations"]["sources"][first] == [["working_group_report", "arvandia <b>.pdf", 9]]
    assert file["recommendations"]["changes"][first][0][2:4] == ["pending", "supported"]


def test_what_carries_an_ask_is_said_and_so_is_what_nothing_carries() -> None:
    given_tables = tables() | frameworks()
    carried = carrying(given_tables)
    assert carried["XAA-f"] == ["o1", "1", "Women live free of violence", "auto"]
    assert carried["XAA-a"] == ["none", None, None, "review"]
    assert carrying(tables()) == {}


def test_of_two_frameworks_the_latest_says_what_carries_an_ask() -> None:
    given_tables = tables() | frameworks()
    earlier = {name: frame.assign(framework_id="XAA-0") for name, frame in frameworks().items()}
    earlier["framework_items"]["years"] = "2019-2023"
    earlier["framework_map"]["item_id"] = "o2"
    both = given_tables | {name: pd.concat([given_tables[name], frame]) for name, frame in earlier.items()}
    assert latest_first(both["framework_items"]) == ["XAA-1", "XAA-0"]
    assert carrying(both)["XAA-f"][0] == "o1"
    unknown = both["framework_items"].assign(years=None)
    assert latest_first(unknown) == ["XAA-0", "XAA-1"]


def test_the_first_page_counts_the_positions_of_the_latest_cycle(arvandia) -> None:
    line = summary(*arvandia)
    assert line["cycles"] == [1, 2]
    assert line["positions"] == {"supported": 3, "noted": 2, "partially_supported": 1, "pending": 1, "unknown": 1}
    assert (line["asks"], line["repeated"], line["treaty_body"], line["pledges"]) == (7, 1, 1, 1)


def test_quality_tells_who_stands_behind_the_tags_and_what_was_skipped() -> None:
    given_tables = tables()
    tags = told_tags(given_tables)
    assert tag_shares(tags)["themes"] == {"human": 1, "auto": 2, "review": 1}
    found = quality(ordered(given_tables["recommendations"]), given_tables, tags, {}, examples=1)
    assert found["untagged"]["themes"] == 8
    assert found["conflicts"]["position"]["n"] == 1
    assert found["skipped"] == [["no text in row …", 1]]


def test_files_of_states_that_are_gone_are_removed(tmp_path: Path) -> None:
    write_states(tables(), tmp_path, themes=5, groups=5, nearest=3)
    folder = tmp_path / "explorer" / "data" / "states"
    assert sorted(path.stem for path in folder.iterdir()) == ["XAA", "XBB"]
    less = tables()
    less["recommendations"] = less["recommendations"][less["recommendations"]["state_under_review"] == "XAA"]
    write_states(less, tmp_path, themes=5, groups=5, nearest=3)
    assert [path.stem for path in folder.iterdir()] == ["XAA"]
