"""Readers of the sources, one module a format; `open_source` detects the format by content."""

from pipeline.sources.detect import open_source
from pipeline.sources.record import Limits, Record, SourceError, SourceFile

__all__ = ["Limits", "Record", "SourceError", "SourceFile", "open_source"]
