"""A worker: one process that trains one run, from its start or from its newest checkpoint, to its end."""

import errno
import logging
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pydantic
import torch

from app.executors.program import LEFT_PAUSED, OUT_OF_MEMORY, Standing
from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.parts.problem import Problem
from app.runs import events
from app.runs.folder import RunFolder
from app.runs.log import EventReader, EventWriter
from app.training.ending import BROKEN, LOST, NO_MEMORY, NO_ROOM, STOPPED, Ending, Left, ending
from app.training.journal import Journal
from app.training.loop import Loop
from app.training.orders import Orders
from app.training.session import Session
from app.training.trained import keep_entrance

log = logging.getLogger(__name__)


class Leave:
    """Whether this process was asked to end (SIGTERM). It then saves and goes."""

    def __init__(self) -> None:
        self.asked = False
        self._before = signal.signal(signal.SIGTERM, self._ask)

    def close(self) -> None:
        """Lets SIGTERM do again what it did before."""
        signal.signal(signal.SIGTERM, self._before)

    def __call__(self) -> bool:
        return self.asked

    def _ask(self, *_: Any) -> None:
        self.asked = True


def work(path: Path, give_way: Callable[[], None] = lambda: None) -> int:
    """Trains the run in a folder and gives the exit code of `app.executors.program`.

    `give_way` is called after the first point.
    """
    folder = RunFolder(path)
    with folder.lock():
        told = EventReader(folder).events()
        if any(event["type"] == "finished" for event in told):
            return 0
        leave = Leave()
        try:
            with closing(leave), closing(EventWriter(folder)) as writer:
                _train(folder, writer, told, leave, give_way)
        except Left as left:
            if not left.paused:
                os.kill(os.getpid(), signal.SIGTERM)  # so that the launcher sees what it was
            return LEFT_PAUSED
        except Problem as problem:  # the run's own files are gone, or others than they were
            finish(folder, ending("failed", problem.template, **problem.values))
            return 1
        except Exception as error:  # one of the two borders where our own mistakes are caught
            if _disk_is_full(error):
                shutil.rmtree(folder.live, ignore_errors=True)  # room for the last event
                finish(folder, ending("over_limit", NO_ROOM))
                return 1
            memory = isinstance(error, MemoryError) or "allocate memory" in str(error)
            if not memory:
                log.exception("Run %s failed.", folder.id)
            finish(folder, ending("out_of_memory", NO_MEMORY) if memory else ending("failed", BROKEN))
            return OUT_OF_MEMORY if memory else 1
    return 0


def _disk_is_full(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return "No space left on device" in str(error)  # as safetensors says it


def standing(path: Path) -> Standing:
    """How far a run has come, by its own log."""
    told = EventReader(RunFolder(path)).events()
    return Standing(any(event["type"] == "finished" for event in told), _furthest(told))


def end(path: Path, reason: str) -> None:
    """Writes the end of a run whose worker is gone and could not; does nothing where there is one."""
    folder = RunFolder(path)
    how_far = standing(path)
    if not how_far.finished:
        endings = {
            "out_of_memory": ending("out_of_memory", NO_MEMORY),
            "stopped": ending("stopped", STOPPED, step=how_far.step),
        }
        finish(folder, endings.get(reason) or ending("lost", LOST))


def finish(folder: RunFolder, over: Ending) -> None:
    """Appends the `finished` event of a run that nobody trains any more."""
    told = EventReader(folder).events()
    epochs = [float(event["epoch"]) for event in told if event["type"] == "evaluated"]
    writer = EventWriter(folder)
    writer.write(
        events.Finished,
        step=_furthest(told),
        epoch=epochs[-1] if epochs else 0.0,
        reason=over.reason,
        sentence={"template": over.template, "values": over.values},
    )
    writer.close()


def _train(
    folder: RunFolder, writer: EventWriter, told: list[dict[str, Any]], leave: Leave, give_way: Callable[[], None]
) -> None:
    experiment = checked(folder.document())
    recorded = {event["number"]: event["step"] for event in told if event["type"] == "command_applied"}
    attempt = 1 + sum(event["type"] == "started" for event in told)
    with closing(Orders(folder, recorded, frontier=_furthest(told))) as orders:
        session = Session(experiment, orders, folder.data)
        keep_entrance(folder, session.look.samples.prepared)
        journal = Journal(folder, writer, session)
        _tell_start(writer, experiment, session, attempt)
        step = journal.begin_again() if attempt > 1 else 0
        if attempt > 1:
            writer.write(events.Rewound, step=step)
        Loop(session, journal, leave, give_way).go()


def _tell_start(writer: EventWriter, experiment: Experiment, session: Session, attempt: int) -> None:
    writer.write(
        events.Started,
        attempt=attempt,
        pid=os.getpid(),
        threads=experiment.training.threads,
        seed=experiment.seed,
        versions={
            "python": sys.version.split()[0],
            "torch": str(torch.__version__),
            "pydantic": pydantic.VERSION,
        },
        device="cpu",
        parameters=sum(parameter.numel() for parameter in session.stepper.parameters),
        steps_per_epoch=session.steps_per_epoch,
        stepper=session.stepper.name,
    )


def _furthest(told: list[dict[str, Any]]) -> int:
    furthest = 0
    for event in told:
        if event["type"] == "measured":
            furthest = max(furthest, event["columns"]["step"][-1])
        elif event["type"] in ("evaluated", "command_applied"):
            furthest = max(furthest, event["step"])
    return furthest
