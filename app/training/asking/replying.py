"""Replies in pieces: of each as much as is known within a moment, so that whoever asked reads along, and may leave."""

import time
from collections.abc import Generator
from contextlib import closing
from typing import Any

import torch
from pydantic import TypeAdapter

from app.parts.layers.stack import unfolded
from app.parts.questions import AnyQuestion, Question
from app.runs.folder import RunFolder
from app.training.asking.replies import REPLIES
from app.training.asking.trained import trained

QUESTION: TypeAdapter[Question] = TypeAdapter(AnyQuestion)
FIRST, MOMENT = 0.03, 0.15  # seconds of the first piece, and of each further one

Told = dict[str, Any]


class _Going:
    """The reply that this process is at. It is a pure function of the question, so another process may go on with it,
    from its beginning."""

    def __init__(self, folder: RunFolder, question: Question) -> None:
        self.found = trained(folder, question.step, question.live)
        experiment = self.found.experiment
        layers = [placed.layer for placed in unfolded(experiment.placed())]
        question.demand_fit(experiment.dataset, experiment.task, layers)
        self.given = 0  # parts
        self.parts: Generator[Told] = _without_gradients(REPLIES[question.kind](folder, self.found, question).parts())


_going: dict[str, _Going] = {}  # the one that this process is at, by its token


def piece(folder: RunFolder, asked: Told, token: str, begin: int) -> Told:
    """The `parts` of a reply behind the first `begin`, as far as a moment suffices, and whether that was the `end`.
    `token` names the reply. Raises `Problem` where the question cannot be answered."""
    going, found, end = _going.get(token), list[Told](), False
    if going is None or going.given > begin:
        while _going:
            _going.popitem()[1].parts.close()  # it may hold states of a network that is asked next
        going = _going[token] = _Going(folder, QUESTION.validate_python(asked))
    until = time.monotonic() + (MOMENT if begin else FIRST)
    while time.monotonic() < until or not found:
        part = next(going.parts, None)
        if part is None:
            end = True
            break
        going.given += 1
        if going.given > begin:
            found.append(part)
    return {"step": going.found.step, "epoch": going.found.epoch, "parts": found, "end": end}


def _without_gradients(parts: Generator[Told]) -> Generator[Told]:
    with closing(parts):
        while True:
            with torch.no_grad():  # around each part: between two, others compute in this thread
                part = next(parts, None)
            if part is None:
                return
            yield part
