"""What every preset owes: an experiment to open, what it asks, what to try, and what must come of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from app.experiment.patch import patched
from app.parts.problem import Edit

Document: TypeAlias = dict[str, Any]
Family = Literal["First steps", "Learning", "Depth", "Generalising", "Real data", "Pictures"]
Failure = Literal["diverged", "not_learning", "jumping"]  # as in `app.runs.events.Warned`


@dataclass(frozen=True)
class Reaches:
    """The last value of `metric` is within bounds, after `seconds` at most on one quiet core."""

    metric: str
    at_least: float = float("-inf")
    at_most: float = float("inf")
    seconds: float = 60.0

    def met(self, value: float) -> bool:
        """Whether this value is what was promised."""
        return self.at_least <= value <= self.at_most


@dataclass(frozen=True)
class Fails:
    """The run says this of itself."""

    what: Failure


Expected: TypeAlias = Reaches | Fails


@dataclass(frozen=True)
class Variant:
    """One of several ways that a preset compares: the edits of its experiment, and what must come of them."""

    title: str
    edits: tuple[Edit, ...]
    expected: tuple[Expected, ...]


@dataclass(frozen=True)
class Preset:
    """One question. `experiment` is what opens; the variants are to be trained beside each other.

    A preset that compares nothing has a single variant without a title and without edits.
    """

    name: str  # kebab-case; stands in addresses
    title: str
    family: Family
    summary: str  # what one sees
    question: str
    try_this: str  # and `try_edits` does it
    try_edits: tuple[Edit, ...]
    experiment: Document
    variants: tuple[Variant, ...]

    def documents(self) -> Iterator[tuple[Variant, Document]]:
        """Each variant with its whole experiment."""
        for variant in self.variants:
            yield variant, patched(self.experiment, variant.edits)


def alone(*expected: Expected) -> tuple[Variant, ...]:
    """The single variant of a preset that compares nothing."""
    return (Variant("", (), expected),)


def change(path: str, value: Any) -> Edit:
    """An edit that sets a field, whether or not the document names it."""
    return Edit("add", path, value)


def classify(dataset: Document, layers: list[Document], **others: Any) -> Document:
    """An experiment that tells two classes apart by one output, or more classes by one output each."""
    document = {
        "version": 1,
        "seed": 0,
        "dataset": dataset,
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": layers}},
        "loss": {"kind": "bce_with_logits"},
    }
    return {**document, **others}


def predict(dataset: Document, layers: list[Document], **others: Any) -> Document:
    """An experiment that predicts numbers."""
    return {**classify(dataset, layers), "task": {"kind": "regression"}, "loss": {"kind": "mse"}, **others}


def convolve(*filters: int) -> list[Document]:
    """Convolutions of 3 x 3 that keep the size, each normalised, which makes a bias useless, and with ReLU behind."""
    window: Document = {"kind": "conv2d", "kernel": 3, "padding": 1, "bias": False}
    return [
        layer
        for count in filters
        for layer in ({**window, "filters": count}, {"kind": "batch_norm2d"}, {"kind": "relu"})
    ]


def dense(*units: int, activation: str = "tanh") -> list[Document]:
    """Linear layers, each with an activation behind it."""
    return [layer for count in units for layer in ({"kind": "linear", "units": count}, {"kind": activation})]
