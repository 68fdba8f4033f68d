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
    "silu": lambda z: z / (1 + math.exp(-z)),
    "gelu": lambda z: z * (1 + math.erf(z / math.sqrt(2))) / 2,
}


ONE_ROW = ("end", "mean", "peak", "look_up", "time_waves")
Rows = list[list[float]]


class Steps:
    """One sample. `tables` are the numbers of what arrives and of the sides, by name and place; of each the first
    `counts` count."""

    def __init__(self, rule: Rule, parameters: dict[str, Any], tables: dict[str, Rows], counts: dict[str, int]) -> None:
        self.by_name = {step.name: step for step in rule.steps}
        self.last = rule.steps[-1].name
        self.parameters = parameters  # as nested lists, by name
        self.tables = tables
        self.counts = counts
        self.known: dict[tuple[str, int, int], float] = {}
        self.many = {name: len(rows) for name, rows in tables.items()}  # places of a table

    def number(self, name: str, t: int, u: int) -> float:
        """The number in column u of the row at place t; of a table of one row, of that row."""
        if self.places(name) == 1:
            t = 0
        if name in self.tables:
            return self.tables[name][t][u]
        key = (name, t, u)
        if key not in self.known:
            step = self.by_name[name]
            self.known[key] = BENDS[step.then](getattr(self, step.makes)(step, t, u))
        return self.known[key]

    def places(self, name: str) -> int:
        if name not in self.many:
            self.many[name] = self.counted_out(self.by_name[name])
        return self.many[name]

    def counted_out(self, step: StepRule) -> int:
        """How many places the table of a step has."""
        if step.makes in ONE_ROW:
            return 1
        if step.makes == "led":
            return 1 + self.places(step.of[0])
        return max(self.places(name) for name in self.own(step)) if step.of else self.places(ARRIVING)

    def own(self, step: StepRule) -> tuple[str, ...]:
        """What a step reads whose places are its own: not the keys and values that it looks at."""
        if step.makes == "before":
            return (ARRIVING,)
        return step.of[:1] if step.makes in ("attend", "dot") else step.of

    def counting(self, name: str) -> int:
        """How many places of a table count."""
        while name not in self.tables:
            step = self.by_name[name]
            name = self.own(step)[0] if step.of else ARRIVING
        return self.counts[name]

    def width(self, name: str) -> int:
        return len(self.tables[name][0]) if name in self.tables else self.by_name[name].width

    def row(self, name: str, t: int) -> list[float]:
        return [self.number(name, t, u) for u in range(self.width(name))]

    def column(self, step: StepRule, u: int) -> list[float]:
        """Column u of what is read, at the places that are seen."""
        [name] = step.of
        return [self.number(name, t, u) for t in range(self.places(name) if step.whole else self.counting(name))]

    def dot(self, step: StepRule, t: int, u: int) -> float:
        row = step.first + u * step.every
        total = sum(self.parameters[bias][row] for bias in step.biases)
        for name, weight in zip(step.of, step.weights, strict=True):
            weights = self.parameters[weight][row]
            total += sum(w * x for w, x in zip(weights, self.row(name, t), strict=True))
        return total

    def add(self, step: StepRule, t: int, u: int) -> float:
        return sum(self.number(name, t, u) for name in step.of)

    def products(self, step: StepRule, t: int, u: int) -> float:
        numbers = [self.number(name, t, u) for name in step.of]
        return sum(a * b for a, b in zip(numbers[::2], numbers[1::2], strict=True))

    def largest(self, step: StepRule, t: int, u: int) -> float:
        return max(self.number(name, t, u) for name in step.of)

    def mean(self, step: StepRule, t: int, u: int) -> float:
        column = self.column(step, u)
        return sum(column) / len(column)

    def peak(self, step: StepRule, t: int, u: int) -> float:
        return max(self.column(step, u))

    def share(self, step: StepRule, t: int, u: int) -> float:
        sizes = [math.exp(x) for x in self.row(step.of[0], t)]
        return sizes[u] / sum(sizes)

    def look_up(self, step: StepRule, t: int, u: int) -> float:
        return self.parameters[step.weights[0]][int(self.number(step.of[0], 0, 0))][u]

    def led(self, step: StepRule, t: int, u: int) -> float:
        return self.number(step.of[0], t - 1, u) if t else self.parameters[step.weights[0]][u]

    def place_row(self, step: StepRule, t: int, u: int) -> float:
        return self.parameters[step.weights[0]][t][u]

    def place_waves(self, step: StepRule, t: int, u: int) -> float:
        d = step.width + step.width % 2
        angle = t * 10000 ** (-(u - u % 2) / d)
        return math.cos(angle) if u % 2 else math.sin(angle)

    def time_waves(self, step: StepRule, t: int, u: int) -> float:
        n = step.width // 2
        speed = 100 ** (u % n / (n - 1)) if n > 1 else 1.0
        angle = self.number(step.of[0], 0, 0) * speed
        return math.sin(angle) if u < n else math.cos(angle)

    def rest(self, step: StepRule, t: int, u: int) -> float:
        return 1 - self.number(step.of[0], t, u)

    def before(self, step: StepRule, t: int, u: int) -> float:
        there = t + 1 if step.backwards else t - 1
        inside = 0 <= there < (self.counting(ARRIVING) if step.backwards else self.places(ARRIVING))
        return self.number(step.of[0], there, u) if inside else 0.0

    def end(self, step: StepRule, t: int, u: int) -> float:
        return self.number(step.of[0], 0 if step.backwards else self.counting(step.of[0]) - 1, u)

    def counted(self, step: StepRule, t: int, u: int) -> float:
        return self.number(step.of[0], t, u) if t < self.counting(step.of[0]) else 0.0

    def concat(self, step: StepRule, t: int, u: int) -> float:
        first, second = step.of
        own = self.width(first)
        return self.number(first, t, u) if u < own else self.number(second, t, u - own)

    def norm(self, step: StepRule, t: int, u: int) -> float:
        together = self.together(step, t, u)
        mean = sum(together) / len(together)
        spread = math.sqrt(sum((x - mean) ** 2 for x in together) / len(together) + step.eps)
        return self.scaled(step, (self.number(step.of[0], t, u) - mean) / spread, t, u)

    def rms(self, step: StepRule, t: int, u: int) -> float:
        together = self.together(step, t, u)
        size = math.sqrt(sum(x * x for x in together) / len(together) + step.eps)
        return self.scaled(step, self.number(step.of[0], t, u) / size, t, u)

    def together(self, step: StepRule, t: int, u: int) -> list[float]:
        """The numbers that are normalised together with one."""
        [name] = step.of
        size = step.width // step.groups
        columns = range(u // size * size, u // size * size + size)
        return [self.number(name, s, c) for s in (range(self.places(name)) if step.whole else [t]) for c in columns]

    def scaled(self, step: StepRule, normed: float, t: int, u: int) -> float:
        scale = [own(self.parameters[weight][u], t) for weight in step.weights]
        shift = [own(self.parameters[bias][u], t) for bias in step.biases]
        return normed * math.prod(scale) + sum(shift)

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
        head = u // d
        there = head // step.shared  # the head whose keys and values it reads
        slope = 2 ** (-8 * (head + 1) / step.heads) if step.alibi else 0.0
        seen = range(t + 1 if step.causal else self.counting(key))
        sizes: list[float] = []
        for s in seen:
            score = sum(self.number(query, t, head * d + i) * self.number(key, s, there * d + i) for i in range(d))
            sizes.append(math.exp(score / math.sqrt(d) - slope * abs(t - s)))
        taken = [size * self.number(value, s, there * d + u % d) for s, size in zip(seen, sizes, strict=True)]
        return sum(taken) / sum(sizes)


def own(value: Any, t: int) -> float:
    """The number of a column; where it has one for each place, that of place t."""
    while isinstance(value, list) and isinstance(value[0], list):
        value = [number for row in value for number in row]
    return value[t] if isinstance(value, list) else value
