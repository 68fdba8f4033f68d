"""Writing in one way what is read in another."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.datasets.translated import END, PAD, Translated
from app.parts.layers.over_time import PADDING
from app.parts.layers.reading_memory import MEMORY, MEMORY_PADDING
from app.parts.metrics import LOSS, TAUGHT_ACCURACY, WRITTEN_EXACT, Metric
from app.parts.part import setting
from app.parts.problem import Problem
from app.parts.shapes import Padding, Sequence, Shape, Tokens
from app.parts.tasks.task import Ends, Task

BEFORE = "before"  # in batches: the tokens that stand before each place of what is to be written
GRU: dict[str, Any] = {"kind": "gru", "units": 64, "bidirectional": True}
LOOKING: dict[str, Any] = {"kind": "residual", "layers": [{"kind": "cross_attention", "heads": 1}]}


class Translation(Task):
    """An encoder reads a text and writes down a few numbers at each of its places, the memory; a decoder writes another
    text, token by token, and looks into the memory.

    While it learns, the decoder is given the right tokens before each place (teacher forcing), so that all places learn
    at once. Writing freely, it is given its own. Of each split 500 texts are measured. Sources: Sutskever et al. 2014,
    arXiv:1409.3215; Bahdanau et al. 2014, arXiv:1409.0473.
    """

    title: ClassVar[str] = "Translation"
    also: ClassVar[tuple[str, ...]] = ("sequence to sequence", "seq2seq", "encoder-decoder", "teacher forcing")
    needs: ClassVar[tuple[type[Shape], ...]] = (Tokens,)
    metrics: ClassVar[tuple[Metric, ...]] = (LOSS, TAUGHT_ACCURACY, WRITTEN_EXACT)
    score: ClassVar[Metric] = WRITTEN_EXACT
    shown: ClassVar[tuple[Metric, ...]] = (WRITTEN_EXACT, TAUGHT_ACCURACY, LOSS)
    at_own_places: ClassVar[bool] = False
    titles: ClassVar[Mapping[str, str]] = {"encoder": "Encoder", "decoder": "Decoder"}
    tells: ClassVar[Mapping[str, str]] = {"decoder": "encoder"}
    nothing: ClassVar[str] = "After {steps} steps the network is no better than always naming the most frequent token."
    one_way: ClassVar[tuple[str, ...]] = ("decoder",)
    predicts: ClassVar[bool] = False
    most_measured: ClassVar[int | None] = 500

    kind: Literal["translation"] = "translation"
    memory: int = setting(
        64, "Memory", "How many numbers the encoder writes down at each place of what it reads.", ge=1, le=512
    )

    def check(self, dataset: Dataset) -> None:
        super().check(dataset)
        if not isinstance(dataset, Translated):
            raise Problem("{task} needs pairs of texts that say the same.", task=type(self).title)

    def inputs(self, prepared: Prepared) -> dict[str, Array]:
        before = np.roll(prepared.targets, 1, axis=1)
        before[:, 0] = END
        return {**super().inputs(prepared), BEFORE: before}

    def weight(self, prepared: Prepared) -> Array | None:
        return (prepared.targets != PAD).astype(np.float32)

    def ends(self, dataset: Dataset, at_each: int) -> dict[str, Ends]:
        places = dataset.inputs().sizes[0]
        memory, padding = Sequence(length=places, width=self.memory), Padding(length=places)
        written = self.target(dataset)
        return {
            "encoder": Ends(dataset.inputs(), memory, {PADDING: padding}),
            "decoder": Ends(written, written.answered(at_each), {MEMORY: memory, MEMORY_PADDING: padding}),
        }

    def networks(self, dataset: Dataset) -> dict[str, dict[str, Any]]:
        embedding = {"kind": "embedding", "width": 32}
        writing = {"kind": "gru", "units": 128}
        return {"encoder": {"layers": [embedding, GRU]}, "decoder": {"layers": [embedding, writing, LOOKING]}}
