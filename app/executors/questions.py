"""Questions to a launcher, each answered by a forked process, so that a crash or a hang harms nobody."""

import itertools
import os
import signal
import time
from collections.abc import Callable

from app.executors.answerer import Answerer, Lane, Outcome, PendingQuestion

MOST_WAITING = 24  # processes that are kept for a further question
# How many of one owner are answered at once: whoever asks much waits for themselves.
PER_OWNER: dict[Lane, int] = {"quick": 2, "slow": 1, "upload": 1}


class Questions:
    """`fork(question, questions, answers)` gives the process number in the launcher, never returns in the child.

    Each lane has places of its own, so that what takes long keeps nobody from what is quick. Within a lane the owners
    take turns.
    """

    def __init__(self, fork: Callable[[PendingQuestion, int, int], int], most: int) -> None:
        self._fork = fork
        self.most = most
        self._waiting: list[PendingQuestion] = []
        self._served: dict[tuple[str, Lane], int] = {}  # when each owner had a turn last, in turns
        self._turns = itertools.count(1)
        self._answerers: dict[int, Answerer] = {}  # by process number

    def ask(self, question: PendingQuestion) -> None:
        """Takes a question on; an older one with the same key is cancelled."""
        for older in self._questions():
            if older.key == question.key:
                self._close(older, "cancelled")
        question.deadline = time.monotonic() + question.seconds
        self._waiting.append(question)

    def cancel(self, asker: object, number: int | None = None) -> None:
        """Cancels one question of an asker, or all where no number is given."""
        for question in self._questions():
            if question.asker is asker and number in (None, question.number):
                self._close(question, "cancelled")

    def start(self) -> list[Answerer]:
        """Gives those that wait a process, as far as allowed; gives the new ones, whose `answers` have to be read."""
        started: list[Answerer] = []
        while (question := self._next()) is not None:
            kept = self._kept_for(question)
            if kept is not None:
                if not kept.hand(question):
                    kept.let_go()
                    continue
            else:
                started += self._forked(question)
            self._served[question.owner, question.lane] = next(self._turns)
            if question in self._waiting:  # it is not, where no process could be had for it
                self._waiting.remove(question)
        if not self._questions():
            self._served.clear()
        return started

    def read(self, answerer: Answerer) -> bool:
        """Takes what has come, and passes an answer on once it is whole; False where nothing more will come."""
        more = answerer.read()
        answer = answerer.answer()
        if answer is not None and answerer.question is not None and answerer.question.open:
            self._answered(answerer, answerer.question, answer)
        if not more:
            answerer.let_go()
        return more

    def reaped(self, pid: int) -> Answerer | None:
        """Tells that a process has ended: its question, if any, is answered or not. Its pipes can then be closed."""
        answerer = self._answerers.pop(pid, None)
        if answerer is None:
            return None
        self.read(answerer)
        if answerer.question is not None:
            self._close(answerer.question, "unanswered")
        return answerer

    def late(self) -> None:
        """Gives up questions whose time is over, and lets go of processes that nobody asked again."""
        now = time.monotonic()
        for question in self._questions():
            if now > question.deadline:
                self._close(question, "unanswered")
        for answerer in self._kept():
            if now > answerer.until:
                answerer.let_go()

    def deadlines(self) -> list[float]:
        """When `late` has something to do."""
        return [question.deadline for question in self._questions()] + [answerer.until for answerer in self._kept()]

    def _questions(self) -> list[PendingQuestion]:
        asked = [answerer.question for answerer in self._answerers.values()]
        return [*self._waiting, *(question for question in asked if question is not None and question.open)]

    def _next(self) -> PendingQuestion | None:
        """The question whose turn it is: of the owner who waits longest since the last turn."""
        may = [question for question in self._waiting if self._has_place(question)]
        return min(may, key=lambda question: self._served.get((question.owner, question.lane), 0), default=None)

    def _has_place(self, question: PendingQuestion) -> bool:
        busy = [answerer.question for answerer in self._answerers.values() if answerer.question is not None]
        beside = [other for other in busy if other.lane == question.lane]
        if sum(other.owner == question.owner for other in beside) >= PER_OWNER[question.lane]:
            return False
        places = self.most if question.lane == "quick" else max(self.most // 4, 1)
        return len(beside) < places or self._kept_for(question) is not None

    def _kept_for(self, question: PendingQuestion) -> Answerer | None:
        return next((answerer for answerer in self._kept() if answerer.key == question.key), None)

    def _kept(self) -> list[Answerer]:
        return [answerer for answerer in self._answerers.values() if answerer.waits]

    def _forked(self, question: PendingQuestion) -> list[Answerer]:
        read_answers, write_answers = os.pipe()
        read_questions, write_questions = os.pipe()
        for number in (read_answers, write_questions):
            os.set_blocking(number, False)
        answerer = Answerer(question, question.key, write_questions, read_answers)
        try:
            answerer.pid = self._fork(question, read_questions, write_answers)
        except OSError:  # no more processes, or no memory for one
            answerer.close()
            self._close(question, "unanswered")
            return []
        finally:
            os.close(read_questions)
            os.close(write_answers)
        if not question.stay:
            answerer.let_go()
        self._answerers[answerer.pid] = answerer
        return [answerer]

    def _answered(self, answerer: Answerer, question: PendingQuestion, answer: bytes) -> None:
        answerer.question = None
        answerer.until = time.monotonic() + question.stay
        kept = self._kept()
        if len(kept) > MOST_WAITING:
            min(kept, key=lambda waiting: waiting.until).let_go()
        question.open = False
        question.reply("answered", answer)

    def _close(self, question: PendingQuestion, outcome: Outcome) -> None:
        """Ends a question without an answer, and the process that is at it."""
        if not question.open:
            return
        question.open = False
        if question in self._waiting:
            self._waiting.remove(question)
        for pid, answerer in self._answerers.items():
            if answerer.question is question:
                answerer.let_go()
                os.kill(pid, signal.SIGKILL)  # it is reaped later; until then its number is not given to another
        question.reply(outcome, b"")
