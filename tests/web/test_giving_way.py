"""A paused run keeps no place from its owner's next one, and goes on where it was."""

from tests.web.house import Server, ended, endless, experiment, start, until
from tests.web.test_gate import seated


def test_a_paused_run_gives_way_to_the_next_one_and_goes_on_when_resumed(class_server: Server) -> None:
    with seated(class_server, "Gil") as client:
        first = start(client, endless())
        until(lambda: client.get(f"/api/runs/{first}").json()["step"] > 0)
        client.post(f"/api/runs/{first}/commands", json={"kind": "pause"}).raise_for_status()
        until(lambda: client.get(f"/api/runs/{first}").json()["status"] == "paused")
        reached = client.get(f"/api/runs/{first}").json()["step"]

        assert ended(client, start(client, experiment()))["status"] == "done"
        assert client.get(f"/api/runs/{first}").json()["status"] == "paused"
        client.post(f"/api/runs/{first}/commands", json={"kind": "resume"}).raise_for_status()
        until(lambda: client.get(f"/api/runs/{first}").json()["step"] > reached)
        client.post(f"/api/runs/{first}/commands", json={"kind": "stop"}).raise_for_status()
        assert ended(client, first)["status"] == "stopped"
