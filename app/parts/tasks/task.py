"""What every task says of itself. What it computes stands in `app/training/tasks/` under the same name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.layers.over_time import PADDING
from app.parts.metrics import Metric
from app.parts.part import Part
from app.parts.problem import Problem
from app.parts.shapes import Nothing, Padding, Shape
from app.parts.tasks.beginning import small_network
from app.parts.tasks.fault import Fault
from app.parts.tasks.outcome import Outcome


@dataclass(frozen=True)
class Ends:
    """What goes in and out of one network, for one sample. `sides` are what single layers read besides, by name: the
    class that a picture is to show, the place of each token, the memory of an encoder."""

    inputs: Shape
    outputs: Shape
    sides: Mapping[str, Shape] = field(default_factory=dict[str, Shape])


BAR = ("/optimizer/lr", "/training/batch_size", "/optimizer", "/networks", "/training/regularization")


class Task(Part):
    """What is learned from a sample: a class, a number. `metrics` lack their `train_`, `validation_`, `test_`."""

    family: ClassVar[str] = "tasks"
    needs: ClassVar[tuple[type[Shape], ...]]  # the targets of data that it can learn from
    learns: ClassVar[Literal["target", "inputs", "nothing"]] = "target"  # what answers are compared with
    metrics: ClassVar[tuple[Metric, ...]]  # the first is what it watches, if anything
    score: ClassVar[Metric]  # says best how good a network is; 1 where every answer is right
    shown: ClassVar[tuple[Metric, ...]]  # those that a page shows beside the answers, the most telling first
    nothing: ClassVar[str] = ""  # why it looks as if nothing was learned, after `{steps}` steps, by what is watched
    faults: ClassVar[tuple[str, ...]] = ()  # every sentence that `fault` may tell
    outcomes: ClassVar[Mapping[str, tuple[str, ...]]] = {}  # what `outcome` may tell: the sentences behind each head
    losses: ClassVar[tuple[str, ...]] = ("loss",)  # what each step gives; the first is told as train_loss
    # The metric that early stopping, "best" and schedules watch; None where no number says which moment was best.
    watched: ClassVar[str | None] = "loss"
    follows_loss: ClassVar[bool] = True  # whether a smaller loss is a better network
    titles: ClassVar[Mapping[str, str]] = {}  # what its networks are called, where there are several
    feeds: ClassVar[Mapping[str, str]] = {}  # a network that reads another's answer, and which one
    tells: ClassVar[Mapping[str, str]] = {}  # one that reads another's answer besides its own inputs, and which one
    # What each loss moves, in the order of a step; empty where all networks move at once.
    moves: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    # The settings that a page keeps in sight, by places in the document; `/networks` is the activation of all layers.
    bar: ClassVar[tuple[str, ...]] = BAR
    most_measured: ClassVar[int | None] = None  # how many samples of a split metrics are taken over; None for all
    one_way: ClassVar[tuple[str, ...]] = ()  # networks that may not see what comes behind a place of a sequence
    continues: ClassVar[bool] = False  # whether each target is the token that follows what stands before it
    solvable: ClassVar[bool] = True  # whether the best score could be reached, but for what the data say of their noise
    examined: ClassVar[bool] = False  # whether a network that knows the classes of pictures looks at what is drawn
    denoises: ClassVar[bool] = False  # whether it learns to take noise off samples
    # Whether an answer at each place belongs to the sample's own places, not to those of another text.
    at_own_places: ClassVar[bool] = True
    predicts: ClassVar[bool] = True  # whether it can answer to a sample of a person's own, with nothing beside it
    kind: str

    @classmethod
    def described(cls) -> dict[str, Any]:
        """`target` is the kind of the data's target that it learns, or what it learns instead."""
        return super().described() | {
            "target": cls.needs[0].__name__.lower() if cls.learns == "target" else cls.learns,
            "metrics": [metric.name for metric in cls.metrics],
            "score": cls.score.name,
            "shown": [metric.name for metric in cls.shown],
            "losses": list(cls.losses),
            "titles": dict(cls.titles),
            "feeds": dict(cls.feeds),
            "tells": dict(cls.tells),
            "moves": {loss: list(names) for loss, names in cls.moves.items()},
            "bar": list(cls.bar),
            "predicts": cls.predicts,
            "continues": cls.continues,
            "examined": cls.examined,
            "needs": [shape.__name__.lower() for shape in cls.needs],
        }

    @classmethod
    def metric(cls, name: str) -> Metric | None:
        """The metric of this task that has that name."""
        return next((metric for metric in cls.metrics if metric.name == name), None)

    def check(self, dataset: Dataset) -> None:
        """Raises `Problem` where it cannot learn from such data."""
        target = dataset.target()
        if not isinstance(target, type(self).needs):
            raise Problem(
                "{task} does not fit data whose target is {target}.", task=type(self).title, target=target.noun
            )

    def fits(self, dataset: Dataset) -> bool:
        """Whether it can learn from such data."""
        try:
            self.check(dataset)
        except Problem:
            return False
        return True

    def shown_of(self, dataset: Dataset) -> tuple[Metric, ...]:
        """Those of `shown` that say something of such data."""
        return type(self).shown

    def target(self, dataset: Dataset) -> Shape:
        """What answers are compared with."""
        if self.learns == "nothing":
            return Nothing()
        return dataset.inputs() if self.learns == "inputs" else dataset.target()

    def inputs(self, prepared: Prepared) -> dict[str, Array]:
        """What batches hold, by name, each (n, …)."""
        padded = prepared.padding.shape[1] > 0
        return {"x": prepared.inputs} | ({PADDING: prepared.padding} if padded else {})

    def truth(self, prepared: Prepared) -> Array | None:
        """What answers are compared with, (n, …); None where there is nothing to compare with."""
        if self.learns == "nothing":
            return None
        return prepared.inputs if self.learns == "inputs" else prepared.targets

    def weight(self, prepared: Prepared) -> Array | None:
        """How much each place of a sample counts, (n, places); None where all count alike. Of targets at each place
        of a sequence, those at places that only fill up count nothing."""
        filled = prepared.padding
        at_each_place = filled.shape[1] > 0 and prepared.targets.shape == filled.shape
        return (~filled).astype(np.float32) if at_each_place else None

    def ends(self, dataset: Dataset, at_each: int) -> dict[str, Ends]:
        """The networks there are, in the order in which they are shown, and what goes in and out of each; `at_each` is
        how many numbers the loss wants at each place of an answer."""
        sides = {PADDING: Padding(length=dataset.inputs().sizes[0])} if dataset.pads else {}
        return {"main": Ends(dataset.inputs(), self.target(dataset).answered(at_each), sides)}

    def networks(self, dataset: Dataset) -> dict[str, dict[str, Any]]:
        """The networks to begin with, as documents."""
        return {"main": {"layers": small_network(dataset.inputs(), self.target(dataset))}}

    def fault(self, metrics: Mapping[str, float], first: Mapping[str, float]) -> Fault | None:
        """What has gone wrong by the metrics of an evaluation and those of the first one of all, in a way that only
        this task knows; None where nothing has. Its sentences stand in `faults`."""
        return None

    def outcome(self, reached: Mapping[str, float], beside: Mapping[str, float]) -> Outcome | None:
        """What has come of it, where a loss and a score alone do not say what is good; None where they do. `reached`
        are the metrics of the samples that validate (those that are learned from where none do), `beside` what plain
        methods reach on them. Its sentences stand in `outcomes`."""
        return None

    def turns(self) -> int:
        """How many batches one step takes."""
        return 1

    def passes(self) -> Mapping[str, int]:
        """How often each network sees a sample in one step, where that is not once."""
        return {}
