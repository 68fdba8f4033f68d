"""The teacher sees who has come in and removes whoever disturbs; new seats are given out at a rate."""

from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from app.settings import Settings
from app.web.errors import Refusal
from app.web.seat_limits import SeatLimits
from tests.web.conftest import CODE, TEACHER
from tests.web.house import Server, ended, endless, serving_in, start, until
from tests.web.routes import guarded, sockets


@pytest.fixture
def teacher(class_server: Server) -> httpx.Client:
    return class_server.client(headers={"authorization": f"Bearer {TEACHER}"})


@pytest.fixture
def careful_server(tmp_path: Path) -> Generator[Server]:
    """A server for a class whose teacher admits each new seat."""
    with serving_in(tmp_path / "data", host="0.0.0.0", token=CODE, teacher_token=TEACHER, approve_seats=True) as server:
        yield server


def bearer(code: str) -> dict[str, str]:
    return {"authorization": f"Bearer {code}"}


def token(server: Server, name: str) -> str:
    with server.client() as client:
        return client.post("/api/session", json={"code": CODE, "name": name}).json()["token"]


def test_removed_seat_is_out_at_once_and_its_runs_and_views_end(class_server: Server, teacher: httpx.Client) -> None:
    bearer = {"authorization": f"Bearer {token(class_server, 'Disturber')}"}
    with teacher, class_server.client(headers=bearer) as pupil:
        running, paused = start(pupil, endless()), start(pupil, endless(), start="paused")
        assert row_of(teacher, "Disturber") == {"waiting": False, "runs": 2, "unfinished": 2}
        with class_server.live(running, additional_headers=bearer) as line:
            until(lambda: line.recv(timeout=20))
            assert teacher.delete("/api/seats", params={"name": "Disturber"}).status_code == 204
            with suppress(ConnectionClosed):
                list(line)  # until it is closed
            assert line.close_code == 4404
        assert pupil.get("/api/about").status_code == 401
        assert {ended(teacher, run)["status"] for run in (running, paused)} == {"stopped"}
        assert row_of(teacher, "Disturber") is None
        assert teacher.delete("/api/seats", params={"name": "Disturber"}).status_code == 404
    again = {"authorization": f"Bearer {token(class_server, 'Disturber')}"}
    with class_server.client(headers=again) as pupil:
        assert pupil.get("/api/about").json()["seat"] == "Disturber 2"


def test_pupils_neither_see_nor_remove_seats(class_server: Server) -> None:
    bearer = {"authorization": f"Bearer {token(class_server, 'Curious')}"}
    with class_server.client(headers=bearer) as pupil:
        assert pupil.get("/api/seats").status_code == 403
        assert pupil.delete("/api/seats", params={"name": "Curious"}).status_code == 403
        assert pupil.get("/api/about").json()["seat"] == "Curious"


def test_the_teacher_cannot_be_removed(teacher: httpx.Client) -> None:
    with teacher:
        assert teacher.delete("/api/seats", params={"name": "teacher"}).status_code == 404
        assert teacher.get("/api/about").json()["seat"] == "teacher"


def test_seats_beyond_a_rate_are_refused_and_the_school_that_has_them_goes_on(yard: Path) -> None:
    with serving_in(
        yard, end_launcher=False, host="0.0.0.0", token=CODE, teacher_token=TEACHER, seats_at_once=3, seats_per_minute=1
    ) as server:
        tokens = [token(server, "One of three") for _ in range(3)]
        with server.client() as client:
            refused = client.post("/api/session", json={"code": CODE, "name": "Fourth"})
            assert refused.status_code == 429
            assert 1 <= int(refused.headers["retry-after"]) <= 61
            for seat_token in tokens:
                assert client.get("/api/about", headers={"authorization": f"Bearer {seat_token}"}).status_code == 200
            assert client.post("/api/session", json={"code": TEACHER, "name": ""}).json()["teacher"]


def test_a_school_of_150_comes_in_at_once_and_one_seat_more_of_its_address_waits(tmp_path: Path) -> None:
    limits = SeatLimits(Settings.model_validate({"data": tmp_path}))
    for _ in range(150):
        limits.new_seat("192.0.2.1")
    with pytest.raises(Refusal):
        limits.new_seat("192.0.2.1")
    limits.new_seat("192.0.2.2")


def test_newcomer_waits_at_every_route_and_socket_until_the_teacher_admits_them(careful_server: Server) -> None:
    with careful_server.client() as door:
        taken = door.post("/api/session", json={"code": CODE, "name": "Newcomer"}).json()
    assert taken["waiting"]
    with (
        careful_server.client(headers=bearer(taken["token"])) as newcomer,
        careful_server.client(headers=bearer(TEACHER)) as teacher,
    ):
        answers = {(way, path): newcomer.request(way, path).status_code for way, path in guarded(careful_server)}
        assert len(answers) > 20
        assert set(answers.values()) == {401}
        for path in sockets(careful_server):
            with (
                pytest.raises(InvalidStatus) as closed,
                connect(f"ws://{careful_server.address}{path}", proxy=None, additional_headers=bearer(taken["token"])),
            ):
                pass
            assert closed.value.response.status_code == 401
        refused = newcomer.get("/api/about", headers={"accept-language": "zh"})
        assert refused.json()["detail"] == "Newcomer 正在等待老师准入：这里每个新座位都要老师同意。"
        assert refused.headers["retry-after"] == "5"
        listed = teacher.get("/api/seats").json()
        assert listed["approval"]
        assert [(seat["name"], seat["waiting"]) for seat in listed["seats"]] == [("Newcomer", True)]
        assert newcomer.post("/api/seats/admit", json={"names": ["Newcomer"]}).status_code == 401
        admitted = teacher.post("/api/seats/admit", json={"names": ["Newcomer", "Nobody"]})
        assert admitted.json() == {"admitted": ["Newcomer"]}
        assert newcomer.get("/api/about").json()["seat"] == "Newcomer"
        assert teacher.post("/api/seats/admit", json={"names": ["Newcomer"]}).status_code == 404
        assert newcomer.post("/api/seats/admit", json={"names": ["Newcomer"]}).status_code == 403


def test_refused_newcomer_stays_out_and_the_class_code_alone_lets_nobody_in(careful_server: Server) -> None:
    refused = token(careful_server, "Refused")
    left = token(careful_server, "Gone")
    with careful_server.client() as client, careful_server.client(headers=bearer(TEACHER)) as teacher:
        assert client.delete("/api/session", headers=bearer(left)).status_code == 204
        assert teacher.delete("/api/seats", params={"name": "Refused"}).status_code == 204
        assert teacher.get("/api/seats").json()["seats"] == []
        assert teacher.post("/api/seats/admit", json={"names": ["Refused", "Gone"]}).status_code == 404
        for given in (refused, left, CODE):
            assert client.get("/api/about", headers=bearer(given)).status_code == 401
        assert "POST /api/session" in client.get("/api/about", headers=bearer(CODE)).json()["detail"]


def test_login_page_waits_with_the_newcomer_and_goes_on_by_itself(careful_server: Server) -> None:
    with (
        careful_server.client(headers={"accept": "text/html"}) as browser,
        careful_server.client(headers=bearer(TEACHER)) as teacher,
    ):
        answer = browser.post("/login", data={"code": CODE, "name": "小明", "next": "/runs"}, follow_redirects=True)
        assert (answer.url.path, answer.url.params["next"]) == ("/login", "/runs")
        assert '<meta http-equiv="refresh" content="4; url=/runs" />' in answer.text
        assert "You are 小明, and wait for the teacher" in answer.text
        assert "你是小明，正在等老师让你进入" in browser.get("/login?language=zh").text
        assert 'url=/"' in browser.get("/login?next=//elsewhere.test/").text
        assert 'name="code"' in browser.get("/login?again=1").text
        teacher.post("/api/seats/admit", json={"names": ["小明"]})
        assert browser.get("/runs").status_code == 200
        teacher.delete("/api/seats", params={"name": "小明"})
        assert "这个浏览器的座位已失效" in browser.get("/login").text


def row_of(teacher: httpx.Client, name: str) -> dict[str, int | bool] | None:
    rows = [row for row in teacher.get("/api/seats").json()["seats"] if row.pop("name") == name]
    for row in rows:
        assert row.pop("created") > 0
    return rows[0] if rows else None
