"""What the checker tells the page: how cars are coupled, how layers join, and what a run can take while it goes on."""

import httpx
import pytest

from app.parts.datasets import DATASETS
from app.parts.probes import PROBES
from app.parts.tasks import TASKS
from tests.experiment.checking import with_layers

LINEAR, TANH = {"kind": "linear", "units": 4}, {"kind": "tanh"}


def test_report_says_what_rides_with_the_layer_before_it_and_how_layers_join(client: httpx.Client) -> None:
    block = {"kind": "residual", "layers": [TANH, LINEAR, TANH, TANH]}
    document = with_layers(TANH, LINEAR, TANH, block, TANH)
    told = client.post("/api/experiments/check", json={"experiment": document}).json()["networks"]["main"]
    rides = {layer["place"].removeprefix("/networks/main/"): layer["rides"] for layer in told}
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


def test_report_says_what_one_branch_more_begins_with(client: httpx.Client) -> None:
    branches = {"kind": "branches", "branches": [{"layers": [LINEAR]}]}
    document = with_layers({"kind": "linear", "units": 6}, TANH, branches)
    told = client.post("/api/experiments/check", json={"experiment": document}).json()["networks"]["main"]
    begun = {layer["kind"]: layer["next_branch"] for layer in told if "next_branch" in layer}
    assert begun == {"branches": {"layers": [{"kind": "linear", "units": 6}]}}


def test_parts_say_which_activation_layers_want_and_which_they_come_behind(client: httpx.Client) -> None:
    layers = client.get("/api/parts").json()["families"]["layers"]
    wanted = {layer["kind"]: layer["followed_by"] for layer in layers if layer["followed_by"]}
    relu = dict.fromkeys(("conv1d", "conv2d", "conv_transpose2d"), "relu")
    assert wanted == {"linear": "tanh", **relu}
    assert {layer["kind"] for layer in layers if layer["normalises"]} >= {"batch_norm1d", "layer_norm", "rms_norm"}
    assert set(wanted.values()) <= {layer["kind"] for layer in layers if layer["elementwise"]}


def test_report_gives_an_older_document_as_it_is_written_today(client: httpx.Client) -> None:
    def upgraded(document: object) -> object:
        answer = client.post("/api/experiments/check", json={"experiment": document})
        assert answer.status_code == 200
        return answer.json()["upgraded"]

    today = with_layers(LINEAR)
    for version in (1, 2):
        old = today | {"version": version, "training": {"epochs": 7}}
        assert upgraded(old) == today | {"version": 3, "training": {"epochs": 7, "stepper": "eager"}}
        chosen = old | {"training": {"stepper": "compiled"}}
        assert upgraded(chosen) == chosen | {"version": 3}
        wrong = old | {"optimizer": {"kind": "adam", "lr": -1}}  # a problem keeps nobody from reading it
        assert upgraded(wrong) == wrong | {"version": 3, "training": {"epochs": 7, "stepper": "eager"}}
    assert upgraded(today | {"version": 3}) is None
    assert upgraded({key: value for key, value in today.items() if key != "version"}) is None
    for unreadable in ({"version": 4}, {"version": 0}, {"version": True}, {"version": "1"}, [], None, "1"):
        assert upgraded(unreadable) is None


# Of datasets that are alike to probes and tasks the first.
UNLIKE = {
    (type(dataset().inputs()), type(dataset().target()), dataset.group): dataset.kind_name()
    for dataset in reversed(DATASETS)
}


@pytest.mark.parametrize("kind", UNLIKE.values())
def test_report_says_which_probes_fit_whatever_data_and_task_meet(client: httpx.Client, kind: str) -> None:
    for task in TASKS:
        document = with_layers(LINEAR) | {"dataset": {"kind": kind}, "task": {"kind": task.kind_name()}}
        told = client.post("/api/experiments/check", json={"experiment": document}).json()
        assert set(told["probes"]) <= {probe.kind_name() for probe in PROBES}
        assert told["probes"] or not told["ok"]


def test_report_says_that_probes_fit_which_look_at_what_there_is(client: httpx.Client) -> None:
    def fitting(dataset: str, task: str) -> set[str]:
        document = with_layers(LINEAR) | {"dataset": {"kind": dataset}, "task": {"kind": task}}
        return set(client.post("/api/experiments/check", json={"experiment": document}).json()["probes"])

    sequences = {"states", "attention"}
    assert sequences | {"continuation"} <= fitting("mackey_glass", "forecasting")
    assert sequences | {"written"} <= fitting("stories", "language_model")
    assert "continuation" not in fitting("stories", "language_model")
    assert "surface" in fitting("spiral", "classification")
    assert not sequences & fitting("spiral", "classification")
