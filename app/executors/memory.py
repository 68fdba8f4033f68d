"""How much memory this machine has, or the container that we are in, and how much of it one process may take."""

import os
from contextlib import suppress
from pathlib import Path

GIB = 1 << 30  # bytes
MOST = 4 * GIB  # for one run, however large the machine is
LEAST = GIB  # less is too little for the ready experiments beside a set of pictures
CGROUPS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def machine_memory() -> int:
    """Bytes; 0 where the system does not say."""
    found: list[int] = []
    with suppress(OSError, ValueError):  # no such name outside POSIX
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for file in CGROUPS:
        with suppress(OSError, ValueError):  # "max" is no number
            found.append(int(Path(file).read_text()))
    return min((size for size in found if size > 0), default=0)


def share_of_memory(at_once: int, total: int | None = None) -> int:
    """Bytes for each of so many processes: three quarters of the machine are divided."""
    whole = machine_memory() if total is None else total
    if not whole:
        return MOST
    return min(max(whole * 3 // 4 // max(at_once, 1), LEAST), MOST)
