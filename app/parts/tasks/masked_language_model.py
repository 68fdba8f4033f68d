"""Telling words that were left blank."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.metrics import LOSS, TOKEN_ACCURACY, Metric
from app.parts.part import setting
from app.parts.problem import Problem
from app.parts.shapes import Shape, Tokens
from app.parts.tasks.outcome import Outcome, percent
from app.parts.tasks.task import Task

BLANK = 0  # the token that fills up, and that stands where a word was taken out
MASKS = 8  # stream of randomness
CLEARLY = 0.1  # share of the hidden words: so many more are clearly more
FINDS = "It finds hidden words."
FINDS_FEW = "It finds few hidden words."
FOUND = "It finds {found} % of the hidden words. Always naming the most frequent one finds {frequent} %."
BLOCK: dict[str, Any] = {"kind": "transformer_block", "rotary": True}


class MaskedLanguageModel(Task):
    """Some words of a text are left blank, and the network tells them from those at both sides. No labels are needed.

    Each time it sees a text other words are blank, and only those are scored. A network that has learned this can be
    begun with where labels are few. As BERT does it, but for the words that BERT swaps or leaves as they are. Source:
    Devlin et al. 2018, arXiv:1810.04805.
    """

    title: ClassVar[str] = "Masked language model"
    also: ClassVar[tuple[str, ...]] = ("bert", "cloze", "fill in the blanks", "mask", "self-supervised", "pre-training")
    needs: ClassVar[tuple[type[Shape], ...]] = (Shape,)  # whatever the labels are, they need not be read
    learns: ClassVar[Literal["target", "inputs", "nothing"]] = "inputs"
    metrics: ClassVar[tuple[Metric, ...]] = (LOSS, TOKEN_ACCURACY)
    score: ClassVar[Metric] = TOKEN_ACCURACY
    shown: ClassVar[tuple[Metric, ...]] = (TOKEN_ACCURACY, LOSS)
    nothing: ClassVar[str] = "After {steps} steps the network is no better than always naming the most frequent token."
    outcomes: ClassVar[Mapping[str, tuple[str, ...]]] = dict.fromkeys((FINDS, FINDS_FEW), (FOUND,))
    solvable: ClassVar[bool] = False  # often several words would fit
    watched: ClassVar[str | None] = None  # so how good it can be is not known, and nothing is judged by it
    predicts: ClassVar[bool] = False

    kind: Literal["masked_language_model"] = "masked_language_model"
    masked: float = setting(
        0.15, "Blank", "Share of the words of a text that are left blank, at least one.", gt=0, le=0.9, step=0.01
    )

    def check(self, dataset: Dataset) -> None:
        inputs = dataset.inputs()
        if not (isinstance(inputs, Tokens) and dataset.pads):
            raise Problem("{task} needs texts of words, with a token that stands for none.", task=type(self).title)

    def inputs(self, prepared: Prepared) -> dict[str, Array]:
        """`mask` says which places of each text are blank when it is measured or shown, the same for the whole run."""
        chance = np.random.default_rng(MASKS).random(prepared.inputs.shape)
        chance[prepared.padding] = 2
        counts = (~prepared.padding).sum(1)
        blanks = np.maximum(np.rint(self.masked * counts), np.minimum(counts, 1))
        return {**super().inputs(prepared), "mask": chance.argsort(1).argsort(1) < blanks[:, None]}

    def weight(self, prepared: Prepared) -> Array | None:
        return self.inputs(prepared)["mask"].astype(np.float32)

    def networks(self, dataset: Dataset) -> dict[str, dict[str, Any]]:
        return {"main": {"layers": [{"kind": "embedding", "width": 64}, BLOCK, BLOCK, {"kind": "layer_norm"}]}}

    def outcome(self, reached: Mapping[str, float], beside: Mapping[str, float]) -> Outcome | None:
        """`beside` has the share that always naming the most frequent word finds."""
        found, frequent = (of.get(TOKEN_ACCURACY.name) for of in (reached, beside))
        if found is None or frequent is None:
            return None
        values = {"found": percent(found), "frequent": percent(frequent)}
        clearly = found >= frequent + CLEARLY
        return Outcome("good" if clearly else "plain", FINDS if clearly else FINDS_FEW, FOUND, values)
