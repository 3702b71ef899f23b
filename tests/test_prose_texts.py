"""Files of invented texts, of readings without texts, and of official wording."""

import numpy as np
import pytest

from pipeline.paths import ROOT
from pipeline.prose_texts import READ, WRITTEN, goal_flags, groups_alike, read_texts, written_texts
from pipeline.splits import twins
from pipeline.text import text_key


def test_written_texts_have_their_goals_the_main_one_first(tmp_path):
    path = tmp_path / "w.csv"
    path.write_text('goals,targets,text\n6;3,6.1;3.9,"Wells, tested"\nnone,,A recipe\n')
    found = written_texts(path)
    assert found.texts == ["Wells, tested", "A recipe"]
    assert np.flatnonzero(found.right[0]).tolist() == [2, 5]
    assert found.main.tolist() == [5, -1]
    assert not found.right[1].any()
    assert found.targets == [["6.1", "3.9"], []]


def test_a_reading_finds_its_text_by_the_key_and_others_are_left_alone(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(f"key,goals,unsure\n{text_key('Schools for all')},4,5;10\n{text_key('not at hand')},1,\n")
    found = read_texts(path, ["Schools  for ALL", "Something else"])
    assert found.texts == ["Schools  for ALL"]
    assert np.flatnonzero(found.unsure[0]).tolist() == [4, 9]


@pytest.mark.parametrize(("content", "message"), [
    ("goals,text\n1,x\n", "lacks the columns targets"),
    ("goals,targets,text\n1,,x\n18,,y\n", "line 3: 18 is no goal"),
])  # fmt: skip
def test_a_wrong_file_is_named_with_the_place(tmp_path, content, message):
    path = tmp_path / "w.csv"
    path.write_text(content)
    with pytest.raises(ValueError, match=message):
        written_texts(path)


def test_what_is_nearly_the_same_is_one_group():
    vectors = np.array([[1, 0], [0.95, 0.31], [0, 1]], dtype=np.float32)
    groups = groups_alike(vectors)
    assert groups[0] == groups[1] != groups[2]


def test_the_files_of_this_project_are_whole():
    folder = ROOT / "models" / "readings"
    found = written_texts(folder / WRITTEN)
    assert (found.right.sum(axis=0) >= 60).all()
    assert (found.main < 0).sum() >= 40
    assert not twins(found.texts[::2], found.texts[1::2]).any()
    assert all(
        target.split(".")[0] in {str(at + 1) for at in np.flatnonzero(right)}
        for right, targets in zip(found.right, found.targets, strict=True)
        for target in targets
    )
    assert len(read_texts(folder / READ, [])) == 0


def test_goals_are_known_with_and_without_their_scheme():
    assert np.flatnonzero(goal_flags([["3", "sdg:16"]])[0]).tolist() == [2, 15]
