"""The runs of a seat may take so much room; whoever has more is told so, and goes on after deleting some."""

from collections.abc import Generator

import httpx
import pytest

from app.web.access import Actor
from app.web.room import Room
from tests.web.house import Server, endless, experiment, start, until
from tests.web.test_gate import seated


@pytest.fixture
def room(class_server: Server) -> Generator[Room]:
    """The room of a server whose seats may take a megabyte each, until the test ends: others share the server."""
    room: Room = class_server.app.state.house.room
    room._settings = class_server.settings.model_copy(update={"runs_megabytes": 1})
    yield room
    room._settings = class_server.settings
    room.measure()  # takes back what workers were told, those of other tests too


def test_seat_whose_runs_take_too_much_room_starts_none_until_it_deletes_some(class_server: Server, room: Room) -> None:
    with seated(class_server, "Collects") as client, seated(class_server, "Owns little") as other:
        large, going = start(client, experiment(), start="paused"), start(client, endless())
        folder = class_server.app.state.house.folder
        (folder(large).path / "checkpoints" / "0.safetensors").write_bytes(bytes(2_000_000))
        room.measure()
        refused = post(client)
        assert refused.status_code == 429
        assert refused.json()["problems"][0]["values"] == {"megabytes": 2, "most": 1}
        assert post(other).status_code == 201
        until(lambda: client.get(f"/api/runs/{going}").json()["status"] == "over_limit")
        assert "room" in client.get(f"/api/runs/{going}").json()["reason"]

        client.delete(f"/api/runs/{large}").raise_for_status()
        room.measure()
        assert post(client).status_code == 201


def test_worker_is_told_no_more_once_there_is_room_again(class_server: Server, room: Room) -> None:
    with seated(class_server, "Tidies up") as client:
        large, waiting = (start(client, experiment(), start="paused") for _ in range(2))
        folder = class_server.app.state.house.folder
        (folder(large).path / "checkpoints" / "0.safetensors").write_bytes(bytes(2_000_000))
        room.measure()
        assert folder(waiting).overdrawn_file.exists()
        client.delete(f"/api/runs/{large}").raise_for_status()
        room.measure()
        assert not folder(waiting).overdrawn_file.exists()
        client.delete(f"/api/runs/{waiting}").raise_for_status()


def test_teacher_has_no_limit_but_the_disk(room: Room) -> None:
    room._taken["teacher"] = 10_000_000
    room.demand(Actor("teacher", teacher=True))


def post(client: httpx.Client) -> httpx.Response:
    return client.post("/api/runs", json={"experiment": experiment()})
