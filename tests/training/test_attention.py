"""Attention and Transformers: nothing looks ahead, padding never counts, and maps are those of the fused kernel.

One file, though long: every test goes over the same list of layers with attention.
"""

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.experiment.check import check, checked
from app.experiment.patch import patched
from app.parts.layers import Layer
from app.parts.layers.attention import Attention
from app.parts.layers.learned_position import LearnedPosition
from app.parts.layers.mean_over_time import MeanOverTime
from app.parts.layers.sinusoidal_position import SinusoidalPosition
from app.parts.layers.transformer_block import TransformerBlock
from app.parts.problem import Problem
from app.parts.shapes import Padding, Sequence, Series, Shape
from app.training import modules
from app.training.building import build
from app.training.modules.attention import penalties, turned
from tests.training.building import build_network
from tests.training.test_language_model import stories

WIDTH, PLACES = 8, 12
BLOCK: dict[str, Any] = {"kind": "transformer_block", "heads": 2, "feedforward": 16}
READERS: tuple[Layer[Any], ...] = (
    Attention(heads=2),
    Attention(heads=2, rotary=True),
    Attention(heads=4, causal=True),
    TransformerBlock(heads=2),
    TransformerBlock(heads=2, causal=True, rotary=True, norm="rms_norm"),
    TransformerBlock(heads=2, norm_first=False, activation="relu"),
    Attention(heads=4, alibi=True),
    Attention(heads=4, alibi=True, causal=True, kv_heads=2),
    Attention(heads=4, kv_heads=1, qk_norm=True, rotary=True),
    TransformerBlock(heads=4, kv_heads=2, qk_norm=True, rotary=True, causal=True, activation="swiglu"),
)
EACH_READER = pytest.mark.parametrize("layer", READERS, ids=repr)


def made(layer: Layer[Any], shape: Shape, padded: bool = False) -> Any:
    torch.default_generator.manual_seed(0)
    sides: dict[str, Shape] = {"padding": Padding(length=shape.sizes[0])} if padded else {}
    return build(layer.beside(sides).module_for(shape)).eval()


def sequences(places: int = PLACES) -> Tensor:
    return torch.randn(3, places, WIDTH, generator=torch.Generator().manual_seed(1))


@EACH_READER
def test_a_later_place_changes_no_earlier_one_exactly_where_it_reads_backwards_only(layer: Any) -> None:
    module, x = made(layer, Sequence(length=PLACES, width=WIDTH)), sequences()
    for place in range(1, PLACES):
        other = x.clone()
        other[:, place:] = torch.randn(3, PLACES - place, WIDTH)
        same = torch.equal(module(other)[:, :place], module(x)[:, :place])
        assert same == layer.causal


def test_a_later_letter_changes_no_earlier_score_of_a_whole_network_exactly() -> None:
    layers = [
        {"kind": "learned_position"},
        {**BLOCK, "causal": True},
        {**BLOCK, "causal": True},
        {"kind": "layer_norm"},
    ]
    network = build_network(checked(stories(*layers))).eval()
    tokens = torch.randint(20, (2, 16))
    for place in range(1, 16):
        other = tokens.clone()
        other[:, place:] = (other[:, place:] + 1) % 20
        assert torch.equal(network(other)[:, :place], network(tokens)[:, :place])


@EACH_READER
def test_padding_changes_neither_answer_nor_gradient(layer: Any) -> None:
    found: list[tuple[Tensor, ...]] = []
    lengths = torch.tensor([[5], [3], [1]])
    for places in (5, 7, 17):
        shape = Sequence(length=places, width=WIDTH)
        x, padding = sequences(places), torch.arange(places) >= lengths
        x[:, :5] = sequences(5)
        x = torch.where(padding[..., None], 9.0, x).requires_grad_()
        reader, mean = made(layer, shape, padded=True), made(MeanOverTime(), shape, padded=True)
        for module in (reader, mean):
            for submodule in module.modules():
                submodule.sides = {"padding": padding}
        answer = mean(reader(x))
        answer.pow(2).sum().backward()
        assert x.grad is not None
        assert not x.grad[padding].any()
        found.append((answer, x.grad[:, :5], *(parameter.grad for parameter in reader.parameters())))
    for other in found[1:]:
        for tensor, same in zip(found[0], other, strict=True):
            torch.testing.assert_close(tensor, same, atol=1e-6, rtol=0)


@pytest.mark.parametrize("padded", [False, True])
@EACH_READER
def test_maps_are_those_of_the_fused_kernel_and_their_rows_add_up_to_1(layer: Any, padded: bool) -> None:
    module, x = made(layer, Sequence(length=PLACES, width=WIDTH), padded), sequences()
    attention = next(submodule for submodule in module.modules() if isinstance(submodule, modules.Attention))
    padding = torch.arange(PLACES) >= torch.tensor([[12], [7], [0]])
    attention.sides = {"padding": padding}
    fused = module(x)
    attention.keeps = True
    written = module(x)
    torch.testing.assert_close(written, fused, atol=1e-6, rtol=0)
    assert attention.kept is not None
    torch.testing.assert_close(attention.kept.sum(-1), torch.ones(3, layer.heads, PLACES))
    if layer.causal:
        assert not attention.kept.triu(1).any()
    elif padded:
        assert not attention.kept[1, :, :, 7:].any()
        assert (attention.kept[2, :, :, 0] == 1).all()  # an empty sequence has its first place


def test_attention_is_pytorchs_own() -> None:
    module, x = made(Attention(heads=2), Sequence(length=PLACES, width=WIDTH)), sequences()
    theirs = nn.MultiheadAttention(WIDTH, 2, batch_first=True)
    theirs.in_proj_weight, theirs.in_proj_bias = module.in_proj.weight, module.in_proj.bias
    theirs.out_proj.load_state_dict(module.out_proj.state_dict())
    answer, maps = theirs(x, x, x, average_attn_weights=False)
    module.keeps = True
    torch.testing.assert_close(module(x), answer, atol=1e-6, rtol=0)
    torch.testing.assert_close(module.kept, maps, atol=1e-6, rtol=0)


@pytest.mark.parametrize("norm_first", [True, False])
@pytest.mark.parametrize("activation", ["gelu", "relu"])
def test_a_block_is_pytorchs_encoder_layer(norm_first: bool, activation: Any) -> None:
    layer = TransformerBlock(heads=2, feedforward=16, norm_first=norm_first, activation=activation)
    module = made(layer, Sequence(length=PLACES, width=WIDTH))
    theirs = nn.TransformerEncoderLayer(
        WIDTH, 2, 16, activation=activation, norm_first=norm_first, dropout=0.0, batch_first=True
    )
    names = {"attention.in_proj.": "self_attn.in_proj_", "attention.out_proj.": "self_attn.out_proj."}
    weights = module.state_dict()
    for ours, name in names.items():
        weights = {key.replace(ours, name): value for key, value in weights.items()}
    theirs.load_state_dict(weights)
    torch.testing.assert_close(module(sequences()), theirs.train()(sequences()), atol=1e-5, rtol=0)


def test_rotary_scores_depend_only_on_how_far_places_lie_apart() -> None:
    query, key = torch.randn(2, 1, 1, 1, 8).expand(2, 1, 1, PLACES, 8)
    scores = (turned(query) @ turned(key).transpose(-2, -1))[0, 0]
    for apart in range(-5, 6):
        along = scores.diagonal(apart)
        torch.testing.assert_close(along, along[:1].expand(len(along)), atol=1e-5, rtol=0)
    torch.testing.assert_close(turned(query).norm(dim=-1), query.norm(dim=-1))


def test_sinusoidal_positions_are_those_of_the_paper() -> None:
    module = made(SinusoidalPosition(), Sequence(length=50, width=6))
    added = module(torch.zeros(1, 50, 6))[0]
    for place in (0, 1, 7, 49):
        for pair in range(3):
            angle = torch.tensor(place / 10_000 ** (2 * pair / 6))
            torch.testing.assert_close(added[place, 2 * pair], angle.sin(), atol=1e-5, rtol=0)
            torch.testing.assert_close(added[place, 2 * pair + 1], angle.cos(), atol=1e-5, rtol=0)


@pytest.mark.parametrize("layer", [Attention(heads=2), TransformerBlock(heads=2), LearnedPosition()], ids=repr)
def test_a_series_is_read_as_the_sequence_that_it_is(layer: Any) -> None:
    series, sequence = made(layer, Series(channels=WIDTH, length=PLACES)), made(layer, Sequence(length=PLACES, width=8))
    x = sequences()
    torch.testing.assert_close(series(x.transpose(1, 2)).transpose(1, 2), sequence(x))


def test_a_text_longer_than_the_positions_is_a_problem_that_one_click_mends() -> None:
    document = stories({"kind": "learned_position", "places": 10}, {**BLOCK, "causal": True})
    (problem,) = check(document).problems
    assert (problem.place, problem.values) == ("/networks/main/layers/1/places", {"length": 16, "known": 10})
    assert check(patched(document, problem.fixes[0].edits)).problems == []


@pytest.mark.parametrize(("heads", "better"), [(3, 2), (5, 4), (16, 8)])
def test_heads_that_do_not_divide_the_width_are_a_problem_that_one_click_mends(heads: int, better: int) -> None:
    document = stories({**BLOCK, "heads": heads, "causal": True})
    (problem,) = check(document).problems
    assert problem.place == "/networks/main/layers/1/heads"
    mended = patched(document, problem.fixes[0].edits)
    assert mended["networks"]["main"]["layers"][1]["heads"] == better
    assert check(mended).problems == []


def test_rotary_positions_want_pairs() -> None:
    with pytest.raises(Problem, match="each head has 1"):
        Attention(heads=8, rotary=True).shape_after(Sequence(length=4, width=8))


def test_a_block_that_looks_ahead_is_a_problem_that_one_click_mends() -> None:
    document = stories(BLOCK, {"kind": "attention", "causal": True})
    (problem,) = check(document).problems
    assert problem.place == "/networks/main/layers/1"
    assert check(patched(document, problem.fixes[0].edits)).problems == []


def test_each_layer_starts_with_heads_that_fit() -> None:
    for width, heads in ((64, 4), (6, 2), (5, 1)):
        shape = Sequence(length=4, width=width)
        block = TransformerBlock.started(shape)
        assert (block.heads, block.feedforward) == (heads, 4 * width)
        assert block.shape_after(shape) == shape
    assert LearnedPosition.started(Sequence(length=300, width=4)).places == 300


def test_heads_that_share_keys_and_values_read_what_all_would_with_the_same_weights() -> None:
    shape = Sequence(length=PLACES, width=WIDTH)
    shared, own = made(Attention(heads=4, kv_heads=2), shape), made(Attention(heads=4), shape)
    apart = {name: value.split([8, 4, 4]) for name, value in shared.in_proj.state_dict().items()}
    own.in_proj.load_state_dict(
        {
            name: torch.cat([query, *(of_two(rows) for rows in (keys, values))])
            for name, (query, keys, values) in apart.items()
        }
    )
    own.out_proj.load_state_dict(shared.out_proj.state_dict())
    torch.testing.assert_close(shared(sequences()), own(sequences()), atol=1e-6, rtol=0)
    assert (
        sum(parameter.numel() for parameter in shared.parameters())
        == sum(parameter.numel() for parameter in own.parameters()) - 72
    )


def of_two(rows: Tensor) -> Tensor:
    """The rows of two heads of two numbers each, for each of four."""
    return torch.cat((rows[:2], rows[:2], rows[2:], rows[2:]))


def test_alibi_takes_the_slopes_of_its_paper() -> None:
    added = penalties(8, 3, 3)
    slopes = [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 256]
    torch.testing.assert_close(added[:, 2, 0], -2 * torch.tensor(slopes))
    assert not added.diagonal(dim1=1, dim2=2).any()
    torch.testing.assert_close(penalties(8, 1, 3), added[:, 2:])  # of the last place alone


def test_normalised_queries_and_keys_do_not_grow_with_their_weights() -> None:
    plain, normed = (
        made(Attention(heads=2, qk_norm=qk_norm), Sequence(length=PLACES, width=WIDTH)) for qk_norm in (False, True)
    )
    for module in (plain, normed):
        module.keeps = True
        module(sequences())
        before = module.kept
        with torch.no_grad():
            module.in_proj.weight[: 2 * WIDTH] *= 50
            module.in_proj.bias[: 2 * WIDTH] *= 50
        module(sequences())
        assert torch.allclose(module.kept, before, atol=1e-3) == (module is normed)


@pytest.mark.parametrize(("heads", "shared", "fewer"), [(4, 3, 2), (1, 2, 1), (2, 64, 2)])
def test_keys_and_values_that_cannot_be_shared_evenly_are_told_with_what_mends_it(
    heads: int, shared: int, fewer: int
) -> None:
    document = stories({**BLOCK, "heads": heads, "kv_heads": shared, "causal": True})
    (problem,) = check(document).problems
    assert problem.place == "/networks/main/layers/1/kv_heads"
    assert check(patched(document, problem.fixes[0].edits)).problems == []
    assert patched(document, problem.fixes[0].edits)["networks"]["main"]["layers"][1]["kv_heads"] == fewer


def test_swiglu_lets_the_first_sum_say_how_much_of_the_third_passes() -> None:
    layer = TransformerBlock(heads=2, feedforward=16, activation="swiglu")
    module, x = made(layer, Sequence(length=PLACES, width=WIDTH)), sequences()
    gate = module.linear1(x)
    torch.testing.assert_close(module.thought(x), module.linear2(gate * torch.sigmoid(gate) * module.linear3(x)))
