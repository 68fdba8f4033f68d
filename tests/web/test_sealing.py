"""The sealed test result: no reader tells it until somebody opens it; then all do, and openings are counted."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.runs.folder import RunFolder
from app.runs.labels import labels_of
from app.runs.log import EventReader
from app.runs.record import digest, record
from app.store.database import open_database
from app.store.projector import Projector
from app.store.runs import Runs
from tests.web.conftest import CODE, TEACHER
from tests.web.house import Server, all_events, ended, endless, experiment, heard, start, until

READERS = ("", "/metrics", "/metrics.csv", "/events")


@pytest.fixture
def run(client: httpx.Client) -> str:
    made = start(client)
    ended(client, made)
    return made


def told(client: httpx.Client, run: str) -> dict[str, str]:
    """What each reader says of a run, as text."""
    said = {reader: client.get(f"/api/runs/{run}{reader}").text for reader in READERS}
    listed = next(
        candidate
        for candidate in client.get("/api/runs", params={"limit": 200}).json()["runs"]
        if candidate["id"] == run
    )
    return said | {"list": json.dumps(listed)}


def speaking(said: dict[str, str]) -> set[str]:
    """The readers that tell a test value. `test` alone is a setting of the dataset."""
    return {reader for reader, text in said.items() if "test_" in text}


def test_no_reader_tells_the_test_result_of_a_run_that_nobody_opened(
    server: Server, client: httpx.Client, run: str
) -> None:
    assert speaking(told(client, run)) == set()
    with server.live(run) as socket:
        assert "test_" not in json.dumps(heard(socket))
    with client.stream("GET", f"/api/runs/{run}/events", headers={"Accept": "text/event-stream"}) as answer:
        assert "test_" not in answer.read().decode()
    assert client.get(f"/api/runs/{run}").json()["openings"] == 0
    kept = record(EventReader(RunFolder(server.settings.runs / run)).events())
    assert all("test_loss" in row["metrics"] for row in kept.evaluated.values())


@pytest.mark.parametrize("reader", READERS)
def test_whoever_opens_it_opens_it_for_every_reader(
    server: Server, client: httpx.Client, run: str, reader: str
) -> None:
    folder = RunFolder(server.settings.runs / run)
    before = digest(record(EventReader(folder).events()))
    told(client, run)  # what was told sealed is not what is told from now on
    assert "test_accuracy" in client.get(f"/api/runs/{run}{reader}", params={"test": "open"}).text
    assert speaking(told(client, run)) == {*READERS, "list"}
    with server.live(run) as socket:
        assert heard(socket) == all_events(client, run) == EventReader(folder).events()
    assert client.get(f"/api/runs/{run}").json()["openings"] == 1
    assert digest(record(EventReader(folder).events())) == before


def test_a_run_in_training_tells_the_test_result_from_the_opening_on(server: Server, client: httpx.Client) -> None:
    run = start(client, endless())
    with server.live(run) as socket:

        def evaluation() -> dict[str, Any]:
            while True:
                message = json.loads(socket.recv())
                for event in message.get("events", []):
                    if event["type"] == "evaluated":
                        return event

        assert "test_loss" not in evaluation()["metrics"]
        client.get(f"/api/runs/{run}", params={"test": "open"})
        until(lambda: "test_loss" in evaluation()["metrics"])
    assert client.delete(f"/api/runs/{run}").status_code == 204


def test_openings_are_counted_and_survive_labels_and_rows_that_are_made_anew(
    server: Server, client: httpx.Client, run: str, tmp_path: Path
) -> None:
    for _ in range(3):
        client.get(f"/api/runs/{run}", params={"test": "open"})
    assert client.patch(f"/api/runs/{run}", json={"name": "Opened"}).json()["openings"] == 3
    assert labels_of(RunFolder(server.settings.runs / run)).openings == 3
    sessions = open_database(f"sqlite:///{tmp_path / 'rows.sqlite'}")
    Projector(sessions, server.settings.runs).adopt()
    row = Runs(sessions).get(run)
    assert row is not None
    assert (row.openings, row.name) == (3, "Opened")


def test_answers_to_test_samples_are_refused_until_they_are_opened(client: httpx.Client, run: str) -> None:
    answers = f"/api/runs/{run}/answers"
    refused = client.get(answers, params={"split": "test"})
    assert refused.status_code == 403
    assert "sealed" in refused.json()["detail"]
    assert client.get(answers, params={"split": "validation"}).status_code == 200
    assert client.get(answers, params={"split": "test", "test": "open"}).json()["total"] == 20
    assert client.get(answers, params={"split": "test"}).status_code == 200
    assert client.get(f"/api/runs/{run}").json()["openings"] == 1


def test_simpler_methods_tell_the_test_samples_only_where_they_are_asked_for(client: httpx.Client) -> None:
    asked = {"experiment": experiment(), "rule": "x1 < 1"}
    sealed = client.post("/api/experiments/baselines", json=asked)
    assert "test_" not in sealed.text
    opened = client.post("/api/experiments/baselines", params={"test": "open"}, json=asked).json()
    assert all("test_accuracy" in method["metrics"] for method in [*opened["baselines"], opened["rule"]])


@pytest.mark.parametrize("value", ["", "sealed", "1"])
def test_opening_is_asked_for_by_one_word_only(client: httpx.Client, run: str, value: str) -> None:
    assert client.get(f"/api/runs/{run}", params={"test": value}).status_code == 422
    assert client.get(f"/api/runs/{run}").json()["openings"] == 0


def test_whoever_may_see_a_run_may_open_it(class_server: Server) -> None:
    with class_server.client(headers={"Authorization": f"Bearer {CODE}"}) as pupil:
        run = start(pupil)
        ended(pupil, run)
        with class_server.client() as stranger:
            assert stranger.get(f"/api/runs/{run}", params={"test": "open"}).status_code == 401
        with class_server.client(headers={"Authorization": f"Bearer {TEACHER}"}) as teacher:
            assert teacher.get(f"/api/runs/{run}", params={"test": "open"}).json()["openings"] == 1
        assert "test_loss" in pupil.get(f"/api/runs/{run}").json()["metrics"]
