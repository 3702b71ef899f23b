"""Runs of training stay in a store on this machine, with what decides them and what they showed."""

import mlflow
import pytest

from pipeline.tracking import flat, log_run, numbers


def test_nested_values_get_a_path():
    values = {
        "all": {"micro_f1": 0.9, "micro_f1_95": [0.8, 0.95]},
        "texts": 3,
        "auto": {"from_score": None},
        "ok": True,
    }
    assert dict(flat(values))["all.micro_f1_95"] == [0.8, 0.95]
    assert dict(numbers(values)) == {"all.micro_f1": 0.9, "texts": 3.0}


@pytest.mark.slow
def test_a_run_keeps_parameters_figures_hashes_and_files(tmp_path):
    table = tmp_path / "per_label.csv"
    table.write_text("label,f1\nAlpha,0.5\n")
    for name in ("train themes", "evaluate themes"):
        log_run(
            tmp_path / "store", experiment="themes", name=name, params={"params": {"cost": 0.3}, "kind": "linear"},
            metrics={"all": {"micro_f1": 0.9}}, tags={"data_sha256": "ab" * 32, "git_commit": None},
            files=[table, tmp_path / "absent.csv"],
        )  # fmt: skip
    client = mlflow.MlflowClient(f"sqlite:///{tmp_path / 'store' / 'mlflow.db'}")
    runs = client.search_runs([client.get_experiment_by_name("themes").experiment_id])
    assert {run.info.run_name for run in runs} == {"train themes", "evaluate themes"}
    assert runs[0].data.params == {"params.cost": "0.3", "kind": "linear"}
    assert runs[0].data.metrics == {"all.micro_f1": 0.9}
    assert runs[0].data.tags["data_sha256"] == "ab" * 32
    assert "git_commit" not in runs[0].data.tags
    assert [file.path for file in client.list_artifacts(runs[0].info.run_id)] == ["per_label.csv"]
