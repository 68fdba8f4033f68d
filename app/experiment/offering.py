"""Which layers fit at one place of a network, and why the others do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.experiment.addresses import network_address
from app.experiment.check import check
from app.experiment.choosing import nearest_ends
from app.experiment.costs import count_layers
from app.experiment.experiment import Experiment
from app.experiment.limits import MOST_LAYERS, MOST_NESTING
from app.parts import shapes
from app.parts.layers import LAYERS, Layer
from app.parts.layers.stack import demand, survey
from app.parts.problem import Problem, Problems
from app.parts.shapes import Shape
from app.parts.tasks.task import Ends


@dataclass(frozen=True)
class Offer:
    """One kind of layer at a place: as it would be put there, or what speaks against it."""

    start: dict[str, Any]
    problem: Problem | None = None


@dataclass(frozen=True)
class Joint:
    """A place between layers. Shapes that nobody can tell yet, because a layer before does not fit, are None."""

    arriving: Shape | None
    sides: Mapping[str, Shape]  # what can be read there besides
    following: Sequence[Layer[Any]]
    at_the_end: type[Shape] | None  # what must leave the last of those, where not everything may
    depth: int  # layers within layers
    layers: int  # in the whole network


def offers(document: Any, place: str, at: int) -> dict[str, Offer]:
    """Every kind of layer, for the gap before the layer number `at` in the list at `place`, such as
    `/networks/main/layers/2/branches/0/layers`. Raises `Problems` where there is no such gap."""
    report = check(document)
    if report.nearest is None:
        raise Problems(report.problems)
    experiment = report.nearest
    gap = _gap(experiment, place, at)
    return {part.kind_name(): _offer(part, gap) for part in LAYERS}


def _wanted(ends: Ends, head: bool) -> type[Shape] | None:
    """What must leave the last layer before the head: None where the head takes anything."""
    outputs = type(ends.outputs)
    return outputs if outputs in (shapes.Image, shapes.Sequence) or not head else None


def _gap(experiment: Experiment, place: str, at: int) -> Joint:
    unknown = Problems([Problem("There is no list of layers at {path}.", place="/list", path=place)])
    name = next(
        (
            candidate
            for candidate in experiment.networks
            if f"{place}/".startswith(f"{network_address(candidate)}/layers/")
        ),
        None,
    )
    if name is None:
        raise unknown
    layers: Sequence[Layer[Any]] = experiment.networks[name].layers
    ends = nearest_ends(experiment)[name]
    arriving, wanted, sides = ends.inputs, _wanted(ends, experiment.networks[name].head), ends.sides
    rest, depth = place.removeprefix(network_address(name) + "/layers"), 0
    count = sum(count_layers(network.layers) for network in experiment.networks.values())
    while rest:
        number, _, tail = rest[1:].partition("/")
        if not (number.isascii() and number.isdigit() and int(number[:4]) < len(layers)):
            raise unknown
        stacks = layers[int(number)].stacks()
        inner = next(((path, stack) for path, stack in stacks if f"/{tail}/".startswith(f"{path}/")), None)
        if inner is None:
            raise unknown
        arriving = survey(layers[: int(number)], arriving, "", sides).after if arriving else None
        layers, rest, depth = inner[1], f"/{tail}"[len(inner[0]) :], depth + 1
        end = survey(layers, arriving, "", sides).after if arriving else None
        wanted = type(end) if end and len(stacks) == 1 else None  # it is joined to what went in
    if not 0 <= at <= len(layers):
        raise Problems([Problem("There is no place {at} among {count} layers.", place="/at", at=at, count=len(layers))])
    here = survey(layers[:at], arriving, "", sides).after if arriving else None
    return Joint(here, sides, layers[at:], wanted, depth, count)


def _offer(part: type[Layer[Any]], gap: Joint) -> Offer:
    start: dict[str, Any] = {"kind": part.kind_name()}
    if gap.arriving is None:
        return Offer(start)
    try:
        demand(part, gap.arriving, gap.sides)
        layer = part.started(gap.arriving).beside(gap.sides)
        start |= layer.model_dump(mode="json", exclude_unset=True)
        _demand_room(layer, gap)
        _demand_good_end(gap, layer.shape_after(gap.arriving))
    except Problem as problem:
        return Offer(start, problem)
    return Offer(start)


def _demand_room(layer: Layer[Any], gap: Joint) -> None:
    """Raises `Problem` where the network would become too deep or have too many layers."""
    if layer.stacks() and gap.depth >= MOST_NESTING:
        raise Problem("Layers can stand within layers {most} deep, and this is one deeper.", most=MOST_NESTING)
    count = gap.layers + count_layers([layer])
    if count > MOST_LAYERS:
        raise Problem(
            "There are {count} layers, inner ones included; {most} are the most.", count=count, most=MOST_LAYERS
        )


def _demand_good_end(gap: Joint, after: Shape) -> None:
    """Raises `Problem` where a layer behind could no longer take what comes, or the last no longer gave what it must.

    Sizes that do not fit are no reason: settings mend them.
    """
    before: Shape | None = gap.arriving
    for following in gap.following:
        layer = following.beside(gap.sides)
        fitted = isinstance(before, layer.takes())
        if not isinstance(after, layer.takes()):
            if not fitted:
                return  # it was a misfit before
            raise Problem(
                "{layer} behind it takes {wanted}, but this would give {shape}.",
                layer=type(layer).title,
                wanted=layer.takes().noun,
                shape=type(after).noun,
            )
        if after == before:
            return
        try:
            before = layer.shape_after(before) if before and fitted else None
            after = layer.shape_after(after)
        except Problem:
            return
    if gap.at_the_end and not isinstance(after, gap.at_the_end):
        raise Problem(
            "At the end of these layers must stand {wanted}, but with this it would be {shape}.",
            wanted=gap.at_the_end.noun,
            shape=type(after).noun,
        )
