"""What both sets of shapes owe: how shapes may look, and what lies behind them."""

from dataclasses import dataclass

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.drawn import SIDE, Drawn
from app.parts.datasets.forms import FORMS
from app.parts.datasets.painting import coverage, each, offsets, paint, turned
from app.parts.part import setting
from app.parts.shapes import Image

MOST_CLUTTER = 8
STROKE = (2.0, 7.0, 0.6)  # pixels: half the shortest, half the longest, half the width
SPECK = (0.7, 1.5)  # radius in pixels
DARK, BRIGHT, CLUTTERED = (0.0, 0.3), (0.5, 1.0), (0.2, 0.9)  # what is behind, the shapes, what distracts
EDGE = 1.0  # pixels between a shape and the edge of the picture, so that it is seen whole

REACHES = np.array([form.reach for form in FORMS.values()])  # of a shape as large as a circle of radius 1


@dataclass(frozen=True)
class DrawnShapes:
    """One shape for each picture: the number of its kind, its size as the radius of a circle of its area, its angle in
    radians, its colour."""

    kinds: Array  # (n,)
    radii: Array  # (n,) pixels
    angles: Array  # (n,)
    colours: Array  # (n, channels)

    @property
    def reaches(self) -> Array:
        """How far each goes from its middle, in pixels (n,)."""
        return self.radii * REACHES[self.kinds]

    def of(self, rows: Array) -> "DrawnShapes":
        """Those of some pictures."""
        return DrawnShapes(self.kinds[rows], self.radii[rows], self.angles[rows], self.colours[rows])


class ShapePictures(Drawn):
    """Shapes of equal area on a dark ground, bright enough to be seen, each whole within the picture."""

    classes: int = setting(
        5,
        "Kinds of shapes",
        "How many kinds there are, in this order: circle, square, triangle, star, cross, ring, moon, heart.",
        ge=2,
        le=len(FORMS),
    )
    colour: bool = setting(False, "Colour", "Draws everything in colours at random, in three channels instead of one.")
    shape_size: float = setting(
        13.0, "Size", "Width of a circle; the other shapes have its area.", ge=5, le=18, step=0.5, unit="pixels"
    )
    size_range: float = setting(
        0.3, "Size range", "How much smaller or larger a shape may be, as a share of its size.", ge=0, le=0.6, step=0.05
    )
    angle: float = setting(
        30.0, "Turned", "By how much shapes are turned at most, either way.", ge=0, le=180, step=5, unit="degrees"
    )
    scatter: float = setting(
        1.0, "Scatter", "Where shapes lie: 0 is all in the middle, 1 is anywhere.", ge=0, le=1, step=0.05
    )
    clutter: int = setting(
        2, "Clutter", "Strokes and specks behind the shapes that mean nothing.", ge=0, le=MOST_CLUTTER
    )

    @property
    def form_names(self) -> tuple[str, ...]:
        """The kinds there are, by number."""
        return tuple(FORMS)[: self.classes]

    def inputs(self) -> Image:
        return Image(channels=3 if self.colour else 1, height=SIDE, width=SIDE)

    def ground(self, random: np.random.Generator) -> Array:
        """Pictures (samples, channels, 32, 32) with nothing on them but clutter."""
        colours = self.colours(random, DARK)[:, :, None, None]
        pictures = np.repeat(np.repeat(colours, SIDE, axis=2), SIDE, axis=3)
        for number in range(MOST_CLUTTER):  # all are drawn by lot, so that one more leaves the others where they are
            centres = random.uniform(0, SIDE, (self.samples, 2))
            angles, lengths = random.uniform(0, np.pi, self.samples), random.uniform(0, 1, self.samples)
            colours = self.colours(random, CLUTTERED)
            if number < self.clutter:
                shares = _speck(centres, lengths) if number % 2 else _stroke(centres, angles, lengths)
                paint(pictures, shares, colours)
        return pictures

    def shapes(self, random: np.random.Generator, kinds: Array) -> DrawnShapes:
        """One shape of these kinds for each picture."""
        radii = self.shape_size / 2 * (1 + self.size_range * random.uniform(-1, 1, len(kinds)))
        radii = np.minimum(radii, (SIDE / 2 - EDGE) / REACHES[kinds])
        angles = np.deg2rad(self.angle) * random.uniform(-1, 1, len(kinds))
        return DrawnShapes(kinds, radii, angles, self.colours(random, BRIGHT))

    def room(self, shapes: DrawnShapes) -> Array:
        """How far from the middle of the picture a shape's own middle may be, along each axis, in pixels (n,)."""
        return self.scatter * (SIDE / 2 - shapes.reaches - EDGE)

    def lay(self, pictures: Array, shapes: DrawnShapes, centres: Array) -> Array:
        """Paints the shapes at `centres` (n, 2), in place; gives which share of each pixel they cover (n, 32, 32)."""
        shares = np.zeros((len(pictures), SIDE, SIDE), np.float32)
        for number, name in enumerate(self.form_names):
            rows = np.flatnonzero(shapes.kinds == number)
            radii = each(shapes.radii[rows])
            x, y = turned(*offsets(centres[rows], SIDE), shapes.angles[rows])
            shares[rows] = coverage(FORMS[name].distance(x / radii, y / radii) * radii)
        paint(pictures, shares, shapes.colours)
        return shares

    def colours(self, random: np.random.Generator, within: tuple[float, float]) -> Array:
        """A colour for each picture (samples, channels), or a brightness."""
        drawn = random.uniform(*within, (self.samples, 3)).astype(np.float32)
        return drawn if self.colour else drawn[:, :1]


def _stroke(centres: Array, angles: Array, lengths: Array) -> Array:
    shortest, longest, width = STROKE
    along, across = turned(*offsets(centres, SIDE), angles)
    halves = each(shortest + (longest - shortest) * lengths)
    return coverage(np.maximum(np.abs(along) - halves, np.abs(across) - np.float32(width)))


def _speck(centres: Array, sizes: Array) -> Array:
    dx, dy = offsets(centres, SIDE)
    smallest, largest = SPECK
    return coverage(np.hypot(dx, dy) - each(smallest + (largest - smallest) * sizes))
