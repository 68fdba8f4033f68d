"""The launcher: one single-threaded process per data folder that outlives the server and forks workers from a warm one.

It warms once, then forks a process for each run and each question, reaps them, and holds the queue. What it promises:

- A run has at most one worker. A run in hand goes on until its log says that it finished, or its worker leaves paused.
- A worker that was *killed* (SIGKILL, SIGTERM) is followed by a new one, which goes on from the checkpoint; after
  `Limits.attempts` of them in a row without a step that is new, the run is lost. Any other death is a crash: it is lost
  at once, because the same would happen again. A kill for want of memory ends it as out of memory.
- Workers end with the launcher (the kernel sees to it); the next launcher goes on with the runs in its journal.
- Without work and without a server it ends itself after a while, and at once when its data folder is gone.
"""

import os
import selectors
import signal
import time
from dataclasses import astuple
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

from app.executors.answerer import Answerer, Outcome, PendingQuestion
from app.executors.child import be_answerer, fork
from app.executors.hand import Hand
from app.executors.limits import Limits
from app.executors.meeting import Meeting, Taken
from app.executors.preparation import Preparation
from app.executors.program import GIVE_UP_PLACE, Program
from app.executors.questions import Questions
from app.executors.report import report
from app.executors.wire import VERSION, Connection
from app.executors.workers import Workers

LOOK_AROUND = 2.0  # seconds
GRACE = 2.0  # seconds that workers have when the launcher is told to end


def run_launcher(data: Path, program: Program, limits: Limits | None = None, idle_seconds: float = 120.0) -> None:
    """Serves a data folder until nobody needs it. Returns at once where the folder has a launcher."""
    meeting = Meeting(data)
    try:
        with meeting.hold() as lock:
            _Launcher(meeting, lock, program, limits or Limits(), idle_seconds).serve()
    except Taken:
        return


class _Launcher:
    def __init__(self, meeting: Meeting, lock: BinaryIO, program: Program, limits: Limits, idle_seconds: float) -> None:
        self._meeting = meeting
        self._lock = lock
        self._program = program
        self._idle_seconds = idle_seconds
        self._hand = Hand(meeting.journal, limits)
        self._workers = Workers(self._hand, program)
        self._questions = Questions(self._fork_answerer, limits.questions)
        self._clients: set[Connection] = set()
        self._used = time.monotonic()
        self._ending = False
        self._pid = os.getpid()
        self._preparation = Preparation(program)
        self._selector = selectors.DefaultSelector()
        self._listener = meeting.listen()
        self._wake, self._wakeup = os.pipe()

    def serve(self) -> None:
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._watch_signals()
        self._preparation.warm()
        self._hand.recall(self._program.standing)
        while not self._ending:
            forked = self._workers.fill()
            ready = self._selector.select(0 if forked else self._pause())
            for key, _ in ready:
                key.data()
            if not ready and not forked:
                self._preparation.late()
            self._workers.late()
            self._questions.late()
            self._start_answerers()
            self._look_around()
        self._workers.end_all(GRACE)

    def _pause(self) -> float:
        """Seconds until something has to be done, whatever happens."""
        each = (self._workers, self._questions, self._preparation)
        soonest = min((deadline for source in each for deadline in source.deadlines()), default=float("inf"))
        return max(min(soonest - time.monotonic(), LOOK_AROUND), 0.001)

    def _look_around(self) -> None:
        if self._clients or self._hand.runs:
            self._used = time.monotonic()
        idle = time.monotonic() - self._used > self._idle_seconds
        self._ending = self._ending or idle or not self._meeting.stands(self._lock)

    # ------------------------------------------------------------------ signals

    def _watch_signals(self) -> None:
        for end in (self._wake, self._wakeup):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._wakeup, warn_on_full_buffer=False)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, _no_more)
        for number in (signal.SIGINT, signal.SIGHUP, GIVE_UP_PLACE):  # a worker has the last too until it listens
            signal.signal(number, signal.SIG_IGN)
        self._selector.register(self._wake, selectors.EVENT_READ, self._signalled)

    def _signalled(self) -> None:
        if signal.SIGTERM in os.read(self._wake, 4096):
            self._ending = True
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            code = os.waitstatus_to_exitcode(status)
            answerer = self._questions.reaped(pid)
            if answerer is None:
                self._workers.ended(pid, code)
            else:
                self._unwatch(answerer)
                answerer.close()

    # ------------------------------------------------------------------ servers

    def _accept(self) -> None:
        connected, _ = self._listener.accept()
        client = Connection(connected)
        self._clients.add(client)
        self._selector.register(connected, selectors.EVENT_READ, lambda: self._serve_client(client))

    def _serve_client(self, client: Connection) -> None:
        try:
            client.flush()
            for message in client.receive():
                self._obey(client, message)
        except OSError:
            self._forget(client)
        except (ValueError, KeyError, TypeError) as problem:
            report(f"A server sent what is no request: {problem!r}")
            self._forget(client)
        else:
            self._write_on(client)

    def _write_on(self, client: Connection) -> None:
        if client in self._clients:
            wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if client.unsent else 0)
            self._selector.modify(client.socket, wanted, lambda: self._serve_client(client))

    def _forget(self, client: Connection) -> None:
        if client in self._clients:
            self._clients.remove(client)
            self._selector.unregister(client.socket)
            client.socket.close()
            self._questions.cancel(client)

    def _reply(self, client: Connection, number: int, payload: bytes | None = None, **more: Any) -> None:
        if client not in self._clients:
            return
        try:
            client.send({"number": number, **more}, payload)
        except OSError:
            self._forget(client)
        else:
            self._write_on(client)

    def _obey(self, client: Connection, message: dict[str, Any]) -> None:
        number = message["number"]
        match message["wish"]:
            case "hello":
                if message["limits"] is not None:
                    self._hand.limits = Limits(**message["limits"])
                    self._questions.most = self._hand.limits.questions
                self._reply(client, number, pid=self._pid, version=VERSION)
            case "start":
                self._hand.add(Path(message["folder"]), message["owner"])
                self._reply(client, number)
            case "stop":
                self._workers.stop(message["run"], lambda: self._reply(client, number))
            case "alive":
                running = [run.folder.name for run in self._hand.placed()]
                waiting = {run: astuple(wait) for run, wait in self._hand.waiting(self._program.seconds_left).items()}
                self._reply(client, number, running=running, waiting=waiting)
            case "ask":
                self._ask(client, number, message)
            case "cancel":
                self._questions.cancel(client, message["question"])
            case "shutdown":
                self._ending = True  # the answer is the end of the connection
                for other in list(self._clients):
                    self._reply(other, 0, bye=True)
            case wish:
                raise KeyError(wish)

    # ------------------------------------------------------------------ questions

    def _ask(self, client: Connection, number: int, message: dict[str, Any]) -> None:
        def reply(outcome: Outcome, answer: bytes) -> None:
            self._reply(client, number, answer, outcome=outcome)

        question = PendingQuestion(
            message["question"],
            message["key"],
            message["seconds"],
            reply,
            client,
            number,
            message["stay"],
            message["owner"],
            message["lane"],
        )
        self._questions.ask(question)
        self._start_answerers()

    def _start_answerers(self) -> None:
        for answerer in self._questions.start():
            self._selector.register(answerer.answers, selectors.EVENT_READ, lambda read=answerer: self._read(read))

    def _read(self, answerer: Answerer) -> None:
        if answerer.answers >= 0 and not self._questions.read(answerer):
            self._unwatch(answerer)

    def _unwatch(self, answerer: Answerer) -> None:
        if answerer.answers in self._selector.get_map():
            self._selector.unregister(answerer.answers)

    def _fork_answerer(self, question: PendingQuestion, questions: int, answers: int) -> int:
        pid = fork()
        if pid == 0:
            limit = self._hand.limits.question_memory
            be_answerer(
                self._program.answer,
                question.asked,
                questions,
                answers,
                parent=self._pid,
                memory=limit,
                quick=question.lane == "quick",
            )
        return pid


def _no_more(_number: int, _frame: FrameType | None) -> None:
    """A handler has to stand there for the wakeup descriptor to be written to."""
