"""Training at once through HTTP: the answer is that of the run, and nothing is recorded."""

import json
import struct
from typing import Any

import httpx
import pytest

from app.runs.frames import decode
from tests.training.documents import document, layers
from tests.training.running import trained

PATH = "/api/instant"


def blocks(answer: bytes) -> list[bytes]:
    """What stands one behind the other, each with its length in front."""
    found: list[bytes] = []
    while answer:
        (length,) = struct.unpack_from("<I", answer)
        found.append(answer[4 : 4 + length])
        answer = answer[4 + length :]
    return found


def asked(client: httpx.Client, experiment: dict[str, Any], **more: Any) -> Any:
    answer = client.post(PATH, json={"experiment": experiment, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("stopping", [{}, {"early_stopping": {"patience": 3}}, {"steps": 77}])
def test_it_ends_as_the_run_does_and_tells_no_test_metric(
    client: httpx.Client, tmp_path: Any, stopping: dict[str, Any]
) -> None:
    changed = document(
        schedule={"kind": "plateau", "patience": 2}, training={"epochs": 40, "stepper": "compiled", **stopping}
    )
    told = asked(client, changed)
    run = trained(tmp_path, changed)
    evaluated = [event for event in run if event["type"] == "evaluated"][-1]

    assert told["stepper"] == "compiled"
    assert told["reason"] == "done"
    assert told["steps"] == run[-1]["step"]
    assert told["metrics"] == {
        name: value for name, value in evaluated["metrics"].items() if not name.startswith("test_")
    }
    assert told["evaluations"]["step"][-1] == told["steps"]
    assert told["columns"]["step"][-1] == told["steps"]


def test_the_sealed_test_value_is_told_when_it_is_opened(client: httpx.Client, tmp_path: Any) -> None:
    changed = document(dataset={"kind": "moons", "samples": 100, "test": 30}, training={"epochs": 10})
    sealed, opened = asked(client, changed), asked(client, changed, test="open")
    ended = [event for event in trained(tmp_path, changed) if event["type"] == "evaluated"][-1]["metrics"]
    assert opened["metrics"] == ended
    assert sealed["metrics"] == {name: value for name, value in ended.items() if not name.startswith("test_")}
    assert len(sealed["metrics"]) < len(opened["metrics"])


def test_nothing_is_recorded(client: httpx.Client) -> None:
    before = client.get("/api/runs").json()["runs"]
    asked(client, document(), epochs=3)
    assert client.get("/api/runs").json()["runs"] == before


def test_pictures_come_with_it(client: httpx.Client) -> None:
    answer = client.post(
        f"{PATH}/frames", json={"experiment": document(), "epochs": 200, "probes": ["surface", "weights"]}
    )
    told, *frames = blocks(answer.content)
    assert json.loads(told)["epoch"] == 200
    assert [decode(frame).probe for frame in frames] == ["surface", "weights"]
    assert {decode(frame).step for frame in frames} == {json.loads(told)["steps"]}


def test_other_networks_are_trained_by_pytorch(client: httpx.Client) -> None:
    told = asked(client, document(networks={"main": {"layers": [*layers(4), {"kind": "dropout"}]}}), epochs=2)
    assert told["stepper"] == "eager"


def test_a_loss_that_is_no_number_is_told(client: httpx.Client) -> None:
    wild = document(
        dataset={"kind": "plane", "samples": 100},
        task={"kind": "regression"},
        loss={"kind": "mse"},
        optimizer={"kind": "sgd", "lr": 100.0},
    )
    told = asked(client, wild)
    assert told["reason"] == "diverged"
    assert told["metrics"] == {}
    assert told["columns"]["train_loss"][-1] in ("NaN", "Infinity")


def test_what_takes_too_long_is_refused_in_a_sentence_with_fewer_epochs(client: httpx.Client) -> None:
    slow = document(networks={"main": {"layers": [*layers(4), {"kind": "dropout"}]}})
    answer = client.post(PATH, json={"experiment": slow, "epochs": 1_000_000}, headers={"accept-language": "zh"})
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert problem["place"] == "/training/epochs"
    assert "秒" in problem["detail"]
    assert 1 <= problem["fixes"][0]["edits"][0]["value"] < 1_000_000
