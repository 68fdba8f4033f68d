"""What every recurrent layer owes: a state that is carried from place to place."""

from typing import Any, ClassVar, Literal

from app.parts.layers.layer import Weighted
from app.parts.layers.over_time import places
from app.parts.part import setting
from app.parts.problem import Edit
from app.parts.shapes import Features, Ordered, Shape
from app.parts.torch_call import TorchCall


class Recurrent(Weighted[Ordered]):
    """Reads place after place, with a state that it carries on. `blocks` is how many sums each unit makes of a place:
    one for its state, and one for each of its gates."""

    group: ClassVar[str] = "sequence"
    sized_by: ClassVar[str] = "units"
    one_way: ClassVar[tuple[Edit, ...]] = (Edit("add", "/bidirectional", False),)
    blocks: ClassVar[int]
    module: ClassVar[str]  # its name, PyTorch's own

    units: int = setting(
        32, "Units", "How many numbers its state has. More remember more, and each step takes longer.", ge=1, le=1024
    )
    num_layers: int = setting(
        1, "Layers", "How many of it stand on one another. Each reads the states of the one below.", ge=1, le=8
    )
    bidirectional: bool = setting(
        False,
        "Both directions",
        "A second one reads from the end to the beginning, and what both say stands side by side. "
        "Not for what predicts the next place: it would have seen it.",
    )
    dropout: float = setting(
        0.0, "Dropout between", "Share of numbers silenced at random from layer to layer while it learns.", ge=0, lt=1
    )
    gives: Literal["whole", "last"] = setting(
        "whole",
        "Gives",
        "The state at every place, or only the last, when everything was read.",
        labels={"whole": "every state", "last": "the last state"},
    )

    @property
    def looks_ahead(self) -> bool:
        return self.bidirectional

    def shape_after(self, shape: Ordered) -> Shape:
        width = self.units * self._directions
        return Features(size=width) if self.gives == "last" else shape.answered(width)

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall(
            f"modules.{self.module}", shape.at_each, self.units, **self.options(), **places(shape, self.sides)
        )

    def options(self) -> dict[str, Any]:
        """The options that differ from those of the module."""
        return {
            **({"num_layers": self.num_layers} if self.num_layers > 1 else {}),
            **({"bidirectional": True} if self.bidirectional else {}),
            **({"dropout": self.dropout} if self.dropout and self.num_layers > 1 else {}),
            **({"last": True} if self.gives == "last" else {}),
        }

    def weights(self, shape: Ordered) -> dict[str, tuple[int, ...]]:
        rows = self.blocks * self.units
        found: dict[str, tuple[int, ...]] = {}
        for number, width in enumerate(self._widths(shape)):
            for direction in ("", "_reverse")[: self._directions]:
                end = f"l{number}{direction}"
                found |= {f"weight_ih_{end}": (rows, width), f"weight_hh_{end}": (rows, self.units)}
                found |= {f"bias_ih_{end}": (rows,), f"bias_hh_{end}": (rows,)}
        return found

    def multiply_adds(self, shape: Ordered) -> int:
        widths = sum(width + self.units for width in self._widths(shape))
        return shape.places * self._directions * self.blocks * self.units * widths

    @property
    def _directions(self) -> int:
        return 2 if self.bidirectional else 1

    def _widths(self, shape: Ordered) -> list[int]:
        """How many numbers each of its layers reads at each place."""
        return [shape.at_each, *[self.units * self._directions] * (self.num_layers - 1)]
