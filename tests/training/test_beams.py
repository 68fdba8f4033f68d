"""Beam search: against every text there is, against greedy writing, with and without what was read kept."""

from contextlib import closing
from itertools import islice, product
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from app.experiment.check import checked
from app.parts.datasets.translated import END
from app.training.asking.beams import Beam, beams
from app.training.asking.writing import Choosing, written
from app.training.building import build_networks
from app.training.data.samples import samples_of
from app.training.going_on import Texts, scores_behind
from app.training.tasks.translation import TranslationWork, begun
from tests.training.building import build_network
from tests.training.test_language_model import KEEPING, stories
from tests.training.test_translation import EACH, dates

LENGTH = 3


def searched(network: Any, prompt: list[int], count: int, width: int, window: int = 16) -> list[Beam]:
    texts = Texts(torch.tensor([prompt]))
    with torch.no_grad(), closing(scores_behind(network, texts, window)) as following:
        return list(islice(beams(following, texts, width), count))[-1]


def log_probability(network: Any, prompt: list[int], tokens: tuple[int, ...]) -> float:
    """That of the tokens behind the prompt, read at once."""
    with torch.no_grad():
        scores = network(torch.tensor([[*prompt, *tokens]]))[0, len(prompt) - 1 : -1].double().log_softmax(1)
    return float(scores[torch.arange(len(tokens)), torch.tensor(tokens)].sum())


class Translating:
    """Two networks with a batch of one text that they translate."""

    def __init__(self, networks: Any, spread: float = 1.0) -> None:
        experiment = checked(dates(networks))
        self.work, samples = TranslationWork(experiment), samples_of(experiment)
        self.networks = build_networks(experiment)
        with torch.no_grad():
            for network in self.networks.values():
                network.eval()
                for weight in network.parameters():
                    weight.mul_(spread)  # farther from one another
        self.batch = samples.batch("validation", np.arange(1))

    def searched(self, width: int, **options: Any) -> list[list[Beam]]:
        texts = begun(1)
        with torch.no_grad(), closing(self.work.following(self.networks, self.batch, texts)) as following:
            return list(islice(beams(following, texts, width, **options), self.work.places))

    def log_probabilities(self, written: Tensor) -> Tensor:
        """Those of texts (texts, places), each read at once."""
        memory, padding = self.work.remembered(self.networks, self.batch)
        before = torch.cat((torch.full((len(written), 1), END), written[:, :-1]), dim=1)
        sides = {"memory": memory.expand(len(written), -1, -1), "memory_padding": padding.expand(len(written), -1)}
        scores = self.networks["decoder"](before, **sides).double().log_softmax(2)
        return scores.gather(2, written[..., None])[..., 0].sum(1)


@EACH
def test_as_many_beams_as_there_are_texts_find_the_likeliest(networks: Any) -> None:
    translating = Translating(networks, spread=2.0)
    vocabulary = translating.work.vocabulary
    every = torch.tensor(list(product(range(vocabulary), repeat=LENGTH)))
    with torch.no_grad():
        likely, order = translating.log_probabilities(every).sort(descending=True)
    found = translating.searched(vocabulary ** (LENGTH - 1))[LENGTH - 1]
    assert [list(beam.tokens) for beam in found[:10]] == every[order[:10]].tolist()
    np.testing.assert_allclose([beam.log_probability for beam in found[:10]], likely[:10].numpy(), atol=1e-5)


@EACH
def test_one_beam_of_a_translation_is_greedy(networks: Any) -> None:
    translating = Translating(networks)
    with torch.no_grad():
        greedy = translating.work.written(translating.networks, translating.batch)[0].tolist()
    upto = greedy.index(END) + 1 if END in greedy else len(greedy)
    for penalty in (0.0, 1.0):
        [best] = translating.searched(1, end=END, length_penalty=penalty)[-1]
        assert list(best.tokens) == greedy[:upto]


@KEEPING
def test_one_beam_that_writes_on_is_greedy(layers: list[dict[str, Any]]) -> None:
    network = build_network(checked(stories(*layers))).eval()
    greedy = written(network, [1, 2, 3], 25, window=16, choosing=Choosing(temperature=0))
    [best] = searched(network, [1, 2, 3], 25, 1)
    assert list(best.tokens) == greedy


@KEEPING
def test_beams_with_what_was_read_kept_equal_those_without(
    layers: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    network = build_network(checked(stories(*layers))).eval()
    kept = searched(network, [1, 2, 3], 12, 5)
    for beam in kept:
        assert beam.log_probability == pytest.approx(log_probability(network, [1, 2, 3], beam.tokens), abs=1e-4)
    monkeypatch.setattr("app.training.going_on.BY_PLACE", ())
    plain = searched(network, [1, 2, 3], 12, 5)
    assert [beam.tokens for beam in plain] == [beam.tokens for beam in kept]
    assert not any(
        getattr(module, "goes_on", False) or getattr(module, "carried", None) for module in network.modules()
    )


@EACH
def test_beams_of_a_translation_with_and_without_what_was_read_kept(
    networks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    translating = Translating(networks, spread=2.0)
    kept = translating.searched(4, end=END, length_penalty=1.0)[-1]
    monkeypatch.setattr("app.training.going_on.BY_PLACE", ())
    plain = translating.searched(4, end=END, length_penalty=1.0)[-1]
    assert [beam.tokens for beam in plain] == [beam.tokens for beam in kept]
    for beam, expected in zip(kept, plain, strict=True):
        assert beam.log_probability == pytest.approx(expected.log_probability, abs=1e-5)
        with torch.no_grad():
            whole = translating.log_probabilities(torch.tensor([beam.tokens]))
        assert beam.log_probability == pytest.approx(float(whole[0]), abs=1e-4)


def test_what_has_ended_stays_as_it_is_and_is_compared_by_its_length() -> None:
    """Three tokens, by hand: 1 ends a text, likely 0.4 at first and 0.3 later; 2 goes on."""
    asked: list[int] = []

    def following(texts: Texts) -> Any:
        while True:
            asked.append(len(texts.tokens))
            first = texts.tokens.shape[1] == 1
            yield torch.tensor([[0.1, 0.4, 0.5] if first else [0.0, 0.3, 0.7]]).log().expand(len(texts.tokens), -1)

    def best(penalty: float) -> list[list[Beam]]:
        asked.clear()
        texts = Texts(torch.tensor([[0]]))
        return list(islice(beams(following(texts), texts, 2, end=1, length_penalty=penalty), 3))

    without = best(0.0)
    assert [beam.tokens for beam in without[0]] == [(2,), (1,)]
    assert [(beam.tokens, beam.ended, beam.row) for beam in without[1]] == [
        ((1,), True, None),  # 0.4
        ((2, 2), False, 0),  # 0.35
    ]
    assert [beam.tokens for beam in without[2]] == [(1,), (2, 2, 2)]
    assert asked == [1, 1, 1]
    by_length = best(1.0)
    assert [beam.tokens for beam in by_length[1]] == [(2, 2), (1,)]
    assert by_length[1][0].score(1.0) == pytest.approx(np.log(0.35) / 2)
    assert by_length[1][1].score(1.0) == pytest.approx(np.log(0.4))
    assert [beam.tokens for beam in by_length[2]] == [(2, 2, 2), (2, 2, 1)]
    assert best(0.0)[1][0].behind == 1  # where it stood before
