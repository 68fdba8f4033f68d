"""Masked language models: blanks are drawn by chance, only they are scored, and padding is never one."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from app.experiment.check import check, checked
from app.experiment.settling import settled
from app.training.building import build_networks
from app.training.data.samples import samples_of
from app.training.recording.evaluating import Evaluator
from app.training.tasks.masked_language_model import MaskedLanguageModelWork
from tests.training.running import trained
from tests.training.test_language_model import stories
from tests.training.test_probes import looked_at, values

BLOCK: dict[str, Any] = {"kind": "transformer_block", "heads": 2, "feedforward": 16}


def words(**changes: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "reviews", "samples": 200},
        "task": {"kind": "masked_language_model"},
        "networks": {"main": {"layers": [{"kind": "embedding", "width": 16}, BLOCK]}},
        "loss": {"kind": "cross_entropy"},
        **changes,
    }


def test_only_blanks_are_scored_and_what_stood_there_is_not_seen() -> None:
    experiment = checked(words())
    work, samples = MaskedLanguageModelWork(experiment), samples_of(experiment)
    networks = build_networks(experiment)
    for batch in (samples.batch("train", np.arange(20)), work.masked(samples.batch("train", np.arange(20)))):
        mask, x = batch.inputs["mask"], batch.inputs["x"]
        answer = work.answer(networks, batch)
        blank = torch.where(mask, 0, x)
        plain = networks["main"](blank, padding=batch.inputs["padding"])
        torch.testing.assert_close(answer.transpose(1, 2), plain)
        torch.testing.assert_close(work.loss(answer, batch), cross_entropy(plain[mask], x[mask]), atol=1e-6, rtol=0)
        other = answer.masked_fill(~mask[:, None], 7.0)
        torch.testing.assert_close(work.loss(other, batch), work.loss(answer, batch))


def test_the_metrics_of_a_split_are_those_of_its_blanks() -> None:
    experiment = checked(words())
    work, samples = MaskedLanguageModelWork(experiment), samples_of(experiment)
    networks = build_networks(experiment)
    metrics = Evaluator(experiment, samples, work).evaluate(networks).metrics
    whole = samples.batch("test", np.arange(samples.count("test")))
    mask, x = whole.inputs["mask"], whole.inputs["x"]
    with torch.no_grad():
        scores = work.answer(networks, whole).transpose(1, 2)[mask]
    assert metrics["test_token_accuracy"] == pytest.approx((scores.argmax(1) == x[mask]).float().mean().item())
    assert metrics["test_loss"] == pytest.approx(cross_entropy(scores, x[mask]).item(), rel=1e-5)


@pytest.mark.parametrize("share", [0.01, 0.15, 0.5])
def test_each_text_has_its_share_of_blanks_and_none_where_it_only_fills_up(share: float) -> None:
    experiment = checked(words(task={"kind": "masked_language_model", "masked": share}))
    work, samples = MaskedLanguageModelWork(experiment), samples_of(experiment)
    batch = samples.batch("train", np.arange(100))
    again = work.masked(batch)
    for masked in (batch, again, work.masked(batch)):
        mask, padding = masked.inputs["mask"], masked.inputs["padding"]
        assert not (mask & padding).any()
        counts = (~padding).sum(1)
        assert torch.equal(mask.sum(1), (share * counts).round().clamp(min=1).long())
        assert masked.weight is not None
        assert torch.equal(masked.weight.bool(), mask)
    assert not torch.equal(batch.inputs["mask"], again.inputs["mask"])
    torch.manual_seed(5)
    blanks = work.masked(batch).inputs["mask"]
    torch.manual_seed(5)
    assert torch.equal(blanks, work.masked(batch).inputs["mask"])


def test_a_text_is_told_with_its_blanks_filled_in() -> None:
    experiment = checked(words())
    work, samples = MaskedLanguageModelWork(experiment), samples_of(experiment)
    batch = samples.batch("test", np.arange(5))
    with torch.no_grad():
        answer = work.answer(build_networks(experiment), batch)
        each = work.each(answer, batch)
    mask, x = batch.inputs["mask"].numpy(), batch.inputs["x"].numpy()
    np.testing.assert_array_equal(each.choice[~mask], x[~mask])
    np.testing.assert_array_equal(each.choice[mask], answer.argmax(1).numpy()[mask])


def test_it_learns_which_words_belong_where(tmp_path: Path) -> None:
    document = words(
        dataset={"kind": "reviews", "samples": 1000},
        optimizer={"kind": "adam", "lr": 0.01},
        training={"epochs": 5, "batch_size": 32},
    )
    events = trained(tmp_path, document)
    accuracies = [event["metrics"]["test_token_accuracy"] for event in events if event["type"] == "evaluated"]
    assert accuracies[-1] > accuracies[0] + 0.2


def test_it_wants_words_that_can_be_left_blank() -> None:
    (problem,) = check({**stories(BLOCK), "task": {"kind": "masked_language_model"}}).problems
    assert problem.place == "/task"
    found = settled({**words(), "task": {"kind": "masked_language_model"}})
    assert found.problems == []


def test_the_likeliest_words_for_the_blanks_are_shown() -> None:
    look, frames = looked_at(words())
    arrays = frames["fills"].arrays
    mask = values(arrays["mask"]).astype(bool)
    assert (mask.sum(1) > 0).all()
    shares = values(arrays["shares"])
    assert (np.diff(shares, axis=2) <= 0).all()
    batch = look.samples.batch("validation", np.arange(1))
    assert batch.inputs["mask"].shape == (1, mask.shape[1])


def test_attention_is_shown_with_what_the_network_was_given() -> None:
    look, frames = looked_at(words())
    shown = {tuple(row) for row in values(frames["attention"].arrays["inputs"]).astype(int).tolist()}
    texts = look.samples.all.inputs
    given = torch.where(texts["mask"], 0, texts["x"]).tolist()
    assert shown <= {tuple(row) for row in given}
    assert not shown & {tuple(row) for row in texts["x"].tolist()}  # each has a blank
