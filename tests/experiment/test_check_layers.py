"""What the check says of layers for pictures and series: inside branches, where shapes do not fit, too large."""

from typing import Any

import pytest

from app.experiment.check import check
from app.experiment.patch import patched
from tests.experiment.checking import (
    CONV,
    DIGITS,
    GOOD,
    IRIS,
    LINEAR,
    RELU,
    TANH,
    after_first_fix,
    hints,
    told,
    with_layers,
)


def branches(*stacks: list[Any]) -> dict[str, Any]:
    return {"kind": "branches", "branches": [{"layers": stack} for stack in stacks]}


def test_what_is_wrong_inside_a_branch_has_its_place_and_its_fix() -> None:
    wrong = [{"kind": "convolution 2-d"}, {"kind": "conv2d", "filter": 4, "padding": 1}, {**CONV, "filters": 0}]
    document = with_layers(CONV, RELU, branches([RELU], wrong), dataset=DIGITS)
    inside = "/networks/main/layers/2/branches/1/layers"
    assert told(document) == [
        (f"{inside}/0/kind", 'There is no layer called "convolution 2-d".'),
        (f"{inside}/1/filter", "There is no field called “filter” here."),
        (f"{inside}/2/filters", "0 is too small: 1 is the least."),
    ]
    for problem in check(document).problems:
        document = patched(document, problem.fixes[0].edits)
    mended = document["networks"]["main"]["layers"][2]["branches"][1]["layers"]
    assert mended == [{"kind": "conv2d"}, {"kind": "conv2d", "filters": 4, "padding": 1}, {**CONV, "filters": 1}]


def test_what_is_wrong_with_a_branch_itself_is_told_at_it() -> None:
    document = with_layers({"kind": "branches", "branches": [{"layer": [RELU]}, 7, {"layers": TANH}]}, dataset=DIGITS)
    inside = "/networks/main/layers/0/branches"
    assert told(document) == [
        (f"{inside}/0/layer", "There is no field called “layer” here."),
        (f"{inside}/1", "This must be an object with named fields."),
        (f"{inside}/2/layers", "This must be a list."),
    ]
    assert after_first_fix(document, f"{inside}/0/layer")["networks"]["main"]["layers"][0]["branches"][0] == {
        "layers": [RELU]
    }


def test_a_value_that_is_no_choice_goes_back_to_the_default_also_inside_a_branch() -> None:
    upsample = {"kind": "upsample", "mode": "cubic"}
    document = with_layers(branches([upsample]), dataset=DIGITS)
    place = "/networks/main/layers/0/branches/0/layers/0/mode"
    ((where, sentence),) = told(document)
    assert (where, sentence) == (place, '"cubic" is no choice here. Possible are: nearest, bilinear.')
    assert check(after_first_fix(document, place)).problems == []


def test_shapes_stay_in_sight_while_a_branch_is_wrong() -> None:
    report = check(with_layers(CONV, branches([CONV], [{"kind": "nothing at all"}]), dataset=DIGITS))
    assert [layer.after.sizes for layer in report.placed["main"]][:2] == [(8, 8, 8), (16, 8, 8)]


@pytest.mark.parametrize(
    ("layer", "dataset", "buttons"),
    [
        (LINEAR, DIGITS, ["Add Flatten before it", "Add global average pooling before it"]),
        ({"kind": "conv1d"}, DIGITS, ["Use {kind}"]),
        (
            {"kind": "batch_norm1d"},
            DIGITS,
            ["Use {kind}", "Add Flatten before it", "Add global average pooling before it"],
        ),
        ({"kind": "dropout2d"}, GOOD["dataset"], ["Use {kind}"]),
        ({"kind": "max_pool2d"}, GOOD["dataset"], ["Remove it"]),
        ({"kind": "group_norm", "groups": 1}, IRIS, ["Add Reshape to {sizes} before it"]),
        (CONV, {"kind": "iris"}, ["Add Reshape to {sizes} before it"]),
    ],
)
def test_a_shape_that_a_layer_does_not_take_has_ways_in(layer: Any, dataset: Any, buttons: list[str]) -> None:
    document = with_layers(layer, RELU, dataset=dataset)
    (problem,) = check(document).problems
    assert problem.place == "/networks/main/layers/0"
    assert [fix.title for fix in problem.fixes] == buttons
    for fix in problem.fixes:
        left = [found.place for found in check(patched(document, fix.edits)).problems]
        assert "/networks/main/layers/0" not in left


def test_without_a_head_a_convolution_before_a_global_pool_is_sized_for_the_task() -> None:
    document = with_layers(CONV, RELU, {**CONV, "filters": 4}, {"kind": "global_avg_pool"}, head=False, dataset=DIGITS)
    assert told(document) == [("/networks/main/layers", "The task needs 10 outputs, but the last layer gives 4.")]
    mended = after_first_fix(document, "/networks/main/layers")
    assert mended["networks"]["main"]["layers"][2]["filters"] == 10
    assert check(mended).problems == []


class TestLimits:
    def test_branches_within_branches(self) -> None:
        layer: Any = TANH
        for _ in range(8):
            layer = branches([], [layer])
        assert told(with_layers(layer, dataset=DIGITS)) == []
        ((place, sentence),) = told(with_layers(branches([], [layer]), dataset=DIGITS))
        assert sentence == "Layers can stand within layers 8 deep, and this is one deeper."
        assert place == "/networks/main/layers/0" + "/branches/1/layers/0" * 9

    def test_memory_of_one_sample(self) -> None:
        ((place, sentence), *_) = told(
            with_layers(
                {**CONV, "filters": 1000},
                *[{"kind": "upsample", "scale_factor": 8}] * 2,
                {"kind": "global_max_pool"},
                dataset=DIGITS,
            )
        )
        assert place == "/networks/main/layers/2"
        assert sentence.startswith("One sample alone would take 1065 MB of memory; 1000 MB are the most.")

    def test_time_of_a_step(self) -> None:
        wide = {"kind": "conv2d", "filters": 180, "kernel": 11, "padding": 5}
        larger = {"kind": "upsample", "scale_factor": 8}
        document = with_layers(
            wide, RELU, larger, wide, {"kind": "global_max_pool"}, dataset=DIGITS, training={"batch_size": 10}
        )
        ((place, sentence),) = told(document)
        assert place == "/training/batch_size"
        assert "would take 160593 million multiplications; 100000 million are the most" in sentence
        mended = after_first_fix(document, place)
        assert mended["training"]["batch_size"] == 6
        assert check(mended).problems == []


class TestHints:
    def test_two_convolutions_in_a_row(self) -> None:
        pool = {"kind": "avg_pool2d"}  # straight too
        document = with_layers({**CONV, "bias": False}, {"kind": "batch_norm2d"}, pool, CONV, RELU, dataset=DIGITS)
        place = "/networks/main/layers/3"
        sentence = "Two convolutions without an activation between them can do no more than one with a larger window."
        assert hints(document) == [(place, sentence)]
        assert hints(after_first_fix(document, place)) == []

    @pytest.mark.parametrize(
        "layers",
        [
            [CONV, {"kind": "max_pool2d"}, CONV, RELU],  # the largest is no sum
            [
                {**CONV, "groups": 1},
                RELU,
                {**CONV, "groups": 8},
                {**CONV, "kernel": 1, "padding": 0},
                RELU,
            ],  # separable
            [branches([CONV], [CONV]), RELU],  # side by side, not in a row
            [CONV, {"kind": "layer_norm"}, CONV, RELU],
        ],
    )
    def test_but_not_where_something_bends_or_is_meant(self, layers: list[Any]) -> None:
        assert hints(with_layers(*layers, dataset=DIGITS)) == []

    def test_two_in_a_row_inside_a_branch(self) -> None:
        document = with_layers(branches([RELU], [CONV, CONV]), RELU, dataset=DIGITS)
        place = "/networks/main/layers/0/branches/1/layers/1"
        assert [where for where, _ in hints(document)] == [place]
        assert hints(after_first_fix(document, place)) == []

    def test_a_convolution_right_before_the_head(self) -> None:
        document = with_layers(CONV, {"kind": "global_avg_pool"}, dataset=DIGITS)
        ((place, sentence),) = hints(document)
        assert place == "/networks/main/head"
        assert sentence.startswith("Without an activation between them, this layer and the convolution before it")
        assert hints(after_first_fix(document, place)) == []

    def test_a_bias_before_batch_normalisation(self) -> None:
        document = with_layers(CONV, {"kind": "batch_norm2d"}, RELU, dataset=DIGITS)
        assert [place for place, _ in hints(document)] == ["/networks/main/layers/0"]
        assert hints(after_first_fix(document, "/networks/main/layers/0")) == []

    def test_a_softmax_over_a_single_channel(self) -> None:
        document = with_layers(CONV, RELU, {**CONV, "filters": 1}, {"kind": "softmax"}, dataset=DIGITS)
        assert [place for place, _ in hints(document)] == ["/networks/main/layers/3"]

    def test_equal_first_filters(self) -> None:
        document = with_layers(CONV, RELU, dataset=DIGITS, initializer={"kind": "constant"})
        assert [place for place, _ in hints(document)] == ["/networks/main/initializer"]
