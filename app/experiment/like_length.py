"""Batches of like length are only as long as their longest sample: which data and networks that fits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.experiment.addresses import field_of, network_address
from app.experiment.experiment import Experiment
from app.parts.layers.stack import Placed
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Shape
from app.parts.tasks.task import Ends

PLACE = "/training/like_length"


def like_length_problems(experiment: Experiment, placed: dict[str, list[Placed]]) -> Iterator[Problem]:
    """Why batches cannot be of like length, where they are to be."""
    if not experiment.training.like_length:
        return
    apart = Fix("Let batches be as they come", edits=(Edit("replace", PLACE, False),))
    if not experiment.dataset.pads:
        yield Problem("These samples are all of one length already.", place=PLACE, fixes=(apart,))
        return
    for name, ends in experiment.ends.items():
        shorter = experiment.networks[name].survey(_shorter(ends, experiment.dataset.inputs()), network_address(name))
        if bound := _bound(placed[name], shorter.placed):
            yield Problem(
                "{layer} is built for one length, so batches cannot be shorter.",
                place=field_of(bound.path),
                layer=type(bound.layer).title,
                fixes=(apart,),
            )


def _shorter(ends: Ends, inputs: Shape) -> Ends:
    """The ends of a network where every sample has one place less."""
    length = inputs.sizes[0]

    def shorter(shape: Shape) -> Shape:
        return shape.model_copy(update={"length": length - 1}) if getattr(shape, "length", 0) == length else shape

    sides = {name: shorter(side) for name, side in ends.sides.items()}
    return replace(ends, inputs=shorter(ends.inputs), outputs=shorter(ends.outputs), sides=sides)


def _bound(placed: Sequence[Placed], shorter: Sequence[Placed]) -> Placed | None:
    """The first layer that would be another module for samples of another length."""
    if len(placed) != len(shorter):
        return placed[len(shorter)] if len(shorter) < len(placed) else placed[-1]
    modules = (
        (long, long.layer.module_for(long.before), short.layer.module_for(short.before))
        for long, short in zip(placed, shorter, strict=True)
    )
    return next((entry for entry, mine, its in modules if mine != its), None)
