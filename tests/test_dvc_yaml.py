"""dvc.yaml says what the code does: its inputs cover the imports, its outputs are those of paths.py, its params exist."""

from pathlib import PurePosixPath

import pytest
import yaml

from pipeline.paths import ROOT, Workspace
from pipeline.schemas import DIMENSIONS, TABLES
from pipeline.stages import ORDER
from pipeline.stages import TRAINING as KNOWN
from tests.imports import closure

STAGES = yaml.safe_load((ROOT / "dvc.yaml").read_text())["stages"]
TRAINING = yaml.safe_load((ROOT / "models" / "dvc.yaml").read_text())["stages"]
PARAMS = yaml.safe_load((ROOT / "configs" / "params.yaml").read_text())


def paths(entries):
    return [next(iter(entry)) if isinstance(entry, dict) else entry for entry in entries]


def body(stage):
    return stage.get("do", stage)


def covered(needed, declared):
    return any(PurePosixPath(needed).is_relative_to(dep) for dep in declared)


def test_the_stages_are_those_the_command_runs_in_the_same_order():
    names = [f"{n}@{key}" for n, s in STAGES.items() for key in s.get("foreach", [None]) if key]
    plain = [n for n, s in STAGES.items() if "foreach" not in s]
    assert sorted(names + plain) == sorted(ORDER)
    assert list(dict.fromkeys(name.split("@")[0] for name in ORDER)) == list(STAGES)


def test_the_training_stages_are_those_the_command_knows():
    assert sorted(TRAINING) == sorted(KNOWN)


@pytest.mark.parametrize("name", STAGES)
def test_declared_inputs_cover_what_the_stage_imports(name):
    declared = body(STAGES[name])["deps"]
    missing = [needed for needed in sorted(closure(f"pipeline.stages.{name}")) if not covered(needed, declared)]
    assert missing == []


@pytest.mark.parametrize("name", TRAINING)
def test_declared_inputs_of_training_cover_what_the_stage_imports(name):
    prefix = "../"
    declared = [dep.removeprefix(prefix) for dep in body(TRAINING[name])["deps"]]
    missing = [needed for needed in sorted(closure(f"pipeline.stages.{name}")) if not covered(needed, declared)]
    assert missing == []


@pytest.mark.parametrize("name", STAGES)
def test_every_stage_says_in_plain_words_what_it_does(name):
    assert len(body(STAGES[name])["desc"].split()) > 5


@pytest.mark.parametrize("name", STAGES)
def test_declared_parameters_exist(name):
    for entry in body(STAGES[name]).get("params", []):
        for key in entry["configs/params.yaml"]:
            value = PARAMS
            for part in key.replace("${key}", "themes").split("."):
                value = value[part]


@pytest.mark.parametrize("name", STAGES)
def test_outputs_are_kept_until_the_new_ones_are_whole(name):
    outs = body(STAGES[name]).get("outs", [])
    assert [out for out in outs if not (isinstance(out, dict) and next(iter(out.values())).get("persist"))] == []


def test_every_table_is_an_output_of_one_stage():
    outs = [path for stage in STAGES.values() for path in paths(body(stage).get("outs", []))]
    assert len(outs) == len(set(outs))
    space = Workspace()
    expected = {space.table(name).as_posix() for name in TABLES}
    assert expected <= set(outs)


def test_the_table_of_each_dimension_is_an_output():
    outs = {path.replace("${key}", name) for name in DIMENSIONS for path in paths(body(STAGES["tag"])["outs"])}
    assert {Workspace().table(f"tags/{name}").as_posix() for name in DIMENSIONS} <= outs
