"""What only Linux offers to a process that looks after others. Elsewhere each of these does nothing, or gives 0."""

import ctypes
import os
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
LINUX = sys.platform == "linux"
_libc = ctypes.CDLL(None) if LINUX else None  # loaded before any fork


def die_with(parent: int) -> None:
    """Makes the kernel kill this process when `parent`, which forked it, ends in whatever way."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the line above
        os._exit(1)


def offer_to_the_oom_killer(score: int = 500) -> None:
    """When memory runs out, this process goes before those with a lower score."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(score))


def oom_kills() -> int:
    """How many processes of this cgroup (a container's, usually) the kernel has killed for want of memory."""
    with suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            root = Path("/sys/fs/cgroup")
            if controllers == "":
                files = [root / path.strip("/") / "memory.events", root / "memory.events"]
            elif "memory" in controllers.split(","):
                files = [root / "memory" / path.strip("/") / "memory.oom_control", root / "memory/memory.oom_control"]
            else:
                continue
            for file in files:
                if file.exists():
                    found = re.search(r"^oom_kill (\d+)", file.read_text(), re.MULTILINE)
                    return int(found[1]) if found else 0
    return 0


def data_size() -> int:
    """Bytes of this process that count against `RLIMIT_DATA`."""
    with suppress(OSError):
        found = re.search(r"^VmData:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
        return int(found[1]) * 1024 if found else 0
    return 0


def threads() -> int:
    """How many threads this process has."""
    with suppress(OSError):
        return len(list(Path("/proc/self/task").iterdir()))
    return 0
