"""What every loss owes: the targets it needs, how many outputs it wants, and one PyTorch call."""

from collections.abc import Iterable, Mapping
from math import log
from typing import Any, ClassVar, Literal

from app.parts.part import Part
from app.parts.problem import Problem
from app.parts.shapes import Choice, Shape
from app.parts.torch_call import TorchCall

# How a target reaches the loss: a class number (n,), a 0 or 1 per output (n, k), -1 or +1 (n, k), or as it is (n, k).
# With a class for every pixel the shapes are (n, height, width) and (n, k, height, width).
Encoding = Literal["class_number", "zero_one", "signs", "numbers"]


class Loss(Part):
    """How wrong an answer is, as one number to make small."""

    family: ClassVar[str] = "losses"
    needs: ClassVar[tuple[type[Shape], ...]]  # the targets it can compare an answer with
    encoding: ClassVar[Encoding]
    guides: ClassVar[Mapping[str, float]] = {}  # what each loss of a task is where a discriminator knows nothing
    caution: ClassVar[str] = ""  # a sentence beside its curves, where they are easily misread
    kind: str

    @classmethod
    def described(cls) -> dict[str, Any]:
        return (
            super().described()
            | {"guides": dict(cls.guides), "caution": cls.caution}
            | {"needs": [shape.__name__.lower() for shape in cls.needs]}
        )

    def at_each(self, target: Shape) -> int:
        """How many numbers the network must give at each place of its answer: for a sample, a pixel, a token.

        Two classes need one, unless they are told by class number.
        """
        if not isinstance(target, Choice):
            return target.at_each
        if self.encoding == "class_number":
            return target.count
        return 1 if target.count == 2 else target.count

    def module(self) -> TorchCall:
        """The PyTorch call; it takes (outputs (n, k), target as `encoding` says) and gives the mean over the batch."""
        raise NotImplementedError

    def floor(self, target: Shape, wrong: float, noise: float) -> float:
        """The mean loss on new samples that no network gets below, as far as it is known.

        A share `wrong` of the labels is another class at random; numbers stray by `noise` (standard deviation).
        """
        return 0.0

    def check(self, target: Shape) -> None:
        """Raises `Problem` where it cannot compare an answer with such a target."""
        if not isinstance(target, self.needs):
            raise Problem(
                "{loss} does not fit where {target} is to be learned.", loss=type(self).title, target=target.noun
            )


def entropy(shares: Iterable[float]) -> float:
    """The cross-entropy of a distribution with itself: what an answer costs that could not be better."""
    return -sum(share * log(share) for share in shares if share > 0)
