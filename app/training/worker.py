"""A worker: one process that trains one run, from its start or from its newest checkpoint, to its end."""

import json
import logging
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pydantic
import torch

from app.executors.program import GIVE_UP_PLACE, LEFT_PAUSED, OUT_OF_MEMORY, Call, Standing
from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.parts.problem import Problem
from app.runs import events
from app.runs.commands import CommandReader
from app.runs.folder import RunFolder
from app.runs.log import EventReader, EventWriter
from app.runs.migrating import migrate
from app.runs.room import no_room
from app.training.asking.trained import keep_entrance
from app.training.building import begin_with_start
from app.training.loop import Loop
from app.training.recording.journal import Journal
from app.training.recording.measuring import rounded
from app.training.running.ending import BROKEN, LOST, NO_MEMORY, NO_ROOM, STOPPED, Ending, Left, ending
from app.training.running.orders import Orders
from app.training.session import Session

GO_ON = {"resume", "step"}
WANTED_LASTS = 5.0  # seconds; the launcher says it again and again while it is so
LATEST = 1 << 19  # bytes at the end of a log in which the newest report is looked for

log = logging.getLogger(__name__)


class Leave:
    """Whether this process was asked to end (SIGTERM); or `wanted` to give up its place, as only a paused one does."""

    def __init__(self) -> None:
        self.asked = False
        self._wanted_at = -WANTED_LASTS
        self._before = {
            signal.SIGTERM: signal.signal(signal.SIGTERM, self._ask),
            GIVE_UP_PLACE: signal.signal(GIVE_UP_PLACE, self._want),
        }

    def close(self) -> None:
        """Lets the signals do again what they did before."""
        for number, before in self._before.items():
            signal.signal(number, before)

    def __call__(self) -> bool:
        return self.asked

    def wanted(self) -> bool:
        """Whether somebody waits for the place of this run."""
        return time.monotonic() - self._wanted_at < WANTED_LASTS

    def _ask(self, *_: Any) -> None:
        self.asked = True

    def _want(self, *_: Any) -> None:
        self._wanted_at = time.monotonic()


def work(path: Path, give_way: Callable[[], None] = lambda: None) -> int:
    """Trains the run in a folder and gives the exit code of `app.executors.program`.

    `give_way` is called after the first point.
    """
    folder = RunFolder(path)
    with folder.lock():
        migrate(folder)
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
    return no_room(error) or "No space left on device" in str(error)  # as safetensors says it


def standing(path: Path) -> Standing:
    """How far a run has come, by its own log."""
    folder = RunFolder(path)
    told = EventReader(folder).events()
    return Standing(any(event["type"] == "finished" for event in told), _furthest(told), _called(folder, told))


def seconds_left(path: Path) -> float | None:
    """What a run still takes by its own newest report; None where it has not said, and while it is paused."""
    try:
        with RunFolder(path).events_file.open("rb") as log:
            log.seek(max(log.seek(0, os.SEEK_END) - LATEST, 0))
            latest = log.read()
    except OSError:
        return None
    latest = latest[: latest.rfind(b"\n") + 1]
    at = latest.rfind(b'"type":"speed"')
    if at < latest.rfind(b'"type":"paused"') or at < 0:
        return None
    report = json.loads(latest[latest.rfind(b"\n", 0, at) + 1 : latest.index(b"\n", at)])
    left = report["remaining_seconds"]
    return None if left is None else max(left - (time.time() - report["time"]), 0.0)


def end(path: Path, reason: str) -> None:
    """Writes the end of a run whose worker is gone and could not; does nothing where there is one."""
    folder = RunFolder(path)
    how_far = standing(path)
    if not how_far.finished:
        endings = {
            "out_of_memory": ending("out_of_memory", NO_MEMORY),
            "stopped": ending("stopped", STOPPED, step=how_far.step),
        }
        over = endings.get(reason) or ending("lost", LOST)
        try:
            finish(folder, over)
        except OSError as error:
            if not no_room(error):
                raise
            shutil.rmtree(folder.live, ignore_errors=True)  # room for the last event
            finish(folder, over)


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
        for networks in (session.stepper.networks, session.stepper.averaged):
            begin_with_start(folder, networks)
        keep_entrance(folder, session.look.samples.prepared)
        journal = Journal(folder, writer, session)
        _tell_start(writer, experiment, session, attempt)
        step = journal.begin_again() if attempt > 1 or "parent" in folder.about() else 0
        if attempt > 1:
            writer.write(events.Rewound, step=step, epoch=rounded(session.epoch))
        Loop(session, journal, leave, give_way).go()


def _tell_start(writer: EventWriter, experiment: Experiment, session: Session, attempt: int) -> None:
    prepared = session.look.samples.prepared
    learned = prepared.learned
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
        parameters=sum(
            parameter.numel() for network in session.stepper.networks.values() for parameter in network.parameters()
        ),
        steps_per_epoch=session.feed.order.steps_per_epoch,
        stepper=session.stepper.name,
        tokenizer=None if learned is None else learned.described(),
        corpus=experiment.dataset.corpus(prepared.raw, prepared.vocabulary(experiment.dataset)),
    )


def _called(folder: RunFolder, told: list[dict[str, Any]]) -> Call | None:
    """The command that waits, where it makes a paused run go on or stop."""
    applied = {event["number"] for event in told if event["type"] == "command_applied"}
    step = _furthest(told)
    with closing(CommandReader(folder)) as reader:
        kinds = {
            command.kind for number, command in reader.new() if number not in applied and (command.at_step or 0) <= step
        }
    return "stop" if "stop" in kinds else "go on" if kinds & GO_ON else None


def _furthest(told: list[dict[str, Any]]) -> int:
    furthest = 0
    for event in told:
        if event["type"] == "measured":
            furthest = max(furthest, event["columns"]["step"][-1])
        elif event["type"] in ("evaluated", "command_applied"):
            furthest = max(furthest, event["step"])
    return furthest
