"""What every task says of itself. What it computes stands in `app/training/tasks/` under the same name."""

from typing import ClassVar

from app.parts.part import Part
from app.parts.shapes import Features, Shape, Target


class Task(Part):
    """What is learned from a sample: a class, a number. `metrics` lack their `train_`, `validation_`, `test_`."""

    family: ClassVar[str] = "tasks"
    target: ClassVar[type[Shape]]
    metrics: ClassVar[dict[str, str]]  # name -> title, the first is the loss
    kind: str

    def fits(self, target: Target) -> bool:
        """Whether this task can learn that target."""
        return isinstance(target, type(self).target)

    def outputs(self, target: Target, numbers: int) -> Shape:
        """What the network must give for one sample, where the loss wants so many `numbers` for each answer."""
        return Features(size=numbers)
