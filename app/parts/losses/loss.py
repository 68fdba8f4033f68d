"""What every loss owes: the tasks it fits, how many outputs it wants, and one PyTorch call."""

from typing import Any, ClassVar, Literal

from app.parts.part import Part
from app.parts.problem import Problem
from app.parts.shapes import Features, Target
from app.parts.torch_call import TorchCall

# How a target reaches the loss: a class number (n,), a 0 or 1 per output (n, k), -1 or +1 (n, k), or as it is (n, k).
# With a class for every pixel the shapes are (n, height, width) and (n, k, height, width).
Encoding = Literal["class_number", "zero_one", "signs", "numbers"]


class Loss(Part):
    """How wrong an answer is, as one number to make small."""

    family: ClassVar[str] = "losses"
    tasks: ClassVar[tuple[str, ...]]  # kinds of tasks it fits
    encoding: ClassVar[Encoding]
    kind: str

    @classmethod
    def described(cls) -> dict[str, Any]:
        return super().described() | {"tasks": list(cls.tasks)}

    def outputs(self, target: Target) -> int:
        """How many numbers the network must give for one sample, or for each pixel where the target is a mask.

        Two classes need one, unless they are told by class number.
        """
        if isinstance(target, Features):
            return target.size
        if self.encoding == "class_number":
            return target.count
        return 1 if target.count == 2 else target.count

    def module(self) -> TorchCall:
        """The PyTorch call; it takes (outputs (n, k), target as `encoding` says) and gives the mean over the batch."""
        raise NotImplementedError

    def check(self, task: str) -> None:
        """Raises `Problem` where the task is not one of those it fits."""
        if task not in self.tasks:
            raise Problem("{loss} does not fit the task {task}.", loss=type(self).title, task=task)
