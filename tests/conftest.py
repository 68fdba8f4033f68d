"""The order of all tests, what runs beside what, and the launcher that most of them share."""

import asyncio
import fcntl
import gc
import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from app.executors.local import LocalExecutor

LONGEST = "test_no_generated_request_breaks_the_server"  # a minute by itself
# All processes of one run see the locks of these two. Who waits in the door of the room lets nobody in meanwhile.
ROOM, DOOR = Path(__file__), Path(__file__).parent

gc.disable()  # until all is imported and collected: nothing of that is garbage


@pytest.fixture(scope="session")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """A data folder with one launcher for all tests that need no other; starting one takes seconds."""
    data = tmp_path_factory.mktemp("yard")
    yield data
    asyncio.run(LocalExecutor(data).shutdown())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test comes first, so that no worker begins it when the others have nothing left to do.

    Then come the journeys, at their end the one that runs alone: so one worker has them all, and one Chromium will do.
    """
    items.sort(key=lambda item: (item.name != LONGEST, item.path.parent.name != "browser", alone(item)))


def pytest_collection_finish() -> None:
    gc.freeze()  # a full collection would otherwise go through all modules and tests, half a second each time
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Tests run beside each other, but for what one that runs `alone` does after its preparations."""
    if alone(item):
        return (yield)
    with ExitStack() as stack:
        with held(DOOR, fcntl.LOCK_EX):
            stack.enter_context(held(ROOM, fcntl.LOCK_SH))
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    if not alone(item):
        return (yield)
    with held(DOOR, fcntl.LOCK_EX), held(ROOM, fcntl.LOCK_EX):
        return (yield)


def alone(item: pytest.Item) -> bool:
    return item.get_closest_marker("alone") is not None


@contextmanager
def held(path: Path, how: int) -> Generator[None]:
    """Waits for the lock of a file or folder, shared or exclusive, and holds it meanwhile."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)
