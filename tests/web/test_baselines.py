"""Baselines through HTTP: in both languages, with problems in their places, and never broken by what is asked."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.training.baselines import features
from app.training.baselines.methods import CLASSIFIERS, REGRESSORS
from app.training.tasks import ngrams
from tests.experiment.documents import JUNK
from tests.web.house import Server, experiment
from tests.web.test_bad_input import JSON, QUIET, sent

PATH = "/api/experiments/baselines"
ZH = Path(__file__).parents[2] / "locales" / "zh" / "baselines.json"


def asked(client: httpx.Client, rule: str | None = None, **headers: str) -> httpx.Response:
    return client.post(PATH, json={"experiment": experiment(), "rule": rule}, headers=headers)


def test_every_method_is_told_with_its_metrics(client: httpx.Client) -> None:
    told = asked(client, "x1^2 + x2^2 < 6").json()
    assert [baseline["kind"] for baseline in told["baselines"] if baseline["inputs"] == "raw"] == [
        classifier.kind for classifier in CLASSIFIERS
    ]
    assert [baseline["title"] for baseline in told["baselines"][:2]] == [
        "Always the same answer",
        "Logistic regression",
    ]
    assert 0.5 < told["rule"]["metrics"]["validation_accuracy"] <= 1
    assert told["complete"]
    assert asked(client).json()["rule"] is None


def test_a_chinese_page_reads_chinese(client: httpx.Client) -> None:
    told = asked(client, **{"Accept-Language": "zh"}).json()
    assert told["baselines"][1]["title"] == "逻辑回归"
    assert told["baselines"][0]["help"].endswith("最常见的类别。")
    assert told["features"].startswith("坐标")


def test_all_sentences_have_their_chinese_and_none_is_left_over() -> None:
    said = {text for method in (*CLASSIFIERS, *REGRESSORS) for text in (method.title, method.help)}
    said |= {features.PLANE, features.LINE, features.PICTURES, features.SERIES}
    said |= {ngrams.TITLE, ngrams.HELP, ngrams.HELP_OF_TWO}
    assert set(json.loads(ZH.read_text("utf-8"))) == said


def test_a_rule_that_cannot_be_read_is_told_in_its_place(client: httpx.Client) -> None:
    answer = asked(client, "x1 < (2")
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert problem["place"] == "/rule"
    assert problem["fixes"][0]["edits"] == [{"op": "replace", "path": "/rule", "value": "x1 < (2)"}]


def test_a_document_with_problems_is_told_as_everywhere(client: httpx.Client) -> None:
    answer = client.post(PATH, json={"experiment": experiment(loss={"kind": "mse"})})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"] == "/loss"


@settings(QUIET, max_examples=40)
@given(
    body=st.one_of(
        JUNK,
        st.fixed_dictionaries({"experiment": st.just(experiment()), "rule": JUNK}),
        st.fixed_dictionaries({"experiment": JUNK}, optional={"rule": st.text(max_size=9)}),
    )
)
def test_junk_is_refused(client: httpx.Client, body: Any) -> None:
    answer = client.post(PATH, content=sent(body), headers=JSON)
    assert answer.status_code in (200, 400, 413, 422), answer.text
    if answer.status_code != 200:
        assert answer.json()["problems"][0]["detail"]


@pytest.mark.parametrize(
    "rule", ["x1 / 0 > 1", "x1^x2^x1^x2 > 0", "log(x1) > log(x2)", "exp(exp(exp(x1))) < 1", "x1 > 1e30"]
)
def test_a_rule_may_compute_what_is_no_number(client: httpx.Client, rule: str) -> None:
    metrics = asked(client, rule).json()["rule"]["metrics"]
    assert all(0 <= value <= 1 for value in metrics.values())


def test_a_stranger_is_not_answered(class_server: Server) -> None:
    with class_server.client() as client:
        assert asked(client).status_code == 401
