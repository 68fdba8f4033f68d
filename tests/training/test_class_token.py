"""A class token in front: one place more, which counts, and padding that still never does."""

from typing import Any

import pytest
import torch

from app.experiment.cars import cars_of
from app.experiment.check import check, checked
from app.experiment.patch import patched
from app.parts.layers.over_time import PADDING, places
from app.parts.layers.stack import sides_behind
from app.parts.shapes import Padding, Sequence
from app.training import modules
from app.training.building import build_networks
from app.training.data.samples import samples_of
from app.training.modules.over_time import counted
from app.training.probes.stepped_cars import SteppedCars
from tests.training.test_probes import looked_at, values

EMBEDDING: dict[str, Any] = {"kind": "embedding", "width": 8}
TOKEN: dict[str, Any] = {"kind": "class_token"}
FIRST: dict[str, Any] = {"kind": "first_step"}
BLOCK: dict[str, Any] = {"kind": "transformer_block", "heads": 2, "feedforward": 16, "rotary": True}
BRANCHES: dict[str, Any] = {"kind": "branches", "join": "add", "branches": [{"layers": [TOKEN]}, {"layers": [TOKEN]}]}
READERS: list[list[dict[str, Any]]] = [
    [TOKEN, BLOCK, FIRST],
    [TOKEN, BLOCK, {"kind": "mean_over_time"}],
    [TOKEN, BLOCK, {"kind": "max_over_time"}],
    [TOKEN, {"kind": "attention", "heads": 2}, {"kind": "last_step"}],
    [TOKEN, {"kind": "gru", "units": 6}, {"kind": "last_step"}],
    [TOKEN, {"kind": "lstm", "units": 6, "bidirectional": True}, {"kind": "last_step"}],
    [TOKEN, TOKEN, BLOCK, FIRST],
    [BRANCHES, BLOCK, FIRST],
    [TOKEN, {"kind": "residual", "layers": [BLOCK]}, {"kind": "mean_over_time"}],
]


def reviews(*layers: dict[str, Any]) -> dict[str, Any]:
    return {
        "dataset": {"kind": "reviews", "samples": 100},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": [EMBEDDING, *layers]}},
        "loss": {"kind": "bce_with_logits"},
    }


def test_its_numbers_stand_in_front_and_all_others_one_place_further() -> None:
    module = modules.ClassToken(3)
    x = torch.randn(2, 4, 3)
    y = module(x)
    assert y.shape == (2, 5, 3)
    torch.testing.assert_close(y[:, 0], module.weight.expand(2, 3))
    torch.testing.assert_close(y[:, 1:], x)


def test_the_place_more_counts_and_is_none_of_those_that_fill_up() -> None:
    padding = torch.tensor([[False, False, True], [True, True, True]])
    assert counted(padding, 3).tolist() == [[True, True, False], [True, False, False]]
    assert counted(padding, 4).tolist() == [[True, True, True, False], [True, False, False, False]]
    assert padding.tolist() == [[False, False, True], [True, True, True]]


@pytest.mark.parametrize("layers", [[TOKEN], [BRANCHES], [TOKEN, BLOCK]])
def test_layers_behind_it_read_a_padding_of_one_place_more(layers: list[dict[str, Any]]) -> None:
    experiment = checked(reviews(*layers, FIRST))
    length = experiment.dataset.inputs().sizes[0]
    placed = experiment.placed("main")
    behind = placed[1 + len(layers)]
    longer = Sequence(length=length + 1, width=8)
    assert behind.before == longer
    assert behind.layer.sides[PADDING] == Padding(length=length + 1)
    assert places(longer, behind.layer.sides) == {"padded": True}
    assert sides_behind(placed[:2], {PADDING: Padding(length=length)})[PADDING] == Padding(length=length + 1)


@pytest.mark.parametrize("layers", READERS)
def test_what_fills_up_never_counts_behind_it(layers: list[dict[str, Any]]) -> None:
    experiment = checked(reviews(*layers))
    network = build_networks(experiment)["main"].eval()
    batch = samples_of(experiment).all.part(0, 8)
    x, padding = batch.inputs["x"], batch.inputs["padding"]
    assert bool(padding.any())
    other = torch.where(padding, 5, x)
    with torch.no_grad():
        answer = network(x, padding=padding)
        torch.testing.assert_close(network(other, padding=padding), answer, atol=1e-6, rtol=0)
        for row in range(len(x)):  # the same as if the sample had only the places that count
            count = int((~padding[row]).sum())
            alone = network(x[row : row + 1, :count], padding=padding[row : row + 1, :count])
            torch.testing.assert_close(alone, answer[row : row + 1], atol=1e-5, rtol=0)


def test_the_head_reads_what_its_place_has_gathered() -> None:
    experiment = checked(reviews(TOKEN, BLOCK, FIRST))
    network = build_networks(experiment)["main"].eval()
    batch = samples_of(experiment).all.part(0, 4)
    with torch.no_grad():
        network(batch.inputs["x"], padding=batch.inputs["padding"])
        whole = network.layers[:3](batch.inputs["x"])
        torch.testing.assert_close(
            network(batch.inputs["x"], padding=batch.inputs["padding"]), network.head(whole[:, 0])
        )


def test_positions_want_one_place_more_and_a_token_at_each_place_wants_none() -> None:
    length = checked(reviews(FIRST)).dataset.inputs().sizes[0]
    positions = {"kind": "learned_position", "places": length}
    assert check(reviews(positions, TOKEN, FIRST)).problems == []
    document = reviews(TOKEN, positions, FIRST)
    (problem,) = check(document).problems
    assert problem.place == "/networks/main/layers/2/places"
    assert check(patched(document, problem.fixes[0].edits)).problems == []
    masked = {**reviews(TOKEN, BLOCK), "task": {"kind": "masked_language_model"}, "loss": {"kind": "cross_entropy"}}
    (problem,) = check(masked).problems
    assert "Keep the sequence to the end" in str(problem)


def test_maps_of_attention_say_how_many_places_stand_in_front() -> None:
    _, frames = looked_at(reviews(BLOCK, TOKEN, BLOCK, FIRST))
    frame = frames["attention"]
    first, second = frame.about["layers"]
    assert f"front:{first}" not in frame.about
    assert frame.about[f"front:{second}"] == 1
    count = frame.about["counts"][0]
    shares = values(frame.arrays[f"maps:{second}"])[0] ** 2  # (heads, places that look, places looked at)
    assert shares.shape[-1] == values(frame.arrays["inputs"]).shape[1] + 1
    assert not shares[..., count + 1 :].any()  # what fills up is never looked at
    assert shares[:, 0, : count + 1].sum(-1) == pytest.approx(1, abs=0.05)


def test_steps_of_a_layer_behind_it_see_no_place_that_fills_up() -> None:
    look, _ = looked_at(reviews(TOKEN, BLOCK, FIRST))
    car = next(
        candidate
        for candidate in cars_of(look.experiment.placed("main"))
        if candidate.path == "/networks/main/layers/2"
    )
    batch = look.samples.at(torch.arange(8))
    with torch.no_grad(), look.captured([car.path]) as left, SteppedCars(look, [car]).watched() as steps:
        look.answer(batch)
        stepping = steps(car)
        made = stepping.table(stepping.rule.steps[-1].name)
    counts = counted(batch.inputs["padding"], made.shape[1])[: len(made)]
    assert bool((~counts).any())
    torch.testing.assert_close(made[counts], left()[car.path][: len(made)][counts], atol=1e-5, rtol=1e-5)


def test_gates_behind_it_leave_out_what_fills_up() -> None:
    look, frames = looked_at(reviews(TOKEN, {"kind": "gru", "units": 4}, {"kind": "last_step"}))
    gate = values(frames["gates"].arrays["gate:z:/networks/main/layers/2"])  # (samples, units, places)
    assert gate.shape[2] == look.samples.inputs.shape[1] + 1
    assert not gate[:, :, -1].all()
    assert gate[:, :, 0].all()
