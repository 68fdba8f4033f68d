"""Questions to a launcher, answered by processes of their own."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from app.executors.answerer import Lane
from app.executors.child import NICE
from app.executors.executor import Cancelled, Unanswered
from app.executors.local import LocalExecutor
from app.executors.questions import MOST_WAITING
from tests.executors.house import executor, kill, lives, until

pytestmark = pytest.mark.anyio


def slow(folder: Path, name: str) -> tuple[dict[str, str], Path]:
    """A question that is never answered, and the file that says who works on it."""
    return {"kind": "slow", "started": str(folder / name)}, folder / name


async def test_an_answer_comes_back_as_it_was_given(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        assert await yard.ask({"kind": "echo", "text": "神经网络\n"}, "k") == "神经网络\n".encode()
        assert await yard.ask({"kind": "echo", "text": ""}, "k") == b""
        assert await yard.ask({"kind": "large", "size": 20_000_001}, "k") == bytes(20_000_001)


async def test_many_questions_at_once_are_each_answered(tmp_path: Path) -> None:
    async with executor(tmp_path, questions=3) as yard:
        asked = [yard.ask({"kind": "echo", "text": str(number)}, f"key {number}") for number in range(40)]
        assert await asyncio.gather(*asked) == [str(number).encode() for number in range(40)]


async def test_a_newer_question_with_the_same_key_cancels_the_older(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        question, started = slow(tmp_path, "first")
        first = asyncio.create_task(yard.ask(question, "preview of ada"))
        await until(started.exists)
        assert await yard.ask({"kind": "echo", "text": "new"}, "preview of ada") == b"new"
        with pytest.raises(Cancelled):
            await first
        await until(lambda: not lives(int(started.read_text())))


async def test_questions_with_other_keys_leave_each_other_alone(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        question, started = slow(tmp_path, "first")
        first = asyncio.create_task(yard.ask(question, "preview of ada"))
        await until(started.exists)
        assert await yard.ask({"kind": "echo", "text": "new"}, "preview of bob") == b"new"
        assert not first.done()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first


async def test_an_answerer_is_ended_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        question, started = slow(tmp_path, "first")
        asking = asyncio.create_task(yard.ask(question, "k"))
        worker = int(await until(lambda: started.exists() and started.read_text()))
        asking.cancel()
        await until(lambda: not lives(worker))
        with pytest.raises(asyncio.CancelledError):
            await asking


@pytest.mark.parametrize("kind", ["crash", "unknown"])
async def test_an_answerer_that_crashes_leaves_the_question_unanswered(tmp_path: Path, kind: str) -> None:
    async with executor(tmp_path) as yard:
        with pytest.raises(Unanswered):
            await yard.ask({"kind": kind}, "k")
        assert await yard.ask({"kind": "echo", "text": "on"}, "k") == b"on"


async def test_an_answerer_that_is_killed_leaves_the_question_unanswered(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        question, started = slow(tmp_path, "first")
        asking = asyncio.create_task(yard.ask(question, "k"))
        kill(int(await until(lambda: started.exists() and started.read_text())), signal.SIGKILL)
        with pytest.raises(Unanswered):
            await asking


async def test_a_question_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        await yard.launcher()
        question, started = slow(tmp_path, "first")
        began = time.monotonic()
        with pytest.raises(Unanswered):
            await yard.ask(question, "k", timeout=0.3)
        assert 0.3 <= time.monotonic() - began < 10
        await until(lambda: not lives(int(started.read_text())))


async def test_questions_that_wait_for_others_are_given_up_in_time_too(tmp_path: Path) -> None:
    async with executor(tmp_path, questions=1) as yard:
        question, started = slow(tmp_path, "first")
        first = asyncio.create_task(yard.ask(question, "a"))
        await until(started.exists)
        with pytest.raises(Unanswered):
            await yard.ask({"kind": "echo", "text": "late"}, "b", timeout=0.2)
        first.cancel()
        assert await yard.ask({"kind": "echo", "text": "then"}, "c") == b"then"


async def test_an_answerer_that_wants_too_much_memory_leaves_the_question_unanswered(tmp_path: Path) -> None:
    async with executor(tmp_path, question_memory=64 << 20) as yard:
        assert await yard.ask({"kind": "eat", "size": 1 << 20}, "k") == b"\0"
        with pytest.raises(Unanswered):
            await yard.ask({"kind": "eat", "size": 1 << 30}, "k")


async def who(yard: LocalExecutor, key: str, stay: float) -> int:
    """The process that answers."""
    return int(await yard.ask({"kind": "who"}, key, stay=stay))


async def test_a_worker_that_stays_answers_the_next_question_with_its_key(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        first = await who(yard, "drawing", 30)
        assert await who(yard, "drawing", 30) == first
        assert await who(yard, "another", 30) != first
        assert await who(yard, "drawing", 30) == first


async def test_a_worker_that_is_not_asked_to_stay_answers_once(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        first = await who(yard, "k", 0)
        assert await who(yard, "k", 0) != first
        await until(lambda: not lives(first))


async def test_a_worker_that_nobody_asks_again_leaves(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        first = await who(yard, "k", 0.05)
        await until(lambda: not lives(first))
        assert await who(yard, "k", 0.05) != first


async def test_after_a_staying_worker_was_killed_another_answers(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        first = await who(yard, "k", 30)
        kill(first, signal.SIGKILL)
        await until(lambda: not lives(first))
        await yard.alive()  # by now the launcher has heard of it
        assert await who(yard, "k", 30) != first


async def test_a_staying_worker_that_is_busy_gives_way_to_a_newer_question(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        first = await who(yard, "k", 30)
        question, started = slow(tmp_path, "first")
        older = asyncio.create_task(yard.ask(question, "k", stay=30))
        await until(lambda: started.exists() and started.read_text())
        assert int(started.read_text()) == first
        assert await who(yard, "k", 30) != first
        with pytest.raises(Cancelled):
            await older
        await until(lambda: not lives(first))


async def test_a_question_longer_than_a_pipe_holds_is_answered_all_the_same(tmp_path: Path) -> None:
    long = "long " * 1_000_000
    async with executor(tmp_path) as yard:
        for _ in range(3):
            assert await yard.ask({"kind": "echo", "text": long}, "k", stay=30) == long.encode()
        assert await yard.ask({"kind": "echo", "text": "short"}, "k", stay=30) == b"short"


async def test_no_more_than_a_few_workers_are_kept(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        asked = [await who(yard, f"key {number}", 30) for number in range(MOST_WAITING + 5)]
        await until(lambda: sum(lives(process) for process in asked) <= MOST_WAITING)
        assert await who(yard, f"key {MOST_WAITING + 4}", 30) == asked[-1]


async def test_a_staying_worker_ends_with_the_launcher(tmp_path: Path) -> None:
    async with executor(tmp_path) as yard:
        first = await who(yard, "k", 30)
    await until(lambda: not lives(first))


async def test_owner_of_many_questions_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    async with executor(tmp_path, questions=8) as yard:
        many = [
            asyncio.create_task(yard.ask(slow(tmp_path, f"bulk {number}")[0], f"bulk {number}", owner="ada"))
            for number in range(20)
        ]
        await until(lambda: len(list(tmp_path.glob("bulk *"))) == 2)
        assert await yard.ask({"kind": "echo", "text": "bob"}, "k", owner="bob") == b"bob"
        await until(lambda: len(list(tmp_path.glob("bulk *"))) == 2)
        await _cancel(many)


async def test_owners_take_turns_for_the_places_of_a_lane(tmp_path: Path) -> None:
    async with executor(tmp_path, questions=4) as yard:  # one place for what is slow
        order: list[str] = []

        async def ask(owner: str, number: int) -> None:
            await yard.ask({"kind": "echo", "text": owner}, f"{owner} {number}", owner=owner, lane="slow")
            order.append(owner)

        first = asyncio.create_task(yard.ask(slow(tmp_path, "first")[0], "first", owner="ada", lane="slow"))
        await until((tmp_path / "first").exists)
        waiting = [asyncio.create_task(ask("ada", number)) for number in range(3)]
        await yard.alive()  # by now the launcher has taken them
        waiting += [asyncio.create_task(ask("bob", number)) for number in range(2)]
        await yard.alive()
        await _cancel([first])
        await asyncio.gather(*waiting)
        assert order[:4] == ["bob", "ada", "bob", "ada"]


@pytest.mark.parametrize("lane", ["slow", "upload"])
async def test_what_takes_long_keeps_nobody_from_what_is_quick(tmp_path: Path, lane: Lane) -> None:
    async with executor(tmp_path, questions=4) as yard:
        asked = [
            asyncio.create_task(yard.ask(slow(tmp_path, f"bulk {n}")[0], f"bulk {n}", owner=f"seat {n}", lane=lane))
            for n in range(12)
        ]
        await until(lambda: list(tmp_path.glob("bulk *")))
        assert await yard.ask({"kind": "echo", "text": "quick"}, "k", owner="seat 1") == b"quick"
        await _cancel(asked)


@pytest.mark.parametrize("lane", ["slow", "upload"])
async def test_what_takes_long_has_a_lower_priority(tmp_path: Path, lane: Lane) -> None:
    async with executor(tmp_path) as yard:
        quick = int(await yard.ask({"kind": "nice"}, "quick"))
        long = int(await yard.ask({"kind": "nice"}, "long", lane=lane))
        assert quick == os.nice(0)
        assert long == max(NICE, quick)


async def _cancel(tasks: list[asyncio.Task[bytes]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
