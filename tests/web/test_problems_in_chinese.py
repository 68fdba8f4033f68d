"""Problems of the check as a Chinese page shows them."""

from typing import Any

import pytest

from app.experiment.check import check
from app.parts.datasets.digits import Digits
from app.parts.problem import Problem
from app.parts.questions.fill import Fill
from app.parts.tasks.classification import Classification
from app.parts.tokenizers.characters import Characters
from app.web.errors import described
from app.web.language import language

DIGITS = {
    "dataset": {"kind": "digits"},
    "task": {"kind": "classification"},
    "loss": {"kind": "cross_entropy"},
    "networks": {"main": {"layers": [{"kind": "linear"}]}},
}


def told(document: Any) -> dict[str, Any]:
    (problem,) = check(document).problems
    return described(problem, language("zh"))


def test_names_of_parts_and_shapes_are_translated_within_a_sentence() -> None:
    problem = told(DIGITS)
    assert problem["detail"] == "全连接层需要一列数或一串向量，这里来的却是一张图像。"
    assert problem["fixes"][0]["title"] == "在它前面加一个展平层"


def test_a_tokenizer_and_a_question_have_their_chinese_names_in_a_sentence() -> None:
    chinese = language("zh")
    assert chinese.problem("Use {kind}", kind=Characters.title) == "改用字符"
    with pytest.raises(Problem) as refused:
        Fill().demand_fit(Digits(), Classification(), [])
    assert described(refused.value, chinese)["detail"] == "任务是分类的网络不能用来“填空”。"


def test_what_a_person_typed_stays_as_it_is() -> None:
    network = {"main": {"layers": [{"kind": "flatten"}, {"kind": "Linear layer"}]}}
    assert told({**DIGITS, "networks": network})["detail"] == '没有名为 "Linear layer" 的层。'


def test_a_loss_names_the_target_it_does_not_fit() -> None:
    network = {"main": {"layers": [{"kind": "flatten"}]}}
    problem = told({**DIGITS, "networks": network, "loss": {"kind": "mse"}})
    assert problem["detail"] == "要学的是一个类别时，损失函数“均方误差”不适用。"
