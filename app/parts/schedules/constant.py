"""A learning rate that stays."""

from typing import ClassVar, Literal

from app.parts.schedules.schedule import Schedule


class Constant(Schedule):
    """The learning rate stays as it is."""

    title: ClassVar[str] = "Constant"
    steady: ClassVar[bool] = True

    kind: Literal["constant"] = "constant"
