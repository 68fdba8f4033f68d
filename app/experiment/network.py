"""A network: a stack of layers, the head that is added for it, and how its first weights are drawn."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from app.experiment.limits import MOST_LAYERS
from app.experiment.tied import Tied
from app.parts.initializers.default import Default
from app.parts.layers.conv2d import Conv2d
from app.parts.layers.embedding import Embedding
from app.parts.layers.flatten import Flatten
from app.parts.layers.layer import Layer
from app.parts.layers.linear import Linear
from app.parts.layers.mending import Stack, resized
from app.parts.layers.stack import Placed, Survey, flow, survey
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem, Value
from app.parts.shapes import Features, Image, Sequence, Series, Shape, Tokens
from app.parts.tasks.task import Ends

if TYPE_CHECKING:  # to a type checker, a choice is any member of its family
    from app.parts.initializers import Initializer as AnyInitializer
    from app.parts.optimizers import Optimizer as AnyOptimizer

    AnyLayer = Layer[Any]
else:
    from app.parts.initializers import AnyInitializer
    from app.parts.layers import AnyLayer
    from app.parts.optimizers import AnyOptimizer


class FromRun(BaseModel):
    """Another run's network, whose weights are copied when the new run is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    run: str = setting("", "Run", "The run to take the weights from.", max_length=40)
    network: str | None = setting(None, "Network", "Which of its networks; without, its only one.", max_length=32)
    step: int | None = setting(
        None, "Step", "As it was at the last checkpoint up to this step; without, the newest.", ge=0
    )


class Network(BaseModel):
    """Layers in the order in which data flows through them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layers: list[AnyLayer] = setting([], "Layers", "What data flows through.", max_length=MOST_LAYERS)
    head: bool = setting(True, "Output head", "A last linear layer, added and sized for the task.")
    tied: bool = setting(
        False,
        "Tied to the embedding",
        "The output head has the rows of the embedding as its weights, and learns only a bias: a token gets the higher "
        "a score, the more alike its row and what arrives are. Such rows begin small, with a spread of 0.02. For what "
        "tells tokens. Source: Press and Wolf 2016, arXiv:1608.05859.",
    )
    initializer: AnyInitializer = setting(Default(), "First weights", "How the first weights are drawn.")
    optimizer: AnyOptimizer | None = setting(
        None, "Own optimizer", "Moves this network alone; without, the experiment's moves it, with a memory of its own."
    )
    from_run: FromRun | None = setting(
        None, "Start from a run", "Begins with the weights that another run's network has learned, not with drawn ones."
    )

    def placed(self, ends: Ends, address: str) -> list[Placed]:
        """Every layer in its place, the head's included. Raises `Problem` at the first that does not fit.

        `address` is the network's own. The head's layers stand at `<address>/head/0`, which exists in no document.
        """
        placed = flow(self.layers, ends.inputs, address + "/layers", ends.sides)
        after = placed[-1].after if placed else ends.inputs
        head = self._headed(after, ends, address)
        self._demand_outputs(placed, head[-1].after if head else after, ends.outputs, address)
        return placed + head

    def survey(self, ends: Ends, address: str) -> Survey:
        """As `placed`, but with every problem, and the layers that fit."""
        found = survey(self.layers, ends.inputs, address + "/layers", ends.sides)
        if found.after is None:
            return found
        try:
            head = self._headed(found.after, ends, address)
            self._demand_outputs(found.placed, head[-1].after if head else found.after, ends.outputs, address)
        except Problem as problem:
            return replace(found, problems=[*found.problems, problem])
        return replace(found, placed=found.placed + head)

    def _headed(self, after: Shape, ends: Ends, address: str) -> list[Placed]:
        if not self.head:
            return []
        head = _head(after, ends.outputs)
        return flow(self._tied(head, after, ends, address) if self.tied else head, after, address + "/head")

    def _tied(self, head: list[Layer[Any]], after: Shape, ends: Ends, address: str) -> list[Layer[Any]]:
        """The head with the rows of the embedding as its weights."""
        first = self.layers[0] if self.layers else None
        apart = Fix("Let the head have weights of its own", edits=(Edit("add", address + "/tied", False),))
        inputs, outputs = ends.inputs, ends.outputs
        sequences = isinstance(after, Sequence) and isinstance(outputs, Sequence)
        if not (sequences and isinstance(first, Embedding) and isinstance(inputs, Tokens)):
            raise Problem(
                "An output can only be tied where the first layer is an embedding, and a token is told at each place.",
                place=address + "/tied",
                fixes=(apart,),
            )
        if (after.at_each, outputs.at_each) != (first.width, inputs.vocabulary):
            fits = Edit("add", address + "/layers/-", {"kind": "linear", "units": first.width})
            widened = (Fix("Add a linear layer of {width}", {"width": first.width}, (fits,)),)
            raise Problem(
                "The embedding has {tokens} rows of {width} numbers, but the output needs {wanted} rows of {given}.",
                place=address + "/tied",
                tokens=inputs.vocabulary,
                width=first.width,
                wanted=outputs.at_each,
                given=after.at_each,
                fixes=(*(widened if after.at_each != first.width else ()), apart),
            )
        return [Tied(units=inputs.vocabulary) if isinstance(layer, Linear) else layer for layer in head]

    def _demand_outputs(self, placed: list[Placed], after: Shape, outputs: Shape, address: str) -> None:
        if after == outputs:
            return
        if isinstance(after, Tokens):
            start = [{"kind": "embedding"}, {"kind": "flatten"}]
            edits = tuple(Edit("add", f"{address}/layers/-", layer) for layer in start)
            raise Problem(
                "Tokens are names, not amounts: the network needs an embedding before it can answer.",
                place=address + "/layers",
                fixes=(Fix("Add Embedding and Flatten", edits=edits),),
            )
        if isinstance(outputs, Image):
            raise _picture_wanted(after, outputs, self.head).at(address)
        if isinstance(outputs, Sequence) and (self.head or not isinstance(after, Sequence)):
            raise Problem(
                "The task needs an answer at each of {length} places, but the last layer gives {given}. Keep the"
                " sequence to the end.",
                place=address + "/layers",
                length=outputs.length,
                given=type(after).noun if not isinstance(after, Sequence) else after.length,
            )
        if after.numbers == outputs.numbers:
            flat = bool(placed) and isinstance(placed[-1].after, Features)
            raise _other_shape_wanted(after, outputs, self.head, flat).at(address)
        fixes = [Fix("Add the output head", edits=(Edit("add", address + "/head", True),))]
        edit = resized(Stack(address + "/layers", placed[0].before, placed), outputs.numbers) if placed else None
        if edit and isinstance(after, Features):
            fixes.insert(0, Fix("Set the last layer to {outputs} outputs", {"outputs": outputs.numbers}, (edit,)))
        raise Problem(
            "The task needs {wanted} outputs, but the last layer gives {given}.",
            place=address + "/layers",
            wanted=outputs.numbers,
            given=after.numbers,
            fixes=tuple(fixes),
        )


def _head(after: Shape, outputs: Shape) -> list[Layer[Any]]:
    """What is added behind the last layer: a linear layer, in which every number may matter for every answer; where
    each place is answered by itself, one that is the same at every place."""
    if isinstance(after, Tokens):
        return []
    if isinstance(outputs, Image):
        return [Conv2d(filters=outputs.channels, kernel=1)] if isinstance(after, Image) else []
    if isinstance(outputs, Sequence):
        return [Linear(units=outputs.width)] if isinstance(after, Sequence) else []
    linear = Linear(units=outputs.numbers)
    return [linear] if isinstance(after, Features) else [Flatten(), linear]


def _other_shape_wanted(after: Shape, outputs: Shape, head: bool, flat: bool) -> Problem:
    """The sentence where there are as many numbers as the task needs, in another shape; its places are within the
    network. `flat`: the last layer before the head gives a flat list of numbers."""
    fixes: tuple[Fix, ...] = ()
    if isinstance(outputs, Series):
        sizes = list(outputs.sizes)
        linear = [{"kind": "linear", "units": outputs.numbers}]
        own = (linear if flat else [{"kind": "flatten"}, *linear]) if head else []
        edits = [Edit("add", "/layers/-", layer) for layer in (*own, {"kind": "reshape", "sizes": sizes})]
        named: dict[str, Value] = {"sizes": _written(outputs)}
        if head:
            instead = (*edits, Edit("add", "/head", False))
            fixes = (Fix("Add a linear layer and Reshape to {sizes} in place of the output head", named, instead),)
        else:
            fixes = (Fix("Add Reshape to {sizes}", named, tuple(edits)),)
    elif isinstance(outputs, Features) and not head:
        fixes = (Fix("Add the output head", edits=(Edit("add", "/head", True),)),)
    return Problem(
        "The task needs {wanted} ({wanted_sizes}), but the last layer gives {given} ({given_sizes}).",
        place="/layers",
        wanted=type(outputs).noun,
        wanted_sizes=_written(outputs),
        given=type(after).noun,
        given_sizes=_written(after),
        fixes=fixes,
    )


def _written(shape: Shape) -> str:
    return " × ".join(map(str, shape.sizes))


def _picture_wanted(after: Shape, outputs: Image, head: bool) -> Problem:
    """The sentence where every pixel wants an answer and the network gives something else; its places are within the
    network."""
    if not isinstance(after, Image):
        return Problem(
            "The task needs an answer for each of {height} × {width} pixels, but the last layer gives {given}. Keep "
            "pictures to the end.",
            place="/layers",
            height=outputs.height,
            width=outputs.width,
            given=type(after).noun,
        )
    fixes: tuple[Fix, ...] = ()
    if (after.height, after.width) == (outputs.height, outputs.width):
        return Problem(
            "The task needs {wanted} numbers for each pixel, but the last layer gives {given}.",
            place="/layers",
            wanted=outputs.channels,
            given=after.channels,
            fixes=() if head else (Fix("Add the output head", edits=(Edit("add", "/head", True),)),),
        )
    scale, rest = divmod(outputs.height, after.height)
    if not rest and after.width * scale == outputs.width:
        edit = Edit("add", "/layers/-", {"kind": "upsample", "scale_factor": scale})
        fixes = (Fix("Add upsampling by {scale}", {"scale": scale}, (edit,)),)
    return Problem(
        "The task needs an answer for each of {height} × {width} pixels, but the last layer gives {given_height} × "
        "{given_width}.",
        place="/layers",
        height=outputs.height,
        width=outputs.width,
        given_height=after.height,
        given_width=after.width,
        fixes=fixes,
    )
