"""The folder of a run: where each of its files stands, who holds its lock, how it is made."""

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32
WATCH_LASTS = 5.0  # seconds for which "someone is looking" holds


def new_id(letter: str = "r") -> str:
    """A name for a run, or what else the letter stands for, that sorts by the time it was made: 13 characters more."""
    number = (int(time.time() * 1000) << 22) | secrets.randbits(22)
    return letter + "".join(ALPHABET[(number >> shift) & 31] for shift in range(60, -5, -5))


def is_id(text: str, first: str = "r") -> bool:
    """Whether `text` could be such a name. Nothing else ever becomes part of a path."""
    return len(text) == 14 and text[0] == first and all(letter in ALPHABET for letter in text[1:])


class RunFolder:
    """The paths of one run. Making the object touches no disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.id = path.name
        self.experiment_file = path / "experiment.json"
        self.run_file = path / "run.json"
        self.events_file = path / "events.jsonl"
        self.commands_file = path / "commands.jsonl"
        self.lock_file = path / "lock"
        self.watched_file = path / "watched"
        self.overdrawn_file = path / "overdrawn"  # while it stands there, its owner's runs take too much room
        self.live = path / "live"
        self.frames = path / "frames"
        self.checkpoints = path / "checkpoints"

    @classmethod
    def create(cls, runs: Path, document: dict[str, Any], about: dict[str, Any]) -> "RunFolder":
        """A new run's folder below `runs`, complete but for its events. `about` says owner and class."""
        run = cls(runs / new_id())
        about = {"id": run.id, "created": time.time(), **about}
        try:
            for folder in (run.path, run.live, run.frames, run.checkpoints):
                folder.mkdir(parents=True)
            write_whole(run.experiment_file, json.dumps(document, ensure_ascii=False).encode())
            write_whole(run.run_file, json.dumps(about, ensure_ascii=False).encode())
            for log in (run.events_file, run.commands_file, run.lock_file):
                log.touch()
        except OSError:
            run.remove()
            raise
        return run

    @property
    def data(self) -> Path:
        """The data folder that the folder of runs stands in."""
        return self.path.parent.parent

    def document(self) -> dict[str, Any]:
        """The experiment's document."""
        return json.loads(self.experiment_file.read_bytes())

    def about(self) -> dict[str, Any]:
        """Who made the run, and when."""
        return json.loads(self.run_file.read_bytes())

    def bytes(self) -> int:
        """How much room it takes; files that go meanwhile count for nothing."""
        size = 0
        for file in self.path.rglob("*"):
            with suppress(OSError):
                size += file.stat().st_size
        return size

    def locked(self) -> bool:
        """Whether a worker lives."""
        try:
            with self.lock_file.open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False

    @contextmanager
    def lock(self) -> Generator[None]:
        """Holds the run while a worker lives. Raises `BlockingIOError` where another holds it."""
        with self.lock_file.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield

    def remove(self) -> None:
        """Deletes all of it; whoever looks sees it whole or not at all. Needs no room on the disk."""
        gone = self.path.with_name(f".gone-{self.id}")
        try:
            self.path.rename(gone)
        except FileNotFoundError:
            return
        shutil.rmtree(gone, ignore_errors=True)

    def watch(self, probes: list[str]) -> None:
        """Says that someone is looking at these probes; holds for `WATCH_LASTS` seconds."""
        write_whole(self.watched_file, json.dumps(probes).encode())

    def watched(self) -> list[str]:
        """The probes that someone is looking at."""
        try:
            if time.time() - self.watched_file.stat().st_mtime > WATCH_LASTS:
                return []
            return json.loads(self.watched_file.read_bytes())
        except FileNotFoundError:
            return []

    def live_file(self, probe: str) -> Path:
        """The newest frame of a probe."""
        return self.live / f"{probe}.tyf"

    def frame_file(self, probe: str, step: int) -> Path:
        """A kept frame of a probe."""
        return self.frames / str(step) / f"{probe}.tyf.z"


def write_whole(path: Path, content: bytes, lasting: bool = False) -> None:
    """Writes so that a reader sees the old content or the new, never a part; `lasting` survives a power cut."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)  # on a full disk, half a file would take the last room for nothing
        raise
