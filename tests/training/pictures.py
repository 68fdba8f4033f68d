"""Small networks over pictures and series that tests look into."""

from typing import Any

import numpy as np

from app.experiment.experiment import Experiment
from app.parts.datasets.dataset import Array
from app.parts.datasets.digits import Digits
from app.parts.shapes import Image, Series
from app.runs.frames import Frame, Quantised, decode
from app.training.building import build_networks
from app.training.data.samples import samples_of
from app.training.probes import Look
from app.training.recording.probing import Probing
from app.training.tasks import WORK

RELU: dict[str, Any] = {"kind": "relu"}
FLATTEN: dict[str, Any] = {"kind": "flatten"}


class Large(Digits):
    """The digits in three colours and 64 × 64 pixels, with grain, so that no two neighbours are alike."""

    def inputs(self) -> Image:
        return Image(channels=3, height=64, width=64)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        pixels, digits = super().draw(random, loaded)
        large = pixels.repeat(8, axis=2).repeat(8, axis=3).repeat(3, axis=1)
        return (large + random.uniform(0, 0.2, large.shape)).clip(0, 1), digits


class Small(Large):
    """The same at 32 × 32."""

    def inputs(self) -> Image:
        return Image(channels=3, height=32, width=32)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        large, digits = super().draw(random, loaded)
        return large[:, :, ::2, ::2], digits


class Waves(Digits):
    """The rows of the digits one behind another: a series of 2 × 512 moments."""

    def inputs(self) -> Series:  # pyright: ignore[reportIncompatibleMethodOverride]
        return Series(channels=2, length=512)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        pixels, digits = super().draw(random, loaded)
        return pixels.reshape(-1, 1, 64).repeat(8, axis=2).repeat(2, axis=1), digits


def conv(filters: int, **more: Any) -> dict[str, Any]:
    """A convolution that keeps the size of a picture."""
    return {"kind": "conv2d", "filters": filters, "kernel": 3, "padding": 1, **more}


def digits_document(*layers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A network for the digits, as a document."""
    return {
        "dataset": {"kind": "digits"},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": list(layers)}},
        "loss": {"kind": "cross_entropy"},
        "optimizer": {"kind": "adam", "lr": 0.003},
        "training": {"epochs": 2, "batch_size": 64},
    } | changes


def looked_at(dataset: Any, *layers: dict[str, Any]) -> tuple[Look, dict[str, Frame]]:
    """An untrained network over any dataset, and the frames of its probes."""
    flat = [FLATTEN] if len(dataset.inputs().sizes) == 1 else []
    plain = Experiment.model_validate(digits_document(*flat))
    networks = {"main": Experiment.model_validate(digits_document(*layers)).main}
    experiment = plain.model_copy(update={"dataset": dataset, "networks": networks})
    samples = samples_of(experiment)
    look = Look(experiment, build_networks(experiment), samples, WORK[experiment.task.kind](experiment))
    probing = Probing(experiment, look)
    return look, {name: decode(block) for name, block in probing.frames(probing.names, 3, 0.5).items()}


def values(array: Any) -> Any:
    """The numbers of an array, those of pictures from their bytes."""
    if isinstance(array, Quantised):
        return array.low + array.codes / 255 * (array.high - array.low)
    return array


def half_a_byte(array: Any) -> float:
    """How far a number may be from what its byte says."""
    return (array.high - array.low) / 255 / 2 + 1e-6


def masks_document(**changes: Any) -> dict[str, Any]:
    """A network that says for each pixel which shape it belongs to."""
    return digits_document(conv(4), RELU) | {
        "dataset": {"kind": "shape_masks", "samples": 60},
        "task": {"kind": "segmentation"},
        "training": {"epochs": 1, "batch_size": 12},
        **changes,
    }
