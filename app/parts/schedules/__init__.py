"""The schedules, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.schedules.constant import Constant
from app.parts.schedules.cosine import Cosine
from app.parts.schedules.cosine_restarts import CosineRestarts
from app.parts.schedules.cyclic import Cyclic
from app.parts.schedules.exponential import Exponential
from app.parts.schedules.multi_step import MultiStep
from app.parts.schedules.one_cycle import OneCycle
from app.parts.schedules.plateau import Plateau
from app.parts.schedules.schedule import Schedule
from app.parts.schedules.step import Step

SCHEDULES = (Constant, Step, MultiStep, Exponential, Cosine, CosineRestarts, Cyclic, OneCycle, Plateau)
AnySchedule = choice_of(SCHEDULES)

__all__ = ["SCHEDULES", "AnySchedule", "Schedule"]
