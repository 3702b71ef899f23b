"""Each stage leaves its time and memory behind; one that fails leaves nothing new."""

import json
import time

import pytest

from pipeline.timing import Stopwatch, measured, peak_megabytes


def test_time_and_memory_are_noted(tmp_path):
    with measured("tag@themes", tmp_path):
        sum(range(1000))
    noted = json.loads((tmp_path / "tag@themes.json").read_text())
    assert noted["stage"] == "tag@themes"
    assert 0 <= noted["seconds"] < 60
    assert 10 < noted["peak_mb"] < 100_000


def test_a_stage_that_fails_notes_nothing(tmp_path):
    with pytest.raises(RuntimeError), measured("match", tmp_path):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_waiting_takes_time_and_no_processor():
    watch = Stopwatch()
    time.sleep(0.2)
    wall, cpu = watch.seconds()
    assert wall >= 0.2 > 4 * cpu


def test_the_peak_rises_with_what_is_held():
    before = peak_megabytes()
    held = bytearray(300 * 1024**2)
    held[::4096] = b"x" * len(held[::4096])
    assert peak_megabytes() > max(before, 250)
