"""Forms that pictures show, each by its distance to the edge; all have the area of a circle of radius 1."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.parts.datasets.dataset import Array

TRIANGLE = 0.7777  # from the middle to a side
STAR, STAR_WAIST, FIFTH = 1.541, 0.45, np.pi / 5  # tips, inner corners as a share of that, half the angle of an arm
CROSS, CROSS_ARM = 1.166, 0.41  # length of an arm, half its width
RING, RING_HALF = 0.928, 0.2693  # the middle of its band, half the band's width
MOON, MOON_BITE, MOON_SHIFT = 1.457, 1.238, 0.802  # radius, radius of what is bitten off, how far off that lies
HEART = 0.938  # from the middle to its tip


@dataclass(frozen=True)
class Form:
    """`distance` is negative inside; it takes x to the right and y downwards. `reach` is from the middle to the
    farthest point."""

    distance: Callable[[Array, Array], Array]
    reach: float


def _circle(x: Array, y: Array) -> Array:
    return np.hypot(x, y) - 1


def _square(x: Array, y: Array) -> Array:
    return np.maximum(np.abs(x), np.abs(y)) - np.float32(np.sqrt(np.pi) / 2)


def _triangle(x: Array, y: Array) -> Array:
    return np.maximum(np.float32(np.sqrt(3) / 2) * np.abs(x) - y / 2, y) - np.float32(TRIANGLE)


def _star(x: Array, y: Array) -> Array:
    """One edge of half an arm, seen by every half arm alike."""
    radius, angle = np.hypot(x, y), np.arctan2(x, -y)
    angle = np.abs(np.mod(angle + np.float32(FIFTH), np.float32(2 * FIFTH)) - np.float32(FIFTH))
    across, down = STAR_WAIST * STAR * np.cos(FIFTH) - STAR, STAR_WAIST * STAR * np.sin(FIFTH)
    length = np.hypot(across, down)
    from_tip = radius * np.cos(angle) - np.float32(STAR)
    return from_tip * np.float32(down / length) - radius * np.sin(angle) * np.float32(across / length)


def _cross(x: Array, y: Array) -> Array:
    x, y = np.abs(x), np.abs(y)
    return np.maximum(np.maximum(x, y) - np.float32(CROSS), np.minimum(x, y) - np.float32(CROSS_ARM))


def _ring(x: Array, y: Array) -> Array:
    return np.abs(np.hypot(x, y) - np.float32(RING)) - np.float32(RING_HALF)


def _moon(x: Array, y: Array) -> Array:
    bite = np.float32(MOON_BITE) - np.hypot(x - np.float32(MOON_SHIFT), y)
    return np.maximum(np.hypot(x, y) - np.float32(MOON), bite)


def _heart(x: Array, y: Array) -> Array:
    x = np.abs(x)
    lobe = np.hypot(x - np.float32(HEART / 2), y + np.float32(HEART / 2)) - np.float32(HEART / np.sqrt(2))
    return np.minimum((x + np.abs(y) - np.float32(HEART)) / np.float32(np.sqrt(2)), lobe)


FORMS = {
    "circle": Form(_circle, 1.0),
    "square": Form(_square, float(np.sqrt(np.pi / 2))),
    "triangle": Form(_triangle, 2 * TRIANGLE),
    "star": Form(_star, STAR),
    "cross": Form(_cross, float(np.hypot(CROSS, CROSS_ARM))),
    "ring": Form(_ring, RING + RING_HALF),
    "moon": Form(_moon, MOON),
    "heart": Form(_heart, HEART * float(np.sqrt(2))),
}
