"""At which steps something is recorded: pure functions of step and document, so many to each doubling of the step.

How many depends on what one costs beside a step, estimated from sizes alone: what a clock says may decide nothing here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.experiment.compilable import quick, seconds_per_step
from app.experiment.experiment import Experiment
from app.parts.layers.stack import Placed

DEAR = 16  # steps; evaluations that cost more are half as frequent, and none is taken before step 2 × cost
NEVER = 1 << 62
DENSE_MEASURES = 1024  # every step is measured up to here; about 500 to each doubling behind it
MOST_EVALUATIONS, EVALUATION_SHARE = 32, 0.03  # to each doubling; of the time of its steps
MOST_FRAMES, FRAME_SHARE = 4, 0.01
MOST_CHECKPOINTS, CHECKPOINT_SHARE = 4, 0.01
FIRST_CHECKPOINT = 16
# Bytes. Small checkpoints stay wherever a picture is kept, large ones nowhere (but the newest and the best), all others
# at powers of two.
SMALL_CHECKPOINT, LARGE_CHECKPOINT = 1 << 16, 1 << 22

# Measured on one core: what a step, an evaluation, a frame and a checkpoint cost whatever the network (microseconds),
# what each unit adds to a frame, how many multiply-adds one microsecond makes, and how many bytes it writes.
STEP, EVALUATION, FRAME, CHECKPOINT, UNIT, SPEED, WRITING = 170.0, 300.0, 3000.0, 1000.0, 5.0, 20_000.0, 500.0
MOST_UNITS = 4096  # of a frame; more are not in it
BYTES = 12  # of a checkpoint for each parameter: itself, and two numbers of the optimizer
GRID_ROWS = 11_000  # samples of a surface


def measure_stride(step: int) -> int:
    """How many steps one measured row stands for at `step`; the rows end at multiples of it."""
    return 1 if step <= DENSE_MEASURES else 1 << ((step - 1).bit_length() - 10)


@dataclass(frozen=True)
class Moments:
    """What an evaluation, a kept frame and a checkpoint cost, in steps."""

    evaluation: float
    frame: float
    checkpoint: float

    @classmethod
    def of(cls, experiment: Experiment, placed: Sequence[Placed]) -> "Moments":
        """The moments of an experiment whose network has these layers."""
        parameters = sum(layer.parameters for layer in placed)
        units = min(sum(layer.after.numbers for layer in placed), MOST_UNITS)
        sample = experiment.step_multiply_adds() / SPEED
        step = STEP + 3 * experiment.training.batch_size * experiment.task.turns() * sample
        # Of steps that the compiled loop takes, pictures are fewer; evaluations are not, so that curves and what the
        # doctor sees in them are as ever.
        own = seconds_per_step(experiment) * 1e6 if quick(experiment) else step
        drawn = GRID_ROWS if any(probe.kind == "surface" for probe in experiment.chosen_probes()) else 0
        return cls(
            evaluation=(EVALUATION + experiment.measured_samples * sample) / step,
            frame=(FRAME + UNIT * units + drawn * sample) / own,
            checkpoint=(CHECKPOINT + parameters * BYTES / WRITING) / own,
        )

    def evaluates(self, step: int) -> bool:
        """Whether metrics over whole splits are taken after `step` steps."""
        stride = self._evaluation_stride(step)
        return stride != NEVER and step % stride == 0

    def keeps_frame(self, step: int) -> bool:
        """Whether the pictures after `step` steps are kept for the scrubber."""
        return step % self._frame_stride(step) == 0

    def saves(self, step: int) -> bool:
        """Whether a checkpoint is written after `step` steps."""
        return step >= FIRST_CHECKPOINT and step % self._checkpoint_stride(step) == 0

    def keeps_checkpoint(self, step: int, size: int) -> bool:
        """Whether a checkpoint of `size` bytes stays when the next is written."""
        if size >= LARGE_CHECKPOINT:
            return False
        return step & (step - 1) == 0 or (size < SMALL_CHECKPOINT and self.keeps_frame(step))

    def next_happening(self, step: int) -> int:
        """The first step behind `step` at which anything but measuring happens."""
        following = step + 1
        strides = (
            self._evaluation_stride(following),
            self._frame_stride(following),
            self._checkpoint_stride(following),
        )
        doubled = 1 << step.bit_length()  # there the strides change
        return min(doubled, *(-(-following // stride) * stride for stride in strides))

    def _evaluation_stride(self, step: int) -> int:
        least = next((least for most, least in ((2, 4), (4, 2), (DEAR, 1)) if self.evaluation < most), 0.5)
        if least < 1 and step < 2 * self.evaluation:
            return NEVER
        return _stride(step, _affordable(step, EVALUATION_SHARE / self.evaluation, least, MOST_EVALUATIONS))

    def _frame_stride(self, step: int) -> int:
        least = 2 if 4 <= self.frame < 40 else 1  # short steps are many, so that their first doublings cost little
        return _stride(step, _affordable(step, FRAME_SHARE / self.frame, least, MOST_FRAMES))

    def _checkpoint_stride(self, step: int) -> int:
        return _stride(step, _affordable(step, CHECKPOINT_SHARE / self.checkpoint, 1, MOST_CHECKPOINTS))


def _affordable(step: int, for_each_step: float, least: float, most: int) -> float:
    """How many a doubling may have, a power of two: from its first step, the same for all of it."""
    first = 1 << max((step - 1).bit_length() - 1, 0)
    paid = int(first * for_each_step)
    return min(max(1 << (paid.bit_length() - 1) if paid else 0, least), most)


def _stride(step: int, count: float) -> int:
    """The distance of `count` steps spread evenly over the doubling that `step` is in: (2ⁿ, 2ⁿ⁺¹].

    Half a one is the end of every other doubling: 1, 4, 16, 64, …
    """
    power = max((step - 1).bit_length() - 1, 0)
    if count < 1:
        return 1 << (power + 2 - power % 2) if step > 1 else 1
    return max((1 << power) // int(count), 1)
