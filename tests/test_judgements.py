"""A person's word stands over a machine's."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.judgements import JudgementError, apply_judgements, read_judgements

HEAD = "recommendation_id,dimension,concept_id,verdict,reviewer,date\n"
CONCEPTS = {"sdg:5", "sdg:16", "sdg:4"}
NAMES = {"sdg:5": "5 - GENDER", "sdg:16": "16 - PEACE", "sdg:4": "4 - EDUCATION"}


def tags(*concepts):
    return pd.DataFrame(
        [
            {"recommendation_id": "r1", "dimension": "sdgs", "concept_id": c, "label": NAMES[c], "score": 0.8}
            for c in concepts
        ]
    )


def judged(tmp_path, body):
    (tmp_path / "a.csv").write_text(HEAD + body)
    return read_judgements(tmp_path, CONCEPTS)


def test_accepted_rejected_and_added(tmp_path):
    said = judged(
        tmp_path,
        "r1,sdgs,sdg:5,accept,ada,2026-01-02\nr1,sdgs,sdg:16,reject,ada,2026-01-02\nr1,sdgs,sdg:4,add,ada,2026-01-02\n",
    )
    labels = apply_judgements(tags("sdg:5", "sdg:16"), said, NAMES).set_index("concept_id")
    assert labels["origin"].to_dict() == {"sdg:5": "human", "sdg:4": "human"}
    assert labels.loc["sdg:4", "label"] == "4 - EDUCATION"
    assert pd.isna(labels.loc["sdg:4", "score"])


def test_what_nobody_judged_stays_the_machines(tmp_path):
    labels = apply_judgements(tags("sdg:5"), judged(tmp_path, ""), NAMES)
    assert labels["origin"].tolist() == ["auto"]
    assert labels["reviewer"].isna().all()


def test_the_later_word_stands(tmp_path):
    said = judged(tmp_path, "r1,sdgs,sdg:5,reject,ada,2026-01-03\nr1,sdgs,sdg:5,accept,ada,2026-01-02\n")
    assert apply_judgements(tags("sdg:5"), said, NAMES).empty


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("r1,sdgs,sdg:5,maybe,ada,2026-01-02\n", "line 2: verdict 'maybe'"),
        ("r1,sdgs,sdg:99,accept,ada,2026-01-02\n", "line 2: unknown concept 'sdg:99'"),
    ],
)
def test_a_broken_line_is_named(tmp_path, body, message):
    with pytest.raises(JudgementError, match=message):
        judged(tmp_path, body)


def test_a_missing_column_is_named(tmp_path):
    (tmp_path / "a.csv").write_text("recommendation_id,concept_id\n")
    with pytest.raises(JudgementError, match="lacks the columns dimension, verdict"):
        read_judgements(tmp_path, CONCEPTS)


@given(st.lists(st.tuples(st.sampled_from(sorted(CONCEPTS)), st.sampled_from(["accept", "reject", "add"])), max_size=6))
def test_imported_twice_is_applied_once(tmp_path_factory, drawn):
    folder = tmp_path_factory.mktemp("judgements")
    body = HEAD + "".join(f"r1,sdgs,{c},{v},ada,2026-01-{i:02}\n" for i, (c, v) in enumerate(drawn, 1))
    (folder / "a.csv").write_text(body)
    once = apply_judgements(tags("sdg:5"), read_judgements(folder, CONCEPTS), NAMES)
    (folder / "b.csv").write_text(body)
    twice = apply_judgements(tags("sdg:5"), read_judgements(folder, CONCEPTS), NAMES)
    pd.testing.assert_frame_equal(once, twice)
