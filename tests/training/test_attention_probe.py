"""What is seen of attention: maps of every head, and what each mostly looks at."""

from typing import Any

import numpy as np
import pytest
import torch

from app.parts.shapes import Features, Tokens
from app.runs.frames import encode
from app.training.probes.attention import MOST_BYTES
from app.training.probes.roles import ROLES, repeating, shares_by_place, shares_of_what_followed
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
    assert sum(values(array).size for array in maps) <= MOST_BYTES


def test_heads_are_known_by_what_they_look_at() -> None:
    places = 6
    before = torch.diag(torch.ones(places - 1), -1)
    first = torch.zeros(places, places)
    first[:, 0] = 1
    even = torch.full((places, places), 1 / places)
    maps = torch.stack((torch.eye(places), before, before.T, first, even))[None]  # (1, heads, places, places)
    roles = shares_by_place(maps, torch.tensor([5]))
    expected = np.zeros((5, 4))
    expected[range(4), range(4)] = 1
    expected[4] = 1 / places
    np.testing.assert_allclose(roles, expected, rtol=1e-6)
    assert not shares_by_place(maps, torch.tensor([2])).any()


def test_texts_that_repeat_themselves_repeat_each_token_once_after_different_distances() -> None:
    halves, texts = repeating(Tokens(length=32, vocabulary=12), pads=True)
    assert len(set(halves)) > 3
    assert texts.shape == (8, 32)
    for half, text in zip(halves, texts.tolist(), strict=True):
        assert len(set(text[:half])) == half
        assert text[half : 2 * half] == text[:half]
        assert 1 <= min(text) <= max(text) < 12
    assert repeating(Tokens(length=7, vocabulary=12), pads=False)[0] == []
    assert repeating(Tokens(length=32, vocabulary=3), pads=False)[0] == []
    assert repeating(Features(size=4), pads=False)[0] == []


def test_a_head_that_looks_at_what_followed_the_same_token_is_known_by_it() -> None:
    halves, texts = repeating(Tokens(length=16, vocabulary=30), pads=False)
    copies, back = torch.zeros(2, len(texts), 17, 17)  # behind a class token
    for number, text in enumerate(texts.tolist()):
        for place, token in enumerate(text):
            before = [at for at in range(place) if text[at] == token]
            copies[number, place + 1, (before[-1] + 1 if before else place) + 1] = 1
            back[number, place + 1, max(place - 5, 0)] = 1
    shares = shares_of_what_followed(torch.stack((copies, back), dim=1), halves, front=1)
    assert shares[0] == 1
    assert shares[1] < 0.3


def test_shares_of_heads_are_those_that_one_works_out_place_by_place() -> None:
    look, frames = looked_at(stories(*GPT))
    frame, layer = frames["head_roles"], "/networks/main/layers/1/attention"
    assert frame.about == {"layers": [layer, "/networks/main/layers/2"], "roles": list(ROLES)}
    seen = frames["attention"]
    maps, counts = torch.from_numpy(values(seen.arrays[f"maps:{layer}"]) ** 2), torch.tensor(seen.about["counts"])
    np.testing.assert_allclose(values(seen.arrays[f"roles:{layer}"]), shares_by_place(maps, counts), atol=0.01)
    module: Any = look.networks["main"].get_submodule("layers.1.attention")
    dataset = look.experiment.dataset
    halves, texts = repeating(dataset.inputs(), dataset.pads)
    with torch.no_grad():
        module.keeps = True
        look.networks["main"](texts)
        maps, module.keeps, module.kept = module.kept, False, None
    shares = [
        maps[number, :, place, text.index(text[place]) + 1].numpy()
        for number, text in enumerate(texts.tolist())
        for place in range(halves[number], 2 * halves[number])
    ]
    np.testing.assert_allclose(values(frame.arrays[f"roles:{layer}"])[:, 4], np.mean(shares, axis=0), atol=1e-6)


@pytest.mark.parametrize("before", [[], [{"kind": "class_token"}]])
def test_what_fills_up_is_not_among_the_tokens_that_repeat(before: list[Any]) -> None:
    layers = [{"kind": "embedding"}, *before, BLOCK, {"kind": "first_step" if before else "mean_over_time"}]
    _, frames = looked_at({**REVIEWS, "networks": {"main": {"layers": layers}}})
    [shares] = [values(array) for array in frames["head_roles"].arrays.values()]
    assert shares.shape == (2, 5)
    assert (shares > 0).all()


def test_without_attention_there_is_nothing_to_see() -> None:
    _, frames = looked_at(stories(LSTM))
    assert frames["attention"].about == {"layers": []}
    assert frames["attention"].arrays == {}
    assert frames["head_roles"].about == {"layers": []}
