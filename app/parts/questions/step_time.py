"""How long a step takes, by how long the sequences are."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.shapes import Ordered, Tokens
from app.parts.tasks.task import Task

SHORTEST, LONGEST = 16, 2048  # places


class StepTime(Question):
    """Measures here and now how long the network takes to read sequences of 16 places, 32 and so on, forward and back,
    on one thread and on all. Beside it stand what it multiplies and adds, and the longest chain of operations that must
    wait for one another.

    An LSTM waits at each place for the state of the one before: its chain grows with the length. Attention looks at
    all places at once: its chain stays as it is, but it multiplies more, with the square of the length. A processor
    with few threads has to do all of that one after another anyway, so there the multiply-adds count, and an LSTM of
    like size is the quicker one. A graphics card does thousands at the same time: there it is the chain that counts.
    """

    title: ClassVar[str] = "Time of a step"
    also: ClassVar[tuple[str, ...]] = (
        "how long does a step take",
        "speed",
        "parallel",
        "threads",
        "time per step",
        "benchmark",
    )

    kind: Literal["step_time"] = "step_time"
    longest: int = setting(512, "Longest", "How long the longest sequence is.", ge=SHORTEST, le=LONGEST, log=True)
    batch_size: int = setting(8, "Batch size", "How many sequences are read at once.", ge=1, le=256, log=True)

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(dataset.inputs(), Tokens | Ordered) and list(task.ends(dataset, 1)) == ["main"]
