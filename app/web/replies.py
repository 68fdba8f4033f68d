"""A reply of a trained network, read piece by piece from whatever worker is at hand."""

import json
import secrets
from typing import Any

from app.parts.problem import Problem, Problems
from app.parts.questions import QUESTIONS, Question
from app.web.asking import problem_told
from app.web.body import read_as

KINDS = {question.kind_name(): question for question in QUESTIONS}
STAY = 15.0  # seconds that the worker waits, the network at hand, for the next piece and the next question

Told = dict[str, Any]


def question_of(value: Any) -> Question:
    """A question as somebody sends it. Raises `Problem`, or `Problems` with one for each field that does not fit."""
    kind = value.get("kind") if isinstance(value, dict) else None  # pyright: ignore[reportUnknownVariableType,reportUnknownMemberType]
    wanted = KINDS.get(kind) if isinstance(kind, str) else None
    if wanted is None:
        raise Problem("A question has a kind, one of these: {known}.", place="/kind", known=", ".join(sorted(KINDS)))
    return read_as(value, wanted)


class Pieces:
    """What is known of a reply. `next` asks for the piece behind, `take` reads it, until `ended`."""

    def __init__(self, run: str, question: Question) -> None:
        self.ended = False
        self._asked = question.model_dump(mode="json")
        self._run = run
        self._token = secrets.token_hex(8)
        self._parts = 0

    def next(self) -> Told:
        """The question to a worker."""
        return {
            "kind": "ask",
            "run": self._run,
            "asked": self._asked,
            "token": self._token,
            "begin": self._parts,
        }

    def take(self, answer: bytes) -> Told:
        """Which `step` and `epoch` were asked, and the new `parts`. Raises `Problems` where the worker found some."""
        told = json.loads(answer[1:])
        if answer[:1] == b"P":
            raise Problems([problem_told(problem) for problem in told])
        self._asked |= {"step": told["step"]}  # the next piece is of the same moment
        self._parts += len(told["parts"])
        self.ended = told["end"]
        return told
