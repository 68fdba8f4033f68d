"""Runs in a launcher: real processes with toy work."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.executors.executor import Alive, Waiting
from tests.executors.house import ToyRun, executor, kill, lives, until, until_answered

pytestmark = pytest.mark.anyio


async def test_a_run_gets_a_process_of_its_own_that_is_gone_at_its_end(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["train", 3], ["finish"])
        await yard.start(run.folder, "ada")
        await until(lambda: run.end == "done")

        async def quiet() -> bool:
            return await yard.alive() == Alive(frozenset(), {})

        await until_answered(quiet)
        assert run.workers[0] not in (os.getpid(), await yard.launcher())
        assert not lives(run.workers[0])


async def test_starting_a_run_twice_gives_it_one_worker(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["train", 30], ["finish"])
        for _ in range(5):
            await yard.start(run.folder, "ada")
        assert (await yard.alive()).running == frozenset({"r1"})
        await until(lambda: run.end)
        assert len(run.workers) == 1


@pytest.mark.parametrize("after", [["give way"], ["compute", 0.5]])
async def test_a_run_has_a_head_start_until_its_first_point_or_until_it_took_too_long(
    tmp_path: Path, after: list[Any]
) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["report"], after, ["report"], ["finish"])
        await yard.start(run.folder, "ada")
        await until(lambda: run.end)
    before, later = (json.loads((run.folder / f"report {number}.json").read_text())["nice"] for number in (0, 1))
    assert before == os.nice(0)
    assert later >= 10


def test_giving_way_never_asks_for_more_than_one_had() -> None:
    code = "import os; os.nice(19); from app.executors.child import _head_start; _head_start()(); print(os.nice(0))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "19"


async def test_a_worker_has_neither_the_files_nor_the_secrets_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINYARD_TOKEN", "secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["report"], ["finish"])
        await yard.start(run.folder, "ada")
        await until(lambda: run.end)
        about = json.loads((run.folder / "report 0.json").read_text())
    assert about["files"] == [0, 1, 2, 3]  # the three usual ones and the lock of its run
    assert about["oom"] >= 500
    assert "secret" not in about["environment"].values()
    assert about["environment"]["OPENBLAS_NUM_THREADS"] == "1"


async def test_a_killed_worker_is_followed_by_another_until_the_run_is_done(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["train", 120], ["finish"])
        await yard.start(run.folder, "ada")
        for worker in range(1, 9):  # more often than a run may be killed without getting further
            reached = run.steps
            await until(lambda worker=worker, reached=reached: len(run.workers) == worker and run.steps > reached)
            kill(run.workers[-1], signal.SIGTERM if worker % 2 else signal.SIGKILL)
        await until(lambda: run.end)
        assert run.end == "done"
        assert run.steps == 120
        assert len(run.workers) == 9


async def test_a_run_that_is_killed_again_and_again_without_a_new_step_is_lost(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["train", 2], ["kill"])
        await yard.start(run.folder, "ada")
        await until(lambda: run.end)
        assert run.end == "lost"
        assert len(run.workers) == 6  # the first, which got somewhere, and five that did not


@pytest.mark.parametrize("verb", ["crash", "raise"])
async def test_a_worker_that_crashes_by_itself_ends_its_run_as_lost(tmp_path: Path, verb: str) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["train", 2], [verb])
        await yard.start(run.folder, "ada")
        await until(lambda: run.end)
        assert run.end == "lost"
        assert len(run.workers) == 1


async def test_a_worker_that_leaves_without_an_end_ends_its_run_as_lost(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["train", 2])
        await yard.start(run.folder, "ada")
        assert await until(lambda: run.end) == "lost"


async def test_a_run_that_wants_more_memory_than_it_may_have_ends_so_and_harms_nobody(tmp_path: Path) -> None:
    async with executor(tmp_path, run_memory=64 << 20, places=8) as yard:
        greedy = ToyRun(tmp_path, "r1", ["eat", 256 << 20], ["finish"])
        modest = ToyRun(tmp_path, "r2", ["eat", 16 << 20], ["train", 5], ["finish"])
        await yard.start(greedy.folder, "ada")
        await yard.start(modest.folder, "bob")
        await until(lambda: greedy.end and modest.end)
        assert (greedy.end, modest.end) == ("out_of_memory", "done")


async def test_a_worker_that_left_while_paused_goes_on_when_it_is_started_again(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["pause"])
        await yard.start(run.folder, "ada")

        async def quiet() -> bool:
            return len(run.workers) == 1 and await yard.alive() == Alive(frozenset(), {})

        await until_answered(quiet)
        assert run.end is None
        (run.folder / "plan.json").write_text('[["finish"]]')
        await yard.start(run.folder, "ada")
        await until(lambda: run.end == "done")


async def test_a_run_whose_lock_another_process_holds_waits_for_it(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        first = ToyRun(tmp_path, "r1", ["ignore SIGTERM"], ["last", 600.0])
        await yard.start(first.folder, "ada")
        holder = (await until(lambda: first.workers))[0]
        second = ToyRun(tmp_path, "r2", ["finish"])
        (second.folder / "lock").unlink()
        (second.folder / "lock").hardlink_to(first.folder / "lock")
        await yard.start(second.folder, "bob")

        async def both() -> bool:
            return (await yard.alive()).running == frozenset({"r1", "r2"})

        await until_answered(both)
        assert not second.workers
        kill(holder, signal.SIGKILL)
        await yard.stop("r1")
        await until(lambda: second.end == "done" or first.end)


async def test_one_owner_has_one_run_at_a_time_and_others_do_not_wait_for_it(tmp_path: Path) -> None:
    async with executor(tmp_path, places=8, per_owner=1) as yard:
        runs = {name: ToyRun(tmp_path, name, ["last", 600.0]) for name in ("a1", "a2", "a3", "b1")}
        for name, run in runs.items():
            await yard.start(run.folder, name[0])
        alive = await yard.alive()
        assert alive.running == frozenset({"a1", "b1"})
        assert [(run, place.position) for run, place in alive.waiting.items()] == [("a2", 1), ("a3", 2)]
        await yard.stop("a1")
        assert runs["a1"].end == "stopped"

        async def next_one() -> bool:
            return (await yard.alive()).running == frozenset({"a2", "b1"})

        await until_answered(next_one)


async def test_a_paused_run_gives_its_place_up_as_soon_as_somebody_waits_for_it(tmp_path: Path) -> None:
    async with executor(tmp_path, places=8, per_owner=2) as yard:
        busy, paused, waiting, other = (
            ToyRun(tmp_path, name, *plan)
            for name, plan in {
                "a1": [["last", 600.0]],
                "a2": [["pause until wanted"]],
                "a3": [["last", 600.0]],
                "b1": [["pause until wanted"]],
            }.items()
        )
        for run, owner in ((busy, "a"), (paused, "a"), (other, "b")):
            await yard.start(run.folder, owner)
        await until(lambda: paused.workers and other.workers)
        assert (await yard.alive()).running == frozenset({"a1", "a2", "b1"})  # nobody wants its place yet
        await yard.start(waiting.folder, "a")

        async def let_in() -> bool:
            return (await yard.alive()).running == frozenset({"a1", "a3", "b1"})  # b1 is in nobody's way

        await until_answered(let_in)
        assert paused.end is None


async def test_a_run_told_to_go_on_when_it_has_just_left_its_place_waits_for_another(tmp_path: Path) -> None:
    async with executor(tmp_path, places=8, per_owner=1) as yard:
        first, second = ToyRun(tmp_path, "a1", ["pause until wanted"]), ToyRun(tmp_path, "a2", ["last", 600.0])
        await yard.start(first.folder, "a")
        await until(lambda: first.workers)
        (first.folder / "called").touch()
        (first.folder / "plan.json").write_text('[["finish"]]')
        (second.folder / "left").write_text("75.4")
        await yard.start(second.folder, "a")

        async def behind() -> bool:
            return (await yard.alive()).waiting == {"a1": Waiting(1, 75.0, "a2")}

        await until_answered(behind)
        await yard.stop("a2")
        await until(lambda: first.end == "done")


async def test_a_run_told_to_stop_when_it_has_just_left_its_place_waits_for_no_other(tmp_path: Path) -> None:
    async with executor(tmp_path, places=8, per_owner=1) as yard:
        first, second = ToyRun(tmp_path, "a1", ["pause until wanted"]), ToyRun(tmp_path, "a2", ["last", 600.0])
        await yard.start(first.folder, "a")
        await until(lambda: first.workers)
        (first.folder / "called").write_text("stop")
        await yard.start(second.folder, "a")
        await until(lambda: first.end == "stopped")
        assert (await yard.alive()) == Alive(frozenset({"a2"}), {})


async def test_a_full_house_lets_runs_in_one_after_another_and_says_how_long_it_takes(tmp_path: Path) -> None:
    async with executor(tmp_path, places=2, share=0) as yard:
        runs = [ToyRun(tmp_path, f"r{number}", ["train", 20], ["finish"]) for number in range(6)]
        for number, run in enumerate(runs):
            await yard.start(run.folder, f"owner {number}")
        alive = await yard.alive()
        assert alive.running == frozenset({"r0", "r1"})
        assert [place.position for place in alive.waiting.values()] == [1, 2, 3, 4]
        assert {place.expected_seconds for place in alive.waiting.values()} == {None}
        await until(lambda: runs[1].end)

        async def foretold() -> bool:
            told = [place.expected_seconds for place in (await yard.alive()).waiting.values()]
            waits = [seconds for seconds in told if seconds is not None]
            return bool(told) and len(waits) == len(told) and waits == sorted(waits)

        await until_answered(foretold)
        await until(lambda: all(run.end == "done" for run in runs))


async def test_stopping_takes_a_run_out_of_the_queue(tmp_path: Path) -> None:
    async with executor(tmp_path, places=1) as yard:
        first, second = (ToyRun(tmp_path, name, ["last", 600.0]) for name in ("r1", "r2"))
        await yard.start(first.folder, "ada")
        await yard.start(second.folder, "bob")
        await yard.stop("r2")
        assert second.end == "stopped"
        assert (await yard.alive()) == Alive(frozenset({"r1"}), {})
        assert not second.workers


async def test_stopping_returns_when_the_process_is_gone(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["last", 600.0])
        await yard.start(run.folder, "ada")
        worker = (await until(lambda: run.workers))[0]
        await yard.stop("r1")
        assert not lives(worker)
        assert run.end == "stopped"
        await yard.stop("r1")
        await yard.stop("never heard of")


async def test_a_worker_that_does_not_listen_is_ended_all_the_same(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["ignore SIGTERM"], ["report"], ["last", 600.0])
        await yard.start(run.folder, "ada")
        await until((run.folder / "report 0.json").exists)
        await yard.stop("r1")
        assert not lives(run.workers[0])
        assert run.end == "stopped"


async def test_a_run_whose_folder_is_deleted_is_forgotten(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        run = ToyRun(tmp_path, "r1", ["last", 600.0])
        await yard.start(run.folder, "ada")
        worker = (await until(lambda: run.workers))[0]
        run.folder.rename(tmp_path / "gone")
        kill(worker, signal.SIGKILL)

        async def quiet() -> bool:
            return await yard.alive() == Alive(frozenset(), {})

        await until_answered(quiet)


async def test_a_run_that_had_its_share_lets_others_have_a_turn_and_goes_on_after_them(tmp_path: Path) -> None:
    async with executor(tmp_path, places=1, share=1) as yard:
        long = [ToyRun(tmp_path, f"long {owner}", ["train", 300], ["finish"]) for owner in ("ada", "bob")]
        for run in long:
            await yard.start(run.folder, run.folder.name)
        await until(lambda: long[1].steps)  # the second trains though the first has not ended
        assert long[0].end is None
        assert (await yard.alive()).waiting["long ada"].position == 1
        short = ToyRun(tmp_path, "short", ["train", 1], ["finish"])
        await yard.start(short.folder, "cem")  # who never had a turn
        await until(lambda: short.end)
        assert [run.end for run in long] == [None, None]
        await until(lambda: all(run.end == "done" for run in long))
        assert [run.steps for run in long] == [300, 300]
        assert all(len(run.workers) > 1 for run in long)


async def test_a_run_that_nobody_waits_for_is_left_alone(tmp_path: Path) -> None:
    async with executor(tmp_path, places=1, share=1) as yard:
        run = ToyRun(tmp_path, "r1", ["train", 200], ["finish"])
        second = ToyRun(tmp_path, "r2", ["train", 1], ["finish"])
        await yard.start(run.folder, "ada")
        await yard.start(second.folder, "ada")  # of the same owner: it waits for its turn
        await until(lambda: second.end)
        assert (run.end, len(run.workers)) == ("done", 1)
