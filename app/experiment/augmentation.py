"""How training samples are changed a little each time they are learned from."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Channelled, Image, Shape

ONLY_PICTURES = ("flip", "rotate", "colour", "cutout")  # a series has no left and right, and no brightness


class Augmentation(BaseModel):
    """What may be done to a sample at random before the network sees it, in training only. Masks move along."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    shift: int = setting(
        0,
        "Shift",
        "By how many pixels, or moments of a series, it is moved at most, in any direction.",
        ge=0,
        le=64,
        unit="pixels",
    )
    flip: bool = setting(
        False, "Flip", "Each time, every picture has an even chance of being mirrored, left for right."
    )
    rotate: float = setting(
        0.0, "Rotate", "By how much it is turned at most, either way.", ge=0, le=180, step=1, unit="degrees"
    )
    scale: float = setting(
        0.0, "Scale", "By which share it is made larger or smaller at most.", ge=0, le=0.8, step=0.05, unit="share"
    )
    noise: float = setting(0.0, "Noise", "Standard deviation of what is added to each number.", ge=0, le=1, step=0.01)
    colour: float = setting(
        0.0,
        "Brightness and contrast",
        "By which share both change at most, in pictures of several channels each by itself.",
        ge=0,
        le=0.9,
        step=0.05,
        unit="share",
    )
    cutout: int = setting(
        0,
        "Cutout",
        "Side of a square somewhere in the picture that is painted over. Source: DeVries and Taylor 2017.",
        ge=0,
        le=64,
        unit="pixels",
    )

    @property
    def on(self) -> bool:
        """Whether it changes anything."""
        return any(getattr(self, name) for name in type(self).model_fields)

    def check(self, inputs: Shape) -> None:
        """Raises `Problem` where samples of that shape cannot be changed so."""
        if not self.on:
            return
        if not isinstance(inputs, Channelled):
            raise Problem(
                "Augmentation moves and changes pictures and series, but each sample here is {given}.",
                given=type(inputs).noun,
                fixes=(Fix("Turn augmentation off", edits=(Edit("replace", "", {}),)),),
            )
        if not isinstance(inputs, Image):
            wrong = [name for name in ONLY_PICTURES if getattr(self, name)]
            if wrong:
                off: dict[str, Any] = {name: type(self).model_fields[name].default for name in wrong}
                raise Problem(
                    "A series can be shifted, scaled and made noisy. The rest is for pictures only.",
                    place=f"/{wrong[0]}",
                    fixes=(Fix("Leave it out", edits=tuple(Edit("replace", f"/{name}", off[name]) for name in wrong)),),
                )
        for name in ("shift", "cutout"):
            self._demand_room(name, min(inputs.sides))

    def _demand_room(self, name: str, side: int) -> None:
        most = max(side // 2, 1)
        if getattr(self, name) > most:
            template = "A shift of {given} pixels may move most of a sample of {side} pixels out of sight."
            if name == "cutout":
                template = "A square of {given} pixels may hide most of a picture of {side} pixels."
            raise Problem(
                template,
                place=f"/{name}",
                given=getattr(self, name),
                side=side,
                fixes=(Fix("Set it to {value}", {"value": most}, (Edit("replace", f"/{name}", most),)),),
            )
