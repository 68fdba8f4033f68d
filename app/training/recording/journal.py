"""What a session tells the world: rows, metrics, pictures and checkpoints, each at its fixed steps."""

import time
from math import inf

from app.runs import events
from app.runs.folder import RunFolder
from app.runs.log import EventWriter
from app.training.doctor import Verdict
from app.training.recording.checkpoints import Checkpoints
from app.training.recording.measuring import rounded
from app.training.running.ending import Ending
from app.training.running.room import out_of_room
from app.training.session import Session
from app.training.steppers.stepper import Chunk

WATCHERS_EVERY = 0.25  # seconds between two looks at who is watching


class Journal:
    """Writes the log, the frames and the checkpoints of one run."""

    def __init__(self, folder: RunFolder, writer: EventWriter, session: Session) -> None:
        self.writer = writer
        self._folder = folder
        self._session = session
        self._checkpoints = Checkpoints(folder, session.moments)
        self.out_of_room: Ending | None = None
        self._evaluated_at = -1
        self._kept_at = -1
        self._watched: list[str] = []
        self._asked_at = 0.0

    def begin_again(self) -> int:
        """Restores the newest checkpoint, if there is one, and gives its step; 0 is the start."""
        step = self._checkpoints.newest()
        if step is None:
            return 0
        tensors, values = self._checkpoints.load(step)
        if values.get("partial"):  # of a fork with new layers, which begin as they were drawn
            tensors = {**self._session.stepper.state().tensors, **tensors}
        self._session.restore(tensors, values)
        if values.get("partial"):
            self.save()
        self._evaluated_at = self._kept_at = step
        return step

    def measure(self, chunk: Chunk, last: bool = False) -> None:
        """Tells the losses of a chunk that has just been trained."""
        session = self._session
        first = session.stepper.step + chunk.broke - chunk.count + 1
        rates = session.experiment.optimizer.lr * chunk.factors
        session.rate = float(rates[-1])
        columns = session.measuring.rows(first, chunk.losses, chunk.epochs, rates, last)
        if columns["step"]:
            self.writer.write(events.Measured, columns=columns)

    def happen(self, chunk: Chunk | None) -> None:
        """Takes what is due after the step that was just reached: metrics, a kept picture, a checkpoint."""
        step, due = self._session.stepper.step, self._session.moments
        if due.evaluates(step):
            self.evaluate(chunk)
        if due.keeps_frame(step):
            self.keep_frame()
        if due.saves(step):
            self.out_of_room = out_of_room(self._folder, self._checkpoints.size)
            if self.out_of_room is None:  # else the end saves, once
                self.save()

    def evaluate(self, chunk: Chunk | None) -> None:
        """Metrics over whole splits, and what the doctor says of them, where that is something else than before."""
        session, stepper = self._session, self._session.stepper
        if self._evaluated_at == stepper.step:
            return
        self._evaluated_at = stepper.step
        found = session.evaluator.evaluate(stepper.averaged)
        layers = chunk.layers if chunk else {}
        session.metrics = found.metrics
        session.look.layers = layers or session.look.layers
        self.writer.write(
            events.Evaluated,
            step=stepper.step,
            epoch=rounded(session.epoch),
            metrics={name: rounded(value) for name, value in found.metrics.items()},
            layers={path: {name: rounded(value) for name, value in values.items()} for path, values in layers.items()},
            confusion=found.confusion,
            test_confusion=found.test_confusion,
        )
        said = session.doctor.verdict
        verdict = session.doctor.look(
            stepper.step, session.epoch, found.metrics, found.learned, session.rate, holds=found.holds
        )
        if verdict != said:
            self.judge(verdict)

    def stepped(self, before: float, after: float) -> None:
        """Tells what one step by hand did to the loss of its batch, and to everything else."""
        stepper = self._session.stepper
        found = self._session.evaluator.evaluate(stepper.averaged)
        self.writer.write(
            events.Stepped,
            step=stepper.step,
            loss_before=rounded(before),
            loss_after=rounded(after),
            metrics={name: rounded(value) for name, value in found.metrics.items()},
            confusion=found.confusion,
            networks=None if stepper.only is None else list(stepper.only),
        )

    def evaluate_again(self) -> None:
        """Metrics of a network that was changed at this very step."""
        self._evaluated_at = -1
        self.evaluate(None)

    def keep_frame(self) -> None:
        """Keeps a picture of every probe."""
        session, stepper = self._session, self._session.stepper
        if self._kept_at == stepper.step or not session.probing.names:
            return
        self._kept_at = stepper.step
        session.clock.probed(session.probing.keep(self._folder, stepper.step, session.epoch))
        self.writer.write(
            events.FrameKept, step=stepper.step, epoch=rounded(session.epoch), probes=session.probing.names
        )

    def save(self) -> None:
        """Writes a checkpoint."""
        session = self._session
        stepper, metrics = session.stepper, session.metrics
        name = session.experiment.task.watched
        watched = metrics.get(f"validation_{name}", metrics.get(f"train_{name}", inf))
        loss = watched if self._evaluated_at == stepper.step else inf
        best = self._checkpoints.save(stepper.step, *session.state(), loss)
        self.writer.write(events.CheckpointSaved, step=stepper.step, epoch=rounded(session.epoch), best=best)

    def show(self, now: bool = False) -> None:
        """Replaces the newest pictures that someone looks at, when it is time to; `now` does not wait for that."""
        session = self._session
        newly = self._look_up()
        if self._watched and (now or newly or session.clock.may_look()):
            step, epoch = session.stepper.step, session.epoch
            session.clock.probed(session.probing.show(self._folder, self._watched, step, epoch))

    def watched_anew(self) -> bool:
        """Whether someone has begun to look at something that nobody looked at."""
        return self._look_up()

    def report(self, force: bool = False) -> None:
        """Tells how fast it goes, when it is time to."""
        session = self._session
        values = session.clock.report(
            session.stepper.step,
            session.epoch,
            session.experiment.training.epochs,
            session.multiply_adds,
            force,
        )
        if values:
            self.writer.write(events.Speed, **values)

    def conclude(self, reason: str) -> None:
        """The last verdict, where the end changes it."""
        said = self._session.doctor.verdict
        verdict = self._session.doctor.conclude(reason)
        if verdict != said:
            self.judge(verdict)

    def judge(self, verdict: Verdict | None) -> None:
        """Tells the doctor's verdict; None takes the last one back."""
        session = self._session
        self.writer.write(
            events.Judged,
            step=session.stepper.step,
            epoch=rounded(session.epoch),
            verdict=verdict and verdict.told(),
        )

    def _look_up(self) -> bool:
        now = time.monotonic()
        if now - self._asked_at < WATCHERS_EVERY:
            return False
        self._asked_at = now
        before, self._watched = set(self._watched), self._folder.watched()
        return bool(set(self._watched) - before)
