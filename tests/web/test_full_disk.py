"""On a full disk no run starts, and the server says why instead of breaking."""

import errno
import os
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.web import errors
from tests.web.house import experiment, serving_in

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


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
