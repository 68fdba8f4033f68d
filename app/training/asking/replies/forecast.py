"""A series that goes on with its own values."""

from collections.abc import Generator
from itertools import islice
from typing import Any

import numpy as np
import torch

from app.parts.datasets.prepared import Array
from app.parts.problem import Problem
from app.parts.questions.forecast import Forecast
from app.runs.log import sendable
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of
from app.training.data.batch import alone
from app.training.data.samples import load
from app.training.data.series import gone_on


class ForecastReply(Reply):
    """The first part holds the values `before`, each further one a `value`, all as they stand in the data."""

    question: Forecast

    def parts(self) -> Generator[dict[str, Any]]:
        entrance, dataset = entrance_of(self.folder.path), self.found.experiment.dataset
        before = self._before(dataset.inputs().sizes[-1])
        yield {"before": before.tolist()}
        start = entrance.encoded(dataset, before[None, None])[0]
        if not np.isfinite(start).all():
            raise Problem("Sample {number} holds a number that is too large.", place="/values", number=1)

        def next_value(window: Array) -> float:
            return float(self.work.answer(self.found.networks, alone(torch.from_numpy(window)[None]))[0, 0])

        for value in islice(gone_on(start, entrance, next_value), self.question.count):
            yield {"value": sendable(value)}

    def _before(self, window: int) -> Array:
        """The values (window,) to go on from."""
        values = self.question.values
        if values and len(values) != window:
            raise Problem(
                "This network reads {wanted} values, but here are {given}.",
                place="/values",
                wanted=window,
                given=len(values),
            )
        if values:
            return np.array(values, np.float64)
        prepared = load(self.found.experiment.dataset, self.folder.data)
        return prepared.raw[prepared.held_back[0], 0].astype(np.float64)
