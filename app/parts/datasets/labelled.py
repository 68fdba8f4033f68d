"""What every dataset with classes owes: a share of wrong labels."""

from typing import ClassVar

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.shapes import Classes

# The palette of classes, in the order of class numbers; the page draws them in these colours.
COLOUR_NAMES = ("orange", "blue", "green", "purple", "red", "brown", "pink", "grey", "olive", "cyan")


class Labelled(Dataset):
    """A dataset whose target is a class. A mixin, always last: `class Iris(Table, Labelled)`.

    Pydantic takes a field that both have from the first, and `Table` has defaults of its own.
    """

    class_names: ClassVar[tuple[str, ...]] = COLOUR_NAMES[:2]

    label_noise: float = setting(
        0.0,
        "Wrong labels",
        "Share of the labels that are replaced by another class, in every split. Shows what memorising costs.",
        ge=0,
        le=0.5,
        step=0.01,
        unit="share",
    )

    def target(self) -> Classes:
        return Classes(names=self.class_names)
