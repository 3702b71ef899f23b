"""Work in processes: all of it is done, and what dies alone dies alone."""

import os

import pytest

from pipeline.parallel import JobLimits, processes, run_all, run_every


def double(number: int) -> int:
    return 2 * number


def double_or_die(number: int) -> int:
    if number == 2:
        os._exit(9)
    return 2 * number


def test_every_job_is_done():
    assert dict(run_all(double, {n: (n,) for n in range(5)}, 2)) == {0: 0, 1: 2, 2: 4, 3: 6, 4: 8}


def test_a_job_that_kills_its_process_stops_no_other():
    assert dict(run_all(double_or_die, {n: (n,) for n in range(4)}, 2)) == {0: 0, 1: 2, 2: None, 3: 6}


def test_one_job_runs_here():
    assert dict(run_all(lambda n: n + 1, {"a": (1,)}, 8)) == {"a": 2}


def spin_if_two(number: int) -> int:
    while number == 2:
        pass
    return number


def test_a_job_that_takes_too_long_is_given_up():
    limits = JobLimits(seconds=1, memory=1 << 33)
    assert dict(run_all(spin_if_two, {n: (n,) for n in range(3)}, 2, limits)) == {0: 0, 1: 1, 2: None}


def hoard(megabytes: int) -> str:
    try:
        return f"{len(bytearray(megabytes << 20)) >> 20}"
    except MemoryError:
        return "too much"


def test_a_job_cannot_take_more_memory_than_it_may():
    limits = JobLimits(seconds=60, memory=3 << 30)
    assert dict(run_all(hoard, {1: (10,), 2: (4000,)}, 1, limits)) == {1: "10", 2: "too much"}


def test_a_job_that_must_not_be_missing_is_named_where_it_died():
    with pytest.raises(MemoryError, match="2 could not be doubled: out of memory"):
        dict(run_every(double_or_die, {n: (n,) for n in range(4)}, 2, lambda n: f"{n} could not be doubled"))
    assert dict(run_every(double, {n: (n,) for n in range(3)}, 2, str)) == {0: 0, 1: 2, 2: 4}


def test_little_work_stays_in_this_process():
    assert processes(19, 20) == 1
    assert processes(20, 20) == (os.cpu_count() or 1)
