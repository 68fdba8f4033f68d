"""The palette's question: which layers fit at a place."""

from typing import Any

import httpx
import pytest

from app.parts.layers import LAYERS
from tests.experiment.checking import CONV, DIGITS, RELU, with_layers
from tests.web.house import experiment

PATH = "/api/experiments/offers"
PICTURES = with_layers(CONV, RELU, dataset=DIGITS)


def test_every_kind_is_answered_and_starts_are_what_can_be_put_there(client: httpx.Client) -> None:
    answer = client.post(PATH, json={"experiment": PICTURES, "list": "/networks/main/layers", "at": 1}).json()
    assert list(answer["offers"]) == [part.kind_name() for part in LAYERS]
    assert answer["offers"]["relu"] is None
    misfit = "Linear takes a flat list of numbers or a sequence, but here arrives a picture."
    assert answer["offers"]["linear"] == misfit
    offered = {kind for kind, sentence in answer["offers"].items() if sentence is None}
    assert {"residual", "skip", "branches", "conv2d"} <= set(answer["starts"]) <= offered
    for start in answer["starts"].values():
        grown = with_layers(CONV, start, RELU, dataset=DIGITS)
        assert client.post("/api/experiments/check", json={"experiment": grown}).json()["ok"]


def test_it_answers_in_chinese(client: httpx.Client) -> None:
    asked = {"experiment": PICTURES, "at": 0}
    answer = client.post(PATH, json=asked, params={"language": "zh"}).json()
    assert answer["offers"]["linear"] == "全连接层需要一列数或一串向量，这里来的却是一张图像。"


@pytest.mark.parametrize(
    ("changes", "status", "place"),
    [
        ({"list": "/networks/main/layers/7/layers"}, 422, "/list"),
        ({"list": 7}, 422, "/list"),
        ({"list": "x" * 401}, 422, "/list"),
        ({"at": 99}, 422, "/at"),
        ({"at": -1}, 422, "/at"),
        ({"at": None}, 422, "/at"),
        ({"experiment": {"dataset": 3}}, 422, "/dataset"),
        ({"other": 1}, 422, "/other"),
    ],
)
def test_a_place_that_is_not_there_is_a_problem(
    client: httpx.Client, changes: dict[str, Any], status: int, place: str
) -> None:
    answer = client.post(PATH, json={"experiment": experiment(), "at": 0} | changes)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["problems"][0]["place"] == place


def test_its_example_is_what_it_answers(client: httpx.Client) -> None:
    route = client.get("/openapi.json").json()["paths"][PATH]["post"]
    asked = route["requestBody"]["content"]["application/json"]["example"]
    told = route["responses"]["200"]["content"]["application/json"]["example"]
    answer = client.post(PATH, json=asked).json()
    assert set(told) == set(answer)
    for part in ("offers", "starts"):
        assert told[part].items() <= answer[part].items()


def test_a_form_of_a_part_names_nothing_that_it_does_not_hold(client: httpx.Client) -> None:
    for parts in client.get("/api/parts").json()["families"].values():
        for part in parts:
            assert "properties" in part["schema"], part["kind"]
            assert names_in(part["schema"]) <= set(part["schema"].get("$defs", {})), part["kind"]


def names_in(schema: Any) -> set[str]:
    """What the references in a schema name."""
    if isinstance(schema, list):
        return {name for inner in schema for name in names_in(inner)}
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"].rpartition("/")[2]} if "$ref" in schema else set()
    return own | {name for inner in schema.values() for name in names_in(inner)}
