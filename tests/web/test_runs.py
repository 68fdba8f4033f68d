"""A run through the API from its start to its end."""

import csv
import io
import json
import threading
import zlib
from contextlib import suppress
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosedError

from app.runs.frames import decode
from tests.web.house import Server, all_events, ended, endless, experiment, heard, start, until


def seqs(events: list[dict[str, Any]]) -> list[int]:
    return [event["seq"] for event in events]


def test_a_run_is_trained_told_and_deleted(client: httpx.Client) -> None:
    run = start(client, name="  One\n neuron ", tags=["a", "b", "a"])
    told = ended(client, run)
    assert told["status"] == "done"
    assert told["name"] == "One neuron"
    assert told["tags"] == ["a", "b"]
    assert told["metrics"]["validation_accuracy"] >= 0
    assert told["reason"] == "All 5 epochs are done."
    assert told["step"] == told["experiment"]["training"]["epochs"] * 6
    assert client.delete(f"/api/runs/{run}").status_code == 204
    assert client.get(f"/api/runs/{run}").status_code == 404
    assert client.get("/api/runs", params={"q": run}).json()["runs"] == []


def test_the_socket_tells_every_event_once_and_closes(server: Server, client: httpx.Client) -> None:
    run = start(client)
    with server.live(run) as socket:
        events = heard(socket)
    assert seqs(events) == list(range(1, len(events) + 1))
    assert events[-1]["type"] == "finished"
    assert socket.close_code == 1000
    assert events == all_events(client, run)


def test_stream_and_pages_tell_the_same_as_the_socket(server: Server, client: httpx.Client) -> None:
    run = start(client, experiment(training={"epochs": 20, "batch_size": 10}))
    streamed: list[dict[str, Any]] = []
    with client.stream("GET", f"/api/runs/{run}/events", headers={"Accept": "text/event-stream"}) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            told = json.loads(line[6:]) if line.startswith("data: ") else {}
            streamed += [told] if "seq" in told else []
    with server.live(run) as socket:
        assert heard(socket) == streamed
    assert all_events(client, run, limit=7) == streamed
    seen = {"Accept": "text/event-stream", "Last-Event-ID": str(len(streamed))}
    assert client.get(f"/api/runs/{run}/events", headers=seen).status_code == 204


def test_whoever_comes_back_with_a_number_misses_nothing(server: Server, client: httpx.Client) -> None:
    run = start(client, experiment(training={"epochs": 200, "batch_size": 10}))
    events: list[dict[str, Any]] = []
    while not events or events[-1]["type"] != "finished":
        with server.live(run, after=len(events)) as socket:
            for message in socket:
                told = json.loads(message).get("events", []) if isinstance(message, str) else []
                events += told
                if told and events[-1]["type"] != "finished" and len(events) % 3:  # the state comes ahead of them
                    break  # leaves in the middle, again and again
    assert seqs(events) == list(range(1, len(events) + 1))


def test_frames_come_through_the_socket_and_are_kept(server: Server, client: httpx.Client) -> None:
    run = start(client, experiment(training={"epochs": 300, "batch_size": 10}))
    frames: list[bytes] = []
    with server.live(run) as socket:
        socket.send(json.dumps({"watch": ["surface", "nothing"]}))
        frames = [message for message in socket if isinstance(message, bytes)]
    assert frames
    assert {decode(frame).probe for frame in frames} == {"surface"}
    steps = [decode(frame).step for frame in frames]
    assert steps == sorted(steps)
    kept = client.get(f"/api/runs/{run}/frames").json()["frames"]
    assert kept[0]["step"] == 0
    near = kept[len(kept) // 2]["step"]
    picture = client.get(f"/api/runs/{run}/frames/surface", params={"step": near}).content
    assert decode(picture).step == near
    assert decode(client.get(f"/api/runs/{run}/frames/weights").content).probe == "weights"
    assert client.get(f"/api/runs/{run}/frames/none").status_code == 404
    stored = server.settings.runs / run / "frames" / str(near) / "surface.tyf.z"
    assert zlib.decompress(stored.read_bytes()) == picture


def test_commands_are_obeyed_and_counted(server: Server, client: httpx.Client) -> None:
    run = start(client, endless(), start="paused")
    until(lambda: client.get(f"/api/runs/{run}").json()["status"] == "paused")
    assert client.get(f"/api/runs/{run}").json()["step"] == 0

    def tell(**command: Any) -> httpx.Response:
        return client.post(f"/api/runs/{run}/commands", json=command)

    assert tell(kind="step", steps=1, id="s").json() == {"number": 2}
    assert tell(kind="step", steps=1, id="s").json() == {"number": 2}
    until(lambda: "stepped" in [event["type"] for event in all_events(client, run)])
    assert tell(kind="set", path="/optimizer/lr", value=0.5).status_code == 202
    weight = {"path": "/networks/main/layers/0/weight", "index": [3, 1]}
    assert tell(kind="set", weight=weight, value=0.5).status_code == 202
    of_version_1 = {"path": "/layers/0", "parameter": "weight", "index": [3, 1]}
    assert tell(kind="set", weight=of_version_1, value=0.25).status_code == 202
    assert tell(kind="resume").status_code == 202
    until(lambda: client.get(f"/api/runs/{run}").json()["step"] > 5)
    assert tell(kind="stop").status_code == 202
    assert ended(client, run)["status"] == "stopped"
    applied = [event["command"] for event in all_events(client, run) if event["type"] == "command_applied"]
    assert [command.get("weight") for command in applied if command["kind"] == "set"] == [None, weight, weight]
    assert tell(kind="resume").status_code == 409


@pytest.mark.parametrize(
    "command",
    [
        {},
        {"kind": "explode"},
        {"kind": "step"},
        {"kind": "step", "steps": -1},
        {"kind": "step", "steps": 1, "epochs": 1},
        {"kind": "set", "value": 1},
        {"kind": "set", "path": "/optimizer/kind", "value": 1},
        {"kind": "set", "path": "/optimizer/lr", "value": -1},
        {"kind": "set", "path": "/training/batch_size", "value": 100_000},
        {"kind": "set", "path": "/seed", "value": 1},
        {"kind": "set", "weight": {"path": "/networks/main/layers/0/weight", "index": [9, 9]}, "value": 1},
        {"kind": "set", "weight": {"path": "/networks/main/layers/7/bias", "index": [0]}, "value": 1},
        {"kind": "set", "path": "/optimizer/lr", "value": "much"},
        {"kind": "pause", "at_step": -1},
        {"kind": "pause", "more": 1},
        [],
        None,
        "pause",
    ],
)
def test_a_command_that_cannot_be_obeyed_is_refused(client: httpx.Client, command: Any) -> None:
    run = start(client, endless(), start="paused")
    headers = {"Content-Type": "application/json"}
    answer = client.post(f"/api/runs/{run}/commands", content=json.dumps(command), headers=headers)
    assert answer.status_code == 422, answer.text
    assert answer.json()["problems"][0]["detail"]
    client.delete(f"/api/runs/{run}")


def test_a_repeated_request_makes_one_run(client: httpx.Client) -> None:
    body = {"experiment": experiment(), "name": "once"}
    answers: list[httpx.Response] = []
    key = {"Idempotency-Key": "a key of mine"}
    threads = [
        threading.Thread(target=lambda: answers.append(client.post("/api/runs", json=body, headers=key)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    other = client.post("/api/runs", json=body | {"name": "twice"}, headers=key)
    assert other.status_code == 422


def test_metrics_keep_peaks_and_the_table_has_every_step(client: httpx.Client) -> None:
    run = start(client, experiment(training={"epochs": 300, "batch_size": 10}))
    ended(client, run)
    whole = client.get(f"/api/runs/{run}/metrics", params={"points": 100_000}).json()["columns"]
    thin = client.get(f"/api/runs/{run}/metrics", params={"points": 50}).json()["columns"]
    assert len(thin["step"]) <= 50
    assert {len(column) for column in thin.values()} == {len(thin["step"])}
    assert max(thin["train_loss_max"]) == max(whole["train_loss_max"])
    assert min(thin["train_loss_min"]) == min(whole["train_loss_min"])
    part = client.get(f"/api/runs/{run}/metrics", params={"from": 10, "to": 20}).json()
    assert part["columns"]["step"] == list(range(10, 21))
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/runs/{run}/metrics.csv").text)))
    assert [int(row["step"]) for row in rows] == sorted({0, *whole["step"]})
    assert rows[0]["validation_loss"]


def test_runs_are_found_by_word_tag_and_status_page_by_page(client: httpx.Client) -> None:
    made = [start(client, name=f"Findable 中文 {number}", tags=[f"t{number % 2}", "%_"]) for number in range(5)]
    for run in made:
        ended(client, run)

    def found(**query: Any) -> list[str]:
        ids: list[str] = []
        cursor = ""
        while True:
            page = client.get("/api/runs", params=query | {"cursor": cursor, "limit": 2}).json()
            ids += [run["id"] for run in page["runs"]]
            cursor = page["next"]
            if cursor is None:
                return ids

    assert found(q="findable 中文") == made[::-1]
    assert found(q="findable", tag="t1") == [made[3], made[1]]
    assert found(q="findable", status="running") == []
    assert found(tag="%_", status=["done", "stopped"]) == made[::-1]
    assert found(tag="%%") == []
    client.patch(f"/api/runs/{made[0]}", json={"name": "Renamed", "note": "<script>", "tags": []})
    assert found(q="renamed") == [made[0]]
    assert found(q="findable") == made[:0:-1]


def test_a_run_that_waits_is_stopped_at_once(client: httpx.Client) -> None:
    busy = [start(client, endless()) for _ in range(4)]
    waiting = start(client, endless())
    # Runs of the tests before may still be among those that wait.
    told = until(lambda: (run := client.get(f"/api/runs/{waiting}").json())["position"] == 1 and run)
    assert told["status"] == "queued"
    assert client.post(f"/api/runs/{waiting}/commands", json={"kind": "stop"}).status_code == 202
    assert client.get(f"/api/runs/{waiting}").json()["status"] == "stopped"
    for run in (*busy, waiting):
        assert client.delete(f"/api/runs/{run}").status_code == 204


def test_events_of_a_deleted_run_end(server: Server, client: httpx.Client) -> None:
    run = start(client, endless())
    with server.live(run) as socket:
        client.delete(f"/api/runs/{run}")
        with suppress(ConnectionClosedError):  # what the library raises for every code but 1000
            list(socket)
    assert socket.close_code in (1000, 4404)  # it may have heard of the end before the run is gone


def test_list_of_runs_stays_small_however_large_the_documents_are(client: httpx.Client) -> None:
    points = [[x / 100, x / 200, x % 2] for x in range(500)]
    layers = [{"kind": "linear", "units": 2}, {"kind": "residual", "layers": [{"kind": "tanh"}] * 40}]
    wide = experiment(dataset={"kind": "points", "points": points}, networks={"main": {"layers": layers}})
    run = start(client, wide, name="Large one", start="paused")
    [listed] = client.get("/api/runs", params={"q": "Large one"}).json()["runs"]
    assert len(json.dumps(listed)) < 2_000
    assert listed["summary"]["dataset"] == "points"
    assert listed["summary"]["layers"][0] == {"kind": "linear", "units": 2}
    assert listed["summary"]["layers"][1]["layers"][-1] == {"kind": "…"}
    assert listed["summary"]["optimizer"]["kind"] == "adam"
    whole = client.get(f"/api/runs/{run}").json()
    assert len(whole["experiment"]["dataset"]["points"]) == 500
    assert set(whole) - set(listed) == {"experiment"}
    client.delete(f"/api/runs/{run}")


def test_a_run_that_diverged_tells_one_step_and_one_epoch_everywhere(client: httpx.Client) -> None:
    explosive = experiment(
        dataset={"kind": "plane"},
        task={"kind": "regression"},
        loss={"kind": "mse"},
        optimizer={"kind": "sgd", "lr": 10},
        training={"epochs": 50, "batch_size": 10},
    )
    run = start(client, explosive)
    told = ended(client, run)
    assert told["status"] == "diverged"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/runs/{run}/metrics.csv").text)))
    columns = client.get(f"/api/runs/{run}/metrics").json()["columns"]
    finished = all_events(client, run)[-1]
    assert told["step"] == int(rows[-1]["step"]) == columns["step"][-1] == finished["step"]
    assert told["epoch"] == float(rows[-1]["epoch"]) == columns["epoch"][-1] == finished["epoch"]
    assert f"step {told['step']}" in told["reason"]
    assert "nan" not in told["reason"].lower()
