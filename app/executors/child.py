"""What a process forked by the launcher does before its work, and how it ends. It never returns to its caller."""

import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from app.executors import linux
from app.executors.answerer import LENGTH
from app.executors.program import HELD_ELSEWHERE, OUT_OF_MEMORY, Work
from app.executors.report import report

NICE = 15  # runs give way to the server and to questions; thirty of them together to one that begins
HEAD_START = 0.25  # seconds of processor time that a run has for its first point; a small network takes 0.03 to 0.07
CRASHED = 1


def fork() -> int:
    """`os.fork` for the functions below. A SIGTERM meant for the child waits until the launcher's handler is gone."""
    launcher = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        return os.fork()
    finally:
        if os.getpid() == launcher:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def be_worker(work: Work, folder: Path, parent: int, memory: int) -> NoReturn:
    """Trains one run, and ends this process with its exit code."""
    _leave_the_launcher(parent)
    give_way = _head_start()
    linux.offer_to_the_oom_killer()
    _limit(memory)
    _end(lambda: work(folder, give_way) or 0)


def be_answerer(
    answer: Callable[[dict[str, Any]], bytes],
    first: dict[str, Any],
    questions: int,
    answers: int,
    *,
    parent: int,
    memory: int,
    quick: bool,
) -> NoReturn:
    """Answers the first question, and each that comes as a line from the pipe `questions`; ends when that is closed.

    Each answer goes into `answers` with its length in front. What is not `quick` gives way to all that is.
    """
    _leave_the_launcher(parent, questions, answers)
    if not quick:
        _give_way()
    linux.offer_to_the_oom_killer()
    _limit(memory)

    def serve() -> int:
        _write(answers, answer(first))
        with os.fdopen(questions, "rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):  # the launcher let go of it half way
                    break
                _write(answers, answer(json.loads(line)))
        return 0

    _end(serve)


def _write(pipe: int, answer: bytes) -> None:
    rest = memoryview(LENGTH.pack(len(answer)) + answer)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _leave_the_launcher(parent: int, *keep: int) -> None:
    linux.die_with(parent)
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    # The launcher's sockets, lock and selector are still open here; its objects must live on, or closing them later
    # would close numbers that have become this process's own files. So nothing here may return or unwind.
    first = 3
    for number in sorted(keep):
        os.closerange(first, number)
        first = number + 1
    os.closerange(first, 1 << 16)


def _head_start() -> Callable[[], None]:
    """What ends it, unless it has ended by itself: so that nobody waits for a first point because others train."""

    def give_way(*_: Any) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        _give_way()

    signal.signal(signal.SIGPROF, give_way)
    signal.setitimer(signal.ITIMER_PROF, HEAD_START)
    return give_way


def _give_way() -> None:
    os.nice(max(NICE - os.nice(0), 0))  # who started all of it may have asked for less


def _limit(memory: int) -> None:
    """Memory beyond what was warm; more of it raises `MemoryError`, or the allocator's own error. 0 is no limit."""
    warm = linux.data_size()
    if memory and warm:
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (warm + memory, hard))


def _end(work: Callable[[], int]) -> NoReturn:
    code = CRASHED
    try:
        code = work()
    except MemoryError:
        code = OUT_OF_MEMORY
    except BlockingIOError:
        code = HELD_ELSEWHERE
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else CRASHED if end.code else 0
    except BaseException:  # noqa: BLE001 - whatever it was, this process must end here
        report(traceback.format_exc())
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # a full disk: nothing may keep this process from its end
                stream.flush()
        os._exit(code)
