"""Read every source file, whatever its format; one bad file never stops the others."""

import os
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from pipeline.parallel import JobLimits, run_all
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.reading import SAMPLE, Reader, content_hash, may_be_hostile, not_read, source_files
from pipeline.schemas import Ingested, IngestReport
from pipeline.sessions import load_sessions
from pipeline.sources import Limits
from pipeline.states import load_states
from pipeline.tables import replacing, write_table


def run(workspace: Workspace, params: Params) -> None:
    """Write `ingested/records` and `ingested/report`."""
    options = params.ingest
    limits = Limits(options.max_cell_characters, options.max_uncompressed_bytes)
    states = load_states(workspace.configs / "states.csv")
    sessions = load_sessions(workspace.configs / "sessions.csv")
    reader = Reader(states, sessions, limits, options.min_language_probability)
    files = source_files(workspace.sources)
    with tempfile.TemporaryDirectory(prefix="ingest-") as folder:
        jobs = {
            path: (path, (name := path.relative_to(workspace.sources).as_posix()),
                   options.generic_columns.get(name, {}), Path(folder) / f"{number}.parquet")
            for number, path in enumerate(files)
        }  # fmt: skip
        bounds = JobLimits(options.max_seconds_per_file, options.max_memory_megabytes * 1024**2)
        hostile = any(map(may_be_hostile, files))
        done = run_all(reader.read, jobs, options.workers or os.cpu_count() or 1, bounds if hostile else None)
        bar = tqdm(done, total=len(jobs), desc="reading files", unit="file", disable=None)
        reports = {path: report or reader.killed(jobs[path][1]) for path, report in bar}
        _gather([jobs[path][3] for path in files], workspace.table("ingested/records"))
    report = pd.DataFrame([reports[path] for path in files])
    report["message"] = _with_duplicates(files, report)
    if (workspace.sources / SAMPLE).exists() and files[0].relative_to(workspace.sources).parts[0] != SAMPLE:
        report.loc[len(report)] = not_read(f"{SAMPLE}/", "skipped: your own files are here") | {"status": "ok"}
    write_table(report, workspace.table("ingested/report"), IngestReport)


def _gather(parts: list[Path], target: Path) -> None:
    """Join the parts of the files, in order, to one table; constant memory."""
    schema = pa.Schema.from_pandas(Ingested.empty(), preserve_index=False)
    with replacing(target) as temporary, pq.ParquetWriter(temporary, schema) as writer:
        for part in parts:
            for batch in pq.ParquetFile(part).iter_batches() if part.exists() else ():
                writer.write_batch(batch)


def _with_duplicates(files: list[Path], report: pd.DataFrame) -> list[str | None]:
    """Return the messages, saying of a file with the same content as an earlier one that it is counted once."""
    first: dict[str, str] = {}
    messages = []
    for path, name, message in zip(files, report["source_file"], report["message"], strict=True):
        original = first.setdefault(content_hash(path) or name, name)
        twin = None if original == name else f"same content as {original}: counted once"
        messages.append(" | ".join(part for part in (message, twin) if isinstance(part, str)) or None)
    return messages
