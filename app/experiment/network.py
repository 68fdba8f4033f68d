"""A network: a stack of layers, the head that is added for it, and how its first weights are drawn."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from app.experiment.limits import MOST_LAYERS
from app.parts.initializers.default import Default
from app.parts.layers.conv2d import Conv2d
from app.parts.layers.flatten import Flatten
from app.parts.layers.layer import Layer
from app.parts.layers.linear import Linear
from app.parts.layers.mending import Stack, resized
from app.parts.layers.stack import Placed, Survey, flow, survey
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Features, Image, Shape

if TYPE_CHECKING:  # to a type checker, a choice is any member of its family
    from app.parts.initializers import Initializer as AnyInitializer

    AnyLayer = Layer[Any]
else:
    from app.parts.initializers import AnyInitializer
    from app.parts.layers import AnyLayer


class Network(BaseModel):
    """Layers in the order in which data flows through them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layers: list[AnyLayer] = setting([], "Layers", "What data flows through.", max_length=MOST_LAYERS)
    head: bool = setting(True, "Output head", "A last linear layer, added and sized for the task.")
    initializer: AnyInitializer = setting(Default(), "First weights", "How the first weights are drawn.")

    def placed(self, inputs: Shape, outputs: Shape) -> list[Placed]:
        """Every layer in its place, the head's included. Raises `Problem` at the first that does not fit.

        The head's paths are `/head/0`, `/head/1`; they exist in no document.
        """
        placed = flow(self.layers, inputs, "/layers")
        after = placed[-1].after if placed else inputs
        head = self._headed(after, outputs)
        self._demand_outputs(placed, head[-1].after if head else after, outputs)
        return placed + head

    def survey(self, inputs: Shape, outputs: Shape) -> Survey:
        """As `placed`, but with every problem, and the layers that fit."""
        found = survey(self.layers, inputs, "/layers")
        if found.after is None:
            return found
        head = self._headed(found.after, outputs)
        try:
            self._demand_outputs(found.placed, head[-1].after if head else found.after, outputs)
        except Problem as problem:
            return replace(found, problems=[*found.problems, problem])
        return replace(found, placed=found.placed + head)

    def _headed(self, after: Shape, outputs: Shape) -> list[Placed]:
        return flow(_head(after, outputs), after, "/head") if self.head else []

    def _demand_outputs(self, placed: list[Placed], after: Shape, outputs: Shape) -> None:
        if after == outputs:
            return
        if isinstance(outputs, Image):
            raise _picture_wanted(after, outputs, self.head)
        fixes = [Fix("Add the output head", edits=(Edit("add", "/head", True),))]
        edit = resized(Stack("/layers", placed[0].before, placed), outputs.numbers) if placed else None
        if edit and isinstance(after, Features):
            fixes.insert(0, Fix("Set the last layer to {outputs} outputs", {"outputs": outputs.numbers}, (edit,)))
        raise Problem(
            "The task needs {wanted} outputs, but the last layer gives {given}.",
            place="/layers",
            wanted=outputs.numbers,
            given=after.numbers,
            fixes=tuple(fixes),
        )


def _head(after: Shape, outputs: Shape) -> list[Layer[Any]]:
    """What is added behind the last layer: a linear layer, or where every pixel is answered one filter of one pixel
    for each answer."""
    if isinstance(outputs, Image):
        return [Conv2d(filters=outputs.channels, kernel=1)] if isinstance(after, Image) else []
    linear = Linear(units=outputs.numbers)
    return [linear] if isinstance(after, Features) else [Flatten(), linear]


def _picture_wanted(after: Shape, outputs: Image, head: bool) -> Problem:
    """The sentence where every pixel wants an answer and the network gives something else."""
    if not isinstance(after, Image):
        return Problem(
            "The task needs an answer for each of {height} × {width} pixels, but the last layer gives {given}. Keep "
            "pictures to the end.",
            place="/layers",
            height=outputs.height,
            width=outputs.width,
            given=type(after).noun,
        )
    fixes: tuple[Fix, ...] = ()
    if (after.height, after.width) == (outputs.height, outputs.width):
        return Problem(
            "The task needs {wanted} numbers for each pixel, but the last layer gives {given}.",
            place="/layers",
            wanted=outputs.channels,
            given=after.channels,
            fixes=() if head else (Fix("Add the output head", edits=(Edit("add", "/head", True),)),),
        )
    scale, rest = divmod(outputs.height, after.height)
    if not rest and after.width * scale == outputs.width:
        edit = Edit("add", "/layers/-", {"kind": "upsample", "scale_factor": scale})
        fixes = (Fix("Add upsampling by {scale}", {"scale": scale}, (edit,)),)
    return Problem(
        "The task needs an answer for each of {height} × {width} pixels, but the last layer gives {given_height} × "
        "{given_width}.",
        place="/layers",
        height=outputs.height,
        width=outputs.width,
        given_height=after.height,
        given_width=after.width,
        fixes=fixes,
    )
