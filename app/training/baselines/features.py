"""Hand-made features: what a person who knows the matter would measure, instead of letting a network find it."""

from dataclasses import dataclass

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.line import LineDataset
from app.parts.datasets.on_plane import FEATURES, PlaneDataset
from app.parts.datasets.prepared import Prepared
from app.parts.shapes import Image, Series

STRIPS = 16  # that a picture's rows, and its columns, are gathered in at most
CELLS, DIRECTIONS = 4, 4  # edges are counted by direction in so many places of each axis
TONES = 8  # frequencies of a series, from the slowest

PLANE = "The coordinates, their squares, their product, sines and cosines"
LINE = "The number, its square and cube, its sine and cosine"
PICTURES = "How bright each row and column is, how alike the halves are, and where edges run in which direction"
SERIES = "Mean, spread, extremes, how often it crosses its mean, and how strong its eight slowest waves are"


@dataclass(frozen=True)
class Inputs:
    """Columns (n, width) for every sample of a set, in its order; `even` where all are of one kind and scale."""

    columns: Array
    even: bool
    sentence: str = ""  # what they are, where they are hand-made


def raw_inputs(dataset: Dataset, prepared: Prepared) -> Inputs:
    """The samples as they are; of a table, as the network sees them, because cells may be words or be empty."""
    if isinstance(dataset, PlaneDataset | LineDataset):
        return Inputs(prepared.raw, even=True)
    alike = isinstance(dataset.inputs(), Image | Series)
    return Inputs(prepared.inputs.reshape(len(prepared.inputs), -1), even=alike)


def handmade(dataset: Dataset, prepared: Prepared) -> Inputs | None:
    """Features that stand to reason for samples of this kind; None for a table, whose columns are features already."""
    raw = prepared.raw
    if isinstance(dataset, PlaneDataset):
        return Inputs(np.stack([feature(raw) for feature in FEATURES.values()], axis=1), False, PLANE)
    if isinstance(dataset, LineDataset):
        return Inputs(np.hstack([raw, raw**2, raw**3, np.sin(raw), np.cos(raw)]), False, LINE)
    if isinstance(dataset.inputs(), Image):
        return Inputs(of_pictures(prepared.inputs), False, PICTURES)
    if isinstance(dataset.inputs(), Series):
        return Inputs(of_series(prepared.inputs), False, SERIES)
    return None


def of_pictures(pictures: Array) -> Array:
    """Pictures (n, c, h, w) to (n, features)."""
    grey = pictures.mean(axis=1)
    rows, columns = grey.mean(axis=2), grey.mean(axis=1)
    halves = [-np.abs(grey - np.flip(grey, axis)).mean(axis=(1, 2)) for axis in (1, 2)]
    return np.hstack([_gathered(rows, STRIPS), _gathered(columns, STRIPS), np.stack(halves, axis=1), _edges(grey)])


def of_series(series: Array) -> Array:
    """Series (n, c, l) to (n, features)."""
    mean = series.mean(axis=2, keepdims=True)
    moved = series - mean
    crossings = (np.diff(np.signbit(moved), axis=2) != 0).mean(axis=2)
    waves = np.abs(np.fft.rfft(moved, axis=2))[:, :, 1 : TONES + 1] / series.shape[2]
    whole = [mean[:, :, 0], series.std(axis=2), series.min(axis=2), series.max(axis=2), crossings]
    return np.hstack([*whole, waves.reshape(len(series), -1)])


def _gathered(values: Array, most: int) -> Array:
    """The last axis in at most so many parts of equal length, the mean of each."""
    return np.stack([part.mean(axis=-1) for part in np.array_split(values, min(most, values.shape[-1]), axis=-1)], -1)


def _edges(grey: Array) -> Array:
    """How strong edges are (n, places × directions), as in a histogram of oriented gradients.

    Source: Dalal and Triggs 2005, doi.org/10.1109/CVPR.2005.177.
    """
    down, right = np.diff(grey, axis=1)[:, :, :-1], np.diff(grey, axis=2)[:, :-1]
    strength = np.hypot(down, right)
    direction = np.floor(np.arctan2(down, right) % np.pi / np.pi * DIRECTIONS).astype(int) % DIRECTIONS
    layers = np.where(direction[:, None] == np.arange(DIRECTIONS)[:, None, None], strength[:, None], 0)
    placed = _gathered(_gathered(layers, CELLS).swapaxes(2, 3), CELLS)
    return placed.reshape(len(grey), -1)
