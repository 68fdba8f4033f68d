"""What may be changed while a network trains, and what is refused, over every field of every optimizer and loop."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from app.experiment.addresses import name_within
from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.experiment.live_changes import changed, check_weight, live_groups, live_settings
from app.experiment.training import Training
from app.parts.optimizers import OPTIMIZERS
from app.parts.problem import Problem
from tests.parts.families import example
from tests.parts.variants import variants
from tests.training.building import build_network

LIVE_IN_TRAINING = {"/training/batch_size": 7} | {
    f"/training/regularization/{name}": 0.5 for name in ("l1", "l2", "clip_norm", "max_norm")
}
LIVE_IN_OPTIMIZERS = [
    pytest.param(example(kind), name, getattr(other, name), id=f"{kind.kind_name()}-{name}")
    for kind in OPTIMIZERS
    for name, other in list(variants(example(kind)))[::2]
]


def experiment(**changes: Any) -> Experiment:
    document = {
        "dataset": {"kind": "circle"},
        "task": {"kind": "classification"},
        "loss": {"kind": "cross_entropy"},
        "networks": {
            "main": {
                "layers": [
                    {"kind": "linear", "units": 3},
                    {"kind": "tanh"},
                    {"kind": "linear", "units": 4, "bias": False},
                ]
            }
        },
    }
    return checked({**document, **changes})


def paths_of(settings: BaseModel, above: str = "") -> Iterator[str]:
    """The JSON Pointer of every setting, groups of settings included."""
    for name in type(settings).model_fields:
        yield f"{above}/{name}"
        inner = getattr(settings, name)
        if isinstance(inner, BaseModel):
            yield from paths_of(inner, f"{above}/{name}")


def at(settings: Any, path: str) -> Any:
    for name in path.split("/")[1:]:
        settings = getattr(settings, name)
    return settings


@pytest.mark.parametrize(("optimizer", "name", "value"), LIVE_IN_OPTIMIZERS)
def test_every_setting_of_every_optimizer_can_be_changed_alone(optimizer: Any, name: str, value: Any) -> None:
    before = experiment(optimizer=optimizer.model_dump())
    after = changed(before, f"/optimizer/{name}", value)
    assert after.optimizer == optimizer.model_copy(update={name: value})
    assert after.model_copy(update={"optimizer": optimizer}) == before


@pytest.mark.parametrize(("path", "value"), LIVE_IN_TRAINING.items())
def test_live_settings_of_training_can_be_changed_alone(path: str, value: float) -> None:
    before = experiment()
    after = changed(before, path, value)
    assert at(after, path) == value
    assert after.model_copy(update={"training": Training()}) == before
    assert [
        setting for setting in paths_of(after.training, "/training") if at(after, setting) != at(before, setting)
    ] == ([path] if path.count("/") == 2 else ["/training/regularization", path])


def test_what_can_be_changed_is_told_with_the_bounds_of_each() -> None:
    own = {"main": {"layers": [], "optimizer": {"kind": "sgd"}}}
    told = live_settings(experiment(networks=own))
    assert told.keys() >= LIVE_IN_TRAINING.keys() | {"/optimizer/lr", "/networks/main/optimizer/momentum"}
    assert told["/training/batch_size"] == {"type": "integer", "minimum": 1, "maximum": 65_536}
    assert (
        told["/networks/main/optimizer/lr"]
        == told["/optimizer/lr"]
        == {
            "type": "number",
            "exclusiveMinimum": 0,
            "maximum": 100,
        }
    )
    assert live_groups(experiment(networks=own)) == ["/training/regularization"]
    for path in told:
        with pytest.raises(Problem, match="cannot have this value"):
            changed(experiment(networks=own), path, "a word")


def test_everything_else_is_refused_and_says_so() -> None:
    whole = experiment()
    live = {*LIVE_IN_TRAINING, *(f"/optimizer/{name}" for name in type(whole.optimizer).model_fields if name != "kind")}
    refused = {
        *paths_of(whole),
        "",
        "/",
        "/optimizer/",
        "/optimizer/momentum",
        "/optimizer/lr/0",
        "optimizer/lr",
    } - live
    refused |= {"/networks/main/layers/0/units", "/optimizer/__class__", "/training/regularization/model_config"}
    assert {"/optimizer/kind", "/seed", "/training/epochs", "/dataset/samples", "/schedule/warmup"} <= refused
    for path in refused:
        with pytest.raises(Problem, match="cannot be changed while the network trains") as raised:
            changed(whole, path, 1)
        assert raised.value.values == {"path": path}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/optimizer/lr", 0),
        ("/optimizer/lr", float("nan")),
        ("/optimizer/beta1", 1),
        ("/training/batch_size", 2.5),
        ("/training/batch_size", 0),
        ("/training/batch_size", 60_000),
        ("/training/regularization/l1", -1),
    ],
)
def test_a_value_out_of_range_is_refused_at_the_value(path: str, value: float) -> None:
    with pytest.raises(Problem) as raised:
        changed(experiment(), path, value)
    assert raised.value.place == "/value"


def test_settings_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(Problem, match="momentum is 0"):
        changed(experiment(optimizer={"kind": "sgd"}), "/optimizer/nesterov", True)


@pytest.mark.parametrize(
    ("address", "index"),
    [
        ("/networks/main/layers/0/weight", [2, 1]),
        ("/networks/main/layers/0/bias", [2]),
        ("/networks/main/layers/2/weight", [3, 2]),
        ("/networks/main/head/0/weight", [1, 3]),
    ],
)
def test_each_weight_and_bias_that_is_there_may_be_set(address: str, index: list[int]) -> None:
    check_weight(experiment(), address, index)


PICTURES = experiment(
    dataset={"kind": "digits"},
    networks={
        "main": {
            "layers": [
                {"kind": "conv2d", "filters": 6, "kernel": 3, "groups": 1},
                {
                    "kind": "branches",
                    "branches": [{"layers": [{"kind": "conv2d", "filters": 4, "kernel": 1, "groups": 2}]}],
                },
                {"kind": "residual", "layers": [{"kind": "batch_norm2d"}]},
            ]
        }
    },
)


@pytest.mark.parametrize(
    ("address", "index"),
    [
        ("/networks/main/layers/0/weight", [5, 0, 2, 2]),
        ("/networks/main/layers/0/bias", [5]),
        ("/networks/main/layers/1/branches/0/layers/0/weight", [3, 2, 0, 0]),
        ("/networks/main/layers/2/layers/0/weight", [3]),
    ],
)
def test_so_may_those_of_filters_also_within_others(address: str, index: list[int]) -> None:
    check_weight(PICTURES, address, index)
    network = build_network(PICTURES)
    sizes = network.get_parameter(name_within(address)).shape
    assert [size - 1 for size in sizes] == index  # the last one of the real tensor
    for direction in range(len(index)):
        beyond = [place + (number == direction) for number, place in enumerate(index)]
        with pytest.raises(Problem, match=" × ".join(map(str, sizes))):
            check_weight(PICTURES, address, beyond)


@pytest.mark.parametrize(
    ("address", "index", "place"),
    [
        ("/networks/main/layers/0/weight", [3, 0], "/weight/index"),
        ("/networks/main/layers/0/weight", [0, 2], "/weight/index"),
        ("/networks/main/layers/0/weight", [0], "/weight/index"),
        ("/networks/main/layers/0/bias", [0, 0], "/weight/index"),
        ("/networks/main/layers/1/weight", [0, 0], "/weight/path"),
        ("/networks/main/layers/2/bias", [0], "/weight/path"),
        ("/networks/main/layers/9/weight", [0, 0], "/weight/path"),
    ],
)
def test_what_is_not_there_cannot_be_set(address: str, index: list[int], place: str) -> None:
    with pytest.raises(Problem) as raised:
        check_weight(experiment(), address, index)
    assert raised.value.place == place
