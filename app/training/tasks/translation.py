"""What translation computes."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from itertools import islice
from typing import Self

import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.translated import END
from app.parts.layers.over_time import PADDING
from app.parts.tasks.translation import BEFORE
from app.training import modules
from app.training.data.batch import Batch, X, targets_of
from app.training.going_on import Texts, scores_behind
from app.training.tasks.language_model import LanguageModelWork, TokenTally
from app.training.tasks.work import Given, Move, Networks


class TranslationWork(LanguageModelWork):
    """`answer` is (b, vocabulary, places) scores, with the right tokens given before each place; what is measured are
    these and, behind them as one more row, the tokens that are written freely."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(experiment)
        self.places = experiment.target.numbers  # of what is written

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        return {"loss": move(("encoder", "decoder"), lambda: self.loss(self.answer(networks, batch), batch))}

    def given(self, batch: Batch) -> Mapping[str, Given]:
        counts = None if batch.weight is None else batch.weight > 0
        return {**super().given(batch), "decoder": Given(batch.inputs[BEFORE], counts)}

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return self.scores(networks, batch, batch.inputs[BEFORE])

    def scores(self, networks: Networks, batch: Batch, before: Tensor) -> Tensor:
        """For each token at each place, (b, vocabulary, places), where these tokens (b, places) stand before."""
        memory, padding = self.remembered(networks, batch)
        return networks["decoder"](before, memory=memory, memory_padding=padding).transpose(1, 2)

    def remembered(self, networks: Networks, batch: Batch) -> tuple[Tensor, Tensor]:
        """What the encoder says of each place of the sources, (b, places, numbers), and which only fill up."""
        padding = batch.inputs[PADDING]
        return networks["encoder"](batch.inputs[X], padding=padding), padding

    def following(self, networks: Networks, batch: Batch, texts: Texts) -> Generator[Tensor]:
        """The scores (b, vocabulary) of what follows each text, again and again; the texts grow in between. Networks
        are in `eval` mode, and there are no gradients."""
        memory, padding = self.remembered(networks, batch)
        return scores_behind(networks["decoder"], texts, memory=memory, memory_padding=padding)

    def writing(self, networks: Networks, batch: Batch) -> Iterator[Tensor]:
        """Place after place the likeliest token (b,), given those that were written before. Behind its end a text goes
        on with whatever follows."""
        texts = begun(batch.size)
        with closing(self.following(networks, batch, texts)) as following:
            for scores in islice(following, self.places):
                token = scores.argmax(1, keepdim=True)
                texts.tokens = torch.cat((texts.tokens, token), dim=1)
                yield token[:, 0]

    def written(self, networks: Networks, batch: Batch) -> Tensor:
        """All tokens that are written freely, (b, places)."""
        return torch.stack(list(self.writing(networks, batch)), dim=1)

    def measurable(self, networks: Networks, batch: Batch) -> Tensor:
        answer = self.answer(networks, batch)
        return torch.cat((answer, self.written(networks, batch)[:, None].to(answer.dtype)), dim=1)

    def tally(self) -> "CountingWritten":
        return CountingWritten(self)


def begun(count: int) -> Texts:
    """So many texts of which nothing is written yet."""
    return Texts(torch.full((count, 1), END))


class CountingWritten(TokenTally):
    """Counts right tokens where the tokens before are given, and texts that are written without a mistake."""

    def __init__(self, work: TranslationWork) -> None:
        super().__init__(work)
        self._exact = self._texts = 0

    def add(self, answer: Tensor, batch: Batch) -> None:
        written = answer[:, -1].long()
        self._exact += int(exact(written, targets_of(batch)).sum())
        self._texts += len(written)
        super().add(answer[:, :-1], batch)

    def metrics(self) -> dict[str, float]:
        found = super().metrics()
        return {
            "loss": found["loss"],
            "taught_accuracy": found["token_accuracy"],
            "written_exact": self._exact / max(self._texts, 1),
        }


def exact(written: Tensor, truth: Tensor) -> Tensor:
    """Which texts (b,) are written as they should be: up to the token that ends them, whatever follows."""
    ended = (truth == END).cumsum(1) - (truth == END).long()  # how many places before have ended it
    return ((written == truth) | (ended > 0)).all(1)


class Looking:
    """Lets the last cross-attention of a decoder lay aside where it looks, while it writes."""

    def __init__(self, networks: Networks) -> None:
        crossing = [module for module in networks["decoder"].modules() if isinstance(module, modules.CrossAttention)]
        self._last = crossing[-1] if crossing else None

    def __enter__(self) -> Self:
        if self._last:
            self._last.keeps = True
        return self

    def __exit__(self, *_: object) -> None:
        if self._last:
            self._last.keeps, self._last.kept = False, None

    def shares(self) -> Tensor:
        """What the newest place looked at, (b, places of the source), the mean of all heads; without cross-attention
        nothing, (b, 0)."""
        kept = self._last.kept if self._last else None
        return torch.zeros(1, 0) if kept is None else kept[:, :, -1].mean(1)

    def maps(self) -> Tensor:
        """The same for all places of the last pass, (b, places, places of the source)."""
        kept = self._last.kept if self._last else None
        return torch.zeros(1, 0, 0) if kept is None else kept.mean(1)
