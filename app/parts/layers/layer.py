"""What every layer owes: its fields, its shape rule, its size and one PyTorch call."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from app.parts.part import Part
from app.parts.problem import Problem
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall

if TYPE_CHECKING:
    from app.parts.layers.stack import Placed

Taken = TypeVar("Taken", bound=Shape)


class Layer(Part, Generic[Taken]):
    """A layer that takes the shape it is parametrised with: `class Linear(Layer[Features])`.

    `group` is one of: dense, convolution, pooling, activation, normalisation, regularisation, shape, structure.
    Activations ride in the card of the layer before them. `elementwise` activations have a curve: each number
    that leaves depends on the one number that arrives in its place, by the same rule everywhere.
    """

    family: ClassVar[str] = "layers"
    elementwise: ClassVar[bool] = False
    smallest_batch: ClassVar[int] = 1  # samples it needs at once while training
    kind: str

    @classmethod
    def takes(cls) -> type[Shape]:
        """The shape that may arrive here; `Shape` means any."""
        for ancestor in cls.__mro__:
            arguments: tuple[Any, ...] = getattr(ancestor, "__pydantic_generic_metadata__", {}).get("args", ())
            if arguments:
                return arguments[0]
        return Shape

    @classmethod
    def described(cls) -> dict[str, Any]:
        taken = cls.takes()
        return super().described() | {"takes": taken.__name__.lower(), "takes_words": taken.noun}

    def shape_after(self, shape: Taken) -> Shape:
        """The shape this layer gives when `shape` arrives. Raises `Problem` where they do not fit."""
        return shape

    def module_for(self, shape: Taken) -> TorchCall:
        """The PyTorch call that builds this layer for inputs of `shape`."""
        raise NotImplementedError

    def parameters(self, shape: Taken) -> int:
        """How many numbers this layer learns."""
        return 0

    def multiply_adds(self, shape: Taken) -> int:
        """Multiplications (each with its addition) for one sample, forward only; 0 where there is no weight."""
        return 0

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
