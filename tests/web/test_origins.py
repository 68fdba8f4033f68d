"""A network that starts from what another run's network has learned."""

from typing import Any

import httpx
import numpy as np
import pytest
from safetensors.numpy import load_file

from tests.web.house import Server, ended, experiment, start

FROZEN = [{"kind": "linear", "units": 4, "frozen": True}, {"kind": "tanh"}]


@pytest.fixture(scope="module")
def first(server: Server) -> str:
    """A run that is over."""
    with server.client() as client:
        run = start(client)
        ended(client, run)
    return run


def starting_from(origin: dict[str, Any], layers: list[dict[str, Any]], **others: Any) -> dict[str, Any]:
    return experiment(networks={"main": {"layers": layers, "from_run": origin}}, **others)


def newest_weights(server: Server, run: str) -> dict[str, Any]:
    checkpoints = server.settings.runs / run / "checkpoints"
    newest = max(int(file.stem) for file in checkpoints.glob("*.safetensors"))
    tensors = load_file(checkpoints / f"{newest}.safetensors")
    return {name: tensor for name, tensor in tensors.items() if name.startswith("/") and ":" not in name}


def test_what_is_frozen_keeps_the_weights_of_the_other_run(server: Server, client: httpx.Client, first: str) -> None:
    run = start(client, starting_from({"run": first}, FROZEN, seed=7))
    assert ended(client, run)["status"] == "done"
    before, after = newest_weights(server, first), newest_weights(server, run)
    for parameter in ("weight", "bias"):
        name = f"/networks/main/layers/0/{parameter}"
        np.testing.assert_array_equal(after[name], before[name])
    assert not np.array_equal(after["/networks/main/head/0/weight"], before["/networks/main/head/0/weight"])


def test_the_new_run_needs_the_other_no_more(server: Server, client: httpx.Client) -> None:
    origin = start(client)
    ended(client, origin)
    weights = newest_weights(server, origin)["/networks/main/layers/0/weight"]
    run = start(client, starting_from({"run": origin}, FROZEN), start="paused")
    assert client.delete(f"/api/runs/{origin}").is_success
    client.post(f"/api/runs/{run}/commands", json={"id": "go", "kind": "resume"})
    ended(client, run)
    np.testing.assert_array_equal(newest_weights(server, run)["/networks/main/layers/0/weight"], weights)


def test_a_head_of_another_size_begins_as_drawn(client: httpx.Client, first: str) -> None:
    blobs = {"kind": "blobs", "samples": 100, "classes": 4}
    run = start(client, starting_from({"run": first}, FROZEN, dataset=blobs))
    assert ended(client, run)["status"] == "done"


@pytest.mark.parametrize(
    ("origin", "layers", "place"),
    [
        ({"run": "r0000000000000"}, FROZEN, "/networks/main/from_run/run"),
        ({"run": "../../etc"}, FROZEN, "/networks/main/from_run/run"),
        ({"network": "encoder"}, FROZEN, "/networks/main/from_run/network"),
        ({"step": 0}, FROZEN, "/networks/main/from_run/run"),
        ({}, [{"kind": "linear", "units": 5}], "/networks/main/layers/0"),
        ({}, [{"kind": "tanh"}, {"kind": "linear", "units": 4}], "/networks/main/from_run"),
    ],
)
def test_weights_that_cannot_be_taken_are_a_problem_at_their_place(
    client: httpx.Client, first: str, origin: dict[str, Any], layers: list[dict[str, Any]], place: str
) -> None:
    document = starting_from({"run": first} | origin, layers)
    answer = client.post("/api/runs", json={"experiment": document})
    assert answer.status_code == 422, answer.text
    assert place in [problem["place"] for problem in answer.json()["problems"]]
