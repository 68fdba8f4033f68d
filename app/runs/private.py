"""A data folder belongs to the user who runs the server: nobody else on the machine reads it or takes its locks."""

import os
import stat
from contextlib import suppress
from pathlib import Path

INNER = ("runs", "uploads")  # what a shared folder, such as /tmp, may hold of ours


def private_folder(data: Path) -> None:
    """Makes a data folder, or mends one that others can read; what this process writes from now on is its user's."""
    os.umask(0o077)
    data.mkdir(parents=True, exist_ok=True)
    for folder in (data, *(data / name for name in INNER)):
        with suppress(OSError):  # it is not there yet, or somebody else's
            mode = folder.stat().st_mode
            if mode & 0o077 and not mode & stat.S_ISVTX:  # a sticky folder is meant for everybody
                folder.chmod(stat.S_IMODE(mode) & 0o700)
