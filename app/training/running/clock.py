"""What follows the clock: how long a chunk may be, how slowly to show it, when to look and when to tell."""

import os
import time
from typing import Any, Literal

OBEY_WITHIN = 0.03  # seconds a chunk may take, so that commands are obeyed within 50 ms
PROBE_SHARE = 0.05  # of the time may go into looking
PROBE_SHARE_LONG_STEPS = 0.03
LONG_STEP = 0.002  # seconds
SMOOTH = 1 / 30  # seconds between two pictures at the most often
PACES: dict[str, float | None] = {"watch": 2.0, "fast": 60.0, "full": None}  # epochs per second at the most
FIRST_REPORT, REPORT_EVERY, REPORT_SHARE = 0.25, 0.5, 0.01  # seconds, seconds, and of the time so far: bounds the log

LEAST_TRAINING = 0.1  # share of the time from which the pace of training is told

Pace = Literal["watch", "fast", "full"]


class Clock:
    """Times of one attempt, and the totals of those before it."""

    def __init__(self) -> None:
        self.pace: Pace = "full"
        self._earlier_seconds = 0.0
        self._began = time.perf_counter()  # moved on by pauses
        self._earlier_cpu = 0.0
        self._step_seconds = 0.001
        self._probe_seconds = 0.0
        self._last_look = 0.0
        self._last_report = 0.0
        self._reported = False  # in this attempt
        self._since: dict[str, float] = {"at": 0.0, "steps": 0.0, "samples": 0.0, "probing": 0.0}

    def chunk(self, steps_per_epoch: int) -> int:
        """How many steps the next chunk may have."""
        step = max(self._step_seconds, self._least(steps_per_epoch))
        return max(1, int(OBEY_WITHIN / step))

    def trained(self, seconds: float, steps: int, samples: int, steps_per_epoch: int) -> None:
        """Notes a chunk, and waits where it is to be shown slowly."""
        self._step_seconds += 0.3 * (seconds / max(steps, 1) - self._step_seconds)
        rest = self._least(steps_per_epoch) * steps - seconds
        if rest > 0:
            time.sleep(rest)  # slow motion that a person asked for
        self._since["steps"] += steps
        self._since["samples"] += samples

    def probed(self, seconds: float) -> None:
        """Notes what a look cost."""
        self._probe_seconds += 0.3 * (seconds - self._probe_seconds)
        self._last_look = time.perf_counter()
        self._since["probing"] += seconds

    def may_look(self) -> bool:
        """Whether looking again stays within its share of the time."""
        share = PROBE_SHARE_LONG_STEPS if self._step_seconds > LONG_STEP else PROBE_SHARE
        pause = max(SMOOTH, self._probe_seconds / share)
        return time.perf_counter() - self._last_look >= pause

    def report(self, step: int, epoch: float, epochs: float, macs: float, force: bool = False) -> dict[str, Any] | None:
        """The values of a `speed` event, when it is time for one."""
        now = self.seconds
        due = max(REPORT_EVERY, now * REPORT_SHARE) if self._last_report else FIRST_REPORT
        if not force and now - self._last_report < due:
            return None
        passed = max(now - self._since["at"], 1e-9)
        steps, samples = self._since["steps"] / passed, self._since["samples"] / passed
        per_epoch = epoch / max(step, 1)
        share = min(self._since["probing"] / passed, 1.0)
        rate = steps / max(1 - share, LEAST_TRAINING)
        timed = self._reported and steps and per_epoch  # before the first report hardly anything but looks was done
        left = (epochs - epoch) / (rate * per_epoch) if timed else None
        self._since = {"at": now, "steps": 0.0, "samples": 0.0, "probing": 0.0}
        self._last_report, self._reported = now, True
        return {
            "step": step,
            "epoch": epoch,
            "steps_per_second": round(steps, 3),
            "samples_per_second": round(samples, 3),
            "epochs_per_second": round(steps * per_epoch, 3),
            "seconds": round(now, 3),
            "cpu_seconds": round(self.cpu_seconds, 3),
            "multiply_adds": macs,
            "probe_share": round(share, 4),
            "remaining_seconds": None if left is None else round(left, 1),
        }

    def waited(self, seconds: float) -> None:
        """Leaves a pause out."""
        self._began += seconds

    @property
    def seconds(self) -> float:
        """Time spent on the run, pauses left out, all attempts."""
        return self._earlier_seconds + time.perf_counter() - self._began

    @property
    def cpu_seconds(self) -> float:
        """Processor time of all attempts."""
        times = os.times()
        return self._earlier_cpu + times.user + times.system

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"pace": self.pace, "seconds": self.seconds, "cpu": self.cpu_seconds}

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        self.pace, self._earlier_seconds, self._earlier_cpu = state["pace"], state["seconds"], state["cpu"]
        self._last_report = self._since["at"] = self.seconds

    def _least(self, steps_per_epoch: int) -> float:
        pace = PACES[self.pace]
        return 0.0 if pace is None else 1 / (pace * steps_per_epoch)
