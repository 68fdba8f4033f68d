"""What a run says of itself: one verdict, judged anew at each evaluation, and taken back when it no longer holds."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache
from math import isfinite
from typing import Any

from app.experiment.addresses import in_head
from app.experiment.cars import cars_of
from app.experiment.experiment import Experiment
from app.parts.metrics import of_split
from app.parts.tasks.fault import Fault
from app.training.doctor import advice, fixes, rates, sentences
from app.training.doctor.case import Case
from app.training.doctor.course import Course, CoursePoint
from app.training.doctor.rules import RULES, WITHOUT_LOSS
from app.training.doctor.verdict import Verdict, sentence


class Doctor:
    """Judges a run. `experiment` follows live changes; `beside` tells what plain methods reach on the samples that
    validate, and is asked once it matters."""

    def __init__(self, experiment: Experiment, beside: Callable[[], Mapping[str, float]] = dict) -> None:
        self.experiment = experiment
        self.verdict: Verdict | None = None
        self._beside = cache(beside)
        self._course = Course()
        self._first: Mapping[str, float] = {}
        self._reached: dict[str, float] = {}
        self._rate = experiment.optimizer.lr

    def look(
        self, step: int, epoch: float, metrics: dict[str, float], learned: bool, rate: float, *, holds: bool = True
    ) -> Verdict | None:
        """The verdict after an evaluation; `learned` is of the training samples, `holds` the same of those that
        validate, `rate` that of the last step."""
        task = self.experiment.task
        self._first = self._first or metrics
        self._reached = of_split(metrics, "validation") or of_split(metrics, "train")
        train, validation = (metrics.get(f"{split}_{task.score.name}") for split in ("train", "validation"))
        losses = (metrics.get("train_loss"), metrics.get("validation_loss"))
        if not type(task).follows_loss:
            losses = (_lacking(train), _lacking(validation))
        if losses[0] is None or train is None:
            return None
        row = CoursePoint(
            step,
            epoch,
            losses[0],
            losses[1],
            train,
            validation,
            bool(learned),  # a checkpoint takes no NumPy
            _told(task.fault(metrics, self._first)),
            bool(holds),
        )
        self._rate = rate
        self._course.add(row)
        return self._judge(None)

    def conclude(self, reason: str) -> Verdict | None:
        """The last verdict, when the run is over."""
        return self._judge(reason)

    def diverged(self, step: int, place: str) -> Verdict:
        """What to say of a loss that is no number; `place` is the address of the first layer that gave none."""
        rate = rates.of_place(self.experiment, place)
        better, number = advice.smaller_rate(rate.lr), self._card(place)
        template = sentences.DIVERGED if number else sentences.DIVERGED_LOSS
        if in_head(place):
            template = sentences.DIVERGED_OUTPUT
        self.verdict = Verdict(
            "diverged",
            "warning",
            sentence(sentences.DIVERGED_HEAD),
            sentence(template, step=step, layer=number, place=place, lr=rate.lr, better=better),
            fixes.rate_fix(rate, better),
        )
        return self.verdict

    def begin_anew(self) -> None:
        """Forgets the course: the weights are others than those that led here, as after an early stop."""
        self._course.forget()
        self._first = {}

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {
            "course": self._course.state(),
            "verdict": self.verdict and self.verdict.told(),
            "first": dict(self._first),
            "reached": self._reached,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a `state`; in a checkpoint of an older version there is nothing to go on from."""
        if "course" in state:
            self._course.restore(state["course"])
            self.verdict = Verdict(**state["verdict"]) if state["verdict"] else None
            self._first, self._reached = state.get("first", {}), state.get("reached", {})

    def _judge(self, over: str | None) -> Verdict | None:
        course = self._course
        case = Case(self.experiment, course, self._rate, over, self._reached, self._beside)
        told = course.rows and isfinite(course.now.train) and isfinite(course.now.watched)
        rules = RULES if type(self.experiment.task).follows_loss else WITHOUT_LOSS
        found = (rule(case) for rule in rules) if told else iter(())
        self.verdict = next((verdict for verdict in found if verdict), None)
        return self.verdict

    def _card(self, place: str) -> int:
        """The number of the card that a layer stands in, from 1; 0 for a place in no layer."""
        experiment = self.experiment
        placed = experiment.placed()
        placed = [layer for layer in placed if not in_head(layer.path)]
        cards = [car for car in cars_of(placed) if car.path in {layer.path for layer in placed}]
        for number, card in enumerate(cards, 1):
            if any(f"{place}/".startswith(f"{layer.path}/") for layer in card.placed):
                return number
        return 0


def _lacking(score: float | None) -> float | None:
    """What a score lacks of the best one."""
    return None if score is None else 1 - score


def _told(fault: Fault | None) -> dict[str, Any] | None:
    """The pieces of a verdict, as a checkpoint keeps them."""
    if fault is None:
        return None
    edits = [asdict(edit) for edit in fault.fix.edits]
    return {
        "head": sentence(fault.head),
        "sentence": sentence(fault.sentence, **fault.values),
        "fix": {"title": {"template": fault.fix.title, "values": fault.fix.values}, "edits": edits},
    }
