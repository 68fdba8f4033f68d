"""Where a server and the one launcher of a data folder meet: a lock, a socket, and a note that says where it is."""

import fcntl
import hashlib
import json
import os
import socket
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

LONGEST_PATH = 100  # bytes; the kernel takes 107


class Taken(Exception):
    """Another launcher serves this data folder."""


class Meeting:
    """The files of one data folder's launcher. Making the object touches no disk."""

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self._lock = self.data / "launcher.lock"
        self._note = self.data / "launcher.json"
        self.log = self.data / "launcher.log"
        self.journal = self.data / "launcher.runs"

    @contextmanager
    def hold(self) -> Generator[BinaryIO]:
        """Makes this process the launcher. Raises `Taken` where there is one."""
        with self._lock.open("ab") as lock:
            if not _locked(lock):
                raise Taken(str(self.data))
            try:
                yield lock
            finally:
                self._forget()

    def held(self) -> bool:
        """Whether a launcher lives, though it may not listen yet."""
        try:
            with self._lock.open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False

    def stands(self, lock: BinaryIO) -> bool:
        """Whether the data folder is still the one whose lock this process holds."""
        try:
            return self._lock.stat().st_ino == os.fstat(lock.fileno()).st_ino
        except OSError:
            return False

    def listen(self) -> socket.socket:
        """A socket that only this user can reach, and the note that leads to it."""
        self._forget()
        try:
            path = self.data / "launcher.sock"
            listener = _bound(path)
        except OSError:  # too long a path, or a file system without sockets
            path = _short_folder() / (hashlib.sha256(os.fsencode(self.data)).hexdigest()[:24] + ".sock")
            listener = _bound(path)
        temporary = self._note.with_suffix(".new")
        temporary.write_text(json.dumps({"socket": str(path), "pid": os.getpid()}))
        temporary.replace(self._note)
        return listener

    def socket(self) -> str | None:
        """The path on which the launcher listens, by its note; None where there is none."""
        return self._noted().get("socket")

    def pid(self) -> int | None:
        """The process number of the launcher, by its note."""
        number = self._noted().get("pid")
        return None if number is None else int(number)

    def _noted(self) -> dict[str, str]:
        try:
            return json.loads(self._note.read_text())
        except FileNotFoundError:
            return {}

    def _forget(self) -> None:
        path = self.socket()
        if path is not None:
            with suppress(OSError):
                Path(path).unlink()
        with suppress(OSError):
            self._note.unlink()


def _locked(file: BinaryIO) -> bool:
    """Takes the lock. A server that looks (`held`) has it for an instant, so one try is not enough."""
    for _ in range(5):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)  # longer than a look at the lock lasts
        else:
            return True
    return False


def _bound(path: Path) -> socket.socket:
    if len(os.fsencode(path)) > LONGEST_PATH:
        raise OSError(f"The path {path} is too long for a socket.")
    with suppress(FileNotFoundError):
        path.unlink()
    listener = socket.socket(socket.AF_UNIX)
    before = os.umask(0o077)
    try:
        listener.bind(str(path))
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(before)
    path.chmod(0o700)
    listener.listen(64)
    listener.setblocking(False)
    return listener


def _short_folder() -> Path:
    """A folder of this user alone, with a short name."""
    folder = Path(tempfile.gettempdir()) / f"trainyard-{os.getuid()}"
    if len(os.fsencode(folder)) > LONGEST_PATH - 32:
        folder = Path("/tmp") / f"trainyard-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.lstat()
    if about.st_uid != os.getuid() or about.st_mode & 0o077 or folder.is_symlink():
        raise PermissionError(f"Expected {folder} to belong to this user alone.")
    return folder
