"""Problems of the check as a Chinese page shows them."""

from typing import Any

from app.experiment.check import check
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


def test_what_a_person_typed_stays_as_it_is() -> None:
    network = {"main": {"layers": [{"kind": "flatten"}, {"kind": "Linear layer"}]}}
    assert told({**DIGITS, "networks": network})["detail"] == '没有名为 "Linear layer" 的层。'


def test_a_loss_names_the_target_it_does_not_fit() -> None:
    network = {"main": {"layers": [{"kind": "flatten"}]}}
    problem = told({**DIGITS, "networks": network, "loss": {"kind": "mse"}})
    assert problem["detail"] == "要学的是一个类别时，损失函数“均方误差”不适用。"
