"""What goes into the first layer behind an embedding and positions."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Tokens
from app.parts.tasks.task import Task


class InputRows(Probe):
    """What goes into a network of tokens that has positions: at each place the row of the token and the row of the
    place, added number by number.

    Look at it to see how large positions are beside tokens: at first nothing tells places apart.
    """

    title: ClassVar[str] = "Token + position"

    kind: Literal["input_rows"] = "input_rows"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(dataset.inputs(), Tokens)
