"""What stands in somebody's own data is left out for the rest of the class, wherever a run is told of."""

import json
from collections.abc import Generator

import httpx
import numpy as np
import pytest
from starlette.routing import Route
from websockets.exceptions import ConnectionClosed

from app.main import ROUTERS
from app.runs.veiling import veiled_line
from tests.uploads.made import picture, zipped
from tests.web.conftest import CODE
from tests.web.house import Server, ended, experiment, start
from tests.web.sending import pictured, sent

SECRETS = ("Blutgruppe", "Diagnosis", "Influenza", "Migraine")
TABLE = "Blutgruppe,Age,Diagnosis\n" + "".join(
    f"{'AB'[n % 2]},{20 + n},{('Influenza', 'Migraine')[n % 2]}\n" for n in range(60)
)


def seated(server: Server, name: str) -> httpx.Client:
    with server.client() as client:
        token = client.post("/api/session", json={"code": CODE, "name": name}).json()["token"]
    return server.client(headers={"authorization": f"Bearer {token}"})


@pytest.fixture(scope="module")
def classmates(class_server: Server) -> Generator[tuple[httpx.Client, httpx.Client]]:
    """Who brings data, and who looks."""
    with seated(class_server, "Ada of the data") as ada, seated(class_server, "Bob who looks") as bob:
        yield ada, bob


@pytest.fixture(scope="module", params=["table", "pictures"])
def private_run(classmates: tuple[httpx.Client, httpx.Client], request: pytest.FixtureRequest) -> str:
    """A run that has ended, on data that names a diagnosis in columns, values or classes."""
    ada, _ = classmates
    if request.param == "table":
        document = experiment(dataset=sent(ada, TABLE.encode())["dataset"])
    else:
        files = {f"{name}/{n}.png": picture((n, 9, 9)) for name in ("Influenza", "Migraine") for n in range(8)}
        document = pictured(sent(ada, zipped(files), "patients.zip")["dataset"])
    run = start(ada, document)
    assert ended(ada, run)["status"] == "done"
    return run


def test_no_answer_tells_classmates_what_stands_in_own_data(
    class_server: Server, classmates: tuple[httpx.Client, httpx.Client], private_run: str
) -> None:
    ada, bob = classmates
    owned, seen = "", ""
    for path in paths(class_server, private_run):
        owned += ada.get(path).text
        seen += bob.get(path).text
    seen += bob.get("/api/runs", params={"limit": 200}).text + bob.get("/api/datasets").text
    seen += bob.get(f"/api/runs/{private_run}/events", headers={"accept": "text/event-stream"}).text
    assert any(secret in owned for secret in SECRETS)  # the paths are the right ones
    assert not [secret for secret in SECRETS if secret in seen]
    assert '"confusion"' in owned
    assert '"confusion"' not in seen


def test_document_for_classmates_keeps_its_form_so_that_their_page_can_show_the_run(
    classmates: tuple[httpx.Client, httpx.Client], private_run: str
) -> None:
    owned, seen = (classmate.get(f"/api/runs/{private_run}").json()["experiment"] for classmate in classmates)
    assert seen["dataset"].keys() == owned["dataset"].keys()
    checked = classmates[1].post("/api/experiments/check", json={"experiment": seen}).json()
    assert {problem["place"] for problem in checked["problems"]} == {"/dataset/upload"}


def test_live_socket_tells_classmates_the_curve_and_nothing_of_the_data(
    class_server: Server, classmates: tuple[httpx.Client, httpx.Client], private_run: str
) -> None:
    said: dict[str, str] = {}
    for name, client in zip(("owner", "classmate"), classmates, strict=True):
        token = {"authorization": client.headers["authorization"]}
        with class_server.live(private_run, additional_headers=token) as line:
            said[name] = ""
            try:
                while True:
                    said[name] += str(line.recv(timeout=20))
            except ConnectionClosed:
                pass
    assert '"confusion"' in said["owner"]
    assert '"confusion"' not in said["classmate"]
    assert said["classmate"].count('"type":"evaluated"') == said["owner"].count('"type":"evaluated"') > 0


def test_network_that_learned_from_own_data_answers_its_owner_alone(
    classmates: tuple[httpx.Client, httpx.Client], private_run: str
) -> None:
    ada, bob = classmates
    sample = ada.get(f"/api/runs/{private_run}/answers").json()["samples"][0]["raw"]
    if len(sample) == 3 * 32 * 32:  # a picture, flat
        sample = np.array(sample).reshape(3, 32, 32).tolist()
    answers = [
        classmate.post(f"/api/runs/{private_run}/predict", json={"inputs": [sample]}) for classmate in (ada, bob)
    ]
    assert [answer.status_code for answer in answers] == [200, 403], answers[0].text
    assert answers[0].json()["classes"]


def test_names_in_the_last_sentence_of_a_run_are_left_out() -> None:
    values = {"count": 3, "name": "“Influenza”", "wanted": 8}
    line = json.dumps({"type": "finished", "sentence": {"template": "…", "values": values}}, separators=(",", ":"))
    assert json.loads(veiled_line(line.encode()))["sentence"]["values"] == {"count": 3, "name": "…", "wanted": 8}


def paths(server: Server, run: str) -> list[str]:
    """Every path that tells of one run, whatever router it stands in."""
    routes = [*server.app.routes, *(route for router in ROUTERS for route in router.router.routes)]
    found = {route.path for route in routes if isinstance(route, Route) and "GET" in (route.methods or ())}
    return [path.replace("{run}", run).replace("{probe}", "activations") for path in found if "{run}" in path]
