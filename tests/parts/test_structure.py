"""What is peculiar to layers that hold others: how they join, and how their sizes are mended."""

from typing import Any

import pytest
import torch

from app.experiment.patch import patched
from app.parts.layers import Layer
from app.parts.layers.branches import Branches
from app.parts.layers.conv2d import Conv2d
from app.parts.layers.linear import Linear
from app.parts.layers.residual import Residual
from app.parts.layers.skip import Skip
from app.parts.layers.stack import flow, survey, unfolded
from app.parts.layers.tanh import Tanh
from app.parts.problem import Problem
from app.parts.shapes import Features, Image, Series, Shape
from tests.parts.outcomes import batch_of, built
from tests.parts.variants import INNER

PICTURE = Image(channels=4, height=8, width=8)
ODD = Image(channels=4, height=9, width=7)
CONV, RELU, POOL = {"kind": "conv2d", "filters": 4}, {"kind": "relu"}, {"kind": "max_pool2d"}
KEEPING = {**CONV, "padding": 1}


def offered(document: dict[str, Any], shape: Shape) -> tuple[Problem, list[tuple[str, Shape]]]:
    """The only problem of a layer, and for each of its fixes the title and what leaves the layer then."""
    kind = {"residual": Residual, "skip": Skip, "branches": Branches}[document["kind"]]
    (problem,) = kind.model_validate(document).problems(shape)
    after = [kind.model_validate(patched(document, fix.edits)).shape_after(shape) for fix in problem.fixes]
    return problem, [
        (fix.title.format(**fix.values), leaving) for fix, leaving in zip(problem.fixes, after, strict=True)
    ]


class TestResidual:
    def test_adds_its_input_to_what_its_inner_layers_give(self) -> None:
        shape = Features(size=5)
        module = built(Residual.model_validate({"layers": INNER}), shape)
        inputs = batch_of(shape)
        torch.testing.assert_close(module(inputs), inputs + module.layers(inputs))

    def test_says_where_an_inner_layer_does_not_fit(self) -> None:
        image = Image(channels=1, height=8, width=8)
        found = survey([Residual(layers=[Residual(layers=[Linear()])])], image, "/layers")
        assert [problem.place for problem in found.problems] == ["/layers/0/layers/0/layers/0"]

    def test_offers_to_mend_the_sizes(self) -> None:
        found = survey([Residual(layers=[Linear(units=3), Tanh()])], Features(size=5), "/layers")
        (problem,) = found.problems
        assert str(problem).startswith("The inner layers turn 5 numbers into 3")
        (edit,) = problem.fixes[0].edits
        assert (edit.path, edit.value) == ("/layers/0/layers/0/units", 5)

    def test_goes_on_behind_a_misfit(self) -> None:
        image = Image(channels=1, height=8, width=8)
        found = survey([Linear(units=3), Residual(layers=[Linear(units=2)]), Linear(units=4)], image, "/layers")
        assert [problem.place for problem in found.problems] == ["/layers/0", "/layers/1/layers"]
        assert found.after == Features(size=4)

    def test_unfolds_into_all_its_layers(self) -> None:
        placed = flow([Residual(layers=[Residual(layers=[Tanh()])])], Features(size=2), "/layers")
        paths = [layer.path for layer in unfolded(placed)]
        assert paths == ["/layers/0", "/layers/0/layers/0", "/layers/0/layers/0/layers/0"]

    def test_nested_deeply_is_looked_at_in_no_time(self) -> None:
        layer: Layer[Any] = Residual(layers=[Linear(units=3)])
        for _ in range(30):
            layer = Residual(layers=[layer])
        with pytest.raises(Problem):
            layer.shape_after(Features(size=2))
        assert len(layer.problems(Features(size=2))) == 1

    def test_of_pictures_pads_its_windows_and_sizes_its_filters(self) -> None:
        smaller: dict[str, Any] = {"kind": "residual", "layers": [CONV, RELU, CONV]}
        problem, fixes = offered(smaller, PICTURE)
        assert str(problem).startswith("What comes in is 4 × 8 × 8, but the inner layers give 4 × 4 × 4,")
        assert fixes[0] == ("Pad the windows so that the size stays", PICTURE)
        _, fixes = offered({"kind": "residual", "layers": [CONV, RELU, {**CONV, "filters": 6}]}, PICTURE)
        assert fixes[0] == ("Pad the windows, and give the last inner layer 4 channels", PICTURE)
        _, fixes = offered({"kind": "residual", "layers": [{**KEEPING, "filters": 6}]}, PICTURE)
        assert [title for title, _ in fixes] == [
            "Give the last inner layer 4 channels",
            "Add an inner convolution of 4 filters",
        ]

    def test_says_that_a_list_cannot_be_added_to_a_picture(self) -> None:
        problem, fixes = offered({"kind": "residual", "layers": [{"kind": "flatten"}]}, PICTURE)
        assert str(problem).startswith("The inner layers turn a picture into a flat list of numbers")
        assert fixes == []


class TestSkip:
    def test_puts_what_its_inner_layers_give_behind_its_input(self) -> None:
        for shape, inner in ((Features(size=5), INNER), (PICTURE, [KEEPING, RELU])):
            layer = Skip.model_validate({"layers": inner})
            module, inputs = built(layer, shape), batch_of(shape)
            outputs = module(inputs)
            assert torch.equal(outputs[:, : shape.sizes[0]], inputs)
            assert torch.equal(outputs[:, shape.sizes[0] :], module.layers(inputs))

    def test_makes_a_u_net_of_skips_within_skips(self) -> None:
        down: dict[str, Any] = {"kind": "skip", "layers": [POOL, KEEPING, {"kind": "upsample"}]}
        whole = Skip.model_validate({"layers": [POOL, KEEPING, down, KEEPING, {"kind": "upsample"}]})
        assert whole.shape_after(PICTURE) == PICTURE.with_sizes(8, 8, 8)
        assert built(whole, PICTURE)(batch_of(PICTURE)).shape == (7, 8, 8, 8)

    def test_of_a_smaller_picture_offers_what_makes_it_as_large(self) -> None:
        problem, fixes = offered({"kind": "skip", "layers": [POOL, KEEPING]}, PICTURE)
        assert str(problem).startswith("What comes in is 4 × 8 × 8, but the inner layers give 4 × 4 × 4.")
        assert fixes == [("Add upsampling by 2", PICTURE.with_sizes(8, 8, 8))]  # and nothing that does more than that

    def test_of_an_odd_picture_offers_the_zeros_that_are_missing(self) -> None:
        _, fixes = offered({"kind": "skip", "layers": [POOL, KEEPING, {"kind": "upsample"}]}, ODD)
        assert fixes == [("Add zeros up to 9 × 7", ODD.with_sizes(8, 9, 7))]

    def test_may_have_other_channels_inside(self) -> None:
        layer = Skip.model_validate({"layers": [{**KEEPING, "filters": 11}]})
        assert layer.shape_after(PICTURE) == PICTURE.with_sizes(15, 8, 8)

    def test_refuses_a_list_beside_a_picture(self) -> None:
        problem, _ = offered({"kind": "skip", "layers": [{"kind": "global_avg_pool"}]}, PICTURE)
        assert "cannot be joined" in str(problem)


def branches(*stacks: list[dict[str, Any]], join: str = "concat") -> dict[str, Any]:
    return {"kind": "branches", "join": join, "branches": [{"layers": stack} for stack in stacks]}


class TestBranches:
    def test_put_their_channels_behind_one_another(self) -> None:
        layer = Branches.model_validate(branches([], [KEEPING, RELU], [{**CONV, "kernel": 1, "filters": 3}]))
        module, inputs = built(layer, PICTURE), batch_of(PICTURE)
        parts = [branch.layers(inputs) for branch in module.branches]
        assert torch.equal(module(inputs), torch.cat(parts, 1))
        assert layer.shape_after(PICTURE) == PICTURE.with_sizes(4 + 4 + 3, 8, 8)

    def test_or_add_what_they_give(self) -> None:
        for shape, inner in ((Features(size=5), INNER), (PICTURE, [KEEPING])):
            layer = Branches.model_validate(branches([], inner, inner, join="add"))
            module, inputs = built(layer, shape), batch_of(shape)
            torch.testing.assert_close(module(inputs), sum(branch.layers(inputs) for branch in module.branches))
            assert layer.shape_after(shape) == shape

    def test_name_each_inner_layer_by_branch_and_number(self) -> None:
        layer = Branches.model_validate(branches([RELU], [KEEPING, {"kind": "residual", "layers": [RELU]}]))
        placed = flow([Tanh(), layer], PICTURE, "/layers")
        inner = [nested.path for nested in unfolded(placed)][2:]
        assert inner == [
            "/layers/1/branches/0/layers/0",
            "/layers/1/branches/1/layers/0",
            "/layers/1/branches/1/layers/1",
            "/layers/1/branches/1/layers/1/layers/0",
        ]
        module = built(layer, PICTURE)
        for path in inner:
            module.get_submodule(path.removeprefix("/layers/1/").replace("/", "."))

    def test_say_which_gives_what_and_offer_what_mends_the_odd_one(self) -> None:
        problem, fixes = offered(branches([KEEPING], [CONV], [RELU]), PICTURE)
        assert problem.place == "/branches/1"
        assert str(problem).endswith("and they give: ① 4 × 8 × 8, ② 4 × 6 × 6, ③ 4 × 8 × 8.")
        assert fixes[0] == ("Pad the windows so that the size stays", PICTURE.with_sizes(12, 8, 8))
        problem, fixes = offered(branches([{**KEEPING, "filters": 9}], [], join="add"), PICTURE)
        assert "cannot be added" in str(problem)
        assert len(fixes) >= 1

    def test_without_any_offer_to_start(self) -> None:
        problem, fixes = offered({"kind": "branches"}, PICTURE)
        assert str(problem) == "There are no branches yet. Add at least one."
        assert [title for title, _ in fixes] == ["Start with two branches"]

    def test_tell_every_problem_inside(self) -> None:
        layer = Branches.model_validate(branches([{"kind": "linear"}], [POOL, {"kind": "conv1d"}]))
        assert [problem.place for problem in layer.problems(PICTURE)] == [
            "/branches/0/layers/0",
            "/branches/1/layers/1",
        ]


@pytest.mark.parametrize("kind", [Residual, Skip, Branches])
@pytest.mark.parametrize("shape", [Features(size=6), PICTURE, ODD, Series(channels=2, length=10)], ids=str)
def test_a_layer_that_holds_others_starts_with_some_that_learn(kind: type[Layer[Any]], shape: Shape) -> None:
    layer = kind.started(shape)
    assert layer.parameters(shape) > 0
    assert any(inner.layer.kind == "relu" for inner in layer.placed(shape))


def test_a_fix_is_offered_only_where_the_document_bears_it() -> None:
    many = {"kind": "residual", "layers": [{"kind": "conv2d", "filters": 8, "groups": 8, "kernel": 1}]}
    _, fixes = offered(many, Image(channels=1016, height=1, width=1))
    assert [title for title, _ in fixes] == [
        "Give the last inner layer 1016 channels",
        "Add an inner convolution of 1016 filters",
    ]
    wide = {"kind": "residual", "layers": [{"kind": "linear", "units": 3}]}
    assert offered(wide, Features(size=5000))[1] == []  # a linear layer has 4096 neurons at most


def test_many_misfits_within_one_another_are_told_in_no_time() -> None:
    layer: Layer[Any] = Residual(layers=[Conv2d(filters=3)])
    for _ in range(7):
        layer = Skip(layers=[Conv2d(filters=5), layer, Linear()])
    assert layer.problems(PICTURE)
