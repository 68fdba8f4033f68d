"""The command line: `trainyard serve | train | check | doctor`."""

from app.cli.commands import main

__all__ = ["main"]
