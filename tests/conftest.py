"""The launcher that most tests share."""

import asyncio
from collections.abc import Generator
from pathlib import Path

import pytest

from app.executors.local import LocalExecutor


@pytest.fixture(scope="session")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """A data folder with one launcher for all tests that need no other; starting one takes seconds."""
    data = tmp_path_factory.mktemp("yard")
    yield data
    asyncio.run(LocalExecutor(data).shutdown())
