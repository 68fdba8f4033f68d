"""Steps that go round: they read what they themselves made at the place before, so they are made place by place."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from app.parts.layers.rule import Rule
from app.parts.layers.step_rule import StepRule


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
        within = frozenset(other for other in reached if name in behind[other])
        if within:
            found[name] = Round(within, any(steps[other].backwards for other in within))
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
