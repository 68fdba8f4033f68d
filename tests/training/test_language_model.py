"""Language models: texts, their true entropy, losses over tokens, and writing on."""

from math import log
from typing import Any

import numpy as np
import pytest
import torch

from app.experiment.check import check, checked
from app.experiment.experiment import Experiment
from app.experiment.patch import patched
from app.experiment.settling import settled
from app.parts.datasets.prepared import prepare
from app.parts.datasets.preview import preview
from app.parts.datasets.python_source import PythonSource
from app.parts.datasets.stories import Stories
from app.parts.datasets.story_writing import RULES, entropy, story
from app.parts.shapes import Tokens
from app.training.asking.writing import Choosing, writing, written
from app.training.building import build_networks
from app.training.data.batch import Batch, alone
from app.training.data.samples import samples_of
from app.training.going_on import going_on
from app.training.recording.evaluating import Evaluator
from app.training.tasks import WORK
from app.training.tasks.language_model import LanguageModelWork, TokenTally
from tests.training.building import build_network


def stories(*layers: dict[str, Any], **dataset: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "stories", "samples": 400, "window": 16, **dataset},
        "task": {"kind": "language_model"},
        "networks": {"main": {"layers": [{"kind": "embedding", "width": 8}, *layers]}},
        "loss": {"kind": "cross_entropy"},
    }


LSTM = {"kind": "lstm", "units": 12}
ATTENTION = {"kind": "attention", "heads": 2}


@pytest.mark.parametrize(
    "dataset", [Stories(samples=100), PythonSource(samples=100, window=32)], ids=lambda dataset: dataset.kind
)
def test_windows_lie_side_by_side_and_the_target_is_the_next_letter(dataset: Any) -> None:
    prepared = prepare(dataset, None)
    text = prepared.inputs.ravel()
    np.testing.assert_array_equal(text[1:], prepared.targets.ravel()[:-1])
    assert prepared.train.max() < prepared.validation.min() <= prepared.validation.max() < prepared.test.min()
    letters = dataset.vocabulary()
    assert len(set(letters)) == len(letters)
    back = "".join(letters[number] for number in text)
    np.testing.assert_array_equal(dataset.numbered(back), text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_true_entropy_is_what_those_who_know_the_rules_need(language: Any) -> None:
    random = np.random.default_rng(0)
    texts = [story(random, language) for _ in range(4000)]
    rules = RULES[language]
    opening = [text.split(". ")[0] if language == "en" else text.split("。")[0] for text in texts]
    counts = np.unique(opening, return_counts=True)[1]
    first = sum(len(values).bit_length() - 1 for values in rules.kept.values())  # all are powers of two
    assert len(counts) == pytest.approx(2**first, rel=0.15)  # each choice can be read off
    middles = np.array([text.count(". every " if language == "en" else "每到") for text in texts])
    bits = first + log(3, 2) + (middles * 6 + 6)
    assert bits.sum() / sum(map(len, texts)) == pytest.approx(entropy(language), rel=0.01)
    dataset = Stories(samples=50, language=language)
    assert preview(dataset, prepare(dataset, None))["entropy"] == entropy(language)


def test_the_loss_is_a_mean_over_tokens_and_bits_are_nats_over_ln_2() -> None:
    experiment = checked(stories(LSTM))
    samples, work = samples_of(experiment), WORK["language_model"](experiment)
    networks = build_networks(experiment)
    metrics = Evaluator(experiment, samples, work).evaluate(networks).metrics
    whole = samples.batch("test", np.arange(80))
    assert whole.targets is not None
    with torch.no_grad():
        scores = networks["main"].eval()(whole.inputs["x"])
        chances = torch.log_softmax(scores, -1).gather(-1, whole.targets[..., None])
    assert metrics["test_loss"] == pytest.approx(-chances.mean().item(), rel=1e-5)
    assert metrics["test_bits_per_character"] == pytest.approx(metrics["test_loss"] / log(2))


def test_a_network_has_learned_that_knows_which_tokens_may_come_though_none_is_likelier() -> None:
    experiment = checked(stories())
    work = WORK[experiment.task.kind](experiment)
    work.enter(prepare(experiment.dataset, None))
    assert isinstance(work, LanguageModelWork)
    tokens = torch.arange(work.vocabulary)  # each comes as often
    half = tokens < work.vocabulary // 2
    seldom_right = -0.1 * torch.eye(work.vocabulary)
    knows_the_half = 9.0 * (half[:, None] == half[None, :]) + seldom_right
    for scores, learned in ((knows_the_half, True), (seldom_right, False)):
        tally = TokenTally(work)
        tally.add(scores[None].expand(1, -1, -1), Batch({}, tokens[None], None, 1))
        assert tally.metrics()["token_accuracy"] == 0
        assert tally.learned() == learned


def test_of_large_splits_some_windows_are_measured_that_lie_all_over_it() -> None:
    experiment = checked(stories(LSTM, samples=2000, validation=10, test=10))
    samples, work = samples_of(experiment), WORK["language_model"](experiment)
    seen: list[int] = []
    first = {tuple(row): number for number, row in enumerate(samples.whole("train").inputs["x"].tolist())}
    evaluator = Evaluator(experiment, samples, work)
    for batch in evaluator._pieces("train"):
        seen += [first[tuple(row)] for row in batch.inputs["x"].tolist()]
    assert len(seen) == 256
    assert max(seen) > 1500
    assert experiment.measured_samples == 256 + 200 + 200


GPT: dict[str, Any] = {"kind": "transformer_block", "heads": 2, "feedforward": 16, "causal": True}
ROTARY = {**GPT, "rotary": True, "norm": "rms_norm"}
KEEPING = pytest.mark.parametrize(
    "layers",
    [
        [LSTM],
        [{"kind": "gru", "units": 6, "num_layers": 2}, {"kind": "layer_norm"}, {"kind": "linear", "units": 5}],
        [ROTARY, ROTARY, {"kind": "layer_norm"}],
        [{"kind": "learned_position"}, GPT, {"kind": "residual", "layers": [{**ATTENTION, "causal": True}]}],
        [{"kind": "sinusoidal_position"}, {**GPT, "norm_first": False}, LSTM],
        [{**GPT, "alibi": True, "kv_heads": 1}, {**ROTARY, "kv_heads": 1, "qk_norm": True, "activation": "swiglu"}],
    ],
    ids=["lstm", "gru", "rotary", "learned", "sinusoidal", "grouped"],
)


@KEEPING
def test_writing_with_what_was_read_kept_equals_writing_without(layers: list[dict[str, Any]]) -> None:
    network = build_network(checked(stories(*layers))).eval()
    tokens = torch.randint(20, (1, 12))
    with torch.no_grad():
        whole = network(tokens)
        with going_on(network) as able:
            assert able
            by_one = torch.cat([network(tokens[:, at : at + 1]) for at in range(12)], dim=1)
        torch.testing.assert_close(whole, by_one, atol=1e-5, rtol=0)
        with going_on(network):
            in_parts = torch.cat([network(tokens[:, :7]), network(tokens[:, 7:])], dim=1)
        torch.testing.assert_close(whole, in_parts, atol=1e-5, rtol=0)
        torch.testing.assert_close(network(tokens), whole)  # nothing is left behind


@KEEPING
def test_what_is_written_does_not_depend_on_how_it_is_read(
    layers: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    network = build_network(checked(stories(*layers))).eval()
    recurrent = not any("attention" in name for name, _ in network.named_modules()) and layers[0] is LSTM
    count = 40  # beyond the window of 16
    chosen = Choosing(temperature=0.5)
    kept = written(network, [1, 2, 3], count, window=16, choosing=chosen)
    monkeypatch.setattr("app.training.going_on.BY_PLACE", ())
    plain = written(network, [1, 2, 3], count, window=16, choosing=chosen)
    assert kept[:13] == plain[:13]
    assert kept == plain or recurrent or "gru" in str(layers)  # a state goes on beyond a window


def test_a_reply_that_is_broken_off_leaves_nothing_behind() -> None:
    network = build_network(checked(stories(GPT))).eval()
    going = writing(network, [1, 2], Choosing(), window=16)
    with torch.no_grad():
        next(going)
        next(going)
        del going
    assert not any(
        getattr(module, "goes_on", False) or getattr(module, "carried", None) for module in network.modules()
    )


def test_the_same_seed_writes_the_same_and_no_temperature_the_likeliest() -> None:
    network = build_network(checked(stories(LSTM))).eval()
    tokens = written(network, [1, 2], 30, window=16, choosing=Choosing(seed=3))
    torch.rand(5)
    assert written(network, [1, 2], 30, window=16, choosing=Choosing(seed=3)) == tokens
    assert written(network, [1, 2], 30, window=16, choosing=Choosing(seed=4)) != tokens
    first = written(network, [1, 2], 1, window=16, choosing=Choosing(temperature=0))
    with torch.no_grad():
        assert first == [int(network(torch.tensor([[1, 2]]))[0, -1].argmax())]


def test_a_network_that_cannot_go_on_is_asked_with_a_window() -> None:
    network = build_network(Experiment.model_validate(stories({**LSTM, "bidirectional": True}))).eval()
    with going_on(network) as able:
        assert not able
    assert len(written(network, [1], 20, window=16)) == 20


def test_a_language_model_wants_a_text_and_keeps_the_sequence() -> None:
    assert check(stories(LSTM)).problems == []
    (problem,) = check(stories({**LSTM, "gives": "last"})).problems
    assert "at each of {length} places" in problem.template
    majority = {"dataset": {"kind": "majority"}, "task": {"kind": "language_model"}, "loss": {"kind": "cross_entropy"}}
    assert any(found.place == "/task" for found in check(majority).problems)


def test_a_layer_that_looks_ahead_is_a_problem_that_one_click_mends() -> None:
    document = stories({**LSTM, "bidirectional": True})
    (problem,) = check(document).problems
    assert problem.place == "/networks/main/layers/1"
    assert check(patched(document, problem.fixes[0].edits)).problems == []
    forward = {"dataset": {"kind": "majority"}, "task": {"kind": "classification"}, "loss": {"kind": "bce_with_logits"}}
    layers = [{"kind": "embedding"}, {**LSTM, "bidirectional": True, "gives": "last"}]
    assert check({**forward, "networks": {"main": {"layers": layers}}}).problems == []


@pytest.mark.parametrize("kind", ["stories", "reviews", "mackey_glass", "adding", "parity"])
def test_whoever_chooses_a_sequence_gets_an_experiment_that_can_be_trained(kind: str) -> None:
    plane = {"dataset": {"kind": kind}, "task": {"kind": "classification"}, "loss": {"kind": "bce_with_logits"}}
    document = {**plane, "networks": {"main": {"layers": [{"kind": "linear", "units": 8}, {"kind": "tanh"}]}}}
    found = settled(document)
    assert found.problems == []
    assert check(patched(document, tuple(found.edits))).problems == []


def test_each_window_has_its_loss() -> None:
    experiment = checked(stories(LSTM))
    work, samples = WORK["language_model"](experiment), samples_of(experiment)
    assert isinstance(work, LanguageModelWork)
    inputs = experiment.dataset.inputs()
    assert isinstance(inputs, Tokens)
    networks, batch = build_networks(experiment), samples.batch("train", np.arange(3))
    with torch.no_grad():
        answer = work.answer(networks, batch)
        assert answer.shape == (3, inputs.count, 16)
        assert work.each(answer, batch).losses.mean() == pytest.approx(work.loss(answer, batch).item(), rel=1e-5)
    assert work.answer(networks, alone(batch.inputs["x"])).shape == answer.shape
