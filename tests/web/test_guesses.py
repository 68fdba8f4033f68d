"""Guessing codes is slow, whatever a guesser hangs up on, and tells nothing by its time."""

import asyncio
import time
from collections.abc import Generator
from pathlib import Path

import httpx
import pytest

from app.web.errors import Refusal
from app.web.guesses import ALL_AT_ONCE, AT_ONCE, SLIPS, TURN, Guesses
from tests.web.house import Server, serving_in

CODE = "maple-river-lantern-42"
TEACHER = "turtle-tulip-hazel-28"


@pytest.fixture(scope="module")
def guessed(yard: Path) -> Generator[Server]:
    """A server on which somebody guesses codes."""
    with serving_in(yard, end_launcher=False, host="0.0.0.0", token=CODE, teacher_token=TEACHER) as server:
        yield server


def timed(client: httpx.Client, code: str) -> tuple[int, float]:
    began = time.monotonic()
    answer = client.post("/api/session", json={"code": code, "name": "Eve"})
    client.cookies.clear()
    return answer.status_code, time.monotonic() - began


def asked(client: httpx.Client, token: str) -> float:
    """Seconds until a question with this token is answered."""
    began = time.monotonic()
    assert client.get("/nothing", headers={"Authorization": f"Bearer {token}"}).status_code == 404  # and not 401
    return time.monotonic() - began


async def guess_all(guesses: Guesses, addresses: list[str], looked: list[str]) -> list[bool | BaseException]:
    """What becomes of wrong codes that come from these addresses at once; those that are looked at are noted."""

    def wrong(address: str) -> bool:
        looked.append(address)
        return False

    judged = (guesses.judge(address, lambda address=address: wrong(address)) for address in addresses)
    return await asyncio.gather(*judged, return_exceptions=True)


@pytest.mark.anyio
async def test_few_of_many_guesses_at_once_are_looked_at() -> None:
    guesses, looked = Guesses(), list[str]()
    began = time.monotonic()
    told = await guess_all(guesses, ["one"] * 300, looked)
    seconds = time.monotonic() - began
    assert len(looked) <= SLIPS + seconds / TURN + 1
    assert len(looked) <= SLIPS + AT_ONCE
    refused = [result for result in told if isinstance(result, Refusal)]
    assert len(refused) >= 300 - SLIPS - AT_ONCE
    assert {refusal.status for refusal in refused} == {429}


@pytest.mark.anyio
async def test_another_address_waits_behind_few_guesses_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.guesses.TURN", 0.02)
    guesses, looked = Guesses(), list[str]()
    await guess_all(guesses, ["one"] * SLIPS, looked)
    looked.clear()
    told = asyncio.create_task(guess_all(guesses, ["one"] * AT_ONCE, looked))
    await asyncio.sleep(0)
    assert await guesses.judge("another", lambda: looked.append("another") or True)
    assert looked.index("another") <= 2
    assert not any(await told)


@pytest.mark.anyio
async def test_guesses_from_many_addresses_are_few_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.guesses.TURN", 0.001)
    guesses, looked = Guesses(), list[str]()
    await guess_all(guesses, ["one"] * SLIPS, looked)
    looked.clear()
    await guess_all(guesses, [str(number) for number in range(300)], looked)
    assert len(looked) <= ALL_AT_ONCE


@pytest.mark.anyio
async def test_who_waits_too_long_is_refused_unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    guesses, looked = Guesses(), list[str]()
    monkeypatch.setattr("app.web.guesses.TURN", 0.0)
    await guess_all(guesses, ["one"] * SLIPS, looked)
    monkeypatch.setattr("app.web.guesses.TURN", 0.1)
    monkeypatch.setattr("app.web.guesses.LONGEST_WAIT", 0.05)
    looked.clear()
    [told] = await guess_all(guesses, ["one"], looked)
    assert isinstance(told, Refusal)
    assert looked == []


def test_while_somebody_guesses_a_right_code_takes_as_long_as_a_wrong_one(guessed: Server) -> None:
    with guessed.client() as client:
        assert min(asked(client, CODE) for _ in range(5)) < TURN  # nobody guesses yet
        for number in range(SLIPS):
            timed(client, f"guess-{number}")
        status, wrong = timed(client, "guess-more")
        assert status == 403
        status, right = timed(client, CODE)
        assert status == 200
        assert min(wrong, right) >= TURN
        assert asked(client, CODE) >= TURN


def test_the_login_page_does_not_look_at_a_code_that_comes_along(guessed: Server) -> None:
    with guessed.client() as client:
        for path in ("/login", "/api/health", "/static/css/tokens.css"):
            pages = [client.get(path, headers={"Authorization": f"Bearer {code}"}) for code in (CODE, TEACHER, "wrong")]
            assert {page.status_code for page in pages} == {200}
            assert "program" not in pages[0].text
            assert "teacher" not in pages[1].text or path.endswith(".css")


def test_a_seat_and_the_teacher_never_wait_behind_guesses(guessed: Server) -> None:
    with guessed.client() as client:
        token = client.post("/api/session", json={"code": CODE, "name": "Ada"}).json()["token"]
        client.cookies.clear()
        for number in range(SLIPS):
            timed(client, f"guess-{number}")
        for known in (token, TEACHER):
            assert min(asked(client, known) for _ in range(5)) < TURN
