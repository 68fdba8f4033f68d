"""Keeps a process to its own files and off the network, as far as Linux allows it: Landlock, a network namespace."""

import ctypes
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LINUX = sys.platform == "linux"
_libc = ctypes.CDLL(None, use_errno=True) if LINUX else None  # loaded before any fork
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # system calls, the same on all processors
ASK_VERSION, PATH_BENEATH, NO_NEW_PRIVILEGES, NEW_NETWORK = 1, 1, 38, 0x4000_0000
# Bits of access, by linux/landlock.h. What a file can have is less than what a folder can.
EXECUTE, WRITE, READ, LIST, REFER, TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 13, 1 << 14
ALL_OF_FIRST_VERSION = (1 << 13) - 1
OF_FILES = EXECUTE | WRITE | READ | TRUNCATE
TCP = 0b11  # to bind and to connect
# What Python and its libraries read of the system; none of it is secret.
SYSTEM = (
    *("/usr", "/lib", "/lib64", "/bin", "/proc", "/sys", "/dev/urandom", "/dev/random"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/passwd", "/etc/nsswitch.conf"),
)


@dataclass(frozen=True)
class Reach:
    """The files that a process may still read, and those that it may change too: folders with all below them."""

    reads: Sequence[Path] = ()
    writes: Sequence[Path] = ()


@dataclass(frozen=True)
class Confined:
    """What was achieved: no files but those of its reach, and no network."""

    files: bool
    network: bool


def confine(reach: Reach, data: Path) -> Confined:
    """Confines this process, which must have one thread, for good. `data` holds the secrets that it must not read."""
    if _libc is None:
        return Confined(files=False, network=False)
    network = _libc.unshare(NEW_NETWORK) == 0  # needs root, or a container that allows it
    version = _libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION)
    if version < 1:
        return Confined(files=False, network=network)
    files = _landlock(version, reach, data)
    return Confined(files, network or (files and version >= 4))  # from then on it knows of TCP


def _landlock(version: int, reach: Reach, data: Path) -> bool:
    if _libc is None:
        return False
    handled = ALL_OF_FIRST_VERSION | (REFER if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)
    asked = (ctypes.c_uint64 * 2)(handled, TCP)
    size = ctypes.c_size_t(16 if version >= 4 else 8)
    rules = _libc.syscall(CREATE_RULESET, ctypes.byref(asked), size, 0)
    if rules < 0:
        return False
    try:
        reads = [*map(Path, SYSTEM), *_of_python(data), *reach.reads]
        well = all(_allow(rules, path, EXECUTE | READ | LIST) for path in reads)
        well = well and all(_allow(rules, path, handled) for path in (*reach.writes, Path(os.devnull)))
        return well and not _libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) and not _libc.syscall(RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, access: int) -> bool:
    """Adds a rule; what is not there needs none."""
    try:
        opened = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except OSError:
        return True
    try:
        allowed = access if path.is_dir() else access & OF_FILES
        rule = (ctypes.c_byte * 12)()  # packed: the access in 8 bytes, the file in 4
        ctypes.c_uint64.from_buffer(rule, 0).value = allowed
        ctypes.c_int32.from_buffer(rule, 8).value = opened
        return _libc is not None and not _libc.syscall(ADD_RULE, rules, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)


def _of_python(data: Path) -> Iterable[Path]:
    """Where modules are read from, but for a folder in which the data stand: an installation in place has both."""
    secret = data.resolve()
    for place in (sys.prefix, sys.base_prefix, str(Path(__file__).parents[1]), *sys.path):
        with suppress(OSError):
            path = Path(place).resolve()
            if place and path != secret and path not in secret.parents:
                yield path
