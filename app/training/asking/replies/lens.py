"""What a network would say after each of its blocks."""

from collections.abc import Generator
from typing import Any

import torch
from torch import Tensor, nn

from app.parts.datasets.text import Text
from app.parts.problem import Problem
from app.parts.questions.fill import HIDDEN
from app.parts.questions.lens import Lens
from app.training import modules
from app.training.asking.replies.beginning import beginning_of
from app.training.asking.replies.blanks import blanked, sample_with_blanks
from app.training.asking.replies.reply import Reply
from app.training.building import captured
from app.training.data.batch import Batch, alone

MOST = 64  # tokens that are read, the last of a text


class LensReply(Reply):
    """The first part holds the tokens that are `read`, and whether what is said is of the `next` token or of the one
    that stands there. Each further one what is said after block number `block`, 0 for what goes into the first: at each
    place the likeliest `token` and how likely it is `held`; None where nothing is to be said, beside blanks."""

    question: Lens

    def parts(self) -> Generator[dict[str, Any]]:
        batch, read, names = self._read()
        follows = isinstance(self.found.experiment.dataset, Text)
        asked = [follows or word == HIDDEN for word in read]
        if not any(asked):
            raise Problem("There is no blank to fill: write _ where a word is to be told.", place="/text")
        yield {"read": read, "next": follows}
        for block, scores in enumerate(self._said(batch)):
            shares = torch.softmax(scores[0, : len(read)], dim=-1).numpy()  # (places, tokens)
            said = [{"token": names[int(place.argmax())], "held": float(place.max())} for place in shares]
            yield {
                "block": block,
                "said": [guess if wanted else None for guess, wanted in zip(said, asked, strict=True)],
            }

    def _read(self) -> tuple[Batch, list[str], list[str]]:
        """What the network is given, its tokens in words, and how every token is written."""
        dataset, text = self.found.experiment.dataset, self.question.text
        if isinstance(dataset, Text):
            tokens, names = beginning_of(self.folder, dataset, text)
            tokens = tokens[-min(dataset.window, MOST) :]
            return alone(torch.tensor([tokens])), [names[token] for token in tokens], names
        words = text.split()
        blanks = [place for place, word in enumerate(words) if word == HIDDEN]
        return blanked(sample_with_blanks(dataset, words), [blanks]), words, dataset.vocabulary()

    def _said(self, batch: Batch) -> list[Tensor]:
        """The scores (1, places, tokens) that the layers behind the last block give for what goes into the first block,
        and for what each block leaves."""
        network = self.found.network
        layers = list(network.layers)
        blocks = [at for at, layer in enumerate(layers) if isinstance(layer, modules.TransformerBlock)]
        with captured(network, {f"layers.{at}" for at in range(len(layers))}) as seen:
            self.work.answer(self.found.networks, batch)
        if not blocks:
            raise Problem("Its blocks stand within other layers, so nothing can be read between them.", place="/kind")
        left = [seen[f"layers.{at}"] for at in ([blocks[0] - 1] if blocks[0] else []) + blocks]
        behind = [*layers[blocks[-1] + 1 :], *network.head]
        return [_through(behind, stream) for stream in left if stream.shape == left[-1].shape]


def _through(layers: list[nn.Module], stream: Tensor) -> Tensor:
    for layer in layers:
        stream = layer(stream)
    return stream
