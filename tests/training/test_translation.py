"""Translation: a decoder that reads an encoder's memory, taught with the right tokens and measured without them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from app.experiment.check import check, checked
from app.experiment.patch import patched
from app.experiment.settling import settled
from app.parts.datasets.translated import END, PAD
from app.parts.layers import Layer
from app.parts.layers.cross_attention import CrossAttention
from app.parts.layers.decoder_block import DecoderBlock
from app.parts.shapes import Padding, Sequence, Shape
from app.training import modules
from app.training.building import build, build_networks
from app.training.data.batch import targets_of
from app.training.data.samples import samples_of
from app.training.going_on import going_on
from app.training.recording.evaluating import Evaluator
from app.training.tasks.translation import Looking, TranslationWork, exact
from tests.training.running import trained
from tests.training.test_probes import looked_at, values

WIDTH, MEMORY, PLACES, READ = 8, 6, 5, 7
EMBEDDING: dict[str, Any] = {"kind": "embedding", "width": 8}
CROSS: dict[str, Any] = {"kind": "residual", "layers": [{"kind": "cross_attention", "heads": 2}]}
BLOCK: dict[str, Any] = {"kind": "transformer_block", "heads": 2, "feedforward": 16, "rotary": True}
DECODER: dict[str, Any] = {"kind": "decoder_block", "heads": 2, "feedforward": 16, "rotary": True}
GRUS: dict[str, Any] = {
    "encoder": {"layers": [EMBEDDING, {"kind": "gru", "units": 6, "bidirectional": True}]},
    "decoder": {"layers": [EMBEDDING, {"kind": "gru", "units": 8}, CROSS]},
}
BLOCKS: dict[str, Any] = {
    "encoder": {"layers": [EMBEDDING, BLOCK]},
    "decoder": {"layers": [EMBEDDING, DECODER, {"kind": "layer_norm"}]},
}
EACH = pytest.mark.parametrize("networks", [GRUS, BLOCKS], ids=["gru", "blocks"])


def dates(networks: dict[str, Any] = GRUS, **changes: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "dates_in_words", "samples": 200},
        "task": {"kind": "translation", "memory": 6},
        "networks": networks,
        "loss": {"kind": "cross_entropy"},
        **changes,
    }


def made(layer: Layer[Any], places: int = READ) -> Any:
    torch.default_generator.manual_seed(0)
    sides: dict[str, Shape] = {
        "memory": Sequence(length=places, width=MEMORY),
        "memory_padding": Padding(length=places),
    }
    return build(layer.beside(sides).module_for(Sequence(length=PLACES, width=WIDTH))).eval()


def lay(module: nn.Module, memory: torch.Tensor, padding: torch.Tensor) -> None:
    for submodule in module.modules():
        if isinstance(submodule, modules.Reading):
            submodule.sides = {"memory": memory, "memory_padding": padding}


LAYERS = pytest.mark.parametrize(
    "layer",
    [CrossAttention(heads=2), DecoderBlock(heads=2), DecoderBlock(heads=2, norm_first=False, norm="rms_norm")],
    ids=repr,
)


@LAYERS
def test_places_of_the_source_that_only_fill_up_change_neither_answer_nor_gradient(layer: Any) -> None:
    chance = torch.Generator().manual_seed(1)
    x = torch.randn(3, PLACES, WIDTH, generator=chance)
    known = torch.randn(3, 4, MEMORY, generator=chance)
    lengths = torch.tensor([[4], [2], [1]])
    found: list[tuple[torch.Tensor, ...]] = []
    for places in (4, 6, 19):
        padding = torch.arange(places) >= lengths
        memory = torch.full((3, places, MEMORY), 9.0)
        memory[:, :4] = torch.where(padding[:, :4, None], -7.0, known)
        memory.requires_grad_()
        module = made(layer, places)
        lay(module, memory, padding)
        answer = module(x)
        answer.pow(2).mean().backward()
        assert memory.grad is not None
        assert not memory.grad[padding].any()
        found.append((answer, memory.grad[:, :4], *(parameter.grad for parameter in module.parameters())))
    for other in found[1:]:
        for tensor, same in zip(found[0], other, strict=True):
            torch.testing.assert_close(tensor, same, atol=1e-6, rtol=0)


@LAYERS
def test_where_it_looks_is_that_of_the_fused_kernel(layer: Any) -> None:
    module = made(layer)
    x, memory = torch.randn(3, PLACES, WIDTH), torch.randn(3, READ, MEMORY)
    lay(module, memory, torch.arange(READ) >= torch.tensor([[7], [3], [0]]))
    cross = next(submodule for submodule in module.modules() if isinstance(submodule, modules.CrossAttention))
    fused = module(x)
    cross.keeps = True
    torch.testing.assert_close(module(x), fused, atol=1e-6, rtol=0)
    assert cross.kept is not None
    assert cross.kept.shape == (3, 2, PLACES, READ)
    torch.testing.assert_close(cross.kept.sum(-1), torch.ones(3, 2, PLACES))
    assert not cross.kept[1, :, :, 3:].any()


def test_cross_attention_is_pytorchs_own() -> None:
    module = made(CrossAttention(heads=2))
    x, memory = torch.randn(3, PLACES, WIDTH), torch.randn(3, READ, MEMORY)
    padding = torch.arange(READ) >= torch.tensor([[7], [3], [5]])
    lay(module, memory, padding)
    theirs = nn.MultiheadAttention(WIDTH, 2, kdim=MEMORY, vdim=MEMORY, batch_first=True)
    theirs.q_proj_weight = module.query_proj.weight
    theirs.k_proj_weight, theirs.v_proj_weight = (nn.Parameter(half) for half in module.memory_proj.weight.chunk(2))
    theirs.in_proj_bias = nn.Parameter(torch.cat((module.query_proj.bias, module.memory_proj.bias)))
    theirs.out_proj.load_state_dict(module.out_proj.state_dict())
    expected, _ = theirs(x, memory, memory, key_padding_mask=padding)
    torch.testing.assert_close(module(x), expected, atol=1e-6, rtol=0)


@EACH
def test_the_decoder_is_given_the_right_tokens_before_each_place(networks: Any) -> None:
    experiment = checked(dates(networks))
    work, samples, made_networks = TranslationWork(experiment), samples_of(experiment), build_networks(experiment)
    batch = samples.batch("train", np.arange(8))
    targets, before = targets_of(batch), batch.inputs["before"]
    assert (before[:, 0] == END).all()
    assert torch.equal(before[:, 1:], targets[:, :-1])
    assert batch.weight is not None
    assert torch.equal(batch.weight > 0, targets != PAD)
    scores = work.answer(made_networks, batch)
    counts = targets != PAD
    expected = cross_entropy(scores.transpose(1, 2)[counts], targets[counts])
    torch.testing.assert_close(work.loss(scores, batch), expected)
    for place in range(1, targets.shape[1]):  # a later token changes no earlier score
        other = before.clone()
        other[:, place:] = (other[:, place:] + 1) % 13
        changed = work.scores(made_networks, batch, other)
        assert torch.equal(changed[..., :place], scores[..., :place])
        assert not torch.equal(changed[..., place:], scores[..., place:])


@EACH
def test_what_is_written_is_what_the_network_says_when_given_its_own_tokens(networks: Any) -> None:
    experiment = checked(dates(networks))
    work, samples, built = TranslationWork(experiment), samples_of(experiment), build_networks(experiment)
    for network in built.values():
        network.eval()
    batch = samples.batch("validation", np.arange(8))
    with torch.no_grad():
        written = work.written(built, batch)
        before = torch.cat((torch.full((8, 1), END), written[:, :-1]), dim=1)
        scores = work.scores(built, batch, before)
        assert torch.equal(scores.argmax(1), written)
        memory, padding = work.remembered(built, batch)
        with going_on(built["decoder"]) as able:  # place by place it gives the same scores
            assert able
            places = [
                built["decoder"](before[:, [at]], memory=memory, memory_padding=padding)
                for at in range(before.shape[1])
            ]
        torch.testing.assert_close(torch.cat(places, dim=1).transpose(1, 2), scores, atol=1e-5, rtol=0)
        assert not any(getattr(module, "carried", None) for module in built["decoder"].modules())


def test_a_decoder_that_cannot_go_on_writes_the_same() -> None:
    experiment = checked(dates())
    work, samples, built = TranslationWork(experiment), samples_of(experiment), build_networks(experiment)
    batch = samples.batch("validation", np.arange(4))
    for network in built.values():
        network.eval()
    with torch.no_grad():
        expected = work.written(built, batch)
        built["decoder"].add_module("unknown", nn.Softmax(0))
        with going_on(built["decoder"]) as able:
            assert not able
        assert torch.equal(work.written(built, batch), expected)


def test_two_metrics_count_taught_tokens_and_texts_written_freely() -> None:
    experiment = checked(dates())
    work, samples, built = TranslationWork(experiment), samples_of(experiment), build_networks(experiment)
    metrics = Evaluator(experiment, samples, work).evaluate(built).metrics
    whole = samples.batch("test", np.arange(samples.count("test")))
    targets = targets_of(whole)
    counts = targets != PAD
    with torch.no_grad():
        answer = work.answer(built, whole)
    assert metrics["test_taught_accuracy"] == pytest.approx(
        (answer.argmax(1) == targets)[counts].float().mean().item(), abs=1e-6
    )
    assert metrics["test_written_exact"] == 0
    tally = work.tally()
    written = targets.clone()
    written[0, 3] = 2 if written[0, 3] != 2 else 3
    written[1][targets[1] == PAD] = 5  # what follows the end
    tally.add(torch.cat((answer, written[:, None].float()), dim=1), whole)
    assert tally.metrics()["written_exact"] == pytest.approx(1 - 1 / len(targets))


def test_a_text_is_exact_only_where_it_ends_as_it_should() -> None:
    truth = torch.tensor([[3, 4, END, PAD]] * 4)
    written = torch.tensor([[3, 4, END, 7], [3, 4, 5, END], [3, END, END, PAD], [3, 4, END, END]])
    assert exact(written, truth).tolist() == [True, False, False, True]


def test_it_learns_to_write_short_numbers(tmp_path: Path) -> None:
    wide = {**EMBEDDING, "width": 24}
    document = dates(
        {
            "encoder": {"layers": [wide, {"kind": "gru", "units": 24, "bidirectional": True}]},
            "decoder": {"layers": [wide, {"kind": "gru", "units": 48}, CROSS]},
        },
        dataset={"kind": "dates_in_words", "samples": 2000, "language": "zh"},
        task={"kind": "translation", "memory": 48},
        optimizer={"kind": "adam", "lr": 0.01},
        training={"epochs": 8, "batch_size": 32},
    )
    events = trained(tmp_path, document)
    last = [event["metrics"] for event in events if event["type"] == "evaluated"][-1]
    assert last["test_taught_accuracy"] > 0.9
    assert last["test_written_exact"] > 0.3


def test_what_does_not_fit_is_told_with_what_mends_it() -> None:
    assert check(dates()).problems == []
    ahead = dates({**GRUS, "decoder": {"layers": [EMBEDDING, {"kind": "gru", "units": 8, "bidirectional": True}]}})
    (problem,) = check(ahead).problems
    assert problem.place == "/networks/decoder/layers/1"
    assert check(patched(ahead, problem.fixes[0].edits)).problems == []
    blind = dates({**GRUS, "encoder": {"layers": [EMBEDDING, CROSS]}})
    (problem,) = check(blind).problems
    assert problem.place == "/networks/encoder/layers/1/layers/0"
    assert settled(dates(dataset={"kind": "majority"})).problems == []
    assert settled({**dates(), "task": {"kind": "classification"}, "networks": {"main": {"layers": []}}}).problems == []


@EACH
def test_what_is_written_is_shown_with_where_it_looked(networks: Any) -> None:
    look, frames = looked_at(dates(networks))
    arrays = frames["translations"].arrays
    looked = values(arrays["looked"]) ** 2
    sources, written = values(arrays["sources"]), values(arrays["written"])
    assert looked.shape == (8, written.shape[1], sources.shape[1])
    np.testing.assert_allclose(looked.sum(-1), 1, atol=0.05)
    assert not looked.transpose(0, 2, 1)[sources == 0].any()
    assert isinstance(look.work, TranslationWork)
    np.testing.assert_array_equal(
        written, look.work.written(look.networks, look.samples.batch("validation", np.arange(8)))
    )
    assert not any(getattr(module, "keeps", False) for module in look.networks["decoder"].modules())


def test_attention_of_both_networks_is_shown_with_what_each_was_given() -> None:
    look, frames = looked_at(dates(BLOCKS))
    frame = frames["attention"]
    assert frame.about["layers"] == [
        "/networks/encoder/layers/1/attention",
        "/networks/decoder/layers/1/attention",
    ]
    before = values(frame.arrays["inputs:decoder"])
    assert (before[:, 0] == END).all()
    assert frame.about["counts:decoder"] == [11] * 8
    assert frame.about["counts"] == (values(frame.arrays["inputs"]) > 0).sum(1).tolist()
    maps = values(frame.arrays["maps:/networks/decoder/layers/1/attention"])
    assert maps.shape == (8, 2, 11, 11)
    assert not np.triu(maps, 1).any()
    assert look.work.first == "encoder"


def test_looking_ends_with_the_block() -> None:
    built = build_networks(checked(dates()))
    with Looking(built):
        assert sum(getattr(module, "keeps", False) for module in built["decoder"].modules()) == 1
    assert not any(getattr(module, "keeps", False) for module in built["decoder"].modules())
    without = {**GRUS, "decoder": {"layers": [EMBEDDING, {"kind": "gru", "units": 8}]}}
    with Looking(build_networks(checked(dates(without)))) as looking:
        assert looking.shares().numel() == 0
