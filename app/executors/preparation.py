"""What a launcher does so that the processes it forks need not: its warming at once, further steps at leisure."""

import gc
import time
from collections.abc import Callable

from app.executors import linux
from app.executors.program import Program
from app.executors.report import report


class Preparation:
    """`warm` comes first; `late` looks at the clock and takes one step, so it is called where nothing waits."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._steps = list(program.at_leisure)
        self._begins = float("inf")

    def warm(self) -> None:
        """Does what has to be done before anything is forked."""
        self._take(self._program.warm)
        self._begins = time.monotonic() + self._program.leisure

    def late(self) -> None:
        """Takes the next step, if it is time."""
        if self._steps and time.monotonic() >= self._begins:
            step = self._steps.pop(0)
            if self._take(step) is True:
                self._steps.append(step)
                self._begins = time.monotonic() + self._program.leisure

    def deadlines(self) -> list[float]:
        """When `late` has something to do."""
        return [self._begins] if self._steps else []

    @staticmethod
    def _take(step: Callable[[], object]) -> object:
        given = step()
        gc.collect()
        gc.freeze()  # a collection in a forked process would otherwise copy the pages of every object
        if linux.threads() > 1:
            report(f"Expected one thread after {step}, but there are {linux.threads()}.")
        return given
