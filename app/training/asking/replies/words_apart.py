"""What each word of a text matters: by attention, and by leaving it out."""

import torch

from app.training.data.batch import Batch, X
from app.training.probes.look import keeping
from app.training.probes.roles import attentions
from app.training.tasks import Work
from app.training.tasks.work import Networks


def attention_on(
    work: Work, networks: Networks, batch: Batch, words: int, looking: int | None = None
) -> list[float] | None:
    """The mean share of attention on each of the first `words` places of a sample, of all heads of all attentions, from
    the place that is `looking`, or from all of these; None where there is no attention to all of them."""
    layers = attentions(networks)
    with keeping(layers):
        work.answer(networks, batch)
        kept = [module.kept[0].mean(0) for module in layers.values() if module.kept is not None]  # (places, places)
    seen: list[torch.Tensor] = []
    for maps in kept:
        front = len(maps) - batch.inputs[X].shape[1]  # class tokens
        if front >= 0:
            rows = slice(None, front + words) if looking is None else slice(front + looking, front + looking + 1)
            seen.append(maps[rows, front : front + words].mean(0))
    if not seen:
        return None
    return [float(share) for share in torch.stack(seen).mean(0)]
