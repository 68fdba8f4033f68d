"""The launcher with the real program: warm, with one thread, and quick to answer."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from app.executors.local import LocalExecutor
from app.runs.events import Queued
from app.runs.folder import RunFolder
from app.runs.log import EventReader, EventWriter
from tests.executors.house import until

pytestmark = pytest.mark.anyio
DOCUMENT: dict[str, Any] = {
    "dataset": {"kind": "circle", "samples": 60},
    "task": {"kind": "classification"},
    "networks": {"main": {"layers": [{"kind": "linear", "units": 3}, {"kind": "tanh"}]}},
    "loss": {"kind": "cross_entropy"},
    "training": {"epochs": 3},
}


def threads(pid: int) -> int:
    """How many threads a process has."""
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


@pytest.fixture
async def executor(yard: Path) -> AsyncGenerator[LocalExecutor]:
    made = LocalExecutor(yard)
    yield made
    await made.close()


async def test_a_warm_launcher_owns_one_thread_whatever_it_has_done(executor: LocalExecutor, yard: Path) -> None:
    pid = await executor.launcher()
    await executor.alive()
    assert threads(pid) == 1
    complaints = (yard / "launcher.log").read_text()

    run = RunFolder.create(yard / "runs", DOCUMENT, {"owner": "ada", "class": None})
    log = EventWriter(run)
    log.write(Queued, owner="ada")
    log.close()
    await executor.start(run.path, "ada")
    reader, seen = EventReader(run), list[dict[str, Any]]()

    def finished() -> bool:
        seen.extend(reader.events())
        return seen[-1]["type"] == "finished"

    await until(finished)
    assert seen[-1]["reason"] == "done"

    preview = await executor.ask({"kind": "preview", "dataset": DOCUMENT["dataset"]}, "preview")
    assert preview[:1] == b"J"
    assert json.loads(preview[1:])
    picture = await executor.ask({"kind": "picture", "experiment": DOCUMENT, "probes": ["surface"]}, "picture")
    assert picture[:1] == b"B"
    problems = await executor.ask({"kind": "picture", "experiment": {}, "probes": ["surface"]}, "picture")
    assert problems[:1] == b"P"
    assert threads(pid) == 1
    await until(lambda: "/sklearn/" in Path(f"/proc/{pid}/maps").read_text(), "what is imported at leisure")
    await until(lambda: "/llvmlite/" in Path(f"/proc/{pid}/maps").read_text(), "the compiled loop")
    await executor.alive()  # it answers when it has loaded that
    assert threads(pid) == 1
    # A thread, or a backward pass, in the launcher would be told of here.
    assert (yard / "launcher.log").read_text() == complaints
