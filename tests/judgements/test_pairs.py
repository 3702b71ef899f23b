"""What people said of pairs, as the grouping reads it."""

import pandas as pd

from pipeline.judgements import read_same_ask, text_hash, without_contradictions

HEAD = "left_id,right_id,verdict,reviewer,date,note,left_text_hash,right_text_hash\n"


def test_the_majority_joins_and_a_tie_and_unsure_do_nothing(tmp_path):
    lines = ["b,a,yes,ada,2026-01-02,,,", "a,b,no,ben,2026-01-09,,,", "a,b,yes,cleo,2026-01-03,,,",
             "a,c,yes,ada,2026-01-02,,,", "a,c,no,ben,2026-01-02,,,", "a,d,unsure,ada,2026-01-02,,,"]  # fmt: skip
    (tmp_path / "pairs.csv").write_text(HEAD + "\n".join(lines) + "\n")
    found = read_same_ask(tmp_path)
    assert found.to_numpy().tolist() == [["a", "b", "yes", "ada; cleo", "2026-01-03"]]


def test_with_the_recommendations_a_pair_on_changed_words_is_left_out(tmp_path):
    line = f"a,b,yes,ada,2026-01-02,,{text_hash('XAA', 'Close the cells')},{text_hash('XAA', 'Shut the cells')}\n"
    (tmp_path / "pairs.csv").write_text(HEAD + line)
    texts = pd.DataFrame(
        {"recommendation_id": ["a", "b"], "state_under_review": "XAA", "text": ["Close the cells", "Shut the cells"]}
    )
    assert len(read_same_ask(tmp_path, texts)) == 1
    assert read_same_ask(tmp_path, texts.assign(text=["Close the cells", "Paint the cells"])).empty


def test_without_files_there_is_nothing_and_the_columns_stand(tmp_path):
    assert list(read_same_ask(tmp_path).columns) == ["left_id", "right_id", "verdict", "reviewer", "date"]


def test_of_a_chain_of_yes_across_a_no_the_oldest_gives_way():
    judged = pd.DataFrame(
        [
            ("a", "b", "yes", "ada", "2026-01-01"),
            ("b", "c", "yes", "ada", "2026-01-02"),
            ("a", "c", "no", "ben", "2026-01-01"),
        ],
        columns=["left_id", "right_id", "verdict", "reviewer", "date"],
    )
    left = without_contradictions(judged)
    assert left[["left_id", "right_id"]].to_numpy().tolist() == [["b", "c"], ["a", "c"]]
