"""What a session tells the world: rows, metrics, pictures and checkpoints, each at its fixed steps."""

import time
from math import inf

from app.runs import events
from app.runs.folder import RunFolder
from app.runs.log import EventWriter
from app.training.checkpoints import Checkpoints
from app.training.doctor import Finding
from app.training.measuring import rounded
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
        self._evaluated_at = -1
        self._kept_at = -1
        self._watched: list[str] = []
        self._asked_at = 0.0

    def begin_again(self) -> int:
        """Restores the newest checkpoint, if there is one, and gives its step; 0 is the start."""
        step = self._checkpoints.newest()
        if step is None:
            return 0
        self._session.restore(*self._checkpoints.load(step))
        self._evaluated_at = self._kept_at = step
        return step

    def measure(self, chunk: Chunk, last: bool = False) -> None:
        """Tells the losses of a chunk that has just been trained."""
        stepper = self._session.stepper
        first = stepper.step + chunk.broke - len(chunk.losses) + 1
        columns = self._session.measuring.rows(first, chunk.losses, chunk.epochs, chunk.rates, last)
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
            self.save()

    def evaluate(self, chunk: Chunk | None) -> None:
        """Metrics over whole splits, and what the doctor says of them."""
        session, stepper = self._session, self._session.stepper
        if self._evaluated_at == stepper.step:
            return
        self._evaluated_at = stepper.step
        found = session.evaluator.evaluate(stepper)
        layers = chunk.layers if chunk else {}
        session.metrics = found.metrics
        session.look.layers = layers or session.look.layers
        self.writer.write(
            events.Evaluated,
            step=stepper.step,
            epoch=rounded(stepper.epoch),
            metrics={name: rounded(value) for name, value in found.metrics.items()},
            layers={path: {name: rounded(value) for name, value in one.items()} for path, one in layers.items()},
            confusion=found.confusion,
            test_confusion=found.test_confusion,
        )
        finding = session.doctor.look(stepper.step, stepper.epoch, found.metrics["train_loss"], found.learned)
        if finding:
            self.warn(finding)

    def stepped(self, before: float, after: float) -> None:
        """Tells what one step by hand did to the loss of its batch, and to everything else."""
        metrics = self._session.evaluator.evaluate(self._session.stepper).metrics
        self.writer.write(
            events.Stepped,
            step=self._session.stepper.step,
            loss_before=rounded(before),
            loss_after=rounded(after),
            metrics={name: rounded(value) for name, value in metrics.items()},
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
        session.clock.probed(session.probing.keep(self._folder, stepper.step, stepper.epoch))
        self.writer.write(
            events.FrameKept, step=stepper.step, epoch=rounded(stepper.epoch), probes=session.probing.names
        )

    def save(self) -> None:
        """Writes a checkpoint."""
        stepper, metrics = self._session.stepper, self._session.metrics
        watched = metrics.get("validation_loss", metrics.get("train_loss", inf))
        loss = watched if self._evaluated_at == stepper.step else inf
        best = self._checkpoints.save(stepper.step, *self._session.state(), loss)
        self.writer.write(events.CheckpointSaved, step=stepper.step, epoch=rounded(stepper.epoch), best=best)

    def show(self, now: bool = False) -> None:
        """Replaces the newest pictures that someone looks at, when it is time to; `now` does not wait for that."""
        session = self._session
        newly = self._look_up()
        if self._watched and (now or newly or session.clock.may_look()):
            step, epoch = session.stepper.step, session.stepper.epoch
            session.clock.probed(session.probing.show(self._folder, self._watched, step, epoch))

    def watched_anew(self) -> bool:
        """Whether someone has begun to look at something that nobody looked at."""
        return self._look_up()

    def report(self, force: bool = False) -> None:
        """Tells how fast it goes, when it is time to."""
        session = self._session
        values = session.clock.report(
            session.stepper.step,
            session.stepper.epoch,
            session.experiment.training.epochs,
            session.multiply_adds,
            force,
        )
        if values:
            self.writer.write(events.Speed, **values)

    def warn(self, finding: Finding) -> None:
        """Tells what the doctor found."""
        self.writer.write(
            events.Warned,
            step=self._session.stepper.step,
            what=finding.what,
            sentence=finding.sentence,
            fix=finding.fix,
        )

    def _look_up(self) -> bool:
        now = time.monotonic()
        if now - self._asked_at < WATCHERS_EVERY:
            return False
        self._asked_at = now
        before, self._watched = set(self._watched), self._folder.watched()
        return bool(set(self._watched) - before)
