"""What the rules of a verdict look at: the document, the course of its run, and how good it is by now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import sqrt

from app.experiment.experiment import Experiment
from app.training.doctor.bounds import Bounds
from app.training.doctor.course import FEW, PATIENT_STEPS, Course, CoursePoint

SETTLED_EPOCHS, SETTLED_SHARE = 20, 0.25  # of all epochs: before, a loss that stands may only be waiting
GOOD, CEILING = 0.9, 0.98  # of the score that can be reached
POOR = 0.85  # of it, on the training samples: below, it cannot learn even those
WIDE, FAR = 0.1, 2.0  # a gap of losses, and how many times the training loss
APART = 0.03  # a gap of scores that counts, if it is more than chance makes
SPENT = 0.1  # of the learning rate: where a schedule has left less, another rate is nothing to advise


@dataclass(frozen=True)
class Case:
    """`rate` is the learning rate with what the schedule makes of it; `over` the reason of the end, once it is there.
    `reached` are the metrics of the samples that validate, or of those of training where none do; `beside` gives what
    plain methods reach on them.

    Scores are 1 where every answer is right.
    """

    experiment: Experiment
    course: Course
    rate: float
    over: str | None
    reached: Mapping[str, float] = field(default_factory=dict[str, float])
    beside: Callable[[], Mapping[str, float]] = dict

    @property
    def now(self) -> CoursePoint:
        """The newest evaluation."""
        return self.course.now

    @property
    def bounds(self) -> Bounds:
        """What no network can beat."""
        return Bounds.of(self.experiment)

    @property
    def patient(self) -> bool:
        """Whether there were steps enough to say something against it."""
        return self.now.step >= PATIENT_STEPS

    @property
    def comparable(self) -> bool:
        """Whether training and validation can be compared: while it learns its first, a gap may close."""
        return self.over is not None or (self.patient and len(self.course.rows) >= FEW)

    @property
    def settled(self) -> bool:
        """Whether it had time enough to leave a place where its loss stands."""
        enough = max(SETTLED_EPOCHS, SETTLED_SHARE * self.experiment.training.epochs)
        return self.patient and (self.now.epoch >= enough or (self.over is not None and self.now.epoch >= FEW))

    @property
    def at_ceiling(self) -> bool:
        """Whether there is hardly anything left to gain."""
        return min(self.now.score, self.now.train_score) >= CEILING * self.bounds.score

    @property
    def good(self) -> bool:
        """Whether it answers well, on new samples too."""
        return min(self.now.score, self.now.train_score) >= GOOD * self.bounds.score and not self.gaps

    @property
    def poor(self) -> bool:
        """Whether it answers even its own training samples badly."""
        return type(self.experiment.task).solvable and self.now.train_score < POOR * self.bounds.score

    @property
    def gaps(self) -> bool:
        """Whether it does clearly worse on validation samples than on its own."""
        now, bounds = self.now, self.bounds
        if now.validation is None or self.at_ceiling:
            return False
        if self.scores_apart:
            return True
        train, validation = now.train - bounds.train_loss, now.validation - bounds.loss
        far = validation - train > WIDE and validation > FAR * max(train, 0.0)
        return far and now.score < GOOD * bounds.score

    @property
    def scores_apart(self) -> bool:
        """Whether the scores differ by more than chance makes of so few samples."""
        now, experiment = self.now, self.experiment
        if now.validation_score is None:
            return False
        share = min(max(now.validation_score, 0.0), 1.0)
        counts = (max(experiment.validation_samples, 1), max(experiment.train_samples, 1))
        chance = 2 * sqrt(share * (1 - share) * sum(1 / count for count in counts))
        return now.train_score - now.validation_score > max(APART, chance)

    @property
    def steps_matter(self) -> bool:
        """Whether another learning rate could change anything: a schedule has not used it up."""
        return self.rate >= SPENT * self.experiment.optimizer.lr
