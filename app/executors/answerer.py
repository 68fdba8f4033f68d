"""A forked process that answers, as the launcher has it in hand: pipes to it and from it, and what it is asked."""

import json
import os
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

Lane = Literal["quick", "slow", "upload"]
Outcome = Literal["answered", "cancelled", "unanswered"]
Reply = Callable[[Outcome, bytes], None]
LENGTH = struct.Struct("<Q")  # stands in front of each answer


@dataclass(eq=False)
class PendingQuestion:
    """One question; `reply` is called exactly once. Its process waits `stay` seconds for the next with the same key.

    `owner` is whose it is, `lane` which places it may take.
    """

    asked: dict[str, Any]
    key: str
    seconds: float
    reply: Reply
    asker: object
    number: int
    stay: float = 0.0
    owner: str = ""
    lane: Lane = "quick"
    deadline: float = 0.0
    open: bool = True


@dataclass(eq=False)
class Answerer:
    """One process. It ends when `questions` is closed and it has answered."""

    question: PendingQuestion | None
    key: str
    questions: int  # the launcher's end of its pipe; -1: no further question
    answers: int
    pid: int = 0
    until: float = 0.0  # while it waits: when it is let go
    received: bytearray = field(default_factory=bytearray)

    @property
    def waits(self) -> bool:
        """Whether it is free for a further question."""
        return self.question is None and self.questions >= 0

    def hand(self, question: PendingQuestion) -> bool:
        """Gives it a further question; False where it does not take it: it is gone, or the question is long."""
        line = json.dumps(question.asked).encode() + b"\n"
        try:
            taken = os.write(self.questions, line) == len(line)
        except OSError:
            taken = False
        if taken:
            self.question = question
        return taken

    def read(self) -> bool:
        """Takes what has come; False at the end of what it has to say."""
        try:
            while block := os.read(self.answers, 1 << 20):
                self.received += block
        except BlockingIOError:
            return True
        return False

    def answer(self) -> bytes | None:
        """The answer, once it is whole."""
        if len(self.received) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack_from(self.received)
        if len(self.received) < LENGTH.size + length:
            return None
        whole = bytes(self.received[LENGTH.size :])
        self.received.clear()
        return whole

    def let_go(self) -> None:
        """It ends as soon as it has answered."""
        if self.questions >= 0:
            os.close(self.questions)
            self.questions = -1

    def close(self) -> None:
        """Lets go of both pipes."""
        self.let_go()
        if self.answers >= 0:
            with suppress(OSError):
                os.close(self.answers)
            self.answers = -1
