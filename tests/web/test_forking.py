"""Runs that go on from a moment of another run, with changes."""

from typing import Any

import httpx
import numpy as np
import pytest
from safetensors.numpy import load_file

from app.parts.optimizers import OPTIMIZERS
from app.runs.record import digest, record
from tests.web.house import Server, all_events, ended, experiment, start, until

LAYERS = [{"kind": "linear", "units": 4}, {"kind": "tanh"}]
LONG = experiment(
    networks={"main": {"layers": LAYERS}},
    training={"epochs": 60, "batch_size": 10},
    optimizer={"kind": "adam", "lr": 0.01},
)


@pytest.fixture(scope="module")
def parent(server: Server) -> str:
    """A run that is over: 360 steps."""
    with server.client() as client:
        run = start(client, LONG)
        ended(client, run)
    return run


def forked(client: httpx.Client, run: str, **asked: Any) -> dict[str, Any]:
    answer = client.post(f"/api/runs/{run}/fork", json=asked)
    assert answer.status_code == 201, answer.text
    return answer.json()


def change(path: str, value: Any, op: str = "replace") -> dict[str, Any]:
    return {"op": op, "path": path, "value": value}


def checkpoint(server: Server, run: str, step: int) -> dict[str, Any]:
    return load_file(server.settings.runs / run / "checkpoints" / f"{step}.safetensors")


def test_without_a_change_it_goes_on_exactly_as_its_parent_did(client: httpx.Client, parent: str) -> None:
    told = forked(client, parent, step=100)
    assert told["parent"]["run"] == parent
    assert 0 < told["parent"]["step"] <= 100
    assert ended(client, told["id"])["step"] == 360
    assert digest(record(all_events(client, told["id"]))) == digest(record(all_events(client, parent)))
    kept = [event["step"] for event in all_events(client, told["id"]) if event["type"] == "frame_kept"]
    for step in (kept[0], kept[-1]):
        pictures = [
            client.get(f"/api/runs/{run}/frames/surface", params={"step": step}).content for run in (parent, told["id"])
        ]
        assert pictures[0] == pictures[1]


def test_a_changed_setting_holds_from_there_on(client: httpx.Client, parent: str) -> None:
    told = forked(client, parent, step=64, changes=[change("/optimizer/lr", 0.002)])
    ended(client, told["id"])
    rows = record(all_events(client, told["id"])).measured
    first = told["parent"]["step"]
    assert {row["learning_rate"] for step, row in rows.items() if step <= first} == {0.01}
    assert {row["learning_rate"] for step, row in rows.items() if step > first} == {0.002}


def test_weights_follow_their_layers_where_one_is_put_in_front(
    server: Server, client: httpx.Client, parent: str
) -> None:
    extra = [change("/networks/main/layers/0", {"kind": "linear", "units": 2}, "add")]
    told = forked(client, parent, step=64, changes=extra, start="paused")
    step = told["parent"]["step"]
    until(lambda: client.get(f"/api/runs/{told['id']}").json()["status"] == "paused")
    before, after = checkpoint(server, parent, step), checkpoint(server, told["id"], step)
    for parameter in ("weight", "bias"):
        np.testing.assert_array_equal(
            after[f"/networks/main/layers/1/{parameter}"], before[f"/networks/main/layers/0/{parameter}"]
        )
        np.testing.assert_array_equal(
            after[f"/networks/main/head/0/{parameter}"], before[f"/networks/main/head/0/{parameter}"]
        )
    assert after["/networks/main/layers/0/weight"].shape == (2, 2)
    client.post(f"/api/runs/{told['id']}/commands", json={"id": "go", "kind": "resume"})
    assert ended(client, told["id"])["status"] == "done"


@pytest.mark.parametrize("kind", [optimizer.kind_name() for optimizer in OPTIMIZERS])
def test_another_optimizer_begins_anew_with_the_same_weights_and_can_be_forked(
    client: httpx.Client, parent: str, kind: str
) -> None:
    changes = [change("/optimizer", {"kind": kind}), change("/training/epochs", 40)]
    told = forked(client, parent, step=200, changes=changes)
    assert ended(client, told["id"])["status"] == "done"
    on = forked(client, told["id"], step=240, changes=[change("/training/epochs", 42)])
    assert ended(client, on["id"])["status"] == "done"


@pytest.mark.parametrize("layers", [[], [change("/networks/main/layers/0", {"kind": "linear", "units": 2}, "add")]])
def test_averages_begin_as_the_weights(client: httpx.Client, parent: str, layers: list[Any]) -> None:
    changes = [change("/training/averaging", 0.99, "add"), *layers]
    told = forked(client, parent, step=64, changes=changes)
    assert ended(client, told["id"])["status"] == "done"
    back = forked(client, told["id"], step=200, changes=[change("/training/averaging", 0)])
    assert ended(client, back["id"])["status"] == "done"


def test_a_fork_of_a_fork_knows_its_parent(client: httpx.Client, parent: str) -> None:
    child = forked(client, parent, step=64, name="child")
    ended(client, child["id"])
    grandchild = forked(client, child["id"], step=200)
    assert grandchild["parent"]["run"] == child["id"]
    listed = client.get("/api/runs", params={"q": "child"}).json()["runs"]
    assert next(run for run in listed if run["id"] == child["id"])["parent"]["run"] == parent


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"step": -1}, 422),
        ({"step": 1}, 422),  # nothing is kept so early
        ({"step": 100, "changes": [change("/networks/main/layers/7", {})]}, 422),
        ({"step": 100, "changes": [change("/dataset", {"kind": "nothing"})]}, 422),
        ({"step": 100, "changes": [change("", 5)]}, 422),
        ({"step": 100, "changes": [{"op": "copy", "from": "/seed", "path": "/x"}]}, 422),
        ({"step": 100, "changes": [change("/networks/main/layers/0/from", "x", "add")]}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_gone_on_from_is_told(client: httpx.Client, parent: str, asked: Any, status: int) -> None:
    answer = client.post(f"/api/runs/{parent}/fork", json=asked)
    assert answer.status_code == status, answer.text
    assert answer.json()["problems"] or answer.json()["detail"]


def test_nobody_forks_a_run_that_is_not_there(client: httpx.Client) -> None:
    assert client.post("/api/runs/r0000000000000/fork", json={"step": 5}).status_code == 404


def test_the_same_key_forks_once(client: httpx.Client, parent: str) -> None:
    asked = {"step": 64, "start": "paused"}
    made = [
        client.post(f"/api/runs/{parent}/fork", json=asked, headers={"Idempotency-Key": "fork-once"}).json()["id"]
        for _ in range(2)
    ]
    assert made[0] == made[1]
    start_again = client.post("/api/runs", json={"experiment": LONG}, headers={"Idempotency-Key": "fork-once"})
    assert start_again.status_code == 422
