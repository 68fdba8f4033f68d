"""What happened in a run: a tagged union of frozen types. `type` strings are a public format."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Reason = Literal["done", "stopped", "diverged", "failed", "out_of_memory", "over_limit", "lost"]
Status = Literal["queued", "starting", "running", "paused"] | Reason
# JSON has no such numbers, so they travel as these strings.
Number = float | Literal["NaN", "Infinity", "-Infinity"]
Sentence = dict[str, Any]  # {"template": str, "values": {…}}, translated where it is read
Tone = Literal["good", "plain", "warning"]
What = Literal[
    "diverged",
    "fault",
    "outcome",
    "not_learning",
    "jumping",
    "crawling",
    "memorising",
    "gap",
    "too_weak",
    "learning",
    "unfinished",
    "learned",
    "fitted",
    "lowest",
    "stands",
    "holds",
]


class Judgement(BaseModel):
    """What is said of a run: a few words (`head`), and a sentence whose values are the numbers that it rests on.

    Where `values` name a `metric`, its `train`, `validation`, `attainable`, `before` and `now` are values of it.
    `fix` has `title` (a sentence) and `edits` of the document (JSON Patch), for a new run.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: What
    tone: Tone
    head: Sentence
    sentence: Sentence
    fix: dict[str, Any] | None = None


class Event(BaseModel):
    """What all events have. `seq` counts from 1 without gaps; `time` is Unix time in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seq: int
    time: float


class Queued(Event):
    """The run was asked for."""

    type: Literal["queued"] = "queued"
    owner: str


class Started(Event):
    """A worker began, or began again: `attempt` counts from 1."""

    type: Literal["started"] = "started"
    attempt: int
    pid: int
    threads: int
    seed: int
    versions: dict[str, str]
    device: str
    parameters: int
    steps_per_epoch: int
    stepper: str
    tokenizer: dict[str, Any] | None = None  # what was learned to cut a text by: `kind`, `size`, `hash`, `unknown`
    corpus: str | None = None  # of a text, the hash of its tokens and of how they are written


class Measured(Event):
    """Scalars of a chunk of steps, as columns of equal length: `step`, `epoch`, `train_loss` (mean of the stride),
    `train_loss_min`, `train_loss_max`, `learning_rate`. Loss has no unit."""

    type: Literal["measured"] = "measured"
    columns: dict[str, list[Number]]


class Evaluated(Event):
    """Metrics over whole splits at one step. Accuracy and F1 are fractions in 0..1.

    `metrics` holds `train_loss`, `validation_loss`, `test_loss`, `train_accuracy`, …; empty splits are absent.
    `layers` holds per layer path `gradient_norm`, `update_ratio` (norm of the update / norm of the weights).
    `confusion` is (true class, predicted class) counts on validation (on train where there is no validation).
    """

    type: Literal["evaluated"] = "evaluated"
    step: int
    epoch: float
    metrics: dict[str, Number]
    layers: dict[str, dict[str, Number]] = {}
    confusion: list[list[int]] | None = None
    test_confusion: list[list[int]] | None = None


class Speed(Event):
    """How fast it goes. Follows the clock, so it is no part of the record."""

    type: Literal["speed"] = "speed"
    step: int
    epoch: float
    steps_per_second: float
    samples_per_second: float
    epochs_per_second: float
    seconds: float  # of training, pauses left out, all attempts
    cpu_seconds: float
    multiply_adds: float  # of the whole run so far: forward and backward (3 × forward) of every sample
    probe_share: float  # of the time since the last such event, spent on probes, 0..1
    remaining_seconds: float | None


class CommandApplied(Event):
    """A command took effect before step `step` + 1 was taken. `number` is its line in the commands file."""

    type: Literal["command_applied"] = "command_applied"
    step: int
    number: int
    command: dict[str, Any]


class FrameKept(Event):
    """A picture that the scrubber can come back to."""

    type: Literal["frame_kept"] = "frame_kept"
    step: int
    epoch: float
    probes: list[str]


class CheckpointSaved(Event):
    """Weights and all other state at a step are on disk."""

    type: Literal["checkpoint_saved"] = "checkpoint_saved"
    step: int
    epoch: float
    best: bool = False


class Paused(Event):
    """It waits for a command."""

    type: Literal["paused"] = "paused"
    step: int


class Resumed(Event):
    """It goes on."""

    type: Literal["resumed"] = "resumed"
    step: int


class Rewound(Event):
    """A new attempt goes on from the checkpoint at `step`: readers drop what was told of later steps."""

    type: Literal["rewound"] = "rewound"
    step: int
    epoch: float | None = None  # older logs do not tell it


class Stepped(Event):
    """One batch was stepped by hand: the loss of that batch before and after its update, and the metrics then.

    Follows a person's hand, so it is no part of the record.
    """

    type: Literal["stepped"] = "stepped"
    step: int
    loss_before: Number
    loss_after: Number
    metrics: dict[str, Number] = {}
    confusion: list[list[int]] | None = None
    networks: list[str] | None = None  # those that alone moved, of several


class Judged(Event):
    """The verdict on the run from this step on, until the next such event; None takes the last one back.

    A function of the evaluations and the document, so it is part of no digest.
    """

    type: Literal["judged"] = "judged"
    step: int
    epoch: float
    verdict: Judgement | None


class Warned(Event):
    """What older versions wrote instead of `judged`, once for each `what` and never taken back. Part of no digest."""

    type: Literal["warned"] = "warned"
    step: int
    what: Literal["diverged", "not_learning", "jumping", "converged"]
    sentence: Sentence
    fix: dict[str, Any] | None = None


class Finished(Event):
    """The end; there is exactly one, and nothing follows it."""

    type: Literal["finished"] = "finished"
    step: int
    epoch: float
    reason: Reason
    sentence: Sentence


AnyEvent = Annotated[
    Queued
    | Started
    | Measured
    | Evaluated
    | Speed
    | CommandApplied
    | FrameKept
    | CheckpointSaved
    | Paused
    | Resumed
    | Rewound
    | Stepped
    | Judged
    | Warned
    | Finished,
    Field(discriminator="type"),
]
