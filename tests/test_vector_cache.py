import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pipeline.vector_cache import cached_vectors, text_hash


class Counting:
    """An encoder that makes a vector of the letters, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        rows = np.array([[len(text), text.count("e") + 1, ord(text[0])] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_only_new_texts_are_encoded_and_rows_stay_the_same(tmp_path: Path) -> None:
    path, encode = tmp_path / "cache" / "vectors.sqlite", Counting()
    first, new = cached_vectors(path, "one", ["free press", "open courts", "free press"], encode)
    assert (new, sorted(encode.asked)) == (2, ["free press", "open courts"])
    again, new = cached_vectors(path, "one", ["open courts", "new wells", "free press"], encode)
    assert (new, encode.asked[2:]) == (1, ["new wells"])
    assert np.array_equal(again[2], first[0])
    assert np.array_equal(again[0], first[1])
    assert np.allclose(np.linalg.norm(again, axis=1), 1, atol=1e-6)


def test_rows_that_are_no_directions_keep_their_length(tmp_path: Path) -> None:
    rows = np.array([[3.0, 4.0]], dtype=np.float32)
    kept, _ = cached_vectors(tmp_path / "vectors.sqlite", "one", ["free press"], lambda texts: rows, unit=False)
    assert kept.tolist() == [[3.0, 4.0]]


def test_encoders_do_not_share_vectors(tmp_path: Path) -> None:
    path, encode = tmp_path / "vectors.sqlite", Counting()
    cached_vectors(path, "one", ["free press"], encode)
    assert cached_vectors(path, "other", ["free press"], encode)[1] == 1


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to look at" * 40, b"SQLite format 3\x00" + b"\x07" * 5000]
)
def test_a_damaged_file_costs_time_and_nothing_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vectors.sqlite"
    path.write_bytes(content)
    vectors, new = cached_vectors(path, "one", ["free press"], Counting())
    assert (len(vectors), new) == (1, 1)
    assert (tmp_path / "vectors.sqlite.damaged").exists()
    assert cached_vectors(path, "one", ["free press"], Counting())[1] == 0


def test_what_was_encoded_before_a_kill_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.vector_cache._CHUNK", 2)
    path, encode = tmp_path / "vectors.sqlite", Counting()

    def killed(texts: Sequence[str]) -> np.ndarray:
        if "b" in texts:
            raise KeyboardInterrupt
        return encode(texts)

    with pytest.raises(KeyboardInterrupt):
        cached_vectors(path, "one", ["dddd", "ccc", "b"], killed)
    assert cached_vectors(path, "one", ["dddd", "ccc", "b"], encode)[1] == 1


def test_no_text_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    cached_vectors(path, "one", ["a very private sentence"], Counting())
    assert b"private" not in path.read_bytes()
    rows = sqlite3.connect(path).execute("SELECT hex(text_hash) FROM vectors").fetchall()
    assert rows == [(text_hash("a very private sentence").upper(),)]


def test_no_texts(tmp_path: Path) -> None:
    assert cached_vectors(tmp_path / "v.sqlite", "one", [], Counting())[1] == 0
