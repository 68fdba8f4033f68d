"""The course of a run: its newest evaluations, its best one, and how its losses move."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

FEW = 6  # evaluations, below which there is no course
PATIENT_STEPS = 200  # before anything is said against it
MOST_ROWS = 128  # that are remembered: evaluations are spread evenly over each doubling of the step, 32 at most
LAST = 5  # evaluations whose mean is "now": one alone swings with its batch

FALLS = 0.05  # of a loss over the last half of the run
STANDS = 0.02  # relative change over the last half that counts as none
SMALL = 0.02  # a difference of losses that does not count
RISEN = 0.1  # of the lowest validation loss: a rise beyond it is one,
LASTING = 4  # if so many evaluations are all above the lowest,
LONG = 8  # and the lowest is older than so many
CRAWLED = 0.1  # of the first loss: less is hardly any way

JUMP = 1.5  # a loss that becomes so many times larger, or smaller, within one evaluation, jumps
JUMPS, WINDOW = 3, 24  # so many up and so many down, among so many evaluations
GETS_THERE = 0.7  # of the half before: it jumps, but gets there
TINY, LEARNED_SHARE = 1e-3, 0.1  # losses below this, or this share of the first, may jump as they like


@dataclass(frozen=True)
class CoursePoint:
    """One evaluation: losses, and the score that says how good it is; validation is None where nothing is kept aside.
    Of a task whose loss says nothing of its answers, what the score lacks of 1 stands in place of the loss.

    `learned` says whether it is better than an answer that ignores its input, `holds` the same of the samples that
    validate. `fault` is what the task itself finds wrong: a `head`, a `sentence` and a `fix`, as in a verdict.
    """

    step: int
    epoch: float
    train: float
    validation: float | None
    train_score: float
    validation_score: float | None
    learned: bool
    fault: dict[str, Any] | None = None
    holds: bool = True

    @property
    def watched(self) -> float:
        """The loss on validation samples, or on those of training where there are no others."""
        return self.train if self.validation is None else self.validation

    @property
    def score(self) -> float:
        """The score on the same samples as `watched`."""
        return self.train_score if self.validation_score is None else self.validation_score


class Course:
    """`rows` in order of steps; `first` and `best` (lowest watched loss) of the whole run."""

    def __init__(self) -> None:
        self.rows: list[CoursePoint] = []
        self.first: CoursePoint | None = None
        self.best: CoursePoint | None = None
        self.since_best = 0  # evaluations

    def add(self, row: CoursePoint) -> None:
        """The next evaluation, or the same step again, as after a weight was set by hand."""
        if self.rows and self.rows[-1].step == row.step:
            self.rows.pop()
        self.rows = [*self.rows, row][-MOST_ROWS:]
        self.first = self.first or row
        self.since_best += 1
        if self.best is None or row.watched < self.best.watched:
            self.best, self.since_best = row, 0

    def forget(self) -> None:
        """Begins anew: what follows are other weights than those that led here."""
        self.__init__()

    @property
    def now(self) -> CoursePoint:
        """The newest evaluation."""
        return self.rows[-1]

    @property
    def half(self) -> CoursePoint | None:
        """The last evaluation within the first half of the steps; None where the course is too short to halve."""
        if len(self.rows) < FEW and self.now.step < PATIENT_STEPS:
            return None
        return next((row for row in reversed(self.rows) if 0 < row.step <= self.now.step / 2), None)

    def falls(self, floor: float) -> bool:
        """Whether the watched loss, as far as it lies above `floor`, has clearly fallen over the last half."""
        return self._fell([row.watched for row in self.rows], floor)

    def train_falls(self) -> bool:
        """Whether the training loss has clearly fallen over the last half."""
        return self._fell([row.train for row in self.rows], 0.0)

    def stands(self) -> bool:
        """Whether the training loss has hardly changed over the last half, on average."""
        if self.half is None:
            return False
        behind = [row.train for row in self.rows if row.step >= self.half.step]
        middle = len(behind) // 2
        if middle < LAST // 2:
            return False
        earlier, later = mean(behind[:middle]), mean(behind[middle:])
        return abs(later - earlier) <= STANDS * max(earlier, TINY)

    def crawls(self) -> bool:
        """Whether the training loss has fallen all the time, but hardly anywhere."""
        if self.first is None or self.half is None:
            return False
        losses = [row.train for row in self.rows]
        falling = sum(after < before for before, after in pairwise(losses)) >= 0.8 * (len(losses) - 1)
        return falling and losses[-1] > (1 - CRAWLED) * self.first.train

    def memorises(self) -> bool:
        """Whether validation loss has risen for long while training loss fell."""
        if self.best is None or self.now.validation is None or self.since_best <= LONG:
            return False
        recent = min(row.watched for row in self.rows[-LASTING:])
        return recent > self.best.watched + max(SMALL, RISEN * self.best.watched) and self.now.train < self.best.train

    def jumps(self) -> bool:
        """Whether the training loss keeps rising and falling without getting anywhere."""
        recent = [row.train for row in self.rows[-WINDOW:]]
        first = self.first.train if self.first else 0.0
        half = len(recent) // 2
        if sum(recent[half:]) < GETS_THERE * sum(recent[:half]):
            return False
        steps = [pair for pair in pairwise(recent) if max(pair) > max(TINY, LEARNED_SHARE * first)]
        return (
            sum(after > JUMP * before for before, after in steps) >= JUMPS
            and sum(before > JUMP * after for before, after in steps) >= JUMPS
        )

    def _fell(self, losses: list[float], floor: float) -> bool:
        """Whether losses fell from the middle of the steps to the end, each the mean of a few evaluations."""
        if self.half is None:
            return False
        at = self.rows.index(self.half)
        few = min(LAST, max(at, 1))
        before, after = mean(losses[max(at - few + 1, 0) : at + 1]), mean(losses[-few:])
        return before - after > max(SMALL / 4, FALLS * max(before - floor, 0.0))

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {
            "rows": [_told(row) for row in self.rows],
            "first": self.first and _told(self.first),
            "best": self.best and _told(self.best),
            "since_best": self.since_best,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        self.rows = [CoursePoint(**row) for row in state["rows"]]
        self.first = CoursePoint(**state["first"]) if state["first"] else None
        self.best = CoursePoint(**state["best"]) if state["best"] else None
        self.since_best = state["since_best"]


def _told(row: CoursePoint) -> dict[str, Any]:
    return dict(vars(row))  # `asdict` would copy each fault too, and of quick runs take a tenth of the time


def mean(numbers: Sequence[float]) -> float:
    """The average of some numbers."""
    return sum(numbers) / len(numbers)
