"""Which stepper trains an experiment."""

import logging
from collections.abc import Callable
from functools import cache
from typing import Any

from app.experiment.compilable import misfit
from app.experiment.experiment import Experiment
from app.training.data.feed import Feed
from app.training.late import COMPILED, READY, late
from app.training.steppers.eager import EagerStepper
from app.training.steppers.stepper import Stepper
from app.training.tasks.work import Work

Making = Callable[[Experiment, Feed, Work], Stepper]

log = logging.getLogger(__name__)


def stepper_of(experiment: Experiment) -> Making:
    """The one that its document asks for, where it can be had."""
    return EagerStepper if experiment.training.stepper == "eager" else quickest(experiment)


def quickest(experiment: Experiment) -> Making:
    """The compiled one where the experiment fits and it can be had."""
    return EagerStepper if misfit(experiment) else compiled_stepper() or EagerStepper


@cache
def compiled_stepper() -> Making | None:
    """The compiled stepper, ready: compiled now, unless that was kept. None where it cannot be compiled here.

    To be called before a process is confined, which keeps it from keeping what it compiled.
    """
    try:
        ready: Any = late(READY)
        ready.compile_now()
        module: Any = late(COMPILED)
    except Exception:  # whatever a compiler raises on some machine, PyTorch trains there
        log.warning("The compiled loop cannot be had here; PyTorch trains instead.", exc_info=True)
        return None
    return module.CompiledStepper
