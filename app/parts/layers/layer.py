"""What every layer owes: its fields, its shape rule, its size and one PyTorch call."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from pydantic import ConfigDict, PrivateAttr

from app.parts.layers.carried import Carried
from app.parts.layers.rule import FUNCTION, Rule
from app.parts.layers.step_rule import chain_of
from app.parts.part import Part, setting
from app.parts.problem import Edit, Problem
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall

if TYPE_CHECKING:
    from app.parts.layers.stack import Placed

Taken = TypeVar("Taken", bound=Shape)


class Twin(NamedTuple):
    """A layer with the same settings that does the same to another shape."""

    kind: str
    title: str
    takes: type[Shape]


class Layer(Part, Generic[Taken]):
    """A layer that takes the shape it is parametrised with: `class Linear(Layer[Features])`.

    `group` is one of: dense, sequence, convolution, pooling, activation, normalisation, regularisation, shape,
    structure. Activations ride in the card of the layer before them. `elementwise` activations have a curve: each
    number that leaves depends on the one number that arrives in its place, by the same rule everywhere.
    """

    family: ClassVar[str] = "layers"
    elementwise: ClassVar[bool] = False
    bends: ClassVar[bool] = (
        True  # False where, once trained, what leaves is a weighted sum of what arrives, plus a bias
    )
    followed_by: ClassVar[str] = ""  # the kind that stands behind it where a network has none yet; "" where none shall
    sized_by: ClassVar[str] = ""  # the field that says how many neurons or channels leave, where one does
    reads: ClassVar[str] = ""  # the name of the side it reads besides what arrives, where it reads one
    one_way: ClassVar[tuple[Edit, ...]] = ()  # what keeps it from looking ahead, where it can
    twin: ClassVar[Twin | None] = None  # offered where a shape arrives that only it takes
    kind: str
    _sides: Mapping[str, Shape] = PrivateAttr(default_factory=dict[str, Shape])

    @classmethod
    def takes(cls) -> type[Shape]:
        """The shape that may arrive here; `Shape` means any."""
        for ancestor in cls.__mro__:
            arguments: tuple[Any, ...] = getattr(ancestor, "__pydantic_generic_metadata__", {}).get("args", ())
            if arguments:
                return arguments[0]
        return Shape

    @classmethod
    def rides(cls) -> bool:
        """Whether it is drawn together with the layer before it."""
        return cls.group == "activation"

    @classmethod
    def described(cls) -> dict[str, Any]:
        taken = cls.takes()
        return super().described() | {
            "takes": taken.__name__.lower(),
            "takes_words": taken.noun,
            "elementwise": cls.elementwise,
            "rides": cls.rides(),
            "followed_by": cls.followed_by,
            "normalises": cls.group == "normalisation",
        }

    @classmethod
    def started(cls, shape: Taken) -> Self:
        """The layer as it is first put where `shape` arrives; the defaults, unless they would make no sense there."""
        return cls.model_validate({})

    def beside(self, sides: Mapping[str, Shape]) -> Self:
        """The layer where those sides can be read, by name."""
        if not sides:
            return self
        placed = self.model_copy()
        placed._sides = sides  # noqa: SLF001 - a private field of this very class, of a copy that nobody has yet
        return placed

    @property
    def sides(self) -> Mapping[str, Shape]:
        """What can be read here besides what arrives, by name."""
        return self._sides

    def rule(self, shape: Taken) -> Rule:
        """Where each number that leaves comes from when `shape` arrives, once trained."""
        if self.elementwise:
            return FUNCTION
        raise NotImplementedError

    def carries(self, shape: Taken) -> tuple[Carried, ...]:
        """What it carries from one time step to the next; nothing for a layer that does not go from one to the next."""
        return ()

    def sides_after(self, shape: Taken) -> Mapping[str, Shape]:
        """What can be read behind this layer besides what leaves it, by name, when `shape` arrives."""
        return self.sides

    @property
    def looks_ahead(self) -> bool:
        """Whether what leaves at a place of a sequence depends on places behind it."""
        return False

    def shape_after(self, shape: Taken) -> Shape:
        """The shape this layer gives when `shape` arrives. Raises `Problem` where they do not fit."""
        return shape

    def module_for(self, shape: Taken) -> TorchCall:
        """The PyTorch call that builds this layer for inputs of `shape`."""
        raise NotImplementedError

    def weights(self, shape: Taken) -> dict[str, tuple[int, ...]]:
        """The sizes of what this layer itself learns, named as in its module."""
        return {}

    def parameters(self, shape: Taken) -> int:
        """How many numbers this layer learns, inner layers included."""
        own = sum(prod(sizes) for sizes in self.weights(shape).values())
        return own + sum(inner.parameters for inner in self.placed(shape))

    def multiply_adds(self, shape: Taken) -> int:
        """Multiplications by weights (each with its addition) for one sample, forward only, inner layers included."""
        return sum(inner.multiply_adds for inner in self.placed(shape))

    def chain(self, shape: Taken) -> int:
        """The longest chain of operations each of which must wait for the one before, forward; what can be done at the
        same time counts once."""
        steps = self.rule(shape).steps
        return chain_of(steps) if steps else 1

    def within(self, shape: Taken) -> int:
        """How many numbers one sample leaves inside for the way back, besides what leaves the layer."""
        return sum(inner.activations for inner in self.placed(shape))

    def smallest_batch(self, shape: Taken) -> int:
        """How many samples it needs at once while training."""
        return 1

    def next_branch(self, shape: Taken) -> dict[str, Any] | None:
        """One branch more as it is first put beside the others; None for a layer that has no branches."""
        return None

    def stacks(self) -> "list[tuple[str, Sequence[Layer[Any]]]]":
        """The stacks of inner layers, each with its path below this layer; none for a layer that holds no others."""
        return []

    def placed(self, shape: Taken) -> "list[Placed]":
        """The inner layers with the shapes that reach them, stack after stack."""
        return []

    def problems(self, shape: Taken) -> list[Problem]:
        """Everything that keeps this layer from taking `shape`, inner layers included."""
        try:
            self.shape_after(shape)
        except Problem as problem:
            return [problem]
        return []


def _frozen_last(schema: dict[str, Any]) -> None:
    schema["properties"]["frozen"] = schema["properties"].pop("frozen")


class Weighted(Layer[Taken]):
    """A layer that learns numbers of its own, or holds layers that do."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_frozen_last)

    kind: str
    frozen: bool = setting(
        False, "Frozen", "Its weights stay as they are: it is used, but learns nothing. For layers that learned before."
    )
