"""What each head of attention does."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Ordered, Tokens
from app.parts.tasks.task import Task


class HeadRoles(Probe):
    """What each head of attention measurably does: which share of its attention goes to the place itself, to the one
    before or behind, to the first, or, in texts that repeat random tokens, to what followed the same token before.

    A head is named for what has at least half of its attention. Look at it to see from which step on that is so. The
    last, called induction, is how a language model copies. Source: Olsson et al. 2022, arXiv:2209.11895.
    """

    title: ClassVar[str] = "Head roles"

    kind: Literal["head_roles"] = "head_roles"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(dataset.inputs(), Ordered | Tokens)
