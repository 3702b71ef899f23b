"""Run a function over many inputs in worker processes; an input that kills its process stops nothing else."""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Key = TypeVar("Key")
Result = TypeVar("Result")


def run_all(
    function: Callable[..., Result], jobs: Mapping[Key, tuple[Any, ...]], workers: int
) -> Iterator[tuple[Key, Result | None]]:
    """Yield key and result of each job, as they end; the result is None where the job killed its process.

    Args:
        function: picklable; called as `function(*job)`.
        jobs: key -> arguments.
        workers: processes at the same time; with one worker or one job it runs here.
    """
    if workers <= 1 or len(jobs) <= 1:
        yield from ((key, function(*job)) for key, job in jobs.items())
        return
    left = dict(jobs)
    for key, result in _pool(function, left, min(workers, len(left))):
        del left[key]
        yield key, result
    for key, job in left.items():
        alone = dict(_pool(function, {key: job}, 1))
        yield key, alone.get(key)


def _pool(
    function: Callable[..., Result], jobs: Mapping[Key, tuple[Any, ...]], workers: int
) -> Iterator[tuple[Key, Result]]:
    """Yield what ends before a process dies."""
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        futures = {pool.submit(function, *job): key for key, job in jobs.items()}
        for future in as_completed(futures):
            if not isinstance(future.exception(), BrokenProcessPool):
                yield futures[future], future.result()
