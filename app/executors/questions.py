"""Questions to a launcher, each answered by a forked process of its own, so that a crash or a hang harms nobody."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["answered", "cancelled", "unanswered"]
Reply = Callable[[Outcome, bytes], None]


@dataclass
class Question:
    """One question; `reply` is called exactly once."""

    asked: dict[str, Any]
    key: str
    seconds: float
    reply: Reply
    asker: object
    number: int
    deadline: float = 0.0
    pid: int = 0
    pipe: int = -1
    answer: bytearray = field(default_factory=bytearray)
    open: bool = True


class Questions:
    """`fork(question, pipe)` gives the process number in the launcher and never returns in the child."""

    def __init__(self, fork: Callable[[Question, int], int], most: int) -> None:
        self._fork = fork
        self.most = most
        self._waiting: list[Question] = []
        self._asked: dict[int, Question] = {}  # by process number

    def ask(self, question: Question) -> None:
        """Takes a question on; an older one with the same key is cancelled."""
        for older in [*self._waiting, *self._asked.values()]:
            if older.key == question.key:
                self._close(older, "cancelled")
        question.deadline = time.monotonic() + question.seconds
        self._waiting.append(question)

    def cancel(self, asker: object, number: int | None = None) -> None:
        """Cancels one question of an asker, or all where no number is given."""
        for question in [*self._waiting, *self._asked.values()]:
            if question.asker is asker and number in (None, question.number):
                self._close(question, "cancelled")

    def start(self) -> list[Question]:
        """Forks for those that wait, as far as allowed; gives the new ones, whose `pipe` has to be read."""
        started: list[Question] = []
        while self._waiting and len(self._asked) < self.most:
            question = self._waiting.pop(0)
            question.pipe, write = os.pipe()
            os.set_blocking(question.pipe, False)
            try:
                question.pid = self._fork(question, write)
            except OSError:  # no more processes, or no memory for one
                os.close(question.pipe)
                self._close(question, "unanswered")
            else:
                self._asked[question.pid] = question
                started.append(question)
            finally:
                os.close(write)
        return started

    def read(self, question: Question) -> bool:
        """Takes what has come; False at the end of the answer."""
        try:
            while block := os.read(question.pipe, 1 << 20):
                question.answer += block
        except BlockingIOError:
            return True
        return False

    def reaped(self, pid: int, status: int) -> Question | None:
        """Tells that a process has ended: its question, if any, is answered or not. The pipe can then be closed."""
        question = self._asked.pop(pid, None)
        if question is None:
            return None
        self.read(question)
        self._close(question, "answered" if status == 0 else "unanswered")
        return question

    def late(self) -> None:
        """Gives up those whose time is over."""
        now = time.monotonic()
        for question in [*self._waiting, *self._asked.values()]:
            if question.open and now > question.deadline:
                self._close(question, "unanswered")

    def deadlines(self) -> list[float]:
        """When `late` has something to do."""
        return [question.deadline for question in [*self._waiting, *self._asked.values()] if question.open]

    @property
    def idle(self) -> bool:
        """Whether nothing is asked."""
        return not self._waiting and not self._asked

    def _close(self, question: Question, outcome: Outcome) -> None:
        if not question.open:
            return
        question.open = False
        if question in self._waiting:
            self._waiting.remove(question)
        elif question.pid in self._asked:
            os.kill(question.pid, signal.SIGKILL)  # it is reaped later; until then its number is not given to another
        question.reply(outcome, bytes(question.answer) if outcome == "answered" else b"")
