"""The schedules, one per file. A new one is one line in the list."""

from typing import TYPE_CHECKING

from app.parts.choice import choice_of
from app.parts.schedules.constant import Constant
from app.parts.schedules.cosine import Cosine
from app.parts.schedules.schedule import Schedule

SCHEDULES = (Constant, Cosine)
if TYPE_CHECKING:
    AnySchedule = Schedule  # one of the list; only checkers see it so
else:
    AnySchedule = choice_of(SCHEDULES)

__all__ = ["SCHEDULES", "AnySchedule", "Schedule"]
