"""From exports and gold sets to training rows: one row a State, session and text."""

import numpy as np
import pandas as pd

from pipeline.labelled import data_hash, truth_of
from pipeline.labelled_sources import Labelled, is_gold
from pipeline.sources.record import Record
from pipeline.text import text_key

CONCEPTS = {
    "upr-info": {"justice": "upr-info:justice", "detention": "upr-info:detention"},
    "upr-action": {str(n): f"upr-action:{n}" for n in range(1, 6)},
    "uhri-theme": {},
    "uhri-person": {"children": "uhri-person:children", "women girls": "uhri-person:women-girls"},
    "sdg": {"5": "sdg:5", "5 2": "sdg:5.2"},
}
GOLD = "key,state,session,text,sdg,sdg_either,groups,groups_either,readers\n"


def record(text="Reform the courts", state="Arvandia", session=3, issues=("Justice",), action="4", **more):
    tags = (*(("upr-info", issue) for issue in issues), ("upr-action", action))
    return Record(source_row=1, state_raw=state, session=session, text=text, source_tags=tags, **more)


def gathered(*records):
    labelled = Labelled()
    labelled.add_records("export.csv", records, CONCEPTS, str)
    return labelled


def truth(labelled, dimension, concepts, origin="upr_info"):
    return truth_of(*labelled.frames(), dimension, origin, concepts)


def test_recommending_states_share_a_row_with_the_union_of_their_issues():
    found = truth(
        gathered(record(), record("reform the courts.", issues=("Detention",))), "themes",
        ["upr-info:justice", "upr-info:detention"],
    )  # fmt: skip
    assert len(found.rows) == 1
    assert found.right.tolist() == [[True, True]]


def test_the_same_text_in_another_review_is_a_row_of_its_own():
    assert len(gathered(record(), record(session=4), record(state="Belmora")).rows) == 3


def test_of_several_action_categories_the_commonest_stands_then_the_lowest():
    actions = [f"upr-action:{n}" for n in range(1, 6)]
    commonest = truth(gathered(record(action="5"), record(action="4"), record(action="5")), "action", actions)
    lowest = truth(gathered(record(action="5"), record(action="4")), "action", actions)
    assert [commonest.right.argmax(), lowest.right.argmax()] == [4, 3]


def test_pledges_rows_without_text_and_unknown_labels_are_counted_not_lost():
    labelled = gathered(record(is_pledge=True), record(text=None), record(issues=("Jusstice",)))
    assert dict(labelled.left_out) == {
        "pledge": 1, "no text": 1, "label 'Jusstice' is not in the taxonomy upr-info": 1,
    }  # fmt: skip


def test_gold_says_what_is_sure_what_is_not_and_that_nothing_applies(tmp_path):
    path = tmp_path / "gold.csv"
    path.write_text(
        GOLD + "a,Arvandia,3,Protect girls,5.2,5,children;women_girls,,2\nb,Belmora,4,Sign it,none,,none,,1\n"
    )
    labelled = Labelled()
    labelled.add_gold(path, CONCEPTS, str)
    sdgs = truth(labelled, "sdgs", ["sdg:5", "sdg:5.2"], "gold")
    order = sdgs.rows["state"].tolist()
    assert sdgs.right[order.index("Arvandia")].tolist() == [False, True]
    assert sdgs.uncertain[order.index("Arvandia")].tolist() == [True, False]
    assert not sdgs.right[order.index("Belmora")].any()
    assert truth(labelled, "groups", ["uhri-person:children"], "gold").right.sum() == 1


OWN = "key,sdg,sdg_either,groups,groups_either,reader,date\n"


def with_own(tmp_path, labelled, *lines):
    path = tmp_path / "sdg_groups.csv"
    path.write_text(OWN + "".join(f"{text_key(text)},{rest},language model,2026-11-27\n" for text, rest in lines))
    labelled.add_own(path, CONCEPTS)
    return labelled


def test_readings_without_texts_find_them_among_the_labelled_and_say_what_is_missing(tmp_path):
    labelled = gathered(record("Protect girls"), record("Sign it"))
    with_own(
        tmp_path, labelled, ("protect girls.", "5.2,5,children;women_girls,"), ("Sign it", ",,,"), ("Gone", "5,,,")
    )
    sdgs = truth(labelled, "sdgs", ["sdg:5", "sdg:5.2"], "own_reading")
    found = dict(zip(sdgs.rows["text"], sdgs.right.tolist(), strict=True))
    assert found == {"Protect girls": [False, True], "Sign it": [False, False]}
    assert sdgs.uncertain.sum() == 1
    assert dict(labelled.left_out) == {"reading of sdg_groups.csv whose text is in no labelled file": 1}
    assert truth(labelled, "sdgs", ["sdg:5"], "gold").rows.empty


def test_a_text_of_several_reviews_is_read_once_as_that_of_the_first_state(tmp_path):
    labelled = gathered(record(state="Belmora"), record(state="Arvandia", session=4), record(state="Arvandia"))
    with_own(tmp_path, labelled, ("Reform the courts", "5.2,,,"))
    rows = truth(labelled, "sdgs", ["sdg:5.2"], "own_reading").rows
    assert rows[["state", "session"]].to_numpy().tolist() == [["Arvandia", 3]]


def test_what_a_gold_set_says_of_a_text_is_not_said_again_by_a_reading(tmp_path):
    labelled = gathered(record("Protect girls", state="Belmora"))
    path = tmp_path / "gold.csv"
    path.write_text(GOLD + "a,Arvandia,3,Protect girls,5,,,,1\n")
    labelled.add_gold(path, CONCEPTS, str)
    with_own(tmp_path, labelled, ("Protect girls", "5.2,,,"))
    assert truth(labelled, "sdgs", ["sdg:5.2"], "own_reading").rows.empty
    assert labelled.left_out["reading of sdg_groups.csv whose text a gold set holds"] == 1


def test_gold_is_known_by_its_columns(tmp_path):
    (tmp_path / "gold.csv").write_text(GOLD)
    (tmp_path / "export.csv").write_text("To,Text,From\n")
    assert is_gold(tmp_path / "gold.csv")
    assert not is_gold(tmp_path / "export.csv")
    assert not is_gold(tmp_path / "absent.xlsx")


def test_the_hash_of_the_data_does_not_depend_on_the_order_of_rows():
    one = gathered(record(), record(state="Belmora")).frames()
    other = gathered(record(state="Belmora"), record()).frames()
    changed = gathered(record(), record(state="Costaverda")).frames()
    assert data_hash(*one) == data_hash(*other) != data_hash(*changed)


def test_rows_are_in_the_order_of_their_ids():
    found = truth(gathered(*(record(state=name) for name in "CBA")), "themes", ["upr-info:justice"])
    assert found.rows["row_id"].is_monotonic_increasing
    np.testing.assert_array_equal(found.right, np.ones((3, 1), dtype=bool))


def test_activities_teach_their_targets_and_belong_to_no_session():
    labelled = Labelled()
    labelled.add_activities("plan.csv", [("Arvandia", "Shelters for girls", ("5.2", "99.9"))], CONCEPTS, str)
    found = truth(labelled, "sdgs", ["sdg:5", "sdg:5.2"], "un_info")
    assert found.right.tolist() == [[False, True]]
    assert found.rows["session"].tolist() == [0]
    assert dict(labelled.left_out) == {"code '99.9' is not in the taxonomy": 1}


def judged(*lines, text="Reform the courts", dimension="themes"):
    rows = [{"recommendation_id": "r1", "state": "Arvandia", "session": 3, "text": text, "dimension": dimension,
             "concept_id": concept, "certain": certain} for concept, certain in lines]  # fmt: skip
    return pd.DataFrame(rows)


THEMES = ["upr-info:justice", "upr-info:detention"]


def test_what_reviewers_settled_stands_over_the_export():
    labelled = gathered(record())
    labelled.add_judged(judged(("upr-info:detention", True)))
    found = truth(labelled, "themes", THEMES)
    assert len(found.rows) == 1
    assert found.right.tolist() == [[False, True]]


def test_of_what_reviewers_left_open_the_exports_word_stands():
    labelled = gathered(record())
    labelled.add_judged(judged(("upr-info:detention", True), ("upr-info:justice", False)))
    found = truth(labelled, "themes", THEMES)
    assert found.right.tolist() == [[True, True]]
    assert not found.uncertain.any()


def test_a_text_that_reviewers_alone_read_counts_once_all_of_it_is_settled():
    labelled = gathered(record())
    labelled.add_judged(judged(("upr-info:detention", True), ("upr-info:justice", False), text="Open the cells"))
    labelled.add_judged(judged(("upr-info:detention", True), text="Close the cells"))
    labelled.add_judged(judged((None, True), text="Paint the cells"))
    found = truth(labelled, "themes", THEMES)
    labels = {text: right.tolist() for text, right in zip(found.rows["text"], found.right, strict=True)}
    assert labels == {
        "Reform the courts": [True, False],
        "Close the cells": [False, True],
        "Paint the cells": [False, False],
    }


def test_reviewers_word_counts_whoever_else_read_the_dimension():
    labelled = gathered()
    labelled.add_judged(judged(("sdg:5", True), dimension="sdgs"))
    assert truth(labelled, "sdgs", ["sdg:5"], origin="gold").right.tolist() == [[True]]
    assert truth(labelled, "themes", THEMES).rows.empty
