from pathlib import Path

import numpy as np
import pytest

from pipeline.labelled_pairs import (
    b_cubed,
    best_threshold,
    f1,
    f1_interval,
    read_labelled_pairs,
    text_key,
    with_training_groups,
    with_training_pairs,
)

PAIRS = """pair_id,state_a,session_a,text_a,state_b,session_b,text_b,level
P1,Arvandia,1,Open  clinics,Arvandia,2,Build clinics,3
P2,Belmora,1,Free reporters,Belmora,1,Open clinics,0
"""
GROUPS = """state,session,text,ask,family
Costaverda,1,Ban mining,m1,m
Costaverda,2,Ban all mining,m1,m
Costaverda,2,Study a ban of mining,m2,m
"""


def test_pairs_and_groups_are_read_by_their_columns(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(PAIRS)
    (tmp_path / "g.csv").write_text(GROUPS)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    labelled = read_labelled_pairs(tmp_path)
    assert labelled.levels.tolist() == [3, 0, 3, 2, 2]
    assert labelled.grouped.tolist() == [False, False, True, True, True]
    assert labelled.states.tolist() == ["Arvandia", "Belmora", *["Costaverda"] * 3]
    assert labelled.texts[labelled.pairs[0, 0]] == "Open clinics"


def test_without_pairs_the_remedy_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no file of labelled pairs: a CSV with the columns level"):
        read_labelled_pairs(tmp_path)


def test_measures() -> None:
    truth, found = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert f1(truth, found) == 0.5
    assert best_threshold(truth, np.array([0.9, 0.8, 0.3, 0.2])) == pytest.approx(0.55, abs=0.02)
    low, high = f1_interval(np.tile(truth, 30), np.tile(found, 30), [f"s{n // 4}" for n in range(120)], seed=1)
    assert low == high == 0.5
    assert b_cubed([1, 1, 2], [1, 1, 2]) == 1
    assert b_cubed([1, 1, 2], [1, 2, 3]) == pytest.approx(2 * 1 * (2 / 3) / (1 + 2 / 3))


def test_pairs_read_for_training_are_found_by_the_hashes_of_their_texts(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "pairs.csv").write_text(
        "state_a,text_a,state_b,text_b,level\nArvandia,Open clinics,Arvandia,Close clinics,1\n"
    )
    keys = [text_key(text) for text in ("Build schools", "Build more schools", "Open clinics", "Close clinics")]
    own = tmp_path / "own.csv"
    own.write_text(
        "state,left_key,right_key,level\n"
        f"XAA,{keys[0]},{keys[1]},3\n"  # of texts that are there
        f"XAA,{keys[2]},{keys[3]},2\n"  # read in the gold set already
        f"XAA,{keys[0]},{text_key('Nobody wrote this')},2\n"
    )
    labelled = read_labelled_pairs(gold)
    found, left_out = with_training_pairs(labelled, own, ["BUILD schools!", "Build more schools"])
    assert left_out == 2
    assert found.levels.tolist() == [1, 3]
    assert found.states.tolist() == ["Arvandia", "XAA"]
    assert [found.texts[row] for row in found.pairs[1]] == ["BUILD schools!", "Build more schools"]
    assert found.texts[: len(labelled.texts)] == labelled.texts


def test_groups_read_for_training_make_pairs_within_each_group_only(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(PAIRS)
    labelled = read_labelled_pairs(tmp_path)
    texts = ["Open clinics", "Open more clinics", "Close clinics", "Free reporters", "Feed children"]
    lines = [
        ("1", 0, "a1", "f1"),
        ("1", 1, "a1", "f1"),
        ("1", 2, "a2", "f1"),
        ("2", 3, "a1", "f1"),
        ("2", 4, "a2", "f2"),
    ]
    own = tmp_path / "own.csv"
    own.write_text(
        "state,group,key,ask,family\n"
        + "".join(f"XAB,{group},{text_key(texts[row])},{ask},{family}\n" for group, row, ask, family in lines)
        + "XAB,2,0123456789abcdef0123,a3,f3\n"
    )
    found, left_out = with_training_groups(labelled, own, texts)
    assert left_out == 1
    behind = [tuple(sorted(found.texts[end] for end in pair)) for pair in found.pairs[len(labelled.pairs) :]]
    assert dict(zip(behind, found.levels[len(labelled.pairs) :].tolist(), strict=True)) == {
        ("Open clinics", "Open more clinics"): 3,
        ("Close clinics", "Open clinics"): 2,
        ("Close clinics", "Open more clinics"): 2,
        ("Feed children", "Free reporters"): 1,
    }
    assert found.grouped[len(labelled.pairs) :].all()
    assert set(found.states[len(labelled.pairs) :]) == {"XAB"}
    assert found.groups.equals(labelled.groups)
