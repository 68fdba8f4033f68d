"""The live socket in bad company: broken messages, clients that take nothing, servers that go away."""

import asyncio
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.runs.folder import RunFolder
from app.web.live import BURST, MESSAGES
from tests.web.house import DEADLINE, Server, all_events, ended, endless, experiment, heard, serving_in, start, until


@pytest.fixture
def endless_run(client: httpx.Client) -> Generator[str]:
    """A run that goes on until the test is over."""
    run = start(client, endless())
    yield run
    client.delete(f"/api/runs/{run}")


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "null",
        '{"watch": "surface"}',
        '{"watch": [1]}',
        '{"hidden": 1}',
        '{"hidden": NaN}',
        '{"else": 1}',
        '{"hidden": true, "hidden": false}',
        '{"watch": ["\\ud800"]}',
        "[" * 4000,
        "x" * 5000,
        "[" * 60_000,
        b"\x00\x01",
        json.dumps({"watch": ["x"] * 51}),
    ],
)
def test_invalid_message_is_reported_and_closes_the_socket(server: Server, endless_run: str, message: Any) -> None:
    with server.live(endless_run) as line:
        line.send(message)
        told = [text for text in _until_closed(line) if isinstance(text, str)]
    problems = [json.loads(text)["problems"] for text in told if "problems" in json.loads(text)]
    assert problems[0][0]["detail"]
    assert line.close_code == 1003


def _until_closed(line: Any) -> list[Any]:
    found: list[Any] = []
    deadline = time.monotonic() + DEADLINE
    try:
        while time.monotonic() < deadline:
            found.append(line.recv(timeout=DEADLINE))
    except ConnectionClosed:
        return found
    raise AssertionError("The socket stayed open.")


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 13, "%00", "٣"])
def test_invalid_event_number_opens_no_socket(server: Server, endless_run: str, after: str) -> None:
    with pytest.raises(InvalidStatus) as refused, server.live(endless_run, after=after):
        pass
    assert refused.value.response.status_code == 422


@pytest.mark.parametrize("run", ["r0000000000000", "nothing", "..%2f..%2fetc", "r" * 500, "%00"])
def test_unknown_run_opens_no_socket(server: Server, run: str) -> None:
    with pytest.raises(InvalidStatus) as refused, server.live(run):
        pass
    assert refused.value.response.status_code in (403, 404)


def test_a_status_is_told_each_time_it_changes(server: Server, client: httpx.Client) -> None:
    run = start(client, endless(), start="paused")
    told: list[str] = []
    commands = {"paused": {"kind": "resume"}, "running": {"kind": "stop"}}
    with server.live(run) as line:
        for message in line:
            state = json.loads(message).get("state") if isinstance(message, str) else None
            if state:
                told.append(state["status"])
                if state["status"] in commands and "paused" in told:
                    client.post(f"/api/runs/{run}/commands", json=commands[state["status"]])
    assert told[-3:] == ["paused", "running", "stopped"]
    assert len(told) == len([status for at, status in enumerate(told) if told[at - 1 : at] != [status]])


def test_a_hidden_tab_gets_few_messages_and_misses_no_event(server: Server, client: httpx.Client) -> None:
    run = start(client, experiment(training={"epochs": 300, "batch_size": 10}))
    with server.live(run) as line:
        line.send('{"hidden": true, "watch": ["surface"]}')
        messages = list(line)
    events = [event for text in messages if isinstance(text, str) for event in json.loads(text).get("events", [])]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert len(messages) < len(events) / 2
    assert events[-1]["type"] == "finished"


def test_a_client_that_takes_nothing_slows_nobody(server: Server, client: httpx.Client, endless_run: str) -> None:
    name, port = server.address.split(":")
    stalled = socket.socket()
    stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    with stalled:
        stalled.connect((name, int(port)))
        stalled.sendall(
            f"GET /api/runs/{endless_run}/live HTTP/1.1\r\nHost: {server.address}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        assert stalled.recv(12) == b"HTTP/1.1 101"
        stalled.sendall(b"\x81\x97\0\0\0\0" + b'{"watch": ["surface"]} ')  # and from now on it reads nothing
        with server.live(endless_run) as line:
            line.send('{"watch": ["surface"]}')
            frames = 0
            while frames < 30:
                frames += isinstance(line.recv(timeout=20), bytes)
        assert client.get("/api/health").status_code == 200


def test_socket_messages_do_no_file_work_on_the_event_loop(
    server: Server, endless_run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loops: list[bool] = []

    def noting(original: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any) -> Any:
            with suppress(RuntimeError):
                asyncio.get_running_loop()
                loops.append(True)
            return original(*given)

        return noted

    with server.live(endless_run) as line:
        monkeypatch.setattr(RunFolder, "watch", noting(RunFolder.watch))
        monkeypatch.setattr(RunFolder, "live_file", noting(RunFolder.live_file))
        for probe in ("surface", "weights", "surface"):
            line.send(json.dumps({"watch": [probe]}))
            while not isinstance(line.recv(timeout=DEADLINE), bytes):
                pass
    assert not loops


def test_flood_of_socket_messages_is_slowed_and_others_are_answered(
    server: Server, client: httpx.Client, endless_run: str
) -> None:
    watched: list[frozenset[str]] = []
    with server.live(endless_run, close_timeout=0.1) as line:
        [follower] = server.app.state.house.tails._tails[endless_run].followers

        def flood() -> None:
            with suppress(ConnectionClosed):
                for number in range(2000):
                    line.send(json.dumps({"watch": [("surface", "weights")[number % 2]]}))

        began = time.monotonic()
        flooding = threading.Thread(target=flood, daemon=True)
        flooding.start()
        while time.monotonic() - began < 1.0:
            assert client.get("/api/health").status_code == 200
            if not watched or watched[-1] != follower.watch:
                watched.append(follower.watch)
    flooding.join(DEADLINE)
    assert len(watched) <= BURST + 3 * MESSAGES


def test_a_restart_of_the_server_loses_no_event(yard: Path) -> None:
    with serving_in(yard, end_launcher=False) as before, before.client() as client:
        run = start(client, endless())
        with before.live(run) as line:
            seen = [event for _ in range(5) for event in json.loads(line.recv(20)).get("events", [])]
        made = client.get(f"/api/runs/{run}").json()["created"]
    with serving_in(yard, end_launcher=False) as after, after.client() as client:
        assert client.get(f"/api/runs/{run}").json()["created"] == made
        with after.live(run, after=len(seen)) as line:
            client.post(f"/api/runs/{run}/commands", json={"kind": "stop"})
            events = seen + heard(line)
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
        assert [event["type"] for event in events].count("started") == 1  # the worker never noticed
        assert events == all_events(client, run)


def test_a_run_goes_on_when_everything_was_killed(yard: Path) -> None:
    with serving_in(yard) as before, before.client() as client:
        run = start(client, endless())
        until(lambda: client.get(f"/api/runs/{run}").json()["step"] > 100)
        waiting = start(client, endless(), start="paused")  # before the pause: one that pauses would give way to it
        assert client.post(f"/api/runs/{run}/commands", json={"kind": "pause"}).status_code == 202
        until(lambda: client.get(f"/api/runs/{run}").json()["status"] == "paused")
        worker = next(event["pid"] for event in all_events(client, run) if event["type"] == "started")
        client.post(f"/api/runs/{run}/commands", json={"kind": "resume"})
        os.kill(worker, signal.SIGKILL)
    with serving_in(yard, end_launcher=False) as after, after.client() as client:
        until(lambda: [event["type"] for event in all_events(client, run)].count("started") >= 2)
        for run_id in (run, waiting):
            client.post(f"/api/runs/{run_id}/commands", json={"kind": "stop"})
            assert ended(client, run_id)["status"] == "stopped"
        types = [event["type"] for event in all_events(client, run)]
        assert types.count("finished") == 1
        assert "rewound" in types
