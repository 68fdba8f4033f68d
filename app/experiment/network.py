"""A network: a stack of layers, the head that is added for it, and how its first weights are drawn."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from app.experiment.limits import MOST_LAYERS
from app.parts.initializers.default import Default
from app.parts.layers.flatten import Flatten
from app.parts.layers.layer import Layer
from app.parts.layers.linear import Linear
from app.parts.layers.stack import Placed, Survey, flow, sizing, survey
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Features, Shape

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

    def placed(self, inputs: Shape, outputs: int) -> list[Placed]:
        """Every layer in its place, the head's included. Raises `Problem` at the first that does not fit.

        The head's paths are `/head/0`, `/head/1`; they exist in no document.
        """
        placed = flow(self.layers, inputs, "/layers")
        after = placed[-1].after if placed else inputs
        if self.head:
            return placed + flow(_head(after, outputs), after, "/head")
        self._demand_outputs(placed, after, outputs)
        return placed

    def survey(self, inputs: Shape, outputs: int) -> Survey:
        """As `placed`, but with every problem, and the layers that fit."""
        found = survey(self.layers, inputs, "/layers")
        if found.after is None:
            return found
        if self.head:
            return replace(found, placed=found.placed + flow(_head(found.after, outputs), found.after, "/head"))
        try:
            self._demand_outputs(found.placed, found.after, outputs)
        except Problem as problem:
            return replace(found, problems=[*found.problems, problem])
        return found

    def _demand_outputs(self, placed: list[Placed], after: Shape, outputs: int) -> None:
        if after == Features(size=outputs):
            return
        fixes = [Fix("Add the output head", edits=(Edit("add", "/head", True),))]
        last = sizing(placed)
        if last is not None:
            edit = Edit("add", last.path + "/units", outputs)
            fixes.insert(0, Fix("Set the last layer to {outputs} outputs", {"outputs": outputs}, (edit,)))
        raise Problem(
            "The task needs {wanted} outputs, but the last layer gives {given}.",
            place="/layers",
            wanted=outputs,
            given=after.numbers,
            fixes=tuple(fixes),
        )


def _head(after: Shape, outputs: int) -> list[Layer[Any]]:
    linear = Linear(units=outputs)
    return [linear] if isinstance(after, Features) else [Flatten(), linear]
