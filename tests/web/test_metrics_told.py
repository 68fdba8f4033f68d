"""A metric that is added to the list is served, named and written everywhere, and nowhere else must know of it."""

import json

import pytest

from app.parts import metrics
from app.parts.metrics import METRICS, Metric
from app.web import parts
from app.web.language import Language

BLEU = Metric("bleu", "Share of phrases", "How many phrases stand in the truth too.", "higher", 0, 1, "", "percent")


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Metric:
    monkeypatch.setitem(metrics.BY_NAME, BLEU.name, BLEU)
    monkeypatch.setattr(parts, "METRICS", (*METRICS, BLEU))
    return BLEU


def test_an_added_metric_is_served_with_its_title_its_direction_and_its_range(added: Metric) -> None:
    served = json.loads(parts.told_in.__wrapped__("en"))["metrics"][-1]
    assert served == {
        "name": "bleu",
        "title": "Share of phrases",
        "help": "How many phrases stand in the truth too.",
        "better": "higher",
        "low": 0,
        "high": 1,
        "unit": "",
        "written": "percent",
    }


def test_an_added_metric_is_named_and_written_in_the_sentences_of_a_run(added: Metric) -> None:
    said = {"metrics": {added.title: "词组命中率"}, "doctor": {"Validation {metric}": "验证{metric}"}}
    sentence = {"template": "{metric} reached {value}.", "values": {"metric": "validation_bleu", "value": 0.905}}
    assert Language("en", {}).told(sentence) == "Validation share of phrases reached 90.5 %."
    assert Language("zh", said).told(sentence) == "验证词组命中率 reached 90.5%."


def test_a_metric_that_nobody_knows_keeps_its_name() -> None:
    sentence = {"template": "{metric} reached {value}.", "values": {"metric": "train_unheard", "value": 0.5}}
    assert Language("en", {}).told(sentence) == "Training unheard reached 0.5."
