"""A data folder of document version 1 opens: its runs are listed, compared and scrubbed, and go on."""

from collections.abc import Generator
from pathlib import Path

import httpx
import pytest

from app.runs.frames import decode
from tests.training.old_folder import NAMES, unpacked
from tests.web.house import all_events, ended, serving_in


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Generator[httpx.Client]:
    """A client of a server over the old folder."""
    data: Path = tmp_path_factory.mktemp("old")
    unpacked(data)
    with serving_in(data) as server, server.client() as made:
        yield made


def runs(client: httpx.Client) -> dict[str, str]:
    """Ids by name."""
    return {run["name"]: run["id"] for run in client.get("/api/runs").json()["runs"]}


def test_old_runs_are_listed_with_their_labels_and_documents_of_today(client: httpx.Client) -> None:
    listed = {run["name"]: run for run in client.get("/api/runs").json()["runs"]}
    assert set(listed) == set(NAMES)
    documents = [client.get(f"/api/runs/{run['id']}").json()["experiment"] for run in listed.values()]
    assert {(document["version"], document["training"]["stepper"]) for document in documents} == {(3, "eager")}
    assert listed["Two moons"]["tags"] == listed["Paused"]["tags"] == ["old"]
    assert [listed[name]["status"] for name in NAMES] == ["done", "diverged", "done", "done", "paused"]


def test_curves_of_old_runs_can_be_compared(client: httpx.Client) -> None:
    for run in runs(client).values():
        told = client.get(f"/api/runs/{run}/metrics").json()
        assert len(told["columns"]["train_loss"]) > 1
    layers = [e["layers"] for e in all_events(client, runs(client)["Two moons"]) if e["type"] == "evaluated"][-2]
    assert set(layers) == {"/networks/main/layers/0", "/networks/main/head/0"}


def test_every_kept_frame_of_an_old_run_can_be_scrubbed_to(client: httpx.Client) -> None:
    run = runs(client)["Two moons"]
    for kept in client.get(f"/api/runs/{run}/frames").json()["frames"]:
        frame = decode(client.get(f"/api/runs/{run}/frames/surface?step={kept['step']}").content)
        assert frame.step == kept["step"]
        assert "car:/networks/main/layers/0" in frame.arrays


def test_paused_run_of_an_old_folder_trains_to_its_end(client: httpx.Client) -> None:
    run = runs(client)["Paused"]
    assert client.post(f"/api/runs/{run}/commands", json={"kind": "resume"}).status_code == 202
    assert ended(client, run)["status"] == "done"
    applied = [event["command"] for event in all_events(client, run) if event["type"] == "command_applied"]
    weights = [command["weight"]["path"] for command in applied if "weight" in command]
    assert weights == ["/networks/main/layers/3/layers/0/weight", "/networks/main/layers/4/branches/0/layers/0/bias"]
