"""Which layers are offered at a place, and what is said of the others."""

from typing import Any

import pytest

from app.experiment.check import check
from app.experiment.offering import Offer, offers
from app.experiment.patch import patched
from app.parts.layers import LAYERS
from app.parts.problem import Edit, Problems
from tests.experiment.checking import CONV, DIGITS, GOOD, LINEAR, RELU, TANH, with_layers

MAIN = "/networks/main/layers"
RESIDUAL = {"kind": "residual", "layers": [CONV, RELU]}
BRANCHES = {"kind": "branches", "branches": [{"layers": [CONV]}, {"layers": []}]}
NETWORK = with_layers(CONV, RELU, RESIDUAL, BRANCHES, {"kind": "flatten"}, LINEAR, TANH, dataset=DIGITS)
PLACES = [
    (MAIN, 0),
    (MAIN, 4),
    (MAIN, 5),
    (MAIN, 7),
    (MAIN + "/2/layers", 1),
    (MAIN + "/3/branches/0/layers", 1),
    (MAIN + "/3/branches/1/layers", 0),
]


def said(found: dict[str, Offer], kind: str) -> str:
    problem = found[kind].problem
    return str(problem) if problem else ""


@pytest.mark.parametrize(("place", "at"), PLACES)
def test_what_is_offered_stands_there_without_a_problem_of_its_own(place: str, at: int) -> None:
    found = offers(NETWORK, place, at)
    assert list(found) == [part.kind_name() for part in LAYERS]
    for offer in found.values():
        grown = patched(NETWORK, [Edit("add", f"{place}/{at}", offer.start)])
        problems = [problem for problem in check(grown).problems if problem.place.startswith(f"{place}/{at}")]
        if offer.problem is None:
            assert problems == []


@pytest.mark.parametrize(("place", "at"), PLACES)
def test_what_is_not_offered_would_be_a_problem_there_or_behind(place: str, at: int) -> None:
    for offer in offers(NETWORK, place, at).values():
        if offer.problem:
            grown = patched(NETWORK, [Edit("add", f"{place}/{at}", offer.start)])
            assert check(grown).problems


def test_a_picture_is_no_list_and_a_list_no_picture() -> None:
    pictures, lists = offers(NETWORK, MAIN, 1), offers(NETWORK, MAIN, 5)
    assert said(pictures, "linear") == "Linear takes a flat list of numbers or a sequence, but here arrives a picture."
    assert said(lists, "max_pool2d") == "Max pooling 2-D takes a picture, but here arrives a flat list of numbers."
    assert said(pictures, "max_pool2d") == said(lists, "linear") == ""


def test_what_the_layer_behind_could_not_take_is_not_offered() -> None:
    sentence = "Convolution 2-D behind it takes a picture, but this would give a flat list of numbers."
    assert said(offers(NETWORK, MAIN, 0), "flatten") == sentence
    assert said(offers(NETWORK, MAIN, 4), "flatten") == ""  # another Flatten follows


def test_inner_layers_of_a_residual_end_with_what_came_in() -> None:
    within = offers(NETWORK, MAIN + "/2/layers", 2)
    assert said(within, "flatten").startswith("At the end of these layers must stand a picture")
    assert said(within, "conv2d") == ""
    assert said(offers(NETWORK, MAIN + "/3/branches/1/layers", 0), "flatten") == ""  # the other branch may follow


def test_pictures_stay_to_the_end_where_every_pixel_is_answered() -> None:
    shapes = {"kind": "shape_masks"}
    document = {
        **with_layers(CONV, RELU),
        "dataset": shapes,
        "task": {"kind": "segmentation"},
    }
    assert check(document).problems == []
    found = offers(document, MAIN, 2)
    assert said(found, "global_avg_pool").startswith("At the end of these layers must stand a picture")
    assert said(found, "upsample") == ""


def test_layers_that_hold_others_start_with_some_that_fit() -> None:
    found = offers(NETWORK, MAIN, 1)
    assert [layer["kind"] for layer in found["residual"].start["layers"]] == ["conv2d", "relu", "conv2d"]
    assert offers(NETWORK, MAIN, 6)["residual"].start["layers"][0]["kind"] == "linear"
    assert found["relu"].start == {"kind": "relu"}


def test_a_network_that_is_full_or_deep_says_so() -> None:
    full = with_layers(*[TANH] * 127)
    assert said(offers(full, MAIN, 3), "residual").startswith("There are 131 layers")
    assert said(offers(full, MAIN, 3), "relu") == ""
    layer: Any = TANH
    for _ in range(8):
        layer = {"kind": "residual", "layers": [layer]}
    deepest = offers(with_layers(layer), MAIN + "/0/layers" * 8, 0)
    assert said(deepest, "skip") == "Layers can stand within layers 8 deep, and this is one deeper."
    assert said(deepest, "relu") == ""


def test_behind_a_layer_that_does_not_fit_everything_is_offered() -> None:
    unknown = with_layers(LINEAR, {"kind": "conv2d"}, TANH)
    assert all(offer.problem is None for offer in offers(unknown, MAIN, 2).values())
    assert said(offers(unknown, MAIN, 1), "conv2d") != ""  # what arrives at the misfit itself is known


def test_a_document_with_a_wrong_field_is_still_offered_layers() -> None:
    wrong = with_layers({**LINEAR, "units": -3}, TANH, optimizer={"kind": "adam", "lr": "fast"}, loss={"kind": "mse"})
    assert said(offers(wrong, MAIN, 1), "relu") == ""


@pytest.mark.parametrize(
    ("place", "at", "where"),
    [
        (MAIN, 8, "/at"),
        (MAIN + "/2/layers", 3, "/at"),
        (MAIN + "/9/layers", 0, "/list"),
        (MAIN + "/1/layers", 0, "/list"),
        (MAIN + "/3/branches", 0, "/list"),
        (MAIN + "/3/branches/2/layers", 0, "/list"),
        (MAIN + "/2/layers/", 0, "/list"),
        (MAIN + "/2/layersx", 0, "/list"),
        (MAIN + "/²/layers", 0, "/list"),
        (MAIN + "/" + "9" * 300 + "/layers", 0, "/list"),
        (MAIN + "/-1/layers", 0, "/list"),
        ("/networks/other/layers", 0, "/list"),
        ("", 0, "/list"),
    ],
)
def test_a_place_that_is_not_there_is_refused(place: str, at: int, where: str) -> None:
    with pytest.raises(Problems) as raised:
        offers(NETWORK, place, at)
    assert [problem.place for problem in raised.value.problems] == [where]


def test_a_document_that_cannot_be_read_is_refused_with_its_own_problems() -> None:
    with pytest.raises(Problems) as raised:
        offers({**GOOD, "dataset": 7}, MAIN, 0)
    assert [problem.place for problem in raised.value.problems] == ["/dataset"]


def test_where_no_feature_is_chosen_only_that_is_a_problem_and_every_layer_is_offered() -> None:
    nothing = {**GOOD, "dataset": {"kind": "circle", "features": []}}
    for kind, offer in offers(nothing, MAIN, 0).items():
        assert (offer.start, offer.problem) == ({"kind": kind}, None)
        grown = patched(nothing, [Edit("add", f"{MAIN}/0", offer.start)])
        assert [problem.place for problem in check(grown).problems] == ["/dataset/features"], kind
