"""Three hundred sockets on one run: how late its points arrive, and how much its training suffers."""

import asyncio
import multiprocessing
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.documents import two_spirals
from benchmarks.first_point import stop
from benchmarks.row import Row, milliseconds, percent
from tests.browser.server import Server, serving

SOCKETS = 300
SECONDS = 5.0
ROUNDS = 3


def rows() -> list[Row]:
    """The listeners live in a process of their own; they and the server share the cores with the training."""
    with (
        tempfile.TemporaryDirectory(prefix="trainyard-bench-") as folder,
        serving(Path(folder), sockets="1000", requests_per_second="1000") as server,
    ):
        run = server.post("/runs", {"experiment": two_spirals()})["id"]
        alone, watched, late = [], [], []
        for _ in range(ROUNDS):
            alone.append(listen(server, run, 1)[0])
            speed, delays = listen(server, run, SOCKETS)
            watched.append(speed)
            late += delays
        stop(server, run)
    late.sort()
    p99 = late[int(len(late) * 0.99)]
    slower = 1 - sorted(watched)[ROUNDS // 2] / sorted(alone)[ROUNDS // 2]
    note = f"{len(late):,} messages, median {milliseconds(late[len(late) // 2])}; listeners on the same cores"
    return [
        Row(
            f"{SOCKETS} sockets on one run: 99 % of points delivered within",
            milliseconds(p99),
            "50 ms",
            p99 <= 0.05,
            note,
        ),
        Row("the same: its training slowed by", percent(slower), "at most 5 %", slower <= 0.05),
    ]


def listen(server: Server, run: str, sockets: int) -> tuple[float, list[float]]:
    """Steps per second meanwhile, and the delay of every message in seconds."""
    context = multiprocessing.get_context("spawn")
    mine, other = context.Pipe()
    seen = server.events(run)[-1]["seq"]
    address = f"{server.address.replace('http', 'ws')}/api/runs/{run}/live?after={seen}"
    process = context.Process(target=_listen, args=(address, sockets, other))
    process.start()
    mine.recv()  # all are connected and have caught up
    began, first = time.monotonic(), server.get(f"/runs/{run}")["step"]
    delays = mine.recv()
    speed = (server.get(f"/runs/{run}")["step"] - first) / (time.monotonic() - began)
    process.join()
    return speed, delays


def _listen(address: str, sockets: int, pipe: Connection) -> None:
    pipe.send(asyncio.run(_audience(address, sockets, pipe)))


async def _audience(address: str, sockets: int, pipe: Connection) -> list[float]:
    delays: list[float] = []
    listening = asyncio.Event()

    async def follow(socket: ClientConnection) -> None:
        async for message in socket:
            if listening.is_set() and isinstance(message, str) and '"events"' in message:
                newest = message.rpartition('"time":')[2].partition(",")[0]
                delays.append(time.time() - float(newest))

    opened = [await connect(address, max_size=None) for _ in range(sockets)]
    following = [asyncio.create_task(follow(socket)) for socket in opened]
    await asyncio.sleep(1.0)  # until the rush of connecting is over
    listening.set()
    pipe.send(None)
    await asyncio.sleep(SECONDS)
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    await asyncio.gather(*(socket.close() for socket in opened))
    return delays
