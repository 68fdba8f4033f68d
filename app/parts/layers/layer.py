"""What every layer owes: its fields, its shape rule, its size and one PyTorch call."""

from typing import Any, ClassVar, Generic, TypeVar

from app.parts.part import Part
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall

Taken = TypeVar("Taken", bound=Shape)


class Layer(Part, Generic[Taken]):
    """A layer that takes the shape it is parametrised with: `class Linear(Layer[Features])`.

    `group` is one of: dense, activation, normalisation, regularisation, shape, structure.
    Activations ride in the card of the layer before them.
    """

    family: ClassVar[str] = "layers"
    kind: str

    @classmethod
    def takes(cls) -> type[Shape]:
        """The shape that may arrive here; `Shape` means any."""
        for ancestor in cls.__mro__:
            arguments: tuple[Any, ...] = getattr(ancestor, "__pydantic_generic_metadata__", {}).get("args", ())
            if arguments:
                return arguments[0]
        return Shape

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
