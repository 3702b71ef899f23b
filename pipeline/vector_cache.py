"""Vectors kept between runs, by the text's hash and the encoder's identity: only new texts are ever encoded.

One SQLite file outside DVC's outputs. It holds no text. A damaged file is put aside and made anew: it only costs time.
"""

import hashlib
import logging
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]

log = logging.getLogger(__name__)

_CHUNK = 1024
"""Texts encoded between two savings: what a killed run loses."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS encoders (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS vectors (
    encoder INTEGER NOT NULL, text_hash BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, text_hash)
) WITHOUT ROWID;
"""


def text_hash(text: str) -> str:
    """Return the hash a text is kept under, 32 hex digits."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def cached_vectors(
    path: Path, identity: str, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors], *, unit: bool = True
) -> tuple[Vectors, int]:
    """Return the vectors of `texts`, one row each, and how many distinct texts had to be encoded.

    Vectors are kept in half precision, and rows come out as kept, at length one if `unit`: a first run and a later one
    give the same.
    """
    vectors, encoded = _mended(path, identity, texts, encode)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True) if unit and len(vectors) else vectors), encoded


def _mended(
    path: Path, identity: str, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]
) -> tuple[Vectors, int]:
    wanted = {text_hash(text): text for text in texts}
    try:
        return _read_or_encode(path, identity, texts, wanted, encode)
    except sqlite3.DatabaseError as error:
        aside = path.with_name(f"{path.name}.damaged")
        log.warning("The cache of vectors %s is damaged (%s); it is put aside and made anew", path, error)
        path.replace(aside)
        return _read_or_encode(path, identity, texts, wanted, encode)


def _read_or_encode(
    path: Path,
    identity: str,
    texts: Sequence[str],
    wanted: dict[str, str],
    encode: Callable[[Sequence[str]], Vectors],
) -> tuple[Vectors, int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=60)) as cache:
        cache.executescript(_SCHEMA)
        cache.execute("INSERT OR IGNORE INTO encoders (identity) VALUES (?)", (identity,))
        cache.commit()
        (encoder,) = cache.execute("SELECT id FROM encoders WHERE identity = ?", (identity,)).fetchone()
        kept = _read(cache, encoder, wanted)
        missing = sorted((text for key, text in wanted.items() if key not in kept), key=lambda t: (-len(t), t))
        for chunk in _shown(missing):
            fresh = encode(chunk).astype(np.float16)
            kept.update(zip(map(text_hash, chunk), fresh, strict=True))
            rows = (
                (encoder, bytes.fromhex(text_hash(text)), row.tobytes()) for text, row in zip(chunk, fresh, strict=True)
            )
            cache.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            cache.commit()
    if not kept:
        return np.zeros((0, 0), dtype=np.float32), 0
    return np.stack([kept[text_hash(text)] for text in texts]).astype(np.float32), len(missing)


def _read(cache: sqlite3.Connection, encoder: int, wanted: Iterable[str]) -> dict[str, NDArray[np.float16]]:
    """Return the vectors kept of the wanted hashes."""
    cache.execute("CREATE TEMP TABLE wanted (text_hash BLOB PRIMARY KEY)")
    cache.executemany("INSERT INTO wanted VALUES (?)", ((bytes.fromhex(key),) for key in wanted))
    rows = cache.execute(
        "SELECT text_hash, vector FROM vectors JOIN wanted USING (text_hash) WHERE encoder = ?", (encoder,)
    )
    return {key.hex(): np.frombuffer(blob, dtype=np.float16) for key, blob in rows}


def _shown(texts: list[str]) -> Iterator[list[str]]:
    """Yield the texts in chunks, the longest first, with a progress bar if a person is watching."""
    chunks = [texts[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK)]
    if not (chunks and sys.stderr.isatty()):
        yield from chunks
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(chunks, description=f"Encoding {len(texts):,} texts", console=Console(stderr=True))
