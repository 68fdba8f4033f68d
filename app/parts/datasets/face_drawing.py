"""Faces drawn from parts: where each part lies, how it looks, and which pixel belongs to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.drawn import SIDE
from app.parts.datasets.painting import HALF, coverage, each, offsets, paint, turned

BACKGROUND, HAIR, FACE, EYES, NOSE, MOUTH = range(6)
PARTS = ("background", "hair", "face", "eyes", "nose", "mouth")
SAD, SMILING, SURPRISED = range(3)
BALD, SHORT, LONG = range(3)
MOODS, HAIRS, GLASSES = ("sad", "smiling", "surprised"), ("bald", "short hair", "long hair"), ("no glasses", "glasses")

# At most: away from the middle in pixels, larger or smaller as a share, turned in degrees.
FAR, TALLER, TILT = 2.0, 0.1, 12.0


@dataclass(frozen=True)
class Looks:
    """For each face the number of its mood, of its hair, and whether it wears glasses, each (n,)."""

    moods: Array
    hairs: Array
    glasses: Array


@dataclass(frozen=True)
class Chance:
    """Draws by lot what differs between faces of the same looks, the more the larger `variety` (0 to 1) is."""

    random: np.random.Generator
    count: int
    variety: float

    def about(self, middle: float, reach: float) -> Array:
        """A number for each face, (n, 1, 1) to be mixed with pixels."""
        return each(middle + reach * self.variety * self.random.uniform(-1, 1, self.count))


@dataclass(frozen=True)
class Paint:
    """What is painted over what came before: (n, 32, 32) distances to its edge in pixels, its brightness, and who has
    it."""

    part: int
    distances: Array
    brightness: Any
    who: Any = True


def drawn_faces(random: np.random.Generator, looks: Looks, variety: float) -> tuple[Array, Array]:
    """Pictures (n, 1, 32, 32) from 0 to 1, and the part that each pixel belongs to (n, 32, 32)."""
    chance = Chance(random, len(looks.moods), variety)
    x, y = _seen_from_the_middle(chance)
    pictures = np.array(np.broadcast_to(chance.about(0.1, 0.1)[:, None], (chance.count, 1, SIDE, SIDE)))
    masks = np.zeros((chance.count, SIDE, SIDE), np.int64)
    skin = chance.about(0.72, 0.12)
    for layer in (*_head(chance, x, y, looks, skin), *_features(chance, x, y, looks, skin)):
        shares = coverage(layer.distances) * layer.who
        paint(pictures, shares, np.broadcast_to(layer.brightness, (chance.count, 1, 1))[:, 0])
        masks[shares >= HALF] = layer.part
    return pictures, masks


# Everything below is in pixels, right of and below the middle of the face, before it is moved, sized and turned.


def _seen_from_the_middle(chance: Chance) -> tuple[Array, Array]:
    random, variety = chance.random, chance.variety
    centres = SIDE / 2 + FAR * variety * random.uniform(-1, 1, (chance.count, 2))
    angles = np.deg2rad(TILT) * variety * random.uniform(-1, 1, chance.count)
    sizes = chance.about(1, TALLER)
    x, y = turned(*offsets(centres, SIDE), angles)
    return x / sizes, y / sizes


def _head(chance: Chance, x: Array, y: Array, looks: Looks, skin: Array) -> Iterator[Paint]:
    hair, oval = chance.about(0.38, 0.1), _ellipse(x, y - 1, 8.4, 10.2)
    yield Paint(HAIR, np.maximum(_ellipse(x, y, 9.8, 11.2), y + 1), hair, each(looks.hairs == SHORT))
    yield Paint(HAIR, np.maximum(_ellipse(x, y + 0.5, 11.2, 12.3), y - 9), hair, each(looks.hairs == LONG))
    yield Paint(FACE, oval, skin)
    yield Paint(HAIR, np.maximum(oval, y + 5 - 0.03 * x**2), hair, each(looks.hairs != BALD))  # over the forehead


def _features(chance: Chance, x: Array, y: Array, looks: Looks, skin: Array) -> Iterator[Paint]:
    surprised = each(looks.moods == SURPRISED)
    height, apart = chance.about(-1.8, 0.6), chance.about(3.7, 0.4)
    aside, above = np.abs(x) - apart, y - height  # as seen from the nearer eye
    yield Paint(EYES, _ellipse(aside, above, 1.9, 1.4 + 0.6 * surprised), 0.97)
    yield Paint(EYES, np.hypot(aside, above) - 0.85, 0.05)
    yield Paint(NOSE, _ellipse(x, y - 2, 0.95, chance.about(1.5, 0.4)), 0.6 * skin)
    below = y - chance.about(5.3, 0.6)
    curve = chance.about(1.8, 0.4) * each(np.where(looks.moods == SMILING, 1, -1))
    yield Paint(MOUTH, _bow(x, below, chance.about(3.9, 0.7), curve), 0.12, 1 - surprised)
    yield Paint(MOUTH, _ellipse(x, below, 1.9, 2.4), 0.12, surprised)
    rims, bridge = np.abs(np.hypot(aside, above) - 3), np.maximum(np.abs(above), np.abs(x) - apart + 3)
    yield Paint(FACE, np.minimum(rims, bridge) - 0.45, 0.05, each(looks.glasses))


def _ellipse(x: Array, y: Array, half_width: Any, half_height: Any) -> Array:
    """About the distance to an ellipse, right where it matters: near its edge."""
    return (np.hypot(x / half_width, y / half_height) - 1) * np.minimum(half_width, half_height)


def _bow(x: Array, y: Array, half_width: Array, curve: Array) -> Array:
    """A closed mouth: a line that hangs down in its middle where `curve` is above 0."""
    along = x / half_width
    slope = 2 * curve * along / half_width
    off = np.abs(y - curve * (0.5 - along**2)) - 0.85
    return np.maximum(off / np.sqrt(1 + slope**2), np.abs(x) - half_width)
