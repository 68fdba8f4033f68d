"""Painting many pictures at once with smooth edges: from distances to the edge of a thing to how much of a pixel it
covers."""

from typing import Any

import numpy as np

from app.parts.datasets.dataset import Array

HALF = 0.5  # of a pixel: what covers that much of it is what a mask says of it


def offsets(centres: Array, side: int) -> tuple[Array, Array]:
    """How far the middle of each pixel lies right of and below a point of each picture, in pixels: (n, 1, side) and
    (n, side, 1). `centres` (n, 2) are x and y from the top left corner."""
    middles = np.arange(side, dtype=np.float32) + np.float32(0.5)
    x, y = centres.astype(np.float32).T
    return middles[None, None, :] - x[:, None, None], middles[None, :, None] - y[:, None, None]


def turned(dx: Array, dy: Array, angles: Array) -> tuple[Array, Array]:
    """The same offsets as seen by things turned clockwise by `angles` (n,) radians: (n, side, side) each."""
    cosine, sine = each(np.cos(angles)), each(np.sin(angles))
    return dx * cosine + dy * sine, dy * cosine - dx * sine


def each(numbers: Any) -> Array:
    """One number for each picture (n,), made ready to be mixed with its pixels: (n, 1, 1) float32."""
    return np.asarray(numbers, np.float32)[:, None, None]


def coverage(distances: Array) -> Array:
    """Which share of each pixel lies within an edge; `distances` to it are in pixels, negative inside."""
    return np.clip(np.float32(0.5) - distances, 0, 1)


def paint(pictures: Array, shares: Array, colours: Array) -> None:
    """Lays a colour (n, channels) over pictures (n, channels, side, side), in place, where `shares` (n, side, side) say
    how much."""
    pictures += shares[:, None] * (colours.astype(np.float32)[:, :, None, None] - pictures)
