"""What is seen of attention: maps of every head, and what each mostly looks at."""

from typing import Any

import numpy as np
import pytest
import torch

from app.runs.frames import encode
from app.training.probes.attention import MOST_BYTES, ROLES, _roles
from tests.training.test_language_model import LSTM, stories
from tests.training.test_probes import looked_at, values

BLOCK: dict[str, Any] = {"kind": "transformer_block", "heads": 2, "feedforward": 16}
GPT = [{**BLOCK, "causal": True, "rotary": True}, {"kind": "attention", "heads": 4, "causal": True}]
REVIEWS: dict[str, Any] = {
    "dataset": {"kind": "reviews", "samples": 100},
    "task": {"kind": "classification"},
    "networks": {"main": {"layers": [{"kind": "embedding"}, BLOCK, {"kind": "mean_over_time"}]}},
    "loss": {"kind": "bce_with_logits"},
}


def test_maps_are_those_of_every_head_and_nothing_is_left_behind() -> None:
    look, frames = looked_at(stories(*GPT))
    frame = frames["attention"]
    assert frame.about["layers"] == ["/networks/main/layers/1/attention", "/networks/main/layers/2"]
    assert frame.about["counts"] == [16] * 8
    module: Any = look.networks["main"].get_submodule("layers.1.attention")
    maps = values(frame.arrays["maps:/networks/main/layers/1/attention"]) ** 2
    assert maps.shape == (8, 2, 16, 16)
    np.testing.assert_allclose(maps.sum(-1), 1, atol=0.05)
    assert not np.triu(maps, 1).any()
    assert (module.keeps, module.kept) == (False, None)
    with torch.no_grad():
        module.keeps = True
        look.networks["main"](torch.tensor(values(frame.arrays["inputs"])).long())
        np.testing.assert_allclose(maps, module.kept.numpy(), atol=1 / 127)
        module.keeps, module.kept = False, None


def test_nobody_looks_at_what_fills_up() -> None:
    _, frames = looked_at(REVIEWS)
    frame = frames["attention"]
    maps = values(frame.arrays["maps:/networks/main/layers/1/attention"])
    for sample, count in enumerate(frame.about["counts"]):
        assert not values(frame.arrays["inputs"])[sample, count:].any()
        assert not maps[sample, :, :, count:].any()
        assert maps[sample, :, :count, :count].all()


@pytest.mark.parametrize(("window", "blocks"), [(16, 2), (64, 6), (192, 4), (512, 2)])
def test_a_frame_is_small_however_long_the_text(window: int, blocks: int) -> None:
    block = {**BLOCK, "heads": 4, "causal": True}
    _, frames = looked_at(stories(*[block] * blocks, samples=50, window=window))
    frame = frames["attention"]
    maps = [array for name, array in frame.arrays.items() if name.startswith("maps:")]
    assert len(maps) == blocks
    assert len(encode(frame)) <= 70_000
    assert sum(values(one).size for one in maps) <= MOST_BYTES


def test_heads_are_known_by_what_they_look_at() -> None:
    places = 6
    before = torch.diag(torch.ones(places - 1), -1)
    first = torch.zeros(places, places)
    first[:, 0] = 1
    even = torch.full((places, places), 1 / places)
    maps = torch.stack((torch.eye(places), before, before.T, first, even))[None]  # (1, heads, places, places)
    roles = _roles(maps, torch.tensor([5]))
    expected = np.zeros((5, len(ROLES)))
    expected[range(4), range(4)] = 1
    expected[4] = 1 / places
    np.testing.assert_allclose(roles, expected, rtol=1e-6)
    assert not _roles(maps, torch.tensor([2])).any()


def test_without_attention_there_is_nothing_to_see() -> None:
    _, frames = looked_at(stories(LSTM))
    assert frames["attention"].about == {"layers": []}
    assert frames["attention"].arrays == {}
