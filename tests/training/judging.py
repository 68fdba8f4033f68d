"""Courses of runs, made up by tests, and what is said of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.experiment.check import checked
from app.training.doctor import Doctor, Verdict
from tests.training.documents import document


@dataclass(frozen=True)
class At:
    """One evaluation; `validation` None leaves it out. `score` is of both splits where `held` says nothing else."""

    train: float
    validation: float | None
    score: float
    held: float | None = None
    learned: bool = True


def judged(course: Iterable[At], over: str | None = None, rate: float | None = None, **changes: Any) -> Verdict | None:
    """What is said after evaluations that are 20 steps and 2 epochs apart."""
    doctor = Doctor(checked(document(**{"training": {"epochs": 100}} | changes)))
    for turn, at in enumerate(course):
        look(doctor, 20 * turn, at, rate)
    return doctor.conclude(over) if over else doctor.verdict


def look(doctor: Doctor, step: int, at: At, rate: float | None = None) -> Verdict | None:
    """One evaluation, told to the doctor."""
    metric = doctor.experiment.task.score.name
    metrics = {"train_loss": at.train, f"train_{metric}": at.score}
    if at.validation is not None:
        held = at.score if at.held is None else at.held
        metrics |= {"validation_loss": at.validation, f"validation_{metric}": held}
    return doctor.look(step, step / 10, metrics, at.learned, rate or doctor.experiment.optimizer.lr)


def last_verdict(events: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    """What a log says of its run at the end."""
    told = [event["verdict"] for event in events if event["type"] == "judged"]
    return told[-1] if told else None
