"""What the tests of executors share: toy runs, an executor over the toy program, and waiting with a deadline."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app.executors.limits import Limits
from app.executors.local import LocalExecutor

PROGRAM = Path(__file__).with_name("program.py")
DEADLINE = 120.0  # seconds


def command(idle_seconds: float = 60.0) -> list[str]:
    """Starts the toy program. The launcher's data folder comes behind it, so the seconds go in front."""
    code = (
        "import sys, runpy; idle, program, data = sys.argv[1:]; sys.argv = [program, data, idle];"
        "runpy.run_path(program, run_name='__main__')"
    )
    return [sys.executable, "-c", code, str(idle_seconds), str(PROGRAM)]


@asynccontextmanager
async def executor(data: Path, idle_seconds: float = 60.0, **limits: int) -> AsyncGenerator[LocalExecutor]:
    """An executor whose launcher and workers are gone at the end, whatever happens."""
    made = LocalExecutor(data, Limits(**limits), command(idle_seconds))
    try:
        yield made
    finally:
        await made.shutdown()


class ToyRun:
    """The folder of a toy run with its plan."""

    def __init__(self, data: Path, name: str, *plan: list[Any]) -> None:
        self.folder = data / "runs" / name
        self.folder.mkdir(parents=True)
        (self.folder / "lock").touch()
        (self.folder / "plan.json").write_text(json.dumps(plan))

    @property
    def end(self) -> str | None:
        """The reason for which it ended."""
        return self._text("end")

    @property
    def steps(self) -> int:
        return int(self._text("steps") or 0)

    @property
    def workers(self) -> list[int]:
        """The process numbers of its workers, oldest first."""
        return [int(line) for line in (self._text("attempts") or "").splitlines()]

    def _text(self, name: str) -> str | None:
        try:
            return (self.folder / name).read_text()
        except FileNotFoundError:
            return None


async def until(true: Callable[[], Any], what: str = "") -> Any:
    """Waits until something is true, and gives it. Fails after `DEADLINE` seconds."""

    async def asked() -> Any:
        return true()

    return await until_answered(asked, what)


async def until_answered(true: Callable[[], Awaitable[Any]], what: str = "") -> Any:
    """`until` for something that is asked asynchronously."""
    deadline = time.monotonic() + DEADLINE
    while not (found := await true()):
        if time.monotonic() > deadline:
            raise AssertionError(f"It did not happen in {DEADLINE} seconds: {what or true}")
        await asyncio.sleep(0.01)
    return found


def lives(pid: int) -> bool:
    """Whether a process is there and more than a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill(pid: int, number: int) -> None:
    """Sends a signal to a process that may be gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
