"""The steps of a layer's rule with their numbers: what PyTorch's fused modules keep to themselves."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.parts.layers.rule import Rule
from app.parts.layers.step_rule import ARRIVING, StepRule
from app.training.modules.attention import attention_maps, turned

BENDS: dict[str | None, Callable[[Tensor], Tensor]] = {
    None: lambda z: z,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "gelu": functional.gelu,
}


class Stepping:
    """`x` (b, places, width) is what arrives at `module`; of each sample the first `counts` (b,) places count.
    `known` are tables that the module told, by the name of their step.

    The tables of `app/parts/layers/step_rule.py` are tensors (b, places, width). Steps that go round, because they read
    what they made at the place before, are made place by place: then a tensor is one row of a table, (b, 1, width).
    """

    def __init__(
        self, rule: Rule, module: nn.Module, x: Tensor, counts: Tensor, known: Mapping[str, Tensor] | None = None
    ) -> None:
        self.rule = rule
        self.steps = {step.name: step for step in rule.steps}
        self.parameters = dict(module.named_parameters())
        self.x = x
        self.counts = counts
        self._tables: dict[str, Tensor] = {ARRIVING: x, **(known or {})}
        self._rounds = rounds_of(rule, self._tables)
        self._rows: dict[tuple[str, int], Tensor] = {}  # of the steps that go round
        self._makers: dict[str, Callable[[StepRule, int | None], Tensor]] = {
            "dot": self._dot,
            "add": self._add,
            "products": self._products,
            "rest": self._rest,
            "before": self._before,
            "end": self._end,
            "counted": self._counted,
            "concat": self._concat,
            "norm": self._norm,
            "turn": self._turn,
            "attend": self._attend,
        }

    def table(self, name: str) -> Tensor:
        """All numbers of a step: (b, places, width)."""
        if name not in self._tables:
            self._tables[name] = self._gone_round(name) if name in self._rounds else self._made(name, None)
        return self._tables[name]

    def numbers(self, place: int, unit: int) -> dict[str, Tensor]:
        """The numbers (b,) that stand behind the one that leaves at a place and a unit, by the name of their step; in
        the order of the steps, what arrives first."""
        cell = self.cell(place, unit)
        everyone = torch.arange(len(self.x))
        found = {name: self.table(name)[everyone, at, column] for name, (at, column) in cell.items()}
        return {name: found[name] for name in (ARRIVING, *self.steps) if name in found}

    def along(self, unit: int) -> dict[str, Tensor]:
        """The same for every place at once (b, places), where a table leaves."""
        cell = self.cell(0, unit)
        found = {name: self.table(name)[..., column] for name, (_, column) in cell.items()}
        return {name: found[name] for name in (ARRIVING, *self.steps) if name in found}

    def cell(self, place: int, unit: int) -> dict[str, tuple[Tensor, int]]:
        """What stands behind the number that leaves at a place and a unit: each step that makes one number for it, by
        name, with the place of that number (b,) and its unit. What a sum weighs are many, so there it ends."""
        found: dict[str, tuple[Tensor, int]] = {}
        waiting = [(self.rule.steps[-1].name, torch.full_like(self.counts, place), unit)]
        while waiting:
            name, at, column = waiting.pop()
            if name in found:
                continue
            found[name] = (at, column)
            if name == ARRIVING or (step := self.steps[name]).makes in ("dot", "before", "norm", "turn", "attend"):
                continue
            if step.makes == "end":
                at = torch.zeros_like(at) if step.backwards else self.counts - 1
            if step.makes == "concat":
                own = self._width(step.of[0])
                source, column = (step.of[0], column) if column < own else (step.of[1], column - own)
                waiting.append((source, at, column))
            else:
                waiting += [(source, at, column) for source in step.of]
        return found

    @property
    def _places(self) -> int:
        return self.x.shape[1]

    def _width(self, name: str) -> int:
        return self.x.shape[2] if name == ARRIVING else self.steps[name].width

    def _gone_round(self, name: str) -> Tensor:
        backwards = self._rounds[name].backwards
        order = range(self._places - 1, -1, -1) if backwards else range(self._places)
        rows = [self._row(name, place) for place in order]
        return torch.cat(rows[::-1] if backwards else rows, dim=1)

    def _row(self, name: str, place: int) -> Tensor:
        if (name, place) not in self._rows:
            self._rows[name, place] = self._made(name, place)
        return self._rows[name, place]

    def _made(self, name: str, place: int | None) -> Tensor:
        """One row of a step, or all where no place is given."""
        step = self.steps[name]
        return BENDS[step.then](self._makers[step.makes](step, place))

    def _of(self, step: StepRule, place: int | None) -> list[Tensor]:
        if place is None:
            return [self.table(name) for name in step.of]
        within = self._rounds[step.name].steps
        return [
            self._row(name, place) if name in within else self.table(name)[:, place : place + 1] for name in step.of
        ]

    def _dot(self, step: StepRule, place: int | None) -> Tensor:
        rows = slice(step.first, step.first + step.width)
        biases = [self.parameters[bias][rows] for bias in step.biases]
        sums = [
            read @ self.parameters[weight][rows].T
            for read, weight in zip(self._of(step, place), step.weights, strict=True)
        ]
        return sum(biases, sum(sums[1:], sums[0]))

    def _add(self, step: StepRule, place: int | None) -> Tensor:
        first, *others = self._of(step, place)
        return sum(others, first)

    def _products(self, step: StepRule, place: int | None) -> Tensor:
        read = self._of(step, place)
        first, *others = [one * other for one, other in zip(read[::2], read[1::2], strict=True)]
        return sum(others, first)

    def _rest(self, step: StepRule, place: int | None) -> Tensor:
        return 1 - self._of(step, place)[0]

    def _before(self, step: StepRule, place: int | None) -> Tensor:
        [name] = step.of
        nothing = self.x.new_zeros(len(self.x), 1, step.width)
        if place is None:
            whole = self.table(name)
            if step.backwards:
                return torch.cat((whole[:, 1:] * self._counting[:, 1:], nothing), dim=1)
            return torch.cat((nothing, whole[:, :-1]), dim=1)
        there = place + 1 if step.backwards else place - 1
        if not 0 <= there < self._places:
            return nothing
        return self._row(name, there) * (self._counting[:, there : there + 1] if step.backwards else 1)

    def _end(self, step: StepRule, place: int | None) -> Tensor:
        last = torch.zeros_like(self.counts) if step.backwards else self.counts - 1
        return self.table(step.of[0])[torch.arange(len(last)), last][:, None]

    def _counted(self, step: StepRule, place: int | None) -> Tensor:
        return self.table(step.of[0]) * self._counting

    @property
    def _counting(self) -> Tensor:
        """1 where a place counts: (b, places, 1)."""
        return (torch.arange(self._places) < self.counts[:, None])[..., None].float()

    def _concat(self, step: StepRule, place: int | None) -> Tensor:
        return torch.cat(self._of(step, place), dim=2)

    def _norm(self, step: StepRule, place: int | None) -> Tensor:
        [read] = self._of(step, place)
        weight, biases = self.parameters[step.weights[0]], [self.parameters[bias] for bias in step.biases]
        if not biases:
            return functional.rms_norm(read, weight.shape, weight, step.eps)
        return functional.layer_norm(read, weight.shape, weight, biases[0], step.eps)

    def _turn(self, step: StepRule, place: int | None) -> Tensor:
        return _together(turned(_heads(self._of(step, place)[0], step.heads)))

    def _attend(self, step: StepRule, place: int | None) -> Tensor:
        query, key, value = (_heads(read, step.heads) for read in self._of(step, place))
        counts = torch.arange(self._places) < self.counts[:, None]
        seen = None if step.causal else counts[:, None, None]
        return _together(attention_maps(query, key, seen, step.causal) @ value)


class Round(NamedTuple):
    """Steps that read, one over the other, what they themselves made at the place before."""

    steps: frozenset[str]
    backwards: bool


def rounds_of(rule: Rule, known: Collection[str]) -> dict[str, Round]:
    """The round that each step goes in, of those that do, where some are `known`."""
    steps = {step.name: step for step in rule.steps if step.name not in known}
    behind = {name: _behind(name, steps) for name in steps}
    found: dict[str, Round] = {}
    for name, reached in behind.items():
        within = frozenset(one for one in reached if name in behind[one])
        if within:
            found[name] = Round(within, any(steps[one].backwards for one in within))
    return found


def _behind(name: str, steps: Mapping[str, StepRule]) -> set[str]:
    """All steps that one reads, and those that they read."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        sources = {source for source in steps[waiting.pop()].of if source in steps} - reached
        reached |= sources
        waiting += sources
    return reached


def _heads(x: Tensor, heads: int) -> Tensor:  # (b, places, width) -> (b, heads, places, width of a head)
    return x.view(*x.shape[:2], heads, -1).transpose(1, 2)


def _together(x: Tensor) -> Tensor:  # and back
    return x.transpose(1, 2).flatten(2)
