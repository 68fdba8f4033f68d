"""What every well-known set owes that the operator of the server keeps as files: how many pictures are used."""

from typing import Any, ClassVar

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.own_pictures import check_numbers
from app.parts.datasets.real import RealSet
from app.parts.part import setting
from app.parts.problem import Edit, Fix
from app.parts.shapes import Image
from app.parts.torch_call import TorchCall

USUAL = 10_000  # pictures: enough to learn well, few enough for a minute


def pictures_of(count: int) -> Any:
    """The field `samples` of a set whose files hold `count` pictures."""
    return setting(
        USUAL,
        "Samples",
        "How many of the pictures are used, all splits together. The files' own division into training and test is "
        "not kept: the shares below decide.",
        ge=20,
        le=count,
    )


class OperatorsSet(RealSet, Labelled):
    """Pictures from the files of a well-known set, which stand in the operator's folder. Their shape is known here."""

    group: ClassVar[str] = "picture"
    supplied_by: ClassVar[str] = "folder"
    loader: ClassVar[str]
    image: ClassVar[Image]

    def inputs(self) -> Image:
        return self.image

    def source(self) -> TorchCall:
        return TorchCall(f"files.{self.loader}", self.samples)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        pixels, classes = super().draw(random, loaded)
        return pixels.astype(np.float32) / 255, classes

    def check(self) -> None:
        fewer = self.samples // 2
        fix = Fix("Use {count} samples", {"count": fewer}, (Edit("replace", "/samples", fewer),))
        check_numbers(self.samples, self.image, fix)
        super().check()
