"""What the checker tells the page: how cars are coupled, how layers join, and what a run can take while it goes on."""

import httpx

from tests.experiment.checking import with_layers

LINEAR, TANH = {"kind": "linear", "units": 4}, {"kind": "tanh"}


def test_report_says_what_rides_with_the_layer_before_it_and_how_layers_join(client: httpx.Client) -> None:
    block = {"kind": "residual", "layers": [TANH, LINEAR, TANH, TANH]}
    document = with_layers(TANH, LINEAR, TANH, block, TANH)
    told = client.post("/api/experiments/check", json={"experiment": document}).json()["networks"]["main"]
    rides = {one["place"].removeprefix("/networks/main/"): one["rides"] for one in told}
    assert rides == {
        "layers/0": False,
        "layers/1": False,
        "layers/2": True,
        "layers/3": False,
        "layers/3/layers/0": False,
        "layers/3/layers/1": False,
        "layers/3/layers/2": True,
        "layers/3/layers/3": True,
        "layers/4": True,
        "head/0": False,
    }
    assert told[3]["rule"] == {"reads": "parts", "makes": "add", "around": True}


def test_report_says_what_a_run_can_take(client: httpx.Client) -> None:
    told = client.post("/api/experiments/check", json={"experiment": with_layers(LINEAR)}).json()
    assert told["live"]["/training/batch_size"] == {"type": "integer", "minimum": 1, "maximum": 65_536}
    assert "/optimizer/kind" not in told["live"]
    assert told["live_groups"] == ["/training/regularization"]
