"""What a run sees wrong with itself, at fixed steps and from its own numbers, with one thing to try."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from app.experiment.experiment import Experiment
from app.parts.layers.stack import unfolded
from app.parts.schedules.constant import Constant
from app.parts.shapes import Channelled, Image
from app.runs.events import Sentence

PATIENT_STEPS = 200  # before anything is said of how it learns
JUMP = 1.5  # a loss that becomes so many times larger, or smaller, within one evaluation, jumps
STILL_FALLING = 0.7  # of the half before: it jumps, but gets there
JUMPS = 3  # so many up and so many down, among the last WINDOW evaluations
WINDOW = 24
FLAT = 0.01  # relative change of the loss over CONVERGED_OVER of the steps that counts as none
CONVERGED_OVER = 0.5
CONVERGED_EPOCHS = 20
TINY = 1e-3  # losses below this may jump as they like,
LEARNED_SHARE = 0.1  # and below this share of the first loss
MANY_SIGMOIDS = 3
LARGE_RATE, SMALL_RATE, USUAL_RATE = 0.3, 1e-4, 0.03


@dataclass(frozen=True)
class Finding:
    """A sentence and a fix: `{"title": sentence, "edits": JSON Patch}` for a new run."""

    what: str
    sentence: Sentence
    fix: dict[str, Any] | None


@dataclass
class Doctor:
    """Looks at each evaluation. What was said once is not said again."""

    experiment: Experiment
    said: set[str] = field(default_factory=set[str])
    losses: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    first_loss: float = 0.0

    def look(self, step: int, epoch: float, loss: float, learned: bool) -> Finding | None:
        """What is new to say after an evaluation; `loss` and `learned` are of the training samples."""
        if not self.losses:
            self.first_loss = loss
        self.losses.append((step, loss))
        finding = None
        if step >= PATIENT_STEPS and not learned:
            finding = self._not_learning(step)
        elif step >= PATIENT_STEPS and self._jumping():
            finding = _finding("jumping", JUMPING, self._calmer(), lr=self._rate())
        elif epoch >= CONVERGED_EPOCHS and learned and self._flat(step):
            finding = self._converged(loss, epoch)
        if finding is None or finding.what in self.said:
            return None
        self.said.add(finding.what)
        return finding

    def diverged(self, step: int, place: str) -> Finding:
        """What to say of a loss that is no number; `place` is the path of the first layer that gave none."""
        kind, _, rest = place.strip("/").partition("/")
        template = DIVERGED_HEAD if kind == "head" else DIVERGED if kind == "layers" else DIVERGED_LOSS
        number = int(rest.partition("/")[0]) + 1 if kind == "layers" else 0
        better = min(float(f"{self._rate() / 10:.0e}"), USUAL_RATE)
        return _finding(
            "diverged",
            template,
            _rate_fix(better),
            step=step,
            layer=number,
            place=place,
            lr=self._rate(),
            better=better,
        )

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"said": sorted(self.said), "losses": self.losses[-4 * WINDOW :], "first_loss": self.first_loss}

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        self.said, self.first_loss = set(state["said"]), state["first_loss"]
        self.losses = [(step, loss) for step, loss in state["losses"]]

    def _rate(self) -> float:
        return self.experiment.optimizer.lr

    def _not_learning(self, step: int) -> Finding:
        template = NO_BETTER_THAN[self.experiment.task.kind]
        if self._rate() >= LARGE_RATE and not self.experiment.optimizer.own_rate:
            return _finding("not_learning", template + STUCK, _rate_fix(USUAL_RATE), lr=self._rate(), better=USUAL_RATE)
        if self._rate() <= SMALL_RATE:
            return _finding("not_learning", template + SLOW, _rate_fix(0.01), lr=self._rate(), better=0.01)
        if not self._hidden():
            return self._shallow(template)
        deep = [number for number, layer in enumerate(self.experiment.main.layers) if layer.kind == "sigmoid"]
        if len(deep) >= MANY_SIGMOIDS:
            edits = [_edit("replace", number, {"kind": "relu"}) for number in deep]
            fix = _fix("Replace every sigmoid by ReLU", edits)
            return _finding("not_learning", template + VANISHING, fix, layers=len(deep))
        better = float(f"{self._rate() * 3:.0e}")
        return _finding("not_learning", template + UNSURE, _rate_fix(better), lr=self._rate(), better=better)

    def _hidden(self) -> bool:
        """Whether a layer before the head has neurons or filters."""
        experiment = self.experiment
        placed = unfolded(experiment.main.placed(experiment.dataset.inputs(), experiment.outputs))
        return any(type(one.layer).sized_by and one.path.startswith("/layers") for one in placed)

    def _shallow(self, template: str) -> Finding:
        filters = isinstance(self.experiment.dataset.inputs(), Channelled)
        return _finding("not_learning", template + (WITHOUT_FILTERS if filters else SHALLOW), self._deeper())

    def _converged(self, loss: float, epoch: float) -> Finding:
        values = {"loss": loss, "epoch": round(epoch)}
        if not self._hidden():
            return _finding("converged", CONVERGED + STRAIGHT, self._deeper(), **values)
        # Where a schedule has made the steps small already, smaller ones are nothing new.
        larger = self._rate() <= SMALL_RATE or (
            self._rate() < LARGE_RATE and not isinstance(self.experiment.schedule, Constant)
        )
        better = float(f"{max(3 * self._rate(), 10 * SMALL_RATE) if larger else self._rate() / 10:.0e}")
        template = CONVERGED + (LARGER_STEPS if larger else SMALLER_STEPS)
        return _finding("converged", template, _rate_fix(better), better=better, **values)

    def _deeper(self) -> dict[str, Any]:
        inputs = self.experiment.dataset.inputs()
        if not isinstance(inputs, Channelled):
            edits = [_edit("add", 0, {"kind": kind}) for kind in ("tanh", "linear")]
            return _fix("Add a layer of 8 neurons with tanh", edits)
        kind = "conv2d" if isinstance(inputs, Image) else "conv1d"
        filters = {"kind": kind, "filters": 16, "kernel": 3, "padding": 1}
        edits = [_edit("add", 0, {"kind": "relu"}), _edit("add", 0, filters)]
        return _fix("Add a convolution of 16 filters with ReLU", edits)

    def _jumping(self) -> bool:
        recent = [loss for _, loss in self.losses[-WINDOW:]]
        matters = max(TINY, LEARNED_SHARE * self.first_loss)
        half = len(recent) // 2
        if sum(recent[half:]) < STILL_FALLING * sum(recent[:half]):
            return False
        steps = [pair for pair in pairwise(recent) if max(pair) > matters]
        return (
            sum(after > JUMP * before for before, after in steps) >= JUMPS
            and sum(before > JUMP * after for before, after in steps) >= JUMPS
        )

    def _flat(self, step: int) -> bool:
        recent = [loss for at, loss in self.losses if at >= step * (1 - CONVERGED_OVER)]
        enough = self.losses[0][0] <= step * (1 - CONVERGED_OVER)
        return enough and max(recent) - min(recent) <= FLAT * max(*recent, TINY)

    def _calmer(self) -> dict[str, Any]:
        return _rate_fix(min(float(f"{self._rate() / 10:.0e}"), USUAL_RATE))


DIVERGED = (
    "The loss became infinite at step {step}, in layer {layer}. The learning rate of {lr} makes each step overshoot."
    " Try {better}."
)
DIVERGED_HEAD = (
    "The loss became infinite at step {step}, in the output head. The learning rate of {lr} makes each step overshoot."
    " Try {better}."
)
DIVERGED_LOSS = (
    "The loss became infinite at step {step}: the outputs are still numbers, but too large for the loss."
    " The learning rate of {lr} makes each step overshoot. Try {better}."
)
NO_BETTER_THAN_CLASS = "After 200 steps the network is no better than always naming the most frequent class. "
NO_BETTER_THAN_PIXEL = "After 200 steps the network is no better than giving the most frequent class to every pixel. "
NO_BETTER_THAN_MEAN = "After 200 steps the network is no better than always answering the mean. "
NO_BETTER_THAN = {
    "classification": NO_BETTER_THAN_CLASS,
    "segmentation": NO_BETTER_THAN_PIXEL,
    "regression": NO_BETTER_THAN_MEAN,
}
STUCK = "With a learning rate of {lr} its neurons are stuck at their ends. Try {better}."
SLOW = "A learning rate of {lr} hardly moves it. Try {better}."
SHALLOW = "Without a hidden layer it can only draw one straight line. Try a layer of 8 neurons with tanh."
WITHOUT_FILTERS = (
    "Without filters it can only weigh every single number by itself. Try a convolution of 16 filters with ReLU."
)
VANISHING = "Through {layers} sigmoid layers hardly any gradient reaches the first. Try ReLU."
UNSURE = "Try a learning rate of {better} instead of {lr}, or a wider network."
JUMPING = "The loss keeps rising and falling by more than half. A learning rate of {lr} is too large to settle."
CONVERGED = (
    "The loss has stopped falling at {loss}, since about half of its {epoch} epochs. More of the same will not help."
)
SMALLER_STEPS = " Try a learning rate of {better}: smaller steps may settle lower."
LARGER_STEPS = " Try a learning rate of {better}: larger steps may lead away from here."
STRAIGHT = " Try a hidden layer: with one it can draw more than straight lines."


def _rate_fix(better: float) -> dict[str, Any]:
    edit = {"op": "replace", "path": "/optimizer/lr", "value": better}
    return _fix("Set the learning rate to {better}", [edit], better=better)


def _edit(op: str, number: int, layer: dict[str, Any]) -> dict[str, Any]:
    return {"op": op, "path": f"/networks/main/layers/{number}", "value": layer}


def _fix(title: str, edits: list[dict[str, Any]], **values: float) -> dict[str, Any]:
    return {"title": {"template": title, "values": values}, "edits": edits}


def _finding(what: str, template: str, fix: dict[str, Any] | None, **values: float | str) -> Finding:
    return Finding(what, {"template": template, "values": values}, fix)
