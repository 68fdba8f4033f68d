"""Nothing that anybody sends ends in an error of ours."""

import json
import time
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.experiment.limits import MOST_PROBLEMS
from app.web.body import DEEPEST
from tests.experiment.documents import JUNK, spoilt
from tests.web.house import Server, experiment, start

JSON = {"Content-Type": "application/json"}
QUIET = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def sent(value: Any) -> bytes:
    """JSON as a careless client writes it: bare NaN, numbers of any length, lone surrogates."""
    return _written(value).encode("utf-8", "surrogatepass")


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(str(key))}:{_written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_written(inner) for inner in value) + "]"
    if isinstance(value, int) and not isinstance(value, bool):
        return hex(value) if abs(value) > 10**4000 else str(value)  # Python itself refuses to write longer ones
    return json.dumps(value)


@QUIET
@given(document=spoilt())
def test_a_spoilt_document_is_checked_and_never_breaks_anything(client: httpx.Client, document: Any) -> None:
    checked = client.post("/api/experiments/check", content=sent({"experiment": document}), headers=JSON)
    assert checked.status_code in (200, 400, 413, 422, 429)
    if checked.status_code != 200 or checked.json()["ok"]:
        return
    assert all(problem["detail"] for problem in checked.json()["problems"])
    refused = client.post("/api/runs", content=sent({"experiment": document}), headers=JSON)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"


@QUIET
@given(body=st.one_of(JUNK, st.dictionaries(st.sampled_from(["experiment", "name", "tags", "start", "x"]), JUNK)))
def test_a_body_that_is_junk_is_refused(client: httpx.Client, body: Any) -> None:
    for path in ("/api/runs", "/api/experiments/picture", "/api/datasets/preview", "/api/session"):
        answer = client.post(path, content=sent(body), headers=JSON)
        assert answer.status_code in (400, 413, 422), (path, answer.text)
        assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"{} {}", 400),
        (b"\xff\xfe", 400),
        (b'{"experiment": "\\ud800"}', 400),
        (b'{"experiment": {}, "experiment": {}}', 400),
        (b'{"experiment": NaN}', 422),
        (b'{"experiment": -Infinity}', 422),
        (b'{"experiment": 1e999}', 422),
        (b'{"experiment": ' + b"9" * 5000 + b"}", 422),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), 422),
        (b"[" * 100_000, 422),
        (b'{"experiment": {}, "more": 1}', 422),
        (b"null", 422),
        (b"[]", 422),
    ],
)
def test_what_is_not_json_is_told_apart(client: httpx.Client, body: bytes, status: int) -> None:
    for path in ("/api/experiments/check", "/api/runs"):
        answer = client.post(path, content=body, headers=JSON)
        assert answer.status_code == status, answer.text
        assert answer.json()["problems"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ([f"x{number}" for number in range(100_000)], 422),
        ([*(f"x{number}" for number in range(100_000)), "x99999"], 400),
    ],
    ids=["unknown", "the last one twice"],
)
def test_a_hundred_thousand_mistakes_are_refused_in_a_few_words(
    client: httpx.Client, fields: list[str], status: int
) -> None:
    body = "{" + ",".join(f'"{name}":1' for name in fields) + "}"
    began = time.monotonic()
    answer = client.post("/api/runs", content=body, headers=JSON)
    assert time.monotonic() - began < 10  # a second; the fields were once compared each with each
    assert answer.status_code == status
    assert len(answer.json()["problems"]) <= MOST_PROBLEMS + 1


def test_a_body_that_is_not_called_json_is_refused(client: httpx.Client) -> None:
    for kind in ("text/plain", "multipart/form-data", "application/xml", "", "json", "application/json5"):
        answer = client.post("/api/runs", content=b"{}", headers={"Content-Type": kind})
        assert answer.status_code == 415
    good = client.post(
        "/api/experiments/check", content=b'{"experiment":1}', headers={"Content-Type": "text/json+json"}
    )
    assert good.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/runs?limit=0",
        "/api/runs?limit=x",
        "/api/runs?limit=9999999999999999999999",
        "/api/runs?status=nothing",
        "/api/runs?q=" + "x" * 201,
        "/api/datasets/circle/preview?settings=[",
        "/api/datasets/circle/preview?settings=[]",
        '/api/datasets/circle/preview?settings={"samples":-1}',
        '/api/datasets/circle/preview?settings={"more":1}',
    ],
)
def test_odd_questions_are_refused(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["problems"][0]["detail"]


@pytest.mark.parametrize(
    "path", ["/api/runs?q=%00&tag=%00&cursor=%00", "/api/runs?q=%ff%fe", "/api/runs?cursor=zzz&x=1"]
)
def test_odd_words_find_what_they_find(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/api/runs/%00", "/api/runs/..", "/api/datasets/%00/preview", "/api/presets/%00", "/api/locales/..%2fzh", "/%00"],
)
def test_odd_addresses_are_nothing(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code in (404, 405)


def test_methods_that_do_not_fit_are_told(client: httpx.Client) -> None:
    answer = client.put("/api/runs", json={})
    assert answer.status_code == 405
    assert "PUT" in answer.json()["detail"]
    assert client.request("TRACE", "/api/runs").status_code == 405


@pytest.mark.parametrize(
    "labels", [{"name": 1}, {"name": "x" * 121}, {"tags": ["x"] * 21}, {"tags": [""]}, {"note": "x" * 4001}, {"x": 1}]
)
def test_labels_are_bounded(client: httpx.Client, labels: dict[str, Any]) -> None:
    run = start(client)
    assert client.patch(f"/api/runs/{run}", json=labels).status_code == 422
    assert client.post("/api/runs", json={"experiment": experiment(), **labels}).status_code == 422


def test_all_problems_come_at_once_in_the_asked_language(client: httpx.Client) -> None:
    document = experiment(optimizer={"kind": "adam", "lr": -1}, seed=-1)
    answers = {
        language: client.post("/api/runs", json={"experiment": document}, headers={"Accept-Language": language}).json()
        for language in ("en", "zh")
    }
    assert {problem["place"] for problem in answers["en"]["problems"]} == {"/optimizer/lr", "/seed"}
    assert answers["en"]["problems"][0]["template"] == answers["zh"]["problems"][0]["template"]
    assert answers["en"]["detail"] != answers["zh"]["detail"]


def test_the_server_is_well_after_all_that(server: Server, client: httpx.Client) -> None:
    assert client.get("/api/health").json() == {"status": "ok"}
    assert client.post("/api/experiments/check", json={"experiment": experiment()}).json()["ok"]
