"""What every task owes that draws new samples like those of a set."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.metrics import (
    AS_ASKED,
    CLASSES_REACHED,
    CONFIDENT,
    COVERAGE,
    DISTANCE,
    DISTANCE_RATIO,
    DIVERSITY,
    EXAMINED,
    ISLANDS,
    MMD,
    MMD_OF_HALVES,
    ON_ISLANDS,
    RAREST_CLASS,
    Metric,
)
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Channelled, Classes, Features, Shape
from app.parts.tasks.outcome import Outcome, percent
from app.parts.tasks.task import Task

NOISE = 5  # stream of randomness
LABEL = "label"  # the side by which layers read the class
NEAR, MOST_NEAR = 2.0, 0.8  # distance in halves, share on islands: as near as that is as good as real
NOTHING_COVERED = 0.02  # share of the real samples
SURE, ASKED = 0.65, 0.9  # shares: the examiner is to be sure of so many, so many are to be as asked
AS_REAL = "It draws as if from the real samples."
PARTLY = "What it draws is not yet like the real samples."
UNLIKE = "What it draws is nothing like the real samples."
OF_ISLANDS = "{islands} % of the islands are reached, and {near} % of what is drawn lies on one. "
OF_CLASSES = (
    "The examiner is sure of the class of {sure} % of what is drawn; {classes} % of the classes are drawn often enough,"
    " and the rarest makes up {rarest} %. "
)
OF_ASKED = "{asked} % of what is drawn shows the class that was asked for. "
DISTANT = "Its distance to real samples is {ratio} times that between two halves of those; near 1 is as good as real."


class Generating(Task):
    """New samples are drawn from noise. Every sample has its own noise, the same for the whole run: what is drawn from
    it is compared with all samples of the split, and can be followed through time without a random number."""

    needs: ClassVar[tuple[type[Shape], ...]] = (Shape,)  # whatever the labels are, they need not be read
    learns: ClassVar[Literal["target", "inputs", "nothing"]] = "nothing"
    outcomes: ClassVar[Mapping[str, tuple[str, ...]]] = dict.fromkeys(
        (AS_REAL, PARTLY, UNLIKE), tuple(begins + DISTANT for begins in ("", OF_ISLANDS, OF_CLASSES, OF_ASKED))
    )
    watched: ClassVar[str | None] = None
    follows_loss: ClassVar[bool] = False
    predicts: ClassVar[bool] = False
    examined: ClassVar[bool] = True
    metrics: ClassVar[tuple[Metric, ...]] = (
        COVERAGE,
        ISLANDS,
        ON_ISLANDS,
        AS_ASKED,
        *EXAMINED,
        DISTANCE,
        DISTANCE_RATIO,
        MMD,
        MMD_OF_HALVES,
        DIVERSITY,
    )
    score: ClassVar[Metric] = COVERAGE
    shown: ClassVar[tuple[Metric, ...]] = (ISLANDS, COVERAGE, AS_ASKED, CONFIDENT, DISTANCE_RATIO)

    conditional: bool = setting(
        False,
        "Told the class",
        "Layers that read the class are told which is to be drawn, so that any can be asked for. Put a class embedding"
        " behind the first layer. Source: Mirza and Osindero 2014, arXiv:1411.1784.",
    )

    def check(self, dataset: Dataset) -> None:
        inputs, target = dataset.inputs(), dataset.target()
        if not isinstance(inputs, Features | Channelled):
            raise Problem(
                "{task} draws numbers, but a sample of these data is {inputs}.",
                task=type(self).title,
                inputs=inputs.noun,
            )
        if self.conditional and not isinstance(target, Classes):
            raise Problem(
                "These data have no classes that could be asked for: their target is {target}.",
                place="/conditional",
                target=target.noun,
                fixes=(Fix("Ask for no class", edits=(Edit("replace", "/conditional", False),)),),
            )

    def shown_of(self, dataset: Dataset) -> tuple[Metric, ...]:
        pictures, gathered = dataset.shows_classes(), dataset.gathering() is not None
        said = {ISLANDS: gathered, AS_ASKED: pictures and self.conditional, CONFIDENT: pictures}
        return tuple(metric for metric in super().shown_of(dataset) if said.get(metric, True))

    def inputs(self, prepared: Prepared) -> dict[str, Array]:
        random = np.random.default_rng(NOISE)
        noise = random.standard_normal((len(prepared.inputs), *self.noise_sizes(prepared)), np.float32)
        asked = {LABEL: prepared.targets} if self.conditional else {}
        return {**super().inputs(prepared), "noise": noise, **asked}

    def noise_sizes(self, prepared: Prepared) -> tuple[int, ...]:
        """The sizes of the noise that one sample is drawn from."""
        raise NotImplementedError

    def in_steps(self, steps: int) -> Self:
        """The same task, but that samples are drawn in so many steps. Raises `Problem` where they are drawn in one."""
        raise Problem("This network draws in a single step.", place="/steps")

    def settled(self) -> Self:
        """The same task, but that a sample is decided by its noise alone."""
        return self

    def told(self, dataset: Dataset) -> Mapping[str, Shape]:
        """The sides by which networks are told what to draw."""
        return {LABEL: dataset.target()} if self.conditional else {}

    def with_class(self, layers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The same layers, told the class behind the first that has weights."""
        if not self.conditional:
            return layers
        first = next(number for number, layer in enumerate(layers, 1) if layer["kind"] == "linear")
        return [*layers[:first], {"kind": "class_embedding"}, *layers[first:]]

    def outcome(self, reached: Mapping[str, float], beside: Mapping[str, float]) -> Outcome | None:
        """By what is drawn alone: no loss says how good samples are."""
        if DISTANCE_RATIO.name not in reached:
            return None
        begins, values, fair = _kinds_drawn(reached)
        values["ratio"] = reached[DISTANCE_RATIO.name]
        if reached[COVERAGE.name] <= NOTHING_COVERED:
            return Outcome("warning", UNLIKE, begins + DISTANT, values)
        good = fair and values["ratio"] <= NEAR
        return Outcome("good" if good else "plain", AS_REAL if good else PARTLY, begins + DISTANT, values)


def _kinds_drawn(reached: Mapping[str, float]) -> tuple[str, dict[str, float], bool]:
    """What is said of the kinds of samples that are drawn, its values, and whether all are drawn well; of samples of no
    kinds, nothing."""
    if AS_ASKED.name in reached:
        asked = reached[AS_ASKED.name]
        return OF_ASKED, {"asked": percent(asked)}, asked >= ASKED
    if CONFIDENT.name in reached:
        sure, classes, rarest = (reached[metric.name] for metric in (CONFIDENT, CLASSES_REACHED, RAREST_CLASS))
        values = {"sure": percent(sure), "classes": percent(classes), "rarest": percent(rarest)}
        return OF_CLASSES, values, sure >= SURE and classes == 1
    if ISLANDS.name in reached:
        islands, near = reached[ISLANDS.name], reached[ON_ISLANDS.name]
        return OF_ISLANDS, {"islands": percent(islands), "near": percent(near)}, islands == 1 and near >= MOST_NEAR
    return "", {}, True
