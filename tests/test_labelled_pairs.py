from pathlib import Path

import numpy as np
import pytest

from pipeline.labelled_pairs import b_cubed, best_threshold, f1, f1_interval, read_labelled_pairs

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
