"""What every recurrent layer owes: a state that is carried from place to place."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from app.parts.layers.carried import Carried
from app.parts.layers.layer import Weighted
from app.parts.layers.over_time import places
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, Bend, StepMakes, StepRule, chain_of
from app.parts.part import setting
from app.parts.problem import Edit
from app.parts.shapes import Features, Ordered, Shape
from app.parts.torch_call import TorchCall

STATE = "h"  # what the steps of all call the state


@dataclass(frozen=True)
class Chain:
    """One layer of a recurrent one, in one direction, for those who say its steps. `end` is how PyTorch calls its
    weights: `l0`, `l0_reverse`; `mark` tells the names of its steps from those of other chains."""

    arriving: str
    units: int
    end: str
    mark: str
    backwards: bool

    def named(self, letter: str) -> str:
        """The name of a step of this chain."""
        return letter + self.mark

    def before(self, letter: str) -> str:
        """The name of what a step gave at the place read before."""
        return f"{self.named(letter)}[t{'+' if self.backwards else '−'}1]"

    def carry(self, letter: str) -> StepRule:
        """What a step gave at the place read before."""
        name, of = self.before(letter), (self.named(letter),)
        return StepRule(name=name, makes="before", of=of, width=self.units, backwards=self.backwards)

    def ended(self) -> StepRule:
        """The state when all was read."""
        name = f"{self.named(STATE)}[{'first' if self.backwards else 'last'}]"
        return StepRule(name=name, makes="end", of=(self.named(STATE),), width=self.units, backwards=self.backwards)

    def summed(self, letter: str, block: int, *parts: Literal["ih", "hh"], then: Bend | None = None) -> StepRule:
        """The sum of one block of weights over what arrives (`ih`), over the state before (`hh`), or over both."""
        sources = {"ih": self.arriving, "hh": self.before(STATE)}
        return StepRule(
            name=self.named(letter),
            makes="dot",
            of=tuple(sources[part] for part in parts),
            width=self.units,
            weights=tuple(f"weight_{part}_{self.end}" for part in parts),
            biases=tuple(f"bias_{part}_{self.end}" for part in parts),
            first=block * self.units,
            then=then,
        )

    def made(self, letter: str, makes: StepMakes, *of: str, then: Bend | None = None) -> StepRule:
        """What is made of numbers in the same place."""
        return StepRule(name=self.named(letter), makes=makes, of=of, width=self.units, then=then)


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

    def cell(self, chain: Chain) -> tuple[StepRule, ...]:
        """The steps of one layer in one direction; what the last gives is its state `h`."""
        raise NotImplementedError

    def rule(self, shape: Ordered) -> Rule:
        steps: list[StepRule] = []
        arriving = ARRIVING
        for number in range(self.num_layers):
            topmost = number == self.num_layers - 1
            states: list[str] = []
            for chain in self._chains(number, arriving):
                steps += [*self.cell(chain), *([chain.ended()] if topmost and self.gives == "last" else [])]
                states.append(steps[-1].name)
            if self.bidirectional:
                name = f"{STATE}{self._layer(number)}"
                steps.append(StepRule(name=name, makes="concat", of=tuple(states), width=2 * self.units))
            arriving = steps[-1].name
        if self.gives == "whole" and "padded" in places(shape, self.sides):
            steps.append(StepRule(name="y", makes="counted", of=(arriving,), width=self.units * self._directions))
        return stepwise(*steps)

    def carries(self, shape: Ordered) -> tuple[Carried, ...]:
        return tuple(
            self._carried(chain, at * self.units, f"l{number}" if number < self.num_layers - 1 else None)
            for number in range(self.num_layers)
            for at, chain in enumerate(self._chains(number, ARRIVING))
        )

    def _carried(self, chain: Chain, first: int, lower: str | None) -> Carried:
        names = [step.of[0] for step in self.cell(chain) if step.makes == "before"]
        return Carried(
            names=tuple(names),
            letters=tuple(name.removesuffix(chain.mark) for name in names),
            weights=(f"weight_ih_{chain.end}", f"weight_hh_{chain.end}"),
            units=self.units,
            backwards=chain.backwards,
            first=first,
            lower=lower,
        )

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

    def _chains(self, number: int, arriving: str) -> list[Chain]:
        """One of its layers in each direction that it reads in."""
        marks = {"": "→", "_reverse": "←"} if self.bidirectional else {"": ""}
        return [
            Chain(arriving, self.units, f"l{number}{end}", self._layer(number) + mark, end == "_reverse")
            for end, mark in marks.items()
        ]

    def _layer(self, number: int) -> str:
        """What the names of steps say of one of its layers: nothing where there is one."""
        return str(number + 1) if self.num_layers > 1 else ""

    def chain(self, shape: Ordered) -> int:
        """Each place waits for the state of the one before. A layer above begins when the one below has read a place;
        where both directions are read, when it has read all."""
        layers, places = self.num_layers, shape.places
        cells = layers * places if self.bidirectional else places + layers - 1
        return cells * chain_of(self.cell(Chain(ARRIVING, self.units, "l0", "", backwards=False)))

    @property
    def _directions(self) -> int:
        return 2 if self.bidirectional else 1

    def _widths(self, shape: Ordered) -> list[int]:
        """How many numbers each of its layers reads at each place."""
        return [shape.at_each, *[self.units * self._directions] * (self.num_layers - 1)]
