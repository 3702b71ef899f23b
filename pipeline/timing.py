"""How long a stage took and how much memory: one small JSON file a stage; and both of a part of a process."""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.tables import replacing

_RSS_UNITS_PER_MB = 1024**2 if sys.platform == "darwin" else 1024
"""Linux counts resident memory in kilobytes, macOS in bytes."""
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Stopwatch:
    """A moment from which the wall-clock and processor seconds of this process are counted."""

    _wall: float = field(default_factory=time.perf_counter)
    _cpu: float = field(default_factory=time.process_time)

    def seconds(self) -> tuple[float, float]:
        """Return the seconds since then: wall-clock, processor (all threads)."""
        return time.perf_counter() - self._wall, time.process_time() - self._cpu


def peak_megabytes() -> int:
    """Return the most memory this process has had; on Linux not counting what the process that began it had."""
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return round(int(line.split()[1]) / 1024)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _RSS_UNITS_PER_MB)


@contextmanager
def measured(stage: str, folder: Path) -> Iterator[None]:
    """Write seconds and peak memory (megabytes, of this process or its largest child) of the body to `folder`."""
    start = time.perf_counter()
    yield
    seconds = round(time.perf_counter() - start, 2)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    with replacing(folder / f"{stage.replace('/', '-')}.json") as path:
        path.write_text(json.dumps({"stage": stage, "seconds": seconds, "peak_mb": round(peak / _RSS_UNITS_PER_MB)}))
