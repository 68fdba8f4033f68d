"""Pictures of one's own."""

from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from app.parts.datasets.dataset import MOST_NUMBERS, Array
from app.parts.datasets.labelled import Labelled
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Classes, Image
from app.parts.torch_call import TorchCall

LONGEST_CLASS = 60  # characters of a class's name
MOST_CLASSES = 100
MOST_PICTURES = 70_000
LARGEST_SIDE = 128  # pixels; pictures are kept no larger
SIDES = (128, 96, 64, 48, 32, 28, 24, 16, 8)


class PictureClass(BaseModel):
    """A class and how many pictures of it are used: the first ones that came."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=LONGEST_CLASS)
    count: int = Field(ge=1, le=MOST_PICTURES)


class OwnPictures(Labelled):
    """Pictures that you bring: a zip with one folder for each class, or one by one from files, drawings or the camera.

    All of them are brought to the same size before training. Twenty of each class are a start; more are better than a
    larger network.
    """

    title: ClassVar[str] = "Your own pictures"
    group: ClassVar[str] = "own"
    supplied_by: ClassVar[str] = "upload"
    brought: ClassVar[tuple[str, ...]] = ("upload", "classes")
    also: ClassVar[tuple[str, ...]] = ("upload", "photos", "images", "zip", "camera", "draw")

    kind: Literal["own_pictures"] = "own_pictures"
    upload: str = setting("", "Pictures", "Which of your sets it is: the id that it got when it came.", max_length=20)
    classes: list[PictureClass] = setting(
        [],
        "Classes",
        "The classes and how many pictures each has, in the order in which they came.",
        max_length=MOST_CLASSES,
    )
    side: int = setting(
        32,
        "Side",
        "Every picture becomes a square of so many pixels. A larger one shows more and takes longer: twice the side, "
        "four times the work.",
        ge=8,
        le=LARGEST_SIDE,
        unit="pixels",
    )
    colour: bool = setting(True, "Colour", "Red, green and blue; without it one channel of grey.")
    fit: Literal["crop", "pad"] = setting(
        "crop",
        "Square",
        "How a picture that is no square becomes one: the ends of its longer side are cut off, or bars are added in "
        "the colour of its edge.",
        labels={"crop": "Cut off the ends", "pad": "Add bars"},
    )

    def inputs(self) -> Image:
        return Image(channels=3 if self.colour else 1, height=self.side, width=self.side)

    def target(self) -> Classes:
        return Classes(names=tuple(class_.name for class_ in self.classes))

    def size(self) -> int:
        return sum(class_.count for class_ in self.classes)

    def source(self) -> TorchCall:
        counts = [(class_.name, class_.count) for class_ in self.classes]
        return TorchCall("files.own_pictures", self.upload, counts, self.side, colour=self.colour, fit=self.fit)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        if loaded is None:
            raise ValueError(f"Expected the pictures of {self.upload}, but got none.")
        pixels, classes = loaded
        return pixels.astype(np.float32) / 255, classes

    def check(self) -> None:
        if not self.upload or not self.classes:
            raise Problem("There are no pictures yet. Bring some of at least two classes.", place="/upload")
        names = [class_.name for class_ in self.classes]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise Problem("The class {name} stands here twice.", place="/classes", name=f"“{twice}”")
        check_numbers(self.size(), self.inputs(), self._smaller())
        super().check()

    def _smaller(self) -> Fix | None:
        for side in SIDES:
            if side < self.side and self.size() * self.inputs().channels * side**2 <= MOST_NUMBERS:
                return Fix("Use a side of {side} pixels", {"side": side}, (Edit("replace", "/side", side),))
        return None


def check_numbers(count: int, image: Image, fix: Fix | None) -> None:
    """Raises `Problem` where so many pictures would not fit into a worker's memory."""
    if count * image.numbers > MOST_NUMBERS:
        values: dict[str, Any] = {"count": count, "pixels": image.numbers, "most": MOST_NUMBERS // 1_000_000}
        raise Problem(
            "{count} pictures of {pixels} numbers are more than the {most} million numbers that fit in here.",
            fixes=(fix,) if fix else (),
            **values,
        )
