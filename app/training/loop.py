"""The loop of one run: obey, take a chunk of steps, tell of it; until a rule or a person ends it."""

import time
from collections.abc import Callable
from typing import Protocol

from app.experiment.addresses import name_within, network_of
from app.experiment.live_changes import check_networks, check_weight
from app.parts.metrics import split_of
from app.parts.problem import Problem
from app.runs import commands, events
from app.training.recording.journal import Journal
from app.training.recording.measuring import rounded
from app.training.running.ending import (
    ALL_EPOCHS,
    ALL_STEPS,
    GOOD_ENOUGH,
    NO_BETTER,
    OUT_OF_TIME,
    STOPPED,
    Ending,
    Left,
    ending,
)
from app.training.session import Session

LEAVES_AFTER = 300.0  # seconds of waiting after which a paused worker gives up its place
NAP = 0.01  # seconds between two looks for commands while paused


class Leaving(Protocol):
    """Whether the worker has to go away; `wanted`, whether it has to while it is paused, because others wait."""

    def __call__(self) -> bool: ...

    def wanted(self) -> bool: ...


class Loop:
    """Trains a session on, until it is over or has to leave; `told` is called after the first point."""

    def __init__(self, session: Session, journal: Journal, leave: Leaving, told: Callable[[], None]) -> None:
        self.session = session
        self.journal = journal
        self.leave = leave
        self._told: Callable[[], None] | None = told
        self._waits_since: float | None = None
        self._stop: Ending | None = None
        self._broke_at: tuple[int, float] | None = None  # step and epoch of a loss that is not finite
        self._unsaved = False  # whether it learned, or was changed by hand, since the last pause

    def go(self) -> None:
        """Trains to the end and writes it. Raises `Left` where the worker has to go before that."""
        if self.session.stepper.step == 0:
            self.journal.happen(None)
        end = None
        while end is None:
            if self.leave():
                self._go_away()
            self._obey()
            end = self._stop or self._over()
            if end is None:
                end = self._wait() if self.session.control.paused else self._train()
        self._finish(end)

    def _train(self) -> Ending | None:
        session, journal = self.session, self.journal
        count = self._count()
        by_hand = session.control.halt_at == session.stepper.step + 1
        batch = session.feed.batch(session.stepper.step) if by_hand else None
        before = session.batch_loss(batch) if batch else 0.0
        self._unsaved = True
        session.stepper.only = session.control.movers(session.stepper.step)
        start = time.perf_counter()
        chunk = session.stepper.advance(
            count, observe=by_hand or session.moments.evaluates(session.stepper.step + count)
        )
        seconds = time.perf_counter() - start
        journal.measure(chunk, last=chunk.broke or self._last_step())
        if self._told:
            self._told()
            self._told = None
        if chunk.broke:
            return self._diverged(float(chunk.epochs[-1]))
        journal.happen(chunk)
        end = self._epoch_end() or journal.out_of_room
        journal.show(now=session.control.arrived(session.stepper.step))
        journal.report()
        if batch:
            journal.stepped(before, session.batch_loss(batch))
        if session.control.paused:
            journal.writer.write(events.Paused, step=session.stepper.step)
        session.clock.trained(seconds, chunk.count, chunk.samples, session.feed.order.steps_per_epoch)
        return end

    def _count(self) -> int:
        session = self.session
        step = session.stepper.step
        limits = [
            session.moments.next_happening(step) - step,
            session.clock.chunk(session.feed.order.steps_per_epoch),
            max(session.steps_left(), 1),
        ]
        control = session.control
        stops = (session.experiment.training.steps, control.halt_at, control.only_to, session.orders.next_step(step))
        for stop in stops:
            if stop is not None and stop > step:
                limits += [stop - step]
        if session.watches_epochs():
            limits.append(session.feed.order.steps_to_epoch_end())
        return min(limits)

    def _last_step(self) -> bool:
        session = self.session
        return session.steps_left() == 0 or session.stepper.step == session.experiment.training.steps

    def _over(self) -> Ending | None:
        session, training = self.session, self.session.experiment.training
        if session.steps_left() == 0:
            return ending("done", ALL_EPOCHS, epochs=training.epochs)
        if training.steps is not None and session.stepper.step >= training.steps:
            return ending("done", ALL_STEPS, steps=training.steps)
        if training.seconds is not None and session.clock.seconds >= training.seconds:
            return ending("done", OUT_OF_TIME, seconds=training.seconds)
        if training.target is not None and training.target.metric in session.metrics:
            value = session.metrics[training.target.metric]
            _, metric = split_of(training.target.metric)
            if metric and metric.reached(value, training.target.value):
                return ending("done", GOOD_ENOUGH, metric=training.target.metric, value=float(f"{value:.4g}"))
        return None

    def _epoch_end(self) -> Ending | None:
        session = self.session
        if not session.watches_epochs() or not session.feed.order.at_epoch_end:
            return None
        loss = session.evaluator.watched_loss(session.stepper.averaged)
        if session.experiment.schedule.watches:
            session.epoch_losses.append(loss)
            session.stepper.factor = session.experiment.schedule.factor_from_losses(session.epoch_losses)
        early = session.early
        if early and early.enough(loss, session.epoch, session.stepper.averaged):
            early.put_back(session.stepper.networks)
            early.put_back(session.stepper.averaged)
            session.doctor.begin_anew()
            self.journal.evaluate_again()
            rule = session.experiment.training.early_stopping
            patience = rule.patience if rule else 0
            return ending("done", NO_BETTER, patience=patience, epoch=round(early.best_epoch))
        return None

    def _obey(self) -> None:
        session, step = self.session, self.session.stepper.step
        for number, command in session.orders.due(step):
            was = session.control.paused
            try:
                self._apply(command)
            except Problem:  # the server has refused it already; one that slips through changes nothing
                continue
            if session.orders.is_new(number):
                self.journal.writer.write(
                    events.CommandApplied, step=step, number=number, command=commands.as_recorded(command)
                )
            if was != session.control.paused:
                self.journal.writer.write(events.Paused if session.control.paused else events.Resumed, step=step)
                self.journal.show(now=True)

    def _apply(self, command: commands.Command) -> None:
        session = self.session
        if isinstance(command, commands.TakeSteps):
            check_networks(session.experiment, command.networks)
        session.control.obey(command, session.stepper.step, session.feed.order)
        match command:
            case commands.Stop():
                self._stop = ending("stopped", STOPPED, step=session.stepper.step)
            case commands.Pace():
                session.clock.pace = command.value
            case commands.Set(path=str(path)):
                session.change(path, command.value)
            case commands.Set(weight=commands.Weight() as weight):
                self._set_weight(weight, float(command.value))
            case _:
                pass

    def _set_weight(self, weight: commands.Weight, value: float) -> None:
        session = self.session
        check_weight(session.experiment, weight.path, weight.index)
        for networks in (session.stepper.networks, session.stepper.averaged):
            parameter = networks[network_of(weight.path)].get_parameter(name_within(weight.path))
            parameter.data[tuple(weight.index)] = value
        self._unsaved = True
        self.journal.evaluate_again()
        self.journal.show(now=True)

    def _wait(self) -> None:
        session, now = self.session, time.monotonic()
        self._waits_since = self._waits_since or now
        if now - self._waits_since > LEAVES_AFTER or (self.leave.wanted() and not session.orders.waiting()):
            self._go_away()
        if self._unsaved:  # so that questions are answered by the network as it stands
            self._unsaved = False
            self.journal.save()
        if self.journal.watched_anew():
            self.journal.show(now=True)
        time.sleep(NAP)  # nothing to do until a person says so
        session.clock.waited(time.monotonic() - now)
        if session.orders.waiting():
            self._waits_since = None

    def _go_away(self) -> None:
        self.journal.save()
        raise Left(self.session.control.paused)

    def _diverged(self, epoch: float) -> Ending:
        session = self.session
        self._broke_at = session.stepper.step + 1, epoch  # begun, not taken: its loss is in the curve
        verdict = session.doctor.diverged(session.stepper.step + 1, session.first_broken())
        self.journal.judge(verdict)
        return Ending("diverged", verdict.sentence["template"], verdict.sentence["values"])

    def _finish(self, end: Ending) -> None:
        session = self.session
        step, epoch = self._broke_at or (session.stepper.step, session.epoch)
        if end.reason != "diverged":
            self.journal.evaluate(None)
            self.journal.conclude(end.reason)
            self.journal.keep_frame()
            self.journal.save()
        self.journal.show(now=True)
        self.journal.report(force=True)
        sentence = {"template": end.template, "values": end.values}
        self.journal.writer.write(
            events.Finished, step=step, epoch=rounded(epoch), reason=end.reason, sentence=sentence
        )
