"""How long and how carefully an experiment trains: batches, stop rules, regularisation."""

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from app.experiment.augmentation import Augmentation
from app.parts.metrics import METRICS
from app.parts.part import setting

# The metrics that a run may stop by: all of what is measured while it trains, but the test set, which stays sealed.
WATCHED = tuple(f"{split}_{metric.name}" for metric in METRICS for split in ("validation", "train"))
if TYPE_CHECKING:
    WatchedMetric = str
else:
    WatchedMetric = Literal[WATCHED]


class SettingsGroup(BaseModel):
    """A group of settings: frozen, and nothing in it that is unknown or no number."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class EarlyStopping(SettingsGroup):
    """Stops when the validation loss has not improved for a while, and keeps the best weights."""

    patience: int = setting(
        20, "Patience", "Epochs without improvement before it stops.", ge=1, le=10_000, unit="epochs"
    )
    smallest_gain: float = setting(
        0.0, "Smallest gain", "An improvement smaller than this does not count.", ge=0, le=10
    )


class Target(SettingsGroup):
    """Stops as soon as a metric is good enough."""

    metric: WatchedMetric = setting("validation_accuracy", "Metric", "What is watched.")
    value: float = setting(0.99, "Value", "Good enough: at most this loss or error, at least this accuracy or R².")


class Regularization(SettingsGroup):
    """What keeps weights small. Added to the gradient; the losses shown never include it."""

    l1: float = setting(
        0.0,
        "L1",
        "Pulls every weight towards 0 with the same force; small ones vanish.",
        ge=0,
        le=10,
        log=True,
        live=True,
    )
    l2: float = setting(
        0.0, "L2", "Pulls every weight towards 0 in proportion to its size.", ge=0, le=10, log=True, live=True
    )
    clip_norm: float = setting(
        0.0,
        "Gradient clipping",
        "Gradients longer than this are shortened to it; 0 is off.",
        ge=0,
        le=1000,
        log=True,
        live=True,
    )
    max_norm: float = setting(
        0.0,
        "Max-norm",
        "After each update, the weights that come into a neuron or filter are shortened to this length; 0 is off."
        " Usual beside dropout, then 3 or 4. Source: Srivastava et al. 2014.",
        ge=0,
        le=1000,
        log=True,
        live=True,
    )


class Training(SettingsGroup):
    """The loop's own settings."""

    batch_size: int = setting(
        10,
        "Batch size",
        "Samples per update. Small batches are noisy and quick, large ones smooth and slow.",
        ge=1,
        le=65_536,
        live=True,
    )
    epochs: int = setting(500, "Epochs", "Passes over the training samples before it stops.", ge=1, le=1_000_000)
    steps: int | None = setting(
        None, "Steps", "Stops after so many updates, if that comes first.", ge=1, le=100_000_000, start=1000
    )
    seconds: float | None = setting(
        None, "Seconds", "Stops after so much time, if that comes first.", gt=0, le=86_400, unit="s", start=60
    )
    target: Target | None = setting(None, "Good enough", "Stops as soon as a metric reaches a value.")
    early_stopping: EarlyStopping | None = setting(None, "Early stopping", "Stops when validation no longer improves.")
    regularization: Regularization = setting(Regularization(), "Regularisation", "What keeps weights small.")
    augmentation: Augmentation = setting(
        Augmentation(), "Augmentation", "What is done at random to training samples before the network sees them."
    )
    averaging: float = setting(
        0.0,
        "Averaging",
        "How much of the averaged weights each step keeps; the rest comes from the weights in training. Answers,"
        " metrics and pictures are then those of the averages, which tremble less. 0 is off, 0.995 usual.",
        ge=0,
        le=0.9999,
    )
    like_length: bool = setting(
        False,
        "Batches of like length",
        "Samples of about the same length come into one batch, which is then only as long as its longest: less time is"
        " spent on what only fills up, and batches are a little less random.",
    )
    stepper: Literal["quickest", "eager", "compiled"] = setting(
        "quickest",
        "Trained by",
        "PyTorch trains everything. The compiled loop trains small dense networks a hundred times as fast; its losses"
        " are the same but for rounding. The quickest is that loop where it fits, else PyTorch. Instant always takes"
        " the quickest; many seeds and the atlas are there for that loop only.",
        labels={"quickest": "the quickest", "eager": "PyTorch", "compiled": "the compiled loop"},
    )
    threads: int = setting(1, "Threads", "Processor threads. Another number gives slightly other rounding.", ge=1, le=8)
