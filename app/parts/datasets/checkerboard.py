"""Squares of two colours in turn."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.generated import GeneratedPlane
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.on_plane import HALF_SIDE
from app.parts.part import setting


class Checkerboard(GeneratedPlane, Labelled):
    """Squares of two colours in turn: many small islands, so the network needs many neurons and patience."""

    title: ClassVar[str] = "Chess board"
    also: ClassVar[tuple[str, ...]] = ("checkerboard", "chess", "squares")

    kind: Literal["checkerboard"] = "checkerboard"
    cells: int = setting(4, "Squares", "How many squares along each side. More squares are harder.", ge=2, le=8)

    def points(self, random: np.random.Generator) -> tuple[Array, Array]:
        row, column = np.divmod(np.arange(self.cells**2), self.cells)
        colour = (row + column) % 2
        turn, classes = np.divmod(np.arange(self.samples), 2)
        cell = np.empty(self.samples, int)
        for label in (0, 1):  # each class fills its own squares in turn, so that none stays empty
            own = np.flatnonzero(colour == label)
            cell[classes == label] = own[turn[classes == label] % len(own)]
        corner = np.stack([column[cell], row[cell]], axis=1)
        side = 2 * HALF_SIDE / self.cells
        return (corner + random.random((self.samples, 2))) * side - HALF_SIDE, classes
