"""Rules of several steps worked out in plain Python, number by number: as `app/parts/layers/step_rule.py` says them."""

import math
from typing import Any

from app.parts.layers.rule import Rule
from app.parts.layers.step_rule import ARRIVING, StepRule

BENDS = {
    None: lambda z: z,
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "relu": lambda z: max(z, 0.0),
    "gelu": lambda z: z * (1 + math.erf(z / math.sqrt(2))) / 2,
}


class Steps:
    """One sample. `rows` are the numbers that arrive at each place, of which the first `counts` count."""

    def __init__(self, rule: Rule, parameters: dict[str, Any], rows: list[list[float]], counts: int) -> None:
        self.by_name = {step.name: step for step in rule.steps}
        self.last = rule.steps[-1].name
        self.parameters = parameters  # as nested lists, by name
        self.rows = rows
        self.counts = counts
        self.known: dict[tuple[str, int, int], float] = {}

    def number(self, name: str, t: int, u: int) -> float:
        """The number in column u of the row at place t."""
        if name == ARRIVING:
            return self.rows[t][u]
        key = (name, t, u)
        if key not in self.known:
            step = self.by_name[name]
            self.known[key] = BENDS[step.then](getattr(self, step.makes)(step, t, u))
        return self.known[key]

    def width(self, name: str) -> int:
        return len(self.rows[0]) if name == ARRIVING else self.by_name[name].width

    def row(self, name: str, t: int) -> list[float]:
        return [self.number(name, t, u) for u in range(self.width(name))]

    def dot(self, step: StepRule, t: int, u: int) -> float:
        total = sum(self.parameters[bias][step.first + u] for bias in step.biases)
        for name, weight in zip(step.of, step.weights, strict=True):
            weights = self.parameters[weight][step.first + u]
            total += sum(w * x for w, x in zip(weights, self.row(name, t), strict=True))
        return total

    def add(self, step: StepRule, t: int, u: int) -> float:
        return sum(self.number(name, t, u) for name in step.of)

    def products(self, step: StepRule, t: int, u: int) -> float:
        numbers = [self.number(name, t, u) for name in step.of]
        return sum(a * b for a, b in zip(numbers[::2], numbers[1::2], strict=True))

    def rest(self, step: StepRule, t: int, u: int) -> float:
        return 1 - self.number(step.of[0], t, u)

    def before(self, step: StepRule, t: int, u: int) -> float:
        there = t + 1 if step.backwards else t - 1
        inside = 0 <= there < (self.counts if step.backwards else len(self.rows))
        return self.number(step.of[0], there, u) if inside else 0.0

    def end(self, step: StepRule, t: int, u: int) -> float:
        return self.number(step.of[0], 0 if step.backwards else self.counts - 1, u)

    def counted(self, step: StepRule, t: int, u: int) -> float:
        return self.number(step.of[0], t, u) if t < self.counts else 0.0

    def concat(self, step: StepRule, t: int, u: int) -> float:
        one, other = step.of
        own = self.width(one)
        return self.number(one, t, u) if u < own else self.number(other, t, u - own)

    def norm(self, step: StepRule, t: int, u: int) -> float:
        row = self.row(step.of[0], t)
        mean = sum(row) / len(row) if step.biases else 0.0
        spread = math.sqrt(sum((x - mean) ** 2 for x in row) / len(row) + step.eps)
        [weight] = step.weights
        bias = sum(self.parameters[bias][u] for bias in step.biases)
        return (row[u] - mean) / spread * self.parameters[weight][u] + bias

    def turn(self, step: StepRule, t: int, u: int) -> float:
        d = step.width // step.heads
        within, half = u % d, d // 2
        angle = t * 10000 ** (-2 * (within % half) / d)
        own = self.number(step.of[0], t, u)
        partner = self.number(step.of[0], t, u + half if within < half else u - half)
        return own * math.cos(angle) + partner * math.sin(angle) * (-1 if within < half else 1)

    def attend(self, step: StepRule, t: int, u: int) -> float:
        query, key, value = step.of
        d = step.width // step.heads
        head = range(u // d * d, u // d * d + d)
        seen = range(t + 1 if step.causal else self.counts)
        scores = [sum(self.number(query, t, i) * self.number(key, s, i) for i in head) / math.sqrt(d) for s in seen]
        sizes = [math.exp(score) for score in scores]
        return sum(size * self.number(value, s, u) for s, size in zip(seen, sizes, strict=True)) / sum(sizes)
