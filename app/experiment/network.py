"""A network: a stack of layers, the head that is added for it, and how its first weights are drawn."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from app.parts.initializers import AnyInitializer
from app.parts.initializers.default import Default
from app.parts.layers import AnyLayer
from app.parts.layers.flatten import Flatten
from app.parts.layers.layer import Layer
from app.parts.layers.linear import Linear
from app.parts.layers.stack import Placed, flow
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem, pointer
from app.parts.shapes import Features, Shape

MOST_LAYERS = 128


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
        if after != Features(size=outputs):
            raise Problem(
                "The task needs {wanted} outputs, but the last layer gives {given}.",
                place="/layers",
                wanted=outputs,
                given=after.numbers,
                fixes=self._head_fixes(outputs),
            )
        return placed

    def _head_fixes(self, outputs: int) -> tuple[Fix, ...]:
        add_head = Fix("Add the output head", edits=(Edit("replace", "/head", True),))
        linears = [number for number, layer in enumerate(self.layers) if isinstance(layer, Linear)]
        if not linears:
            return (add_head,)
        edit = Edit("replace", "/layers" + pointer(linears[-1], "units"), outputs)
        return (Fix("Set the last layer to {outputs} outputs", {"outputs": outputs}, (edit,)), add_head)


def _head(after: Shape, outputs: int) -> list[Layer[Any]]:
    linear = Linear(units=outputs)
    return [linear] if isinstance(after, Features) else [Flatten(), linear]
