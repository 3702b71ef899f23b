"""Universal Periodic Review recommendations: from raw files to tables, asks and framework maps."""

__version__ = "0.1.0"
