"""Data that people bring, over HTTP: sent, trained on, listed, kept from others, limited, deleted."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.runs.folder import RunFolder
from app.runs.frames import decode
from app.uploads.example import passengers
from app.uploads.folder import UploadFolder
from app.web.access import Actor, Thing, may
from tests.uploads.made import picture, pictures, table
from tests.web.conftest import TEACHER
from tests.web.house import DEADLINE, Server, ended, experiment, serving_in, start
from tests.web.test_gate import bearer, seated

PATH = "/api/datasets"


def send(client: httpx.Client, content: bytes, name: str = "table.csv", **said: str) -> httpx.Response:
    return client.post(PATH, files={"file": (name, content)}, data=said)


def sent(client: httpx.Client, content: bytes, name: str = "table.csv", **said: str) -> dict[str, Any]:
    answer = send(client, content, name, **said)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{PATH}/{answer.json()['id']}"
    return answer.json()


def pictured(dataset: dict[str, Any]) -> dict[str, Any]:
    return experiment(dataset=dataset, networks={"main": {"layers": [{"kind": "flatten"}]}})


# ------------------------------------------------------------------------------------------ sent and trained on


@pytest.mark.parametrize(
    ("content", "document"),
    [
        (table(), lambda dataset: experiment(dataset=dataset)),
        (table().decode().encode("gb18030"), lambda dataset: experiment(dataset={**dataset, "missing": "drop"})),
        (pictures(20), pictured),
    ],
)
def test_what_was_sent_is_trained_on_at_once(
    client: httpx.Client, content: bytes, document: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    asked = document(sent(client, content)["dataset"])
    assert client.post("/api/experiments/check", json={"experiment": asked}).json()["ok"]
    preview = client.post("/api/datasets/preview", json={"dataset": asked["dataset"]})
    assert preview.status_code == 200, preview.text
    assert len(preview.json()["rows"]) == len(preview.json()["raw"]) > 0
    pictured = client.post("/api/experiments/picture", json={"experiment": asked})
    assert pictured.status_code == 200
    run = client.post("/api/runs", json={"experiment": asked}).json()["id"]
    assert ended(client, run)["status"] == "done"


def test_a_preview_shows_an_empty_cell_as_nothing(client: httpx.Client) -> None:
    dataset = {**sent(client, table())["dataset"], "input_columns": ["age"]}
    shown = client.post("/api/datasets/preview", json={"dataset": dataset}).json()
    assert (shown["group"], shown["names"]) == ("table", ["age", "age = ?"])
    assert shown["raw"][5] == [None]
    assert shown["raw"][0][0] is not None


def test_the_names_of_columns_and_classes_come_back_as_they_were(client: httpx.Client) -> None:
    text = "姓名,الاسم,结果\n" + "".join(f"甲{n % 3},{n},{'通过' if n % 2 else '不'}\n" for n in range(40))
    made = sent(client, text.encode("gb18030"), "成绩 表.csv")
    assert made["name"] == "成绩 表.csv"
    assert made["encoding"] == "gb18030"
    assert [one["name"] for one in made["dataset"]["columns"]] == ["姓名", "الاسم", "结果"]
    run = start(client, experiment(dataset=made["dataset"]))
    assert client.get(f"/api/runs/{run}").json()["experiment"]["dataset"]["columns"] == made["dataset"]["columns"]


def test_the_example_can_be_taken_and_sent_and_its_trap_is_told_in_the_asked_language(client: httpx.Client) -> None:
    taken = client.get(f"{PATH}/example.csv")
    assert taken.headers["content-type"].startswith("text/csv")
    assert taken.text == passengers()
    made = sent(client, taken.content, "乘客.csv")
    told = {
        language: client.get(f"{PATH}/{made['id']}", headers={"Accept-Language": language}).json()
        for language in ("en", "zh")
    }
    [english], [chinese] = (
        next(one["warnings"] for one in answer["targets"] if one["name"] == "survived") for answer in told.values()
    )
    assert english["template"] == chinese["template"]
    assert "lifeboat" in chinese["detail"]
    assert re.search("[\u4e00-\u9fff]", chinese["detail"])
    assert chinese["fixes"][0]["edits"][0]["path"] == "/dataset/input_columns"


def test_pictures_come_one_by_one_into_a_set(client: httpx.Client) -> None:
    made = sent(client, picture(), "1.png", **{"class": "cat"})
    for number in range(3):
        answer = sent(client, picture((10, 20, 30 + number)), "2.png", into=made["id"], **{"class": "狗"})
    assert answer["id"] == made["id"]
    assert answer["classes"] == [{"name": "cat", "count": 1}, {"name": "狗", "count": 3}]
    assert client.get(f"{PATH}/{made['id']}").json()["dataset"] == answer["dataset"]


def test_pictures_that_come_at_the_same_time_are_all_kept(client: httpx.Client) -> None:
    made = sent(client, picture(), "1.png", **{"class": "cat"})

    def one(number: int) -> int:
        return send(
            client, picture((number, 9, 9)), "2.png", into=made["id"], **{"class": f"c{number % 3}"}
        ).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(one, range(16))) == {201}
    told = client.get(f"{PATH}/{made['id']}").json()
    assert {one["name"]: one["count"] for one in told["classes"]} == {"cat": 1, "c0": 6, "c1": 5, "c2": 5}
    assert client.post("/api/datasets/preview", json={"dataset": told["dataset"]}).json()["size"] == 17


# ------------------------------------------------------------------------------------------ listed, named, deleted


def test_a_list_is_brief_newest_first_and_says_what_room_is_left(client: httpx.Client) -> None:
    made = [sent(client, table(seed=number))["id"] for number in range(2)]
    told = client.get(PATH).json()
    assert [one["id"] for one in told["datasets"]][:2] == made[::-1]
    assert set(told["datasets"][0]) == {"id", "kind", "name", "owner", "created", "bytes", "count"}
    assert told["taken"]["count"] == len(told["datasets"])
    assert told["operator"] == {"mnist": False, "cifar10": False}


def test_it_can_have_another_name(client: httpx.Client) -> None:
    made = sent(client, table())
    answer = client.patch(f"{PATH}/{made['id']}", json={"name": "  Gäste\u202e\n2024 "})
    assert answer.json()["name"] == "Gäste 2024"
    for name in ("", "x" * 121, 3):
        assert client.patch(f"{PATH}/{made['id']}", json={"name": name}).status_code == 422


def test_deleting_says_how_many_runs_used_it_and_those_that_begin_anew_end_with_a_sentence(
    server: Server, client: httpx.Client
) -> None:
    made = sent(client, table())
    document = experiment(dataset=made["dataset"])
    done = start(client, document)
    ended(client, done)
    waiting = start(client, experiment(dataset=made["dataset"]), start="paused")
    assert client.get(f"{PATH}/{made['id']}").json()["runs"] == 2
    deleted = client.delete(f"{PATH}/{made['id']}")
    assert deleted.json()["runs"] == 2
    assert "2" in deleted.json()["detail"]
    assert client.get(f"{PATH}/{made['id']}").status_code == 404
    assert client.get(f"/api/runs/{done}").json()["status"] == "done"
    client.post(f"/api/runs/{waiting}/commands", json={"id": "stop", "kind": "stop"})
    refused = client.post("/api/runs", json={"experiment": document})
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["place"] == "/dataset/upload"
    checked = client.post("/api/experiments/check", json={"experiment": document}).json()
    assert [one["place"] for one in checked["problems"]] == ["/dataset/upload"]


def test_a_run_whose_data_goes_before_it_begins_fails_with_a_sentence(server: Server, client: httpx.Client) -> None:
    made = sent(client, table())
    folder = UploadFolder.of(server.settings.data, made["id"])
    folder.table_file.unlink()  # as if it went between the question and the start
    run = start(client, experiment(dataset=made["dataset"]))
    told = ended(client, run)
    assert told["status"] == "failed"
    assert told["reason"] == "This data is not on this server, or it is not yours."
    chinese = client.get(f"/api/runs/{run}", headers={"Accept-Language": "zh"}).json()
    assert re.search("[\u4e00-\u9fff]", chinese["reason"])
    events = RunFolder(server.settings.runs / run).events_file.read_text()
    assert "Traceback" not in events


# ------------------------------------------------------------------------------------------ whose it is


def test_what_a_seat_brought_is_its_own_and_the_teacher_s(class_server: Server) -> None:
    with seated(class_server, "Ada") as ada, seated(class_server, "Bo") as bo:
        made = sent(ada, pictures(20))
        document = pictured(made["dataset"])
        address = f"{PATH}/{made['id']}"
        assert made["owner"] == "Ada"
        assert [one["id"] for one in bo.get(PATH).json()["datasets"]] == []
        assert bo.get(address).status_code == 404
        assert bo.patch(address, json={"name": "mine"}).status_code == 404
        assert bo.delete(address).status_code == 404
        assert send(bo, picture(), into=made["id"], **{"class": "red"}).status_code == 404
        for path in ("/api/runs", "/api/experiments/picture"):
            answer = bo.post(path, json={"experiment": document})
            assert answer.status_code == 422, path
            assert answer.json()["problems"][0]["place"] == "/dataset/upload"
        assert bo.post("/api/datasets/preview", json={"dataset": made["dataset"]}).status_code == 422
        assert not bo.post("/api/experiments/check", json={"experiment": document}).json()["ok"]
        assert ada.post("/api/experiments/check", json={"experiment": document}).json()["ok"]
    with class_server.client(headers=bearer(TEACHER)) as teacher:
        assert made["id"] in [one["id"] for one in teacher.get(PATH).json()["datasets"]]
        assert teacher.post("/api/datasets/preview", json={"dataset": made["dataset"]}).status_code == 200
        assert teacher.delete(address).json()["runs"] == 0


def test_a_class_sees_the_curves_of_a_run_but_not_the_pictures_that_its_owner_brought(class_server: Server) -> None:
    with seated(class_server, "Cy") as cy, seated(class_server, "Di") as di:
        run = start(cy, pictured(sent(cy, pictures(20))["dataset"]))
        assert ended(cy, run)["status"] == "done"
        assert di.get(f"/api/runs/{run}/metrics").status_code == 200
        shown = cy.get(f"/api/runs/{run}/frames").json()["frames"][-1]["probes"]
        assert {"weights", "activations"} <= set(shown)
        for client, status in ((cy, 200), (di, 403)):
            assert client.get(f"/api/runs/{run}/answers").status_code == status
            assert client.get(f"/api/runs/{run}/frames/activations").status_code == status
            assert client.get(f"/api/runs/{run}/frames/weights").status_code == 200
        assert "Cy" in di.get(f"/api/runs/{run}/answers").json()["detail"]
        endless = start(cy, {**pictured(sent(cy, pictures(20))["dataset"]), "training": {"epochs": 1_000_000}})
        assert watched(class_server, cy, endless) == {"weights", "activations"}
        assert watched(class_server, di, endless) == {"weights"}
        cy.delete(f"/api/runs/{endless}")


def watched(server: Server, client: httpx.Client, run: str) -> set[str]:
    """Which of two probes a socket of this client is sent before it has the third frame of one of them."""
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    seen: list[str] = []
    with server.live(run, additional_headers={"Cookie": cookies}) as socket:
        socket.send(json.dumps({"watch": ["weights", "activations"]}))
        while seen.count("weights") < 3:
            message = socket.recv(timeout=DEADLINE)
            seen += [decode(message).probe] if isinstance(message, bytes) else []
    return set(seen)


def test_private_things_are_their_owner_s_and_the_teacher_s() -> None:
    mine, everybodys = Thing("ada", private=True), Thing("ada")
    for verb in ("see", "use", "rename", "delete"):
        assert may(Actor("ada"), verb, mine)
        assert may(Actor("t", teacher=True), verb, mine)
        assert not may(Actor("bo"), verb, mine)
    assert may(Actor("bo"), "see", everybodys)


# ------------------------------------------------------------------------------------------ limits


def test_a_file_that_is_too_large_is_refused_whether_it_says_so_or_not(tmp_path: Path) -> None:
    with serving_in(tmp_path, upload_bytes=100_000, body_bytes=50_000) as server, server.client() as client:
        large = b"a,b\n" + b"1,2\n" * 60_000
        assert send(client, large).status_code == 413
        boundary = {"Content-Type": "multipart/form-data; boundary=x"}
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="t.csv"\r\n\r\n'

        def parts() -> Any:
            yield head
            for _ in range(60):
                yield b"1,2\n" * 1000
            yield b"\r\n--x--\r\n"

        assert client.post(PATH, content=parts(), headers=boundary).status_code == 413
        assert send(client, b"a,b\n" + b"1,2\n2,3\n" * 8_000).status_code == 201  # more than another body may have
        assert (
            client.post("/api/runs", content=b" " * 60_000, headers={"Content-Type": "application/json"}).status_code
            == 413
        )
        assert len(list((tmp_path / "uploads").iterdir())) == 1


def test_a_seat_has_only_so_much_room(tmp_path: Path) -> None:
    with serving_in(tmp_path, uploads_per_seat=2, upload_megabytes=1) as server, server.client() as client:
        first = sent(client, table())
        sent(client, table(), name="second")
        refused = send(client, table())
        assert (refused.status_code, refused.json()["problems"][0]["values"]) == (429, {"count": 2})
        client.delete(f"{PATH}/{first['id']}")
        many = ["a,b", *(f"{number * 1.5},{number % 2}" for number in range(90_000))]
        refused = send(client, "\n".join(many).encode())
        assert refused.status_code == 429
        assert refused.json()["problems"][0]["values"]["most"] == 1
        assert refused.headers["retry-after"]
        assert len(list((tmp_path / "uploads").iterdir())) == 1


def test_a_seat_may_send_only_so_often(tmp_path: Path) -> None:
    with serving_in(tmp_path, uploads_per_minute=2) as server, server.client() as client:
        assert [client.post(PATH).status_code for _ in range(3)] == [415, 415, 429]


# ------------------------------------------------------------------------------------------ broken requests


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"a,b\n\0,1\n", "holds bytes that no text has"),
        (b"a,b\n" + b"1,2\n" * 2_000_000, "more than 1000000 rows"),
        (b"PK\x05\x06" + bytes(18), "There are no pictures in this zip"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_leaves_nothing(
    server: Server, client: httpx.Client, content: bytes, sentence: str
) -> None:
    before = {one.name for one in (server.settings.data / "uploads").iterdir()}
    answer = send(client, content)
    assert answer.status_code == 422
    assert sentence in answer.json()["detail"]
    assert {one.name for one in (server.settings.data / "uploads").iterdir()} == before


def test_a_file_that_takes_too_long_is_a_problem_and_leaves_nothing(
    server: Server, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sent(client, pictures())
    before = {one.name for one in (server.settings.data / "uploads").iterdir()}
    monkeypatch.setattr("app.web.receiving.LONGEST_READING", 0.001)
    for said in ({}, {"into": made["id"]}):
        answer = send(client, pictures(40), **said)
        assert answer.status_code == 422
        assert "too long" in answer.json()["detail"]
    assert {one.name for one in (server.settings.data / "uploads").iterdir()} == before
    kept = {one.name for one in UploadFolder.of(server.settings.data, made["id"]).path.iterdir()}
    assert kept == {"label.json", "about.json", "pictures.npz", "lock"}
    assert client.get(f"{PATH}/{made['id']}").json()["count"] == 24


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"kind": "own_pictures"}, "/file"),
        ({"kind": "circle"}, "/file"),
        ({"encoding": "rot13"}, "/encoding"),
        ({"delimiter": "xx"}, "/delimiter"),
        ({"colour": "blue"}, "/colour"),
    ],
)
def test_what_was_said_of_a_file_and_does_not_fit_is_told_in_its_place(
    client: httpx.Client, said: dict[str, str], place: str
) -> None:
    answer = send(client, table(), **said)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"] == place


def test_only_pictures_go_into_pictures(client: httpx.Client) -> None:
    made, shown = sent(client, table()), sent(client, pictures())
    assert send(client, picture(), into=made["id"], **{"class": "x"}).json()["problems"][0]["place"] == "/into"
    assert send(client, table(), into=shown["id"]).json()["problems"][0]["place"] == "/file"
    assert send(client, picture(), into=shown["id"]).json()["problems"][0]["place"] == "/class"
    for unknown in ("u0000000000000", "../../etc", "x"):
        assert send(client, picture(), into=unknown, **{"class": "x"}).status_code == 404


FORM = {"Content-Type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"Content-Type": "application/json"}, b"{}", 415),
        ({"Content-Type": ""}, b"", 415),
        ({"Content-Type": "multipart/form-data"}, b"x", 400),
        ({"Content-Type": "multipart/form-data; boundary=" + "x" * 300}, b"x", 400),
        ({"Content-Type": "multipart/form-data; boundary=x; charset=utf-99"}, b"--x--", 422),
        (FORM, b"", 422),
        (FORM, b"junk", 400),
        (FORM, b"--x\r\n\r\n\r\n--x--", 400),
        (FORM, b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--x--\r\n', 422),
        (FORM, b'--x\r\nContent-Disposition: form-data; name="name"; filename="f"\r\n\r\nx\r\n--x--\r\n', 422),
        (FORM, b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n' + b"x" * 5000 + b"\r\n--x--\r\n", 400),
        (
            FORM,
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nx\r\n' * 2 + b"--x--\r\n",
            400,
        ),
        (FORM, b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n\xff\xfe\r\n--x--\r\n', 422),
    ],
)
def test_a_form_that_is_none_is_refused(
    client: httpx.Client, headers: dict[str, str], content: bytes, status: int
) -> None:
    answer = client.post(PATH, content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["problems"][0]["detail"]


@pytest.mark.parametrize("upload", ["%00", "..", "u", "r0000000000000", "preview", "u0000000000000"])
def test_what_is_no_upload_is_not_found(client: httpx.Client, upload: str) -> None:
    for method in ("GET", "DELETE", "PATCH"):
        assert client.request(method, f"{PATH}/{upload}").status_code in (404, 405), method


# ------------------------------------------------------------------------------------------ the page about the API


def test_the_examples_of_the_api_look_like_what_it_answers(client: httpx.Client) -> None:
    made = sent(client, passengers().encode())
    described = client.get("/openapi.json").json()["paths"]
    for path, answer in (
        (PATH, client.get(PATH).json()),
        (f"{PATH}/{{upload}}", client.get(f"{PATH}/{made['id']}").json()),
    ):
        example = described[path]["get"]["responses"]["200"]["content"]["application/json"]["example"]
        assert set(example) == set(answer)
    form = described[PATH]["post"]["requestBody"]["content"]["multipart/form-data"]
    assert form["schema"]["required"] == ["file"]
    assert "-F &#39;file=@passengers.csv&#39;" in client.get("/docs").text
