"""What every loss of two networks owes that learn against each other."""

from typing import ClassVar

from app.parts.losses.loss import Encoding, Loss
from app.parts.shapes import Nothing, Shape


class Adversarial(Loss):
    """A discriminator tells real samples (1) from drawn ones (0) by one score; a generator wants its own to pass."""

    needs: ClassVar[tuple[type[Shape], ...]] = (Nothing,)
    encoding: ClassVar[Encoding] = "zero_one"
    caution: ClassVar[str] = (
        "Equal losses are no success: neither loss says how good the samples are. "
        "Look at what is drawn, and at the metrics."
    )
