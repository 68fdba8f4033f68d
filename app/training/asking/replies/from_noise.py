"""Drawing from noise as a question wants it."""

from collections.abc import Iterator

from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.tasks.generating import Generating
from app.training.tasks import WORK
from app.training.tasks.generating import GeneratingWork, Sides
from app.training.tasks.work import Networks

AT_ONCE = 16


def drawing_work(experiment: Experiment, steps: int | None, settled: bool = False) -> tuple[Generating, GeneratingWork]:
    """The task, and what draws in as many steps as are asked for; `settled` without any fresh noise on the way. Raises
    `Problem` where it cannot draw in several steps."""
    task = experiment.task
    if not isinstance(task, Generating):
        raise ValueError(f"Expected a task that draws samples, but got {task.kind}.")
    if steps is not None:
        task = task.in_steps(steps)
    if settled:
        task = task.settled()
    work = WORK[task.kind](experiment.model_copy(update={"task": task}))
    if not isinstance(work, GeneratingWork):
        raise ValueError(f"Expected work that draws samples, but got {work}.")
    return task, work


def drawn_from(noise: Tensor, told: Sides, work: GeneratingWork, networks: Networks) -> Iterator[Tensor]:
    """What is drawn from noise (n, …), some of it after another."""
    for first in range(0, len(noise), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        yield work.drawn(networks, noise[some], {name: side[some] for name, side in told.items()})
