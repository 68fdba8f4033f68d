"""One open server and one with a code for all tests of the web; what changes a server starts its own."""

from collections.abc import Generator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from tests.web.house import Server, serving_in

CODE = "maple-river-lantern-42"
TEACHER = "turtle-tulip-hazel-28"


@pytest.fixture(scope="session")
def server(yard: Path) -> Generator[Server]:
    """A server that only this machine reaches: nobody has to say who they are."""
    with serving_in(yard, end_launcher=False, requests_per_second=100_000, runs_per_minute=10_000) as made:
        yield made


@pytest.fixture(scope="session")
def class_server(yard: Path) -> Generator[Server]:
    """A server for a class (it listens on this machine only, and behaves as if it did not)."""
    with serving_in(
        yard, end_launcher=False, host="0.0.0.0", token=CODE, teacher_token=TEACHER, hosts="class.test"
    ) as made:
        yield made


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def client(server: Server) -> Generator[httpx.Client]:
    with server.client() as made:
        yield made


@pytest.fixture
def app(server: Server) -> FastAPI:
    return server.app


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"
