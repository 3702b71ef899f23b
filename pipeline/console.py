"""What the commands share: the parameter file, and how an error is told."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

ParamsFile = Annotated[Path, typer.Option("--params", help="Parameter file.")]
DEFAULT_PARAMS = Path("configs/params.yaml")


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn errors of data and usage into one message and exit code 1; UPR_DEBUG=1 shows where they come from."""
    try:
        yield
    except (ValueError, OSError) as error:
        if os.environ.get("UPR_DEBUG"):
            raise
        typer.echo(f"upr: {error}", err=True)
        raise typer.Exit(1) from error
