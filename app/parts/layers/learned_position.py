"""A row of learned numbers for each place."""

from typing import ClassVar, Literal, Self

from app.parts.layers.layer import Weighted
from app.parts.layers.over_time import places
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule, summed
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Ordered, Shape
from app.parts.torch_call import TorchCall

MOST = 4096  # places


class LearnedPosition(Weighted[Ordered]):
    """Adds to what stands at each place a row of numbers for that place. The rows are learned.

    Use it in front of attention, which by itself does not know in which order places stand. What lies behind the last
    row cannot be read. Sources: Gehring et al. 2017, arXiv:1705.03122; as in GPT and BERT: Devlin et al. 2018,
    arXiv:1810.04805.
    """

    title: ClassVar[str] = "Learned positions"
    group: ClassVar[str] = "sequence"
    formula: ClassVar[str] = "yₜ = xₜ + P[t]"
    also: ClassVar[tuple[str, ...]] = ("position embedding", "positional encoding", "gpt", "bert")
    bends: ClassVar[bool] = False

    kind: Literal["learned_position"] = "learned_position"
    places: int = setting(128, "Places", "How many places have a row. A sequence can be no longer.", ge=1, le=MOST)

    @classmethod
    def started(cls, shape: Ordered) -> Self:
        return cls.model_validate({"places": min(shape.places, MOST)})

    def shape_after(self, shape: Ordered) -> Shape:
        if shape.places > self.places:
            edit = Edit("add", "/places", shape.places)
            enough = Fix("Use {places} places", {"places": shape.places}, (edit,))
            raise Problem(
                "The sequence has {length} places, but only {known} have a position. Give each place one, or shorten "
                "the sequence.",
                place="/places",
                length=shape.places,
                known=self.places,
                fixes=(enough,) if shape.places <= MOST else (),
            )
        return shape

    def rule(self, shape: Ordered) -> Rule:
        width = shape.at_each
        row = StepRule(name="p", makes="place_row", of=(), width=width, weights=("weight",))
        return stepwise(row, summed("y", width, ARRIVING, "p"))

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall("modules.LearnedPosition", self.places, shape.at_each, **places(shape, {}))

    def weights(self, shape: Ordered) -> dict[str, tuple[int, ...]]:
        return {"weight": (self.places, shape.at_each)}
