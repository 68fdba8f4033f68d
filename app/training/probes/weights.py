"""The numbers the network has learned."""

from typing import Any

import numpy as np
from torch import Tensor, nn

from app.runs.log import sendable
from app.training.building import WEIGHTED
from app.training.probes.look import described
from app.training.probes.work import Arrays, ProbeWork

BARS = 40  # of a histogram
MOST_COUNTED = 20_000  # weights in it; of more, evenly chosen ones


class WeightsWork(ProbeWork):
    """Of neurons with a row of weights each the rows of those that are shown, and their biases; of all layers that
    weigh what arrives, filters too, the histogram of the weights."""

    def take(self) -> tuple[dict[str, Any], Arrays]:
        arrays: Arrays = {}
        spans: dict[str, list[float]] = {}
        weighted = [car for car in self.look.cars if isinstance(self.look.module(car.path), WEIGHTED)]
        for car in weighted:
            module = self.look.module(car.path)
            weight = _numbers(module, "weight")
            if weight.ndim == 2 and len(weight) == car.first.after.numbers:
                arrays[f"weight:{car.path}"] = weight[car.shown]
                if getattr(module, "bias", None) is not None:
                    arrays[f"bias:{car.path}"] = _numbers(module, "bias")[car.shown]
            few = weight.ravel()[:: 1 + weight.size // MOST_COUNTED]
            finite = few[np.isfinite(few)]
            span = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
            span = span if span[1] > span[0] else (span[0] - 0.5, span[0] + 0.5)
            arrays[f"histogram:{car.path}"] = np.histogram(finite, BARS, span)[0].astype(np.int32)
            spans[car.path] = list(span)
        observed = self.look.layers
        return {
            "cars": described(weighted),
            "histograms": spans,
            "gradient": {path: sendable(scalars["gradient_norm"]) for path, scalars in observed.items()},
            "update": {path: sendable(scalars["update_ratio"]) for path, scalars in observed.items()},
        }, arrays


def _numbers(module: nn.Module, name: str) -> Any:
    parameter: Tensor = getattr(module, name)
    return parameter.detach().numpy()
