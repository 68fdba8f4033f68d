"""The steps of a layer's rule with their numbers: what PyTorch's fused modules keep to themselves.

One file, though long: each thing that a step makes has a few lines, and they are read as a list.
"""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.parts.layers.rule import Rule
from app.parts.layers.step_rule import ARRIVING, StepRule
from app.training.modules.attention import attention_maps, for_each_head, penalties, turned, waves
from app.training.probes.rounds import rounds_of

BENDS: dict[str | None, Callable[[Tensor], Tensor]] = {
    None: lambda z: z,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "gelu": functional.gelu,
    "silu": functional.silu,
}

# What is made of many numbers, or of those of others.
ENDING = ("dot", "before", "mean", "peak", "turn", "attend", "look_up", "time_waves", "led")
FASTEST = 100.0  # of the waves of a time, beside the slowest


class Stepping:
    """`arriving` are what arrives at `module` and the sides it reads, by name (b, places, width). `counts`
    (b,) says how many places of one count, where not all do. `known` are tables that the module told, by the name of
    their step.

    The tables of `app/parts/layers/step_rule.py` are tensors (b, places, width). Steps that go round, because they read
    what they made at the place before, are made place by place: then a tensor is one row of a table, (b, 1, width).
    """

    def __init__(
        self,
        rule: Rule,
        module: nn.Module,
        arriving: Mapping[str, Tensor],
        counts: Mapping[str, Tensor],
        known: Mapping[str, Tensor] | None = None,
    ) -> None:
        self.rule = rule
        self.steps = {step.name: step for step in rule.steps}
        self.parameters = dict(module.named_parameters())
        self.x = arriving[ARRIVING]
        self.arriving = arriving
        self._counts = counts
        self._tables: dict[str, Tensor] = {**arriving, **(known or {})}
        self._rounds = rounds_of(rule, self._tables)
        self._rows: dict[tuple[str, int], Tensor] = {}  # of the steps that go round
        self._makers: dict[str, Callable[[StepRule, int | None], Tensor]] = {
            "dot": self._dot,
            "add": self._add,
            "products": self._products,
            "largest": self._largest,
            "rest": self._rest,
            "before": self._before,
            "end": self._end,
            "mean": self._mean,
            "peak": self._peak,
            "counted": self._counted,
            "concat": self._concat,
            "norm": self._norm,
            "rms": self._rms,
            "share": self._share,
            "turn": self._turn,
            "attend": self._attend,
            "look_up": self._look_up,
            "place_row": self._place_row,
            "place_waves": self._place_waves,
            "time_waves": self._time_waves,
            "led": self._led,
        }

    def table(self, name: str) -> Tensor:
        """All numbers of a step: (b, places, width), or (b, 1, width) where they are the same at all places."""
        if name not in self._tables:
            self._tables[name] = self._gone_round(name) if name in self._rounds else self._made(name, None)
        return self._tables[name]

    def numbers(self, place: int, unit: int) -> dict[str, Tensor]:
        """The numbers (b,) that stand behind the one that leaves at a place and a unit, by the name of their step; in
        the order of the steps, what arrives first."""
        cell = self.cell(place, unit)
        everyone = torch.arange(len(self.x))
        tables = {name: self.table(name) for name in cell}
        found = {
            name: tables[name][everyone, at.clamp(max=tables[name].shape[1] - 1), column]
            for name, (at, column) in cell.items()
        }
        return {name: found[name] for name in (*self.arriving, *self.steps) if name in found}

    def along(self, unit: int) -> dict[str, Tensor]:
        """The same for every place at once (b, places), where a table leaves."""
        cell = self.cell(0, unit)
        places = self.table(self.rule.steps[-1].name).shape[1]
        found = {name: self.table(name)[..., column].expand(-1, places) for name, (_, column) in cell.items()}
        return {name: found[name] for name in (*self.arriving, *self.steps) if name in found}

    def cell(self, place: int, unit: int) -> dict[str, tuple[Tensor, int]]:
        """What stands behind the number that leaves at a place and a unit: each step that makes one number for it, by
        name, with the place of that number (b,) and its unit. What a sum weighs are many, so there it ends."""
        found: dict[str, tuple[Tensor, int]] = {}
        waiting = [(self.rule.steps[-1].name, torch.full((len(self.x),), place), unit)]
        while waiting:
            name, at, column = waiting.pop()
            if name in found:
                continue
            found[name] = (at, column)
            if name in self.arriving or (step := self.steps[name]).makes in ENDING:
                continue
            if step.makes == "end":
                at = torch.zeros_like(at) if step.backwards else self._counted_of(step.of[0]) - 1
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
        return self.arriving[name].shape[2] if name in self.arriving else self.steps[name].width

    def _counted_of(self, name: str) -> Tensor:
        """How many places of a table count (b,): those of what it is made of."""
        while name not in self.arriving:
            step = self.steps[name]
            name = ARRIVING if step.makes == "before" or not step.of else step.of[0]
        table = self.arriving[name]
        return self._counts.get(name, torch.full((len(table),), table.shape[1]))

    def _counting_of(self, name: str) -> Tensor:
        """1 where a place of a table counts: (b, places, 1)."""
        many = self.table(name).shape[1]
        return (torch.arange(many) < self._counted_of(name)[:, None])[..., None].float()

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
        return [self._row(name, place) if name in within else self._at(name, place) for name in step.of]

    def _at(self, name: str, place: int) -> Tensor:
        whole = self.table(name)
        return whole if whole.shape[1] == 1 else whole[:, place : place + 1]

    def _dot(self, step: StepRule, place: int | None) -> Tensor:
        rows = slice(step.first, step.first + step.every * step.width, step.every)
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
        first, *others = [left * right for left, right in zip(read[::2], read[1::2], strict=True)]
        return sum(others, first)

    def _largest(self, step: StepRule, place: int | None) -> Tensor:
        return torch.stack(self._of(step, place)).amax(0)

    def _rest(self, step: StepRule, place: int | None) -> Tensor:
        return 1 - self._of(step, place)[0]

    def _before(self, step: StepRule, place: int | None) -> Tensor:
        [name] = step.of
        nothing = self.x.new_zeros(len(self.x), 1, step.width)
        if place is None:
            whole = self.table(name)
            if step.backwards:
                return torch.cat((whole[:, 1:] * self._counting_of(ARRIVING)[:, 1:], nothing), dim=1)
            return torch.cat((nothing, whole[:, :-1]), dim=1)
        there = place + 1 if step.backwards else place - 1
        if not 0 <= there < self._places:
            return nothing
        return self._row(name, there) * (self._counting_of(ARRIVING)[:, there : there + 1] if step.backwards else 1)

    def _end(self, step: StepRule, place: int | None) -> Tensor:
        counts = self._counted_of(step.of[0])
        last = torch.zeros_like(counts) if step.backwards else counts - 1
        return self.table(step.of[0])[torch.arange(len(last)), last][:, None]

    def _mean(self, step: StepRule, place: int | None) -> Tensor:
        [name] = step.of
        counting = torch.ones(1, 1, 1) if step.whole else self._counting_of(name)
        counting = counting.expand(-1, self.table(name).shape[1], -1)
        return (self.table(name) * counting).sum(1, keepdim=True) / counting.sum(1, keepdim=True)

    def _peak(self, step: StepRule, place: int | None) -> Tensor:
        [name] = step.of
        seen = self.table(name)
        if not step.whole:
            seen = seen.masked_fill(self._counting_of(name) == 0, -torch.inf)
        return seen.amax(1, keepdim=True)

    def _counted(self, step: StepRule, place: int | None) -> Tensor:
        return self.table(step.of[0]) * self._counting_of(step.of[0])

    def _concat(self, step: StepRule, place: int | None) -> Tensor:
        return torch.cat(self._of(step, place), dim=2)

    def _norm(self, step: StepRule, place: int | None) -> Tensor:
        together = self._together(step, place)
        spread, mean = torch.var_mean(together, (1, 3) if step.whole else 3, correction=0, keepdim=True)
        return self._scaled(step, (together - mean) / (spread + step.eps).sqrt())

    def _rms(self, step: StepRule, place: int | None) -> Tensor:
        together = self._together(step, place)
        squares = together.square().mean((1, 3) if step.whole else 3, keepdim=True)
        return self._scaled(step, together / (squares + step.eps).sqrt())

    def _together(self, step: StepRule, place: int | None) -> Tensor:
        """What is read, by the groups that are normalised together: (b, places, groups, columns of a group)."""
        [read] = self._of(step, place)
        return read.reshape(*read.shape[:2], step.groups, -1)

    def _scaled(self, step: StepRule, normed: Tensor) -> Tensor:
        """What is learned of each column, or of each column at each place, put on what was normalised."""
        normed = normed.flatten(2)
        for weight in step.weights:
            normed = normed * _by_column(self.parameters[weight])
        for bias in step.biases:
            normed = normed + _by_column(self.parameters[bias])
        return normed

    def _share(self, step: StepRule, place: int | None) -> Tensor:
        return torch.softmax(self._of(step, place)[0], dim=2)

    def _look_up(self, step: StepRule, place: int | None) -> Tensor:
        return functional.embedding(self.table(step.of[0])[:, :1, 0].long(), self.parameters[step.weights[0]])

    def _place_row(self, step: StepRule, place: int | None) -> Tensor:
        return self.parameters[step.weights[0]][: self._places].expand(len(self.x), -1, -1)

    def _place_waves(self, step: StepRule, place: int | None) -> Tensor:
        angles = waves(self._places, step.width + step.width % 2)
        both = torch.stack((angles.sin(), angles.cos()), dim=-1).flatten(1)[:, : step.width]
        return both.expand(len(self.x), -1, -1)

    def _time_waves(self, step: StepRule, place: int | None) -> Tensor:
        speeds = FASTEST ** torch.linspace(0, 1, step.width // 2)
        turns = self.table(step.of[0])[:, :1] * speeds
        return torch.cat((turns.sin(), turns.cos()), dim=2)

    def _led(self, step: StepRule, place: int | None) -> Tensor:
        first = self.parameters[step.weights[0]].expand(len(self.x), 1, -1)
        return torch.cat((first, self.table(step.of[0])), dim=1)

    def _turn(self, step: StepRule, place: int | None) -> Tensor:
        return _joined(turned(_heads(self._of(step, place)[0], step.heads)))

    def _attend(self, step: StepRule, place: int | None) -> Tensor:
        asked, *read = self._of(step, place)
        query = _heads(asked, step.heads)
        key, value = (for_each_head(_heads(tensor, step.heads // step.shared), step.heads) for tensor in read)
        seen = None if step.causal else self._counting_of(step.of[1]).bool()[:, None, None, :, 0]
        distance = penalties(step.heads, query.shape[2], key.shape[2]) if step.alibi else None
        return _joined(attention_maps(query, key, seen, step.causal, distance) @ value)


def _heads(x: Tensor, heads: int) -> Tensor:  # (b, places, width) -> (b, heads, places, width of a head)
    return x.view(*x.shape[:2], heads, -1).transpose(1, 2)


def _joined(x: Tensor) -> Tensor:  # and back
    return x.transpose(1, 2).flatten(2)


def _by_column(learned: Tensor) -> Tensor:  # (columns, …) -> (1 or places, columns)
    return learned.flatten(1).T if learned.dim() > 1 else learned
