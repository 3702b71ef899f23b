"""`python -m pipeline` is the command `upr`."""

from pipeline.cli import main

main()
