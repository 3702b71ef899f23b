"""How long a stage took and how much memory: one small JSON file a stage."""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.tables import replacing

_RSS_UNITS_PER_MB = 1024**2 if sys.platform == "darwin" else 1024
"""Linux counts resident memory in kilobytes, macOS in bytes."""


@contextmanager
def measured(stage: str, folder: Path) -> Iterator[None]:
    """Write seconds and peak memory (megabytes, of this process or its largest child) of the body to `folder`."""
    start = time.perf_counter()
    yield
    seconds = round(time.perf_counter() - start, 2)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    with replacing(folder / f"{stage.replace('/', '-')}.json") as path:
        path.write_text(json.dumps({"stage": stage, "seconds": seconds, "peak_mb": round(peak / _RSS_UNITS_PER_MB)}))
