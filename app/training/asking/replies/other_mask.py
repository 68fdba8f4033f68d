"""What a network makes of a text with its own mask of attention, and with the other one."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.parts.datasets.text import Text
from app.parts.layers.over_time import PADDING
from app.parts.problem import Problem
from app.parts.questions.other_mask import MOST_TOKENS, OtherMask
from app.parts.tasks.masked_language_model import BLANK
from app.training import modules
from app.training.asking.replies.beginning import beginning_of
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of
from app.training.data.samples import load
from app.training.probes.roles import attentions

DIGITS = 3  # of shares


class OtherMaskReply(Reply):
    """The first part holds the `tokens` and which `layers` attend, each with its `address` and its own mask, `causal`
    or not. Then one part with the own mask and one with the `other`: for each token the `nats` that it takes and the
    `likeliest` in its place, null where none is told; and the `maps` of each layer and head, (places that look, places
    looked at)."""

    question: OtherMask

    def parts(self) -> Generator[dict[str, Any]]:
        layers = attentions(self.found.networks)
        dataset = self.found.experiment.dataset
        writes = isinstance(dataset, Text)
        read, names = self._read()
        read = read[: min(MOST_TOKENS, dataset.inputs().sizes[0])]
        tokens = torch.tensor(read)
        if len(read) < 2:
            raise Problem("Give it at least two tokens.", place="/text")
        yield {
            "tokens": [names[token] for token in read],
            "layers": [{"address": address, "causal": layer.causal} for address, layer in layers.items()],
        }
        for other in (False, True):
            with changed(layers.values(), other):
                told, maps = self._told(tokens, layers.values(), writes)
            first = len(tokens) - len(told)
            truth = tokens[first:]
            nats = -told.log_softmax(1).gather(1, truth[:, None])[:, 0]
            likeliest: list[int] = told.numpy().argmax(1).tolist()
            nothing: list[Any] = [None] * first
            yield {
                "other": other,
                "nats": nothing + nats.tolist(),
                "likeliest": nothing + [names[token] for token in likeliest],
                "maps": maps,
            }

    def _read(self) -> tuple[list[int], list[str]]:
        """The tokens of the text, or of the first that was held back, and how each token is written."""
        dataset, text = self.found.experiment.dataset, self.question.text
        if isinstance(dataset, Text) and text:
            return beginning_of(self.folder, dataset, text)
        names = entrance_of(self.folder.path).vocabulary(dataset)
        if not text.strip():
            prepared = load(dataset, self.folder.data)
            read: list[int] = prepared.inputs[prepared.held_back[0]].tolist()
        else:
            try:
                read = dataset.sample_of(text)
            except Problem as problem:
                raise problem.at("/text") from None
        return read if isinstance(dataset, Text) else [token for token in read if token != BLANK], names

    def _told(self, tokens: Tensor, layers: Iterable[modules.Attention], writes: bool) -> tuple[Tensor, list[Any]]:
        """The scores (tokens that are told, vocabulary) and the maps of each layer and head."""
        whole = tokens[None]
        for layer in layers:
            layer.keeps = True
        scores = self._scores(whole)[0]
        count = len(tokens)
        maps = [_rounded(layer.kept[0, :, -count:, -count:]) for layer in layers if layer.kept is not None]
        for layer in layers:
            layer.keeps = False
        if writes:
            return scores[:-1], maps
        hidden = whole.repeat(count, 1).fill_diagonal_(BLANK)  # a text for each word, with that one hidden
        return self._scores(hidden)[torch.arange(count), torch.arange(count)], maps

    def _scores(self, texts: Tensor) -> Tensor:
        """(texts, places, vocabulary)"""
        padding = torch.zeros(texts.shape, dtype=torch.bool)
        sides = {PADDING: padding} if PADDING in self.found.experiment.ends["main"].sides else {}
        return self.found.network(texts, **sides)[:, -texts.shape[1] :]


@contextmanager
def changed(layers: Iterable[modules.Attention], other: bool) -> Generator[None]:
    """Lets attention look with the other mask, where that is wanted; afterwards it looks with its own."""
    own = [(layer, layer.causal) for layer in layers]
    try:
        for layer, causal in own:
            layer.causal = causal != other
        yield
    finally:
        for layer, causal in own:
            layer.causal, layer.keeps, layer.kept = causal, False, None


def _rounded(maps: Tensor) -> list[Any]:
    return maps.numpy().astype(np.float64).round(DIGITS).tolist()
