"""Data that people bring, over HTTP: sent, trained on, listed, kept from others, deleted."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from app.runs.folder import RunFolder
from app.runs.frames import decode
from app.uploads.example import passengers
from app.uploads.folder import UploadFolder
from app.web.access import LOCAL, Actor, Thing, may
from tests.uploads.made import picture, pictures, table
from tests.web.conftest import TEACHER
from tests.web.house import DEADLINE, Server, ended, experiment, start
from tests.web.sending import PATH, pictured, send, sent
from tests.web.test_gate import bearer, seated

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
    assert [column["name"] for column in made["dataset"]["columns"]] == ["姓名", "الاسم", "结果"]
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
        next(target["warnings"] for target in answer["targets"] if target["name"] == "survived")
        for answer in told.values()
    )
    assert english["template"] == chinese["template"]
    assert "lifeboat" in chinese["detail"]
    assert re.search("[\u4e00-\u9fff]", chinese["detail"])
    assert chinese["fixes"][0]["edits"][0]["path"] == "/dataset/input_columns"


def test_pictures_come_one_by_one_into_a_set(client: httpx.Client) -> None:
    made = sent(client, picture(), "1.png", **{"class": "cat"})
    answer: dict[str, Any] = {}
    for number in range(3):
        answer = sent(client, picture((10, 20, 30 + number)), "2.png", into=made["id"], **{"class": "狗"})
    assert answer["id"] == made["id"]
    assert answer["classes"] == [{"name": "cat", "count": 1}, {"name": "狗", "count": 3}]
    assert client.get(f"{PATH}/{made['id']}").json()["dataset"] == answer["dataset"]


def test_pictures_that_come_at_the_same_time_are_all_kept(client: httpx.Client) -> None:
    made = sent(client, picture(), "1.png", **{"class": "cat"})

    def send_picture(number: int) -> int:
        return send(
            client, picture((number, 9, 9)), "2.png", into=made["id"], **{"class": f"c{number % 3}"}
        ).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send_picture, range(16))) == {201}
    told = client.get(f"{PATH}/{made['id']}").json()
    assert {label["name"]: label["count"] for label in told["classes"]} == {"cat": 1, "c0": 6, "c1": 5, "c2": 5}
    assert client.post("/api/datasets/preview", json={"dataset": told["dataset"]}).json()["size"] == 17


# ------------------------------------------------------------------------------------------ listed, named, deleted


def test_a_list_is_brief_newest_first_and_says_what_room_is_left(client: httpx.Client) -> None:
    made = [sent(client, table(seed=number))["id"] for number in range(2)]
    told = client.get(PATH).json()
    assert [dataset["id"] for dataset in told["datasets"]][:2] == made[::-1]
    assert set(told["datasets"][0]) == {"id", "kind", "name", "owner", "created", "bytes", "count"}
    # An open server shows what seats brought, too; only what is one's own takes one's room.
    assert told["taken"]["count"] == [dataset["owner"] for dataset in told["datasets"]].count(LOCAL.seat)
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
    assert [problem["place"] for problem in checked["problems"]] == ["/dataset/upload"]


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
        assert made["owner"] == ada.get("/api/about").json()["seat"]
        assert [dataset["id"] for dataset in bo.get(PATH).json()["datasets"]] == []
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
        assert made["id"] in [dataset["id"] for dataset in teacher.get(PATH).json()["datasets"]]
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
        endless = start(
            cy, {**pictured(sent(cy, pictures(20))["dataset"]), "training": {"epochs": 1_000_000, "stepper": "eager"}}
        )
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
