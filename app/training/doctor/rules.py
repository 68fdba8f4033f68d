"""The rules of a verdict, in their order: the first that applies is what is said."""

from collections.abc import Callable

from app.runs.events import Sentence, What
from app.training.doctor import advice, fixes, rates, sentences
from app.training.doctor.case import Case
from app.training.doctor.course import FEW, SMALL
from app.training.doctor.verdict import Verdict, sentence

ENOUGH = 50  # validation samples that say something of others
NEAR = 0.15  # of the floor: a loss so near to it is at it


def faulty(case: Case) -> Verdict | None:
    """What the task itself finds wrong."""
    fault = case.now.fault
    if not case.patient or fault is None:
        return None
    fix = fixes.fitting(case.experiment, fault["fix"])
    return Verdict("fault", "warning", fault["head"], fault["sentence"], fix)


def not_learning(case: Case) -> Verdict | None:
    """No better than an answer that ignores its input."""
    if not case.patient or case.now.learned:
        return None
    found = advice.to_learn(case)
    template = case.experiment.task.nothing + found.template
    told = sentence(template, steps=case.now.step, **found.values)
    return _warning("not_learning", sentences.NOT_LEARNING_HEAD, told, found.fix)


def jumping(case: Case) -> Verdict | None:
    """The training loss gets nowhere for its jumps."""
    if not case.patient or not case.course.jumps():
        return None
    rate = rates.largest(case.experiment)
    better = advice.smaller_rate(rate.lr)
    told = sentence(sentences.JUMPING, lr=rate.lr, better=better)
    return _warning("jumping", sentences.JUMPING_HEAD, told, fixes.rate_fix(rate, better))


def crawling(case: Case) -> Verdict | None:
    """The training loss falls, but by far too little."""
    first, now, rate = case.course.first, case.now, rates.smallest(case.experiment)
    if first is None or not case.patient or not case.course.crawls() or not case.steps_matter:
        return None
    better = float(f"{10 * rate.lr:.0e}")
    if better > advice.USUAL_RATE or rate.own:
        return None
    values = {"first": first.train, "now": now.train, "epochs": max(int(now.epoch), 1), "lr": rate.lr, "better": better}
    told = sentence(sentences.CRAWLING, **values)
    return _warning("crawling", sentences.CRAWLING_HEAD, told, fixes.rate_fix(rate, better))


def too_weak(case: Case) -> Verdict | None:
    """Even training samples are answered badly, and going on alone will not change it."""
    if not case.settled or not case.poor or case.course.half is None:
        return None
    structural = case.over is not None and advice.structural(case.experiment) is not None
    if case.course.train_falls() and not structural:
        return None
    found, now = advice.to_fit(case), case.now
    values = {"epochs": max(int(now.epoch), 1), "loss": now.train, "train": now.train_score, **found.values}
    told = _scored(case, sentences.TOO_WEAK + found.template, "train", **values)
    return _warning("too_weak", sentences.TOO_WEAK_HEAD, told, found.fix)


def memorising(case: Case) -> Verdict | None:
    """Validation loss rises while training loss falls."""
    best, now = case.course.best, case.now
    if best is None or not case.course.memorises() or case.at_ceiling or _longer_ones_fail(case):
        return None
    head = sentence(sentences.MEMORISING_HEAD, epoch=max(1, round(best.epoch)))
    told = sentence(sentences.MEMORISING, low=best.watched, now=now.watched)
    return Verdict("memorising", "warning", head, told, fixes.against_memorising(case.experiment, rising=True))


def came(case: Case) -> Verdict | None:
    """What the task itself counts as good; as long as it still gets better only at the end."""
    if not case.comparable or not type(case.experiment.task).outcomes:
        return None
    half = case.course.half
    improving = case.course.falls(case.bounds.loss) and half is not None and half.watched > case.now.watched
    if improving and case.over is None:
        return None
    outcome = case.experiment.task.outcome(case.reached, case.beside())
    if outcome is None:
        return None
    template, fix = outcome.sentence, None
    as_good_as_real = outcome.tone == "good" and not type(case.experiment.task).follows_loss
    if improving and not as_good_as_real:
        template += sentences.STILL_BETTER
        fix = fixes.fitting(case.experiment, fixes.longer(case.experiment)) if case.over == "done" else None
    return Verdict("outcome", outcome.tone, sentence(outcome.head), sentence(template, **outcome.values), fix)


def at_ceiling(case: Case) -> Verdict | None:
    """Hardly anything is left to gain, whatever the loss does."""
    enough = case.over is not None or case.patient or len(case.course.rows) >= FEW
    return _learned(case) if enough and case.at_ceiling else None


def learning(case: Case) -> Verdict | None:
    """The watched loss falls; when it is over, more epochs may help."""
    half, now = case.course.half, case.now
    if half is None or not case.course.falls(case.bounds.loss) or half.watched <= now.watched:
        return None
    epochs = now.epoch - half.epoch
    values = {"epochs": round(epochs), "steps": now.step - half.step}
    if type(case.experiment.task).follows_loss:
        template = sentences.FELL[now.validation is not None, epochs >= 1.5]
        told = sentence(template, before=half.watched, now=now.watched, **values)
    else:
        split = "train" if now.validation is None else "validation"
        told = _scored(case, sentences.ROSE[epochs >= 1.5], split, before=half.score, now=now.score, **values)
    if case.over is None:
        return Verdict("learning", "plain", sentence(sentences.LEARNING_HEAD), told)
    if case.gaps or case.good:
        return None
    fix = fixes.fitting(case.experiment, fixes.longer(case.experiment)) if case.over == "done" else None
    return Verdict("unfinished", "plain", sentence(sentences.UNFINISHED_HEAD), told, fix)


def gap(case: Case) -> Verdict | None:
    """Clearly worse on new samples."""
    now = case.now
    if not case.comparable or now.validation is None or now.validation_score is None or not case.gaps:
        return None
    if not case.scores_apart:
        told = sentence(sentences.GAP_IN_LOSS, train=now.train, validation=now.validation)
        return _warning("gap", sentences.GAP_HEAD, told, fixes.against_memorising(case.experiment, rising=False))
    head, template, fix = sentences.GAP_HEAD, sentences.GAP, fixes.against_memorising(case.experiment, rising=False)
    if _longer_ones_fail(case):
        head, template = sentences.LONGER_HEAD, sentences.LONGER
        fix = fixes.stop_early(case.experiment) if case.course.memorises() else None
    elif not now.holds:
        head, template, fix = sentences.BY_HEART_HEAD, sentences.BY_HEART, None
    told = _scored(case, template, "train", train=now.train_score, validation=now.validation_score)
    return _warning("gap", head, told, fix)


def good(case: Case) -> Verdict | None:
    """It answers well, on new samples too."""
    return _learned(case) if case.comparable and case.good else None


def lowest(case: Case) -> Verdict | None:
    """The loss is at its floor."""
    bounds, now = case.bounds, case.now
    if not case.comparable or now.validation is None or not bounds.cause:
        return None
    if now.validation - bounds.loss > max(NEAR * bounds.loss, SMALL / 4):
        return None
    told = sentence(sentences.LOWEST[bounds.cause], now=now.validation, floor=bounds.loss)
    return Verdict("lowest", "good", sentence(sentences.LOWEST_HEAD), told)


def stands(case: Case) -> Verdict | None:
    """The training loss no longer changes."""
    half, now = case.course.half, case.now
    if half is None or not case.settled or not case.course.stands():
        return None
    found = advice.to_move(case)
    values = {"loss": now.train, "before": half.train, "epochs": round(now.epoch - half.epoch)}
    told = sentence(sentences.STANDS + found.template, **values, **found.values)
    return Verdict("stands", "plain", sentence(sentences.STANDS_HEAD), told, found.fix)


def holds(case: Case) -> Verdict | None:
    """Where nothing else is to be said when it is over: the scores as they are."""
    now = case.now
    if case.over is None:
        return None
    if now.validation_score is None:
        told = _scored(case, sentences.FITTED, "train", train=now.train_score)
        return Verdict("fitted", "plain", sentence(sentences.FITTED_HEAD), told)
    told = _scored(case, sentences.HOLDS, "validation", validation=now.validation_score, train=now.train_score)
    return Verdict("holds", "plain", sentence(sentences.HOLDS_HEAD), told)


RULES: tuple[Callable[[Case], Verdict | None], ...] = (
    faulty,
    not_learning,
    jumping,
    crawling,
    too_weak,
    memorising,
    came,
    at_ceiling,
    learning,
    gap,
    good,
    lowest,
    stands,
    holds,
)
WITHOUT_LOSS = (faulty, came, learning)  # where no loss says how good answers are


def _learned(case: Case) -> Verdict:
    now, bounds, count = case.now, case.bounds, case.experiment.validation_samples
    if now.validation_score is None:
        told = _scored(case, sentences.FITTED, "train", train=now.train_score)
        return Verdict("fitted", "plain", sentence(sentences.FITTED_HEAD), told)
    head, template = sentences.LEARNED_HEAD, sentences.LEARNED
    values: dict[str, float] = {"validation": now.validation_score, "train": now.train_score}
    if bounds.wrong:
        template = sentences.LEARNED_DESPITE
        values = {"validation": now.validation_score, "percent": round(100 * bounds.wrong), "attainable": bounds.score}
    elif count < ENOUGH:
        head, template, values = sentences.LEARNED_FEW_HEAD, sentences.LEARNED_FEW, values | {"count": count}
    return Verdict("learned", "good", sentence(head), _scored(case, template, "validation", **values))


def _longer_ones_fail(case: Case) -> bool:
    """Whether it is right at the lengths that it learned, but not at those that it is asked."""
    return type(case.experiment.dataset).asks_longer and case.scores_apart


def _scored(case: Case, template: str, split: str, **values: float) -> Sentence:
    """A sentence with the name of the score on a split; `train`, `validation` and `attainable` are values of it."""
    told = sentence(template, **values)
    told["values"]["metric"] = f"{split}_{case.experiment.task.score.name}"
    return told


def _warning(what: What, head: str, told: Sentence, fix: fixes.Fix | None) -> Verdict:
    return Verdict(what, "warning", sentence(head), told, fix)
