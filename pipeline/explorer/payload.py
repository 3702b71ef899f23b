"""Data as files a page can read without a server: `UPR.receive("name", "...")`, the text being base64 of gzipped JSON.

A browser refuses `fetch` of files beside a page opened from a disk, but runs classic scripts. Compressed, the data of
41,000 recommendations is a third of its size, and no text of a document ever stands in a script as it is.
"""

import base64
import gzip
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.tables import replacing


def plain(values: Iterable[Any]) -> list[Any]:
    """Return `values` as JSON knows them: missing is None, numbers of numpy are numbers, whole floats stay floats."""
    return [None if pd.isna(value) else value.item() if hasattr(value, "item") else value for value in values]


def codes(values: pd.Series, known: Sequence[Any]) -> list[int]:
    """Return the place of each value in `known`; -1 where it is missing or not there."""
    found = pd.Index(known).get_indexer(pd.Index(values))
    return [int(place) for place in found]


def script(name: str, content: Any) -> str:
    """Return the text of the file that hands `content` to the page under `name`; the same content, the same text."""
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    packed = base64.b64encode(gzip.compress(raw, 9, mtime=0)).decode("ascii")
    return f'UPR.receive({json.dumps(name)},"{packed}");\n'


def write_script(path: Path, name: str, content: Any) -> None:
    """Write `script(name, content)` to `path`, in one step."""
    with replacing(path) as temporary:
        temporary.write_text(script(name, content), encoding="ascii")


def read_script(path: Path) -> Any:
    """Return the content that the file at `path` hands to the page."""
    packed = path.read_text(encoding="ascii").rsplit('"', 2)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))
