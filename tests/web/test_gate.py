"""Nobody comes in without a code, from another site, by another name, or too often."""

import socket
import time
from pathlib import Path

import httpx
import pytest
from itsdangerous import URLSafeTimedSerializer
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from app.main import create_app
from app.runs.private import private_folder
from app.settings import Settings
from app.web.access import Actor, Thing, may
from app.web.announce import announce
from app.web.codes import class_code
from app.web.errors import Refusal
from app.web.names import clean_name, graphemes
from tests.web.conftest import CODE, TEACHER
from tests.web.house import Server, ended, endless, experiment, serving_in, start
from tests.web.routes import guarded, sockets


def bearer(code: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {code}"}


def forged(seat: str, key: str = "") -> str:
    """A token that the server has not given."""
    return URLSafeTimedSerializer(key, salt="seat").dumps({"seat": seat, "generation": 1})


def seated(server: Server, name: str) -> httpx.Client:
    with server.client() as door:
        answer = door.post("/login", data={"code": CODE, "name": name, "next": "/runs"})
        assert answer.status_code == 303
        assert "HttpOnly" in answer.headers["set-cookie"]
        return server.client(cookies=door.cookies)


def test_every_route_without_credentials_is_refused(class_server: Server) -> None:
    asked = 0
    with class_server.client() as client:
        for method, path in guarded(class_server):
            answer = client.request(method, path)
            assert answer.status_code == 401, (method, path)
            assert answer.headers["www-authenticate"] == "Bearer"
            asked += 1
    assert asked > 20


def test_every_socket_without_credentials_is_refused(class_server: Server) -> None:
    assert sockets(class_server)
    for path in sockets(class_server):
        with pytest.raises(InvalidStatus) as refused, connect(f"ws://{class_server.address}{path}", proxy=None):
            pass
        assert refused.value.response.status_code == 401


def test_an_unknown_address_tells_strangers_nothing(class_server: Server) -> None:
    with class_server.client() as client:
        assert client.get("/nothing").status_code == 401
        assert client.get("/", headers={"Accept": "text/html"}).headers["location"] == "/login?next=/"
        assert client.get("/api/health").json() == {"status": "ok"}
        assert client.get("/login").status_code == 200


def test_the_login_page_gives_a_seat_that_lasts(class_server: Server) -> None:
    with seated(class_server, "  小\u200b明  ") as client:
        assert client.get("/api/about").json()["seat"] == "小明"
        assert not client.get("/api/about").json()["teacher"]
    with seated(class_server, "小明") as client:
        assert client.get("/api/about").json()["seat"] == "小明 2"
    with seated(class_server, "Teacher") as client:
        assert client.get("/api/about").json()["seat"] == "Teacher 2"
        assert not client.get("/api/about").json()["teacher"]


def test_a_forged_or_spoiled_cookie_is_no_seat(class_server: Server) -> None:
    with class_server.client() as client:
        token = client.post("/api/session", json={"code": CODE, "name": "Ina"}).json()["token"]
        client.cookies.clear()
        assert client.get("/api/about", headers=bearer(token)).json()["seat"] == "Ina"
        assert client.get("/api/about", headers=bearer(forged("teacher"))).status_code == 401
        for spoiled in (token[:-1], token + "x", "", "x.y.z", "x" * 3000):
            assert client.get("/api/about", headers={"Cookie": f"trainyard={spoiled}"}).status_code == 401


def test_a_wrong_code_waits_and_the_right_one_does_not(class_server: Server) -> None:
    with class_server.client() as client:
        answer = client.post("/login", data={"code": "wrong", "name": "Eve", "next": "//evil.example"})
        assert answer.status_code == 403
        assert "Eve" in answer.text
        assert client.post("/api/session", json={"code": "wrong", "name": "Eve"}).status_code == 403
        assert client.get("/api/about", headers=bearer("wrong")).status_code == 401
        answer = client.post("/login", data={"code": CODE.upper() + " ", "name": "Eve", "next": "//evil.example"})
        assert answer.headers["location"] == "/"


def test_only_its_owner_and_the_teacher_command_a_run(class_server: Server) -> None:
    with seated(class_server, "Bea") as bea, seated(class_server, "Cem") as cem, class_server.client() as teacher:
        run = start(bea, endless(), start="paused")
        assert cem.get(f"/api/runs/{run}").json()["owner"] == "Bea"
        assert cem.post(f"/api/runs/{run}/commands", json={"kind": "stop"}).status_code == 403
        assert cem.patch(f"/api/runs/{run}", json={"name": "mine"}).status_code == 403
        assert cem.delete(f"/api/runs/{run}").status_code == 403
        program = bearer(CODE)
        assert cem.delete(f"/api/runs/{run}", headers=program).status_code == 403
        assert bea.patch(f"/api/runs/{run}", json={"name": "mine"}).status_code == 200
        assert teacher.delete(f"/api/runs/{run}", headers=bearer(TEACHER)).status_code == 204


def test_may_lets_everybody_look_and_only_owners_change() -> None:
    ann, teacher = Actor("Ann"), Actor("teacher", teacher=True)
    for verb in ("command", "rename", "delete"):
        assert may(ann, verb, Thing("Ann"))
        assert not may(ann, verb, Thing("Bo"))
        assert not may(ann, verb, Thing(None))
        assert may(teacher, verb, Thing("Bo"))
    assert may(ann, "see", Thing("Bo"))
    shared = Actor("program", shared=True)
    assert may(shared, "command", Thing("program"))
    assert not any(may(shared, verb, Thing("program", private=True)) for verb in ("see", "use", "delete"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1", "[::1]:8000", "192.168.1.7:8000", "10.0.0.1"])
def test_addresses_are_good_names(client: httpx.Client, host: str) -> None:
    assert client.get("/api/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "class.test", "127.0.0.1.evil.example", "localhost.evil.example", "a b", ""]
)
def test_other_names_are_refused(client: httpx.Client, host: str) -> None:
    assert client.get("/api/health", headers={"Host": host}).status_code in (400, 403)


def test_configured_names_are_good(class_server: Server) -> None:
    with class_server.client() as client:
        assert client.get("/api/health", headers={"Host": "CLASS.test:8000"}).status_code == 200
        assert client.get("/api/health", headers={"Host": "other.test"}).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "file://", "http://[bad", ""])
def test_another_site_changes_nothing_and_opens_no_socket(server: Server, client: httpx.Client, origin: str) -> None:
    answer = client.post("/api/runs", json={"experiment": experiment()}, headers={"Origin": origin})
    assert answer.status_code == 403
    with pytest.raises(InvalidStatus) as refused, server.live("r0000000000000", additional_headers={"Origin": origin}):
        pass
    assert refused.value.response.status_code == 403


def test_our_own_site_may(server: Server, client: httpx.Client) -> None:
    own = {"Origin": f"http://{server.address}"}
    assert client.post("/api/experiments/check", json={"experiment": {}}, headers=own).status_code == 200
    with pytest.raises(InvalidStatus) as refused, server.live("r0000000000000", additional_headers=own):
        pass
    assert refused.value.response.status_code == 404


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_reads_nothing_and_may_link_to_a_page(server: Server, client: httpx.Client, site: str) -> None:
    fetched = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
    for path in ("/api/runs", "/api/about", "/", "/static/css/tokens.css"):
        assert client.get(path, headers=fetched).status_code == 403
    framed = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    assert client.get("/", headers=framed).status_code == 403
    linked = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client.get("/", headers=linked).status_code == 200
    assert client.post("/api/runs", json={"experiment": experiment()}, headers=linked).status_code == 403
    for own in ("same-origin", "none"):
        assert client.get("/api/about", headers=fetched | {"Sec-Fetch-Site": own}).status_code == 200


def test_every_answer_carries_security_headers(client: httpx.Client) -> None:
    for path in ("/docs", "/api/parts", "/nothing", "/static/css/tokens.css"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"


def test_a_seat_that_asks_too_much_waits_and_others_do_not(yard: Path) -> None:
    few = {"token": CODE, "teacher_token": TEACHER, "requests_per_second": 2, "runs_per_minute": 1}
    with (
        serving_in(yard, end_launcher=False, **few) as server,
        seated(server, "Fast") as fast,
        seated(server, "Slow") as slow,
    ):
        codes = [fast.get("/api/about").status_code for _ in range(20)]
        assert 429 in codes
        refused = fast.get("/api/about")
        assert int(refused.headers["retry-after"]) >= 1
        start(slow)
        answer = slow.post("/api/runs", json={"experiment": experiment()})
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1


def test_a_body_of_100_megabytes_is_refused_without_being_kept(server: Server) -> None:
    head = (
        f"POST /api/runs HTTP/1.1\r\nHost: {server.address}\r\nContent-Type: application/json\r\n"
        "Content-Length: 100000000\r\n\r\n"
    )
    name, port = server.address.split(":")
    with socket.create_connection((name, int(port)), timeout=20) as line:
        line.sendall(head.encode() + b"[" * 1000)
        assert b" 413 " in line.recv(4096)  # told before it is sent
    with server.client() as client:
        answer = client.post("/api/runs", content=b"x" * 100_000_000, headers={"Content-Type": "application/json"})
        assert answer.status_code == 413
        assert answer.json()["problems"][0]["values"]["most"] == server.settings.body_bytes


def test_a_body_that_hides_its_size_is_cut_off(client: httpx.Client) -> None:
    chunks = (b"[" * 100_000 for _ in range(200))
    answer = client.post("/api/runs", content=chunks, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_the_terminal_tells_every_address_the_code_and_a_picture(data: Path) -> None:
    lines = announce(Settings.model_validate({"data": data, "host": "0.0.0.0", "port": 8123, "hosts": "class.test"}))
    text = "\n".join(lines)
    assert "http://class.test:8123" in text
    assert class_code(Settings.model_validate({"data": data, "host": "0.0.0.0"})) in text
    assert "█" in text
    assert announce(Settings.model_validate({"data": data})) == ["Trainyard is at http://127.0.0.1:8000"]


def test_names_are_cleaned_and_counted_as_people_see_them() -> None:
    assert clean_name(" A\u0301da\u202e \n Lo ") == "\u00c1da Lo"
    assert graphemes("👩\u200d👧\u200d👦e\u0301") == 2
    assert graphemes("🇨🇳🇩🇪한") == 3  # a flag is two letters of Unicode
    assert clean_name("👩\u200d👧\u200d👦" * 20)
    assert clean_name("❤\ufe0f") == "❤\ufe0f"
    assert clean_name("\u0dc1\u0dca\u200d\u0dbb\u0dd3") == "\u0dc1\u0dca\u200d\u0dbb\u0dd3"  # a Sinhala ligature
    assert clean_name("Tea\u200dcher\ufe0f \u3164\u2800") == "Teacher"
    blank = ("\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\u034f", "\ufe0f\u200d", "\u180e", "\U000e0041")
    for bad in ("", " \u200b ", "x" * 41, "e" + "\u0301" * 500, *blank):
        with pytest.raises(Refusal):
            clean_name(bad)


def test_guessing_is_slow_however_many_guess(class_server: Server) -> None:
    began = time.monotonic()
    with class_server.client() as client:
        for _ in range(3):
            client.get("/api/about", headers=bearer("guess"))
    assert time.monotonic() - began > 0.6


def test_data_folder_belongs_to_the_servers_user_alone(tmp_path: Path, class_server: Server) -> None:
    older = tmp_path / "data"
    for folder in (older, older / "runs"):
        folder.mkdir()
        folder.chmod(0o755)
    create_app(Settings.model_validate({"data": older}), class_server.executor)
    for folder in (older, older / "runs"):
        assert folder.stat().st_mode & 0o777 == 0o700

    with class_server.client(headers=bearer(CODE)) as client:
        run = class_server.settings.runs / start(client)
        ended(client, run.name)
    found = [run, *run.rglob("*")]
    assert any(path.suffix == ".safetensors" for path in found)
    assert not [path for path in found if path.stat().st_mode & 0o077]


def test_folder_for_everybody_stays_one(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    private_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777
