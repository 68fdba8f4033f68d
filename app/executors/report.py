"""The log of a launcher and its workers: their standard error, which a full disk may refuse."""

import os
from contextlib import suppress


def report(text: str) -> None:
    """Writes a line to the log where there is room: a full disk must end neither the launcher nor what it was doing."""
    with suppress(OSError):
        os.write(2, f"{text.rstrip()}\n".encode(errors="replace"))
