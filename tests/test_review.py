"""The queue puts first what helps most."""

import pandas as pd

from pipeline.review import review_queue

TEXTS = pd.DataFrame({"recommendation_id": ["a", "b", "c"], "text": ["A", "B", "C"], "language": ["en", "en", "fr"]})


def unsure(*scores):
    return pd.DataFrame(
        [
            {
                "recommendation_id": r,
                "dimension": "sdgs",
                "concept_id": "sdg:5",
                "label": "5",
                "score": s,
                "second_score": None,
                "method": "model",
            }
            for r, s in zip("abc", scores, strict=False)
        ]
    )


def test_the_closest_call_comes_first():
    queue = review_queue(unsure(0.9, 0.5, 0.3), TEXTS, pd.Series({"a": 1, "b": 1, "c": 1}), 10)
    assert queue["recommendation_id"].tolist() == ["b", "c", "a"]


def test_a_verdict_that_serves_many_comes_before_one_that_serves_one():
    queue = review_queue(unsure(0.6, 0.6), TEXTS, pd.Series({"a": 1, "b": 7}), 10)
    assert queue["recommendation_id"].tolist() == ["b", "a"]
    assert "its ask has 7 recommendations" in queue["why"].iloc[0]


def test_what_two_models_disagree_on_comes_before_what_they_agree_on_and_says_so():
    tags = unsure(0.6, 0.6).assign(second_score=[0.55, 0.1])
    queue = review_queue(tags, TEXTS, pd.Series({"a": 1, "b": 1}), 10)
    assert queue["recommendation_id"].tolist() == ["b", "a"]
    assert "a second model gives it 10%" in queue["why"].iloc[0]
    assert "second model" not in queue["why"].iloc[1]


def test_the_queue_is_no_longer_than_asked_and_says_why():
    queue = review_queue(unsure(0.9, 0.9, 0.4), TEXTS, pd.Series({"a": 1}), 1)
    assert queue["why"].tolist() == ["model is 40% sure; text in 'fr', which the tagger was not validated on"]
