"""Run a function over many inputs in worker processes; an input that kills its process stops nothing else."""

import multiprocessing
import os
import resource
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

Key = TypeVar("Key")
Result = TypeVar("Result")


class JobLimits(NamedTuple):
    """What one job may use before its process is ended: seconds of processor time, bytes of address space."""

    seconds: int
    memory: int


def run_all(
    function: Callable[..., Result],
    jobs: Mapping[Key, tuple[Any, ...]],
    workers: int,
    limits: JobLimits | None = None,
) -> Iterator[tuple[Key, Result | None]]:
    """Yield key and result of each job, as they end; the result is None where the job killed its process.

    Args:
        function: picklable; called as `function(*job)`.
        jobs: key -> arguments.
        workers: processes at the same time; with one worker or one job, and no limits, it runs here.
        limits: of each job; a job that goes beyond them kills its process, or meets a MemoryError.
    """
    if limits is None and (workers <= 1 or len(jobs) <= 1):
        yield from ((key, function(*job)) for key, job in jobs.items())
        return
    left = dict(jobs)
    for key, result in _pool(function, left, max(1, min(workers, len(left))), limits):
        del left[key]
        yield key, result
    for key, job in left.items():
        alone = dict(_pool(function, {key: job}, 1, limits))
        yield key, alone.get(key)


def run_every(
    function: Callable[..., Result], jobs: Mapping[Key, tuple[Any, ...]], workers: int, failed: Callable[[Key], str]
) -> Iterator[tuple[Key, Result]]:
    """Yield what `run_all` does, of jobs that the caller cannot do without.

    Raises:
        MemoryError: a job killed its process; `failed` says in words what could not be done.
    """
    for key, result in run_all(function, jobs, workers):
        if result is None:
            raise MemoryError(f"{failed(key)}: out of memory")
        yield key, result


def processes(size: int, few: int) -> int:
    """Return how many processes to share work of this `size` among: below `few` this one alone, else one a core."""
    return 1 if size < few else os.cpu_count() or 1


def _pool(
    function: Callable[..., Result], jobs: Mapping[Key, tuple[Any, ...]], workers: int, limits: JobLimits | None
) -> Iterator[tuple[Key, Result]]:
    """Yield what ends before a process dies."""
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        futures = {pool.submit(_limited, function, job, limits): key for key, job in jobs.items()}
        for future in as_completed(futures):
            if not isinstance(future.exception(), BrokenProcessPool):
                yield futures[future], future.result()


def _limited(function: Callable[..., Result], job: tuple[Any, ...], limits: JobLimits | None) -> Result:
    """Return `function(*job)`, called in a process of its own that may use no more than `limits`."""
    if limits is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.seconds
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        with suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(resource.RLIMIT_AS, (limits.memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    return function(*job)
