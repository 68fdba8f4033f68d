"""Questions to a launcher, answered by processes of their own."""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from app.executors.executor import Cancelled, Unanswered
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
