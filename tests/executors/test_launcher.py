"""The launcher's own life: one per data folder, longer than the server's, and nothing left behind."""

import asyncio
import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from app.executors.executor import Unreachable
from app.executors.limits import Limits
from app.executors.local import LocalExecutor
from app.executors.meeting import Meeting
from app.executors.wire import VERSION
from tests.executors.house import DEADLINE, ToyRun, command, executor, kill, lives, until, until_answered

pytestmark = pytest.mark.anyio


def mode(path: str) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(Path(path).stat().st_mode)


def sockets() -> int:
    """How many sockets this process has open."""
    return sum(path.is_socket() for path in Path("/proc/self/fd").iterdir())


async def test_two_servers_of_one_data_folder_share_one_launcher(tmp_path: Path) -> None:
    async with executor(tmp_path) as first, executor(tmp_path) as second:
        assert len(set(await asyncio.gather(first.launcher(), second.launcher()))) == 1
        run = ToyRun(tmp_path, "r1", ["last", 600.0])
        await first.start(run.folder, "ada")
        assert (await second.alive()).running == {"r1"}


async def test_one_search_at_a_time_for_a_launcher_that_was_lost(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        await yard.launcher()
        yard._left(True)
        searching = yard._again
        yard._left(True)  # the next link was lost, too
        assert yard._again is searching


async def test_many_launchers_started_at_once_come_down_to_one(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        started = [await asyncio.create_subprocess_exec(*command(), str(tmp_path)) for _ in range(5)]
        pid = await yard.launcher()
        others = [process for process in started if process.pid != pid]
        assert len(others) >= 4
        assert {await process.wait() for process in others} == {0}
    for process in started:
        await process.wait()


async def test_the_end_of_the_server_ends_neither_launcher_nor_run(tmp_path: Path) -> None:
    server = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from app.executors.limits import Limits\n"
        "from app.executors.local import LocalExecutor\n"
        "async def serve(folder, *command):\n"
        "    yard = LocalExecutor(Path(folder).parents[1], Limits(), command)\n"
        "    await yard.start(Path(folder), 'ada')\n"
        "    print('started', flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "asyncio.run(serve(*sys.argv[1:]))\n"
    )
    run = ToyRun(tmp_path, "r1", ["train", 60], ["finish"])
    async with executor(tmp_path) as yard:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", server, str(run.folder), *command(), stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert await process.stdout.readline() == b"started\n"
        launcher = Meeting(tmp_path).pid()
        process.kill()
        await process.wait()
        assert (await yard.alive()).running == {"r1"}
        assert await yard.launcher() == launcher
        await until(lambda: run.end == "done")
        assert len(run.workers) == 1


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_a_new_launcher_goes_on_with_the_runs_of_one_that_was_killed(tmp_path: Path, number: int) -> None:
    async with executor(tmp_path, places=1) as yard:
        first = ToyRun(tmp_path, "r1", ["train", 100], ["finish"])
        second = ToyRun(tmp_path, "r2", ["finish"])
        await yard.start(first.folder, "ada")
        await yard.start(second.folder, "bob")
        await until(lambda: first.steps > 5)
        old = await yard.launcher()
        kill(old, number)
        await until(lambda: not lives(old) and not lives(first.workers[0]))
        await until(lambda: first.end == "done" and second.end == "done")  # though nobody asks
        assert len(first.workers) == 2
        assert await yard.launcher() != old


async def test_runs_go_on_though_no_launcher_could_be_started_when_the_first_one_died(tmp_path: Path) -> None:
    start, tries = os.posix_spawn, list[str]()

    def failing_once(path: str, *args: Any, **more: Any) -> int:
        tries.append(path)
        if len(tries) == 1:
            raise OSError(errno.EMFILE, "Too many open files")
        return start(path, *args, **more)

    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["train", 60], ["finish"])
        await yard.start(run.folder, "ada")
        await until(lambda: run.steps > 5)
        launcher = await yard.launcher()
        with patch.object(os, "posix_spawn", failing_once):
            kill(launcher, signal.SIGKILL)
            await until(lambda: run.end == "done")  # though nobody asks
        assert len(tries) == 2


async def test_runs_go_on_at_the_next_start_after_everything_was_killed(tmp_path: Path) -> None:
    run = ToyRun(tmp_path, "r1", ["train", 60], ["finish"])
    async with executor(tmp_path) as yard:
        await yard.start(run.folder, "ada")
        await until(lambda: run.steps > 5)
    assert not Meeting(tmp_path).held()
    assert run.end is None
    async with executor(tmp_path) as yard:
        await yard.alive()
        await until(lambda: run.end == "done")


async def test_shutdown_leaves_no_process_and_no_socket(tmp_path: Path) -> None:
    run = ToyRun(tmp_path, "r1", ["ignore SIGTERM"], ["report"], ["last", 600.0])
    async with executor(tmp_path) as yard:
        await yard.start(run.folder, "ada")
        asking = asyncio.create_task(yard.ask({"kind": "slow", "started": str(tmp_path / "slow")}, "k"))
        await until((tmp_path / "slow").exists)
        await until((run.folder / "report 0.json").exists)
        pids = [await yard.launcher(), *run.workers, int((tmp_path / "slow").read_text())]
        asking.cancel()
        await yard.shutdown()
    await until(lambda: not any(map(lives, pids)))
    assert not (tmp_path / "launcher.sock").exists()
    assert not (tmp_path / "launcher.json").exists()


async def test_who_still_asks_when_the_server_ends_is_told_and_opens_no_new_connection(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        pid = await yard.launcher()
        kill(pid, signal.SIGSTOP)  # it answers nothing any more, but its socket still takes connections
        try:
            before = sockets()
            asking = [asyncio.create_task(yard.alive()) for _ in range(3)]
            await asyncio.sleep(0.05)  # their wishes are on the way
            await asyncio.wait_for(yard.close(), DEADLINE)
            done, _ = await asyncio.wait(asking, timeout=DEADLINE)
            assert [type(task.exception()) for task in done] == [Unreachable] * 3
            await until(lambda: sockets() == before - 1)
        finally:
            kill(pid, signal.SIGCONT)


async def test_what_can_wait_is_done_once_when_there_is_leisure(tmp_path: Path) -> None:
    notes = tmp_path / "leisure"
    notes.touch()
    async with executor(tmp_path) as yard:
        await yard.alive()
        await until(lambda: notes.read_text() == "first\nsecond\n")
        assert await yard.ask({"kind": "echo", "text": "here"}, "k") == b"here"
        await asyncio.sleep(0.3)  # in which a third could come
        assert notes.read_text() == "first\nsecond\n"


async def test_an_idle_launcher_ends_when_no_server_is_there(tmp_path: Path) -> None:
    async with executor(tmp_path, idle_seconds=0.2) as yard:
        pid = await yard.launcher()
        assert (await yard.alive()).running == set()
        await yard.close()
        await until(lambda: not lives(pid))


async def test_a_launcher_with_work_stays_though_no_server_is_there(tmp_path: Path) -> None:
    run = ToyRun(tmp_path, "r1", ["train", 50], ["last", 3.0], ["finish"])
    yard = LocalExecutor(tmp_path, Limits(), command(0.1))
    await yard.start(run.folder, "ada")
    pid = await yard.launcher()
    await yard.close()
    await until(lambda: run.end == "done")
    assert len(run.workers) == 1
    await until(lambda: not lives(pid))


async def test_a_launcher_ends_with_its_data_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run = ToyRun(data, "r1", ["last", 600.0])
    async with executor(data) as yard:
        await yard.start(run.folder, "ada")
        worker = (await until(lambda: run.workers))[0]
        pid = await yard.launcher()
        shutil.rmtree(data)
        await until(lambda: not lives(pid) and not lives(worker))


async def test_a_data_folder_with_a_path_too_long_for_a_socket_is_served_too(tmp_path: Path) -> None:
    data = tmp_path / ("a rather long name " * 6) / "数据"
    data.mkdir(parents=True)
    async with executor(data) as yard:
        assert await yard.ask({"kind": "echo", "text": "here"}, "k") == b"here"
        path = str(Meeting(data).socket())
        assert len(os.fsencode(path)) < 108
        assert mode(path) == mode(path.rpartition("/")[0]) == 0o700
    with pytest.raises(FileNotFoundError):
        mode(path)


async def test_only_this_user_can_reach_the_socket(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        await yard.launcher()
        assert mode(str(Meeting(tmp_path).socket())) == 0o700


async def test_invalid_message_closes_only_the_connection_of_its_sender(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        await yard.launcher()
        for message in (b"no json\n", b'{"number": 1}\n', b'{"number": 1, "wish": "fly"}\n', b"[]\n", b"\xff\n"):
            reader, writer = await asyncio.open_unix_connection(Meeting(tmp_path).socket())
            writer.write(message)
            assert await reader.read() == b""
            writer.close()
        assert await yard.ask({"kind": "echo", "text": "fine"}, "k") == b"fine"


async def test_the_limits_of_the_newest_server_hold(tmp_path: Path) -> None:
    async with executor(tmp_path, places=1) as strict:
        runs = [ToyRun(tmp_path, f"r{number}", ["last", 600.0]) for number in range(2)]
        for number, run in enumerate(runs):
            await strict.start(run.folder, f"owner {number}")
        assert len((await strict.alive()).running) == 1
        async with executor(tmp_path, places=2) as generous:

            async def both() -> bool:
                return len((await generous.alive()).running) == 2

            await until_answered(both)


async def test_a_launcher_that_cannot_start_is_said_to_be_out_of_reach_with_its_last_words(tmp_path: Path) -> None:
    broken = LocalExecutor(tmp_path, Limits(), [sys.executable, "-c", "raise SystemExit('there is no torch')"])
    with pytest.raises(Unreachable, match="there is no torch"):
        await broken.alive()
    await broken.close()


async def test_the_connection_is_found_again_while_questions_are_asked(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        for number in range(5):
            kill(await yard.launcher(), signal.SIGKILL)
            assert await yard.ask({"kind": "echo", "text": str(number)}, "k") == str(number).encode()


async def test_launcher_of_an_older_version_is_replaced_and_its_runs_go_on(tmp_path: Path) -> None:
    older = command()
    older[2] = "import app.executors.launcher; app.executors.launcher.VERSION -= 1;" + older[2]
    before = LocalExecutor(tmp_path, Limits(), older)
    run = ToyRun(tmp_path, "r1", ["last", 600.0])
    with patch("app.executors.local.VERSION", VERSION - 1):  # a server of that version
        old = await before.launcher()
        await before.start(run.folder, "ada")
        await until(lambda: run.workers)
        await before.close()

    async with executor(tmp_path) as yard:
        await yard.dismiss_older()
        await until(lambda: not lives(old) and not lives(run.workers[0]))
        assert await yard.launcher() != old
        assert len(await until(lambda: len(run.workers) == 2 and run.workers)) == 2
        now = await yard.launcher()
        await yard.dismiss_older()  # one of this version stays
        assert await yard.launcher() == now


async def test_server_without_a_launcher_has_none_to_dismiss(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        await yard.dismiss_older()
        assert not Meeting(tmp_path).held()
