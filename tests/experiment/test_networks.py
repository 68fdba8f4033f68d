"""Experiments with several networks, as a task names them."""

from typing import Any

import pytest

from app.experiment.check import check, checked
from app.experiment.experiment import Experiment
from app.experiment.fitting import fitted, network_problems
from app.experiment.hints import hinted
from app.experiment.network import Network
from app.parts.datasets.dataset import Dataset
from app.parts.layers.stack import unfolded
from app.parts.shapes import Features
from app.parts.tasks.classification import Classification
from app.parts.tasks.task import Ends
from tests.experiment.checking import GOOD, with_layers


class Squeezed(Classification):
    """A task of two networks: one makes three numbers of a sample, the other an answer of those."""

    def ends(self, dataset: Dataset, at_each: int) -> dict[str, Ends]:
        three = Features(size=3)
        return {"encoder": Ends(dataset.inputs(), three), "decoder": Ends(three, Features(size=at_each))}

    def networks(self, dataset: Dataset) -> dict[str, dict[str, Any]]:
        return {"encoder": {}, "decoder": {}}


def squeezed(**networks: Network) -> Experiment:
    return checked(GOOD).model_copy(update={"task": Squeezed(), "networks": networks})


def network(*layers: dict[str, Any], **more: Any) -> Network:
    return Network.model_validate({"layers": list(layers), **more})


def test_each_network_is_placed_at_its_own_address_and_between_its_own_ends() -> None:
    experiment = squeezed(encoder=network({"kind": "linear", "units": 5}, {"kind": "tanh"}), decoder=network())
    placed = fitted(experiment).placed
    assert {name: [layer.path for layer in own] for name, own in placed.items()} == {
        "encoder": ["/networks/encoder/layers/0", "/networks/encoder/layers/1", "/networks/encoder/head/0"],
        "decoder": ["/networks/decoder/head/0"],
    }
    assert [layer.after.numbers for layer in placed["encoder"]] == [5, 5, 3]
    assert [(layer.before.numbers, layer.after.numbers) for layer in placed["decoder"]] == [(3, 2)]
    assert experiment.placed("decoder") == placed["decoder"]


def test_problem_and_advice_stand_at_the_network_they_are_about() -> None:
    wrong = squeezed(encoder=network(head=False), decoder=network({"kind": "conv2d"}))
    assert {problem.place for problem in fitted(wrong).problems} == {
        "/networks/encoder/layers",
        "/networks/decoder/layers/0",
    }

    zeros = squeezed(encoder=network(), decoder=network({"kind": "linear"}, initializer={"kind": "zeros"}))
    findings = fitted(zeros)
    assert findings.problems == []
    places = [hint.place for hint in hinted(zeros, findings.placed)]
    assert places == ["/networks/decoder/head", "/networks/decoder/initializer"]


def test_networks_are_those_of_the_task() -> None:
    missing = network_problems(squeezed(encoder=network(), critic=network()))
    assert [(problem.place, problem.values.get("field")) for problem in missing] == [
        ("/networks", "decoder"),
        ("/networks/critic", None),
    ]
    assert "encoder, decoder" in str(missing[1])


@pytest.mark.parametrize("name", ["critic", "Main", "a/b", "main ", ""])
def test_network_of_another_name_is_refused_and_removed_by_one_click(name: str) -> None:
    document = GOOD | {"networks": GOOD["networks"] | {name: {}}}
    (problem,) = check(document).problems
    assert str(problem).startswith("This task has no network called")
    assert len(list(unfolded(check(document).placed["main"]))) == 3  # shown all the same


def test_document_with_a_mistake_in_its_network_is_shown_by_name() -> None:
    assert list(check(with_layers({"kind": "lineare"})).placed) == ["main"]
