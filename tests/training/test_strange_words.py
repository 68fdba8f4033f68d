"""Reviews of strange words: company tells what they mean, but for negation."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from app.experiment.check import check, checked
from app.experiment.patch import patched
from app.experiment.presets.hundred_labels import HUNDRED_LABELS
from app.experiment.presets.preset import change
from app.experiment.presets.strange_words_masked import STRANGE_WORDS_MASKED
from app.parts.datasets.prepared import Array, prepare
from app.parts.datasets.strange_words import BAD, GOOD, NOT, THINGS, StrangeWords, adjectives
from app.training.building import build_networks


def texts(dataset: StrangeWords) -> tuple[list[list[str]], Array]:
    prepared, vocabulary = prepare(dataset, None), dataset.vocabulary()
    return [[vocabulary[token] for token in row if token] for row in prepared.inputs.tolist()], prepared.targets


def test_there_are_240_adjectives_and_each_has_one_meaning() -> None:
    good, bad = adjectives()
    assert len(good) == len(bad) == 120
    assert len({*good, *bad, *THINGS, *NOT}) == 240 + len(THINGS) + len(NOT)
    assert good[: len(GOOD)] == GOOD
    assert bad[: len(BAD)] == BAD


@pytest.mark.parametrize("negation", [0.0, 0.5])
def test_every_remark_says_what_the_label_says(negation: float) -> None:
    good, bad = adjectives()
    reviews, labels = texts(StrangeWords(samples=400, fewest=2, most=5, negation=negation))
    turned = remarks = 0
    counts: set[int] = set()
    for review, label in zip(reviews, labels.tolist(), strict=True):
        words, here = iter(review), 0
        for thing in words:
            adjective = next(words)
            negated = adjective in NOT
            if negated:
                adjective = next(words)
            assert thing in THINGS
            assert adjective in (good if bool(label) != negated else bad)
            turned, here = turned + negated, here + 1
        counts.add(here)
        remarks += here
    assert counts == {2, 3, 4, 5}
    assert turned / remarks == pytest.approx(negation, abs=0.05)


def company(negation: float) -> float:
    """How much more often words of one meaning stand together than words of two: 1 where they always do, 0 where it
    says nothing."""
    good, bad = adjectives()
    alike = pairs = 0
    for words in texts(StrangeWords(samples=600, fewest=6, most=8, negation=negation))[0]:
        meanings = np.array([word in good for word in words if word in good or word in bad])
        count, praise = len(meanings), int(meanings.sum())
        pairs += count * (count - 1) // 2
        alike += praise * (praise - 1) // 2 + (count - praise) * (count - praise - 1) // 2
    return 2 * alike / pairs - 1


def test_company_tells_a_meaning_and_with_negation_it_says_nothing() -> None:
    assert company(0) == 1
    assert abs(company(0.5)) < 0.05


def test_a_hundred_labels_hold_too_few_of_the_words() -> None:
    dataset = StrangeWords.model_validate(HUNDRED_LABELS.experiment["dataset"])
    prepared = prepare(dataset, None)
    counts = np.stack([np.bincount(row, minlength=len(dataset.vocabulary())) for row in prepared.inputs])
    assert len(prepared.train) == 100
    simple = LogisticRegression(max_iter=1000).fit(counts[prepared.train], prepared.targets[prepared.train])
    assert 0.55 < simple.score(counts[prepared.test], prepared.targets[prepared.test]) < 0.75


def test_both_stages_know_the_same_words_and_the_second_hands_its_negation_to_the_first() -> None:
    with_not = patched(HUNDRED_LABELS.experiment, HUNDRED_LABELS.try_edits)
    after = HUNDRED_LABELS.after
    assert after is not None
    first = after.first(STRANGE_WORDS_MASKED.experiment, with_not)
    assert first == patched(STRANGE_WORDS_MASKED.experiment, [change("/dataset/negation", 0.5)])
    here, there = checked(with_not).dataset, checked(first).dataset
    assert here.vocabulary() == there.vocabulary()
    assert here.inputs() != there.inputs()  # of other lengths: nothing that is learned depends on them


def test_no_fewest_above_the_most() -> None:
    document = patched(HUNDRED_LABELS.experiment, [change("/dataset/fewest", 5)])
    (problem,) = check(document).problems
    assert problem.place == "/dataset/fewest"
    assert check(patched(document, problem.fixes[0].edits)).problems == []


def test_the_table_of_an_embedding_is_drawn_as_the_network_s_first_weights_are() -> None:
    networks = build_networks(checked(STRANGE_WORDS_MASKED.experiment))
    table = networks["main"].get_parameter("layers.0.weight").detach()
    limit = (6 / sum(table.shape)) ** 0.5  # Xavier's
    assert 0.98 * limit < float(table.abs().max()) <= limit
