"""The experiments that are timed."""

from typing import Any

Document = dict[str, Any]


def two_spirals() -> Document:
    """The page's default: 2-8-8-1 with tanh, Adam, batches of 10."""
    return document(
        dataset={"kind": "spiral", "samples": 500, "noise": 0.1},
        layers=dense(8, 8, activation="tanh"),
        optimizer={"kind": "adam", "lr": 0.01},
    )


def playground() -> Document:
    """What TensorFlow Playground opens with: circle, 2-4-2-1, tanh, SGD 0.03, batches of 10, 250 points to train on."""
    return document(
        dataset={"kind": "circle", "samples": 500, "validation": 40, "test": 10, "standardize": False},
        layers=dense(4, 2, activation="tanh"),
        optimizer={"kind": "sgd", "lr": 0.03},
    )


def digits() -> Document:
    """Real pictures: 64-256-256-10 with ReLU, batches of 64."""
    return document(
        dataset={"kind": "digits"},
        layers=[{"kind": "flatten"}, *dense(256, 256, activation="relu")],
        optimizer={"kind": "adam", "lr": 0.001},
        loss="cross_entropy",
        batch_size=64,
    )


def wide() -> Document:
    """Steps of some milliseconds: 64-1024-1024-10, batches of 128."""
    return document(
        dataset={"kind": "digits"},
        layers=[{"kind": "flatten"}, *dense(1024, 1024, activation="relu")],
        optimizer={"kind": "sgd", "lr": 0.01, "momentum": 0.9},
        loss="cross_entropy",
        batch_size=128,
    )


def document(
    dataset: Document, layers: list[Document], optimizer: Document, loss: str = "bce_with_logits", batch_size: int = 10
) -> Document:
    """A classification experiment that goes on until it is stopped."""
    return {
        "dataset": dataset,
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": layers}},
        "loss": {"kind": loss},
        "optimizer": optimizer,
        "training": {"batch_size": batch_size, "epochs": 1_000_000},
    }


def dense(*units: int, activation: str) -> list[Document]:
    """Linear layers with an activation behind each."""
    return [one for size in units for one in ({"kind": "linear", "units": size}, {"kind": activation})]


def with_steps(document: Document, steps: int) -> Document:
    """The same, stopping after so many steps."""
    return {**document, "training": {**document["training"], "steps": steps}}
