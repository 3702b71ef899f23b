"""The parameter file is checked key by key."""

import pytest
import yaml

from pipeline.params import Params, ParamsError, load_params
from pipeline.paths import ROOT

FILE = ROOT / "configs" / "params.yaml"


def changed(tmp_path, edit):
    content = yaml.safe_load(FILE.read_text())
    edit(content)
    path = tmp_path / "params.yaml"
    path.write_text(yaml.safe_dump(content))
    return path


def test_the_file_of_the_project_is_valid():
    assert load_params(FILE).match.min_cosine > 0


def test_an_unknown_key_names_the_nearest(tmp_path):
    path = changed(tmp_path, lambda c: c["match"].update(min_cosin=0.5))
    with pytest.raises(ParamsError, match=r"unknown key 'match.min_cosin'; did you mean 'min_cosine'\?"):
        load_params(path)


def test_an_unknown_section_lists_the_known_ones(tmp_path):
    path = changed(tmp_path, lambda c: c.update(zzz={}))
    with pytest.raises(ParamsError, match="unknown key 'zzz'; known here: ingest, reconcile"):
        load_params(path)


def test_a_value_out_of_bounds_names_key_and_value(tmp_path):
    path = changed(tmp_path, lambda c: c["reconcile"].update(min_text_similarity=90))
    with pytest.raises(ParamsError, match=r"reconcile.min_text_similarity.*found 90"):
        load_params(path)


def test_a_missing_key_is_named(tmp_path):
    path = changed(tmp_path, lambda c: c["embed"].pop("model"))
    with pytest.raises(ParamsError, match=r"embed.model: Field required"):
        load_params(path)


def test_a_missing_file_says_where_to_run(tmp_path):
    with pytest.raises(ParamsError, match="project's folder"):
        load_params(tmp_path / "none.yaml")


def test_parameters_cannot_be_changed_while_running(params: Params):
    with pytest.raises(ValueError, match="frozen"):
        params.match.min_cosine = 0.1


def test_every_parameter_says_what_it_changes():
    lines = [line for line in FILE.read_text().splitlines() if ":" in line and not line.strip().startswith("#")]
    leaves = [line for line in lines if line.split(":", 1)[1].split("#")[0].strip() and "{auto" not in line]
    assert [line for line in leaves if "#" not in line] == []
