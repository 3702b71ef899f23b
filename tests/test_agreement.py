"""The sources' own tags beside ours."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.agreement import agreeing, by_concept
from pipeline.schemas import AGREES, SCHEMES, SourceAgreement
from pipeline.tables import conform

BROADER = {"sdg:5": None, "sdg:5.1": "sdg:5", "sdg:5.2": "sdg:5", "sdg:16": None, "uhri-person:women-girls": None}
NAMES = {concept: f"Name of {concept}" for concept in BROADER}
DIMENSION = {scheme: dimension for dimension, scheme in SCHEMES.items()}


def source(*tags: tuple[str, str | None]) -> pd.DataFrame:
    """Return source tags; a concept of None is a label that our taxonomy does not know."""
    rows = [(i, (c or "sdg:").partition(":")[0], c or "99 - ?", c) for i, c in tags]
    return pd.DataFrame(rows, columns=["recommendation_id", "scheme", "label_raw", "concept_id"])


def ours(*labels: tuple[str, str]) -> pd.DataFrame:
    rows = [(i, DIMENSION[c.partition(":")[0]], c) for i, c in labels]
    return pd.DataFrame(rows, columns=["recommendation_id", "dimension", "concept_id"])


@pytest.mark.parametrize(
    ("theirs", "labels", "agrees"),
    [
        ("sdg:5.2", ["sdg:5", "sdg:5.2"], "yes"),
        ("sdg:5", ["sdg:5", "sdg:5.2"], "yes"),
        ("sdg:5", ["sdg:5.2", "sdg:16"], "narrower"),
        ("sdg:5.2", ["sdg:5", "sdg:5.1"], "broader"),
        ("sdg:5.2", ["sdg:5.1"], "no"),
        ("sdg:5", [], "no"),
        (None, ["sdg:5"], None),
    ],
)
def test_ours_is_the_same_a_target_its_goal_or_neither(theirs: str, labels: list[str], agrees: str | None) -> None:
    found = agreeing(source(("r1", theirs)), ours(*(("r1", label) for label in labels)), BROADER)["agrees"]
    assert found.isna()[0] if agrees is None else found[0] == agrees


def test_labels_of_another_recommendation_say_nothing() -> None:
    found = agreeing(source(("r1", "sdg:5"), ("r2", "sdg:5")), ours(("r2", "sdg:5")), BROADER)
    assert found["agrees"].tolist() == ["no", "yes"]


def test_the_sources_tags_keep_rows_order_and_columns() -> None:
    tags = source(("r2", "sdg:5"), ("r1", None), ("r1", "sdg:16")).set_axis([7, 3, 5])
    found = agreeing(tags, ours(("r1", "sdg:16")), BROADER)
    pd.testing.assert_frame_equal(found.drop(columns="agrees"), tags)
    assert found["agrees"].dropna().to_dict() == {7: "no", 5: "yes"}


def summary(tags: pd.DataFrame, labels: pd.DataFrame) -> dict[str, dict[str, Any]]:
    found = by_concept(agreeing(tags, labels, BROADER), labels, BROADER, NAMES)
    return conform(found, SourceAgreement).set_index("concept_id").to_dict("index")


def test_agreement_is_counted_by_concept() -> None:
    tags = source(("r1", "sdg:5"), ("r2", "sdg:5"), ("r3", "sdg:5"), ("r3", "sdg:5.2"), ("r4", None))
    found = summary(tags, ours(("r1", "sdg:5"), ("r2", "sdg:5.1"), ("r3", "sdg:5")))
    assert found["sdg:5"] == {
        "scheme": "sdg", "label": "Name of sdg:5", "n_source_tags": 3, "n_same": 2, "n_narrower": 1, "n_broader": 0,
        "n_absent": 0, "share_same": 0.6667, "n_only_ours": 0,
    }  # fmt: skip
    assert found["sdg:5.2"]["n_broader"] == 1
    assert found["sdg:5.2"]["share_same"] == 0


def test_two_labels_of_a_source_for_one_concept_count_once() -> None:
    tags = source(("r1", "sdg:5"), ("r1", "sdg:5")).assign(label_raw=["5 - A", "5 - B"])
    assert summary(tags, ours(("r1", "sdg:5")))["sdg:5"]["n_source_tags"] == 1


def test_only_ours_counts_where_the_source_tagged_in_the_scheme_and_said_nothing_near() -> None:
    labels = ours(("r1", "sdg:5"), ("r1", "sdg:16"), ("r1", "uhri-person:women-girls"), ("r2", "sdg:16"))
    found = summary(source(("r1", "sdg:5.2")), labels)
    assert {concept: at["n_only_ours"] for concept, at in found.items()} == {"sdg:16": 1, "sdg:5.2": 0}
    assert pd.isna(found["sdg:16"]["share_same"])


pairs = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(sorted(BROADER))), max_size=12, unique=True)


@settings(max_examples=25)
@given(pairs, pairs)
def test_each_tag_with_a_concept_gets_one_word_and_the_counts_add_up(theirs: Any, mine: Any) -> None:
    compared = agreeing(source(*theirs), ours(*mine), BROADER)
    assert set(compared["agrees"]) <= set(AGREES)
    counted = by_concept(compared, ours(*mine), BROADER, NAMES)
    kinds = counted[["n_same", "n_narrower", "n_broader", "n_absent"]].sum(axis=1)
    assert kinds.tolist() == counted["n_source_tags"].tolist()
    assert counted["n_source_tags"].sum() == len(theirs)
    assert counted["n_same"].sum() == len(set(theirs) & set(mine))
