"""What every channel of a picture or a series is, layer after layer, for a few samples."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Channelled
from app.parts.tasks.task import Task


class FeatureMaps(Probe):
    """What leaves every filter for a few samples of the validation set, as pictures, and the filters themselves.

    Look at it to see what each filter has learned to look for, and where it finds it.
    """

    title: ClassVar[str] = "Feature maps"

    kind: Literal["feature_maps"] = "feature_maps"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(dataset.inputs(), Channelled) and task.learns != "nothing"
