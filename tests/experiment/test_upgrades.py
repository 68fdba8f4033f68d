"""Documents of older versions."""

from typing import Any

from app.experiment.check import check
from app.experiment.experiment import VERSION
from app.experiment.upgrades import UPGRADES, upgraded


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
