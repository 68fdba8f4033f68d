"""Documents of older versions."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.experiment.check import check, checked
from app.experiment.experiment import VERSION
from app.experiment.upgrades import UPGRADES, outdated, upgraded, upgraded_command, upgraded_tensor
from app.runs.commands import COMMAND
from tests.experiment.checking import GOOD


def rename_rate(document: dict[str, Any]) -> dict[str, Any]:
    return {("lr" if key == "rate" else key): value for key, value in document.items()}


def double_lr(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "lr": 2 * document["lr"]}


STEPS = {1: rename_rate, 2: double_lr}


def test_a_document_climbs_version_by_version() -> None:
    assert upgraded({"version": 1, "rate": 0.5}, STEPS, newest=3) == {"version": 3, "lr": 1.0}
    assert upgraded({"version": 2, "lr": 0.5}, STEPS, newest=3) == {"version": 3, "lr": 1.0}


def test_a_document_without_a_version_is_of_the_newest() -> None:
    assert upgraded({"lr": 0.5}, STEPS, newest=3) == {"lr": 0.5}


def test_what_cannot_be_upgraded_is_left_to_the_check() -> None:
    for document in (None, [], {"version": 9}, {"version": "1"}, {"version": True}, {"version": -4}):
        assert upgraded(document, STEPS, newest=3) == document
    assert check({"version": 0}).problems[0].place == "/version"


def test_every_version_has_its_step() -> None:
    assert set(UPGRADES) == set(range(1, VERSION))


def test_document_of_version_1_means_the_same_today() -> None:
    assert check({**GOOD, "version": 1}).problems == []
    assert [outdated({"version": version}) for version in (1, 2, 3)] == [True, True, False]
    assert not outdated({})
    assert not outdated(None)


@pytest.mark.parametrize("version", [1, 2])
def test_what_older_documents_did_not_say_is_trained_by_pytorch(version: int) -> None:
    old = {key: value for key, value in GOOD.items() if key not in ("version", "training")}
    kept = {"epochs": 7, "stepper": "compiled"}
    assert upgraded({**old, "version": version}) == {**old, "version": 3, "training": {"stepper": "eager"}}
    assert upgraded({**old, "version": version, "training": {"epochs": 7}})["training"]["stepper"] == "eager"
    assert upgraded({**old, "version": version, "training": kept})["training"] == kept
    assert upgraded({**old, "version": version, "training": 3})["training"] == 3
    assert checked(old).training.stepper == "quickest"


def test_names_of_version_1_become_addresses_and_those_of_version_2_stay() -> None:
    old = {"kind": "set", "weight": {"path": "/head/0", "parameter": "bias", "index": [0]}, "value": 1}
    new = {"kind": "set", "weight": {"path": "/networks/main/head/0/bias", "index": [0]}, "value": 1}
    names = ["network.layers.0.weight", "optimizer.head.0.bias:exp_avg", "best.layers.2.layers.0.weight", "random"]
    addresses = [
        "/networks/main/layers/0/weight",
        "/networks/main/head/0/bias:exp_avg",
        "best:/networks/main/layers/2/layers/0/weight",
        "random",
    ]

    assert upgraded_command(old) == upgraded_command(new) == new
    assert [upgraded_tensor(name) for name in names] == addresses
    assert [upgraded_tensor(address) for address in addresses] == addresses


@pytest.mark.parametrize("command", [None, [], "set", {"weight": None}, {"weight": {"parameter": "bias"}}])
def test_what_is_no_command_of_version_1_is_left_to_validation(command: Any) -> None:
    with pytest.raises(ValidationError):
        COMMAND.validate_python(upgraded_command(command))
