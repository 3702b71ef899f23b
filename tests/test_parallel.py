"""Work in processes: all of it is done, and what dies alone dies alone."""

import os

from pipeline.parallel import run_all


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
