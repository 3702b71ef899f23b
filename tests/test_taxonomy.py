"""Vocabularies are checked when read; labels of exports lead to concepts."""

import pytest

from pipeline.paths import ROOT
from pipeline.taxonomy import TaxonomyError, load_crosswalk, load_taxonomy

HEAD = "scheme: test\ntitle: Test\nversion: '1'\nsource: invented\nconcepts:\n"


def taxonomy(tmp_path, body):
    path = tmp_path / "test.yaml"
    path.write_text(HEAD + body)
    return path


def test_labels_aliases_and_codes_lead_to_the_concept(tmp_path):
    path = taxonomy(tmp_path, "- {id: 'test:a', label: Women & girls, aliases: [women], code: w}\n")
    assert load_taxonomy(path).by_label() == {"women girls": "test:a", "women": "test:a", "w": "test:a"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("- {id: 'test:a', label: A}\n- {id: 'test:a', label: B}\n", "occur twice: test:a"),
        ("- {id: 'other:a', label: A}\n", "does not begin with 'test:'"),
        ("- {id: 'test:a', label: A, broader: 'test:z'}\n", "unknown broader concept 'test:z'"),
        ("- {id: 'test:a', label: A, synonym: [x]}\n", "synonym"),
        ("- {id: 'test:a', label: ''}\n", "label"),
        ("- {id: [\n", "test.yaml"),
    ],
)
def test_a_broken_vocabulary_is_refused(tmp_path, body, message):
    with pytest.raises(TaxonomyError, match=message):
        load_taxonomy(taxonomy(tmp_path, body))


def test_a_crosswalk_to_an_unknown_concept_names_the_line(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("from_id,to_id,relation\na:1,b:1,exact\na:1,b:9,close\n")
    with pytest.raises(TaxonomyError, match=r"line 3: unknown concept 'b:9'"):
        load_crosswalk(path, ["a:1"], ["b:1"])


@pytest.mark.parametrize("path", sorted((ROOT / "configs" / "taxonomies").glob("*.yaml")), ids=lambda p: p.stem)
def test_the_vocabularies_of_the_project_are_valid(path):
    found = load_taxonomy(path)
    assert path.stem.replace("_", "-").startswith(found.scheme)
