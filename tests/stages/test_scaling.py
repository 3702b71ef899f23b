"""Many recommendations grouped against the clock: every method gets the same, and ratios compare one run with itself."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import Recommendations
from pipeline.stages import scaled_methods, scaling
from pipeline.stages.scaled_methods import METHODS, OURS, ROWS, VECTORS, Options
from pipeline.tables import write_table

CLINICS, TORTURE = "Open clinics in all districts", "Ratify the Convention against Torture (CAT)"
TEXTS = [("XAA", CLINICS), ("XAA", CLINICS), ("XAA", TORTURE), ("XBB", TORTURE), ("XBB", CLINICS)]


class Two:
    """An encoder for which texts on torture are one direction and all others another."""

    identity = "two"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[0, 1] if "Torture" in text else [1, 0] for text in texts], dtype=np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = pd.DataFrame(TEXTS, columns=["state_under_review", "text"])
    rows = rows.assign(row=[0, 0, 1, 1, 0], recommendation_id=[f"{number:03d}" for number in range(len(rows))])
    rows.to_parquet(tmp_path / ROWS)
    np.save(tmp_path / VECTORS, np.eye(2, dtype=np.float16))
    return tmp_path


@pytest.mark.parametrize("name", METHODS)
def test_each_method_groups_what_it_is_given(name: str, folder: Path, workspace: Workspace, params: Params) -> None:
    found = scaled_methods._timed(name, folder, Options(workspace, params, 0.9))
    # within a State two texts repeat each other; over all States there are two texts in five rows
    assert (found["groups"], found["in_groups_of_two_or_more"]) == ((2, 5) if "all at once" in name else (4, 2))
    assert 0 <= found["cpu_s"] < 60
    assert found["peak_mb"] >= found["before_mb"] > 10


def test_a_method_runs_in_a_process_of_its_own_on_one_core(folder: Path, workspace: Workspace, params: Params) -> None:
    cores = scaled_methods.os.sched_getaffinity(0) if hasattr(scaled_methods.os, "sched_getaffinity") else None
    found = scaled_methods.measure("SemHash, State by State", folder, Options(workspace, params, 0.9))
    assert found["groups"] == 4
    if cores is not None:
        assert scaled_methods.os.sched_getaffinity(0) == cores, "this process has its cores back"
        with scaled_methods._one_core():
            assert len(scaled_methods.os.sched_getaffinity(0)) == 1


def test_ratios_compare_within_a_run_and_take_the_middle_one() -> None:
    runs = pd.DataFrame(
        [(10, 1, OURS, 4.0, 4.0, 100), (10, 1, "other", 1.0, 2.0, 200), (10, 2, OURS, 40.0, 40.0, 100),
         (10, 2, "other", 10.0, 10.0, 200), (10, 3, OURS, 9.0, 9.0, 100), (10, 3, "other", 1.0, 3.0, 200)],
        columns=["recommendations", "run", "method", "wall_s", "cpu_s", "peak_mb"],
    )  # fmt: skip
    row = scaling.ratios(runs).iloc[0].to_dict()
    assert row == {"recommendations": 10, "beside": "other", "wall": 4.0, "cpu": 3.0, "memory": 0.5,
                   "cpu_least": 2.0, "cpu_most": 4.0, "runs": 3}  # fmt: skip


def test_sizes_are_grown_measured_in_turn_and_only_figures_stay(
    workspace: Workspace, params: Params, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fill(workspace, pledge=4)
    monkeypatch.setattr(scaling, "matching_encoder", lambda *_: Two())
    seen = []

    def measured(name: str, folder: Path, options: Options) -> dict[str, float]:
        rows, vectors = pd.read_parquet(folder / ROWS), np.load(folder / VECTORS)
        assert (vectors[rows["row"], 1] == rows["text"].str.contains("Torture")).all(), "each row has its text's vector"
        assert rows["recommendation_id"].is_unique
        seen.append((name, len(rows), set(rows["state_under_review"]), folder))
        return {"wall_s": 1.0, "cpu_s": 2.0 if name == OURS else 1.0, "peak_mb": 5}

    monkeypatch.setattr(scaling, "measure", measured)
    scaling.run(workspace, params, tmp_path / "out", sizes=[3, 30], repeats=2, min_cosine=0.9)
    assert [name for name, *_ in seen] == [*METHODS] * 4
    assert [size for _, size, *_ in seen] == [3] * 10 + [30] * 10
    assert seen[-1][2] == {"XAA", "XBB"}
    assert not any(folder.exists() for *_, folder in seen)
    found = pd.read_csv(tmp_path / "out" / scaling.RATIOS)
    assert len(found) == 2 * (len(METHODS) - 1)
    assert set(found["cpu"]) == {2.0}
    assert set(found["runs"]) == {2}
    written = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert "Torture" not in written
    assert "| 30 | community_detection, all at once | 1.0 | 2.0 |" in written


def test_pledges_alone_cannot_be_grown(workspace: Workspace, params: Params, tmp_path: Path) -> None:
    fill(workspace, pledge=0)
    with pytest.raises(ValueError, match=r"recommendations\.parquet holds no recommendation to a known State"):
        scaling.run(workspace, params, tmp_path, sizes=[3], repeats=1, min_cosine=0.9)


def fill(space: Workspace, *, pledge: int) -> None:
    """Write the recommendations; those from the row `pledge` on are voluntary pledges."""
    table = pd.DataFrame(TEXTS, columns=["state_under_review", "text"])
    table = table.assign(
        recommendation_id=[f"{number:03d}" for number in range(len(table))], mechanism="upr", cycle=1, year=2009, session=1,
        state_name=table["state_under_review"], is_pledge=[number >= pledge for number in range(len(table))],
        is_provisional=False, clause=1, position="noted", text_original="",
    ).reindex(columns=list(Recommendations.to_schema().columns))  # fmt: skip
    write_table(table, space.table("recommendations"), Recommendations)
