"""What every preset owes: an experiment to open, what it asks, what to try, and what must come of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from app.experiment.addresses import network_address
from app.experiment.experiment import VERSION
from app.experiment.patch import patched, value_at
from app.parts.problem import Edit

Document: TypeAlias = dict[str, Any]
Family = Literal["First steps", "Learning", "Depth", "Generalising", "Real data", "Pictures", "Sequences", "Generating"]
Failure = Literal["diverged", "fault", "not_learning", "jumping"]  # as in `app.runs.events.Judgement`


@dataclass(frozen=True)
class Reaches:
    """The last value of `metric` is within bounds, after `seconds` at most on one quiet core; with `held`, so are those
    of so many evaluations before the end."""

    metric: str
    at_least: float = float("-inf")
    at_most: float = float("inf")
    seconds: float = 60.0
    held: int = 1

    def met(self, value: float) -> bool:
        """Whether this value is what was promised."""
        return self.at_least <= value <= self.at_most


@dataclass(frozen=True)
class Fails:
    """The run has said this of itself at some time."""

    what: Failure


Expected: TypeAlias = Reaches | Fails


@dataclass(frozen=True)
class Variant:
    """One of several ways that a preset compares: the edits of its experiment, and what must come of them."""

    title: str
    edits: tuple[Edit, ...]
    expected: tuple[Expected, ...]
    started: bool = False  # whether its networks begin with the weights of the stage before, see `After`


@dataclass(frozen=True)
class After:
    """The stage before a preset: another preset, by name, and for each network of this which one of that it starts
    from. `shared` are paths of settings that are the same in both, whichever is changed."""

    preset: str
    networks: Mapping[str, str]
    shared: tuple[str, ...] = ()

    def first(self, experiment: Document, document: Document) -> Document:
        """The experiment of that stage, as one of this stage wants it."""
        return patched(experiment, (change(path, value_at(document, path)) for path in self.shared))

    def edits(self, run: str) -> tuple[Edit, ...]:
        """What lets an experiment's networks start from a run of that stage."""
        return tuple(
            change(f"{network_address(name)}/from_run", {"run": run, "network": there})
            for name, there in self.networks.items()
        )


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
    after: After | None = None

    def documents(self) -> Iterator[tuple[Variant, Document]]:
        """Each variant with its whole experiment, from drawn weights."""
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
        "version": VERSION,
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


TIME_AND_SILU: tuple[Document, ...] = ({"kind": "time_embedding"}, {"kind": "silu"})


def generate(dataset: Document, width: int, **others: Any) -> Document:
    """An experiment in which a generator and a discriminator of two layers each learn against each other."""
    layers = dense(width, width, activation="leaky_relu")
    document = {
        "version": VERSION,
        "seed": 0,
        "dataset": dataset,
        "task": {"kind": "gan", "latent": 8, "r1": 0.5},
        "networks": {"generator": {"layers": layers}, "discriminator": {"layers": layers}},
        "loss": {"kind": "least_squares"},
        "optimizer": {"kind": "adam", "lr": 0.002, "beta1": 0.5},
        "schedule": {"kind": "cosine"},
        "training": {"batch_size": 128, "epochs": 200, "averaging": 0.995},
    }
    return {**document, **others}


def diffuse(dataset: Document, width: int, **others: Any) -> Document:
    """An experiment in which a network of three layers learns to take noise away, and is told how much there is."""
    told = [layer for _ in range(3) for layer in ({"kind": "linear", "units": width}, *TIME_AND_SILU)]
    learning = {
        "optimizer": {"kind": "adam", "lr": 0.003},
        "schedule": {"kind": "cosine"},
        "training": {"batch_size": 128, "epochs": 200, "averaging": 0.995},
    }
    return {**predict(dataset, told), "task": {"kind": "diffusion"}, **learning, **others}


def reconstruct(task: Document, hidden: list[Document], pixels: int, **others: Any) -> Document:
    """An experiment that draws digits again: the encoder has one hidden layer, the decoder `hidden` ones, and its last
    draws so many `pixels` on a side."""
    drawn = [{"kind": "linear", "units": pixels**2}, {"kind": "reshape", "sizes": [1, pixels, pixels]}]
    networks = {
        "encoder": {"layers": [{"kind": "flatten"}, *dense(256, activation="gelu")]},
        "decoder": {"layers": [*hidden, *drawn], "head": False},
    }
    learning = {"optimizer": {"kind": "adam", "lr": 0.003}, "schedule": {"kind": "cosine"}}
    return {**predict({"kind": "digits"}, []), "task": task, "networks": networks, **learning, **others}


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
