"""Points drawn by hand."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from app.parts.datasets.dataset import Array
from app.parts.datasets.labelled import COLOUR_NAMES, Labelled
from app.parts.datasets.on_plane import HALF_SIDE, PlaneDataset
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Classes

MOST_POINTS = 2000
Place = Annotated[float, Field(ge=-HALF_SIDE, le=HALF_SIDE)]
ClassNumber = Annotated[int, Field(ge=0, le=len(COLOUR_NAMES) - 1)]

# A small xor to draw on, with points enough for a usual batch.
FIRST_POINTS = [
    [x * near, y * far, int(x != y)]
    for near in (1.5, 2.5, 3.5)
    for far in (near - 0.4, near + 0.4)
    for x, y in ((-1, -1), (1, 1), (-1, 1), (1, -1))
]


class Points(PlaneDataset, Labelled):
    """Points that you put on the plane yourself, each of a class you choose. They are saved with the experiment."""

    title: ClassVar[str] = "Your own points"
    group: ClassVar[str] = "own"
    supplied_by: ClassVar[str] = "drawing"
    also: ClassVar[tuple[str, ...]] = ("draw", "paint", "by hand")
    chosen_there: ClassVar[tuple[str, ...]] = ("points",)
    start: ClassVar[Mapping[str, Any]] = {"points": FIRST_POINTS}

    kind: Literal["points"] = "points"
    points: list[tuple[Place, Place, ClassNumber]] = setting(
        [], "Drawn points", "Each point as x₁, x₂ and the number of its class.", max_length=MOST_POINTS
    )

    def target(self) -> Classes:
        highest = max((number for *_, number in self.points), default=0)
        return Classes(names=COLOUR_NAMES[: max(highest + 1, 2)])

    def size(self) -> int:
        return len(self.points)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        drawn = np.array(self.points, float).reshape(-1, 3)
        return drawn[:, :2], drawn[:, 2]

    def check(self) -> None:
        if len({number for *_, number in self.points}) < 2:
            template = "All points are of one class, so there is nothing to tell apart. Draw points of a second class."
            if not self.points:
                template = "There is no point yet. Draw points of at least two classes."
            some = Fix("Start with a few points", edits=(Edit("replace", "/points", FIRST_POINTS),))
            raise Problem(template, place="/points", fixes=() if self.points else (some,))
        super().check()
