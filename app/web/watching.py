"""Telling a worker which probes are looked at."""

import time
from contextlib import suppress

from app.runs.folder import RunFolder

EVERY = 2.0  # seconds between two writings of the same; the worker forgets after `app.runs.folder.WATCH_LASTS`
SOONEST = 0.2  # seconds before something else is written, however often those who look change their minds


class Watch:
    """The file `watched` of one run. It is written where something changed, and again before it lapses."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._said: frozenset[str] = frozenset()
        self._at = -EVERY

    def say(self, probes: frozenset[str]) -> None:
        """Writes the file where it is time to. Call it from a thread: disks can be slow."""
        waited = time.monotonic() - self._at
        if not probes or waited < (EVERY if probes == self._said else SOONEST):
            return
        if self._folder.path.is_dir():
            self._said, self._at = probes, time.monotonic()
            with suppress(OSError):  # on a full disk the pictures stand still; the curve does not
                self._folder.watch(sorted(probes))
