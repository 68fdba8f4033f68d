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


def digits_cnn() -> Document:
    """A small convolutional network on real pictures: 16 and 32 filters with batch normalisation, batches of 32."""
    return document(
        dataset={"kind": "digits"},
        layers=[*block(16), {"kind": "max_pool2d"}, *block(32), {"kind": "max_pool2d"}, {"kind": "flatten"}],
        optimizer={"kind": "adam", "lr": 0.002},
        loss="cross_entropy",
        batch_size=32,
    )


def shapes_resnet() -> Document:
    """Drawn shapes of 32 x 32 pixels through three residuals of two convolutions each, batches of 32."""
    deep = [layer for _ in range(3) for layer in (residual(16), {"kind": "relu"})]
    return document(
        dataset={"kind": "shapes"},
        layers=[*block(16), {"kind": "max_pool2d"}, *deep, {"kind": "global_avg_pool"}],
        optimizer={"kind": "adam", "lr": 0.002},
        loss="cross_entropy",
        batch_size=32,
    )


def convnetjs() -> Document:
    """ConvNetJS's own network for MNIST: 24 x 24 x 1, conv 5 x 5 x 8, pool 2, conv 5 x 5 x 16, pool 3, softmax 10,
    batch 20, Adadelta. Its pictures are digits enlarged threefold, to the size of MNIST's crops."""
    filters = [{"kind": "conv2d", "filters": count, "kernel": 5, "padding": 2} for count in (8, 16)]
    pools = [{"kind": "max_pool2d", "kernel": size, "stride": size} for size in (2, 3)]
    rectified = [layer for pair in zip(filters, pools, strict=True) for layer in (pair[0], {"kind": "relu"}, pair[1])]
    return document(
        dataset={"kind": "digits"},
        layers=[{"kind": "upsample", "scale_factor": 3}, *rectified, {"kind": "flatten"}],
        optimizer={"kind": "adadelta", "lr": 1.0},
        loss="cross_entropy",
        batch_size=20,
    )


def gpt() -> Document:
    """Four Transformer blocks of width 64 that write stories, batches of 16 windows of 64 letters."""
    block = {"kind": "transformer_block", "heads": 4, "feedforward": 256, "causal": True}
    positions = {"kind": "learned_position", "places": 64}
    return writing([{"kind": "embedding", "width": 64}, positions, *[block] * 4, {"kind": "layer_norm"}])


def lstm() -> Document:
    """An LSTM of 96 units that writes the same stories."""
    return writing([{"kind": "embedding", "width": 16}, {"kind": "lstm", "units": 96}])


def writing(layers: list[Document]) -> Document:
    """A language model that goes on until it is stopped."""
    stories = {"kind": "stories", "samples": 2000, "window": 64}
    made = document(stories, layers, {"kind": "adam", "lr": 0.003}, "cross_entropy", batch_size=16)
    return {**made, "task": {"kind": "language_model"}}


def block(filters: int) -> list[Document]:
    """A convolution that keeps the size, normalised, with ReLU."""
    return [{"kind": "conv2d", "filters": filters, "padding": 1}, {"kind": "batch_norm2d"}, {"kind": "relu"}]


def residual(filters: int) -> Document:
    """Two convolutions beside a shortcut."""
    return {"kind": "residual", "layers": [*block(filters), *block(filters)[:2]]}


def document(
    dataset: Document, layers: list[Document], optimizer: Document, loss: str = "bce_with_logits", batch_size: int = 10
) -> Document:
    """A classification experiment that goes on until it is stopped, trained by PyTorch as what it is compared with."""
    return {
        "dataset": dataset,
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": layers}},
        "loss": {"kind": loss},
        "optimizer": optimizer,
        "training": {"batch_size": batch_size, "epochs": 1_000_000, "stepper": "eager"},
    }


def dense(*units: int, activation: str) -> list[Document]:
    """Linear layers with an activation behind each."""
    return [layer for size in units for layer in ({"kind": "linear", "units": size}, {"kind": activation})]


def with_steps(document: Document, steps: int) -> Document:
    """The same, stopping after so many steps."""
    return {**document, "training": {**document["training"], "steps": steps}}
