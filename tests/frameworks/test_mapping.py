"""From probabilities to rows: ranks, decisions and the words that carry them."""

import numpy as np
import pandas as pd
import pytest

from pipeline.frameworks.candidates import NamedOutcomes, Outcome
from pipeline.frameworks.mapping import Mapped, ask_table, judged, map_table, output_scores
from pipeline.frameworks.ranker import Ranker
from pipeline.frameworks.subjects import load_subjects
from pipeline.paths import ROOT
from pipeline.schemas import FrameworkAskMap, FrameworkMap
from pipeline.tables import conform

SUBJECTS = load_subjects(ROOT / "configs" / "framework_subjects.yaml")
OUTCOMES = NamedOutcomes(
    (Outcome("o1", "People enjoy human rights"), Outcome("o2", "Families have clean water")), SUBJECTS
)
OUTPUTS = NamedOutcomes((Outcome("p1", "Courts judge"), Outcome("p2", "Wells are dug")), SUBJECTS)
TEXTS = ["Ratify the Convention", "Dig wells for clean water", "Carry on"]
MENTIONS = [SUBJECTS.asked(text) for text in TEXTS]
MAPPED = Mapped("XAA-1", OUTCOMES, OUTPUTS, np.array([[0.9, 0.06, 0.04], [0.1, 0.7, 0.2], [0.02, 0.03, 0.95]]),
                np.array([[0.9, 0.06], [0.1, 0.7], [0.02, 0.03]]))  # fmt: skip


@pytest.fixture
def rows() -> pd.DataFrame:
    return map_table(MAPPED, ["r1", "r2", "r3"], MENTIONS, auto_from=0.8, may_be_auto=np.array([True, True, True]))


def one(rows: pd.DataFrame, recommendation: str, level: str = "outcome") -> pd.DataFrame:
    return rows[(rows["recommendation_id"] == recommendation) & (rows["level"] == level)].set_index("rank")


def test_none_is_ranked_among_the_outcomes(rows: pd.DataFrame) -> None:
    assert one(rows, "r3")["item_id"].tolist() == ["none", "o2", "o1"]
    assert one(rows, "r1")["item_id"].tolist() == ["o1", "o2", "none"]
    conform(rows.assign(origin="auto", reviewer=None, date=None), FrameworkMap)


def test_only_a_sure_first_outcome_is_auto(rows: pd.DataFrame) -> None:
    assert one(rows, "r1")["decision"].tolist() == ["auto", "review", "review"]
    assert one(rows, "r2").at[1, "decision"] == "review", "0.7 is below the score"
    assert one(rows, "r3").at[1, "decision"] == "review", "no subject was found: none is a guess"
    assert set(one(rows, "r1", "output")["decision"]) == {"review"}, "outputs were never measured"


def test_where_the_language_was_not_measured_all_is_for_review() -> None:
    rows = map_table(MAPPED, ["r1", "r2", "r3"], MENTIONS, auto_from=0.8, may_be_auto=np.array([False, False, False]))
    assert set(rows["decision"]) == {"review"}


def test_evidence_quotes_the_request_and_the_outcome(rows: pd.DataFrame) -> None:
    assert one(rows, "r1").at[1, "evidence"] == "'Ratify' (treaties) by 'human rights'"
    assert "'water' (water and sanitation) by 'water'" in one(rows, "r2").at[1, "evidence"]
    assert one(rows, "r3").at[1, "evidence"] == "no subject was found in it"


def test_an_output_has_its_share_of_its_outcome() -> None:
    pairs = np.zeros((1, 3, 2))
    pairs[0, :, 0] = [1.0, 1.0, 5.0]
    scores = output_scores(Ranker(np.array([1.0, 0.0]), np.zeros(3)), pairs, [0, 0, 1], np.array([[0.6, 0.3, 0.1]]))
    assert scores[0].tolist() == pytest.approx([0.3, 0.3, 0.3])


def test_an_ask_has_the_mean_of_its_recommendations(rows: pd.DataFrame) -> None:
    asks = pd.DataFrame(
        {"recommendation_id": ["r1", "r2", "r3"], "ask_id": ["a", "a", "b"], "is_representative": [False, True, True]}
    )
    found = conform(ask_table(MAPPED, ["r1", "r2", "r3"], asks, rows.assign(origin="auto")), FrameworkAskMap)
    first = found[(found["ask_id"] == "a") & (found["level"] == "outcome")].set_index("rank").sort_index()
    assert first["item_id"].tolist() == ["o1", "o2", "none"]
    assert first.at[1, "score"] == pytest.approx(0.5) and first.at[1, "n_recommendations"] == 2
    assert first.at[1, "decision"] == "review", "its recommendations go to different outcomes"


def test_what_a_person_named_has_all_the_score_and_what_was_rejected_none(rows: pd.DataFrame) -> None:
    stands = rows.assign(origin="auto")
    named = (stands["recommendation_id"] == "r1") & (stands["item_id"] == "o2")
    stands.loc[named, "origin"] = "human"
    rejected = (stands["recommendation_id"] == "r2") & (stands["item_id"] == "o2")
    found = judged(MAPPED, ["r1", "r2", "r3"], rows, stands[~rejected]).outcome_scores
    assert found[0].tolist() == [0.0, 1.0, 0.0]
    assert found[1].tolist() == pytest.approx([1 / 3, 0.0, 2 / 3])
    assert found[2].tolist() == MAPPED.outcome_scores[2].tolist(), "nobody judged it"


def test_without_judgements_nothing_changes(rows: pd.DataFrame) -> None:
    found = judged(MAPPED, ["r1", "r2", "r3"], rows, rows.assign(origin="auto"))
    assert np.allclose(found.outcome_scores, MAPPED.outcome_scores) and np.allclose(
        found.output_scores, MAPPED.output_scores
    )
