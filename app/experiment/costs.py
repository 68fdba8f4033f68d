"""What a network costs: layers, depth, parameters, memory, each within its limit."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.experiment.addresses import field_of, network_address
from app.experiment.experiment import Experiment
from app.experiment.limits import (
    BYTES_PER_NUMBER,
    COPIES_OF_A_WEIGHT,
    MOST_LAYERS,
    MOST_MEMORY,
    MOST_MULTIPLY_ADDS,
    MOST_NESTING,
    MOST_PARAMETERS,
)
from app.parts.layers.layer import Layer
from app.parts.layers.stack import Placed
from app.parts.problem import Edit, Fix, Problem, pointer


def stack_problems(experiment: Experiment) -> tuple[list[Problem], bool]:
    """Too many layers, or too deep; and whether they are too deep to be looked into."""
    problems: list[Problem] = []
    lists = [f"{network_address(name)}/layers" for name in experiment.networks]
    places = [
        layer_place
        for place, network in zip(lists, experiment.networks.values(), strict=True)
        for layer_place in _layer_places(network.layers, place, 0)
    ]
    deep = [place for place, depth in places if depth > MOST_NESTING]
    if deep:
        problems.append(
            Problem(
                "Layers can stand within layers {most} deep, and this is one deeper.", place=deep[0], most=MOST_NESTING
            )
        )
    if len(places) > MOST_LAYERS:
        problems.append(
            Problem(
                "There are {count} layers, inner ones included; {most} are the most.",
                place=lists[0] if len(lists) == 1 else "/networks",
                count=len(places),
                most=MOST_LAYERS,
            )
        )
    return problems, bool(deep)


def count_layers(layers: Sequence[Layer[Any]]) -> int:
    """How many layers there are, inner ones included."""
    return sum(1 + sum(count_layers(stack) for _, stack in layer.stacks()) for layer in layers)


def _layer_places(layers: Sequence[Layer[Any]], place: str, depth: int) -> Iterator[tuple[str, int]]:
    for number, layer in enumerate(layers):
        yield place + pointer(number), depth
        for inner, stack in layer.stacks():
            yield from _layer_places(stack, place + pointer(number) + inner, depth + 1)


def weight_problems(address: str, placed: list[Placed]) -> Iterator[Problem]:
    """A network that learns no number."""
    if sum(layer.parameters for layer in placed) == 0:
        yield Problem(
            "The network has no weights, so there is nothing to learn.",
            place=address + "/layers",
            fixes=(Fix("Add the output head", edits=(Edit("replace", address + "/head", True),)),),
        )


def cost_problems(experiment: Experiment, placed: list[Placed]) -> Iterator[Problem]:
    """Too many parameters, or too much memory or time for a batch."""
    parameters = sum(layer.parameters for layer in placed)
    if parameters > MOST_PARAMETERS:
        largest = max(placed, key=lambda layer: layer.parameters)
        yield Problem(
            "The network would learn {count} numbers; {most} are the most. This layer has {here} of them.",
            place=field_of(largest.path),
            count=parameters,
            most=MOST_PARAMETERS,
            here=largest.parameters,
        )
        return
    yield from _memory_problems(experiment.training.batch_size, parameters, placed)
    yield from _time_problems(experiment.training.batch_size, placed)


def _memory_problems(batch: int, parameters: int, placed: list[Placed]) -> Iterator[Problem]:
    per_sample = sum(layer.activations for layer in placed) * BYTES_PER_NUMBER
    weights = parameters * COPIES_OF_A_WEIGHT * BYTES_PER_NUMBER
    if weights + per_sample > MOST_MEMORY:
        largest = max(placed, key=lambda layer: layer.activations)
        yield Problem(
            "One sample alone would take {megabytes} MB of memory; {most} MB are the most. This layer takes {here} of "
            "them.",
            place=field_of(largest.path),
            megabytes=(weights + per_sample) // 1_000_000,
            most=MOST_MEMORY // 1_000_000,
            here=largest.activations * BYTES_PER_NUMBER // 1_000_000,
        )
    elif weights + per_sample * batch > MOST_MEMORY:
        yield Problem(
            "One batch of {batch} samples would take {megabytes} MB of memory; {most} MB are the most.",
            place="/training/batch_size",
            batch=batch,
            megabytes=(weights + per_sample * batch) // 1_000_000,
            most=MOST_MEMORY // 1_000_000,
            fixes=(set_batch((MOST_MEMORY - weights) // per_sample),),
        )


def _time_problems(batch: int, placed: list[Placed]) -> Iterator[Problem]:
    per_sample = sum(layer.multiply_adds for layer in placed)
    if per_sample > MOST_MULTIPLY_ADDS:
        largest = max(placed, key=lambda layer: layer.multiply_adds)
        yield Problem(
            "One sample alone would take {count} million multiplications; {most} million are the most. This layer "
            "takes {here} million of them.",
            place=field_of(largest.path),
            count=per_sample // 1_000_000,
            most=MOST_MULTIPLY_ADDS // 1_000_000,
            here=largest.multiply_adds // 1_000_000,
        )
    elif per_sample * batch > MOST_MULTIPLY_ADDS:
        yield Problem(
            "One batch of {batch} samples would take {count} million multiplications; {most} million are the most.",
            place="/training/batch_size",
            batch=batch,
            count=per_sample * batch // 1_000_000,
            most=MOST_MULTIPLY_ADDS // 1_000_000,
            fixes=(set_batch(MOST_MULTIPLY_ADDS // per_sample),),
        )


def set_batch(size: int) -> Fix:
    """The button for another batch size."""
    return Fix("Set the batch size to {size}", {"size": size}, (Edit("replace", "/training/batch_size", size),))
