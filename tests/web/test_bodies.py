"""What strangers and seats send: no larger, no slower and no more at once than is good for all others."""

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.types import Message

from app.experiment.check import checked
from app.settings import Settings
from app.web import starting
from app.web.access import STRANGER, Actor
from app.web.bodies import LARGE, LARGE_AT_ONCE, OPEN_BYTES, Bodies
from app.web.errors import Refusal
from app.web.threads import SeatThreads
from tests.web.conftest import CODE
from tests.web.house import DEADLINE, Server, experiment

JSON = {"Content-Type": "application/json"}
ANN = Actor("Ann")


def scope(path: str = "/api/runs", **headers: str) -> dict[str, Any]:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "POST", "path": path, "headers": raw}


def chunks(*sizes: int) -> Callable[[], Any]:
    """A connection that sends chunks of these sizes, then stays silent."""
    left = list(sizes)

    async def receive() -> Message:
        if not left:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": b"x" * left.pop(0), "more_body": True}

    return receive


async def take_all(bodies: Bodies, receive: Callable[[], Any], actor: Actor = ANN) -> int:
    """The status of the refusal with which a body ends."""
    try:
        async with bodies.limited(scope(), receive, actor) as receiving:
            while True:
                await receiving()
    except Refusal as refusal:
        return refusal.status


@pytest.mark.anyio
async def test_a_stranger_may_send_a_code_and_a_name_and_no_more(tmp_path: Any) -> None:
    bodies = Bodies(Settings.model_validate({"data": tmp_path}))
    assert await take_all(bodies, chunks(*[1000] * 9), STRANGER) == 413
    with pytest.raises(Refusal) as refused:
        async with bodies.limited(scope(content_length=str(OPEN_BYTES + 1)), chunks(), STRANGER):
            pass
    assert refused.value.status == 413
    async with bodies.limited(scope(content_length=str(OPEN_BYTES)), chunks(OPEN_BYTES), STRANGER) as receiving:
        assert len((await receiving())["body"]) == OPEN_BYTES


@pytest.mark.anyio
async def test_a_body_has_a_deadline(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECONDS", "OPEN_SECONDS"):
        monkeypatch.setattr(f"app.web.bodies.{name}", 0.05)
    bodies = Bodies(Settings.model_validate({"data": tmp_path}))
    for actor in (STRANGER, ANN):
        assert await take_all(bodies, chunks(10, 10), actor) == 408
    async with bodies.limited(scope(), chunks(10, 10), ANN):  # a route that reads nothing may take as long as it likes
        await asyncio.sleep(0.1)


@pytest.mark.anyio
async def test_a_seat_has_few_large_bodies_at_once_and_others_do_not_wait(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.bodies.SECONDS", 0.3)
    bodies = Bodies(Settings.model_validate({"data": tmp_path}))
    came = asyncio.Queue[str]()

    async def send(actor: Actor) -> None:
        async with bodies.limited(scope(), chunks(LARGE + 1), actor) as receiving:
            await receiving()
            came.put_nowait(actor.seat)
            await asyncio.Event().wait()

    sending = [asyncio.create_task(send(ANN)) for _ in range(3 * LARGE_AT_ONCE)]
    sending.append(asyncio.create_task(send(Actor("Bo"))))
    first = [await came.get() for _ in range(LARGE_AT_ONCE + 1)]
    assert sorted(first) == ["Ann"] * LARGE_AT_ONCE + ["Bo"]
    done, waiting = await asyncio.wait(sending, timeout=1)
    ends = [task.exception() for task in done]
    assert {end.status for end in ends if isinstance(end, Refusal)} == {408}
    assert len(done) == 2 * LARGE_AT_ONCE  # who got no place in time was refused, and nothing more was kept
    assert came.empty()
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


@pytest.mark.anyio
async def test_one_seat_keeps_one_thread_at_most_and_large_bodies_none_of_the_small_ones() -> None:
    threads = SeatThreads()
    going, most = 0, 0
    block = threading.Event()
    counting = threading.Lock()

    def work() -> None:
        nonlocal going, most
        with counting:
            going += 1
            most = max(most, going)
        block.wait(0.02)
        with counting:
            going -= 1

    await asyncio.gather(*(threads.do("Ann", 10, work) for _ in range(10)))
    assert most == 1
    held = [asyncio.create_task(threads.do(f"seat {number}", LARGE + 1, block.wait, 5)) for number in range(5)]
    async with asyncio.timeout(2):
        assert await threads.do("Ann", 10, lambda: "answered") == "answered"
    block.set()
    await asyncio.gather(*held)
    threads.close()


def test_json_of_nothing_but_lists_is_refused(client: httpx.Client) -> None:
    for body in ("[" * 100_000, '{"experiment": [' + "[]," * 60_000 + "[]]}"):
        answer = client.post("/api/experiments/check", content=body, headers=JSON)
        assert answer.status_code == 422
        assert answer.json()["problems"][0]["values"]["most"] == 50_000
    assert client.post("/api/experiments/check", content="[" * 1000, headers=JSON).status_code in (400, 422)


def test_documents_with_keys_that_take_long_to_check_delay_no_other_seat(
    class_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, go_on = threading.Event(), threading.Event()

    def slowly(document: Any) -> Any:
        if document["training"]["epochs"] == "many":
            looked.set()
            assert go_on.wait(DEADLINE)
        return checked(document)

    monkeypatch.setattr(starting, "checked", slowly)
    with class_server.client() as client:
        tokens = [
            client.post("/api/session", json={"code": CODE, "name": name}).json()["token"] for name in ("Bad", "Good")
        ]
    statuses = list[int]()

    def start_run(seat: int, document: dict[str, Any], key: str) -> None:
        headers = {"Authorization": f"Bearer {tokens[seat]}", "Idempotency-Key": key}
        with class_server.client() as client:
            statuses.append(client.post("/api/runs", json={"experiment": document}, headers=headers).status_code)

    bad = experiment(training={"epochs": "many"})
    senders = [threading.Thread(target=start_run, args=(0, bad, f"bad {number}")) for number in range(12)]
    for sender in senders:
        sender.start()
    assert looked.wait(DEADLINE)
    start_run(1, experiment(), "good")
    assert statuses == [201]
    go_on.set()
    for sender in senders:
        sender.join()
    assert statuses[1:] == [422] * 12


def test_an_unfinished_body_of_a_stranger_is_refused_at_once(class_server: Server) -> None:
    name, port = class_server.address.split(":")
    head = f"POST /api/session HTTP/1.1\r\nHost: {class_server.address}\r\nContent-Type: application/json\r\n"
    with socket.create_connection((name, int(port)), timeout=20) as line:
        line.sendall(f"{head}Content-Length: 2000000\r\n\r\n".encode() + b"[" * 1000)
        assert b" 413 " in line.recv(4096)
