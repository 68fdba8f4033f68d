"""Seats of a class: a name is given once, whatever it looks like, and tokens of before a changed code are revoked."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from app.store.database import open_database
from app.store.seats import NOT_YET, TEACHER, Seats


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'rows.sqlite'}"


@pytest.fixture
def seats(address: str) -> Seats:
    return opened(address)


def opened(address: str, code: str = "class", teacher: str = "teacher", *, approval: bool = False) -> Seats:
    sessions: sessionmaker[Session] = open_database(address)
    return Seats(sessions, code, teacher, approval)


def test_a_seat_is_given_once(seats: Seats, address: str) -> None:
    assert [seats.take(name) for name in ("Li", "li", "LI", "Local", "Program")] == [
        "Li", "li 2", "LI 3", "Local 2", "Program 2",
    ]  # fmt: skip
    assert opened(address).take("Li") == "Li 4"


@pytest.mark.parametrize(
    "name",
    [
        "Teacher",
        "TEACHER",
        "Теасһеr",  # Cyrillic
        "тeacher",
        "Τeachеr",  # Greek and Cyrillic
        "ＴＥＡＣＨＥＲ",
        "𝐓𝐞𝐚𝐜𝐡𝐞𝐫",
        "Te\u0301acher",
        "T\u0335eacher",
        "Tea\u200dcher",
        "教师",
        "IocaI",  # with two capitals I
        "рrоgram",
    ],
)
def test_nobody_sits_under_a_name_that_looks_like_a_reserved_one(seats: Seats, name: str) -> None:
    assert seats.take(name) == f"{name} 2"


def test_look_alikes_of_a_pupil_are_numbered_and_other_names_are_not(seats: Seats) -> None:
    assert seats.take("Anna") == "Anna"
    assert seats.take("Аnnа") == "Аnnа 2"  # Cyrillic
    assert seats.take("Ａｎｎａ") == "Ａｎｎａ 3"
    for name in ("Hoa", "Hòa", "Hóa", "小明", "小红", "Зоя", "Zoë", "Zoe", "かな", "がな", "👩\u200d🚀"):
        assert seats.take(name) == name


def test_a_changed_code_revokes_the_seats_that_were_taken_with_another(address: str) -> None:
    first = opened(address)
    first.take("Li")
    assert opened(address).generation("Li") == first.generation("Li")
    changed = opened(address, code="another")
    assert changed.generation("Li") != first.generation("Li")
    assert changed.generation(TEACHER) == first.generation(TEACHER)
    assert opened(address).generation("Li") not in (first.generation("Li"), changed.generation("Li"))
    assert opened(address, teacher="another").generation(TEACHER) != first.generation(TEACHER)


def test_a_revoked_seat_stays_revoked_and_its_name_taken(seats: Seats, address: str) -> None:
    seats.take("Li")
    before = seats.generation("Li")
    seats.revoke("Li")
    seats.revoke("Nobody")
    assert seats.generation("Li") != before
    assert opened(address).generation("Li") == seats.generation("Li")
    assert seats.take("Li") == "Li 2"
    assert seats.generation("Nobody") == NOT_YET


def test_seats_of_before_generations_keep_their_tokens_until_the_code_changes(address: str) -> None:
    with open_database(address).begin() as session:
        session.execute(text("INSERT INTO seats (folded, name, created) VALUES ('li', 'Li', 0)"))
    assert opened(address).generation("Li") == 0
    assert opened(address, code="another").generation("Li") == 1


def test_new_seat_waits_across_a_restart_until_it_is_admitted_or_nobody_has_to_be(address: str) -> None:
    seats = opened(address, approval=True)
    assert seats.take("Li") == "Li"
    assert [seats.waits("Li"), seats.waits(TEACHER), seats.waits("Nobody")] == [True, False, False]
    seats = opened(address, approval=True)
    assert seats.waits("Li")
    assert seats.admit(["Li", "Nobody"]) == ["Li"]
    assert seats.admit(["Li"]) == []
    seats.take("Ada")
    assert not opened(address, approval=True).waits("Li")
    assert not opened(address).waits("Ada")
    assert not opened(address, approval=True).waits("Ada")
