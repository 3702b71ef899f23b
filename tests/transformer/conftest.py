import pytest

from tests.transformer.tiny import tiny_bert


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    return tiny_bert(tmp_path_factory.mktemp("tiny"))
