"""A learning rate that stays."""

from typing import ClassVar, Literal

from app.parts.schedules.schedule import Schedule


class Constant(Schedule):
    """The learning rate stays as it is. Start here; change it when the loss jumps about at the end."""

    title: ClassVar[str] = "Constant"
    formula: ClassVar[str] = "f = 1"
    steady: ClassVar[bool] = True

    kind: Literal["constant"] = "constant"
