"""What every task says of itself. What it computes stands in `app/training/tasks/` under the same name."""

from typing import ClassVar

from app.parts.part import Part
from app.parts.shapes import Classes, Features, Shape


class Task(Part):
    """What is learned from a sample: a class, a number. `metrics` lack their `train_`, `validation_`, `test_`."""

    family: ClassVar[str] = "tasks"
    target: ClassVar[type[Shape]]
    metrics: ClassVar[dict[str, str]]  # name -> title, the first is the loss
    kind: str

    def fits(self, target: Classes | Features) -> bool:
        """Whether this task can learn that target."""
        return isinstance(target, type(self).target)
