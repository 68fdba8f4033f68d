"""The local executor: the server's end of the launcher. It starts one where there is none, and finds it again.

One file, though long: starting, finding and leaving a launcher share one link and one lock.
"""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.executors.answerer import Lane
from app.executors.executor import Alive, Cancelled, Unanswered, Unreachable, Waiting
from app.executors.limits import Limits
from app.executors.link import Link, Reply
from app.executors.meeting import Meeting
from app.executors.wire import VERSION

# -P: a folder called `app` where the server was started is not taken for ours.
COMMAND = (sys.executable, "-P", "-m", "app.training")
ATTEMPTS = 3
PATIENCE = 60.0  # seconds for a launcher to come up; importing torch can take many on a busy machine
LONGEST_LOG = 1 << 20  # bytes; a longer one is begun anew with the next launcher
SLACK = 5.0  # seconds that a question may take beyond its time, before the launcher is taken for dead
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds between two tries to bring up a launcher that nobody asks for
KEPT = ("HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "TMPDIR", "TZ", "USER", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
KEPT_BEGINNINGS = ("LC_", "PYTHON", "CUDA_", "SCIKIT_LEARN_", "DYLD_")
log = logging.getLogger("trainyard")
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def launcher_environment() -> dict[str, str]:
    """What a launcher and its workers may know: no secret of the server. BLAS reads the counts when it is loaded."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith(KEPT_BEGINNINGS)}
    return {**kept, **ONE_THREAD}


class LocalExecutor:
    """An `Executor` on this machine. `command` with the data folder behind it starts a launcher.

    Without `limits` those hold that the launcher has from others.
    """

    def __init__(self, data: Path, limits: Limits | None = None, command: Sequence[str] = COMMAND) -> None:
        self._meeting = Meeting(data)
        self.limits = limits
        self._command = [*command, str(self._meeting.data)]
        self._linking = asyncio.Lock()
        self._link: Link | None = None
        self._again: asyncio.Task[None] | None = None
        self._child: int | None = None  # the launcher, where this process started it
        self._closed = False

    async def start(self, folder: Path, owner: str) -> None:
        await self._wish("start", folder=_absolute(folder), owner=owner)

    async def stop(self, run: str) -> None:
        await self._wish("stop", run=run)

    async def alive(self) -> Alive:
        reply, _ = await self._wish("alive")
        waiting = {run: Waiting(*told) for run, told in reply["waiting"].items()}
        return Alive(frozenset(reply["running"]), waiting)

    async def ask(
        self,
        question: dict[str, Any],
        key: str,
        timeout: float = 30.0,
        stay: float = 0.0,
        *,
        owner: str = "",
        lane: Lane = "quick",
    ) -> bytes:
        asked = {"question": question, "key": key, "seconds": timeout, "stay": stay, "owner": owner, "lane": lane}
        try:
            async with asyncio.timeout(timeout + PATIENCE + SLACK):
                reply, answer = await self._wish("ask", **asked)
        except TimeoutError:
            raise Unanswered("The launcher did not answer.") from None
        if reply["outcome"] == "cancelled":
            raise Cancelled(key)
        if reply["outcome"] == "unanswered":
            raise Unanswered(f"A question of kind {question.get('kind')!r} was not answered.")
        return answer

    async def launcher(self) -> int:
        """The process number of the launcher, which is started where there is none."""
        reply, _ = await self._wish("hello", limits=self._told_limits())
        return int(reply["pid"])

    async def _let_go(self) -> None:
        """Waits until no launcher holds the data folder."""
        while self._meeting.held():  # noqa: ASYNC110 - another process holds it, and no event tells of its end
            await asyncio.sleep(0.02)

    async def dismiss_older(self) -> None:
        """Ends a launcher of an older version. The next one goes on with its runs."""
        while self._meeting.held():
            path = self._meeting.socket()
            if path is not None:
                with suppress(OSError):
                    async with self._linking:
                        self._link = self._link if self._link and self._link.open else await self._greeted(path)
                    return
            await asyncio.sleep(0.02)

    async def shutdown(self) -> None:
        """Ends the launcher and its workers. Their runs go on when there is a launcher again."""
        await self.close()
        pid = None
        while self._meeting.held() and (pid is None or self._meeting.pid() in (pid, None)):
            path = self._meeting.socket()
            if path is not None:
                with suppress(OSError):  # the answer is the end of the connection
                    async with aclosing(await Link.to(path)) as link:
                        pid = self._meeting.pid()
                        await link.wish("shutdown")
            await asyncio.sleep(0.02)
        while (child := self._starting()) is not None:  # it found another launcher, or came too late to be one
            os.kill(child, signal.SIGTERM)
            await asyncio.sleep(0.02)

    async def close(self) -> None:
        """Leaves the launcher, which goes on with its runs. Who still waits for an answer gets `Unreachable`."""
        self._closed = True
        if self._again is not None:
            self._again.cancel()
            with suppress(asyncio.CancelledError):
                await self._again
        if self._link is not None:
            await self._link.aclose()
        async with self._linking:  # who was about to link sees that it is too late
            self._reap()

    # ------------------------------------------------------------------ coming together

    async def _wish(self, wish: str, **more: Any) -> Reply:
        """Asks the launcher, a new one where it dies meanwhile: every wish may be repeated."""
        for _ in range(ATTEMPTS):
            with suppress(ConnectionError):
                return await (await self._linked()).wish(wish, **more)
        raise Unreachable(f"The launcher of {self._meeting.data} ended again and again.{self._last_words()}")

    def _left(self, unforeseen: bool) -> None:
        """The launcher is gone: brings up a new one, so that its runs go on though nobody asks."""
        looking = self._again is not None and not self._again.done()  # another link may be lost while it is at it
        if unforeseen and not self._closed and not looking:
            self._again = asyncio.create_task(self._find_again())

    async def _find_again(self) -> None:
        """Until a launcher is there, or the data folder is gone: no open file may be free now, say."""
        pause = FIRST_PAUSE
        while self._meeting.data.is_dir() and not self._closed:
            try:
                await self._linked()
                return
            except (OSError, Unreachable) as error:
                log.warning("The launcher of %s is not there yet: %s", self._meeting.data, error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _linked(self) -> Link:
        """The link to the launcher, which is started where there is none."""
        async with self._linking:
            until = time.monotonic() + PATIENCE
            starts = 0
            while time.monotonic() < until:
                if self._closed:
                    raise Unreachable(f"The launcher of {self._meeting.data} was left.")
                if self._link is not None and self._link.open:
                    return self._link
                path = self._meeting.socket()
                if path is not None:
                    with suppress(OSError):
                        link = await self._greeted(path)
                        if self._closed and link is not None:
                            await link.aclose()
                        self._link = link
                        continue
                if not self._meeting.held() and self._starting() is None:
                    if starts == ATTEMPTS or not self._meeting.data.is_dir():
                        break
                    starts += 1
                    self._spawn()
                await asyncio.sleep(0.02)
            raise Unreachable(f"The launcher of {self._meeting.data} did not come up.{self._last_words()}")

    async def _greeted(self, path: str) -> Link | None:
        """A link to the launcher that listens on `path`; None where it was of an older version, and has ended."""
        link = await Link.to(path, self._left)
        try:
            greeting, _ = await link.wish("hello", limits=self._told_limits())
        except BaseException:  # the wait was given up, too
            await link.aclose()
            raise
        if greeting.get("version", 1) >= VERSION:
            return link
        with suppress(ConnectionError):  # the answer is the end of the connection
            await link.wish("shutdown")
        await link.aclose()
        async with asyncio.timeout(PATIENCE):
            await self._let_go()
        return None

    def _told_limits(self) -> dict[str, int] | None:
        return None if self.limits is None else asdict(self.limits)

    def _spawn(self) -> None:
        """Starts a launcher in a session of its own, so that the end of the server is not its end."""
        log = self._meeting.log
        if log.exists() and log.stat().st_size > LONGEST_LOG:
            log.unlink()
        # Not `subprocess`: that expects to see the end of what it started.
        self._child = os.posix_spawn(
            self._command[0],
            self._command,
            launcher_environment(),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
        )

    def _starting(self) -> int | None:
        """The launcher that this process started, while it lives."""
        self._reap()
        return self._child

    def _reap(self) -> None:
        if self._child is None:
            return
        try:
            ended, _ = os.waitpid(self._child, os.WNOHANG)
        except ChildProcessError:
            ended = self._child
        if ended:
            self._child = None

    def _last_words(self) -> str:
        try:
            return "\n" + self._meeting.log.read_text(errors="replace")[-2000:]
        except OSError:
            return ""


def _absolute(folder: Path) -> str:
    return str(folder.absolute())
