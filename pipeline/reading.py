"""One source file -> a parquet part of the table `Ingested`, and what became of the file."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schemas import Ingested
from pipeline.sessions import Session
from pipeline.sources import Limits, open_source
from pipeline.sources.record import Record, SourceError, SourceFile
from pipeline.sources.tally import tells_of_loss
from pipeline.standardise import Standardiser
from pipeline.states import States
from pipeline.tables import TableError, conform

_BATCH = 5000
SAMPLE = "sample"


def source_files(folder: Path) -> list[Path]:
    """Return the files to read below `folder`: the user's own, or the sample's where there are none.

    Raises:
        TableError: there is no file at all.
    """
    files = [p for p in sorted(folder.rglob("*")) if (p.is_file() or _leads_nowhere(p)) and not _is_clutter(p.name)]
    files = [p for p in files if p != folder / "README.md"]
    own = [p for p in files if p.relative_to(folder).parts[0] != SAMPLE]
    if not files:
        raise TableError(f"{folder} holds no files; put at least one source there (see docs/sources.md)")
    return own or files


def _leads_nowhere(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _is_clutter(name: str) -> bool:
    """Return whether a file is one that programs leave behind: hidden, a lock of an open document, thumbnails."""
    return name.startswith((".", "~$")) or name.casefold() in ("thumbs.db", "desktop.ini", "ehthumbs.db")


def may_be_hostile(path: Path) -> bool:
    """Return whether the file is of a kind that can hold a reader up from within: a PDF."""
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024)
    except OSError:
        return False


def content_hash(path: Path) -> str | None:
    """Return the SHA-256 of a file; None if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


@dataclass(frozen=True)
class Reader:
    """What reading needs to know; crosses to worker processes."""

    states: States
    sessions: Mapping[int, Session]
    limits: Limits
    min_language_probability: float

    def read(self, path: Path, name: str, columns: Mapping[str, str], part: Path) -> dict[str, Any]:
        """Write the rows of the file at `path` to the parquet file `part`; return its line of the ingest report.

        A file that cannot be read, or not to its end, gives the rows before that and a message; it never raises.
        """
        report = not_read(name)
        messages: list[str] = []
        try:
            source = open_source(path, states=self.states, limits=self.limits, columns=columns)
            self._write(source, name, part, report, messages)
            whole = report["records_read"] and not any(map(tells_of_loss, source.notes))
            report["status"] = "ok" if whole else "partial"
        except Exception as error:
            messages.insert(0, _explain(error, name))
            report["status"] = "partial" if report["records_read"] else "failed"
        report["message"] = " | ".join(messages) or None
        return report

    def killed(self, name: str) -> dict[str, Any]:
        """Return the line of the ingest report for a file that killed the process reading it."""
        message = f"{name} stopped the process that read it (too large or damaged); save it anew or split it"
        return not_read(name, message)

    def _write(self, source: SourceFile, name: str, part: Path, report: dict[str, Any], messages: list[str]) -> None:
        report.update(detected_format=source.format, encoding=source.encoding)
        standardiser = Standardiser(source.format, name, self.states, self.sessions, self.min_language_probability)
        schema = pa.Schema.from_pandas(Ingested.empty(), preserve_index=False)
        try:
            with pq.ParquetWriter(part, schema) as writer:
                last = 0
                for batch in _batches(source.records):
                    frame = conform(pd.DataFrame(standardiser.rows(batch)), Ingested, in_order=True)
                    writer.write_table(pa.Table.from_pandas(frame, schema, preserve_index=False))
                    report["records_read"] += int(
                        (frame["source_row"].diff().fillna(batch[0].source_row - last) != 0).sum()
                    )
                    last = batch[-1].source_row
        finally:
            report.update(number_gaps=source.number_gaps, duplicate_numbers=source.duplicate_numbers)
            report["unknown_states"] = len(standardiser.unknown_states)
            messages += [*source.notes, *filter(None, [standardiser.unknown_states_message()])]


def not_read(name: str, message: str | None = None) -> dict[str, Any]:
    """Return the line of the ingest report of a file of which nothing is read."""
    counts = ("records_read", "recommendations", "skipped", "number_gaps", "duplicate_numbers", "unknown_states")
    line: dict[str, Any] = {"source_file": name, "status": "failed", **dict.fromkeys(counts, 0)}
    return line | {"detected_format": None, "encoding": None, "message": message}


def _explain(error: Exception, name: str) -> str:
    """Return what went wrong and the remedy, in one line."""
    if isinstance(error, SourceError):
        return str(error)
    if isinstance(error, MemoryError):
        return f"{name} needs more memory than there is; split it and run again"
    if isinstance(error, FileNotFoundError):
        return f"{name} is not there any more, or a link to what is not there; put the file itself here, or delete the link"
    if isinstance(error, PermissionError):
        return f"{name} may not be read by this user; change its permissions, or close the program that holds it open"
    if isinstance(error, OSError):
        return f"{name} cannot be read from its disk ({error.strerror or error}); copy it anew and run again"
    return f"{name} broke the reader ({type(error).__name__}: {error}); please report this file"


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    """Yield lists of records; a file that breaks off still gives those before the break."""
    while True:
        batch: list[Record] = []
        try:
            batch.extend(islice(records, _BATCH))
        except SourceError:
            if batch:
                yield batch
            raise
        if not batch:
            return
        yield batch
