"""Addresses: places in the document, and what PyTorch calls the same thing."""

import pytest

from app.experiment.addresses import field_of, in_head, layer_of, name_within, network_of, parameter_address
from app.experiment.check import checked
from app.training.building import weights_of
from tests.experiment.checking import GOOD
from tests.training.building import build_network


@pytest.mark.parametrize(
    ("name", "address", "layer"),
    [
        ("layers.0.weight", "/networks/main/layers/0/weight", "/networks/main/layers/0"),
        ("head.1.bias", "/networks/main/head/1/bias", "/networks/main/head/1"),
        ("layers.2.branches.0.layers.1.weight", "/networks/main/layers/2/branches/0/layers/1/weight", None),
        ("layers.3.squeeze.weight", "/networks/main/layers/3/squeeze/weight", "/networks/main/layers/3"),
    ],
)
def test_parameter_and_its_layer_are_named_by_their_place(name: str, address: str, layer: str | None) -> None:
    assert parameter_address("main", name) == address
    assert name_within(address) == name
    assert layer_of(address) == (layer or address.rpartition("/")[0])
    assert network_of(address) == "main"


def test_head_has_an_address_though_the_document_has_only_a_field() -> None:
    assert in_head("/networks/generator/head/0")
    assert not in_head("/networks/head/layers/0")  # a network of that name
    assert field_of("/networks/generator/head/0") == "/networks/generator/head"
    assert field_of("/networks/main/layers/0") == "/networks/main/layers/0"


def test_every_weight_of_a_network_belongs_to_a_placed_layer() -> None:
    experiment = checked(GOOD)
    placed = {layer.path for layer in experiment.placed()}

    assert {layer_of(address) for address in weights_of(build_network(experiment), "main")} <= placed
