"""On a full disk no run starts, and the server says why instead of breaking."""

import errno
import os
import subprocess
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.web import commands, errors
from tests.web.house import ended, endless, experiment, serving_in, start, until

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    """A disk of its own with 16 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("Only root may mount a small disk.")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk: Path) -> None:
    """Leaves not one byte."""
    with (disk / "filler").open("ab", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            with suppress(OSError):
                while file.write(bytes(size)):
                    pass
    assert os.statvfs(disk).f_bavail == 0


def test_on_a_disk_without_one_byte_runs_can_be_looked_at_stopped_and_deleted(small_disk: Path) -> None:
    with serving_in(small_disk / "data", free_megabytes=0) as server, server.client() as client:
        old, other = start(client), start(client)
        for run in (old, other):
            ended(client, run)
        busy = start(client, endless(), start="paused")
        until(lambda: client.get(f"/api/runs/{busy}").json()["status"] == "paused")
        fill(small_disk)

        for answer in (
            client.patch(f"/api/runs/{other}", json={"name": "A name that needs room " * 4}),
            client.post("/api/runs", json={"experiment": experiment()}, headers={"Idempotency-Key": "k"}),
        ):
            assert answer.status_code == 507, answer.text
            assert answer.json()["detail"] == "The disk of this server is full. Delete some runs first."
        assert client.get(f"/api/runs/{other}").json()["status"] == "done"

        for run in (old, busy):
            assert client.delete(f"/api/runs/{run}").status_code == 204
            assert client.get(f"/api/runs/{run}").status_code == 404
            assert not (small_disk / "data/runs" / run).exists()
        assert [run["id"] for run in client.get("/api/runs").json()["runs"]] == [other]
        until(lambda: start(client))  # and there is room again


def test_a_run_is_stopped_though_no_word_of_it_can_be_written(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    run = start(client, endless())
    monkeypatch.setattr(commands, "append", full)
    assert client.post(f"/api/runs/{run}/commands", json={"kind": "pause"}).status_code == 507
    assert client.post(f"/api/runs/{run}/commands", json={"kind": "stop"}).status_code == 202
    assert ended(client, run)["status"] == "stopped"


def test_no_run_starts_where_there_is_too_little_room(yard: Path) -> None:
    with serving_in(yard, end_launcher=False, free_megabytes=1_000_000_000) as server, server.client() as client:
        before = client.get("/api/runs").json()["runs"]
        answer = client.post("/api/runs", json={"experiment": experiment()}, headers={"Accept-Language": "zh"})
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1
        assert "磁盘快满了" in answer.json()["detail"]
        assert client.get("/api/runs").json()["runs"] == before


async def test_a_file_that_finds_no_room_is_told_in_a_sentence() -> None:
    app = FastAPI()
    errors.install(app)

    async def write() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    app.add_api_route("/write", write)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        answer = await client.get("/write")
    assert answer.status_code == 507
    assert answer.json()["detail"] == "The disk of this server is full. Delete some runs first."
